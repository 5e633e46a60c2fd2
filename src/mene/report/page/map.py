"""The map, drawn as SVG from the places themselves: no borders, no tiles, nothing fetched.

A place's symbol tells two things: whose it is, by colour *and* shape; and how surely, by its filling (held full, nearly
taken half, contested halved and hatched, besieged ringed, claimed a dashed outline). Vague places are never pinned.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from mene.records import Holding, Place, Presence
from mene.report.page.labels import Label, place_labels, spread
from mene.report.page.projection import Point, Projection, fit_projection, main_cluster, round_step, unwrap
from mene.report.words import STATUS_WORDS, plain
from mene.vocabulary import HoldingStatus

WIDTH = 560.0
_LEAST, _MOST, _MARGIN = 320.0, 640.0, 46.0
_RADIUS, _LETTERS = 7.0, 12.5
_REACH_KM = 400.0
"""Places farther than this from all others are told beside the map: one distant capital would shrink a war to a dot."""
_SHAPES = ("circle", "square", "triangle", "diamond", "pentagon", "hexagon")
_COLOURS = 6
_PATHS = {
    "circle": "M-7 0A7 7 0 1 1 7 0A7 7 0 1 1-7 0Z",
    "square": "M-6.2-6.2H6.2V6.2H-6.2Z",
    "triangle": "M0-7.6L7.4 5.6H-7.4Z",
    "diamond": "M0-8.4L8.4 0L0 8.4L-8.4 0Z",
    "pentagon": "M0-7.6L7.3-2.3L4.5 6.3H-4.5L-7.3-2.3Z",
    "hexagon": "M-3.9-6.8H3.9L7.8 0L3.9 6.8H-3.9L-7.8 0Z",
}
_STEPS_KM = (5, 10, 20, 50, 100, 200, 500, 1000, 2000)
_STEPS_DEGREES = (0.25, 0.5, 1, 2, 5, 10, 20)


@dataclass(frozen=True, slots=True)
class Side:
    """How a side is drawn: the number of its colour and its shape, both its own as far as they reach."""

    name: str
    colour: int
    shape: str


@dataclass(frozen=True, slots=True)
class Pin:
    """A holding on the map: where, whose, whose else, and where its row stands on the page."""

    holding: Holding
    point: Point
    side: Side
    other: Side | None
    href: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """The map and what does not stand on it: places known only vaguely, and places too far from the others."""

    svg: Markup
    sides: tuple[Side, ...]
    statuses: tuple[HoldingStatus, ...]
    vague: tuple[Holding, ...]
    distant: tuple[Holding, ...]
    unlabelled: int
    has_forces: bool


NOBODY = Side("holder unknown", -1, "circle")


def draw_map(
    holdings: Sequence[Holding],
    presences: Iterable[Presence] = (),
    *,
    pressing: Mapping[str, str] | None = None,
    hrefs: Mapping[str, str] | None = None,
) -> Drawing:
    """Return the map of holdings and of forces present near them.

    `pressing` names, by holding id, who presses on a place or contests it; `hrefs` where a place's row stands.
    """
    pressing, hrefs = pressing or {}, hrefs or {}
    exact = [one for one in holdings if point_of(one.place)]
    points = [point for one in exact if (point := point_of(one.place))]
    near = main_cluster(points, reach_km=_REACH_KM)
    sides = name_sides(holdings, pressing)
    shown_at = dict(zip(sorted(near), unwrap([points[place] for place in sorted(near)]), strict=True))
    pins = [
        Pin(
            exact[place],
            point,
            _side_of(exact[place], sides),
            sides.get(pressing.get(exact[place].id, "")),
            hrefs.get(exact[place].id, ""),
        )
        for place, point in shown_at.items()
    ]
    pins.sort(key=lambda pin: (-len(pin.holding.origins), pin.holding.place.name))
    view = _view(pins) if pins else None
    forces = [one for one in presences if view and _is_inside(one, view)]
    svg, unlabelled = _draw(pins, forces, sides, view) if view else (Markup(""), 0)
    drawn = {pin.holding.id for pin in pins}
    shown = {side for pin in pins for side in (pin.side, pin.other) if side}
    return Drawing(
        svg=svg,
        sides=tuple(sorted(shown, key=lambda side: (side.colour < 0, side.colour, side.name))),
        statuses=tuple(one for one in STATUS_WORDS if any(pin.holding.status == one for pin in pins)),
        vague=tuple(one for one in holdings if not point_of(one.place)),
        distant=tuple(one for one in exact if one.id not in drawn),
        unlabelled=unlabelled,
        has_forces=bool(forces),
    )


def point_of(place: Place) -> Point | None:
    """Return where a place may be pinned: only a place known as a place, and not as an area around one."""
    if place.precision not in ("exact", "near") or place.latitude is None or place.longitude is None:
        return None
    return place.latitude, place.longitude


def name_sides(holdings: Iterable[Holding], pressing: Mapping[str, str]) -> dict[str, Side]:
    """Return how each side is drawn, by name; the side of most places has the first colour."""
    counts = Counter(plain(one.holder.name) for one in holdings if one.holder)
    counts.update(dict.fromkeys(pressing.values(), 0))
    names = sorted(filter(None, counts), key=lambda name: (-counts[name], name))
    # Beyond six sides the shapes begin again at another colour: no two sides share both.
    shift = {name: (place % _COLOURS, (place + place // _COLOURS) % len(_SHAPES)) for place, name in enumerate(names)}
    return {name: Side(name, colour, _SHAPES[shape]) for name, (colour, shape) in shift.items()}


def _side_of(holding: Holding, sides: Mapping[str, Side]) -> Side:
    return sides[plain(holding.holder.name)] if holding.holder else NOBODY


# --- drawing ----------------------------------------------------------------------------------------------------------


def _view(pins: Sequence[Pin]) -> Projection:
    return fit_projection([pin.point for pin in pins], width=WIDTH, least=_LEAST, most=_MOST, margin=_MARGIN)


def _draw(
    pins: Sequence[Pin], forces: Sequence[Presence], sides: Mapping[str, Side], view: Projection
) -> tuple[Markup, int]:
    """Return the drawing, and how many places on it found no room for their names."""
    exact = [view.place(pin.point) for pin in pins]
    apart = spread(exact, _RADIUS * 2, (_RADIUS, _RADIUS, view.width - _RADIUS, view.height - 30 - _RADIUS))
    named = {plain(pin.holding.place.name): spot for pin, spot in zip(pins, apart, strict=True)}
    others = {
        plain(one.place.name): view.place(point)
        for one in forces
        if (point := point_of(one.place)) and plain(one.place.name) not in named
    }
    texts, spots = [*named, *others], [*named.values(), *others.values()]
    frame = (4.0, 14.0, view.width - 4, view.height - 34)
    labels = place_labels(spots, texts, size=_LETTERS, radius=_RADIUS + 2, frame=frame)
    head = Markup(
        '<svg class="map" viewBox="0 0 {w:.0f} {h:.0f}" role="group" aria-labelledby="map-title map-desc">'
        '<title id="map-title">Who holds what</title><desc id="map-desc">{desc}</desc>{defs}'
    ).format(w=view.width, h=view.height, desc=_describe(pins), defs=_DEFS)
    placed = [(spot, text, label) for spot, text, label in zip(spots, texts, labels, strict=True) if label]
    parts = [head, _draw_graticule(view), _draw_scale(view)]
    parts += [_draw_line(spot, label) for spot, _, label in placed if label.has_line]
    parts += [_draw_offset(one, other) for one, other in zip(exact, apart, strict=True) if one != other]
    parts += [_draw_pin(pin, spot) for pin, spot in zip(pins, apart, strict=True)]
    parts += [_draw_presence(one, view, sides) for one in forces]
    parts += [_draw_label(text, label, "name" if text in named else "place") for _, text, label in placed]
    return Markup("").join([*parts, Markup("</svg>")]), len(texts) - len(placed)


_DEFS = Markup(
    '<defs><pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<path d="M0 0V4" class="hatch"/></pattern><clipPath id="left"><path d="M-12-12H0V12H-12Z"/></clipPath>'
    '<clipPath id="right"><path d="M0-12H12V12H0Z"/></clipPath></defs>'
)


def _describe(pins: Sequence[Pin]) -> str:
    return "; ".join(
        f"{plain(pin.holding.place.name)}: {STATUS_WORDS[pin.holding.status]}, {pin.side.name}" for pin in pins
    )


def _draw_graticule(view: Projection) -> Markup:
    """Return the lines of latitude and longitude, with their degrees on the left and the upper edge."""
    step = round_step((view.north - view.south) / 3, _STEPS_DEGREES)
    parts = []
    for degree in _degrees(view.south, view.north, step):
        _, y = view.place((degree, view.west))
        if y < view.height - 36:
            parts.append(Markup('<path d="M0 {0:.1f}H{1:.0f}"/>').format(y, view.width))
            parts.append(Markup('<text x="3" y="{0:.1f}">{1}</text>').format(y - 3, _degree(degree, "N", "S")))
    for degree in _degrees(view.west, view.east, step):
        x, _ = view.place((view.north, degree))
        parts.append(Markup('<path d="M{0:.1f} 0V{1:.0f}"/>').format(x, view.height - 30))
        if x > 40:
            parts.append(Markup('<text x="{0:.1f}" y="11">{1}</text>').format(x + 3, _degree(degree, "E", "W")))
    return Markup('<g class="grid">{0}</g>').format(Markup("").join(parts))


def _degrees(first: float, last: float, step: float) -> list[float]:
    start = int(first // step) + 1
    return [number * step for number in range(start, int(last // step) + 1)]


def _degree(value: float, plus: str, minus: str) -> str:
    around = value - 360 if value > 180 else value
    return f"{abs(around):g}° {plus if around >= 0 else minus}"


def _draw_scale(view: Projection) -> Markup:
    km = round_step(view.width / 4 / view.scale, _STEPS_KM)
    length, y = km * view.scale, view.height - 12
    return Markup(
        '<g class="scale"><path d="M8 {y:.0f}v5h{l:.1f}v-5"/><text x="{x:.1f}" y="{t:.0f}">{km} km</text></g>'
    ).format(y=y - 5, l=length, x=length + 14, t=y + 1, km=km)


def _draw_pin(pin: Pin, spot: tuple[float, float]) -> Markup:
    holding = pin.holding
    title = f"{plain(holding.place.name)}: {STATUS_WORDS[holding.status]}, {pin.side.name}"
    body = Markup('<g class="pin c{c}" transform="translate({x:.1f} {y:.1f})"><title>{t}</title>{s}</g>').format(
        c=pin.side.colour if pin.side.colour >= 0 else "x",
        x=spot[0],
        y=spot[1],
        t=title,
        s=draw_symbol(pin.side, holding.status, pin.other),
    )
    return Markup('<a href="{0}" aria-label="{1}">{2}</a>').format(pin.href, title, body) if pin.href else body


def draw_symbol(side: Side, status: HoldingStatus, other: Side | None = None) -> Markup:
    """Return the symbol of a place: the side's shape, filled by status; drawn around 0, 0."""
    path = _PATHS[side.shape]
    pressing = f"c{other.colour}" if other and other.colour >= 0 else "cx"
    if status == "held":
        return Markup('<path class="full" d="{0}"/>').format(path)
    if status == "claimed":
        return Markup('<path class="open dashed" d="{0}"/>').format(path)
    if status == "nearly_taken":
        half = Markup('<path class="full {0}" clip-path="url(#right)" d="{1}"/>').format(pressing, path)
        return Markup('<path class="open" d="{0}"/>{1}<path class="edge" d="{0}"/>').format(path, half)
    if status == "contested":
        return Markup(
            '<path class="open" d="{0}"/><path class="full" clip-path="url(#left)" d="{0}"/>'
            '<path class="full {1}" clip-path="url(#right)" d="{0}"/>'
            '<path class="hatched" clip-path="url(#right)" d="{0}"/><path class="edge" d="{0}"/>'
        ).format(path, pressing)
    if status == "besieged":
        return Markup('<circle class="ring" r="11"/><path class="full" d="{0}"/>').format(path)
    if status == "abandoned":
        return Markup('<path class="open" d="{0}"/><path class="cross" d="M-4-4L4 4M4-4L-4 4"/>').format(path)
    return Markup('<path class="open" d="{0}"/><text class="query" y="4">?</text>').format(path)


def _draw_line(spot: tuple[float, float], label: Label) -> Markup:
    return Markup('<path class="lead" d="M{0:.1f} {1:.1f}L{2:.1f} {3:.1f}"/>').format(
        spot[0], spot[1], label.x, label.y - _LETTERS * 0.35
    )


def _draw_offset(exact: tuple[float, float], drawn: tuple[float, float]) -> Markup:
    """Return a line from where a place is to where its symbol was moved, with a point at its true position."""
    line = Markup('<path class="lead" d="M{0:.1f} {1:.1f}L{2:.1f} {3:.1f}"/>').format(*exact, *drawn)
    return line + Markup('<circle class="true" cx="{0:.1f}" cy="{1:.1f}" r="1.6"/>').format(*exact)


def _draw_label(text: str, label: Label, style: str) -> Markup:
    return Markup('<text class="{4}" x="{0:.1f}" y="{1:.1f}" text-anchor="{2}">{3}</text>').format(
        label.x, label.y, label.anchor, escape(text), style
    )


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
        '<g class="force c{c}" transform="translate({x:.1f} {y:.1f})"><title>{t}</title><path d="{p}"/></g>'
    ).format(c=side.colour if side.colour >= 0 else "x", x=x, y=y, t=title, p=path)
