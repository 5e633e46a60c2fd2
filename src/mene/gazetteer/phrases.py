"""What the words of a place mention, and the words beside it, say about the place: kind, container, vagueness.

"Hama governorate" names a unit; "the city of Hama" a town; "Bangor, Maine" is in Maine; "northern Syria", "near
Damascus" and "a village in Idlib" are not the spot that the name alone would be.
"""

import re
from dataclasses import dataclass
from typing import Literal

Relation = Literal["at", "near", "part", "inside"]
"""at: the place itself; near: around it; part: a part of it (northern, countryside); inside: somewhere within it."""

HintKind = Literal["unit", "town", "facility", "water", "region"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A place name as it stands in the text, with some 60 characters on either side.

    `hint_kind` is what the caller knows of its kind: one of "unit", "town", "facility", "water", "region", or None.
    """

    text: str
    start: int
    end: int
    before: str = ""
    after: str = ""
    hint_kind: str | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """A mention taken apart: the name to look up and what the words around it say.

    `core` is the name without the words that only describe it ("Hama" of "northern Hama countryside"), `part` those
    words where they make it another area, `container` the name of the area it is said to lie in, `facility` the word
    that makes it a building or the like ("airport").
    """

    core: str
    kind: HintKind | None = None
    relation: Relation = "at"
    part: str | None = None
    container: str | None = None
    facility: str | None = None


_UNIT = (
    r"(?:governorate|province|oblast|region|state|prefecture|county|parish|district|department"
    r"|wilaya|muhafazah|canton|krai)s?"
)
_TOWN = (
    r"(?:city|town|village|suburb|neighbou?rhood|quarter|hamlet|port city|capital|settlement|municipality"
    r"|kibbutz|port|enclave)"
)
_COMPASS = (
    r"(?:(?:north|south|east|west|central|upper|lower|mid)(?:ern)?(?:[- ]?(?:east|west|central)(?:ern)?)?"
    r"|rural|greater|coastal|inner|outer|downtown|mainland)"
)
_FACILITY = (
    r"(?:(?:international |military )?airport|(?:air|naval|military) ?base|air ?field|university|college"
    r"|hospital|prison|jail|port|harbou?r|dam|bridge|(?:border )?crossing|refinery|power plant|power station"
    r"|nuclear plant|barracks|base|(?:refugee )?camp|stadium|mosque|church|cathedral|museum|market|square|road"
    r"|highway|street|avenue|embassy|palace|factory|station|school|academy|park|theater|theatre|court"
    r"|courthouse|zoo|mall|bank|police department|police)"
)
_AROUND = (
    r"(?:countryside|outskirts|suburbs?|hinterland|environs|surroundings|vicinity|area|front|frontlines?"
    r"|rural areas|pocket)"
)
_NEAR = (
    r"(?:near|nearby|outside|around|close to|towards?|(?:just |[\d.,]+ ?(?:km|kilomet(?:er|re)s|miles?) )?"
    r"(?:north|south|east|west)(?:[- ]?(?:east|west))? of|in the vicinity of|on the edge of|on the outskirts of"
    r"|off|bordering|next to)"
)

_TEXT_UNIT = re.compile(rf"^(?P<core>.+?)[- ]{_UNIT}$", re.I)
_TEXT_TOWN = re.compile(rf"^(?P<core>.+?) {_TOWN}$", re.I)
_TEXT_UNIT_OF = re.compile(rf"^(?:the )?(?:{_COMPASS} )?{_UNIT} of (?P<core>.+)$", re.I)
_TEXT_TOWN_OF = re.compile(rf"^(?:the )?(?:{_COMPASS} )?{_TOWN} of (?P<core>.+)$", re.I)
_TEXT_PART = re.compile(rf"^(?:the )?(?P<part>{_COMPASS}) (?P<core>.+)$", re.I)
_TEXT_AROUND = re.compile(rf"^(?:the )?(?P<core>.+?)(?:['’]s)? (?:{_COMPASS} )?(?P<part>{_AROUND})$", re.I)
_TEXT_AROUND_OF = re.compile(rf"^(?:the )?(?:{_COMPASS} )?(?P<part>{_AROUND}) (?:of|around) (?P<core>.+)$", re.I)
_TEXT_NEAR = re.compile(rf"^{_NEAR} (?:the )?(?P<core>.+)$", re.I)
_TEXT_INSIDE = re.compile(
    r"^(?:somewhere|elsewhere|parts?|(?:an? |the )?(?:unnamed |undisclosed |remote )?"
    r"(?:village|town|area|location|place|site)s?) (?:in|of) (?P<core>.+)$",
    re.I,
)
_TEXT_FACILITY = re.compile(rf"^(?P<core>.+?)(?:['’]s)? (?P<facility>{_FACILITY})$", re.I)
_TEXT_FACILITY_OF = re.compile(rf"^(?:the )?(?P<facility>{_FACILITY}) (?:of|in|at) (?P<core>.+)$", re.I)

_BEFORE_UNIT = re.compile(rf"\b{_UNIT} of (?:the )?$", re.I)
_BEFORE_TOWN = re.compile(rf"\b(?:{_TOWN}|cities|towns|villages) of (?:the )?$|\b(?:mayor|downtown) (?:of )?$", re.I)
_BEFORE_PART = re.compile(rf"\b(?P<part>{_COMPASS}|{_AROUND} (?:of|around)) (?:the )?$", re.I)
_BEFORE_NEAR = re.compile(rf"\b{_NEAR} (?:the )?(?:{_TOWN} of )?$", re.I)
_BEFORE_INSIDE = re.compile(
    r"\b(?:somewhere|elsewhere|parts|(?:an?|two|three|four|several|some|many|few|other) "
    r"(?:[\w-]+ )?(?:villages?|towns?|areas?|locations?|places?|sites?|positions?))"
    r" (?:in|of|across) (?:the )?$",
    re.I,
)
_BEFORE_OWNER = re.compile(r"(?P<owner>[A-Z][\w-]+(?: [A-Z][\w-]+)?)['’]s (?:[a-z-]+ ){0,3}(?:of )?$")
_BEFORE_ADJECTIVE = re.compile(r"\b(?P<owner>[A-Z][a-z]+(?: [A-Z][a-z]+)?) (?:[a-z-]+ ){0,3}(?:of |in )?$")
_AFTER_UNIT = re.compile(rf"^[- ]{_UNIT}\b", re.I)
_AFTER_TOWN = re.compile(rf"^ {_TOWN}\b", re.I)
_AFTER_AROUND = re.compile(rf"^(?:['’]s)? (?:{_COMPASS} )?(?P<part>{_AROUND})\b", re.I)
_AFTER_FACILITY = re.compile(rf"^(?:['’]s)? (?P<facility>{_FACILITY})\b", re.I)
_NAME = r"[A-Z][\w.’'-]*(?:(?: (?:al-|el-|the |of )?|, )?[A-Z][\w.’'-]*){0,3}"
_AFTER_COMMA = re.compile(rf"^(?:['’]s)?,? ?[,(] ?(?:in |the |a |an |near )*(?:{_COMPASS} )?(?P<owner>{_NAME})", re.U)
_AFTER_IN = re.compile(
    rf"^(?: (?:city|town|district|village|area|suburb|neighbou?rhood|{_UNIT}))?,? "
    rf"(?:in|of|near|outside) (?:the )?(?:{_COMPASS} )?"
    rf"(?:(?:{_UNIT}|{_TOWN}) of )?(?P<owner>{_NAME})"
)


def read_phrase(mention: Mention) -> Phrase:
    """Return `mention` taken apart.

    >>> read_phrase(Mention("northern Syria", 0, 14)).part
    'northern'
    >>> read_phrase(Mention("Bangor", 0, 6, after=", Maine, on")).container
    'Maine'
    """
    text = mention.text.strip().removesuffix("’s").removesuffix("'s")
    comma = text.find(", ")
    container = text[comma + 2 :] if comma > 0 else None
    inner = _read_text(text[:comma] if comma > 0 else text)
    kind = inner.kind or _kind_beside(mention) or _known_kind(mention.hint_kind)
    relation, part = inner.relation, inner.part
    if relation == "at" and inner.facility is None:
        relation, part = _relation_beside(mention)
    return Phrase(inner.core, kind, relation, part, container or _container_beside(mention), inner.facility)


def plain_phrase(phrase: Phrase, text: str, facility: str | None = None) -> Phrase:
    """Return `phrase` with the whole mention as its name: for names the index knows as they stand."""
    return Phrase(text, phrase.kind, "at", None, phrase.container, facility)


def facility_beside(mention: Mention) -> str | None:
    """Return the word right after the name that makes it a building or installation, or None."""
    found = _AFTER_FACILITY.match(mention.after)
    return found["facility"].lower() if found else None


def owner_beside(mention: Mention) -> str | None:
    """Return the possessor or adjective before the name ("Syria's", "the Syrian city of"), or None."""
    found = _BEFORE_OWNER.search(mention.before) or _BEFORE_ADJECTIVE.search(mention.before)
    return found["owner"].removeprefix("The ") if found else None


def _read_text(text: str) -> Phrase:
    if found := _TEXT_INSIDE.match(text):
        inner = _read_text(found["core"])
        return Phrase(inner.core, inner.kind, "inside", "somewhere in")
    if found := _TEXT_NEAR.match(text):
        inner = _read_text(found["core"])
        return Phrase(inner.core, inner.kind, "near", "near")
    if found := _TEXT_AROUND_OF.match(text) or _TEXT_AROUND.match(text):
        inner = _read_text(found["core"])
        return Phrase(inner.core, inner.kind, "part", found["part"].lower())
    if found := _TEXT_UNIT_OF.match(text) or _TEXT_UNIT.match(text):
        part = _TEXT_PART.match(found["core"])
        core, word = (part["core"], part["part"].lower()) if part else (found["core"], None)
        return Phrase(core, "unit", "part" if word else "at", word)
    if found := _TEXT_TOWN_OF.match(text) or _TEXT_TOWN.match(text):
        return Phrase(found["core"], "town")
    if found := _TEXT_FACILITY_OF.match(text) or _TEXT_FACILITY.match(text):
        return Phrase(found["core"], "facility", facility=found["facility"].lower())
    if found := _TEXT_PART.match(text):
        return Phrase(found["core"], None, "part", found["part"].lower())
    return Phrase(text.removeprefix("the ").removeprefix("The "))


def _known_kind(hint: str | None) -> HintKind | None:
    kinds: dict[str, HintKind] = {
        "unit": "unit", "admin1": "unit", "admin2": "unit", "town": "town", "city": "town",
        "facility": "facility", "water": "water", "region": "region",
    }  # fmt: skip
    return kinds.get(hint) if hint else None


def _kind_beside(mention: Mention) -> HintKind | None:
    if _AFTER_UNIT.match(mention.after) or _BEFORE_UNIT.search(mention.before):
        return "unit"
    if _AFTER_TOWN.match(mention.after) or _BEFORE_TOWN.search(mention.before):
        return "town"
    return None


def _relation_beside(mention: Mention) -> tuple[Relation, str | None]:
    if _BEFORE_INSIDE.search(mention.before):
        return "inside", "somewhere in"
    if found := _BEFORE_PART.search(mention.before):
        return "part", found["part"].lower().removesuffix(" of").removesuffix(" around")
    if found := _AFTER_AROUND.match(mention.after):
        return "part", found["part"].lower()
    if _BEFORE_NEAR.search(mention.before):
        return "near", "near"
    return "at", None


def _container_beside(mention: Mention) -> str | None:
    found = _AFTER_COMMA.match(mention.after) or _AFTER_IN.match(mention.after)
    return found["owner"].rstrip(".,") if found else None
