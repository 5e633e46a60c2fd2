"""Words to the reader's input arrays: word pieces, the first piece of each word, and word shapes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

MAX_PIECES = 256
SHAPES = 8
"""Word shapes, which give an uncased vocabulary its capitals back."""

IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Encoded:
    """One sentence as word pieces: `pieces` and `shapes` are [T], `first` is [W], the first piece of each word."""

    pieces: list[int]
    shapes: list[int]
    first: list[int]


def shape_of(word: str) -> int:
    """Return the shape class of a word, 1 to 7 (0 is for pieces outside words).

    >>> [shape_of(w) for w in ("said", "Hama", "HTS", "27", "T-55", "iPhone", ",")]
    [1, 2, 3, 4, 5, 6, 7]
    """
    if word.isalpha():
        if word.islower():
            return 1
        if word.isupper():
            return 3 if len(word) > 1 else 2
        return 2 if word[0].isupper() and word[1:].islower() else 6
    if any(c.isdigit() for c in word):
        return 5 if any(c.isalpha() for c in word) else 4
    return 6 if any(c.isalpha() for c in word) else 7


def encode(tokenizer: Tokenizer, sentences: Sequence[Sequence[str]]) -> list[Encoded]:
    """Return the encoded sentences. Words past `MAX_PIECES` pieces share the last piece, so no word is lost."""
    out: list[Encoded] = []
    for words, item in zip(
        sentences, tokenizer.encode_batch([list(w) for w in sentences], is_pretokenized=True), strict=True
    ):
        out.append(_encoded(words, item.ids[:MAX_PIECES], item.word_ids[:MAX_PIECES]))
    return out


def _encoded(words: Sequence[str], ids: list[int], word_ids: list[int | None]) -> Encoded:
    shapes = [0 if w is None else shape_of(words[w]) for w in word_ids]
    first = [-1] * len(words)
    for position, word in enumerate(word_ids):
        if word is not None and first[word] < 0:
            first[word] = position
    last = 0
    for i, position in enumerate(first):
        last = position if position >= 0 else last
        first[i] = last
    return Encoded(ids, shapes, first)


def collate(batch: Sequence[Encoded]) -> dict[str, IntArray]:
    """Return padded arrays: pieces, shapes, piece_mask [B, T] and first, word_mask [B, W]."""
    size, length, words = len(batch), max(len(e.pieces) for e in batch), max(len(e.first) for e in batch)
    pieces = np.zeros((size, length), np.int64)
    shapes = np.zeros((size, length), np.int64)
    piece_mask = np.zeros((size, length), np.int64)
    first = np.zeros((size, words), np.int64)
    word_mask = np.zeros((size, words), np.int64)
    for row, e in enumerate(batch):
        pieces[row, : len(e.pieces)] = e.pieces
        shapes[row, : len(e.shapes)] = e.shapes
        piece_mask[row, : len(e.pieces)] = 1
        first[row, : len(e.first)] = e.first
        word_mask[row, : len(e.first)] = 1
    return {"pieces": pieces, "shapes": shapes, "piece_mask": piece_mask, "first": first, "word_mask": word_mask}
