#!/usr/bin/env bash
# Stands before rustc and has it count which ways through the code are taken, in the crates that `Cargo.toml` gives the optimisation
# level 2, which nothing else has. libFuzzer needs nothing else, so the stable toolchain will do. Build scripts run without it.
set -euo pipefail
if [[ "$*" == *opt-level=2* && "$*" != *build_script_* ]]; then
    set -- "$@" --cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
        -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
        -Cllvm-args=-sanitizer-coverage-trace-compares -Clink-arg=-Wl,-z,nostart-stop-gc
fi
exec "$@"
