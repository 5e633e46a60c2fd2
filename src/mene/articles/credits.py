"""Whose text an article is, where its publisher took it from another outlet: syndication lines and credits.

"(Levant Wire)" under the last paragraph, "This article originally appeared on ...", an agency as the byline or in the
dateline: all of it is that outlet's. "With reports from ...", "... contributed to this report": a part is.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Literal

from mene.articles.days import MONTH
from mene.articles.draft import Draft, Left, Piece, squash
from mene.articles.furniture import load_yaml, name_furniture
from mene.articles.names import is_outlet

Share = Literal["whole", "part"]

_NAME = r"(?:[Tt]he )?[A-Z][\w&'’-]*(?: (?:(?:of|the|for|and|&|de|al) )*[A-Z0-9][\w&'’-]*){0,5}"
_DAYS = re.compile(rf"(?:{MONTH}|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b")
_ENDS = re.compile(r"[.!?…][”\"’')\]]*$")
_SPLIT = re.compile(r"\s*(?:,|/|;|\band\b|&)\s*(?:the )?", re.I)


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[Share, re.Pattern[str]], ...]:
    rows = load_yaml("credits.yaml")
    return tuple(
        (share, re.compile(one.replace("{name}", _NAME))) for share in ("whole", "part") for one in rows[share]
    )


def find_credit(line: str) -> tuple[Share, tuple[str, ...]] | None:
    """Return the outlets that a line credits, and whether it says that the whole text is theirs or a part of it.

    Several outlets together have each given a part.

    >>> find_credit("This article was first published by Levant Wire and is reproduced under licence.")
    ('whole', ('Levant Wire',))
    >>> find_credit("With reports from AFP and the Harbour Courier.")
    ('part', ('AFP', 'Harbour Courier'))
    >>> find_credit("With reports from the front growing worse, the army sent more men.")
    """
    bare = squash(line).strip(" .*_—–-")
    for share, pattern in _patterns():
        match = pattern.fullmatch(bare)
        if match is None:
            continue
        names = tuple(dict.fromkeys(_names(match["names"], surely="sure" in pattern.groupindex)))
        if names:
            return (share if len(names) == 1 else "part"), names
    return None


def _names(words: str, *, surely: bool) -> Iterator[str]:
    """Yield the outlets in a list of names; a pattern that can only be followed by an outlet needs no word for one."""
    whole = words.strip(" .")
    if is_outlet(whole) and not re.search(r"[,/]", whole) and " and " not in whole:
        yield whole
        return
    for part in _SPLIT.split(whole):
        name = part.strip(" .")
        if name and not _DAYS.match(name) and (is_outlet(name) or (surely and re.fullmatch(_NAME, name))):
            yield name


def read_credits(draft: Draft) -> Draft:
    """Return the draft with the outlets that its lines credit; a line that only signs the text off is left out.

    A name in brackets signs the text off where it follows the last sentence; elsewhere it credits a picture.
    """
    found: list[tuple[Share, tuple[str, ...]]] = []
    pieces: list[Piece] = []
    left = list(draft.left)
    last = _last_paragraph(draft.pieces)
    for index, piece in enumerate(draft.pieces):
        signs = _signature(piece.text) if index == last + 1 or index == last else None
        credit = find_credit(piece.text) if signs is None and len(piece.text) < 400 else None
        if signs is not None:
            text, names = signs
            found.append(("whole" if len(names) == 1 else "part", names))
            left.append(Left(piece.text[len(text) :].strip(), "syndication line"))
            pieces += [replace(piece, text=text)] if text else []
        elif credit is not None:
            found.append(credit)
            left.append(Left(piece.text, "syndication line" if credit[0] == "whole" else "agency credits"))
        else:
            pieces.append(piece)
    whole = next((names[0] for share, names in found if share == "whole"), None)
    part = tuple(dict.fromkeys(name for share, names in found if share == "part" for name in names))
    return replace(draft, pieces=tuple(pieces), left=tuple(left), taken_from=whole, credits=part)


def _last_paragraph(pieces: tuple[Piece, ...]) -> int:
    """Return the index of the last piece that ends as a sentence does, with or without a name behind it, or -1."""
    ends = (
        index
        for index, piece in enumerate(pieces)
        if len(piece.text.split()) > 4 and _ENDS.search(_unsigned(piece.text)) and name_furniture(piece.text) is None
    )
    return max(ends, default=-1)


_SIGNED = re.compile(
    rf"\s*(?:[(\[]\s*(?P<names>{_NAME}(?:\s*(?:/|,|\band\b)\s*{_NAME})*)\s*[)\]]|[—–-]\s?(?P<dashed>{_NAME}))\.?$"
)


def _unsigned(text: str) -> str:
    signed = _signature(text)
    return signed[0] if signed else text


def _signature(text: str) -> tuple[str, tuple[str, ...]] | None:
    """Return a text without the outlet's name that signs it off, and the name, or None where none does."""
    match = _SIGNED.search(text)
    if match is None or not (match.start() == 0 or _ENDS.search(text[: match.start()])):
        return None
    words = match["names"] or match["dashed"]
    names = tuple(_names(words, surely=False))
    whole = is_outlet(words) or len(names) == len(_SPLIT.split(words))
    return (text[: match.start()], names) if names and whole else None


def settle_credits(draft: Draft) -> Draft:
    """Return the draft with its credits as against its publisher, which credits itself for nothing.

    An outlet as the byline has written the text.
    """
    byline = draft.byline if draft.byline and is_outlet(draft.byline) else None
    taken = next((name for name in (draft.taken_from, byline) if name and not _is_same(name, draft.publisher)), None)
    part = tuple(name for name in draft.credits if not _is_same(name, draft.publisher) and not _is_same(name, taken))
    return replace(draft, taken_from=taken, credits=part)


def _is_same(one: str, other: str | None) -> bool:
    return other is not None and (
        _key(one) == _key(other) or _key(one) == _initials(other) or _initials(one) == _key(other)
    )


def _key(name: str) -> str:
    return "".join(char for char in name.lower().removeprefix("the ") if char.isalnum())


def _initials(name: str) -> str:
    """Return the first letters of a name of several words, by which it may be called.

    >>> _initials("The Umayyad Press Agency"), _initials("Agence France-Presse"), _initials("Xinhua")
    ('upa', 'afp', '')
    """
    words = re.findall(r"\w+", name.lower().removeprefix("the "))
    return "".join(word[0] for word in words) if len(words) > 1 else ""
