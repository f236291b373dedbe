#!/usr/bin/env bash
# Opens the documents of a run with programs that other people wrote: the page with Chromium and axe-core, the Word document with
# LibreOffice and python-docx, the workbooks with openpyxl, Parquet with pyarrow. Installs what is missing, as root on Debian.
# usage: check-exports.sh RUN
set -euo pipefail
run=$(realpath "$1")
cd "$(dirname "$0")"

missing=()
[ -x "${CHROMIUM:-/usr/bin/chromium}" ] || missing+=(chromium)
command -v soffice >/dev/null || missing+=(libreoffice-writer-nogui)
if [ ${#missing[@]} -gt 0 ]; then
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
fi
npm ci --silent --no-audit --no-fund
environment=${CARGO_TARGET_DIR:-../target}/check-exports
python3 -m venv "$environment"
"$environment/bin/pip" install --quiet --disable-pip-version-check -r requirements.txt

node check-page.mjs "$run/report.html"
"$environment/bin/python" check-documents.py "$run"
