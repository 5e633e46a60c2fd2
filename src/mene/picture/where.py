"""Where an event is told to be, in a form in which two tellings can be compared."""

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from mene.picture.sides import normalise
from mene.records import Place

PlaceLikeness = Literal["same", "near", "within", "area", "unknown", "apart", "barred"]

_KM_PER_DEGREE = 111.2
_PARTS = frozenset("north south east west northern southern eastern western northwestern northeastern southwestern"
                   " southeastern central".split())  # fmt: skip


@dataclass(frozen=True, slots=True)
class Where:
    """A place by what tells it from others. `rank` orders by precision, 0 a point, 5 nothing; `part` is "eastern".

    `id` is the gazetteer's without what only narrows it ("170063/eastern" is in 170063), "" for a place not located.
    `ground` is what is told without a name and is still no other place ("five villages"). What is no city is small.
    """

    rank: int
    id: str
    part: str
    name: str
    country: str
    admin1: str
    point: tuple[float, float] | None
    ground: str = ""
    is_small: bool = False
    is_doubtful: bool = False

    @property
    def is_specific(self) -> bool:
        """Whether it is a province or narrower: what can tell two events apart."""
        return self.rank <= _AREA

    @property
    def is_told(self) -> bool:
        """Whether anything is said of the place that could tell it from another."""
        return self.rank < _COUNTRY or bool(self.ground)

    @property
    def order(self) -> tuple[int, bool, str, str, str, str]:
        """What is shown of two that agree: the more precise, a part before the whole, then by name."""
        return (self.rank, not self.part, self.id, self.name, self.country, self.ground)


_REFERRING = (["the"], ["this"], ["that"], ["these"], ["those"], ["its"], ["their"])
"""Words that take up a place told before: "the town" is no place of its own, "two towns" are."""
_NAMED, _AREA, _COUNTRY, _NOWHERE = 2, 3, 4, 5
NOWHERE = Where(_NOWHERE, "", "", "", "", "", None)


@lru_cache(maxsize=65536)
def where_of(place: Place | None) -> Where:
    """Return where a place is; ground without a name ("the area", "Syrian") says nothing beyond its country.

    A place that is resolved with doubt counts by its name alone.

    >>> where_of(Place("the town", "the town", None, None, None, None, "area", "unlocated", 0.5)) == NOWHERE
    True
    """
    if place is None:
        return NOWHERE
    base, _, narrowing = (place.place_id or "").partition("/")
    part = narrowing if narrowing in _PARTS else ""
    country, admin1 = place.country or "", place.admin1 or ""
    if place.precision == "unlocated":
        if place.kind in ("area", "demonym"):
            own = place.kind == "area" and place.name.split()[:1] not in _REFERRING
            return Where(_NOWHERE, "", "", "", country, "", None, normalise(place.name) if own else "")
        return Where(_NAMED, "", "", normalise(place.name), country, "", None)
    if place.precision == "country":
        if place.kind == "region" and not narrowing:
            return Where(_AREA, base, "", normalise(place.name), country, base, None)
        return Where(_COUNTRY, base, part, normalise(place.name), country, "", None)
    if place.precision in ("admin1", "admin2"):
        doubtful = place.probability < _SURE
        return Where(_AREA, base, "", normalise(place.name), country, admin1 or place.name, None, is_doubtful=doubtful)
    if place.probability < _SURE:
        words = place.name if place.text.split()[:1] in _REFERRING else place.text or place.name
        return Where(_NAMED, "", "", normalise(words), "", "", None)
    point = None if place.latitude is None or place.longitude is None else (place.latitude, place.longitude)
    rank = 0 if place.precision == "exact" else 1
    is_small = place.kind not in _LARGE
    return Where(rank, base, part, normalise(place.name), country, admin1, point, is_small=is_small)


def compare_places(a: Where, b: Where) -> PlaceLikeness:
    """Return how two places stand to each other; "barred" where nothing can have happened at both.

    A capital may stand for its province ("a strike in Idlib"), so it is only "apart" from the towns in it.
    """
    if a.country and b.country and a.country != b.country:
        return "barred"
    if a.ground or b.ground:
        return "same" if a.ground == b.ground else "apart" if a.is_told and b.is_told else "unknown"
    if _NOWHERE in (a.rank, b.rank) or _COUNTRY in (a.rank, b.rank):
        return "unknown"
    if a.id and a.id == b.id:
        return "apart" if a.part and b.part and a.part != b.part else "same"
    if _AREA in (a.rank, b.rank):
        return _compare_areas(a, b)
    if not a.id or not b.id:
        return _compare_names(a, b)
    return _compare_points(a, b)


def _compare_areas(a: Where, b: Where) -> PlaceLikeness:
    """Return how two places stand of which one is a province or a region."""
    if not a.admin1 or not b.admin1 or not a.id or not b.id:
        return "unknown"
    if a.admin1 == b.admin1:
        return "area" if a.rank == b.rank else "within"
    return "apart" if a.is_doubtful or b.is_doubtful else "barred"


def _compare_names(a: Where, b: Where) -> PlaceLikeness:
    """Return how two places stand of which one is only a name, which may lie in the town that the other names."""
    if a.name and b.name and spell(a.name) == spell(b.name):
        return "same"
    if a.name and b.name and (f" {a.name} " in f" {b.name} " or f" {b.name} " in f" {a.name} "):
        return "near"
    return "apart" if not a.id and not b.id else "unknown"


def _compare_points(a: Where, b: Where) -> PlaceLikeness:
    distance = _distance_km(a.point, b.point) if a.point and b.point else None
    if distance is not None and distance <= _NEAR_KM:
        return "near"
    if a.admin1 and a.admin1 == b.admin1 and (_is_capital(a) or _is_capital(b)):
        return "apart"
    return "apart" if distance is not None and distance <= _APART_KM else "barred"


_LARGE = frozenset({"city", "capital", "region"})
_SURE = 0.7
"""Probability from which a resolved place bars others: of those below, every second lies in the wrong country."""
_FEWEST_CONSONANTS = 4
_NEAR_KM = 6.0
"""Two names this near are a town and a district or village of it."""
_APART_KM = 25.0
"""Beyond this, one event is not told for both."""


@lru_cache(maxsize=65536)
def spell(name: str) -> str:
    """Return the consonants of a name, by which its spellings agree; a short name as it is.

    >>> spell("al-rashideen") == spell("rashidin"), spell("khan shaykhun") == spell("khan sheikhun")
    (True, True)
    """
    bare = re.sub(r"\b(?:al|el|the)\b|[aeiouyw]|[^a-z]", "", name.casefold())
    squeezed = re.sub(r"(.)\1+", r"\1", bare)
    return squeezed if len(squeezed) >= _FEWEST_CONSONANTS else name


def _is_capital(where: Where) -> bool:
    """Return whether a town bears the name of its province, as capitals mostly do."""
    return bool(where.name) and normalise(where.admin1).split()[:1] == where.name.split()[:1]


def _distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the distance of two points (latitude, longitude), as on a plane: exact enough for tens of kilometres."""
    east = (a[1] - b[1]) * math.cos(math.radians((a[0] + b[0]) / 2))
    return _KM_PER_DEGREE * math.hypot(a[0] - b[0], east)
