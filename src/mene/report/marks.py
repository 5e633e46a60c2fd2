"""What is marked in a text: source, cue and content of a statement, its places and days, what decides it and judges."""

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import Literal, TypeVar

from mene.records import Article, Event, Evidence, Statement

Key = TypeVar("Key")

Mark = Literal["content", "source", "cue", "place", "day", "deciding", "loaded"]
"""The marks, in the order in which they are told where several lie over the same words."""

MARKS: tuple[Mark, ...] = ("content", "source", "cue", "place", "day", "deciding", "loaded")


def marks_of(statement: Statement) -> list[tuple[Mark, Evidence]]:
    """Return the marked spans of a statement."""
    found: list[tuple[Mark, Evidence]] = [("content", statement.evidence)]
    found += [("source", one.evidence) for one in statement.sources if one.evidence]
    found += [("cue", statement.cue)] if statement.cue else []
    found += [("deciding", one) for one in statement.deciding]
    return found + [("loaded", one.evidence) for one in statement.tone.loaded]


def marks_of_events(events: Iterable[Event], article: Article, within: Evidence) -> list[tuple[Mark, Evidence]]:
    """Return the spans of the places and of the days' words of events, as far as they stand in `within`."""
    told = tuple(events)
    found: list[tuple[Mark, Evidence]] = [
        ("place", one.place.evidence)
        for one in told
        if one.place and one.place.evidence and one.place.evidence.article_id == article.id
    ]
    days = (find_day(one, article, within) for one in told)
    return list(dict.fromkeys([*found, *(("day", one) for one in days if one)]))


def find_day(event: Event, article: Article, within: Evidence) -> Evidence | None:
    """Return where the words of an event's days stand in a part of its article; of several, those next to the event."""
    if not event.time_text:
        return None
    words = re.compile(rf"(?<!\w){re.escape(event.time_text)}(?!\w)", re.IGNORECASE)
    spans = [one.span() for one in words.finditer(article.text, within.start, within.end)]
    nearest = min(spans, key=lambda span: abs(span[0] - event.evidence.start), default=None)
    return Evidence(article.id, *nearest) if nearest else None


def mark_sentence(statement: Statement, article: Article | None) -> list[tuple[str, tuple[Mark, ...]]]:
    """Return the sentence of a statement in pieces, each with its marks; unmarked where the article is not at hand."""
    if article is None:
        return [(statement.sentence_text, ())]
    return mark_words(article, statement.sentence, marks_of(statement))


def mark_words(
    article: Article, whole: Evidence, spans: Iterable[tuple[Mark, Evidence]]
) -> list[tuple[str, tuple[Mark, ...]]]:
    """Return a part of an article's text in pieces, each with the marks whose spans lie over it."""
    pieces = cut(whole.start, whole.end, ((mark, one.start, one.end) for mark, one in spans))
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
