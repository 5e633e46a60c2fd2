"""The strokes of the network: where its lines run, side by side and clear of the symbols, and what form they take."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from mene.report.page.ties import Manner

Point = tuple[float, float]
Ends = tuple[Point, Point]

RADIUS = 8.0
"""Of an actor's symbol, in units of the drawing."""

_BESIDE = 9.0
"""Units between lines of the same two actors."""
_TOOTH, _TEETH = 4.0, 8.0
"""Height and length of the teeth of a line that means fighting."""


def stretch(points: Sequence[Point], rooms: Ends) -> list[Point]:
    """Return points stretched over a frame, given by its first and last x and its first and last y."""
    spans = [(min(axis), max(axis)) for axis in zip(*points, strict=True)]

    def place(value: float, span: tuple[float, float], room: tuple[float, float]) -> float:
        share = (value - span[0]) / (span[1] - span[0]) if span[1] > span[0] else 0.5
        return room[0] + share * (room[1] - room[0])

    return [(place(x, spans[0], rooms[0]), place(y, spans[1], rooms[1])) for x, y in points]


def find_ends(lines: Sequence[tuple[str, str, Manner, bool]], at: Mapping[str, Point]) -> list[tuple[Point, Point]]:
    """Return where each line begins and ends: clear of the symbols, those of the same two actors side by side."""
    beside = Counter(tuple(sorted(line[:2])) for line in lines)
    met: Counter[tuple[str, ...]] = Counter()
    found = []
    for source, target, *_ in lines:
        pair = tuple(sorted((source, target)))
        shift = (met[pair] - (beside[pair] - 1) / 2) * _BESIDE * (1 if (source, target) == pair else -1)
        met[pair] += 1
        found.append(_shorten(at[source], at[target], shift))
    return found


def _shorten(start: Point, end: Point, shift: float) -> tuple[Point, Point]:
    along = _direction(start, end)
    gap = RADIUS + 4
    return (
        (start[0] + along[0] * gap - along[1] * shift, start[1] + along[1] * gap + along[0] * shift),
        (end[0] - along[0] * gap - along[1] * shift, end[1] - along[1] * gap + along[0] * shift),
    )


def _direction(start: Point, end: Point) -> Point:
    length = math.dist(start, end) or 1.0
    return (end[0] - start[0]) / length, (end[1] - start[1]) / length


def between(start: Point, end: Point, share: float) -> Point:
    """Return the point at a share of the way."""
    return start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share


def _straight(start: Point, end: Point) -> str:
    return f"M{_say(start)}L{_say(end)}"


def draw_path(manner: Manner, start: Point, end: Point) -> str:
    """Return a line with what tells it by its form: an arrow, an arrow with a bar, one crossed out, or teeth."""
    if manner == "fighting":
        return _jag(start, end)
    (dx, dy), (mx, my) = _direction(start, end), between(start, end, 0.5)
    heads = [(end[0] - 9 * dx + side * 5 * dy, end[1] - 9 * dy - side * 5 * dx) for side in (1, -1)]
    path = f"{_straight(start, end)}M{_say(heads[0])}L{_say(end)}L{_say(heads[1])}"
    if manner == "reduces":
        path += _straight((mx - 7 * dy, my + 7 * dx), (mx + 7 * dy, my - 7 * dx))
    if manner == "refuses":
        path += _straight((mx - 5, my - 5), (mx + 5, my + 5)) + _straight((mx - 5, my + 5), (mx + 5, my - 5))
    return path


def _jag(start: Point, end: Point) -> str:
    teeth = max(round(math.dist(start, end) / _TEETH), 2)
    dx, dy = _direction(start, end)
    points = [start]
    for tooth in range(1, teeth):
        x, y = between(start, end, tooth / teeth)
        side = _TOOTH if tooth % 2 else -_TOOTH
        points.append((x - dy * side, y + dx * side))
    return "M" + "L".join(_say(one) for one in (*points, end))


def _say(point: Point) -> str:
    return f"{point[0]:.0f} {point[1]:.0f}"
