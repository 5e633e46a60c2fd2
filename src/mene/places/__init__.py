"""A user's own places: gazetteer files read, checked and kept in a folder as an index over the shipped one.

read_places(path)           the places of one file, row by row, and the rows that cannot be used
Revision(folder)            a change of the folder: files taken in or out, all of it or nothing
read_sources(folder)        what was added
open_places(folder)         the shipped index with these places over it
"""

from mene.places.faults import LeftOut, PassedOver
from mene.places.folder import Revision, Source, open_places, read_sources
from mene.places.read import read_places
from mene.places.row import Row
from mene.places.tally import Tally

__all__ = [
    "LeftOut",
    "PassedOver",
    "Revision",
    "Row",
    "Source",
    "Tally",
    "open_places",
    "read_places",
    "read_sources",
]
