#!/usr/bin/env bash
# Fuzzes the entrances, guided by coverage: `scripts/fuzz.sh SECONDS [ENTRANCE…]`, so many seconds each, all of them if none is
# named. Findings and the corpus stay in `fuzz/found` and `fuzz/corpus`; a finding ends the script with an error. `FUZZ_SEED=N` makes
# the changes those of this number, else they are others each time.
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=$1
shift
all=(csv xlsx survey-file codebook decisions code-system exemplars findings review onnx tokenizer safetensors masking segmenting)
entrances=("${@:-${all[@]}}")
target_dir="${CARGO_TARGET_DIR:-target}"
RUSTC_WRAPPER="$PWD/fuzz/rustc.sh" cargo build --quiet --locked --release --manifest-path fuzz/Cargo.toml --target-dir "$target_dir"
program="$target_dir/release/verbatim-fuzz"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
scripts/fuzz-seeds.sh "$work"
export VERBATIM_SEEDS="$work"
# Files that are written a thousand times a second belong into memory, where there is such a place.
[ -w /dev/shm ] && export TMPDIR=/dev/shm

for entrance in "${entrances[@]}"; do
    mkdir -p "fuzz/corpus/$entrance" "fuzz/found"
    printf '%s: ' "$entrance"
    VERBATIM_ENTRANCE="$entrance" "$program" -max_total_time="$seconds" -seed="${FUZZ_SEED:-0}" -timeout=60 -rss_limit_mb=1000 -max_len=65536 \
        -len_control=20 -use_value_profile=1 -artifact_prefix="fuzz/found/$entrance-" -print_final_stats=1 \
        "fuzz/corpus/$entrance" "$work/$entrance" >"$work/log" 2>&1 || { tail -40 "$work/log"; exit 1; }
    sed -n 's/^stat::number_of_executed_units: *\(.*\)/\1 runs/p' "$work/log" | tr '\n' ' '
    sed -n 's/.*\(cov: [0-9]*\).*/\1/p' "$work/log" | tail -1
done
