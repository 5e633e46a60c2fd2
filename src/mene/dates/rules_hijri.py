"""The rules of the two Hijri calendars: "12 Ramadan 1445 AH", "15 Khordad 1403", "Muharram 1446".

A day without its year is the latest one, after a future cue the coming one. Days of the lunar calendar are reckoned and
may be a day off the sighting of the moon, so that they span three days; those of the solar calendar are exact.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache

from mene.dates.rules import Rule, day_number, got, rule
from mene.dates.spans import When, of_islamic, of_solar, of_solar_month, unresolved
from mene.dates.words import Setting, words

LUNAR_MONTH = 30
"""Days; every other month has 29, which the day added on either side covers."""

_LUNAR_YEAR = 354.367
_SOLAR_YEAR = 365.2422
_ERA = date(622, 7, 19)

_BEFORE_A_DAY = frozenset(("", "on", "of", "since", "until", "till", "by", "from", "before", "after", "to", "and"))
"""Some months are names too: without its year a day counts only after such a word or where the sentence begins."""

DayOf = Callable[[int, int, int], When | None]


def _lunar_day(year: int, month: int, day: int) -> When | None:
    return of_islamic(year, month, day, 1) if day <= LUNAR_MONTH else None


def _month(match: re.Match[str], key: str) -> int:
    """Return the number of the month named, by its pattern in `words.yaml`."""
    name = match["hijri"]
    patterns: dict[int, str] = words()[key]
    return next(number for number, pattern in patterns.items() if re.fullmatch(pattern, name, re.IGNORECASE))


def _islamic_day(match: re.Match[str], setting: Setting) -> When | None:
    return _day(match, setting, _lunar_day, _month(match, "islamic_months"), _LUNAR_YEAR)


def _solar_day(match: re.Match[str], setting: Setting) -> When | None:
    return _day(match, setting, of_solar, _month(match, "solar_months"), _SOLAR_YEAR)


def _day(match: re.Match[str], setting: Setting, day_of: DayOf, month: int, length: float) -> When | None:
    day = day_number(match["day"])
    if got(match, "hyear"):
        return day_of(int(match["hyear"]), month, day)
    if setting.word_before(match.start()) not in _BEFORE_A_DAY:
        return None
    reference = setting.reference
    if reference is None:
        return unresolved("XXXX-XX-XX")
    around = list(_around(reference, day_of, month, day, length))
    past = [when for when in around if when.start is not None and when.start <= reference]
    ahead = [when for when in around if when.end is not None and when.end >= reference]
    if setting.direction(*match.span()) == "future":
        return ahead[0] if ahead else None
    return past[-1] if past else None


def _around(reference: date, day_of: DayOf, month: int, day: int, length: float) -> Iterator[When]:
    """Yield such days of the years around one, the earliest first; 30 Esfand comes once in four or five years."""
    year = int((reference - _ERA).days / length) + 1
    for near in range(max(year - 6, 1), year + 7):
        if (when := day_of(near, month, day)) is not None:
            yield when


def _islamic_month(match: re.Match[str], setting: Setting) -> When | None:
    return of_islamic(int(match["hyear"]), _month(match, "islamic_months"), 1, LUNAR_MONTH)


def _solar_month(match: re.Match[str], setting: Setting) -> When | None:
    return of_solar_month(int(match["hyear"]), _month(match, "solar_months"))


def _named(key: str) -> str:
    return rf"(?P<hijri>{'|'.join(words()[key].values())})"


_YEAR = r"(?P<hyear>1[2-5]\d\d)(?!\d)"
_LUNAR_ERA = r"(?: ?(?:A\.?H\.?|hijri|H)\b)?"
_SOLAR_ERA = r"(?: ?(?:A\.?P\.?|S\.?H\.?|A\.?H\.?S\.?|solar hijri|solar)\b)?"
_NO_NAME = r"(?!\w)(?! (?-i:[A-Z]))"
"""After a day without its year no name follows, as in "15 Khordad Foundation"."""


@cache
def hijri_rules() -> tuple[Rule, ...]:
    """Return the rules of both Hijri calendars; compiled at the first call."""
    lunar, solar = _named("islamic_months"), _named("solar_months")
    return (
        rule("islamic day", rf"(?:the )?<day>(?: of)? {lunar},? {_YEAR}{_LUNAR_ERA}", _islamic_day),
        rule("islamic month and day", rf"{lunar} <day>,? {_YEAR}{_LUNAR_ERA}", _islamic_day),
        rule("islamic day without its year", rf"(?:the )?<day>(?: of)? {lunar}{_NO_NAME}", _islamic_day),
        rule("islamic month", rf"{lunar},? {_YEAR}{_LUNAR_ERA}", _islamic_month),
        rule("solar day", rf"(?:the )?<day>(?: of)? {solar},? {_YEAR}{_SOLAR_ERA}", _solar_day),
        rule("solar month and day", rf"{solar} <day>,? {_YEAR}{_SOLAR_ERA}", _solar_day),
        rule("solar day without its year", rf"(?:the )?<day>(?: of)? {solar}{_NO_NAME}", _solar_day),
        rule("solar month", rf"{solar},? {_YEAR}{_SOLAR_ERA}", _solar_month),
    )
