"""GeoNames's dumps: the table "geoname", 19 columns apart by tabs, no header (SY.zip, allCountries.zip).

https://download.geonames.org/export/dump/readme.txt describes the columns.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from mene.gazetteer.build import RESPELLED, is_latin_name, plain_name
from mene.gazetteer.phrases import Mention, read_phrase
from mene.places.faults import Fault, LeftOut, PassedOver
from mene.places.ground import Ground
from mene.places.row import Cells, Row, check_row
from mene.places.tables import read_data

COLUMNS = 19
_ID, _NAME, _ASCII, _OTHERS, _LAT, _LON, _CLASS, _CODE, _COUNTRY = range(9)
_ADMIN1, _POPULATION = 10, 14
_DEGREES = re.compile(r"-?\d{1,3}(?:\.\d+)?$")

ALIASED_FROM = 2_000
"""Inhabitants from which the other names of a place are taken; those of smaller ones are mostly noise.

Where names reach English by several romanisations they are always taken, as in the shipped index.
"""


def is_geonames(line: str) -> bool:
    """Return whether a line is a row of GeoNames's table.

    >>> is_geonames("1\\tTell Qurmah\\t\\t\\t35.2\\t36.9\\tP\\tPPL\\tSY" + "\\t" * 10)
    True
    """
    cells = line.split("\t")
    is_row = len(cells) == COLUMNS and _is_id(cells[_ID])
    return is_row and bool(_DEGREES.match(cells[_LAT]) and _DEGREES.match(cells[_LON]))


def read_geonames(lines: Iterator[str], ground: Ground) -> Iterator[Row | LeftOut | PassedOver]:
    """Yield the place of each line, or why it gives none."""
    for number, line in enumerate(lines, 1):
        cells = line.rstrip("\r\n").split("\t")
        if len(cells) == COLUMNS and _is_id(cells[_ID]):
            yield _read(cells, number, ground)
        elif line.strip():
            fault = f"{len(cells)} of {COLUMNS}" if len(cells) != COLUMNS else f"no number first: {cells[_ID]}"
            yield LeftOut(number, Fault.FIELDS, fault)


def _read(cells: list[str], number: int, ground: Ground) -> Row | LeftOut | PassedOver:
    kinds = read_codes()
    kind = kinds.get((cells[_CLASS], cells[_CODE])) or kinds.get((cells[_CLASS], "*"), "no")
    name, country = cells[_NAME], cells[_COUNTRY]
    if kind == "no" or (kind == "facility" and not _says_what_it_is(name)):
        return PassedOver(number)
    respelled = country in RESPELLED
    others = [other for other in cells[_OTHERS].split(",") if is_latin_name(other)]
    taken = others if respelled or _is_town(cells[_POPULATION]) else []
    if kind == "facility":
        taken = [other for other in taken if _says_what_it_is(other)]
    return check_row(
        Cells(
            name=plain_name(name) if respelled else name,
            latitude=cells[_LAT],
            longitude=cells[_LON],
            country=country,
            admin1=cells[_ADMIN1],
            kind="" if kind == "town" else kind,
            population=cells[_POPULATION],
            id=cells[_ID],
            aliases=tuple(dict.fromkeys([name, cells[_ASCII], *taken])),
        ),
        number,
        ground,
        {},
    )


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 10 and 0 < int(text) < 2**32


def _is_town(population: str) -> bool:
    return population.isdigit() and len(population) <= 10 and int(population) >= ALIASED_FROM


def _says_what_it_is(name: str) -> bool:
    return read_phrase(Mention(name, 0, len(name))).facility is not None


@lru_cache(maxsize=1)
def read_codes() -> Mapping[tuple[str, str], str]:
    """Return the kind of each feature class and code, as geonames_codes.csv has it."""
    return {(row["class"], row["code"]): row["kind"] for row in read_data("geonames_codes.csv")}
