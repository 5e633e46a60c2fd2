"""The hand-written cases are well formed; whether Mene passes them is measured by the evaluation."""

import json
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from mene.vocabulary import EVENT_TYPES, MODALITIES, StatementKind

CASES = Path(__file__).parents[2] / "evaluation" / "cases" / "statements.jsonl"
WORDS_OF_THE_TEXT = ("trigger", "actor", "recipient", "place", "held", "not_held")
FIELDS = {*WORDS_OF_THE_TEXT, "origin", "relay", "kind", "modality", "event_type", "date", "holder"}


def read_cases() -> list[dict[str, Any]]:
    """Return the cases, one for each line."""
    return [json.loads(line) for line in CASES.read_text(encoding="utf-8").splitlines()]


def test_ids_are_unique_and_every_quality_occurs() -> None:
    cases = read_cases()
    assert len({case["id"] for case in cases}) == len(cases) >= 60
    assert {case["quality"] for case in cases} == {"STRONG", "MEDIUM", "WEAK"}


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: str(case["id"]))
def test_expectations_use_known_words(case: dict[str, Any]) -> None:
    expect = case["expect"]
    assert set(expect) <= FIELDS
    assert expect.get("kind", "report") in get_args(StatementKind)
    assert expect.get("modality", "asserted") in MODALITIES
    assert expect.get("event_type", "SEIZE") in EVENT_TYPES


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: str(case["id"]))
def test_expectations_are_found_in_the_text(case: dict[str, Any]) -> None:
    expect = case["expect"]
    assert date.fromisoformat(expect.get("date", case["published"])) <= date.fromisoformat(case["published"])
    assert all(expect[field] in case["text"] for field in WORDS_OF_THE_TEXT if field in expect)
    assert ("held" in expect) == ("holder" in expect)
