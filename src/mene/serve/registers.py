"""The rows of an edition as lists to page through: each kind in one order that never depends on the edition.

A row's key says where it stands among all rows that ever were or will be: who follows the pages of a list by the key
of the last row neither misses a row nor sees one twice, though a new edition came between two pages.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from mene.picture import OriginGroup
from mene.picture.tellings import modality_of
from mene.records import Article, Event, Statement
from mene.report.contents import Contents
from mene.report.happenings import gather_happenings
from mene.report.page.cited import first_told
from mene.report.page.disputes import facets_of_dispute
from mene.report.page.facets import Facets
from mene.report.page.outlook import facets_of_signal
from mene.report.page.places import facets_of_holding
from mene.report.page.sources import facets_of_origin, name_origin
from mene.report.page.tie_rows import facets_of_backing, facets_of_force, order_forces
from mene.report.page.timeline import list_happenings
from mene.report.rows import name_place, order_backings, order_disputes, order_holdings
from mene.report.words import plain
from mene.serve.index import FacetIndex, Rows
from mene.vocabulary import SourceKind

Key = tuple[str, ...]

LONGEST_PART = 200
"""Characters of a name in a key: a key stands in addresses."""

UNDATED = "9999-12-31"
"""Where a row without a day stands: last."""


@dataclass(frozen=True, slots=True)
class SourceTally:
    """An independent origin: its statements, their copies, and in how many articles. `letter` is the Admiralty code's.

    `key` is what it is known by; `first_seen` and `last_seen` are the days on which the first and the last of its
    statements could be known.
    """

    key: str
    name: str
    kind: SourceKind
    actor_id: str | None
    letter: str
    statements: int
    copies: int
    articles: int
    first_statement: str
    first_seen: date | None
    last_seen: date | None


@dataclass(frozen=True, slots=True)
class HistoryDay:
    """One day on which something could first be known: how many articles, statements and events were new."""

    day: date
    articles: int
    statements: int
    events: int


@dataclass(frozen=True, slots=True)
class Register:
    """Rows of one kind in the order of their keys; `shown` is the place of each in the order that people see."""

    rows: tuple[Any, ...]
    keys: tuple[Key, ...]
    index: FacetIndex
    shown: Rows

    def after(self, key: Key | None, found: Rows) -> Rows:
        """Return those of the rows found whose keys come after `key`; all where it is None."""
        return found if key is None else found[np.searchsorted(found, bisect_right(self.keys, key)) :]

    def ordered(self, found: Rows) -> Rows:
        """Return rows in the order in which people see them."""
        return found[np.argsort(self.shown[found], kind="stable")]


def _register(
    rows: Iterable[Any], key: Callable[[Any], Key], facets: Callable[[Any], Facets], shown: Callable[[Any], Any]
) -> Register:
    keyed = sorted(((tuple(part[:LONGEST_PART] for part in key(row)), row) for row in rows), key=lambda pair: pair[0])
    ordered = tuple(row for _, row in keyed)
    ranks = np.empty(len(ordered), np.int64)
    ranks[sorted(range(len(ordered)), key=lambda place: shown(ordered[place]))] = np.arange(len(ordered))
    return Register(ordered, tuple(one for one, _ in keyed), FacetIndex(map(facets, ordered)), ranks)


def make_registers(contents: Contents) -> dict[str, Register]:
    """Return the registers of all kinds by their names, which are those of the read API."""
    picture = contents.picture
    backings = _ranks(order_backings(contents))
    forces = _ranks(order_forces(contents))
    open_first = _ranks(order_disputes(contents))
    listed = list_happenings(gather_happenings(contents), contents)
    last_first = _ranks(one.occurrence for one, _ in listed)
    found_by = {one.occurrence.id: facets for one, facets in listed}
    group_of = {one.key: one for one in contents.groups}
    return {
        "holdings": register_holdings(contents),
        "backings": _register(
            picture.backings,
            lambda row: (row.backer.name, row.backed.name, row.id),
            lambda row: facets_of_backing(row, contents),
            lambda row: backings[row.id],
        ),
        "presences": _register(
            picture.presences,
            lambda row: (row.place.name, row.id),
            lambda row: facets_of_force(row, contents),
            lambda row: forces[row.id],
        ),
        "disputes": _register(
            picture.disputes,
            lambda row: (row.subject, row.id),
            lambda row: facets_of_dispute(row, contents),
            lambda row: open_first[row.id],
        ),
        "occurrences": _register(
            picture.occurrences,
            lambda row: (_iso(row.occurred_start), row.id),
            lambda row: found_by[row.id],
            lambda row: last_first[row.id],
        ),
        "events": _register(
            contents.events.values(),
            lambda row: (_iso(row.occurred_start), row.id),
            lambda row: _of_event(row, contents),
            lambda row: (-_ordinal(row.occurred_end or row.occurred_start), row.id),
        ),
        "statements": _register(
            contents.statements.values(),
            lambda row: (_iso(row.first_seen), row.evidence.article_id, row.id),
            lambda row: _of_statement(row, contents),
            lambda row: (-_ordinal(row.first_seen), row.evidence.article_id, row.evidence.start, row.id),
        ),
        "articles": _register(
            contents.articles.values(),
            lambda row: (_iso(row.published_at), row.id),
            _of_article,
            lambda row: (-_ordinal(row.published_at), row.publisher or "", row.id),
        ),
        "signals": _register(
            contents.signals,
            lambda row: (_iso(row.day), row.id),
            lambda row: facets_of_signal(row, contents),
            lambda row: (-_ordinal(row.day), -row.strength, row.id),
        ),
        "sources": _register(
            (_tally(one, contents) for one in contents.groups),
            lambda row: (row.name, row.key),
            lambda row: facets_of_origin(group_of[row.key], contents),
            lambda row: (-row.statements, -row.copies, row.key),
        ),
        "history": _register(
            tally_days(contents), lambda row: (_iso(row.day),), _of_history, lambda row: -_ordinal(row.day)
        ),
    }


def register_holdings(contents: Contents) -> Register:
    """Return the register of who holds what."""
    ranks = _ranks(order_holdings(contents))
    return _register(
        contents.picture.holdings,
        lambda row: (row.place.name, row.id),
        lambda row: facets_of_holding(row, contents),
        lambda row: ranks[row.id],
    )


def _ranks(ordered: Iterable[Any]) -> dict[str, int]:
    return {row.id: place for place, row in enumerate(ordered)}


def _iso(day: date | None) -> str:
    return day.isoformat() if day else UNDATED


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else 0


# --- who says something, and when ---------------------------------------------------------------------------------


def _tally(group: OriginGroup, contents: Contents) -> SourceTally:
    said = [contents.statements[one] for one in group.statement_ids]
    days = [one.first_seen for one in said if one.first_seen]
    return SourceTally(
        key=group.key,
        name=name_origin(group),
        kind=group.source.kind,
        actor_id=group.source.actor_id,
        letter=contents.letter(group.source),
        statements=len(group.statements),
        copies=len(group.copies),
        articles=len({one.evidence.article_id for one in said}),
        first_statement=group.statements[0],
        first_seen=min(days, default=None),
        last_seen=max(days, default=None),
    )


def tally_days(contents: Contents) -> tuple[HistoryDay, ...]:
    """Return the days on which anything could first be known."""
    told: dict[date, list[Statement]] = {}
    for one in contents.statements.values():
        if one.first_seen:
            told.setdefault(one.first_seen, []).append(one)
    return tuple(
        HistoryDay(
            day,
            len({one.evidence.article_id for one in said}),
            len(said),
            sum(len(contents.events_of.get(one.id, ())) for one in said),
        )
        for day, said in told.items()
    )


# --- what rows can be found by, where the page has none of their kind -----------------------------------------------


def _of_event(row: Event, contents: Contents) -> Facets:
    statement = contents.statements[row.statement_id]
    parties = (*row.actors, *row.recipients)
    return Facets(
        name_place(row.place) if row.place else "",
        tuple(dict.fromkeys(plain(party.name) for party in parties)),
        row.type,
        (plain(statement.origin.name),),
        modality_of(row, statement),
        row.occurred_end or row.occurred_start,
        first_told((statement.id,), contents),
    )


def _of_statement(row: Statement, contents: Contents) -> Facets:
    """Return the facets of a statement: place and type are those of the first event that it tells."""
    events = contents.events_of.get(row.id, ())
    parties = [party for event in events for party in (*event.actors, *event.recipients)]
    return Facets(
        next((name_place(event.place) for event in events if event.place), ""),
        tuple(dict.fromkeys(plain(party.name) for party in parties)),
        events[0].type if events else "",
        (plain(row.origin.name),),
        row.modality,
        None,
        first_told((row.id,), contents),
    )


def _of_article(row: Article) -> Facets:
    return Facets(origins=(plain(row.publisher or ""),), day=row.published_at, told=row.published_at)


def _of_history(row: HistoryDay) -> Facets:
    return Facets(day=row.day, told=row.day)
