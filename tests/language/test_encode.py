"""Words to arrays: first pieces, shapes, padding."""

from dataclasses import dataclass

import pytest

from mene.language.encode import MAX_PIECES, Encoded, collate, encode, shape_of


@dataclass
class _Item:
    ids: list[int]
    word_ids: list[int | None]


class TwoPieces:
    """A tokenizer that cuts every word in two and puts a mark at either end."""

    def encode_batch(self, sentences: list[list[str]], *, is_pretokenized: bool) -> list[_Item]:
        assert is_pretokenized
        return [
            _Item([1, *(9 for _ in s for _ in "ab"), 2], [None, *(i for i in range(len(s)) for _ in "ab"), None])
            for s in sentences
        ]


def encoded(*sentences: list[str]) -> list[Encoded]:
    return encode(TwoPieces(), sentences)  # type: ignore[arg-type]


def test_each_word_is_found_at_its_first_piece() -> None:
    (one,) = encoded(["Rebels", "won"])
    assert one.first == [1, 3]
    assert one.shapes == [0, 2, 2, 1, 1, 0]


def test_words_past_the_last_piece_share_it() -> None:
    (one,) = encoded(["a"] * MAX_PIECES)
    assert len(one.pieces) == MAX_PIECES
    assert len(one.first) == MAX_PIECES
    assert max(one.first) == one.first[-1] < MAX_PIECES


def test_shorter_sentences_are_padded_and_masked() -> None:
    arrays = collate(encoded(["a"], ["a", "b", "c"]))
    assert arrays["pieces"].shape == (2, 8)
    assert arrays["piece_mask"].sum(1).tolist() == [4, 8]
    assert arrays["word_mask"].tolist() == [[1, 0, 0], [1, 1, 1]]


@pytest.mark.parametrize(("word", "shape"), [("é", 1), ("Á", 2), ("UN", 3), ("1,200", 4), ("M23", 5), ("—", 7)])
def test_a_shape_gives_a_word_its_capitals_back(word: str, shape: int) -> None:
    assert shape_of(word) == shape
