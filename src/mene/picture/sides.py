"""Who belongs with whom: the little that the picture needs of the codebook, and participants compared by it."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Protocol

from mene.records import Participant, Source


class Sides(Protocol):
    """How actors stand to each other on a day; the codebook is one, tests bring a hand-made one."""

    def same_side(self, a: str, b: str, on: date | None = None, /) -> bool:
        """Return whether two actors are the same, or one is part of or acts for the other."""

    def opposed(self, a: str, b: str, on: date | None = None, /) -> bool:
        """Return whether two actors are known to be on opposite sides."""

    def ancestors(self, actor_id: str, on: date | None = None, /) -> Sequence[tuple[str, str]]:
        """Return what the actor belongs to or acts for, nearest first, each with the relation."""

    def letter(self, name: str, actor_id: str | None = None, /) -> str:
        """Return the Admiralty letter of a source, A to F, by its name or id."""

    def is_side(self, source_id: str | None, /) -> bool:
        """Return whether the id of a source is that of a side or its leader; an outlet that is nobody's has its own."""


@dataclass(frozen=True, slots=True)
class SidesOnEve:
    """Sides as they stood on the eve of a day.

    On the eve, because a tie that begins or ends with an event does not hold in it: a group that becomes the
    government on the day it takes the capital was on the other side when it took it.
    """

    sides: Sides

    def same_side(self, a: str, b: str, on: date | None = None, /) -> bool:
        """Return whether two actors belong together; the order of the two does not matter."""
        return a == b or self.sides.same_side(*((a, b) if a < b else (b, a)), _eve(on))

    def opposed(self, a: str, b: str, on: date | None = None, /) -> bool:
        """Return whether two actors are on opposite sides; the order of the two does not matter."""
        return self.sides.opposed(*((a, b) if a < b else (b, a)), _eve(on))

    def ancestors(self, actor_id: str, on: date | None = None, /) -> Sequence[tuple[str, str]]:
        """Return what the actor belongs to or acts for."""
        return self.sides.ancestors(actor_id, _eve(on))

    def letter(self, name: str, actor_id: str | None = None, /) -> str:
        """Return the Admiralty letter of a source."""
        return self.sides.letter(name, actor_id)

    def is_side(self, source_id: str | None, /) -> bool:
        """Return whether the id of a source is that of a side."""
        return self.sides.is_side(source_id)


@lru_cache(maxsize=65536)
def _eve(day: date | None) -> date | None:
    return day - timedelta(days=1) if day and day > date.min else None


@lru_cache(maxsize=65536)
def normalise(name: str) -> str:
    """Return a name in lower case, without accents, punctuation and a leading article.

    >>> normalise("The Abū Kamāl Post!")
    'abu kamal post'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() or name
    words = re.findall(r"\w+", plain.casefold())
    return " ".join(words[1:] if len(words) > 1 and words[0] in {"the", "a", "an"} else words)


def party_key(party: Participant | None) -> str:
    """Return what identifies a participant: the codebook's id, else the words; "" for nobody.

    >>> party_key(None)
    ''
    """
    if party is None:
        return ""
    return party.actor_id or f"~{normalise(party.name or party.text)}"


def are_together(a: Participant | None, b: Participant | None, sides: Sides, day: date | None) -> bool:
    """Return whether two participants are one or belong together; nobody belongs with nobody."""
    if a is None or b is None:
        return False
    if party_key(a) == party_key(b):
        return True
    return bool(a.actor_id and b.actor_id and sides.same_side(a.actor_id, b.actor_id, day))


def are_opposed(a: Participant | None, b: Participant | None, sides: Sides, day: date | None) -> bool:
    """Return whether two participants are known to be on opposite sides."""
    return bool(a and b and a.actor_id and b.actor_id and sides.opposed(a.actor_id, b.actor_id, day))


def best_letter(sources: Iterable[Source], sides: Sides) -> str:
    """Return the best Admiralty letter among sources; F of none."""
    return min((sides.letter(source.name, source.actor_id) for source in sources), default="F")


def pick_specific(parties: Sequence[Participant], sides: Sides, day: date | None) -> Participant | None:
    """Return the participant that says most: one that no other of them belongs to, named most often; None of none.

    Of "rebels" and "HTS" on one side, HTS is shown: it belongs to the rebels, and not the other way round.
    """
    if not parties:
        return None
    counts: dict[str, int] = {}
    best: dict[str, Participant] = {}
    for party in parties:
        key = party_key(party)
        counts[key] = counts.get(key, 0) + 1
        if key not in best or shown_first(party) < shown_first(best[key]):
            best[key] = party
    wholes = {whole for party in best.values() if party.actor_id for whole, _ in sides.ancestors(party.actor_id, day)}

    def rank(key: str) -> tuple[bool, bool, int, str]:
        return (key in wholes, best[key].actor_id is None, -counts[key], key)

    return best[min(best, key=rank)]


def pick_shown(mentions: Sequence[Participant]) -> Participant:
    """Return the mention of one participant that stands for it best."""
    return mentions[0] if len(mentions) == 1 else min(mentions, key=shown_first)


def shown_first(party: Participant) -> tuple[float, str, str, str]:
    """Return what orders mentions of one participant by how well they stand for it: the surest first."""
    return (-party.score, party.name, party.text, repr(party.evidence))
