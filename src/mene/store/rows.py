"""Records as rows of the store: the columns to query by, and the record itself as JSON.

No text of a column has the character NUL, which PostgreSQL does not take; the JSON writes it as an escape.
"""

from collections.abc import Iterable
from datetime import date, datetime

import msgspec

from mene.records import Article, Event, Participant, Reading, Statement
from mene.store.database import Row
from mene.store.entry import Entry


def first_seen(record: Article | Statement, recorded_at: datetime) -> date:
    """Return the day the record could first be known: as it says, else its publication, else the day of recording."""
    said = record.first_seen if isinstance(record, Statement) else None
    return said or record.published_at or recorded_at.date()


def payload(record: msgspec.Raw) -> str:
    """Return the text of a record that is JSON already."""
    return bytes(record).decode()


def column(text: str | None) -> str | None:
    """Return a text as a column holds it: NUL is the replacement character.

    >>> column(f"a{chr(0)}b") == f"a{chr(0xfffd)}b"
    True
    """
    return text.replace("\0", "\ufffd") if text else text


def article_row(entry: Entry, article: Article) -> Row:
    """Return the row of `articles`."""
    moment = entry.recorded_at
    about = (column(article.url), column(article.publisher), column(article.title), article.published_at)
    read_with = (moment, entry.mene_version, entry.model)
    return (article.id, *about, first_seen(article, moment), *read_with, payload(entry.article))


def statement_rows(entry: Entry, reading: Reading) -> list[Row]:
    """Return the rows of `statements`, in the order of the reading."""
    return [
        (
            statement.id,
            reading.article.id,
            position,
            statement.published_at,
            first_seen(statement, entry.recorded_at),
            entry.recorded_at,
            column(statement.sources[0].name) if statement.sources else None,
            statement.kind,
            statement.modality,
            statement.factuality,
            payload(record),
        )
        for position, (statement, record) in enumerate(zip(reading.statements, entry.statements, strict=True))
    ]


def event_rows(entry: Entry, reading: Reading) -> list[Row]:
    """Return the rows of `events`, in the order of the reading; an event is first seen with its statement."""
    seen = {statement.id: first_seen(statement, entry.recorded_at) for statement in reading.statements}
    otherwise = first_seen(reading.article, entry.recorded_at)
    return [
        (
            event.id,
            event.statement_id,
            reading.article.id,
            position,
            seen.get(event.statement_id, otherwise),
            entry.recorded_at,
            *event_columns(event),
            payload(record),
        )
        for position, (event, record) in enumerate(zip(reading.events, entry.events, strict=True))
    ]


def event_columns(event: Event) -> Row:
    """Return the columns of an event that come from the event alone."""
    return (
        event.type,
        event.modality,
        event.factuality,
        event.occurred_start,
        event.occurred_end,
        column(event.place.place_id) if event.place else None,
        column(event.place.name) if event.place else None,
        actor_names(event.actors),
        actor_names(event.recipients),
    )


def actor_names(participants: Iterable[Participant]) -> list[str | None]:
    """Return the codebook id of each participant, or the name where it is not resolved."""
    return [column(participant.actor_id or participant.name) for participant in participants]


def dropped_rows(entry: Entry, reading: Reading) -> list[Row]:
    """Return the rows of `dropped`."""
    return [
        (reading.article.id, position, column(dropped.stage), column(dropped.reason), payload(record))
        for position, (dropped, record) in enumerate(zip(reading.dropped, entry.dropped, strict=True))
    ]
