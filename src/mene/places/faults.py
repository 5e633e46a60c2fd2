"""Why a row of a user's file is left out, and what to do about it. A refusal is a result."""

from dataclasses import dataclass
from enum import Enum

from mene.gazetteer.index import KINDS

OWN_KINDS = tuple(kind for kind in KINDS if kind not in ("country", "continent"))
"""What a place of a user's file may be; countries and continents are known."""


class Fault(Enum):
    """What can be wrong with a row, as said of one row, and the remedy."""

    NO_NAME = ("has no name", "fill its name")
    NO_LATIN_NAME = ("has no name in Latin letters", "add one, since Mene reads English")
    LONG_NAME = ("has too long a name or id", "use at most 200 characters")
    UNPRINTABLE = ("has unprintable characters", "remove them")
    NO_POINT = ("has no coordinates", "fill its latitude and longitude")
    BAD_POINT = ("has coordinates that are no numbers", "write degrees as 35.1234")
    OUT_OF_RANGE = ("has coordinates out of range", "give degrees: latitude -90 to 90, longitude -180 to 180")
    SWAPPED = ("seems to have latitude and longitude swapped", "exchange the two")
    NO_COUNTRY = ("has an unknown country", "use the ISO code of two letters or the English name")
    BAD_KIND = ("has an unknown kind", f"use one of {', '.join(OWN_KINDS)}")
    BAD_POPULATION = ("has a population that is no number", "write a whole number, or leave it empty")
    SAME_ID = ("has the id of an earlier row", "give each place its own id, or leave the column out")
    FIELDS = ("has the wrong number of fields", "look for a missing or extra separator or quotation mark")
    NOT_UTF8 = ("is not UTF-8", "save the file as UTF-8")

    @property
    def of_one(self) -> str:
        """What is said of one row."""
        return self.value[0]

    @property
    def of_many(self) -> str:
        """What is said of several rows.

        >>> Fault.NO_NAME.of_many
        'have no name'
        """
        verb, rest = self.value[0].split(" ", 1)
        return f"{ {'has': 'have', 'is': 'are', 'seems': 'seem'}[verb] } {rest}"

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return self.value[1]


class RowError(Exception):
    """A row that cannot be used; raised and caught within the check of one row."""

    def __init__(self, fault: Fault, value: str = "") -> None:
        """Hold the fault and the value that is wrong."""
        super().__init__(fault, value)
        self.fault, self.value = fault, value


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that cannot be used: its number in the file (the first is 1), why, and the value that is wrong."""

    row: int
    fault: Fault
    value: str = ""

    def __str__(self) -> str:
        """Return the row and what is wrong with it, in words."""
        shown = "".join(character if character.isprintable() else "?" for character in self.value)[:60]
        return f"row {self.row} {self.fault.of_one}" + (f" ({shown})" if shown else "")


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A sound row of a kind that is not wanted: a stream or a hill of GeoNames, a country, a former place."""

    row: int
