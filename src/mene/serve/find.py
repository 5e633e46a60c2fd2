"""Finding statements by their words: the search beside the store, asked in the terms of a view."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

from mene.errors import StoreError
from mene.search import Facets, Filters, Hits, Search
from mene.serve.query import Query


class Finder:
    """The search of an edition. What it counts is kept: each page of what a search finds has the same counts."""

    def __init__(self, search: Search) -> None:
        self._search = search
        self._counted = lru_cache(maxsize=200)(search.facets)

    def find(self, query: Query, most: int) -> Hits:
        """Return a page of at most so many statements. Raises InputError, SearchTimeout, StoreError."""
        with _damage_told():
            return self._search.find(filters_of(query), after=query.cursor or None, most=most)

    def count(self, query: Query) -> Facets:
        """Return how many of the statements that a query finds have what. Raises as `find` does."""
        with _damage_told():
            return self._counted(filters_of(query))


@contextmanager
def _damage_told() -> Iterator[None]:
    """Say what to do where the search file is damaged: the store, from which it is written anew, is closed."""
    try:
        yield
    except StoreError as error:
        raise StoreError("the search file beside the store cannot be used; start mene serve again") from error


def filters_of(query: Query) -> Filters:
    """Return a query as the search takes it; what was true on a day is what is not told of a later one."""
    asked = query.filters
    ends = [day for day in (asked.until, query.on) if day]
    return Filters(
        words=query.words,
        place=asked.place or None,
        actor=asked.actor or None,
        type=asked.type or None,
        origin=asked.origin or None,
        modality=asked.modality or None,
        first=asked.since,
        last=min(ends, default=None),
        known=query.known,
    )
