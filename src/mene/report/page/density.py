"""The bars of the timeline: how many events there are by day, week, month, quarter or year, and the lanes below them.

All is placed in percent of the width, so that bars and lanes stretch with the page while letters and dots do not.
"""

import math
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from mene.report.words import MONTHS, say_day, say_days

MOST_BARS = 80
MOST_TICKS = 8
_LAST_TICK = 91
"""Percent of the width."""

Unit = Literal["day", "week", "month", "quarter", "year"]
_UNITS: tuple[Unit, ...] = ("day", "week", "month", "quarter", "year")
_MONTHS_OF: dict[Unit, int] = {"month": 1, "quarter": 3, "year": 12}
_DAYS_OF: dict[Unit, int] = {"day": 1, "week": 7}


@dataclass(frozen=True, slots=True)
class Scale:
    """Bars side by side: the first day of each, and the day after the last."""

    unit: Unit
    starts: tuple[date, ...]
    end: date

    def bar_of(self, day: date) -> int:
        """Return the number of the bar that a day falls into, -1 for a day outside."""
        return bisect_right(self.starts, day) - 1 if day < self.end else -1

    def last_of(self, bar: int) -> date:
        """Return the last day of a bar."""
        following = self.starts[bar + 1] if bar + 1 < len(self.starts) else self.end
        return following - timedelta(1)

    def name_bar(self, bar: int) -> str:
        """Return the days of a bar in words: "5 Dec 2024", "2–8 Dec 2024", "Dec 2024", "Oct – Dec 2024", "2024"."""
        first, last = self.starts[bar], self.last_of(bar)
        if self.unit == "month":
            return f"{MONTHS[first.month - 1]} {first.year}"
        if self.unit == "quarter":
            return f"{MONTHS[first.month - 1]} – {MONTHS[last.month - 1]} {last.year}"
        return str(first.year) if self.unit == "year" else say_days(first, last)

    def middle_of(self, bar: int) -> float:
        """Return where the middle of a bar is, in percent of the width."""
        return round((bar + 0.5) * 100 / len(self.starts), 2)

    @property
    def ticks(self) -> list[tuple[float, str]]:
        """Where the axis is labelled, in percent of the width, and how: the first day of every so many bars.

        The last bars bear no label, for which there would be no room.
        """
        bars = len(self.starts)
        step = -(-bars // MOST_TICKS)
        places = ((bar, round(bar * 100 / bars, 2)) for bar in range(0, bars, step))
        return [(x, self._tick(bar)) for bar, x in places if x <= _LAST_TICK]

    def _tick(self, bar: int) -> str:
        first = self.starts[bar]
        if self.unit in _DAYS_OF:
            return say_day(first, year=None if bar == 0 else first.year if self._is_one_year else None)
        return str(first.year) if self.unit == "year" else f"{MONTHS[first.month - 1]} {first.year}"

    @property
    def _is_one_year(self) -> bool:
        return self.starts[0].year == self.starts[-1].year


def choose_scale(days: Iterable[date]) -> Scale | None:
    """Return the finest bars, at most `MOST_BARS`, over all the days; None of no days."""
    told = sorted(days)
    if not told:
        return None
    edges = next((found for unit in _UNITS if (found := _edges(unit, told[0], told[-1]))), None)
    return Scale(edges[0], edges[1][:-1], edges[1][-1]) if edges else None


def _edges(unit: Unit, first: date, last: date) -> tuple[Unit, tuple[date, ...]] | None:
    """Return where bars from `first` to `last` begin and the last ends; None where they are too many (years never)."""
    edges = [_start(unit, first)]
    while edges[-1] <= last:
        if len(edges) > MOST_BARS and unit != "year":
            return None
        edges.append(_next(unit, edges[-1]))
    return unit, tuple(edges)


def _start(unit: Unit, day: date) -> date:
    if unit == "week":
        return day - timedelta(day.weekday())
    if unit in _MONTHS_OF:
        return date(day.year, (day.month - 1) // _MONTHS_OF[unit] * _MONTHS_OF[unit] + 1, 1)
    return day


def _next(unit: Unit, start: date) -> date:
    if unit in _DAYS_OF:
        return start + timedelta(_DAYS_OF[unit])
    months = start.year * 12 + start.month - 1 + _MONTHS_OF[unit]
    return date(months // 12, months % 12 + 1, 1)


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the strip: its number, what it counts, and where it stands; heights in pixels of the strip's."""

    number: int
    name: str
    facts: int
    others: int
    x: float
    width: float
    facts_height: float
    others_height: float


PLOT_HEIGHT = 64
"""Pixels of the highest bar."""


def draw_bars(scale: Scale, counts: Sequence[tuple[int, int]]) -> list[Bar]:
    """Return the bars that are not empty; `counts` are the facts and the other events of each."""
    highest, whole = max((a + b for a, b in counts), default=0), 100 / len(scale.starts)
    return [
        Bar(
            number,
            scale.name_bar(number),
            facts,
            others,
            round((number + 0.1) * whole, 2),
            round(0.8 * whole, 2),
            round(PLOT_HEIGHT * facts / highest, 1),
            round(PLOT_HEIGHT * others / highest, 1),
        )
        for number, (facts, others) in enumerate(counts)
        if facts or others
    ]


def dot_radius(count: int) -> float:
    """Return the radius of a dot in a lane, in pixels; its area grows with the number of events.

    >>> dot_radius(1), dot_radius(4), dot_radius(400)
    (3.5, 5.0, 9.0)
    """
    return round(min(2 + 1.5 * math.sqrt(count), 9.0), 1)


_EPOCH = date(1970, 1, 1).toordinal()


def count_days(day: date | None) -> int | None:
    """Return a day as the script counts it, in days since 1970; None for no day.

    >>> count_days(date(2024, 12, 5)), count_days(None)
    (20062, None)
    """
    return day.toordinal() - _EPOCH if day else None
