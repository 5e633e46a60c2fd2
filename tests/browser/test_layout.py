"""The page fits its window: nothing scrolls it sideways."""

import pytest

WIDTHS = (360, 768, 1280)

PANELS = ("places", "disputes", "network", "timeline", "leaders", "sources", "statements", "reading")

# Elements that reach beyond the window, unless something around them scrolls or clips by itself.
BEYOND = """() => {
  const wide = document.documentElement.clientWidth + 1;
  const isHeld = (one) => {
    for (let up = one.parentElement; up && up !== document.body; up = up.parentElement)
      if (getComputedStyle(up).overflowX !== "visible") return true;
    return false;
  };
  return [...document.body.querySelectorAll("*")]
    .filter((one) => one.getBoundingClientRect().right > wide && one.checkVisibility() && !isHeld(one))
    .slice(0, 5).map((one) => `<${one.localName} class="${one.className}"> ${one.textContent.trim().slice(0, 40)}`);
}"""


def overflow(page):
    """Return by how many pixels a page is wider than its window, and the first that reach beyond it.

    One pixel is none: the browser rounds a page's width up and its window's down.
    """
    extra = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return (extra, page.evaluate(BEYOND)) if extra > 1 else (0, [])


def unfold(page):
    """Open all that is folded."""
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")


@pytest.mark.parametrize("width", WIDTHS)
def test_the_demo_never_scrolls_sideways(open_page, demo, width):
    page = open_page(demo, width=width)
    assert overflow(page) == (0, [])
    unfold(page)
    assert overflow(page) == (0, [])


@pytest.mark.parametrize("width", WIDTHS)
def test_a_large_page_never_scrolls_sideways(open_page, synthetic, width):
    assert overflow(open_page(synthetic(1000), width=width)) == (0, [])


def test_letters_twice_as_large_still_fit(open_page, small):
    page = open_page(small, width=640)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    unfold(page)
    assert overflow(page) == (0, [])


def test_what_is_too_wide_is_seen(open_page, small):
    page = open_page(small, width=360)
    page.evaluate("document.querySelector('footer').style.width = '500px'")
    extra, (named, *_) = overflow(page)
    assert extra > 100
    assert named.startswith("<footer")


@pytest.mark.parametrize("panel", PANELS)
def test_each_panel_fits_a_phone(open_page, demo, panel):
    page = open_page(demo, width=360, height=740)
    unfold(page)
    box = page.locator(f"#{panel}").bounding_box()
    assert 0 <= box["x"] <= box["x"] + box["width"] <= 360
    assert overflow(page) == (0, [])
    cut = """(panel) => [...document.querySelectorAll(`#${panel} :is(p, li, td, th, h3, summary, button, select, q)`)]
      .filter((one) => one.checkVisibility() && !one.closest(".scroll, .swim, thead"))
      .filter((one) => one.getBoundingClientRect().right > innerWidth + 1).map((one) => one.outerHTML.slice(0, 150))"""
    assert page.evaluate(cut, panel) == []


def test_a_cell_tells_its_column_on_a_phone(open_page, demo):
    page = open_page(demo, width=360, height=740)
    for table in ("table.places", "table.ties", "table.origins"):
        cell = page.locator(f"{table} tbody td").first
        assert cell.evaluate("(one) => getComputedStyle(one, '::before').content") not in ("none", '""')
