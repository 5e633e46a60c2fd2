"""The outline of a disputed area, from the coarse drawing of 1:50m, laid along the borders and coasts it follows."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from mene.report.borders.atlas import Array

KM_PER_DEGREE = 111.32
REACH_KM = 8.0
"""How far a corner is moved to a border: the eastern edge of the Golan Heights is drawn up to 8 km off at 1:50m."""

DETOUR, DETOUR_KM = 2.0, 20.0
"""A stretch of border between two corners is followed up to this many times their distance and this much more."""


@dataclass(frozen=True, slots=True)
class Corner:
    """A corner of an outline, and the arc it was moved to with the number of the point there, -1 where to none."""

    point: Array
    arc: int
    at: int


def fit_ring(ring: Array, arcs: Sequence[Array]) -> Array:
    """Return a closed ring (longitude, latitude) with the corners near an arc moved to it, and following it between."""
    near = find_near(ring, arcs)
    corners = [place_corner(point, arcs, near) for point in ring[:-1]]
    stretches = [follow(one, other, arcs) for one, other in zip(corners, [*corners[1:], corners[0]], strict=True)]
    points = np.concatenate([corners[0].point[None], *stretches])
    return points[np.append(True, (np.diff(points, axis=0) != 0).any(axis=1))]


def find_near(ring: Array, arcs: Sequence[Array]) -> list[int]:
    """Return the arcs whose box comes near the box of a ring."""
    low, high = ring.min(axis=0) - 0.2, ring.max(axis=0) + 0.2
    return [n for n, arc in enumerate(arcs) if (arc.max(axis=0) >= low).all() and (arc.min(axis=0) <= high).all()]


def distances_km(points: Array, point: Array) -> Array:
    """Return the distances from points to one."""
    return np.hypot(*((points - point) * (KM_PER_DEGREE * np.cos(np.radians(point[1])), KM_PER_DEGREE)).T)


def place_corner(point: Array, arcs: Sequence[Array], near: Sequence[int]) -> Corner:
    """Return a corner at the nearest point of an arc within reach, else where it is."""
    best = (REACH_KM, Corner(point, -1, -1))
    for arc in near:
        away = distances_km(arcs[arc], point)
        at = int(away.argmin())
        if away[at] < best[0]:
            best = (float(away[at]), Corner(arcs[arc][at], arc, at))
    return best[1]


def follow(one: Corner, other: Corner, arcs: Sequence[Array]) -> Array:
    """Return the points from a corner to the next, without the first: along an arc, or two that meet, else straight."""
    straight = other.point[None]
    if one.arc < 0 or other.arc < 0:
        return straight
    if one.arc == other.arc:
        paths = [between(arcs[one.arc], one.at, other.at)]
        paths += around(arcs[one.arc], one.at, other.at)
    else:
        a, b = arcs[one.arc], arcs[other.arc]
        ends = [(i, j) for i in (0, len(a) - 1) for j in (0, len(b) - 1) if np.allclose(a[i], b[j])]
        paths = [np.concatenate([between(a, one.at, i), between(b, j, other.at)]) for i, j in ends]
    limit = DETOUR * float(distances_km(straight, one.point)[0]) + DETOUR_KM
    shortest = min(paths, key=length_km, default=None)
    return straight if shortest is None or len(shortest) < 2 or length_km(shortest) > limit else shortest[1:]


def between(arc: Array, first: int, last: int) -> Array:
    """Return the points of an arc from one to another, in this order."""
    return arc[first : last + 1] if first <= last else arc[last : first + 1][::-1]


def around(arc: Array, first: int, last: int) -> list[Array]:
    """Return the other way from one point to another on an arc that is closed, such as the coast of an island."""
    if not np.allclose(arc[0], arc[-1]):
        return []
    if first <= last:
        return [np.concatenate([arc[: first + 1][::-1], arc[last:][::-1]])]
    return [np.concatenate([arc[first:], arc[: last + 1]])]


def length_km(path: Array) -> float:
    """Return the length of a path."""
    steps = np.diff(path, axis=0) * (KM_PER_DEGREE * np.cos(np.radians(path[0, 1])), KM_PER_DEGREE)
    return float(np.hypot(*steps.T).sum())
