"""Views and shapes for the tests of borders."""

import re

from mene.report.projection import Point, Projection, fit_projection

SYRIA_IRAQ: list[Point] = [(36.5, 38.4), (33.0, 40.6), (34.5, 43.0), (33.3, 37.0)]
SUDAN: list[Point] = [(19.6, 37.2), (13.5, 22.5), (9.5, 28.4), (15.6, 32.5)]
FIJI: list[Point] = [(-17.7, 177.4), (-16.6, 180.8), (-18.9, 181.2)]


def view_of(points: list[Point]) -> Projection:
    """Return the view that the map has of points."""
    return fit_projection(points, width=560, least=320, most=640, margin=46)


def corners(path: str) -> list[tuple[float, float]]:
    """Return the points of an SVG path of the commands M, l and z."""
    found: list[tuple[float, float]] = []
    for start, steps in re.findall(r"M([^lz]*)l([^Mz]*)", path):
        numbers = [float(one) for one in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", start + "|" + steps)]
        x, y = numbers[:2]
        found.append((x, y))
        for dx, dy in zip(numbers[2::2], numbers[3::2], strict=True):
            x, y = x + dx, y + dy
            found.append((x, y))
    return found


def paths(svg: str, style: str) -> list[str]:
    """Return the data of the paths of a class."""
    return re.findall(rf'<path class="{style}"[^>]* d="([^"]*)"', svg)
