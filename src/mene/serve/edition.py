"""An edition: everything that was drawn from the store at one moment, ready to be shown. It never changes."""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

from mene.errors import InputError
from mene.picture.occurrences import occurrence_id
from mene.records import Article, Reading
from mene.report.contents import Claim, Contents, all_claims
from mene.report.page.facets import fold_name
from mene.serve.index import Names, read_names
from mene.serve.pages import write_whole
from mene.serve.registers import Register, make_registers
from mene.view import contents_of, view

if TYPE_CHECKING:
    from mene.codebook import Codebook

MOST_REDRAWN = 20_000
"""Statements from which the picture of another day is drawn while somebody waits: about five seconds."""

LONGEST_ID = 80
"""Characters of an id, or of its beginning, that are looked for."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture of one pair of days: its contents, rows by kind, records by id, and the words of its statements."""

    contents: Contents
    registers: Mapping[str, Register]
    ids: tuple[str, ...]
    claims: Mapping[str, Claim]
    words: Names

    def find(self, prefix: str) -> Claim:
        """Return the record whose id begins so. Raises InputError where there is none, or more than one."""
        start = bisect_left(self.ids, prefix)
        found = [one for one in self.ids[start : start + 2] if one.startswith(prefix)]
        if not prefix or not found:
            raise InputError(f"no claim {prefix[:LONGEST_ID]!r} here; every row shows its id")
        if len(found) > 1 and found[0] != prefix:
            raise InputError(f"several claims begin with {prefix[:LONGEST_ID]!r}; give more of the id")
        return self.claims[found[0]]

    def find_article(self, prefix: str) -> Article:
        """Return the article whose id begins so. Raises InputError where there is none, or more than one."""
        found = [one for key, one in self.contents.articles.items() if key.startswith(prefix)] if prefix else []
        if len(found) != 1:
            raise InputError(f"no article {prefix[:LONGEST_ID]!r} here; every sentence leads to its article")
        return found[0]


def _index(contents: Contents) -> Picture:
    """Return contents with all that finds something in them."""
    claims: dict[str, Claim] = {one.id: one for one in all_claims(contents)}
    for key, row in contents.occurrence_of.items():
        claims.setdefault(occurrence_id(key), row)  # what it was called before its first telling was known
    registers = make_registers(contents)
    words = read_names(split_words(f"{one.text} {one.sentence_text}") for one in registers["statements"].rows)
    return Picture(contents, registers, tuple(sorted(claims)), claims, words)


def split_words(text: str) -> list[str]:
    """Return the words of a text, each once, without case and accents.

    >>> split_words("Hama's army, Hama’s")
    ['hama', 's', 'army']
    """
    return list(dict.fromkeys(_WORD.findall(fold_name(text))))


_WORD = re.compile(r"\w+")


class Edition:
    """Everything drawn from the store at one moment. `version` names it: equal versions show the same.

    `whole` is the page of the whole picture, `data` what its script reads, as JSON.
    """

    def __init__(self, readings: Sequence[Reading], codebook: "Codebook", *, version: str, drawn_at: datetime) -> None:
        """Draw the picture of all readings."""
        self.version = version
        self.drawn_at = drawn_at
        self._readings, self._codebook = readings, codebook
        self.last = self._draw(None, None)
        self.whole, self.data = write_whole(self.last.contents, version, f"{drawn_at:%Y-%m-%d %H:%M} UTC")
        self._lock = Lock()
        self._other = lru_cache(maxsize=4)(self._draw)

    def at(self, on: date | None, known: date | None) -> Picture:
        """Return the picture true on `on` as known on `known`; the last one where neither is asked.

        Raises InputError where there is too much to draw it from while somebody waits, or nothing was known then.
        """
        if on is None and known is None:
            return self.last
        statements = len(self.last.contents.statements)
        if statements > MOST_REDRAWN:
            raise InputError(
                f"the picture of another day is drawn here from up to {MOST_REDRAWN:,} statements, and these are"
                f" {statements:,}; write it with mene report --as-of or --on"
            )
        with self._lock:
            return self._other(on, known)

    def _draw(self, on: date | None, known: date | None) -> Picture:
        shown = view(self._readings, self._codebook, as_of=known, on=on)
        if known is not None and not shown.readings:
            raise InputError(f"no article was known on {known}; choose a later day")
        return _index(contents_of(shown, self._codebook, history=on is None and known is None))
