import sqlite3
import stat
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mene.errors import StoreError
from mene.records import Reading
from mene.search import Filters, Hit, Search, open_search, side_file
from mene.search.rows import number_of
from mene.search.side_file import side_path
from mene.settings import StoreUrl
from mene.store import open_store
from tests.search.make import DAY, happened, keep, said, store_of
from tests.store.make import running

TOLD = "Insurgents captured the central city of Hama on Thursday after government forces withdrew from it."
READINGS = [
    said(TOLD, outlet="Harbour Courier", day=DAY + timedelta(2)),
    said(TOLD, outlet="Northmoor Gazette", day=DAY + timedelta(1)),
    said(TOLD, day=DAY, told=[happened("SEIZE", "Hama")]),
    said("Talks on Homs began.", told=[happened("CONSULT", "Homs")]),
    said("Talks on Homs ended.", day=None),
]


def answers(search: Search) -> tuple[object, ...]:
    """Return all that a search answers from."""
    found: list[tuple[Hit, ...]] = [search.find(Filters(words)).rows for words in ("", "hama", "talks -ended")]
    return (*found, search.facets(Filters()))


@settings(max_examples=12, deadline=None)
@given(order=st.permutations(READINGS), cuts=st.sets(st.integers(1, 4)))
def test_brought_up_in_any_order_is_as_written_anew(
    tmp_path_factory: pytest.TempPathFactory, order: list[Reading], cuts: set[int]
) -> None:
    folder = tmp_path_factory.mktemp("news")
    with open_store(folder / "news.duckdb") as store:
        for number, reading in enumerate(order):
            keep(store, reading)
            if number in cuts:
                open_search(store).close()
        with open_search(store) as search:
            grown = answers(search)
        search.path.unlink()
        with open_search(store) as search:
            assert answers(search) == grown


def test_an_article_of_the_past_changes_what_is_a_copy(tmp_path: Path) -> None:
    late, middle, first = READINGS[:3]
    with store_of(tmp_path / "news.duckdb", late, middle) as store, open_search(store) as search:
        before = {row.statement_id: row.copy_of for row in search.find(Filters("hama")).rows}
        keep(store, first)
        search.refresh()
        after = {row.statement_id: row.copy_of for row in search.find(Filters("hama")).rows}
    assert before == {late.statements[0].id: middle.statements[0].id, middle.statements[0].id: None}
    assert set(after.values()) == {first.statements[0].id, None}


def test_a_file_that_is_up_to_date_is_left_as_it_is(tmp_path: Path) -> None:
    with store_of(tmp_path / "news.duckdb", *READINGS) as store:
        open_search(store).close()
        before = (tmp_path / "news.duckdb.search").stat()
        open_search(store).close()
    after = (tmp_path / "news.duckdb.search").stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _no_database(path: Path) -> None:
    path.write_bytes(b"not a database at all " * 400)


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def _spoil(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xff" * (len(content) - 4096))


def _foreign(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE notes (text)")
    connection.close()


def _gone(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize("damage", [_gone, _empty, _no_database, _cut, _spoil, _foreign])
def test_a_damaged_file_is_written_anew(tmp_path: Path, damage) -> None:  # type: ignore[no-untyped-def]
    notes: list[str] = []
    with store_of(tmp_path / "news.duckdb", *READINGS) as store:
        with open_search(store) as search:
            before = answers(search)
        damage(search.path)
        with open_search(store, tell=notes.append) as search:
            assert answers(search) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["news.duckdb", "news.duckdb.search"]
    assert all("is damaged and is written anew" in note for note in notes)
    assert len(notes) == (damage in (_no_database, _cut, _spoil))


def test_damage_that_shows_while_searching_is_mended(tmp_path: Path) -> None:
    notes: list[str] = []
    with store_of(tmp_path / "news.duckdb", *READINGS) as store, open_search(store, tell=notes.append) as search:
        before = answers(search)
        _spoil(search.path)
        with sqlite3.connect(":memory:") as other:  # a change counter that moved makes SQLite read the file again
            other.execute("SELECT 1")
        other.close()
        search.path.write_bytes(b"\0" * search.path.stat().st_size)
        assert answers(search) == before
    assert len(notes) == 1


def test_a_file_of_another_store_is_written_anew(tmp_path: Path) -> None:
    with store_of(tmp_path / "a.duckdb", *READINGS[:3]) as store:
        open_search(store).close()
    (tmp_path / "a.duckdb.search").rename(tmp_path / "b.duckdb.search")
    with store_of(tmp_path / "b.duckdb", *READINGS[2:]) as store, open_search(store) as search:
        assert search.find(Filters()).total == 3


def test_several_may_open_it_at_once(tmp_path: Path) -> None:
    with store_of(tmp_path / "news.duckdb", *READINGS[:3]) as store:
        open_search(store).close()
        keep(store, *READINGS[3:])

    def search_once(number: int) -> tuple[object, ...]:
        with open_store(tmp_path / "news.duckdb", read_only=True) as store, open_search(store) as search:
            return answers(search)

    for path in (None, tmp_path / "news.duckdb.search"):
        if path:
            path.unlink()
        with ThreadPoolExecutor(6) as pool:
            found = list(pool.map(search_once, range(6)))
        assert all(one == found[0] for one in found)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["news.duckdb", "news.duckdb.search"]


def test_another_process_may_search_too(tmp_path: Path) -> None:
    script = """
from mene.search import Filters, open_search
from mene.store import open_store
with open_store(PLACE, read_only=True) as store, open_search(store) as search:
    print(search.find(Filters("hama")).total, flush=True)
"""
    path = tmp_path / "news.duckdb"
    store_of(path, *READINGS).close()
    with running(script, path) as one, running(script, path) as other:
        assert [process.stdout.readline() for process in (one, other) if process.stdout] == ["3\n", "3\n"]


def test_a_file_that_another_writes_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(side_file, "WAIT", 0.1)
    with store_of(tmp_path / "news.duckdb", *READINGS[:2]) as store:
        open_search(store).close()
        keep(store, READINGS[2])
        other = sqlite3.connect(tmp_path / "news.duckdb.search")
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="is being written by another process"):
            open_search(store)
        other.close()


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    (tmp_path / "news.duckdb.search").mkdir()
    with store_of(tmp_path / "news.duckdb") as store, pytest.raises(StoreError, match="no ordinary file"):
        open_search(store)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_it_can_be_read_by_those_who_can_read_the_store(tmp_path: Path) -> None:
    with store_of(tmp_path / "news.duckdb", *READINGS) as store:
        (tmp_path / "news.duckdb").chmod(0o640)
        with open_search(store) as search:
            assert stat.S_IMODE(search.path.stat().st_mode) == 0o640


def test_a_store_in_a_folder_that_cannot_be_written_is_searched_from_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with store_of(tmp_path / "news.duckdb", *READINGS) as store:
        monkeypatch.setattr(side_file.os, "access", lambda path, mode: False)
        with open_search(store, cache=tmp_path / "cache") as search:
            assert search.path.parent == tmp_path / "cache"
            assert search.find(Filters("hama")).total == 3


def test_a_store_of_either_kind_is_searched_alike(place: Path | StoreUrl, tmp_path: Path) -> None:
    with store_of(place, *READINGS[:3]) as store, open_search(store, cache=tmp_path / "cache") as search:
        keep(store, *READINGS[3:])
        search.refresh()
        found = answers(search)
        with open_search(store, cache=tmp_path / "cache") as again:
            assert answers(again) == found
    with store_of(tmp_path / "file.duckdb", *READINGS) as store, open_search(store) as search:
        assert answers(search) == found


def test_the_file_of_a_server_bears_a_hash_and_no_password(tmp_path: Path) -> None:
    path = side_path(str(StoreUrl("postgresql://ana:hush@db.example.org/news")), tmp_path)
    assert path == side_path(str(StoreUrl("postgresql://ana@db.example.org/news")), tmp_path)
    assert path != side_path(str(StoreUrl("postgresql://ana@db.example.org/olds")), tmp_path)
    assert path.parent == tmp_path
    assert not any(word in path.name for word in ("hush", "ana", "news"))


def test_without_fts5_it_is_said_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Without:
        def execute(self, query: str) -> None:
            raise sqlite3.OperationalError("no such module: fts5")

        def close(self) -> None:
            pass

    with store_of(tmp_path / "news.duckdb") as store:
        monkeypatch.setattr(side_file.sqlite3, "connect", lambda *_, **__: Without())
        with pytest.raises(StoreError, match="FTS5, which this Python was built without"):
            open_search(store)


@given(st.integers(1, 3_652_059), st.integers(0, 2**25 - 1), st.integers(0, 2**20 - 1))
def test_numbers_fit_the_keys_of_sqlite_and_grow_with_the_day(day: int, slot: int, position: int) -> None:
    assert 0 <= number_of(None, slot, position) <= number_of(day, slot, position) < 2**63
    assert number_of(day, slot, 0) <= number_of(day + 1, slot, 0)
