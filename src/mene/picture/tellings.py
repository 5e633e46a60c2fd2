"""Events as they are told: each with its statement, its origin, its effective modality and its day.

This is the one table all parts of the picture are drawn from. What is not yet known on `known` is left out here, once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from mene.picture.origins import OriginGroup, is_named
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


def read_tellings(
    statements: dict[str, Statement], events: dict[str, Event], groups: Sequence[OriginGroup]
) -> tuple[Telling, ...]:
    """Return the events of the given statements as told, in the order of their days."""
    group_of = {statement_id: group for group in groups for statement_id in group.statement_ids}
    first_of = {copy.statement_id: copy.of for group in groups for copy in group.copies}
    tellings = []
    for event in events.values():
        statement = statements.get(event.statement_id)
        if statement is not None:
            first = statements[first_of.get(statement.id, statement.id)]
            tellings.append(_tell(event, statement, first, group_of[statement.id]))
    tellings.sort(key=_order)
    return tuple(replace(telling, order=place) for place, telling in enumerate(tellings))


def _order(telling: Telling) -> tuple[date, date, str, int, str]:
    evidence, told_at = telling.statement.evidence, telling.told_at
    return (telling.day or date.min, told_at or date.max, evidence.article_id, evidence.start, telling.event.id)


def _tell(event: Event, statement: Statement, first: Statement, group: OriginGroup) -> Telling:
    modality: Modality = event.modality
    if modality in FACTS:
        modality = _MODALITY_OF_KIND.get(statement.kind, modality)
    told = statement.said_at or statement.published_at or statement.first_seen
    day, width = _date(event, told)
    # A copy says what its original said when the original said it, unless it turned the sense of it.
    said = first if first.modality == statement.modality else statement
    citation = Citation(
        statement.id, event.id, event.evidence, group.name or group.source.kind, modality, statement.published_at
    )
    return Telling(
        event, statement, group.key, group.source, modality, day, width, said.published_at or said.first_seen, citation
    )


def _date(event: Event, told: date | None) -> tuple[date | None, int | None]:
    """Return the day by which the event had happened, and how many days it may span; None where it is not dated."""
    start, end = event.occurred_start, event.occurred_end or event.occurred_start
    if start is None and end is not None:
        return min(end, told or end), None
    if start is None or end is None:
        return (None, None) if event.background else (told, None)
    if told is not None and start <= told < end:
        end = told
    return end, (end - start).days
