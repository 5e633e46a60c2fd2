"""Which files of a folder are read when."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mene.errors import InputError
from mene.watch.folder import find_ready, list_files
from mene.watch.limits import QUIET
from mene.watch.memory import FileMark

NOW = 1_733_400_000.0
OLD = int((NOW - QUIET - 1) * 1e9)
FRESH = int((NOW - 1) * 1e9)


def test_a_file_that_has_lain_still_is_read_at_once_and_once() -> None:
    found = find_ready({}, {"a": FileMark(3, OLD, False)}, NOW)
    assert found.ready == ("a",)
    read = {"a": FileMark(3, OLD, True)}
    assert find_ready(read, {"a": FileMark(3, OLD, False)}, NOW).ready == ()
    assert find_ready(read, {"a": FileMark(4, OLD, False)}, NOW).ready == ("a",)


def test_a_file_that_is_being_written_waits_until_it_stays_the_same_for_a_round() -> None:
    first = find_ready({}, {"a": FileMark(3, FRESH, False)}, NOW)
    assert (first.ready, first.growing) == ((), ("a",))
    grown = find_ready(first.marks, {"a": FileMark(5, FRESH + 1, False)}, NOW)
    assert grown.growing == ("a",)
    assert find_ready(grown.marks, {"a": FileMark(5, FRESH + 1, False)}, NOW).ready == ("a",)


def test_an_empty_file_waits_silently() -> None:
    found = find_ready({}, {"a": FileMark(0, OLD, False)}, NOW)
    assert (found.ready, found.growing) == ((), ())


marks = st.dictionaries(
    st.sampled_from("abc"), st.builds(FileMark, st.integers(0, 2), st.sampled_from([OLD, FRESH]), st.booleans())
)


@given(marks, marks)
def test_only_what_is_listed_and_unread_is_read(known: dict[str, FileMark], listed: dict[str, FileMark]) -> None:
    found = find_ready(known, listed, NOW)
    assert found.marks.keys() == listed.keys()
    assert not set(found.ready) & set(found.growing)
    assert not any(found.marks[name].is_read for name in (*found.ready, *found.growing))


def test_the_listing_passes_over_what_mene_writes_and_names_that_are_no_text(tmp_path: Path) -> None:
    for name in ("a.txt", "news.duckdb", ".hidden", "mene-places/places.json", "sub/b.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / os.fsdecode(b"bad\xff.txt")).write_text("x")
    listed = list_files(tmp_path, {tmp_path / "news.duckdb", tmp_path / "mene-places"})
    assert set(listed.marks) == {"a.txt", "sub/b.txt"}
    assert len(listed.unnameable) == 1


def test_a_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="the folder is gone"):
        list_files(tmp_path / "gone", ())
