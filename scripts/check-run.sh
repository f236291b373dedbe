#!/usr/bin/env bash
# Checks the files of a run against its manifest: each is there, with the sha256 that was recorded, and the counts add up.
# usage: check-run.sh RUN
set -euo pipefail
cd "$1"
for file in report.html report.md report.docx themes.json assignments.csv quotes.csv quotes.xlsx codebook.toml manifest.json; do
  [ -s "$file" ] || { echo "$1/$file is missing or empty" >&2; exit 1; }
done
python3 - <<'PYTHON'
import csv, hashlib, json, sys

manifest = json.load(open("manifest.json", encoding="utf-8"))
for name, sha256 in manifest["files"].items():
    found = hashlib.sha256(open(name, "rb").read()).hexdigest()
    if found != sha256:
        sys.exit(f"{name} is not what the manifest says")
rows, rejected = manifest["input"]["rows"], len(manifest["input"]["rejected"])
if rows != manifest["input"]["respondents"] + rejected:
    sys.exit("rows do not add up")
for question in manifest["questions"]:
    # A count that is hidden is null.
    if question["blank"] is not None and question["respondents"] != question["blank"] + question["non_answers"] + question["base"]:
        sys.exit(f"answers to {question['column']} do not add up")
    if question["in_a_theme"] is not None and question["base"] != question["in_a_theme"] + question["no_clear_theme"]:
        sys.exit(f"themes of {question['column']} do not add up")
segments = sum(1 for _ in csv.DictReader(open("assignments.csv", encoding="utf-8-sig", newline="")))
if segments != sum(question["segments"] for question in manifest["questions"]):
    sys.exit("assignments.csv does not hold every segment")
print(f"{len(manifest['files'])} files as recorded, {rows} rows and {segments} segments accounted for")
PYTHON
