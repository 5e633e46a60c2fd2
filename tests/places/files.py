"""Small gazetteer files in each format, for the tests of this folder."""

from datetime import date
from functools import lru_cache
from pathlib import Path

from mene.gazetteer import Gazetteer
from mene.places import LeftOut, Revision, Row, Tally, open_places, read_places
from mene.places.ground import Ground
from mene.places.read import Item
from mene.places.source import hash_file

DAY = date(2024, 12, 7)
LIST = "name,latitude,longitude,country,admin1,kind,population,aliases,id\n"
PCODES = "ADM0_EN,ADM0_PCODE,ADM1_EN,ADM1_AR,ADM1_PCODE,ADM2_EN,ADM2_AR,ADM2_PCODE,lat,lon\n"


@lru_cache(maxsize=1)
def ground() -> Ground:
    """Return where countries lie, read once."""
    return Ground()


def village(
    name: str = "Tell Qurmah", latitude: object = 35.21873, longitude: object = 36.91234, **cells: object
) -> str:
    """Return a line under LIST, in Syria unless `cells` say otherwise."""
    names = LIST.strip().split(",")
    values = {"name": name, "latitude": latitude, "longitude": longitude, "country": "SY", **cells}
    return ",".join(str(values.get(column, "")) for column in names) + "\n"


def dump(number: int, name: str, latitude: object, longitude: object, **cells: object) -> str:
    """Return a line of GeoNames's table: a populated place in Syria's unit 05 unless `cells` say otherwise."""
    values = {
        "ascii": name,
        "others": "",
        "class": "P",
        "code": "PPL",
        "country": "SY",
        "admin1": "05",
        "population": 0,
    }
    values |= cells
    row = [number, name, values["ascii"], values["others"], latitude, longitude, values["class"], values["code"]]
    row += [values["country"], "", values["admin1"], "", "", "", values["population"], "", "", "Asia/Damascus", ""]
    return "\t".join(map(str, row)) + "\n"


def write(path: Path, text: str) -> Path:
    """Write a text and return where."""
    path.write_text(text, encoding="utf-8")
    return path


def items(path: Path) -> list[Item]:
    """Return all that a file gives."""
    with read_places(path, ground()) as reading:
        return list(reading.items)


def rows(path: Path) -> list[Row]:
    """Return the places that a file gives."""
    return [item for item in items(path) if isinstance(item, Row)]


def told(path: Path) -> list[str]:
    """Return what is said of the rows that a file loses."""
    return [str(item) for item in items(path) if isinstance(item, LeftOut)]


def add(folder: Path, *paths: Path) -> list[Tally]:
    """Add files to a folder of places, as the command does."""
    with Revision(folder) as revision:
        tallies = []
        for path in paths:
            with read_places(path, ground()) as reading:
                tallies.append(revision.add(path, hash_file(path), reading.format, reading.items, DAY)[1])
        revision.commit()
    return tallies


def added(folder: Path, *paths: Path) -> Gazetteer:
    """Add files and return all places, the shipped ones and those of the files."""
    add(folder, *paths)
    return open_places(folder)
