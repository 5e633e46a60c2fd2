"""An article as the store keeps it: the records as JSON, word for word as they were first written, and its seal."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

import msgspec

from mene.contract import from_json, to_json
from mene.records import Article, Dropped, Event, Reading, Statement

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Custody:
    """One line of the custody log: when (UTC) which bytes came from where, by what means and whose hand."""

    ts_utc: datetime
    sha256: str
    url: str | None
    how: str
    tool_version: str
    operator: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One article with all that was read from it: from which bytes, when (UTC), with which version and model.

    The records stay JSON text, so that a later version, which may write a record otherwise, leaves them as they are.
    """

    raw_sha256: str
    recorded_at: datetime
    mene_version: str
    model: str | None
    article: msgspec.Raw
    statements: tuple[msgspec.Raw, ...]
    events: tuple[msgspec.Raw, ...]
    dropped: tuple[msgspec.Raw, ...]


@dataclass(frozen=True, slots=True)
class Parcel:
    """An article as it goes into a store: the entry, its records, the raw bytes and their lines of custody."""

    entry: Entry
    reading: Reading
    raw: bytes
    custody: tuple[Custody, ...]


def utc_moment(moment: datetime) -> datetime:
    """Return `moment` in UTC without a zone, as the store keeps it; a moment without a zone is taken as UTC.

    >>> utc_moment(datetime.fromisoformat("2024-12-07T14:00:00+02:00"))
    datetime.datetime(2024, 12, 7, 12, 0)
    """
    return moment.astimezone(UTC).replace(tzinfo=None) if moment.tzinfo else moment


def make_entry(reading: Reading, raw: bytes, recorded_at: datetime, version: str, model: str | None) -> Entry:
    """Return a reading as it is to be kept."""
    return Entry(
        raw_sha256=hashlib.sha256(raw).hexdigest(),
        recorded_at=utc_moment(recorded_at),
        mene_version=version,
        model=model,
        article=msgspec.Raw(to_json(reading.article)),
        statements=_encode(reading.statements),
        events=_encode(reading.events),
        dropped=_encode(reading.dropped),
    )


def read_entry(entry: Entry) -> Reading:
    """Return the records of an entry. Raises `msgspec.MsgspecError` or `ValueError` where one is damaged."""
    return Reading(
        article=from_json(bytes(entry.article), Article),
        statements=_decode(entry.statements, Statement),
        events=_decode(entry.events, Event),
        dropped=_decode(entry.dropped, Dropped),
    )


def seal_of(entry: Entry) -> str:
    """Return the SHA-256 of an entry as an export writes it, in hexadecimal."""
    return hashlib.sha256(to_json(entry)).hexdigest()


def _encode(records: tuple[object, ...]) -> tuple[msgspec.Raw, ...]:
    return tuple(msgspec.Raw(to_json(record)) for record in records)


def _decode(texts: tuple[msgspec.Raw, ...], kind: type[T]) -> tuple[T, ...]:
    return tuple(from_json(bytes(text), kind) for text in texts)
