"""Where a server's readings come from: the store, read whole once and then only for what came in since."""

import hashlib
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from mene import __version__
from mene.records import Reading
from mene.search import Search, open_search
from mene.settings import StoreUrl, cache_folder
from mene.store import Store, open_store

FEW = 500
"""Articles that are asked for one by one; of more the whole store is read, which is quicker then."""

Progress = Callable[[int, int], None]


class Holdings(NamedTuple):
    """All that a store keeps: a version that names it, the readings, earliest first, and a search over them.

    The search is asked without the store. What comes into the store later comes into its file too.
    """

    version: str
    readings: tuple[Reading, ...]
    search: Search


@dataclass(slots=True)
class Library:
    """A store as a server reads it: opened, read and closed, so that others can add to it meanwhile.

    `folders` extend the codebook; what is in them is part of what a picture is drawn with.
    """

    place: Path | StoreUrl
    folders: Sequence[Path] = ()
    _kept: dict[str, Reading] = field(default_factory=dict)

    def mark(self) -> str:
        """Return a text that is another one when something may have come in; cheap enough to ask every few seconds.

        Raises StoreError where a database server does not answer.
        """
        if isinstance(self.place, Path):
            beside = self.place.with_name(self.place.name + ".wal")
            return "|".join(_changed(path) for path in (self.place, beside))
        with open_store(self.place, create=False, read_only=True) as store:
            return str(store.counts()["articles"])

    def read(self, tell: Progress) -> Holdings:
        """Return all that is kept. Raises StoreError.

        The version is a hash of the articles' ids, of Mene's version and of the codebook's own folders. `tell` hears
        how many articles of how many were read.
        """
        with open_store(self.place, create=False, read_only=True) as store:
            ids = store.article_ids()
            self._bring(store, ids, tell)
            search = open_search(store, cache=cache_folder(os.environ))
        return Holdings(self._version(ids), tuple(self._kept[one] for one in ids), search)

    def _bring(self, store: Store, ids: Sequence[str], tell: Progress) -> None:
        missing = [one for one in ids if one not in self._kept]
        come = map(store.reading, missing) if len(missing) <= FEW else store.readings()
        for number, reading in enumerate(come, start=1):
            self._kept.setdefault(reading.article.id, reading)
            tell(number, len(missing))

    def _version(self, ids: Sequence[str]) -> str:
        found = hashlib.sha256(f"{__version__}\n".encode())
        for folder in self.folders:
            for path in sorted(one for one in folder.iterdir() if one.is_file()):
                found.update(path.name.encode() + path.read_bytes())
        found.update("\n".join(ids).encode())
        return found.hexdigest()[:20]


def _changed(path: Path) -> str:
    try:
        found = path.stat()
    except FileNotFoundError:
        return "none"
    return f"{found.st_mtime_ns} {found.st_size}"
