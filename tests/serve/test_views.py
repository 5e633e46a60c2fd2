"""The views: every address answers, pages fit together, and what an article holds stays text."""

import re
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from mene.articles import read_article
from mene.errors import SearchTimeout
from mene.pipeline import Model, read
from mene.search import Hits
from mene.serve import edition as edition_module
from mene.serve.edition import Edition
from mene.serve.query import Query
from mene.serve.views import LISTS, ROWS
from tests.serve.conftest import Served, draw


@pytest.mark.parametrize("path", [*LISTS, "/read", "/api"])
def test_every_list_is_a_page(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.text.startswith("<!DOCTYPE html>")
    assert answer.text.count("<h1>") == 1


def test_a_claim_and_its_article_lead_to_each_other(client: TestClient, edition: Edition) -> None:
    statement = edition.last.registers["statements"].rows[0]
    page = client.get(f"/claim/{statement.id}").text
    article = f"/article/{statement.evidence.article_id[:12]}"
    assert article in page
    assert client.get(article).status_code == 200


def test_a_fragment_is_the_panel_alone(client: TestClient, edition: Edition) -> None:
    found = client.get(f"/claim/{edition.last.contents.picture.holdings[0].id}?fragment=1").text
    assert "<html" not in found
    assert 'class="claim-panel"' in found


@pytest.mark.parametrize("kind", ["holdings", "backings", "presences", "disputes", "occurrences", "events", "signals"])
def test_claims_of_all_kinds_are_shown(client: TestClient, edition: Edition, kind: str) -> None:
    for row in edition.last.registers[kind].rows[:2]:
        assert client.get(f"/claim/{row.id}").status_code == 200


@pytest.mark.parametrize("path", ["/claim/zzz", "/article/zzz", "/nothing", "/claim/%00", "/read/none"])
def test_what_is_not_there_is_told_in_one_line(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert 'role="alert"' in answer.text


@pytest.mark.parametrize("path", ["/places?on=tomorrow", "/events?page=0", "/events?since=x", "/places?page=1e3"])
def test_what_cannot_be_asked_is_refused(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 400


def test_pages_hold_every_event_once(client: TestClient, edition: Edition) -> None:
    total = len(edition.last.registers["occurrences"].rows)
    ids = []
    for page in range(1, -(-total // ROWS) + 1):
        ids += re.findall(r'<li class="[a-z]+" id="(o\w+)"', client.get(f"/events?page={page}").text)
    assert len(ids) == len(set(ids)) == total


def test_filters_choose_rows(client: TestClient, edition: Edition) -> None:
    place = edition.last.contents.picture.holdings[0].place.name
    assert place in client.get(f"/places?place={place.upper()}").text
    assert "Nothing that was read fits" in client.get("/places?place=nowhere at all").text


def test_search_finds_words_of_a_sentence(client: TestClient, edition: Edition) -> None:
    statement = edition.last.registers["statements"].rows[0]
    word = statement.text.split()[1]
    assert edition.last.contents.id(statement.id) in client.get(f"/search?q={word}").text


def test_the_picture_and_its_data_are_of_one_edition(client: TestClient, edition: Edition) -> None:
    beside = re.search(r'data-beside="([^"]+)"', client.get("/").text)
    assert beside is not None
    assert client.get(beside[1]).text == edition.data
    assert client.get("/data.json?another").status_code == 409


def test_a_search_is_counted_and_narrowed(client: TestClient, edition: Edition) -> None:
    kind = edition.last.registers["events"].rows[0].type
    page = client.get("/search", params={"type": kind}).text
    total = client.get("/api/search", params={"type": kind}).json()["total"]
    assert f"<h2>{total:,} statement" in page
    assert f'<a href="/search?type={kind}">' in page
    assert client.get("/search?q=said&type=WALK").status_code == 400


def test_a_search_that_takes_too_long_is_told_so(
    client: TestClient, edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    def find(query: Query, most: int) -> Hits:
        raise SearchTimeout("this search takes longer than 2 seconds: narrow it")

    monkeypatch.setattr(edition.finder, "find", find)
    for path in ("/search?q=mu*", "/api/search?q=mu*"):
        answer = client.get(path)
        assert answer.status_code == 503
        assert "takes longer" in answer.text


@pytest.mark.parametrize("path", ["/places?type=SEIZE", "/sources?place=Hama", "/disputes?modality=asserted"])
def test_a_filter_that_says_nothing_of_a_list_is_refused(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 400
    assert "cannot be filtered by" in answer.text


def test_places_are_filtered_by_status(client: TestClient, edition: Edition) -> None:
    rows = edition.last.contents.picture.holdings
    status = rows[0].status
    found = client.get("/api/holdings", params={"modality": status, "limit": "500"}).json()["items"]
    assert {one["id"] for one in found} == {one.id for one in rows if one.status == status}


def test_a_large_store_is_replayed(client: TestClient, edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edition_module, "MOST_REDRAWN", 0)
    history = edition.last.contents.history
    assert history is not None
    day, stop = history.stops.days[1], 1
    asked = client.get(f"/api/holdings?on={day}&known={day}&limit=500").json()
    assert (asked["on"], asked["known"]) == (day.isoformat(), day.isoformat())
    assert {one["id"] for one in asked["items"]} == {one.id for one in history.at(stop, stop)}
    exact = edition._draw(day, day)
    assert {one["id"] for one in asked["items"]} == {one.id for one in exact.contents.picture.holdings}
    assert "Places as they were on" in client.get(f"/places?on={day}").text
    told = client.get(f"/api/statements?known={day}").json()["total"]
    assert 0 < told == len(exact.registers["statements"].rows)
    assert client.get("/places?known=1990-01-01").status_code == 400


def test_another_day_is_drawn_as_it_was_known(client: TestClient, edition: Edition) -> None:
    day = edition.last.registers["articles"].rows[5].published_at
    then = client.get(f"/api/articles?known={day}").json()["total"]
    assert 0 < then < client.get("/api/articles").json()["total"]
    assert client.get("/places?known=1990-01-01").status_code == 400


def test_a_first_edition_is_waited_for(serve: Callable[..., Served]) -> None:
    client = serve(None).client
    page, data = client.get("/"), client.get("/api/holdings")
    assert page.status_code == data.status_code == 503
    assert 'http-equiv="refresh"' in page.text
    assert data.headers["retry-after"] == "2"


HOSTILE = """<html><head><title>Rebels take Hama &lt;script&gt;alert(1)&lt;/script&gt;</title>
<meta property="article:published_time" content="2024-12-05"></head><body><article>
<h1>Rebels take Hama &lt;script&gt;alert(1)&lt;/script&gt;</h1>
<p>The army of &lt;img src=x onerror=alert(1)&gt; said on Thursday that rebels took the Syrian city of Hama.</p>
<p>"Look at &lt;svg onload=alert(2)&gt;, {{ 7 * 7 }}, \u202egnihton", the mayor of Hama said. &lt;/script&gt;</p>
<p>The rebels seized the town of Tadmur on Friday, the ministry said in a statement to reporters.</p>
</article></body></html>"""


@pytest.fixture(scope="module")
def hostile(model: Model, tmp_path_factory: pytest.TempPathFactory) -> Edition:
    reading = read(read_article(HOSTILE.encode()), model)
    return draw([reading], tmp_path_factory.mktemp("hostile"), version="h")


def test_a_hostile_article_stays_text(serve: Callable[..., Served], hostile: Edition) -> None:
    client = serve(hostile).client
    article = next(iter(hostile.last.contents.articles))
    claims = [f"/claim/{one}" for one in hostile.last.contents.statements]
    for path in [*LISTS, "/search?q=look", f"/article/{article}", *claims]:
        page = client.get(path).text
        assert re.findall(r"<script[^>]*>", page) == re.findall(r'<script src="/static/[\w.-]+" defer>', page)
        assert not re.search(r"<(img|svg on|iframe|object)|\son\w+=", re.sub(r"&lt;.*?&gt;", "", page))
        assert "49" not in page or "{{ 7 * 7 }}" in page
        assert "\u202e" not in page or path.startswith("/article")


@pytest.mark.parametrize("words", ['"><script>alert(1)</script>', "{{ 7 * 7 }}", "' onfocus=alert(1) autofocus"])
def test_what_is_asked_is_escaped(client: TestClient, words: str) -> None:
    page = client.get("/search", params={"q": words, "place": words, "actor": words}).text
    assert "<script>alert" not in page
    assert "49" not in page
    assert 'value="&#39; onfocus' in page or "onfocus" not in page
