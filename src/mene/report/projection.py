"""From degrees to the page: an equirectangular projection whose middle parallel is true to scale."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

KM_PER_DEGREE = 111.32
"""Kilometres of one degree of latitude, and of longitude at the equator (mean Earth radius 6,371 km)."""

Point = tuple[float, float]
"""Latitude and longitude in degrees."""


@dataclass(frozen=True, slots=True)
class Projection:
    """A drawing of `width` by `height` units over a box of degrees; `scale` is units per kilometre."""

    north: float
    west: float
    shrink: float
    scale: float
    width: float
    height: float

    def place(self, point: Point) -> tuple[float, float]:
        """Return where a point is drawn: x to the right, y down."""
        latitude, longitude = point
        x = (longitude - self.west) * KM_PER_DEGREE * self.shrink * self.scale
        return x, (self.north - latitude) * KM_PER_DEGREE * self.scale

    @property
    def south(self) -> float:
        """The latitude of the lower edge, in degrees."""
        return self.north - self.height / (KM_PER_DEGREE * self.scale)

    @property
    def east(self) -> float:
        """The longitude of the right edge, in degrees."""
        return self.west + self.width / (KM_PER_DEGREE * self.shrink * self.scale)


def fit_projection(points: Sequence[Point], *, width: float, least: float, most: float, margin: float) -> Projection:
    """Return the projection in which all points lie inside a drawing `width` wide and `least` to `most` high.

    `margin` is left free on each side, for symbols and labels. A box of less than 60 km is widened to it: a lone town
    has no extent, and a map of a few streets would claim more than a gazetteer knows.
    """
    latitudes, longitudes = [point[0] for point in points], [point[1] for point in points]
    middle = (min(latitudes) + max(latitudes)) / 2
    shrink = max(math.cos(math.radians(middle)), 0.05)
    across = max((max(longitudes) - min(longitudes)) * KM_PER_DEGREE * shrink, 60.0)
    down = max((max(latitudes) - min(latitudes)) * KM_PER_DEGREE, 60.0)
    scale = min((width - 2 * margin) / across, (most - 2 * margin) / down)
    height = max(down * scale + 2 * margin, least)
    centre = (min(longitudes) + max(longitudes)) / 2
    west = centre - width / 2 / (KM_PER_DEGREE * shrink * scale)
    north = middle + height / 2 / (KM_PER_DEGREE * scale)
    return Projection(north, west, shrink, scale, width, height)


def unwrap(points: Sequence[Point]) -> list[Point]:
    """Return points with longitudes that run on: across the antimeridian, 179 W becomes 181 E.

    >>> unwrap([(0, 179), (0, -179)])
    [(0, 179), (0, 181)]
    """
    longitudes = [point[1] for point in points]
    if not points or max(longitudes) - min(longitudes) <= 180:
        return list(points)
    return [(latitude, longitude + 360 if longitude < 0 else longitude) for latitude, longitude in points]


def distance_km(one: Point, other: Point) -> float:
    """Return the great-circle distance in kilometres.

    >>> round(distance_km((36.2, 37.16), (33.51, 36.29)))
    309
    """
    (lat1, lon1), (lat2, lon2) = (tuple(math.radians(value) for value in point) for point in (one, other))
    h = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371.0 * math.asin(min(math.sqrt(h), 1.0))


def main_cluster(
    points: Sequence[Point], countries: Sequence[str | None], *, reach_km: float, home_km: float
) -> set[int]:
    """Return the places (by position) of the largest group in which each is within reach of another.

    Within one country, which a war may cross from end to end, the reach is `home_km`. A war in one country and one
    mention of a distant capital make two groups: the map is drawn of the first.
    """
    left, best = set(range(len(points))), set[int]()
    while left:
        group = {left.pop()}
        border = list(group)
        while border:
            here = border.pop()
            home = countries[here]
            near = {
                one
                for one in left
                if distance_km(points[here], points[one])
                <= (home_km if home is not None and countries[one] == home else reach_km)
            }
            left -= near
            group |= near
            border += near
        best = max(best, group, key=lambda one: (len(one), -min(one, default=0)))
    return best


def round_step(rough: float, steps: Sequence[float]) -> float:
    """Return the largest of `steps` that is not above `rough`, else the smallest.

    >>> round_step(70, (10, 20, 50, 100))
    50
    """
    return max((one for one in steps if one <= rough), default=min(steps))
