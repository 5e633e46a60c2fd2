"""The whole page by keyboard: everything can be reached and seen to be, nothing holds the focus."""

import pytest

from .driving import focused, unfold_all

# Walks with Tab are slow; the browser's own order is the document's, as no tabindex is above 0.
_REACHABLE = """() => [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex]")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.disabled && one.tabIndex >= 0)"""

# What shows that an element has the focus: an outline, or a drawing beneath it that changes.
_SHOWS = """(one) => {
  const look = (part) => { const s = getComputedStyle(part); return [s.outlineStyle, s.outlineColor, s.outlineWidth,
    s.boxShadow, s.color, s.backgroundColor, s.textDecoration, s.fill, s.stroke, s.strokeWidth, s.fillOpacity,
    s.strokeOpacity].join(); };
  const all = () => [one, ...one.querySelectorAll("*")].map(look).join("|");
  document.activeElement?.blur();
  const before = all();
  one.focus({ focusVisible: true });
  return document.activeElement === one && all() !== before;
}"""


@pytest.fixture
def page(open_page, small):
    """The page of the hand-made case, which has a row of every kind."""
    return open_page(small)


def tab_through(page, most=400):
    """Return what has the focus, one Tab after another, until it leaves the page or comes round."""
    seen = []
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        seen.append(page.evaluate("(document.activeElement.dataset.walk ??= String(Math.random()))"))
        if len(seen) > 1 and seen[-1] == seen[0]:
            break
    return seen


def test_the_skip_link_is_first_and_leads_to_the_picture(page):
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the picture")
    assert skip.evaluate("(one) => one === document.activeElement")
    assert skip.bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_tab_reaches_everything_and_comes_out_again(page):
    reachable = page.evaluate(f"({_REACHABLE})().length")
    seen = tab_through(page)
    assert len(set(seen)) == len(seen) - (seen[-1] == seen[0] and len(seen) > 1)
    assert abs(len(set(seen)) - reachable) <= page.locator("input[type=date]").count() * 3


def test_no_order_of_its_own(page):
    assert page.evaluate("[...document.querySelectorAll('[tabindex]')].every((one) => one.tabIndex <= 0)")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_focus_can_be_seen_everywhere(open_page, demo, width):
    page = open_page(demo, width=width, reduced_motion="reduce")
    unfold_all(page)
    unseen = f"({_REACHABLE})().filter((one) => one.type !== 'range' && !({_SHOWS})(one))"
    blind = page.evaluate(f"{unseen}.map((one) => one.outerHTML.slice(0, 150))")
    assert blind == []


@pytest.mark.parametrize("handle", ["on", "known"])
def test_the_focus_can_be_seen_on_the_handles(open_page, demo, handle):
    page = open_page(demo)
    before = page.locator(".track").screenshot()
    page.locator(f"#{handle}").evaluate("(one) => one.focus({ focusVisible: true })")
    assert page.locator(".track").screenshot() != before


@pytest.mark.parametrize("width", [360, 1280])
def test_what_has_the_focus_is_on_the_screen(open_page, demo, width):
    page = open_page(demo, width=width, reduced_motion="reduce")
    away = page.evaluate(
        f"""() => ({_REACHABLE})().filter((one) => {{
          one.focus();
          const box = one.getBoundingClientRect();
          const scroller = one.closest(".scroll, .swim, .canvas");
          return !scroller && (box.right < 1 || box.left > innerWidth || box.bottom < 0 || box.top > innerHeight);
        }}).map((one) => one.outerHTML.slice(0, 150))"""
    )
    assert away == []


def test_a_sheet_that_covers_the_page_holds_the_focus_until_it_is_closed(open_page, small):
    page = open_page(small, width=360, height=740)
    page.locator("#days li li a").first.focus()
    page.keyboard.press("Enter")
    page.locator("#claim[open] .statement").wait_for()
    inside = "[document.body, ...document.querySelectorAll('#claim, #claim *')].includes(document.activeElement)"
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate(inside)
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('#days li li a')")


def test_a_sheet_beside_the_page_leaves_the_page_in_use(open_page, demo):
    page = open_page(demo)
    page.locator("#days li li a").first.click()
    page.locator("#claim[open] .statement").wait_for()
    page.locator("#known").focus()
    page.keyboard.press("ArrowLeft")
    assert focused(page)["id"] == "known"
    assert page.locator("#claim").is_visible()


def test_controls_are_large_enough_for_a_finger(open_page, demo):
    page = open_page(demo, width=360, height=740)
    page.locator("#filter-box summary").click()
    controls = page.locator("button, select, input:not([type=checkbox]), summary").filter(visible=True)
    sizes = [(one.inner_text(), one.bounding_box()) for one in controls.all()]
    small = [words for words, box in sizes if min(box["width"], box["height"]) < 24]
    assert small == []


def test_the_table_of_origins_is_sorted_by_keyboard(page):
    page.locator("table.origins th button").first.focus()
    page.keyboard.press("Enter")
    names = page.locator("#origins th").all_inner_texts()
    assert names == sorted(names, key=str.casefold)
    assert page.locator("table.origins th").first.get_attribute("aria-sort") == "ascending"
    page.keyboard.press("Enter")
    assert page.locator("#origins th").all_inner_texts() == names[::-1]
