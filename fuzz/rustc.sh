#!/usr/bin/env bash
# Stands before rustc and has it count which ways through the code are taken: in our code and in what parses for us, not in
# arithmetic and drawing, which would only be slow to build. libFuzzer needs nothing else, so the stable toolchain will do.
set -euo pipefail
guided=" verbatim verbatim_fuzz calamine csv csv_core toml toml_parser serde_json quick_xml zip encoding_rs rten rten_onnx rten_model_file "
crate=""
for ((i = 1; i < $#; i++)); do
    [ "${!i}" = "--crate-name" ] && { next=$((i + 1)) && crate="${!next}"; }
done
# Build scripts and macros are not optimised, and run without libFuzzer.
if [[ "$guided" == *" $crate "* && "$*" == *opt-level=* ]]; then
    set -- "$@" --cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
        -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
        -Cllvm-args=-sanitizer-coverage-trace-compares -Clink-arg=-Wl,-z,nostart-stop-gc
fi
exec "$@"
