"""A made-up corpus of any size, to measure what keeping, drawing and asking cost; it says nothing about accuracy.

Articles of ten statements each, by forty outlets over `days` days and `places` places (the commonest told of about a
hundred times as often as the rarest). The mix of types, modalities and kinds of source is roughly that of the sample
corpus. One article in eight rewrites one of the last days, so that folding has work to do; wordings are otherwise
their own. Every record is a function of the seed and its position alone.
"""

import random
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256

from mene.codebook.entries import Actor
from mene.records import (
    Article,
    Block,
    Count,
    Event,
    Evidence,
    Numbers,
    Participant,
    Place,
    Reading,
    Source,
    Statement,
    Tone,
    content_id,
)
from mene.vocabulary import FACTUALITY_OF_MODALITY, EventType, Modality

STATEMENTS = 10
"""Statements of one article; all but one in ten tell an event."""

FIRST_DAY = date(2022, 1, 1)

_REWRITTEN = 0.125
_REMEMBERED = 60
"""Articles back that a rewriting may be of."""

_SYLLABLES = ("ba", "do", "ke", "li", "mu", "na", "po", "ra", "su", "ta", "ve", "zi", "gor", "hel", "min", "sar")

_ACTS: tuple[tuple[EventType, str | None, int], ...] = (
    ("ASSAULT", None, 16),
    ("ASSAULT", "clash", 6),
    ("ASSAULT", "aerial", 8),
    ("SEIZE", "take", 8),
    ("SEIZE", "hold", 2),
    ("RETREAT", "withdraw", 8),
    ("COERCE", "siege", 2),
    ("COERCE", None, 6),
    ("MOBILIZE", "troops", 6),
    ("SUPPORT", "backing:arms:gives", 2),
    ("SUPPORT", "backing:troops:gives", 2),
    ("AID", None, 6),
    ("CONSULT", None, 6),
    ("REQUEST", None, 4),
    ("REJECT", None, 4),
    ("AGREE", None, 4),
    ("ACCUSE", None, 4),
    ("THREATEN", None, 3),
    ("PROTEST", "demo", 3),
)
_MODALITIES: tuple[tuple[Modality, int], ...] = (
    ("asserted", 70),
    ("in_progress", 7),
    ("negated", 8),
    ("planned", 7),
    ("possible", 4),
    ("conditional", 4),
)


@dataclass(frozen=True, slots=True)
class _World:
    """What the articles speak of."""

    words: tuple[str, ...]
    places: tuple[Place, ...]
    weights: tuple[int, ...]
    actors: tuple[Participant, ...]
    outlets: tuple[str, ...]


def make_readings(
    statements: int, actors: Sequence[Actor], *, days: int = 1095, places: int = 2000, seed: int = 1
) -> Iterator[Reading]:
    """Yield readings with `statements` statements in all, in the order of their days; `actors` act."""
    world = _make_world(actors, places, seed)
    articles = max(1, statements // STATEMENTS)
    recent: deque[Reading] = deque(maxlen=_REMEMBERED)
    for number in range(articles):
        chance = random.Random(seed * 1_000_003 + number)  # noqa: S311 (not for secrets)
        day = FIRST_DAY + timedelta(number * days // articles)
        if recent and chance.random() < _REWRITTEN:
            reading = _rewrite(chance.choice(recent), number, day, world, chance)
        else:
            reading = _write(number, day, world, chance)
        recent.append(reading)
        yield reading


def _make_world(actors: Sequence[Actor], places: int, seed: int) -> _World:
    chance = random.Random(seed)  # noqa: S311
    words = tuple("".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(6000))
    made = tuple(
        Place(name, name, f"x{number}", 30 + number % 90 / 9, 36 + number / 250, "SY", "town", "exact", 0.9)
        for number, name in enumerate(f"{words[number].title()} {number}" for number in range(places))
    )
    parties = tuple(Participant(one.name, one.name, one.id, "made up", 1.0, one.country) for one in actors)
    weights = tuple(1 + 100 // (1 + number // 10) for number in range(places))
    outlets = tuple(f"{chance.choice(words).title()} {kind}" for kind in ("Post", "Wire", "News", "Times") * 10)
    return _World(words, made, weights, parties, outlets)


def _write(number: int, day: date, world: _World, chance: random.Random) -> Reading:
    outlet = Source(chance.choice(world.outlets), "outlet")
    places = chance.choices(world.places, world.weights, k=3)
    texts, statements, events, start = [], [], [], 0
    for position in range(STATEMENTS):
        place, (by, to) = chance.choice(places), chance.sample(world.actors, 2)
        text = " ".join(chance.choices(world.words, k=12)).capitalize() + f" {place.name}."
        said = _say(number, start, text, (*_speakers(by, chance), outlet), day)
        if position < STATEMENTS - 1:
            events.append(_tell(said, by, to, place, day, chance))
        texts.append(text)
        statements.append(said)
        start += len(text) + 1
    return _reading(number, outlet, day, texts, statements, events)


def _rewrite(first: Reading, number: int, day: date, world: _World, chance: random.Random) -> Reading:
    """Return an article that tells another's statements in nearly its words."""
    outlet = Source(chance.choice(world.outlets), "outlet")
    texts, statements, events, start = [], [], [], 0
    told = {event.statement_id: event for event in first.events}
    for other in first.statements:
        words = other.text.split(" ")
        words[chance.randrange(len(words) - 2)] = chance.choice(world.words)
        text = " ".join(words)
        said = _say(number, start, text, (*other.sources[:-1], outlet), day)
        if event := told.get(other.id):
            events.append(replace(event, id=content_id("e", said.id), statement_id=said.id, evidence=said.evidence))
        texts.append(text)
        statements.append(said)
        start += len(text) + 1
    return _reading(number, outlet, day, texts, statements, events)


def _speakers(by: Participant, chance: random.Random) -> tuple[Source, ...]:
    draw = chance.random()
    if draw < 0.45:
        return ()
    if draw < 0.65:
        return (Source("a local source", "unnamed"),)
    return (Source(f"{by.name} spokesman", "armed side" if draw < 0.8 else "official", None, by.actor_id),)


def _say(number: int, start: int, text: str, sources: tuple[Source, ...], day: date) -> Statement:
    evidence = Evidence(_article_id(number), start, start + len(text))
    return Statement(
        id=content_id("s", evidence.article_id, start),
        evidence=evidence,
        sentence=evidence,
        text=text,
        sentence_text=text,
        sources=sources,
        kind="report" if len(sources) == 1 else "claim",
        factuality=3.0,
        modality="asserted",
        tone=Tone(0.0),
        said_at=None,
        published_at=day,
        first_seen=day,
    )


def _tell(said: Statement, by: Participant, to: Participant, place: Place, day: date, chance: random.Random) -> Event:
    ((kind, mode, _),) = chance.choices(_ACTS, [weight for *_, weight in _ACTS])
    ((modality, _),) = chance.choices(_MODALITIES, [weight for _, weight in _MODALITIES])
    happened = day - timedelta(chance.choice((0, 0, 1, 1, 2))) if chance.random() < 0.6 else None
    killed = chance.randint(1, 60)
    return Event(
        id=content_id("e", said.id),
        statement_id=said.id,
        type=kind,
        mode=mode,
        actors=(by,),
        recipients=(to,),
        place=place if chance.random() < 0.7 else None,
        occurred_start=happened,
        occurred_end=happened,
        precision="day" if happened else "unknown",
        factuality=FACTUALITY_OF_MODALITY[modality],
        modality=modality,
        numbers=Numbers(Count(killed, killed, killed, str(killed))) if kind == "ASSAULT" else Numbers(),
        evidence=said.evidence,
        text=said.text[:20],
    )


def _reading(
    number: int, outlet: Source, day: date, texts: list[str], statements: list[Statement], events: list[Event]
) -> Reading:
    text = " ".join(texts)
    blocks = (Block("paragraph", 0, len(text)),)
    article = Article(_article_id(number), None, outlet.name, None, None, day, "en", text, blocks, ())
    return Reading(article, tuple(statements), tuple(events), ())


def _article_id(number: int) -> str:
    return sha256(str(number).encode()).hexdigest()
