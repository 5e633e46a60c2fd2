"""Every test of the store runs on a DuckDB file and, where MENE_TEST_POSTGRES names a server, on PostgreSQL.

`make test-postgres` starts such a server. Each PostgreSQL store has a database of its own.
"""

import os
import re
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Protocol

import pytest

from mene.settings import StoreUrl

SERVER = os.environ.get("MENE_TEST_POSTGRES", "")
WITHOUT = "MENE_TEST_POSTGRES names no server: make test-postgres starts one"
NUMBERS = count()

Place = Path | StoreUrl


class MakePlace(Protocol):
    """Makes places where a store can be made."""

    def __call__(self) -> Place:
        """Return a place without a store."""

    def free(self) -> None:
        """Say that the stores made so far are closed and done with: a property test does before each example."""


class Files:
    """Places for DuckDB files in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __call__(self) -> Place:
        return self._folder / f"facts{next(NUMBERS)}.duckdb"

    def free(self) -> None:
        pass


class Databases:
    """Databases on the test server, emptied and used again: dropping one takes a second."""

    def __init__(self) -> None:
        self._used: list[str] = []
        self._empty: list[str] = []

    def __call__(self) -> StoreUrl:
        """Return the address of an empty database."""
        if not self._empty:
            self._empty.append(f"mene_test_{os.getpid()}_{next(NUMBERS)}")
            run_in(SERVER, f"CREATE DATABASE {self._empty[-1]}")
        self._used.append(self._empty.pop())
        return StoreUrl(address_of(self._used[-1]))

    def free(self) -> None:
        """Empty all that were given out."""
        while self._used:
            self._empty.append(self._used.pop())
            run_in(address_of(self._empty[-1]), "DROP SCHEMA IF EXISTS mene CASCADE; DROP TABLE IF EXISTS public.meta")

    def drop(self) -> None:
        """Drop all that were made."""
        for name in (*self._used, *self._empty):
            run_in(SERVER, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def run_in(address: str, statements: str) -> list[tuple[object, ...]]:
    """Run statements in a database, beside any store; returns what the last one gives."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        cursor = connection.execute(statements.encode())
        return cursor.fetchall() if cursor.description else []


def address_of(database: str) -> str:
    """Return the server's address with another database in it."""
    return re.sub(r"(://[^/?]*)(/[^?]*)?", rf"\g<1>/{database}", SERVER, count=1)


@pytest.fixture(scope="session")
def server() -> Iterator[Databases]:
    """The databases of the test server; the test is skipped where there is none."""
    if not SERVER:
        pytest.skip(WITHOUT)
    made = Databases()
    yield made
    made.drop()


@pytest.fixture
def databases(server: Databases) -> Iterator[Databases]:
    """Databases for one test."""
    yield server
    server.free()


@pytest.fixture(params=["duckdb", "postgresql"])
def make_place(request: pytest.FixtureRequest, tmp_path: Path) -> MakePlace:
    """Makes places for stores, all of one kind of database."""
    if request.param == "postgresql":
        databases: Databases = request.getfixturevalue("databases")
        return databases
    return Files(tmp_path)


@pytest.fixture
def place(make_place: MakePlace) -> Place:
    """Where a store can be made."""
    return make_place()
