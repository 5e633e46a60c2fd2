"""The store itself: adding a reading, and reading back what is kept.

One process writes at a time (DuckDB locks the file); any number may read together with `read_only`.
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import duckdb

from mene import __version__
from mene.contract import from_json
from mene.errors import InputError
from mene.records import Article, Dropped, Event, Reading, Statement
from mene.store.connect import connect_store, store_errors
from mene.store.rows import Row, article_row, dropped_rows, event_rows, statement_rows, utc_moment

T = TypeVar("T")

# Articles fetched at once when many are read back: bounds the memory, and 256 keep the cost of a query unnoticeable.
BATCH = 256

# Rows of one INSERT: with 50 to 200 an article of 30 statements and events is written in 15 ms, row by row in 45 ms.
ROWS = 100


@dataclass(frozen=True, slots=True)
class Custody:
    """One line of the custody log: when (UTC) which bytes came from where, by what means and whose hand."""

    ts_utc: datetime
    sha256: str
    url: str | None
    how: str
    tool_version: str
    operator: str | None


class Store:
    """An open store. A context manager; everything raises `StoreError` with the remedy when the file fails."""

    def __init__(self, path: Path, connection: duckdb.DuckDBPyConnection, *, operator: str | None = None) -> None:
        self.path = path
        self.operator = operator
        self._connection = connection

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; a second call does nothing."""
        self._connection.close()

    def add(self, reading: Reading, raw: bytes, *, recorded_at: datetime, how: str, model: str | None = None) -> bool:
        """Return whether the reading was new and is now kept; an article that is already there is left as it is.

        All of it enters in one transaction. `how` says by what means the bytes came ("file", "http", "warc"). The
        same bytes from another address add a line of custody only. An article is not replaced by a later reading
        with another version or model: what was known when stays answerable.
        """
        with store_errors(self.path):
            self._connection.begin()
            try:
                new = self._insert(reading, raw, recorded_at, model)
                self._log_custody(hashlib.sha256(raw).hexdigest(), reading.article.url, recorded_at, how)
                self._connection.commit()
            except BaseException:
                self._connection.rollback()
                raise
        return new

    def _insert(self, reading: Reading, raw: bytes, recorded_at: datetime, model: str | None) -> bool:
        if self._rows("SELECT 1 FROM articles WHERE id = ?", reading.article.id):
            return False
        self._write("raw", [(hashlib.sha256(raw).hexdigest(), raw)], ignore=True)
        self._write("articles", [article_row(reading.article, recorded_at, __version__, model)])
        self._write("statements", statement_rows(reading, recorded_at))
        self._write("events", event_rows(reading, recorded_at))
        self._write("dropped", dropped_rows(reading))
        return True

    def _log_custody(self, sha256: str, url: str | None, recorded_at: datetime, how: str) -> None:
        known = "SELECT 1 FROM custody WHERE sha256 = ? AND url IS NOT DISTINCT FROM ?"
        if not self._rows(known, sha256, url):
            self._write("custody", [(utc_moment(recorded_at), sha256, url, how, __version__, self.operator)])

    def _write(self, table: str, rows: list[Row], *, ignore: bool = False) -> None:
        verb = "INSERT OR IGNORE" if ignore else "INSERT"
        for start in range(0, len(rows), ROWS):
            chunk = rows[start : start + ROWS]
            places = ", ".join(["(" + ", ".join("?" * len(chunk[0])) + ")"] * len(chunk))
            self._connection.execute(f"{verb} INTO {table} VALUES {places}", [value for row in chunk for value in row])

    def _rows(self, query: str, *values: object) -> list[tuple[object, ...]]:
        with store_errors(self.path):
            return self._connection.execute(query, list(values)).fetchall()

    def has(self, article_id: str) -> bool:
        """Return whether the article is kept, so that a caller can skip reading it again."""
        return bool(self._rows("SELECT 1 FROM articles WHERE id = ?", article_id))

    def article_ids(self, known: date | None = None) -> tuple[str, ...]:
        """Return the ids of the articles known on that day (all when None), earliest first."""
        query = "SELECT id FROM articles WHERE first_seen <= coalesce(?, first_seen) ORDER BY first_seen, id"
        return tuple(str(row[0]) for row in self._rows(query, known))

    def articles(self, known: date | None = None) -> Iterator[Article]:
        """Yield the articles known on that day (all when None), earliest first."""
        for ids in _batches(self.article_ids(known)):
            query = "SELECT payload FROM articles WHERE id IN (SELECT unnest(?)) ORDER BY first_seen, id"
            yield from _decode((row[0] for row in self._rows(query, ids)), Article)

    def statements(self, known: date | None = None) -> Iterator[Statement]:
        """Return the statements known on that day (all when None), article by article."""
        return self._part("statements", Statement, known)

    def events(self, known: date | None = None) -> Iterator[Event]:
        """Return the events of the statements known on that day (all when None), article by article."""
        return self._part("events", Event, known)

    def _part(self, table: str, kind: type[T], known: date | None) -> Iterator[T]:
        query = f"""
            SELECT part.payload FROM {table} part JOIN articles a ON a.id = part.article_id
            WHERE a.id IN (SELECT unnest(?)) ORDER BY a.first_seen, a.id, part.position
        """  # noqa: S608 (our own names)
        for ids in _batches(self.article_ids(known)):
            yield from _decode((row[0] for row in self._rows(query, ids)), kind)

    def readings(self, known: date | None = None) -> Iterator[Reading]:
        """Yield each article with all that was read from it, equal to what was added, earliest first."""
        for ids in _batches(self.article_ids(known)):
            yield from self._readings_of(ids)

    def _readings_of(self, ids: list[str]) -> Iterator[Reading]:
        query = """
            SELECT payload,
                (SELECT list(s.payload ORDER BY s.position) FROM statements s WHERE s.article_id = a.id),
                (SELECT list(e.payload ORDER BY e.position) FROM events e WHERE e.article_id = a.id),
                (SELECT list(d.payload ORDER BY d.position) FROM dropped d WHERE d.article_id = a.id)
            FROM articles a WHERE a.id IN (SELECT unnest(?)) ORDER BY a.first_seen, a.id
        """
        for article, statements, events, dropped in self._rows(query, ids):
            yield Reading(
                article=from_json(str(article), Article),
                statements=tuple(_decode(statements, Statement)),
                events=tuple(_decode(events, Event)),
                dropped=tuple(_decode(dropped, Dropped)),
            )

    def reading(self, article_id: str) -> Reading:
        """Return one article with all that was read from it. Raises `InputError` when it is not kept."""
        for reading in self._readings_of([article_id]):
            return reading
        raise InputError(f"the store {self.path} has no article {article_id}: `mene ask` shows the ids it knows")

    def find(self, id_prefix: str) -> Article | Statement | Event:
        """Return the record whose id starts with `id_prefix`. Raises `InputError` when none does, or several."""
        matches = self._rows(
            """
            SELECT DISTINCT ON (id) id, kind, payload FROM (
                SELECT id, 'statement' AS kind, payload FROM statements WHERE starts_with(id, $1)
                UNION ALL SELECT id, 'event', payload FROM events WHERE starts_with(id, $1)
                UNION ALL SELECT id, 'article', payload FROM articles WHERE starts_with(id, $1)
            ) ORDER BY id LIMIT 5
            """,
            id_prefix,
        )
        exact = [match for match in matches if match[0] == id_prefix] or matches
        if not id_prefix or not exact:
            raise InputError(f"the store {self.path} has no claim {id_prefix!r}: the ids stand at the end of each line")
        if len(exact) > 1:
            shown = ", ".join(str(match[0])[:16] for match in exact[:4])
            raise InputError(f"{id_prefix!r} could be {shown}{', …' if len(exact) > 4 else ''}: give more of the id")
        _, kind, payload = exact[0]
        kinds: dict[object, type[Article | Statement | Event]] = {"statement": Statement, "event": Event}
        return from_json(str(payload), kinds.get(kind, Article))

    def raw(self, sha256: str) -> bytes:
        """Return the bytes as they were fetched. Raises `InputError` when they are not kept."""
        rows = self._rows("SELECT bytes FROM raw WHERE sha256 = ?", sha256)
        if not rows:
            raise InputError(f"the store {self.path} has no bytes with the SHA-256 {sha256}")
        content = rows[0][0]
        return content if isinstance(content, bytes) else b""

    def read_with(self, article_id: str) -> tuple[str, str | None]:
        """Return the version of Mene and the model an article was read with. Raises `InputError` if it is not kept."""
        rows = self._rows("SELECT mene_version, model FROM articles WHERE id = ?", article_id)
        if not rows:
            raise InputError(f"the store {self.path} has no article {article_id}: `mene ask` shows the ids it knows")
        version, model = rows[0]
        return str(version), None if model is None else str(model)

    def custody(self) -> tuple[Custody, ...]:
        """Return the custody log, oldest line first."""
        columns = "ts_utc, sha256, url, how, tool_version, operator"
        rows = self._rows(f"SELECT {columns} FROM custody ORDER BY ts_utc, rowid")  # noqa: S608 (our own names)
        return tuple(Custody(*row) for row in rows)  # type: ignore[arg-type]


def open_store(path: Path, *, create: bool = True, read_only: bool = False, operator: str | None = None) -> Store:
    """Return the store at `path`, made when it does not exist and `create` is set.

    `operator` is who the custody log names. Raises `StoreError`, one line with the remedy, when the file is locked,
    foreign, damaged, newer than this Mene or cannot be written.
    """
    return Store(path, connect_store(path, create=create, read_only=read_only), operator=operator)


def _batches(ids: tuple[str, ...]) -> Iterator[list[str]]:
    for start in range(0, len(ids), BATCH):
        yield list(ids[start : start + BATCH])


def _decode(payloads: object, kind: type[T]) -> Iterator[T]:
    """Yield the records of a column of payloads; DuckDB gives None for an empty list."""
    if isinstance(payloads, Iterable):
        for payload in payloads:
            yield from_json(str(payload), kind)
