"""Events as a report tells them: each once, however many tell it, with its origins and copies and how sure it is."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from mene.picture.rating import Standing, rate, standing_of
from mene.picture.tellings import FACTS
from mene.records import Event, Naming, Occurrence, Participant, Source, Statement
from mene.report.contents import Contents, Worth
from mene.report.words import plain
from mene.vocabulary import DayBasis, EventType, Modality

WEIGHT_OF_TYPE: dict[EventType, int] = {
    "SEIZE": 5,
    "RETREAT": 4,
    "ASSAULT": 4,
    "COERCE": 3,
    "MOBILIZE": 3,
    "CONCEDE": 3,
    "PROTEST": 3,
    "SANCTION": 2,
    "AID": 2,
    "THREATEN": 2,
}
"""What is told first of two happenings with as many origins: what changes the map before words. Others weigh 1."""

_NOUNS: dict[EventType, str] = {
    "AGREE": "agreement",
    "CONSULT": "talks",
    "SUPPORT": "support",
    "CONCEDE": "concession",
    "COOPERATE": "cooperation",
    "AID": "aid",
    "RETREAT": "withdrawal",
    "REQUEST": "request",
    "ACCUSE": "accusation",
    "REJECT": "refusal",
    "THREATEN": "threat",
    "PROTEST": "protest",
    "SANCTION": "sanctions",
    "MOBILIZE": "deployment",
    "COERCE": "coercion",
    "ASSAULT": "attack",
    "SEIZE": "capture",
}
_NOUNS_OF_MODE: dict[tuple[EventType, str], str] = {
    ("SANCTION", "discontinue"): "break of ties",
    ("SEIZE", "approach"): "advance",
    ("SEIZE", "coup"): "coup",
    ("SEIZE", "held"): "holding",
    ("SEIZE", "hold"): "holding",
    ("ASSAULT", "clash"): "fighting",
    ("RETREAT", "flight"): "departure",
    ("MOBILIZE", "arrive"): "arrival",
}
"""A mode that says something else than its type does."""

_TOWARDS: dict[EventType, str] = {
    "AGREE": "with",
    "CONSULT": "with",
    "SUPPORT": "for",
    "CONCEDE": "to",
    "COOPERATE": "with",
    "AID": "to",
    "RETREAT": "before",
    "REQUEST": "to",
    "ACCUSE": "against",
    "REJECT": "towards",
    "THREATEN": "against",
    "PROTEST": "against",
    "SANCTION": "on",
    "MOBILIZE": "against",
    "COERCE": "of",
    "ASSAULT": "on",
    "SEIZE": "from",
}


@dataclass(frozen=True, slots=True)
class Happening:
    """One event as a report shows it: put together (`event`), the statement quoted for it, and all that tell it."""

    event: Event
    statement: Statement
    tellings: tuple[str, ...]
    worth: Worth
    occurrence: Occurrence

    @property
    def modality(self) -> Modality:
        """How it is told."""
        return self.occurrence.modality

    @property
    def background(self) -> bool:
        """Whether it is told as history only."""
        return self.occurrence.background

    @property
    def is_fact(self) -> bool:
        """Whether it is told as having happened or happening now: no plan, no denial, no history, no opinion."""
        return self.modality in FACTS and not self.background and self.statement.kind != "opinion"

    @property
    def weight(self) -> tuple[int, int, int]:
        """What is told first: more origins, then the heavier type, then a known place."""
        located = self.event.place is not None and bool(self.event.place.place_id)
        return (self.worth.origins, WEIGHT_OF_TYPE.get(self.event.type, 1), int(located) + bool(self.event.actors))


def gather_happenings(contents: Contents) -> list[Happening]:
    """Return all that is told to have happened, or not, each event once: the occurrences of the picture."""
    return [_happening(one, contents) for one in contents.picture.occurrences]


def _happening(occurrence: Occurrence, contents: Contents) -> Happening:
    """Return an occurrence as it is shown, with the telling that is dated and no opinion quoted for it.

    An original comes before its copies, though both are of one day and the copy's page may be read first.
    """
    told = [contents.events[one.event_id] for one in occurrence.members]
    ids = tuple(dict.fromkeys(event.statement_id for event in told))
    ids = tuple(sorted(ids, key=lambda one: (contents.first_telling(one) != one, contents.order[one])))
    dated = {event.statement_id for event in told if event.occurred_start and not event.has_inferred_day}
    first = min(ids, key=lambda one: (contents.statements[one].kind == "opinion", one not in dated, ids.index(one)))
    ids = (first, *(one for one in ids if one != first))
    quoted = next(event for event in told if event.statement_id == first)
    worth = Worth(occurrence.rating, len(occurrence.origins), occurrence.copies, contents.id(occurrence.id))
    return Happening(show_event(occurrence, quoted, told), contents.statements[first], ids, worth, occurrence)


def show_event(occurrence: Occurrence, quoted: Event, told: Sequence[Event]) -> Event:
    """Return an event that says what all tellings say together, with the words of one of them."""
    return replace(
        quoted,
        mode=occurrence.mode,
        actors=_shown(occurrence.actors, occurrence.mode == "clash"),
        recipients=_shown(occurrence.recipients, False),
        place=occurrence.place,
        occurred_start=occurrence.occurred_start,
        occurred_end=occurrence.occurred_end,
        precision=occurrence.precision,
        day_basis=_day_basis(occurrence, quoted, told),
        modality=occurrence.modality,
        numbers=occurrence.numbers,
        background=occurrence.background,
    )


def _day_basis(occurrence: Occurrence, quoted: Event, told: Sequence[Event]) -> DayBasis:
    """Return where an occurrence's days come from: the tellings with a day of their own, else what was inferred."""
    if occurrence.occurred_start is None:
        return "unknown" if quoted.has_inferred_day else quoted.day_basis
    inferred = [event.day_basis for event in told if event.has_inferred_day]
    if any(event.occurred_start and not event.has_inferred_day for event in told) or not inferred:
        return "told" if quoted.has_inferred_day else quoted.day_basis
    return inferred[0]


def _shown(named: Sequence[Naming], is_clash: bool) -> tuple[Participant, ...]:
    """Return whom to name: the first and those beside it; where others are blamed instead, "one or the other".

    Whom fewer than a third name stands only where the event is shown whole. In a clash both sides act,
    whichever is named first.
    """
    shown = [one.participant for one in named if one.kind in ("first", "beside")]
    naming = len({origin for one in named for origin in one.origins})
    instead = [one.participant for one in named if one.kind == "instead" and 3 * len(one.origins) >= naming]
    if not instead or not shown or is_clash:
        return tuple(shown + instead)
    names = [plain(party.name) for party in (shown[0], *instead)]
    return (replace(shown[0], name=" or ".join(dict.fromkeys(names))), *shown[1:])


def judge(ids: Sequence[str], contents: Contents, modality: Modality) -> Worth:
    """Return what statements are worth together, by who stands at their origin; the first of `ids` lends its id.

    Whether a side gains by what it tells is the picture's to judge; here its word counts as being for its own cause.
    """
    origins: dict[str, Standing] = {}
    pages: set[tuple[str, str]] = set()
    for one in ids:
        statement, key = contents.statements[one], contents.group_of[one].key
        origins.setdefault(key, _standing(contents.statements[contents.first_telling(one)].origin, contents))
        pages.add((key, statement.evidence.article_id))
    letter = min((contents.letter(contents.group_of[one].source) for one in ids), default="F")
    return Worth(
        rate(list(origins.values()), 0, modality, letter=letter),
        len(origins),
        len(pages) - len(origins),
        contents.id(ids[0]),
    )


def _standing(source: Source, contents: Contents) -> Standing:
    return standing_of(source, is_own_voice=not contents.is_side(source.actor_id))


def phrase_event(event: Event, *, briefly: bool = False) -> str:
    """Return an event in words: what, by whom, against whom, where; `briefly` leaves out the other side."""
    noun = _NOUNS_OF_MODE.get((event.type, event.mode or ""), _NOUNS[event.type])
    actors, recipients = _names(event.actors), _names(event.recipients)
    place = plain(event.place.name or event.place.text) if event.place else ""
    if briefly and (actors or place):
        recipients = ""
    if event.mode == "approach":
        return _join(noun, ("by", actors), ("on", place))
    if event.type == "SEIZE":
        return _join(noun, ("of", place or recipients), ("by", actors), ("from", recipients if place else ""))
    if event.type in ("RETREAT", "MOBILIZE"):
        where = "from" if event.type == "RETREAT" else "" if place.startswith("near ") else "in"
        return _join(noun, ("by", actors), (where, place), (_TOWARDS[event.type], recipients))
    within = "" if place.startswith("near ") else "in"  # "near Mellit" says itself where
    return _join(noun, ("by", actors), (_TOWARDS[event.type], recipients), (within, place))


def _names(parties: Iterable[Participant]) -> str:
    return ", ".join(dict.fromkeys(plain(party.name) for party in parties))


def _join(noun: str, *parts: tuple[str, str]) -> str:
    return " ".join([noun, *(f"{word} {name}".strip() for word, name in parts if name)])
