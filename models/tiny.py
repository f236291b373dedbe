#!/usr/bin/env python3
"""Writes tiny models with random weights, one for each architecture that the engine `rust-bert` reads.

usage: tiny.py TARGET

Each folder is a sentence-transformers model of some 30 KB; `expected.json` beside them holds texts and, for each model,
their vectors by sentence-transformers. They mean nothing, but an engine that computes them right has the architecture,
the pooling and the dense layers right. `bert-onnx` is the first of them, rewritten by export_onnx.py. The same versions of the packages in requirements.txt give the same numbers.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import torch
from sentence_transformers import SentenceTransformer, models
from tokenizers import Tokenizer, models as vocabularies, normalizers, pre_tokenizers, processors
from transformers import (
    AlbertConfig,
    AlbertModel,
    BertConfig,
    BertModel,
    DistilBertConfig,
    DistilBertModel,
    PreTrainedTokenizerFast,
    RobertaConfig,
    RobertaModel,
    T5Config,
    T5EncoderModel,
)

TEXTS = [
    "people making a difference",
    "I enjoy helping people and the team",
    "more pay",
    "the pay does not reflect the level of responsibility and the demand of the role at all",
    "training, training and training!",
]
SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
SIZES = {"vocab_size": 0, "hidden_size": 24, "num_hidden_layers": 2, "num_attention_heads": 3, "intermediate_size": 40}


def tokenizer() -> PreTrainedTokenizerFast:
    words = sorted({word.strip(",!").lower() for text in TEXTS for word in text.split()})
    pieces = SPECIAL + [",", "!"] + words
    fast = Tokenizer(vocabularies.WordPiece({piece: i for i, piece in enumerate(pieces)}, unk_token="[UNK]"))
    fast.normalizer = normalizers.BertNormalizer()
    fast.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    fast.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    names = dict(zip(["pad_token", "unk_token", "cls_token", "sep_token", "mask_token"], SPECIAL))
    return PreTrainedTokenizerFast(tokenizer_object=fast, **names)


def transformer(kind: str, vocabulary: int):
    sizes = SIZES | {"vocab_size": vocabulary}
    match kind:
        case "bert":
            return BertModel(BertConfig(**sizes, max_position_embeddings=40))
        case "distilbert":
            sizes = {"dim": 24, "n_layers": 2, "n_heads": 3, "hidden_dim": 40, "vocab_size": vocabulary}
            return DistilBertModel(DistilBertConfig(**sizes, max_position_embeddings=40, tie_weights_=True))
        case "roberta":
            # rust-bert takes 1 for the padding token, as RoBERTa's own vocabulary does.
            return RobertaModel(RobertaConfig(**sizes, max_position_embeddings=44, type_vocab_size=1, pad_token_id=1))
        case "albert":
            return AlbertModel(AlbertConfig(**sizes, embedding_size=16, max_position_embeddings=40))
        case "t5":
            sizes = {"d_model": 24, "d_kv": 8, "d_ff": 40, "num_layers": 2, "num_heads": 3, "vocab_size": vocabulary}
            return T5EncoderModel(T5Config(**sizes))


def build(kind: str, target: Path) -> None:
    torch.manual_seed(7)
    words = tokenizer()
    base = target / "base"
    network = transformer(kind, len(words)).eval()
    with torch.no_grad():
        for name, weights in network.named_parameters():
            if weights.ndim == 2:  # larger than the usual start, so that every layer moves the result
                weights.normal_(0, 0.3)
    network.save_pretrained(base)
    words.save_pretrained(base)
    encoder = models.Transformer(str(base), max_seq_length=32)
    pooling = models.Pooling(24, pooling_mode="cls" if kind == "albert" else "mean")
    layers = [encoder, pooling]
    if kind in ("distilbert", "t5"):
        activation = torch.nn.Tanh() if kind == "distilbert" else torch.nn.Identity()
        layers.append(models.Dense(24, 12, bias=kind == "distilbert", activation_function=activation))
    SentenceTransformer(modules=layers, device="cpu").save(str(target))
    shutil.rmtree(base)
    for unused in ("README.md", "config_sentence_transformers.json"):
        (target / unused).unlink()


def main() -> None:
    target = Path(sys.argv[1])
    expected = {}
    for kind in ("bert", "distilbert", "roberta", "albert", "t5"):
        shutil.rmtree(target / kind, ignore_errors=True)
        build(kind, target / kind)
        vectors = SentenceTransformer(str(target / kind), device="cpu").encode(TEXTS, batch_size=1)
        expected[kind] = [[round(float(x), 6) for x in vector] for vector in vectors]
    export = [sys.executable, Path(__file__).with_name("export_onnx.py"), target / "bert", target / "bert-onnx"]
    subprocess.run([*export, "--name", "tiny", "--origin", "random weights", "--licence", "CC0-1.0"], check=True)
    (target / "expected.json").write_text(json.dumps({"texts": TEXTS, "vectors": expected}, indent=1) + "\n")


if __name__ == "__main__":
    main()
