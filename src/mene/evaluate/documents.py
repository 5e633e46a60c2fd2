"""Documents with marked stretches of characters, cut into sentences and words as the reader gets them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from mene.evaluate.iob import LabelledSpan

CharacterSpan = tuple[str, int, int]
"""A label and a half-open stretch of characters."""


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence of a document: its words as half-open character spans, and their text."""

    spans: tuple[tuple[int, int], ...]
    words: tuple[str, ...]


def split_text(text: str) -> list[Words]:
    """Return the sentences of a document; none crosses the end of a line."""
    from mene.language import cut_long, find_sentences, find_words

    lines = accumulate((len(line) + 1 for line in text.split("\n")), initial=0)
    return [
        Words(tuple(spans), tuple(text[a:b] for a, b in spans))
        for start, after in pairwise(lines)
        for first, last in find_sentences(text, start, after - 1)
        for spans in cut_long(find_words(text, first, last), text)
    ]


def clip_spans(words: Sequence[tuple[int, int]], marked: Iterable[CharacterSpan]) -> list[LabelledSpan]:
    """Return the marked stretches that touch the sentence as (label, first word, last word), clipped to its words.

    >>> clip_spans([(0, 5), (6, 10)], [("X", 6, 30), ("Y", 40, 50)])
    [('X', 1, 1)]
    """
    clipped: list[LabelledSpan] = []
    for label, start, end in marked:
        inside = [position for position, (first, last) in enumerate(words) if first < end and last > start]
        if inside:
            clipped.append((label, inside[0], inside[-1]))
    return clipped
