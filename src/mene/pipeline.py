"""The one path, on one screen: an article in, a picture out. Start reading Mene here.

    load_articles -> read_article -> analyse -> code_statements -> code_events -> draw_picture -> assess -> write_brief
    (the edge)       \\_____________________ read _____________________________/   picture_of     outlook_of

Everything here is pure: records in, records out. The model is loaded once and passed in, and so is the day.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from mene.codebook import Codebook, load_codebook
from mene.events import CodedEvent, code_events
from mene.gazetteer import Gazetteer
from mene.language import Reader, analyse, load_reader
from mene.outlook import assess, load_base_rates, read_signals
from mene.picture import Grounds, OriginGroup, draw_grounded, draw_picture, find_origins
from mene.picture.history import History, choose_stops, trace_picture
from mene.places import open_places
from mene.records import Article, Dropped, Outlook, Picture, Reading, Signal, Statement
from mene.statements import CodedStatement, Context, code_statements, read_context


@dataclass(frozen=True, slots=True)
class Model:
    """What Mene knows before it reads: the reader model, the codebook and the gazetteer. Load it once.

    `folders` are those that extend the codebook and `places` the user's own places, so that another process can load
    the same model.
    """

    reader: Reader
    codebook: Codebook
    gazetteer: Gazetteer
    folders: tuple[Path, ...] = ()
    places: Path | None = None


@dataclass(frozen=True, slots=True)
class Coded:
    """An article as read, each statement and event with what it was decided from."""

    context: Context
    statements: tuple[CodedStatement, ...]
    events: tuple[CodedEvent, ...]
    dropped: tuple[Dropped, ...]


def load_model(*codebook: Path, places: Path | None = None, threads: int | None = None) -> Model:
    """Return the shipped model, its codebook extended by the folders given. Takes about half a second.

    `places` is a folder of the user's own places, as `mene places add` keeps it; it need not exist.

    Raises ReaderModelError or CodebookError.
    """
    return Model(load_reader(threads=threads), load_codebook(*codebook), open_places(places), codebook, places)


def read(article: Article, model: Model, *, today: date | None = None) -> Reading:
    """Return all that stands in one article: its statements, its events, and what was left out and why.

    `today` is the day of reading: an article without a date could first be known then. It resolves no "on Friday".
    """
    coded = code(article, model, today=today)
    statements = tuple(one.statement for one in coded.statements)
    return Reading(article, statements, tuple(one.event for one in coded.events), coded.dropped)


def code(article: Article, model: Model, *, today: date | None = None) -> Coded:
    """Return what `read` does, each record with the values it was decided from: for whoever asks why it is so."""
    analysis = analyse(article, model.reader)
    context = read_context(analysis, model.codebook, article.published_at)
    said, unsaid = code_statements(context)
    statements = tuple(replace(one, statement=_seen_by(one.statement, today)) for one in said)
    events, uncoded = code_events(context, [one.statement for one in statements], model.gazetteer)
    return Coded(context, statements, events, (*article.dropped, *unsaid, *uncoded))


def _seen_by(statement: Statement, today: date | None) -> Statement:
    return statement if statement.first_seen else replace(statement, first_seen=today)


def origins_of(readings: Iterable[Reading], *, known: date | None = None) -> tuple[OriginGroup, ...]:
    """Return the independent origins of all that the readings say and was known on `known`."""
    kept = tuple(readings)
    statements = (statement for reading in kept for statement in reading.statements)
    return find_origins(statements, (event for reading in kept for event in reading.events), known=known)


def picture_of(
    readings: Iterable[Reading],
    codebook: Codebook,
    *,
    on: date | None = None,
    known: date | None = None,
    origins: Sequence[OriginGroup] | None = None,
) -> Picture:
    """Return the picture that the readings give together, true on `on` as known on `known`; order never matters.

    `origins` are those of `origins_of`, where they are at hand.
    """
    kept = tuple(readings)
    statements = (statement for reading in kept for statement in reading.statements)
    events = (event for reading in kept for event in reading.events)
    return draw_picture(statements, events, on=on, known=known, codebook=codebook, origins=origins)


def grounds_of(
    readings: Iterable[Reading], codebook: Codebook, *, on: date | None = None, known: date | None = None
) -> dict[str, Grounds]:
    """Return what each holding, backing and presence of `picture_of` rests on, by its id."""
    kept = tuple(readings)
    statements = (statement for reading in kept for statement in reading.statements)
    events = (event for reading in kept for event in reading.events)
    return draw_grounded(statements, events, on=on, known=known, codebook=codebook)[1]


def history_of(
    readings: Iterable[Reading],
    codebook: Codebook,
    *,
    known: date | None = None,
    origins: Sequence[OriginGroup] | None = None,
) -> History | None:
    """Return how the places of the readings came to be held, up to `known`; None where no statement bears a day.

    `origins` are those of `origins_of`, where they are at hand.
    """
    kept = tuple(readings)
    said = {one.id: one for reading in kept for one in reading.statements}
    days = [one.first_seen for one in said.values() if one.first_seen]
    if not days:
        return None
    events = (event for reading in kept for event in reading.events)
    stops = choose_stops(min(days), known or max(days))
    return trace_picture(said.values(), events, stops, codebook=codebook, origins=origins)


def outlook_of(
    picture: Picture,
    readings: Iterable[Reading],
    codebook: Codebook,
    *,
    origins: Sequence[OriginGroup] | None = None,
) -> tuple[tuple[Signal, ...], tuple[Outlook, ...]]:
    """Return the signals that the readings give of each leader in office, and the outlook on the picture's day.

    Without a day asked for, it is that of the last signal; without any signal there is no outlook. `origins` are those
    of `origins_of` on the picture's day, where they are at hand.
    """
    kept = tuple(readings)
    statements = [statement for reading in kept for statement in reading.statements]
    events = [event for reading in kept for event in reading.events]
    signals = read_signals(picture, statements, events, codebook, origins=origins)
    day = picture.on or picture.known or max((signal.day for signal in signals if signal.day), default=None)
    if day is None:
        return signals, ()
    since = {signal.leader: start for signal in signals if (start := _in_office_since(signal.leader, day, codebook))}
    return signals, assess(signals, on=day, base_rates=load_base_rates(), in_office_since=since)


def _in_office_since(leader_id: str, day: date, codebook: Codebook) -> date | None:
    leader = codebook.leader(leader_id)
    term = leader.term_on(day) if leader else None
    return term.since if term else None


def known_by(readings: Iterable[Reading], known: date | None) -> tuple[Reading, ...]:
    """Return the readings of articles that could be known on that day; all of them where no day is asked."""
    return tuple(reading for reading in readings if known is None or _first_seen(reading) <= known)


def _first_seen(reading: Reading) -> date:
    seen = [statement.first_seen for statement in reading.statements if statement.first_seen]
    return reading.article.published_at or min(seen, default=date.max)


def changed_control(before: Picture, after: Picture) -> tuple[str, ...]:
    """Return the names of the places whose holder, or the way it is held, differs between two pictures."""
    old, new = _control(before), _control(after)
    return tuple(sorted({name for key in old.keys() | new.keys() if old.get(key) != new.get(key) for name in [key[1]]}))


def _control(picture: Picture) -> dict[tuple[str, str], tuple[str | None, str]]:
    """Return who is believed to hold each place and how; a place of which nothing is known is as one not mentioned."""
    return {
        (holding.place.place_id or "", holding.place.name): (
            (holding.holder.actor_id or holding.holder.name) if holding.holder else None,
            holding.status,
        )
        for holding in picture.holdings
        if holding.status != "unknown"
    }
