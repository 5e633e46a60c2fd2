"""`mene find`: its lines, its JSON and its exit codes."""

import json
from datetime import date
from pathlib import Path

import pytest

from mene.cli import run
from tests.search.make import happened, said, store_of

Capture = pytest.CaptureFixture[str]

TAKEN = said(
    "Rebels took\nHama.",
    outlet="Harbour Courier",
    speaker="Colonel Barakat",
    kind="claim",
    told=[happened("SEIZE", "Hama", day=date(2024, 12, 5), modality="in_progress")],
)
DENIED = said("Nobody left Hama.", modality="negated")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder the command runs in, with a store of two articles in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MENE_STORE", raising=False)
    store_of(Path("mene.duckdb"), TAKEN, DENIED).close()
    return tmp_path


def test_a_line_says_when_who_what_and_the_id(here: Path, capsys: Capture) -> None:
    assert run(["find", "hama", "--place", "HAMA"]) == 0
    line, last = capsys.readouterr().out.splitlines()
    told = "“Rebels took Hama.”; SEIZE at Hama 2024-12-05 (in progress)"
    identity = TAKEN.statements[0].id
    assert line == f"2024-12-06: Colonel Barakat, in Harbour Courier (claim): {told}  [{identity}]"
    assert last == "1 statement found"


def test_a_statement_without_events_shows_its_own_modality(here: Path, capsys: Capture) -> None:
    assert run(["find", "nobody"]) == 0
    assert capsys.readouterr().out.startswith("2024-12-06: The Wire (report, negated): “Nobody left Hama.”  [")


def test_words_can_be_left_out_behind_two_dashes(here: Path, capsys: Capture) -> None:
    assert run(["find", "hama", "--", "-rebels"]) == 0
    assert capsys.readouterr().out.endswith("1 statement found\n")


def test_the_next_page_is_named(here: Path, capsys: Capture) -> None:
    assert run(["find", "hama", "--most", "1"]) == 0
    first, last = capsys.readouterr().out.splitlines()
    assert last.startswith("2 statements found, 1 shown; add --after ")
    assert run(["find", "hama", "--most", "1", "--after", last.split()[-4]]) == 0
    second, last = capsys.readouterr().out.splitlines()
    assert second != first
    assert last == "2 statements found"


def test_nothing_found_is_an_answer(here: Path, capsys: Capture) -> None:
    assert run(["find", "nowhere"]) == 0
    assert capsys.readouterr().out == "unknown: no statement fits\n"


def test_json_has_the_pieces_and_the_filters(here: Path, capsys: Capture) -> None:
    assert run(["find", "took", "--since", "2024-12-01", "--newest", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["find"] | {"words": "took", "first": "2024-12-01", "order": "newest"} == found["find"]
    assert found["rows"][0]["snippet"] == [["Rebels ", False], ["took", True], ["\nHama.", False]]
    assert (found["total"], found["is_exact"], found["next"]) == (1, True, None)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--type", "WAR"], "'WAR' is no event type; give one of AGREE"),
        (["--modality", "sure"], "give one of asserted"),
        (["***"], "there is no word to look for"),
        (["hama\udcff"], "cannot be read as text"),
        (["hama", "--most", "0"], "give 1 to 1000"),
        (["hama", "--since", "yesterday"], "is no day"),
        (["hama", "--after", "x"], "no place to go on from"),
    ],
)
def test_bad_input_is_one_line_and_code_2(here: Path, capsys: Capture, words: list[str], told: str) -> None:
    assert run(["find", *words]) == 2
    error = capsys.readouterr().err
    assert error.startswith("error: ")
    assert told in error
    assert error.count("\n") == 1


def test_without_a_store_it_says_how_to_make_one(tmp_path: Path, capsys: Capture) -> None:
    assert run(["find", "hama", "--store", str(tmp_path / "none.duckdb")]) == 4
    assert "make one with `mene add`" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_search_file_is_told_and_written_anew(here: Path, capsys: Capture) -> None:
    assert run(["find", "hama"]) == 0
    out = capsys.readouterr().out
    (here / "mene.duckdb.search").write_bytes(b"no database " * 999)
    assert run(["find", "hama"]) == 0
    assert capsys.readouterr() == (
        out,
        "note: the search file mene.duckdb.search is damaged and is written anew\n",
    )
