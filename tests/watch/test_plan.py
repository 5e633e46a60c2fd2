"""What is due when: pure."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from mene.watch.memory import FeedMemory, FolderMemory, Memory
from mene.watch.round import due_at, find_idle, next_time, plan
from mene.watch.sources import FeedWatch, FolderWatch

FOLDER = FolderWatch(Path("/in"))
FEED = FeedWatch("https://wire.example/rss")
times = st.integers(0, 10_000).map(float)


def test_new_sources_are_due_at_once() -> None:
    assert plan(Memory(), [FOLDER, FEED], 0.0, 900.0) == (FOLDER, FEED)


def test_a_feed_that_is_gone_is_never_due() -> None:
    memory = Memory(feeds={FEED.name: FeedMemory(is_gone=True)})
    assert plan(memory, [FEED], 1e12, 900.0) == ()
    assert next_time(memory, [FEED], 900.0) is None
    assert "given up" in str(find_idle(memory, [FEED], 0.0))


def test_a_feed_waits_for_its_interval_and_for_what_its_server_asks() -> None:
    memory = Memory(feeds={FEED.name: FeedMemory(checked_at=100.0, not_before=5_000.0)})
    assert due_at(memory, FEED, 900.0) == 5_000.0
    assert due_at(memory, FEED, 9_000.0) == 9_100.0
    assert [record.source for record in find_idle(memory, [FOLDER, FEED], 4_999.0)] == [FEED.name]


@given(times, times, times, times, st.floats(60, 10_000))
def test_at_the_next_time_something_is_due_and_before_it_nothing(
    checked: float, not_before: float, looked: float, now: float, every: float
) -> None:
    memory = Memory(feeds={FEED.name: FeedMemory(checked_at=checked, not_before=not_before)},
                    folders={FOLDER.name: FolderMemory(looked)})  # fmt: skip
    at = next_time(memory, [FEED, FOLDER], every)
    assert at is not None
    assert plan(memory, [FEED, FOLDER], at, every)
    assert bool(plan(memory, [FEED, FOLDER], now, every)) is (now >= at)
