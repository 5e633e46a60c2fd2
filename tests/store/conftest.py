"""Every test of the store runs on a DuckDB file and, where MENE_TEST_POSTGRES names a server, on PostgreSQL.

`make test-postgres` starts such a server. Each PostgreSQL store has a database of its own, dropped afterwards.
"""

import os
import re
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from mene.settings import StoreUrl

SERVER = os.environ.get("MENE_TEST_POSTGRES", "")
WITHOUT = "MENE_TEST_POSTGRES names no server: make test-postgres starts one"
NUMBERS = count()

Place = Path | StoreUrl
MakePlace = Callable[[], Place]


class Databases:
    """Databases on the test server, made as they are asked for."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def run(self, statement: str) -> None:
        """Run a statement on the server's own database."""
        import psycopg

        with psycopg.connect(SERVER, autocommit=True) as connection:
            connection.execute(statement.encode())

    def make(self) -> StoreUrl:
        """Return the address of a new, empty database."""
        name = f"mene_test_{os.getpid()}_{next(NUMBERS)}"
        self.run(f"CREATE DATABASE {name}")
        self.made.append(name)
        return StoreUrl(address_of(name))

    def drop(self) -> None:
        """Drop all that were made."""
        for name in self.made:
            self.run(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def address_of(database: str) -> str:
    """Return the server's address with another database in it."""
    return re.sub(r"(://[^/?]*)(/[^?]*)?", rf"\g<1>/{database}", SERVER, count=1)


@pytest.fixture
def databases() -> Iterator[Databases]:
    """Databases on the test server; the test is skipped where there is none."""
    if not SERVER:
        pytest.skip(WITHOUT)
    made = Databases()
    yield made
    made.drop()


@pytest.fixture(params=["duckdb", "postgresql"])
def make_place(request: pytest.FixtureRequest, tmp_path: Path) -> MakePlace:
    """Makes places for stores that do not exist yet, all of one kind of database."""
    if request.param == "postgresql":
        databases: Databases = request.getfixturevalue("databases")
        return databases.make
    return lambda: tmp_path / f"facts{next(NUMBERS)}.duckdb"


@pytest.fixture
def place(make_place: MakePlace) -> Place:
    """Where a store can be made."""
    return make_place()
