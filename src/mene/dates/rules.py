"""What the rules of times share: the rule record, and how parts, years and directions are worked out.

A rule's function returns None where the words are no time after all ("march" the verb, "2011 people"); the text is then
free for a shorter rule. Values follow TIMEX3 (ISO-TimeML, ISO 24617-1): 2024-12-05, 2024-W49, P2W, PRESENT_REF.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from mene.dates.spans import When, make_day, of_day, of_month, of_year, shift, third_of, unresolved
from mene.dates.words import Setting, compile_rule, words

Resolver = Callable[[re.Match[str], Setting], When | None]

# How far ahead a day without a year and without a cue may lie and still be the coming one ("the Dec. 12 vote" in
# a paper of 7 December). A month covers announced dates; beyond it the past is the safer reading in news.
DAYS_AHEAD = 31


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern and the function that says what its match stands for."""

    name: str
    pattern: re.Pattern[str]
    resolve: Resolver


def rule(name: str, template: str, resolve: Resolver) -> Rule:
    """Return a rule, its template compiled (see `compile_rule`)."""
    return Rule(name, compile_rule(template), resolve)


def got(match: re.Match[str], name: str) -> str:
    """Return a named group, lower case and without outer space; empty where it is absent."""
    return (match.groupdict().get(name) or "").strip().lower()


def month_number(text: str) -> int:
    """Return the number of a month from its name or abbreviation.

    >>> month_number("Nov."), month_number("MARCH")
    (11, 3)
    """
    lists = words()
    name = text.strip().rstrip(".").lower()
    short: dict[str, int] = {key.lower(): value for key, value in lists["month_abbreviations"].items()}
    full: dict[str, int] = lists["months"]
    return full[name] if name in full else short[name]


def weekday_number(text: str) -> int:
    """Return the number of a weekday (Monday is 0) from its name or abbreviation."""
    lists = words()
    name = text.strip().rstrip(".,").lower()
    short: dict[str, int] = {key.lower(): value for key, value in lists["weekday_abbreviations"].items()}
    full: dict[str, int] = lists["weekdays"]
    return full[name] if name in full else short[name]


def day_number(text: str) -> int:
    """Return the number in "5", "05" or "5th"."""
    return int(re.sub(r"\D", "", text))


def day_part_value(text: str) -> str:
    """Return the TIMEX3 code of a part of the day, empty where there is none."""
    parts: dict[str, str] = words()["day_parts"]
    found = [name for name in parts if re.search(rf"\b{name}\b", text.lower())]
    return parts[max(found, key=len)] if found else ""


def with_day_part(when: When, text: str) -> When:
    """Return a day with the part of the day named in `text` added to its value."""
    code = day_part_value(text)
    if not code or (when.start is None and len(when.value) != 10):
        return when
    return replace(when, value=when.value + code, kind="TIME")


def with_part(when: When, text: str, setting: Setting) -> When:
    """Return the part of a period that "early", "late" or "the end of" picks; its value stays that of the whole."""
    parts: dict[str, str] = words()["parts"]
    named = [name for name in parts if text.startswith(name)]
    if not named or when.start is None or when.end is None:
        return when
    part, day = parts[max(named, key=len)], setting.published
    if part == "before":
        inside = day is not None and when.start <= day <= when.end
        return replace(when, end=day) if inside else when
    if part == "after":
        inside = day is not None and when.start <= day <= when.end
        return replace(when, start=day) if inside else when
    return third_of(when, part)


def clip(when: When, setting: Setting, match: re.Match[str]) -> When:
    """Return a current period cut at the publication day: what is past up to it, what is to come from it."""
    day = setting.published
    if day is None or when.start is None or when.end is None or not when.start <= day <= when.end:
        return when
    if setting.direction(*match.span()) == "future":
        return replace(when, start=day)
    return replace(when, end=day)


def year_of_month(month: int, setting: Setting, match: re.Match[str]) -> int | None:
    """Return the year of a month named without one: the most recent, or the coming one after a future cue."""
    if setting.explicit is not None:
        return setting.explicit.year
    day = setting.reference
    if day is None:
        return None
    if setting.direction(*match.span()) == "future":
        return day.year + (month < day.month)
    return day.year - (month > day.month)


def day_without_year(month: int, number: int, setting: Setting, match: re.Match[str]) -> When | None:
    """Return a day named without its year: the most recent, or the next after a future cue or where it is near."""
    if make_day(2000, month, number) is None:
        return None
    reference = setting.reference
    if setting.explicit is not None:
        found = make_day(setting.explicit.year, month, number)
        return of_day(found) if found else None
    if reference is None:
        return unresolved(f"XXXX-{month:02d}-{number:02d}")
    years = range(reference.year - 8, reference.year + 9)  # 29 February is at most eight years away
    days = [found for year in years if 0 < year < 10000 and (found := make_day(year, month, number))]
    past = [found for found in days if found <= reference]
    ahead = [found for found in days if found >= reference]
    way = setting.direction(*match.span())
    soon = bool(ahead) and (ahead[0] - reference).days <= DAYS_AHEAD and way is None
    chosen = ahead[:1] if way == "future" or soon else past[-1:]
    return of_day(chosen[0]) if chosen else None


def month_of(month: int, setting: Setting, match: re.Match[str]) -> When:
    """Return a month named without its year."""
    year = year_of_month(month, setting, match)
    return of_month(year, month) if year else unresolved(f"XXXX-{month:02d}")


def year_word(text: str, setting: Setting) -> When | None:
    """Return the year that "last year", "this year" or "that year" means, or None for other words."""
    day = setting.reference
    if re.search(r"\b(?:that|the same|same) year", text):
        told = setting.explicit or setting.anchor
        return of_year(told.year) if told else None
    offset = {"last": -1, "this": 0, "next": 1}.get(text.split(" ")[0]) if text else None
    if day is None or offset is None or not 1 <= day.year + offset <= 9999:
        return None
    return of_year(day.year + offset)


def most_recent(weekday: int, day: date, *, back: int = 0) -> date:
    """Return the last given weekday on or before the day, `back` days earlier at the latest.

    >>> most_recent(4, date(2024, 12, 6)), most_recent(4, date(2024, 12, 6), back=1)
    (datetime.date(2024, 12, 6), datetime.date(2024, 11, 29))
    """
    latest = shift(day, -back)
    return shift(latest, -((latest.weekday() - weekday) % 7))


def coming(weekday: int, day: date, *, ahead: int = 0) -> date:
    """Return the first given weekday on or after the day, `ahead` days later at the earliest."""
    earliest = shift(day, ahead)
    return shift(earliest, (weekday - earliest.weekday()) % 7)
