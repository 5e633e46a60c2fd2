"""Which rows some filters accept, found without looking at each row: by the names that occur, then by numbers.

A filter's text may stand anywhere in a name. There are far fewer names than rows, so the names are searched and the
rows of those that fit are taken. `Filters.accepts` says what is right; this says the same of a hundred thousand rows
in about a millisecond.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt

from mene.report.page.facets import Facets, Filters, fold_name

Rows = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

NO_DAY = 0
"""Days are counted as `date.toordinal` does, from 1."""


@dataclass(frozen=True, slots=True)
class Names:
    """The names in one facet of all rows: `codes[i]` is the name of the row `rows[i]`; a row may have several."""

    rows: Rows
    codes: Rows
    names: tuple[str, ...]
    folded: tuple[str, ...]
    count: int

    def holding(self, wanted: str) -> Mask:
        """Return which rows have a name with this text in it, without case and accents."""
        sought = fold_name(wanted)
        return self._with([sought in name for name in self.folded])

    def being(self, wanted: str) -> Mask:
        """Return which rows have exactly this name."""
        return self._with([name == wanted for name in self.names])

    def _with(self, fits: list[bool]) -> Mask:
        accepted = np.zeros(self.count, bool)
        accepted[self.rows[np.array(fits, bool)[self.codes]]] = True
        return accepted


def _read_names(named: Sequence[Sequence[str]]) -> Names:
    """Return the names of each row."""
    numbers: dict[str, int] = {}
    pairs = [(row, numbers.setdefault(name, len(numbers))) for row, names in enumerate(named) for name in names]
    found = np.array(pairs, np.int64).reshape(len(pairs), 2)
    return Names(found[:, 0], found[:, 1], tuple(numbers), tuple(map(fold_name, numbers)), len(named))


class FacetIndex:
    """The facets of rows, in their order."""

    def __init__(self, facets: Iterable[Facets]) -> None:
        rows = list(facets)
        self._count = len(rows)
        self._place = _read_names([(row.place,) for row in rows])
        self._actors = _read_names([row.actors for row in rows])
        self._origins = _read_names([row.origins for row in rows])
        self._type = _read_names([(row.type,) for row in rows])
        self._modality = _read_names([(row.modality,) for row in rows])
        self._day = _days(row.day for row in rows)
        self._told = _days(row.told for row in rows)
        self._either = np.where(self._day == NO_DAY, self._told, self._day)

    def find(self, filters: Filters, *, on: date | None = None, known: date | None = None) -> Rows:
        """Return the rows that the filters accept, in order; of those told by `known`, and not of a day after `on`."""
        fits = np.ones(self._count, bool)
        texts = ((self._place, filters.place), (self._actors, filters.actor), (self._origins, filters.origin))
        for names, wanted in texts:
            if wanted:
                fits &= names.holding(wanted)
        for names, wanted in ((self._type, filters.type), (self._modality, filters.modality)):
            if wanted:
                fits &= names.being(wanted)
        if filters.since is not None:
            fits &= self._either >= filters.since.toordinal()
        if filters.until is not None:
            fits &= (self._either != NO_DAY) & (self._either <= filters.until.toordinal())
        if known is not None:
            fits &= (self._told != NO_DAY) & (self._told <= known.toordinal())
        if on is not None:
            fits &= self._day <= on.toordinal()
        return np.flatnonzero(fits)

    def types(self) -> tuple[str, ...]:
        """Return the types that occur."""
        return tuple(sorted(name for name in self._type.names if name))


def _days(days: Iterable[date | None]) -> Rows:
    return np.array([day.toordinal() if day else NO_DAY for day in days], np.int64)
