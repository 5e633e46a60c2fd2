"""A search over some readings, in a folder of its own."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path

import pytest

from mene.records import Reading
from mene.search import Search, open_search
from tests.search.make import store_of
from tests.store.conftest import databases, make_place, place, server  # noqa: F401 (fixtures)

Searching = Callable[..., Search]


@pytest.fixture
def searching(tmp_path: Path) -> Iterator[Searching]:
    """Give a function that returns a search over a new store of some readings."""
    numbers = count()
    with ExitStack() as stack:

        def search_in(*readings: Reading) -> Search:
            store = stack.enter_context(store_of(tmp_path / f"news{next(numbers)}.duckdb", *readings))
            return stack.enter_context(open_search(store))

        yield search_in
