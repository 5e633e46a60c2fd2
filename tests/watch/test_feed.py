"""Feeds of any bytes, and what an entry is known by."""

from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from mene.articles.fetch import Answer
from mene.errors import InputError
from mene.watch.feed import Listing, after_done, after_listing, is_new, outstanding, read_listing
from mene.watch.memory import FeedMemory
from tests.watch.conftest import rss

NAME = "https://wire.example/rss"
ODD = ["&#xD800;", "&#99999999999;", "<![CDATA[", "<!DOCTYPE x [", "<link>http://[bad</link>", "\x00", "<ttl>9e9</ttl>"]


def listing(raw: bytes) -> Listing:
    return read_listing(Answer(NAME, 200, {}, raw), NAME)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 400), st.sampled_from(ODD) | st.text(max_size=5)), max_size=5))
def test_any_damage_gives_items_or_one_line(damage: list[tuple[int, str]]) -> None:
    text = rss(("https://wire.example/1", "a"), ("https://wire.example/2", "b")).decode()
    for position, piece in damage:
        text = text[:position] + piece + text[position:]
    with suppress(InputError):
        found = listing(text.encode("utf-8", "replace"))
        assert all(item.keys and (item.link or "http").startswith("http") for item in found.items)


def test_an_entry_is_known_by_its_id_or_its_address() -> None:
    first = listing(rss(("https://wire.example/1", "a")))
    memory = after_done(FeedMemory(), first.items[0], 1.0)
    moved = rss(("https://wire.example/1", "a")).replace(
        b"<link>https://wire.example/1", b"<link>https://wire.example/one"
    )
    renamed = rss(("https://wire.example/1", "a")).replace(b"<guid>https://wire.example/1", b"<guid>another")
    assert not any(is_new(item, memory.seen) for raw in (moved, renamed) for item in listing(raw).items)
    assert is_new(listing(rss(("https://wire.example/2", "a"))).items[0], memory.seen)


def test_relative_addresses_begin_from_the_feed() -> None:
    assert listing(rss(("/news/1", "a"))).items[0].link == "https://wire.example/news/1"


@given(st.sets(st.integers(0, 20), max_size=10), st.sets(st.integers(0, 20), max_size=10))
@settings(deadline=None, max_examples=30)
def test_what_is_done_is_not_outstanding(listed: set[int], done: set[int]) -> None:
    found = listing(rss(*((f"https://wire.example/{n}", "a") for n in sorted(listed))))
    memory = after_listing(FeedMemory(), found, None, 1.0)
    for item in found.items:
        if int((item.link or "").rsplit("/", 1)[1]) in done:
            memory = after_done(memory, item, 1.0)
    assert outstanding(found.items, memory) == len(listed - done)
