"""`mene places` and what every other command makes of the places: through the command line, as typed."""

import gzip
import json
import re
from datetime import date
from pathlib import Path
from time import perf_counter

import pytest

from mene.batch.local import read_in_processes
from mene.cli import run
from mene.gazetteer import open_gazetteer
from mene.pipeline import Model, load_model, read
from mene.places import open_places
from tests.language.build import analysis, sentence

from .files import LIST, dump, village, write

ARTICLE = (
    "Rebels take village\n\nBEIRUT, Dec 5, 2024 (Levant Wire) - Rebels took the village of Tell Qurmah on Thursday, the"
    " army said. The army said that its units had left the Syrian city of Hama.\n"
)
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder the command runs in, with an article and a list in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MENE_STORE", raising=False)
    monkeypatch.delenv("MENE_PLACES", raising=False)
    write(tmp_path / "news.txt", ARTICLE)
    write(tmp_path / "mine.csv", LIST + village(admin1="Hama") + village(name="") + village("Kafr Qurmah", 35.3))
    return tmp_path


def places(capsys: Capture, *options: str) -> dict[str, tuple[object, ...]]:
    """Return the name, point and precision of each place that the article's events have."""
    capsys.readouterr()
    assert run(["read", "news.txt", "--json", *options]) == 0
    events = json.loads(capsys.readouterr().out)["events"]
    found = [event["place"] for event in events if event["place"]]
    return {place["name"]: (place["latitude"], place["longitude"], place["precision"]) for place in found}


def test_an_unknown_village_has_the_users_point_once_its_list_is_added(here: Path, capsys: Capture) -> None:
    assert places(capsys)["Tell Qurmah"] == (None, None, "unlocated")
    assert run(["places", "add", "mine.csv"]) == 0
    assert places(capsys)["Tell Qurmah"] == (35.21873, 36.91234, "exact")
    assert run(["places", "remove", "mine.csv"]) == 0
    assert places(capsys)["Tell Qurmah"] == (None, None, "unlocated")


def test_a_store_and_its_questions_know_the_places(here: Path, capsys: Capture) -> None:
    assert run(["places", "add", "mine.csv"]) == 0
    assert run(["add", "news.txt"]) == 0
    capsys.readouterr()
    assert run(["ask", "who holds Tell Qurmah", "--json"]) == 0
    (holding,) = (
        one for one in json.loads(capsys.readouterr().out)["picture"]["holdings"] if "Qurmah" in one["place"]["name"]
    )
    assert holding["place"]["place_id"] == "sy-tell-qurmah@35.22,36.91"


def test_the_summary_counts_and_each_bad_row_has_its_line(here: Path, capsys: Capture) -> None:
    assert run(["places", "add", "mine.csv"]) == 0
    out, error = capsys.readouterr()
    assert out == "Added 2 places from mine.csv (1 left out: row 3 has no name)\n"
    assert error == "note: mine.csv row 3 has no name: fill its name\n"


def test_many_bad_rows_are_told_in_few_lines(here: Path, capsys: Capture) -> None:
    write(here / "bad.csv", LIST + village(name="") * 1_500 + village() + village(latitude=""))
    assert run(["places", "add", "bad.csv"]) == 0
    out, error = capsys.readouterr()
    told = "1,501 left out: row 2 and 1,499 more have no name, row 1503 has no coordinates"
    assert out == f"Added 1 place from bad.csv ({told})\n"
    assert len(error.splitlines()) == 21
    assert "1,481 more rows are left out" in error


def test_known_places_and_features_passed_over_are_counted(here: Path, capsys: Capture) -> None:
    lines = dump(164816, "Saraqib", 35.86, 36.8) + dump(9, "Wadi", 35, 36, **{"class": "H", "code": "STM"})
    write(here / "SY.txt", lines + dump(90000001, "Tell Qurmah", 35.2, 36.9))
    assert run(["places", "add", "SY.txt"]) == 0
    told = "(1 streams, hills and other features passed over)"
    assert capsys.readouterr().out == f"Added 2 places from SY.txt, 1 of them known before {told}\n"


def test_adding_a_file_twice_changes_nothing(here: Path, capsys: Capture) -> None:
    assert run(["places", "add", "mine.csv"]) == 0
    before = {path: path.stat().st_mtime_ns for path in (here / "mene-places").rglob("*")}
    capsys.readouterr()
    assert run(["places", "add", "mine.csv"]) == 0
    assert re.fullmatch(
        r"mine\.csv is there already, added on \d{4}-\d\d-\d\d; nothing changes\n", capsys.readouterr().out
    )
    assert {path: path.stat().st_mtime_ns for path in (here / "mene-places").rglob("*")} == before


def test_the_list_shows_what_was_added(here: Path, capsys: Capture) -> None:
    assert run(["places", "list"]) == 0
    assert capsys.readouterr().out == "no places were added to mene-places; add a file with mene places add FILE\n"
    run(["places", "add", "mine.csv"])
    capsys.readouterr()
    assert run(["places", "list"]) == 0
    line = rf"mine\.csv  {date.today()}  [0-9a-f]{{12}}  list +2 rows, 1 left out\n"
    assert re.fullmatch(line, capsys.readouterr().out)
    assert run(["places", "list", "--json"]) == 0
    (source,) = json.loads(capsys.readouterr().out)["sources"]
    assert (source["name"], source["rows"], source["format"]) == ("mine.csv", 2, "list")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("nothing.csv", None, "nothing.csv does not exist; check the name"),
        ("text.csv", b"Rebels took Hama.\n", "text.csv is no gazetteer; give a dump of GeoNames"),
        ("columns.csv", b"name,country\nTell,SY\n", "columns.csv has no column latitude"),
        ("empty.csv", b"", "empty.csv is empty; give a table of places"),
        ("bad.zip", b"PK\x03\x04" + bytes(50), "bad.zip is a damaged archive; fetch or pack it again"),
        ("bad.gz", gzip.compress(b"name,latitude,longitude\n" * 99)[:-9], "bad.gz is a damaged archive"),
        ("rows.csv", (LIST + village(country="Narnia")).encode(), "rows.csv has no row that can be used (row 2 has an"),
    ],
)
def test_a_bad_file_is_one_line_code_2_and_nothing_written(
    name: str, content: bytes | None, told: str, here: Path, capsys: Capture
) -> None:
    if content is not None:
        (here / name).write_bytes(content)
    before = set(here.iterdir())
    assert run(["places", "add", name]) == 2
    errors = [line for line in capsys.readouterr().err.splitlines() if line.startswith("error: ")]
    assert len(errors) == 1
    assert told in errors[0]
    assert set(here.iterdir()) == before


def test_the_good_files_beside_a_bad_one_are_added(here: Path, capsys: Capture) -> None:
    assert run(["places", "add", "nothing.csv", "mine.csv"]) == 2
    out, error = capsys.readouterr()
    assert out.startswith("Added 2 places from mine.csv")
    assert error.startswith("error: nothing.csv does not exist")


def test_the_folder_stands_beside_the_store_or_where_it_is_asked_for(
    here: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "desk").mkdir()
    assert run(["places", "add", "mine.csv", "--store", "desk/news.duckdb"]) == 0
    assert (here / "desk" / "mene-places" / "places.json").is_file()
    assert places(capsys)["Tell Qurmah"][2] == "unlocated"
    assert places(capsys, "--places", "desk/mene-places")["Tell Qurmah"][2] == "exact"
    monkeypatch.setenv("MENE_PLACES", "desk/mene-places")
    assert places(capsys)["Tell Qurmah"][2] == "exact"


def test_a_folder_that_is_named_and_missing_is_one_line(here: Path, capsys: Capture) -> None:
    assert run(["read", "news.txt", "--places", "desk"]) == 2
    assert "the folder of places desk does not exist; check --places" in capsys.readouterr().err
    assert run(["places", "add", "mine.csv", "--places", "news.txt"]) == 2
    assert "news.txt is no folder" in capsys.readouterr().err
    assert run(["places", "add", "mine.csv", "--places", "."]) == 2
    assert "holds other files" in capsys.readouterr().err


def test_a_damaged_folder_is_one_line_and_code_5(here: Path, capsys: Capture) -> None:
    run(["places", "add", "mine.csv"])
    (here / "mene-places" / "places.json").write_text("{", encoding="utf-8")
    capsys.readouterr()
    assert run(["read", "news.txt"]) == 5
    assert "add your files again" in capsys.readouterr().err


def test_the_bare_word_shows_its_help(here: Path, capsys: Capture) -> None:
    assert run(["places"]) == 0
    assert "add" in capsys.readouterr().out


def test_processes_that_read_side_by_side_know_the_places(here: Path, capsys: Capture) -> None:
    run(["places", "add", "mine.csv"])
    folder = here / "mene-places"
    model = load_model(places=folder)
    article = analysis(sentence("Rebels:NOUN took:VERB Tell:PROPN Qurmah:PROPN in:ADP Syria:PROPN .:PUNCT")).article
    (together,) = read_in_processes([article], (), model.places, today=date(2024, 12, 7), processes=1)
    assert together == read(article, model, today=date(2024, 12, 7))
    assert any(event.place and event.place.latitude == 35.21873 for event in together.events)


def test_only_a_model_that_is_given_the_folder_knows_the_places(here: Path, model: Model) -> None:
    run(["places", "add", "mine.csv"])
    assert (model.places, model.gazetteer.find("Tell Qurmah")) == (None, ())
    assert len(load_model(places=here / "mene-places").gazetteer.find("Tell Qurmah")) == 1


def test_opening_the_places_takes_milliseconds(here: Path) -> None:
    run(["places", "add", "mine.csv"])
    open_gazetteer()
    began = perf_counter()
    open_places(here / "mene-places")
    assert perf_counter() - began < 0.05


def test_ten_thousand_rows_take_a_few_seconds(here: Path) -> None:
    lines = (dump(90_000_000 + n, f"Tell {n:x} Qurmah", 35 + n % 97 / 100, 37 + n % 89 / 100) for n in range(10_000))
    write(here / "SY.txt", "".join(lines))
    began = perf_counter()
    assert run(["places", "add", "SY.txt"]) == 0
    assert perf_counter() - began < 10
