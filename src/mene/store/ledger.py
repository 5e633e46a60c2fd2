"""The ledger: how every statement kept is folded, brought up to date as articles come in, in any order.

How an article is folded depends on those before it alone, and only on those that share a shingle with it or tell the
same. So an article that comes in is folded with just these recalled; then later ones that share something with what is
new or changed are folded again, until nothing changes any more. What comes out is what `fold` makes of all at once.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from typing import TypeVar, cast
from zlib import crc32

import numpy as np

from mene.contract import from_json
from mene.errors import StoreError
from mene.picture.claims import is_about_ground
from mene.picture.disputes import where_told
from mene.picture.folding import Folded, Folder, Happened, Page, Said, look_ups
from mene.picture.origins import make_pages, order_day, order_pages
from mene.picture.places import place_key
from mene.picture.shingles import Shingles, find_shared
from mene.picture.sides import normalise, party_key
from mene.picture.tellings import count_day, date_event, taken_as
from mene.picture.weights import load_weights
from mene.records import Event, Participant, Statement
from mene.store.database import Database, Row, by_ids
from mene.store.migrate import write_meta
from mene.vocabulary import is_backing

T = TypeVar("T")

RULES = 3
"""To be raised when the ledger's tables would come out otherwise for the same facts and weights."""

TABLES = ("pages", "folds", "shingles", "happenings", "origins", "filed", "said")

PARTS = 64
"""Parts that the places are spread over."""

PAGES_AT_ONCE = 1000
"""Articles whose rows are written together where the ledger is written anew."""

_DIGITS = "0123456789abcdef"

Order = tuple[date, int, str]
"""The place of an article in the order of telling: its day, its order in the day, its id."""


@dataclass(frozen=True, slots=True)
class _Kept:
    """A statement in the ledger: where it stands, and how it is folded."""

    number: int
    id: str
    order: Order
    position: int
    is_narrated: bool
    folded: Folded
    outlet: str


_KeptRow = tuple[int, str, date, int, str, int, bool, str, str | None, str | None, str]


@dataclass(slots=True)
class _Near:
    """What of the ledger can matter to some pages: statements by number, and what they share with the pages."""

    kept: dict[int, _Kept] = field(default_factory=dict)
    shingles: defaultdict[int, list[int]] = field(default_factory=lambda: defaultdict(list))
    happened: defaultdict[int, list[Happened]] = field(default_factory=lambda: defaultdict(list))


@dataclass(frozen=True, slots=True)
class _Work:
    """The pages to be folded, in order, with the place of each and the statements of theirs that are kept already."""

    pages: tuple[Page, ...]
    orders: Mapping[str, Order]
    kept: Mapping[str, _Kept]

    @property
    def articles(self) -> set[str]:
        """The ids of the articles."""
        return {page.article_id for page in self.pages}


def enter(database: Database, statements: Sequence[Statement], events: Sequence[Event]) -> None:
    """File what was read from an article, just written; fold it, and fold again what comes out otherwise by it.

    All of it belongs into the transaction in which the article is written.
    """
    database.write("filed", _file(statements, events))
    database.write("said", [_file_statement(one) for one in statements])
    for page in make_pages(statements, map(count_day, events)):
        _take_in(database, page)


def settle(database: Database, *, read_only: bool) -> None:
    """Bring the ledger up to date where this Mene did not write it. Raises `StoreError` where it may not."""
    rows = database.rows("SELECT value FROM meta WHERE key = 'ledger'")
    if rows and rows[0][0] == ledger_version():
        return
    if read_only:
        told = f"the ledger of the store {database.name} is of another Mene, or was not finished"
        raise StoreError(f"{told}: run `mene add`, or what was stopped, on it once to bring it up")
    with database.transaction():
        rebuild(database)
        mark(database, ledger_version())


def mark(database: Database, version: str) -> None:
    """Write down which ledger it is; "" is one that has to be written anew."""
    write_meta(database, "ledger", version)


def ledger_version() -> str:
    """Return what tells a ledger from one that was written by other rules or weights."""
    weights = load_weights()
    kept = (weights.shingle_words, weights.copy_containment, weights.copy_min_shingles, weights.article_containment)
    rest = (weights.article_min_shared, weights.postings_per_shingle, weights.window_same_telling, weights.sure_day)
    return " ".join(f"{value:g}" for value in (RULES, *kept, *rest))


def rebuild(database: Database) -> None:
    """Write the ledger anew from all statements and events."""
    for table in TABLES:
        database.rows(f"DELETE FROM {table}")  # noqa: S608 (our own names)
    pages: list[Page] = []
    for statements, events in _slices(database):
        pages += make_pages(statements, map(count_day, events))
        database.write("filed", _file(statements, events))
        database.write("said", [_file_statement(one) for one in statements])
    _write_all(database, order_pages(pages))


def _slices(database: Database) -> Iterator[tuple[list[Statement], list[Event]]]:
    """Yield all statements and events, some articles at a time: by the first digit of their ids, which are hashes."""
    for first, end in zip(("", *_DIGITS[1:]), (*_DIGITS[1:], "~"), strict=True):
        parts = "WHERE article_id >= $1 AND article_id < $2"
        said = database.rows(f"SELECT payload FROM statements {parts}", first, end)  # noqa: S608 (our own words)
        told = database.rows(f"SELECT payload FROM events {parts}", first, end)  # noqa: S608 (our own words)
        yield [from_json(str(row[0]), Statement) for row in said], [from_json(str(row[0]), Event) for row in told]


def _write_all(database: Database, pages: Sequence[Page]) -> None:
    folder = Folder(load_weights(), find_shared([found for page in pages for found in page.shingles]))
    firsts: dict[str, str] = {}
    number = 0
    for start in range(0, len(pages), PAGES_AT_ONCE):
        written = _Rows()
        for page in pages[start : start + PAGES_AT_ONCE]:
            folds = folder.read(page)
            written.add(page, range(number, number + len(folds)), folds)
            number += len(folds)
            for one, folded in zip(page.said, folds, strict=True):
                firsts.setdefault(folded.origin, one.id)
        written.write(database)
    for _, day in groupby(pages, key=lambda page: page.day):
        database.write("pages", [_page_row(page, place) for place, page in enumerate(day)])
    database.write("origins", sorted(firsts.items()))


# --- rows ------------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Rows:
    """Rows of the ledger that wait to be written together."""

    folds: list[Row] = field(default_factory=list)
    shingles: list[Shingles] = field(default_factory=list)
    sharing: list[int] = field(default_factory=list)
    happenings: list[tuple[int, int, int]] = field(default_factory=list)

    def add(self, page: Page, numbers: Iterable[int], folds: Iterable[Folded]) -> None:
        """Add the statements of a page under their numbers."""
        for position, (number, one, folded) in enumerate(zip(numbers, page.said, folds, strict=True)):
            self.folds.append((number, one.id, page.article_id, position, one.is_narrated, *folded))
            self.shingles.append(page.shingles[position])
            self.sharing.append(number)
            self.happenings += [(happened.kind, happened.day, number) for happened in one.traces]

    def write(self, database: Database) -> None:
        """Write them all."""
        database.write("folds", self.folds)
        if self.shingles:
            lengths = [len(found) for found in self.shingles]
            numbers = np.repeat(np.array(self.sharing, np.int32), lengths)
            database.write_numbers("shingles", {"shingle": np.concatenate(self.shingles), "number": numbers})
        if self.happenings:
            kinds, days, told = zip(*self.happenings, strict=True)
            database.write_numbers(
                "happenings",
                {
                    "kind": np.array(kinds, np.int64),
                    "day": np.array(days, np.int32),
                    "number": np.array(told, np.int32),
                },
            )


def _page_row(page: Page, place: int) -> Row:
    return (page.article_id, page.day, place, page.outlet, list(page.relays))


def _file(statements: Iterable[Statement], events: Iterable[Event]) -> list[Row]:
    """Return where events are filed; one without its statement is told by nobody and is left out, as from a picture."""
    said = {statement.id: statement for statement in statements}
    return [_file_event(event, said[event.statement_id]) for event in events if event.statement_id in said]


def _file_statement(statement: Statement) -> Row:
    first_seen, speaker = statement.first_seen or date.max, statement.origin
    return (statement.id, first_seen, _spaced(statement.text), _spaced(speaker.name), speaker.actor_id)


def _spaced(text: str) -> str:
    return f" {normalise(text)} "


def _file_event(told: Event, statement: Statement) -> Row:
    event = count_day(told)
    article_id, place = statement.evidence.article_id, event.place
    key, where = place_key(place, article_id) if place else None, where_told(event, article_id)
    subject = "backing" if is_backing(event.mode) else "ground" if is_about_ground(event) else "other"
    return (
        event.id,
        statement.id,
        article_id,
        statement.first_seen or date.max,
        event.type,
        subject,
        taken_as(event, statement),
        date_event(event, statement)[0],
        told.occurred_end,
        place.country if place else None,
        key,
        normalise(place.name) if place else None,
        normalise(place.text) if place else None,
        where,
        _names(event.actors) if subject == "backing" else [],
        _names(event.recipients) if subject == "backing" else [],
        crc32((key or where or "").encode()) % PARTS,
    )


def _names(parties: Iterable[Participant]) -> list[str]:
    return sorted({name for one in parties for name in (party_key(one), normalise(one.name), normalise(one.text))})


# --- one article more ------------------------------------------------------------------------------------------------


def _take_in(database: Database, page: Page) -> None:
    moved = _find_place(database, page)
    work = _load(database, {page.article_id: page}, moved | {page.article_id})
    while True:
        near = _recall(database, work.pages)
        folds = _fold(work, near)
        changed = _changed(work, folds)
        later = _affected(work, changed, near)
        if not later:
            break
        work = _load(database, {one.article_id: one for one in work.pages}, work.articles | later)
    _write(database, work, folds, changed)


def _find_place(database: Database, page: Page) -> set[str]:
    """Give a page its place in its day; return the articles that another place was given by it."""
    query = "SELECT article_id, outlet, relays FROM pages WHERE first_seen = $1 ORDER BY day_order"
    there = [
        Page(str(article), page.day, str(outlet), tuple(cast(list[str], relays)), (), ())
        for article, outlet, relays in database.rows(query, page.day)
    ]
    ordered = order_day([*there, page])
    before, after = [one.article_id for one in there], [one.article_id for one in ordered]
    if after == [*before, page.article_id]:
        database.write("pages", [_page_row(page, len(there))])
        return set()
    database.rows("DELETE FROM pages WHERE first_seen = $1", page.day)
    database.write("pages", [_page_row(one, place) for place, one in enumerate(ordered)])
    return set() if [one for one in after if one != page.article_id] == before else set(before)


def _load(database: Database, pages: Mapping[str, Page], articles: set[str]) -> _Work:
    """Return the pages of some articles as work; `pages` are those at hand."""
    missing = sorted(articles - pages.keys())
    found = dict(pages)
    if missing:
        statements = _records(database, "statements", "folds", "statement_id", missing, Statement)
        events = _records(database, "events", "filed", "event_id", missing, Event)
        found |= {page.article_id: page for page in make_pages(statements, map(count_day, events))}
    rows = by_ids(database, "SELECT article_id, first_seen, day_order FROM pages WHERE article_id IN", sorted(articles))
    orders = {str(article): (cast(date, day), cast(int, place), str(article)) for article, day, place in rows}
    ids = [one.id for page in found.values() for one in page.said]
    kept = {one.id: one for one in _kept(database, "statement_id", ids)}
    ordered = sorted((found[article] for article in articles), key=lambda one: orders[one.article_id])
    return _Work(tuple(ordered), orders, kept)


def _records(
    database: Database, table: str, listed: str, column: str, articles: Sequence[str], kind: type[T]
) -> list[T]:
    query = f"SELECT {column} FROM {listed} WHERE article_id IN"  # noqa: S608 (our own names)
    ids = [str(row[0]) for row in by_ids(database, query, articles)]
    query = f"SELECT payload FROM {table} WHERE id IN"  # noqa: S608 (our own names)
    return [from_json(str(row[0]), kind) for row in by_ids(database, query, ids)]


def _kept(database: Database, column: str, values: Sequence[object]) -> Iterator[_Kept]:
    query = f"""
        SELECT f.number, f.statement_id, p.first_seen, p.day_order, f.article_id, f.position, f.is_narrated,
            f.origin, f.copy_of, f.reason, p.outlet
        FROM folds f JOIN pages p ON p.article_id = f.article_id WHERE f.{column} IN
    """  # noqa: S608 (our own names)
    for row in by_ids(database, query, values):
        number, key, day, place, article, position, narrated, origin, copy_of, reason, outlet = cast(_KeptRow, row)
        yield _Kept(number, key, (day, place, article), position, narrated, Folded(origin, copy_of, reason), outlet)


def _recall(database: Database, pages: Sequence[Page]) -> _Near:
    """Return all that shares a shingle with the pages or tells the same, on days that are near."""
    near = _Near()
    values = np.unique(np.concatenate([found for page in pages for found in page.shingles] or [np.empty(0, np.int64)]))
    query = "SELECT shingle, number FROM shingles WHERE shingle IN (SELECT unnest($1::BIGINT[]))"
    for value, number in database.rows(query, values.tolist()) if len(values) else ():
        near.shingles[cast(int, number)].append(cast(int, value))
    wanted = {asked for page in pages for one in page.said for asked in look_ups(one, load_weights())}
    if wanted:
        kinds, days = sorted({kind for kind, _ in wanted}), [day for _, day in wanted]
        window = int(load_weights().window_same_telling)
        query = """
            SELECT kind, day, number FROM happenings
            WHERE kind IN (SELECT unnest($1::BIGINT[])) AND day BETWEEN $2 AND $3
        """
        for kind, day, number in database.rows(query, kinds, min(days), max(days) + window):
            near.happened[cast(int, number)].append(Happened(cast(int, kind), cast(int, day), False))
    numbers = sorted(near.shingles.keys() | near.happened.keys())
    near.kept = {one.number: one for one in _kept(database, "number", numbers)}
    return near


def _fold(work: _Work, near: _Near) -> dict[str, tuple[Folded, ...]]:
    """Return how the pages are folded, by article, with what is near and before them recalled."""
    busy = work.articles
    earlier: defaultdict[Order, list[_Kept]] = defaultdict(list)
    for one in near.kept.values():
        if one.order[2] not in busy:
            earlier[one.order].append(one)
    values = [value for found in near.shingles.values() for value in found]
    folder = Folder(load_weights(), np.unique(np.array(values, np.int64)))
    steps: list[tuple[Order, Page | None]] = [(order, None) for order in earlier]
    steps += [(work.orders[page.article_id], page) for page in work.pages]
    folds = {}
    for order, page in sorted(steps, key=lambda step: step[0]):
        if page is not None:
            folds[page.article_id] = folder.read(page)
        else:
            kept = sorted(earlier[order], key=lambda one: one.position)
            folder.recall(_as_page(order, kept, near), [one.folded for one in kept])
    return folds


def _as_page(order: Order, kept: Sequence[_Kept], near: _Near) -> Page:
    said = tuple(Said(one.id, "", one.is_narrated, False, tuple(near.happened[one.number])) for one in kept)
    shingles = tuple(np.array(near.shingles[one.number], np.int64) for one in kept)
    return Page(order[2], order[0], kept[0].outlet, (), said, shingles)


def _changed(work: _Work, folds: Mapping[str, Sequence[Folded]]) -> set[str]:
    """Return the statements that are new, or folded otherwise than they were."""
    return {
        one.id
        for page in work.pages
        for one, folded in zip(page.said, folds[page.article_id], strict=True)
        if one.id not in work.kept or work.kept[one.id].folded != folded
    }


def _affected(work: _Work, changed: set[str], near: _Near) -> set[str]:
    """Return the later articles, beyond the work, that share something with a statement that is new or changed.

    A shingle that enough earlier statements have makes nobody look at one more.
    """
    limit = int(load_weights().postings_per_shingle)
    sharing: defaultdict[int, list[_Kept]] = defaultdict(list)
    for number, values in near.shingles.items():
        for value in values:
            sharing[value].append(near.kept[number])
    telling: defaultdict[int, list[tuple[int, _Kept]]] = defaultdict(list)
    for number, told in near.happened.items():
        for happened in told:
            telling[happened.kind].append((happened.day, near.kept[number]))
    window, busy, found = int(load_weights().window_same_telling), work.articles, set()
    for page in work.pages:
        order = work.orders[page.article_id]
        for one, shingles in zip(page.said, page.shingles, strict=True):
            if one.id not in changed:
                continue
            for value in shingles.tolist():
                others = sharing.get(value, [])
                if sum(other.order < order and not other.folded.copy_of for other in others) < limit:
                    found |= {other.order[2] for other in others if other.order > order}
            for happened in one.traces:
                near_by = (other for day, other in telling[happened.kind] if 0 <= day - happened.day <= window)
                found |= {other.order[2] for other in near_by if other.order > order}
    return found - busy


def _write(database: Database, work: _Work, folds: Mapping[str, Sequence[Folded]], changed: set[str]) -> None:
    """Write what is new or changed, and who is now the first of each origin."""
    fresh = cast(int, database.rows("SELECT coalesce(max(number), -1) + 1 FROM folds")[0][0])
    written = _Rows()
    again: list[Row] = []
    for page in work.pages:
        new = [one for one in page.said if one.id not in work.kept]
        if new:
            written.add(page, range(fresh, fresh + len(page.said)), folds[page.article_id])
            fresh += len(page.said)
        for position, (one, folded) in enumerate(zip(page.said, folds[page.article_id], strict=True)):
            if one.id in work.kept and one.id in changed:
                number = work.kept[one.id].number
                again.append((number, one.id, page.article_id, position, one.is_narrated, *folded))
    if again:
        by_ids(database, "DELETE FROM folds WHERE number IN", [row[0] for row in again])
    written.folds += again
    written.write(database)
    _settle_firsts(database, work, folds)


def _settle_firsts(database: Database, work: _Work, folds: Mapping[str, Sequence[Folded]]) -> None:
    """Bring the first statement of each origin up to date that the work has to do with."""
    ours: dict[str, tuple[tuple[Order, int], str]] = {}
    left = {one.folded.origin for one in work.kept.values()}
    for page in work.pages:
        for position, (one, folded) in enumerate(zip(page.said, folds[page.article_id], strict=True)):
            ours.setdefault(folded.origin, ((work.orders[page.article_id], position), one.id))
    keys = sorted(ours.keys() | left)
    stored = {
        str(key): str(first)
        for key, first in by_ids(database, "SELECT origin, statement_id FROM origins WHERE origin IN", keys)
    }
    places = {one.id: (one.order, one.position) for one in _kept(database, "statement_id", sorted(stored.values()))}
    firsts: dict[str, str | None] = {}
    for key in keys:
        first = stored.get(key)
        if first is not None and first in work.kept:
            firsts[key] = _first_of(database, key)
        elif first is None or (key in ours and ours[key][0] < places[first]):
            firsts[key] = ours[key][1] if key in ours else None
    gone = [key for key in firsts if key in stored and firsts[key] != stored[key]]
    by_ids(database, "DELETE FROM origins WHERE origin IN", gone)
    database.write("origins", [(key, first) for key, first in firsts.items() if first and first != stored.get(key)])


def _first_of(database: Database, origin: str) -> str | None:
    query = """
        SELECT f.statement_id FROM folds f JOIN pages p ON p.article_id = f.article_id WHERE f.origin = $1
        ORDER BY p.first_seen, p.day_order, f.position LIMIT 1
    """
    rows = database.rows(query, origin)
    return str(rows[0][0]) if rows else None
