"""Articles that attack the page: nothing in them runs, and the page stays whole around them."""

import pytest

from .hostile import ATTACKS, LONG
from .test_layout import overflow, unfold
from .windows import Windows

# Whatever could run, load or lead out of the page if it came from an article.
LIVE = """() => {
  const leads = (value) => /^(javascript|data|vbscript|file):|^\\/\\//i.test(value.replace(/[\\s\\0]/g, ""));
  return [...document.querySelectorAll("*")].filter((one) =>
    one.getAttributeNames().some((name) => name.startsWith("on") || name === "srcdoc")
    || ["href", "src", "action", "formaction", "xlink:href"].some((name) => leads(one.getAttribute(name) ?? ""))
    || one.matches("iframe, object, embed, base, frame, animate, foreignObject, img, meta[http-equiv=refresh i]"))
  .map((one) => one.outerHTML.slice(0, 200)); }"""

# What an attribute that came from an article could wait for, on everything.
PROVOKE = """() => {
  for (const one of document.querySelectorAll("*"))
    for (const name of ["load", "error", "focus", "mouseover", "pointerover", "toggle", "beginEvent", "animationstart"])
      one.dispatchEvent(new Event(name, { bubbles: name.endsWith("over") })); }"""

# The page's own words beside a name with letters or marks that run from right to left, where they run so too. An
# article's own text, which the marks may turn about, is left out.
TURNED = r"""() => {
  const turning = /[\u202a-\u202e\u2066-\u2069\u0590-\u08ff]/;
  const own = "bdi, q, mark, blockquote, [dir=auto], .text";
  const lineOf = (node) => {
    let up = node.parentElement;
    while (getComputedStyle(up).display.startsWith("inline")) up = up.parentElement;
    return up;
  };
  const isTurned = (node) => {
    const range = document.createRange();
    const boxes = [...node.data.slice(0, 40)].map((_, at) => {
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      return range.getBoundingClientRect();
    }).filter((box) => box.width > 0);
    return boxes.some((box, at) => at && box.top === boxes[at - 1].top && box.left < boxes[at - 1].left);
  };
  const found = [];
  let beside = 0;
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const node = walk.currentNode;
    if (!/[a-z]{2}/i.test(node.data) || turning.test(node.data) || node.parentElement.closest(own)) continue;
    if (!turning.test(lineOf(node).textContent)) continue;
    beside += 1;
    if (isTurned(node)) found.push(lineOf(node).textContent.trim().slice(0, 200));
  }
  return [beside, found];
}"""


@pytest.fixture(scope="module")
def page(browser, hostile):
    """The page of hostile articles on a narrow screen, all of it unfolded; the tests here look at it one by one."""
    with Windows(browser) as open_page:
        page = open_page(hostile, width=360, height=740)
        unfold(page)
        yield page


def is_whole(page):
    """Return whether a page has its one heading, its landmarks in their order and its foot."""
    outline = page.evaluate(
        "[...document.body.children].map((one) => one.localName).filter((one) => /^[hmf]/.test(one))"
    )
    headings = page.locator("h1").count(), page.locator("main h2").count() > 3
    return outline == ["header", "main", "footer"] and headings == (1, True) and page.locator("footer").is_visible()


def test_the_attacks_are_in_the_page(page):
    assert page.locator("body").inner_text().count("pwned") > len(ATTACKS)


def test_nothing_runs(page):
    page.evaluate(PROVOKE)
    page.wait_for_timeout(100)
    assert page.evaluate("window.pwned === undefined")
    assert page.evaluate(LIVE) == []


def test_the_page_stays_whole(page):
    assert is_whole(page)


def test_the_page_is_as_wide_as_its_window(page):
    assert overflow(page) == (0, [])


def test_reversed_letters_reverse_nothing_around_them(page):
    beside, turned = page.evaluate(TURNED)
    assert beside > 10
    assert turned == []


def test_no_address_of_an_article_is_a_link_that_runs(page):
    assert set(page.evaluate("[...document.links].map((one) => one.protocol)")) <= {"file:", "http:", "https:"}


def test_nothing_runs_where_a_reader_goes(page):
    for _ in range(40):
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
    for mark in page.locator("mark:visible").all()[:10]:
        mark.scroll_into_view_if_needed()
        box = mark.bounding_box()
        page.mouse.move(box["x"] + 2, box["y"] + 2)
        page.mouse.click(box["x"] + 2, box["y"] + 2)
    assert page.evaluate("window.pwned === undefined")


def test_lines_of_a_megabyte_leave_the_page_whole(open_page, endless):
    page = open_page(endless, width=360, height=740)
    unfold(page)
    assert is_whole(page)
    assert overflow(page) == (0, [])
    assert endless.stat().st_size < 4 * LONG
