"""The words values are shown in: days, likelihoods, modality, status. One wording, in the terminal and on the page."""

import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date

from mene.outlook.assess import band_of
from mene.records import Event, LoadedWord, Numbers, Wording
from mene.vocabulary import HoldingStatus, Modality

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

STATUS_WORDS: dict[HoldingStatus, str] = {
    "held": "held",
    "contested": "contested",
    "besieged": "besieged",
    "nearly_taken": "nearly taken",
    "claimed": "claimed",
    "abandoned": "abandoned",
    "unknown": "unknown",
}

MODALITY_WORDS: dict[Modality, str] = {
    "asserted": "told as fact",
    "negated": "denied",
    "probable": "probable",
    "possible": "possible",
    "doubtful": "doubtful",
    "conditional": "conditional",
    "planned": "planned",
    "in_progress": "under way",
    "nearly": "nearly",
    "asked": "asked",
}

RELIABILITY_WORDS: dict[str, str] = {
    "A": "the source is completely reliable",
    "B": "the source is usually reliable",
    "C": "the source is fairly reliable",
    "D": "the source is not usually reliable",
    "E": "the source is unreliable",
    "F": "nobody has judged how reliable the source is",
}
CREDIBILITY_WORDS: dict[str, str] = {
    "1": "the information is confirmed",
    "2": "the information is probably true",
    "3": "the information is possibly true",
    "4": "the information is doubtful",
    "5": "the information is improbable",
    "6": "the information cannot be judged",
}
"""The Admiralty code's two axes, the source's and the information's (NATO AJP-2.1)."""

_DIRECTION_MARKS = frozenset(
    chr(point) for point in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)
)


def say_day(day: date | None, *, year: int | None = None) -> str:
    """Return a day in words, without its year where that is `year`.

    >>> say_day(date(2024, 12, 5)), say_day(date(2024, 12, 5), year=2024), say_day(None)
    ('5 Dec 2024', '5 Dec', 'day unknown')
    """
    if day is None:
        return "day unknown"
    words = f"{day.day} {MONTHS[day.month - 1]}"
    return words if day.year == year else f"{words} {day.year}"


def say_when(event: Event, *, year: int | None = None) -> str:
    """Return when an event happened, as finely as it is known: "5 Dec 2024", "Dec 2024", "2016", "3–5 Dec 2024".

    What no words of its own date is marked so: "5 Dec 2024 (inferred)".
    """
    words = _days_in_words(event, year)
    return f"{words} (inferred)" if event.has_inferred_day and event.occurred_start is not None else words


def _days_in_words(event: Event, year: int | None) -> str:
    start, end = event.occurred_start, event.occurred_end or event.occurred_start
    if start is None or end is None:
        return "day unknown"
    if event.precision == "year" and start.year == end.year:
        return str(start.year)
    if event.precision in ("year", "season", "span") and start.year != end.year:
        return f"{start.year}–{end.year}"
    if event.precision == "month" and (start.year, start.month) == (end.year, end.month):
        return f"{MONTHS[start.month - 1]} {start.year}"
    return say_days(start, end, year=year)


def say_days(start: date, end: date, *, year: int | None = None) -> str:
    """Return a span of days in words.

    >>> say_days(date(2024, 11, 27), date(2024, 12, 5)), say_days(date(2024, 12, 3), date(2024, 12, 5))
    ('27 Nov – 5 Dec 2024', '3–5 Dec 2024')
    """
    if start == end:
        return say_day(start, year=year)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{say_day(end, year=year)}"
    return f"{say_day(start, year=end.year)} – {say_day(end, year=year)}"


def say_likelihood(probability: float) -> str:
    """Return a likelihood in the words of ICD 203.

    >>> say_likelihood(0.98), say_likelihood(0.45)
    ('almost certain', 'roughly even chance')
    """
    return band_of(probability)


def say_percent(probability: float) -> str:
    """Return a likelihood in percent, never 0 and never 100.

    >>> say_percent(0.998), say_percent(0.0), say_percent(0.45)
    ('99 %', '1 %', '45 %')
    """
    return f"{min(max(round(probability * 100), 1), 99)} %"


def say_grade(factuality: float) -> str:
    """Return a grade on the -3 to +3 scale of factuality.

    >>> say_grade(3.0), say_grade(-0.5), say_grade(0.0)
    ('+3', '-0.5', '0')
    """
    return f"{factuality:+.2g}" if round(factuality, 1) else "0"


def say_rating(rating: str) -> str:
    """Return what an Admiralty code means.

    >>> say_rating("B3")
    'the source is usually reliable; the information is possibly true'
    """
    return f"{RELIABILITY_WORDS[rating[0]]}; {CREDIBILITY_WORDS[rating[1]]}"


def say_loaded(words: Iterable[LoadedWord]) -> str:
    """Return loaded words with what is loaded about them.

    >>> from mene.records import Evidence
    >>> say_loaded([LoadedWord(Evidence("a", 0, 13), "repositioning", "euphemism", "withdrawal")])
    '“repositioning” (euphemism for withdrawal)'
    """
    whys = ((one, f"{one.why} for {one.plain}" if one.plain else one.why) for one in words)
    return ", ".join(f"“{plain(one.text)}” ({why})" for one, why in whys)


def say_wording(wording: Wording) -> str:
    """Return how an article is worded as a whole.

    >>> say_wording(Wording("a", 12, 5, 0.08, 0.5, 0.1))
    '12 statements from 5 origins: 50 % attributed, 10 % to unnamed sources, 8 % opinion'
    """
    shares = (f"{round(100 * share)} %" for share in (wording.attributed, wording.unnamed, wording.opinion))
    attributed, unnamed, opinion = shares
    told = f"{say_number(wording.statements, 'statement')} from {say_number(wording.origins, 'origin')}"
    return f"{told}: {attributed} attributed, {unnamed} to unnamed sources, {opinion} opinion"


def say_share(part: int, whole: int) -> str:
    """Return a share in percent: a count, not a likelihood, so 0 and 100 are allowed.

    >>> say_share(1, 4), say_share(0, 0)
    ('25 %', '0 %')
    """
    return f"{round(100 * part / whole) if whole else 0} %"


def say_number(count: int, noun: str, plural: str = "") -> str:
    """Return a count with its noun.

    >>> say_number(1, "origin"), say_number(5, "copy", "copies"), say_number(1200, "article")
    ('1 origin', '5 copies', '1,200 articles')
    """
    return f"{count:,} {noun if count == 1 else plural or noun + 's'}"


def say_numbers(numbers: Numbers) -> str:
    """Return the numbers of an event in words.

    >>> from mene.records import Count
    >>> say_numbers(Numbers(killed=Count(16, 16, None, "at least 16")))
    'killed: at least 16'
    """
    told = (("killed", numbers.killed), ("injured", numbers.injured), ("displaced", numbers.displaced))
    all_told = (*told, ("troops", numbers.troops))
    return "; ".join(f"{name}: {count.text}" for name, count in all_told if count is not None)


def plain(text: str) -> str:
    """Return text on one line, without control characters and direction marks: safe to print on a terminal.

    >>> plain("Homs\\x1b[31m fell\\n\\u202etoday")
    'Homs[31m fell today'
    """
    if text.isprintable():  # which no text is that has any of these, and nearly all others are
        return " ".join(text.split())
    kept = "".join(" " if one in "\n\r\t" else one for one in text if one not in _DIRECTION_MARKS)
    return " ".join("".join(one for one in kept if unicodedata.category(one) not in ("Cc", "Cs")).split())


def join_names(names: Sequence[str], limit: int = 3) -> str:
    """Return names as a list, the rest counted.

    >>> join_names(["A", "B"]), join_names(["A", "B", "C", "D"], 2)
    ('A, B', 'A, B and 2 more')
    """
    more = len(names) - limit
    return ", ".join(names[:limit]) + (f" and {more} more" if more > 0 else "")
