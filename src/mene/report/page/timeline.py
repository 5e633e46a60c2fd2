"""The timeline: what happened by day, place and actor, with bars for long periods; at most `MOST_EVENTS` events.

The server draws the last state; for each view the script (`templates/js/timeline.js`) draws the same of `events_data`.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any, Literal

from mene.picture.tellings import FACTS
from mene.report.brief_lines import fit
from mene.report.contents import Contents
from mene.report.happenings import Happening, phrase_event
from mene.report.page.cited import Opening, first_told, open_statements
from mene.report.page.density import Bar, Scale, choose_scale, count_days, dot_radius, draw_bars
from mene.report.page.facets import Facets
from mene.report.rows import name_place
from mene.report.words import MODALITY_WORDS, plain, say_day, say_numbers, say_when

MOST_EVENTS = 3_000
"""Events in one file, the weightiest; the others are counted. Nobody reads a longer list, and filters stay fast."""

FIRST_MOMENTS = 20
"""Moments of the list that stand in the page itself; the script shows the others, as many at a time."""

FIRST_LANES = 12
_AROUND_DAYS = 60
"""Days before the first article and after the last within which an event is news; what is older is history."""

_WIDEST_DAYS = 10
"""Days an event may span to stand under its last one; "in autumn" is no day, and would look like one."""

Group = Literal["day", "loose", "history"]
_ORDER: tuple[Group, ...] = ("day", "loose", "history")


@dataclass(frozen=True, slots=True)
class Moment:
    """An event as listed. `group` says where: under its day, without a single day, or as history."""

    happening: Happening
    group: Group
    facets: Facets
    opening: Opening
    words: str
    when: str
    numbers: str
    label: str

    @property
    def style(self) -> str:
        """How it is marked: told as fact, not told as fact, or background."""
        return "past" if self.happening.background else "solid" if self.happening.is_fact else "hollow"

    @property
    def day(self) -> date | None:
        """The day it stands under, None where it is under none."""
        return self.facets.day if self.group == "day" else None

    @property
    def heading(self) -> str:
        """The heading it stands under."""
        if self.group == "day":
            return say_day(self.facets.day)
        return "No single day" if self.group == "loose" else "History, told as background"


@dataclass(frozen=True, slots=True)
class Timeline:
    """All moments in the order of the list (the last day first, facts before others, history last) and the bars."""

    moments: tuple[Moment, ...]
    scale: Scale | None
    left_out: int


# --- reading ----------------------------------------------------------------------------------------------------------


def read_timeline(happenings: Sequence[Happening], contents: Contents) -> Timeline:
    """Return the timeline of what `gather_happenings` gives: the weightiest events, each once."""
    kept = sorted(happenings, key=_weight, reverse=True)[:MOST_EVENTS]
    first, last = _period(contents)
    moments = [_moment(one, _group(one, first, last), contents) for one in kept]
    moments.sort(key=lambda one: _list_order(one.happening, one.group, one.facets))
    scale = choose_scale(one.day for one in moments if one.day)
    return Timeline(tuple(moments), scale, len(happenings) - len(kept))


def list_happenings(happenings: Iterable[Happening], contents: Contents) -> list[tuple[Happening, Facets]]:
    """Return all that happened in the order of the list, each with what it is found by."""
    first, last = _period(contents)
    found = [(one, facets_of_happening(one, contents)) for one in sorted(happenings, key=_weight, reverse=True)]
    return sorted(found, key=lambda pair: _list_order(pair[0], _group(pair[0], first, last), pair[1]))


def _weight(one: Happening) -> tuple[tuple[int, int, int], str]:
    return one.weight, one.occurrence.id


def _period(contents: Contents) -> tuple[date | None, date | None]:
    """Return the days of the first article and of the last."""
    published = [day for one in contents.articles.values() if (day := one.published_at)]
    return min(published, default=None), max(published, default=None)


def _list_order(one: Happening, group: Group, facets: Facets) -> tuple[int, int, bool, bool]:
    """Return what sorts the list; events of one day stay in the order of their weight."""
    newest = (facets.told if group == "loose" else facets.day) or date.min
    return (_ORDER.index(group), -newest.toordinal(), one.background, not one.is_fact)


def _group(one: Happening, first: date | None, last: date | None) -> Group:
    day, around = _day(one), timedelta(_AROUND_DAYS)
    if one.background or (day and first and day < first - around):
        return "history"
    start, end = one.event.occurred_start, one.event.occurred_end
    is_wide = bool(start and end and (end - start).days > _WIDEST_DAYS)
    return "loose" if day is None or is_wide or (last and day > last + around) else "day"


def _day(one: Happening) -> date | None:
    return one.event.occurred_end or one.event.occurred_start


def _moment(one: Happening, group: Group, contents: Contents) -> Moment:
    words, facets = _phrase(one), facets_of_happening(one, contents)
    denied = [citation.statement_id for citation in one.occurrence.evidence_against]
    return Moment(
        happening=one,
        group=group,
        facets=facets,
        opening=open_statements(words, one.tellings, contents, against=denied),
        words=words,
        when=_when(one, group, facets.told),
        numbers=plain(say_numbers(one.event.numbers)),
        label=_label(one),
    )


def facets_of_happening(one: Happening, contents: Contents) -> Facets:
    """Return by what an event is found."""
    event = one.event
    return Facets(
        place=name_place(event.place) if event.place else "",
        actors=tuple(dict.fromkeys(plain(party.name) for party in (*event.actors, *event.recipients))),
        type=event.type,
        origins=tuple(map(plain, one.occurrence.origins)),
        modality=one.modality,
        day=_day(one),
        told=first_told(one.tellings, contents),
    )


def _when(one: Happening, group: Group, told: date | None) -> str:
    """Return when it was, where the heading it stands under does not say so; without any day, when it was told."""
    event = one.event
    if event.occurred_start is None:
        return f"told {say_day(told)}" if told else ""
    is_span = event.occurred_end is not None and event.occurred_end != event.occurred_start
    return say_when(event) if is_span or group != "day" or event.has_inferred_day else ""


def _label(one: Happening) -> str:
    """Return what says that an event is no fact, nothing where it is told as one."""
    if one.background:
        return "background"
    if one.is_fact:
        return ""
    return "opinion" if one.modality in FACTS else MODALITY_WORDS[one.modality]


def _phrase(one: Happening) -> str:
    """Return an event in words; one without a side or a place says nothing alone, and is quoted."""
    event = one.event
    if event.actors or event.recipients or event.place:
        return phrase_event(event)
    return f"{phrase_event(event)}: “{fit(plain(one.statement.text), 90)}”"


# --- the last state, drawn by the server ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Dot:
    """The events of one lane and one bar."""

    name: str
    x: float
    facts: int
    others: int
    radius: float
    opening: Opening


@dataclass(frozen=True, slots=True)
class Lane:
    """The events of a place, the days running to the right."""

    name: str
    total: int
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class TimelinePanel:
    """The timeline as the server draws it: the bars, the first lanes by place, and the first moments by heading."""

    total: int
    left_out: int
    undated: int
    unit: str
    summary: str
    highest: int
    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]
    lanes: tuple[Lane, ...]
    more_lanes: int
    days: tuple[tuple[str, tuple[Moment, ...]], ...]
    more_moments: int


def show_timeline(timeline: Timeline) -> TimelinePanel:
    """Return the last state of the timeline."""
    scale, dated = timeline.scale, [one for one in timeline.moments if one.day]
    counts = _count(dated, scale) if scale else []
    lanes = _lanes(dated, scale) if scale else []
    listed = timeline.moments[:FIRST_MOMENTS]
    return TimelinePanel(
        total=len(timeline.moments),
        left_out=timeline.left_out,
        undated=len(timeline.moments) - len(dated),
        unit=scale.unit if scale else "",
        summary=_summarise(dated, scale, counts) if scale else "",
        highest=max((facts + others for facts, others in counts), default=0),
        bars=tuple(draw_bars(scale, counts)) if scale else (),
        ticks=tuple(scale.ticks) if scale else (),
        lanes=tuple(lanes[:FIRST_LANES]),
        more_lanes=max(len(lanes) - FIRST_LANES, 0),
        days=tuple((heading, tuple(told)) for heading, told in groupby(listed, key=lambda one: one.heading)),
        more_moments=len(timeline.moments) - len(listed),
    )


def _count(dated: Iterable[Moment], scale: Scale) -> list[tuple[int, int]]:
    counts = Counter((scale.bar_of(one.day), one.style == "solid") for one in dated if one.day)
    return [(counts[bar, True], counts[bar, False]) for bar in range(len(scale.starts))]


def _summarise(dated: Sequence[Moment], scale: Scale, counts: Sequence[tuple[int, int]]) -> str:
    """Return what the bars show, for whoever does not see them."""
    facts = sum(one for one, _ in counts)
    top = max(range(len(counts)), key=lambda bar: sum(counts[bar]))
    span = f"{say_day(scale.starts[0])} to {say_day(scale.last_of(len(counts) - 1))}"
    return (
        f"Events per {scale.unit} from {span}: {facts:,} told as fact and {len(dated) - facts:,} not; "
        f"most in {scale.name_bar(top)}, {sum(counts[top]):,}"
    )


def _lanes(dated: Iterable[Moment], scale: Scale) -> list[Lane]:
    """Return a lane for each place, the busiest first."""
    by_place: defaultdict[str, list[Moment]] = defaultdict(list)
    for one in dated:
        if one.facets.place:
            by_place[one.facets.place].append(one)
    ranked = sorted(by_place.items(), key=lambda item: (-len(item[1]), item[0]))
    return [Lane(name, len(told), tuple(_dots(name, told, scale))) for name, told in ranked]


def _dots(name: str, told: Iterable[Moment], scale: Scale) -> Iterable[Dot]:
    by_bar: defaultdict[int, list[Moment]] = defaultdict(list)
    for one in told:
        if one.day:
            by_bar[scale.bar_of(one.day)].append(one)
    for bar, ones in sorted(by_bar.items()):
        facts = sum(one.style == "solid" for one in ones)
        title = f"{name}, {scale.name_bar(bar)}: {facts} as fact, {len(ones) - facts} not"
        yield Dot(title, scale.middle_of(bar), facts, len(ones) - facts, dot_radius(len(ones)), ones[0].opening)


# --- for the script ---------------------------------------------------------------------------------------------------

_FACT, _PAST, _LOOSE, _HISTORY = 1, 2, 4, 8
"""Flags of a row: told as fact, told as background, without a single day, listed as history."""


class _Table:
    """Strings, each kept once and named by its place."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}

    def place(self, text: str) -> int:
        return self._places.setdefault(text, len(self._places))

    def texts(self) -> list[str]:
        return list(self._places)


def events_data(timeline: Timeline) -> dict[str, Any]:
    """Return the events for the script: tables of names, the bars, and a row for each moment in the list's order.

    A row is [first day, last day, first told day (days since 1970, null where not known), type, place, actors, origins,
    modality (places in the tables, -1 for no place), flags, label, words, when, numbers, rating, copies, short id,
    statements for, statements against]; the number of origins is the length of their list, and what has no day at all
    was told on its first told day.
    """
    tables = {name: _Table() for name in ("types", "places", "actors", "origins", "modalities", "labels")}
    rows = [_row(one, tables) for one in timeline.moments]
    scale = timeline.scale
    return {
        **{name: table.texts() for name, table in tables.items()},
        "unit": scale.unit if scale else "",
        "bars": [count_days(day) for day in (*scale.starts, scale.end)] if scale else [],
        "names": [scale.name_bar(bar) for bar in range(len(scale.starts))] if scale and scale.unit != "day" else [],
        "rows": rows,
        "leftOut": timeline.left_out,
        "step": FIRST_MOMENTS,
        "lanes": FIRST_LANES,
    }


def _row(one: Moment, tables: dict[str, _Table]) -> list[Any]:
    facets, told = one.facets, one.happening
    flags = (_FACT if told.is_fact else 0) | (_PAST if told.background else 0)
    flags |= {"day": 0, "loose": _LOOSE, "history": _HISTORY}[one.group]
    return [
        count_days(told.event.occurred_start),
        count_days(facets.day),
        count_days(facets.told),
        tables["types"].place(facets.type),
        tables["places"].place(facets.place) if facets.place else -1,
        [tables["actors"].place(name) for name in facets.actors],
        [tables["origins"].place(name) for name in facets.origins],
        tables["modalities"].place(facets.modality),
        flags,
        tables["labels"].place(one.label),
        one.words,
        one.when if told.event.occurred_start else "",
        one.numbers,
        told.worth.rating,
        told.worth.copies,
        told.worth.id,
        " ".join(one.opening.ids),
        " ".join(one.opening.against),
    ]
