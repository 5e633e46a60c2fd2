"""One place of a user's file: what its cells say, and the checked row that is kept."""

import math
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from mene.gazetteer.build import has_key
from mene.gazetteer.countries import country_code
from mene.gazetteer.index import decode_population
from mene.places.faults import OWN_KINDS, Fault, LeftOut, RowError
from mene.places.ground import Ground
from mene.places.limits import ALIASES, NAME_CHARACTERS

MOST_PEOPLE = decode_population(65_535)
CITY = 100_000
"""Inhabitants from which a town without a kind is a city, as in the shipped index."""


@dataclass(frozen=True, slots=True)
class Row:
    """One place as a file gives it. `country` is ISO 3166 alpha-2 or empty, the point degrees (WGS 84) or None.

    `admin1` is the name of its first-order unit; in GeoNames's files its code. `number` is the row's in the file, the
    first being 1.
    """

    name: str
    kind: str
    latitude: float | None
    longitude: float | None
    country: str = ""
    admin1: str = ""
    population: int = 0
    id: str = ""
    aliases: tuple[str, ...] = ()
    number: int = 0

    @property
    def names(self) -> tuple[str, ...]:
        """All its names, its own first."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Cells:
    """What the cells of one row say of a place, as text; empty where they say nothing."""

    name: str
    latitude: str = ""
    longitude: str = ""
    country: str = ""
    admin1: str = ""
    kind: str = ""
    population: str = ""
    id: str = ""
    aliases: tuple[str, ...] = ()


def check_row(
    cells: Cells, number: int, ground: Ground, kinds: Mapping[str, str], *, pointless: bool = False
) -> Row | LeftOut:
    """Return the place that the cells of row `number` give, or why they give none.

    `kinds` are the words for kinds besides our own; a row without a point is a place only where `pointless`.

    >>> check_row(Cells("Tell Qurmah", "35.2", "36.9", "Syria"), 2, Ground(), {}).country
    'SY'
    >>> str(check_row(Cells("Tell Qurmah", "35.2", "36.9", "Narnia"), 2, Ground(), {}))
    'row 2 has an unknown country (Narnia)'
    """
    try:
        return _read(cells, number, ground, kinds, pointless)
    except RowError as error:
        return LeftOut(number, error.fault, error.value)


def _read(cells: Cells, number: int, ground: Ground, kinds: Mapping[str, str], pointless: bool) -> Row:
    if "\ufffd" in "".join((cells.name, *cells.aliases, cells.admin1, cells.country)):
        raise RowError(Fault.NOT_UTF8)
    name, admin1, place_id = (read_name(text) for text in (cells.name, cells.admin1, cells.id))
    aliases = tuple(dict.fromkeys(alias for text in cells.aliases[:ALIASES] if (alias := read_name(text))))
    if not name:
        raise RowError(Fault.NO_NAME)
    if not has_key((name, *aliases)):
        raise RowError(Fault.NO_LATIN_NAME, name)
    country = read_country(cells.country)
    population = read_population(cells.population)
    point = read_point(cells.latitude, cells.longitude)
    if point is None and not pointless:
        raise RowError(Fault.NO_POINT)
    if point is not None:
        ground.check(point, country)
    kind = read_kind(cells.kind, kinds) or ("city" if population >= CITY else "town")
    latitude, longitude = point or (None, None)
    return Row(name, kind, latitude, longitude, country, admin1, population, place_id, aliases, number)


def read_name(text: str) -> str:
    """Return a name with single spaces and without marks of direction and the like. Raises RowError.

    >>> read_name(" Tell\\u200e  Qurmah ")
    'Tell Qurmah'
    """
    plain = text if text.isascii() else "".join(ch for ch in text if unicodedata.category(ch) != "Cf")
    name = " ".join(plain.split())
    if len(name) > NAME_CHARACTERS:
        raise RowError(Fault.LONG_NAME, name)
    if not name.isprintable():
        raise RowError(Fault.UNPRINTABLE, name)
    return name


def read_country(text: str) -> str:
    """Return the ISO 3166 alpha-2 code of a country's code or name; empty where there is none. Raises RowError."""
    country = country_code(text) if text.strip() else ""
    if country is None:
        raise RowError(Fault.NO_COUNTRY, text)
    return country


def read_population(text: str) -> int:
    """Return a number of people, 0 where unknown. Raises RowError.

    >>> read_population("12,500"), read_population("")
    (12500, 0)
    """
    digits = text.strip().replace(",", "").replace(" ", "").replace("\xa0", "").removesuffix(".0") or "0"
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 10 and int(digits) <= MOST_PEOPLE):
        raise RowError(Fault.BAD_POPULATION, text)
    return int(digits)


def read_point(latitude: str, longitude: str) -> tuple[float, float] | None:
    """Return the point in degrees, None where it is empty or the 0, 0 that stands for empty. Raises RowError.

    >>> read_point("35,12", "36.9"), read_point("", " "), read_point("0", "0.0")
    ((35.12, 36.9), None, None)
    """
    cells = latitude.strip(), longitude.strip()
    if not any(cells):
        return None
    if not all(cells):
        raise RowError(Fault.NO_POINT)
    point = _degrees(cells[0]), _degrees(cells[1])
    return None if point == (0.0, 0.0) else point


def _degrees(text: str) -> float:
    try:
        degrees = float(text.replace(",", ".") if "." not in text else text)
    except ValueError:
        degrees = math.nan
    if not math.isfinite(degrees):
        raise RowError(Fault.BAD_POINT, text)
    return degrees


def read_kind(text: str, kinds: Mapping[str, str]) -> str:
    """Return the kind that a word stands for; empty where there is none. Raises RowError."""
    word = text.strip().lower()
    kind = word if word in OWN_KINDS else kinds.get(word)
    if word and kind is None:
        raise RowError(Fault.BAD_KIND, text)
    return kind or ""
