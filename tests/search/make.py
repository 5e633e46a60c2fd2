"""Readings of one statement each, made by hand, for what a search must find."""

import hashlib
from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path

from mene.events.identity import event_id
from mene.records import Article, Block, Event, Evidence, Numbers, Participant, Place, Reading, Source, Statement, Tone
from mene.search import Filters, Search
from mene.settings import StoreUrl
from mene.statements.identity import statement_id
from mene.store import Store, open_store
from mene.vocabulary import EventType, Modality, StatementKind

NOW = datetime(2024, 12, 20, tzinfo=UTC)
DAY = date(2024, 12, 6)


def said(
    text: str,
    *,
    title: str = "News of the day",
    outlet: str = "The Wire",
    speaker: str = "",
    day: date | None = DAY,
    kind: StatementKind = "report",
    modality: Modality = "asserted",
    told: Iterable[Event] = (),
) -> Reading:
    """Return an article that says this and nothing else; `told` are its events."""
    identity = hashlib.sha256(repr((text, title, outlet, speaker, day, kind, modality)).encode()).hexdigest()
    article = Article(identity, None, outlet, title, None, day, "en", text, (Block("paragraph", 0, len(text)),), ())
    evidence = Evidence(identity, 0, len(text))
    paper = Source(outlet, "outlet")
    sources = (Source(speaker, "official"), paper) if speaker else (paper,)
    words = (text, text, sources, kind, 3.0, modality, Tone(0.1))
    statement = Statement(statement_id(evidence, sources), evidence, evidence, *words, None, day, day)
    return Reading(article, (statement,), tuple(_of(event, statement) for event in told), ())


def happened(
    kind: EventType = "ASSAULT",
    place: str | None = None,
    *,
    by: str = "Rebels",
    actor_id: str | None = None,
    to: str = "the army",
    day: date | None = None,
    modality: Modality = "asserted",
) -> Event:
    """Return an event; whose it is, is settled by `said`."""
    where = Place(place, place, f"g{place}", 35.0, 36.0, "SY", "city", "exact", 0.9) if place else None
    parties = tuple(Participant(name, name, key, "made", 1.0) for name, key in ((by, actor_id), (to, None)))
    days = (day, day, "day" if day else "unknown")
    told = (parties[:1], parties[1:], where, *days, 3.0, modality, Numbers(), Evidence("", 0, 1), "it")
    return Event("", "", kind, None, *told)


def _of(event: Event, statement: Statement) -> Event:
    from dataclasses import replace

    parties = (*event.actors, *event.recipients)
    key = event_id(statement.id, (event.type, event.mode), statement.evidence, event.place, parties)
    return replace(event, id=key, statement_id=statement.id, evidence=statement.evidence)


def keep(store: Store, *readings: Reading) -> None:
    """Add readings to a store."""
    for reading in readings:
        store.add(reading, reading.article.id.encode(), recorded_at=NOW, how="file")


def store_of(path: Path | StoreUrl, *readings: Reading) -> Store:
    """Return a new store with readings, open."""
    store = open_store(path)
    keep(store, *readings)
    return store


def texts(search: Search, filters: Filters, **how: object) -> list[str]:
    """Return the texts of what is found, in order."""
    found = search.find(filters, **how)  # type: ignore[arg-type]
    return ["".join(piece for piece, _ in row.snippet) for row in found.rows]
