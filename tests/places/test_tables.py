"""Tables with a header: plain lists and P-code tables."""

import csv
from pathlib import Path

import pytest

from mene.errors import InputError

from .files import LIST, PCODES, items, rows, told, village, write


def test_a_list_gives_its_places_with_all_that_it_says(tmp_path: Path) -> None:
    line = village(admin1="Hama", kind="village", population='"1,200"', aliases="Tall Qurma|Qurmah", id="v1")
    (row,) = rows(write(tmp_path / "mine.csv", LIST + line))
    assert (row.name, row.latitude, row.longitude, row.country) == ("Tell Qurmah", 35.21873, 36.91234, "SY")
    assert (row.kind, row.population, row.aliases, row.id) == ("town", 1200, ("Tall Qurma", "Qurmah"), "v1")


@pytest.mark.parametrize(
    "text",
    [
        "Name;Lat;Lng;Country\nTell Qurmah;35,2;36,9;Syria\n",
        "\ufeffplace_name,Y,X,country_code\r\nTell Qurmah,35.2,36.9,sy\r\n",
        "NAME\tLATITUDE\tLONGITUDE\tISO2\nTell Qurmah\t35.2\t36.9\tSY\n",
        "name,lat,lon,country\n#loc+name,#geo+lat,#geo+lon,#country\nTell Qurmah,35.2,36.9,Syrian Arab Republic\n",
        'name,lat,lon,country,notes\n"Tell Qurmah",35.2,36.9,SY,"two\nlines"\n\n',
    ],
)
def test_lists_are_read_however_they_are_written(text: str, tmp_path: Path) -> None:
    (row,) = rows(write(tmp_path / "mine.csv", text))
    assert (row.name, row.latitude, row.longitude, row.country) == ("Tell Qurmah", 35.2, 36.9, "SY")


def test_the_format_is_told_from_the_content_not_from_the_name(tmp_path: Path) -> None:
    assert len(rows(write(tmp_path / "mine.dat", LIST + village()))) == 1


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (village(name=""), "row 2 has no name"),
        (village(name="قرية"), "row 2 has no name in Latin letters (قرية)"),
        (village(name="x" * 201), f"row 2 has too long a name or id ({'x' * 60})"),
        (village(name="Tell\x1b[31m"), "row 2 has unprintable characters (Tell?[31m)"),
        (village(latitude="", longitude=""), "row 2 has no coordinates"),
        (village(latitude=""), "row 2 has no coordinates"),
        (village(latitude="0", longitude="0"), "row 2 has no coordinates"),
        (village(latitude="north"), "row 2 has coordinates that are no numbers (north)"),
        (village(latitude="nan"), "row 2 has coordinates that are no numbers (nan)"),
        (village(latitude="391200", longitude="3880000"), "row 2 has coordinates out of range (391200, 3.88e+06)"),
        (
            village(latitude="135.2", longitude="36.9"),
            "row 2 seems to have latitude and longitude swapped (135.2, 36.9)",
        ),
        (village(latitude="36.9", longitude="35.2"), "row 2 seems to have latitude and longitude swapped (36.9, 35.2)"),
        (village(country="Narnia"), "row 2 has an unknown country (Narnia)"),
        (village(kind="castle"), "row 2 has an unknown kind (castle)"),
        (village(population="many"), "row 2 has a population that is no number (many)"),
        ("Tell Qurmah,35.2\n", "row 2 has the wrong number of fields (2 of 9)"),
    ],
)
def test_a_bad_row_is_told_and_the_others_are_used(line: str, expected: str, tmp_path: Path) -> None:
    path = write(tmp_path / "mine.csv", LIST + line + village(name="Kafr Qurmah"))
    assert told(path) == [expected]
    assert [row.name for row in rows(path)] == ["Kafr Qurmah"]


def test_an_id_counts_once(tmp_path: Path) -> None:
    path = write(tmp_path / "mine.csv", LIST + village(id="1") + village(name="Kafr Qurmah", id="1"))
    assert told(path) == ["row 3 has the id of an earlier row (1)"]


def test_a_quotation_mark_that_never_closes_loses_what_follows_and_is_told(tmp_path: Path) -> None:
    path = write(tmp_path / "mine.csv", LIST + village() + '"Kafr Qurmah,35.2,36.9\n' + village() * 3)
    assert [row.name for row in rows(path)] == ["Tell Qurmah"]
    assert told(path) == ["row 3 has the wrong number of fields (1 of 9)"]


def test_reading_goes_on_after_a_cell_that_is_too_long(tmp_path: Path) -> None:
    limit = csv.field_size_limit(1_000)
    try:
        path = write(tmp_path / "mine.csv", LIST + '"Kafr Qurmah,35.2,36.9\n' + village() * 100)
        assert told(path)[0] == "row 2 has the wrong number of fields (1 of 9)"
        assert len(rows(path)) > 50
    finally:
        csv.field_size_limit(limit)


def test_rows_that_are_not_utf8_are_told(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_bytes((LIST + village()).encode() + village(name="Besançon").encode("latin-1"))
    assert told(path) == ["row 3 is not UTF-8"]
    assert len(rows(path)) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "is empty"),
        ("\n\n", "is empty"),
        ("Rebels took Hama on Thursday.\n", "is no gazetteer; give a dump of GeoNames"),
        ("a,b,c\n1,2,3\n", "is no gazetteer; give a dump of GeoNames"),
        ("name,country\nTell Qurmah,SY\n", "has no column latitude and no column longitude in its first row"),
        ("ADM0_EN,ADM0_PCODE\nSyria,SY\n", "holds countries only"),
    ],
)
def test_a_file_of_another_kind_is_refused(text: str, expected: str, tmp_path: Path) -> None:
    with pytest.raises(InputError, match=expected):
        items(write(tmp_path / "mine.csv", text))


def test_a_pcode_table_gives_the_units_of_its_deepest_level(tmp_path: Path) -> None:
    line = "Syrian Arab Republic,SY,Hama,حماة,SY05,As-Salamiyeh,سلمية,SY0502,35.05,37.1\n"
    (row,) = rows(write(tmp_path / "syr.csv", PCODES + line))
    assert (row.name, row.kind, row.country, row.admin1, row.id) == ("As-Salamiyeh", "admin2", "SY", "Hama", "SY0502")
    assert (row.latitude, row.longitude, row.aliases) == (35.05, 37.1, ())


@pytest.mark.parametrize(
    ("header", "line"),
    [
        (
            "adm0_name,adm0_pcode,adm1_name,adm1_name1,adm1_pcode,center_lat,center_lon",
            "Syria,SY,Homs,Hims,SY04,34.4,38.3",
        ),
        ("admin0Name_en,admin0Pcode,admin1Name_en,admin1Name_fr,admin1Pcode,y,x", "Syria,SY,Homs,Hims,SY04,34.4,38.3"),
        ("ADM0_EN,ADM0_PCODE,ADM1_FR,ADM1_EN,ADM1_PCODE,latitude,longitude", "Syria,SY,Hims,Homs,SY04,34.4,38.3"),
        ("ADM1_EN,ADM1ALT1EN,ADM1_PCODE,lat,lon", "Homs,Hims,SY04,34.4,38.3"),
        ("ADM1_AR,ADM1_EN,ADM1_REF,ADM1_PCODE,lat,lon", "حمص,Homs,Hims,SY04,34.4,38.3"),
    ],
)
def test_pcode_tables_are_read_however_their_columns_are_called(header: str, line: str, tmp_path: Path) -> None:
    (row,) = rows(write(tmp_path / "syr.csv", f"{header}\n{line}\n"))
    assert (row.name, row.kind, row.country, row.aliases, row.latitude) == ("Homs", "admin1", "SY", ("Hims",), 34.4)


def test_a_unit_without_a_centroid_is_a_place_without_a_point(tmp_path: Path) -> None:
    (row,) = rows(write(tmp_path / "syr.csv", PCODES + "Syria,SY,Hama,,SY05,Muhradah,,SY0503,,\n"))
    assert (row.latitude, row.longitude) == (None, None)


def test_a_country_that_is_named_and_unknown_is_not_guessed_from_the_code(tmp_path: Path) -> None:
    path = write(tmp_path / "narnia.csv", PCODES + "Narnia,NA1,Cair,,NA01,Paravel,,NA0101,1,2\n")
    assert told(path) == ["row 2 has an unknown country (NA1)"]
