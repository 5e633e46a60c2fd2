"""Folders: which files are new or changed, and whole. The listing is taken at the edge, the decision is pure."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from mene.articles import Loaded, load_articles
from mene.articles.load import find_files
from mene.errors import InputError
from mene.watch.limits import FILES, QUIET
from mene.watch.memory import FileMark

_NANO = 1e-9


@dataclass(frozen=True, slots=True)
class Listed:
    """The files of a folder by their paths within it, and those whose names are no text and cannot be remembered."""

    marks: Mapping[str, FileMark]
    unnameable: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What looking at a folder gave: the files to read now, those still being written, and the marks to remember."""

    ready: tuple[str, ...]
    growing: tuple[str, ...]
    marks: Mapping[str, FileMark]


def list_files(folder: Path, passed: Collection[Path]) -> Listed:
    """Return the files that may hold articles, but those `passed` over.

    Raises InputError where the folder cannot be read, or has more than FILES files.
    """
    marks: dict[str, FileMark] = {}
    unnameable: list[str] = []
    try:
        for path in islice(find_files(folder), FILES + 1):
            state = path.stat()
            name = str(path.relative_to(folder))
            if any(path == own or own in path.parents for own in passed):
                continue
            if name.isprintable():
                marks[name] = FileMark(state.st_size, state.st_mtime_ns, is_read=False)
            else:
                unnameable.append(ascii(name))
    except FileNotFoundError as error:
        told = "a file vanished while the folder was read" if folder.is_dir() else "the folder is gone"
        raise InputError(f"{told}; it is looked at again in the next round") from error
    except OSError as error:
        raise InputError(f"the folder cannot be read ({error.strerror}); check its permissions") from error
    if len(marks) > FILES:
        raise InputError(f"the folder has more than {FILES:,} files; move those that were read to another place")
    return Listed(marks, tuple(unnameable))


def find_ready(known: Mapping[str, FileMark], listed: Mapping[str, FileMark], now: float) -> Found:
    """Return which files to read: new or changed ones that are whole.

    A file is taken for whole where it is as it was in the round before, or was last changed QUIET seconds ago or
    earlier; an empty one waits to be written.
    """
    ready: list[str] = []
    growing: list[str] = []
    marks: dict[str, FileMark] = {}
    for name, mark in listed.items():
        before = known.get(name)
        is_same = before is not None and (before.size, before.changed) == (mark.size, mark.changed)
        marks[name] = replace(mark, is_read=is_same and before is not None and before.is_read)
        if mark.size and not marks[name].is_read:
            is_whole = is_same or mark.changed * _NANO <= now - QUIET
            (ready if is_whole else growing).append(name)
    return Found(tuple(ready), tuple(growing), marks)


def load_file(path: Path) -> Iterator[Loaded]:
    """Yield the articles of a file as `mene add` does, but for this: an address in a table is not fetched."""
    return load_articles(str(path), fetch=_refuse)


def _refuse(url: str) -> tuple[bytes, str, str]:
    raise InputError(f"{url} stands in a table without its text, and a watch fetches no such address; use mene add")
