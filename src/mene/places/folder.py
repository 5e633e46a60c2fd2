"""The folder of a user's places: the rows of each file as they were read, and the index built of them all.

    places.json       which files were added, and which index is the current one; replaced last, at one stroke
    index-*/          the index, as mene.gazetteer.build writes it
    *.rows.gz         the rows of one file, a JSON object a line

A change is written beside what is there and comes into force with places.json, so an interrupted one changes nothing.
"""

import gzip
import hashlib
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from mene.errors import CodebookError, InputError
from mene.gazetteer.build import write_index
from mene.gazetteer.index import ADD_AGAIN, Gazetteer, open_gazetteer, shipped_index
from mene.places.limits import PLACES
from mene.places.merge import Batch, Share, merge
from mene.places.read import Format, Item
from mene.places.row import Row
from mene.places.tally import Tally

MANIFEST = "places.json"
FORMAT = 1
_LEFT_BEHIND = 86_400.0
"""Seconds after which what an interrupted change left is swept away; a younger one may still be at work."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file that was added. `name` is its file name, told apart from others of that name by a number."""

    name: str
    path: str
    sha256: str
    format: Format
    day: date
    rows: int
    left_out: int
    passed_over: int
    kept: str


@dataclass(frozen=True, slots=True)
class _Manifest:
    format: int
    index: str
    sources: tuple[Source, ...]


_NOTHING = _Manifest(FORMAT, "", ())


def find_index(folder: Path | None) -> Path | None:
    """Return the folder of the current index; None where no places were added. Raises CodebookError."""
    manifest = _read_manifest(folder) if folder is not None else _NOTHING
    return folder / manifest.index if folder is not None and manifest.index else None


def open_places(folder: Path | None) -> Gazetteer:
    """Return the shipped index, with the places of `folder` over it where there are any. Raises CodebookError."""
    return open_gazetteer(find_index(folder))


def read_sources(folder: Path) -> tuple[Source, ...]:
    """Return the files that were added, in order. Raises CodebookError."""
    return _read_manifest(folder).sources


def _read_manifest(folder: Path) -> _Manifest:
    file = folder / MANIFEST
    try:
        manifest = msgspec.json.decode(file.read_bytes(), type=_Manifest)
    except (FileNotFoundError, NotADirectoryError):
        return _NOTHING
    except (OSError, msgspec.DecodeError) as error:
        raise CodebookError(f"{file} cannot be read ({error}); {ADD_AGAIN}") from error
    if manifest.format != FORMAT:
        raise CodebookError(f"{folder} was written by another version of Mene; {ADD_AGAIN}")
    if Path(manifest.index).name != manifest.index:
        raise CodebookError(f"{file} is damaged; {ADD_AGAIN}")
    return manifest


class Revision:
    """A change of the folder: take files in, drop others, then `commit`. Without that nothing is changed."""

    def __init__(self, folder: Path) -> None:
        """Read what the folder has. Raises InputError where it is no folder of places, CodebookError if damaged."""
        if folder.exists() and not folder.is_dir():
            raise InputError(f"{folder} is no folder; name one with --places")
        if folder.is_dir() and not (folder / MANIFEST).exists() and not _is_ours(folder):
            raise InputError(f"{folder} holds other files; name an empty folder, or a new one, with --places")
        self._folder = folder
        self._before = _read_manifest(folder)
        self._sources = list(self._before.sources)
        self._fresh: Path | None = None

    def __enter__(self) -> Self:
        """Begin the change."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Sweep away what was not committed."""
        if self._fresh is not None:
            shutil.rmtree(self._fresh, ignore_errors=True)
        if not (self._folder / MANIFEST).exists():
            with suppress(OSError):
                self._folder.rmdir()

    @property
    def is_changed(self) -> bool:
        """Whether there is anything to commit."""
        return tuple(self._sources) != self._before.sources

    def has(self, sha256: str) -> Source | None:
        """Return the file with that content, if it was added."""
        return next((source for source in self._sources if source.sha256 == sha256), None)

    def add(self, path: Path, sha256: str, kind: Format, items: Iterator[Item], day: date) -> tuple[Source, Tally]:
        """Take in the rows of a file that was read on `day`; an older state of the same file goes.

        Raises InputError, without the file's name, where no row is a place or the places become too many.
        """
        tally = Tally()
        kept = f"{sha256[:16]}.rows.gz"
        with self._writing():
            self._write_rows(kept, items, tally)
        if not tally.rows:
            raise InputError(_nothing(tally))
        others = [source for source in self._sources if source.path != str(path.resolve())]
        if tally.rows + sum(source.rows for source in others) > PLACES:
            raise InputError(f"makes more than {PLACES:,} places together with the others, the limit; add a part of it")
        name = _free_name(path.name, {source.name for source in others})
        source = Source(name, str(path.resolve()), sha256, kind, day, tally.rows, tally.failed, tally.passed_over, kept)
        self._sources = [*others, source]
        return source, tally

    def remove(self, name: str) -> Source:
        """Drop the file of that name and return it. Raises InputError where there is none."""
        found = next((source for source in self._sources if source.name == name), None)
        if found is None:
            raise InputError(f"no file {name} was added to {self._folder}; mene places list shows the files")
        self._sources.remove(found)
        return found

    def commit(self) -> dict[str, Share]:
        """Build the index and bring the change into force; return each file's share of the places, by its name.

        Raises InputError where the folder cannot be written or was changed meanwhile.
        """
        with self._writing():
            shares, index = self._build() if self._sources else ({}, "")
            if _read_manifest(self._folder) != self._before:
                raise InputError(f"{self._folder} was changed by another command meanwhile; run this one again")
            self._put(replace(self._before, index=index, sources=tuple(self._sources)))
        return shares

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            told = f"the folder {self._folder} cannot be written ({error.strerror})"
            raise CodebookError(f"{told}; make room, or name another with --places") from error

    def _write_rows(self, kept: str, items: Iterator[Item], tally: Tally) -> None:
        encode = msgspec.json.Encoder().encode
        with (self._fresh_folder() / kept).open("wb") as file, gzip.GzipFile("", "wb", 1, file, mtime=0) as rows:
            for item in items:
                row = tally.take(item)
                if row is not None:
                    rows.write(encode(row) + b"\n")
                if tally.rows > PLACES:
                    raise InputError(f"has more than {PLACES:,} places, the limit; give a part of it")

    def _fresh_folder(self) -> Path:
        if self._fresh is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._fresh = Path(tempfile.mkdtemp(prefix=".new-", dir=self._folder))
        return self._fresh

    def _build(self) -> tuple[dict[str, Share], str]:
        batches = [Batch(source.name, source.format, partial(self._rows, source.kept)) for source in self._sources]
        drafts, units, shares = merge(batches, shipped_index())
        fresh = self._fresh_folder() / "index"
        about = {"sources": {source.name: source.sha256 for source in self._sources}}
        write_index(drafts, units, fresh, about=about)
        return shares, f"index-{hashlib.sha256((fresh / 'build.json').read_bytes()).hexdigest()[:16]}"

    def _rows(self, kept: str) -> Iterator[Row]:
        fresh = self._fresh_folder() / kept
        decode = msgspec.json.Decoder(Row).decode
        try:
            with gzip.open(fresh if fresh.exists() else self._folder / kept) as rows:
                yield from map(decode, rows)
        except (OSError, EOFError, msgspec.DecodeError) as error:
            raise CodebookError(f"{self._folder / kept} cannot be read ({error}); {ADD_AGAIN}") from error

    def _put(self, manifest: _Manifest) -> None:
        """Move what is fresh into place, the manifest last, and sweep away what no longer counts."""
        fresh = self._fresh_folder()
        (fresh / MANIFEST).write_bytes(msgspec.json.format(msgspec.json.encode(manifest), indent=1) + b"\n")
        for kept in fresh.glob("*.rows.gz"):
            kept.replace(self._folder / kept.name)
        if manifest.index and not (self._folder / manifest.index).exists():
            (fresh / "index").replace(self._folder / manifest.index)
        (fresh / MANIFEST).replace(self._folder / MANIFEST)
        needed = {manifest.index, *(source.kept for source in manifest.sources)}
        for found in self._folder.iterdir():
            is_old = found.match("index-*") or found.match("*.rows.gz") or _is_left_behind(found)
            if is_old and found.name not in needed:
                shutil.rmtree(found, ignore_errors=True) if found.is_dir() else found.unlink(missing_ok=True)


def _is_ours(folder: Path) -> bool:
    """Return whether a folder holds nothing but what an interrupted first change may have left."""
    return all(
        found.match(".new-*") or found.match("index-*") or found.match("*.rows.gz") for found in folder.iterdir()
    )


def _is_left_behind(found: Path) -> bool:
    return found.match(".new-*") and time.time() - found.stat().st_mtime > _LEFT_BEHIND


def _free_name(name: str, taken: set[str]) -> str:
    """Return the name, with a number where it is taken.

    >>> _free_name("places.csv", {"places.csv", "places-2.csv"})
    'places-3.csv'
    """
    stem, dot, end = name.partition(".")
    names = (name, *(f"{stem}-{number}{dot}{end}" for number in range(2, len(taken) + 3)))
    return next(one for one in names if one not in taken)


def _nothing(tally: Tally) -> str:
    """Return why a file gave no place."""
    told = [tally.reasons()] if tally.failed else []
    told += [f"{tally.passed_over:,} are no places of the news"] if tally.passed_over else []
    return f"has no row that can be used ({'; '.join(told) or 'it has none'}); nothing was added from it"
