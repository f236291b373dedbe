#!/usr/bin/env bash
# Makes the runs that the notebooks read, afresh in a folder of their own, and executes the notebooks and the R script.
# usage: check-notebooks.sh [--save]   (--save writes the output back into the notebooks)
set -euo pipefail
cd "$(dirname "$0")/.."
if ! command -v Rscript >/dev/null; then
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends r-base-core >/dev/null
fi
program() { cargo run --locked --quiet --release -- "$@"; }
runs=$(mktemp -d)
trap 'rm -rf "$runs"' EXIT
program run data/splw/survey-2022.toml --out "$runs/survey-2022"
program run data/splw/survey-2023.toml --previous "$runs/survey-2022" --out "$runs/survey-2023"
export VERBATIM_RUN="$runs/survey-2023"
environment=${CARGO_TARGET_DIR:-target}/check-notebooks
python3 -m venv "$environment"
"$environment/bin/pip" install --quiet --disable-pip-version-check -r notebooks/requirements.txt
"$environment/bin/python" scripts/run-notebooks.py "$@"
Rscript notebooks/theme-chart.R "$VERBATIM_RUN/mentions.csv" would_change "$runs/theme-chart.png"
[ -s "$runs/theme-chart.png" ]
