"""Ties between actors: who backs whom and who fights whom, part by part, so that they can be told as of any two days.

A backing's parts are its tellings, each with its direction: the last one known decides how it is drawn, as in
`mene.picture.backing`. Fighting is what is told as fact, from `FIGHTING_DAYS` before the day; it has no direction here.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from mene.picture.sides import party_key
from mene.picture.tellings import FACTS, count_day
from mene.records import Backing, Citation, Participant
from mene.report.contents import Contents
from mene.report.happenings import Happening
from mene.report.page.cited import first_told, last_day, order_statements
from mene.report.words import plain

FIGHTING_DAYS = 30

UNKNOWN = "~"
"""How the key of an actor begins that the codebook does not know (see `party_key`)."""

Manner = Literal["gives", "reduces", "refuses", "fighting"]
MANNERS: tuple[Manner, ...] = ("gives", "reduces", "refuses", "fighting")

_MANNER_OF: dict[str, Manner] = {
    "gives": "gives",
    "increases": "gives",
    "reduces": "reduces",
    "ends": "reduces",
    "refuses": "refuses",
}
_LATER_WINS = ("gives", "refuses", "increases", "reduces", "ends")
"""Of two directions told for one day the later one here is shown, as the picture does it."""


@dataclass(frozen=True, slots=True)
class Part:
    """A telling of a tie: how it stands then, on which day, when it was first told, by whom, in which statements."""

    manner: Manner
    day: date | None
    told: date | None
    origins: tuple[str, ...]
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tie:
    """Something between two actors, by their keys. `what` is the means, `row` its row; nothing where there is none."""

    source: str
    target: str
    what: str
    is_sure: bool
    parts: tuple[Part, ...]
    row: str = ""

    @property
    def is_fighting(self) -> bool:
        """Whether the two fight."""
        return self.parts[0].manner == "fighting"

    @property
    def pair(self) -> tuple[str, str]:
        """The two, whichever is first."""
        return (min(self.source, self.target), max(self.source, self.target))

    @property
    def weight(self) -> int:
        """How many independent origins tell of it."""
        return len({origin for part in self.parts for origin in part.origins})

    def standing(self, on: date | None, known: date | None) -> tuple[Part, ...]:
        """Return the parts that say how it stands on a day as known on another: none where it was not there."""
        there = [part for part in self.parts if _is_there(part, on, known)]
        if self.is_fighting:
            first = on - timedelta(FIGHTING_DAYS) if on else date.min
            return tuple(part for part in there if (part.day or part.told or date.max) > first)
        manner = there[-1].manner if there else ""
        return tuple(part for part in there if part.manner == manner)


def _is_there(part: Part, on: date | None, known: date | None) -> bool:
    is_told = known is None or part.told is None or part.told <= known
    return is_told and (on is None or part.day is None or part.day <= on)


@dataclass(frozen=True, slots=True)
class Ties:
    """All ties, the names of the actors by their keys, and the days of the last state."""

    ties: tuple[Tie, ...]
    names: Mapping[str, str]
    on: date | None
    known: date | None


def read_ties(happenings: Iterable[Happening], contents: Contents) -> Ties:
    """Return who backs and who fights whom: the backings of the picture that are no history, and the attacks."""
    names: dict[str, str] = {}
    backings = [_back(row, names, contents) for row in contents.picture.backings if not row.background]
    fights = _fights(happenings, names, contents)
    day = last_day(contents)
    found = tuple(one for one in (*backings, *fights) if one.parts)
    return Ties(found, names, contents.picture.on or day, contents.picture.known or day)


def _key(party: Participant, names: dict[str, str]) -> str:
    key = party_key(party)
    names.setdefault(key, plain(party.name))
    return key


# --- backing ----------------------------------------------------------------------------------------------------------


def _back(row: Backing, names: dict[str, str], contents: Contents) -> Tie:
    parts = [_telling(one, row, contents) for one in row.evidence if one.statement_id in contents.statements]
    parts.sort(key=lambda pair: pair[0])
    means = "" if row.means == "unspecified" else row.means
    return Tie(
        _key(row.backer, names),
        _key(row.backed, names),
        means,
        row.modality in FACTS,
        tuple(part for _, part in parts),
        contents.id(row.id),
    )


def _telling(citation: Citation, row: Backing, contents: Contents) -> tuple[tuple[date, int, int], Part]:
    """Return a telling of a backing with what sorts it: its day, its direction, its place among the statements."""
    event = contents.events.get(citation.event_id or "")
    named = (event.mode or "").rsplit(":", 1)[-1] if event else ""
    direction = named if named in _MANNER_OF else "reduces" if event and event.type == "RETREAT" else row.direction
    day = count_day(event).occurred_start if event else None
    told = first_told((citation.statement_id,), contents)
    by = (day or told or date.min, _LATER_WINS.index(direction), contents.order[citation.statement_id])
    return by, Part(_MANNER_OF[direction], day, told, (plain(citation.origin),), (citation.statement_id,))


# --- fighting ---------------------------------------------------------------------------------------------------------


def _fights(happenings: Iterable[Happening], names: dict[str, str], contents: Contents) -> list[Tie]:
    parts: defaultdict[tuple[str, str], list[Part]] = defaultdict(list)
    for one in happenings:
        for pair in _fighting(one, names):
            parts[pair].append(_attack(one, contents))
    return [
        Tie(a, b, "", True, tuple(sorted(told, key=lambda part: part.day or part.told or date.min)))
        for (a, b), told in sorted(parts.items())
    ]


_TAKING_PART = ("first", "beside")
"""How those stand who take part; the others are the same side named otherwise, or nobody knows."""


def _fighting(one: Happening, names: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs that fight in an event told as fact; whom some name instead of another is taken for nobody."""
    row = one.occurrence
    named = (*row.actors, *row.recipients)
    if row.type != "ASSAULT" or not one.is_fact or any(naming.kind == "instead" for naming in named):
        return
    by, to = ([one.participant for one in side if one.kind in _TAKING_PART] for side in (row.actors, row.recipients))
    if row.mode == "clash" and not to:
        by, to = by[:1], by[1:]
    for actor in by:
        for other in to:
            a, b = sorted((_key(actor, names), _key(other, names)))
            if a != b:
                yield a, b


def _attack(one: Happening, contents: Contents) -> Part:
    event = one.event
    return Part(
        "fighting",
        event.occurred_end or event.occurred_start,
        first_told(one.tellings, contents),
        tuple(map(plain, one.occurrence.origins)),
        tuple(order_statements(one.tellings, contents)),
    )


def statements_of(parts: Sequence[Part]) -> list[str]:
    """Return the statements of parts, each once."""
    return list(dict.fromkeys(one for part in parts for one in part.statements))
