"""Labels beside their symbols, none over another: greedy, the most important first."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rich.cells import cell_len

Anchor = Literal["start", "middle", "end"]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_UNDER = 0.85
"""Height of the letters of a second line, by those of the first."""

_WIDTH_OF_LETTER = 0.68
"""Width of a letter by its height, the mean of bold DejaVu Sans, a wide typeface; East Asian letters count twice."""


@dataclass(frozen=True, slots=True)
class Label:
    """Where a label stands: its anchor point on the base line, and whether a line leads to its symbol."""

    x: float
    y: float
    anchor: Anchor
    has_line: bool
    has_under: bool = False


def spread(points: Sequence[tuple[float, float]], least: float, frame: Box) -> list[tuple[float, float]]:
    """Return points moved apart until each is `least` from all before it, in the nearest free direction around itself.

    >>> spread([(50, 50), (53, 50)], 14, (0, 0, 100, 100))
    [(50, 50), (67.0, 50.0)]
    """
    placed: list[tuple[float, float]] = []
    for x, y in points:
        tries = [(x, y)]
        for ring in (1.0, 1.5, 2.0, 3.0, 4.0):
            turns = (turn * math.pi / 6 for turn in range(12))
            tries += [(x + ring * least * math.cos(one), y + ring * least * math.sin(one)) for one in turns]
        free = (
            one
            for one in tries
            if all(math.dist(one, other) >= least for other in placed)
            and frame[0] <= one[0] <= frame[2]
            and frame[1] <= one[1] <= frame[3]
        )
        placed.append(next(free, (x, y)))
    return placed


def place_labels(
    points: Sequence[tuple[float, float]],
    texts: Sequence[str],
    *,
    under: Sequence[str] = (),
    size: float,
    radius: float,
    frame: Box,
) -> list[Label | None]:
    """Return a place for each label inside `frame`, None where there is none without covering another.

    `size` is the height of the letters, `radius` that of the symbols; `under` are second lines in smaller letters, left
    out where only the first finds room. Earlier labels are placed first; points beyond the texts are symbols alone.
    """
    taken = [(x - radius, y - radius, x + radius, y + radius) for x, y in points]
    placed: list[Label | None] = []
    for (x, y), text, line in zip(points, texts, [*under, *[""] * len(texts)], strict=False):
        width, lower = cell_len(text) * _WIDTH_OF_LETTER, cell_len(line) * _WIDTH_OF_LETTER * _UNDER
        tries = [(max(width, lower), True), (width, False)] if line else [(width, False)]
        found = next(
            (
                one
                for wide, has_under in tries
                if (one := _try(x, y, wide * size, size, radius, taken, frame, has_under))
            ),
            None,
        )
        if found:
            taken += [found[1], *_line_boxes((x, y), found[0], size)]
        placed.append(found[0] if found else None)
    return placed


def _line_boxes(start: tuple[float, float], label: Label, size: float) -> list[Box]:
    """Return small boxes along the line to a label, which keep later labels off it."""
    if not label.has_line:
        return []
    end = (label.x, label.y - size * 0.35)
    spots = [(start[0] + (end[0] - start[0]) * n / 8, start[1] + (end[1] - start[1]) * n / 8) for n in range(3, 9)]
    return [(x - 1.5, y - 1.5, x + 1.5, y + 1.5) for x, y in spots]


_WAYS = ((1, 0), (-1, 0), (1, -0.9), (1, 0.9), (-1, -0.9), (-1, 0.9), (0, -1.3), (0, 1.3), (0.6, -1.4), (-0.6, 1.4))


_FAR = 100.0
"""How far from its symbol a label begins at most, and a little more."""


def _try(
    x: float,
    y: float,
    width: float,
    size: float,
    radius: float,
    taken: Sequence[Box],
    frame: Box,
    has_under: bool,
) -> tuple[Label, Box] | None:
    own = (x - radius, y - radius, x + radius, y + radius)
    reach = (x - width - _FAR, y - _FAR, x + width + _FAR, y + _FAR)
    others = [box for box in taken if box != own and _overlaps(box, reach)]
    below = size * _UNDER if has_under else 0.0
    for away in (1.0, 2.2, 3.6, 5.5):
        for across, down in _WAYS:
            gap = (radius + 4) * away
            anchor: Anchor = "middle" if across == 0 else "start" if across > 0 else "end"
            at, middle = x + across * gap, y + down * gap
            left = at - width / 2 if across == 0 else at if across > 0 else at - width
            box = (left - 1, middle - size * 0.55, left + width + 1, middle + size * 0.6 + below)
            is_free = _lies_inside(box, frame) and not any(_overlaps(box, other) for other in others)
            # A line over another symbol, or a name nearer to it than to its own, would name the wrong place.
            if is_free and not _crosses((x, y), (at, middle), others):
                return Label(at, middle + size * 0.35, anchor, away > 1, has_under), box
    return None


def _crosses(start: tuple[float, float], end: tuple[float, float], boxes: Sequence[Box]) -> bool:
    """Return whether a line from a symbol to its name runs over a box or ends close beside one, seen in steps."""
    steps = [(start[0] + (end[0] - start[0]) * n / 12, start[1] + (end[1] - start[1]) * n / 12) for n in range(4, 13)]
    return any(b[0] - 3 <= x <= b[2] + 3 and b[1] - 3 <= y <= b[3] + 3 for x, y in steps for b in boxes)


def _lies_inside(box: Box, frame: Box) -> bool:
    return box[0] >= frame[0] and box[1] >= frame[1] and box[2] <= frame[2] and box[3] <= frame[3]


def _overlaps(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def box_of(label: Label, text: str, size: float) -> Box:
    """Return the box that a label's letters fill."""
    width = cell_len(text) * size * _WIDTH_OF_LETTER
    left = label.x - {"start": 0.0, "middle": width / 2, "end": width}[label.anchor]
    return left, label.y - size, left + width, label.y + size * 0.3


def place_captions(
    ways: Sequence[Sequence[tuple[float, float]]], texts: Sequence[str], *, size: float, taken: Sequence[Box]
) -> list[Label | None]:
    """Return, for each text, the first of its points where it covers nothing that is taken, None where there is none.

    >>> [placed] = place_captions([[(50, 50), (50, 90)]], ["arms"], size=10, taken=[(40, 40, 60, 60)])
    >>> placed.x, placed.y
    (50, 93.5)
    """
    full, placed = list(taken), list[Label | None]()
    for points, text in zip(ways, texts, strict=True):
        tries = (Label(x, y + size * 0.35, "middle", False) for x, y in points)
        free = next((one for one in tries if not any(_overlaps(box_of(one, text, size), box) for box in full)), None)
        full += [box_of(free, text, size)] if free else []
        placed.append(free)
    return placed
