"""What the store asks of the database below it: a DuckDB file or a PostgreSQL server, one class for each.

Queries are SQL that both understand, with $1, $2, ... for the values. Errors of the database come as `StoreError`.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol, cast

import numpy as np
import numpy.typing as npt

Row = tuple[object, ...]


class Database(Protocol):
    """An open database. Whoever opened it for writing is its only writer until `close`."""

    @property
    def name(self) -> str:
        """How messages name the store; no password is in it."""

    def layout(self) -> dict[str, set[str]]:
        """Return the names of the columns of each table that is there."""

    def rows(self, query: str, *values: object) -> list[Row]:
        """Return what a query gives; nothing where it gives no rows."""

    def write(self, table: str, rows: Sequence[Row]) -> None:
        """Append rows to a table, all of its columns in order, in one go."""

    def write_numbers(self, table: str, columns: Mapping[str, npt.NDArray[np.integer[Any]]]) -> None:
        """Append many rows of whole numbers, given by column: shape (rows,) each, all columns of the table."""

    def run_script(self, script: str) -> None:
        """Run the statements of a migration."""

    def transaction(self) -> AbstractContextManager[None]:
        """Return a block whose changes are kept all together when it ends, or not at all."""

    def close(self) -> None:
        """Let go of the database; a second call does nothing."""


AT_ONCE = 1000
"""Values named in one query."""

SHARE = 50
"""Looking through a whole table costs as much as finding one row in so many by their ids."""


def by_ids(database: Database, query: str, values: Sequence[object]) -> list[Row]:
    """Return what a query that ends in "IN" gives for the values, texts or whole numbers.

    They are named one by one, for then DuckDB uses its index: 257 rows of a million in 9 ms, from a list in 470.
    """
    if len(values) > AT_ONCE and len(values) > count_statements(database) / SHARE:
        kind = "TEXT" if isinstance(values[0], str) else "BIGINT"
        return database.rows(f"{query} (SELECT unnest($1::{kind}[]))", list(values))
    found: list[Row] = []
    for start in range(0, len(values), AT_ONCE):
        some = values[start : start + AT_ONCE]
        named = ", ".join(f"${number}" for number in range(1, len(some) + 1))
        found += database.rows(f"{query} ({named})", *some)
    return found


def count_statements(database: Database) -> int:
    """Return how many statements are kept, to a part of which every other table is in proportion."""
    return cast(int, database.rows("SELECT count(*) FROM folds")[0][0])
