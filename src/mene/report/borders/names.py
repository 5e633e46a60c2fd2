"""Where the name of a country stands: across the widest part of it that the map shows and that nobody else claims."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup
from rich.cells import cell_len

from mene.report.borders.atlas import Array
from mene.report.borders.clip import Box, clip_ring

LETTERS = 11.0
"""Height of the letters of a name, in units of the page."""

_WIDTH_OF_LETTER = 0.72
"""Width of a letter by its height: a wide typeface, slightly spaced."""

_LEAST_AREA = 3000.0
"""Square units of the visible part below which it stays without a name: a corner is told by its lines."""

_HEIGHTS = 32
"""Lines across the visible part, at most, on which a name is tried."""

_MOST = 60
"""Names on one map at most; a file of a user's own may have thousands of areas."""

_MOST_SPANS = 100
"""Stretches of one line inside a shape beyond which no name is tried there: that is noise, and its work is squared."""

_EDGE = 6.0

Span = tuple[float, float]
"""From left to right."""


@dataclass(frozen=True, slots=True)
class CountryName:
    """The name of a country or of a disputed area, and the middle of its base line on the page."""

    text: str
    x: float
    y: float


def place_names(
    shapes: Iterable[tuple[str, Sequence[Array]]], frame: Box, *, without: Sequence[Array] = ()
) -> tuple[CountryName, ...]:
    """Return the names of shapes, the largest first, each over the widest part that lies inside the frame and outside
    `without`. A shape of which a corner is seen, or whose name has no room, stays without.
    """
    inner = (frame[0] + _EDGE, frame[1] + _EDGE, frame[2] - _EDGE, frame[3] - _EDGE)
    seen = [(name, _clip_all(rings, inner)) for name, rings in shapes]
    sized = sorted(((abs(sum(map(_area, parts))), name, parts) for name, parts in seen), key=lambda one: -one[0])
    taken = _edges(_clip_all(without, inner))
    large = [(name, _edges(parts)) for area, name, parts in sized[:_MOST] if name and area >= _LEAST_AREA]
    return tuple(placed for name, edges in large if (placed := _place(name, edges, taken)))


def _place(text: str, edges: Array, taken: Array) -> CountryName | None:
    width = cell_len(text) * LETTERS * _WIDTH_OF_LETTER
    top, bottom = float(edges[1].min()), float(edges[1].max())
    tries = min(int((bottom - top) / LETTERS) + 1, _HEIGHTS)
    best = None
    for y in np.linspace(top + LETTERS, bottom - LETTERS, tries).tolist():
        for left, right in _free(edges, taken, y):
            # Beyond twice the name's width more room is no gain, and the middle of the country is.
            worth = (min(right - left, 2 * width), -abs(y - (top + bottom) / 2))
            if right - left >= width and (best is None or worth > best[0]):
                best = (worth, CountryName(text, (left + right) / 2, y + LETTERS * 0.35))
    return best[1] if best else None


def draw_names(names: Sequence[CountryName]) -> Markup:
    """Return names as SVG text of the class `country`."""
    text = Markup('<text class="country" x="{0:.0f}" y="{1:.0f}" text-anchor="middle">{2}</text>')
    return Markup("").join(text.format(one.x, one.y, one.text) for one in names)


def _clip_all(rings: Sequence[Array], box: Box) -> list[Array]:
    return [part for ring in rings if len(part := clip_ring(ring, box)) > 2]


def _edges(rings: Sequence[Array]) -> Array:
    """Return the edges of rings: their x and y at the beginning, and at the end, one a column."""
    if not rings:
        return np.empty((4, 0))
    return np.vstack([np.concatenate(rings).T, np.concatenate([np.concatenate([one[1:], one[:1]]) for one in rings]).T])


def _free(edges: Array, taken: Array, y: float) -> list[Span]:
    """Return the stretches inside the edges and outside what is taken, at all heights of a line of text around `y`."""
    free: list[Span] = [(-np.inf, np.inf)]
    for height in (y - LETTERS * 0.6, y, y + LETTERS * 0.6):
        inside = _across(edges, height)
        if len(inside) > _MOST_SPANS:
            return []
        free = [(max(a, c), min(b, d)) for a, b in free for c, d in inside if max(a, c) < min(b, d)]
        outside = _across(taken, height)
        for start, end in outside if len(outside) <= _MOST_SPANS else [(outside[0][0], outside[-1][1])]:
            free = [part for a, b in free for part in ((a, min(b, start)), (max(a, end), b)) if part[0] < part[1]]
    return free


def _across(edges: Array, y: float) -> list[Span]:
    """Return the stretches of a line across the page that lie inside edges, by the even-odd rule."""
    x1, y1, x2, y2 = edges[:, (edges[1] > y) != (edges[3] > y)]
    crossings = np.sort(x1 + (y - y1) / (y2 - y1) * (x2 - x1)).tolist()
    return list(zip(crossings[::2], crossings[1::2], strict=True))


def _area(points: Array) -> float:
    """Return the signed area of a ring: a hole counts against what it lies in."""
    x, y = points.T
    return float(np.dot(x, np.roll(y, 1)) - np.dot(y, np.roll(x, 1))) / 2
