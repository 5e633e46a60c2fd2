"""Finding the codebook's names in a sentence's tokens, and joining them with the roles beside them.

"Syrian" + "rebels" is the actor `syr-rebels`, "Assad" + "forces" the army of Assad's country, "Houthi" + "fighters"
the Houthis; "anti-" before a name turns it round.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from mene.codebook.entries import Actor, Generic, Leader, Match, MatchKind, Outlet, Role, State
from mene.codebook.phrases import NameTable, Parts, split_tokens

_KIND_ORDER: tuple[MatchKind, ...] = ("actor", "leader", "outlet", "metonym", "state", "demonym", "generic")
"""Which reading is given where one name has several: "Damascus" is its government's metonym before all else."""

_AMBIGUOUS_ACRONYMS = frozenset(("IS", "US", "IT", "CAR", "AID", "ICE", "AMAL", "RAF", "MEND"))
"""Acronyms that are plain words in a line set in capitals."""

_SHOUTED_WORDS = 4
_APPOSED_KINDS = frozenset(("armed group", "army", "security service", "militia", "government", "coalition"))
"""A role of one of these kinds right after a group's name is the group itself ("Houthi rebels")."""

_TITLES = frozenset(
    (
        *("president", "premier", "minister", "chancellor", "king", "emir", "sultan", "leader", "ruler", "dictator"),
        *("prince", "secretary", "commander", "general", "strongman", "diplomat", "chief", "ayatollah", "spokesman"),
        *("spokeswoman", "spokesperson", "envoy"),
    )
)
"""The last word of a title before a leader's name, which belongs to the name ("Syrian President Bashar al-Assad")."""


class Knowledge(Protocol):
    """What the finder needs of the codebook."""

    @property
    def actors(self) -> Mapping[str, Actor]:
        """The actors by id."""

    @property
    def leaders(self) -> Mapping[str, Leader]:
        """The leaders by id."""

    @property
    def outlets(self) -> Mapping[str, Outlet]:
        """The outlets by id."""

    @property
    def states(self) -> Mapping[str, State]:
        """The states by ISO alpha-2 code."""

    @property
    def roles(self) -> Mapping[str, Role]:
        """The roles by id."""

    @property
    def generics(self) -> Sequence[Generic]:
        """The phrases that name a role."""

    def role_id(self, iso2: str, role: str) -> str:
        """Return the id of the actor with this role in a country."""


@dataclass(frozen=True, slots=True)
class _Hit:
    """A name found at the parts [first, end)."""

    first: int
    end: int
    kind: MatchKind
    ids: tuple[str, ...]


class NameFinder:
    """All names of a codebook, ready for matching; builds its table once."""

    def __init__(self, book: Knowledge) -> None:
        self._book = book
        self._names = NameTable(_every_name(book))
        self._ruled_by = {state.government: state.iso2 for state in book.states.values()}

    def match(self, tokens: Sequence[str]) -> list[Match]:
        """Return the longest names among the tokens, left to right, without overlap; whole tokens only."""
        parts = split_tokens(tokens)
        hits = self._join(self._hits(parts), parts)
        return [Match(parts.owner[hit.first], parts.owner[hit.end - 1], hit.kind, hit.ids) for hit in hits]

    def match_apart(self, tokens: Sequence[str]) -> list[Match]:
        """Return the names as `match` finds them before it joins a role or a title to the name beside it."""
        parts = split_tokens(tokens)
        return [Match(parts.owner[hit.first], parts.owner[hit.end - 1], hit.kind, hit.ids) for hit in self._hits(parts)]

    def _hits(self, parts: Parts) -> list[_Hit]:
        shouted = _is_shouted(parts)
        found: list[_Hit] = []
        position = 0
        while position < len(parts.words):
            hit = self._names.find(parts, position)
            if hit is None or (shouted and parts.words[position] in _AMBIGUOUS_ACRONYMS):
                position += 1
                continue
            end, entries = hit
            kind = min((kind for kind, _ in entries), key=_KIND_ORDER.index)
            ids = tuple(dict.fromkeys(entry_id for entry_kind, entry_id in entries if entry_kind == kind))
            if kind == "leader" and len(ids) > 1:
                ids = tuple(sorted(ids, key=self._end_of_power, reverse=True))
            found.append(_Hit(position, end, kind, ids))
            position = end
        return found

    def _join(self, hits: list[_Hit], parts: Parts) -> Iterator[_Hit]:
        """Yield the hits with roles and titles joined to the names beside them; roles that lack their country go."""
        pending: _Hit | None = None
        for hit in hits:
            if pending is not None and _adjoins(pending, hit, parts):
                joined = self._joined(pending, hit, parts)
                if joined is not None:
                    pending = joined
                    continue
            yield from self._shown(pending)
            pending = hit
        yield from self._shown(pending)

    def _shown(self, hit: _Hit | None) -> Iterator[_Hit]:
        """Yield a finished hit; a role without its readings that need a country, or nothing where none is left."""
        if hit is None:
            return
        ids = hit.ids if hit.kind != "generic" else tuple(role for role in hit.ids if not role.startswith("+"))
        if ids:
            yield _Hit(hit.first, hit.end, hit.kind, ids)

    def _joined(self, name: _Hit, next_: _Hit, parts: Parts) -> _Hit | None:
        """Return what two names side by side make together; None where they stand apart."""
        kind, ids = name.kind, None
        if next_.kind == "leader" and parts.lowered[name.end - 1] in _TITLES and name.end == next_.first:
            kind, ids = "leader", next_.ids
        elif next_.kind == "generic":
            against = name.first > 0 and parts.lowered[name.first - 1] == "anti"
            kind, ids = "actor", self._with_role(name, next_.ids[0].lstrip("+"), against=against)
            kind = "generic" if name.kind == "generic" else kind
        return _Hit(name.first, next_.end, kind, ids) if ids else None

    def _with_role(self, name: _Hit, role_id: str, *, against: bool) -> tuple[str, ...]:
        """Return the ids that a name and the role after it make; none where they stand apart.

        `against` is True after "anti-": only a leader's name gives the role a meaning then ("anti-Assad fighters").
        """
        armed = self._is_armed(role_id)
        if name.kind == "leader":
            return self._of_leader(name.ids, "rebels" if against else role_id)
        if against:
            return ()
        if name.kind in ("demonym", "state"):
            return tuple(self._book.role_id(iso2, role_id) for iso2 in name.ids)
        if name.kind == "metonym" and armed:
            return tuple(self._book.role_id(iso2, role_id) for iso2 in map(self._ruled_by.get, name.ids) if iso2)
        if name.kind == "actor" and armed:
            return name.ids
        if name.kind == "generic" and armed and not self._governs(role_id) and self._is_armed(name.ids[0].lstrip("+")):
            return (role_id,) if role_id == "rebels" else (name.ids[0],)
        return ()

    def _end_of_power(self, leader_id: str) -> date:
        """Return the last day of a leader's latest term, so that of two of one name the later is tried first."""
        return self._book.leaders[leader_id].until or date.max

    def _is_armed(self, role_id: str) -> bool:
        role = self._book.roles.get(role_id)
        return role is not None and role.kind in _APPOSED_KINDS

    def _has_arms(self, actor_id: str) -> bool:
        actor = self._book.actors.get(actor_id)
        return actor is not None and actor.kind in _APPOSED_KINDS - {"government"}

    def _governs(self, role_id: str) -> bool:
        return self._book.roles[role_id].kind == "government"

    def _of_leader(self, leader_ids: tuple[str, ...], role_id: str) -> tuple[str, ...]:
        """Return the actors with this role under the leaders: of their country, or the group that they lead."""
        ids: dict[str, None] = {}
        for leader_id in leader_ids:
            terms = self._book.leaders[leader_id].terms
            ruled = [term for term in terms if term.rules and term.country]
            armed = [term for term in terms if self._has_arms(term.actor)]  # "Bemba's rebels", though later a minister
            term = (ruled or armed or terms)[-1]
            state = term.country if ruled else None
            ids[self._book.role_id(state, role_id) if state else term.actor] = None
        return tuple(ids)


def _every_name(book: Knowledge) -> Iterator[tuple[str, tuple[MatchKind, str]]]:
    for actor in book.actors.values():
        for name in (actor.name, *actor.aliases, *actor.shared_aliases):
            yield name, ("actor", actor.id)
    for leader in book.leaders.values():
        for name in (leader.name, *leader.aliases, *leader.shared_aliases):
            yield name, ("leader", leader.id)
    for outlet in book.outlets.values():
        for name in (outlet.name, *outlet.aliases):
            yield name, ("outlet", outlet.id)
    for state in book.states.values():
        for name in (state.name, *state.aliases):
            yield name, ("state", state.iso2)
        for name in state.demonyms:
            yield name, ("demonym", state.iso2)
        for name in state.metonyms:
            yield name, ("metonym", state.government)
    for generic in book.generics:
        yield generic.phrase, ("generic", ("+" if generic.needs_country else "") + generic.role)


def _adjoins(name: _Hit, next_: _Hit, parts: Parts) -> bool:
    return parts.words[name.end : next_.first] in ([], ["'s"])


def _is_shouted(parts: Parts) -> bool:
    """Return whether a line is set in capitals, so that "IS" and "US" may be plain words."""
    letters = [word for word in parts.words if word.isalpha()]
    return len(letters) >= _SHOUTED_WORDS and all(word.isupper() for word in letters)
