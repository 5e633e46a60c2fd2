"""When two places are one: the same number of GeoNames, or the same name, sort and country close by."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mene.gazetteer.build import RESPELLED, SHORTEST_SPELLING
from mene.gazetteer.geometry import Point, distance_km
from mene.gazetteer.index import KINDS, NO_POINT, Index, spelling_key
from mene.gazetteer.keys import name_key, place_key

SAME_KM = {"town": 5.0, "facility": 5.0, "admin2": 30.0, "region": 100.0, "water": 100.0}
"""So near, two places of one name, sort and country are the same; first-order units are, however far apart.

Points of units, regions and waters are rough middles. Neighbouring villages of one name are mostly farther apart.
"""
_SORTS = {"city": "town", "suburb": "town", "site": "facility"}


def sort_of(kind: str) -> str:
    """Return the sort of a kind; kinds of one sort may be said of the same place.

    >>> sort_of("city"), sort_of("suburb"), sort_of("admin1")
    ('town', 'town', 'admin1')
    """
    return _SORTS.get(kind, kind)


@dataclass(frozen=True, slots=True)
class Site:
    """Where a place is: its sort, its country and first-order unit (empty where unknown) and its own point, if any."""

    sort: str
    country: str
    unit: str
    point: Point | None

    def is_same(self, other: "Site") -> bool:
        """Return whether a place of the same name there is this one.

        >>> here = Site("town", "SY", "", (35.2, 36.9))
        >>> here.is_same(Site("town", "SY", "", (35.21, 36.91))), here.is_same(Site("town", "SY", "", (35.2, 37.9)))
        (True, False)
        """
        if self.sort != other.sort or (self.country != other.country and self.country and other.country):
            return False
        if self.sort == "admin1":
            return bool(self.country)
        if self.point is None or other.point is None:  # units of the second order, as those of the United States
            return bool(self.unit) and self.unit == other.unit
        near = abs(self.point[0] - other.point[0]) < 1.0  # a degree has 111 km; saves most of the trigonometry
        return near and distance_km(self.point, other.point) < SAME_KM[self.sort]


def search_keys(names: Iterable[str], country: str) -> Iterator[str]:
    """Yield the keys under which a place may be known: as spelt first, then, where spellings vary, as pronounced."""
    latin = [name for name in dict.fromkeys(names) if (key := name_key(name)) and key.isascii()]
    yield from dict.fromkeys(name_key(name) for name in latin)
    if country in RESPELLED:
        loose = dict.fromkeys(place_key(name) for name in latin)
        yield from (spelling_key(key) for key in loose if len(key) >= SHORTEST_SPELLING)


class Shipped:
    """The shipped index, to be searched for places of a user's files."""

    def __init__(self, index: Index) -> None:
        """Take the columns that a search compares into memory, about 30 MB."""
        self.index = index
        self.numbers: list[int] = index.column("geonameid").tolist()
        self._row_of = {number: row for row, number in enumerate(self.numbers) if number}
        self._points: list[list[float]] = index.points().tolist()
        self._kinds: list[int] = index.column("kind").tolist()
        self._country: list[int] = index.column("country").tolist()
        self.flags: list[int] = index.column("flags").tolist()
        self._codes = index.countries()
        country = KINDS.index("country")
        self._middles = {
            self._codes[self._country[row]]: row for row, kind in enumerate(self._kinds) if kind == country
        }

    def numbered(self, geonameid: int) -> int | None:
        """Return the row of a place by its number in GeoNames."""
        return self._row_of.get(geonameid)

    def named(self, names: Iterable[str], site: Site, *, unnumbered: bool = False) -> int | None:
        """Return the row of the place at `site` that has one of the names; `unnumbered`: only one GeoNames lacks."""
        for key in search_keys(names, site.country):
            for row, _ in self.index.rows(key):
                if unnumbered and self.numbers[row]:
                    continue
                if site.country and self._codes[self._country[row]] not in ("", site.country):
                    continue
                if sort_of(KINDS[self._kinds[row]]) == site.sort and site.is_same(self.site(row)):
                    return row
        return None

    def site(self, row: int) -> Site:
        """Return where the place of a row is."""
        sort = sort_of(KINDS[self._kinds[row]])
        unit = (self.index.read(row).admin1 or "") if sort == "admin2" else ""  # alone compared by it
        point = None if self.flags[row] & NO_POINT else self._at(row)
        return Site(sort, self._codes[self._country[row]], unit, point)

    def country_point(self, country: str) -> Point | None:
        """Return the middle of a country."""
        row = self._middles.get(country)
        return None if row is None else self._at(row)

    def _at(self, row: int) -> Point:
        latitude, longitude = self._points[row]
        return latitude, longitude
