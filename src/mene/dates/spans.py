"""Intervals of days: the months, weeks, seasons and feasts that times in a text stand for.

Weeks run from Monday to Sunday (ISO 8601). Seasons are the meteorological ones of the northern hemisphere. All
functions are total: arithmetic past the ends of the calendar stops at its first or last day.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from mene.vocabulary import TimePrecision

Kind = Literal["DATE", "TIME", "DURATION", "SET"]
TimeModality = Literal["on", "before", "after", "by", "since", "until", "less_than", "about"]

SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 2)}


@dataclass(frozen=True, slots=True)
class When:
    """What a time expression stands for: first and last day, their precision, and the TIMEX3 type and value."""

    start: date | None
    end: date | None
    precision: TimePrecision
    value: str
    kind: Kind = "DATE"
    modality: TimeModality = "on"
    background: bool = False


def unresolved(value: str, kind: Kind = "DATE", *, background: bool = False) -> When:
    """Return a time whose days are not known."""
    return When(None, None, "unknown", value, kind, background=background)


def shift(day: date, days: int) -> date:
    """Return the day `days` later, stopping at the ends of the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def shift_months(day: date, months: int) -> date:
    """Return the same day of the month `months` later, or that month's last day.

    >>> shift_months(date(2024, 3, 31), -1)
    datetime.date(2024, 2, 29)
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(min(max(index, 12), 9999 * 12 + 11), 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def make_day(year: int, month: int, day: int) -> date | None:
    """Return the date, or None where the calendar has no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def of_day(day: date, value: str | None = None, kind: Kind = "DATE") -> When:
    """Return one day."""
    return When(day, day, "day", value or day.isoformat(), kind)


def of_month(year: int, month: int) -> When:
    """Return a calendar month."""
    last = date(year, month, calendar.monthrange(year, month)[1])
    return When(date(year, month, 1), last, "month", f"{year:04d}-{month:02d}")


def of_year(year: int) -> When:
    """Return a calendar year."""
    return When(date(year, 1, 1), date(year, 12, 31), "year", f"{year:04d}")


def of_years(first: int, last: int) -> When:
    """Return the calendar years from `first` to `last`."""
    low, high = sorted((first, last))
    return When(date(low, 1, 1), date(high, 12, 31), "span", f"{first:04d}/{last:04d}")


def of_decade(first: int) -> When:
    """Return the ten years from `first`; TIMEX3 writes the decade without its last digit."""
    return When(date(first, 1, 1), date(first + 9, 12, 31), "span", f"{first // 10:03d}")


def of_week(day: date) -> When:
    """Return the week, Monday to Sunday, that `day` falls in."""
    year, week, weekday = day.isocalendar()
    monday = shift(day, 1 - weekday)
    return When(monday, shift(monday, 6), "week", f"{year:04d}-W{week:02d}")


def of_weekend(day: date) -> When:
    """Return the Saturday and Sunday of the week that `day` falls in."""
    week = of_week(day)
    return When(shift(day, 6 - day.isoweekday()), week.end, "span", f"{week.value}-WE")


def of_season(code: str, year: int) -> When:
    """Return a season; the winter of a year begins in its December."""
    first, last = SEASON_MONTHS[code]
    end = of_month(year + (last < first), last).end
    return When(date(year, first, 1), end, "season", f"{year:04d}-{code}")


def of_quarter(year: int, quarter: int) -> When:
    """Return a quarter of a calendar year."""
    first, last = of_month(year, 3 * quarter - 2), of_month(year, 3 * quarter)
    return When(first.start, last.end, "span", f"{year:04d}-Q{quarter}")


def of_half(year: int, half: int) -> When:
    """Return a half of a calendar year."""
    first, last = of_month(year, 6 * half - 5), of_month(year, 6 * half)
    return When(first.start, last.end, "span", f"{year:04d}-H{half}")


def between(first: When, last: When, value: str | None = None) -> When:
    """Return the span from the start of one time to the end of another."""
    value = value or f"{first.value}/{last.value}"
    if first.start is None or last.end is None or first.start > last.end:
        return unresolved(value)
    return When(first.start, last.end, "span", value)


def third_of(when: When, part: str) -> When:
    """Return the `first`, `middle` or `last` third of an interval; its precision and value stay those of the whole."""
    if when.start is None or when.end is None:
        return when
    days = (when.end - when.start).days + 1
    cut = round(days / 3)
    low = {"first": 0, "middle": cut, "last": days - cut}[part]
    high = {"first": cut, "middle": days - cut, "last": days}[part]
    return When(shift(when.start, low), shift(when.start, max(low, high - 1)), when.precision, when.value, when.kind)


# --- feasts ---------------------------------------------------------------------------------------------------------

_ISLAMIC_EPOCH = 227014  # the ordinal of 16 July 622 (Julian), the first day of the Islamic era, in `date.toordinal`


def of_islamic(year: int, month: int, day: int, days: int) -> When | None:
    """Return some days of the Islamic year by the arithmetical calendar, widened by a day on either side.

    Eleven leap years in thirty; the sighting of the moon may differ by a day (Reingold & Dershowitz 2018, ch. 7).

    >>> of_islamic(1445, 9, 1, 30).start
    datetime.date(2024, 3, 10)
    """
    ordinal = _ISLAMIC_EPOCH + 354 * (year - 1) + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2 + day
    if not 1 < ordinal < date.max.toordinal() - days:
        return None
    start = date.fromordinal(ordinal)
    last = shift(start, days - 1)
    value = start.isoformat() if days == 1 else f"{start.isoformat()}/{last.isoformat()}"
    return When(shift(start, -1), shift(last, 1), "span", value)


_SOLAR_EPOCH = 226894
"""The ordinal of the day before 1 Farvardin 1 of the solar Hijri era, 21 March 622 (Gregorian), in `date.toordinal`."""

_SOLAR_LEAP = 8
"""Of 33 solar years eight are leap years: those for which 25 y + 11, divided by 33, leaves less than this."""


def of_solar(year: int, month: int, day: int) -> When | None:
    """Return a day of the solar Hijri calendar (Iran, Afghanistan), or None where it has no such day.

    The 33-year arithmetical cycle, as ICU and .NET reckon it; it meets the observed new years from 1178 to 1502, where
    the 2820-year cycle (Birashk) is a day late in 1404.

    >>> of_solar(1403, 3, 15).start
    datetime.date(2024, 6, 4)
    """
    if not (1 <= month <= 12 and 1 <= day <= solar_month_days(year, month)):
        return None
    before = 31 * (month - 1) - max(month - 7, 0)
    ordinal = _SOLAR_EPOCH + 365 * (year - 1) + (8 * year + 21) // 33 + before + day
    return of_day(date.fromordinal(ordinal)) if 0 < ordinal <= date.max.toordinal() else None


def of_solar_month(year: int, month: int) -> When | None:
    """Return a month of the solar Hijri calendar."""
    first, last = of_solar(year, month, 1), of_solar(year, month, solar_month_days(year, month))
    return between(first, last) if first is not None and last is not None else None


def solar_month_days(year: int, month: int) -> int:
    """Return how long a month is: 31 days up to Shahrivar, then 30, in Esfand 29 outside leap years.

    >>> solar_month_days(1403, 12), solar_month_days(1404, 12)
    (30, 29)
    """
    if month < 12:
        return 31 if month <= 6 else 30
    return 30 if (25 * year + 11) % 33 < _SOLAR_LEAP else 29


def easter_sunday(year: int) -> date:
    """Return Easter Sunday of the Gregorian calendar (the anonymous algorithm in Meeus 1991, ch. 8).

    >>> easter_sunday(2024)
    datetime.date(2024, 3, 31)
    """
    century, rest = divmod(year, 100)
    leap, after = divmod(century, 4)
    moon = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * (year % 19) + century - leap - moon + 15) % 30
    weekday = (32 + 2 * after + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (year % 19 + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> date:
    """Return the `nth` given weekday (Monday is 0) of a month."""
    first = date(year, month, 1)
    return shift(first, (weekday - first.weekday()) % 7 + 7 * (nth - 1))
