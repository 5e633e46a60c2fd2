"""Belief: log-odds added up over independent origins.

Each origin counts once, with the last thing it said (of several said on one day, the strongest). Its weight depends on
how it stands to what it says, the partisan rule: a side's word for its own gain counts partly, against its own
interest fully; a neutral report counts as such; an unnamed source less. Modality scales it, time lets it fade:

    log-odds = prior + sum over origins of  weight(standing) * share(modality) * 0.5 ** (age / half-life)

What lasts until somebody changes it (who holds a town) fades towards even odds: its prior fades with its latest voice.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from mene.picture.rating import Standing
from mene.picture.sides import Sides, are_opposed, are_together
from mene.picture.tellings import Telling
from mene.picture.weights import Weights
from mene.records import Citation, Participant

Factor = Literal["standing", "day unsure", "opinion", "modality"]

CaseRule = Literal["left", "pressed", "held", "equals", "nobody", "claimed", "tentative", "less than even"]
"""By which step of `control.py` a place has its status; "less than even": believed less than even odds, so claimed."""


@dataclass(frozen=True, slots=True)
class Voice:
    """What one telling adds for (positive) or against (negative) a proposition, in log-odds, before it fades."""

    telling: Telling
    standing: Standing
    weight: float


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a row of the picture rests on: all voices for it and against it, and how they are added up.

    With a half-life in days they have faded to the day `at`; `ceiling` is the highest belief that the row may have.
    `rule` is by which step a place has its status; what is `lasting` fades to even odds, all else to the prior.
    """

    voices: tuple[Voice, ...]
    weights: Weights
    at: date | None = None
    half_life: float = 0.0
    ceiling: float | None = None
    rule: CaseRule | None = None
    lasting: bool = False

    @property
    def prior(self) -> float:
        """The log-odds before any voice is heard."""
        return self._prior(self.at)

    @property
    def log_odds(self) -> float:
        """The log-odds of the row, each origin heard once."""
        return self._log_odds(self.at)

    @property
    def belief(self) -> float:
        """The probability of the row."""
        return self.believe(self.at)

    def believe(self, at: date | None) -> float:
        """Return the probability of the row as faded to another day."""
        return as_belief(self._log_odds(at), self.weights, self.ceiling)

    def _log_odds(self, at: date | None) -> float:
        told = add_up(self.voices, self.weights, at=at, half_life=self.half_life)
        return told - self.weights.prior + self._prior(at)

    def _prior(self, at: date | None) -> float:
        if not self.lasting:
            return self.weights.prior
        return self.weights.prior * max((fade(one, at, self.half_life) for one in self.voices), default=1.0)


def stand(telling: Telling, gainer: Participant | None, loser: Participant | None, sides: Sides) -> Standing:
    """Return how the origin of a telling stands to it: who speaks of its own side's gain counts only partly."""
    actor_id = telling.source.actor_id
    if actor_id is None or telling.source.kind in ("unnamed", "witness"):
        return _stand_unaligned(telling)
    speaker = Participant(telling.source.name, telling.source.name, actor_id, "speaker", 1.0)
    day = telling.sides_on
    if are_together(speaker, gainer, sides, day) or (gainer is None and are_opposed(speaker, loser, sides, day)):
        return "own_interest"
    if are_together(speaker, loser, sides, day) or are_opposed(speaker, gainer, sides, day):
        return "against_interest"
    return "own_interest" if are_opposed(speaker, loser, sides, day) else "neutral"


def _stand_unaligned(telling: Telling) -> Standing:
    if telling.source.kind in ("outlet", "monitor", "document"):
        return "neutral"
    if telling.source.kind == "armed side":
        return "own_interest"
    return "neutral" if telling.is_named and telling.source.kind == "official" else "unknown"


def voice(telling: Telling, standing: Standing, weights: Weights, *, sign: int = 1) -> Voice:
    """Return a telling as a voice; `sign` is -1 where what it tells speaks against the proposition."""
    return Voice(telling, standing, sign * math.prod(factors(telling, standing, weights).values()))


def factors(telling: Telling, standing: Standing, weights: Weights) -> dict[Factor, float]:
    """Return what a telling's weight is the product of: that of its standing, and what is left of it."""
    found: dict[Factor, float] = {"standing": getattr(weights, standing)}
    if telling.width is None:
        found["day unsure"] = weights.unsure_time
    if telling.statement.kind == "opinion":
        found["opinion"] = weights.opinion
    return {**found, "modality": weights.of_modality(telling.modality)}


def heard(voices: Iterable[Voice]) -> tuple[Voice, ...]:
    """Return one voice for each origin: its latest word, of one day the strongest; in the order of telling."""
    latest: dict[str, Voice] = {}
    for one in voices:
        other = latest.get(one.telling.origin)
        if other is None or _recency(one) > _recency(other):
            latest[one.telling.origin] = one
    return tuple(sorted(latest.values(), key=lambda one: one.telling.order))


def _recency(one: Voice) -> tuple[date, float, float, int]:
    return (one.telling.told_at or date.min, abs(one.weight), one.weight, one.telling.order)


def add_up(voices: Iterable[Voice], weights: Weights, *, at: date | None = None, half_life: float = 0.0) -> float:
    """Return the log-odds of a proposition; with `at` and a half-life in days, each voice has faded to that day."""
    total = weights.prior
    for one in heard(voices):
        total += one.weight * fade(one, at, half_life)
    return total


def fade(one: Voice, at: date | None, half_life: float) -> float:
    """Return the share of a voice's weight that is left on a day: a half after each half-life, all where none is."""
    age = max((at - one.telling.day).days, 0) if at and half_life and one.telling.day else 0
    return 0.5 ** (age / half_life) if age else 1.0


def as_belief(log_odds: float, weights: Weights, ceiling: float | None = None) -> float:
    """Return a probability from log-odds, never 0 or 1, to four decimals.

    >>> from mene.picture.weights import load_weights
    >>> as_belief(0.0, load_weights()), as_belief(99.0, load_weights())
    (0.5, 0.98)
    """
    probability = 1.0 / (1.0 + math.exp(-max(min(log_odds, 50.0), -50.0)))
    top = weights.belief_ceiling if ceiling is None else min(ceiling, weights.belief_ceiling)
    return round(max(min(probability, top), weights.belief_floor), 4)


def cite(voices: Iterable[Voice]) -> tuple[Citation, ...]:
    """Return the citations of voices, one for each statement, in the order of telling."""
    found: dict[str, Citation] = {}
    for one in sorted(voices, key=lambda one: one.telling.order):
        found.setdefault(one.telling.statement.id, one.telling.citation)
    return tuple(found.values())


def count_origins(voices: Iterable[Voice]) -> tuple[tuple[str, ...], int]:
    """Return the names of the independent origins, first to speak first, and how many pages only retell them."""
    names: dict[str, str] = {}
    pages: set[tuple[str, str]] = set()
    for one in sorted(voices, key=lambda one: (one.telling.told_at or date.max, one.telling.order)):
        names.setdefault(one.telling.origin, one.telling.citation.origin)
        pages.add((one.telling.origin, one.telling.statement.evidence.article_id))
    return tuple(names.values()), len(pages) - len(names)
