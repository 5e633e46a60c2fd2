"""What an address asks for: filters, days, a page and words, each checked and bounded."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from mene.errors import InputError
from mene.report.page.facets import FIELDS, Filters, read_filters

MOST_PAGES = 1_000_000
LONGEST_WORDS = 200
"""Characters of a search."""

LONGEST_CURSOR = 2000
"""Characters; a key holds a place's or an actor's name, cut below this."""


ALL = Filters()


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked of a view: rows that the filters accept, of the picture true on `on` as known on `known`.

    `page` counts from 1; `words` is what is searched for; `cursor` is where a page goes on that has no number.
    """

    filters: Filters = ALL
    on: date | None = None
    known: date | None = None
    page: int = 1
    words: str = ""
    cursor: str = ""

    def address(self, path: str, **changed: object) -> str:
        """Return the address of the first page of a view with this query, some of it changed, without what is empty.

        >>> Query(Filters(place="Hama")).address("/events", page=2)
        '/events?place=Hama&page=2'
        """
        shown = [(name, getattr(self.filters, name)) for name in FIELDS]
        named = dict([*shown, ("q", self.words), ("on", self.on), ("known", self.known)])
        named |= changed
        asked = [(name, str(value)) for name, value in named.items() if value and (name, value) != ("page", 1)]
        return path + (f"?{urlencode(asked)}" if asked else "")


def read_query(asked: Mapping[str, str]) -> Query:
    """Return what an address asks for; names in it that mean nothing here are passed over. Raises InputError."""
    return Query(
        filters=read_filters(asked),
        on=read_day(asked, "on"),
        known=read_day(asked, "known"),
        page=read_number(asked, "page", 1, MOST_PAGES),
        words=" ".join(asked.get("q", "").split())[:LONGEST_WORDS],
        cursor=_read_cursor(asked.get("cursor", "")),
    )


def _read_cursor(text: str) -> str:
    if len(text) > LONGEST_CURSOR:
        raise InputError("this cursor is none of ours; take it from `next` of the page before")
    return text


def read_day(asked: Mapping[str, str], name: str) -> date | None:
    """Return the day of a name, None where there is none. Raises InputError."""
    text = asked.get(name, "").strip()
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise InputError(f"{name}={text[:40]!r} is no day; write it as 2024-12-05") from None


def read_number(asked: Mapping[str, str], name: str, default: int, most: int) -> int:
    """Return the number of a name, from 1 to `most`. Raises InputError."""
    text = asked.get(name, "").strip()
    if not text:
        return default
    if not re.fullmatch(r"[0-9]{1,9}", text) or not 1 <= int(text) <= most:
        raise InputError(f"{name}={text[:40]!r} is no number from 1 to {most}")
    return int(text)
