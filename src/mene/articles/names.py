"""Word lists of the head of an article (`header.yaml`), compiled, and the tests built on them."""

import re
from functools import lru_cache
from typing import cast

from mene.articles.furniture import agency_pattern, load_yaml

_NAME_WORD = r"(?:[A-Z][\w&'’./-]*|of|the|and|for|in|de|al|el|&|\d+)"


@lru_cache(maxsize=1)
def _lists() -> dict[str, list[str]]:
    return cast(dict[str, list[str]], load_yaml("header.yaml"))


@lru_cache(maxsize=16)
def words_of(name: str) -> re.Pattern[str]:
    """Return the pattern of any entry of a list of `header.yaml` as whole words."""
    entries = sorted(_lists()[name], key=len, reverse=True)
    flags = re.NOFLAG if name in ("press", "papers", "outlets", "not_places") else re.IGNORECASE
    joined = "|".join(re.escape(entry).replace("'", "['’]") for entry in entries)
    return re.compile(rf"(?<!\w)(?:{joined})(?!\w)", flags)


def is_outlet(name: str) -> bool:
    """Say whether `name` reads as the name of a newspaper, station or agency, and nothing else.

    >>> is_outlet("The Harbour Courier"), is_outlet("Rebels seize radio in Homs")
    (True, False)
    """
    words = name.split()
    if not 1 <= len(words) <= 7 or not re.fullmatch(rf"(?:{_NAME_WORD})(?:\s+{_NAME_WORD})*", name):
        return False
    return bool(
        words_of("press").search(name) or words_of("outlets").fullmatch(_without_article(name)) or is_agency(name)
    )


def is_agency(name: str) -> bool:
    """Say whether `name` is a news agency of `furniture.yaml`."""
    return re.fullmatch(agency_pattern(), name) is not None


def _without_article(name: str) -> str:
    return name if words_of("outlets").fullmatch(name) else name.removeprefix("The ").removeprefix("the ")
