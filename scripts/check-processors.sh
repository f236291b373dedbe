#!/usr/bin/env bash
# Runs a small survey on this processor and on an emulated one of 2013 (Haswell: AVX2, no AVX-512). Vectors may differ in their last bits;
# themes, quotes and the report must not. The emulator takes about a minute of both cores.
# usage: check-processors.sh PROGRAM
set -euo pipefail
program=$(realpath "$1")
cd "$(dirname "$0")/.."
if ! command -v qemu-x86_64 >/dev/null; then
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends qemu-user >/dev/null
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# Sixty of the shorter answers to one question: embedding is what the emulator is slow at.
python3 - "$folder/small.csv" <<'PYTHON'
import csv, sys

with open("data/splw/responses-2023.csv", encoding="utf-8-sig", newline="") as file:
    answers = [(row["respondent_id"], row["enjoy_most"]) for row in csv.DictReader(file)]
with open(sys.argv[1], "w", encoding="utf-8", newline="") as file:
    rows = csv.writer(file)
    rows.writerow(["respondent_id", "enjoy_most"])
    rows.writerows([answer for answer in answers if 12 <= len(answer[1]) <= 60][:60])
PYTHON
run=("$program" run "$folder/small.csv" --question enjoy_most --id respondent_id --no-cache --quiet --out)
"${run[@]}" "$folder/here"
timeout 900 qemu-x86_64 -cpu Haswell "${run[@]}" "$folder/haswell" 2> >(grep -v "TCG doesn't support requested feature" >&2)
python3 - "$folder/here" "$folder/haswell" <<'PYTHON'
import csv, json, sys

def rows(run, name):
    with open(f"{run}/{name}", encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))

here, there = sys.argv[1:]
if open(f"{here}/report.md", "rb").read() != open(f"{there}/report.md", "rb").read():
    sys.exit("report.md differs between processors")
for name in ("assignments.csv", "quotes.csv"):
    ours, theirs = rows(here, name), rows(there, name)
    for mine, other in zip(ours, theirs, strict=True):
        for column in mine:
            measure = column in ("similarity", "margin")
            if abs(float(mine[column]) - float(other[column])) > 0.0002 if measure else mine[column] != other[column]:
                sys.exit(f"{name} differs between processors in {column}: {mine} {other}")
themes = json.load(open(f"{here}/themes.json", encoding="utf-8"))["questions"][0]["themes"]
if len(themes) < 3 or len(rows(here, "quotes.csv")) < 10:
    sys.exit("too few themes and quotes to compare")
print(f"the same {len(themes)} themes, {len(rows(here, 'quotes.csv'))} quotes and report on a Haswell")
PYTHON
