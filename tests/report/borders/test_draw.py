"""What a view shows of land, coasts, borders and disputed areas."""

import re
from itertools import pairwise
from time import perf_counter

import pytest

from mene.report.borders import NOTE, draw_borders, draw_names
from mene.report.projection import Point
from tests.report.borders.views import FIJI, SUDAN, SYRIA_IRAQ, corners, paths, view_of

DISPUTED: list[tuple[str, list[str], Point]] = [
    ("Golan Heights", ["Syria", "Israel"], (33.0, 35.8)),
    ("West Bank", ["the State of Palestine"], (31.9, 35.2)),
    ("Gaza Strip", ["the State of Palestine"], (31.45, 34.4)),
    ("Western Sahara", ["Morocco", "Sahrawi"], (24.0, -14.5)),
    ("Northern Cyprus", ["Cyprus"], (35.3, 33.6)),
    ("Crimea", ["Russia", "Ukraine"], (45.2, 34.2)),
    ("Abkhazia", ["Georgia"], (43.0, 41.2)),
    ("Transnistria", ["Moldova"], (46.95, 29.5)),
    ("Kosovo", ["Serbia"], (42.6, 21.0)),
    ("Somaliland", ["Somalia"], (9.8, 45.5)),
    ("Abyei", ["Sudan", "South Sudan"], (9.8, 28.4)),
    ("Jammu and Kashmir and Ladakh", ["India", "Pakistan"], (34.0, 75.0)),
    ("Aksai Chin", ["China", "India"], (35.0, 79.3)),
    ("Taiwan", ["China"], (23.8, 121.0)),
]


@pytest.mark.parametrize(("name", "claimants", "point"), DISPUTED)
def test_a_disputed_area_is_hatched_and_says_who_claims_it(name: str, claimants: list[str], point: Point) -> None:
    view = view_of([point])
    titles = dict(re.findall(r'd="([^"]*)"><title>([^<]*)</title>', draw_borders(view).disputed))
    [(path, title)] = [(path, title) for path, title in titles.items() if title.startswith(f"{name}: claimed by")]
    assert all(one in title for one in claimants)
    assert contains(path, view.place(point))


def contains(path: str, spot: tuple[float, float]) -> bool:
    """Return whether a path holds a spot, by the even-odd rule."""
    inside = False
    for ring in re.findall(r"M[^z]*z", path):
        points = corners(ring)
        for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1], strict=True):
            if (y1 > spot[1]) != (y2 > spot[1]) and spot[0] < x1 + (spot[1] - y1) / (y2 - y1) * (x2 - x1):
                inside = not inside
    return inside


def test_places_on_land_lie_on_the_land_and_the_sea_does_not() -> None:
    view = view_of(SYRIA_IRAQ)
    [land] = paths(draw_borders(view).land, "land")
    assert contains(land, view.place((35.13, 36.75)))  # Hama
    assert not contains(land, view.place((34.6, 35.2)))  # off Tripoli in Lebanon


def test_across_the_antimeridian_the_islands_of_both_sides_lie_in_one_map() -> None:
    view = view_of(FIJI)
    [land] = paths(draw_borders(view).land, "land")
    assert contains(land, view.place((-17.8, 178.0)))  # Viti Levu
    assert contains(land, view.place((-16.93, 179.97)))
    assert contains(land, view.place((-16.75, 180.10)))  # Taveuni, which the line crosses
    assert not contains(land, view.place((-17.5, 177.0)))
    assert [one.text for one in draw_borders(view).names] == ["Fiji"]


@pytest.mark.parametrize("points", [[(66.0, 178.0), (64.0, 184.0)], [(66.0, -181.0), (64.0, -176.0)]])
def test_the_antimeridian_itself_is_no_coast_and_no_border(points: list[Point]) -> None:
    view = view_of(points)
    drawn = draw_borders(view)
    edge = view.place((0.0, 180.0 if view.east > 180 else -180.0))[0]
    [coast] = paths(drawn.lines, "coast")
    for line in re.findall(r"M[^M]*", coast):
        on_edge = [abs(x - edge) < 0.5 for x, _ in corners(line)]
        assert not any(one and other for one, other in pairwise(on_edge))
    assert not paths(drawn.lines, "border")


@pytest.mark.parametrize("points", [SYRIA_IRAQ, SUDAN, FIJI, [(-89.0, 10.0)], [(84.0, 0.0)], [(-40.0, -120.0)]])
def test_nothing_is_drawn_beyond_half_the_size_of_the_view(points: list[Point]) -> None:
    view = view_of(points)
    drawn = draw_borders(view)
    for path in [*paths(drawn.land, "land"), *paths(drawn.lines, r"\w+"), *paths(drawn.disputed, "disputed")]:
        for x, y in corners(path):
            assert -0.5 * view.width - 1 <= x <= 1.5 * view.width + 1
            assert -0.5 * view.height - 1 <= y <= 1.5 * view.height + 1


def test_a_region_of_700_km_is_small_and_quick() -> None:
    view = view_of(SYRIA_IRAQ)
    first = draw_borders(view)
    began = perf_counter()
    second = draw_borders(view)
    assert perf_counter() - began < 0.5  # a tenth of it where nothing else runs
    assert len(first.land) + len(first.lines) + len(first.disputed) < 30_000
    assert first == second


def test_coasts_and_borders_are_told_apart_and_hold_no_style() -> None:
    drawn = draw_borders(view_of(SYRIA_IRAQ))
    assert len(paths(drawn.lines, "coast")) == len(paths(drawn.lines, "border")) == 1
    assert not re.search(r"style=|stroke|#[0-9a-f]{3}", drawn.land + drawn.lines)
    assert drawn.note == NOTE


def test_names_stand_inside_the_view_and_no_country_has_its_own_on_what_another_claims() -> None:
    view = view_of([(45.2, 34.2), (46.6, 33.0), (45.1, 36.6)])
    drawn = draw_borders(view)
    spots = {one.text: (one.x, one.y) for one in drawn.names}
    crimea = next(p for p, t in re.findall(r'd="([^"]*)"><title>([^:]*)', drawn.disputed) if t == "Crimea")
    assert {"Crimea", "Ukraine"} <= spots.keys()
    assert [name for name, spot in spots.items() if contains(crimea, spot)] == ["Crimea"]
    assert all(0 < x < view.width and 0 < y < view.height for x, y in spots.values())


def test_names_are_drawn_faint_by_their_class() -> None:
    svg = draw_names(draw_borders(view_of(SUDAN)).names)
    assert re.search(r'<text class="country" x="\d+" y="\d+" text-anchor="middle">Sudan</text>', svg)
    assert "South Sudan" in svg


def test_open_sea_is_an_empty_drawing() -> None:
    drawn = draw_borders(view_of([(-40.0, -120.0)]))
    assert not drawn.land
    assert not drawn.lines
    assert not drawn.names
