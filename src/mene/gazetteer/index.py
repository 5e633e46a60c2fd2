"""The place index: names in, candidate places out, in microseconds.

The shipped index (built by training/gazetteer.py) and, beside it, the one that `mene places add` makes of a user's own
files. Each is four memory-mapped files, described in `mene.gazetteer.build`; nothing is read but what a lookup touches,
so opening takes a few milliseconds and the memory stays with the operating system's page cache.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from math import exp, log1p
from pathlib import Path
from typing import Any, Literal

import marisa_trie
import numpy as np
from numpy.typing import NDArray

from mene.errors import CodebookError
from mene.gazetteer.keys import name_key, place_key, skeleton_key

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
CAPITAL, CURATED, NO_POINT, ADDED, COUNTRY_POINT = 1, 2, 4, 8, 16
"""Flags. NO_POINT: the point is the first-order unit's; COUNTRY_POINT: the country's; ADDED: from a user's file."""

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
ADDED_ROW = np.dtype(
    [
        ("geonameid", "<u4"),
        ("name", "<u4"),
        ("lat", "<i4"),
        ("lon", "<i4"),
        ("population", "<u2"),
        ("unit", "<u4"),
        ("country", "u1"),
        ("kind", "u1"),
        ("flags", "u1"),
        ("id", "<u4"),
    ]
)
"""As PLACE_ROW, with points to a metre, room for many units, and ids (among the names) where GeoNames has no number."""

POINT_STEPS = {PLACE_ROW: 100, ADDED_ROW: 100_000}
"""Into how many steps a degree is divided."""

INDEX = Path(__file__).with_name("index")
INDEX_FILES = ("keys.marisa", "names.marisa", "places.npy", "postings.npy")
PointOf = Literal["itself", "admin1", "country"]
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


KEPT_SEARCHES = 4096
"""Names whose places are kept: an article asks for each of its own many times."""

SMALLEST_TOWN = 500
"""Inhabitants of the smallest places of the shipped index; a user's gazetteer goes down to hamlets."""


def spelling_key(key: str) -> str:
    """Return the index's key of a `place_key`."""
    return f"~{key}"


def sound_key(key: str, country: str) -> str:
    """Return the index's key of a `skeleton_key` in a country."""
    return f"={country}:{key}"


def id_key(place_id: str) -> str:
    """Return the index's key of a place's id."""
    return f"#{place_id}"


@dataclass(frozen=True, slots=True)
class Entry:
    """A place of the index, as one lookup found it.

    `id` is GeoNames's number, our own slug, or what a user's file calls it; `own_name` tells whether the key is the
    place's own name (not an alias), `respelled` whether it matched by transliteration only. `importance` is 0..1.
    `is_curated` means that it was chosen by hand, on our lists or a user's; `is_added` that a user's file has it.
    `by_sound` means that only the consonants of its name were matched. `point_of` tells whose the coordinates are: of a
    place without a point of its own (most counties) they are those of its first-order unit, or of its country.
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
    is_added: bool = False
    point_of: PointOf = "itself"
    by_sound: bool = False

    @property
    def has_point(self) -> bool:
        """Whether the coordinates are the place's own."""
        return self.point_of == "itself"

    @property
    def point(self) -> tuple[float, float]:
        """Latitude and longitude in degrees."""
        return self.latitude, self.longitude


class Index:
    """One opened index; read-only and safe to share. Places are known by the number of their row."""

    def __init__(self, folder: Path = INDEX, *, remedy: str = "run `make gazetteer`") -> None:
        """Map the files of `folder`; raises CodebookError, ending in `remedy`, where they are missing or do not fit."""
        try:
            build = json.loads((folder / "build.json").read_text(encoding="utf-8"))
            self._keys = marisa_trie.Trie().mmap(str(folder / "keys.marisa"))
            self._names = marisa_trie.Trie().mmap(str(folder / "names.marisa"))
            self._places = np.load(folder / "places.npy", mmap_mode="r")
            postings = np.load(folder / "postings.npy", mmap_mode="r")
            self._steps = POINT_STEPS[self._places.dtype]
            keys, places = build["keys"], build["places"]
            self._countries: list[str] = build["countries"]
            self._units: list[list[str]] = build["units"]
        except (OSError, RuntimeError, ValueError, KeyError, TypeError) as error:
            raise CodebookError(f"The place index in {folder} cannot be read ({error}); {remedy}.") from error
        if len(self._keys) != keys or len(self._places) != places or len(postings) <= keys:
            raise CodebookError(f"The files of the place index in {folder} are of different builds; {remedy}.")
        self._starts, self._rows = postings[: keys + 1], postings[keys + 1 :]

    def __len__(self) -> int:
        """Return the number of places."""
        return len(self._places)

    def has(self, key: str) -> bool:
        """Return whether any place has this key."""
        return key in self._keys

    def rows(self, key: str) -> Iterator[tuple[int, bool]]:
        """Yield the row of each place that the key may mean, and whether it is the place's own name."""
        number = self._keys.get(key)
        if number is None:
            return
        for code in self._rows[int(self._starts[number]) : int(self._starts[number + 1])].tolist():
            yield code >> 1, bool(code & 1)

    def column(self, name: str) -> NDArray[np.integer[Any]]:
        """Return one column of the places as it is coded, by row."""
        return np.asarray(self._places[name])

    def points(self) -> NDArray[np.float64]:
        """Return the latitude and longitude of every place in degrees, a row each."""
        return np.stack([self._places["lat"], self._places["lon"]], axis=1) / self._steps

    def countries(self) -> list[str]:
        """Return the ISO 3166 alpha-2 codes that the column "country" counts; the first may be empty."""
        return self._countries

    def read(self, row: int, own_name: bool = True, respelled: bool = False) -> Entry:
        """Return the place of a row, as found by a key that is its own name or another spelling."""
        values = self._places[row].tolist()
        geonameid, name_number, lat, lon, coded, unit, country_number, kind_number, flags = values[:9]
        name = self._names.restore_key(name_number)
        country = self._countries[country_number] or None
        kind = KINDS[kind_number]
        population = decode_population(coded)
        if geonameid:
            place_id = str(geonameid)
        elif len(values) > 9:
            place_id = self._names.restore_key(values[9])
        else:
            place_id = make_slug(name, country, self._units[unit][1] if kind == "admin2" else "")
        return Entry(
            id=place_id,
            name=name,
            kind=kind,
            latitude=lat / self._steps,
            longitude=lon / self._steps,
            country=country,
            admin1=self._units[unit][1] or None,
            population=population,
            importance=weigh(kind, population, flags),
            own_name=own_name,
            respelled=respelled,
            is_capital=bool(flags & CAPITAL),
            is_curated=bool(flags & CURATED),
            is_added=bool(flags & ADDED),
            point_of="country" if flags & COUNTRY_POINT else "admin1" if flags & NO_POINT else "itself",
        )


class Gazetteer:
    """The shipped index and, over it, a user's own places; read-only and safe to share.

    A place that both have is the user's: it bears the shipped id, and has what either knows of it.
    """

    def __init__(self, shipped: Index | None = None, added: Index | None = None) -> None:
        """Look places up in `shipped` (the package's own where None) and in the places `added` by a user."""
        self._shipped = shipped or shipped_index()
        self._added = added
        self._search = lru_cache(maxsize=KEPT_SEARCHES)(self._find)

    def find(self, text: str) -> tuple[Entry, ...]:
        """Return the places `text` may name, the most important first.

        Another spelling counts where no place bears the name as it stands.

        >>> [entry.name for entry in open_gazetteer().find("Bakhmut")]
        ['Bakhmut']
        """
        return self._search(text)

    def _find(self, text: str) -> tuple[Entry, ...]:
        found = self._gather(name_key(text), respelled=False)
        if "-" in text:  # Pétion-Ville is Pétionville
            found = {**self._gather(name_key(text.replace("-", "")), respelled=False), **found}
        # A name we know as it is spelt is not also a misspelling of another: Daraa is not Darayya.
        if not any(_settles(entry) for entry in found.values()):
            found = {**self._gather(spelling_key(place_key(text)), respelled=True), **found}
        return tuple(sorted(found.values(), key=lambda entry: (entry.respelled, -entry.importance, entry.id)))

    def find_by_sound(self, text: str, countries: Iterable[str]) -> Entry | None:
        """Return the one town of these countries whose name has the same consonants; None where several have, or none.

        >>> open_gazetteer().find_by_sound("Um Rawaba", ["SD"]).name
        'Umm Ruwaba'
        """
        found: dict[str, Entry] = {}
        for country in countries:
            key = skeleton_key(text, country)
            for entry in self._gather(sound_key(key, country), respelled=True).values() if key else ():
                found.setdefault(entry.id, entry)
        one = next(iter(found.values()), None)
        return replace(one, by_sound=True) if one is not None and len(found) == 1 else None

    def has(self, text: str) -> bool:
        """Return whether `text` is a name of the index exactly, spelling variants apart."""
        key = name_key(text)
        return self._shipped.has(key) or (self._added is not None and self._added.has(key))

    def country_names(self) -> dict[str, str]:
        """Return the display name of each country by its ISO 3166 alpha-2 code."""
        rows = np.flatnonzero(self._shipped.column("kind") == KINDS.index("country")).tolist()
        return {entry.country: entry.name for entry in map(self._shipped.read, rows) if entry.country}

    def _gather(self, key: str, *, respelled: bool) -> dict[int, Entry]:
        """Return the places of a key by their row; a user's places by the row's complement, which is negative."""
        shipped, added = self._shipped, self._added
        if added is None:
            return {row: shipped.read(row, own, respelled) for row, own in shipped.rows(key)}
        found = {~row: added.read(row, own, respelled) for row, own in added.rows(key)}
        for row, own in shipped.rows(key):
            entry = shipped.read(row, own, respelled)
            same = next((other for other, _ in added.rows(id_key(entry.id))), None)
            if same is None:
                found[row] = entry
            elif ~same not in found:
                found[~same] = added.read(same, own, respelled)
        return found


def _settles(entry: Entry) -> bool:
    """Return whether a place is so surely known by this spelling that no other is meant.

    The hamlets of a whole country's gazetteer are not: one of them may well bear the usual misspelling of a town.
    """
    return entry.is_curated or (entry.own_name and not (entry.is_added and entry.population < SMALLEST_TOWN))


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
def shipped_index() -> Index:
    """Return the index that ships with the package, opened once."""
    return Index()


def open_gazetteer(added: Path | None = None) -> Gazetteer:
    """Return the shipped index with, over it, the user's places whose index is in the folder `added`.

    Raises CodebookError where that folder holds no index.
    """
    return Gazetteer(added=Index(added, remedy=ADD_AGAIN) if added else None)


ADD_AGAIN = "remove the folder of your places and add your files again with mene places add"
