"""Land, coasts, borders and disputed areas under the places of a map.

draw_borders(view)          what a view shows of them, as SVG
draw_names(names)           the names of countries, as SVG
read_borders(path)          a user's own, from GeoJSON
"""

from mene.report.borders.draw import NOTE, OWN_NOTE, Borders, draw_borders
from mene.report.borders.names import CountryName, draw_names
from mene.report.borders.own import UserArea, UserBorders, read_borders

__all__ = [
    "NOTE",
    "OWN_NOTE",
    "Borders",
    "CountryName",
    "UserArea",
    "UserBorders",
    "draw_borders",
    "draw_names",
    "read_borders",
]
