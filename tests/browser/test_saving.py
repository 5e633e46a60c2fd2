"""What is saved: the rows of each panel as they are shown, and the map as a picture that stands alone."""

import csv
import io
import json
import struct
from pathlib import Path

import pytest
from lxml import etree

from .driving import move, read_places, unfold_all, wait_for_address

SVG = "{http://www.w3.org/2000/svg}"
COLUMNS = {
    "places": {"place", "status", "holder", "since", "belief", "statements_for", "true_on", "known_on"},
    "events": {"id", "type", "words", "place", "actors", "modality", "rating", "statements_for"},
    "ties": {"source", "target", "manner", "means", "origins", "statements"},
    "sources": {"origin", "kind", "side", "statements", "copies", "letter", "claims"},
}


@pytest.fixture
def page(open_page, demo):
    """The demo's page."""
    return open_page(demo)


def save(page, name):
    """Press a button that saves, and return the file's name and its bytes."""
    with page.expect_download() as saved:
        page.locator(f"[data-save='{name}']").click()
    return saved.value.suggested_filename, Path(saved.value.path()).read_bytes()


def read_csv(raw):
    """Return the rows of a CSV file."""
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("panel", COLUMNS)
def test_a_panel_is_saved_as_csv_and_as_json(page, panel):
    name, raw = save(page, f"{panel}.csv")
    assert name == f"mene-{panel}-2024-12-07.csv"
    rows = read_csv(raw)
    assert len(rows) > 3
    assert set(rows[0]) >= COLUMNS[panel]
    told = json.loads(save(page, f"{panel}.json")[1])
    assert [list(one) for one in told] == [list(row) for row in rows]
    assert all(
        as_cell(one[key]) == row[key].removeprefix("'") for one, row in zip(told, rows, strict=True) for key in row
    )


def as_cell(value):
    """Return a value of JSON as the cell of a table."""
    return str(value).lower() if isinstance(value, bool) else f"{value:g}" if isinstance(value, float) else str(value)


def test_places_are_saved_as_of_the_slider_and_the_filters(page):
    page.locator("#together").uncheck()
    move(page, "known", 8)
    move(page, "on", 6)
    unfold_all(page)
    name, raw = save(page, "places.csv")
    rows = read_csv(raw)
    assert name == "mene-places-2024-12-05.csv"
    assert {(row["true_on"], row["known_on"]) for row in rows} == {("2024-12-03", "2024-12-05")}
    assert sorted(row["place"] for row in rows) == [place for place, *_ in read_places(page)]
    wait_for_address(page, "known=")
    page.evaluate("location.hash += '&place=Hama'")
    page.wait_for_function("() => document.querySelector('#filters [name=place]').value === 'Hama'")
    assert 0 < len(read_csv(save(page, "places.csv")[1])) < len(rows)


def test_what_a_spreadsheet_would_calculate_is_marked_as_text(open_page, hostile):
    page = open_page(hostile)
    for panel in ("events", "sources", "places"):
        text = save(page, f"{panel}.csv")[1].decode("utf-8-sig")
        cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
        assert len(cells) > 30
        assert not [cell for cell in cells if cell[:1] in "=+@-\t\r" and cell and not is_number(cell)]


def is_number(cell):
    """Return whether a cell is a number."""
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_the_map_is_saved_with_its_rules_and_its_legend(page):
    name, raw = save(page, "map.svg")
    drawing = etree.fromstring(raw)
    assert name == "mene-map-2024-12-07.svg"
    assert drawing.tag == f"{SVG}svg"
    assert "--c0:" in drawing.find(f"{SVG}style").text
    words = " ".join(drawing.itertext())
    assert all(one in words for one in ("Hama", "Syrian rebels", "besieged", "Natural Earth", "23 articles"))
    assert "True on 7 Dec 2024, as known on 7 Dec 2024" in words
    used = {one.get("href") for one in drawing.iter(f"{SVG}use")}
    assert used <= {f"#{one.get('id')}" for one in drawing.iter(f"{SVG}g")}
    assert not [one for one in drawing.iter() if one.tag in (f"{SVG}script", f"{SVG}image")]


def test_a_saved_map_tells_the_days_and_filters_that_it_shows(page):
    move(page, "known", 5)
    wait_for_address(page, "known=")
    page.evaluate("location.hash += '&actor=rebels'")
    page.wait_for_function("() => document.querySelector('#filters [name=actor]').value === 'rebels'")
    words = " ".join(etree.fromstring(save(page, "map.svg")[1]).itertext())
    assert "True on 2 Dec 2024, as known on 2 Dec 2024; actor “rebels”" in words
    assert "known on 7 Dec" not in words
    assert "Hama: held, Hay" not in words


def test_the_saved_map_is_drawn_by_itself(open_page, page, tmp_path):
    page.locator("#palette").select_option("war")
    page.get_by_role("button", name="Zoom in").click()
    page.wait_for_timeout(200)
    file = tmp_path / "map.svg"
    file.write_bytes(save(page, "map.svg")[1])
    drawn = open_page(file)
    assert drawn.evaluate("getComputedStyle(document.querySelector('.land')).fill") != "rgb(0, 0, 0)"
    colour = "getComputedStyle(document.querySelector('.spot:not([hidden]) .pin')).color"
    assert drawn.evaluate(colour) == page.evaluate(colour)


def test_the_map_is_saved_as_a_picture(page):
    name, raw = save(page, "map.png")
    width, height = struct.unpack(">II", raw[16:24])
    assert name == "mene-map-2024-12-07.png"
    assert raw.startswith(b"\x89PNG\r\n\x1a\n")
    assert (width > 500, height > 500, len(raw) > 20_000) == (True, True, True)
