#!/usr/bin/env python3
"""Writes the model folder that `verbatim --model DIR` reads, from a sentence-transformers model.

usage: export_onnx.py SOURCE TARGET --name NAME --origin TEXT --licence SPDX

SOURCE holds `config.json`, `model.safetensors`, `tokenizer.json`, `tokenizer_config.json`, `modules.json`,
`sentence_bert_config.json` and `1_Pooling/config.json` of a model with the BERT architecture and absolute positions, pooled by mean or by the first token.
TARGET receives `model.onnx`, `tokenizer.json` and `manifest.json`.

The graph is built by hand, so that neither torch nor a network is needed and the same input gives the same bytes.
It takes `input_ids` (batch, tokens) and gives `sentence_embedding` (batch, dim), pooled but not normalised. There is
no attention mask: a batch holds texts of equal length only, which is what keeps a text's vector free of its neighbours.
Matrices are stored in 16 bits and computed in 32; biases and layer norms stay in 32 bits, because rounding them costs
more exactness than rounding all matrices together, and they are 0.2% of the numbers.
"""

import argparse
import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load_file

OPSET = 20  # the first with Gelu
ACTIVATIONS = {
    "gelu": ("Gelu", {}),
    "gelu_new": ("Gelu", {"approximate": "tanh"}),
    "gelu_pytorch_tanh": ("Gelu", {"approximate": "tanh"}),
    "relu": ("Relu", {}),
}


class Bert:
    """Nodes and stored tensors of one BERT encoder."""

    def __init__(self, weights: dict[str, np.ndarray], config: dict):
        self.weights = weights
        self.layers = config["num_hidden_layers"]
        self.heads = config["num_attention_heads"]
        self.hidden = config["hidden_size"]
        self.head_size = self.hidden // self.heads
        self.epsilon = config["layer_norm_eps"]
        self.activation = ACTIVATIONS[config["hidden_act"]]
        self.nodes, self.stored = [], []

    def op(self, kind: str, inputs: list[str], output: str, **attributes) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, **attributes))
        return output

    def constant(self, name: str, value) -> str:
        self.stored.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def integers(self, name: str, *values: int) -> str:
        return self.constant(name, np.array(values, np.int64))

    def vector(self, name: str) -> str:
        return self.constant(name, self.weights[name].astype(np.float32))

    def matrix(self, name: str, transpose: bool = True) -> str:
        value = self.weights[name].astype(np.float32)
        half = self.constant(f"{name}.half", (value.T if transpose else value).astype(np.float16))
        return self.op("Cast", [half], name, to=TensorProto.FLOAT)

    def linear(self, x: str, name: str) -> str:
        product = self.op("MatMul", [x, self.matrix(f"{name}.weight")], f"{name}.product")
        return self.op("Add", [product, self.vector(f"{name}.bias")], name)

    def layer_norm(self, x: str, name: str) -> str:
        inputs = [x, self.vector(f"{name}.weight"), self.vector(f"{name}.bias")]
        return self.op("LayerNormalization", inputs, name, axis=-1, epsilon=self.epsilon)

    def embeddings(self, ids: str) -> str:
        words = self.matrix("embeddings.word_embeddings.weight", transpose=False)
        positions = self.matrix("embeddings.position_embeddings.weight", transpose=False)
        x = self.op("Gather", [words, ids], "words")
        shape = self.op("Shape", [ids], "shape")
        tokens = self.op("Slice", [shape, self.integers("one", 1), self.integers("two", 2)], "tokens")
        zero = self.integers("zero", 0)
        x = self.op("Add", [x, self.op("Slice", [positions, zero, tokens, zero], "positions")], "words_at_positions")
        kind = self.weights["embeddings.token_type_embeddings.weight"][0].astype(np.float32)
        x = self.op("Add", [x, self.constant("token_type", kind)], "embedded")
        return self.layer_norm(x, "embeddings.LayerNorm")

    def attention(self, x: str, layer: str) -> str:
        split = self.integers(f"{layer}.split", 0, 0, self.heads, self.head_size)
        parts = []
        for part, order in (("query", [0, 2, 1, 3]), ("key", [0, 2, 3, 1]), ("value", [0, 2, 1, 3])):
            name = f"{layer}.attention.self.{part}"
            heads = self.op("Reshape", [self.linear(x, name), split], f"{name}.heads")
            parts.append(self.op("Transpose", [heads], f"{name}.turned", perm=order))
        query, key, value = parts
        scale = self.constant(f"{layer}.scale", np.float32(self.head_size**-0.5))
        scores = self.op("MatMul", [query, key], f"{layer}.scores")
        scores = self.op("Mul", [scores, scale], f"{layer}.scaled")
        shares = self.op("Softmax", [scores], f"{layer}.shares", axis=-1)
        context = self.op("MatMul", [shares, value], f"{layer}.context")
        context = self.op("Transpose", [context], f"{layer}.context.turned", perm=[0, 2, 1, 3])
        return self.op("Reshape", [context, self.integers(f"{layer}.join", 0, 0, self.hidden)], f"{layer}.joined")

    def layer(self, x: str, layer: str) -> str:
        attended = self.linear(self.attention(x, layer), f"{layer}.attention.output.dense")
        x = self.op("Add", [attended, x], f"{layer}.attention.sum")
        x = self.layer_norm(x, f"{layer}.attention.output.LayerNorm")
        kind, attributes = self.activation
        inner = self.linear(x, f"{layer}.intermediate.dense")
        inner = self.op(kind, [inner], f"{layer}.activation", **attributes)
        x = self.op("Add", [self.linear(inner, f"{layer}.output.dense"), x], f"{layer}.sum")
        return self.layer_norm(x, f"{layer}.output.LayerNorm")

    def pooled(self, x: str, first_token: bool) -> str:
        if first_token:
            return self.op("Gather", [x, self.constant("first", np.int64(0))], "sentence_embedding", axis=1)
        return self.op("ReduceMean", [x, self.integers("over_tokens", 1)], "sentence_embedding", keepdims=0)

    def model(self, first_token: bool) -> onnx.ModelProto:
        x = self.embeddings("input_ids")
        for number in range(self.layers):
            x = self.layer(x, f"encoder.layer.{number}")
        output = self.pooled(x, first_token)
        ids = helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["batch", "tokens"])
        vectors = helper.make_tensor_value_info(output, TensorProto.FLOAT, ["batch", self.hidden])
        graph = helper.make_graph(self.nodes, "bert", [ids], [vectors], self.stored)
        model = helper.make_model(
            graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=9, producer_name="verbatim"
        )
        onnx.checker.check_model(model)
        return model


def read_json(path: Path) -> dict:
    return json.loads(path.read_text(encoding="utf-8"))


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def check_supported(source: Path, config: dict) -> bool:
    """Refuses what the graph cannot express; returns whether the first token is the pooled one."""
    if config.get("model_type") != "bert" or config.get("position_embedding_type", "absolute") != "absolute":
        raise SystemExit(f"{source}: only `bert` models with absolute positions are supported")
    if config["hidden_act"] not in ACTIVATIONS:
        raise SystemExit(f"{source}: activation `{config['hidden_act']}` is not supported")
    kinds = [module["type"].rsplit(".", 1)[-1] for module in read_json(source / "modules.json")]
    if kinds not in (["Transformer", "Pooling"], ["Transformer", "Pooling", "Normalize"]):
        raise SystemExit(f"{source}: modules {kinds} are not supported")
    pooling = read_json(source / "1_Pooling" / "config.json")
    # Older folders have a switch for each way of pooling, newer ones the name of one.
    chosen = [key.removeprefix("pooling_mode_") for key, on in pooling.items() if key.startswith("pooling_mode_") and on]
    chosen = [pooling["pooling_mode"]] if "pooling_mode" in pooling else chosen
    if chosen not in (["mean_tokens"], ["mean"], ["cls_token"], ["cls"]):
        raise SystemExit(f"{source}: pooling {chosen} is not supported")
    return chosen[0].startswith("cls")


def max_tokens(source: Path, config: dict) -> int:
    """Older folders say it in `sentence_bert_config.json`, newer ones in `tokenizer_config.json`."""
    said = read_json(source / "sentence_bert_config.json").get("max_seq_length")
    said = said or read_json(source / "tokenizer_config.json").get("model_max_length")
    return min(said or config["max_position_embeddings"], config["max_position_embeddings"])


def tokenizer_bytes(source: Path) -> bytes:
    """The tokenizer without its cutting and padding, which the program does itself."""
    tokenizer = read_json(source / "tokenizer.json")
    tokenizer["truncation"] = None
    tokenizer["padding"] = None
    return (json.dumps(tokenizer, ensure_ascii=False, separators=(",", ":")) + "\n").encode()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--name", required=True)
    parser.add_argument("--origin", required=True)
    parser.add_argument("--licence", required=True)
    args = parser.parse_args()

    config = read_json(args.source / "config.json")
    first_token = check_supported(args.source, config)
    weights = load_file(args.source / "model.safetensors")
    weights = {name.removeprefix("bert."): value for name, value in weights.items()}
    files = {
        "model.onnx": Bert(weights, config).model(first_token).SerializeToString(deterministic=True),
        "tokenizer.json": tokenizer_bytes(args.source),
    }
    manifest = {
        "schema": 1,
        "name": args.name,
        "origin": args.origin,
        "revision": f"model.safetensors sha256 {sha256((args.source / 'model.safetensors').read_bytes())}",
        "licence": args.licence,
        "dim": config["hidden_size"],
        "max_tokens": max_tokens(args.source, config),
        "vocabulary": config["vocab_size"],
        "files": {name: {"bytes": len(data), "sha256": sha256(data)} for name, data in files.items()},
    }
    files["manifest.json"] = (json.dumps(manifest, indent=2) + "\n").encode()
    args.target.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (args.target / name).write_bytes(data)
        print(f"{sha256(data)}  {name}")


if __name__ == "__main__":
    main()
