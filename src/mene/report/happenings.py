"""Events as a report tells them: each once, however many tell it, with its origins and copies and how sure it is."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

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
    """Return all that is told to have happened, or not, each event once.

    Tellings are of one event where type, place, day, side and modality are the same. A telling without a day joins the
    last such event of the two weeks before it was told. Without a place nothing shows that two events are one, unless
    one telling copies the other. What was to happen after the day the picture is true on is left out.
    """
    on = contents.picture.on
    events = [
        one for one in contents.events.values() if on is None or not one.occurred_start or one.occurred_start <= on
    ]
    days: defaultdict[Key, set[date]] = defaultdict(set)
    for event in events:
        if event.place and event.occurred_start:
            days[_act(event, contents)].add(event.occurred_end or event.occurred_start)
    found: defaultdict[tuple[Key, str], list[Event]] = defaultdict(list)
    for event in events:
        act = _act(event, contents)
        found[act, _occasion(event, days[act], contents)].append(event)
    return [_happening(told, contents) for told in found.values()]


Key = tuple[str, ...]
_JOIN_DAYS = 14


def _act(event: Event, contents: Contents) -> Key:
    """Return what was done, by whom and where; whom it was done to tells acts apart only where nobody else is named."""
    place = event.place.place_id or event.place.name if event.place else ""
    actor, other = _side(event.actors), _side(event.recipients)
    modality = modality_of(event, contents.statements[event.statement_id])
    return (event.type, place, actor, "" if actor and place else other, modality, str(event.background))


def _occasion(event: Event, days: set[date], contents: Contents) -> str:
    """Return which time it was done."""
    statement = contents.statements[event.statement_id]
    if event.place is None:
        return f"{event.occurred_start}/{event.occurred_end}/{contents.first_telling(statement.id)}"
    day = event.occurred_end or event.occurred_start
    told = statement.published_at or statement.first_seen
    if day is None and told is not None and not event.background:
        day = max((one for one in days if 0 <= (told - one).days <= _JOIN_DAYS), default=None)
        return str(day or f"told {told}")
    return str(day)


def _side(parties: Sequence[Participant]) -> str:
    return "+".join(sorted(party.actor_id or party.name.casefold() for party in parties))


def _happening(told: Sequence[Event], contents: Contents) -> Happening:
    by_statement = {event.statement_id: event for event in told}
    # An original comes before its copies, though both are of one day and the copy's page may be read first.
    ids = tuple(sorted(by_statement, key=lambda one: (contents.first_telling(one) != one, contents.order[one])))
    dated = next((one for one in ids if by_statement[one].occurred_start), ids[0])
    ids = (dated, *(one for one in ids if one != dated))
    statement, event = contents.statements[dated], by_statement[dated]
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
        where = "from" if event.type == "RETREAT" else "in"
        return _join(noun, ("by", actors), (where, place), (_TOWARDS[event.type], recipients))
    return _join(noun, ("by", actors), (_TOWARDS[event.type], recipients), ("in", place))


def _names(parties: Iterable[Participant]) -> str:
    return ", ".join(dict.fromkeys(plain(party.name) for party in parties))


def _join(noun: str, *parts: tuple[str, str]) -> str:
    return " ".join([noun, *(f"{word} {name}" for word, name in parts if name)])
