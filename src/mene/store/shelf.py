"""What the store gives for a question or a part of the picture: what bears on it, folded, and nothing else."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar, cast

from mene.contract import from_json
from mene.picture.collector import uncollected
from mene.picture.draw import Drawing, make_frame
from mene.picture.folding import TOLD_AGAIN
from mene.picture.origins import Copy, OriginGroup
from mene.picture.places import place_key
from mene.picture.sides import Sides, normalise
from mene.picture.tellings import FACTS, Origin, Telling, count_day, order_tellings, tell
from mene.records import Event, Picture, Place, Statement
from mene.store.database import Database, by_ids
from mene.store.ledger import PARTS

T = TypeVar("T")

_FACTS = ", ".join(f"'{modality}'" for modality in sorted(FACTS))
"""The modalities of what is told as a fact, as SQL has them."""

PIECES = 8
"""Pieces that the whole picture is drawn in."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """Some of the tellings in the store, in their order, and the copies among their statements.

    `copies` gives the statement that each is folded under which copies one by its wording or in a rewritten article;
    `events` are those told, with the days that they were read with.
    """

    tellings: tuple[Telling, ...]
    copies: Mapping[str, str]
    events: tuple[Event, ...]

    @property
    def statements(self) -> list[Statement]:
        """The statements told, each once."""
        return list({one.statement.id: one.statement for one in self.tellings}.values())


@dataclass(frozen=True, slots=True)
class Condition:
    """Which events are meant: SQL over the table `filed` with $1, $2, ... for `values`."""

    sql: str
    values: tuple[object, ...] = ()


def _disputed(denied: str) -> str:
    """Return the condition of events that one tells and another, of those that `denied` says, denies; and some more."""
    return f"""
        where_key IS NOT NULL AND modality IN ({_FACTS}, 'negated') AND EXISTS (
            SELECT 1 FROM filed denied WHERE denied.modality = 'negated' AND {denied} AND denied.type = filed.type
            AND denied.where_key = filed.where_key AND (filed.day IS NULL OR abs(filed.day - denied.day) <= 1)
        )
    """  # noqa: S608 (our own words)


BEARING = Condition(f"subject <> 'other' OR ({_disputed('TRUE')})")
"""The events that a picture without its occurrences is drawn from."""


def at_place(name: str, place: Place | None, *, ground: bool = False, since: date | None = None) -> Condition:
    """Return which events are told at a place, by the gazetteer's place where there is one, else by name.

    With `ground` only those that say who holds the place or is there, or that somebody denies; with `since` only those
    that lasted until that day or longer.
    """
    key = place_key(place, "") if place else ""
    named = "(place_name = $2 OR place_text = $2)" + (" AND place_key LIKE '~%'" if place else "")
    sql = f"(place_key = $1 OR ({named}))"
    if ground:
        sql = f"{sql} AND (subject = 'ground' OR ({_disputed('denied.place_key = $1')}))"
    if since:
        return Condition(f"{sql} AND ended >= $3", (key, normalise(name), since))
    return Condition(sql, (key, normalise(name)))


def of_backing(name: str, actor_ids: Iterable[str], *, backer: bool) -> Condition:
    """Return which events tell of the backing of or by an actor, by its ids and name, and of who leaves anywhere."""
    side = "backers" if backer else "backed"
    return Condition(f"{side} && $1::TEXT[] OR type = 'RETREAT'", (sorted({*actor_ids, normalise(name)}),))


def last_day(database: Database, known: date | None) -> date | None:
    """Return the last day that anything known is told to have happened on."""
    query = f"""
        SELECT max(day) FROM filed
        WHERE modality IN ({_FACTS}) AND ($1::DATE IS NULL OR first_seen <= $1::DATE)
    """  # noqa: S608 (our own words)
    return cast("date | None", database.rows(query, known)[0][0])


def take(database: Database, which: Condition, known: date | None) -> Shelf:
    """Return the tellings of some events, of those known on a day."""
    seen = f"${len(which.values) + 1}::DATE"
    query = f"""
        SELECT event_id, statement_id FROM filed
        WHERE ({which.sql}) AND ({seen} IS NULL OR first_seen <= {seen})
    """  # noqa: S608 (our own words)
    filed = [(str(event), str(statement)) for event, statement in database.rows(query, *which.values, known)]
    folded = _fold(database, sorted({statement for _, statement in filed}))
    events = _records(database, "events", [event for event, _ in filed], Event)
    tellings = []
    for event, statement in filed:
        said, origin = folded.statements[statement], folded.origins[folded.origin_of[statement]]
        first = folded.statements[folded.copies[statement].of] if statement in folded.copies else said
        tellings.append(tell(count_day(events[event]), said, first, origin))
    copies = {key: copy.of for key, copy in folded.copies.items() if copy.reason != TOLD_AGAIN}
    return Shelf(order_tellings(tellings), copies, tuple(events.values()))


def take_sayings(
    database: Database,
    known: date | None,
    *,
    words: Iterable[str] = (),
    speaker: str = "",
    actor_ids: Iterable[str] = (),
) -> tuple[list[Statement], list[OriginGroup]]:
    """Return the statements with all of some words, or by a speaker, with the part of their origins that they are.

    A few more may be among them: words and names are compared as written, without accents.
    """
    seen = "($1::DATE IS NULL OR first_seen <= $1::DATE)"
    like = [f"% {word} %" for word in words]
    if like:
        told = " AND ".join(f"words LIKE ${number}" for number in range(2, len(like) + 2))
        rows = database.rows(f"SELECT statement_id FROM said WHERE {seen} AND {told}", known, *like)  # noqa: S608
    else:
        told = "(speaker LIKE $2 OR actor_id IN (SELECT unnest($3::TEXT[])))"
        query = f"SELECT statement_id FROM said WHERE {seen} AND {told}"  # noqa: S608 (our own words)
        rows = database.rows(query, known, f"% {speaker} %", sorted(actor_ids))
    folded = _fold(database, [str(row[0]) for row in rows])
    return [folded.statements[key] for key in folded.origin_of], folded.groups()


@dataclass(frozen=True, slots=True)
class _Folded:
    """Some statements in the order of telling with their origins; `statements` has also those that they copy."""

    statements: Mapping[str, Statement]
    origin_of: Mapping[str, str]
    copies: Mapping[str, Copy]
    origins: Mapping[str, Origin]

    def groups(self) -> list[OriginGroup]:
        """Return the origins, each with those of its statements that are here."""
        members: defaultdict[str, list[str]] = defaultdict(list)
        for key, origin in self.origin_of.items():
            members[origin].append(key)
        return [self._group(origin, members[origin]) for origin in sorted(members)]

    def _group(self, key: str, members: Sequence[str]) -> OriginGroup:
        source = self.origins[key].first.origin
        firsts = tuple(one for one in members if one not in self.copies)
        return OriginGroup(
            key, source.name, source, firsts, tuple(self.copies[one] for one in members if one in self.copies)
        )


def _fold(database: Database, ids: Sequence[str]) -> _Folded:
    query = """
        SELECT p.first_seen, p.day_order, f.position, f.statement_id, f.origin, f.copy_of, f.reason
        FROM folds f JOIN pages p ON p.article_id = f.article_id WHERE f.statement_id IN
    """
    rows = sorted(by_ids(database, query, ids), key=lambda row: cast(tuple[date, int, int], row[:3]))
    origin_of = {str(row[3]): str(row[4]) for row in rows}
    copies = {str(row[3]): Copy(str(row[3]), str(row[5]), str(row[6])) for row in rows if row[5]}
    query = "SELECT origin, statement_id FROM origins WHERE origin IN"
    firsts = {str(key): str(first) for key, first in by_ids(database, query, sorted(set(origin_of.values())))}
    needed = sorted({*ids, *firsts.values(), *(copy.of for copy in copies.values())})
    statements = _records(database, "statements", needed, Statement)
    return _Folded(statements, origin_of, copies, {key: Origin(key, statements[one]) for key, one in firsts.items()})


def _records(database: Database, table: str, ids: Sequence[str], kind: type[T]) -> dict[str, T]:
    query = f"SELECT id, payload FROM {table} WHERE id IN"  # noqa: S608 (our own names)
    return {str(key): from_json(str(payload), kind) for key, payload in by_ids(database, query, ids)}


def draw_whole(database: Database, codebook: Sides, *, on: date | None, known: date | None) -> Picture:
    """Return the picture of all that is kept, drawn piece by piece: without its occurrences and what differs in them.

    Tellings of at most a part of the places are in memory at a time.
    """
    drawing = Drawing(make_frame(codebook, on=on, last=last_day(database, known)))
    step = PARTS // PIECES
    with uncollected():
        for first in range(0, PARTS, step):
            piece = Condition(f"({BEARING.sql}) AND part BETWEEN {first} AND {first + step - 1}")
            drawing.add_places(take(database, piece, known).tellings)
        drawing.add_backings(take(database, Condition("subject = 'backing' OR type = 'RETREAT'"), known).tellings)
    return drawing.finish(known)[0]
