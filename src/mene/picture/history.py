"""How the picture of each place came about: who held it, true on each of some days, as known on each of them.

For every pair of days it is what `draw_picture` gives (a property test holds that), without drawing all anew: what is
known of a place changes on few days, and between two of them only belief fades.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mene.picture.claims import Claim, read_claims
from mene.picture.collector import uncollected
from mene.picture.control import Frame, PlaceReading, pressure_spans, read_sorted
from mene.picture.origins import OriginGroup, fold
from mene.picture.sides import Sides, SidesOnEve
from mene.picture.tellings import Telling, gather, gather_events, known_by, read_tellings
from mene.picture.turns import PlaceClaims, sort_claims
from mene.picture.weights import Weights, load_weights
from mene.records import Event, Holding, Statement
from mene.vocabulary import HistoryStep

MOST_STOPS = 45
"""Days at which the picture is kept: a step of the slider is a day up to so many, then a week, a month, and so on."""


@dataclass(frozen=True, slots=True)
class Stops:
    """The days at which the picture is kept, in order, each the last of its day, week, month, quarter or year."""

    step: HistoryStep
    days: tuple[date, ...]

    def last_by(self, day: date) -> int:
        """Return the position of the last stop that is not after a day; -1 where all are."""
        return bisect_right(self.days, day) - 1


@dataclass(frozen=True, slots=True)
class Column:
    """A place as known from one stop on: its holding true on each stop, or None. `known` is the stop's position."""

    known: int
    holdings: tuple[Holding | None, ...]


@dataclass(frozen=True, slots=True)
class PlaceHistory:
    """A place through all pairs of stops; `key` is its key in the picture. Columns stand in the order of `known`."""

    key: str
    columns: tuple[Column, ...]

    def at(self, known: int, on: int) -> Holding | None:
        """Return the holding true on stop `on` as known on stop `known`; `on` is not after `known`."""
        place = bisect_right(self.columns, known, key=lambda column: column.known) - 1
        return self.columns[place].holdings[on] if place >= 0 else None


@dataclass(frozen=True, slots=True)
class History:
    """The histories of all places, in the order of their keys."""

    stops: Stops
    places: tuple[PlaceHistory, ...]

    def at(self, known: int, on: int) -> tuple[Holding, ...]:
        """Return all holdings true on stop `on` as known on stop `known`, as a picture has them."""
        held = (place.at(known, min(on, known)) for place in self.places)
        return tuple(sorted((row for row in held if row), key=lambda row: (row.place.name, row.id)))


def choose_stops(first: date, last: date) -> Stops:
    """Return the stops from the first day to the last: as fine as `MOST_STOPS` allow; the last day is always one.

    >>> choose_stops(date(2024, 11, 27), date(2024, 12, 7)).step
    'day'
    >>> [str(day) for day in choose_stops(date(2023, 11, 27), date(2024, 12, 7)).days[:2]]
    ['2023-11-30', '2023-12-31']
    """
    for step in _STEPS:
        days = _ends(step, first, last)
        if len(days) <= MOST_STOPS:
            return Stops(step, days)
    return Stops("year", days[-MOST_STOPS:])


_STEPS: tuple[HistoryStep, ...] = ("day", "week", "month", "quarter", "year")


def _ends(step: HistoryStep, first: date, last: date) -> tuple[date, ...]:
    """Return the last day of each step from the first day's on; of the last step, the last day itself."""
    days: list[date] = []
    day = _end_of(step, first)
    while day < last and len(days) <= _FAR:
        days.append(day)
        day = _end_of(step, day + timedelta(days=1))
    return (*days, last)


_FAR = 1000
"""More stops than any step may have, but for years."""


def _end_of(step: HistoryStep, day: date) -> date:
    """Return the last day of the step that a day lies in; weeks end on Sunday."""
    if step == "day":
        return day
    if step == "week":
        return day + timedelta(days=6 - day.weekday())
    months = {"month": 1, "quarter": 3, "year": 12}[step]
    month = (day.month - 1) // months * months + months
    following = date(day.year + month // 12, month % 12 + 1, 1) if day.year < date.max.year else date.max
    return following - timedelta(days=1)


def trace_picture(
    statements: Iterable[Statement],
    events: Iterable[Event],
    stops: Stops,
    *,
    codebook: Sides,
    origins: Sequence[OriginGroup] | None = None,
) -> History:
    """Return the history of the places that the picture of two sets has; see `draw_picture`.

    `origins` are those of what is known on the last stop, where it is folded already.
    """
    said = known_by(gather(statements), stops.days[-1])
    told = gather_events(events, said)
    origins = fold(said.values(), told.values()) if origins is None else origins
    return draw_history(read_tellings(said, told, origins), codebook, stops)


def draw_history(tellings: Iterable[Telling], sides: Sides, stops: Stops) -> History:
    """Return how all places came to be held as they are, from all that is told."""
    eve, weights = SidesOnEve(sides), load_weights()
    claims = read_claims(tellings, eve)
    with uncollected():
        places = [_trace(key, claims[key], eve, weights, stops) for key in sorted(claims)]
    return History(stops, tuple(place for place in places if place.columns))


def _trace(key: str, claims: Sequence[Claim], sides: Sides, weights: Weights, stops: Stops) -> PlaceHistory:
    """Return the history of a place: one column for each stop by which something new is known."""
    seen = [_first_stop(claim, stops) for claim in claims]
    known = sorted({stop for stop in seen if stop is not None})
    readings = _Readings(key, sides, weights)
    columns = []
    ends = [*known[1:], len(stops.days)][: len(known)]
    for stop, until in zip(known, ends, strict=True):
        told = [claim for claim, first in zip(claims, seen, strict=True) if first is not None and first <= stop]
        columns.append(Column(stop, _read_through(told, readings, stops.days[:until])))
    return PlaceHistory(key, tuple(columns))


def _first_stop(claim: Claim, stops: Stops) -> int | None:
    """Return the first stop by which a claim is known; None where none is."""
    seen = claim.telling.statement.first_seen
    if seen is None or seen > stops.days[-1]:
        return None
    return stops.last_by(seen - timedelta(days=1)) + 1 if seen > date.min else 0


def _read_through(claims: Sequence[Claim], readings: "_Readings", days: Sequence[date]) -> tuple[Holding | None, ...]:
    """Return the holding of a place true on each day, as known from some claims."""
    whole = sort_claims(claims, readings.sides, readings.weights, None)
    spans = pressure_spans(whole, readings.weights)
    reading: PlaceReading | None = None
    before: tuple[int, tuple[Span, ...]] | None = None
    found = []
    for day in days:
        last = bisect_right(whole.claims, day, key=lambda claim: claim.day)
        now = (last, tuple(span for span in spans if span[0] <= day <= span[1]))
        if now != before:
            part = PlaceClaims(whole.claims[:last], whole.side_of)
            reading, before = readings.read(part, now[1], day), now
        found.append(readings.fade(reading, day) if reading else None)
    return tuple(found)


Span = tuple[date, date]
"""The first and the last day for which a claim of pressure counts."""

ClaimKey = tuple[int, str, int, int, date, str, str]


class _Readings:
    """The readings of one place and what they fade to, each made once.

    What is known later mostly tells of later days: the days before are read from the same claims as they were.
    """

    def __init__(self, key: str, sides: Sides, weights: Weights) -> None:
        self.key, self.sides, self.weights = key, sides, weights
        self._made: dict[tuple[tuple[ClaimKey, ...], tuple[Span, ...]], PlaceReading | None] = {}
        self._faded: dict[tuple[int, date], Holding | None] = {}

    def read(self, part: PlaceClaims, pressing: tuple[Span, ...], day: date) -> PlaceReading | None:
        """Return the reading of the claims up to a day, on which the pressure of some still counts."""
        made = (tuple(_identify(claim, part) for claim in part.claims), pressing)
        if made not in self._made:
            self._made[made] = read_sorted(self.key, part, Frame(self.sides, self.weights, day, day))
        return self._made[made]

    def fade(self, reading: PlaceReading, day: date) -> Holding | None:
        """Return the holding of a reading with its belief as it has faded to a day."""
        faded = (id(reading), day)
        if faded not in self._faded:
            self._faded[faded] = _fade(reading, day)
        return self._faded[faded]


def _identify(claim: Claim, place: PlaceClaims) -> ClaimKey:
    """Return what tells a claim of a place from any other as long as the place is traced; its telling stays in memory.

    Sorting moves its day, and a party's side may change with what else is told.
    """
    sides = place.side(claim.party), place.side(claim.other)
    return (id(claim.telling), claim.effect, id(claim.party), id(claim.other), claim.day, *sides)


def _fade(reading: PlaceReading, day: date) -> Holding | None:
    if reading.holding is None or reading.grounds is None:
        return None
    belief = reading.grounds.believe(day)
    return reading.holding if belief == reading.holding.belief else replace(reading.holding, belief=belief)
