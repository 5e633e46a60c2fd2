"""What signs are read from: the picture, all that is told and said up to its day, and what country each is about."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mene.picture.origins import OriginGroup, fold
from mene.picture.tellings import Telling, gather, gather_events, known_by, read_tellings
from mene.records import Event, Picture, Place, Statement


@dataclass(frozen=True, slots=True)
class Material:
    """All that signs are read from.

    `said` are the tellings of each statement, `country_of` is the country that each is about, `about` are the
    statements by that country, each with the day of the sign that its words would give.
    """

    picture: Picture
    tellings: tuple[Telling, ...]
    statements: tuple[Statement, ...]
    said: Mapping[str, tuple[Telling, ...]]
    country_of: Mapping[str, str]
    about: Mapping[str, tuple[tuple[date | None, Statement], ...]]


def gather_material(
    picture: Picture,
    statements: Iterable[Statement],
    events: Iterable[Event],
    origins: Sequence[OriginGroup] | None = None,
) -> Material:
    """Return what signs are read from; `origins` are those of the statements known, where they are folded already."""
    said = known_by(gather(statements), picture.known)
    told = gather_events(events, said)
    stood = read_tellings(said, told, fold(said.values(), told.values()) if origins is None else origins)
    before = tuple(one for one in stood if picture.on is None or one.day is None or one.day <= picture.on)
    by_statement: defaultdict[str, list[Telling]] = defaultdict(list)
    for telling in before:
        by_statement[telling.statement.id].append(telling)
    in_time = tuple(one for one in said.values() if picture.on is None or (said_day(one) or date.min) <= picture.on)
    spoken = {key: tuple(row) for key, row in by_statement.items()}
    country_of = _countries_told(before, in_time)
    about: defaultdict[str, list[tuple[date | None, Statement]]] = defaultdict(list)
    for one in in_time:
        if one.id in country_of:
            about[country_of[one.id]].append((_sign_day(one, spoken.get(one.id, ())), one))
    return Material(picture, before, in_time, spoken, country_of, {key: tuple(row) for key, row in about.items()})


def said_day(statement: Statement) -> date | None:
    """Return the day on which something was said."""
    return statement.said_at or statement.published_at or statement.first_seen


def _sign_day(statement: Statement, told: Sequence[Telling]) -> date | None:
    """Return the day of the sign that a statement's words would give: that of its first event, where it has any."""
    return next((one.day for one in told if not one.event.background), None) if told else said_day(statement)


def keep_recent(material: Material, at: date | None, window: int) -> Material:
    """Return the material without tellings and statements whose sign would be older than `window` days."""
    about = {
        country: tuple(one for one in rows if is_recent(one[0], at, window)) for country, rows in material.about.items()
    }
    tellings = tuple(one for one in material.tellings if is_recent(one.day, at, window))
    return replace(material, tellings=tellings, about=about)


def is_recent(day: date | None, at: date | None, window: int) -> bool:
    """Return whether a day is at most `window` days before another; without a day nothing is too old."""
    return day is None or at is None or at - timedelta(days=window) <= day


def _countries_told(tellings: Iterable[Telling], statements: Iterable[Statement]) -> dict[str, str]:
    """Return the country that each statement is about: that of its own events, else of its article's."""
    by_statement: defaultdict[str, Counter[str]] = defaultdict(Counter)
    by_article: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for telling in tellings:
        for country in _countries_in(telling.event):
            by_statement[telling.statement.id][country] += 1
            by_article[telling.statement.evidence.article_id][country] += 1
    found = {}
    for statement in statements:
        counts = by_statement.get(statement.id) or by_article.get(statement.evidence.article_id)
        if counts:
            found[statement.id] = min(counts, key=lambda country: (-counts[country], country))
    return found


def _countries_in(event: Event) -> Iterator[str]:
    """Yield the country of an event's place twice, those of its participants once: a place says more of where."""
    if event.place and event.place.country:
        yield from (event.place.country, event.place.country)
    yield from (party.country for party in event.actors + event.recipients if party.country)


def countries_of(material: Material) -> set[str]:
    """Return the countries that the picture or the events concern."""
    found = {country for telling in material.tellings for country in _countries_in(telling.event)}
    found |= {row.place.country for row in material.picture.holdings if row.place.country}
    found |= {row.place.country for row in material.picture.presences if row.place.country}
    found |= {row.backed.country for row in material.picture.backings if row.backed.country}
    return found


def places_of(material: Material) -> Iterator[Place]:
    """Yield the places of the picture and of the events."""
    yield from (row.place for row in material.picture.holdings)
    yield from (row.place for row in material.picture.presences)
    yield from (telling.event.place for telling in material.tellings if telling.event.place)


def last_day(material: Material) -> date | None:
    """Return the last day that anything is told of or said on."""
    days = [telling.day for telling in material.tellings if telling.day and telling.is_fact]
    days += [day for statement in material.statements if (day := said_day(statement))]
    return max(days, default=None)
