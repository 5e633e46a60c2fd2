"""GeoNames's dumps."""

from pathlib import Path

import pytest

from mene.places import PassedOver

from .files import dump, items, rows, told, write

GOOD = dump(90000001, "Tall Qurmāḩ", 35.21873, 36.91234, ascii="Tall Qurmah", others="Tell Qurmah,SYTQ,تل قرمة")


def test_a_populated_place_comes_with_its_names_in_latin_letters(tmp_path: Path) -> None:
    (row,) = rows(write(tmp_path / "SY.txt", GOOD))
    assert (row.id, row.name, row.kind, row.country, row.admin1) == ("90000001", "Tall Qurmah", "town", "SY", "05")
    assert row.aliases == ("Tall Qurmāḩ", "Tall Qurmah", "Tell Qurmah")


@pytest.mark.parametrize(
    ("cells", "kind"),
    [
        ({"population": 250_000}, "city"),
        ({"code": "PPLX"}, "suburb"),
        ({"class": "A", "code": "ADM1"}, "admin1"),
        ({"class": "A", "code": "ADM3"}, "admin2"),
        ({"name": "Qurmah Dam", "class": "S", "code": "DAM"}, "facility"),
    ],
)
def test_features_of_the_news_have_their_kind(cells: dict[str, object], kind: str, tmp_path: Path) -> None:
    name = str(cells.pop("name", "Qurmah"))
    (row,) = rows(write(tmp_path / "SY.txt", dump(1, name, 35.2, 36.9, **cells)))
    assert row.kind == kind


@pytest.mark.parametrize(
    "cells",
    [
        {"class": "H", "code": "STM"},
        {"class": "T", "code": "HLL"},
        {"class": "S", "code": "DAM"},
        {"class": "A", "code": "PCLI"},
        {"class": "P", "code": "PPLH"},
        {"class": "", "code": ""},
    ],
)
def test_streams_hills_and_buildings_with_a_bare_name_are_passed_over(cells: dict[str, str], tmp_path: Path) -> None:
    (item,) = items(write(tmp_path / "SY.txt", dump(1, "Qurmah", 35.2, 36.9, **cells)))
    assert item == PassedOver(1)


def test_other_names_of_small_places_are_taken_only_where_spellings_vary(tmp_path: Path) -> None:
    small = dump(1, "Petiteville", 47.1, 2.1, others="Paris", country="FR", population=90)
    large = dump(2, "Grandeville", 47.2, 2.2, others="Lutetia", country="FR", population=9_000)
    assert [row.aliases for row in rows(write(tmp_path / "FR.txt", small + large))] == [
        ("Petiteville",),
        ("Grandeville", "Lutetia"),
    ]


def test_bad_lines_are_told_and_the_others_used(tmp_path: Path) -> None:
    lines = ["1\tTell\t35.2\n", dump(2, "Qurmah", 95, 36.9), dump(3, "", 35.2, 36.9), dump(5_000_000_000, "X", 1, 1)]
    path = write(tmp_path / "SY.txt", "".join(lines) + "\n" + GOOD)
    assert told(path) == [
        "row 1 has the wrong number of fields (3 of 19)",
        "row 2 seems to have latitude and longitude swapped (95, 36.9)",
        "row 3 has no name",
        "row 4 has the wrong number of fields (no number first: 5000000000)",
    ]
    assert len(rows(path)) == 1
