"""`mene claim ID --explain`, from files, from a store and on bad input."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mene.articles import read_article
from mene.cli import run
from mene.commands.kept import Kept
from mene.commands.why import Again
from mene.contract import to_json
from mene.errors import InputError
from mene.pipeline import Model, picture_of, read
from mene.report.contents import gather_contents
from mene.settings import Settings
from mene.store import open_store


@pytest.fixture
def document(here: Path, capsys: pytest.CaptureFixture[str]) -> dict:
    """What was read from the article."""
    assert run(["read", "hama.txt", "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def taken(document: dict) -> dict:
    return next(event for event in document["events"] if event["text"] == "took")


def test_an_event_is_explained_value_by_value(document: dict, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["claim", taken(document)["id"], "--in", "hama.txt", "--explain"]) == 0
    out, error = capsys.readouterr()
    assert error == ""
    for aspect in ("type", "actor", "recipient", "place", "day", "modality", "kind", "origin"):
        assert f"\n{aspect:<12}" in out
    assert "counted from the day of publication, 5 Dec 2024" in out
    assert max(map(len, out.splitlines())) <= 100


def test_json_gives_the_reasons_that_the_text_gives(document: dict, capsys: pytest.CaptureFixture[str]) -> None:
    key = taken(document)["id"]
    assert run(["claim", key, "--in", "hama.txt", "--explain"]) == 0
    text = " ".join(capsys.readouterr().out.split())
    assert run(["claim", key, "--in", "hama.txt", "--explain", "--json"]) == 0
    explained = json.loads(capsys.readouterr().out)
    assert explained["claim"] == taken(document)
    assert explained["row"] is None
    (explanation,) = explained["explanations"]
    for reason in explanation["reasons"]:
        assert all(f"- {' '.join(told.split())}" in text for told in reason["because"])


def test_a_statement_is_explained_with_its_events(document: dict, capsys: pytest.CaptureFixture[str]) -> None:
    event = taken(document)
    assert run(["claim", event["statement_id"], "--in", "hama.txt", "--explain"]) == 0
    out = capsys.readouterr().out
    assert "[cue: said]" in out
    assert out.count("\norigin ") == 1
    assert event["id"][:7] in out


def test_a_holding_is_explained_by_its_origins(document: dict, capsys: pytest.CaptureFixture[str]) -> None:
    (holding,) = (row for row in document["picture"]["holdings"] if row["place"]["name"] == "Hama")
    assert run(["claim", holding["id"], "--in", "hama.txt", "--explain", "--json"]) == 0
    row = json.loads(capsys.readouterr().out)["row"]
    assert row["reasons"][0]["code"] == holding["status"]
    assert row["reasons"][0]["probability"] == holding["belief"]
    assert {one["origin"] for one in row["origins"]} >= set(holding["origins"])
    assert all(one["event"]["reasons"] for one in row["origins"])


def test_an_event_told_once_is_explained_as_that_event(document: dict, capsys: pytest.CaptureFixture[str]) -> None:
    row = next(one for one in document["picture"]["occurrences"] if len(one["members"]) == 1)
    assert run(["claim", row["id"], "--in", "hama.txt", "--explain", "--json"]) == 0
    explained = json.loads(capsys.readouterr().out)
    assert explained["claim"]["id"] == row["id"]
    assert [one["event_id"] for one in explained["explanations"]] == [row["members"][0]["event_id"]]


def test_the_store_explains_what_the_file_explains(document: dict, capsys: pytest.CaptureFixture[str]) -> None:
    key = taken(document)["id"]
    assert run(["claim", key, "--in", "hama.txt", "--explain"]) == 0
    from_file = capsys.readouterr().out
    assert run(["add", "hama.txt"]) == 0
    capsys.readouterr()
    Path("hama.txt").unlink()
    assert run(["claim", key, "--explain"]) == 0
    assert capsys.readouterr().out == from_file


@pytest.mark.parametrize("key", ["zzz", "e0000000", "", "e"])
def test_an_unknown_or_ambiguous_id_is_one_line(key: str, document: dict, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["claim", key, "--in", "hama.txt", "--explain"]) == 2
    out, error = capsys.readouterr()
    assert out == ""
    assert error.count("\n") == 1
    assert error.startswith("error: ")


def test_an_id_of_an_article_that_changed_is_one_line(
    document: dict, article: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("hama.txt").write_text(article.replace("Rebels took", "Fighters took"), encoding="utf-8")
    assert run(["claim", taken(document)["id"], "--in", "hama.txt", "--explain"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_what_is_now_read_otherwise_is_not_explained(
    here: Path, model: Model, article: str, capsys: pytest.CaptureFixture[str]
) -> None:
    reading = read(read_article(article.encode()), model)
    altered = tuple(replace(event, type="ASSAULT", mode=None) for event in reading.events)
    with open_store(here / "mene.duckdb") as store:
        store.add(replace(reading, events=altered), b"x", recorded_at=datetime.now(UTC), how="file", model="old-reader")
    assert run(["claim", altered[0].id, "--explain"]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert "old-reader" in error
    assert "reads its article otherwise" in error


def test_an_article_that_is_not_at_hand_is_told(model: Model, article: str) -> None:
    reading = read(read_article(article.encode()), model)
    picture = picture_of([reading], model.codebook)
    contents = gather_contents(picture, reading.statements, reading.events, articles=())
    again = Again(contents, Kept(Settings(), ("hama.txt",)))
    with pytest.raises(InputError, match="is not at hand"):
        again.explain(reading.events[0])
    assert "is not at hand" in str(again.explain_or_say(reading.events[0].id))
    assert "is not at hand" in str(again.explain_or_say("e000000000000"))


def test_explaining_changes_no_record(document: dict, model: Model, capsys: pytest.CaptureFixture[str]) -> None:
    reading = read(read_article(Path("hama.txt").read_bytes(), name="hama.txt"), model)
    assert [event["id"] for event in document["events"]] == [event.id for event in reading.events]
    assert json.loads(to_json(reading.events)) == document["events"]
