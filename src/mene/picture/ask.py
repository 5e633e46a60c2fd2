"""Answers to plain questions, read off the picture; an answer is a list of lines, each with its evidence.

The grammar is small and visible (`_FORMS`). What nobody has said is answered as unknown; a question of another form is
answered with what can be asked. Nothing is made up.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, Protocol, TypeAlias

from mene.picture.origins import OriginGroup, fold
from mene.picture.places import place_key
from mene.picture.sides import Sides, normalise, party_key
from mene.picture.tellings import count_day
from mene.records import (
    Backing,
    Citation,
    Dispute,
    Event,
    Holding,
    Participant,
    Picture,
    Place,
    Presence,
    Statement,
)

Kind = Literal["holds", "happened", "backs", "says", "disputed", "present", "help"]
Asks = Literal["holds", "happened", "backs", "backed by", "says", "said by", "disputed", "present", "help"]
Record: TypeAlias = Holding | Backing | Presence | Dispute | Event | Statement
FindPlace = Callable[[str], Place | None]

CAN_BE_ASKED = (
    "who holds PLACE",
    "what happened in PLACE [since YYYY-MM-DD]",
    "who backs ACTOR, or: whom does ACTOR back",
    "who says WORDS, or: what does SPEAKER say",
    "who is in PLACE",
    "what is disputed [in PLACE]",
)


class Match(Protocol):
    """A name found among tokens."""

    @property
    def ids(self) -> Sequence[str]:
        """The codebook's ids that the name may stand for."""


class Office(Protocol):
    """A leader's time at the head of an actor."""

    @property
    def actor(self) -> str:
        """The id of the actor led."""

    def holds_on(self, day: date | None, /) -> bool:
        """Return whether it was held on a day; without one, whether it is held now."""


class Led(Protocol):
    """A leader, by whom he led and when."""

    @property
    def terms(self) -> Sequence[Office]:
        """All times at the head of anyone."""


class Known(Protocol):
    """An actor of the codebook."""

    @property
    def id(self) -> str:
        """Its id."""


class Knows(Sides, Protocol):
    """What asking needs of the codebook beside its sides: names in a text, whom leaders and states stand for."""

    def leader(self, leader_id: str, /) -> Led | None:
        """Return the leader with this id."""

    def government_of(self, iso2: str, /) -> Known | None:
        """Return the government of a country."""

    def match(self, tokens: Sequence[str], /) -> Sequence[Match]:
        """Return the names found among the tokens."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question: lines of text, each with the ids of the statements it rests on, and the records."""

    question: str
    kind: Kind
    lines: tuple[tuple[str, tuple[str, ...]], ...]
    records: tuple[Record, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether anything that was read bears on the question."""
        return bool(self.records)


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood: what it asks for, and of what; `since` is a day as written, or ""."""

    text: str
    kind: Asks
    subject: str = ""
    since: str = ""


def read_question(text: str) -> Question:
    """Return a question as understood; of another form it asks for help.

    >>> read_question("What happened in Hama since 2024-12-05?")
    Question(text='What happened in Hama since 2024-12-05?', kind='happened', subject='Hama', since='2024-12-05')
    """
    plain = text.strip().rstrip("?!. ").strip()
    for pattern, kind in _FORMS:
        if match := pattern.fullmatch(plain):
            return Question(text, kind, *(group or "" for group in match.groups()))
    return Question(text, "help")


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question with all that it may be answered from."""

    question: str
    picture: Picture
    statements: Mapping[str, Statement]
    events: Sequence[Event]
    codebook: Knows
    find_place: FindPlace
    origins: Sequence[OriginGroup] | None = None


def ask(
    question: str,
    picture: Picture,
    statements: Iterable[Statement],
    events: Iterable[Event],
    codebook: Knows,
    find_place: FindPlace,
    origins: Sequence[OriginGroup] | None = None,
) -> Answer:
    """Return the answer to a question, of the picture's days; what is not known by then is not used.

    Picture, statements and events may be the part of all that bears on the question. `origins` are those of the
    statements; where they are not given, the statements are all and are folded.
    """
    known = picture.known
    said = {
        one.id: one
        for one in sorted(statements, key=lambda one: one.id)
        if known is None or (one.first_seen is not None and one.first_seen <= known)
    }
    told = sorted((one for one in events if one.statement_id in said), key=lambda one: one.id)
    asked = _Asked(question, picture, said, told, codebook, find_place, origins)
    understood = read_question(question)
    return _ANSWERS[understood.kind](asked, understood)


def _help(asked: _Asked, question: Question) -> Answer:
    lines = ("This question is not understood. What can be asked:", *CAN_BE_ASKED)
    return Answer(asked.question, "help", tuple((line, ()) for line in lines))


def _unknown(asked: _Asked, kind: Kind, words: str) -> Answer:
    return Answer(asked.question, kind, ((f"unknown: {words}", ()),))


# --- places ----------------------------------------------------------------------------------------------------------


def _is_place(place: Place | None, name: str, found: Place | None) -> bool:
    """Return whether a place is the one asked for: the gazetteer's, or where it knows none, one of that name."""
    if place is None:
        return False
    if found is not None and found.place_id and place.place_id:
        return place_key(place, "") == place_key(found, "")
    return normalise(name) in (normalise(place.name), normalise(place.text))


def _called(found: Place | None, name: str) -> str:
    """Return a place's name for an answer; of one that no list of places has, this is said."""
    return found.name if found else f"{name} (no place of that name is known; check the spelling, or mene places add)"


def _holds(asked: _Asked, question: Question) -> Answer:
    name, found = question.subject, asked.find_place(question.subject)
    rows = [row for row in asked.picture.holdings if _is_place(row.place, name, found)]
    if not rows:
        return _unknown(asked, "holds", f"no statement says who holds {_called(found, name)}")
    disputes = [one for one in _disputes_at(asked, name) if one.kind == "contradicts"]
    lines = [(_line_of_holding(row), _ids(row.evidence_for + row.evidence_against)) for row in rows]
    return Answer(asked.question, "holds", (*lines, *_lines_of_disputes(disputes)), (*rows, *disputes))


def _line_of_holding(row: Holding) -> str:
    since = f" since {row.since.isoformat()}" if row.since else ""
    who = f" by {row.holder.name}" if row.holder and row.status in ("held", "claimed") else ""
    holder = f", holder {row.holder.name}" if row.holder and not who else ""
    status = row.status.replace("_", " ")
    return f"{row.place.name}: {status}{who}{holder}{since}; belief {row.belief:.2f}; {_worth(row)}"


def _worth(row: Holding | Backing | Presence) -> str:
    origins = f"{len(row.origins)} origin{'s' if len(row.origins) != 1 else ''} ({', '.join(row.origins)})"
    copies = f", {row.copies} {'copies' if row.copies != 1 else 'copy'}" if row.copies else ""
    return f"{row.rating}, {origins}{copies}"


def _disputes_at(asked: _Asked, name: str) -> list[Dispute]:
    """Return the disputes over what is told of a place."""
    found = asked.find_place(name)
    there = {event.id for event in asked.events if _is_place(event.place, name, found)}
    return [
        dispute
        for dispute in asked.picture.disputes
        if any(one.event_id in there for position in dispute.positions for one in position.evidence)
    ]


def _present(asked: _Asked, question: Question) -> Answer:
    name, found = question.subject, asked.find_place(question.subject)
    rows = [row for row in asked.picture.presences if _is_place(row.place, name, found)]
    if not rows:
        return _unknown(asked, "present", f"no statement says which forces are in {_called(found, name)}")
    lines = [(f"{row.force.name}: {row.movement} ({row.modality}); {_worth(row)}", _ids(row.evidence)) for row in rows]
    return Answer(asked.question, "present", tuple(lines), tuple(rows))


def _happened(asked: _Asked, question: Question) -> Answer:
    name, since = question.subject, question.since
    found, first = asked.find_place(name), read_day(since)
    if since and first is None:
        return _unknown(asked, "happened", no_day(since))
    on = asked.picture.on
    rows = [
        event
        for event in asked.events
        if _is_place(event.place, name, found)
        and (first is None or (event.occurred_end is not None and event.occurred_end >= first))
        and (on is None or event.occurred_start is None or event.occurred_start <= on)
    ]
    if not rows:
        return _unknown(
            asked,
            "happened",
            f"no statement tells of anything in {_called(found, name)}{f' since {since}' if since else ''}",
        )
    rows.sort(key=lambda event: (event.occurred_start or date.min, event.type, event.id))
    return Answer(asked.question, "happened", tuple(_line_of_event(asked, event) for event in rows), tuple(rows))


def _line_of_event(asked: _Asked, event: Event) -> tuple[str, tuple[str, ...]]:
    first, last = event.occurred_start, event.occurred_end
    day = first.isoformat() if first else "undated"
    day += f" to {last.isoformat()}" if first and last and last != first else ""
    day += " (inferred)" if event.has_inferred_day else ""
    parties = " -> ".join(", ".join(party.name for party in side) for side in (event.actors, event.recipients) if side)
    mode = f" ({event.mode})" if event.mode else ""
    past = "background, " if event.background else ""
    origin = asked.statements[event.statement_id].origin.name
    words = f"{day}: {event.type}{mode} {parties}".rstrip()
    return f"{words}; {past}{event.modality.replace('_', ' ')}; {origin}: “{event.text}”", (event.statement_id,)


def no_day(text: str) -> str:
    """Return what is to be said of a text that should name a day.

    >>> no_day("yesterday")
    "'yesterday' is no day; write it as 2024-12-05"
    """
    return f"{text!r} is no day; write it as 2024-12-05"


def read_day(text: str) -> date | None:
    """Return the day that a question names, written as 2024-12-05; None where it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


# --- actors ----------------------------------------------------------------------------------------------------------


def _is_actor(party: Participant, name: str, ids: Collection[str]) -> bool:
    """Return whether a participant is the one named: by the codebook's id, else by its name."""
    if party.actor_id and party.actor_id in ids:
        return True
    return normalise(name) in (normalise(party.name), normalise(party.text), party_key(party))


@dataclass(frozen=True, slots=True)
class Named:
    """Whom a name may stand for: a country's also for its government, a leader's for whom he led on the day."""

    ids: frozenset[str]
    terms: tuple[Office, ...]

    @property
    def ever(self) -> frozenset[str]:
        """The ids that it may stand for on any day."""
        return self.ids | {term.actor for term in self.terms}

    def on(self, day: date | None) -> frozenset[str]:
        """Return the ids that it may stand for on a day."""
        return self.ids | {term.actor for term in self.terms if term.holds_on(day)}


def find_named(codebook: Knows, name: str) -> Named:
    """Return whom a name may stand for."""
    ids = {one for match in codebook.match(re.findall(r"[\w'’-]+", name)) for one in match.ids}
    leaders = (codebook.leader(one) for one in sorted(ids))
    governments = (codebook.government_of(one) for one in sorted(ids))
    terms = tuple(term for leader in leaders if leader for term in leader.terms)
    return Named(frozenset(ids | {one.id for one in governments if one}), terms)


def _backs(asked: _Asked, question: Question) -> Answer:
    name = question.subject
    named = find_named(asked.codebook, name)
    rows = [row for row in asked.picture.backings if _is_actor(row.backed, name, named.on(_last_told(asked, row)))]
    return _backings(asked, rows, f"no statement says who backs {name}")


def _backed_by(asked: _Asked, question: Question) -> Answer:
    name = question.subject
    named = find_named(asked.codebook, name)
    rows = [row for row in asked.picture.backings if _is_actor(row.backer, name, named.on(_last_told(asked, row)))]
    return _backings(asked, rows, f"no statement says whom {name} backs")


def _last_told(asked: _Asked, row: Backing) -> date | None:
    """Return the last day on which a backing was told of."""
    days = (asked.statements[one].first_seen for one in _ids(row.evidence) if one in asked.statements)
    return max((day for day in days if day), default=None)


def _backings(asked: _Asked, rows: Sequence[Backing], otherwise: str) -> Answer:
    if not rows:
        return _unknown(asked, "backs", otherwise)
    lines = []
    for row in rows:
        how = row.modality if row.modality != "asserted" else "background" if row.background else ""
        since = f" since {row.since.isoformat()}" if row.since else ""
        means = "support" if row.means == "unspecified" else row.means
        words = f"{row.backer.name} {row.direction} {means} to {row.backed.name}{since}"
        lines.append((f"{words}{f' ({how})' if how else ''}; {_worth(row)}", _ids(row.evidence)))
    return Answer(asked.question, "backs", tuple(lines), tuple(rows))


# --- statements ------------------------------------------------------------------------------------------------------


def words_of(words: str) -> set[str]:
    """Return the words that a statement must have to be meant."""
    return set(normalise(words).split()) - _EMPTY_WORDS


def _who_says(asked: _Asked, question: Question) -> Answer:
    """Return the statements in which all the words asked for stand, folded under their origins."""
    words, wanted = question.subject, words_of(question.subject)
    said = [one for one in asked.statements.values() if wanted and wanted <= set(normalise(one.text).split())]
    return _sayings(asked, said, f"no statement says “{words}”")


def _what_says(asked: _Asked, question: Question) -> Answer:
    name = question.subject
    named, plain = find_named(asked.codebook, name), normalise(name)
    said = [
        one
        for one in asked.statements.values()
        if f" {plain} " in f" {normalise(one.origin.name)} "
        or (one.origin.actor_id is not None and one.origin.actor_id in named.on(one.first_seen))
    ]
    return _sayings(asked, said, f"no statement is by {name}")


def _sayings(asked: _Asked, said: Sequence[Statement], otherwise: str) -> Answer:
    if not said:
        return _unknown(asked, "says", otherwise)
    lines = []
    # Folding needs all that was said: an origin may be known only from an article that words it otherwise.
    chosen = {one.id for one in said}
    origins = fold(asked.statements.values(), map(count_day, asked.events)) if asked.origins is None else asked.origins
    for group in origins:
        ids = tuple(one for one in group.statement_ids if one in chosen)
        if ids:
            first = asked.statements[ids[0]]
            through = [outer.name for outer in first.sources[1:]]
            via = f" through {', '.join(through)}" if through else ""
            more = f" (and {len(ids) - 1} more)" if len(ids) > 1 else ""
            lines.append((f"{group.name}{via}: “{first.text}”{more}", ids))
    return Answer(asked.question, "says", tuple(lines), tuple(asked.statements[key] for _, ids in lines for key in ids))


_EMPTY_WORDS = frozenset({"a", "an", "and", "are", "has", "have", "in", "is", "of", "that", "the", "to", "was", "were"})


# --- disputes --------------------------------------------------------------------------------------------------------


def _disputed(asked: _Asked, question: Question) -> Answer:
    name = question.subject
    disputes = _disputes_at(asked, name) if name else list(asked.picture.disputes)
    if not disputes:
        return _unknown(
            asked, "disputed", "no two statements contradict each other" + (f" over {name}" if name else "")
        )
    return Answer(asked.question, "disputed", _lines_of_disputes(disputes), tuple(disputes))


def _lines_of_disputes(disputes: Iterable[Dispute]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    lines = []
    for dispute in disputes:
        verb = "disputed" if dispute.kind == "contradicts" else "estimates differ"
        settled = "; settled by a later statement" if dispute.resolved_by else ""
        sides = " | ".join(f"{one.claim} ({', '.join(one.origins)})" for one in dispute.positions)
        cited = tuple(one for position in dispute.positions for one in position.evidence)
        ids = _ids(cited) + ((dispute.resolved_by,) if dispute.resolved_by else ())
        lines.append((f"{dispute.subject}, {verb}: {sides}{settled}", tuple(dict.fromkeys(ids))))
    return tuple(lines)


def _ids(citations: Iterable[Citation]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.statement_id for one in citations))


def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_FORMS: tuple[tuple[re.Pattern[str], Asks], ...] = (
    (_form(r"who\s+(?:holds?|controls?|has|took)\s+(.+)"), "holds"),
    (_form(r"who(?:\s+is|['’]s)\s+in\s+(?:control|charge)\s+of\s+(.+)"), "holds"),
    (_form(r"what\s+(?:has\s+)?happened\s+(?:in|at|near)\s+(.+?)(?:\s+since\s+(.+))?"), "happened"),
    (_form(r"who\s+(?:backs?|supports?|arms?|funds?)\s+(.+)"), "backs"),
    (_form(r"who(?:m)?\s+does\s+(.+?)\s+(?:back|support|arm|fund)"), "backed by"),
    (_form(r"who\s+(?:says|said)\s+(?:that\s+)?(.+)"), "says"),
    (_form(r"what\s+(?:does|did)\s+(.+?)\s+say"), "said by"),
    (_form(r"what(?:\s+is|['’]s)\s+disputed(?:\s+(?:in|about|over)\s+(.+))?"), "disputed"),
    (_form(r"who(?:\s+is|['’]s)\s+(?:in|at|near)\s+(.+)"), "present"),
)
"""The forms of question, tried in order, with what each asks for."""

_ANSWERS: Mapping[Asks, Callable[[_Asked, Question], Answer]] = {
    "holds": _holds,
    "happened": _happened,
    "backs": _backs,
    "backed by": _backed_by,
    "says": _who_says,
    "said by": _what_says,
    "disputed": _disputed,
    "present": _present,
    "help": _help,
}
