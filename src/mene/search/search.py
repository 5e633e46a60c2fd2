"""Searching: statements by words and filters, page by page, and what there is among all that are found."""

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Literal, Self, TypeVar

from mene.errors import InputError, SearchTimeout, StoreError
from mene.search import facets, pages
from mene.search.answers import Facets, Hits
from mene.search.filters import Filters, check_filters
from mene.search.side_file import (
    OutdatedError,
    Tell,
    catch_up,
    check_sqlite,
    code_of,
    is_damage,
    open_side,
    search_errors,
    side_path,
)
from mene.search.words import read_words
from mene.settings import cache_folder
from mene.store import Store

T = TypeVar("T")

DEADLINE = 2.0
"""Seconds a search may take; over 100,000 statements none of `mene.evaluate.search_bench` comes near."""

STEPS = 20_000
"""Steps of SQLite's machine between two looks at the clock: about a millisecond."""

MOST = 1000
"""Statements on one page at most."""


class Search:
    """The search file of an open store. A context manager; several threads may use it, one at a time is served."""

    def __init__(self, store: Store, path: Path, seconds: float, tell: Tell) -> None:
        self.path = path
        self._store = store
        self._seconds = seconds
        self._tell = tell
        self._lock = threading.RLock()
        self._connection = open_side(path, store, tell)
        self._opened = _identity(path)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the search file; the store stays open."""
        self._connection.close()

    def refresh(self) -> None:
        """Bring the search file up to date with what has come into the store, which must be open still."""
        with self._lock, search_errors(self.path):
            try:
                if _identity(self.path) == self._opened:
                    catch_up(self._connection, self._store)
                    return
            except OutdatedError:
                pass
            except sqlite3.DatabaseError as error:
                if not is_damage(error):
                    raise
            self._reopen()

    def find(
        self,
        filters: Filters,
        *,
        after: str | None = None,
        most: int = 50,
        order: Literal["relevance", "newest"] = "relevance",
    ) -> Hits:
        """Return the statements that fit, at most so many, after those of an earlier page where its `next` is given.

        By relevance, those come first that have the words in a row, then near each other, then all of them anywhere in
        the statement, then only with the title of the article; within each, and without words, the newest first.
        Pages neither repeat nor leave out what was there when the first was asked for, whatever comes in meanwhile.
        Raises `InputError` for a filter that can find nothing, `SearchTimeout` after the seconds that were set.
        """
        if not 1 <= most <= MOST:
            raise InputError(f"{most} statements at once is not possible; give 1 to {MOST}")
        checked, sought = check_filters(filters), read_words(filters.words)
        return self._ask(lambda connection: pages.find(connection, checked, sought, after, most, order))

    def facets(self, filters: Filters, *, bucket: Literal["month", "day"] = "month") -> Facets:
        """Return how many of the statements that fit have which type, modality, place, actor, origin and day.

        Raises as `find` does.
        """
        checked, sought = check_filters(filters), read_words(filters.words)
        return self._ask(lambda connection: facets.count(connection, checked, sought, bucket))

    def _ask(self, question: Callable[[sqlite3.Connection], T]) -> T:
        """Return the answer; where the file turns out to be damaged, from one written anew."""
        with self._lock, search_errors(self.path):
            try:
                return self._timed(question)
            except sqlite3.DatabaseError as error:
                if not is_damage(error):
                    raise
            self._tell(f"note: the search file {self.path} is damaged and is written anew")
            self._reopen(anew=True)
            return self._timed(question)

    def _timed(self, question: Callable[[sqlite3.Connection], T]) -> T:
        with _deadline(self._connection, self._seconds):
            return question(self._connection)

    def _reopen(self, *, anew: bool = False) -> None:
        self._connection.close()
        self._connection = open_side(self.path, self._store, self._tell, anew=anew)
        self._opened = _identity(self.path)


@contextmanager
def _deadline(connection: sqlite3.Connection, seconds: float) -> Iterator[None]:
    """End what is asked in the block with `SearchTimeout` when it takes longer; all of it reads one state of the file.

    The file may be written as soon as the block ends.
    """
    end = time.monotonic() + seconds
    connection.set_progress_handler(lambda: int(time.monotonic() > end), STEPS)
    try:
        connection.execute("BEGIN")
        yield
    except sqlite3.OperationalError as error:
        if code_of(error) != sqlite3.SQLITE_INTERRUPT:
            raise
        told = f"this search takes longer than {seconds:g} seconds"
        raise SearchTimeout(f"{told}: narrow it with another word, a place, a type or days") from error
    finally:
        connection.set_progress_handler(None, 0)
        if connection.in_transaction:
            connection.execute("ROLLBACK")


def _identity(path: Path) -> tuple[int, int] | None:
    """Return what tells the file at a path from one put in its place."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _say_nothing(note: str) -> None:
    pass


def open_search(
    store: Store, *, cache: Path | None = None, seconds: float = DEADLINE, tell: Tell = _say_nothing
) -> Search:
    """Return a search over an open store, brought up to date with it.

    The search file stands beside the store's; for a store on a server, or in a folder that cannot be written, in
    `cache` (without it the user's). It may be deleted whenever nobody searches. Each search may take so many
    `seconds`; notes are given to `tell`. Raises `StoreError` where SQLite cannot search, or the file not be written.
    """
    check_sqlite()
    path = side_path(store.name, cache or cache_folder(os.environ))
    try:
        return Search(store, path, seconds, tell)
    except OSError as error:
        raise StoreError(f"the search file {path} cannot be used ({error.strerror}): check its permissions") from error
