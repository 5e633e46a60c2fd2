"""The rows of the codebook as records: frozen, slotted, one class per file of `data/`.

Days are `datetime.date`; where a file gives only a year or a month, a beginning is its first day and an end its last.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from mene.vocabulary import EventType, Modality, StatementKind

ActorKind = Literal[
    "state",
    "government",
    "army",
    "security service",
    "armed group",
    "militia",
    "coalition",
    "party",
    "international organisation",
    "peacekeeping force",
    "monitor",
    "population",
]

Relation = Literal["part_of", "proxy_of", "affiliated_with", "successor_of", "allied_with", "opposes"]

MatchKind = Literal["actor", "leader", "outlet", "state", "demonym", "generic", "metonym"]

HedgeScope = Literal["verb_complement", "modifier", "clause", "auxiliary"]


_PREPOSITIONS = frozenset(("of", "for", "to", "on", "in", "over", "against", "from", "with", "by", "into"))


@dataclass(frozen=True, slots=True)
class Link:
    """A tie of one actor to another, in force from `since` to `until` (None: open).

    `disputed` marks a tie that the parties deny, such as a government's denial of backing a rebel group.
    """

    to: str
    relation: Relation
    since: date | None = None
    until: date | None = None
    disputed: bool = False

    def holds_on(self, day: date | None) -> bool:
        """Return whether the tie holds on `day`; without a day, whether it has not ended."""
        return _covers(self.since, self.until, day)


@dataclass(frozen=True, slots=True)
class Actor:
    """An armed group, army, government, organisation or population.

    `country` is the ISO 3166 alpha-2 code of its home, `role` is set for the actors every country has ("rebels").
    """

    id: str
    name: str
    kind: ActorKind
    country: str | None = None
    aliases: tuple[str, ...] = ()
    shared_aliases: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    links: tuple[Link, ...] = ()
    role: str | None = None
    note: str | None = None

    def exists_on(self, day: date | None) -> bool:
        """Return whether the actor exists on `day`; without a day, whether it has not been dissolved."""
        return _covers(self.valid_from, self.valid_to, day)


@dataclass(frozen=True, slots=True)
class Term:
    """A time in office. `actor` is what is led; `rules` is True where the office holds the effective power."""

    role: str
    actor: str
    country: str | None
    since: date | None
    until: date | None
    rules: bool = False

    def holds_on(self, day: date | None) -> bool:
        """Return whether the office is held on `day`; without a day, whether it has not ended."""
        return _covers(self.since, self.until, day)


@dataclass(frozen=True, slots=True)
class Leader:
    """A head of state, of government or of an armed group, with every term since 1990, the oldest first."""

    id: str
    name: str
    aliases: tuple[str, ...]
    shared_aliases: tuple[str, ...]
    terms: tuple[Term, ...]

    def term_on(self, day: date | None) -> Term | None:
        """Return the term held on `day` (a ruling one before others), without a day the current one, else None."""
        held = [term for term in self.terms if term.holds_on(day)]
        return max(held, key=lambda term: (term.rules, term.since or date.min), default=None)

    @property
    def country(self) -> str | None:
        """The country of the latest term."""
        return self.terms[-1].country

    @property
    def role(self) -> str:
        """The office of the latest term."""
        return self.terms[-1].role

    @property
    def actor(self) -> str:
        """The id of the actor led in the latest term."""
        return self.terms[-1].actor

    @property
    def since(self) -> date | None:
        """The first day of the first term."""
        return self.terms[0].since

    @property
    def until(self) -> date | None:
        """The last day of the latest term; None while in office."""
        return self.terms[-1].until


@dataclass(frozen=True, slots=True)
class State:
    """A state or territory. `metonyms` are names that stand for its government ("Damascus", "the Kremlin")."""

    iso2: str
    iso3: str
    name: str
    demonyms: tuple[str, ...]
    capital: str
    aliases: tuple[str, ...] = ()
    metonyms: tuple[str, ...] = ()
    government: str = ""
    army: str = ""
    rebels: str = ""


@dataclass(frozen=True, slots=True)
class City:
    """A provincial capital: `admin1` is the governorate, oblast, province or state it is the seat of."""

    iso2: str
    admin1: str
    name: str
    spellings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Role:
    """An actor that every country has; `part_of` and `opposes` name other roles of the same country."""

    id: str
    name: str
    kind: ActorKind
    part_of: str | None = None
    opposes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Generic:
    """A phrase that names a role ("insurgents" -> rebels). `needs_country`: only after a country ("forces")."""

    phrase: str
    role: str
    needs_country: bool = False


@dataclass(frozen=True, slots=True)
class Cue:
    """A word or phrase that attributes a statement, and what it does to the modality of what is said."""

    phrase: str
    upos: str
    kind: StatementKind
    modality: Modality
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Hedge:
    """A word or phrase (lemmas) that decides the modality of an event within its scope."""

    phrase: str
    modality: Modality
    scope: HedgeScope
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Mode:
    """A mode of an event type: what kind of assault, withdrawal or demand it is."""

    name: str
    definition: str


@dataclass(frozen=True, slots=True)
class EventTypeEntry:
    """An event type with its definition, quad class, CAMEO root code, modes and one example."""

    type: EventType
    definition: str
    quad: int
    cameo_root: str
    modes: tuple[Mode, ...]
    example: str


@dataclass(frozen=True, slots=True)
class EventEntry:
    """A verb or noun lemma (with its particle: "pull out") that names an event.

    `subject` and `object` say what stands there: actor, recipient, place or none; for a noun `object` is what its
    of-phrase names. `prepositions` says the same of prepositional phrases. `needs` names what the lemma needs beside
    it to be read so: object_place, subject_place, object_force, into_place and the like (see the file).
    """

    phrase: str
    upos: str
    type: EventType
    mode: str | None
    subject: str = "actor"
    object: str = "recipient"
    prepositions: tuple[tuple[str, str], ...] = ()
    needs: str | None = None

    @property
    def lemma(self) -> str:
        """The head word: the first of a verb phrase, of a noun phrase the last before a preposition."""
        words = self.phrase.split()
        if self.upos == "VERB":
            return words[0]
        ends = [index for index, word in enumerate(words) if word in _PREPOSITIONS and index]
        return words[ends[0] - 1] if ends else words[-1]

    @property
    def particle(self) -> str | None:
        """What follows the verb ("out" of "pull out"); None where it stands alone."""
        return self.phrase.partition(" ")[2] or None if self.upos == "VERB" else None


@dataclass(frozen=True, slots=True)
class LoadedPhrase:
    """Wording that judges; `plain` is the plain word for a euphemism, `weight` (0..1) how strongly it judges."""

    phrase: str
    why: str
    weight: float
    plain: str | None = None


@dataclass(frozen=True, slots=True)
class Outlet:
    """A news agency, paper, broadcaster, monitor or account; `side` is the actor whose mouthpiece it is."""

    id: str
    name: str
    kind: Literal["outlet", "monitor", "social account"]
    country: str | None = None
    aliases: tuple[str, ...] = ()
    side: str | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """Tokens [first, last], inclusive, that name something; `ids` are the candidates, best known first.

    Ids are actor ids (actor, metonym), leader ids, outlet ids, ISO alpha-2 codes (state, demonym) or roles (generic).
    """

    first: int
    last: int
    kind: MatchKind
    ids: tuple[str, ...]


def _covers(since: date | None, until: date | None, day: date | None) -> bool:
    if day is None:
        return until is None
    return (since is None or since <= day) and (until is None or day <= until)
