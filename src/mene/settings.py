"""What the environment and the working folder decide: read once, at the command line's edge, and passed in from there.

    MENE_STORE       the store's file; without it, mene.duckdb in the working folder
    MENE_PLACES      the folder of the user's own places; without it, mene-places beside the store
    MENE_CODEBOOK    folders that extend the codebook, separated as in PATH
    MENE_OPERATOR    who the store's custody log names

Options of the command line win over the environment.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

DEFAULT_STORE = "mene.duckdb"
DEFAULT_PLACES = "mene-places"
DEMO_PAGE = "mene-brief.html"


@dataclass(frozen=True, slots=True)
class Settings:
    """The store's file, the folder of the user's places, the user's codebook folders and the custody log's operator.

    `places` need not exist: where nobody added places there are none.
    """

    store: Path = Path(DEFAULT_STORE)
    places: Path = Path(DEFAULT_PLACES)
    codebook: tuple[Path, ...] = ()
    operator: str | None = None


def read_settings(
    environment: Mapping[str, str],
    *,
    store: Path | None = None,
    places: Path | None = None,
    codebook: Sequence[Path] = (),
) -> Settings:
    """Return the settings that the environment gives, with the options winning.

    >>> read_settings({"MENE_STORE": "news.duckdb"}).store.name
    'news.duckdb'
    >>> read_settings({"MENE_STORE": "news.duckdb"}, store=Path("mine.duckdb")).store.name
    'mine.duckdb'
    >>> read_settings({"MENE_STORE": "desk/news.duckdb"}).places.as_posix()
    'desk/mene-places'
    """
    listed = [Path(part) for part in environment.get("MENE_CODEBOOK", "").split(os.pathsep) if part]
    file = store or Path(environment.get("MENE_STORE") or DEFAULT_STORE)
    folder = places or Path(environment.get("MENE_PLACES") or file.with_name(DEFAULT_PLACES))
    return Settings(
        store=file,
        places=folder,
        codebook=(*listed, *codebook),
        operator=environment.get("MENE_OPERATOR") or None,
    )
