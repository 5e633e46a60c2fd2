"""What speaks for a candidate place: one number a feature, one weight a number, added up.

The weights were fitted by training/gazetteer_ranker.py (conditional logit); its docstring says on what and how well.
"""

from collections.abc import Mapping, Sequence
from math import log1p

import numpy as np
from numpy.typing import NDArray

from mene.gazetteer.geometry import EARTH_RADIUS_KM, distance_km
from mene.gazetteer.index import Entry
from mene.gazetteer.keys import name_key
from mene.gazetteer.phrases import Phrase

FEATURES = (
    "size",  # log population, 1 at 65 million
    "own_name",  # the words are the place's own name, not an alias
    "respelled",  # matched by transliteration only
    "minor_alias",  # an alias of a town below 20,000: aliases of small places are mostly noise
    "curated",  # on our own lists of places in conflict news, or on a user's list
    "country",
    "admin1",
    "admin2",
    "area",  # region, continent or water
    "facility",
    "capital",
    "kind_agrees",  # "X governorate" and a unit, "city of X" and a town
    "kind_differs",
    "container_agrees",  # "Bangor, Maine": in the area that the text names
    "container_differs",
    "country_weight",  # share of the country among the country words of the document
    "home_country",
    "home_unit",
    "bare_unit",  # "Hama" or "Hamah" alone for Hama Governorate, where a town bears it; "Washington" for the State
    "same_unit",  # share of the document's other places in the same first-order unit
    "same_country",
    "nearness",  # mean of exp(-km / 150) over the three nearest other places
)
_KIND_FEATURE = {
    "country": 5,
    "admin1": 6,
    "admin2": 7,
    "region": 8,
    "continent": 8,
    "water": 8,
    "facility": 9,
    "site": 9,
}
TOWNS = frozenset({"city", "town", "suburb"})
_UNITS = frozenset({"admin1", "admin2", "country", "region"})
_UNIT_WORDS = (
    "governorate",
    "province",
    "oblast",
    "krai",
    "state",
    "region",
    "district",
    "department",
    "county",
    "parish",
)
_NEAR_CONTAINER_KM = 80.0

Vector = NDArray[np.float64]


def describe_all(
    candidates: Sequence[Entry],
    phrase: Phrase,
    containers: Sequence[Entry],
    countries: Mapping[str, float],
    home: str | None,
) -> Vector:
    """Return the features of the candidates of one name, one row each; those of coherence (the last three) stay 0."""
    towns = [entry for entry in candidates if entry.kind in TOWNS and not entry.respelled]
    seats = {(entry.country, entry.admin1) for entry in towns}
    known = {(entry.country, entry.admin1) for entry in towns if not _is_noise(entry)}
    capitals = {entry.country for entry in candidates if entry.is_capital and entry.kind in TOWNS and entry.own_name}
    table = np.array([describe(entry, phrase, containers, countries, home) for entry in candidates])
    if phrase.kind != "unit":
        asked = name_key(phrase.core)
        shortened = {f"{asked} {word}" for word in _UNIT_WORDS}
        for row, entry in enumerate(candidates):
            # Our units are called "Hama Governorate"; those of a user's tables are often called "Hama" as they stand.
            names = shortened | {asked} if entry.is_added else shortened
            where = (entry.country, entry.admin1)
            bare = name_key(entry.name) in names and (where in seats or entry.country in capitals)
            # So is another spelling that is a town's too ("Lattakia"); "Gaza" alone is no town but the Strip.
            spelt = not entry.own_name and name_key(entry.name).endswith(_UNIT_WORDS)
            bare = bare or (spelt and where in known)
            table[row, 18] = bare and entry.kind in {"admin1", "admin2"}
    return table


def describe(
    entry: Entry, phrase: Phrase, containers: Sequence[Entry], countries: Mapping[str, float], home: str | None
) -> Vector:
    """Return the features of `entry` that depend on no other place (the rest stay 0)."""
    values = np.zeros(len(FEATURES))
    values[0] = log1p(entry.population) / 18.0
    values[1] = entry.own_name
    values[2] = entry.respelled
    values[3] = entry.kind in TOWNS and _is_noise(entry)
    values[4] = entry.is_curated
    if entry.kind in _KIND_FEATURE:
        values[_KIND_FEATURE[entry.kind]] = 1.0
    values[10] = entry.is_capital
    values[11], values[12] = _compare_kind(entry, phrase)
    values[13], values[14] = _compare_container(entry, containers)
    values[15] = countries.get(entry.country or "", 0.0)
    home_country, _, home_unit = (home or "").partition("/")
    values[16] = bool(home_country) and entry.country == home_country
    values[17] = bool(home_unit) and values[16] > 0 and entry.admin1 == home_unit
    return values


def _is_noise(entry: Entry) -> bool:
    """Return whether a town is found by an alias only and is too small for that to tell."""
    return not entry.own_name and entry.population < 20_000 and not entry.is_curated


def _compare_kind(entry: Entry, phrase: Phrase) -> tuple[float, float]:
    if phrase.kind == "unit":
        agrees = entry.kind in {"admin1", "admin2", "region"}
    elif phrase.kind == "town":
        agrees = entry.kind in TOWNS
    elif phrase.kind == "facility":
        agrees = entry.kind in {"facility", "site"} if phrase.facility is None else True
    elif phrase.kind in {"water", "region"}:
        agrees = entry.kind == phrase.kind
    else:
        return 0.0, 0.0
    return float(agrees), float(not agrees)


def _compare_container(entry: Entry, containers: Sequence[Entry]) -> tuple[float, float]:
    if not containers:
        return 0.0, 0.0
    agrees = any(lies_in(entry, container) for container in containers)
    return float(agrees), float(not agrees)


def lies_in(entry: Entry, container: Entry) -> bool:
    """Return whether `entry` lies in (or, for a town as container, close to) `container`."""
    if entry.id == container.id:
        return False
    if container.kind == "country":
        return entry.country == container.country
    if container.kind in {"admin1", "admin2"} and container.admin1:
        return (entry.country, entry.admin1) == (container.country, container.admin1)
    if container.kind in TOWNS or container.kind in {"facility", "site"}:
        return distance_km(entry.point, container.point) < _NEAR_CONTAINER_KM
    return distance_km(entry.point, container.point) < 8 * _NEAR_CONTAINER_KM


def unit_vectors(entries: Sequence[Entry]) -> Vector:
    """Return the entries' points as vectors on the unit sphere, one row each."""
    angles = np.radians(np.array([entry.point for entry in entries], dtype=np.float64).reshape(-1, 2))
    lat, lon = angles[:, 0], angles[:, 1]
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)


def relate(candidates: Sequence[Entry], others: Sequence[Entry], weights: Sequence[float]) -> Vector:
    """Return the three coherence features of each candidate against the document's other places, one row each."""
    table = np.zeros((len(candidates), 3))
    total = sum(weights)
    if not others or total <= 0:
        return table
    spots = [
        number for number, other in enumerate(others) if other.kind not in {"country", "continent", "region", "water"}
    ]
    for row, entry in enumerate(candidates):
        if entry.admin1:
            here = (entry.country, entry.admin1)
            table[row, 0] = (
                sum(w for o, w in zip(others, weights, strict=True) if (o.country, o.admin1) == here) / total
            )
        table[row, 1] = sum(w for o, w in zip(others, weights, strict=True) if o.country == entry.country) / total
    if spots:
        cosines = unit_vectors(candidates) @ unit_vectors([others[number] for number in spots]).T
        close = np.exp(-EARTH_RADIUS_KM * np.arccos(np.clip(cosines, -1.0, 1.0)) / 150.0)
        table[:, 2] = np.sort(close, axis=1)[:, -3:].mean(axis=1)
    return table
