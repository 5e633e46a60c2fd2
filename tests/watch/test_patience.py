"""How long to wait."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mene.watch.limits import BACK_OFF_CAP, BACK_OFF_START, LONGEST_FRESH, LONGEST_WAIT
from mene.watch.patience import back_off, freshness, retry_after


@given(st.integers(1, 10_000), st.floats(0, 1, exclude_max=True))
def test_the_wait_grows_with_failures_and_is_capped(failures: int, chance: float) -> None:
    wait = back_off(failures, lambda: chance)
    assert BACK_OFF_START <= wait <= BACK_OFF_CAP
    assert back_off(failures + 1, lambda: 0.0) >= back_off(failures, lambda: 0.0)
    assert wait >= back_off(failures, lambda: 0.0)


@pytest.mark.parametrize(
    ("asked", "wait"),
    [
        ("120", 120.0),
        ("Thu, 01 Jan 1970 00:16:40 GMT", 400.0),
        ("Thu, 01 Jan 1970 00:00:01 GMT", 0.0),
        ("99999999999", LONGEST_WAIT),
        ("Fri, 31 Dec 9999 23:59:59 GMT", LONGEST_WAIT),
        ("soon", None),
        ("-5", None),
        ("", None),
    ],
)
def test_retry_after(asked: str, wait: float | None) -> None:
    assert retry_after({"retry-after": asked}, 600.0) == wait


@given(st.text(max_size=40))
def test_no_header_breaks_it(value: str) -> None:
    wait = retry_after({"retry-after": value}, 0.0)
    assert wait is None or 0 <= wait <= LONGEST_WAIT
    assert 0 <= freshness({"cache-control": value}) <= LONGEST_FRESH


def test_freshness_is_the_servers_own_and_for_us() -> None:
    assert freshness({"cache-control": "max-age=60"}) == 60
    assert freshness({"cache-control": "s-maxage=900"}) == 0
    assert freshness({"cache-control": "max-age=31536000"}) == LONGEST_FRESH
    assert freshness({}) == 0
