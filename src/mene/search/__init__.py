"""Search: the statements of a store found by their words, with filters, in milliseconds.

What is searched is a file of SQLite beside the store, derived from it and written anew whenever it is gone.
"""

from mene.search.answers import Facet, Facets, Hit, Hits, Told
from mene.search.filters import Filters
from mene.search.search import Search, open_search

__all__ = ["Facet", "Facets", "Filters", "Hit", "Hits", "Search", "Told", "open_search"]
