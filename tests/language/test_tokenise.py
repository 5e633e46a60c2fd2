"""Words and sentences with exact offsets, whatever the text."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mene.language import cut_long, find_sentences, find_words


def words(text: str) -> list[str]:
    return [text[a:b] for a, b in find_words(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the army's troops", ["the", "army", "'s", "troops"]),
        ("They don’t fight", ["They", "do", "n’t", "fight"]),
        ("Gen. Min Aung Hlaing", ["Gen.", "Min", "Aung", "Hlaing"]),
        ("at 14:30 on Nov. 3", ["at", "14:30", "on", "Nov.", "3"]),
        ("$2.5 million, 12.5%", ["$2.5", "million", ",", "12.5%"]),
        ("U.S.-backed", ["U.S.", "-", "backed"]),
        ("Da'esh in N’Djamena", ["Da'esh", "in", "N’Djamena"]),
        ("see https://example.org/a?b=1.", ["see", "https://example.org/a?b=1", "."]),
        ("@mod #Kherson", ["@mod", "#Kherson"]),
    ],
)
def test_words_follow_the_treebank_s_conventions(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Lt. Col. Paul-Henri Damiba was ousted.",
        "About 3.5 million people fled.",
        "The U.N. said so.",
        "He asked “Why?” and left.",
        "It happened at 5 p.m. in Goma.",
    ],
)
def test_a_stop_inside_a_sentence_does_not_end_it(text: str) -> None:
    assert [text[a:b] for a, b in find_sentences(text)] == [text]


@given(st.text(alphabet="ab Cé’'“”\"-.,!?1% \n$:/@#", max_size=60))
def test_no_character_but_space_is_lost_and_order_is_kept(text: str) -> None:
    spans = find_words(text)
    assert "".join(text[a:b] for a, b in spans) == "".join(text.split())
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


@given(st.text(alphabet="ab C.!?”“ \n", max_size=60))
def test_sentences_cover_all_words_without_overlap(text: str) -> None:
    spans = find_sentences(text)
    assert "".join("".join(text[a:b].split()) for a, b in spans) == "".join(text.split())
    assert all(a < b for a, b in spans)


@given(st.integers(1, 300), st.integers(2, 40))
def test_pieces_are_short_and_join_to_the_whole(count: int, limit: int) -> None:
    whole = [(i, i + 1) for i in range(count)]
    pieces = cut_long(whole, "x" * count, limit)
    assert [w for piece in pieces for w in piece] == whole
    assert all(0 < len(piece) <= limit for piece in pieces)
