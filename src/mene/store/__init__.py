"""The store: articles with their raw bytes, statements and events, kept as facts in one DuckDB file.

Tables only grow, an article enters whole or not at all, and the picture is derived from what is kept, never stored.
"""

from mene.store.store import Custody, Store, open_store

__all__ = ["Custody", "Store", "open_store"]
