"""The piece of the world that a map shows, on the page: arcs thinned to the scale, rings and lines cut to the window.

The page's longitudes may run over 180 degrees; the world is then laid beside itself, a turn of 360 degrees apart.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mene.report.borders.atlas import Array, Atlas, Kind, Layer, rank_of
from mene.report.borders.clip import Box, clip_line, clip_ring
from mene.report.projection import KM_PER_DEGREE, Projection

FINENESS = 0.8
"""Units of the page (pixels) below which a bend is left out; 1 is the width of the thinnest line drawn."""

MARGIN = 0.25
"""What is drawn beyond each edge of the map, by its width or height: so far can it be moved before the land ends."""

TURNS = (-360.0, 0.0, 360.0)


@dataclass(frozen=True, slots=True)
class Ring:
    """A ring on the page, cut to the window, and whose it is."""

    owner: int
    points: Array


@dataclass(frozen=True, slots=True)
class Sheet:
    """The window of a view: `box` on the page, and the same in degrees (west, south, east, north)."""

    view: Projection
    box: Box
    degrees: Box

    def place(self, points: Array, turn: float = 0.0) -> Array:
        """Return where points (longitude, latitude) stand on the page."""
        scale = KM_PER_DEGREE * self.view.scale
        corner = np.array([self.view.west - turn, self.view.north])
        return np.asarray((points - corner) * (self.view.shrink * scale, -scale))

    def meets(self, boxes: Array, turn: float | NDArray[np.floating]) -> NDArray[np.bool_]:
        """Return which boxes (west, south, east, north, one a row) lie partly in the window, moved east by `turn`."""
        west, south, east, north = self.degrees
        x = (boxes[:, 0] + turn <= east) & (boxes[:, 2] + turn >= west)
        return np.asarray(x & (boxes[:, 1] <= north) & (boxes[:, 3] >= south))


def open_sheet(view: Projection) -> Sheet:
    """Return the window of a view: the view and, on each side, a margin of a quarter of its size."""
    across, down = view.width * MARGIN, view.height * MARGIN
    wide, high = (view.east - view.west) * MARGIN, (view.north - view.south) * MARGIN
    return Sheet(
        view,
        (-across, -down, view.width + across, view.height + down),
        (view.west - wide, view.south - high, view.east + wide, view.north + high),
    )


def find_lines(atlas: Atlas, sheet: Sheet, kind: Kind) -> list[Array]:
    """Return the lines of a kind in the window."""
    lines: list[Array] = []
    for turn in TURNS:
        for arc in np.flatnonzero(sheet.meets(atlas.boxes, turn) & (atlas.kinds == kind)).tolist():
            points = _thin_arc(atlas, sheet, arc, turn)
            # An islet of a bend and back is left out of the land too.
            if len(points) > 3 or (points[0] != points[-1]).any():
                lines += clip_line(points, sheet.box)
    return lines


def find_rings(atlas: Atlas, sheet: Sheet, layer: Layer) -> list[Ring]:
    """Return the rings of a layer that have a part in the window, cut to it."""
    found = []
    for turn in TURNS:
        for ring in np.flatnonzero(sheet.meets(atlas.ring_boxes, turn) & (atlas.layers == layer)).tolist():
            points = clip_ring(_trace(atlas, sheet, ring, turn), sheet.box)
            if len(points) > 2:
                found.append(Ring(int(atlas.owners[ring]), points))
    return found


def _trace(atlas: Atlas, sheet: Sheet, ring: int, turn: float) -> Array:
    """Return the points of a ring on the page, without the first again at the end.

    Of an arc whose box lies outside the window its ends will do: the straight line between them is in its box too, so
    that it encloses the same part of the window.
    """
    span = slice(int(atlas.ring_starts[ring]), int(atlas.ring_starts[ring + 1]))
    refs, turns = atlas.refs[span], turn + 360.0 * atlas.turns[span]
    arcs = np.where(refs < 0, ~refs, refs)
    first = atlas.points[np.where(refs < 0, atlas.starts[arcs + 1] - 1, atlas.starts[arcs])]
    heads = sheet.place(first + turns[:, None] * (1.0, 0.0))
    pieces, done = [], 0
    for place in np.flatnonzero(sheet.meets(atlas.boxes[arcs], turns)).tolist():
        points = _thin_arc(atlas, sheet, int(arcs[place]), float(turns[place]))
        pieces += [heads[done:place], points[:-1] if refs[place] >= 0 else points[:0:-1]]
        done = place + 1
    return np.concatenate([*pieces, heads[done:]])


def _thin_arc(atlas: Atlas, sheet: Sheet, arc: int, turn: float) -> Array:
    """Return the points of an arc that the scale shows, on the page."""
    span = slice(int(atlas.starts[arc]), int(atlas.starts[arc + 1]))
    kept = atlas.ranks[span] >= rank_of(FINENESS / sheet.view.scale)
    return sheet.place(atlas.points[span][kept], turn)


def thin(points: Array) -> Array:
    """Return points on the page without those that fall together with the one before them, at the map's fineness.

    One pass over the points, whatever their shape: for lines of unknown origin.
    """
    cells = np.rint(points / FINENESS)
    kept = np.append(True, (np.diff(cells, axis=0) != 0).any(axis=1))
    kept[-1] = True
    return np.asarray(points[kept])


def turns_of(points: Array, sheet: Sheet) -> Iterator[Array]:
    """Yield points (longitude, latitude) on the page, for each turn of the world in which they meet the window."""
    box = np.array([[*points.min(axis=0), *points.max(axis=0)]])
    for turn in TURNS:
        if sheet.meets(box, turn)[0]:
            yield thin(sheet.place(points, turn))


def cut_rings(rings: Iterable[Array], sheet: Sheet) -> list[Array]:
    """Return the parts of rings, given in degrees, in the window."""
    cut = (clip_ring(points[:-1], sheet.box) for ring in rings for points in turns_of(ring, sheet))
    return [one for one in cut if len(one) > 2]


def cut_lines(lines: Iterable[Array], sheet: Sheet) -> list[Array]:
    """Return the pieces of lines, given in degrees, in the window."""
    return [piece for line in lines for points in turns_of(line, sheet) for piece in clip_line(points, sheet.box)]
