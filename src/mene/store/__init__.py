"""The store: articles with their raw bytes, statements and events, kept as facts in a DuckDB file or on PostgreSQL.

Tables only grow, an article enters whole or not at all, and the picture is derived from what is kept, never stored.
"""

from mene.store.entry import Custody
from mene.store.store import Store, open_store

__all__ = ["Custody", "Store", "open_store"]
