"""Stage 5: the picture, drawn from a set of statements and events. This screen is the whole of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from mene.picture.backing import draw_backings
from mene.picture.belief import Grounds
from mene.picture.claims import read_claims
from mene.picture.collector import uncollected
from mene.picture.control import Frame, read_place
from mene.picture.disputes import dispute_events, dispute_figures, dispute_places, order_of_dispute
from mene.picture.occurrences import draw_occurrences
from mene.picture.origins import OriginGroup, copies_of, fold
from mene.picture.presence import draw_presences, order_of_presence
from mene.picture.sides import Sides, SidesOnEve
from mene.picture.tellings import Telling, gather, gather_events, known_by, read_tellings
from mene.picture.weights import load_weights
from mene.records import Backing, Dispute, Event, Holding, Occurrence, Picture, Presence, Statement


def draw_picture(
    statements: Iterable[Statement],
    events: Iterable[Event],
    *,
    on: date | None = None,
    known: date | None = None,
    codebook: Sides,
    origins: Sequence[OriginGroup] | None = None,
) -> Picture:
    """Return the picture true on `on` as known on `known`; None asks for all that is told and all that is known.

    A pure function of the two sets: order, duplicates, splitting and merging never matter. What is first seen after
    `known` is left out, and so is what happened after `on`. Without `on`, belief has faded to the last day told of.
    `origins` are what `find_origins` finds, where that is at hand.
    """
    return draw_grounded(statements, events, on=on, known=known, codebook=codebook, origins=origins)[0]


@uncollected()
def draw_grounded(
    statements: Iterable[Statement],
    events: Iterable[Event],
    *,
    on: date | None = None,
    known: date | None = None,
    codebook: Sides,
    origins: Sequence[OriginGroup] | None = None,
) -> tuple[Picture, dict[str, Grounds]]:
    """Return the picture of `draw_picture` with what each holding, backing and presence rests on, by its id."""
    said = known_by(gather(statements), known)
    told = gather_events(events, said)
    origins = fold(said.values(), told.values()) if origins is None else origins
    tellings = read_tellings(said, told, origins)
    frame = make_frame(codebook, on=on, last=last_day(tellings))
    occurrences = draw_occurrences(tellings, copies_of(origins), frame.sides, on=on)
    return draw_tellings(tellings, occurrences, frame, known=known)


def find_origins(
    statements: Iterable[Statement], events: Iterable[Event], *, known: date | None = None
) -> tuple[OriginGroup, ...]:
    """Return the independent origins of what was known on `known`: for what is drawn more than once from one set."""
    said = known_by(gather(statements), known)
    return fold(said.values(), gather_events(events, said).values())


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
    drawing = Drawing(frame)
    drawing.add_places(tellings)
    drawing.add_backings(tellings)
    drawing.add_figures(tellings, occurrences)
    return drawing.finish(known)


@dataclass(slots=True)
class Drawing:
    """A picture in the making, to which tellings are added in parts; which parts they come in makes no difference."""

    frame: Frame
    holdings: list[tuple[Holding, Grounds]] = field(default_factory=list)
    backings: list[tuple[Backing, Grounds]] = field(default_factory=list)
    presences: list[tuple[Presence, Grounds]] = field(default_factory=list)
    disputes: list[Dispute] = field(default_factory=list)
    occurrences: list[Occurrence] = field(default_factory=list)

    def add_places(self, tellings: Sequence[Telling]) -> None:
        """Add all tellings of some places, or all that name none: holdings, presences, and what is contradicted."""
        claims = read_claims(tellings, self.frame.sides)
        readings = [read for key in sorted(claims) if (read := read_place(key, claims[key], self.frame))]
        self.holdings += [(one.holding, one.grounds) for one in readings if one.holding and one.grounds]
        self.presences += draw_presences(tellings, self.frame)
        self.disputes += dispute_places(readings, self.frame)
        self.disputes += dispute_events(tellings, self.frame)

    def add_backings(self, tellings: Sequence[Telling]) -> None:
        """Add all tellings of who backs whom and of forces that leave: once, for backings bear on each other."""
        self.backings += draw_backings(tellings, self.frame)

    def add_figures(self, tellings: Sequence[Telling], occurrences: Iterable[Occurrence]) -> None:
        """Add occurrences with all their tellings, and the figures in which these differ."""
        self.occurrences += occurrences
        self.disputes += dispute_figures(self.occurrences, tellings, self.frame)

    def finish(self, known: date | None) -> tuple[Picture, dict[str, Grounds]]:
        """Return the picture and what its rows rest on, by their ids."""
        picture = Picture(
            on=self.frame.on,
            known=known,
            holdings=tuple(sorted((row for row, _ in self.holdings), key=lambda row: (row.place.name, row.id))),
            backings=tuple(row for row, _ in self.backings),
            presences=tuple(sorted((row for row, _ in self.presences), key=order_of_presence)),
            disputes=tuple(sorted(self.disputes, key=order_of_dispute)),
            occurrences=tuple(self.occurrences),
        )
        grounds = {row.id: one for row, one in self.holdings}
        grounds |= {row.id: one for row, one in self.backings}
        return picture, grounds | {row.id: one for row, one in self.presences}
