"""Checking a whole store: nothing changed, nothing half there, nothing gone."""

from collections.abc import Iterator

from mene.errors import InputError
from mene.records import Reading
from mene.store.archive import Archive
from mene.store.entry import Entry, Parcel, read_entry, seal_of
from mene.store.faults import UNREADABLE, entry_faults
from mene.store.rows import article_row, dropped_rows, event_rows, statement_rows
from mene.store.store import Kept, Store

STRAYS = {
    "statements": "article {} is gone, and statements of it are still there",
    "events": "article {} is gone, and events of it are still there",
    "dropped": "article {} is gone, and what was left out of it is still there",
    "seals": "article {} was kept once and is gone",
    "raw": "the raw bytes {} belong to no article",
}


def store_faults(store: Store) -> Iterator[str]:
    """Yield what is wrong in the store, a line each; nothing where all is as it was kept."""
    for kept in store.kept():
        label = f"article {str(kept.article[0])[:12]}"
        yield from (f"{label}: {fault}" for fault in _kept_faults(store, kept))
    for table, ids in store.strays().items():
        yield from (STRAYS[table].format(one[:12]) for one in ids)


def growth_faults(store: Store, earlier: Archive) -> Iterator[str]:
    """Yield what an earlier export has and the store lacks or has otherwise: a store only grows."""
    seals = store.seals()
    for item in earlier.items():
        missing = set(item.custody) - set(store.custody_of({line.sha256 for line in item.custody}))
        yield from (
            f"a line of custody on the bytes {one[:12]} is gone" for one in sorted(gone.sha256 for gone in missing)
        )
        if isinstance(item, Parcel):
            label, seal = f"article {item.reading.article.id[:12]}", seal_of(item.entry)
            if item.reading.article.id not in seals:
                yield f"{label} is gone"
            elif seals[item.reading.article.id][1] != seal:
                yield f"{label} is not what it was"


def _kept_faults(store: Store, kept: Kept) -> Iterator[str]:
    if kept.seal is None or kept.raw_sha256 is None:
        yield "it has no seal, so nothing tells whether it was changed"
        return
    entry = kept.entry()
    if seal_of(entry) != kept.seal:
        yield "it is not what was kept: its seal differs"
    try:
        reading = read_entry(entry)
    except UNREADABLE as error:
        yield f"its records are damaged ({error})"
        return
    yield from (f"the columns of {table} differ from its records" for table in _differing(kept, entry, reading))
    try:
        raw = store.raw(kept.raw_sha256)
    except InputError:
        yield "its raw bytes are gone"
    else:
        yield from entry_faults(entry, reading, raw)
    if not kept.custody:
        yield "no line of custody tells where it came from"


def _differing(kept: Kept, entry: Entry, reading: Reading) -> Iterator[str]:
    """Yield the tables whose rows are not those that the records give."""
    if kept.article != article_row(entry, reading.article):
        yield "articles"
    rows = {
        "statements": statement_rows(entry, reading),
        "events": event_rows(entry, reading),
        "dropped": dropped_rows(entry, reading),
    }
    yield from (table for table, expected in rows.items() if kept.parts[table] != expected)
