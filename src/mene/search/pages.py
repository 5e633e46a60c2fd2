"""A page of what a search finds."""

import json
import re
import sqlite3
from datetime import date
from typing import Any, NamedTuple

from mene.errors import InputError
from mene.search.answers import MOST_COUNTED, Hit, Hits, Told
from mene.search.filters import Conditions, Filters, write_conditions
from mene.search.words import Sought, mark

_CURSOR = re.compile(r"([0-9])-([0-9]{1,19})")
_EVERYWHERE = 2**63 - 1


def find(
    connection: sqlite3.Connection, filters: Filters, sought: Sought, after: str | None, most: int, order: str
) -> Hits:
    """Return a page: so many statements, in a given order, after a cursor that an earlier page gave."""
    conditions = write_conditions(filters)
    list_fitting(connection, conditions)
    bands = sought.bands() if order == "relevance" else ()
    bands = bands or (sought.everywhere(),)
    start, before = _read_cursor(after, len(bands))
    found: list[tuple[int, int]] = []
    for band in range(start, len(bands)):
        last, most_here = before if band == start else _EVERYWHERE, most + 1 - len(found)
        selected = select(conditions, sought, bands[band])
        query = f"{selected.query} AND {selected.number} < :before ORDER BY {selected.number} DESC LIMIT :most"
        values = {**selected.values, "before": last, "most": most_here}
        found += [(band, number) for (number,) in connection.execute(query, values)]
        if len(found) > most:
            break
    page = found[:most]
    total = _count(connection, conditions, sought)
    rows = _rows(connection, [number for _, number in page], sought, filters.known)
    following = "{}-{}".format(*page[-1]) if len(found) > most else None
    return Hits(min(total, MOST_COUNTED), total <= MOST_COUNTED, rows, following)


def list_fitting(connection: sqlite3.Connection, conditions: Conditions) -> None:
    """Write the tellings that fit the conditions on them, where there are any, into a table of the connection's own.

    It goes with the transaction, which is rolled back when what was asked is answered.
    """
    if conditions.telling:
        connection.execute(
            "CREATE TEMP TABLE fitting (said INTEGER, position INTEGER, PRIMARY KEY (said, position)) WITHOUT ROWID"
        )
        connection.execute(f"INSERT OR IGNORE INTO fitting {conditions.telling}", conditions.values)


def _read_cursor(after: str | None, bands: int) -> tuple[int, int]:
    if after is None:
        return 0, _EVERYWHERE
    match = _CURSOR.fullmatch(after)
    if match is None or int(match[1]) >= bands or int(match[2]) > _EVERYWHERE:
        raise InputError(f"{after[:40]!r} is no place to go on from: give what the page before gave as next")
    return int(match[1]), int(match[2])


class Selected(NamedTuple):
    """A query for the numbers of the statements that fit, the column that is their number, and the query's values."""

    query: str
    number: str
    values: dict[str, object]


def select(conditions: Conditions, sought: Sought, expression: str) -> Selected:
    """Return the query for the statements that fit, of those that FTS5 finds by an expression, or of all without one.

    FTS5 gives them in the order of their numbers, and the rest is looked up for each; `+` keeps SQLite from doing it
    the other way round, which would ask FTS5 anew for each statement of a place.
    """
    values, wanted = dict(conditions.values), ["TRUE"]
    source, number = "said s", "s.number"
    if expression:
        source, number = "words", "words.rowid"
        wanted = ["words MATCH :expression"]
        values["expression"] = expression
        if conditions.said:
            source = "words CROSS JOIN said s ON s.number = words.rowid"
    elif sought.without:
        wanted.append("s.number NOT IN (SELECT rowid FROM words WHERE words MATCH :excluded)")
        values["excluded"] = " OR ".join(f"({one})" for one in sought.excluded)
    if conditions.telling:
        wanted.append(f"{'+' if expression else ''}{number} IN (SELECT said FROM fitting)")  # noqa: S608 (our own words)
    wanted += [f"s.{one}" for one in conditions.said]
    query = f"SELECT {number} FROM {source} WHERE {' AND '.join(wanted)}"  # noqa: S608 (our own words)
    return Selected(query, number, values)


def _count(connection: sqlite3.Connection, conditions: Conditions, sought: Sought) -> int:
    """Return how many statements fit, up to one more than are counted."""
    selected = select(conditions, sought, sought.everywhere())
    counted = f"SELECT count(*) FROM ({selected.query} LIMIT {MOST_COUNTED + 1})"  # noqa: S608 (our own words)
    return int(connection.execute(counted, selected.values).fetchone()[0])


_HITS = """
    SELECT s.number, s.id, a.id, x.text, a.title, s.day, s.seen, o.name, f.name, f.kind, s.kind, s.modality, s.copy_of,
        (SELECT count(*) FROM said c WHERE c.copy_of = s.id AND (:known IS NULL OR c.seen <= :known))
    FROM said s JOIN texts x ON x.number = s.number JOIN articles a ON a.number = s.article
    JOIN outlets o ON o.number = s.outlet JOIN origins f ON f.number = s.origin
    WHERE s.number IN (SELECT value FROM json_each(:numbers))
"""

_TOLD = """
    SELECT t.said, t.id, t.type, t.mode, t.modality, t.first, t.last, t.is_dated, p.name, p.key
    FROM told t LEFT JOIN places p ON p.number = t.place
    WHERE t.said IN (SELECT value FROM json_each(:numbers)) ORDER BY t.said, t.position
"""


def _rows(connection: sqlite3.Connection, numbers: list[int], sought: Sought, known: date | None) -> tuple[Hit, ...]:
    """Return the statements with some numbers, in the order of these."""
    values = {"numbers": json.dumps(numbers), "known": known.toordinal() if known else None}
    told: dict[int, list[Told]] = {}
    for number, *row in connection.execute(_TOLD, values):
        told.setdefault(number, []).append(_telling(row))
    hits = {row[0]: _hit(row, tuple(told.get(row[0], ())), sought) for row in connection.execute(_HITS, values)}
    return tuple(hits[number] for number in numbers)


def _telling(row: list[Any]) -> Told:
    key, kind, mode, modality, first, last, is_dated, place, place_key = row
    return Told(key, kind, mode, modality, _day(first), _day(last), bool(is_dated), place, place_key)


def _hit(row: tuple[Any, ...], told: tuple[Told, ...], sought: Sought) -> Hit:
    _, key, article, text, title, day, seen, outlet, origin, origin_kind, kind, modality, copy_of, copies = row
    return Hit(
        statement_id=key,
        article_id=article,
        snippet=mark(text, sought),
        title=title,
        day=_day(day),
        first_seen=_day(seen),
        outlet=outlet,
        origin=origin,
        origin_kind=origin_kind,
        kind=kind,
        modality=modality,
        told=told,
        copy_of=copy_of,
        copies=copies,
    )


def _day(ordinal: int | None) -> date | None:
    return date.fromordinal(ordinal) if ordinal else None
