"""Land, coasts, borders and disputed areas of a map, as SVG that is styled by its classes alone.

The lines tell where the places lie and nothing more: no event's country is read from them, and an area that two claim
is hatched and says who does. Natural Earth draws who holds the ground, which is a statement of its own.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from mene.report.borders.atlas import Area, Array, Atlas, Kind, Layer, open_atlas
from mene.report.borders.names import CountryName, place_names
from mene.report.borders.own import UserBorders
from mene.report.borders.path import draw_path
from mene.report.borders.sheet import Ring, Sheet, cut_lines, cut_rings, find_lines, find_rings, open_sheet
from mene.report.projection import Projection

NOTE = "Borders are de facto lines (Natural Earth), not an endorsement; hatched areas are disputed."
OWN_NOTE = "Borders are from a file of the user's own, coasts from Natural Earth; neither is an endorsement."


@dataclass(frozen=True, slots=True)
class Borders:
    """What lies under the places: SVG without colours, of the classes `land`, `coast`, `border` and `disputed`.

    It is drawn in the order land, disputed, lines. `disputed` is filled with the pattern `#disputed` of the page.
    `names` are for faint labels (`draw_names`), where the caller leaves out those that stand in the way. `note` says
    whose borders these are and is shown beside them.
    """

    land: Markup
    lines: Markup
    disputed: Markup
    names: tuple[CountryName, ...]
    note: str


def draw_borders(view: Projection, *, own: UserBorders | None = None) -> Borders:
    """Return the borders in a view and half its size around it; `own` stands in the place of the shipped borders.

    Raises CodebookError where the shipped file is missing or damaged.
    """
    atlas, sheet = open_atlas(), open_sheet(view)
    land = draw_path((ring.points for ring in find_rings(atlas, sheet, Layer.LAND)), closed=True)
    coast = _draw_line(find_lines(atlas, sheet, Kind.COAST), "coast")
    shown = _draw_shipped(atlas, sheet) if own is None else _draw_own(own, sheet)
    return Borders(
        land=Markup('<path class="land" fill-rule="evenodd" d="{0}"/>').format(land) if land else Markup(""),
        lines=coast + shown.lines,
        disputed=shown.disputed,
        names=shown.names,
        note=shown.note,
    )


def title_of(area: Area) -> str:
    """Return what is said of a disputed area.

    >>> title_of(Area("Abyei", ("Sudan", "South Sudan")))
    'Abyei: claimed by Sudan and South Sudan'
    """
    *others, last = area.claimants
    return f"{area.name}: claimed by {', '.join(others)} and {last}" if others else f"{area.name}: claimed by {last}"


def _draw_shipped(atlas: Atlas, sheet: Sheet) -> Borders:
    areas = _by_owner(find_rings(atlas, sheet, Layer.AREA))
    countries = _by_owner(find_rings(atlas, sheet, Layer.COUNTRY))
    return Borders(
        land=Markup(""),
        lines=_draw_line(find_lines(atlas, sheet, Kind.BORDER), "border"),
        disputed=Markup("").join(_draw_area(rings, title_of(atlas.areas[area])) for area, rings in areas.items()),
        names=_place_names(
            [(atlas.countries[one], rings) for one, rings in countries.items()],
            [(atlas.areas[one].name, rings) for one, rings in areas.items()],
            sheet,
        ),
        note=NOTE,
    )


def _draw_own(own: UserBorders, sheet: Sheet) -> Borders:
    edges = [ring for area in own.areas if not area.is_disputed for ring in area.rings]
    cut = [(area, cut_rings(area.rings, sheet)) for area in own.areas]
    disputed = [(area.name, rings) for area, rings in cut if area.is_disputed]
    return Borders(
        land=Markup(""),
        lines=_draw_line(cut_lines([*edges, *own.lines], sheet), "border"),
        disputed=Markup("").join(_draw_area(rings, name or "disputed") for name, rings in disputed),
        names=_place_names([(area.name, rings) for area, rings in cut if not area.is_disputed], disputed, sheet),
        note=OWN_NOTE,
    )


def _draw_line(lines: Sequence[Array], style: str) -> Markup:
    path = draw_path(lines, closed=False)
    return Markup('<path class="{0}" fill="none" d="{1}"/>').format(style, path) if path else Markup("")


def _draw_area(rings: Sequence[Array], title: str) -> Markup:
    path = draw_path(rings, closed=True)
    shape = Markup('<path class="disputed" fill="url(#disputed)" fill-rule="evenodd" d="{0}"><title>{1}</title></path>')
    return shape.format(path, title) if path else Markup("")


def _by_owner(rings: Sequence[Ring]) -> dict[int, list[Array]]:
    """Return rings by whose they are, in the order of the atlas."""
    found: defaultdict[int, list[Array]] = defaultdict(list)
    for ring in rings:
        found[ring.owner].append(ring.points)
    return dict(sorted(found.items()))


def _place_names(
    countries: Sequence[tuple[str, Sequence[Array]]], areas: Sequence[tuple[str, Sequence[Array]]], sheet: Sheet
) -> tuple[CountryName, ...]:
    """Return the names on the map. A country's stands outside the areas that others claim too; these have their own."""
    frame = (0.0, 0.0, sheet.view.width, sheet.view.height)
    claimed = [ring for _, rings in areas for ring in rings]
    return place_names(countries, frame, without=claimed) + place_names(areas, frame)
