"""The rows of an edition as lists to page through: each kind in one order that never depends on the edition.

A row's key says where it stands among all rows that ever were or will be: who follows the pages of a list by the key
of the last row neither misses a row nor sees one twice, though a new edition came between two pages.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from mene.picture.tellings import modality_of
from mene.records import (
    Article,
    Backing,
    Citation,
    Dispute,
    Event,
    Holding,
    Occurrence,
    Participant,
    Place,
    Presence,
    Signal,
    Statement,
)
from mene.report.contents import Contents
from mene.report.happenings import WEIGHT_OF_TYPE
from mene.report.page.facets import Facets
from mene.report.rows import name_place, order_disputes, order_holdings
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
    """Who says something, as an origin: how many statements and articles rest on it. `letter` is the Admiralty code's.

    `first_seen` and `last_seen` are the days on which the first and the last of its statements could be known.
    """

    name: str
    kind: SourceKind
    actor_id: str | None
    letter: str
    statements: int
    articles: int
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
    ranks = {row.id: place for place, row in enumerate(order_holdings(contents))}
    open_first = {row.id: place for place, row in enumerate(order_disputes(contents))}
    return {
        "holdings": _register(
            picture.holdings, lambda row: (row.place.name, row.id), _of_holding, lambda row: ranks[row.id]
        ),
        "backings": _register(
            picture.backings,
            lambda row: (row.backer.name, row.backed.name, row.id),
            _of_backing,
            lambda row: (row.background, -len(row.origins), row.id),
        ),
        "presences": _register(
            picture.presences,
            lambda row: (row.place.name, row.id),
            _of_presence,
            lambda row: (-len(row.origins), row.place.name, row.id),
        ),
        "disputes": _register(
            picture.disputes, lambda row: (row.subject, row.id), _of_dispute, lambda row: open_first[row.id]
        ),
        "occurrences": _register(
            picture.occurrences,
            lambda row: (_iso(row.occurred_start), row.id),
            _of_occurrence,
            lambda row: (-_ordinal(row.occurred_end or row.occurred_start), *_lighter(row), row.id),
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
            lambda row: _of_signal(row, contents),
            lambda row: (-row.strength, -_ordinal(row.day), row.id),
        ),
        "sources": _register(
            tally_sources(contents),
            lambda row: (row.name, row.kind, row.actor_id or ""),
            _of_source,
            lambda row: (-row.statements, row.name, row.kind),
        ),
        "history": _register(
            tally_days(contents), lambda row: (_iso(row.day),), _of_history, lambda row: -_ordinal(row.day)
        ),
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else UNDATED


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else 0


def _lighter(row: Occurrence) -> tuple[int, int]:
    """Return what puts the weightier of two events of a day first."""
    return -len(row.origins), -WEIGHT_OF_TYPE.get(row.type, 1)


# --- who says something, and when ---------------------------------------------------------------------------------


def tally_sources(contents: Contents) -> tuple[SourceTally, ...]:
    """Return every origin with what rests on it."""
    told: dict[tuple[str, SourceKind, str | None], list[Statement]] = {}
    for one in contents.statements.values():
        origin = one.origin
        told.setdefault((plain(origin.name), origin.kind, origin.actor_id), []).append(one)
    return tuple(_tally(*key, said, contents) for key, said in told.items())


def _tally(
    name: str, kind: SourceKind, actor_id: str | None, said: Sequence[Statement], contents: Contents
) -> SourceTally:
    days = [one.first_seen for one in said if one.first_seen]
    articles = {one.evidence.article_id for one in said}
    letter = contents.letter(said[0].origin)
    return SourceTally(
        name, kind, actor_id, letter, len(said), len(articles), min(days, default=None), max(days, default=None)
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


# --- what rows can be found by ------------------------------------------------------------------------------------


def _of_holding(row: Holding) -> Facets:
    cited = (*row.evidence_for, *row.evidence_against)
    return Facets(
        name_place(row.place), _names(row.holder), row.status, row.origins, day=row.since, told=_first_told(cited)
    )


def _of_backing(row: Backing) -> Facets:
    return Facets(
        "", _names(row.backer, row.backed), row.means, row.origins, row.modality, row.since, _first_told(row.evidence)
    )


def _of_presence(row: Presence) -> Facets:
    told = _first_told(row.evidence)
    return Facets(
        name_place(row.place), _names(row.force), row.movement, row.origins, row.modality, row.occurred_start, told
    )


def _of_dispute(row: Dispute) -> Facets:
    cited = [one for position in row.positions for one in position.evidence]
    origins = dict.fromkeys(origin for position in row.positions for origin in position.origins)
    return Facets(plain(row.subject), (), row.kind, tuple(origins), told=_first_told(cited))


def _of_occurrence(row: Occurrence) -> Facets:
    named = (one.participant for one in (*row.actors, *row.recipients))
    told = _first_told(row.evidence)
    return Facets(_place(row.place), _names(*named), row.type, row.origins, row.modality, row.occurred_start, told)


def _of_event(row: Event, contents: Contents) -> Facets:
    statement = contents.statements[row.statement_id]
    return Facets(
        _place(row.place),
        _names(*row.actors, *row.recipients),
        row.type,
        (plain(statement.origin.name),),
        modality_of(row, statement),
        row.occurred_start,
        statement.first_seen,
    )


def _of_statement(row: Statement, contents: Contents) -> Facets:
    events = contents.events_of.get(row.id, ())
    places = [_place(event.place) for event in events if event.place]
    named = (party for event in events for party in (*event.actors, *event.recipients))
    origin = (plain(row.origin.name),)
    return Facets(places[0] if places else "", _names(*named), row.kind, origin, row.modality, None, row.first_seen)


def _of_article(row: Article) -> Facets:
    return Facets(origins=(plain(row.publisher or ""),), day=row.published_at, told=row.published_at)


def _of_signal(row: Signal, contents: Contents) -> Facets:
    leader = plain(contents.leader(row.leader))
    told = _first_told(row.evidence)
    return Facets(plain(row.subject), (leader,), row.indicator, row.origins, row.modality, row.day, told)


def _of_source(row: SourceTally) -> Facets:
    return Facets(actors=(row.name,), type=row.kind, origins=(row.name,), told=row.first_seen)


def _of_history(row: HistoryDay) -> Facets:
    return Facets(day=row.day, told=row.day)


def _place(place: Place | None) -> str:
    return name_place(place) if place else ""


def _names(*parties: Participant | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(plain(party.name) for party in parties if party))


def _first_told(citations: Iterable[Citation]) -> date | None:
    return min((one.published_at for one in citations if one.published_at), default=None)
