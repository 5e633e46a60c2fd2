"""The rows beside the network: who backs whom, who fought whom lately, and which force is where."""

from collections.abc import Iterable
from dataclasses import dataclass

from mene.picture.tellings import FACTS
from mene.records import Backing, Presence
from mene.report.contents import Contents, Worth
from mene.report.page.cited import Opening, facets_of, open_citations, open_statements
from mene.report.page.facets import Facets
from mene.report.page.ties import Tie, Ties, statements_of
from mene.report.rows import name_place, order_backings, say_presence, say_row
from mene.report.words import plain, say_day, say_likelihood, say_percent


@dataclass(frozen=True, slots=True)
class BackingRow:
    """Who backs whom, with what: a row of the table."""

    id: str
    who: str
    what: str
    whom: str
    since: str
    likely: str
    percent: str
    worth: Worth
    is_fact: bool
    opening: Opening
    facets: Facets


@dataclass(frozen=True, slots=True)
class FightRow:
    """Who fights whom in the days before the last one, by how many origins in how many events."""

    pair: str
    events: int
    origins: int
    last: str
    opening: Opening


@dataclass(frozen=True, slots=True)
class ForceRow:
    """Which force is where."""

    id: str
    words: str
    likely: str
    worth: Worth
    is_fact: bool
    opening: Opening
    facets: Facets


def show_backings(contents: Contents) -> list[BackingRow]:
    """Return who backs whom, what is told as fact first and history last."""
    return [_backing_row(row, contents) for row in order_backings(contents)]


def _backing_row(row: Backing, contents: Contents) -> BackingRow:
    who, whom = plain(row.backer.name), plain(row.backed.name)
    before, _, _ = say_row(row).rpartition(f"{who} → {whom}: ")
    _, _, what = say_row(row).rpartition(": ")
    return BackingRow(
        id=contents.id(row.id),
        who=who,
        what=f"{before}{what}",
        whom=whom,
        since=say_day(row.since) if row.since and not row.background else "",
        likely=say_likelihood(row.belief),
        percent=say_percent(row.belief),
        worth=contents.worth(row),
        is_fact=row.modality in FACTS and not row.background,
        opening=open_citations(say_row(row), row.evidence, contents),
        facets=facets_of_backing(row, contents),
    )


def facets_of_backing(row: Backing, contents: Contents) -> Facets:
    """Return by what a backing is found."""
    return facets_of(
        row.evidence,
        contents,
        actors=(plain(row.backer.name), plain(row.backed.name)),
        origins=row.origins,
        modality=row.modality,
        day=None if row.background else row.since,
    )


def show_fights(ties: Ties, drawn: Iterable[Tie], contents: Contents) -> list[FightRow]:
    """Return who fought whom before the last day, of the ties that are drawn; what most origins tell first."""
    names, rows = ties.names, []
    for tie in drawn:
        parts = tie.standing(ties.on, ties.known) if tie.is_fighting else ()
        if parts:
            pair = f"{names[tie.source]} – {names[tie.target]}"
            days = [day for part in parts if (day := part.day or part.told)]
            origins = len({origin for part in parts for origin in part.origins})
            opening = open_statements(f"{pair}: fighting", statements_of(parts), contents)
            rows.append(FightRow(pair, len(parts), origins, say_day(max(days, default=None)), opening))
    return sorted(rows, key=lambda row: (-row.origins, -row.events, row.pair))


def show_forces(contents: Contents) -> list[ForceRow]:
    """Return which force is where, what most origins say first."""
    return [_force(row, contents) for row in order_forces(contents)]


def order_forces(contents: Contents) -> list[Presence]:
    """Return which force is where, what is told as fact first; then what most origins say."""
    return sorted(
        contents.picture.presences,
        key=lambda row: (row.modality not in FACTS, -len(row.origins), row.place.name, row.id),
    )


def _force(row: Presence, contents: Contents) -> ForceRow:
    words = say_presence(row)
    facets, opening = facets_of_force(row, contents), open_citations(words, row.evidence, contents)
    is_fact = row.modality in FACTS
    return ForceRow(
        contents.id(row.id), words, say_likelihood(row.belief), contents.worth(row), is_fact, opening, facets
    )


def facets_of_force(row: Presence, contents: Contents) -> Facets:
    """Return by what a force at a place is found."""
    return facets_of(
        row.evidence,
        contents,
        actors=(plain(row.force.name),),
        origins=row.origins,
        modality=row.modality,
        day=row.occurred_start,
        place=name_place(row.place),
    )
