"""What can be wrong with an article as it is kept or as an export brings it: every hash and id against its content."""

import hashlib
from collections.abc import Iterable, Iterator

import msgspec

from mene import __version__
from mene.articles.tables import read_own
from mene.errors import InputError
from mene.events.identity import event_id
from mene.records import Article, Event, Evidence, Reading, Statement
from mene.statements.identity import statement_id
from mene.store.entry import Custody, Entry

UNREADABLE = (msgspec.MsgspecError, ValueError, RecursionError)
"""What decoding a damaged record raises."""


def entry_faults(entry: Entry, reading: Reading, raw: bytes) -> Iterator[str]:
    """Yield what does not fit together in an article, its raw bytes and what was read from it, each in some words.

    Ids of statements and events are formed anew for what this version read; another may have formed them otherwise.
    """
    if hashlib.sha256(raw).hexdigest() != entry.raw_sha256:
        yield "its raw bytes do not have the SHA-256 that they are kept under"
    elif reading.article.id != entry.raw_sha256 and not _brings(raw, reading.article):
        yield "its id is not the SHA-256 of its raw bytes"
    if entry.recorded_at.tzinfo is not None:
        yield "the time of its recording has a zone, and should be UTC without one"
    if any("\0" in text for text in _keys(entry, reading)):
        yield "an id, version or model has the character NUL"
    yield from _span_faults(reading)
    if entry.mene_version == __version__:
        yield from _id_faults(reading)


def custody_faults(custody: Iterable[Custody], entry: Entry | None = None) -> Iterator[str]:
    """Yield what is wrong with lines of the custody log, which are on the bytes of `entry` where it is given."""
    for line in custody:
        if line.ts_utc.tzinfo is not None:
            yield "the time of a line of custody has a zone, and should be UTC without one"
        if entry is not None and line.sha256 != entry.raw_sha256:
            yield "a line of custody is on other bytes"
        if any("\0" in text for text in (line.sha256, line.url, line.how, line.tool_version, line.operator) if text):
            yield "a line of custody has the character NUL"


def _brings(raw: bytes, article: Article) -> bool:
    """Return whether the bytes are a JSON object of Mene's own that holds the article, read from other bytes before."""
    try:
        own = read_own(msgspec.json.decode(raw))
    except (*UNREADABLE, InputError):
        return False
    return own is not None and own.id == article.id


def _keys(entry: Entry, reading: Reading) -> Iterator[str]:
    yield from (reading.article.id, entry.mene_version, entry.model or "")
    yield from (statement.id for statement in reading.statements)
    for event in reading.events:
        yield from (event.id, event.statement_id)


def _span_faults(reading: Reading) -> Iterator[str]:
    records: tuple[Statement | Event, ...] = (*reading.statements, *reading.events)
    for record in records:
        if not _fits(record.evidence, reading.article):
            yield f"{_named(record)} points at no words of the article"


def _fits(evidence: Evidence, article: Article) -> bool:
    return evidence.article_id == article.id and 0 <= evidence.start <= evidence.end <= len(article.text)


def _id_faults(reading: Reading) -> Iterator[str]:
    said = {statement.id for statement in reading.statements}
    for statement in reading.statements:
        if statement.id != statement_id(statement.evidence, statement.sources):
            yield f"{_named(statement)} has an id that is not that of its content"
    for event in reading.events:
        if event.statement_id not in said:
            yield f"{_named(event)} belongs to no statement of the article"
        if event.id not in _ids_of(event):
            yield f"{_named(event)} has an id that is not that of its content"


def _ids_of(event: Event) -> Iterator[str]:
    """Yield the ids that an event may bear; one told by further words (`also`) may have its place from them alone."""
    what, parties = (event.type, event.mode), (*event.actors, *event.recipients)
    for place in (event.place, None) if event.also else (event.place,):
        yield event_id(event.statement_id, what, event.evidence, place, parties)


def _named(record: Statement | Event) -> str:
    return f"{'statement' if isinstance(record, Statement) else 'event'} {record.id}"
