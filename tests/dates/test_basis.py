"""What a time rests on: the rule that read it, and the days that it is counted from."""

import csv
from datetime import date
from pathlib import Path

import pytest

from mene.dates import find_basis, find_times

SATURDAY = date(2024, 12, 7)
THURSDAY = date(2024, 12, 5)
CASES = [
    ("They left on Thursday.", 0, "weekday", SATURDAY, None),
    ("They left on 5 December 2024.", 0, "day month", None, None),
    ("They left on 5 December.", 0, "day month", SATURDAY, None),
    ("They left two days ago.", 0, "ago", SATURDAY, None),
    ("They left on Thursday and came back two days later.", 1, "ago", None, THURSDAY),
    ("They left on Thursday and came back the next day.", 1, "day told of", None, THURSDAY),
    ("The war began in 2011.", 0, "year", None, None),
    ("It has been shelled since 2011.", 0, "year", SATURDAY, None),
]


@pytest.mark.parametrize(("text", "number", "rule", "published", "told"), CASES, ids=[case[0] for case in CASES])
def test_a_time_rests_on_what_it_would_not_be_without(text, number, rule, published, told):
    mention = find_times(text, published=SATURDAY)[number]
    basis = find_basis(mention, text, published=SATURDAY)
    assert (basis.rule, basis.published, basis.told) == (rule, published, told)


def test_of_a_time_of_another_text_nothing_is_said():
    (mention,) = find_times("They left on Thursday.", published=SATURDAY)
    with pytest.raises(ValueError, match="no time 'Thursday'"):
        find_basis(mention, "They left.", published=SATURDAY)


def test_every_time_of_the_table_of_cases_has_a_basis():
    lines = Path(__file__).with_name("cases_dates.csv").read_text(encoding="utf-8").splitlines()
    for case in csv.DictReader(line for line in lines if not line.startswith("#")):
        text = case["text"]
        day = date.fromisoformat(case["published"]) if case["published"] not in ("", "-") else None
        for mention in find_times(text, published=day):
            basis = find_basis(mention, text, published=day)
            assert basis.published in (None, day)
            assert mention.occurred_start or mention.occurred_end or (basis.published, basis.told) == (None, None)
