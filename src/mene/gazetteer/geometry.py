"""Distances on the globe."""

from math import asin, cos, radians, sin, sqrt

EARTH_RADIUS_KM = 6371.0

Point = tuple[float, float]


def distance_km(a: Point, b: Point) -> float:
    """Return the great-circle distance between two (latitude, longitude) points, in kilometres (haversine).

    >>> round(distance_km((33.51, 36.29), (36.20, 37.16)))
    309
    """
    lat_a, lat_b = radians(a[0]), radians(b[0])
    half = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin(radians(b[1] - a[1]) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(min(1.0, half)))
