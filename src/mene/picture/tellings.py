"""Events as they are told: each with its statement, its origin, its effective modality and its day.

This is the one table all parts of the picture are drawn from. What is not yet known on `known` is left out here, once.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from mene.picture.origins import OriginGroup, is_named
from mene.picture.weights import load_weights
from mene.records import Citation, Event, Source, Statement
from mene.vocabulary import Modality, StatementKind

_Record = TypeVar("_Record", Statement, Event)

_MODALITY_OF_KIND: dict[StatementKind, Modality] = {
    "denial": "negated",
    "demand": "asked",
    "promise": "planned",
    "threat": "planned",
    "forecast": "possible",
}
"""How a flatly told event is to be taken when the statement's kind says that it is none: what is denied is negated."""

FACTS: frozenset[Modality] = frozenset({"asserted", "in_progress"})


@dataclass(frozen=True, slots=True)
class Telling:
    """An event, told by an origin. `day` is the day by which it had happened, `width` how many days it may span.

    `day` is the event's own where it is dated (the last possible one), else the day it was told; None for history told
    without a date, which everything dated comes after. `told_at` is when the origin first said so.
    `order` is its place among all tellings: by day, then by when and where it was told.
    """

    event: Event
    statement: Statement
    origin: str
    source: Source
    modality: Modality
    day: date | None
    width: int | None
    told_at: date | None
    citation: Citation
    order: int = 0

    @property
    def sides_on(self) -> date | None:
        """The day on which the sides are those of the telling: its own, or for undated history the day it was told."""
        return self.day or self.told_at

    @property
    def is_fact(self) -> bool:
        """Whether it is told as having happened or happening."""
        return self.modality in FACTS

    @property
    def is_named(self) -> bool:
        """Whether its origin has a name."""
        return is_named(self.source)


def gather(records: Iterable[_Record]) -> dict[str, _Record]:
    """Return records by id in the order of their ids, each once; of two under one id, the one seen first by order."""
    found: dict[str, _Record] = {}
    for record in records:
        other = found.setdefault(record.id, record)
        if other is not record and other != record:
            found[record.id] = min(other, record, key=_seen_order)
    return {key: found[key] for key in sorted(found)}


def gather_events(events: Iterable[Event], said: Mapping[str, Statement]) -> dict[str, Event]:
    """Return the events of the statements in `said` by id, with such days as the picture counts (see `count_day`)."""
    return {key: count_day(event) for key, event in gather(events).items() if event.statement_id in said}


def count_day(event: Event) -> Event:
    """Return an event without a day that was inferred, unless it is violence and the inference is sure.

    Who holds a place never rests on an inferred day; when an attack was helps to tell it from others.
    """
    sure = event.type == "ASSAULT" and event.precision == "day" and (event.day_score or 0.0) >= load_weights().sure_day
    if not event.has_inferred_day or sure:
        return event
    return replace(event, occurred_start=None, occurred_end=None, precision="unknown", day_basis="unknown")


def _seen_order(record: Statement | Event) -> tuple[date, str]:
    seen = record.first_seen if isinstance(record, Statement) else None
    return (seen or date.max, repr(record))


def modality_of(event: Event, statement: Statement) -> Modality:
    """Return how an event is told: what a denial, a promise or a forecast tells flatly is no fact.

    Nor is what is told for a day after the telling: it is planned at best.
    """
    if event.modality not in FACTS:
        return event.modality
    told = statement.published_at or statement.first_seen
    if told and event.occurred_start and event.occurred_start > told:
        return "planned"
    return _MODALITY_OF_KIND.get(statement.kind, event.modality)


def known_by(statements: dict[str, Statement], known: date | None) -> dict[str, Statement]:
    """Return the statements that could be known on `known`; those never dated only where no day is asked."""
    if known is None:
        return statements
    return {key: said for key, said in statements.items() if said.first_seen is not None and said.first_seen <= known}


@dataclass(frozen=True, slots=True)
class Origin:
    """The origin that a statement is counted under: its key, and the first statement of all that are."""

    key: str
    first: Statement


def read_tellings(
    statements: Mapping[str, Statement], events: Mapping[str, Event], groups: Sequence[OriginGroup]
) -> tuple[Telling, ...]:
    """Return the events of the given statements as told, in the order of their days."""
    origins: dict[str, Origin] = {}
    for group in groups:
        ids = group.statement_ids
        origins |= dict.fromkeys(ids, Origin(group.key, statements[ids[0]]))
    firsts = {copy.statement_id: statements[copy.of] for group in groups for copy in group.copies}
    return order_tellings(
        tell(event, statement, firsts.get(statement.id, statement), origins[statement.id])
        for event in events.values()
        if (statement := statements.get(event.statement_id))
    )


def order_tellings(tellings: Iterable[Telling]) -> tuple[Telling, ...]:
    """Return tellings in the order of their days, each with its place in it."""
    return tuple(replace(telling, order=place) for place, telling in enumerate(sorted(tellings, key=_order)))


def _order(telling: Telling) -> tuple[date, date, str, int, str]:
    evidence, told_at = telling.statement.evidence, telling.told_at
    return (telling.day or date.min, told_at or date.max, evidence.article_id, evidence.start, telling.event.id)


def tell(event: Event, statement: Statement, first: Statement, origin: Origin) -> Telling:
    """Return an event as told by its statement; `first` is the statement that this copies, or itself.

    A copy says what its original said when the original said it, unless it turned the sense of it.
    """
    day, width = date_event(event, statement)
    modality = taken_as(event, statement)
    said, source = first if first.modality == statement.modality else statement, origin.first.origin
    told_by = source.name or source.kind
    citation = Citation(statement.id, event.id, event.evidence, told_by, modality, statement.published_at)
    return Telling(
        event, statement, origin.key, source, modality, day, width, said.published_at or said.first_seen, citation
    )


def taken_as(event: Event, statement: Statement) -> Modality:
    """Return the modality under which the picture takes an event: what is denied or promised flatly is no fact."""
    return _MODALITY_OF_KIND.get(statement.kind, event.modality) if event.modality in FACTS else event.modality


def date_event(event: Event, statement: Statement) -> tuple[date | None, int | None]:
    """Return the day by which an event had happened, and how many days it may span; None where no words date it."""
    told = statement.said_at or statement.published_at or statement.first_seen
    start, end = event.occurred_start, event.occurred_end or event.occurred_start
    if start is None and end is not None:
        return min(end, told or end), None
    if start is None or end is None:
        return (None, None) if event.background else (told, None)
    if told is not None and start <= told < end:
        end = told
    return end, None if event.has_inferred_day else (end - start).days
