#!/usr/bin/env bash
# Writes what fuzzing begins from into a folder, one folder per entrance: `scripts/fuzz-seeds.sh FOLDER`.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cargo build --quiet --locked --release
verbatim="${CARGO_TARGET_DIR:-target}/release/verbatim"

for entrance in csv xlsx survey-file codebook decisions code-system exemplars findings review onnx tokenizer safetensors \
    masking segmenting; do
    mkdir -p "$folder/$entrance"
done

# A small run gives everything that is read back.
{
    echo "id,employer,comment"
    for i in $(seq 1 12); do
        echo "R$i,PCN,I would like better pay for the job in place $i"
        echo "S$i,VCSE,\"more time with each patient, and a room; Dr Patel in place $i\""
    done
} >"$work/survey.csv"
"$verbatim" run "$work/survey.csv" --question comment --id id --group employer --themes 2 --out "$work/run" --quiet --no-cache
"$verbatim" codebook to-xlsx "$work/run/codebook.toml" >/dev/null
"$verbatim" codebook export "$work/run/codebook.toml" --out "$work/codebook.qdc" >/dev/null
cp "$work/run/codebook.toml" "$folder/codebook/"
cp "$work/run/codebook.xlsx" "$folder/decisions/"
cp "$work/codebook.qdc" "$folder/code-system/"
cp "$work/run/codebook-vectors.parquet" "$folder/exemplars/"
cp "$work/run/themes.json" "$folder/findings/"
cp "$work/run/quotes-review.csv" "$folder/review/"
cp fuzz/seeds/xlsx/* "$folder/xlsx/"

head -c 2000 "$work/survey.csv" >"$folder/csv/plain.csv"
gzip -c "$folder/csv/plain.csv" >"$folder/csv/plain.csv.gz"
tr ',' ';' <"$folder/csv/plain.csv" >"$folder/csv/semicolons.csv"
{ printf '\xff\xfe'; iconv -t UTF-16LE "$folder/csv/plain.csv"; } >"$folder/csv/utf-16.csv"
printf '{"id":1,"comment":"more pay"}\n{"comment":null,"x":[1,{"a":2}]}\n' >"$folder/csv/lines.jsonl"
printf 'Q1,Q2\r\n"What now?","Why?"\r\n"{""ImportId"":""QID1""}","{""ImportId"":""QID2""}"\r\na,b\r\n' >"$folder/csv/qualtrics.csv"
cp data/splw/survey-2023.toml "$folder/survey-file/"
# The file of settings with every key, from the documentation of the reader.
sed -n 's|^//! \{0,1\}||p' src/read/mod.rs | sed -n '/^```toml/,/^```$/p' | grep -v '^```' >"$folder/survey-file/all.toml"

mkdir -p "$folder/tiny"
cp tests/data/tiny/bert-onnx/* "$folder/tiny/"
cp tests/data/tiny/bert-onnx/model.onnx "$folder/onnx/"
cp tests/data/tiny/bert-onnx/tokenizer.json "$folder/tokenizer/"
cp tests/data/tiny/bert/model.safetensors "$folder/safetensors/"

# Details of each kind and forms of each break, a line a seed.
n=0
while IFS= read -r line; do
    n=$((n + 1))
    printf '%s' "$line" | tee "$folder/masking/$n" >"$folder/segmenting/$n"
done <<'LINES'
Ring 07700 900123 or (0161) 496 0123, +44 (0)7700 900 123; ext 45, bleep 4321
Mail sam.o'hara@trust.nhs.uk, sam at trust dot nhs dot uk, @sam_helps
NHS number 999 000 0018, NI AB 12 34 56 C, card 4111 1111 1111 1111, GMC 1234567, my car AB12 CDE
Flat 3, 14b Mill Lane, LS6 2AB; born on 3rd of March 1964, DOB: 12/03/1964
see https://example.org/a?b=1. www.example.org/page nhs.ukhttps://example.org/a
Dr Patel and mrs smith; my manager sarah jones, Anne-Marie O'Brien, J. Smith, Will and Grace were great
０７７００ ９００１２３ O77OO 9OO123 sam＠trust．nhs．uk Priya’s Pri‍ya
- better pay; training and a clear career path but the pay is poor, e.g. 2.5 times lower... More staff
1. Pay 2. Training 3) Time (i wish) a) pay b) career. When I came in, the staff were kind and they explained it all!
[name] and [postcode LS] مرحبا 👩‍👩‍👧 Ẑ̸ ‮evil‬ she/her and/or 24/7 2023/24 Band 5
LINES
