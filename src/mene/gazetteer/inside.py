"""Places inside the names of bodies: "Aleppo" of "Aleppo University", "Ohio" of "the Ohio Board of Regents".

They are no places of an event, but they tell where a document lies, and annotators of place names count them.
"""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from mene.gazetteer.countries import is_demonym
from mene.gazetteer.index import Gazetteer

KNOWN_FROM = 0.4
"""Importance in the gazetteer from which a name inside another counts: towns of a few thousand, units, countries."""

LONGEST = 4
"""Words of the longest name that is looked up."""

_WORDS = Path(__file__).with_name("data") / "name_words.txt"


@lru_cache(maxsize=1)
def name_words() -> frozenset[str]:
    """Return the words that are no place inside the name of a body, in small letters."""
    lines = _WORDS.read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def find_inside(words: Sequence[str], first: int, last: int, gazetteer: Gazetteer) -> Iterator[tuple[int, int]]:
    """Yield the first and last word of each place named inside the name of a body, `words[first : last + 1]`.

    The longest name counts; the whole of the body's name is none.

    >>> from mene.gazetteer import open_gazetteer
    >>> list(find_inside("the University of Aleppo said".split(), 1, 3, open_gazetteer()))
    [(3, 3)]
    """
    at = first
    while at <= last:
        ends = range(min(last, at + LONGEST - 1), at - 1, -1) if words[at][:1].isupper() else range(0)
        end = next((e for e in ends if (at, e) != (first, last) and _is_known(words[at : e + 1], gazetteer)), None)
        if end is not None:
            yield at, end
        at = (at if end is None else end) + 1


def _is_known(words: Sequence[str], gazetteer: Gazetteer) -> bool:
    name = " ".join(words)
    if (
        words[-1].islower()
        or all(word.lower() in name_words() for word in words)
        or is_demonym(name)
        or (len(name) < 4 and not name.isupper())
    ):
        return False
    entries = gazetteer.find(name)[:6]
    named = any(entry.own_name or entry.is_curated or entry.kind in ("country", "admin1") for entry in entries)
    return named and not entries[0].respelled and max(entry.importance for entry in entries) >= KNOWN_FROM
