"""The search file: where it is, opening it, bringing it up to date with its store, writing it anew.

It is brought up in one transaction, under SQLite's lock, so several processes may do so at once. A new one is built
beside its place under another name and moved there when whole; the old one is never written to again.
"""

import hashlib
import os
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from importlib.resources import files
from pathlib import Path

from mene.errors import StoreError
from mene.search.rows import Writer
from mene.settings import StoreUrl, store_place
from mene.store import Store

Tell = Callable[[str], None]

SUFFIX = ".search"
APPLICATION = int.from_bytes(b"mene", "big")
LAYOUT = 1
"""To be raised when the file's tables would come out otherwise for the same store."""

WAIT = 60.0
"""Seconds to wait while another process brings the file up to date."""

CACHE = 32_768
"""Kilobytes of the file kept in memory at most."""

AT_ONCE = 256
"""Articles read from the store at once."""

LEAST_SQLITE = (3, 27, 0)
"""The first version that takes accents off every letter."""

_ELSEWHERE = {
    sqlite3.SQLITE_BUSY: "is being written by another process: wait and run the same command again",
    sqlite3.SQLITE_LOCKED: "is being written by another process: wait and run the same command again",
    sqlite3.SQLITE_READONLY: "cannot be written: check its permissions, or remove it",
    sqlite3.SQLITE_PERM: "cannot be used: check its permissions, or remove it",
    sqlite3.SQLITE_AUTH: "cannot be used: check its permissions, or remove it",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened: check its permissions, or remove it",
    sqlite3.SQLITE_FULL: "cannot be written: free some space on its disk",
    sqlite3.SQLITE_NOMEM: "needs more memory than there is: close something and run the same command again",
}
"""What is wrong around the file rather than in it, by SQLite's code."""


def check_sqlite() -> None:
    """Raise `StoreError` where this Python's SQLite cannot search."""
    if sqlite3.sqlite_version_info < LEAST_SQLITE:
        raise StoreError(f"searching needs SQLite 3.27, and this Python has {sqlite3.sqlite_version}: use a newer one")
    with closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute("CREATE VIRTUAL TABLE words USING fts5 (text)")
        except sqlite3.OperationalError as error:
            told = "searching needs SQLite's FTS5, which this Python was built without"
            raise StoreError(f"{told}: use a Python that has it, as those of python.org do") from error


def side_path(store_name: str, cache: Path) -> Path:
    """Return where the search file of a store is: beside it; in the cache where that is no place to write, or no file.

    Of an address on a database server only a hash is in the file's name, and never the password.

    >>> side_path("postgresql://ana:hush@db/news", Path("c")) == side_path("postgresql://ana@db/news", Path("c"))
    True
    """
    place = store_place(store_name)
    if isinstance(place, StoreUrl):
        return cache / f"{_hash(str(place))}{SUFFIX}"
    if os.access(place.parent, os.W_OK):
        return place.with_name(place.name + SUFFIX)
    return cache / f"{_hash(str(place.resolve()))}{SUFFIX}"


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def open_side(path: Path, store: Store, tell: Tell, *, anew: bool = False) -> sqlite3.Connection:
    """Return the search file, up to date with the store. Raises `StoreError` where it can neither be read nor written.

    One that is damaged (a note is told), or of another Mene, or where it is asked for, is written anew.
    """
    if path.exists() and not path.is_file():
        raise StoreError(f"the search file {path} is no ordinary file (a folder, a device): move it away")
    if path.is_file() and not anew:
        with suppress(OutdatedError), search_errors(path):
            try:
                connection = _connect(path)
                return _bring_up(connection, store)
            except sqlite3.DatabaseError as error:
                if code_of(error) in _ELSEWHERE:
                    raise
                tell(f"note: the search file {path} is damaged and is written anew")
    _build(path, store)
    with search_errors(path):
        return _connect(path)


class OutdatedError(Exception):
    """The search file cannot be brought up to date and has to be written anew."""


def code_of(error: sqlite3.Error) -> int:
    """Return SQLite's primary code of an error; 0 where it has none."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


@contextmanager
def search_errors(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into a `StoreError` that names the file and the remedy."""
    try:
        yield
    except sqlite3.Error as error:
        told = _ELSEWHERE.get(code_of(error), f"cannot be used ({error}): remove it, it is written anew")
        raise StoreError(f"the search file {path} {told}") from error


def is_damage(error: sqlite3.Error) -> bool:
    """Tell whether an error comes from what is in the file."""
    return code_of(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_IOERR)


def _connect(path: Path) -> sqlite3.Connection:
    """Return the file at `path`, opened; it must be there."""
    address = f"{path.resolve().as_uri()}?mode=rw"
    connection = sqlite3.connect(address, uri=True, timeout=WAIT, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute(f"PRAGMA cache_size = -{CACHE}")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA cell_size_check = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def _bring_up(connection: sqlite3.Connection, store: Store) -> sqlite3.Connection:
    """Return the connection when what has come into the store is in the file too; it is closed where that fails."""
    try:
        layout = [connection.execute(f"PRAGMA {one}").fetchone()[0] for one in ("application_id", "user_version")]
        if layout != [APPLICATION, LAYOUT]:
            raise OutdatedError
        catch_up(connection, store)
    except BaseException:
        connection.close()
        raise
    return connection


def catch_up(connection: sqlite3.Connection, store: Store) -> None:
    """Bring a search file up to date. Raises `OutdatedError` where the store lacks what the file has."""
    ids, version = store.article_ids(), store.ledger
    if _is_current(connection, ids, version):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        if not _is_current(connection, ids, version):  # another process may have been quicker
            _enter(connection, store, ids, version)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _is_current(connection: sqlite3.Connection, ids: tuple[str, ...], version: str) -> bool:
    row = connection.execute("SELECT value FROM about WHERE key = 'ledger'").fetchone()
    return bool(row) and row[0] == version and _articles(connection) == set(ids)


def _articles(connection: sqlite3.Connection) -> set[str]:
    return {str(row[0]) for row in connection.execute("SELECT id FROM articles")}


def _enter(connection: sqlite3.Connection, store: Store, ids: tuple[str, ...], version: str) -> None:
    there = _articles(connection)
    if not there <= set(ids):  # another store stands where this one stood
        raise OutdatedError
    new = [one for one in ids if one not in there]
    writer = Writer(connection)
    for start in range(0, len(new), AT_ONCE):
        writer.write(store.readings_of(new[start : start + AT_ONCE]))
    _fold(connection, store.copies())
    connection.execute("INSERT OR REPLACE INTO about VALUES ('ledger', ?)", (version,))
    connection.execute("PRAGMA analysis_limit = 1000")
    connection.execute("ANALYZE")


def _fold(connection: sqlite3.Connection, copies: dict[str, str]) -> None:
    """Write what is a copy of what where it is otherwise: an article of the past changes it for later ones too."""
    query = "SELECT id, copy_of FROM said WHERE copy_of IS NOT NULL"
    before = {str(one): str(of) for one, of in connection.execute(query)}
    changed = [(copies.get(one), one) for one in before.keys() | copies.keys() if before.get(one) != copies.get(one)]
    connection.executemany("UPDATE said SET copy_of = ? WHERE id = ?", changed)


def _build(path: Path, store: Store) -> None:
    """Write the search file of a store anew, whole or not at all; it can be read by whoever can read the store."""
    fresh = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
        os.close(handle)
        fresh = Path(name)
        with search_errors(path), closing(_connect(fresh)) as connection:
            connection.execute("PRAGMA journal_mode = MEMORY")  # nobody else sees it yet
            connection.execute("PRAGMA synchronous = OFF")
            connection.executescript(files("mene.search").joinpath("layout.sql").read_text(encoding="utf-8"))
            connection.execute(f"PRAGMA application_id = {APPLICATION}")
            connection.execute(f"PRAGMA user_version = {LAYOUT}")
            catch_up(connection, store)
            connection.execute("INSERT INTO words (words) VALUES ('optimize')")
        fresh.chmod(_mode(store))
        path.with_name(path.name + "-journal").unlink(missing_ok=True)  # of a file that is gone: it fits no other
        fresh.replace(path)
    except OSError as error:
        raise StoreError(f"the search file {path} cannot be written ({error.strerror}): check its folder") from error
    finally:
        if fresh:
            fresh.unlink(missing_ok=True)


def _mode(store: Store) -> int:
    """Return the permissions of a store's search file: those of the store's; of one on a server, the user's alone."""
    place = store_place(store.name)
    return 0o600 if isinstance(place, StoreUrl) else place.stat().st_mode & 0o666
