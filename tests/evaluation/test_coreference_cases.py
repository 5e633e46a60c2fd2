"""The hand-written cases of events told more than once are well formed; the evaluation measures whether Mene passes."""

import json
import re
from pathlib import Path

import pytest

from mene.evaluate.coreference import Case, read_cases

ROOT = Path(__file__).parents[2] / "evaluation" / "cases"
CASES = read_cases(ROOT)


def test_ids_are_unique_and_every_quality_occurs() -> None:
    assert len({case.id for case in CASES}) == len(CASES) >= 60
    assert {case.quality for case in CASES} == {"STRONG", "MEDIUM", "WEAK"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_words_are_in_their_reports_and_in_one_set_only(case: Case) -> None:
    words = [word for words in case.events for word in words]
    assert len(set(words)) == len(words)
    for word in words:
        number, _, names = word.partition(":")
        for name in names.split("|"):
            text, _, place = name.partition("#")
            found = re.findall(rf"\b{re.escape(text)}\b", case.reports[int(number)].text)
            assert len(found) >= int(place or 1)
    assert {word for pair in case.against for word in pair} <= set(words)


def test_pairs_are_of_one_type_and_hold_no_text() -> None:
    rows = [json.loads(line) for line in (ROOT / "coreference_pairs.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(rows) > 300
    assert all(set(row) == {"article", "type", "at", "same"} for row in rows)
