"""A place index that ships with the package, and the resolver from place mentions to `records.Place`.

open_gazetteer()                    the index, opened once
Gazetteer.find(text)                candidate places of a name
resolve_places(mentions, ...)       the places of one document's mentions, all at once
weigh_countries(text)               the countries a text names, for resolve_places
distance_km(a, b)                   great-circle distance of two points
"""

from mene.gazetteer.countries import is_demonym, weigh_countries
from mene.gazetteer.geometry import distance_km
from mene.gazetteer.index import Entry, Gazetteer, Index, open_gazetteer
from mene.gazetteer.keys import name_key, place_key
from mene.gazetteer.phrases import Mention
from mene.gazetteer.resolve import resolve_places

__all__ = [
    "Entry",
    "Gazetteer",
    "Index",
    "Mention",
    "distance_km",
    "is_demonym",
    "name_key",
    "open_gazetteer",
    "place_key",
    "resolve_places",
    "weigh_countries",
]
