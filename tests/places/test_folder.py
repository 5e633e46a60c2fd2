"""The folder of places: whole changes, idempotence, and folders that are somebody else's."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from mene.errors import CodebookError, InputError
from mene.places import Revision, open_places, read_sources
from mene.places.folder import find_index
from mene.places.read import Item
from mene.places.source import hash_file

from .files import DAY, LIST, add, items, village, write


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """A list with one village."""
    return write(tmp_path / "mine.csv", LIST + village())


@pytest.fixture
def other(tmp_path: Path) -> Path:
    """A list with another village."""
    return write(tmp_path / "other.csv", LIST + village("Kafr Qurmah", 35.3))


def names(folder: Path) -> list[str]:
    places = open_places(folder)
    return [name for name in ("Tell Qurmah", "Kafr Qurmah") if places.find(name)]


def test_files_add_up_and_their_order_does_not_matter(tmp_path: Path, mine: Path, other: Path) -> None:
    add(tmp_path / "a", mine)
    add(tmp_path / "a", other)
    add(tmp_path / "b", other, mine)
    assert names(tmp_path / "a") == names(tmp_path / "b") == ["Tell Qurmah", "Kafr Qurmah"]
    assert [source.name for source in read_sources(tmp_path / "a")] == ["mine.csv", "other.csv"]


def test_the_same_files_give_the_same_bytes(tmp_path: Path, mine: Path, other: Path) -> None:
    add(tmp_path / "a", mine, other)
    add(tmp_path / "b", mine)
    add(tmp_path / "b", other)
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_what_was_added_is_remembered(tmp_path: Path) -> None:
    path = write(tmp_path / "mine.csv", LIST + village() + village(name=""))
    add(tmp_path / "p", path)
    (source,) = read_sources(tmp_path / "p")
    assert (source.name, source.sha256, source.day, source.format) == ("mine.csv", hash_file(path), DAY, "list")
    assert (source.rows, source.left_out) == (1, 1)


def test_a_changed_file_takes_the_place_of_what_it_was(tmp_path: Path, mine: Path) -> None:
    add(tmp_path / "p", mine)
    write(mine, LIST + village("Kafr Qurmah", 35.3))
    add(tmp_path / "p", mine)
    assert names(tmp_path / "p") == ["Kafr Qurmah"]
    assert len(list((tmp_path / "p").iterdir())) == 3


def test_two_files_of_one_name_are_told_apart(tmp_path: Path, mine: Path) -> None:
    (tmp_path / "b").mkdir()
    add(tmp_path / "p", mine, write(tmp_path / "b" / "mine.csv", LIST + village("Kafr Qurmah", 35.3)))
    assert [source.name for source in read_sources(tmp_path / "p")] == ["mine.csv", "mine-2.csv"]


def test_a_file_can_be_removed_and_the_last_one_too(tmp_path: Path, mine: Path, other: Path) -> None:
    add(tmp_path / "p", mine, other)
    for name, left in (("mine.csv", ["Kafr Qurmah"]), ("other.csv", [])):
        with Revision(tmp_path / "p") as revision:
            revision.remove(name)
            revision.commit()
        assert names(tmp_path / "p") == left
    assert find_index(tmp_path / "p") is None
    with Revision(tmp_path / "p") as revision, pytest.raises(InputError, match=r"mine\.csv was added"):
        revision.remove("mine.csv")


def test_a_change_that_is_interrupted_leaves_the_old_places_whole(tmp_path: Path, mine: Path, other: Path) -> None:
    add(tmp_path / "p", mine)
    before = contents(tmp_path / "p")

    def stopped() -> Iterator[Item]:
        yield from items(other)
        raise KeyboardInterrupt

    with Revision(tmp_path / "p") as revision, pytest.raises(KeyboardInterrupt):
        revision.add(other, hash_file(other), "list", stopped(), DAY)
    assert contents(tmp_path / "p") == before


def test_a_change_that_fails_at_its_very_end_leaves_the_old_places_whole(
    tmp_path: Path, mine: Path, other: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(tmp_path / "p", mine)
    before = contents(tmp_path / "p")
    replace = Path.replace

    def fail(path: Path, target: Path) -> Path:
        if path.name == "places.json":
            raise OSError(28, "No space left on device")
        return replace(path, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", fail)
        with pytest.raises(CodebookError, match="No space left on device"):
            add(tmp_path / "p", other)
    assert names(tmp_path / "p") == ["Tell Qurmah"]
    assert before.items() <= contents(tmp_path / "p").items()
    add(tmp_path / "p", other)
    assert len(list((tmp_path / "p").iterdir())) == 4


def test_two_changes_at_once_do_not_lose_one(tmp_path: Path, mine: Path, other: Path) -> None:
    with Revision(tmp_path / "p") as revision:
        revision.add(mine, hash_file(mine), "list", iter(items(mine)), DAY)
        add(tmp_path / "p", other)
        with pytest.raises(InputError, match="was changed by another command"):
            revision.commit()
    assert names(tmp_path / "p") == ["Kafr Qurmah"]


def test_nothing_is_written_where_no_row_is_good(tmp_path: Path) -> None:
    path = write(tmp_path / "bad.csv", LIST + village(name="") + village(latitude=""))
    with pytest.raises(
        InputError, match=r"has no row that can be used \(row 2 has no name, row 3 has no coordinates\)"
    ):
        add(tmp_path / "p", path)
    assert not (tmp_path / "p").exists()


def test_too_many_places_are_refused(tmp_path: Path, mine: Path, other: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mene.places.folder.PLACES", 1)
    add(tmp_path / "p", mine)
    with pytest.raises(InputError, match="more than 1 places together with the others"):
        add(tmp_path / "p", other)
    with pytest.raises(InputError, match="has more than 1 places"):
        add(tmp_path / "p", write(tmp_path / "two.csv", LIST + village() + village("Kafr Qurmah")))
    assert names(tmp_path / "p") == ["Tell Qurmah"]


def test_somebody_elses_folder_is_left_alone(tmp_path: Path, mine: Path) -> None:
    with pytest.raises(InputError, match="holds other files"):
        Revision(tmp_path)
    with pytest.raises(InputError, match="is no folder"):
        Revision(mine)


def test_no_folder_and_an_empty_one_mean_no_places(tmp_path: Path) -> None:
    assert find_index(None) is find_index(tmp_path / "nothing") is find_index(tmp_path) is None
    assert read_sources(tmp_path) == ()


@pytest.mark.parametrize("name", ["places.json", "build.json", "keys.marisa", "places.npy", "postings.npy"])
def test_a_damaged_folder_says_what_to_do(name: str, tmp_path: Path, mine: Path) -> None:
    add(tmp_path / "p", mine)
    (file,) = (tmp_path / "p").rglob(name)
    file.write_bytes(b"{}")
    with pytest.raises(CodebookError, match="remove the folder of your places and add your files again"):
        open_places(tmp_path / "p")


def test_a_folder_of_another_version_and_one_that_points_elsewhere_are_refused(tmp_path: Path, mine: Path) -> None:
    add(tmp_path / "p", mine)
    manifest = tmp_path / "p" / "places.json"
    text = manifest.read_text(encoding="utf-8")
    manifest.write_text(text.replace('"format": 1', '"format": 9'), encoding="utf-8")
    with pytest.raises(CodebookError, match="another version"):
        open_places(tmp_path / "p")
    manifest.write_text(text.replace('"index": "', '"index": "../'), encoding="utf-8")
    with pytest.raises(CodebookError, match="is damaged"):
        open_places(tmp_path / "p")


def test_rows_that_were_lost_are_told(tmp_path: Path, mine: Path, other: Path) -> None:
    add(tmp_path / "p", mine)
    for kept in (tmp_path / "p").glob("*.rows.gz"):
        kept.unlink()
    with pytest.raises(CodebookError, match="add your files again"):
        add(tmp_path / "p", other)
    shutil.rmtree(tmp_path / "p")
    add(tmp_path / "p", other)
