"""Amounts in running text, with their bounds as written: "at least 16", "10 to 15", "tens of thousands", "a dozen".

What an amount counts is decided elsewhere. Years, ages, dates, shares, money and the numbers of units, roads and
resolutions are no amounts.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mene.language.tokenise import find_words
from mene.records import Count

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?")
_YEARS = range(1900, 2101)
_RANGE_MARKS = frozenset(("-", "–", "—", "to", "or"))
_AMOUNT_OF = {"k": 1_000, "m": 1_000_000, "mn": 1_000_000}
LONGEST_BOUND = 4
"""Words of the longest phrase that bounds an amount ("a maximum of")."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text with its place in characters; `text` is as written, `lower` in lower case."""

    text: str
    lower: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount: its words, bound included, [first, last] inclusive; `figure` is where the number itself begins."""

    first: int
    figure: int
    last: int
    count: Count


@cache
def number_words() -> dict[str, Any]:
    """Return `number_words.yaml`, lists as sets."""
    text = Path(__file__).with_name("number_words.yaml").read_text(encoding="utf-8")
    rows: dict[str, Any] = yaml.load(text, Loader=_LOADER)  # noqa: S506 (both loaders are safe)
    return {name: frozenset(row) if isinstance(row, list) else row for name, row in rows.items()}


def split_words(text: str) -> list[Word]:
    """Return the words of a text as the reader's tokeniser cuts them."""
    return [Word(text[a:b], text[a:b].lower(), a, b) for a, b in find_words(text)]


def find_quantities(text: str, words: Sequence[Word]) -> list[Quantity]:
    """Return the amounts in a text, left to right, without overlap.

    >>> text = "between 10 and 15 tanks and at least 2,000 troops"
    >>> [(q.count.low, q.count.best, q.count.high) for q in find_quantities(text, split_words(text))]
    [(10, 12, 15), (2000, 2000, None)]
    """
    out: list[Quantity] = []
    i = 0
    while i < len(words):
        found = _quantity(text, words, i)
        if found is not None:
            out.append(found)
        i = found.last + 1 if found is not None else i + 1
    return out


def _quantity(text: str, words: Sequence[Word], i: int) -> Quantity | None:
    """Return the amount whose figure begins at word `i`, or None."""
    read = _read_amount(words, i)
    if read is None:
        return None
    low, last, vague = read
    if _is_label(words, i, last) or (low in _YEARS and words[i].text.isdigit() and not _counts_people(words, i, last)):
        return None
    high, last = _upper_end(words, i, last)
    first, bound = _bound_before(words, i)
    if bound == "age":
        return None
    last, bound = _bound_after(words, last, bound)
    span = text[words[first].start : words[last].end]
    return Quantity(first, i, last, _count(low, high, "least" if vague and bound is None else bound, span))


def _count(low: int, high: int | None, bound: str | None, text: str) -> Count:
    if high is not None:
        return Count(low, (low + high) // 2, high, text)
    if bound == "most":
        return Count(0, low, low, text)
    return Count(low, low, None if bound == "least" else low, text)


# --- the figure -----------------------------------------------------------------------------------------------------


def _read_amount(words: Sequence[Word], i: int) -> tuple[int, int, bool] | None:
    """Return the amount at word `i`, its last word, and whether it is only the least that a vague word says."""
    return _read_figure(words, i) or _read_spelled(words, i) or _read_vague(words, i) or _read_article(words, i)


def _read_figure(words: Sequence[Word], i: int) -> tuple[int, int, bool] | None:
    if not _FIGURE.fullmatch(words[i].text):
        return None
    value, last = float(words[i].text.replace(",", "")), i
    following = words[i + 1] if i + 1 < len(words) else None
    if following is not None and following.start == words[i].end and following.lower in _AMOUNT_OF:
        return int(value * _AMOUNT_OF[following.lower]), i + 1, False
    scale, last = _scale(words, i)
    value *= scale
    return (round(value), last, False) if value == round(value) else None


def _scale(words: Sequence[Word], i: int) -> tuple[int, int]:
    """Return the factor of the scale words after word `i` ("hundred", "dozen") and the last of them."""
    factor = 1
    while i + 1 < len(words) and words[i + 1].lower in number_words()["scales"]:
        factor *= number_words()["scales"][words[i + 1].lower]
        i += 1
    return factor, i


def _read_spelled(words: Sequence[Word], i: int) -> tuple[int, int, bool] | None:
    """Return a number in words: "sixteen", "twenty-one", "one hundred and twenty", "three thousand five hundred"."""
    spelled, scales = number_words()["spelled"], number_words()["scales"]
    if words[i].lower not in spelled or (i and words[i - 1].lower in ("no", "any", "every", "some")):
        return None
    total, part, last, j = 0, 0, i, i
    while j < len(words):
        word = words[j].lower
        joins = word in ("-", "and") and j + 1 < len(words) and words[j + 1].lower in spelled
        if word in spelled and (j == i or words[j - 1].lower in ("-", "and", *scales)):
            part, last = part + spelled[word], j
        elif word in scales and part:
            factor = scales[word]
            total, part = (total, part * factor) if factor < 1000 else (total + part * factor, 0)
            last = j
        elif not (joins and (word == "-" or words[j - 1].lower in scales)):
            break
        j += 1
    return total + part, last, False


def _read_vague(words: Sequence[Word], i: int) -> tuple[int, int, bool] | None:
    """Return the least that a vague phrase says: "dozens" 24, "tens of thousands" 20,000, "several hundred" 300."""
    for parts, value, exact in _vague_phrases().get(words[i].lower, ()):
        if [w.lower for w in words[i : i + len(parts)]] == parts:
            factor, last = _scale(words, i + len(parts) - 1)
            return value * factor, last, not exact
    return None


@cache
def _vague_phrases() -> dict[str, list[tuple[list[str], int, bool]]]:
    """Return the vague phrases by their first word, the longest first: words, least amount, whether it is exact."""
    by_first: dict[str, list[tuple[list[str], int, bool]]] = {}
    for phrase, value in sorted(number_words()["vague"].items(), key=lambda item: -len(item[0].split())):
        parts = phrase.split()
        by_first.setdefault(parts[0], []).append((parts, value, phrase in number_words()["exact"]))
    return by_first


def _read_article(words: Sequence[Word], i: int) -> tuple[int, int, bool] | None:
    """Return 1 for "a soldier", "an aid worker", "a 12-year-old boy", and for "another" where nobody follows."""
    if words[i].lower == "another" and i + 1 < len(words) and words[i + 1].lower in ("was", "is", "died"):
        return 1, i, False
    if words[i].lower not in ("a", "an"):
        return None
    aged = [w.lower for w in words[i + 2 : i + 6]] == ["-", "year", "-", "old"]
    start = i + 6 if aged else i + 1
    for word in words[start : start + 3]:
        if word.lower in number_words()["person"]:
            return 1, i, False
        if not word.text[0].isalpha() or word.lower in number_words()["function"]:
            return None
    return None


# --- what is no amount ----------------------------------------------------------------------------------------------


def _is_label(words: Sequence[Word], i: int, last: int) -> bool:
    """Tell whether a number names or dates: "Unit 731", "F-16", "16 December", "Rahmati, 45,", "a 12-day war"."""
    before = words[i - 1] if i else None
    after = words[last + 1] if last + 1 < len(words) else None
    if before is not None and (before.lower.rstrip(".") in number_words()["numbered"] or before.text == "#"):
        return True
    if any(w is not None and w.text.rstrip(".") in number_words()["months"] for w in (before, after)):
        return True
    if before is not None and before.text in "-–/." and before.end == words[i].start:
        return True
    if after is not None and after.text in "-–" and after.start == words[last].end and not _strong(words, last):
        return not (last + 2 < len(words) and _FIGURE.fullmatch(words[last + 2].text))
    in_commas = before is not None and before.text == "," and (after is None or after.text in ",.)")
    return bool(in_commas and i >= 2 and words[i].text.isdigit() and words[i - 2].text[:1].isupper())


def _strong(words: Sequence[Word], last: int) -> bool:
    return [w.lower for w in words[last + 1 : last + 3]] == ["-", "strong"]


def _counts_people(words: Sequence[Word], i: int, last: int) -> bool:
    """Tell whether what could be a year counts people: "2000 troops", never "in 2014 protesters"."""
    dated = i > 0 and words[i - 1].lower in number_words()["dating"]
    return not dated and last + 1 < len(words) and words[last + 1].lower in number_words()["people"]


# --- bounds ---------------------------------------------------------------------------------------------------------


def _upper_end(words: Sequence[Word], i: int, last: int) -> tuple[int | None, int]:
    """Return the upper end of a range and its last word: "10 to 15", "10-15", "two or three", "between 10 and 15"."""
    if last + 2 >= len(words):
        return None, last
    mark = words[last + 1].lower
    between = mark == "and" and i > 0 and words[i - 1].lower == "between"
    if mark not in _RANGE_MARKS and not between:
        return None, last
    upper = _read_figure(words, last + 2) or _read_spelled(words, last + 2)
    lower = _read_amount(words, i)
    if upper is None or lower is None or upper[0] <= lower[0]:
        return None, last
    return upper[0], upper[1]


def _bound_before(words: Sequence[Word], i: int) -> tuple[int, str | None]:
    """Return the first word of the bound before word `i` and its sense: "least", "most", "about", "age" or None."""
    for size in range(min(LONGEST_BOUND, i), 0, -1):
        phrase = " ".join(w.lower for w in words[i - size : i])
        for sense, phrases in number_words()["bounds"].items():
            if phrase in phrases:
                told_of_age = phrase in ("under", "over") and words[max(0, i - 2)].lower in number_words()["people"]
                return i - size, "age" if told_of_age else sense
    return i, None


def _bound_after(words: Sequence[Word], last: int, bound: str | None) -> tuple[int, str | None]:
    """Return the last word and the bound of "16 or more", "a dozen or so", "16-plus"."""
    following = [w.lower for w in words[last + 1 : last + 3]]
    if following in (["or", "more"], ["-", "plus"]):
        return last + 2, "least"
    if following in (["or", "fewer"], ["or", "less"]):
        return last + 2, "most"
    return (last + 2, bound or "about") if following == ["or", "so"] else (last, bound)
