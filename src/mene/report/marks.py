"""What is marked in a text: source, cue and content of a statement, the words that decide it and those that judge."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import Literal, TypeVar

from mene.records import Article, Evidence, Statement

Key = TypeVar("Key")

Mark = Literal["content", "source", "cue", "deciding", "loaded"]
"""The marks, in the order in which they are told where several lie over the same words."""

MARKS: tuple[Mark, ...] = ("content", "source", "cue", "deciding", "loaded")


def marks_of(statement: Statement) -> list[tuple[Mark, Evidence]]:
    """Return the marked spans of a statement."""
    found: list[tuple[Mark, Evidence]] = [("content", statement.evidence)]
    found += [("source", one.evidence) for one in statement.sources if one.evidence]
    found += [("cue", statement.cue)] if statement.cue else []
    found += [("deciding", one) for one in statement.deciding]
    return found + [("loaded", one.evidence) for one in statement.tone.loaded]


def mark_sentence(statement: Statement, article: Article | None) -> list[tuple[str, tuple[Mark, ...]]]:
    """Return the sentence of a statement in pieces, each with its marks; unmarked where the article is not at hand."""
    if article is None:
        return [(statement.sentence_text, ())]
    whole = statement.sentence
    pieces = cut(whole.start, whole.end, ((mark, one.start, one.end) for mark, one in marks_of(statement)))
    return [(article.text[start:end], in_order(marks)) for start, end, marks in pieces]


def in_order(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Return marks, each once, the widest kind first.

    >>> in_order(["cue", "content", "cue"])
    ('content', 'cue')
    """
    found = set(marks)
    return tuple(mark for mark in MARKS if mark in found)


def cut(start: int, end: int, spans: Iterable[tuple[Key, int, int]]) -> list[tuple[int, int, tuple[Key, ...]]]:
    """Return [start, end) cut where a span begins or ends, each piece with the keys of the spans over it.

    Keys stand in the order in which their spans began. It is one pass over the edges, so a long text costs little.

    >>> cut(0, 9, [("content", 0, 5), ("cue", 6, 9)])
    [(0, 5, ('content',)), (5, 6, ()), (6, 9, ('cue',))]
    """
    inside = [(key, max(first, start), min(last, end)) for key, first, last in spans]
    inside = [one for one in inside if one[1] < one[2]]
    opening: defaultdict[int, list[int]] = defaultdict(list)
    closing: defaultdict[int, list[int]] = defaultdict(list)
    for place, (_, first, last) in enumerate(inside):
        opening[first].append(place)
        closing[last].append(place)
    active: dict[int, None] = {}
    pieces = []
    for first, last in pairwise(sorted({start, end, *opening, *closing})):
        for place in closing[first]:
            active.pop(place, None)
        active.update(dict.fromkeys(opening[first]))
        pieces.append((first, last, tuple(inside[place][0] for place in active)))
    return pieces
