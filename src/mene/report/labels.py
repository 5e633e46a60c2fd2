"""Labels beside their symbols, none over another: greedy, the most important first."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from rich.cells import cell_len

Anchor = Literal["start", "middle", "end"]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

_WIDTH_OF_LETTER = 0.56
"""Width of a letter by its height, a mean over sans-serif typefaces; wide letters count twice."""


@dataclass(frozen=True, slots=True)
class Label:
    """Where a label stands: its anchor point on the base line, and whether a line leads to its symbol."""

    x: float
    y: float
    anchor: Anchor
    has_line: bool


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
    points: Sequence[tuple[float, float]], texts: Sequence[str], *, size: float, radius: float, frame: Box
) -> list[Label | None]:
    """Return a place for each label inside `frame`, None where there is none without covering another.

    `size` is the height of the letters, `radius` that of the symbols. Earlier labels are placed first.
    """
    taken = [(x - radius, y - radius, x + radius, y + radius) for x, y in points]
    placed: list[Label | None] = []
    for (x, y), text in zip(points, texts, strict=True):
        found = _try(x, y, cell_len(text) * size * _WIDTH_OF_LETTER, size, radius, taken, frame)
        if found:
            taken.append(found[1])
        placed.append(found[0] if found else None)
    return placed


def _try(
    x: float, y: float, width: float, size: float, radius: float, taken: Sequence[Box], frame: Box
) -> tuple[Label, Box] | None:
    own = (x - radius, y - radius, x + radius, y + radius)
    others = [box for box in taken if box != own]
    for away in (1.0, 2.4, 4.0):
        for across, down in ((1, 0), (-1, 0), (1, -0.9), (1, 0.9), (-1, -0.9), (-1, 0.9), (0, -1.3), (0, 1.3)):
            gap = (radius + 4) * away
            anchor: Anchor = "middle" if across == 0 else "start" if across > 0 else "end"
            at, base = x + across * gap, y + down * gap + size * 0.35
            left = at - width / 2 if across == 0 else at if across > 0 else at - width
            box = (left - 1, base - size * 0.9, left + width + 1, base + size * 0.25)
            if _lies_inside(box, frame) and not any(_overlaps(box, other) for other in others):
                return Label(at, base, anchor, away > 1), box
    return None


def _lies_inside(box: Box, frame: Box) -> bool:
    return box[0] >= frame[0] and box[1] >= frame[1] and box[2] <= frame[2] and box[3] <= frame[3]


def _overlaps(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
