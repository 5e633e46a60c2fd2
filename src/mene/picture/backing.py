"""Who backs whom, by what means, and which way that is going.

A backing is read from events whose mode is "backing:<means>:<direction>": the actors back the recipients. The latest
direction is shown. What is planned, possible or doubtful stands in rows of its own and is never mixed with what is;
history (an affiliation that has ended) likewise. A backer that pulls its forces out of the country of those it backs
is reducing its backing: that is read from RETREAT.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast, get_args

from mene.picture.belief import Grounds, Voice, cite, count_origins, heard, stand, voice
from mene.picture.claims import STAY_MODES
from mene.picture.control import Frame
from mene.picture.rating import rate
from mene.picture.sides import Sides, are_together, best_letter, party_key, pick_specific
from mene.picture.tellings import Telling
from mene.records import Backing, Citation, Participant, content_id
from mene.vocabulary import BackingDirection, BackingMeans, Modality, is_backing

_MEANS: frozenset[str] = frozenset(get_args(BackingMeans))
_DIRECTIONS: tuple[str, ...] = ("gives", "refuses", "increases", "reduces", "ends")
"""Directions in the order in which, told for one day, the later one is shown: a change says more than a state."""

_PRESENT_MEANS: frozenset[BackingMeans] = frozenset({"troops", "advisers", "fighters", "air power"})
_DOUBT_CEILING = 0.4
"""Belief in what is only planned, possible or doubtful stays below even odds, however many repeat it."""

Key = tuple[str, str, str, bool, Modality]


@dataclass(frozen=True, slots=True)
class _Tie:
    """One telling of a backing."""

    backer: Participant
    backed: Participant
    means: BackingMeans
    direction: BackingDirection
    telling: Telling

    @property
    def key(self) -> Key:
        """What makes two tellings one row: the pair, the means, whether it is history, and how surely it is told."""
        modality = "asserted" if self.telling.is_fact else self.telling.modality
        background = self.telling.event.background
        return (party_key(self.backer), party_key(self.backed), self.means, background, modality)


def draw_backings(tellings: Sequence[Telling], frame: Frame) -> tuple[tuple[Backing, Grounds], ...]:
    """Return the backings, by backer, backed, means and modality, each with what it rests on."""
    told = [telling for telling in tellings if _is_shown(telling, frame.on)]
    ties = [tie for telling in told for tie in _explicit(telling)]
    ties += _withdrawals(told, ties, frame.sides)
    rows: defaultdict[Key, list[_Tie]] = defaultdict(list)
    for tie in ties:
        rows[tie.key].append(tie)
    backings = [_back(key, rows[key], frame) for key in sorted(rows)]
    return tuple(sorted(backings, key=lambda drawn: _row_order(drawn[0])))


def _row_order(row: Backing) -> tuple[bool, str, str, str, str]:
    return row.background, row.backer.name, row.backed.name, row.means, row.id


def _is_shown(telling: Telling, on: date | None) -> bool:
    if telling.modality in ("negated", "asked"):
        return False
    return on is None or telling.day is None or telling.day <= on


def _explicit(telling: Telling) -> list[_Tie]:
    event = telling.event
    parts = (event.mode or "").split(":")
    if len(parts) != 3 or parts[0] != "backing" or parts[1] not in _MEANS or parts[2] not in _DIRECTIONS:
        return []
    means, direction = cast(BackingMeans, parts[1]), cast(BackingDirection, parts[2])
    return [
        _Tie(backer, backed, means, direction, telling)
        for backer in event.actors
        for backed in event.recipients
        if party_key(backer) != party_key(backed)
    ]


def _withdrawals(tellings: Iterable[Telling], ties: Sequence[_Tie], sides: Sides) -> list[_Tie]:
    """Return the backings that forces reduce by leaving: of every known backer that the leaving force belongs to.

    Only a force that leaves the country of those its side backs counts, and never the backed side's own forces.
    """
    known = {tie.key[:2]: tie for tie in reversed(ties) if not tie.telling.event.background}
    means_of: defaultdict[tuple[str, str], set[BackingMeans]] = defaultdict(set)
    for tie in ties:
        means_of[tie.key[:2]].add(tie.means)
    by_country: defaultdict[str | None, defaultdict[str, list[_Tie]]] = defaultdict(lambda: defaultdict(list))
    for tie in known.values():
        if tie.backed.country:
            for country in (None, tie.backed.country):
                by_country[country][party_key(tie.backer)].append(tie)
    found = []
    for telling in tellings:
        if _is_leaving(telling):
            place = telling.event.place
            for backed in by_country[place.country if place else None].values():
                for tie in _reduced_by(telling, backed, sides):
                    means: list[BackingMeans] = sorted(means_of[tie.key[:2]] & _PRESENT_MEANS) or ["troops"]
                    found += [_Tie(tie.backer, tie.backed, one, "reduces", telling) for one in means]
    return found


def _reduced_by(telling: Telling, ties: Sequence[_Tie], sides: Sides) -> list[_Tie]:
    """Return those ties of one backer that a leaving force of its side loosens."""
    actors, day = telling.event.actors, telling.sides_on
    if not any(are_together(actor, ties[0].backer, sides, day) for actor in actors):
        return []
    return [tie for tie in ties if not any(are_together(actor, tie.backed, sides, day) for actor in actors)]


def _is_leaving(telling: Telling) -> bool:
    event = telling.event
    explicit = is_backing(event.mode)
    return event.type == "RETREAT" and telling.is_fact and not explicit and event.mode not in STAY_MODES


def _back(key: Key, ties: Sequence[_Tie], frame: Frame) -> tuple[Backing, Grounds]:
    """Return a row; its evidence is all that is told of it, what bears out the direction shown first."""
    last = max(ties, key=lambda tie: (tie.telling.day or date.min, _DIRECTIONS.index(tie.direction), tie.telling.order))
    current = [tie for tie in ties if tie.direction == last.direction]
    voices = [_voice(tie, frame) for tie in current]
    rest = [_voice(tie, frame) for tie in ties if tie.direction != last.direction]
    origins, copies = count_origins(voices)
    is_fact = key[4] == "asserted"
    modality: Modality = last.telling.modality if is_fact else key[4]
    shown, backed = _named([tie.backer for tie in ties], frame), _named([tie.backed for tie in ties], frame)
    grounds = Grounds(tuple(voices), frame.weights, ceiling=None if is_fact else _DOUBT_CEILING)
    letter = best_letter((one.telling.source for one in voices), frame.sides)
    row = Backing(
        id=content_id("b", *key, last.direction),
        backer=shown,
        backed=backed,
        means=last.means,
        direction=last.direction,
        since=_since(current),
        belief=grounds.belief,
        modality=modality,
        background=key[3],
        evidence=_once(cite(voices) + cite(rest)),
        origins=origins,
        copies=copies,
        rating=rate([one.standing for one in heard(voices)], 0, modality, letter=letter),
    )
    return row, grounds


def _named(parties: Sequence[Participant], frame: Frame) -> Participant:
    return pick_specific(parties, frame.sides, frame.at) or parties[0]


def _once(citations: tuple[Citation, ...]) -> tuple[Citation, ...]:
    return tuple({citation.statement_id: citation for citation in reversed(citations)}.values())[::-1]


def _voice(tie: _Tie, frame: Frame) -> Voice:
    """Return a telling as a voice: a backer that tells of its own help speaks for itself."""
    gains = tie.direction in ("gives", "increases")
    gainer, loser = (tie.backed, None) if gains else (None, tie.backed)
    return voice(tie.telling, stand(tie.telling, gainer, loser, frame.sides), frame.weights)


def _since(ties: Iterable[_Tie]) -> date | None:
    """Return the first day of the direction shown, of what is dated most exactly."""
    spans = [
        (width, start)
        for tie in ties
        if (width := tie.telling.width) is not None and (start := tie.telling.event.occurred_start) is not None
    ]
    return min(spans)[1] if spans else None
