"""What one or several tellings say of an event, in a form in which two can be compared: days, place, sides, figures."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from mene.picture.coreference_words import load_coreference_words
from mene.picture.sides import normalise, party_key
from mene.picture.tellings import FACTS, Telling, modality_of
from mene.picture.where import Where, where_of
from mene.records import Count, Participant

_WORD = re.compile(r"[a-z]{3,}")
_ANOTHER = re.compile(
    r"\b(?:another|second|third|fourth|separate|separately|similar|further|more)\b[\w\s-]{0,24}$", re.I
)
_DEFINITE = re.compile(r"\b(?:the|this|that|these|those)(?:\s+[\w-]+)?\s+$", re.I)
_STEM = 5
"""Letters by which two event words are one: "captured" and "capture"."""
_BEFORE = 40
"""Characters before an event's word in which "another" or "the" speaks of it."""
_HEADS = frozenset("people person others civilians at least more than about around nearly over some dozens".split())


@dataclass(frozen=True, slots=True)
class Profile:
    """The tellings of one event taken together; days are ordinals.

    `key` is the smallest id of its events. `days` are the first and last days that dated tellings give, `told` the
    first and the last day on which one without a day was told; the event lies between `earliest` and `latest`, which
    every telling allows (the second is the smaller where two differ by a day). `triggers` are the words that name it,
    by where they stand, `stems` their beginnings. `firsts` are the statements that its tellings are, or are copies of.
    """

    key: str
    events: tuple[str, ...]
    type: str
    status: str
    act: str
    modes: frozenset[str]
    where: Where
    days: frozenset[tuple[int, int]]
    told: tuple[int, int] | None
    earliest: float
    latest: float
    day: date | None
    actors: frozenset[str]
    recipients: frozenset[str]
    killed: frozenset[int]
    injured: frozenset[int]
    words: frozenset[str]
    marks: frozenset[str]
    articles: frozenset[str]
    sentences: frozenset[tuple[str, int]]
    triggers: frozenset[tuple[str, int]]
    stems: frozenset[str]
    firsts: frozenset[str]
    background: bool
    another: bool
    definite: bool

    @property
    def is_anchored(self) -> bool:
        """Whether it says where, by a name, and when, to a few days: only such tell two events apart."""
        if not self.where.is_specific:
            return False
        if self.days:
            return min(last - first for first, last in self.days) <= load_coreference_words().limits.anchored_days
        return self.told is not None


def profile_of(telling: Telling, first: str) -> Profile:
    """Return what one telling says; `first` is the statement that its own is a copy of, or its own."""
    words = load_coreference_words()
    event, statement = telling.event, telling.statement
    start, end = event.occurred_start, event.occurred_end or event.occurred_start
    modality = modality_of(event, statement)
    published = statement.published_at or statement.first_seen
    told = published.toordinal() if published and start is None and not event.background else None
    status = "fact" if modality in FACTS else modality
    earliest, latest = _span(start, end, told, status)
    before = _words_before(telling)
    sentence_words, marks = _words_of(statement.sentence_text)
    return Profile(
        key=event.id,
        events=(event.id,),
        type=event.type,
        status=status,
        act=words.acts.get((event.type, event.mode or ""), ""),
        modes=frozenset((event.mode,)) if event.mode else frozenset(),
        where=where_of(event.place),
        days=frozenset(((start.toordinal(), end.toordinal()),)) if start and end else frozenset(),
        told=None if told is None else (told, told),
        earliest=earliest,
        latest=latest,
        day=telling.sides_on,
        actors=_parties(event.actors),
        recipients=_parties(event.recipients),
        killed=_figure(event.numbers.killed),
        injured=_figure(event.numbers.injured),
        words=sentence_words,
        marks=marks,
        articles=frozenset((statement.evidence.article_id,)),
        sentences=frozenset(((statement.sentence.article_id, statement.sentence.start),)),
        triggers=frozenset(((event.evidence.article_id, event.evidence.start),)),
        stems=frozenset((event.text.casefold()[:_STEM],)),
        firsts=frozenset((first,)),
        background=event.background,
        another=bool(_ANOTHER.search(before)),
        definite=bool(_DEFINITE.search(before)),
    )


def _span(start: date | None, end: date | None, told: int | None, status: str) -> tuple[float, float]:
    """Return the first and the last day on which the event can have happened.

    What is told without a day happened on the day it was told or up to `reach` days before. A plan may lie ahead.
    """
    if start and end:
        return start.toordinal(), end.toordinal()
    if told is None:
        return -math.inf, math.inf
    reach = int(load_coreference_words().limits.reach)
    return told - reach, told + (0 if status == "fact" else reach)


def _words_before(telling: Telling) -> str:
    """Return the words just before the event's own: "a second" blast, "the" attack."""
    at = telling.event.evidence.start - telling.statement.sentence.start
    return telling.statement.sentence_text[max(0, at - _BEFORE) : max(0, at)]


@lru_cache(maxsize=65536)
def _words_of(sentence: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the telling words of a sentence, and its marks."""
    known = load_coreference_words()
    found = frozenset(_WORD.findall(sentence.casefold()))
    return found - known.common, frozenset(known.marks[word] for word in found & known.marks.keys())


def _parties(parties: Iterable[Participant]) -> frozenset[str]:
    """Return the keys of participants; those that are only counted ("16 people") are nobody in particular."""
    return frozenset(key for party in parties if (key := _party(party)))


def _party(party: Participant) -> str:
    if party.actor_id:
        return party_key(party)
    words = [word for word in normalise(party.name or party.text).split() if word not in _HEADS and word.isalpha()]
    return f"~{' '.join(words)}" if words else ""


def _figure(count: Count | None) -> frozenset[int]:
    return frozenset((count.best,)) if count else frozenset()


def merge(a: Profile, b: Profile) -> Profile:
    """Return two profiles as one; the order of the two does not matter."""
    told = [one.told for one in (a, b) if one.told is not None]
    days = [one.day for one in (a, b) if one.day is not None]
    return Profile(
        key=min(a.key, b.key),
        events=tuple(sorted((*a.events, *b.events))),
        type=a.type,
        status=a.status,
        act=max(a.act, b.act),
        modes=a.modes | b.modes,
        where=min(a.where, b.where, key=lambda where: where.order),
        days=a.days | b.days,
        told=(min(first for first, _ in told), max(last for _, last in told)) if told else None,
        earliest=max(a.earliest, b.earliest),
        latest=min(a.latest, b.latest),
        day=min(days, default=None),
        actors=a.actors | b.actors,
        recipients=a.recipients | b.recipients,
        killed=a.killed | b.killed,
        injured=a.injured | b.injured,
        words=a.words | b.words,
        marks=a.marks | b.marks,
        articles=a.articles | b.articles,
        sentences=a.sentences | b.sentences,
        triggers=a.triggers | b.triggers,
        stems=a.stems | b.stems,
        firsts=a.firsts | b.firsts,
        background=a.background and b.background,
        another=a.another or b.another,
        definite=a.definite and b.definite,
    )
