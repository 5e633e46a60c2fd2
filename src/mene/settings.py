"""What the environment and the working folder decide: read once, at the command line's edge, and passed in from there.

    MENE_STORE       the store's file; without it, mene.duckdb in the working folder
    MENE_CODEBOOK    folders that extend the codebook, separated as in PATH
    MENE_OPERATOR    who the store's custody log names

Options of the command line win over the environment.
"""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

DEFAULT_STORE = "mene.duckdb"
DEMO_PAGE = "mene-brief.html"


@dataclass(frozen=True, slots=True)
class Settings:
    """The store's file, the user's codebook folders and the name that the custody log gives as operator."""

    store: Path = Path(DEFAULT_STORE)
    codebook: tuple[Path, ...] = ()
    operator: str | None = None


def read_settings(
    environment: Mapping[str, str], *, store: Path | None = None, codebook: Sequence[Path] = ()
) -> Settings:
    """Return the settings that the environment gives, with the options `store` and `codebook` winning.

    >>> read_settings({"MENE_STORE": "news.duckdb"}).store.name
    'news.duckdb'
    >>> read_settings({"MENE_STORE": "news.duckdb"}, store=Path("mine.duckdb")).store.name
    'mine.duckdb'
    """
    listed = [Path(part) for part in environment.get("MENE_CODEBOOK", "").split(os.pathsep) if part]
    return Settings(
        store=store or Path(environment.get("MENE_STORE") or DEFAULT_STORE),
        codebook=(*listed, *codebook),
        operator=environment.get("MENE_OPERATOR") or None,
    )
