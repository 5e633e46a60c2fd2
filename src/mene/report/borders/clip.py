"""Lines and rings cut to a box: what lies outside a map is not sent with it."""

import numpy as np

from mene.report.borders.atlas import Array

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def clip_ring(points: Array, box: Box) -> Array:
    """Return the part of a filled ring inside a box, as one ring without its first point again.

    Where the ring leaves and enters again, its parts hang together along the edge of the box, which a filling does not
    show. The method is Sutherland and Hodgman's (1974).

    >>> clip_ring(np.array([[-1.0, 2.0], [5.0, 2.0], [5.0, 4.0]]), (0, 0, 4, 9)).round(1).tolist()
    [[4.0, 3.7], [0.0, 2.3], [0.0, 2.0], [4.0, 2.0]]
    """
    for axis, bound, sign in ((0, box[0], 1), (0, box[2], -1), (1, box[1], 1), (1, box[3], -1)):
        if not len(points):
            break
        points = _clip_half(points, axis, bound, sign)
    return points


def _clip_half(points: Array, axis: int, bound: float, sign: int) -> Array:
    """Return the part of a ring on one side of a line across the page."""
    depth = (points[:, axis] - bound) * sign
    inside = depth >= 0
    if inside.all():
        return points
    before, depth_before, was_inside = np.roll(points, 1, axis=0), np.roll(depth, 1), np.roll(inside, 1)
    crosses = inside != was_inside
    share = np.where(crosses, depth_before, 0) / np.where(crosses, depth_before - depth, 1)
    crossing = before + share[:, None] * (points - before)
    crossing[:, axis] = bound
    pairs = np.stack([crossing, points], axis=1).reshape(-1, 2)
    return np.asarray(pairs[np.stack([crosses, inside], axis=1).reshape(-1)])


def clip_line(points: Array, box: Box) -> list[Array]:
    """Return the pieces of a line inside a box (Liang and Barsky 1984).

    >>> [one.tolist() for one in clip_line(np.array([[-1.0, 2.0], [5.0, 2.0], [5.0, 4.0], [2.0, 4.0]]), (0, 0, 4, 9))]
    [[[0.0, 2.0], [4.0, 2.0]], [[4.0, 4.0], [2.0, 4.0]]]
    """
    low, high = np.array(box[:2]), np.array(box[2:])
    if ((points >= low) & (points <= high)).all():
        return [points]
    start, along = points[:-1], np.diff(points, axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        one, other = (low - start) / along, (high - start) / along
    still, outside = along == 0, (start < low) | (start > high)
    enter = np.where(still, np.where(outside, np.inf, -np.inf), np.minimum(one, other)).max(axis=1).clip(min=0)
    leave = np.where(still, np.where(outside, -np.inf, np.inf), np.maximum(one, other)).min(axis=1).clip(max=1)
    shown = np.flatnonzero(enter < leave)
    if not len(shown):
        return []
    first = (start + enter.clip(max=1)[:, None] * along)[shown]
    last = (start + leave.clip(min=0)[:, None] * along)[shown]
    breaks = np.flatnonzero((np.diff(shown) > 1) | (leave[shown[:-1]] < 1) | (enter[shown[1:]] > 0)) + 1
    return [
        np.concatenate([begin[:1], end])
        for begin, end in zip(np.split(first, breaks), np.split(last, breaks), strict=True)
    ]
