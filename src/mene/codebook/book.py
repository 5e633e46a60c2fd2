"""The codebook: what Mene knows beforehand of actors, leaders, states, outlets and words, each table read when needed.

>>> book = load_codebook()
>>> [(match.kind, match.ids) for match in book.match("The Syrian rebels seized Hama".split())]
[('actor', ('syr-rebels',))]
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal

from mene.codebook import build
from mene.codebook.actors import find_ancestors, is_opposed, is_same_side
from mene.codebook.entries import (
    Actor,
    City,
    Cue,
    EventEntry,
    EventTypeEntry,
    Generic,
    Hedge,
    Leader,
    Link,
    LoadedPhrase,
    Match,
    MatchKind,
    Outlet,
    Relation,
    Role,
    State,
)
from mene.codebook.phrases import Found, NameTable, Parts, PhraseTable, name_key, split_tokens
from mene.errors import CodebookError
from mene.vocabulary import EventType

PhraseTableName = Literal["cues", "hedges", "events", "loaded"]

_KIND_ORDER: tuple[MatchKind, ...] = ("actor", "leader", "outlet", "metonym", "state", "demonym", "generic")
"""Which reading is given where one name has several: "Damascus" is its government's metonym before all else."""

_AMBIGUOUS_ACRONYMS = frozenset(("IS", "US", "IT", "WHO", "AID", "ICE", "AU", "PA", "NATO"))
_SHOUTED_WORDS = 4


class Codebook:
    """All tables, read on first use; `extra` are folders of a user's own files, later ones winning."""

    def __init__(self, *extra: Path) -> None:
        for folder in extra:
            if not folder.is_dir():
                raise CodebookError(f"{folder}: there is no such folder; give a folder of codebook files")
        self._extra = extra

    # --- tables ------------------------------------------------------------------------------------------------------

    @cached_property
    def actors(self) -> dict[str, Actor]:
        """The actors of `actors.yaml` by id, without those that every country has."""
        return build.build_actors(self._extra)

    @cached_property
    def states(self) -> dict[str, State]:
        """The states by ISO alpha-2 code."""
        return build.build_states(self._extra)

    @cached_property
    def roles(self) -> dict[str, Role]:
        """The roles that every country has ("rebels", "army")."""
        return build.build_roles(self._extra)

    @cached_property
    def generics(self) -> tuple[Generic, ...]:
        """The phrases that name a role."""
        return tuple(build.build_generics(self._extra))

    @cached_property
    def leaders(self) -> dict[str, Leader]:
        """The leaders by id."""
        return build.build_leaders(self._extra)

    @cached_property
    def outlets(self) -> dict[str, Outlet]:
        """The outlets and monitors by id."""
        return build.build_outlets(self._extra)

    @cached_property
    def event_types(self) -> dict[EventType, EventTypeEntry]:
        """The event types with their definitions and modes."""
        return build.build_event_types(self._extra)

    @cached_property
    def cities(self) -> tuple[City, ...]:
        """The provincial capitals."""
        return tuple(build.build_cities(self._extra))

    @cached_property
    def cues(self) -> PhraseTable[Cue]:
        """The attribution cues."""
        return PhraseTable((cue.phrase, cue) for cue in build.build_cues(self._extra))

    @cached_property
    def hedges(self) -> PhraseTable[Hedge]:
        """The hedges."""
        return PhraseTable((hedge.phrase, hedge) for hedge in build.build_hedges(self._extra))

    @cached_property
    def events(self) -> PhraseTable[EventEntry]:
        """The verbs and nouns that name events."""
        return PhraseTable((entry.phrase, entry) for entry in build.build_lexicon(self._extra))

    @cached_property
    def loaded(self) -> PhraseTable[LoadedPhrase]:
        """The loaded words and phrases."""
        return PhraseTable((entry.phrase, entry) for entry in build.build_loaded(self._extra))

    # --- actors and leaders ------------------------------------------------------------------------------------------

    def actor(self, actor_id: str) -> Actor | None:
        """Return the actor with this id, those that every country has included ("syr-rebels"); else None.

        >>> load_codebook().actor("syr-rebels").name
        'Syrian rebels'
        """
        return self._every_actor.get(actor_id) or self._country_actor(actor_id)

    @cached_property
    def _every_actor(self) -> dict[str, Actor]:
        """The actors of the file, each tied to its state as the government's army and the like are."""
        return {actor_id: self._with_role(actor) for actor_id, actor in self.actors.items()}

    def _with_role(self, actor: Actor) -> Actor:
        made = self._country_actor(actor.id)
        if made is None:
            return actor
        given = {(link.to, link.relation) for link in actor.links}
        links = (*actor.links, *(link for link in made.links if (link.to, link.relation) not in given))
        return replace(actor, role=made.role, links=links, country=actor.country or made.country)

    def _country_actor(self, actor_id: str) -> Actor | None:
        prefix, _, role_id = actor_id.partition("-")
        state = self._state_of_prefix.get(prefix)
        role = self.roles.get(role_id)
        if state is None or role is None:
            return None
        links = [Link(self.role_id(state.iso2, other), "opposes") for other in role.opposes]
        if role.part_of:
            links.insert(0, Link(self.role_id(state.iso2, role.part_of), "part_of"))
        demonym = state.demonyms[0] if state.demonyms else state.name
        name = f"{demonym} {role.name}"
        return Actor(actor_id, name, role.kind, state.iso2, links=tuple(links), role=role.id)

    @cached_property
    def _state_of_prefix(self) -> dict[str, State]:
        return {state.iso3.lower(): state for state in self.states.values()}

    def role_id(self, iso2: str, role: str) -> str:
        """Return the id of the actor with this role in a country: role_id("SY", "rebels") is "syr-rebels"."""
        state = self.states[iso2]
        given = {"government": state.government, "army": state.army, "rebels": state.rebels}
        return given.get(role) or f"{state.iso3.lower()}-{role}"

    def government_of(self, iso2: str) -> Actor | None:
        """Return the government of a country, by ISO alpha-2 code."""
        return self._of_state(iso2, "government")

    def army_of(self, iso2: str) -> Actor | None:
        """Return the army of a country, by ISO alpha-2 code."""
        return self._of_state(iso2, "army")

    def rebels_of(self, iso2: str) -> Actor | None:
        """Return the rebels of a country, by ISO alpha-2 code."""
        return self._of_state(iso2, "rebels")

    def _of_state(self, iso2: str, role: str) -> Actor | None:
        return self.actor(self.role_id(iso2, role)) if iso2 in self.states else None

    def ancestors(self, actor_id: str, on: date | None = None) -> tuple[tuple[str, Relation], ...]:
        """Return what the actor is part of or a proxy of on a day, nearest first."""
        return find_ancestors(self.actor, actor_id, on)

    def same_side(self, a: str, b: str, on: date | None = None) -> bool:
        """Return whether two actors are the same, one acts for the other, or both belong to one state or parent."""
        return is_same_side(self.actor, a, b, on)

    def opposed(self, a: str, b: str, on: date | None = None) -> bool:
        """Return whether two actors are known to be on opposite sides on a day."""
        return is_opposed(self.actor, a, b, on)

    def leader(self, leader_id: str) -> Leader | None:
        """Return the leader with this id; else None."""
        return self.leaders.get(leader_id)

    def leaders_of(self, country: str, on: date | None = None) -> tuple[Leader, ...]:
        """Return the holders of state offices on a day, whoever holds the effective power first.

        Without a day, those in office now. The heads of armed groups are not among them.
        """
        held = []
        for leader in self.leaders.values():
            for term in leader.terms:
                if term.country == country and term.actor == self.role_id(country, "government") and term.holds_on(on):
                    held.append((not term.rules, leader.id, leader))
                    break
        return tuple(leader for _, _, leader in sorted(held, key=lambda item: item[:2]))

    def leader_of(self, country: str, on: date | None = None) -> Leader | None:
        """Return who holds the effective power in a country on a day; None where the codebook does not know."""
        for leader in self.leaders_of(country, on):
            if any(term.rules and term.country == country and term.holds_on(on) for term in leader.terms):
                return leader
        return None

    # --- states and places -------------------------------------------------------------------------------------------

    def state_of_demonym(self, word: str) -> State | None:
        """Return the state whose people or adjective `word` is ("Syrian", "Syrians"); else None."""
        return self._by_demonym.get(word.lower())

    @cached_property
    def _by_demonym(self) -> dict[str, State]:
        return {demonym.lower(): state for state in reversed(self.states.values()) for demonym in state.demonyms}

    def capital_of(self, iso2: str) -> str | None:
        """Return the capital of a country, by ISO alpha-2 code."""
        state = self.states.get(iso2)
        return state.capital if state else None

    @cached_property
    def _by_city(self) -> dict[tuple[str, ...], City]:
        table: dict[tuple[str, ...], City] = {}
        for city in reversed(self.cities):
            for spelling in (city.name, *city.spellings):
                table[tuple(part.lower() for part in name_key(spelling))] = city
        return table

    def provincial_capital(self, name: str) -> tuple[str, str] | None:
        """Return the country and the province that a town is the seat of; None where it is no provincial capital.

        >>> load_codebook().provincial_capital("Hama")
        ('SY', 'Hama')
        """
        city = self._by_city.get(tuple(part.lower() for part in name_key(name)))
        return (city.iso2, city.admin1) if city else None

    # --- words -------------------------------------------------------------------------------------------------------

    def cue(self, lemma: str, upos: str | None = None) -> Cue | None:
        """Return the cue for a lemma or phrase, of this part of speech where given; else None."""
        for cue in self.cues.get(lemma):
            if upos is None or cue.upos == upos:
                return cue
        return None

    def event_entries(self, lemma: str, upos: str | None = None) -> tuple[EventEntry, ...]:
        """Return every reading whose head word is `lemma`, with and without particles or first words."""
        entries = self._by_head.get(lemma, ())
        return tuple(entry for entry in entries if upos is None or entry.upos == upos)

    @cached_property
    def _by_head(self) -> dict[str, tuple[EventEntry, ...]]:
        table: dict[str, list[EventEntry]] = {}
        for entry in build.build_lexicon(self._extra):
            table.setdefault(entry.lemma, []).append(entry)
        return {lemma: tuple(entries) for lemma, entries in table.items()}

    def find_phrases(self, lemmas: Sequence[str], table: PhraseTableName) -> list[Found[Any]]:
        """Return the longest phrases of a table among the lemmas, left to right, without overlap."""
        if table == "cues":
            return self.cues.find(lemmas)
        if table == "hedges":
            return self.hedges.find(lemmas)
        if table == "events":
            return self.events.find(lemmas)
        return self.loaded.find(lemmas)

    # --- names -------------------------------------------------------------------------------------------------------

    def match(self, tokens: Sequence[str]) -> list[Match]:
        """Return the longest names among the tokens, left to right, without overlap; whole tokens only.

        A demonym or state before a role is that country's actor: "Syrian rebels" is ("actor", ("syr-rebels",)).
        """
        parts = split_tokens(tokens)
        shouted = _is_shouted(parts)
        found: list[tuple[int, int, MatchKind, tuple[str, ...]]] = []
        position = 0
        while position < len(parts.words):
            hit = self._names.find(parts, position)
            if hit is None or (shouted and parts.words[position] in _AMBIGUOUS_ACRONYMS):
                position += 1
                continue
            end, entries = hit
            kind = min((kind for kind, _ in entries), key=_KIND_ORDER.index)
            ids = tuple(dict.fromkeys(entry_id for entry_kind, entry_id in entries if entry_kind == kind))
            found.append((position, end, kind, ids))
            position = end
        joined = self._join_countries(found, parts)
        return [Match(parts.owner[a], parts.owner[b - 1], kind, ids) for a, b, kind, ids in joined]

    @cached_property
    def _names(self) -> NameTable[tuple[MatchKind, str]]:
        return NameTable(self._every_name())

    def _every_name(self) -> Iterator[tuple[str, tuple[MatchKind, str]]]:
        for actor in self.actors.values():
            for name in (actor.name, *actor.aliases, *actor.shared_aliases):
                yield name, ("actor", actor.id)
        for leader in self.leaders.values():
            for name in (leader.name, *leader.aliases, *leader.shared_aliases):
                yield name, ("leader", leader.id)
        for outlet in self.outlets.values():
            for name in (outlet.name, *outlet.aliases):
                yield name, ("outlet", outlet.id)
        for state in self.states.values():
            for name in (state.name, *state.aliases):
                yield name, ("state", state.iso2)
            for name in state.demonyms:
                yield name, ("demonym", state.iso2)
            for name in state.metonyms:
                yield name, ("metonym", state.government)
        for generic in self.generics:
            yield generic.phrase, ("generic", ("+" if generic.needs_country else "") + generic.role)

    def _join_countries(
        self, found: list[tuple[int, int, MatchKind, tuple[str, ...]]], parts: Parts
    ) -> Iterator[tuple[int, int, MatchKind, tuple[str, ...]]]:
        """Yield the matches with "Syrian" + "rebels" (or "Syria" + "'s" + "rebels") joined to one actor.

        Phrases that need a country and have none are dropped.
        """
        pending: tuple[int, int, MatchKind, tuple[str, ...]] | None = None
        for first, end, kind, ids in found:
            if kind == "generic" and pending is not None and _adjoins(pending, first, parts):
                yield pending[0], end, "actor", tuple(self.role_id(iso2, ids[0].lstrip("+")) for iso2 in pending[3])
                pending = None
                continue
            if pending is not None:
                yield pending
                pending = None
            if kind in ("demonym", "state"):
                pending = (first, end, kind, ids)
            elif kind == "generic":
                roles = tuple(role for role in ids if not role.startswith("+"))
                if roles:
                    yield first, end, kind, roles
            else:
                yield first, end, kind, ids
        if pending is not None:
            yield pending


def _adjoins(country: tuple[int, int, MatchKind, tuple[str, ...]], first: int, parts: Parts) -> bool:
    return parts.words[country[1] : first] in ([], ["'s"])


def _is_shouted(parts: Parts) -> bool:
    """Return whether a line is set in capitals, so that "IS" and "US" may be plain words."""
    letters = [word for word in parts.words if word.isalpha()]
    return len(letters) >= _SHOUTED_WORDS and all(word.isupper() for word in letters)


@lru_cache(maxsize=8)
def load_codebook(*extra: Path) -> Codebook:
    """Return the codebook, with the files of `extra` folders added or winning; kept for the same arguments.

    Files are read when first used; `mene.codebook.check.check_codebook` reads and checks all of them.
    """
    return Codebook(*extra)
