"""A user's own folder: what it may add, and what is said when it is wrong."""

from datetime import date
from pathlib import Path

import pytest

from mene.cli import run
from mene.codebook import load_codebook
from mene.codebook.check import check_codebook
from mene.codebook.load import DATA, _parse_json_rows, _parse_yaml, read_day
from mene.errors import CodebookError


def _folder(tmp_path: Path, name: str, text: str) -> Path:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def test_a_folder_adds_rows_and_changes_columns(tmp_path: Path) -> None:
    rows = "- {id: blue-fox, name: Blue Fox Brigade, kind: militia, country: SY}\n- {id: hts, valid_to: 2030}\n"
    book = load_codebook(_folder(tmp_path, "actors.yaml", rows))
    assert book.match("the Blue Fox Brigade".split())[0].ids == ("blue-fox",)
    assert book.actors["hts"].valid_to == date(2030, 12, 31)
    assert book.actors["hts"].name == load_codebook().actors["hts"].name


def test_a_folder_changes_the_reading_of_a_word(tmp_path: Path) -> None:
    book = load_codebook(_folder(tmp_path, "hedges.yaml", "- {modality: planned, scope: auxiliary, phrases: [may]}\n"))
    assert book.hedges.get("may")[0].modality == "planned"


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("actors.yaml", "- {id: x, name: X, kind: militia, colour: red}\n", "row x: unknown column 'colour'"),
        ("actors.yaml", "- {id: x, name: X}\n", "row x has no 'kind'"),
        ("actors.yaml", "- {id: x, name: X, kind: choir}\n", "row x: 'kind' is 'choir'"),
        ("actors.yaml", "- {id: x, name: X, kind: militia, valid_from: 2011-02-30}\n", "'2011-02-30' is no date"),
        ("actors.yaml", "- {id: x, name: X, kind: militia, valid_from: 2012, valid_to: 2011}\n", "valid_from is after"),
        ("actors.yaml", "- {id: x, name: X, kind: militia, aliases: {a: b}}\n", "'aliases' is no list"),
        (
            "actors.yaml",
            "- {id: x, name: X, kind: militia}\n- {id: x, name: Y, kind: militia}\n",
            "row x is there twice",
        ),
        ("actors.yaml", "id: x\n", "the file is no list"),
        ("actors.yaml", "- [x\n", "is no valid YAML"),
        ("actors.yaml", "- x\n", "row 1 is no mapping"),
        ("actors.yaml", "- {id: x, name: X, kind: militia, links: [hts]}\n", "'hts' is no mapping"),
    ],
)
def test_a_faulty_row_is_told_with_its_file(tmp_path: Path, name: str, text: str, told: str) -> None:
    with pytest.raises(CodebookError) as error:
        assert load_codebook(_folder(tmp_path, name, text)).actors
    assert told in str(error.value)
    assert name in str(error.value)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        (
            "actors.yaml",
            "- {id: x, name: X, kind: militia, links: [{to: nobody, relation: part_of}]}\n",
            "the link leads to 'nobody'",
        ),
        (
            "actors.yaml",
            "- {id: x, name: X, kind: militia, links: [{to: y, relation: part_of}]}\n"
            "- {id: y, name: Y, kind: militia, links: [{to: x, relation: part_of}]}\n",
            "row x is part of itself",
        ),
        ("actors.yaml", "- {id: x, name: Hamas, kind: militia}\n", "'Hamas' names hamas, x"),
        (
            "leaders.yaml",
            "- {id: x, name: X, terms: [{role: king, actor: syr-government, country: SY, from: 2015, rules: true}]}\n",
            "both rule SY",
        ),
        ("outlets.yaml", "- {id: x, name: X News, kind: outlet, side: nobody}\n", "the side 'nobody' is no actor"),
    ],
)
def test_a_fault_between_rows_is_told(tmp_path: Path, name: str, text: str, told: str) -> None:
    assert any(told in finding for finding in check_codebook(_folder(tmp_path, name, text)))


def test_a_missing_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(CodebookError, match="there is no such folder"):
        load_codebook(tmp_path / "none")


def test_the_country_code_of_norway_is_a_word() -> None:
    assert load_codebook().states["NO"].name == "Norway"


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2016", date(2016, 1, 1), date(2016, 12, 31)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        ("2016-02-03", date(2016, 2, 3), date(2016, 2, 3)),
    ],
)
def test_years_and_months_stand_for_their_days(text: str, first: date, last: date) -> None:
    assert read_day(text) == first
    assert read_day(text, end=True) == last


def test_rows_in_the_spelling_of_json_read_as_yaml_does() -> None:
    text = (DATA / "leaders.yaml").read_text(encoding="utf-8")
    head = "\n".join(text.splitlines()[:40])
    quick = _parse_json_rows(head)
    assert quick
    assert quick == _parse_yaml(head + "\n# the last comment\n- {id: x, name: y, terms: []}", Path("leaders.yaml"))[:-1]


def test_other_yaml_is_left_to_the_parser_of_yaml() -> None:
    assert _parse_json_rows("- {id: a, name: b}") is None
    assert _parse_json_rows('- {"id": "a"} # a comment') is None
    assert _parse_json_rows("# nothing") is None


@pytest.mark.parametrize(
    ("name", "text", "told", "code"),
    [
        ("actors.yaml", "- {id: x, name: X, kind: armed group, links: [{to: x, relation: part_of}]}\n", "x -> x", 0),
        ("actors.yaml", "- {id: [1], name: X, kind: armed group}\n", "'id' holds a list", 5),
        ("capitals.csv", "iso2,capital,mayor\nSY,Damascus,Me\n", "unknown column 'mayor'", 5),
        ("capitals.csv", "iso2;capital\nSY;Damascus\n", "unknown column 'iso2;capital'", 5),
        ("actorz.yaml", "", "has no file of the codebook", 0),
    ],
)
def test_a_user_hears_of_a_faulty_codebook(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, text: str, told: str, code: int
) -> None:
    folder = _folder(tmp_path, name, text)
    article = tmp_path / "a.txt"
    article.write_text("Rebels captured the town of Hama on Friday, the army said. Nobody was hurt, it added.")
    words = ["--codebook", str(folder), "read", str(article), "--published", "2024-12-07"]
    assert run(words) == code
    assert told in capsys.readouterr().err


def test_a_judged_source_has_its_letter_by_name_and_by_id(tmp_path: Path) -> None:
    rows = "- {source: Levant Wire, letter: B}\n- {source: syr-army, letter: E}\n"
    book = load_codebook(_folder(tmp_path, "reliability.yaml", rows))
    assert (book.letter("levant wire"), book.letter("the army", "syr-army"), book.letter("Reuters")) == ("B", "E", "F")


def test_a_letter_that_is_none_stops_every_command_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = _folder(tmp_path, "reliability.yaml", "- {source: Levant Wire, letter: G}\n")
    assert run(["places", "list", "--codebook", str(folder)]) == 5
    error = capsys.readouterr().err
    assert "row Levant Wire: 'letter' is 'G'; it must be one of A, B, C, D, E, F" in error
    assert error.count("\n") == 1
