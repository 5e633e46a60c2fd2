"""The rules of lengths of time: "two days ago", "over the past three days", "in less than two weeks", "days later"."""

import re
from datetime import date
from functools import cache

from mene.dates.rules import Rule, got, rule
from mene.dates.rules_period import period_at
from mene.dates.spans import TimeModality, When, of_day, shift, shift_months, unresolved
from mene.dates.words import Setting, number_of, words

BELOW = ("less than", "under", "fewer than", "not even", "no more than")


def _unit(match: re.Match[str], name: str = "unit") -> str:
    text = got(match, name)
    return "century" if text == "centuries" else text.removesuffix("s")


def _bounds(match: re.Match[str]) -> tuple[int, int] | None:
    """Return the lowest and highest number meant."""
    vague = " ".join(got(match, "vague").split())
    if vague:
        low, high = words()["vague_numbers"][vague]
        return int(low), int(high)
    number = 1 if got(match, "one") else number_of(got(match, "number"))
    return (number, number) if number is not None else None


def _length(match: re.Match[str], unit: str) -> str:
    """Return the TIMEX3 value of a length: P3D, PT24H, PXW for a vague one."""
    spec = words()["units"][unit]
    vague = " ".join(got(match, "vague").split())
    exact = _bounds(match)
    plain = exact is None or (vague and not vague.startswith(("a couple", "couple")))
    number = "X" if plain else str(exact[0] * spec.get("times", 1)) if exact else "X"
    letter = spec["letter"]
    return f"PT{number}{letter[1]}" if letter.startswith("T") else f"P{number}{letter}"


def back(day: date, number: int, unit: str) -> date:
    """Return the day a number of units earlier (later for a negative number); hours reach into the day before.

    >>> back(date(2024, 3, 31), 1, "month"), back(date(2024, 12, 7), 36, "hour")
    (datetime.date(2024, 2, 29), datetime.date(2024, 12, 5))
    """
    spec = words()["units"][unit]
    number = max(-4000, min(4000, number))
    if unit == "hour":
        return shift(day, -number // 24 if number > 0 else -(number // 24))
    if spec["letter"] in ("M", "Y"):
        return shift_months(day, -number * int(spec.get("times", 1)) * (12 if spec["letter"] == "Y" else 1))
    return shift(day, -number * int(spec["days"]))


def _ago(match: re.Match[str], setting: Setting) -> When | None:
    """ "Two days ago" counts from the publication day, "two days later" from the day told of before."""
    unit, side, bounds = _unit(match), got(match, "side"), _bounds(match) or (2, 9)
    told = side in ("earlier", "later", "before", "after", "afterwards", "previously")
    day = setting.anchor if told else setting.reference
    if told and side in ("before", "after") and re.match(r"\s+[\w“\"'‘]", setting.text[match.end() :]):
        day = None  # "two days after the attack": the attack's day is not in these words
    if day is None:
        return unresolved(_length(match, unit), "DURATION")
    sign = -1 if side in ("later", "after", "afterwards", "hence", "from now", "from today") else 1
    first, last = sorted(back(day, sign * number, unit) for number in bounds)
    modality: TimeModality = "less_than" if got(match, "limit") in BELOW else "about" if got(match, "limit") else "on"
    if bounds[0] != bounds[1]:
        return When(first, last, "span", _length(match, unit), "DURATION", "about")
    if unit in ("day", "hour", "night", "minute", "second"):
        return When(first, first, "day", first.isoformat(), modality=modality)
    found = period_at("week" if unit == "fortnight" else unit, first, 0)
    near = found if found and unit not in ("quarter", "decade", "century") else of_day(first)
    return When(near.start, near.end, near.precision, near.value, modality=modality)


def _spread(match: re.Match[str]) -> int:
    bounds = _bounds(match)
    return bounds[1] if bounds else 1


def _over(match: re.Match[str], setting: Setting) -> When | None:
    """ "Over the past three days", "in less than two weeks": up to publication, or from it after a future cue."""
    unit, day, which = _unit(match), setting.reference, got(match, "which")
    value = _length(match, unit) if _bounds(match) else f"P1{words()['units'][unit]['letter']}"
    if day is None or which in ("first", "final", "previous", "following", "entire"):
        return unresolved(value, "DURATION")
    bare = not which
    way = setting.direction(*match.span())
    if bare and got(match, "prep") in ("for", "throughout", "over", "during"):
        return _for(match, setting, value)
    if bare and _is_record(match, setting):
        return unresolved(value, "DURATION")
    future = which in ("next", "coming") or (bare and way == "future")
    number = _spread(match)
    first, last = (day, back(day, -number, unit)) if future else (back(day, number, unit), day)
    below = got(match, "limit") in BELOW or got(match, "prep") == "within"
    if bare and not below and not future and way is None:
        return unresolved(value, "DURATION")
    return When(first, last, "span", value, "DURATION", "less_than" if below else "on")


def _is_record(match: re.Match[str], setting: Setting) -> bool:
    """Return whether the length is that of a record: "the deadliest attack in two years" tells of no two years ago."""
    before = setting.text[max(0, match.start() - 70) : match.start()]
    return bool(re.search(r"\b(?:first|last|only|worst|most|least|\w{3,}est)\b[^.;:]*$", before, re.IGNORECASE))


def _for(match: re.Match[str], setting: Setting, value: str) -> When:
    """A bare length dates nothing, unless a perfect shows that it reaches the present ("has fought for three days")."""
    day = setting.reference
    before = setting.text[max(0, match.start() - 60) : match.start()]
    perfect = re.search(r"\b(?:has|have|['’]ve)\b[^.;:,]*$", before)
    if day is None or not perfect:
        return unresolved(value, "DURATION")
    return When(back(day, _spread(match), _unit(match)), day, "span", value, "DURATION", "since")


def _bare(match: re.Match[str], setting: Setting) -> When | None:
    """A length of time standing alone ("three days of clashes"); "a second" is an ordinal."""
    unit = _unit(match)
    if unit == "second" and got(match, "one"):
        return None
    return unresolved(_length(match, unit), "DURATION")


def _vague(match: re.Match[str], setting: Setting) -> When | None:
    """ "For weeks", "days later", "years ago": a length without a number."""
    unit, side = _unit(match, "units"), got(match, "side")
    value = f"PX{words()['units'][unit]['letter'].removeprefix('T')}"
    if unit in ("hour", "minute", "second"):
        value = f"PTX{words()['units'][unit]['letter'][1]}"
    day = setting.anchor if side in ("later", "earlier", "before", "after") else setting.reference
    if not side or day is None:
        return unresolved(value, "DURATION")
    if side in ("before", "after") and re.match(r"\s+[\w“\"'‘]", setting.text[match.end() :]):
        return unresolved(value, "DURATION")
    sign = -1 if side in ("later", "after") else 1
    first, last = sorted((back(day, sign * 2, unit), back(day, sign * 9, unit)))
    background = side == "ago" and unit in ("year", "decade", "century")
    return When(first, last, "span", "PAST_REF" if side == "ago" else value, "DATE", "about", background)


_LIMIT = (
    r"(?:(?P<limit>less than|fewer than|under|no more than|not even|more than|over|about|around|roughly|nearly|almost"
    r"|some|at least|just|only|barely|approximately) )?"
)
_COUNT = _LIMIT + r"(?:<vague>|<number>|(?P<one>an?))"
_SIDE = r"(?P<side>ago|earlier|later|before|after|afterwards|hence|from now|from today|previously)"
_WHICH = r"(?P<which>last|past|next|coming|previous|following|first|final|entire) "


@cache
def length_rules() -> tuple[Rule, ...]:
    """Return the rules of lengths of time; compiled at the first call."""
    return (
        rule("ago", rf"{_COUNT}[- ]<unit> {_SIDE}", _ago),
        rule(
            "over the past",
            r"(?:(?P<prep>in|within|over|during|for|throughout|across) )?(?:the |these |this )?"
            rf"{_WHICH}{_COUNT}[- ]<unit>",
            _over,
        ),
        rule(
            "past unit", r"(?:(?P<prep>in|within|over|during|for|throughout) )?the (?P<which>last|past) <unit>", _over
        ),
        rule(
            "past unit bare",
            r"(?:(?P<prep>in|within|over|during|for|throughout) )?(?:the |this )?(?P<which>past) <unit>",
            _over,
        ),
        rule(
            "in a time",
            rf"(?P<prep>in|within|over|during|for|throughout) (?:the )?{_COUNT}[- ]<unit>(?![- ]old)",
            _over,
        ),
        rule("length", rf"{_COUNT}[- ]<unit>(?![- ](?:old|of age))", _bare),
        rule("vague length", rf"(?:for |over )?<units>(?: {_SIDE})", _vague),
        rule("vague length for", r"(?:for|over|in) (?:many |the )?<units>", _vague),
    )
