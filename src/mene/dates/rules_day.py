"""The rules of days: calendar dates, weekdays, "yesterday", parts of the day, feasts and the clock.

A bare weekday is the most recent one, the publication day included; after a future cue ("will meet on Friday") the
coming one, the publication day included. "Last Friday" is the most recent one before the publication day, "next Friday"
the first one after it, "Friday last week" the one of the calendar week before.
"""

import re
from datetime import date
from functools import cache

from mene.dates.rules import (
    Rule,
    coming,
    day_number,
    day_part_value,
    day_without_year,
    got,
    month_number,
    most_recent,
    rule,
    weekday_number,
    with_day_part,
)
from mene.dates.spans import (
    When,
    between,
    easter_sunday,
    make_day,
    nth_weekday,
    of_day,
    of_islamic,
    shift,
    unresolved,
)
from mene.dates.words import Setting, any_of, compile_words, words


def _iso_day(match: re.Match[str], setting: Setting) -> When | None:
    found = make_day(int(match["y"]), int(match["m"]), int(match["d"]))
    return of_day(found) if found else None


def _full_year(text: str, setting: Setting) -> int:
    if len(text) == 4:
        return int(text)
    latest = setting.published.year % 100 + 1 if setting.published else 49
    return int(text) + (2000 if int(text) <= latest else 1900)


def _numeric_day(match: re.Match[str], setting: Setting) -> When | None:
    """Day first, unless that is impossible; where both readings hold and differ, day first stands."""
    first, second, year = int(match["a"]), int(match["b"]), _full_year(match["c"], setting)
    found = make_day(year, second, first) or make_day(year, first, second)
    return of_day(found) if found else None


def _named_day(month: str, day: str, year: str, match: re.Match[str], setting: Setting) -> When | None:
    number = day_number(day)
    if not year:
        return day_without_year(month_number(month), number, setting, match)
    found = make_day(int(year), month_number(month), number)
    return of_day(found) if found else None


def _calendar_day(match: re.Match[str], setting: Setting) -> When | None:
    if not got(match, "year") and _counts_things(match, setting):
        return None
    year = got(match, "year")
    if got(match, "sameyear"):
        told = setting.explicit or setting.anchor
        year = str(told.year) if told else ""
    when = _named_day(match["month"], match["day"], year, match, setting)
    return with_day_part(when, got(match, "daypart") or got(match, "daypart2")) if when else None


def _counts_things(match: re.Match[str], setting: Setting) -> bool:
    """Return whether the number counts what follows: "in May 20 people were killed"."""
    after = setting.text[match.end("day") : match.end("day") + 30].lstrip()
    return match.end("day") > match.end("month") and bool(compile_words("counted_nouns").match(after))


def _day_range(match: re.Match[str], setting: Setting) -> When | None:
    """ "27 Nov - 8 Dec", "between 3 and 5 December": a missing month or year is that of the other end."""
    month, month2 = got(match, "month"), got(match, "month2") or got(match, "month")
    year2 = got(match, "year2") or got(match, "year")
    if got(match, "sep") == "and" and got(match, "month2") and not got(match, "from"):
        return None
    last = _named_day(month2, match["day2"], year2, match, setting)
    if last is None or last.end is None:
        return None if last is None else unresolved("XXXX-XX-XX")
    year = got(match, "year") or str(last.end.year)
    first = _named_day(month, match["day"], year, match, setting)
    if first and first.start and first.start > last.end and not got(match, "year"):
        first = _named_day(month, match["day"], f"{last.end.year - 1:04d}", match, setting)
    return between(first, last) if first else None


def _weekday(match: re.Match[str], setting: Setting) -> When | None:
    number, day = weekday_number(match["weekday"]), setting.reference
    parts = f"{got(match, 'daypart')} {got(match, 'daypart2')}"
    if day is None:
        return with_day_part(unresolved(f"XXXX-WXX-{number + 1}"), parts)
    return with_day_part(of_day(_which_weekday(number, day, got(match, "which"), match, setting)), parts)


def _weekday_of_noun(match: re.Match[str], setting: Setting) -> When | None:
    """ "Tuesdays attack", as pages that lost their apostrophes have it; "on Tuesdays" is a habit."""
    habit = setting.word_before(match.start()) in ("on", "every", "most", "until", "and", "or")
    return None if habit else _weekday(match, setting)


def _which_weekday(number: int, day: date, which: str, match: re.Match[str], setting: Setting) -> date:
    week = got(match, "week")
    if week:
        monday = shift(day, -day.weekday() + {"last": -7, "this": 0, "next": 7}[week.split()[-2]])
        return shift(monday, number)
    if which in ("next", "coming", "this coming"):
        return coming(number, day, ahead=1)
    if which in ("last", "past", "this past"):
        return most_recent(number, day, back=1)
    way = setting.direction(*match.span())
    demanded = setting.word_before(match.start()) in ("by", "until", "till", "before")
    if way == "future" or (way is None and (demanded or which == "this")):
        return coming(number, day)
    return most_recent(number, day)


def _weekday_range(match: re.Match[str], setting: Setting) -> When | None:
    """ "from Monday to Thursday", "between Tuesday and Friday", "overnight Wednesday to Thursday"."""
    if got(match, "sep") == "and" and not got(match, "from"):
        return None
    if setting.reference is None:
        return unresolved("XXXX-WXX")
    number = weekday_number(match["weekday2"])
    future = setting.direction(*match.span()) == "future"
    last = (coming if future else most_recent)(number, setting.reference)
    first = most_recent(weekday_number(match["weekday"]), last, back=1)
    return between(of_day(first), of_day(last))


DEICTIC_DAYS = {"today": 0, "yesterday": -1, "tomorrow": 1, "the day before yesterday": -2, "the day after tomorrow": 2}


def _deictic_day(match: re.Match[str], setting: Setting) -> When | None:
    text = " ".join(match["named"].lower().split())
    part = f"{got(match, 'daypart')} {got(match, 'daypart2')}"
    if setting.reference is None:
        return unresolved("PRESENT_REF" if text == "today" else "XXXX-XX-XX")
    return with_day_part(of_day(shift(setting.reference, DEICTIC_DAYS[text])), part)


def _this_part(match: re.Match[str], setting: Setting) -> When | None:
    """ "this morning", "tonight", "overnight" are of the publication day, "last night" of the day before."""
    text, day = " ".join(match.group().lower().split()), setting.reference
    code = day_part_value(text) or "TNI"
    if day is None:
        return unresolved(f"XXXX-XX-XX{code}", "TIME")
    if text.startswith("last"):
        day = shift(day, -1)
    return of_day(day, day.isoformat() + code, "TIME")


def _told_day(match: re.Match[str], setting: Setting) -> When | None:
    """ "the same day", "the next day", "the day before": counted from the day told of before."""
    text = " ".join(match.group().lower().split())
    if setting.anchor is None:
        return unresolved("XXXX-XX-XX")
    after = re.search(r"\b(?:next|following|after|later)\b", text)
    before = re.search(r"\b(?:previous|before|earlier)\b", text)
    day = shift(setting.anchor, 1 if after else -1 if before else 0)
    return with_day_part(of_day(day), text)


def _part_alone(match: re.Match[str], setting: Setting) -> When | None:
    """ "at dawn", "in the evening": of the day told of before."""
    code = day_part_value(match.group())
    if setting.anchor is None:
        return unresolved(f"XXXX-XX-XX{code}", "TIME")
    return of_day(setting.anchor, setting.anchor.isoformat() + code, "TIME")


def _clock(match: re.Match[str], setting: Setting) -> When | None:
    found = re.match(r"(\d{1,2})[:.]?(\d\d)?\D*?([ap])?\.?m?", match["clock"].lower())
    digits = re.match(r"(\d{2})(\d{2})", match["clock"])
    parsed = digits or found
    if parsed is None:
        return None
    hour, minute = int(parsed[1]), int(parsed[2] or 0)
    half = re.search(r"([ap])\.?m", match["clock"].lower())
    hour = hour % 12 + 12 * (half[1] == "p") if half else hour
    if hour > 24 or minute > 59:
        return None
    value = f"T{hour:02d}:{minute:02d}"
    if setting.anchor is None:
        return unresolved(f"XXXX-XX-XX{value}", "TIME")
    return of_day(setting.anchor, setting.anchor.isoformat() + value, "TIME")


# --- feasts and named periods ---------------------------------------------------------------------------------------


def _holiday_of(name: str, year: int) -> When | None:
    feast: dict[str, int] = {**words()["holidays"], **words()["islamic"]}[name]
    if "days" in feast:
        # An Islamic year is shorter than a solar one: try those that may begin a feast in this solar year.
        for islamic in range(int((year - 622) * 1.0307) - 1, int((year - 622) * 1.0307) + 4):
            when = of_islamic(islamic, feast["month"], feast["day"], feast["days"])
            if when and when.start and shift(when.start, 1).year == year:
                return when
        return None
    if "easter" in feast:
        return of_day(shift(easter_sunday(year), feast["easter"]))
    if "nth" in feast:
        return of_day(nth_weekday(year, feast["month"], feast["nth"], feast["weekday"]))
    return of_day(date(year, feast["month"], feast["day"]))


def _holiday(match: re.Match[str], setting: Setting) -> When | None:
    name, day = " ".join(match["feast"].lower().replace("’", "'").split()), setting.reference
    if got(match, "year"):
        return _holiday_of(name, int(match["year"]))
    if day is None or not 700 < day.year < 9000:
        return unresolved("XXXX")
    around = [when for year in range(day.year - 1, day.year + 3) if (when := _holiday_of(name, year))]
    past = [when for when in around if when.start and when.start <= day]
    ahead = [when for when in around if when.end and when.end >= day]
    future = setting.direction(*match.span()) == "future" or setting.word_before(match.start()) in ("next", "before")
    return (ahead[0] if future and ahead else past[-1]) if past else None


def _named_period(match: re.Match[str], setting: Setting) -> When | None:
    for pattern, (first, last) in words()["named_periods"].items():
        if re.fullmatch(pattern.replace(" ", r"\s+"), match["named"], re.IGNORECASE):
            return between(of_day(first), of_day(last)) if first != last else of_day(first)
    return None


_SEP = r"(?P<sep> ?[-–—] ?| to | and | until | till | through )"
_FROM = r"(?P<from>from |between )?"
_WEEKDAY_OR_DATE = r"(?:<anyweekday>,? ?)?"
_PART_BEFORE = (
    r"(?:(?:(?:at|in|on|by) )?(?:the )?<daypart> (?:of |on )?|(?:late|early|earlier|later|overnight) (?:on )?)?"
)
_PART_AFTER = r"(?: (?:(?:at|in) )?(?:the )?<daypart2>)?"
_YEAR = r"(?:,? <year>)?"
_SAME = r"(?P<sameyear>,? (?:of )?(?:that|the same) year)?"


@cache
def day_rules() -> tuple[Rule, ...]:
    """Return the rules of days; compiled at the first call."""
    return (
        rule("iso day", r"(?P<y>(?:1[5-9]|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?:T[\d:.]+Z?)?", _iso_day),
        rule(
            "numeric day",
            r"(?P<a>\d{1,2})(?P<sep>[/.\-])(?P<b>\d{1,2})(?P=sep)(?P<c>\d{4}|\d{2})(?![/.\-]\d)",
            _numeric_day,
        ),
        rule("days of a month", rf"{_FROM}<day>{_SEP}<day2>(?: of)? <month>{_YEAR}", _day_range),
        rule("month and days", rf"{_FROM}<month> <day>{_SEP}<day2>{_YEAR}", _day_range),
        rule(
            "day to day",
            rf"{_FROM}<day>(?: of)? <month>{_YEAR}{_SEP}<day2>(?: of)? <month2>(?:,? <year2>)?",
            _day_range,
        ),
        rule("date to date", rf"{_FROM}<month> <day>{_YEAR}{_SEP}<month2> <day2>(?:,? <year2>)?", _day_range),
        rule(
            "day month",
            rf"{_PART_BEFORE}{_WEEKDAY_OR_DATE}(?:the )?<day>(?: of)? <month>(?:{_YEAR}|{_SAME}){_PART_AFTER}",
            _calendar_day,
        ),
        rule("day month same year", rf"(?:the )?<day>(?: of)? <month>{_SAME}", _calendar_day),
        rule(
            "month day", rf"{_PART_BEFORE}{_WEEKDAY_OR_DATE}<month> (?:the )?<day>{_YEAR}{_PART_AFTER}", _calendar_day
        ),
        rule("month day same year", rf"<month> <day>{_SAME}", _calendar_day),
        rule(
            "weekday",
            rf"{_PART_BEFORE}(?P<which>last |past |this past |this |next |this coming |coming )?<weekday>"
            rf"(?P<week>,? (?:of )?(?:last|this|next) week)?{_PART_AFTER}",
            _weekday,
        ),
        rule("weekday's without its apostrophe", r"<weekday>s(?= [a-z])", _weekday_of_noun),
        rule("week weekday", rf"(?P<week>(?:last|this|next) week) on <weekday>{_PART_AFTER}", _weekday),
        rule("weekdays", rf"(?:(?:overnight|the night) )?{_FROM}<weekday>{_SEP}<weekday2>", _weekday_range),
        rule("deictic day", rf"{_PART_BEFORE}(?P<named>{any_of(DEICTIC_DAYS)}){_PART_AFTER}", _deictic_day),
        rule("part of today", r"(?:this <daypart>|tonight|last (?:night|evening)|overnight)", _this_part),
        rule(
            "day told of",
            r"(?:(?:on |late |early )?(?:the|that) (?:very )?(?:same|next|following|previous) (?:day|<daypart>)"
            r"|that (?:very )?(?:day|<daypart2>)"
            r"|(?:the|a) day (?:before|earlier|later|after)(?=[,.;:]|$| when| that)|next day)",
            _told_day,
        ),
        rule("part of a day", r"(?:at|by|before|after|around|since|until) <daypart>|in the <daypart2>", _part_alone),
        rule("clock", r"(?:at |around |by |about )?<clock>", _clock),
        rule("feast", rf"(?P<feast>{any_of({**words()['holidays'], **words()['islamic']})})(?:,? <year>)?", _holiday),
        rule("named period", rf"(?:the )?(?P<named>{'|'.join(words()['named_periods'])})", _named_period),
    )
