"""The store on a PostgreSQL server: opening it, and what to tell the user when it cannot be used.

All tables stand in the schema `mene` of the database. A writer holds an advisory lock of the database until it closes
or dies, so there is one at a time; readers are free. This module needs psycopg and is imported where an address is
given only.
"""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import numpy.typing as npt
import psycopg
from psycopg.conninfo import conninfo_to_dict

from mene.errors import StoreError
from mene.settings import StoreUrl
from mene.store.database import Row
from mene.store.migrate import check_tables, migrate

SCHEMES = ("postgresql://", "postgres://")
SCHEMA = "mene"
LOCK = int.from_bytes(b"mene", "big")
"""The key of the writer's advisory lock."""

CONNECT_SECONDS = 10
"""How long a server may take to answer, where neither the address nor PGCONNECT_TIMEOUT says."""

TYPES = {
    "VARCHAR[]": 'TEXT[] COLLATE "C"',
    "VARCHAR": 'TEXT COLLATE "C"',
    "BLOB": "BYTEA",
    "DOUBLE": "DOUBLE PRECISION",
}
"""What the types of the migrations are called here. The collation "C" sorts by bytes, as DuckDB does."""

ONLY_HERE = re.compile(r"^-- postgresql: ", re.MULTILINE)
"""What a migration has for PostgreSQL alone stands in a comment that begins so."""

REMEDIES: tuple[tuple[str, str, str], ...] = (
    # SQLSTATE, or its beginning; words of a refused connection, which has no SQLSTATE; what is wrong and what to do
    ("3D000", r'database ".*" does not exist', "has no such database: make it with createdb, or correct the address"),
    ("28", r"password|role .* does not exist|pg_hba|authentication",
     "does not let this user in: check the user, and give the password with PGPASSWORD or in ~/.pgpass"),
    ("53300", r"too many (clients|connections)", "has no connection left: wait, or let it allow more"),
    ("53100", "", "has no room left on its disk: free some and run the same command again"),
    ("42501", "", "does not let this user use Mene's tables: let the schema's owner grant it, or name another user"),
    ("42P01", "", "hides Mene's tables, or lacks some: let the schema's owner grant them, or restore a copy"),
    ("25006", "", "cannot be written: it is open for reading only, or a standby"),
    ("57P", r"closed the connection|connection .*lost",
     "ended the connection: run the same command again; all that was told as added is kept"),
)  # fmt: skip


class PostgreSQL:
    """An open connection to a PostgreSQL server; see `Database`."""

    def __init__(self, url: StoreUrl, connection: "psycopg.Connection[Row]") -> None:
        self._url = url
        self._connection = connection

    @property
    def name(self) -> str:
        """The address without its password."""
        return str(self._url)

    def layout(self) -> dict[str, set[str]]:
        """Return the names of the columns of each table in Mene's schema, whoever may use them."""
        query = """
            SELECT c.relname, a.attname FROM pg_catalog.pg_class c
            JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid
            WHERE n.nspname = $1 AND c.relkind IN ('r', 'p', 'v', 'm', 'f') AND a.attnum > 0 AND NOT a.attisdropped
        """
        columns: dict[str, set[str]] = {}
        for table, column in self.rows(query, SCHEMA):
            columns.setdefault(str(table), set()).add(str(column))
        return columns

    def rows(self, query: str, *values: object) -> list[Row]:
        """Return what a query gives; nothing where it gives no rows."""
        with postgres_errors(self._url):
            cursor = self._connection.execute(query.encode(), values or None)
            return cursor.fetchall() if cursor.description else []

    def write(self, table: str, rows: Sequence[Row]) -> None:
        """Append rows by COPY."""
        if rows:
            with (
                postgres_errors(self._url),
                self._connection.cursor() as cursor,
                cursor.copy(f"COPY {table} FROM STDIN".encode()) as copy,
            ):
                for row in rows:
                    copy.write_row(row)

    def write_numbers(self, table: str, columns: Mapping[str, npt.NDArray[np.integer[Any]]]) -> None:
        """Append rows of whole numbers."""
        self.write(table, list(zip(*(column.tolist() for column in columns.values()), strict=True)))

    def run_script(self, script: str) -> None:
        """Run the statements of a migration, with the types and the extras of PostgreSQL."""
        here = ONLY_HERE.sub("", script)
        self.rows(re.sub(r"\b(VARCHAR\[\]|(?:VARCHAR|BLOB|DOUBLE)\b)", lambda match: TYPES[match[0]], here))

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep the changes of the block all together, or none of them."""
        with postgres_errors(self._url), self._connection.transaction():
            yield

    def close(self) -> None:
        """Close the connection, which lets go of the writer's lock."""
        self._connection.close()


def connect_postgres(url: StoreUrl, *, create: bool, read_only: bool) -> PostgreSQL:
    """Return the store in the database that `url` names, at the newest schema. Raises `StoreError`.

    The database must exist; its schema `mene` is made with all tables in one transaction.
    """
    database = PostgreSQL(url, _connect(url))
    try:
        database.rows(f"SET search_path TO {SCHEMA}")
        if read_only:
            database.rows("SET default_transaction_read_only TO on")
        else:
            _lock(database)
        if not database.layout():
            if read_only or not create:
                told = f"there is no store at {url}"
                raise StoreError(f"{told}: make one with `mene add`, or name another with --store")
            _build(database)
        check_tables(database)
        migrate(database, read_only=read_only)
    except BaseException:
        database.close()
        raise
    return database


def _connect(url: StoreUrl) -> "psycopg.Connection[Row]":
    if not url.secret.lower().startswith(SCHEMES):
        told = f"the store {url} is an address of a kind that is not known"
        raise StoreError(f"{told}: name a file, or postgresql://user@host/database")
    given = _options(url)
    has_timeout = "connect_timeout" in given or "PGCONNECT_TIMEOUT" in os.environ
    with postgres_errors(url):
        return psycopg.connect(
            url.secret,
            autocommit=True,
            cursor_factory=psycopg.RawCursor,
            connect_timeout=None if has_timeout else CONNECT_SECONDS,
            client_encoding="utf8",
            application_name=f"mene, process {os.getpid()}",
        )


def _options(url: StoreUrl) -> dict[str, Any]:
    """Return what the address says. Raises `StoreError`, without the driver's words: they may hold the password."""
    if url.is_plain:
        try:
            return dict(conninfo_to_dict(url.secret))
        except psycopg.Error:
            pass
    told = f"the store {url} is no address that PostgreSQL understands"
    raise StoreError(f"{told}: write postgresql://user@host/database, and %40 for an @, %2F for a / in a name")


def _lock(database: PostgreSQL) -> None:
    """Take the writer's lock. Raises `StoreError` where another process has it."""
    if database.rows(f"SELECT pg_try_advisory_lock({LOCK})") == [(True,)]:
        return
    holders = database.rows(
        f"""
        SELECT application_name FROM pg_catalog.pg_stat_activity JOIN pg_catalog.pg_locks USING (pid)
        WHERE locktype = 'advisory' AND granted AND objid = {LOCK} AND datname = current_database()
        """  # noqa: S608 (our own number)
    )
    who = re.search(r"process (\d+)", str(holders))
    pid = f" (pid {who[1]})" if who else ""
    raise StoreError(f"the store {database.name} is being written by another process{pid}: wait or use another --store")


def _build(database: PostgreSQL) -> None:
    with database.transaction():
        if not database.rows("SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = $1", SCHEMA):
            database.rows(f"CREATE SCHEMA {SCHEMA}")
        migrate(database, read_only=False)


@contextmanager
def postgres_errors(url: StoreUrl) -> Iterator[None]:
    """Turn the driver's errors into a `StoreError` that names the store and the remedy."""
    try:
        yield
    except psycopg.Error as error:
        raise StoreError(explain_failure(url, error.sqlstate or "", str(error))) from error


def explain_failure(url: StoreUrl, sqlstate: str, message: str) -> str:
    """Return one line for the user: what is wrong with the store, and what to do.

    >>> explain_failure(StoreUrl("postgresql://ana@db/news"), "", "connection failed: Connection refused")
    'the server of the store postgresql://ana@db/news does not answer (Connection refused): check the host and the port'
    """
    for code, words, remedy in REMEDIES:
        if sqlstate.startswith(code) if sqlstate else words and re.search(words, message):
            return f"the server of the store {url} {remedy}"
    first_line = message.strip().splitlines()[0] if message.strip() else "unknown error"
    if not sqlstate:
        why = first_line.rpartition(" failed: ")[2]
        return f"the server of the store {url} does not answer ({why}): check the host and the port"
    return f"the store {url} is damaged or cannot be used ({first_line}): restore a copy or use another --store"
