#!/usr/bin/env python3
"""Writes the vectors that the tests compare both engines with, computed by sentence-transformers in 32 bits.

usage: reference.py SOURCE SURVEY.csv TARGET

SOURCE is the folder that export_onnx.py was given, SURVEY.csv an invented survey of `data/`. TARGET receives `texts.json`,
500 texts of every kind, and `vectors.i16`: their vectors, row after row, each number times 65,536 as a 16-bit integer,
lowest byte first. That rounding moves a cosine by less than 1e-8.

A text of up to 256 tokens is encoded by `SentenceTransformer.encode` as it is. A longer one, which it would cut, is cut
into windows of nearly equal length whose unit vectors are averaged by length.
"""

import csv
import json
import sys
from pathlib import Path

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from tokenizers import Tokenizer

SCALE = 65536

WELSH = """Rydw i'n mwynhau helpu pobl yn fy nghymuned
Mae angen mwy o gefnogaeth gan y meddygon teulu
Diolch yn fawr am y cyfle i ddweud fy marn
Dylai'r cyflog adlewyrchu'r cyfrifoldeb
Hoffwn gael hyfforddiant wyneb yn wyneb
Mae'r gwaith yn werth chweil ond yn flinedig iawn
Nid oes digon o amser i weld pawb
Gweld pobl yn magu hyder ŷ ŵ ô â""".splitlines()
CHINESE_JAPANESE_KOREAN = """我喜欢和病人交流
薪水应该反映工作的责任
需要更多面对面的培训
患者さんと話すのが好きです
もっと研修の時間がほしい
환자들과 이야기하는 것이 좋아요
더 많은 지원이 필요합니다
谢谢 thank you 謝謝""".splitlines()
OTHER_WRITING = """Люблю помогать людям
μου αρέσει να βοηθώ τους ανθρώπους
أحب مساعدة الناس
אני אוהב לעזור לאנשים
मुझे लोगों की मदद करना पसंद है
ਮੈਨੂੰ ਲੋਕਾਂ ਦੀ ਮਦਦ ਕਰਨਾ ਪਸੰਦ ਹੈ
ฉันชอบช่วยเหลือผู้คน
Größere Räume für Gespräche wären schön
j'aime le contact avec les patients, même âgés""".splitlines()
ALMOST_EMPTY = ". ? - -- ... n/a N/A na none nil nothing no yes ok OK x 0 1 10/10 & % £ \" ' ( )".split()
WITH_EMOJI = """love it 😊
👍 great team
pay 💷💷💷
❤️ helping people ❤️
tired 😩 but worth it
100% 🎉""".splitlines()
ODD = [
    "  leading and trailing spaces  ",
    "tabs\tand\nnew lines\r\nin one answer",
    "NO TIME NO TIME NO TIME",
    "soooooooo much paperwork!!!!!!!!",
    "teh pateints recieve suport",
    "caf\u00e9 and cafe\u0301 are one word",
    "non\u00a0breaking\u2009thin\u200bzero width",
    "‘curly’ “quotes” – dashes — and… dots",
    "[name] rang [phone] about [email]",
    "[CLS] and [SEP] are what the tokenizer calls its marks",
    "<b>not</b> &amp; markup",
    "https://example.org/a?b=c#d",
    "=SUM(A1:A9)",
    "x" * 300,
    "antidisestablishmentarianism pneumonoultramicroscopicsilicovolcanoconiosis",
    "1. pay 2. hours 3. training 4. supervision",
    "\ufeffbyte order mark",
    "a\u0000b control \u0007 characters",
    "ﬁne ligatures ½ ² №",
    "𝓯𝓪𝓷𝓬𝔂 letters",
]


def texts(survey: Path) -> list[str]:
    with survey.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    answers = [row[column].strip() for row in rows for column in ("enjoy_most", "would_change")]
    answers = list(dict.fromkeys(answer for answer in answers if answer))
    special = WELSH + CHINESE_JAPANESE_KOREAN + OTHER_WRITING + ALMOST_EMPTY + WITH_EMOJI + ODD
    words = " ".join(answers).split()
    # Around the 256 tokens of the model, and far beyond them.
    long = [" ".join(words[start : start + length]) for start, length in enumerate(range(150, 260, 5))]
    long += [" ".join(words[start : start + 1000]) for start in range(0, 3000, 1000)]
    chosen = list(dict.fromkeys(special + long))
    return chosen + answers[: 500 - len(chosen)]


def in_windows(model: SentenceTransformer, tokenizer: Tokenizer, text: str, limit: int) -> np.ndarray:
    first, last = tokenizer.encode("").ids
    ids = tokenizer.encode(text, add_special_tokens=False).ids
    parts = -(-len(ids) // (limit - 2))
    length = -(-len(ids) // parts)
    total = np.zeros(model[0].get_embedding_dimension())
    for start in range(0, len(ids), length):
        window = ids[start : start + length]
        row = torch.tensor([[first, *window, last]])
        with torch.no_grad():
            features = {"input_ids": row, "attention_mask": torch.ones_like(row)}
            vector = model(features)["sentence_embedding"][0].double().numpy()
        total += len(window) * vector / np.linalg.norm(vector)
    return total / np.linalg.norm(total)


def main() -> None:
    source, survey, target = map(Path, sys.argv[1:4])
    model = SentenceTransformer(str(source), device="cpu")
    tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    chosen = texts(survey)
    assert len(chosen) == 500, len(chosen)
    vectors = model.encode(chosen, batch_size=1).astype(np.float64)
    for row, text in enumerate(chosen):
        if len(tokenizer.encode(text).ids) > model.max_seq_length:
            vectors[row] = in_windows(model, tokenizer, text, model.max_seq_length)
    assert np.abs(vectors).max() * SCALE < 2**15
    target.mkdir(parents=True, exist_ok=True)
    (target / "texts.json").write_text(json.dumps(chosen, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    (target / "vectors.i16").write_bytes(np.rint(vectors * SCALE).astype("<i2").tobytes())


if __name__ == "__main__":
    main()
