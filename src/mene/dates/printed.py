"""The day that a text bears at its head: "Published July 2 2016 Two medics were killed".

Weekdays and "yesterday" count from it rather than from a page's metadata, which is often the day of a later update or
of the crawl.
"""

import re
from datetime import date

from mene.articles.days import find_day

HEAD = 110
"""A printed day stands within so many characters of the text's beginning."""

AT_ONCE = 32
"""One that begins within so many, after nothing but a header's words, holds however far it is from the metadata."""

NEAR = 31
"""Any other holds when it lies within so many days of the metadata."""

_HEADER = re.compile(
    r"(?:(?:date|day|time|of|publication|published|posted|updated|last|modified|issued|created|on|at|by|tags?|"
    r"mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?)\b[\s,:.|-]*)*",
    re.IGNORECASE,
)
_IN_SENTENCE = re.compile(
    r"\b(?:on|in|of|since|until|till|from|before|after|by|and|between|to|through)\s*$", re.IGNORECASE
)
_PUBLISHING = re.compile(r"(?:publi\w+|posted|updated|issued)(?:\s+\w+)?\s*$", re.IGNORECASE)


def find_printed_day(text: str, published: date | None) -> date | None:
    """Return the day printed at the head of an article's text, or None; `published` is the day its metadata give.

    >>> find_printed_day("Last updated at Jul 17 2015 Barrel bombs killed 11 on Thursday.", date(2015, 7, 19))
    datetime.date(2015, 7, 17)
    >>> find_printed_day("The war began on 15 March 2011 with protests.", date(2011, 3, 20))
    """
    found = find_day(text[:HEAD])
    if found is None:
        return None
    day, start, _ = found
    before = text[:start]
    header = _HEADER.match(before)
    if start <= AT_ONCE and header is not None and header.end() == len(before):
        return day
    if _IN_SENTENCE.search(before) and not _PUBLISHING.search(before):
        return None
    return day if published is not None and abs((day - published).days) <= NEAR else None
