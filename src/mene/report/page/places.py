"""Who holds what, replayed: every place with all that it was through the history, as rows and as the script reads it.

A place goes through *states* (who, how, on what evidence); between them only belief fades. The script is told the
states once, and for each pair of days a number: 101 times the state's position plus the belief in percent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from mene.picture.history import History, PlaceHistory
from mene.picture.places import place_key
from mene.records import Citation, Holding
from mene.report.contents import Contents, Worth
from mene.report.page.facets import Facets
from mene.report.page.rows import find_pressing
from mene.report.rows import name_place, order_holdings, say_control
from mene.report.words import plain, say_day, say_likelihood, say_percent

_MOST_CITED = 12
"""Statements that a place leads to on each side; the others stand in the store."""


@dataclass(frozen=True, slots=True)
class State:
    """What a place is from some day on, apart from how far belief in it has faded."""

    id: str
    status: str
    holder: str
    other: str
    words: str
    since: date | None
    worth: Worth
    claims: tuple[str, ...]
    against: tuple[str, ...]
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """A place: its states, and by position in them what it is now; `now` is None where nothing is known of it now.

    `columns` are those of its history as numbers for the script (see above), -1 where nothing is known; `holding` is
    the one shown now, or the last one that was.
    """

    name: str
    holding: Holding
    states: tuple[State, ...]
    now: int | None
    belief: float
    columns: tuple[tuple[int, tuple[int, ...]], ...]
    facets: Facets

    @property
    def state(self) -> State:
        """What it is now, or was last."""
        return self.states[-1 if self.now is None else self.now]

    @property
    def likely(self) -> str:
        """How likely that is, in words."""
        return say_likelihood(self.belief)

    @property
    def percent(self) -> str:
        """How likely that is, in percent."""
        return say_percent(self.belief)

    @property
    def since(self) -> str:
        """Since when it is so."""
        return say_day(self.state.since) if self.state.since else ""


def show_places(contents: Contents) -> list[PlaceRow]:
    """Return all places ever told of by the picture's day: those of the picture in its order, then those of before."""
    now = {_key(row): row for row in order_holdings(contents)}
    traced = {place.key: place for place in contents.history.places} if contents.history else {}
    rows = [_row(now[key], traced.get(key), contents) for key in now]
    rows += [row for key, place in traced.items() if key not in now and (row := _former(place, contents))]
    return rows


def _key(row: Holding) -> str:
    cited = row.evidence_for or row.evidence_against
    return place_key(row.place, cited[0].evidence.article_id if cited else "")


def _former(place: PlaceHistory, contents: Contents) -> PlaceRow | None:
    """Return the row of a place of which nothing is known now; None where nothing ever was."""
    held = [one for column in place.columns for one in column.holdings if one]
    return replace(_row(held[-1], place, contents), now=None) if held else None


def _row(holding: Holding, place: PlaceHistory | None, contents: Contents) -> PlaceRow:
    """Return a place; it is now what the picture says, which may be of a later day than the last stop."""
    states: dict[tuple[object, ...], int] = {}
    shown: list[State] = []

    def number(one: Holding | None) -> int:
        if one is None:
            return -1
        key = (one.id, one.since, one.evidence_for, one.evidence_against)
        if key not in states:
            states[key] = len(shown)
            shown.append(_state(one, contents))
        return states[key] * 101 + round(one.belief * 100)

    columns = tuple((column.known, tuple(map(number, column.holdings))) for column in place.columns) if place else ()
    now = number(holding) // 101
    return PlaceRow(
        name=name_place(holding.place),
        holding=holding,
        states=tuple(shown),
        now=now,
        belief=holding.belief,
        columns=columns,
        facets=facets_of_holding(holding, contents),
    )


def _state(row: Holding, contents: Contents) -> State:
    control = say_control(row, contents)
    return State(
        id=contents.id(row.id),
        status=row.status,
        holder=plain(row.holder.name) if row.holder else "",
        other=find_pressing(row, contents),
        words=" ".join(part for part in (control.holder, control.pressing) if part),
        since=row.since,
        worth=contents.worth(row),
        claims=cite_claims(row.evidence_for, contents),
        against=cite_claims(row.evidence_against, contents),
        origins=tuple(map(plain, row.origins)),
    )


def cite_claims(citations: Sequence[Citation], contents: Contents) -> tuple[str, ...]:
    """Return the short ids of the statements cited, those first that copy none, as far as a row has room."""
    unique = dict.fromkeys(one.statement_id for one in citations if one.statement_id in contents.statements)
    ordered = sorted(unique, key=lambda one: contents.first_telling(one) != one)
    return tuple(contents.id(one) for one in ordered[:_MOST_CITED])


def facets_of_holding(row: Holding, contents: Contents) -> Facets:
    """Return by what a place is found: it has no type, and its status stands where events have their modality."""
    names = (plain(row.holder.name) if row.holder else "", find_pressing(row, contents))
    origins = tuple(map(plain, row.origins))
    return Facets(name_place(row.place), tuple(filter(None, names)), "", origins, row.status, row.since)


# --- as the script reads it -------------------------------------------------------------------------------------------


def when_data(contents: Contents) -> dict[str, object]:
    """Return the days of the slider and where it stands at first."""
    history, picture = contents.history, contents.picture
    if history is None or not history.stops.days:
        return {"stops": [], "step": "day", "on": 0, "known": 0}
    last = len(history.stops.days) - 1
    on = max(history.stops.last_by(picture.on), 0) if picture.on else last
    return {"stops": list(history.stops.days), "step": history.stops.step, "on": on, "known": last}


def places_data(rows: Sequence[PlaceRow], sides: Mapping[str, int], history: History | None) -> list[dict[str, object]]:
    """Return the places as the script reads them, in the order of their rows; `sides` numbers the sides by name."""
    days = history.stops.days if history else ()
    return [
        {
            "n": row.name,
            "now": -1 if row.now is None else row.now * 101 + round(row.belief * 100),
            "s": [_state_data(state, sides, days) for state in row.states],
            "c": [[known, _shorten(cells)] for known, cells in row.columns],
        }
        for row in rows
    ]


def _state_data(state: State, sides: Mapping[str, int], days: Sequence[date]) -> list[object]:
    """Return a state: id, status, side, other side, words, since, counts, statements for and against, origins."""
    return [
        state.id,
        state.status,
        sides.get(state.holder, -1),
        sides.get(state.other, -1),
        state.words,
        state.since or "",
        state.worth.counts,
        " ".join(state.claims),
        " ".join(state.against),
        "|".join(state.origins),
    ]


def _shorten(cells: Sequence[int]) -> list[int]:
    """Return cells without the leading ones that say nothing: their count, negative, comes first instead."""
    first = next((place for place, cell in enumerate(cells) if cell >= 0), len(cells))
    return [-first, *cells[first:]] if first else list(cells)
