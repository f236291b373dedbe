#!/usr/bin/env bash
# Builds the feature `rust-bert` and holds it to the default engine: vectors, themes and quotes, and the speed of both is printed.
# libtorch and the weights are fetched once and kept beside the build, outside the clone where `CARGO_TARGET_DIR` is.
set -euo pipefail
cd "$(dirname "$0")/.."
kept=$(realpath -m "${CARGO_TARGET_DIR:-target}/second-engine")
weights=models/all-MiniLM-L6-v2-rust-bert
if [ ! -e "$weights" ]; then
  mkdir -p "$kept/weights"
  ln -sfn "$kept/weights" "$weights"
fi
scripts/prepare-libtorch.sh "$kept/libtorch"
# shellcheck source=/dev/null
source "$kept/libtorch/env.sh"
# What embeds is optimised in a debug build too, so the speeds that are printed are near those of use, and the rest compiles sooner.
cargo test --locked --features rust-bert --test it second_engine -- --nocapture
