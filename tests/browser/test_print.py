"""The page on paper: all of it is there, and nothing that only a screen can do."""

import io
import unicodedata

import pytest
from pypdf import PdfReader

from tests.report.hand import COLUMN, PULLING

from .driving import move
from .windows import Windows

CONTROLS = ":is(nav, button:not(th button), input, select, [role=slider], [role=toolbar])"
"""What only a screen can do; the heading of a column, which sorts it when pressed, stands on paper as words."""


@pytest.fixture(scope="module")
def printed(browser):
    """Prints a page and returns it as a file of sheets."""

    def print_page(file):
        with Windows(browser) as open_page:
            return PdfReader(io.BytesIO(open_page(file).pdf(format="A4"))).pages

    return print_page


def read(sheets):
    """Return the words on sheets, with single spaces and without ligatures."""
    words = " ".join(sheet.extract_text() for sheet in sheets)
    return unicodedata.normalize("NFKC", " ".join(words.split()))


def test_the_brief_is_on_paper(printed, demo):
    sheets = printed(demo)
    text = read(sheets[:3])
    assert len(sheets) > 3
    for words in ("Aleppo", "Hama", "Hay'at Tahrir al-Sham", "independent origin"):
        assert words in text.replace("’", "'")


def test_what_is_folded_is_printed(printed, small):
    text = read(printed(small))
    for words in (PULLING.text, COLUMN.title, "an adviser", "extremely unlikely"):
        assert words in text


def test_navigation_and_controls_stay_on_the_screen(open_page, small):
    page = open_page(small)
    page.emulate_media(media="print")
    assert page.locator(f"{CONTROLS}:visible").count() == 0
    assert page.locator("h1").is_visible()
    assert page.locator("footer").is_visible()


def test_paper_is_white_where_the_screen_is_dark(open_page, small):
    page = open_page(small, color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") in (
        "rgb(255, 255, 255)",
        "rgba(0, 0, 0, 0)",
    )


@pytest.mark.parametrize("width", [794, 1123])
def test_nothing_is_wider_than_the_paper(open_page, small, width):
    page = open_page(small, width=width)
    page.emulate_media(media="print")
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_sides_are_told_apart_in_grey(open_page, small):
    """Each side and each status has a form of its own, so that none needs a colour."""
    page = open_page(small)
    page.emulate_media(media="print")
    for key in (".sides-key li:not([hidden])", ".key:not(.sides-key) li"):
        used = page.locator(f"#places {key} use").evaluate_all("(all) => all.map((one) => one.getAttribute('href'))")
        assert len(used) > 1
        assert len(used) == len(set(used))
    for part in ("#bars .other", "#sources .named"):
        filling = page.locator(part).first.evaluate("(one) => getComputedStyle(one).fill")
        assert filling.startswith("url(")


def test_the_map_is_not_torn_and_keeps_its_filling(open_page, small):
    page = open_page(small)
    page.emulate_media(media="print")
    style = "(name) => getComputedStyle(document.querySelector(name))"
    assert page.evaluate(f"({style})('.chart').breakInside") == "avoid"
    assert page.evaluate(f"({style})('.map').printColorAdjust") == "exact"


def test_the_days_and_filters_of_the_view_are_on_paper(open_page, demo):
    page = open_page(demo)
    move(page, "known", 4)
    page.locator("#filter-box summary").click()
    page.locator("#filters [name=actor]").fill("rebels")
    page.wait_for_timeout(200)
    text = read(PdfReader(io.BytesIO(page.pdf(format="A4"))).pages[:1])
    assert "True on 1 Dec 2024, as known on 1 Dec 2024" in text
    assert "1 filter on" in text
