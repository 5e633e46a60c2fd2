"""Stage 5: the picture, drawn from a set of statements and events. This screen is the whole of it."""

from collections.abc import Iterable, Sequence
from datetime import date

from mene.picture.backing import draw_backings
from mene.picture.belief import Grounds
from mene.picture.claims import read_claims
from mene.picture.control import Frame, read_place
from mene.picture.disputes import draw_disputes
from mene.picture.occurrences import draw_occurrences
from mene.picture.origins import copies_of, fold
from mene.picture.presence import draw_presences
from mene.picture.sides import Sides, SidesOnEve
from mene.picture.tellings import Telling, gather, known_by, read_tellings
from mene.picture.weights import load_weights
from mene.records import Event, Occurrence, Picture, Statement


def draw_picture(
    statements: Iterable[Statement],
    events: Iterable[Event],
    *,
    on: date | None = None,
    known: date | None = None,
    codebook: Sides,
) -> Picture:
    """Return the picture true on `on` as known on `known`; None asks for all that is told and all that is known.

    A pure function of the two sets: order, duplicates, splitting and merging never matter. What is first seen after
    `known` is left out, and so is what happened after `on`. Without `on`, belief has faded to the last day told of.
    """
    return draw_grounded(statements, events, on=on, known=known, codebook=codebook)[0]


def draw_grounded(
    statements: Iterable[Statement],
    events: Iterable[Event],
    *,
    on: date | None = None,
    known: date | None = None,
    codebook: Sides,
) -> tuple[Picture, dict[str, Grounds]]:
    """Return the picture of `draw_picture` with what each holding, backing and presence rests on, by its id."""
    said = known_by(gather(statements), known)
    told = {key: event for key, event in gather(events).items() if event.statement_id in said}
    origins = fold(said.values(), told.values())
    tellings = read_tellings(said, told, origins)
    frame = make_frame(codebook, on=on, last=last_day(tellings))
    occurrences = draw_occurrences(tellings, copies_of(origins), frame.sides, on=on)
    return draw_tellings(tellings, occurrences, frame, known=known)


def last_day(tellings: Iterable[Telling]) -> date | None:
    """Return the last day that anything is told to have happened on; None where nothing is."""
    return max((telling.day for telling in tellings if telling.day and telling.is_fact), default=None)


def make_frame(codebook: Sides, *, on: date | None, last: date | None) -> Frame:
    """Return what drawing is done with, for the picture true on `on`; `last` is the last day that is told of."""
    return Frame(SidesOnEve(codebook), load_weights(), on, on or last)


def draw_tellings(
    tellings: Sequence[Telling], occurrences: Sequence[Occurrence], frame: Frame, *, known: date | None = None
) -> tuple[Picture, dict[str, Grounds]]:
    """Return the picture that tellings in their order give, and what its rows rest on.

    Of some of all tellings, those rows are right of which all are there: of all about a place, what holds there.
    """
    claims = read_claims(tellings, frame.sides)
    readings = [read_place(key, claims[key], frame) for key in sorted(claims)]
    read = [reading for reading in readings if reading is not None]
    holdings = [(one.holding, one.grounds) for one in read if one.holding is not None and one.grounds is not None]
    backings, presences = draw_backings(tellings, frame), draw_presences(tellings, frame)
    picture = Picture(
        on=frame.on,
        known=known,
        holdings=tuple(sorted((row for row, _ in holdings), key=lambda holding: (holding.place.name, holding.id))),
        backings=tuple(row for row, _ in backings),
        presences=tuple(row for row, _ in presences),
        disputes=draw_disputes(read, tellings, occurrences, frame),
        occurrences=tuple(occurrences),
    )
    grounds = {row.id: one for row, one in holdings}
    grounds |= {row.id: one for row, one in backings}
    return picture, grounds | {row.id: one for row, one in presences}
