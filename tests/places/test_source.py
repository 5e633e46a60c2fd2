"""Files as lines: archives, bounds and what is no text."""

import gzip
import zipfile
from pathlib import Path

import pytest

from mene.errors import InputError
from mene.places.source import hash_file

from .files import LIST, dump, items, rows, village, write


def pack(path: Path, **members: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name.replace("__", "."), text)
    return path


def test_a_zip_of_geonames_is_read_beside_its_readme(tmp_path: Path) -> None:
    path = pack(tmp_path / "SY.zip", readme__txt="Readme for GeoNames", SY__txt=dump(1, "Tell Qurmah", 35.2, 36.9))
    assert [row.name for row in rows(path)] == ["Tell Qurmah"]


def test_a_gzip_file_is_read(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv.gz"
    path.write_bytes(gzip.compress((LIST + village()).encode()))
    assert [row.name for row in rows(path)] == ["Tell Qurmah"]


def bomb(path: Path) -> None:
    path.write_bytes(gzip.compress((LIST + village()).encode() + b"\n" * 30_000_000))


def zip_bomb(path: Path) -> None:
    pack(path, mine__csv=LIST + "\n" * 30_000_000)


def cut_gzip(path: Path) -> None:
    path.write_bytes(gzip.compress((LIST + village() * 2_000).encode(), 0)[:-2_000])


def cut_zip(path: Path) -> None:
    data = pack(path, mine__csv=LIST + village() * 100).read_bytes()
    path.write_bytes(data[:-40])


def spoilt_zip(path: Path) -> None:
    data = bytearray(pack(path, mine__csv=LIST + "".join(village(f"Tell {i}") for i in range(900))).read_bytes())
    data[200:260] = bytes(60)
    path.write_bytes(data)


def two_tables(path: Path) -> None:
    pack(path, a__csv=LIST, b__csv=LIST)


def spreadsheet(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")


def wide(path: Path) -> None:
    path.write_bytes((LIST + village()).encode("utf-16"))


def binary(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 10)


def endless_line(path: Path) -> None:
    path.write_bytes(b"name,latitude,longitude," + b"x" * 1_100_000)


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        (bomb, "unpacks to more than"),
        (zip_bomb, "unpacks to more than"),
        (cut_gzip, "is a damaged archive"),
        (cut_zip, "is a damaged archive"),
        (spoilt_zip, "is a damaged archive"),
        (two_tables, "is a zip file with 2 tables in it"),
        (spreadsheet, "is a spreadsheet; save the sheet with the places as CSV"),
        (wide, "is UTF-16; save it as UTF-8"),
        (binary, "is no text"),
        (endless_line, "has a line of more than a million bytes"),
    ],
)
def test_what_cannot_be_unpacked_or_is_no_table_is_refused(make, expected: str, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "file"
    make(path)
    with pytest.raises(InputError, match=expected):
        items(path)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="does not exist"):
        hash_file(tmp_path / "nothing.csv")
    with pytest.raises(InputError, match="is a folder"):
        hash_file(tmp_path)


def test_a_file_beyond_the_bound_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "all.txt"
    with path.open("wb") as file:
        file.truncate(600_000_000)
    with pytest.raises(InputError, match="more than 500 MB"):
        hash_file(path)


def test_more_rows_than_the_bound_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mene.places.read.ROWS", 3)
    path = write(tmp_path / "mine.csv", LIST + village() * 4)
    with pytest.raises(InputError, match="more than 3 rows"):
        items(path)
