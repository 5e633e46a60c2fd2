"""Points on the page as the data of an SVG path: steps from point to point, a tenth of a unit fine."""

from collections.abc import Iterable
from functools import lru_cache

import numpy as np

from mene.report.borders.atlas import Array


def draw_path(pieces: Iterable[Array], *, closed: bool) -> str:
    """Return the `d` of a path of lines or, with `closed`, of rings; what is below a tenth of a unit is left out.

    >>> draw_path([np.array([[0.04, 10.0], [2.5, 10.26], [2.51, 10.26], [2.0, 9.0]])], closed=True)
    'M0 10l2.5.3-.5-1.3z'
    """
    return "".join(_draw_piece(np.rint(one * 10).astype(np.int64), closed) for one in pieces)


def _draw_piece(tenths: np.ndarray[tuple[int, int], np.dtype[np.int64]], closed: bool) -> str:
    steps = np.diff(tenths, axis=0)
    steps = steps[steps.any(axis=1)]
    if closed and len(steps) and not (tenths[-1] - tenths[0]).any():
        steps = steps[:-1]
    if len(steps) < (2 if closed else 1):
        return ""
    x, y = tenths[0].tolist()
    return f"M{_join([x, y])}l{_join(steps.reshape(-1).tolist())}{'z' if closed else ''}"


def _join(tenths: Iterable[int]) -> str:
    """Return numbers in SVG's shortest form: a minus or a second point begins a new number by itself.

    >>> _join([5, 5, -13, 20, 4])
    '.5.5-1.3 2 .4'
    """
    parts: list[str] = []
    has_point = False
    for value in tenths:
        text, pointed = _decimal(value)
        if parts and text[0] != "-" and not (text[0] == "." and has_point):
            parts.append(" ")
        parts.append(text)
        has_point = pointed
    return "".join(parts)


@lru_cache(maxsize=4096)
def _decimal(tenths: int) -> tuple[str, bool]:
    """Return a number of tenths as a decimal without its idle zeros, and whether it has a point.

    >>> _decimal(-5), _decimal(120), _decimal(0)
    (('-.5', True), ('12', False), ('0', False))
    """
    whole, tenth = divmod(abs(tenths), 10)
    text = f"{whole or ''}.{tenth}" if tenth else f"{whole}"
    return ("-" if tenths < 0 else "") + text, bool(tenth)
