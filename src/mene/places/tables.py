"""Tables with a header row: plain lists of places, and the P-code tables of administrative units (OCHA's COD-AB).

A header says which it is: name, latitude and longitude make a list; columns such as ADM2_EN, adm2_name or admin2Name_en
a table of units, one row a unit of the deepest level that it names.
"""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from mene.errors import InputError
from mene.gazetteer.build import has_key, is_latin_name
from mene.gazetteer.countries import country_code
from mene.places.faults import Fault, LeftOut
from mene.places.ground import Ground
from mene.places.row import Cells, Row, check_row

DATA = Path(__file__).with_name("data")

# Names under which people write the same column, most specific first; compared without case, spaces and underscores.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "placename", "place", "nameen", "englishname"),
    "latitude": ("latitude", "lat", "centerlat", "centroidlat", "latcentroid", "pointy", "latitudey",
                 "latdd", "centroidy", "ycoord", "y"),
    "longitude": ("longitude", "lon", "lng", "long", "centerlon", "centroidlon", "loncentroid", "pointx",
                  "longitudex", "londd", "centroidx", "xcoord", "x"),
    "aliases": ("aliases", "alias", "othernames", "alternatenames"),
    "country": ("country", "countrycode", "iso2", "iso", "countryname", "adm0pcode", "admin0pcode", "adm0en",
                "adm0name", "admin0nameen", "admin0name"),
    "admin1": ("admin1", "adm1", "admin1name", "adm1en", "adm1name", "admin1nameen"),
    "kind": ("kind", "type"),
    "population": ("population", "pop"),
    "id": ("id", "placeid", "pcode"),
}  # fmt: skip
_UNIT_CODE = re.compile(r"adm(?:in)?([0-5])pcode")
_UNIT_NAME = re.compile(
    r"adm(?:in)?(?P<level>[0-5])(?P<sort>ref|alt)?(?:name)?(?P<digit>\d?)(?P<tongue>(?!id)[a-z]{2})?"
)
SEPARATORS = ",;\t"
WHAT_IS_READ = (
    "give a dump of GeoNames, a P-code table (ADM1_EN, ADM1_PCODE, ...) or a CSV with the columns name, latitude and"
    " longitude"
)
Item = Row | LeftOut


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a table by what they hold, each the number of a cell. `units` are a P-code table's, by level."""

    width: int
    separator: str
    columns: Mapping[str, int]
    units: Mapping[int, tuple[int, ...]]
    codes: Mapping[int, int]
    unused: tuple[str, ...]

    @property
    def is_pcodes(self) -> bool:
        """Whether the rows are administrative units rather than places of a list."""
        return bool(self.units)


def read_header(line: str) -> Header:
    """Return what the columns of a table hold, as its header says. Raises InputError where it is no table of places.

    >>> read_header("Name;Lat;Lon;Notes").columns["longitude"], read_header("Name;Lat;Lon;Notes").unused
    (2, ('Notes',))
    >>> read_header("ADM0_EN,ADM1_EN,ADM1_AR,ADM1_PCODE,x,y").units
    {0: (0,), 1: (1, 2)}
    """
    headers = [_parse_header(_cells(line, separator), separator) for separator in SEPARATORS]
    best = max(headers, key=lambda header: len(header.columns) + len(header.units) + len(header.codes))
    missing = [column for column in ("name", "latitude", "longitude") if column not in best.columns]
    if not missing:
        return replace(best, units={}, codes={})
    if any(level > 0 for level in best.units):
        return best
    if best.units:
        raise InputError("holds countries only, which are known; give the table of a deeper level")
    if len(missing) == 3:
        raise InputError(f"is no gazetteer; {WHAT_IS_READ}")
    raise InputError(f"has no column {' and no column '.join(missing)} in its first row; add it, or {WHAT_IS_READ}")


def _cells(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return []


def _parse_header(names: Sequence[str], separator: str) -> Header:
    plain = [re.sub(r"[\s_./-]+", "", name).lower() for name in names]
    columns = {
        column: plain.index(found)
        for column, words in COLUMNS.items()
        if (found := next((word for word in words if word in plain), None)) is not None
    }
    units: dict[int, list[tuple[int, int]]] = {}
    codes: dict[int, int] = {}
    for number, name in enumerate(plain):
        if code := _UNIT_CODE.fullmatch(name):
            codes.setdefault(int(code[1]), number)
        elif unit := _UNIT_NAME.fullmatch(name):
            units.setdefault(int(unit["level"]), []).append((_rank_name(unit), number))
    ranked = {level: tuple(number for _, number in sorted(found)) for level, found in sorted(units.items())}
    used = {*columns.values(), *codes.values(), *(number for found in ranked.values() for number in found)}
    unused = tuple(name.strip() for number, name in enumerate(names) if number not in used and name.strip())
    return Header(len(names), separator, columns, ranked, codes, unused)


def _rank_name(unit: re.Match[str]) -> int:
    """Return how good a column is as the name of the unit: English first, then the bare name, references last."""
    if unit["sort"]:
        return 4 if unit["sort"] == "ref" else 5
    if unit["tongue"]:
        return 0 if unit["tongue"] == "en" else 2
    return 3 if unit["digit"] else 1


def read_table(lines: Iterator[str], header: Header, ground: Ground) -> Iterator[Item]:
    """Yield the place of each row under the header, or why it gives none."""
    read = _read_unit if header.is_pcodes else _read_place
    for number, cells in _split_rows(lines, header.separator):
        if not any(cells) or all(cell.startswith("#") for cell in cells if cell):
            continue  # an empty row, or the row of tags under the header that the humanitarian exchange language has
        if len(cells) != header.width:
            yield LeftOut(number, Fault.FIELDS, f"{len(cells)} of {header.width}")
        else:
            yield read(cells, number, header, ground)


def _split_rows(lines: Iterator[str], separator: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the cells of each row and its number as a spreadsheet shows it; the header is row 1 and not among them."""
    rows = csv.reader(lines, delimiter=separator)
    number = 1
    while True:
        number += 1
        try:
            yield number, [cell.strip() for cell in next(rows)]
        except StopIteration:
            return
        except csv.Error:
            yield number, ["a cell without an end"]  # one field, so the row is told as too short


def _read_place(cells: list[str], number: int, header: Header, ground: Ground) -> Item:
    values = {column: cells[at] for column, at in header.columns.items()}
    aliases = tuple(values.pop("aliases", "").split("|"))
    return check_row(Cells(**values, aliases=aliases), number, ground, read_kinds())


def _read_unit(cells: list[str], number: int, header: Header, ground: Ground) -> Item:
    level = max(header.units)
    name, aliases = _names(cells, header.units[level])
    country = _country_of(cells, header)
    if not country_code(country):
        return LeftOut(number, Fault.NO_COUNTRY, country)
    above = _names(cells, header.units[1])[0] if 1 in header.units else ""
    unit = Cells(
        name=name,
        latitude=cells[header.columns["latitude"]] if "latitude" in header.columns else "",
        longitude=cells[header.columns["longitude"]] if "longitude" in header.columns else "",
        country=country,
        admin1=above,
        kind="admin1" if level == 1 else "admin2",
        id=cells[header.codes[level]] if level in header.codes else "",
        aliases=aliases,
    )
    return check_row(unit, number, ground, {}, pointless=True)


def _country_of(cells: list[str], header: Header) -> str:
    """Return what a unit's country is called in the best way known; where no cell says, P-codes begin with it."""
    named = [cells[header.columns["country"]]] if "country" in header.columns else []
    named += [cells[at] for at in (*header.units.get(0, ()), *(header.codes[of] for of in header.codes if of == 0))]
    told = [one for one in named if one]
    codes = [cells[at][:2] for level, at in sorted(header.codes.items()) if level > 0]
    return next((one for one in told if country_code(one)), (told or codes or [""])[0])


def _names(cells: list[str], columns: Sequence[int]) -> tuple[str, tuple[str, ...]]:
    """Return a unit's name, the best one in Latin letters, and its other names in Latin letters."""
    names = [cells[at] for at in columns if cells[at]]
    name = next((one for one in names if has_key([one])), names[0] if names else "")
    return name, tuple(other for other in names if other != name and is_latin_name(other))


def read_data(name: str) -> list[dict[str, str]]:
    """Return the rows of one of this package's tables, its comment lines skipped."""
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


@lru_cache(maxsize=1)
def read_kinds() -> Mapping[str, str]:
    """Return the kind that each word of kinds.csv stands for."""
    return {row["word"]: row["kind"] for row in read_data("kinds.csv")}
