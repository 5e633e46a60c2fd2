"""What a watch remembers between rounds and between runs, in one small file beside the store, never in the store.

    news.duckdb               the store
    news.duckdb.watch.json    what was seen where, when each feed and host may be asked again, what failed

The file is written whole under another name and moved into place. Losing it costs requests, no data: an article that
is in the store is not read again. All moments are seconds since 1970, UTC.
"""

import hashlib
import os
import re
import tempfile
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from mene.errors import InputError
from mene.settings import StoreUrl
from mene.watch.limits import FORGET, MEMORY_BYTES, ROBOTS_AGE, SEEN
from mene.watch.robots import Robots

FORMAT = 1


@dataclass(frozen=True, slots=True)
class Try:
    """An entry whose page could not be had yet: how often it was asked for, and from when on it may be again."""

    count: int
    not_before: float


@dataclass(frozen=True, slots=True)
class FeedMemory:
    """What is remembered of a feed.

    `moved` is where permanent redirects lead; `etag` and `last_modified` its validators; `checked_at` when it was last
    asked for; `not_before` until when it, or its failures, ask for patience; `read_at` when its entries last came;
    `seen` the keys of entries that are done, with the moment they were last listed; `tries` those that failed so far.
    """

    moved: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    checked_at: float = 0.0
    not_before: float = 0.0
    read_at: float = 0.0
    failures: int = 0
    is_gone: bool = False
    seen: Mapping[str, float] = field(default_factory=dict)
    tries: Mapping[str, Try] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FileMark:
    """A file as it was last found: bytes, time of change in nanoseconds, and whether this state of it has been read."""

    size: int
    changed: int
    is_read: bool


@dataclass(frozen=True, slots=True)
class FolderMemory:
    """What is remembered of a folder: when it was last looked at, and its files by their paths within it."""

    checked_at: float = 0.0
    files: Mapping[str, FileMark] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class HostMemory:
    """What is remembered of a host: from when on it may be asked again, and how often running it said "not now"."""

    not_before: float = 0.0
    refusals: int = 0


@dataclass(frozen=True, slots=True)
class RobotsMemory:
    """The robots.txt of an origin, fetched at `at`; None where it could not be had, `failures` times running.

    Nothing of the origin is fetched before `not_before` where it could not be had.
    """

    robots: Robots | None = None
    at: float = 0.0
    failures: int = 0
    not_before: float = 0.0


@dataclass(frozen=True, slots=True)
class Memory:
    """All that is remembered: feeds by the address that was given, folders by path, hosts by name, robots by origin.

    `has_kept` is set once the store had an article from this watch.
    """

    feeds: Mapping[str, FeedMemory] = field(default_factory=dict)
    folders: Mapping[str, FolderMemory] = field(default_factory=dict)
    hosts: Mapping[str, HostMemory] = field(default_factory=dict)
    robots: Mapping[str, RobotsMemory] = field(default_factory=dict)
    has_kept: bool = False
    format: int = FORMAT

    def feed(self, name: str) -> FeedMemory:
        """Return what is remembered of a feed; of a new one nothing."""
        return self.feeds.get(name, FeedMemory())

    def folder(self, name: str) -> FolderMemory:
        """Return what is remembered of a folder; of a new one nothing."""
        return self.folders.get(name, FolderMemory())

    def with_feed(self, name: str, feed: FeedMemory) -> "Memory":
        """Return the memory with this remembered of a feed."""
        return replace(self, feeds={**self.feeds, name: feed})

    def with_folder(self, name: str, folder: FolderMemory) -> "Memory":
        """Return the memory with this remembered of a folder."""
        return replace(self, folders={**self.folders, name: folder})


def key_of(*parts: str) -> str:
    """Return the short name by which an entry is remembered: 16 hexadecimal digits of a SHA-256."""
    return hashlib.sha256("\x00".join(parts).encode("utf-8", "replace")).hexdigest()[:16]


def forget(memory: Memory, watched: Collection[str], now: float) -> Memory:
    """Return the memory without what is no longer of use.

    That is: entries that their feed has not listed for FORGET while it was read, all but the SEEN last listed, feeds
    and folders not `watched` for as long, and what is known of hosts for longer than a robots.txt holds.
    """
    since = now - FORGET
    feeds = {
        name: replace(feed, seen=_last_listed(feed), tries=_open_tries(feed, since))
        for name, feed in memory.feeds.items()
        if name in watched or feed.checked_at > since
    }
    folders = {name: folder for name, folder in memory.folders.items() if name in watched or folder.checked_at > since}
    hosts = {name: host for name, host in memory.hosts.items() if host.not_before > now - ROBOTS_AGE}
    robots = {origin: one for origin, one in memory.robots.items() if max(one.at, one.not_before) > now - ROBOTS_AGE}
    return replace(memory, feeds=feeds, folders=folders, hosts=hosts, robots=robots)


def forget_seen(memory: Memory) -> Memory:
    """Return the memory for a store that has nothing: all is new again, and every server's wish is still respected."""
    feeds = {
        name: replace(feed, etag=None, last_modified=None, seen={}, tries={}) for name, feed in memory.feeds.items()
    }
    return replace(memory, feeds=feeds, folders={}, has_kept=False)


def _last_listed(feed: FeedMemory) -> dict[str, float]:
    kept = [(at, key) for key, at in feed.seen.items() if at > feed.read_at - FORGET]
    return {key: at for at, key in sorted(kept, reverse=True)[:SEEN]}


def _open_tries(feed: FeedMemory, since: float) -> dict[str, Try]:
    return {key: one for key, one in feed.tries.items() if one.not_before > since and key not in feed.seen}


def memory_path(store: Path | StoreUrl) -> Path:
    """Return where a watch that fills this store remembers: beside its file, or in the working folder for a server's.

    >>> memory_path(Path("desk/news.duckdb")).as_posix()
    'desk/news.duckdb.watch.json'
    >>> memory_path(StoreUrl("postgresql://ana:hush@db.example.org/news")).as_posix()
    'postgresql-ana-db.example.org-news.watch.json'
    """
    if isinstance(store, Path):
        return store.with_name(f"{store.name}.watch.json")
    return Path(re.sub(r"[^\w.-]+", "-", str(store)) + ".watch.json")


def read_memory(path: Path) -> Memory:
    """Return what is remembered in the file; nothing where there is none. Raises InputError where it is damaged."""
    try:
        if not path.exists():
            return Memory()
        if path.stat().st_size > MEMORY_BYTES:
            raise InputError(f"{path} is too large for the memory of a watch; {_REMEDY}")
        memory = msgspec.json.decode(path.read_bytes(), type=Memory)
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}); check its permissions") from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise InputError(f"{path} is damaged; {_REMEDY}") from error
    if memory.format != FORMAT:
        raise InputError(f"{path} was written by another version of Mene; {_REMEDY}")
    return memory


_REMEDY = "remove it: all sources are then looked at anew, and what is in the store is not read again"


def write_memory(path: Path, memory: Memory) -> None:
    """Write the memory whole or not at all. Raises InputError."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
        fresh = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(msgspec.json.encode(memory))
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(path)
        finally:
            fresh.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}); check the folder's permissions") from error
