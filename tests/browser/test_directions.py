"""Names that run from right to left: they turn nothing around them, and stay inside their panels."""

from dataclasses import replace

import pytest

from mene.codebook import load_codebook
from mene.picture.history import choose_stops, trace_picture
from mene.report.contents import gather_contents
from mene.report.page import render
from tests.report.hand import case

from .driving import move, unfold_all
from .test_layout import overflow

PLACE, ACTOR, OUTLET = "حماة", "هيئة تحرير الشام", "وكالة المشرق"

# The text of a panel from left to right, as the letters stand on the screen.
_RUNS = """(selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility()).map((one) => {
  const walk = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
  const boxes = [];
  while (walk.nextNode()) {
    const range = document.createRange();
    range.selectNodeContents(walk.currentNode);
    const box = range.getClientRects()[0];
    if (box && walk.currentNode.data.trim()) boxes.push([walk.currentNode.data.trim(), box.left, box.top]);
  }
  return boxes;
})"""


# Where such names stand without anything that keeps them apart.
_LOOSE = r"""() => {
  const found = [];
  const walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const [words, up] = [walk.currentNode.data, walk.currentNode.parentElement];
    if (/[\u0590-\u08ff]/.test(words) && !up.closest("svg, bdi, .text, [dir], option")) found.push(up.outerHTML);
  }
  return found.map((html) => html.slice(0, 160));
}"""


def named_anew(record, names):
    """Return a record in which names are others."""
    if isinstance(record, str):
        return names.get(record, record)
    if isinstance(record, tuple):
        return tuple(named_anew(one, names) for one in record)
    if not hasattr(record, "__dataclass_fields__"):
        return record
    fields = (name for name in record.__dataclass_fields__ if name not in ("text", "sentence_text"))
    return replace(record, **{name: named_anew(getattr(record, name), names) for name in fields})


@pytest.fixture(scope="module")
def arabic(folder):
    """The file of the hand-made case with an Arabic place, actor and outlet."""
    names = {"Hama": PLACE, "Hayat Tahrir al-Sham": ACTOR, "Levant Wire": OUTLET}
    found = {key: tuple(value) if isinstance(value, list) else value for key, value in case().items()}
    parts = {key: named_anew(value, names) for key, value in found.items()}
    days = [one.first_seen for one in parts["statements"] if one.first_seen]
    stops = choose_stops(min(days), max(days))
    history = trace_picture(parts["statements"], parts["events"], stops, codebook=load_codebook())
    file = folder / "arabic.html"
    file.write_text(render(gather_contents(**parts, history=history)), encoding="utf-8")
    return file


@pytest.mark.parametrize("name", [PLACE, ACTOR, OUTLET])
def test_the_names_are_in_the_page(open_page, arabic, name):
    assert name in open_page(arabic).locator("main").inner_text()


@pytest.mark.parametrize("back", [0, 1])
def test_each_stands_apart_from_what_follows_it(open_page, arabic, back):
    page = open_page(arabic)
    move(page, "known", int(page.locator("#known").get_attribute("max")) - back)
    unfold_all(page)
    assert page.evaluate(_LOOSE) == []


def test_a_row_reads_from_left_to_right(open_page, arabic):
    page = open_page(arabic)
    rows = page.evaluate(_RUNS, "tr[data-n]")
    (row,) = (row for row in rows if row[0][0] == PLACE)
    first_line = [left for _, left, top in row if abs(top - row[0][2]) < 12]
    assert first_line == sorted(first_line)


def test_a_name_on_the_map_stands_beside_its_symbol(open_page, arabic):
    page = open_page(arabic)
    spot = page.locator(".spot", has_text=PLACE)
    name, symbol = spot.locator(".name").bounding_box(), spot.locator("use").bounding_box()
    gap = max(name["x"] - symbol["x"] - symbol["width"], symbol["x"] - name["x"] - name["width"])
    assert gap < 20


@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_does_not_grow(open_page, arabic, width):
    page = open_page(arabic, width=width)
    unfold_all(page)
    assert overflow(page) == (0, [])


def test_the_sheet_tells_them_apart_too(open_page, arabic):
    page = open_page(arabic, width=360)
    page.locator("tr[data-n] a.open").first.click()
    page.locator("#claim .statement").wait_for()
    assert page.locator("#claim bdi", has_text=OUTLET).count() > 0
    assert overflow(page) == (0, [])


def test_it_is_found_by_its_name(open_page, arabic):
    page = open_page(arabic)
    page.locator("#filter-box summary").click()
    page.locator("#filters [name=place]").fill(PLACE)
    page.wait_for_timeout(200)
    assert page.locator(".spot:not([hidden])").count() == 1
