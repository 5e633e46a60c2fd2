"""The store itself: adding a reading, and reading back what is kept.

One process writes at a time; a file can be read by any number while nobody writes, a server always.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import msgspec

from mene import __version__
from mene.contract import from_json
from mene.errors import InputError, StoreError
from mene.picture.origins import OriginGroup
from mene.picture.sides import Sides
from mene.records import Article, Dropped, Event, Picture, Reading, Statement
from mene.settings import StoreUrl
from mene.store import ledger, shelf
from mene.store.database import Database, Row
from mene.store.duckdb_file import connect_duckdb
from mene.store.entry import Custody, Entry, Parcel, make_entry, seal_of, utc_moment
from mene.store.rows import article_row, column, dropped_rows, event_rows, statement_rows
from mene.store.shelf import Condition, Shelf

T = TypeVar("T")

# Articles fetched at once when many are read back: bounds the memory, and 256 keep the cost of a query unnoticeable.
BATCH = 256

PARTS = ("statements", "events", "dropped")
"""The tables with the parts of an article, each with its order in `position` and its record in the last column."""

CUSTODY = "ts_utc, sha256, url, how, tool_version, operator"


@dataclass(frozen=True, slots=True)
class Kept:
    """One article with its rows as the tables hold them; `raw_sha256` and `seal` are None where it has no seal."""

    article: Row
    parts: dict[str, list[Row]]
    custody: tuple[Custody, ...]
    raw_sha256: str | None
    seal: str | None

    def entry(self) -> Entry:
        """Return the article as it was kept."""
        _, recorded_at, version, model, record = self.article[-5:]
        statements, events, dropped = (tuple(_text(row[-1]) for row in self.parts[name]) for name in PARTS)
        return Entry(
            raw_sha256=self.raw_sha256 or "",
            recorded_at=recorded_at,  # type: ignore[arg-type]
            mene_version=str(version),
            model=None if model is None else str(model),
            article=_text(record),
            statements=statements,
            events=events,
            dropped=dropped,
        )


class Store:
    """An open store. A context manager; everything raises `StoreError` with the remedy when the database fails."""

    def __init__(self, database: Database, *, operator: str | None = None) -> None:
        self.operator = operator
        self._filling = False
        self._database = database
        self._rows = database.rows

    @property
    def name(self) -> str:
        """How messages name the store: its path, or its address without the password."""
        return self._database.name

    @property
    def ledger(self) -> str:
        """What tells the store's ledger from one of other rules: with equal ledgers, equal articles fold equally."""
        return str(self._rows("SELECT value FROM meta WHERE key = 'ledger'")[0][0])

    def copies(self) -> dict[str, str]:
        """Return which statement each copy is folded under, by its id; whatever makes it a copy."""
        rows = self._rows("SELECT statement_id, copy_of FROM folds WHERE copy_of IS NOT NULL")
        return {str(copy): str(of) for copy, of in rows}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the store; a second call does nothing."""
        self._database.close()

    def add(self, reading: Reading, raw: bytes, *, recorded_at: datetime, how: str, model: str | None = None) -> bool:
        """Return whether the reading was new and is now kept; an article that is already there is left as it is.

        All of it enters in one transaction. `how` says by what means the bytes came ("file", "http", "warc"). The
        same bytes from another address add a line of custody only. An article is not replaced by a later reading
        with another version or model: what was known when stays answerable.
        """
        with self._database.transaction():
            entry = make_entry(reading, raw, recorded_at, __version__, model)
            new = self._insert([Parcel(entry, reading, raw, ())])
            self._log_custody(entry.raw_sha256, column(reading.article.url), recorded_at, how)
        return new == 1

    def merge(self, parcels: Sequence[Parcel], log: Iterable[Custody] = ()) -> int:
        """Return how many articles of another store were new and are now kept as they were there: all, or none.

        What is there already stays as it is. Of the parcels' custody and of `log` each line is kept that is not there.
        """
        lines = {*log, *(line for parcel in parcels for line in parcel.custody)}
        with self._database.transaction():
            new = self._insert(parcels)
            there = set(self.custody_of({line.sha256 for line in lines}))
            rows = [custody_row(line) for line in sorted(lines - there, key=_order)]
            self._database.write("custody", rows)
        return new

    def _insert(self, parcels: Sequence[Parcel]) -> int:
        """Write those articles that are not there, the rows of a table all at once; returns how many there were."""
        there = self._present("articles", "id", [parcel.reading.article.id for parcel in parcels])
        new = {parcel.reading.article.id: parcel for parcel in reversed(parcels)}
        ours = [(parcel.entry, parcel.reading) for one, parcel in new.items() if one not in there]
        bytes_there = self._present("raw", "sha256", [entry.raw_sha256 for entry, _ in ours])
        raws = {new[reading.article.id].entry.raw_sha256: new[reading.article.id].raw for _, reading in ours}
        tables: dict[str, Iterable[Row]] = {
            "raw": ((sha256, raw) for sha256, raw in raws.items() if sha256 not in bytes_there),
            "articles": (article_row(entry, reading.article) for entry, reading in ours),
            "statements": (row for one in ours for row in statement_rows(*one)),
            "events": (row for one in ours for row in event_rows(*one)),
            "dropped": (row for one in ours for row in dropped_rows(*one)),
            "seals": ((reading.article.id, entry.raw_sha256, seal_of(entry)) for entry, reading in ours),
        }
        for table, rows in tables.items():
            self._database.write(table, list(rows))
        for _, reading in ours if not self._filling else ():
            ledger.enter(self._database, reading.statements, reading.events)
        return len(ours)

    @contextmanager
    def filling(self) -> Iterator[None]:
        """Return a block in which many articles enter quickly: the ledger is written once, when it ends.

        Until then the store cannot be read; where the block is left by a crash, whoever next writes mends it.
        """
        with self._database.transaction():
            ledger.mark(self._database, "")
        self._filling = True
        try:
            yield
        finally:
            self._filling = False
            ledger.settle(self._database, read_only=False)

    def last_day(self, known: date | None = None) -> date | None:
        """Return the last day that anything known on that day is told to have happened on."""
        return shelf.last_day(self._database, known)

    def take(self, which: Condition, known: date | None = None) -> Shelf:
        """Return the tellings of some events, of those known on that day."""
        return shelf.take(self._database, which, known)

    def take_sayings(
        self, known: date | None = None, *, words: Iterable[str] = (), speaker: str = "", actor_ids: Iterable[str] = ()
    ) -> tuple[list[Statement], list[OriginGroup]]:
        """Return the statements with all of some words, or by a speaker, and their origins."""
        return shelf.take_sayings(self._database, known, words=words, speaker=speaker, actor_ids=actor_ids)

    def draw(self, codebook: Sides, *, on: date | None = None, known: date | None = None) -> Picture:
        """Return the picture of all that is kept, without its occurrences and the figures in which they differ."""
        return shelf.draw_whole(self._database, codebook, on=on, known=known)

    def _present(self, table: str, key: str, values: list[str]) -> set[object]:
        """Return those of the values that a table has."""
        query = f"SELECT {key} FROM {table} WHERE {key} = ANY($1)"  # noqa: S608 (our own names)
        return {row[0] for row in self._rows(query, values)} if values else set()

    def _log_custody(self, sha256: str, url: str | None, recorded_at: datetime, how: str) -> None:
        known = "SELECT 1 FROM custody WHERE sha256 = $1 AND url IS NOT DISTINCT FROM $2"
        if not self._rows(known, sha256, url):
            line = Custody(utc_moment(recorded_at), sha256, url, how, __version__, self.operator)
            self._database.write("custody", [custody_row(line)])

    def has(self, article_id: str) -> bool:
        """Return whether the article is kept, so that a caller can skip reading it again."""
        return bool(self._rows("SELECT 1 FROM articles WHERE id = $1", article_id))

    def article_ids(self, known: date | None = None) -> tuple[str, ...]:
        """Return the ids of the articles known on that day (all when None), earliest first."""
        query = "SELECT id FROM articles WHERE first_seen <= coalesce($1, first_seen) ORDER BY first_seen, id"
        return tuple(str(row[0]) for row in self._rows(query, known))

    def articles(self, known: date | None = None) -> Iterator[Article]:
        """Yield the articles known on that day (all when None), earliest first."""
        for ids in _batches(self.article_ids(known)):
            query = "SELECT payload FROM articles WHERE id = ANY($1) ORDER BY first_seen, id"
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
            WHERE a.id = ANY($1) ORDER BY a.first_seen, a.id, part.position
        """  # noqa: S608 (our own names)
        for ids in _batches(self.article_ids(known)):
            yield from _decode((row[0] for row in self._rows(query, ids)), kind)

    def readings(self, known: date | None = None) -> Iterator[Reading]:
        """Yield each article with all that was read from it, equal to what was added, earliest first."""
        for ids in _batches(self.article_ids(known)):
            yield from self.readings_of(ids)

    def readings_of(self, ids: list[str]) -> Iterator[Reading]:
        """Yield those articles of some ids that are kept, with all that was read from them, earliest first."""
        query = """
            SELECT payload,
                (SELECT array_agg(s.payload ORDER BY s.position) FROM statements s WHERE s.article_id = a.id),
                (SELECT array_agg(e.payload ORDER BY e.position) FROM events e WHERE e.article_id = a.id),
                (SELECT array_agg(d.payload ORDER BY d.position) FROM dropped d WHERE d.article_id = a.id)
            FROM articles a WHERE a.id = ANY($1) ORDER BY a.first_seen, a.id
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
        for reading in self.readings_of([article_id]):
            return reading
        raise InputError(f"the store {self.name} has no article {article_id}: `mene ask` shows the ids it knows")

    def find(self, id_prefix: str) -> Article | Statement | Event:
        """Return the record whose id starts with `id_prefix`. Raises `InputError` when none does, or several."""
        matches = self._rows(
            """
            SELECT DISTINCT ON (id) id, kind, payload FROM (
                SELECT id, 'statement' AS kind, payload FROM statements WHERE starts_with(id, $1)
                UNION ALL SELECT id, 'event', payload FROM events WHERE starts_with(id, $1)
                UNION ALL SELECT id, 'article', payload FROM articles WHERE starts_with(id, $1)
            ) AS found ORDER BY id, kind, payload LIMIT 5
            """,
            id_prefix,
        )
        exact = [match for match in matches if match[0] == id_prefix] or matches
        if not id_prefix or not exact:
            raise InputError(f"the store {self.name} has no claim {id_prefix!r}: the ids stand at the end of each line")
        if len(exact) > 1:
            shown = ", ".join(str(match[0])[:16] for match in exact[:4])
            raise InputError(f"{id_prefix!r} could be {shown}{', …' if len(exact) > 4 else ''}: give more of the id")
        _, kind, payload = exact[0]
        kinds: dict[object, type[Article | Statement | Event]] = {"statement": Statement, "event": Event}
        return from_json(str(payload), kinds.get(kind, Article))

    def raw(self, sha256: str) -> bytes:
        """Return the bytes as they were fetched. Raises `InputError` when they are not kept."""
        rows = self._rows("SELECT bytes FROM raw WHERE sha256 = $1", sha256)
        if not rows:
            raise InputError(f"the store {self.name} has no bytes with the SHA-256 {sha256}")
        content = rows[0][0]
        return content if isinstance(content, bytes) else b""

    def read_with(self, article_id: str) -> tuple[str, str | None]:
        """Return the version of Mene and the model an article was read with. Raises `InputError` if it is not kept."""
        rows = self._rows("SELECT mene_version, model FROM articles WHERE id = $1", article_id)
        if not rows:
            raise InputError(f"the store {self.name} has no article {article_id}: `mene ask` shows the ids it knows")
        version, model = rows[0]
        return str(version), None if model is None else str(model)

    def custody(self) -> tuple[Custody, ...]:
        """Return the custody log, oldest line first."""
        rows = self._rows(f"SELECT {CUSTODY} FROM custody")  # noqa: S608 (our own names)
        return tuple(sorted((Custody(*row) for row in rows), key=_order))  # type: ignore[arg-type]

    def custody_of(self, hashes: Iterable[str]) -> tuple[Custody, ...]:
        """Return the lines of the custody log on the bytes with these SHA-256, oldest line first."""
        query = f"SELECT {CUSTODY} FROM custody WHERE sha256 = ANY($1)"  # noqa: S608 (our own names)
        lines = (Custody(*row) for row in self._rows(query, list(hashes)))  # type: ignore[arg-type]
        return tuple(sorted(lines, key=_order))

    def seals(self) -> dict[str, tuple[str, str]]:
        """Return the SHA-256 of the raw bytes and the seal of each article that was ever kept, by its id."""
        rows = self._rows("SELECT article_id, raw_sha256, sha256 FROM seals ORDER BY article_id")
        return {str(article_id): (str(raw), str(seal)) for article_id, raw, seal in rows}

    def kept(self) -> Iterator[Kept]:
        """Yield each article with its rows as they are, earliest first; only a batch of them is in memory."""
        for ids in _batches(self.article_ids()):
            yield from self._kept(ids)

    def _kept(self, ids: list[str]) -> Iterator[Kept]:
        articles = self._rows("SELECT * FROM articles WHERE id = ANY($1) ORDER BY first_seen, id", ids)
        parts = {table: self._parts(table, ids) for table in PARTS}
        query = "SELECT article_id, raw_sha256, sha256 FROM seals WHERE article_id = ANY($1)"
        seals = {article_id: (str(raw), str(seal)) for article_id, raw, seal in self._rows(query, ids)}
        log = self.custody_of({raw for raw, _ in seals.values()})
        for row in articles:
            own = {table: rows.get(row[0], []) for table, rows in parts.items()}
            raw, seal = seals.get(row[0], (None, None))
            yield Kept(row, own, tuple(line for line in log if line.sha256 == raw), raw, seal)

    def _parts(self, table: str, ids: list[str]) -> dict[object, list[Row]]:
        """Return the rows of a table by the article that they are of, in order."""
        query = f"SELECT part.article_id, part.* FROM {table} part WHERE article_id = ANY($1) ORDER BY position"  # noqa: S608 (our own names)
        rows: dict[object, list[Row]] = {}
        for article_id, *row in self._rows(query, ids):
            rows.setdefault(article_id, []).append(tuple(row))
        return rows

    def counts(self) -> dict[str, int]:
        """Return how many rows each table of facts has."""
        tables = ("articles", "statements", "events", "custody")
        return {table: int(str(self._rows(f"SELECT count(*) FROM {table}")[0][0])) for table in tables}  # noqa: S608

    def strays(self) -> dict[str, tuple[str, ...]]:
        """Return what belongs to no article that is kept, by table: ids of articles, or SHA-256 of raw bytes."""
        gone = (
            "SELECT DISTINCT article_id FROM {} WHERE article_id NOT IN (SELECT id FROM articles) ORDER BY article_id"
        )
        queries = {table: gone.format(table) for table in (*PARTS, "seals")}
        queries["raw"] = "SELECT sha256 FROM raw WHERE sha256 NOT IN (SELECT raw_sha256 FROM seals) ORDER BY sha256"
        return {table: tuple(str(row[0]) for row in self._rows(query)) for table, query in queries.items()}


def open_store(
    place: Path | StoreUrl, *, create: bool = True, read_only: bool = False, operator: str | None = None
) -> Store:
    """Return the store at `place`, made when it does not exist and `create` is set.

    A file is a DuckDB file; an address, of a PostgreSQL server, needs psycopg. `operator` is who the custody log
    names. Raises `StoreError`, one line with the remedy, when the store is locked, foreign, damaged, newer than this
    Mene or cannot be written, or the server does not let us in.
    """
    database = _connect(place, create=create, read_only=read_only)
    try:
        ledger.settle(database, read_only=read_only)
    except BaseException:
        database.close()
        raise
    return Store(database, operator=operator)


def _connect(place: Path | StoreUrl, *, create: bool, read_only: bool) -> Database:
    if isinstance(place, Path):
        return connect_duckdb(place, create=create, read_only=read_only)
    try:
        from mene.store.postgres import connect_postgres
    except ImportError as error:
        told = "a store on a PostgreSQL server needs the package psycopg"
        raise StoreError(
            f"{told}: install it with pip install 'mene[postgres]', or name a file with --store"
        ) from error
    return connect_postgres(place, create=create, read_only=read_only)


def custody_row(line: Custody) -> Row:
    """Return the row of `custody`."""
    return (line.ts_utc, line.sha256, line.url, line.how, line.tool_version, line.operator)


def _order(line: Custody) -> tuple[object, ...]:
    """Return what lines of custody are sorted by: the time, and all else where that is the same."""
    return (line.ts_utc, *(value or "" for value in custody_row(line)[1:]))


def _text(payload: object) -> msgspec.Raw:
    return msgspec.Raw(str(payload).encode())


def _batches(ids: tuple[str, ...]) -> Iterator[list[str]]:
    for start in range(0, len(ids), BATCH):
        yield list(ids[start : start + BATCH])


def _decode(payloads: object, kind: type[T]) -> Iterator[T]:
    """Yield the records of a column of payloads; a database gives None for an empty list."""
    if isinstance(payloads, Iterable):
        for payload in payloads:
            yield from_json(str(payload), kind)
