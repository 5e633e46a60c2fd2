"""Writing an index: what goes in comes out, and the same drafts give the same bytes."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mene.gazetteer import Gazetteer, Index
from mene.gazetteer.build import Draft, draft_keys, write_index
from mene.gazetteer.index import ADDED, COUNTRY_POINT, CURATED, INDEX_FILES, NO_POINT

QURMAH = Draft(0, "Tell Qurmah", "town", 35.218734, 36.912349, "SY", "SY.x", 700, ADDED, {"Kafr Qurmah"}, "own:1")
UNITS = {"SY.x": "Hama Governorate"}


def index(folder: Path, *drafts: Draft) -> Index:
    write_index(drafts, UNITS, folder, about={})
    return Index(folder)


def test_an_added_place_comes_out_as_it_went_in(tmp_path: Path) -> None:
    places = Gazetteer(added=index(tmp_path, QURMAH))
    (entry,) = places.find("Tell Qurmah")
    assert (entry.id, entry.name, entry.admin1, entry.country) == ("own:1", "Tell Qurmah", "Hama Governorate", "SY")
    assert entry.point == (35.21873, 36.91235)
    assert entry.is_added
    assert [other.own_name for other in places.find("Kafr Qurmah")] == [False]


def test_a_name_that_is_its_own_and_another_ones_counts_as_its_own(tmp_path: Path) -> None:
    draft = Draft(7, "Qurmah", "town", 35.2, 36.9, "SY", aliases={"QURMAH", "qurmah"})
    assert list(index(tmp_path, draft).rows("qurmah")) == [(0, True)]


@pytest.mark.parametrize(("flag", "point_of"), [(0, "itself"), (NO_POINT, "admin1"), (COUNTRY_POINT, "country")])
def test_whose_the_point_is_is_kept(flag: int, point_of: str, tmp_path: Path) -> None:
    draft = Draft(7, "Qurmah", "admin2", 35.2, 36.9, "SY", flags=ADDED | CURATED | flag)
    assert index(tmp_path, draft).read(0).point_of == point_of


def test_names_in_other_letters_are_no_keys() -> None:
    assert {key for key, _ in draft_keys(Draft(7, "قرية", "town", 1, 1, "SY", aliases={"Qurmah"}))} == {
        "qurmah",
        "~kurma",
    }


def test_an_index_of_nothing_finds_nothing(tmp_path: Path) -> None:
    empty = index(tmp_path)
    assert (len(empty), list(empty.rows("hama"))) == (0, [])


NAMES = st.text("abcdefg ", min_size=3, max_size=8).filter(str.strip)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(NAMES, st.sets(NAMES, max_size=3)), min_size=1, max_size=12))
def test_every_name_finds_its_places_and_no_other(tmp_path_factory: pytest.TempPathFactory, given_names) -> None:  # type: ignore[no-untyped-def]
    drafts = [
        Draft(number, name, "town", 1.0, 2.0, "FR", aliases=set(aliases))
        for number, (name, aliases) in enumerate(given_names, 1)
    ]
    folder = tmp_path_factory.mktemp("index")
    built = index(folder, *drafts)
    first = [(folder / name).read_bytes() for name in INDEX_FILES]
    for key in {key for draft in drafts for key, _ in draft_keys(draft)}:
        expected = {row: max(own for k, own in draft_keys(d) if k == key) for row, d in enumerate(drafts)
                    if key in {k for k, _ in draft_keys(d)}}  # fmt: skip
        assert dict(built.rows(key)) == expected
    write_index(drafts, UNITS, folder, about={})
    assert [(folder / name).read_bytes() for name in INDEX_FILES] == first
