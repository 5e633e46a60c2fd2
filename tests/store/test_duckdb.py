"""The store in a DuckDB file: which files are refused, and that links stay links."""

import os
from pathlib import Path

import duckdb
import pytest

from mene.errors import StoreError
from mene.store import open_store
from tests.store.make import NOW, make_reading


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "facts.duckdb"


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


def test_nothing_is_made_where_none_can_be(path: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no store"):
        open_store(path, create=False)
    with pytest.raises(StoreError, match="does not exist"):
        open_store(tmp_path / "no" / "facts.duckdb")
    with pytest.raises(StoreError, match="is a folder"):
        open_store(tmp_path)
    assert list(tmp_path.iterdir()) == []


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
