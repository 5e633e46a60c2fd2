"""The day of an act whose own clause names none, weighed among those that its article gives.

"Shells hit the market on Thursday. ... The attack killed nine." Each day that comes into question, and having none, is
scored by a weighted sum of visible signs (`day_candidates.py`); the weights lie in `day_weights.yaml`, fitted by
`training/days.py` on annotated readings. It is a conditional logit (McFadden 1974): the shares of an event's candidates
add up to 1. What wins is marked as taken over, with its share: no words of the event's own clause name it.
"""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import yaml

from mene.events.coded import CodedEvent, DayCandidate, WeighedDay
from mene.events.day_candidates import find_candidates, needs_day, read_story
from mene.statements.context import Context
from mene.vocabulary import DayBasis

LEAST = 0.4
"""Days with a smaller share are not given: on folds of the readings (`training/days.py`) they are more often wrong than
right. From 0 to 0.45 the dates right differ by 0.003; above that they get fewer."""


@cache
def load_day_weights() -> Mapping[str, float]:
    """Return the weight of each sign."""
    text = Path(__file__).with_name("day_weights.yaml").read_text(encoding="utf-8")
    return {str(sign): float(weight) for sign, weight in yaml.safe_load(text)["weights"].items()}


def walk_days(context: Context, coded: Sequence[CodedEvent]) -> Iterator[tuple[CodedEvent, tuple[DayCandidate, ...]]]:
    """Yield each act whose own clause names no day with the candidates for it, "none" first."""
    story = read_story(context, coded)
    for one in story.acts:
        if needs_day(one):
            yield one, find_candidates(story, one)


def choose_days(context: Context, coded: Sequence[CodedEvent]) -> Iterator[CodedEvent]:
    """Yield the events of an article, those acts whose own clause names no day with the likeliest one."""
    chosen = {one.event.id: choose(candidates, load_day_weights()) for one, candidates in walk_days(context, coded)}
    for one in coded:
        weighed = chosen.get(one.event.id)
        yield _with_day(one, weighed) if weighed is not None else one


def choose(candidates: Sequence[DayCandidate], weights: Mapping[str, float]) -> WeighedDay:
    """Return the likeliest days with their share; where they are too unlikely, none, with the share they had.

    "None" stands first. Candidates for the same days count together, under the one that stands first.
    """
    scores = [sum(weights.get(sign, 0.0) for sign in one.signs) for one in candidates]
    top = max(scores)
    chances = [math.exp(score - top) for score in scores]
    shares: defaultdict[tuple[date | None, date | None], float] = defaultdict(float)
    first: dict[tuple[date | None, date | None], DayCandidate] = {}
    for one, chance in zip(candidates, chances, strict=True):
        shares[one.start, one.end] += chance / sum(chances)
        first.setdefault((one.start, one.end), one)
    none = shares.pop((None, None))
    best = max(shares, key=lambda days: shares[days], default=None)
    if best is None:
        return WeighedDay(candidates[0], 0.0)
    taken = candidates[0] if shares[best] < max(LEAST, none) else first[best]
    return WeighedDay(taken, round(shares[best], 3))


def _with_day(one: CodedEvent, weighed: WeighedDay) -> CodedEvent:
    """Return an event with the days chosen for it; a time that was not chosen no longer dates it."""
    told = weighed.candidate
    if told.kind == "told":
        return replace(one, weighed=weighed, event=replace(one.event, day_score=weighed.share))
    vague = one.event.occurred_start is None and one.event.occurred_end is None
    event = replace(
        one.event,
        occurred_start=told.start,
        occurred_end=told.end,
        precision=told.precision,
        time_text=one.event.time_text if vague else None,
        day_basis=_basis(told),
        day_score=weighed.share if told.kind != "none" else None,
    )
    return replace(one, weighed=weighed, event=event, timed=one.timed if vague else None)


def _basis(told: DayCandidate) -> DayBasis:
    if told.kind == "none":
        return "unknown"
    return "event" if told.lender is not None else "words" if told.named is not None else "publication"
