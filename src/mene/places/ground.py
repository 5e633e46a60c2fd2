"""Where countries lie, by the shipped index's places: enough to see that latitude and longitude were exchanged."""

from math import cos, floor, radians

import numpy as np
from numpy.typing import NDArray

from mene.gazetteer.geometry import Point
from mene.gazetteer.index import Index, shipped_index
from mene.places.faults import Fault, RowError

Cell = tuple[int, int]

FAR_KM = 50.0
"""So far from every known place of its country, a point that would lie in its midst the other way round is exchanged.

Few places are that lonely, and only where latitude and longitude are nearly equal could one be told wrongly.
"""
_CELLS = 2  # to a degree
_KM_A_DEGREE = 111.2


class Ground:
    """The places of the shipped index by country."""

    def __init__(self, shipped: Index | None = None) -> None:
        """Read the points of the shipped index, the package's own where None."""
        index = shipped or shipped_index()
        self._points = index.points()
        self._country = index.column("country")
        self._numbers = {code: number for number, code in enumerate(index.countries())}
        self._known: dict[str, tuple[NDArray[np.float64], frozenset[Cell]]] = {}

    def check(self, point: Point, country: str) -> None:
        """Raise RowError where `point` (degrees) is on no globe, or lies in the country only the other way round.

        >>> Ground().check((35.2, 36.9), "SY")
        """
        latitude, longitude = point
        told = f"{latitude:g}, {longitude:g}"
        if abs(latitude) > 90 or abs(longitude) > 180:
            swapped = abs(longitude) <= 90 and abs(latitude) <= 180
            raise RowError(Fault.SWAPPED if swapped else Fault.OUT_OF_RANGE, told)
        if country and self._is_swapped(point, country):
            raise RowError(Fault.SWAPPED, told)

    def _is_swapped(self, point: Point, country: str) -> bool:
        places, cells = self._of(country)
        if _cell(point) in cells or _cell((point[1], point[0])) not in cells:
            return False
        north, east = (places - np.array(point)).T * _KM_A_DEGREE
        return bool(np.hypot(north, east * cos(radians(point[0]))).min() > FAR_KM)

    def _of(self, country: str) -> tuple[NDArray[np.float64], frozenset[Cell]]:
        """Return the points of a country's places, and the squares that they lie in."""
        if country not in self._known:
            own = self._points[self._country == self._numbers.get(country, -1)]
            self._known[country] = own, frozenset(_cell((row[0], row[1])) for row in own.tolist())
        return self._known[country]


def _cell(point: Point) -> Cell:
    return floor(point[0] * _CELLS), floor(point[1] * _CELLS)
