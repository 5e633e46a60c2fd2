"""The words of `words.yaml`, compiled into the pieces that the grammar of times is built from."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import resources
from typing import Any, Literal

import yaml

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Direction = Literal["past", "future"]


@cache
def words() -> Mapping[str, Any]:
    """Return the word lists, read once."""
    text = resources.files("mene.dates").joinpath("words.yaml").read_text(encoding="utf-8")
    loaded: Mapping[str, Any] = yaml.load(text, Loader=_Loader)  # noqa: S506  # a safe loader, chosen for speed
    return loaded


def any_of(choices: Iterable[str], *, literal: bool = True) -> str:
    """Return a pattern for any of the words, longest first, so that a phrase wins over its own beginning.

    >>> any_of(["in", "in the past"])
    'in\\\\ the\\\\ past|in'
    """
    ordered = sorted(choices, key=lambda choice: (-len(choice), choice))
    return "|".join(re.escape(choice) if literal else choice for choice in ordered)


@cache
def blocks() -> Mapping[str, str]:
    """Return the named pieces of the grammar, each a pattern without groups of its own."""
    lists = words()
    full_months = "|".join(rf"{name[0].upper()}{name[1:]}|{name.upper()}" for name in lists["months"])
    clear_months = any_of(name for name in lists["months"] if name not in lists["ambiguous_months"])
    short_months = any_of(lists["month_abbreviations"])
    weekday = any_of(lists["weekdays"])
    number = any_of(name for name in lists["numbers"] if name not in ("a", "an"))
    ordinals = r"(?:st|nd|rd|th)?"
    return {
        "month": rf"(?:(?-i:{full_months})|{clear_months}|(?-i:(?:{short_months})\b\.?))(?![\w'’]*\w)",
        "weekday": rf"(?:{weekday}|(?-i:(?:{any_of(lists['weekday_abbreviations'])})\.))",
        "anyweekday": rf"(?:{weekday}|(?-i:(?:{any_of(lists['weekday_abbreviations'])})\b\.?)),?",
        "day": rf"(?:0?[1-9]|[12]\d|3[01])(?!\d){ordinals}(?![:%]|,\d)",
        "year": r"(?:1[5-9]|20)\d\d(?![\d,]*\d|\w)",
        "number": rf"(?:{number}|\d{{1,3}}(?:,\d{{3}})?(?:\.\d)?|(?:twenty|thirty|forty|fifty)[- ]\w+)",
        "vague": any_of(lists["vague_numbers"]),
        "unit": rf"(?:{any_of(lists['units'])})s?(?![\w-])",
        "units": any_of(_plural(name) for name in lists["units"]),
        "part": rf"(?:{any_of(lists['parts'])})(?: in| of)?(?: the)?[- ]?",
        "daypart": rf"(?:{any_of(lists['day_parts'])})",
        "season": rf"(?:{any_of(lists['seasons'])})",
        "deictic": "last|this|next|past|previous|coming|following",
        "clock": r"\d{1,2}(?:[:.]\d\d)? ?(?:a\.?m\.?|p\.?m\.?)"
        r"|\d{1,2}:\d\d(?: ?(?:GMT|UTC|local time))?|\d{4} ?(?:GMT|UTC)",
    }


def _plural(unit: str) -> str:
    return "centuries" if unit == "century" else f"{unit}s"


def compile_rule(template: str) -> re.Pattern[str]:
    """Return the pattern of a rule: `<month>` stands for a piece of the grammar, `<month2>` for a second one.

    A space in a template stands for any run of white space.
    """

    def group(match: re.Match[str]) -> str:
        return f"(?P<{match[1]}{match[2]}>{blocks()[match[1]]})"

    pattern = re.sub(r"(?<!\?P)<([a-z]+)(\d?)>", group, template)
    pattern = re.sub(r"\\? \?", r"\\s*", pattern)
    pattern = _spaced(pattern)
    return re.compile(rf"(?<![\w$€£.\-–/])(?:{pattern})(?![\w])", re.IGNORECASE)


@cache
def compile_words(key: str, *, literal: bool = False) -> re.Pattern[str]:
    """Return a pattern, blind to case, for the whole words of one list."""
    return re.compile(rf"(?<![\w]){_spaced(any_of(words()[key], literal=literal))}(?!\w)", re.IGNORECASE)


def _spaced(pattern: str) -> str:
    return "(?:" + re.sub(r"\\? ", r"\\s+", pattern) + ")"


@cache
def not_dates() -> re.Pattern[str]:
    """Return the pattern of what looks like a time and is none; letters count as written."""
    return re.compile(rf"\b{_spaced('|'.join(words()['not_dates']))}(?!\w)|[$€£]\s?\d[\d.,]*")


@cache
def _cues() -> re.Pattern[str]:
    lists = words()
    groups = ("neutral_cues", "future_cues", "past_cues")
    named = [f"(?P<{key.split('_')[0]}>{_spaced('|'.join(lists[key]))})" for key in groups]
    return re.compile(rf"(?:(?<!\w)(?=\w)|(?=['’]))(?:{'|'.join(named)})(?!\w)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a rule may look at besides its own match: the sentence, the publication day and the day told of before."""

    text: str
    published: date | None
    anchor: date | None = None
    explicit: date | None = None

    @property
    def reference(self) -> date | None:
        """The day that "yesterday" counts from."""
        return self.published or self.anchor

    def word_before(self, start: int) -> str:
        """Return the word that stands right before a position, lower case."""
        found = re.search(r"([\w'’]+)[\s ]+$", self.text[max(0, start - 30) : start])
        return found[1].lower() if found else ""

    def direction(self, start: int, end: int) -> Direction | None:
        """Return which way the nearest cue points: the last one before the span in its clause, else the next after."""
        before = re.split(r"[;:!?“”\"]|(?<=\w\w\w)\. ", self.text[max(0, start - 90) : start])[-1]
        nearest = next(iter(_directions(before)[::-1]), None)
        if nearest is None:
            after = re.split(r"[;:!?“”\"]|(?<=\w\w\w)\. ", self.text[end : end + 90])[0]
            nearest = next(iter(_directions(after)), None)
        return nearest


def _directions(text: str) -> list[Direction]:
    found: list[Direction] = []
    for match in _cues().finditer(text):
        if match.lastgroup == "future":
            found.append("future")
        elif match.lastgroup == "past":
            found.append("past")
    return found


def number_of(text: str) -> int | None:
    """Return the number that a numeral or number word stands for.

    >>> number_of("forty-eight"), number_of("1,200"), number_of("dozen")
    (48, 1200, None)
    """
    cleaned = " ".join(text.lower().replace("-", " ").split())
    numbers: Mapping[str, int] = words()["numbers"]
    if cleaned in numbers:
        return numbers[cleaned]
    if re.fullmatch(r"\d[\d,]*(?:\.\d)?", cleaned):
        return int(float(cleaned.replace(",", "")))
    tens, _, ones = cleaned.partition(" ")
    if tens in numbers and ones in numbers:
        return numbers[tens] + numbers[ones]
    return None
