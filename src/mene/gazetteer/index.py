"""The place index that ships with the package: names in, candidate places out, in microseconds.

Four memory-mapped files built by training/gazetteer.py; nothing is read but what a lookup touches, so opening takes a
few milliseconds and the memory stays with the operating system's page cache.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import exp, log1p
from pathlib import Path

import marisa_trie
import numpy as np

from mene.errors import CodebookError
from mene.gazetteer.keys import name_key, place_key

KINDS = (
    "country",
    "admin1",
    "admin2",
    "city",
    "town",
    "suburb",
    "region",
    "water",
    "facility",
    "site",
    "continent",
)
CAPITAL, CURATED, NO_POINT = 1, 2, 4
PLACE_ROW = np.dtype(
    [
        ("geonameid", "<u4"),
        ("name", "<u4"),
        ("lat", "<i2"),
        ("lon", "<i2"),
        ("population", "<u2"),
        ("unit", "<u2"),
        ("country", "u1"),
        ("kind", "u1"),
        ("flags", "u1"),
    ]
)
INDEX = Path(__file__).with_name("index")
_POPULATION_STEPS = 2900.0  # log1p(7e9) times this stays below 65,536; the rounding is 0.02 %


def encode_population(population: int) -> int:
    """Return a population as a 16-bit code, exact to 0.02 %."""
    return round(log1p(population) * _POPULATION_STEPS)


def decode_population(code: int) -> int:
    """Return the population that a 16-bit code stands for.

    >>> decode_population(encode_population(460_602)) // 1000
    460
    """
    return round(exp(code / _POPULATION_STEPS) - 1)


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the index, as one lookup found it.

    `id` is GeoNames's number or our own slug; `own_name` tells whether the key is the place's own name (not an alias),
    `respelled` whether it matched by transliteration only. `importance` is 0..1. Without a point of its own
    (`has_point` False: most counties) the coordinates are those of the first-order unit.
    """

    id: str
    name: str
    kind: str
    latitude: float
    longitude: float
    country: str | None
    admin1: str | None
    population: int
    importance: float
    own_name: bool = True
    respelled: bool = False
    is_capital: bool = False
    is_curated: bool = False
    has_point: bool = True

    @property
    def point(self) -> tuple[float, float]:
        """Latitude and longitude in degrees."""
        return self.latitude, self.longitude


class Gazetteer:
    """The opened index; read-only and safe to share."""

    def __init__(self, folder: Path = INDEX) -> None:
        """Map the index files of `folder`; raises CodebookError where they are missing or belong to another build."""
        try:
            build = json.loads((folder / "build.json").read_text(encoding="utf-8"))
            self._keys = marisa_trie.Trie().mmap(str(folder / "keys.marisa"))
            self._names = marisa_trie.Trie().mmap(str(folder / "names.marisa"))
            self._places = np.load(folder / "places.npy", mmap_mode="r")
            postings = np.load(folder / "postings.npy", mmap_mode="r")
        except (OSError, RuntimeError, ValueError) as error:
            raise CodebookError(
                f"The place index in {folder} cannot be read ({error}); run `make gazetteer`."
            ) from error
        if len(self._keys) != build["keys"] or len(self._places) != build["places"]:
            raise CodebookError(
                f"The files of the place index in {folder} are of different builds; run `make gazetteer`."
            )
        self._starts, self._rows = postings[: build["keys"] + 1], postings[build["keys"] + 1 :]
        self._countries: list[str] = build["countries"]
        self._units: list[list[str]] = build["units"]

    def __len__(self) -> int:
        """Return the number of places."""
        return len(self._places)

    def find(self, text: str) -> tuple[Entry, ...]:
        """Return the places `text` may name, the most important first.

        Another spelling counts where no place bears the name as it stands.

        >>> [entry.name for entry in open_gazetteer().find("Bakhmut")]
        ['Bakhmut']
        """
        exact, loose = name_key(text), place_key(text)
        found: dict[int, Entry] = {}
        joined = name_key(text.replace("-", "")) if "-" in text else exact  # Pétion-Ville is Pétionville
        for row, own in (*self._look_up(exact), *(self._look_up(joined) if joined != exact else ())):
            found.setdefault(row, self._read(row, own, False))
        # A name we know as it is spelt is not also a misspelling of another: Daraa is not Darayya.
        if not any(entry.own_name or entry.is_curated for entry in found.values()):
            for row, own in self._look_up(f"~{loose}"):
                found.setdefault(row, self._read(row, own, True))
        return tuple(sorted(found.values(), key=lambda entry: (entry.respelled, -entry.importance, entry.id)))

    def has(self, text: str) -> bool:
        """Return whether `text` is a name of the index exactly, spelling variants apart."""
        return name_key(text) in self._keys

    def country_names(self) -> dict[str, str]:
        """Return the display name of each country by its ISO 3166 alpha-2 code."""
        kinds = self._places["kind"] == KINDS.index("country")
        rows = [self._read(row, True, False) for row in np.flatnonzero(kinds).tolist()]
        return {entry.country: entry.name for entry in rows if entry.country}

    def _look_up(self, key: str) -> Iterator[tuple[int, bool]]:
        number = self._keys.get(key)
        if number is None:
            return
        for code in self._rows[int(self._starts[number]) : int(self._starts[number + 1])].tolist():
            yield code >> 1, bool(code & 1)

    def _read(self, row: int, own_name: bool, respelled: bool) -> Entry:
        geonameid, name_number, lat, lon, coded, unit, country_number, kind_number, flags = self._places[row].tolist()
        name = self._names.restore_key(name_number)
        country = self._countries[country_number] or None
        kind = KINDS[kind_number]
        population = decode_population(coded)
        return Entry(
            id=str(geonameid)
            if geonameid
            else make_slug(name, country, self._units[unit][1] if kind == "admin2" else ""),
            name=name,
            kind=kind,
            latitude=lat / 100,
            longitude=lon / 100,
            country=country,
            admin1=self._units[unit][1] or None,
            population=population,
            importance=weigh(kind, population, flags),
            own_name=own_name,
            respelled=respelled,
            is_capital=bool(flags & CAPITAL),
            is_curated=bool(flags & CURATED),
            has_point=not flags & NO_POINT,
        )


def make_slug(name: str, country: str | None, unit: str = "") -> str:
    """Return the id of a place that GeoNames's extract does not number.

    >>> make_slug("Hmeimim air base", "SY")
    'sy-hmeimim-air-base'
    """
    return "-".join(part for part in ((country or "xx").lower(), *name_key(f"{name} {unit}").split()) if part)


_KIND_WEIGHT = {
    "country": 1.0,
    "continent": 0.95,
    "admin1": 0.75,
    "region": 0.7,
    "water": 0.65,
    "facility": 0.55,
    "site": 0.5,
    "admin2": 0.3,
}


def weigh(kind: str, population: int, flags: int) -> float:
    """Return how likely a place is to be meant with nothing else known, 0..1: its kind, its size, being a capital."""
    size = log1p(population) / 18.0  # 1 at 65 million
    base = size if kind in {"city", "town", "suburb"} else _KIND_WEIGHT.get(kind, 0.0)
    if kind == "admin1":
        base += 0.15 * (size - 0.8)  # two provinces of one name: the larger first
    return min(1.0, base + (0.1 if flags & CAPITAL else 0.0) + (0.05 if flags & CURATED else 0.0))


@lru_cache(maxsize=1)
def open_gazetteer() -> Gazetteer:
    """Return the shipped index, opened once."""
    return Gazetteer()
