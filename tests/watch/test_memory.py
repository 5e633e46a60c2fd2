"""What is remembered between runs."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mene.errors import InputError
from mene.watch.limits import DAY, FORGET, SEEN
from mene.watch.memory import (
    FeedMemory,
    FileMark,
    FolderMemory,
    HostMemory,
    Memory,
    RobotsMemory,
    Try,
    forget,
    forget_seen,
    read_memory,
    write_memory,
)
from mene.watch.robots import read_robots

FULL = Memory(
    feeds={
        "https://a.example/rss": FeedMemory(
            None, '"e"', "then", 1.0, 2.0, 3.0, 1, False, {"k": 3.0}, {"t": Try(1, 9.0)}
        )
    },
    folders={"/in": FolderMemory(5.0, {"a.txt": FileMark(3, 1_733_400_000_123_456_789, True)})},
    hosts={"a.example": HostMemory(7.0, 1)},
    robots={"https://a.example": RobotsMemory(read_robots(b"User-agent: *\nDisallow: /x\nCrawl-delay: 2"), 1.0)},
    has_kept=True,
)  # fmt: skip


def test_it_comes_back_as_it_was_and_leaves_no_other_file(tmp_path: Path) -> None:
    path = tmp_path / "news.duckdb.watch.json"
    assert read_memory(path) == Memory()
    write_memory(path, FULL)
    write_memory(path, FULL)
    assert read_memory(path) == FULL
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("content", [b"", b"{", b'{"feeds": 3}', b'{"format": 99}', b"\xff\xfe", b"[]"])
def test_a_damaged_file_is_told_with_a_remedy(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x").write_bytes(content)
    with pytest.raises(InputError, match="remove it"):
        read_memory(tmp_path / "x")


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be written"):
        write_memory(tmp_path / "nowhere" / "x", FULL)


def test_what_a_feed_lists_is_not_forgotten_and_what_it_dropped_is() -> None:
    now = 400 * DAY
    seen = {"listed": now, "dropped": now - FORGET - 1}
    memory = Memory(feeds={"f": FeedMemory(read_at=now, seen=seen)})
    assert forget(memory, {"f"}, now).feeds["f"].seen == {"listed": now}
    # A feed that has said "not modified" ever since still has what it listed then.
    assert forget(memory, {"f"}, now + 2 * FORGET).feeds["f"].seen == {"listed": now}


def test_what_is_no_longer_watched_is_forgotten_in_time() -> None:
    now = 400 * DAY
    memory = Memory({"f": FeedMemory(checked_at=now)}, {"d": FolderMemory(now)}, {"h": HostMemory(now)})
    assert forget(memory, (), now + 1) == memory
    assert forget(memory, (), now + FORGET + 1) == Memory()


@given(st.dictionaries(st.integers(0, 9 * SEEN).map(str), st.floats(1, 2), max_size=20), st.integers(0, 2))
def test_forgetting_twice_is_forgetting_once(seen: dict[str, float], many: int) -> None:
    crowd = {f"k{n}": 1.5 for n in range(many * SEEN)}
    once = forget(Memory(feeds={"f": FeedMemory(read_at=2.0, seen={**crowd, **seen})}), {"f"}, 3.0)
    assert len(once.feeds["f"].seen) <= SEEN
    assert forget(once, {"f"}, 3.0) == once


def test_for_an_empty_store_all_is_new_and_courtesy_stays() -> None:
    memory = forget_seen(FULL)
    feed = memory.feeds["https://a.example/rss"]
    assert (feed.seen, feed.etag, memory.folders) == ({}, None, {})
    assert (feed.not_before, feed.failures, memory.hosts, memory.robots) == (2.0, 1, FULL.hosts, FULL.robots)
