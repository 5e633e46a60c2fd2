"""The store: what goes in comes out equal, once, whole, and every refusal says what to do."""

import hashlib
import os
import subprocess
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mene.errors import InputError, StoreError
from mene.records import (
    Article,
    Block,
    Count,
    Dropped,
    Event,
    Evidence,
    Numbers,
    Participant,
    Place,
    Reading,
    Source,
    Statement,
    Tone,
    content_id,
)
from mene.store import Store, open_store
from mene.store.migrate import read_migrations

NOW = datetime(2024, 12, 8, 9, 30, tzinfo=UTC)
TEXT = "Rebels took Hama on Thursday, the monitor said."


def make_article(raw: bytes, published: date | None = date(2024, 12, 6), url: str | None = None) -> Article:
    dropped = (Dropped("articles", "Advertisement", "advertising label"),)
    blocks = (Block("paragraph", 0, len(TEXT)),)
    identity = hashlib.sha256(raw).hexdigest()
    return Article(identity, url, "The Wire", "Hama", None, published, "en", TEXT, blocks, dropped)


def make_statement(article: Article, number: int = 0, factuality: float = 3.0) -> Statement:
    evidence = Evidence(article.id, 0, 28)
    sources = (Source("the monitor", "monitor", evidence=Evidence(article.id, 30, 41)),)
    words = (TEXT[:28], TEXT, sources, "claim", factuality, "asserted", Tone(0.1))
    days = (None, article.published_at, article.published_at)
    return Statement(content_id("s", article.id, number), evidence, evidence, *words, *days)


def make_event(statement: Statement, number: int = 0) -> Event:
    rebels = Participant("Rebels", "Rebels", None, "not in the codebook", 0.0)
    hama = Place("Hama", "Hama", "292224", 35.13, 36.76, "SY", "city", "exact", 0.98)
    day = date(2024, 12, 5)
    what = ("SEIZE", None, (rebels,), (), hama, day, day, "day", 3.0, "asserted")
    numbers = Numbers(killed=Count(16, 16, None, "at least 16"))
    return Event(content_id("e", statement.id, number), statement.id, *what, numbers, statement.evidence, "took")


def make_reading(raw: bytes, published: date | None = date(2024, 12, 6), url: str | None = None) -> Reading:
    article = make_article(raw, published, url)
    statement = make_statement(article)
    refusal = Dropped("events", "took", "no recipient", statement.evidence)
    return Reading(article, (statement,), (make_event(statement),), (refusal,))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "facts.duckdb"


def test_reading_comes_back_equal(path: Path) -> None:
    reading = make_reading(b"page")
    with open_store(path) as store:
        assert store.add(reading, b"page", recorded_at=NOW, how="file", model="reader-1")
    with open_store(path, read_only=True) as store:
        assert list(store.readings()) == [reading]
        assert store.raw(reading.article.id) == b"page"
        assert store.read_with(reading.article.id)[1] == "reader-1"


def test_adding_twice_changes_nothing(path: Path) -> None:
    reading = make_reading(b"page", url="https://example.org/a")
    with open_store(path) as store:
        store.add(reading, b"page", recorded_at=NOW, how="file")
        assert not store.add(reading, b"page", recorded_at=NOW + timedelta(days=1), how="file")
        assert list(store.statements()) == list(reading.statements)
        assert len(store.custody()) == 1


def test_same_bytes_elsewhere_add_custody_only(path: Path) -> None:
    with open_store(path, operator="analyst") as store:
        for address in ("https://example.org/a", "https://example.net/b"):
            store.add(make_reading(b"page", url=address), b"page", recorded_at=NOW, how="http")
        assert len(list(store.articles())) == 1
        lines = store.custody()
    assert [line.url for line in lines] == ["https://example.org/a", "https://example.net/b"]
    assert lines[0].ts_utc == datetime(2024, 12, 8, 9, 30)
    assert lines[0].operator == "analyst"


def test_known_leaves_out_what_came_later(path: Path) -> None:
    early, late = make_reading(b"one", date(2024, 12, 1)), make_reading(b"two", date(2024, 12, 6))
    undated = make_reading(b"three", None)
    with open_store(path) as store:
        for raw, reading in ((b"three", undated), (b"two", late), (b"one", early)):
            store.add(reading, raw, recorded_at=NOW, how="file")
        assert list(store.readings(date(2024, 12, 1))) == [early]
        assert [event.id for event in store.events(date(2024, 12, 7))] == [early.events[0].id, late.events[0].id]
        assert list(store.readings(date(2024, 12, 8))) == [early, late, undated]


def test_find_by_the_start_of_an_id(path: Path) -> None:
    reading = make_reading(b"page")
    with open_store(path) as store:
        store.add(reading, b"page", recorded_at=NOW, how="file")
        assert store.find(reading.statements[0].id[:6]) == reading.statements[0]
        assert store.find(reading.events[0].id) == reading.events[0]
        assert store.find(reading.article.id[:10]) == reading.article
        for wrong in ("", "s-nothing"):
            with pytest.raises(InputError, match="no claim"):
                store.find(wrong)


def test_find_asks_for_more_of_an_ambiguous_id(path: Path) -> None:
    article = make_article(b"page")
    statements = tuple(make_statement(article, number) for number in range(3))
    with open_store(path) as store:
        store.add(Reading(article, statements, (), ()), b"page", recorded_at=NOW, how="file")
        with pytest.raises(InputError, match="give more of the id"):
            store.find("s")


def test_later_reading_leaves_the_first(path: Path) -> None:
    first = make_reading(b"page")
    again = Reading(first.article, (make_statement(first.article, 7, -3.0),), (), ())
    with open_store(path) as store:
        store.add(first, b"page", recorded_at=NOW, how="file", model="reader-1")
        assert not store.add(again, b"page", recorded_at=NOW, how="file", model="reader-2")
        assert store.reading(first.article.id) == first
        assert store.read_with(first.article.id)[1] == "reader-1"


def test_more_articles_than_a_batch(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mene.store.store.BATCH", 2)
    readings = [make_reading(str(number).encode()) for number in range(5)]
    with open_store(path) as store:
        for number, reading in enumerate(readings):
            store.add(reading, str(number).encode(), recorded_at=NOW, how="file")
        assert list(store.readings()) == sorted(readings, key=lambda reading: reading.article.id)
        assert len(list(store.events())) == 5


def test_more_statements_than_one_insert_takes(path: Path) -> None:
    article = make_article(b"page")
    reading = Reading(article, tuple(make_statement(article, number) for number in range(230)), (), ())
    with open_store(path) as store:
        store.add(reading, b"page", recorded_at=NOW, how="file")
        assert store.reading(article.id) == reading


def test_unknown_article_and_bytes(path: Path) -> None:
    with open_store(path) as store:
        for call in (store.reading, store.raw, store.read_with):
            with pytest.raises(InputError, match="has no"):
                call("0" * 64)


# --- any record -----------------------------------------------------------------------------------------------------

words = st.text(max_size=12)
numbers = st.floats(allow_nan=False, allow_infinity=False)
days = st.none() | st.dates()
evidences = st.builds(Evidence)
participants = st.builds(Participant, score=numbers)
places = st.builds(Place, latitude=st.none() | numbers, longitude=st.none() | numbers, probability=numbers)
tones = st.builds(Tone, subjectivity=numbers)
statements = st.builds(
    Statement, sources=st.lists(st.builds(Source), min_size=1, max_size=2).map(tuple), factuality=numbers, tone=tones
)
several = st.lists(participants, max_size=2).map(tuple)
events = st.builds(Event, actors=several, recipients=several, place=st.none() | places, factuality=numbers)
readings = st.builds(
    Reading,
    article=st.builds(Article),
    statements=st.lists(statements, max_size=2).map(tuple),
    events=st.lists(events, max_size=2).map(tuple),
    dropped=st.lists(st.builds(Dropped), max_size=2).map(tuple),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(reading=readings, raw=st.binary(max_size=20))
def test_any_reading_comes_back_equal(tmp_path_factory: pytest.TempPathFactory, reading: Reading, raw: bytes) -> None:
    with open_store(tmp_path_factory.mktemp("any") / "facts.duckdb") as store:
        assert store.add(reading, raw, recorded_at=NOW, how="file")
        assert list(store.readings()) == [reading]
        assert store.raw(hashlib.sha256(raw).hexdigest()) == raw


# --- refusals -------------------------------------------------------------------------------------------------------


def hold(path: Path) -> subprocess.Popen[str]:
    """Open the store in another process and keep it open."""
    script = (
        "import sys, time\nfrom pathlib import Path\nfrom mene.store import open_store\n"
        "store = open_store(Path(sys.argv[1]))\nprint('open', flush=True)\ntime.sleep(60)\n"
    )
    command = [sys.executable, "-c", script, str(path)]
    other = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={"PYTHONPATH": source_folder()})
    assert other.stdout is not None
    assert other.stdout.readline() == "open\n"
    return other


def source_folder() -> str:
    return str(Path(__file__).parents[2] / "src")


def test_locked_store_names_the_process(path: Path) -> None:
    with hold(path) as other:
        try:
            with pytest.raises(StoreError, match=rf"another process \(pid {other.pid}\): wait or use another --store"):
                open_store(path)
        finally:
            other.kill()
    open_store(path).close()


def test_foreign_duckdb_file_is_left_alone(path: Path) -> None:
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE meta (key VARCHAR, other INTEGER)")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        open_store(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("content", [b"", b"name,date\nHama,2024-12-05\n", b"SQLite format 3\0" + b"\0" * 100])
def test_file_of_another_kind_is_left_alone(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    with pytest.raises(StoreError, match="not a DuckDB file"):
        open_store(path)
    assert path.read_bytes() == content


def test_damaged_store(path: Path) -> None:
    open_store(path).close()
    path.write_bytes(path.read_bytes()[:4096])
    with pytest.raises(StoreError, match="restore a copy"):
        open_store(path)


def test_newer_schema(path: Path) -> None:
    open_store(path).close()
    with duckdb.connect(str(path)) as connection:
        connection.execute("UPDATE meta SET value = '999' WHERE key = 'schema_version'")
    with pytest.raises(StoreError, match="schema 999, this Mene knows"):
        open_store(path)


def test_nothing_is_made_where_none_was_asked_for(path: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no store"):
        open_store(path, create=False)
    with pytest.raises(StoreError, match="does not exist"):
        open_store(tmp_path / "no" / "facts.duckdb")
    with pytest.raises(StoreError, match="is a folder"):
        open_store(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_store_opened_for_reading_refuses_to_write(path: Path) -> None:
    open_store(path).close()
    with open_store(path, read_only=True) as store, pytest.raises(StoreError, match="cannot be written"):
        store.add(make_reading(b"page"), b"page", recorded_at=NOW, how="file")


def test_failed_add_leaves_nothing(path: Path) -> None:
    reading = make_reading(b"page")
    broken = Reading(reading.article, reading.statements, (object(),), ())  # type: ignore[arg-type]
    with open_store(path) as store:
        with pytest.raises(AttributeError):
            store.add(broken, b"page", recorded_at=NOW, how="file")
        assert store.article_ids() == ()
        assert store.custody() == ()
        assert store.add(reading, b"page", recorded_at=NOW, how="file")


def test_migrations_are_numbered_from_one_without_gaps() -> None:
    assert [number for number, _ in read_migrations()] == list(range(1, len(read_migrations()) + 1))


# --- crashes --------------------------------------------------------------------------------------------------------

ADDER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from test_store import NOW, make_article, make_event, make_statement
from mene.records import Reading
from mene.store import open_store

store = open_store(Path(sys.argv[1]))
for number in range(100000):
    raw = b"page %d" % number
    article = make_article(raw)
    statements = tuple(make_statement(article, count) for count in range(40))
    events = tuple(make_event(statement) for statement in statements)
    store.add(Reading(article, statements, events, ()), raw, recorded_at=NOW, how="file")
    if number == 2:
        print("adding", flush=True)
"""


@pytest.mark.parametrize("delay", [0.0, 0.013, 0.03])
def test_killed_while_adding_keeps_whole_articles_only(path: Path, delay: float) -> None:
    command = [sys.executable, "-c", ADDER, str(path), str(Path(__file__).parent)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={"PYTHONPATH": source_folder()}) as adder:
        assert adder.stdout is not None
        assert adder.stdout.readline() == "adding\n"
        time.sleep(delay)
        adder.kill()
    with open_store(path) as store:
        assert_whole(store)


def assert_whole(store: Store) -> None:
    kept = list(store.readings())
    assert len(kept) >= 3
    assert all(len(reading.statements) == len(reading.events) == 40 for reading in kept)
    assert all(store.raw(reading.article.id) for reading in kept)
    assert len(store.custody()) == len(kept)


def test_a_link_stays_and_what_it_leads_to_is_the_store(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    link = tmp_path / "store.duckdb"
    link.symlink_to(Path("far") / "store.duckdb")
    for new in (True, False):  # first it leads to nothing yet
        with open_store(link) as store:
            assert store.add(make_reading(b"a page"), b"a page", recorded_at=NOW, how="file") is new
    assert link.is_symlink()
    assert [path.name for path in (tmp_path / "far").iterdir()] == ["store.duckdb"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes as files")
def test_a_pipe_and_a_circle_of_links_are_no_store(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    for name, told in (("pipe", "no ordinary file"), ("a", "circle")):
        with pytest.raises(StoreError, match=told):
            open_store(tmp_path / name)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b", "pipe"]
