"""The live page in a browser: each view asks its server alone, fits, can be used by everybody, shows what comes in."""

import re

import pytest

from mene.evaluate.scale import MOMENT
from mene.store import open_store

from .pages import hostile_readings
from .servers import serving
from .test_accessible import findings
from .test_hostile import LIVE, PROVOKE
from .test_layout import overflow, unfold

LISTS = ("/places", "/events", "/disputes", "/backings", "/forces", "/signals", "/sources", "/search?q=Hama")
VIEWS = ("/", *LISTS, "/read", "/api")
CLAIM = "/claim/"
ARTICLE = "/article/"

REPORT = """Marsh Harrier Brigade takes Hama

HAMA, Dec 6, 2024 (Quiet River Press) - Rebels took the Syrian city of Hama on Friday, the army said. The army said
that its units had left the city. Residents fled the city on Thursday, a doctor said.
"""

DROP = """(text) => {
  const files = new DataTransfer();
  files.items.add(new File([text], "report.txt", { type: "text/plain" }));
  document.querySelector("main").dispatchEvent(
    new DragEvent("drop", { dataTransfer: files, bubbles: true, cancelable: true }));
}"""


@pytest.fixture(scope="module")
def live(tmp_path_factory):
    """A server of the sample corpus."""
    with serving(None, tmp_path_factory.mktemp("live")) as server:
        yield server


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """A server of a store with nothing in it."""
    folder = tmp_path_factory.mktemp("empty")
    with serving(folder / "mene.duckdb", folder) as server:
        yield server


@pytest.fixture(scope="module")
def attacked(tmp_path_factory, model):
    """A server of articles that attack its pages."""
    folder = tmp_path_factory.mktemp("attacked")
    with open_store(folder / "mene.duckdb") as store:
        for one in hostile_readings(model):
            store.add(one, one.article.id.encode(), recorded_at=MOMENT, how="file")
    with serving(folder / "mene.duckdb", folder) as server:
        yield server


def path_of(server, view):
    """Return the address of a view; of a claim and an article that of the first statement's."""
    if view not in (CLAIM, ARTICLE):
        return view
    statement = server.api("/api/statements?limit=1")["items"][0]
    return f"{view}{statement['id'] if view == CLAIM else statement['evidence']['article_id'][:12]}"


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("view", [*VIEWS, CLAIM, ARTICLE])
def test_every_view_fits_and_has_no_grave_finding(open_page, live, view, width):
    page = open_page(live.address + path_of(live, view), width=width)
    assert page.locator("h1").count() == 1
    assert overflow(page) == (0, [])
    assert findings(page) == []


@pytest.mark.parametrize("view", [*LISTS, CLAIM, ARTICLE])
def test_every_view_is_there_without_scripts_in_the_dark(open_page, live, view):
    page = open_page(live.address + path_of(live, view), width=768, java_script_enabled=False, color_scheme="dark")
    assert page.locator("main").inner_text().strip()
    assert overflow(page) == (0, [])


# --- looking ----------------------------------------------------------------------------------------------------------


def test_the_slider_and_a_claim_of_the_picture(open_page, live):
    page = open_page(f"{live.address}/")
    page.locator("#known").focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**known=2024-*")
    page.locator("#latest").click()
    page.locator("#places a.open:visible").first.click()
    page.locator("#claim blockquote").wait_for()
    assert page.locator("#claim .chain").inner_text()
    page.keyboard.press("Escape")
    assert page.locator("#claim").is_hidden()


@pytest.mark.parametrize("with_script", [True, False])
def test_filters_stand_in_the_address(open_page, live, with_script):
    page = open_page(f"{live.address}/events", java_script_enabled=with_script)
    before = page.locator("main h2").inner_text()
    page.get_by_label("Place", exact=True).fill("hama")
    page.get_by_label("Type of event").select_option("SEIZE")
    page.get_by_role("button", name="Show").click()
    page.wait_for_url("**/events?*place=hama*type=SEIZE*")
    assert page.locator("main h2").inner_text() != before
    assert page.get_by_label("Place", exact=True).input_value() == "hama"
    total = live.api("/api/occurrences?place=hama&type=SEIZE")["total"]
    assert page.locator(".days li li:visible").count() == min(total, 50)


@pytest.mark.parametrize("with_script", [True, False])
def test_an_event_leads_to_its_sentence(open_page, live, with_script):
    page = open_page(f"{live.address}/events", java_script_enabled=with_script)
    page.locator(".days li li a").first.focus()
    page.keyboard.press("Enter")
    page.locator("blockquote").wait_for()
    assert ("/claim/" in page.url) is not with_script
    if with_script:
        page.keyboard.press("Escape")
        assert page.evaluate("document.activeElement.closest('.days') !== null")


def test_the_keyboard_comes_to_the_search_from_every_view(open_page, live):
    page = open_page(f"{live.address}/sources", width=360)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "q":
            break
    page.keyboard.type("Hama")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search?q=Hama")
    assert page.locator(".found mark").first.inner_text() == "Hama"


def test_a_search_is_narrowed_and_read_to_its_end(open_page, live):
    page = open_page(f"{live.address}/search?q=Hama")
    total = int(page.locator("main h2").inner_text().split()[0])
    seen = page.locator(".found .rows .id").all_inner_texts()
    while page.locator("[rel=next]").count():
        page.locator("[rel=next]").click()
        page.wait_for_url("**cursor=*")
        seen += page.locator(".found .rows .id").all_inner_texts()
    assert len(seen) == len(set(seen)) == total
    link = page.locator(".among li").first
    count = int(link.locator(".soft").inner_text())
    link.locator("a").click()
    page.wait_for_url("**type=*")
    assert int(page.locator("main h2").inner_text().split()[0]) == count


def test_a_search_without_an_answer_says_so(open_page, live):
    page = open_page(f"{live.address}/search?q=zeppelin")
    assert "That means unknown" in page.locator("main").inner_text()


# --- reading in -------------------------------------------------------------------------------------------------------


def test_what_is_dropped_is_read_and_comes_into_the_picture(open_page, empty):
    picture = open_page(f"{empty.address}/")
    page = open_page(f"{empty.address}/places")
    page.evaluate(DROP, REPORT)
    page.wait_for_url("**/read/*")
    page.locator("#job", has_text="Read: 1 new article kept").wait_for(timeout=90_000)  # told by the stream: no reload
    assert page.locator("#job-lines a").inner_text().startswith("Marsh Harrier Brigade takes Hama")
    picture.locator("#newer").wait_for(timeout=60_000)
    assert "Hama" not in picture.locator("#places").inner_text()  # it changes when that is asked for, not before
    picture.locator("#newer a").click()
    picture.locator("#places", has_text="Hama").wait_for()
    assert picture.locator("#newer").is_hidden()
    page.locator("#job-lines a").click()
    page.wait_for_url("**/article/*")
    assert page.locator("article .said").count() > 0


# --- hostile articles -------------------------------------------------------------------------------------------------


def what_runs(page):
    """Return what in a page could run or load something; its own empty icon is none."""
    page.evaluate(PROVOKE)
    page.wait_for_timeout(100)
    assert page.evaluate("window.pwned === undefined")
    return [one for one in page.evaluate(LIVE) if not one.startswith('<link rel="icon"')]


@pytest.mark.parametrize("view", ["/", *LISTS, "/search?q=window", CLAIM, ARTICLE])
def test_nothing_of_a_hostile_article_runs(open_page, attacked, view):
    page = open_page(attacked.address + path_of(attacked, view), width=360)
    unfold(page)
    assert what_runs(page) == []
    assert page.locator("h1").count() == page.locator("main").count() == page.locator("body > footer").count() == 1


def test_a_hostile_claim_and_article_stay_text(open_page, attacked):
    page = open_page(f"{attacked.address}/events", width=360)
    for link in page.locator(".days li li a").all()[:6]:
        link.click()
        page.locator("#claim blockquote").wait_for()
        assert what_runs(page) == []
        page.keyboard.press("Escape")
    articles = attacked.api("/api/articles?limit=500")["items"]
    for one in articles[:: max(1, len(articles) // 8)]:
        page.goto(f"{attacked.address}/article/{one['id'][:12]}")
        assert what_runs(page) == []
        assert overflow(page) == (0, [])


def test_words_asked_for_are_only_words(open_page, attacked):
    page = open_page(f"{attacked.address}/search?q=%22%3E%3Cscript%3Ewindow.pwned%3D1%3C%2Fscript%3E&place=%3Csvg%3E")
    assert what_runs(page) == []
    assert re.match(r'"><script>', page.get_by_label("Words", exact=True).input_value())
