"""Quotations from other outlets: a line such as "NBC News:" and the paragraphs it introduces.

In HTML a block quote marks where the quotation ends. Pasted text has lost that mark, so a rule decides: the quotation
goes on until the next heading, list or introducing line, until a paragraph in the writer's own voice (a judging word of
`header.yaml` and no reported source), or for three paragraphs at most. Three errs on the short side: a quotation cut
early is read as the article's own report, which is weaker than words put into another outlet's mouth.
"""

import re
from dataclasses import replace

from mene.articles.draft import Draft, Piece
from mene.articles.names import is_outlet, words_of

LONGEST = 3
_INTRODUCTION_WORDS = 12
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")
_PREFIX = re.compile(
    r"^(?:and |but |meanwhile,? |here['’]s |this is |as |from |per |via |according to |more from )+", re.I
)
_WHEN = re.compile(
    r"\s+(?:on|this|earlier|last|late)?\s*(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$|\s+(?:today|yesterday|earlier)$",
    re.I,
)


def find_introduced(line: str) -> str | None:
    """Return the outlet that a line ending in a colon introduces, or None.

    >>> find_introduced("NBC News:"), find_introduced("From the New York Times:"), find_introduced("Key points:")
    ('NBC News', 'New York Times', None)
    """
    text = line.strip()
    if not text.endswith(":") or len(text.split()) > _INTRODUCTION_WORDS:
        return None
    name, marked = _strip_introduction(text[:-1].strip())
    if not name or words_of("labels").fullmatch(name):
        return None
    capitalised = all(word[:1].isupper() or word in ("of", "and", "the", "for", "&") for word in name.split())
    return name if is_outlet(name) or (marked and capitalised and len(name.split()) <= 5) else None


def _strip_introduction(text: str) -> tuple[str, bool]:
    """Return the name in an introducing line, and whether a preposition or a reporting verb marks it as a source."""
    without_prefix = _PREFIX.sub("", text)
    without_day = _WHEN.sub("", without_prefix)
    verb = re.search(rf"\s+{words_of('reporting').pattern}$", without_day, re.I)
    name = without_day[: verb.start()] if verb else without_day
    bare = re.sub(r"^the\s+", "", name, flags=re.I)
    name = bare if is_outlet(bare) or not is_outlet(name) else name
    return name.strip(" ,"), verb is not None or without_prefix != text


def attribute_quotes(draft: Draft) -> Draft:
    """Return the draft with the paragraphs after an introducing line marked as quoted from that outlet."""
    pieces: list[Piece] = []
    source: str | None = None
    run = 0
    for piece in draft.pieces:
        introduced = _introduced_by(piece)
        if introduced is not None:
            source, run = introduced, 0
            pieces.append(piece)
            continue
        if source is not None and not _belongs(piece, run, marked=draft.marked):
            source = None
        pieces.append(replace(piece, kind="quote", attributed_to=piece.attributed_to or source) if source else piece)
        run += source is not None
    return replace(draft, pieces=tuple(pieces))


def _introduced_by(piece: Piece) -> str | None:
    """Return the outlet introduced by a whole line, or by the last sentence of a paragraph."""
    if piece.kind not in ("paragraph", "heading"):
        return None
    last = re.split(r"(?<=[.!?”\"])\s+", piece.text)[-1]
    return find_introduced(piece.text) or find_introduced(last)


def _belongs(piece: Piece, run: int, *, marked: bool) -> bool:
    if marked:
        return piece.kind == "quote"
    if piece.kind == "quote":
        return True
    return piece.kind == "paragraph" and run < LONGEST and not speaks_for_itself(piece.text)


def speaks_for_itself(text: str) -> bool:
    """Say whether a paragraph is the writer's own judgement: a judging word or a question, and no reported source.

    >>> speaks_for_itself("This probably worries Israel.")
    True
    >>> speaks_for_itself("The army would probably fall back, two officers said.")
    False
    """
    own = _QUOTED.sub(" ", text)
    if words_of("attribution").search(own):
        return False
    return bool(_voice(own)) or own.rstrip().endswith("?")


def _voice(text: str) -> bool:
    # "US" (the country) is no "us", so the capitals decide for the short words.
    return any(match[0] != "US" for match in words_of("voice").finditer(text))
