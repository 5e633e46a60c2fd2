"""The page on paper: all of it is there, and nothing that only a screen can do."""

import io

import pytest
from pypdf import PdfReader

from tests.report.hand import COLUMN, PULLING

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
    """Return the words on sheets, with single spaces."""
    return " ".join(" ".join(sheet.extract_text() for sheet in sheets).split())


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
