"""The shipped index: what is in it, that it is whole, and how fast it answers."""

import csv
import hashlib
import json
from pathlib import Path
from time import perf_counter

import pytest

from mene.errors import CodebookError
from mene.gazetteer import Gazetteer, Index, distance_km, open_gazetteer
from mene.gazetteer.index import INDEX, decode_population, encode_population

DATA = INDEX.with_name("data")
WAR_TOWNS = """Jaramana Talbiseh Rastan Saraqib Douma Darayya Kobani Manbij Baghuz Bakhmut Avdiivka Rafah Jabalia Nyala
Mezzeh Hmeimim Kweyris Bagram T4 al-Tanf al-Bab Homs Hama Aleppo Idlib Daraa Kyiv Kharkiv Mosul Fallujah Goma""".split()


@pytest.mark.parametrize("name", WAR_TOWNS)
def test_places_of_the_news_are_known_under_their_own_name(name: str) -> None:
    best = open_gazetteer().find(name)[0]
    assert best.is_curated
    assert not best.respelled


@pytest.mark.parametrize("name", ["Seyed Zainab", "Sayeda Zeinab", "Sayyidah Zainab", "Sayyida Zaynab"])
def test_spellings_of_the_shrine_town_find_the_town(name: str) -> None:
    best = open_gazetteer().find(name)[0]
    assert best.name == "Sayyida Zaynab"
    assert distance_km(best.point, (33.51, 36.29)) < 15


def test_unknown_and_empty_names_find_nothing() -> None:
    assert open_gazetteer().find("Xyzzyville") == ()
    assert open_gazetteer().find(" ’ ") == ()


def test_an_unlisted_spelling_is_marked_as_respelled() -> None:
    found = [entry for entry in open_gazetteer().find("Saraaqeb") if entry.name == "Saraqib"]
    assert [entry.respelled for entry in found] == [True]


def test_every_own_row_is_in_the_index_near_its_point() -> None:
    index = open_gazetteer()
    for file in ("towns.csv", "facilities.csv", "regions.csv", "admin1.csv"):
        with (DATA / file).open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(line for line in lines if not line.startswith("#")):
                point = (float(row["lat"] or 0), float(row["lon"] or 0))
                near = [e for e in index.find(row["name"]) if distance_km(e.point, point) < 25 or not row["lat"]]
                assert near, (file, row["name"])


def test_the_files_are_those_of_the_build_and_small() -> None:
    build = json.loads((INDEX / "build.json").read_text(encoding="utf-8"))
    for name, checksum in build["sha256"].items():
        assert hashlib.sha256((INDEX / name).read_bytes()).hexdigest() == checksum
    assert sum(path.stat().st_size for path in INDEX.iterdir()) < 12_000_000


def test_the_index_was_built_from_the_rows_beside_it() -> None:
    sources = json.loads((INDEX / "build.json").read_text(encoding="utf-8"))["sources"]
    for path in DATA.glob("*.csv"):
        assert sources[path.name] == hashlib.sha256(path.read_bytes()).hexdigest(), f"{path.name}: run `make gazetteer`"


def test_opening_and_looking_up_are_quick() -> None:
    began = perf_counter()
    index = Gazetteer(Index())
    opened = perf_counter()
    for _ in range(200):
        index.find("Homs")
    assert opened - began < 0.1
    assert (perf_counter() - opened) / 200 < 0.001


def test_a_missing_index_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="make gazetteer"):
        Index(tmp_path)


@pytest.mark.parametrize("population", [0, 1, 937, 460_602, 1_400_000_000])
def test_population_codes_are_exact_to_a_thousandth(population: int) -> None:
    assert decode_population(encode_population(population)) == pytest.approx(population, rel=0.001)
