"""The claim sheet: from every panel one step leads to the sentence, its chain and its citation."""

import pytest

from .driving import focused, unfold_all, wait_for_address

WAYS = {
    "a pin": ".spot:not([hidden])",
    "a table": "tr[data-n] a.open",
    "a dot of the timeline": "#lanes a",
    "an event of the list": "#days li li a",
    "a line of the network": "#net a.tie:not([hidden])",
    "an actor of the network": "#net a.actor:not([hidden])",
    "a fight": "#fights a",
    "a dispute": ".dispute .claim a",
    "an origin": "#origins a",
    "an outlet": "table.shares a",
}
DISPATCH = "(one) => one.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))"


@pytest.fixture
def page(open_page, demo):
    """The demo's page."""
    return open_page(demo)


def wait_for_claim(page):
    """Wait until the sheet has a statement, and return the sheet."""
    page.locator("#claim[open] .statement").wait_for()
    return page.locator("#claim")


def is_whole(sheet):
    """Return whether a sheet tells the sentence, who tells it, and how to cite it."""
    sentence = sheet.locator("blockquote").inner_text()
    chain = sheet.locator("ol.chain li").all_inner_texts()
    cited = sheet.locator(".cite p").inner_text()
    return len(sentence) > 20 and chain and chain[-1].endswith("the origin") and "read by Mene" in cited


@pytest.mark.parametrize("way", WAYS)
def test_a_click_opens_the_sheet(page, way):
    page.locator(WAYS[way]).first.evaluate(DISPATCH)
    sheet = wait_for_claim(page)
    assert is_whole(sheet)
    assert page.locator("#claim-title").inner_text() != "Statement"
    wait_for_address(page, "claim=s")


@pytest.mark.parametrize("way", WAYS)
def test_enter_opens_it_too_and_escape_gives_the_focus_back(page, way):
    page.locator(WAYS[way]).first.focus()
    here = page.evaluate_handle("document.activeElement")
    page.keyboard.press("Enter")
    assert is_whole(wait_for_claim(page))
    assert focused(page)["id"] == "claim-title"
    page.keyboard.press("Escape")
    assert not page.locator("#claim").is_visible()
    assert page.evaluate("(one) => one === document.activeElement", here)


def test_a_pin_is_clicked_where_it_stands(page):
    page.locator(".spot:not([hidden])", has_text="Damascus").locator("use").click()
    assert is_whole(wait_for_claim(page))
    assert page.locator("#claim-title").inner_text() == "Damascus"


def test_a_sentence_of_an_article_opens_it(page):
    unfold_all(page)
    sentence = page.locator(".text a.said").first
    words = sentence.inner_text()[:30]
    sentence.click()
    assert words in wait_for_claim(page).locator("blockquote").inner_text()
    assert sentence.evaluate("(one) => one.classList.contains('now')")


def test_it_is_turned_from_statement_to_statement(page):
    page.locator("tr[data-n]", has_text="Hama").first.locator("a.open").first.click()
    sheet = wait_for_claim(page)
    place, first = page.locator("#claim-place"), sheet.locator("blockquote").inner_text()
    assert place.inner_text().startswith("1 of ")
    assert sheet.get_by_role("button", name="Previous").is_disabled()
    sheet.get_by_role("button", name="Next").click()
    page.wait_for_function("(first) => document.querySelector('#claim blockquote').innerText !== first", arg=first)
    assert place.inner_text().startswith("2 of ")
    page.keyboard.press("ArrowLeft")
    assert place.inner_text().startswith("1 of ")


def test_what_speaks_against_stands_apart(page):
    page.locator("tr[data-n]", has_text="Hama").first.locator("a.open", has_text="against").click()
    assert is_whole(wait_for_claim(page))
    page.keyboard.press("Escape")
    page.locator("tr[data-n]", has_text="Hama").first.locator("a.open", has_text="for").click()
    sheet = wait_for_claim(page)
    assert sheet.locator("#claim-side").inner_text().startswith("For (")
    for _ in range(14):
        page.keyboard.press("ArrowRight")
    assert sheet.locator("#claim-side").inner_text().startswith("Against (")


def test_the_address_opens_it(open_page, demo, page):
    page.locator("#days li li a").first.click()
    wait_for_claim(page)
    wait_for_address(page, "claim=s")
    words = page.locator("#claim blockquote").inner_text()
    other = open_page(f"{demo.as_uri()}#{page.url.partition('#')[2]}")
    assert wait_for_claim(other).locator("blockquote").inner_text() == words


def test_a_sentence_s_own_address_opens_it(open_page, demo, page):
    mark = page.locator("#statements .text [id^=s]").first.get_attribute("id")
    other = open_page(f"{demo.as_uri()}#{mark}")
    assert is_whole(wait_for_claim(other))
    assert other.locator(f"#{mark}").is_visible()


def test_a_statement_that_the_page_does_not_hold_is_said_to_be_absent(open_page, demo):
    page = open_page(f"{demo.as_uri()}#claim=s0000000")
    page.locator("#claim [role=alert]").wait_for()
    assert "mene claim s0000000" in page.locator("#claim [role=alert]").inner_text()


def test_the_sheet_leads_to_the_article(page):
    page.locator("#days li li a").first.click()
    sheet = wait_for_claim(page)
    sheet.get_by_role("button", name="Show it in its article").click()
    assert page.evaluate("document.activeElement.closest('#statements .text') !== null")
    assert page.locator(".said.now").first.is_visible()


@pytest.mark.parametrize(("width", "modal"), [(360, True), (1280, False)])
def test_the_sheet_covers_a_narrow_page_only(open_page, demo, width, modal):
    page = open_page(demo, width=width, height=740)
    page.locator("#days li li a").first.click()
    wait_for_claim(page)
    assert page.evaluate("document.querySelector('#claim').matches(':modal')") == modal
    box = page.locator("#claim").bounding_box()
    assert 0 <= box["x"] <= box["x"] + box["width"] <= width


def test_the_citation_can_be_copied(open_page, demo):
    page = open_page(demo, permissions=["clipboard-read", "clipboard-write"])
    page.locator("#days li li a").first.click()
    sheet = wait_for_claim(page)
    sheet.locator("[data-copy]").click()
    page.wait_for_function("() => /^(Copied|Selected)/.test(document.querySelector('[data-copy]').textContent)")
    text = page.evaluate("navigator.clipboard.readText().catch(() => getSelection().toString())")
    assert text.strip() in ("", sheet.locator(".cite p").inner_text().strip())
