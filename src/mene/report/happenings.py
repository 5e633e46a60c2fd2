"""Events as a report tells them: each once, however many tell it, with its origins and copies and how sure it is."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mene.picture.rating import Standing, rate
from mene.records import Event, Participant, Statement
from mene.report.contents import Contents, Worth
from mene.report.words import FACTS, modality_of, plain
from mene.vocabulary import EventType, Modality

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
    """The tellings of one event: its first, the ids of all statements that tell it, and what they are worth."""

    event: Event
    statement: Statement
    tellings: tuple[str, ...]
    worth: Worth
    modality: Modality
    background: bool

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
    """Return all that is told to have happened, or not: each event of one type, side, place, day and modality once.

    What was to happen after the day the picture is true on is left out.
    """
    found: defaultdict[tuple[str, ...], list[Event]] = defaultdict(list)
    on = contents.picture.on
    for event in contents.events.values():
        if on is None or event.occurred_start is None or event.occurred_start <= on:
            found[_key(event, contents)].append(event)
    return [_happening(told, contents) for told in found.values()]


def _key(event: Event, contents: Contents) -> tuple[str, ...]:
    statement = contents.statements[event.statement_id]
    place = event.place.place_id or event.place.name if event.place else ""
    when = f"{event.occurred_start}/{event.occurred_end}"
    sides = (_side(event.actors), _side(event.recipients))
    key = (event.type, place, *sides, when, modality_of(event, statement), str(event.background))
    # Without a place or a day two like events are two: nothing shows that they are one, unless one copies the other.
    if place and event.occurred_start:
        return key
    return (*key, contents.first_telling(statement.id))


def _side(parties: Sequence[Participant]) -> str:
    return "+".join(sorted(party.actor_id or party.name.casefold() for party in parties))


def _happening(told: Sequence[Event], contents: Contents) -> Happening:
    by_statement = {event.statement_id: event for event in told}
    # An original comes before its copies, though both are of one day and the copy's page may be read first.
    ids = tuple(sorted(by_statement, key=lambda one: (contents.first_telling(one) != one, contents.order[one])))
    statement, event = contents.statements[ids[0]], by_statement[ids[0]]
    modality = modality_of(event, statement)
    return Happening(event, statement, ids, judge(ids, contents, modality), modality, event.background)


def judge(ids: Sequence[str], contents: Contents, modality: Modality) -> Worth:
    """Return what statements are worth together, by who stands at their origin; the first of `ids` lends its id.

    Whether a side gains by what it tells is the picture's to judge; here its word counts as being for its own cause.
    """
    origins: dict[str, Standing] = {}
    pages: set[tuple[str, str]] = set()
    for one in ids:
        statement, key = contents.statements[one], contents.group_of[one].key
        origins.setdefault(key, _standing(contents.statements[contents.first_telling(one)]))
        pages.add((key, statement.evidence.article_id))
    return Worth(
        rate(list(origins.values()), 0, modality), len(origins), len(pages) - len(origins), contents.id(ids[0])
    )


def _standing(statement: Statement) -> Standing:
    source = statement.origin
    if source.kind in ("unnamed", "witness", "social account"):
        return "unknown"
    return "neutral" if source.kind in ("outlet", "monitor", "document") and not source.actor_id else "own_interest"


def phrase_event(event: Event, *, briefly: bool = False) -> str:
    """Return an event in words: what, by whom, against whom, where; `briefly` leaves out the other side."""
    noun = _NOUNS[event.type]
    actors, recipients = _names(event.actors), _names(event.recipients)
    place = plain(event.place.name or event.place.text) if event.place else ""
    if briefly and (actors or place):
        recipients = ""
    if event.type == "SEIZE":
        return _join(noun, ("of", place or recipients), ("by", actors), ("from", recipients if place else ""))
    if event.type in ("RETREAT", "MOBILIZE"):
        where = "from" if event.type == "RETREAT" else "in"
        return _join(noun, ("by", actors), (where, place), (_TOWARDS[event.type], recipients))
    return _join(noun, ("by", actors), (_TOWARDS[event.type], recipients), ("in", place))


def _names(parties: Iterable[Participant]) -> str:
    return ", ".join(dict.fromkeys(plain(party.name) for party in parties))


def _join(noun: str, *parts: tuple[str, str]) -> str:
    return " ".join([noun, *(f"{word} {name}" for word, name in parts if name)])
