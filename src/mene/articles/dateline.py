"""The dateline of a report: "BEIRUT, Dec. 5 (Levant Wire) —" before its first sentence."""

import re
from dataclasses import dataclass, replace
from datetime import date

from mene.articles.days import MONTH, find_day, find_yearless_day
from mene.articles.draft import Draft, Left, Piece
from mene.articles.names import is_outlet, words_of

_CAPITALS = r"[A-ZÀ-Þ][A-ZÀ-Þ'’.-]+(?:[ /-][A-ZÀ-Þ][A-ZÀ-Þ'’.-]*){0,3}"
_TITLED = r"[A-ZÀ-Þ][\w'’.-]+(?:[ /-](?:[A-ZÀ-Þ][\w'’.-]+|the|of|el|al)){0,3}"
_DAY = rf"(?:{MONTH}\s+\d{{1,2}}(?:,?\s+\d{{4}})?|\d{{1,2}}\s+{MONTH}(?:,?\s+\d{{4}})?)"
_DASH = r"\s*(?:—|–|--+|―)\s*|\s+-\s+|\s*:\s+"
_DATELINE = re.compile(
    rf"(?:(?P<place>(?P<capitals>{_CAPITALS})|{_TITLED})"
    rf"(?P<country>,\s+(?!{MONTH})(?:{_TITLED}|[A-Z]\.?[A-Z]\.?))?"
    rf"(?:,?\s+(?:(?:Mon|Tues?|Wednes|Thurs?|Fri|Satur|Sun)(?:day)?\.?,?\s+)?(?P<day>{_DAY}))?"
    rf"(?:,?\s*\((?P<agency>[A-Z][^()]{{1,40}})\))?|\((?P<alone>[A-Z][^()]{{1,40}})\))"
    rf"(?P<dash>{_DASH})(?=[“\"'‘(\[]?[A-Z0-9À-Þ])"
)
_LEADING_PIECES = 4


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline taken apart; `length` is how many characters it takes at the start of the paragraph."""

    place: str | None
    agency: str | None
    day_text: str | None
    length: int


def find_dateline(text: str) -> Dateline | None:
    """Return the dateline at the start of a paragraph, or None.

    >>> found = find_dateline("BEIRUT, Dec. 5 (Levant Wire) — Rebels took Hama on Thursday.")
    >>> found.place, found.agency, found.day_text
    ('BEIRUT', 'Levant Wire', 'Dec. 5')
    >>> find_dateline("Assad - Iran's ally - has few options.")
    """
    match = _DATELINE.match(text)
    if match is None or not _is_convincing(match):
        return None
    place = (match["place"] or "") + (match["country"] or "")
    return Dateline(place.strip(" ,") or None, match["agency"] or match["alone"], match["day"], match.end())


def _is_convincing(match: re.Match[str]) -> bool:
    """Capitals and a dash are a dateline; anything weaker needs an agency, a day or a country."""
    if match["alone"]:
        return is_outlet(match["alone"])
    place = match["place"]
    if words_of("not_places").fullmatch(place) or words_of("not_places").match(place):
        return False
    if match["agency"] or match["day"]:
        return True
    if match["country"]:
        return match["dash"].strip() in ("—", "–", "--") or match["capitals"] is not None
    return match["capitals"] is not None and len(place) >= 4 and ":" not in match["dash"]


def read_dateline(draft: Draft, published: date | None = None) -> Draft:
    """Return the draft with its dateline read and cut off, so that the first sentence starts clean.

    Publisher and publication day are filled from it only where nothing else names them; a day without a year takes
    the year nearest to `published`. The text is that of the agency that it names.
    """
    for index, piece in enumerate(draft.pieces[:_LEADING_PIECES]):
        found = find_dateline(piece.text) if piece.kind in ("paragraph", "quote") else None
        if found is not None:
            return _apply(draft, index, piece, found, published)
    return draft


def _apply(draft: Draft, index: int, piece: Piece, found: Dateline, published: date | None) -> Draft:
    clean = replace(piece, text=piece.text[found.length :])
    pieces = (*draft.pieces[:index], clean, *draft.pieces[index + 1 :])
    left = (*draft.left, Left(piece.text[: found.length].strip(), "dateline"))
    day = draft.published_at or _day_of(found, published)
    publisher = draft.publisher or found.agency
    draft = replace(draft, pieces=pieces, left=left, dateline=found.place, published_at=day, publisher=publisher)
    return replace(draft, taken_from=draft.taken_from or (found.agency if is_outlet(found.agency or "") else None))


def _day_of(found: Dateline, published: date | None) -> date | None:
    if found.day_text is None:
        return None
    written = find_day(found.day_text)
    if written is not None:
        return written[0]
    return find_yearless_day(found.day_text, published) if published else None
