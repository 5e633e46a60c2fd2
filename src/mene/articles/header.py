"""The head of an article: title, byline, publication line, before its first paragraph."""

import re
from dataclasses import replace
from datetime import date

from mene.articles.dateline import find_dateline
from mene.articles.days import find_day
from mene.articles.draft import Draft, Left, Piece
from mene.articles.names import is_outlet, words_of

_HEAD_LINES = 8
_TITLE_WORDS = 32
_TITLE_CHARACTERS = 240
_LINE_WORDS = 24

_BYLINE = re.compile(
    r"(?:(?:story |words |text |report |written |reported |analysis |opinion )?by|author:|byline:|from our)\s+"
    r"(?P<name>[A-ZÀ-Þ][^.!?:;]{1,120}?|[A-ZÀ-Þ]\.[^!?:;]{1,120}?|(?:staff|our|the)\s[^.!?:;]{1,80})\.?",
    re.I,
)
_NAMED = re.compile(
    r"(?P<key>title|headline|date|published|publication date|outlet|source|publisher|publication|newspaper|author|"
    r"byline|url|link)\s*:\s*(?P<value>\S.*)",
    re.I,
)
_FIRST = re.compile(r"\b(?:first |originally )?(?:published|posted|created|issued|date)\b", re.I)
_LATER = re.compile(r"\b(?:last )?(?:updated|modified|edited|revised)\b", re.I)
_FILLER = re.compile(
    r"\b(?:date of publication|first|last|originally|published|posted|updated|modified|edited|revised|created|issued|"
    r"date|on|at|from|by|in|the|"
    r"mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday|"
    r"gmt|utc|est|edt|pst|pdt|cet|cest|bst|msk|am|pm|a\.m|p\.m|local time|time|et)\b\.?"
    r"|\d{1,2}[:.h]\d{2}(?::\d{2})?(?:\s?[ap]\.?m\.?)?|[+-]\d\d:?\d\d|\d+ (?:min|minute)s?(?: read)?",
    re.I,
)
_ENDS = re.compile(r"[.;,][”\"’')\]]*$")
_SEPARATORS = re.compile(r"\s*[|•·/]\s*|\s+[–—-]\s+|\s*,\s+|\s*;\s*")


def read_header(draft: Draft) -> Draft:
    """Return the draft with its title, byline, publisher and day read from its first lines, which leave the body.

    What is already known (from metadata) stays; the lines are left out all the same, each with its reason.
    """
    index = 0
    seen_title = False
    while index < min(_HEAD_LINES, len(draft.pieces)):
        piece = draft.pieces[index]
        changed = _read_line(draft, index, piece, first=not seen_title)
        if changed is None:
            break
        if len(changed.pieces) == len(draft.pieces):  # the line stays in the body: a standfirst or a heading
            index += 1
        seen_title = seen_title or changed.title is not None
        draft = changed
    return draft


def _read_line(draft: Draft, index: int, piece: Piece, *, first: bool) -> Draft | None:
    """Return the draft with one head line read, or None where the body begins."""
    text = piece.text
    if draft.title is not None and _same(text, draft.title):
        return (
            _without(draft, index, "repeats the title")
            if draft.marked or not first
            else _without(draft, index, "title")
        )
    if (read := _read_metadata_line(draft, text)) is not None:
        changed, reason = read
        return _without(changed, index, reason)
    if first and draft.title is None and is_title(text, draft.pieces[index + 1 :]):
        return replace(_without(draft, index, "title"), title=text)
    return draft if piece.kind in ("heading", "caption") else None


def _read_metadata_line(draft: Draft, text: str) -> tuple[Draft, str] | None:
    if len(text.split()) > _LINE_WORDS or find_dateline(text):
        return None
    if (named := _NAMED.fullmatch(text)) and (changed := _apply_named(draft, named["key"].lower(), named["value"])):
        return changed, "publication line"
    if (match := _BYLINE.fullmatch(text)) and not _is_sentence(text):
        return _apply_byline(draft, match["name"]), "byline"
    if (day := publication_day(text)) is not None:
        return _apply_day_line(draft, text, day), "publication line"
    if is_outlet(text) and not _ENDS.search(text):
        return replace(draft, publisher=draft.publisher or text), "publication line"
    return None


def _apply_named(draft: Draft, key: str, value: str) -> Draft | None:
    if key in ("title", "headline"):
        return replace(draft, title=draft.title or value)
    if key in ("author", "byline"):
        return replace(draft, byline=draft.byline or value)
    if key in ("outlet", "source", "publisher", "publication", "newspaper") and len(value.split()) <= 8:
        return replace(draft, publisher=draft.publisher or value)
    if key in ("url", "link") and re.fullmatch(r"https?://\S+", value):
        return replace(draft, url=draft.url or value)
    day = find_day(value) if key in ("date", "published", "publication date") else None
    return replace(draft, published_at=draft.published_at or day[0]) if day else None


def _is_sentence(text: str) -> bool:
    """Tell whether a line that begins like a byline goes on as a sentence: "By spring the lawyers will be back."

    A byline has few words in small letters, and hardly a full stop that ends more than an initial.
    """
    small = sum(word[:1].islower() for word in text.split()[1:])
    return small >= 4 and text.rstrip('"”’)').endswith((".", "!", "?"))


def _apply_byline(draft: Draft, name: str) -> Draft:
    """Return the draft with a byline, its outlet and day split off: "Jane Doe, Levant Wire, 5 December 2024"."""
    day = find_day(name)
    if day is not None:
        name = (name[: day[1]] + name[day[2] :]).strip(" ,|–—-")
    parts = [part for part in _SEPARATORS.split(name) if part and not _is_filler(part)]
    outlet = next((part for part in parts[1:] if is_outlet(part)), None)
    people = ", ".join(part for part in parts if part != outlet)
    published = draft.published_at or (day[0] if day else None)
    return replace(draft, byline=draft.byline or people, publisher=draft.publisher or outlet, published_at=published)


def _apply_day_line(draft: Draft, text: str, day: date) -> Draft:
    bare = text
    while (found := find_day(bare)) is not None:
        bare = f"{bare[: found[1]]} | {bare[found[2] :]}"
    parts = [part.strip(" .:") for whole in _SEPARATORS.split(bare) for part in re.split(r"[()]", whole)]
    outlet = next((part for part in parts if is_outlet(part)), None)
    byline = next((match["name"] for part in parts if (match := _BYLINE.fullmatch(part))), None)
    return replace(
        draft,
        published_at=draft.published_at or day,
        publisher=draft.publisher or outlet,
        byline=draft.byline or byline,
    )


def publication_day(text: str) -> date | None:
    """Return the day of a line that is only a publication line, or None.

    >>> publication_day("Levant Wire | Published 5 December 2024, 10:15 GMT | Updated 6 December 2024")
    datetime.date(2024, 12, 5)
    >>> publication_day("Rebels took Hama on 5 December 2024 after days of fighting.")
    """
    day = find_day(text)
    if day is None or len(text.split()) > _LINE_WORDS:
        return None
    rest = text
    while (found := find_day(rest)) is not None:
        rest = rest[: found[1]] + " | " + rest[found[2] :]
    parts = [part.strip(" .:()") for part in _SEPARATORS.split(_FILLER.sub(" ", rest))]
    if not all(_is_header_part(part) for part in parts if part):
        return None
    return _first_published(text) or day[0]


def _first_published(text: str) -> date | None:
    first = _FIRST.search(text)
    found = find_day(text[first.end() :]) if first else None
    later = _LATER.search(text, first.end()) if first else None
    if first is None or found is None or (later is not None and later.start() < first.end() + found[1]):
        return None
    return found[0]


def _is_header_part(part: str) -> bool:
    """Say whether a part of a publication line is a name, an outlet or a place: few words, all with a capital."""
    words = part.split()
    named = all(word[0].isupper() or word in ("of", "the", "and", "de", "al", "&") for word in words)
    return is_outlet(part) or _BYLINE.fullmatch(part) is not None or (len(words) <= 4 and named)


def _is_filler(part: str) -> bool:
    return not _FILLER.sub("", part).strip(" .,:;|–—-")


def is_title(text: str, following: tuple[Piece, ...]) -> bool:
    """Say whether a first line is a title: short, without a full stop at its end, with a text after it."""
    words = text.split()
    if not following or not 2 <= len(words) <= _TITLE_WORDS or len(text) > _TITLE_CHARACTERS:
        return False
    if _ENDS.search(text) and not re.search(r"\b[A-Z]\.[A-Z]\.$", text):
        return False
    return not text.endswith(":") and find_dateline(text) is None and not _reports_speech(text)


def _reports_speech(text: str) -> bool:
    """Say whether a line is a quoted sentence rather than a title with a quotation in it."""
    return (
        text[:1] in '“"'
        and text[-1:] in '”"'
        and words_of("attribution").search(text) is None
        and len(text.split()) > 14
    )


def _same(one: str, other: str) -> bool:
    return _key(one) == _key(other)


def _key(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())


def _without(draft: Draft, index: int, reason: str) -> Draft:
    piece = draft.pieces[index]
    pieces = draft.pieces[:index] + draft.pieces[index + 1 :]
    # A title is not left out: it becomes the first heading of the text.
    left = draft.left if reason == "title" else (*draft.left, Left(piece.text, reason))
    return replace(draft, pieces=pieces, left=left)
