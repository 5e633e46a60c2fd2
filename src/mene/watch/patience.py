"""How long to wait: what servers ask for in their headers, and how long after failures. Seconds throughout."""

import re
from collections.abc import Callable, Mapping
from datetime import UTC
from email.utils import parsedate_to_datetime

from mene.watch.limits import BACK_OFF_CAP, BACK_OFF_START, LONGEST_FRESH, LONGEST_WAIT

Jitter = Callable[[], float]
"""Gives a number from 0 up to 1, so that many watches of one server do not come back at the same moment."""


def back_off(failures: int, jitter: Jitter) -> float:
    """Return the wait after so many failures running: twice as long each time, up to half longer by chance, capped.

    >>> [back_off(failures, lambda: 0.0) / 60 for failures in (1, 2, 3, 20)]
    [15.0, 30.0, 60.0, 1440.0]
    """
    doubled = BACK_OFF_START * 2.0 ** min(failures - 1, 30)
    return float(min(BACK_OFF_CAP, doubled * (1 + jitter() / 2)))


def retry_after(headers: Mapping[str, str], now: float) -> float | None:
    """Return the wait that a Retry-After header asks for, in seconds or until a date; None without a readable one.

    >>> retry_after({"retry-after": "120"}, 0.0)
    120.0
    """
    asked = headers.get("retry-after", "").strip()
    if re.fullmatch(r"\d{1,12}", asked):
        return min(float(asked), LONGEST_WAIT)
    try:
        when = parsedate_to_datetime(asked)
        seconds = when.replace(tzinfo=when.tzinfo or UTC).timestamp() - now
    except (ValueError, OverflowError):
        return None
    return min(max(0.0, seconds), LONGEST_WAIT)


def freshness(headers: Mapping[str, str]) -> float:
    """Return for how long an answer is said to stay true (`Cache-Control: max-age`); 0 where nothing is said.

    >>> freshness({"cache-control": "public, max-age=600"}), freshness({"cache-control": "no-cache, max-age=600"})
    (600.0, 0.0)
    """
    told = headers.get("cache-control", "").lower()
    found = re.search(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,12})", told)
    if found is None or re.search(r"\bno-(?:cache|store)\b", told):
        return 0.0
    return min(float(found[1]), LONGEST_FRESH)
