"""The map, drawn as SVG from the places themselves: no tiles, nothing fetched; borders come with the package.

A place's symbol tells two things: whose it is, by colour *and* shape; and how surely, by its filling (held full, nearly
taken half, contested halved and hatched, besieged ringed, claimed a dashed outline). Vague places are never pinned.
Each pin uses a symbol by its name ("held-circle"), so that replaying the picture only changes names and classes.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from markupsafe import Markup, escape

from mene.records import Place, Presence
from mene.report.borders import Borders, CountryName, UserBorders, draw_borders, draw_names
from mene.report.page.labels import Label, place_labels, spread
from mene.report.page.places import PlaceRow, State
from mene.report.projection import Point, Projection, fit_projection, main_cluster, round_step, unwrap
from mene.report.words import STATUS_WORDS, plain, say_day

WIDTH = 560.0
_LEAST, _MOST, _MARGIN = 320.0, 640.0, 46.0
_RADIUS, _LETTERS = 7.0, 12.5
_REACH_KM = 400.0
"""Places farther than this from all others are told beside the map: one distant capital would shrink a war to a dot."""
_HOME_KM = 1_200.0
"""The same for places in one country: a war in Sudan is fought in El Fasher and in Khartoum."""
_MOST_APART = 120
"""Pins that are moved apart and named at first; of more, only so many are, and zooming in names the others."""
SHAPES = ("circle", "square", "triangle", "diamond", "pentagon", "hexagon")
COLOURS = 6
_PATHS = {
    "circle": "M-7 0A7 7 0 1 1 7 0A7 7 0 1 1-7 0Z",
    "square": "M-6.2-6.2H6.2V6.2H-6.2Z",
    "triangle": "M0-7.6L7.4 5.6H-7.4Z",
    "diamond": "M0-8.4L8.4 0L0 8.4L-8.4 0Z",
    "pentagon": "M0-7.6L7.3-2.3L4.5 6.3H-4.5L-7.3-2.3Z",
    "hexagon": "M-3.9-6.8H3.9L7.8 0L3.9 6.8H-3.9L-7.8 0Z",
}
_STEPS_DEGREES = (0.25, 0.5, 1, 2, 5, 10, 20)


@dataclass(frozen=True, slots=True)
class Side:
    """How a side is drawn: the number of its colour in each palette, and its shape, its own as far as they reach."""

    name: str
    colour: int
    shape: str
    war: int = -1

    @property
    def style(self) -> str:
        """The classes that give it its colours."""
        return f"c{self.colour} w{self.war}" if self.colour >= 0 else "cx"


@dataclass(frozen=True, slots=True)
class Pin:
    """A place on the map: its position among the rows, and where it is."""

    number: int
    row: PlaceRow
    point: Point


@dataclass(frozen=True, slots=True)
class Drawing:
    """The map and what does not stand on it: places known only vaguely, and places too far from the others.

    `sides` are all that held or pressed on a place at any time, `shown` the names of those that do now.
    """

    svg: Markup
    sides: tuple[Side, ...]
    shown: frozenset[str]
    statuses: tuple[str, ...]
    vague: tuple[PlaceRow, ...]
    distant: tuple[PlaceRow, ...]
    unlabelled: int
    has_forces: bool
    has_disputed: bool = False
    note: str = ""
    width: int = int(WIDTH)


NOBODY = Side("holder unknown", -1, "circle")


@dataclass(frozen=True, slots=True)
class Leads:
    """What pins lead to: what an address of a claim begins with, and whether they name all claims themselves."""

    to: str
    is_alone: bool

    def name(self, title: str, state: State) -> Markup:
        """Return the attributes that name all that a pin leads to."""
        if not self.is_alone:
            return Markup("")
        claims, against = " ".join(state.claims), " ".join(state.against)
        return Markup(' data-claims="{0}" data-against="{1}" data-title="{2}"').format(claims, against, title)


def draw_map(
    rows: Sequence[PlaceRow],
    presences: Iterable[Presence] = (),
    *,
    kinds: Mapping[str, str] | None = None,
    own: UserBorders | None = None,
    to: str = "#",
    is_alone: bool = False,
) -> Drawing:
    """Return the map of places as they are now, with pins also for those of which something was known before.

    `kinds` are the codebook's kinds of actors by name, for the palette of war maps; `own` are the user's borders,
    `to` is what an address of a claim begins with; where the map `is_alone`, without data for its script, its pins name
    all that they lead to.
    """
    exact = [number for number, row in enumerate(rows) if point_of(row.holding.place)]
    points = [point for number in exact if (point := point_of(rows[number].holding.place))]
    countries = [rows[number].holding.place.country for number in exact]
    near = sorted(main_cluster(points, countries, reach_km=_REACH_KM, home_km=_HOME_KM))
    sides = name_sides(rows, kinds or {})
    shown_at = unwrap([points[place] for place in near])
    pins = [Pin(exact[place], rows[exact[place]], point) for place, point in zip(near, shown_at, strict=True)]
    pins.sort(key=lambda pin: (pin.row.now is None, -pin.row.state.worth.origins, pin.row.name))
    view = _view(pins) if pins else None
    forces = [one for one in presences if view and _is_inside(one, view)]
    borders = draw_borders(view, own=own) if view else None
    svg, unlabelled = (
        _draw(rows, pins, forces, sides, view, borders, Leads(to, is_alone)) if view and borders else (Markup(""), 0)
    )
    drawn = {pin.number for pin in pins}
    known = [row for row in rows if row.now is not None]
    return Drawing(
        svg=svg,
        sides=tuple(sides.values()),
        shown=frozenset(name for row in known for name in (row.state.holder, row.state.other) if name),
        statuses=tuple(one for one in STATUS_WORDS if any(one == state.status for row in rows for state in row.states)),
        vague=tuple(row for row in known if not point_of(row.holding.place)),
        distant=tuple(rows[number] for number in exact if number not in drawn and rows[number].now is not None),
        unlabelled=unlabelled,
        has_forces=bool(forces),
        has_disputed=bool(borders and borders.disputed),
        note=borders.note if borders else "",
    )


def point_of(place: Place) -> Point | None:
    """Return where a place may be pinned: only a place known as a place, and not as an area around one."""
    if place.precision not in ("exact", "near") or place.latitude is None or place.longitude is None:
        return None
    return place.latitude, place.longitude


def name_sides(rows: Iterable[PlaceRow], kinds: Mapping[str, str]) -> dict[str, Side]:
    """Return how each side is drawn, by name; the side of most places now has the first colour.

    Beyond six sides the shapes begin again at another colour: no two of the first 36 share both.
    """
    counts: Counter[str] = Counter()
    for row in rows:
        for state in row.states:
            counts.update({state.holder: 0, state.other: 0})
        counts[row.state.holder] += row.now is not None
    names = sorted(filter(None, counts), key=lambda name: (-counts[name], name))
    war = _colour_war(names, kinds)
    return {
        name: Side(name, place % COLOURS, SHAPES[(place + place // COLOURS) % len(SHAPES)], war[name])
        for place, name in enumerate(names)
    }


def _colour_war(names: Sequence[str], kinds: Mapping[str, str]) -> dict[str, int]:
    """Return the number of each side's colour in the palette of war maps: by its kind, while that has one left."""
    palette = load_war_palette()
    found: dict[str, int] = {}
    for name in names:
        wanted = [*palette.get(kinds.get(name, ""), ()), *range(COLOURS)]
        found[name] = next((one for one in wanted if one not in found.values()), wanted[0])
    return found


@lru_cache(maxsize=1)
def load_war_palette() -> dict[str, tuple[int, ...]]:
    """Return the colours of the palette of war maps by kind of actor, the first choice first."""
    text = Path(__file__).with_name("war_map.yaml").read_text(encoding="utf-8")
    return {kind: tuple(colours) for kind, colours in yaml.safe_load(text).items()}


# --- drawing ----------------------------------------------------------------------------------------------------------


def _view(pins: Sequence[Pin]) -> Projection:
    return fit_projection([pin.point for pin in pins], width=WIDTH, least=_LEAST, most=_MOST, margin=_MARGIN)


def _draw(
    rows: Sequence[PlaceRow],
    pins: Sequence[Pin],
    forces: Sequence[Presence],
    sides: Mapping[str, Side],
    view: Projection,
    borders: Borders,
    leads: Leads,
) -> tuple[Markup, int]:
    """Return the drawing, and how many places on it found no room for their names."""
    exact = [view.place(pin.point) for pin in pins]
    drawn = _move_apart(exact, view)
    labels = _place_names(pins, drawn, view)
    head = Markup(
        '<svg class="map{many}" id="map" viewBox="0 0 {w:.0f} {h:.0f}" data-scale="{s:.4f}" role="group" '
        'aria-labelledby="map-title map-desc"><title id="map-title">Who holds what</title>'
        '<desc id="map-desc">{desc}</desc>{defs}'
    ).format(
        many=" many" if len(pins) > _MOST_APART else "",
        w=view.width,
        h=view.height,
        s=view.scale,
        desc=_describe(pins),
        defs=_define(rows, sides),
    )
    parts = [head, borders.land, borders.disputed, borders.lines, _draw_graticule(view)]
    parts += [draw_names(_free_names(borders.names, drawn, labels)), Markup('<g class="forces">')]
    parts += [_draw_presence(one, view, sides) for one in forces]
    parts.append(Markup('</g><g class="pins">'))
    parts += [_draw_pin(*one, sides, leads) for one in zip(pins, exact, drawn, labels, strict=True)]
    parts.append(Markup("</g></svg>"))
    return Markup("").join(parts), sum(label is None for label in labels)


def _free_names(
    names: Iterable[CountryName], drawn: Iterable[tuple[float, float]], labels: Iterable[Label | None]
) -> list[CountryName]:
    """Return the names of countries that no symbol and no name of a place stands near."""
    taken = [*drawn, *((label.x, label.y) for label in labels if label)]
    return [
        name
        for name in names
        if all(abs(x - name.x) > len(name.text) * _LETTERS / 2 or abs(y - name.y) > _LETTERS * 2 for x, y in taken)
    ]


def _move_apart(exact: Sequence[tuple[float, float]], view: Projection) -> list[tuple[float, float]]:
    """Return where symbols are drawn: apart from each other, where they are not too many for that."""
    if len(exact) > _MOST_APART:
        return list(exact)
    return spread(exact, _RADIUS * 2, (_RADIUS, _RADIUS, view.width - _RADIUS, view.height - _RADIUS))


def _place_names(pins: Sequence[Pin], drawn: Sequence[tuple[float, float]], view: Projection) -> list[Label | None]:
    """Return where the names stand; with a second line of age and belief where the places are few."""
    few = len(pins) <= _MOST_APART
    named = pins[:_MOST_APART]
    under = [say_age(pin.row) if few and pin.row.now is not None else "" for pin in named]
    labels = place_labels(
        drawn,
        [pin.row.name for pin in named],
        under=under,
        size=_LETTERS,
        radius=_RADIUS + 2,
        frame=(4.0, 14.0, view.width - 4, view.height - 6),
    )
    return labels + [None] * (len(pins) - len(named))


def say_age(row: PlaceRow) -> str:
    """Return since when a place is held so, and how likely that is: "5 Dec · 92 %"."""
    since = row.state.since
    return f"{say_day(since, year=since.year)} · {row.percent}" if since else row.percent


def _define(rows: Sequence[PlaceRow], sides: Mapping[str, Side]) -> Markup:
    """Return the symbols that the pins, the rows and the legend use, each by its status and shape."""
    used = {("held", side.shape) for side in sides.values()}
    for row in rows:
        for state in row.states:
            used |= {(state.status, _side_of(state, sides).shape), (state.status, "circle")}
    symbols = Markup("").join(
        Markup('<g id="{0}">{1}</g>').format(f"{status}-{shape}", _symbol(status, _PATHS[shape]))
        for status, shape in sorted(used)
    )
    return Markup("<defs>{0}{1}</defs>").format(_PATTERNS, symbols)


_PATTERNS = Markup(
    '<pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<path d="M0 0V4" class="hatch"/></pattern><clipPath id="left"><path d="M-12-12H0V12H-12Z"/></clipPath>'
    '<clipPath id="right"><path d="M0-12H12V12H0Z"/></clipPath>'
    '<pattern id="disputed" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">'
    '<path d="M0 0V6" class="hatch-area"/></pattern>'
)


def _symbol(status: str, path: str) -> Markup:
    """Return the symbol of a status, drawn around 0, 0; what is `other` has the colour of who presses or contests."""
    if status == "held":
        return Markup('<path class="full" d="{0}"/>').format(path)
    if status == "claimed":
        return Markup('<path class="open dashed" d="{0}"/>').format(path)
    if status == "nearly_taken":
        half = Markup('<path class="full other" clip-path="url(#right)" d="{0}"/>').format(path)
        return Markup('<path class="open" d="{0}"/>{1}<path class="edge" d="{0}"/>').format(path, half)
    if status == "contested":
        return Markup(
            '<path class="open" d="{0}"/><path class="full" clip-path="url(#left)" d="{0}"/>'
            '<path class="full other" clip-path="url(#right)" d="{0}"/>'
            '<path class="hatched" clip-path="url(#right)" d="{0}"/><path class="edge" d="{0}"/>'
        ).format(path)
    if status == "besieged":
        return Markup('<circle class="ring" r="11"/><path class="full" d="{0}"/>').format(path)
    if status == "abandoned":
        return Markup('<path class="open" d="{0}"/><path class="cross" d="M-4-4L4 4M4-4L-4 4"/>').format(path)
    return Markup('<path class="open" d="{0}"/><text class="query" y="4">?</text>').format(path)


def _side_of(state: State, sides: Mapping[str, Side]) -> Side:
    return sides.get(state.holder, NOBODY)


def symbol_of(state: State, sides: Mapping[str, Side]) -> str:
    """Return the name of a place's symbol."""
    return f"{state.status}-{_side_of(state, sides).shape}"


def style_of(state: State, sides: Mapping[str, Side]) -> str:
    """Return the classes of a place's symbol: the colours of its side, and of who presses on it or contests it."""
    other = sides.get(state.other)
    pressing = f" o{other.colour} p{other.war}" if other else ""
    return f"{_side_of(state, sides).style}{pressing}"


def _describe(pins: Sequence[Pin]) -> str:
    return "; ".join(_say(pin.row) for pin in pins if pin.row.now is not None)


def _say(row: PlaceRow) -> str:
    status = STATUS_WORDS[row.holding.status]
    return f"{row.name}: {status}, {row.state.holder or NOBODY.name}, {row.likely}"


def _draw_pin(
    pin: Pin,
    exact: tuple[float, float],
    drawn: tuple[float, float],
    label: Label | None,
    sides: Mapping[str, Side],
    leads: Leads,
) -> Markup:
    """Return a pin: a link to its sentences, at its exact place; what is in `still` keeps its size when zoomed."""
    row, state = pin.row, pin.row.state
    by, down = drawn[0] - exact[0], drawn[1] - exact[1]
    moved = Markup(' transform="translate({0:.1f} {1:.1f})"').format(by, down) if by or down else ""
    use = Markup('<use href="#{0}"{1}/>').format(symbol_of(state, sides), moved)
    body = Markup('<g class="pin {c}" transform="translate({x:.1f} {y:.1f})"><title>{t}</title>{s}</g>').format(
        c=style_of(state, sides),
        x=exact[0],
        y=exact[1],
        t=_say(row),
        s=Markup('<g class="still">{0}{1}{2}</g>').format(
            _draw_lines((by, down), exact, label), use, _draw_label(row, label, exact)
        ),
    )
    first = next(iter((*state.claims, *state.against)), "")
    hidden = Markup(" hidden") if row.now is None else ""
    return Markup('<a class="spot"{0} href="{1}" data-n="{2}"{3}>{4}</a>').format(
        hidden, leads.to + first, pin.number, leads.name(row.name, state), body
    )


def _draw_lines(moved: tuple[float, float], exact: tuple[float, float], label: Label | None) -> Markup:
    """Return the lines from a moved symbol to its true place, with a point there, and to a name that stands apart."""
    parts = []
    if moved != (0.0, 0.0):
        parts.append(
            Markup('<path class="lead" d="M0 0L{0:.1f} {1:.1f}"/><circle class="true" r="1.6"/>').format(*moved)
        )
    if label and label.has_line:
        end = (label.x - exact[0], label.y - exact[1] - _LETTERS * 0.35)
        parts.append(Markup('<path class="lead far" d="M{0:.1f} {1:.1f}L{2:.1f} {3:.1f}"/>').format(*moved, *end))
    return Markup("").join(parts)


def _draw_label(row: PlaceRow, label: Label | None, exact: tuple[float, float]) -> Markup:
    if label is None:
        return Markup("")
    x, y = label.x - exact[0], label.y - exact[1]
    return Markup(
        '<text class="name" x="{0:.1f}" y="{1:.1f}" text-anchor="{2}">{3}'
        '<tspan class="sub" x="{0:.1f}" dy="11">{4}</tspan></text>'
    ).format(x, y, label.anchor, escape(row.name), say_age(row) if row.now is not None and label.has_under else "")


def _draw_graticule(view: Projection) -> Markup:
    """Return the lines of latitude and longitude, with their degrees on the left and the upper edge."""
    step = round_step((view.north - view.south) / 3, _STEPS_DEGREES)
    parts = []
    for degree in _degrees(view.south, view.north, step):
        _, y = view.place((degree, view.west))
        if y < view.height - 6:
            parts.append(Markup('<path d="M0 {0:.1f}H{1:.0f}"/>').format(y, view.width))
            parts.append(Markup('<text x="3" y="{0:.1f}">{1}</text>').format(y - 3, _degree(degree, "N", "S")))
    for degree in _degrees(view.west, view.east, step):
        x, _ = view.place((view.north, degree))
        parts.append(Markup('<path d="M{0:.1f} 0V{1:.0f}"/>').format(x, view.height))
        if x > 40:
            parts.append(Markup('<text x="{0:.1f}" y="11">{1}</text>').format(x + 3, _degree(degree, "E", "W")))
    return Markup('<g class="grid">{0}</g>').format(Markup("").join(parts))


def _degrees(first: float, last: float, step: float) -> list[float]:
    start = int(first // step) + 1
    return [number * step for number in range(start, int(last // step) + 1)]


def _degree(value: float, plus: str, minus: str) -> str:
    around = value - 360 if value > 180 else value
    return f"{abs(around):g}° {plus if around >= 0 else minus}"


# --- forces -----------------------------------------------------------------------------------------------------------


def _is_inside(presence: Presence, view: Projection) -> bool:
    point = point_of(presence.place)
    if point is None or presence.modality not in ("asserted", "in_progress"):
        return False
    return view.south < point[0] < view.north and view.west < point[1] < view.east


def _draw_presence(presence: Presence, view: Projection, sides: Mapping[str, Side]) -> Markup:
    """Return a small arrowhead below the place: up for forces there or coming, down for those leaving."""
    point = point_of(presence.place)
    x, y = view.place(point) if point else (0.0, 0.0)
    side = sides.get(plain(presence.force.name), NOBODY)
    down = presence.movement in ("leaving", "left")
    path = "M-4 10H4L0 16Z" if down else "M-4 16H4L0 10Z"
    title = f"{plain(presence.force.name)}: {presence.movement}, {plain(presence.place.name)}"
    return Markup(
        '<g class="force {c}" transform="translate({x:.1f} {y:.1f})"><title>{t}</title>'
        '<path class="still" d="{p}"/></g>'
    ).format(c=side.style, x=x, y=y, t=title, p=path)
