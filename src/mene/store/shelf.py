"""What the store gives for drawing a part of the picture: the tellings that bear on it, folded, and no others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar, cast

from mene.contract import from_json
from mene.picture.folding import TOLD_AGAIN
from mene.picture.tellings import Origin, Telling, order_tellings, tell
from mene.records import Event, Statement
from mene.store.database import Database, by_ids

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Shelf:
    """Some of the tellings in the store, in their order, and the copies among their statements.

    `copies` gives the statement that each is folded under which copies one by its wording or in a rewritten article.
    """

    tellings: tuple[Telling, ...]
    copies: Mapping[str, str]

    @property
    def statements(self) -> dict[str, Statement]:
        """The statements told, by id."""
        return {one.statement.id: one.statement for one in self.tellings}

    @property
    def events(self) -> dict[str, Event]:
        """The events told, by id."""
        return {one.event.id: one.event for one in self.tellings}


def last_day(database: Database, known: date | None) -> date | None:
    """Return the last day that anything known is told to have happened on."""
    query = "SELECT max(day) FROM filed WHERE is_fact AND ($1::DATE IS NULL OR first_seen <= $1::DATE)"
    return cast("date | None", database.rows(query, known)[0][0])


def take(database: Database, condition: str, values: Sequence[object], known: date | None) -> Shelf:
    """Return the tellings of the events filed under a condition, in SQL over `filed` with $1, $2, ... for `values`."""
    seen = f"${len(values) + 1}::DATE"
    query = f"""
        SELECT event_id, statement_id FROM filed WHERE ({condition}) AND ({seen} IS NULL OR first_seen <= {seen})
    """  # noqa: S608 (our own words)
    filed = [(str(event), str(statement)) for event, statement in database.rows(query, *values, known)]
    ids = sorted({statement for _, statement in filed})
    query = "SELECT statement_id, origin, copy_of, reason FROM folds WHERE statement_id IN"
    folds = {str(row[0]): row[1:] for row in by_ids(database, query, ids)}
    keys = sorted({str(origin) for origin, _, _ in folds.values()})
    query = "SELECT origin, statement_id FROM origins WHERE origin IN"
    first_of = {str(origin): str(first) for origin, first in by_ids(database, query, keys)}
    needed = {*ids, *first_of.values(), *(str(copied) for _, copied, _ in folds.values() if copied)}
    statements = _records(database, "statements", sorted(needed), Statement)
    events = _records(database, "events", [event for event, _ in filed], Event)
    origins = {key: Origin(key, statements[first]) for key, first in first_of.items()}
    tellings = []
    for event, statement in filed:
        origin, copied, _ = folds[statement]
        first = statements[str(copied) if copied else statement]
        tellings.append(tell(events[event], statements[statement], first, origins[str(origin)]))
    copies = {key: str(copied) for key, (_, copied, reason) in folds.items() if copied and reason != TOLD_AGAIN}
    return Shelf(order_tellings(tellings), copies)


def _records(database: Database, table: str, ids: Sequence[str], kind: type[T]) -> dict[str, T]:
    query = f"SELECT id, payload FROM {table} WHERE id IN"  # noqa: S608 (our own names)
    return {str(key): from_json(str(payload), kind) for key, payload in by_ids(database, query, ids)}
