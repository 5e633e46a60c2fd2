"""Records as rows of the store: the columns to query by, and the record itself as JSON."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

from mene.contract import to_json
from mene.records import Article, Event, Participant, Reading, Statement

Row = tuple[object, ...]


def utc_moment(moment: datetime) -> datetime:
    """Return `moment` in UTC without a zone, as the store keeps it; a moment without a zone is taken as UTC.

    >>> utc_moment(datetime.fromisoformat("2024-12-07T14:00:00+02:00"))
    datetime.datetime(2024, 12, 7, 12, 0)
    """
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def first_seen(record: Article | Statement, recorded_at: datetime) -> date:
    """Return the day the record could first be known: as it says, else its publication, else the day of recording."""
    said = record.first_seen if isinstance(record, Statement) else None
    return said or record.published_at or utc_moment(recorded_at).date()


def payload(record: object) -> str:
    """Return the record as JSON text."""
    return to_json(record).decode()


def article_row(article: Article, recorded_at: datetime, version: str, model: str | None) -> Row:
    """Return the row of `articles`."""
    seen = first_seen(article, recorded_at)
    about = (article.url, article.publisher, article.title, article.published_at, seen)
    return (article.id, *about, utc_moment(recorded_at), version, model, payload(article))


def statement_rows(reading: Reading, recorded_at: datetime) -> list[Row]:
    """Return the rows of `statements`, in the order of the reading."""
    return [
        (
            statement.id,
            reading.article.id,
            position,
            statement.published_at,
            first_seen(statement, recorded_at),
            utc_moment(recorded_at),
            statement.sources[0].name if statement.sources else None,
            statement.kind,
            statement.modality,
            statement.factuality,
            payload(statement),
        )
        for position, statement in enumerate(reading.statements)
    ]


def event_rows(reading: Reading, recorded_at: datetime) -> list[Row]:
    """Return the rows of `events`, in the order of the reading; an event is first seen with its statement."""
    seen = {statement.id: first_seen(statement, recorded_at) for statement in reading.statements}
    otherwise = first_seen(reading.article, recorded_at)
    moment = utc_moment(recorded_at)
    return [
        (
            event.id,
            event.statement_id,
            reading.article.id,
            position,
            seen.get(event.statement_id, otherwise),
            moment,
            *event_columns(event),
        )
        for position, event in enumerate(reading.events)
    ]


def event_columns(event: Event) -> Row:
    """Return the columns of an event that come from the event alone."""
    return (
        event.type,
        event.modality,
        event.factuality,
        event.occurred_start,
        event.occurred_end,
        event.place.place_id if event.place else None,
        event.place.name if event.place else None,
        actor_names(event.actors),
        actor_names(event.recipients),
        payload(event),
    )


def actor_names(participants: Iterable[Participant]) -> list[str]:
    """Return the codebook id of each participant, or the name where it is not resolved."""
    return [participant.actor_id or participant.name for participant in participants]


def dropped_rows(reading: Reading) -> list[Row]:
    """Return the rows of `dropped`."""
    return [
        (reading.article.id, position, dropped.stage, dropped.reason, payload(dropped))
        for position, dropped in enumerate(reading.dropped)
    ]
