"""The map."""

import itertools
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mene.records import Picture
from mene.report.contents import gather_contents
from mene.report.page.labels import place_labels, spread
from mene.report.page.map import _PATHS, _symbol, draw_map, load_war_palette, name_sides
from mene.report.page.places import places_data, show_places
from mene.report.projection import fit_projection
from mene.report.words import STATUS_WORDS
from tests.report.hand import (
    ARTICLES,
    EVENTS,
    HAMA_HELD,
    HOMS_NEARLY,
    IRAN_LEAVING,
    PICTURE,
    STATEMENTS,
    hold,
    party,
    town,
)

POINTS = st.tuples(st.floats(-80, 80), st.floats(-179, 179))


def rows_of(*holdings):
    picture = Picture(None, None, holdings, (), (), ())
    return show_places(gather_contents(picture, STATEMENTS, EVENTS, articles=ARTICLES))


def names(rows):
    return {row.holding.place.name for row in rows}


def test_vague_places_are_listed_and_never_pinned():
    drawing = draw_map(rows_of(*PICTURE.holdings))
    assert "Governorate" not in drawing.svg
    assert all(row.holding.place.precision not in ("exact", "near") for row in drawing.vague)
    assert drawing.svg.count('class="pin ') == len(PICTURE.holdings) - len(drawing.vague)


def test_a_distant_place_is_told_beside_the_map():
    moscow = hold(town("Moscow", 55.75, 37.62), None, "unknown")
    drawing = draw_map(rows_of(*PICTURE.holdings, moscow))
    assert names(drawing.distant) == {"Moscow"}
    assert "Moscow" not in drawing.svg


def test_places_far_apart_in_one_country_are_on_one_map():
    pair = (hold(town("El Fasher", 13.63, 25.35), None, "held"), hold(town("Omdurman", 15.64, 32.48), None, "held"))
    assert not draw_map(rows_of(*pair)).distant


def test_the_svg_is_well_formed_and_its_text_escaped():
    evil = hold(town('<script>"&', 35.0, 36.0), party("<b>", None), "held")
    drawing = draw_map(rows_of(evil, HAMA_HELD, HOMS_NEARLY), (IRAN_LEAVING,))
    ElementTree.fromstring(str(drawing.svg))
    assert "<script" not in drawing.svg


def test_a_pin_leads_to_its_sentences():
    rows = rows_of(HAMA_HELD)
    first = HAMA_HELD.evidence_for[0].statement_id[:7]
    assert f'<a class="spot" href="#{first}" data-n="0">' in draw_map(rows).svg
    (told,) = places_data(rows, {}, None)
    assert told["s"][0][7].split() == [one.statement_id[:7] for one in HAMA_HELD.evidence_for]
    assert told["s"][0][8].split() == [one.statement_id[:7] for one in HAMA_HELD.evidence_against]


def test_a_pin_has_the_number_of_its_place_among_the_data():
    rows = rows_of(*PICTURE.holdings)
    data = places_data(rows, {}, None)
    numbers = list(map(int, re.findall(r'data-n="(\d+)"', draw_map(rows).svg)))
    titles = re.findall(r"<title>(\w+): ", draw_map(rows).svg)
    assert len(numbers) > 1
    assert [data[number]["n"] for number in numbers] == titles


def test_a_lone_place_is_drawn_and_nothing_at_all_is_too():
    ElementTree.fromstring(str(draw_map(rows_of(HAMA_HELD)).svg))
    assert draw_map(()).svg == ""


def test_places_on_both_sides_of_the_antimeridian_stand_near_each_other():
    pair = (hold(town("Taveuni", -16.8, 179.9), None, "held"), hold(town("Vanua Balavu", -17.2, -179.0), None, "held"))
    assert draw_map(rows_of(*pair)).svg.count('class="pin ') == 2


@pytest.mark.parametrize("status", STATUS_WORDS)
def test_each_status_has_its_own_symbol(status):
    others = [_symbol(one, _PATHS["circle"]) for one in STATUS_WORDS if one != status]
    assert _symbol(status, _PATHS["circle"]) not in others


def test_no_two_sides_share_colour_and_shape():
    holdings = [hold(town(f"Town {n}", 35, 36), party(f"Side {n}", None), "held") for n in range(30)]
    sides = name_sides(rows_of(*holdings), {}).values()
    assert len({(one.colour, one.shape) for one in sides}) == 30


def test_beyond_36_sides_colours_and_shapes_begin_again():
    holdings = [hold(town(f"Town {n:02}", 35, 36), party(f"Side {n:02}", None), "held") for n in range(80)]
    sides = list(name_sides(rows_of(*holdings), {}).values())
    drawn = [(one.colour, one.shape) for one in sides]
    assert (len(drawn), len(set(drawn[:36])), drawn[36:72]) == (80, 36, drawn[:36])
    assert all(0 <= one.colour < 6 and 0 <= one.war < 6 for one in sides)
    assert len({one.war for one in sides[:6]}) == 6


def test_war_colours_go_by_kind_while_there_are_some_left():
    holdings = [hold(town(f"Town {n}", 35, 36), party(f"Side {n}", None), "held") for n in range(3)]
    kinds = {"Side 0": "armed group", "Side 1": "army", "Side 2": "army"}
    sides = name_sides(rows_of(*holdings), kinds)
    assert [sides[f"Side {n}"].war for n in range(3)] == [1, 0, 5]
    assert all(0 <= colour < 6 for colours in load_war_palette().values() for colour in colours)


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


def test_second_lines_are_left_out_where_only_the_first_finds_room():
    frame = (0, 0, 200, 40)
    (label,) = place_labels(
        [(100, 20)], ["Hama"], under=["5 Dec 2024, a very long second line"], size=12, radius=8, frame=frame
    )
    assert label is not None
    assert not label.has_under


def test_a_denied_force_is_not_drawn():
    denied = replace(IRAN_LEAVING, modality="negated")
    rows = rows_of(*PICTURE.holdings)
    assert not draw_map(rows, (denied,)).has_forces
    assert draw_map(rows, (IRAN_LEAVING,)).has_forces
