"""The map."""

import itertools
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mene.report.page.labels import place_labels, spread
from mene.report.page.map import NOBODY, draw_map, draw_symbol, name_sides
from mene.report.page.projection import fit_projection
from mene.report.words import STATUS_WORDS
from tests.report.hand import COUNTRYSIDE_HELD, FRONT, HAMA_HELD, HOMS_NEARLY, IRAN_LEAVING, PICTURE, hold, party, town

POINTS = st.tuples(st.floats(-80, 80), st.floats(-179, 179))


def test_vague_places_are_listed_and_never_pinned():
    drawing = draw_map(PICTURE.holdings)
    assert set(drawing.vague) == {COUNTRYSIDE_HELD, FRONT}
    assert "Governorate" not in drawing.svg
    assert drawing.svg.count('class="pin ') == 5


def test_a_distant_place_is_told_beside_the_map():
    moscow = hold(town("Moscow", 55.75, 37.62), None, "unknown")
    drawing = draw_map((*PICTURE.holdings, moscow))
    assert drawing.distant == (moscow,)
    assert "Moscow" not in drawing.svg


def test_the_svg_is_well_formed_and_its_text_escaped():
    evil = hold(town('<script>"&', 35.0, 36.0), party("<b>", None), "held")
    drawing = draw_map((evil, HAMA_HELD, HOMS_NEARLY), (IRAN_LEAVING,), hrefs={HAMA_HELD.id: "#h1"})
    ElementTree.fromstring(str(drawing.svg))
    assert "<script" not in drawing.svg
    assert 'href="#h1"' in drawing.svg


def test_a_lone_place_is_drawn_and_nothing_at_all_is_too():
    ElementTree.fromstring(str(draw_map((HAMA_HELD,)).svg))
    assert draw_map(()).svg == ""


def test_places_on_both_sides_of_the_antimeridian_stand_near_each_other():
    pair = (hold(town("Taveuni", -16.8, 179.9), None, "held"), hold(town("Vanua Balavu", -17.2, -179.0), None, "held"))
    assert draw_map(pair).svg.count('class="pin ') == 2


@pytest.mark.parametrize("status", STATUS_WORDS)
def test_each_status_has_its_own_symbol(status):
    others = [draw_symbol(NOBODY, one) for one in STATUS_WORDS if one != status]
    assert draw_symbol(NOBODY, status) not in others


def test_no_two_sides_share_colour_and_shape():
    rows = [hold(town(f"Town {n}", 35, 36), party(f"Side {n}", None), "held") for n in range(30)]
    sides = name_sides(rows, {}).values()
    assert len({(one.colour, one.shape) for one in sides}) == 30


@given(st.lists(POINTS, min_size=1, max_size=20))
def test_every_point_lies_inside_the_drawing(points):
    view = fit_projection(points, width=560, least=320, most=640, margin=46)
    for x, y in map(view.place, points):
        assert -1e-6 <= x <= view.width + 1e-6
        assert -1e-6 <= y <= view.height + 1e-6


@given(st.lists(st.tuples(st.integers(20, 540), st.integers(20, 600)), max_size=40))
def test_no_label_lies_over_another(points):
    labels = place_labels(points, ["Damascus"] * len(points), size=12, radius=8, frame=(0, 0, 560, 640))
    left = {"start": 0.0, "middle": -27.0, "end": -54.0}
    boxes = [(one.x + left[one.anchor], one.y) for one in labels if one]
    assert all(abs(a[0] - b[0]) > 50 or abs(a[1] - b[1]) > 11 for a, b in itertools.combinations(boxes, 2))


def test_symbols_of_neighbours_are_moved_apart():
    moved = spread([(50.0, 50.0)] * 6, 14, (0, 0, 200, 200))
    assert len(set(moved)) == 6
    assert moved[0] == (50.0, 50.0)


def test_a_denied_force_is_not_drawn():
    denied = replace(IRAN_LEAVING, modality="negated")
    assert not draw_map(PICTURE.holdings, (denied,)).has_forces
    assert draw_map(PICTURE.holdings, (IRAN_LEAVING,)).has_forces
