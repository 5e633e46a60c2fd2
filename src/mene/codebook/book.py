"""The codebook: what Mene knows beforehand of actors, leaders, states, outlets and words, each table read when needed.

>>> book = load_codebook()
>>> [(match.kind, match.ids) for match in book.match("The Syrian rebels seized Hama".split())]
[('actor', ('syr-rebels',))]
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Literal

from mene.codebook import build
from mene.codebook.actors import Ties
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
    Outlet,
    Relation,
    Role,
    State,
)
from mene.codebook.names import NameFinder
from mene.codebook.phrases import Found, PhraseTable, name_key
from mene.errors import CodebookError
from mene.vocabulary import EventType

PhraseTableName = Literal["cues", "hedges", "events", "loaded"]


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
    def reliability(self) -> dict[str, str]:
        """The Admiralty letters by source: an id, or a name in lower case."""
        listed = build.build_reliability(self._extra)
        names = {outlet.id: outlet.name for outlet in self.outlets.values()}
        return {
            name.casefold(): letter for source, letter in listed.items() for name in (source, names.get(source, source))
        }

    def letter(self, name: str, actor_id: str | None = None) -> str:
        """Return the Admiralty letter of a source; F, cannot be judged, for one that is not listed.

        >>> load_codebook().letter("Reuters")
        'F'
        """
        return self.reliability.get((actor_id or "").casefold()) or self.reliability.get(name.casefold(), "F")

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
        return PhraseTable((entry.phrase, entry) for entry in self._lexicon)

    @cached_property
    def _lexicon(self) -> list[EventEntry]:
        return build.build_lexicon(self._extra)

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

    @cached_property
    def _ties(self) -> Ties:
        return Ties(self.actor, self.actors.values())

    def ancestors(self, actor_id: str, on: date | None = None) -> tuple[tuple[str, Relation], ...]:
        """Return what the actor is part of or a proxy of on a day, nearest first."""
        return self._ties.ancestors(actor_id, on)

    def is_side(self, source_id: str | None) -> bool:
        """Return whether the id of a source is that of a side or its leader, and not an outlet's or a monitor's own."""
        if source_id is None or source_id in self.outlets:
            return False
        actor = self.actor(source_id)
        return actor is None or actor.kind != "monitor"

    def same_side(self, a: str, b: str, on: date | None = None) -> bool:
        """Return whether two actors are the same, one acts for the other, or both belong to one state or parent."""
        return self._ties.same_side(a, b, on)

    def opposed(self, a: str, b: str, on: date | None = None) -> bool:
        """Return whether two actors are known to be on opposite sides on a day."""
        return self._ties.opposed(a, b, on)

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

    def capital_named(self, name: str) -> str | None:
        """Return the ISO alpha-2 code of the state whose capital bears this name, in any spelling; else None.

        >>> load_codebook().capital_named("Kiev")
        'UA'
        """
        return self._by_capital.get(_place_key(name))

    @cached_property
    def _by_capital(self) -> dict[tuple[str, ...], str]:
        table = {_place_key(state.capital): state.iso2 for state in reversed(self.states.values())}
        for iso2, spellings in build.build_capitals(self._extra).items():
            table.update({_place_key(spelling): iso2 for spelling in spellings})
        return table

    @cached_property
    def _by_city(self) -> dict[tuple[str, ...], City]:
        table: dict[tuple[str, ...], City] = {}
        for city in reversed(self.cities):
            for spelling in (city.name, *city.spellings):
                table[_place_key(spelling)] = city
        return table

    def provincial_capital(self, name: str) -> tuple[str, str] | None:
        """Return the country and the province that a town is the seat of; None where it is no provincial capital.

        >>> load_codebook().provincial_capital("Hama")
        ('SY', 'Hama')
        """
        city = self._by_city.get(_place_key(name))
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
        for entry in self._lexicon:
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

        A country or leader before a role is that country's actor: "Syrian rebels" is ("actor", ("syr-rebels",)).
        """
        return self._names.match(tokens)

    def match_apart(self, tokens: Sequence[str]) -> list[Match]:
        """Return the names that `match` makes its own of: "Norwegian" and "rebels" of "Norwegian rebels".

        >>> [match.kind for match in load_codebook().match_apart("Norwegian rebels".split())]
        ['demonym', 'generic']
        """
        return self._names.match_apart(tokens)

    @cached_property
    def _names(self) -> NameFinder:
        return NameFinder(self)


def _place_key(name: str) -> tuple[str, ...]:
    return tuple(part.lower() for part in name_key(name))


@lru_cache(maxsize=8)
def load_codebook(*extra: Path) -> Codebook:
    """Return the codebook, with the files of `extra` folders added or winning; kept for the same arguments.

    Files are read when first used; `mene.codebook.check.check_codebook` reads and checks all of them.
    """
    return Codebook(*extra)
