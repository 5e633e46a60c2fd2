"""`mene store`: checking that nothing in a store was changed, and writing and reading it whole as one file."""

from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from mene.commands.output import busy, check_target, follow, say, show, whole_file
from mene.errors import InputError, StoreError
from mene.settings import Settings

if TYPE_CHECKING:
    from mene.store import Store
    from mene.store.archive import Log
    from mene.store.entry import Parcel


def run_store_check(settings: Settings, since: Path | None) -> int:
    """Return 0 where the store is as it was kept; 4 after a line for each fault. `since` is an earlier export."""
    from mene.store import open_store
    from mene.store.archive import open_archive
    from mene.store.check import growth_faults, store_faults

    with open_store(settings.store, create=False, read_only=True) as store:
        with busy("checking the store"):
            faults = list(store_faults(store))
        if since is not None:
            with open_archive(since) as earlier, busy(f"comparing with {since.name}"):
                faults += [f"{fault}, by {since}" for fault in growth_faults(store, earlier)]
        if faults:
            show("\n".join(faults))
            say(f"{store.name}: {_number(len(faults), 'fault')}; restore a copy, or import an export into a new store")
            return StoreError.exit_code
        show(f"{store.name}: {_counts(store)}; nothing is wrong")
    return 0


def run_store_export(settings: Settings, path: Path) -> int:
    """Return 0 after the whole store is written to one file."""
    from mene.store import open_store
    from mene.store.archive import write_archive

    target = check_target(path)
    if isinstance(settings.store, Path) and target.exists() and target.samefile(settings.store):
        raise InputError(f"{path} is the store itself; name another file")
    with (
        open_store(settings.store, create=False, read_only=True) as store,
        whole_file(path) as file,
        follow(write_archive(store, file), "exporting", store.counts()["articles"]) as written,
    ):
        count = sum(1 for _ in written)
    show(f"{path}: {_number(count, 'article')} exported from {store.name}")
    return 0


def run_store_import(settings: Settings, path: Path) -> int:
    """Return 0 after all of an export is in the store; what is there already is left as it is."""
    from mene.store import open_store
    from mene.store.archive import open_archive

    with open_archive(path) as archive:
        items = archive.items()
        head = list(islice(items, 1))  # a file whose first article is wrong makes no store
        with open_store(settings.store, operator=settings.operator) as store:
            new, known = _bring(chain(head, items), archive.manifest.articles, store)
    show(f"{store.name}: {new:,} added from {path}, {known:,} already there")
    return 0


def _bring(found: "Iterator[Parcel | Log]", total: int, store: "Store") -> tuple[int, int]:
    """Return how many articles of the export were new and how many were there."""
    from mene.store.archive import grouped

    new = known = 0
    try:
        with store.filling(), follow(found, "importing", total) as items:
            for parcels, custody in grouped(items):
                added = store.merge(parcels, custody)
                new += added
                known += len(parcels) - added
    except KeyboardInterrupt:
        say(f"kept {_number(new, 'new article')}: run the same command again for the rest")
        raise
    except InputError as error:
        raise InputError(f"{error}; what stood before it is kept ({_number(new, 'new article')})") from error
    return new, known


def _counts(store: "Store") -> str:
    """Return what a store holds, in words."""
    counts = store.counts()
    named = [_number(counts[f"{name}s"], name) for name in ("article", "statement", "event")]
    return ", ".join([*named, f"{_number(counts['custody'], 'line')} of custody"])


def _number(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
