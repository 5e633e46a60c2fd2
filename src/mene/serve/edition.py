"""An edition: everything that was drawn from the store at one moment, ready to be shown. It never changes."""

from bisect import bisect_left
from collections import ChainMap
from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

from mene.errors import InputError
from mene.picture.occurrences import occurrence_id
from mene.records import Article, Reading
from mene.report.contents import Claim, Contents, all_claims
from mene.report.page.facets import Filters
from mene.report.words import say_day
from mene.search import Search
from mene.serve.find import Finder
from mene.serve.index import Rows
from mene.serve.pages import write_whole
from mene.serve.registers import Register, make_registers, register_holdings
from mene.view import contents_of, view

if TYPE_CHECKING:
    from mene.codebook import Codebook

MOST_REDRAWN = 20_000
"""Statements from which the picture of another day is drawn while somebody waits: about five seconds."""

KEPT_REPLAYED = 24
"""Pairs of days whose replayed picture is kept: people look at few, and each has about a megabyte of its own."""

LONGEST_ID = 80
"""Characters of an id, or of its beginning, that are looked for."""


@dataclass(frozen=True, slots=True)
class Picture:
    """The picture of one pair of days: its contents, rows by kind, and records by id.

    `on` and `known` are the days that it is of, None for the last. Where it is `replayed`, what holds which place is
    of these days, and all other rows are the last picture's: those told later, or of later days, are left out.
    """

    contents: Contents
    registers: Mapping[str, Register]
    ids: tuple[str, ...]
    claims: MutableMapping[str, Claim]
    on: date | None = None
    known: date | None = None
    replayed: str = ""

    def find_rows(self, name: str, filters: Filters) -> Rows:
        """Return the rows of a register that the filters accept."""
        index = self.registers[name].index
        return index.find(filters, on=self.on, known=self.known) if self.replayed else index.find(filters)

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


def _index(contents: Contents, on: date | None, known: date | None) -> Picture:
    """Return contents with all that finds something in them."""
    claims: dict[str, Claim] = {one.id: one for one in all_claims(contents)}
    for key, row in contents.occurrence_of.items():
        claims.setdefault(occurrence_id(key), row)  # what it was called before its first telling was known
    return Picture(contents, make_registers(contents), tuple(sorted(claims)), claims, on, known)


class Edition:
    """Everything drawn from the store at one moment. `version` names it: equal versions show the same.

    `whole` is the page of the whole picture, `data` what its script reads, as JSON; `finder` searches the statements.
    """

    def __init__(
        self, readings: Sequence[Reading], codebook: "Codebook", search: Search, *, version: str, drawn_at: datetime
    ) -> None:
        """Draw the picture of all readings, which `search` searches."""
        self.version = version
        self.drawn_at = drawn_at
        self.finder = Finder(search)
        self._readings, self._codebook = readings, codebook
        self.last = self._draw(None, None)
        self.whole, self.data = write_whole(self.last.contents, version, f"{drawn_at:%Y-%m-%d %H:%M} UTC")
        self._lock = Lock()
        self._other = lru_cache(maxsize=4)(self._draw)
        self._replayed = lru_cache(maxsize=KEPT_REPLAYED)(self._replay)

    def at(self, on: date | None, known: date | None) -> Picture:
        """Return the picture true on `on` as known on `known`; the last one where neither is asked.

        It is drawn anew from up to `MOST_REDRAWN` statements; of more, the last picture is replayed to the last stops
        of its history that are not after these days. Raises InputError where nothing was known then.
        """
        if on is None and known is None:
            return self.last
        if len(self.last.contents.statements) > MOST_REDRAWN:
            return self._replayed(*self._find_stops(on, known))
        with self._lock:
            return self._other(on, known)

    def _find_stops(self, on: date | None, known: date | None) -> tuple[int, int]:
        """Return the positions of the last stops that are not after two days. Raises InputError where there is none."""
        history = self.last.contents.history
        days = history.stops.days if history else ()
        if history is None or not days:
            raise InputError("no article here has a day; leave out on and known")
        by = history.stops.last_by(known) if known else len(days) - 1
        true = min(history.stops.last_by(on), by) if on else by
        if true < 0:
            raise InputError(f"the picture is kept from {days[0]} on; choose that day or a later one")
        return true, by

    def _replay(self, true: int, by: int) -> Picture:
        """Return the last picture as it stood at two stops of its history."""
        last, history = self.last, self.last.contents.history
        if history is None:
            return last
        on, known = history.stops.days[true], history.stops.days[by]
        held = history.at(by, true)
        shown = replace(last.contents.picture, holdings=held, on=on, known=known)
        contents = replace(last.contents, picture=shown)
        gone = [row.id for row in held if row.id not in last.claims]
        ids = tuple(sorted([*last.ids, *gone])) if gone else last.ids
        claims: ChainMap[str, Claim] = ChainMap({row.id: row for row in held}, last.claims)
        registers = {**last.registers, "holdings": register_holdings(contents)}
        words = (
            f"Places as they were on {say_day(on)}, as known on {say_day(known)}: the last days not after those asked"
            f" for that are kept, one a {history.stops.step}. The rest of the page is what was told by then, in the"
            " words of the last picture."
        )
        return Picture(contents, registers, ids, claims, on, known, words)

    def _draw(self, on: date | None, known: date | None) -> Picture:
        shown = view(self._readings, self._codebook, as_of=known, on=on)
        if known is not None and not shown.readings:
            raise InputError(f"no article was known on {known}; choose a later day")
        return _index(contents_of(shown, self._codebook, history=on is None and known is None), on, known)
