"""The store: what goes in comes out equal, once, whole, on either database."""

import hashlib
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mene.errors import InputError, StoreError
from mene.records import Article, Dropped, Event, Participant, Place, Reading, Source, Statement, Tone
from mene.settings import StoreUrl
from mene.store import open_store
from mene.store.migrate import read_migrations
from tests.store.conftest import MakePlace
from tests.store.make import NOW, make_article, make_reading, make_statement, running, secret


def test_reading_comes_back_equal(place: Path | StoreUrl) -> None:
    reading = make_reading(b"page")
    with open_store(place) as store:
        assert store.add(reading, b"page", recorded_at=NOW, how="file", model="reader-1")
    with open_store(place, read_only=True) as store:
        assert list(store.readings()) == [reading]
        assert store.raw(reading.article.id) == b"page"
        assert store.read_with(reading.article.id)[1] == "reader-1"


def test_adding_twice_changes_nothing(place: Path | StoreUrl) -> None:
    reading = make_reading(b"page", url="https://example.org/a")
    with open_store(place) as store:
        store.add(reading, b"page", recorded_at=NOW, how="file")
        assert not store.add(reading, b"page", recorded_at=NOW + timedelta(days=1), how="file")
        assert list(store.statements()) == list(reading.statements)
        assert len(store.custody()) == 1


def test_same_bytes_elsewhere_add_custody_only(place: Path | StoreUrl) -> None:
    with open_store(place, operator="analyst") as store:
        for address in ("https://example.org/a", "https://example.net/b"):
            store.add(make_reading(b"page", url=address), b"page", recorded_at=NOW, how="http")
        assert len(list(store.articles())) == 1
        lines = store.custody()
    assert [line.url for line in lines] == ["https://example.net/b", "https://example.org/a"]
    assert lines[0].ts_utc == datetime(2024, 12, 8, 9, 30)
    assert lines[0].operator == "analyst"


def test_known_leaves_out_what_came_later(place: Path | StoreUrl) -> None:
    early, late = make_reading(b"one", date(2024, 12, 1)), make_reading(b"two", date(2024, 12, 6))
    undated = make_reading(b"three", None)
    with open_store(place) as store:
        for raw, reading in ((b"three", undated), (b"two", late), (b"one", early)):
            store.add(reading, raw, recorded_at=NOW, how="file")
        assert list(store.readings(date(2024, 12, 1))) == [early]
        assert [event.id for event in store.events(date(2024, 12, 7))] == [early.events[0].id, late.events[0].id]
        assert list(store.readings(date(2024, 12, 8))) == [early, late, undated]


def test_find_by_the_start_of_an_id(place: Path | StoreUrl) -> None:
    reading = make_reading(b"page")
    with open_store(place) as store:
        store.add(reading, b"page", recorded_at=NOW, how="file")
        assert store.find(reading.statements[0].id[:6]) == reading.statements[0]
        assert store.find(reading.events[0].id) == reading.events[0]
        assert store.find(reading.article.id[:10]) == reading.article
        for wrong in ("", "s-nothing"):
            with pytest.raises(InputError, match="no claim"):
                store.find(wrong)


def test_find_asks_for_more_of_an_ambiguous_id(place: Path | StoreUrl) -> None:
    article = make_article(b"page")
    statements = tuple(make_statement(article, number) for number in range(3))
    with open_store(place) as store:
        store.add(Reading(article, statements, (), ()), b"page", recorded_at=NOW, how="file")
        with pytest.raises(InputError, match="give more of the id"):
            store.find("s")


def test_later_reading_leaves_the_first(place: Path | StoreUrl) -> None:
    first = make_reading(b"page")
    again = Reading(first.article, (make_statement(first.article, 7, -3.0),), (), ())
    with open_store(place) as store:
        store.add(first, b"page", recorded_at=NOW, how="file", model="reader-1")
        assert not store.add(again, b"page", recorded_at=NOW, how="file", model="reader-2")
        assert store.reading(first.article.id) == first
        assert store.read_with(first.article.id)[1] == "reader-1"


def test_more_articles_than_a_batch(place: Path | StoreUrl, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mene.store.store.BATCH", 2)
    readings = [make_reading(str(number).encode()) for number in range(5)]
    with open_store(place) as store:
        for number, reading in enumerate(readings):
            store.add(reading, str(number).encode(), recorded_at=NOW, how="file")
        assert list(store.readings()) == sorted(readings, key=lambda reading: reading.article.id)
        assert len(list(store.events())) == 5


def test_more_statements_than_one_insert_takes(place: Path | StoreUrl) -> None:
    article = make_article(b"page")
    reading = Reading(article, tuple(make_statement(article, number) for number in range(230)), (), ())
    with open_store(place) as store:
        store.add(reading, b"page", recorded_at=NOW, how="file")
        assert store.reading(article.id) == reading


def test_unknown_article_and_bytes(place: Path | StoreUrl) -> None:
    with open_store(place) as store:
        for call in (store.reading, store.raw, store.read_with):
            with pytest.raises(InputError, match="has no"):
                call("0" * 64)


# --- any record -----------------------------------------------------------------------------------------------------

ids = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=12)
numbers = st.floats(allow_nan=False, allow_infinity=False)
participants = st.builds(Participant, score=numbers)
places = st.builds(Place, latitude=st.none() | numbers, longitude=st.none() | numbers, probability=numbers)
tones = st.builds(Tone, subjectivity=numbers)
statements = st.builds(
    Statement,
    id=ids,
    sources=st.lists(st.builds(Source), min_size=1, max_size=2).map(tuple),
    factuality=numbers,
    tone=tones,
)
several = st.lists(participants, max_size=2).map(tuple)
events = st.builds(
    Event,
    id=ids,
    statement_id=ids,
    actors=several,
    recipients=several,
    place=st.none() | places,
    factuality=numbers,
)
readings = st.builds(
    Reading,
    article=st.builds(Article, id=ids),
    statements=st.lists(statements, max_size=2).map(tuple),
    events=st.lists(events, max_size=2).map(tuple),
    dropped=st.lists(st.builds(Dropped), max_size=2).map(tuple),
)
UNHURRIED = [HealthCheck.too_slow, HealthCheck.function_scoped_fixture]


@settings(max_examples=25, deadline=None, suppress_health_check=UNHURRIED)
@given(reading=readings, raw=st.binary(max_size=20))
def test_any_reading_comes_back_equal(make_place: MakePlace, reading: Reading, raw: bytes) -> None:
    make_place.free()
    with open_store(make_place()) as store:
        assert store.add(reading, raw, recorded_at=NOW, how="file")
        assert list(store.readings()) == [reading]
        assert store.raw(hashlib.sha256(raw).hexdigest()) == raw


# --- refusals -------------------------------------------------------------------------------------------------------


def test_store_opened_for_reading_refuses_to_write(place: Path | StoreUrl) -> None:
    open_store(place).close()
    with open_store(place, read_only=True) as store, pytest.raises(StoreError, match="cannot be written"):
        store.add(make_reading(b"page"), b"page", recorded_at=NOW, how="file")


def test_failed_add_leaves_nothing(place: Path | StoreUrl) -> None:
    reading = make_reading(b"page")
    broken = Reading(reading.article, reading.statements, (object(),), ())  # type: ignore[arg-type]
    with open_store(place) as store:
        with pytest.raises((AttributeError, TypeError)):
            store.add(broken, b"page", recorded_at=NOW, how="file")
        assert store.article_ids() == ()
        assert store.custody() == ()
        assert store.add(reading, b"page", recorded_at=NOW, how="file")


def test_nothing_is_made_where_none_was_asked_for(place: Path | StoreUrl) -> None:
    for _ in range(2):
        with pytest.raises(StoreError, match="there is no store at"):
            open_store(place, create=False)


HOLDER = """
from mene.store import open_store
store = open_store(PLACE)
print("open", flush=True)
sys.stdin.read()
"""


def test_second_writer_is_told_who_writes(place: Path | StoreUrl) -> None:
    script = (
        "from mene.store import open_store\nstore = open_store(PLACE)\nprint('open', flush=True)\nsys.stdin.read()\n"
    )
    with running(script, place) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        told = rf"being written by another process \(pid {other.pid}\): wait or use another --store"
        with pytest.raises(StoreError, match=told) as refusal:
            open_store(place)
    assert refusal.value.exit_code == 4
    assert secret(place) not in str(refusal.value) or not isinstance(place, StoreUrl)


def test_newer_schema(place: Path | StoreUrl) -> None:
    with open_store(place) as store:
        store._database.rows("UPDATE meta SET value = '999' WHERE key = 'schema_version'")
    with pytest.raises(StoreError, match=r"schema 999, this Mene knows \d+: update Mene"):
        open_store(place)


def test_migrations_are_numbered_upwards_from_one() -> None:
    numbers = [number for number, _ in read_migrations()]
    assert numbers[0] == 1
    assert numbers == sorted(set(numbers))
