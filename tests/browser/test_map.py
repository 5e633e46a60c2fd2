"""The map: zoomed and moved by every means, its symbols as large and its names apart at each."""

import itertools
import re

import pytest

from .driving import move

_VIEW = """() => {
  const { x, y, width, height } = document.querySelector("#map").viewBox.baseVal;
  return [x, y, width, height];
}"""
_SYMBOLS = """() => [...document.querySelectorAll(".spot:not([hidden]) use")].slice(0, 8)
  .map((one) => one.getBoundingClientRect().width)"""
# The boxes of all names that can be seen, drawn inside the frame of the map.
_NAMES = """() => {
  const frame = document.querySelector("#canvas").getBoundingClientRect();
  const isInside = ({ left, top, right, bottom }) =>
    right > frame.left && left < frame.right && bottom > frame.top && top < frame.bottom;
  return [...document.querySelectorAll(".spot:not([hidden]) .name")]
    .map((one) => [one.textContent, one.getBoundingClientRect()])
    .filter(([, box]) => box.width && isInside(box))
    .map(([name, box]) => [name, box.left, box.top, box.right, box.bottom]);
}"""
# The symbols that are used and are not there.
_MISSING = """() => [...document.querySelectorAll("use")].map((one) => one.getAttribute("href"))
  .filter((one) => !document.querySelector(one))"""
SETTLED = 250
"""Milliseconds after which the names are placed anew."""


@pytest.fixture
def page(open_page, demo):
    """The demo's page, its map in sight."""
    page = open_page(demo)
    page.locator("#canvas").scroll_into_view_if_needed()
    return page


def zoom_of(page):
    """Return how much the map is zoomed in."""
    return 560 / page.evaluate(_VIEW)[2]


def centre_of(page):
    """Return the middle of the map on the screen."""
    box = page.locator("#canvas").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def overlapping(page):
    """Return pairs of names that lie over each other by more than the air around letters."""
    page.wait_for_timeout(SETTLED)
    names = page.evaluate(_NAMES)
    return [
        (one[0], other[0])
        for one, other in itertools.combinations(names, 2)
        if min(one[3], other[3]) - max(one[1], other[1]) > 2 and min(one[4], other[4]) - max(one[2], other[2]) > 5
    ]


def test_the_buttons_zoom_in_and_out_and_show_all(page):
    whole = page.evaluate(_VIEW)
    page.get_by_role("button", name="Zoom in").click()
    page.get_by_role("button", name="Zoom in").click()
    assert 2 < zoom_of(page) < 3
    page.get_by_role("button", name="Zoom out").click()
    assert 1.4 < zoom_of(page) < 2
    page.get_by_role("button", name="Show the whole map").click()
    assert page.evaluate(_VIEW) == whole


def test_the_keyboard_moves_and_zooms(page):
    page.locator("#canvas").focus()
    page.keyboard.press("+")
    zoomed = page.evaluate(_VIEW)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    x, y, *_ = page.evaluate(_VIEW)
    assert (x > zoomed[0], y > zoomed[1]) == (True, True)
    page.keyboard.press("-")
    assert zoom_of(page) == pytest.approx(1)
    page.keyboard.press("0")
    assert page.evaluate(_VIEW)[:2] == [0, 0]


def test_the_wheel_zooms_with_control_and_scrolls_without(page):
    page.mouse.move(*centre_of(page))
    page.mouse.wheel(0, 120)
    assert zoom_of(page) == 1
    page.mouse.move(*centre_of(page))
    page.keyboard.down("Control")
    page.mouse.wheel(0, -300)
    page.keyboard.up("Control")
    page.wait_for_function("() => document.querySelector('#map').viewBox.baseVal.width < 400")
    assert 1.5 < zoom_of(page) < 4


def test_the_wheel_zooms_where_the_pointer_is(page):
    pin = page.locator(".spot:not([hidden])", has_text="Damascus").locator("use")
    before = pin.bounding_box()
    page.mouse.move(before["x"] + before["width"] / 2, before["y"] + before["height"] / 2)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -400)
    page.keyboard.up("Control")
    page.wait_for_function("() => document.querySelector('#map').viewBox.baseVal.width < 400")
    after = pin.bounding_box()
    assert abs(after["x"] - before["x"]) < 12
    assert abs(after["y"] - before["y"]) < 12


def test_dragging_moves_the_map_and_opens_nothing(page):
    page.get_by_role("button", name="Zoom in").click()
    before = page.evaluate(_VIEW)
    x, y = centre_of(page)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 80, y - 40, steps=5)
    page.mouse.up()
    after = page.evaluate(_VIEW)
    assert (after[0] > before[0] + 20, after[1] > before[1] + 10) == (True, True)
    assert not page.locator("#claim").is_visible()


def test_a_pin_opens_after_a_drag_as_before(page):
    x, y = centre_of(page)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 20, y + 10, steps=3)
    page.mouse.up()
    page.locator(".spot:not([hidden])", has_text="Damascus").locator("use").click()
    page.locator("#claim[open]").wait_for()


def test_two_fingers_pinch(open_page, demo):
    page = open_page(demo, has_touch=True)
    page.locator("#canvas").focus()  # a map at work takes the fingers, others leave them to the page
    x, y = centre_of(page)
    touch = page.context.new_cdp_session(page)

    def fingers(kind, apart):
        points = [{"x": x - apart, "y": y, "id": 1}, {"x": x + apart, "y": y, "id": 2}] if apart else []
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    fingers("touchStart", 30)
    for apart in (40, 55, 75, 90):
        fingers("touchMove", apart)
    fingers("touchEnd", 0)
    page.wait_for_function("() => document.querySelector('#map').viewBox.baseVal.width < 400")
    assert 1.5 < zoom_of(page) < 4


def test_symbols_keep_their_size(page):
    before = page.evaluate(_SYMBOLS)
    for _ in range(4):
        page.get_by_role("button", name="Zoom in").click()
    page.wait_for_timeout(SETTLED)
    assert page.evaluate(_SYMBOLS) == pytest.approx(before, abs=0.6)


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("steps", [0, 2, 5])
def test_names_stand_apart(open_page, demo, width, steps):
    page = open_page(demo, width=width)
    hama = page.locator(".spot:not([hidden])", has_text="Hama").first.locator("use")
    hama.scroll_into_view_if_needed()
    box = hama.bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.keyboard.down("Control")
    for _ in range(steps):
        page.mouse.wheel(0, -200)
    page.keyboard.up("Control")
    page.wait_for_timeout(SETTLED)
    assert len(page.evaluate(_NAMES)) > 2
    assert overlapping(page) == []


def test_names_stand_apart_on_a_crowded_map(open_page, synthetic):
    page = open_page(synthetic(1000))
    for _ in range(3):
        page.get_by_role("button", name="Zoom in").click()
    assert overlapping(page) == []
    move(page, "known", 20)
    assert overlapping(page) == []


def test_the_scale_is_that_of_the_map(page):
    def say():
        return int(re.match(r"\d+", page.locator("#scale text").text_content())[0])

    before = say()
    for _ in range(3):
        page.get_by_role("button", name="Zoom in").click()
    assert say() < before


def test_the_palette_is_changed_for_all_drawings(page):
    colour = "() => getComputedStyle(document.querySelector('.spot:not([hidden]) .pin')).color"
    first, legend = page.evaluate(colour), "() => getComputedStyle(document.querySelector('.sides-key .k')).color"
    page.locator("#palette").select_option("war")
    page.wait_for_timeout(300)
    assert page.evaluate(colour) != first
    assert page.evaluate(legend) in page.evaluate(
        "() => [...document.querySelectorAll('.pin')].map((one) => getComputedStyle(one).color)"
    )


def test_every_symbol_of_the_legend_and_the_tables_is_drawn(page):
    assert page.evaluate(_MISSING) == []
    for stop in (0, 3, 6, 9):
        move(page, "known", stop)
        assert page.evaluate(_MISSING) == []


def test_the_map_fits_a_phone(open_page, demo):
    page = open_page(demo, width=360, height=740)
    box = page.locator("#canvas").bounding_box()
    assert 0 <= box["x"] <= box["x"] + box["width"] <= 360
    sizes = [one.bounding_box()["width"] for one in page.locator("[data-zoom]").all()]
    assert min(sizes) >= 24
    pins = page.evaluate(_SYMBOLS)
    assert min(pins) >= 8
