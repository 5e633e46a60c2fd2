"""Fitting the weights of days on choices made by hand."""

from datetime import date

from training.days import FEWEST, Choice, fit, judge

from mene.events.coded import DayCandidate

DAY = date(2017, 7, 13)


def choice(sign: str, gold: str) -> Choice:
    none = DayCandidate("none", None, None, "unknown", ("none",))
    day = DayCandidate("day", DAY, DAY, "day", ("day", sign))
    return Choice((none, day), ("", DAY.isoformat()), gold, 1, 1.0, True)


def test_a_sign_of_right_days_speaks_for_them() -> None:
    near, far = choice("day: near", DAY.isoformat()), choice("day: far", "")
    weights = fit([near, far] * FEWEST)
    assert weights["day: near"] > 0 > weights["day: far"]
    assert (judge(near, weights).date, judge(far, weights).date) == (DAY.isoformat(), "")


def test_where_no_candidate_is_right_none_is() -> None:
    assert choice("day: near", "2011").right == [0]
    assert judge(choice("day: near", "2011"), {"none": 2.0}).is_right is False
