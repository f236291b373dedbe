#!/usr/bin/env bash
# Makes the runs that the notebooks read, if they are not there, and executes the notebooks and the R script.
# usage: check-notebooks.sh [--save]   (--save writes the output back into the notebooks)
set -euo pipefail
cd "$(dirname "$0")/.."
if ! command -v Rscript >/dev/null; then
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends r-base-core >/dev/null
fi
program() { cargo run --locked --quiet --release -- "$@"; }
[ -f out/survey-2022/themes.json ] || program run data/splw/survey-2022.toml --out out/survey-2022
if ! grep -q '"previous": *"2022"' out/survey-2023/themes.json 2>/dev/null; then
  program run data/splw/survey-2023.toml --previous out/survey-2022 --out out/survey-2023
fi
environment=${CARGO_TARGET_DIR:-target}/check-notebooks
python3 -m venv "$environment"
"$environment/bin/pip" install --quiet --disable-pip-version-check -r notebooks/requirements.txt
"$environment/bin/python" scripts/run-notebooks.py "$@"
Rscript notebooks/theme-chart.R out/survey-2023/mentions.csv would_change out/theme-chart.png
[ -s out/theme-chart.png ]
