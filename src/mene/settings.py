"""What the environment and the working folder decide: read once, at the command line's edge, and passed in from there.

    MENE_STORE       the store's file, or postgresql://user@host/database; without it, mene.duckdb in the working folder
    MENE_PLACES      the folder of the user's own places; without it, mene-places beside the store
    MENE_CODEBOOK    folders that extend the codebook, separated as in PATH
    MENE_OPERATOR    who the store's custody log names
    MENE_TOKEN       what whoever asks `mene serve` must know
    XDG_CACHE_HOME   the folder for what can be made again: search files that have no place beside their store

Options of the command line win over the environment.
"""

import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

DEFAULT_STORE = "mene.duckdb"
DEFAULT_PLACES = "mene-places"
DEMO_PAGE = "mene-brief.html"


_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_HOST = r"(?:\[[^]/?#@]*\]|[^][/?#@:,]*)(?::\d*)?"
_PLAIN = re.compile(
    rf"([A-Za-z0-9+.-]+://)(?:([^:/?#@]*)(?::[^/?#@]*)?@)?({_HOST}(?:,{_HOST})*)(/[^/?#@]*)?(?:\?[^@]*)?"
)


@dataclass(frozen=True, slots=True)
class StoreUrl:
    """The address of a store on a database server. Only `secret` has the password; `str` leaves it and options out.

    >>> str(StoreUrl("postgresql://ana:hush@db.example.org/news?sslmode=require"))
    'postgresql://ana@db.example.org/news'
    >>> str(StoreUrl("postgresql://ana:hu/sh@db.example.org/news"))
    'postgresql://...'
    """

    secret: str = field(repr=False)

    @property
    def is_plain(self) -> bool:
        """Tell whether it is clear what of the address is the password: an @, / or ? in it is written %40, %2F, %3F."""
        return _PLAIN.fullmatch(self.secret) is not None

    def __str__(self) -> str:
        parts = _PLAIN.fullmatch(self.secret)
        if parts is None:
            return self.secret.partition("://")[0] + "://..."
        scheme, user, host, database = (part or "" for part in parts.groups())
        return f"{scheme}{user}{'@' if user else ''}{host}{database}"


def store_place(named: str) -> Path | StoreUrl:
    """Return where a store is: an address where `named` begins as one, else a file.

    >>> store_place("news.duckdb").name
    'news.duckdb'
    >>> print(store_place("postgresql://ana@localhost/news"))
    postgresql://ana@localhost/news
    """
    return StoreUrl(named) if _ADDRESS.match(named) else Path(named)


def cache_folder(environment: Mapping[str, str]) -> Path:
    """Return the user's folder for what can be made again; one that is no whole path does not count, as XDG has it.

    >>> cache_folder({"XDG_CACHE_HOME": "/var/cache/ana"}).as_posix()
    '/var/cache/ana/mene'
    """
    named = Path(environment.get("XDG_CACHE_HOME", ""))
    return (named if named.is_absolute() else Path.home() / ".cache") / "mene"


@dataclass(frozen=True, slots=True)
class Settings:
    """The store's file or address, the folders of the user's places and codebooks, the custody log's operator, a token.

    `places` need not exist: where nobody added places there are none.
    """

    store: Path | StoreUrl = Path(DEFAULT_STORE)
    places: Path = Path(DEFAULT_PLACES)
    codebook: tuple[Path, ...] = ()
    operator: str | None = None
    token: str | None = field(default=None, repr=False)


def read_settings(
    environment: Mapping[str, str],
    *,
    store: str | None = None,
    places: Path | None = None,
    codebook: Sequence[Path] = (),
) -> Settings:
    """Return the settings that the environment gives, with the options winning.

    >>> read_settings({"MENE_STORE": "news.duckdb"}).store.name
    'news.duckdb'
    >>> read_settings({"MENE_STORE": "news.duckdb"}, store="mine.duckdb").store.name
    'mine.duckdb'
    >>> read_settings({"MENE_STORE": "desk/news.duckdb"}).places.as_posix()
    'desk/mene-places'
    >>> read_settings({"MENE_STORE": "postgresql://localhost/news"}).places.as_posix()
    'mene-places'
    """
    listed = [Path(part) for part in environment.get("MENE_CODEBOOK", "").split(os.pathsep) if part]
    kept = store_place(store or environment.get("MENE_STORE") or DEFAULT_STORE)
    beside = kept.with_name(DEFAULT_PLACES) if isinstance(kept, Path) else Path(DEFAULT_PLACES)
    folder = places or Path(environment.get("MENE_PLACES") or beside)
    return Settings(
        store=kept,
        places=folder,
        codebook=(*listed, *codebook),
        operator=environment.get("MENE_OPERATOR") or None,
        token=environment.get("MENE_TOKEN") or None,
    )
