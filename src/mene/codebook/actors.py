"""How actors stand to each other on a day: ancestors, same side, opposed; all pure over a lookup of actors."""

from bisect import bisect_right
from collections.abc import Callable, Iterable
from datetime import date, timedelta

from mene.codebook.entries import Actor, Link, Relation

Lookup = Callable[[str], Actor | None]

_UPWARD: tuple[Relation, ...] = ("part_of", "proxy_of")


class Ties:
    """How the actors of a codebook stand to each other, each question worked out once for all days between two changes.

    `lookup` gives an actor by its id, `dated` are the actors whose ties begin or end on some day.
    """

    def __init__(self, lookup: Lookup, dated: Iterable[Actor]) -> None:
        self._lookup = lookup
        links = [link for actor in dated for link in actor.links]
        begins = {link.since for link in links if link.since}
        ended = {link.until + timedelta(days=1) for link in links if link.until and link.until < date.max}
        self._turns = sorted(begins | ended)
        self._settled: dict[date | None, date | None] = {None: None}
        self._ancestors: dict[tuple[str, date | None], tuple[tuple[str, Relation], ...]] = {}
        self._same: dict[tuple[str, str, date | None], bool] = {}
        self._opposed: dict[tuple[str, str, date | None], bool] = {}

    def _settle(self, day: date | None) -> date | None:
        """Return the first day from which all ties stand as they do on a day."""
        if day is not None and day not in self._settled:
            at = bisect_right(self._turns, day)
            self._settled[day] = self._turns[at - 1] if at else date.min
        return self._settled[day]

    def ancestors(self, actor_id: str, on: date | None) -> tuple[tuple[str, Relation], ...]:
        """Return what `find_ancestors` finds."""
        key = (actor_id, self._settle(on))
        if key not in self._ancestors:
            self._ancestors[key] = find_ancestors(self._lookup, *key)
        return self._ancestors[key]

    def same_side(self, a: str, b: str, on: date | None) -> bool:
        """Return what `is_same_side` finds; the order of the two does not matter."""
        key = (*((a, b) if a <= b else (b, a)), self._settle(on))
        if key not in self._same:
            self._same[key] = is_same_side(self._lookup, *key)
        return self._same[key]

    def opposed(self, a: str, b: str, on: date | None) -> bool:
        """Return what `is_opposed` finds; the order of the two does not matter."""
        key = (*((a, b) if a <= b else (b, a)), self._settle(on))
        if key not in self._opposed:
            self._opposed[key] = is_opposed(self._lookup, *key)
        return self._opposed[key]


def find_ancestors(lookup: Lookup, actor_id: str, day: date | None) -> tuple[tuple[str, Relation], ...]:
    """Return what the actor belongs to or acts for on `day`, nearest first, each with the relation leading to it."""
    found: dict[str, Relation] = {}
    queue = [actor_id]
    while queue:
        actor = lookup(queue.pop(0))
        for link in _links(actor, day, _UPWARD):
            if link.to not in found and link.to != actor_id:
                found[link.to] = link.relation
                queue.append(link.to)
    return tuple(found.items())


def _links(actor: Actor | None, day: date | None, relations: tuple[Relation, ...]) -> tuple[Link, ...]:
    if actor is None:
        return ()
    return tuple(link for link in actor.links if link.relation in relations and link.holds_on(day))


def is_same_side(lookup: Lookup, a: str, b: str, day: date | None) -> bool:
    """Return whether two actors are the same, one acts for the other, or both belong to one state or parent.

    Two proxies of one backer are not the same side for that reason alone.
    """
    if a == b:
        return True
    ours = {a, *(up for up, _ in find_ancestors(lookup, a, day))}
    theirs = {b, *(up for up, _ in find_ancestors(lookup, b, day))}
    return bool(ours & _wholes(lookup, b, day) or theirs & _wholes(lookup, a, day))


def _wholes(lookup: Lookup, actor_id: str, day: date | None) -> set[str]:
    """Return the actor and what it is a part of, through any number of steps."""
    found = {actor_id}
    queue = [actor_id]
    while queue:
        for link in _links(lookup(queue.pop()), day, ("part_of",)):
            if link.to not in found:
                found.add(link.to)
                queue.append(link.to)
    return found


def is_opposed(lookup: Lookup, a: str, b: str, day: date | None) -> bool:
    """Return whether two actors are known to be on opposite sides: themselves, or what they belong to or act for."""
    if is_same_side(lookup, a, b, day):
        return False
    return _opposes(lookup, a, b, day) or _opposes(lookup, b, a, day)


def _opposes(lookup: Lookup, a: str, b: str, day: date | None) -> bool:
    theirs = {b, *(up for up, _ in find_ancestors(lookup, b, day))}
    for actor_id in (a, *(up for up, _ in find_ancestors(lookup, a, day))):
        if any(link.to in theirs for link in _links(lookup(actor_id), day, ("opposes",))):
            return True
    return False
