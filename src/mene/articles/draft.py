"""The working form of an article between the raw page and the `Article` record."""

import re
from dataclasses import dataclass
from datetime import date

from mene.vocabulary import BlockKind

_SPACE = re.compile(r"\s+")
# Soft hyphens, zero-width characters and direction marks are invisible and would split words in two.
_INVISIBLE = dict.fromkeys([0xAD, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, *range(0x202A, 0x202F)])
_CONTROL = dict.fromkeys([*range(9), *range(14, 32), 127])


@dataclass(frozen=True, slots=True)
class Piece:
    """A block before it has offsets; `attributed_to` names who a quotation is taken from."""

    kind: BlockKind
    text: str
    attributed_to: str | None = None


@dataclass(frozen=True, slots=True)
class Left:
    """A text that was left out, and the reason."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of an article so far. `marked` says that the page itself marks where quotations end (HTML).

    `taken_from` is the outlet whose text it is, `credits` are those whose reports went into it.
    """

    pieces: tuple[Piece, ...] = ()
    left: tuple[Left, ...] = ()
    title: str | None = None
    publisher: str | None = None
    byline: str | None = None
    published_at: date | None = None
    url: str | None = None
    dateline: str | None = None
    marked: bool = False
    taken_from: str | None = None
    credits: tuple[str, ...] = ()


def squash(text: str) -> str:
    """Return `text` on one line: runs of white space as one space, invisible and control characters removed.

    >>> squash("Rebels\\n  took\\u00a0Ha\\u00admah ")
    'Rebels took Hamah'
    """
    return _SPACE.sub(" ", text.translate(_INVISIBLE).translate(_CONTROL)).strip()
