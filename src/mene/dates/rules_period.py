"""The rules of periods: months, seasons, quarters, years, decades, centuries, and "last week", "earlier this month"."""

import re
from datetime import date
from functools import cache

from mene.dates.rules import Rule, clip, got, month_number, month_of, rule, weekday_number, with_part, year_word
from mene.dates.spans import (
    When,
    between,
    of_decade,
    of_half,
    of_month,
    of_quarter,
    of_season,
    of_week,
    of_weekend,
    of_year,
    of_years,
    shift,
    shift_months,
    unresolved,
)
from mene.dates.words import Setting, compile_words, words

# The words before an ambiguous month ("may", "march") or a bare year that show that a time is meant.
_TIME_PREPOSITIONS = """
in since until till by before after during from through between early late mid last next this around of to as and or
starting beginning for throughout
"""
TIME_PREPOSITIONS = frozenset(_TIME_PREPOSITIONS.split())


def _month_year(match: re.Match[str], setting: Setting) -> When | None:
    when = of_month(int(match["year"]), month_number(match["month"]))
    return with_part(when, got(match, "part"), setting)


def _month(match: re.Match[str], setting: Setting) -> When | None:
    """A month without a year, unless the word is another word or a name ("May", "march")."""
    which, part, year = got(match, "deictic"), got(match, "part"), got(match, "whichyear")
    named = f"{which}{part}{year}"
    if not named and not _is_month(match, setting):
        return None
    number, day = month_number(match["month"]), setting.reference
    if year:
        told = year_word(year.removeprefix("of ").strip(), setting)
        when = of_month(told.start.year, number) if told and told.start else unresolved(f"XXXX-{number:02d}")
    elif which and day is not None:
        when = of_month(day.year + _years_off(which, number, day), number)
    else:
        when = month_of(number, setting, match)
    return with_part(when, part, setting)


def _years_off(which: str, month: int, day: date) -> int:
    """Return how many years from the day's own "last March" or "next March" lies; never the current month."""
    if which in ("next", "coming", "following"):
        return int(month <= day.month)
    if which == "this":
        return 0
    return -int(month >= day.month)


def _is_month(match: re.Match[str], setting: Setting) -> bool:
    before = setting.word_before(match.start())
    word = match["month"].lower().rstrip(".")
    short = word not in words()["months"]
    if before in TIME_PREPOSITIONS:
        return not (word == "may" and re.search(r"\b(?:Theresa|Mrs?\.?|Ms\.?|Minister|Premier) May\b", setting.text))
    after = setting.text[match.end() : match.end() + 2]
    surname = bool(re.match(r" [A-Z]", after))
    return not short and word not in words()["ambiguous_months"] and not surname


def _months(match: re.Match[str], setting: Setting) -> When | None:
    """ "from March to May 2013", "between March and May"."""
    if got(match, "sep") == "and" and not got(match, "from"):
        return None
    number, number2, year2 = month_number(match["month"]), month_number(match["month2"]), got(match, "year2")
    if not (got(match, "from") or year2 or got(match, "year")):
        return None
    last = of_month(int(year2), number2) if year2 else month_of(number2, setting, match)
    if last.end is None:
        return unresolved("XXXX-XX")
    year = int(got(match, "year") or last.end.year - (number > number2))
    return between(of_month(year, number), last) if year > 0 else None


def _year(match: re.Match[str], setting: Setting) -> When | None:
    """A bare year, unless the number counts something ("2011 people")."""
    if not _is_year(match, setting):
        return None
    return with_part(of_year(int(match["year"])), got(match, "part"), setting)


def _is_year(match: re.Match[str], setting: Setting) -> bool:
    year, part, before = int(match["year"]), got(match, "part"), setting.word_before(match.start())
    if part or before in ("in", "since"):
        return True
    after = setting.text[match.end() :].lstrip()
    if compile_words("counted_nouns").match(after) or not 1800 <= year <= 2099:
        return False
    return bool(before not in ("than", "about", "least", "nearly", "almost", "some", "over") or year >= 1900)


def _years(match: re.Match[str], setting: Setting) -> When | None:
    """ "from 2011 to 2016", "2011-16"; "2011-12" is a span of years, as news writes no ISO months."""
    first, text = int(match["year"]), match["last"]
    last = int(text) if len(text) == 4 else first // 100 * 100 + int(text)
    prefixed = bool(got(match, "from")) or got(match, "sep") != "and"
    return of_years(first, last) if prefixed and first < last <= first + 150 else None


def _year_deictic(match: re.Match[str], setting: Setting) -> When | None:
    when = year_word(match["told"].lower(), setting)
    return with_part(when, got(match, "part"), setting) if when else unresolved("XXXX")


def _decade(match: re.Match[str], setting: Setting) -> When | None:
    named = {
        "twenties": 20,
        "thirties": 30,
        "forties": 40,
        "fifties": 50,
        "sixties": 60,
        "seventies": 70,
        "eighties": 80,
    }
    full, short, word = got(match, "full"), got(match, "short"), got(match, "word")
    first = int(full) if full else 1900 + (int(short) if short else {**named, "nineties": 90}[word])
    return with_part(of_decade(first), got(match, "part"), setting)


CENTURIES = {"eighteenth": 18, "nineteenth": 19, "twentieth": 20, "twenty-first": 21}


def _century(match: re.Match[str], setting: Setting) -> When | None:
    number = int(got(match, "digits") or CENTURIES[got(match, "word")])
    if not 1 < number < 40:
        return None
    first = (number - 1) * 100
    when = When(date(first, 1, 1), date(first + 99, 12, 31), "span", f"{number - 1:02d}")
    return with_part(when, got(match, "part"), setting)


def _season(match: re.Match[str], setting: Setting) -> When | None:
    code: str = words()["seasons"][match["season"].lower()]
    part, which, day = got(match, "part"), got(match, "deictic"), setting.reference
    if got(match, "year"):
        return with_part(of_season(code, int(match["year"])), part, setting)
    told = got(match, "whichyear")
    if told:
        year = year_word(told.removeprefix("of ").strip(), setting)
        return with_part(of_season(code, year.start.year), part, setting) if year and year.start else None
    if not which and setting.word_before(match.start()) not in ("the", "in", "since", "during", "until", "by"):
        return None
    if day is None:
        return unresolved(f"XXXX-{code}")
    return with_part(_nearest_season(code, day, which, match, setting), part, setting)


def _nearest_season(code: str, day: date, which: str, match: re.Match[str], setting: Setting) -> When:
    around = [of_season(code, year) for year in range(max(1, day.year - 2), min(9998, day.year + 2) + 1)]
    if which == "this":
        return next(
            (when for when in around if when.end and when.end >= day and when.value[:4] >= str(day.year - 1)),
            around[-1],
        )
    if which in ("next", "coming") or (not which and setting.direction(*match.span()) == "future"):
        return next((when for when in around if when.start and when.start > day), around[-1])
    limit = [when for when in around if (when.end if which == "last" else when.start) and _before(when, which, day)]
    return limit[-1] if limit else around[0]


def _before(when: When, which: str, day: date) -> bool:
    edge = when.end if which == "last" else when.start
    return edge is not None and edge <= day


ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "last": 4}


def _quarter(match: re.Match[str], setting: Setting) -> When | None:
    number, what, day = ORDINALS[got(match, "nth")], got(match, "what"), setting.reference
    told = year_word(got(match, "whichyear").removeprefix("of ").strip(), setting)
    year = int(got(match, "year") or 0) or (told.start.year if told and told.start else 0)
    if not year and day is None:
        return unresolved(f"XXXX-{'H' if what == 'half' else 'Q'}{number}")
    if what == "half":
        return of_half(year or (day.year if day else 1), min(number, 2)) if year or got(match, "of") else None
    when = of_quarter(year or (day.year if day else 1), number)
    late = not year and day is not None and when.start is not None and when.start > day
    return of_quarter(day.year - 1, number) if late and day else when


UNIT_OF = {"weeks": "week", "months": "month", "years": "year", "weekends": "weekend", "quarters": "quarter"}


def period_at(unit: str, day: date, steps: int) -> When | None:
    """Return the calendar week, weekend, month, quarter, year, decade or century `steps` from the one of a day."""
    if unit == "week":
        return of_week(shift(day, 7 * steps))
    if unit == "weekend":
        return of_weekend(shift(day, 7 * steps))
    if unit == "month":
        moved = shift_months(day, steps)
        return of_month(moved.year, moved.month)
    if unit == "quarter":
        moved = shift_months(day, 3 * steps)
        return of_quarter(moved.year, (moved.month + 2) // 3)
    size = {"year": 1, "decade": 10, "century": 100}.get(unit)
    first = (day.year // size + steps) * size if size else 0
    if size is None or not 100 <= first <= 9800:
        return None
    if size == 1:
        return of_year(first)
    return (
        of_decade(first)
        if size == 10
        else When(date(first, 1, 1), date(first + 99, 12, 31), "span", f"{first // 100:02d}")
    )


def _period(match: re.Match[str], setting: Setting) -> When | None:
    """ "last week", "earlier this month", "next year"; "the following week" is counted from the day told of."""
    which, unit, part = got(match, "which"), got(match, "what"), got(match, "part")
    told = which in ("previous", "following", "that", "the same", "same", "preceding")
    day = setting.anchor if told else setting.reference
    if day is None:
        return unresolved("XXXX")
    steps = {"last": -1, "previous": -1, "preceding": -1, "next": 1, "following": 1, "coming": 1}.get(which, 0)
    when = period_at(unit, day, _weekend_steps(steps, which, day) if unit == "weekend" else steps)
    if when is None:
        return None
    if part:
        return with_part(when, part, setting)
    return clip(when, setting, match) if steps == 0 and not told else when


def _weekend_steps(steps: int, which: str, day: date) -> int:
    """ "The weekend" of a Monday's paper is the one just past."""
    return -1 if which in ("the", "") and day.weekday() < 5 else steps


def _recent(match: re.Match[str], setting: Setting) -> When | None:
    """ "in recent weeks", "in the coming days": roughly as far back or ahead as `words.yaml` says."""
    reach = int(words()["recent"][match["what"].lower()])
    future = got(match, "way") in ("coming", "next")
    value, day = ("FUTURE_REF" if future else "PAST_REF"), setting.reference
    if day is None:
        return unresolved(value)
    first, last = (day, shift(day, reach)) if future else (shift(day, -reach), day)
    return When(first, last, "span", value, modality="about")


def _reference(match: re.Match[str], setting: Setting) -> When | None:
    """ "now", "recently", "soon"; only the present has a day."""
    text = " ".join(match.group().lower().split())
    if text in words()["present_words"]:
        day = setting.reference
        return When(day, day, "day", "PRESENT_REF") if day else unresolved("PRESENT_REF")
    if text in words()["past_words"]:
        return unresolved("PAST_REF")
    return unresolved("FUTURE_REF")


def _background(match: re.Match[str], setting: Setting) -> When | None:
    return unresolved("PAST_REF", background=True)


def _habit(match: re.Match[str], setting: Setting) -> When | None:
    """ "every day", "on Fridays": a set of times, no day of its own."""
    weekday, unit = got(match, "weekday") or got(match, "weekday2"), got(match, "unit").removesuffix("s")
    if weekday:
        return unresolved(f"XXXX-WXX-{weekday_number(weekday) + 1}", "SET")
    letter = words()["units"][unit]["letter"] if unit else "D"
    return unresolved(f"PT1{letter[1]}" if letter.startswith("T") else f"P1{letter}", "SET")


_FROM = r"(?P<from>from |between )?"
_SEP = r"(?P<sep> ?[-–—] ?| to | and | until | till | through )"
_YEAR = r"(?:,? <year>)?"
_WHICH_YEAR = r"(?: (?P<whichyear>(?:of )?(?:last|this|next|that|the same) year))?"


@cache
def period_rules() -> tuple[Rule, ...]:
    """Return the rules of periods; compiled at the first call."""
    lists = words()
    references = "|".join([*lists["present_words"], *lists["past_words"], *lists["future_words"]])
    return (
        rule("month year", r"<part>?<month>(?: of)?,? <year>", _month_year),
        rule("month", rf"(?:<deictic> )?<part>?<month>{_WHICH_YEAR}", _month),
        rule("months", rf"{_FROM}<month>{_YEAR}{_SEP}<month2>(?:,? <year2>)?", _months),
        rule("year", r"(?:the )?(?:<part>)?<year>", _year),
        rule(
            "years",
            r"(?:the )?(?P<from>from |between )?<year>"
            r"(?P<sep> ?[-–—] ?| to | and | until | through )(?P<last>(?:1[5-9]|20)\d\d|\d\d)",
            _years,
        ),
        rule("which year", r"(?:<part>)?(?P<told>(?:that|the same) (?:very )?year)", _year_deictic),
        rule(
            "decade",
            r"(?:the )?(?:<part>)?(?:(?P<full>(?:1[5-9]|20)\d0)['’]?s|['’‘](?P<short>\d0)s"
            r"|(?P<word>(?:twen|thir|for|fif|six|seven|eigh|nine)ties))",
            _decade,
        ),
        rule(
            "century",
            r"(?:the )?(?:<part>)?(?:(?P<digits>\d\d?)(?:st|nd|rd|th)"
            r"|(?P<word>eighteenth|nineteenth|twentieth|twenty-first))[- ]century",
            _century,
        ),
        rule("season", rf"(?:<deictic> )?<part>?<season>(?:(?: of)?,? <year>|{_WHICH_YEAR})", _season),
        rule(
            "quarter",
            rf"(?:the )?(?P<nth>first|second|third|fourth|[1-4](?:st|nd|rd|th))"
            rf"[- ](?P<what>quarter|half)(?P<of> of)?(?:,? <year>|{_WHICH_YEAR})",
            _quarter,
        ),
        rule(
            "period",
            r"(?:<part>)?(?P<which>last|this|next|previous|preceding|following|coming|that|the same)"
            r" (?P<what>week|weekend|month|quarter|year|decade|century)(?![\w-])",
            _period,
        ),
        rule("part of the period", r"<part>(?P<what>week|weekend|month|year|decade|century)(?P<which>)", _period),
        rule("the weekend", r"(?:the|over the|at the) (?P<what>weekend)(?P<which>)(?P<part>)", _period),
        rule(
            "recent",
            r"(?:(?:in|over|during|within) )?(?:the )?(?P<way>recent|coming|next|past|last)"
            r" (?P<what>days|weeks|months|years)",
            _recent,
        ),
        rule("reference", references, _reference),
        rule("background", "|".join(lists["background_phrases"]), _background),
        rule("habit", r"(?:every|each) (?:<unit>|<weekday>|<daypart>)|daily|(?:on )?<weekday2>s", _habit),
    )
