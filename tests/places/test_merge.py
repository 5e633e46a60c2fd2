"""What becomes of places that are known already, from the shipped index or from another file."""

from pathlib import Path

import pytest

from mene.gazetteer import Gazetteer, open_gazetteer
from mene.gazetteer.index import Entry

from .files import LIST, PCODES, add, added, dump, village, write

SARAQIB = 164816  # its number in GeoNames


def only(gazetteer: Gazetteer, name: str) -> Entry:
    (entry,) = (entry for entry in gazetteer.find(name) if entry.is_added)
    return entry


def test_a_new_place_has_its_point_to_a_metre_its_unit_and_the_flag(tmp_path: Path) -> None:
    entry = only(added(tmp_path / "p", write(tmp_path / "mine.csv", LIST + village(admin1="Hama"))), "Tell Qurmah")
    assert entry.point == (35.21873, 36.91234)
    assert (entry.admin1, entry.is_curated, entry.id) == ("Hama Governorate", True, "sy-tell-qurmah@35.22,36.91")


def test_other_spellings_find_it(tmp_path: Path) -> None:
    places = added(tmp_path / "p", write(tmp_path / "mine.csv", LIST + village(aliases="Qurmah Hill")))
    assert only(places, "Qurmah Hill").own_name is False
    assert only(places, "Tal al-Qurma").respelled


def test_a_town_that_ships_keeps_its_id_and_name_and_gets_the_users_point_and_aliases(tmp_path: Path) -> None:
    line = village("Saraqeb", 35.8645, 36.806, population=900_000, aliases="Qurmah Town")
    places = added(tmp_path / "p", write(tmp_path / "mine.csv", LIST + line))
    for name in ("Saraqib", "Qurmah Town"):
        entry = only(places, name)
        assert (entry.id, entry.name, entry.point) == (str(SARAQIB), "Saraqib", (35.8645, 36.806))
        assert entry.population == pytest.approx(900_000, rel=0.001)
    assert [e.id for e in places.find("Saraqib")] == [e.id for e in open_gazetteer().find("Saraqib")]


def test_a_number_of_geonames_is_the_same_place_whatever_its_name(tmp_path: Path) -> None:
    places = added(tmp_path / "p", write(tmp_path / "SY.txt", dump(SARAQIB, "Qurmah Town", 35.9, 36.9)))
    assert only(places, "Qurmah Town").id == str(SARAQIB)


@pytest.mark.parametrize("point", [(35.8645, 37.1), (35.1, 36.806)])
def test_a_namesake_further_off_is_another_place(point: tuple[float, float], tmp_path: Path) -> None:
    places = added(tmp_path / "p", write(tmp_path / "mine.csv", LIST + village("Saraqib", *point)))
    assert len({entry.id for entry in places.find("Saraqib") if entry.country == "SY"}) == 2


def test_a_place_of_another_kind_or_country_is_another_place(tmp_path: Path) -> None:
    lines = village("Saraqib", 35.8645, 36.806, kind="district") + village("Saraqib", 35.8645, 36.806, country="TR")
    places = added(tmp_path / "p", write(tmp_path / "mine.csv", LIST + lines))
    assert sum(entry.is_added for entry in places.find("Saraqib")) == 2


def test_places_of_one_list_with_ids_of_their_own_are_never_joined(tmp_path: Path) -> None:
    lines = village(id="1") + village(latitude=35.22, id="2")
    places = added(tmp_path / "p", write(tmp_path / "mine.csv", LIST + lines))
    assert {entry.id for entry in places.find("Tell Qurmah")} == {"mine.csv:1", "mine.csv:2"}


def test_two_files_with_one_place_join_and_the_list_overrules_the_dump(tmp_path: Path) -> None:
    mine = write(tmp_path / "mine.csv", LIST + village())
    whole = write(tmp_path / "SY.txt", dump(90000001, "Tall Qurma", 35.22, 36.92, population=700))
    for number, files in enumerate(((mine, whole), (whole, mine))):
        entry = only(added(tmp_path / str(number), *files), "Tell Qurmah")
        assert (entry.name, entry.point, entry.is_curated) == ("Tell Qurmah", (35.21873, 36.91234), True)
        assert entry.population == pytest.approx(700, rel=0.01)


def test_the_order_of_adding_decides_between_two_lists(tmp_path: Path) -> None:
    first = write(tmp_path / "a.csv", LIST + village())
    second = write(tmp_path / "b.csv", LIST + village(latitude=35.23))
    assert only(added(tmp_path / "p", first, second), "Tell Qurmah").latitude == 35.23


def test_units_of_a_dump_are_called_as_the_shipped_ones(tmp_path: Path) -> None:
    lines = dump(SARAQIB, "Saraqib", 35.86, 36.8, admin1="12") + dump(90000001, "Tell Qurmah", 35.9, 36.9, admin1="12")
    lines += dump(90000002, "Muhafazat Idlib", 35.8, 36.7, admin1="12", **{"class": "A", "code": "ADM1"})
    places = added(tmp_path / "p", write(tmp_path / "SY.txt", lines))
    assert only(places, "Tell Qurmah").admin1 == "Idlib Governorate"
    assert only(places, "Muhafazat Idlib").id == "sy-idlib-governorate"


def test_a_unit_without_a_point_has_its_parents_and_says_so(tmp_path: Path) -> None:
    lines = "Syria,SY,Hama,,SY05,Qurmahiyah,,SY0599,,\nEthiopia,ET,Zembaba,,ET77,Quxqux,,ET7701,,\n"
    places = added(tmp_path / "p", write(tmp_path / "units.csv", PCODES + lines))
    assert (only(places, "Qurmahiyah").point_of, only(places, "Quxqux").point_of) == ("admin1", "country")
    assert only(places, "Qurmahiyah").point == next(
        e.point for e in places.find("Hama Governorate") if e.country == "SY"
    )


def test_the_point_of_a_unit_in_another_file_is_lent_too(tmp_path: Path) -> None:
    header = "ADM0_PCODE,ADM1_EN,ADM1_PCODE,lat,lon\n"
    upper = write(tmp_path / "adm1.csv", header + "ET,Zembaba,ET77,9.1,39.5\n")
    lower = write(tmp_path / "adm2.csv", PCODES + "Ethiopia,ET,Zembaba,,ET77,Quxqux,,ET7701,,\n")
    entry = only(added(tmp_path / "p", lower, upper), "Quxqux")
    assert (entry.point, entry.point_of, entry.admin1) == ((9.1, 39.5), "admin1", "Zembaba")


def test_a_pcode_is_one_unit_in_all_files(tmp_path: Path) -> None:
    old = write(tmp_path / "2020.csv", PCODES + "Syria,SY,Hama,,SY05,Qurmahiyah,,SY0599,35.1,36.9\n")
    new = write(tmp_path / "2024.csv", PCODES + "Syria,SY,Hama,,SY05,Al Qurmahiya,,SY0599,35.2,36.9\n")
    entry = only(added(tmp_path / "p", old, new), "Qurmahiyah")
    assert (entry.id, entry.name, entry.latitude) == ("sy0599", "Al Qurmahiya", 35.2)


def test_nothing_that_ships_gets_lost(tmp_path: Path) -> None:
    add(tmp_path / "p", write(tmp_path / "SY.txt", dump(SARAQIB, "Saraqib", 35.86, 36.8)))
    places = added(tmp_path / "p", write(tmp_path / "mine.csv", LIST + village()))
    for name in ("Saraqib", "Hama", "Tripoli", "Georgia", "Paris"):
        assert [entry.id for entry in places.find(name)] == [entry.id for entry in open_gazetteer().find(name)]
