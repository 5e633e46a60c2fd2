"""Rounds over servers in memory: what is asked when, what is kept, what is remembered."""

import os
from itertools import pairwise
from pathlib import Path

import pytest

from mene.articles import Loaded
from mene.articles.fetch import AddressError, Answer
from mene.errors import StoreError
from mene.watch.courtesy import Request
from mene.watch.limits import HOUR, MINUTE, PAGES, PAUSE, TRIES
from mene.watch.progress import Failed, Kept, Seen, Waiting
from mene.watch.sources import FeedWatch, FolderWatch
from tests.watch.conftest import DAY_ONE, World, page, rss

WIRE = "https://wire.example"
FEED = FeedWatch(f"{WIRE}/rss")
OK = {"content-type": "text/html"}


def stock(world: World, *numbers: int, headers: dict[str, str] | None = None, text: str = "") -> None:
    """Let the feed list some articles, and their pages be there."""
    links = [f"{WIRE}/{number}" for number in numbers]
    world.replies[FEED.url] = (200, headers or {}, rss(*((link, text) for link in links)))
    for link in links:
        world.replies[link] = (200, OK, page(f"News of {link}"))


def test_the_pages_of_new_entries_are_kept_and_never_asked_for_again(world: World) -> None:
    stock(world, 1, 2)
    first = world.round(FEED)
    assert world.urls == [FEED.url, f"{WIRE}/1", f"{WIRE}/2"]
    assert [loaded.unwrap().url for loaded in world.kept] == [f"{WIRE}/1", f"{WIRE}/2"]
    assert world.told[0] == Seen(FEED.name, 2)
    stock(world, 1, 2, 3)
    second = world.round(FEED, memory=first.memory)
    assert world.urls == [FEED.url, f"{WIRE}/3"]
    assert (first.kept, second.kept) == (2, 1)


def test_the_feeds_day_stands_only_where_the_page_has_none(world: World) -> None:
    stock(world, 1, 2)
    dated = page("Dated").replace(
        b"<html>", b'<html><head><meta property="article:published_time" content="2024-11-30"></head>'
    )
    world.replies[f"{WIRE}/2"] = (200, OK, dated)
    world.round(FEED)
    assert [str(loaded.unwrap().published_at) for loaded in world.kept] == ["2024-12-05", "2024-11-30"]


def test_one_host_is_asked_one_at_a_time_with_a_pause_and_another_meanwhile(world: World) -> None:
    stock(world, 1, 2, 3)
    other = FeedWatch("https://courier.example/rss")
    world.replies[other.url] = (200, {}, rss(("https://courier.example/1", "")))
    world.replies["https://courier.example/1"] = (200, OK, page("Courier"))
    world.round(FEED, other)
    for host in ("wire.example", "courier.example"):
        times = [at for at, request in world.asked if host in request.url]
        assert all(later - earlier >= PAUSE for earlier, later in pairwise(times))
    assert world.now - DAY_ONE <= 6 * PAUSE


def test_a_crawl_delay_is_kept_to_and_a_longer_one_than_patience_waits(world: World) -> None:
    stock(world, 1)
    world.replies[f"{WIRE}/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 30")
    world.round(FEED)
    assert world.asked[2][0] - world.asked[1][0] == 30
    world.replies[f"{WIRE}/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 3600")
    outcome = world.round(FEED)
    assert world.urls == [FEED.url]
    assert [record.count for record in world.told_of(Waiting)] == [1]  # type: ignore[union-attr]
    world.now += 2 * HOUR
    world.round(FEED, memory=outcome.memory)
    assert world.urls == [FEED.url]  # its turn; the page waits for the next
    assert outcome.memory.feed(FEED.name).etag is None


def test_a_round_that_takes_long_still_waits_for_short_pauses(world: World) -> None:
    stock(world, 1, 2)
    assert world.round(FEED, patience=0.0).kept == 2
    world.replies[f"{WIRE}/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 61")
    assert world.round(FEED, patience=0.0).kept == 0


def test_robots_are_asked_once_a_day(world: World) -> None:
    stock(world, 1)
    world.replies[f"{WIRE}/robots.txt"] = (200, {}, b"User-agent: *\nDisallow: /1")
    outcome = world.round(FEED)
    assert world.urls == [FEED.url]
    assert "robots.txt of wire.example" in str(world.told_of(Failed)[0])
    world.round(FEED, memory=outcome.memory)
    assert [request.url for _, request in world.asked] == [FEED.url]
    world.now += 25 * HOUR
    world.round(FEED, memory=outcome.memory)
    assert world.asked[0][1].url == f"{WIRE}/robots.txt"


@pytest.mark.parametrize("status", [500, 503, 429])
def test_robots_that_cannot_be_had_make_the_host_wait(world: World, status: int) -> None:
    stock(world, 1)
    world.replies[f"{WIRE}/robots.txt"] = (status, {}, b"")
    outcome = world.round(FEED)
    assert world.urls == []
    assert outcome.failed_sources == frozenset()
    assert outcome.memory.feed(FEED.name).not_before >= world.now + 10 * MINUTE


@pytest.mark.parametrize("status", [404, 401, 403, 410])
def test_a_host_without_robots_allows_all(world: World, status: int) -> None:
    stock(world, 1)
    world.replies[f"{WIRE}/robots.txt"] = (status, {}, b"User-agent: *\nDisallow: /")
    assert world.round(FEED).kept == 1


def test_validators_are_sent_once_all_that_is_listed_is_done(world: World) -> None:
    stock(world, 1, 2, headers={"etag": '"one"', "last-modified": "then"})
    page_two = world.replies.pop(f"{WIRE}/2")
    outcome = world.round(FEED)
    assert outcome.memory.feed(FEED.name).etag is None
    world.replies[f"{WIRE}/2"] = page_two
    world.now += HOUR
    outcome = world.round(FEED, memory=outcome.memory)
    assert outcome.kept == 1
    world.replies[FEED.url] = (304, {}, b"")
    world.round(FEED, memory=outcome.memory)
    headers = world.asked[-1][1].headers
    assert (headers["If-None-Match"], headers["If-Modified-Since"]) == ('"one"', "then")
    assert world.told == [Seen(FEED.name, 0, unchanged=True)]


@pytest.mark.parametrize("etag", ['"caf\u00e9"', '"a\r\nX: 1"', '"' + "x" * 5_000, ""])
def test_a_validator_that_cannot_be_sent_is_left_out(world: World, etag: str) -> None:
    stock(world, 1, headers={"etag": etag})
    assert world.round(FEED).memory.feed(FEED.name).etag is None


def test_ttl_and_max_age_are_patience(world: World) -> None:
    stock(world, 1, headers={"cache-control": "max-age=1800"})
    assert world.round(FEED).memory.feed(FEED.name).not_before == DAY_ONE + 2 * PAUSE - PAUSE + 1800
    world.replies[FEED.url] = (200, {}, rss(head="<ttl>120</ttl>"))
    now = world.now
    assert world.round(FEED).memory.feed(FEED.name).not_before >= now + 120 * MINUTE


def test_a_feed_that_fails_is_left_alone_longer_each_time(world: World) -> None:
    world.replies[FEED.url] = (500, {}, b"")
    first = world.round(FEED)
    assert first.failed_sources == {FEED.name}
    assert first.memory.feed(FEED.name).not_before == pytest.approx(world.now + 15 * MINUTE, abs=2)
    world.round(FEED, memory=first.memory)
    assert world.asked == []
    world.now += HOUR
    second = world.round(FEED, memory=first.memory)
    assert second.memory.feed(FEED.name).not_before == pytest.approx(world.now + 30 * MINUTE, abs=2)


def test_retry_after_is_respected_for_the_whole_host(world: World) -> None:
    stock(world, 1, 2, 3)
    world.replies[f"{WIRE}/1"] = (429, {"retry-after": "7200"}, b"")
    outcome = world.round(FEED)
    assert world.urls == [FEED.url, f"{WIRE}/1"]
    assert world.told_of(Waiting)[0].count == 3  # type: ignore[union-attr]
    assert outcome.memory.hosts["wire.example"].not_before == pytest.approx(world.now + 7200, abs=2)
    world.replies[f"{WIRE}/1"] = (200, OK, page("At last"))
    world.now += 7300
    assert world.round(FEED, memory=outcome.memory).kept == 3


def test_a_feed_that_is_gone_is_given_up_in_one_clear_line(world: World) -> None:
    world.replies[FEED.url] = (410, {}, b"")
    outcome = world.round(FEED)
    assert "410 Gone: the feed is given up" in str(world.told_of(Failed)[0])
    world.now += 1000 * HOUR
    world.round(FEED, memory=outcome.memory)
    assert world.asked == []


def test_a_permanent_redirect_is_remembered_and_a_temporary_one_is_not(world: World) -> None:
    new = "https://new.example/rss"
    world.replies[new] = (200, {}, rss())
    for status, asked in ((302, FEED.url), (301, new), (308, new)):
        world.replies[FEED.url] = (status, {"location": new}, b"")
        outcome = world.round(FEED)
        world.round(FEED, memory=outcome.memory)
        assert world.urls[0] == asked


def test_where_the_new_address_fails_the_old_one_is_asked_again(world: World) -> None:
    new = "https://new.example/rss"
    world.replies |= {new: (200, {}, rss()), FEED.url: (301, {"location": new}, b"")}
    outcome = world.round(FEED)
    world.replies |= {new: (410, {}, b""), FEED.url: (200, {}, rss())}
    outcome = world.round(FEED, memory=outcome.memory)
    assert not outcome.memory.feed(FEED.name).is_gone
    world.now += HOUR
    world.round(FEED, memory=outcome.memory)
    assert world.urls == [FEED.url]


def test_redirects_end(world: World) -> None:
    world.replies[FEED.url] = (302, {"location": "/rss"}, b"")
    world.round(FEED)
    assert len(world.urls) <= 6
    assert "redirects more than" in str(world.told_of(Failed)[0])


def test_a_page_that_fails_is_tried_later_and_then_given_up(world: World) -> None:
    stock(world, 1)
    world.replies[f"{WIRE}/1"] = (502, {}, b"")
    memory = world.round(FEED).memory
    world.round(FEED, memory=memory)
    assert world.urls == [FEED.url]
    for _ in range(TRIES - 1):
        world.now += 24 * HOUR
        memory = world.round(FEED, memory=memory).memory
    assert [record.is_final for record in world.told_of(Failed)] == [True]  # type: ignore[union-attr]
    world.now += 24 * HOUR
    world.round(FEED, memory=memory)
    assert world.urls == [FEED.url]


@pytest.mark.parametrize("reply", [(403, {}, b""), (404, {}, b""), (200, OK, b"<html></html>")])
def test_where_the_page_gives_nothing_the_feeds_own_text_is_kept(
    world: World, reply: tuple[int, dict[str, str], bytes]
) -> None:
    stock(world, 1, text="The rebels took the town of Tal Abyad on Thursday, the army said.")
    world.replies[f"{WIRE}/1"] = reply
    assert world.round(FEED).kept == 1
    assert "Tal Abyad" in world.kept[0].unwrap().text
    assert world.kept[0].unwrap().url == f"{WIRE}/1"


def test_an_article_in_another_language_is_told_once(world: World) -> None:
    stock(world, 1)
    french = (
        "Les rebelles ont pris la ville jeudi, a annoncé l'armée, qui dit avoir quitté ses positions dans la nuit. " * 3
    )
    world.replies[f"{WIRE}/1"] = (200, OK, page("Nouvelles", french))
    outcome = world.round(FEED)
    assert "French" in str(world.told_of(Failed)[0])
    world.round(FEED, memory=outcome.memory)
    assert world.urls == [FEED.url]


def test_so_many_pages_a_round_and_the_rest_in_the_next(world: World) -> None:
    stock(world, *range(1, PAGES + 4))
    first = world.round(FEED)
    assert (first.kept, world.told_of(Waiting)[0].count) == (PAGES, 3)  # type: ignore[union-attr]
    assert world.round(FEED, memory=first.memory).kept == 3


def test_what_two_feeds_list_is_fetched_once(world: World) -> None:
    stock(world, 1)
    other = FeedWatch("https://courier.example/rss")
    world.replies[other.url] = (200, {"etag": '"x"'}, rss((f"{WIRE}/1", "")))
    first = world.round(FEED, other)
    assert world.urls.count(f"{WIRE}/1") == 1
    second = world.round(FEED, other, memory=first.memory)
    assert f"{WIRE}/1" not in world.urls
    assert second.memory.feed(other.name).etag == '"x"'


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "ftp://a.example/x", "http://[bad", ""])
def test_an_address_of_another_kind_is_never_asked_for(world: World, link: str) -> None:
    world.replies[FEED.url] = (200, {}, rss((link, "")))
    outcome = world.round(FEED)
    assert [url for url in world.urls if url != FEED.url and "[bad" not in url] == []
    assert outcome.kept == 0


def test_private_addresses_may_be_asked_only_where_the_user_named_them(world: World) -> None:
    inside = FeedWatch("http://10.0.0.5:8000/rss", inside=True)
    links = ["http://10.0.0.5:8000/1", "http://10.0.0.5:22/1", "http://10.0.0.6:8000/1", "http://169.254.169.254/1"]
    world.replies[inside.url] = (200, {}, rss(*((link, "") for link in links)))
    world.round(inside)
    allowed = {request.url for _, request in world.asked if request.allow_private}
    assert allowed == {"http://10.0.0.5:8000/robots.txt", inside.url, links[0]}
    world.replies[FEED.url] = (200, {}, rss((links[0], ""), (FEED.url + "/2", "")))
    world.round(FEED)
    assert not any(request.allow_private for _, request in world.asked)


def test_a_refused_address_is_not_tried_again(world: World) -> None:
    world.replies[FEED.url] = (200, {}, rss(("http://10.0.0.5/1", "")))

    def ask(request: Request) -> Answer:
        if "10.0.0.5" in request.url:
            raise AddressError(f"{request.url} leads to a private or local address, which is refused")
        return world.ask(request)

    outcome = world.round(FEED, ask=ask)
    assert "private" in str(world.told_of(Failed)[0])
    world.round(FEED, memory=outcome.memory, ask=ask)
    assert world.told_of(Failed) == []


def test_a_feed_that_is_none_fails(world: World) -> None:
    for body in (
        b"<html><p>Hello</p></html>",
        b"<opml><body/></opml>",
        b"",
        rss().replace(b"Levant", b"&#xD800;"),
    ):
        world.replies[FEED.url] = (200, {}, body)
        outcome = world.round(FEED)
        assert outcome.failed_sources == {FEED.name}


def test_an_end_between_articles_loses_nothing(world: World) -> None:
    stock(world, 1, 2, 3, headers={"etag": '"one"'})
    world.stops_after = 1
    outcome = world.round(FEED)
    assert outcome.kept == 1
    assert world.saved[-1] == outcome.memory
    world.stops_after = None
    assert world.round(FEED, memory=outcome.memory).kept == 2


def test_a_store_that_fails_ends_the_round_and_the_entry_stays_new(world: World) -> None:
    stock(world, 1)

    def keep(_: Loaded) -> bool:
        raise StoreError("the store is being written by another process")

    with pytest.raises(StoreError):
        world.round(FEED, keep=keep)
    assert world.round(FEED, memory=world.saved[-1]).kept == 1


def write(path: Path, text: str, age: float = HOUR) -> None:
    path.write_text(text)
    os.utime(path, (DAY_ONE - age, DAY_ONE - age))


def test_files_are_kept_when_new_or_changed(world: World, tmp_path: Path, article: str) -> None:
    folder = FolderWatch(tmp_path)
    write(tmp_path / "a.txt", article)
    write(tmp_path / "b.txt", "\x00\x01\x02" * 50)
    first = world.round(folder)
    assert (first.kept, first.failed, first.failed_sources) == (1, 1, frozenset())
    second = world.round(folder, memory=first.memory)
    assert (second.kept, second.known, second.failed) == (0, 0, 0)
    write(tmp_path / "a.txt", article + "\n\nMore of it came later.\n", age=2 * MINUTE)
    os.utime(tmp_path / "b.txt")
    third = world.round(folder, memory=second.memory)
    assert third.kept == 1


def test_the_same_article_under_another_name_is_there_already(world: World, tmp_path: Path, article: str) -> None:
    write(tmp_path / "a.txt", article)
    write(tmp_path / "b.txt", article)
    outcome = world.round(FolderWatch(tmp_path))
    assert (outcome.kept, outcome.known) == (1, 1)
    assert [record.is_new for record in world.told_of(Kept)] == [True, False]  # type: ignore[union-attr]


def test_an_address_in_a_table_of_a_folder_is_not_fetched(world: World, tmp_path: Path) -> None:
    write(tmp_path / "list.csv", "url\nhttps://wire.example/1\n")
    outcome = world.round(FolderWatch(tmp_path))
    assert (outcome.failed, world.asked) == (1, [])
    assert "use mene add" in str(world.told_of(Failed)[0])


def test_a_folder_that_is_gone_fails_and_may_come_back(world: World, tmp_path: Path, article: str) -> None:
    folder = FolderWatch(tmp_path / "in")
    first = world.round(folder)
    assert first.failed_sources == {folder.name}
    folder.path.mkdir()
    write(folder.path / "a.txt", article)
    assert world.round(folder, memory=first.memory).kept == 1
