"""Days, likelihoods and modality in words."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mene.picture.tellings import modality_of
from mene.report.words import plain, say_percent, say_when

from .hand import HAMA_TAKEN, OLD_SIEGE, RISING, TOOK, UPRISING


@pytest.mark.parametrize(
    ("start", "end", "precision", "words"),
    [
        (date(2016, 1, 1), date(2016, 12, 31), "year", "2016"),
        (date(2011, 1, 1), date(2016, 12, 31), "span", "2011–2016"),
        (date(2024, 12, 1), date(2024, 12, 31), "month", "Dec 2024"),
        (date(2024, 12, 5), date(2024, 12, 5), "day", "5 Dec 2024"),
        (date(2024, 12, 1), date(2024, 12, 7), "week", "1–7 Dec 2024"),
        (None, None, "unknown", "day unknown"),
    ],
)
def test_a_day_is_told_only_as_finely_as_it_is_known(start, end, precision, words):
    event = replace(OLD_SIEGE, occurred_start=start, occurred_end=end, precision=precision)
    assert say_when(event) == words


def test_what_a_forecast_tells_flatly_is_possible_at_most():
    assert modality_of(replace(UPRISING, modality="asserted"), RISING) == "possible"
    assert modality_of(HAMA_TAKEN, TOOK) == "asserted"


def test_what_is_told_for_a_later_day_has_not_happened():
    assert modality_of(replace(HAMA_TAKEN, occurred_start=date(2024, 12, 9)), TOOK) == "planned"


@given(st.floats(0, 1))
def test_a_likelihood_is_never_0_and_never_100_percent(probability):
    assert 1 <= int(say_percent(probability).removesuffix(" %")) <= 99


@given(st.text())
def test_plain_text_holds_nothing_that_moves_a_cursor(text):
    shown = plain(text)
    assert not set(shown) & set("\x1b\x07\x08\n\r\t\u202e\u2066\x9b")
    assert plain(shown) == shown
