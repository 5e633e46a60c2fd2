"""Readings as rows of the search file, and the number that each statement has there.

A number is made of the statement's day, its article and its place in the article, so that statements in the order of
their numbers are in the order of time, whatever the order in which they came in; and a page of them stays where it is
when others come in.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from mene.picture.places import place_key
from mene.records import Event, Place, Reading, Source, Statement
from mene.search.letters import plain

EPOCH = date(1700, 1, 1).toordinal()
"""The first day that numbers tell apart; whoever says to be older counts as of it."""

DAY_BITS, SLOT_BITS, PLACE_BITS = 18, 25, 20
"""Days until 2417, 33 million articles, a million statements of one article: 63 bits, what SQLite's keys have."""


def number_of(day: int | None, slot: int, position: int) -> int:
    """Return the number of a statement; a later place in an article gives a smaller one, for newest come first."""
    since: int = min(max((day or 0) - EPOCH, 0), (1 << DAY_BITS) - 1)
    return (since << SLOT_BITS | slot) << PLACE_BITS | ((1 << PLACE_BITS) - 1 - position)


@dataclass(slots=True)
class Names:
    """The numbers of names in a table of names; one that is new there is written when it is first asked for."""

    connection: sqlite3.Connection
    table: str
    columns: tuple[str, ...]
    key: int
    """How many of the columns tell names apart."""
    known: dict[tuple[str, ...], int] = field(default_factory=dict)

    def number(self, *values: str) -> int:
        """Return the number of a name, given by all columns."""
        key = values[: self.key]
        if key not in self.known:
            self.known[key] = self._find(values)
        return self.known[key]

    def _find(self, values: tuple[str, ...]) -> int:
        columns, marks = ", ".join(self.columns), ", ".join("?" for _ in values)
        same = " AND ".join(f"{column} = ?" for column in self.columns[: self.key])
        query = f"SELECT number FROM {self.table} WHERE {same}"  # noqa: S608 (our own names)
        row = self.connection.execute(query, values[: self.key]).fetchone()
        if row:
            return int(row[0])
        insert = f"INSERT INTO {self.table} ({columns}) VALUES ({marks})"  # noqa: S608 (our own names)
        return int(self.connection.execute(insert, values).lastrowid or 0)


@dataclass(slots=True)
class Writer:
    """Writes readings into the search file; all of it within the transaction of whoever made it."""

    connection: sqlite3.Connection
    outlets: Names = field(init=False)
    origins: Names = field(init=False)
    places: Names = field(init=False)
    actors: Names = field(init=False)

    def __post_init__(self) -> None:
        self.outlets = Names(self.connection, "outlets", ("name", "plain"), 1)
        self.origins = Names(self.connection, "origins", ("name", "kind", "plain"), 2)
        self.places = Names(self.connection, "places", ("key", "name", "words", "plain"), 3)
        self.actors = Names(self.connection, "actors", ("id", "name", "plain", "plain_id"), 2)

    def write(self, readings: Iterable[Reading]) -> None:
        """Write articles that are not there."""
        for reading in readings:
            slot = self._take_slot(reading.article.id, reading.article.title)
            events: dict[str, list[Event]] = {}
            for event in reading.events:
                events.setdefault(event.statement_id, []).append(event)
            title = plain(reading.article.title or "")
            for position, one in enumerate(reading.statements):
                outlet = reading.article.publisher or one.sources[-1].name
                self._write_statement(one, slot, position, (outlet, title), events.get(one.id, []))

    def _take_slot(self, article_id: str, title: str | None) -> int:
        """Return the number of a new article: by its id, or the next one free."""
        slot = int(article_id[:12], 16) % (1 << SLOT_BITS) if _is_hexadecimal(article_id[:12]) else 0
        taken = "SELECT 1 FROM articles WHERE number = ?"
        while self.connection.execute(taken, (slot,)).fetchone():
            slot = (slot + 1) % (1 << SLOT_BITS)
        self.connection.execute("INSERT INTO articles VALUES (?, ?, ?)", (slot, article_id, title))
        return slot

    def _write_statement(
        self, one: Statement, slot: int, position: int, page: tuple[str, str], events: list[Event]
    ) -> None:
        outlet, title = page
        day = _ordinal(one.published_at or one.first_seen)
        number = number_of(day, slot, position)
        named = self.outlets.number(outlet, plain(outlet))
        origin = self.origins.number(one.origin.name, one.origin.kind, plain(one.origin.name))
        about = (one.id, slot, named, origin, day, _ordinal(one.first_seen), one.kind, one.modality, None)
        tellings: list[tuple[int, Event | None]] = [*enumerate(events)] or [(0, None)]
        sources = [(_actor(source), "source") for source in one.sources if source.kind != "outlet"]
        run, fill = self.connection.execute, self.connection.executemany
        run("INSERT INTO said VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", (number, *about))
        run("INSERT INTO texts VALUES (?, ?)", (number, one.text))
        run("INSERT INTO words (rowid, text, title) VALUES (?, ?, ?)", (number, plain(one.text), title))
        told = [(number, at, *self._telling(one, event, day)) for at, event in tellings]
        fill("INSERT INTO told VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", told)
        parties = [
            (self._actor_number(name), number, at, role)
            for at, event in tellings
            for name, role in (*sources, *_participants(event))
        ]
        fill("INSERT OR IGNORE INTO parties VALUES (?, ?, ?, ?)", parties)

    def _telling(self, one: Statement, event: Event | None, day: int | None) -> tuple[object, ...]:
        if event is None:
            return (None, None, None, one.modality, day, day, 0, None)
        place = self._place_number(event.place, one.evidence.article_id) if event.place else None
        first, last = event.occurred_start or event.occurred_end, event.occurred_end or event.occurred_start
        start, end = (_ordinal(first), _ordinal(last)) if first else (day, day)
        what = (event.id, event.type, event.mode, event.modality)
        return (*what, start, end, int(first is not None), place)

    def _place_number(self, place: Place, article_id: str) -> int:
        return self.places.number(place_key(place, article_id), place.name, plain(place.text), plain(place.name))

    def _actor_number(self, actor: tuple[str, str]) -> int:
        key, name = actor
        return self.actors.number(key, name, plain(name), plain(key))


def _is_hexadecimal(text: str) -> bool:
    return bool(text) and all(letter in "0123456789abcdef" for letter in text)


def _ordinal(day: date | None) -> int | None:
    return day.toordinal() if day else None


def _actor(source: Source) -> tuple[str, str]:
    return (source.actor_id or "", source.name)


def _participants(event: Event | None) -> Iterator[tuple[tuple[str, str], str]]:
    if event:
        for role, side in (("actor", event.actors), ("recipient", event.recipients)):
            for one in side:
                yield (one.actor_id or "", one.name or one.text), role
