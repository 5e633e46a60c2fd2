"""What there is among the statements that a search finds: counts by type, place, actor and so on, and over time."""

import sqlite3
from collections import Counter
from collections.abc import Iterable
from datetime import date

from mene.search.answers import MOST_COUNTED, Facet, Facets
from mene.search.filters import Conditions, Filters, write_conditions
from mene.search.pages import list_fitting, select
from mene.search.words import Sought

MOST_FACETS = 20
"""Values of one kind that are counted; the commonest."""

_COUNT = "count(DISTINCT t.said)"

_TYPES = f"SELECT t.type, t.type, {_COUNT} {{told}} WHERE t.type IS NOT NULL GROUP BY 1"
_MODALITIES = f"SELECT t.modality, t.modality, {_COUNT} {{told}} GROUP BY 1"
_PLACES = f"""
    SELECT CASE WHEN p.key LIKE '~%' THEN p.name ELSE p.key END, min(p.name), {_COUNT}
    {{told}} CROSS JOIN places p ON p.number = t.place GROUP BY 1
"""
_ACTORS = f"""
    SELECT '"' || CASE WHEN c.id = '' THEN c.name ELSE c.id END || '"', min(c.name), {_COUNT}
    {{told}} CROSS JOIN parties p ON p.said = t.said AND p.position = t.position
    CROSS JOIN actors c ON c.number = p.actor GROUP BY 1
"""
_ORIGINS = """
    SELECT '"' || o.name || '"', o.name, count(*)
    FROM newest n CROSS JOIN said s ON s.number = n.said CROSS JOIN origins o ON o.number = s.origin GROUP BY 1
"""
_DENSITY = f"SELECT t.first, {_COUNT} {{told}} WHERE t.first IS NOT NULL GROUP BY 1 ORDER BY 1"


def count(connection: sqlite3.Connection, filters: Filters, sought: Sought, bucket: str) -> Facets:
    """Return the counts; of a statement only those of its tellings that fit the filters."""
    conditions = write_conditions(filters)
    list_fitting(connection, conditions)
    selected = select(conditions, sought, sought.everywhere())
    for table in ("matching", "newest"):
        connection.execute(f"CREATE TEMP TABLE {table} (said INTEGER PRIMARY KEY)")
    found = connection.execute(f"INSERT INTO matching {selected.query} ORDER BY 1", selected.values).rowcount
    newest = f"SELECT said FROM matching ORDER BY said DESC LIMIT {MOST_COUNTED}"  # noqa: S608 (our own words)
    connection.execute(f"INSERT INTO newest {newest}")
    told = _told_of("newest", conditions)
    return Facets(
        types=_commonest(connection, _TYPES.format(told=told)),
        modalities=_commonest(connection, _MODALITIES.format(told=told)),
        places=_commonest(connection, _PLACES.format(told=told)),
        actors=_commonest(connection, _ACTORS.format(told=told)),
        origins=_commonest(connection, _ORIGINS),
        density=_density(connection.execute(_DENSITY.format(told=_told_of("matching", conditions))), bucket),
        is_whole=found <= MOST_COUNTED,
    )


def _told_of(table: str, conditions: Conditions) -> str:
    """Return where the tellings of the statements in a table are taken from; CROSS JOIN keeps the order of looking."""
    if not conditions.telling:
        return f"FROM {table} n CROSS JOIN told t ON t.said = n.said"
    fitting = f"FROM {table} n CROSS JOIN fitting f ON f.said = n.said"
    return f"{fitting} CROSS JOIN told t ON t.said = f.said AND t.position = f.position"


def _density(days: Iterable[tuple[int, int]], bucket: str) -> tuple[tuple[str, int], ...]:
    """Return the counts of days, or of months, in which each is the sum of its days."""
    counts: Counter[str] = Counter()
    for ordinal, number in days:
        day = date.fromordinal(ordinal).isoformat()
        counts[day[:-3] if bucket == "month" else day] += number
    return tuple(counts.items())


def _commonest(connection: sqlite3.Connection, query: str) -> tuple[Facet, ...]:
    rows = connection.execute(f"{query} ORDER BY 3 DESC, 1 LIMIT {MOST_FACETS}")
    return tuple(Facet(value, label, number) for value, label, number in rows)
