"""How those named in the picture stand to a leader (government, opposed, ally), and which places are what."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from mene.outlook.indicators import PlaceKind, Relation
from mene.picture.sides import normalise
from mene.records import Backing, Participant, Picture, Place

NEAR_CAPITAL_KM = 30.0
"""A capital's suburbs and the garrisons round it lie within this; the next town usually does not."""

_TOWNS = ("exact", "near")


class Named(Protocol):
    """Somebody with an id and a name: an actor of the codebook."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...


class Ruler(Named, Protocol):
    """A leader of the codebook, with all names he is called by."""

    @property
    def aliases(self) -> tuple[str, ...]: ...
    @property
    def shared_aliases(self) -> tuple[str, ...]: ...


class Knowledge(Protocol):
    """What the outlook asks of the codebook; tests bring a hand-made one."""

    def leader_of(self, country: str, on: date | None = None, /) -> Ruler | None:
        """Return who holds the effective power in a country (ISO 3166 alpha-2) on a day."""

    def government_of(self, iso2: str, /) -> Named | None:
        """Return the government of a country."""

    def army_of(self, iso2: str, /) -> Named | None:
        """Return the army of a country."""

    def capital_of(self, iso2: str, /) -> str | None:
        """Return the name of the capital of a country."""

    def provincial_capital(self, name: str, /) -> tuple[str, str] | None:
        """Return the country and province that a town is the seat of."""

    def is_side(self, source_id: str | None, /) -> bool:
        """Return whether the id of a source is that of a side or its leader."""

    def same_side(self, a: str, b: str, on: date | None = None, /) -> bool:
        """Return whether two actors are the same, or one is part of or acts for the other."""

    def opposed(self, a: str, b: str, on: date | None = None, /) -> bool:
        """Return whether two actors are known to be on opposite sides."""

    def letter(self, name: str, actor_id: str | None = None, /) -> str:
        """Return the Admiralty letter of a source, A to F, by its name or id."""

    def ancestors(self, actor_id: str, on: date | None = None, /) -> Sequence[tuple[str, str]]:
        """Return what the actor belongs to or acts for, nearest first, each with the relation."""


@dataclass(frozen=True, slots=True)
class Reign:
    """A leader in office, with what is needed to tell who stands where to him."""

    leader: Ruler
    country: str
    country_name: str
    government: str
    army: str | None
    capital: str
    capital_place: Place | None
    day: date | None
    codebook: Knowledge
    allies: frozenset[str] = field(default_factory=frozenset)

    @property
    def leader_names(self) -> tuple[str, ...]:
        """All names of the leader."""
        return (self.leader.name, *self.leader.aliases, *self.leader.shared_aliases)

    def stands(self, who: Participant, relation: Relation) -> bool:
        """Return whether a participant stands so to the leader's government on the day."""
        if relation == "protesters":
            return bool(who.actor_id and who.actor_id.endswith("-protesters")) or _are_protesters(who.name)
        if who.actor_id is None:
            return False
        if relation == "leader":
            return who.actor_id == self.leader.id
        if relation == "army":
            return who.actor_id != self.government and self._with(who.actor_id, self.army)
        ours, against = self._is_ours(who.actor_id), self._is_against(who.actor_id)
        if relation == "government":
            return ours
        if relation == "opposed":
            return against and not ours
        abroad = who.country is not None and who.country != self.country and not ours and not against
        return abroad and (relation == "foreign" or self.is_ally(who))

    def _with(self, actor_id: str, other: str | None) -> bool:
        return other is not None and self.codebook.same_side(actor_id, other, self.day)

    def _is_ours(self, actor_id: str) -> bool:
        """An ally's proxy fights beside the government and is none of it: its home decides (see `stands`)."""
        return actor_id == self.leader.id or self._with(actor_id, self.government)

    def _is_against(self, actor_id: str) -> bool:
        return self.codebook.opposed(actor_id, self.government, self.day)

    def is_ally(self, who: Participant) -> bool:
        """Return whether a participant is, or acts for, one who backs the government in the picture."""
        return who.actor_id is not None and any(self._with(who.actor_id, ally) for ally in sorted(self.allies))

    def is_in(self, place: Place | None, kind: PlaceKind) -> bool:
        """Return whether a place is of a kind, seen from the leader's country."""
        if place is None:
            return False
        here = place.country == self.country
        if kind in ("country", "abroad"):
            return here if kind == "country" else place.country not in (None, self.country)
        located = here and place.precision in _TOWNS
        if kind == "town":
            return located
        if kind == "provincial_capital":
            seat = self.codebook.provincial_capital(place.name)
            return located and not self._is_capital(place) and seat is not None and seat[0] == self.country
        return self._is_capital(place) if kind == "capital" else self._is_near_capital(place)

    def _is_capital(self, place: Place) -> bool:
        named = normalise(place.name) == normalise(self.capital) and place.precision in _TOWNS
        return named and place.country in (None, self.country)

    def _is_near_capital(self, place: Place) -> bool:
        if self._is_capital(place) or (place.within and normalise(place.within) == normalise(self.capital)):
            return True
        if self.capital_place is None or place.precision not in _TOWNS:
            return False
        distance = distance_km(place, self.capital_place)
        return distance is not None and distance <= NEAR_CAPITAL_KM


def _are_protesters(name: str) -> bool:
    return any(word.startswith(("protest", "demonstrat")) for word in normalise(name).split())


def distance_km(a: Place, b: Place) -> float | None:
    """Return the great-circle distance of two places in kilometres; None where one has no coordinates.

    >>> a = Place("A", "A", "1", 0.0, 0.0, None, "city", "exact", 1.0)
    >>> b = Place("B", "B", "2", 0.0, 1.0, None, "city", "exact", 1.0)
    >>> round(distance_km(a, b))
    111
    """
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return None
    low, high = math.radians(a.latitude), math.radians(b.latitude)
    across = math.radians(b.longitude - a.longitude)
    half = math.sin((high - low) / 2) ** 2 + math.cos(low) * math.cos(high) * math.sin(across / 2) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(half)))


def find_reigns(
    countries: Iterable[str], picture: Picture, places: Iterable[Place], day: date | None, codebook: Knowledge
) -> tuple[Reign, ...]:
    """Return the leaders in office on a day in the given countries, in the order of the countries' codes."""
    found = sorted(set(places), key=lambda place: (-place.probability, place.name, repr(place)))
    reigns = [_reign(country, picture, found, day, codebook) for country in sorted(set(countries))]
    return tuple(reign for reign in reigns if reign is not None)


def _reign(
    country: str, picture: Picture, places: Sequence[Place], day: date | None, codebook: Knowledge
) -> Reign | None:
    leader, government = codebook.leader_of(country, day), codebook.government_of(country)
    if leader is None or government is None:
        return None
    army, capital = codebook.army_of(country), codebook.capital_of(country) or ""
    is_here = [place for place in places if place.country == country and place.latitude is not None]
    at = next((place for place in is_here if normalise(place.name) == normalise(capital)), None)
    name = next((place.name for place in places if place.kind == "country" and place.country == country), "")
    reign = Reign(leader, country, name, government.id, army.id if army else None, capital, at, day, codebook)
    allies = frozenset(_allies(picture.backings, reign))
    return Reign(leader, country, name, government.id, reign.army, capital, at, day, codebook, allies)


def _allies(backings: Iterable[Backing], reign: Reign) -> Iterable[str]:
    for backing in backings:
        if backing.backer.actor_id and not backing.background and reign.stands(backing.backed, "government"):
            yield backing.backer.actor_id
