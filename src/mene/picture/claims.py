"""What tellings claim about who holds a place: gains, losses, their denials, and pressure on whoever holds it."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from mene.picture.places import place_key
from mene.picture.sides import Sides, are_together, pick_specific
from mene.picture.tellings import FACTS, Telling
from mene.picture.weights import load_euphemisms
from mene.records import Event, Participant
from mene.vocabulary import HELD, SIEGE, is_backing

Effect = Literal["gain", "loss", "denied_gain", "denied_loss", "tentative", "fight", "siege", "near"]

FIGHT_MODES = frozenset({"clash"})
"""Modes of ASSAULT that put both sides at the place; a strike from the air or from afar contests nothing."""

SIEGE_MODES = frozenset({SIEGE})
"""Modes of COERCE that shut a place in."""

STATE_MODES = frozenset({"control", "hold", HELD})
"""Modes of SEIZE that tell a state ("rebel-held Idlib"): it holds by the day it is told, and began at some other."""

RETAKE_MODE = "retake"
"""The mode of SEIZE that takes a place back from whoever took it before."""

COUP_MODE = "coup"
"""The mode of SEIZE that takes a state and no town."""

CEDE_MODE = "cede"
"""The mode of RETREAT by which a place is lost to somebody; whom it goes to is the recipient."""

STAY_MODES = frozenset(
    {"flight", "ceasefire", "release", "return", "disarm", "demobilize", "access", "resign", "truce"}
)
"""Modes of RETREAT by which no ground is left."""


def is_about_ground(event: Event) -> bool:
    """Return whether an event can say who holds a place or which force is there, or which is no longer."""
    if event.type in ("SEIZE", "RETREAT", "MOBILIZE"):
        return True
    return (event.type == "ASSAULT" and event.mode in FIGHT_MODES) or (
        event.type == "COERCE" and event.mode in SIEGE_MODES
    )


_AREAS = frozenset({"country"})


@dataclass(frozen=True, slots=True)
class Claim:
    """What a telling claims of a place: `party` gains, loses, presses; `other` is whom it is taken or pressed from."""

    effect: Effect
    party: Participant | None
    other: Participant | None
    telling: Telling
    day: date
    euphemism: bool = False

    @property
    def is_dated(self) -> bool:
        """Whether the day is the event's own, to the day."""
        return self.telling.width is not None and self.telling.width <= 1 and not self.is_state

    @property
    def is_state(self) -> bool:
        """Whether it tells a state and not a change."""
        return self.telling.event.mode in STATE_MODES

    @property
    def is_late(self) -> bool:
        """Whether it is a change that was told as history: dated, and long over when it was told."""
        return self.telling.event.background and not self.is_state

    @property
    def order(self) -> tuple[date, int]:
        """A total order, by day."""
        return (self.day, self.telling.order)


HISTORY_DAYS = 90
"""A state that ended longer before it was told says nothing of who holds a place now."""

LATE_NEWS_WIDTH = 31
"""A change of long ago counts, as told late, where it is dated to a month or better; see `turns.sort_claims`."""


def _is_history(telling: Telling) -> bool:
    """Return whether a telling only explains the news: an undated change of before, or a state that ended long ago."""
    event = telling.event
    if not event.background:
        return False
    if event.mode not in STATE_MODES:
        return telling.width is None or telling.width > LATE_NEWS_WIDTH
    ended, told = event.occurred_end, telling.told_at
    return ended is not None and told is not None and (told - ended).days > HISTORY_DAYS


def read_claims(tellings: Iterable[Telling], sides: Sides) -> dict[str, list[Claim]]:
    """Return the claims about each place by its key, in the order of tellings.

    A whole country is left out: it is neither taken nor left at a stroke, and is not its capital.
    """
    claims: defaultdict[str, list[Claim]] = defaultdict(list)
    for telling in tellings:
        place = telling.event.place
        if place is None or place.precision in _AREAS or _is_history(telling):
            continue
        if place.precision == "unlocated" and place.kind == "area" and telling.modality not in FACTS:
            continue  # ground without a name that nobody is told to hold
        if claim := _claim(telling, sides):
            claims[place_key(place, telling.statement.evidence.article_id)].append(claim)
    return claims


def _claim(telling: Telling, sides: Sides) -> Claim | None:
    event = telling.event
    party = _lead(event.actors, telling, sides)
    other = _lead(event.recipients, telling, sides)
    effect = _effect(telling)
    moved = event.type in ("RETREAT", "MOBILIZE") and telling.is_fact
    evasive = moved and is_euphemism(telling, party, sides)
    if effect is None and evasive:
        effect = "loss"
    elif _is_handed_over(telling, effect, party, other, sides):
        effect, party, other = ("gain" if effect == "loss" else "denied_gain"), other, party
    if effect is None or (effect == "loss" and party is None):
        return None
    return Claim(effect, party, other, telling, telling.day or date.min, evasive)


def _is_handed_over(
    telling: Telling, effect: Effect | None, party: Participant | None, other: Participant | None, sides: Sides
) -> bool:
    """Return whether ground is told to be given to somebody ("surrendered Hama to the rebels"), who so gains it."""
    given = telling.event.mode == CEDE_MODE and effect in ("loss", "denied_loss") and other is not None
    return given and not are_together(party, other, sides, telling.sides_on)


def _effect(telling: Telling) -> Effect | None:
    event, modality = telling.event, telling.modality
    if event.type == "SEIZE":
        return _effect_of_seizing(telling)
    if event.type == "RETREAT" and event.mode not in STAY_MODES and not is_backing(event.mode):
        return "loss" if modality == "asserted" else "denied_loss" if modality == "negated" else None
    if modality in FACTS and event.type == "ASSAULT" and event.mode in FIGHT_MODES:
        return "fight"
    return "siege" if modality in FACTS and event.type == "COERCE" and event.mode in SIEGE_MODES else None


def _effect_of_seizing(telling: Telling) -> Effect | None:
    """Return what a SEIZE comes to: only one told flatly is a gain; one under way is fighting for the place."""
    modality = telling.modality
    if telling.event.mode == COUP_MODE:
        return None
    if modality == "asserted":
        return "gain"
    if modality == "negated":
        return "denied_gain"
    if modality == "nearly":
        return "near"
    if modality == "in_progress":
        return "fight"
    return "tentative" if modality in ("probable", "possible", "conditional", "doubtful") else None


def _lead(parties: tuple[Participant, ...], telling: Telling, sides: Sides) -> Participant | None:
    """Return the first participant, or the most specific of those that belong with it."""
    if len(parties) <= 1:
        return parties[0] if parties else None
    together = [party for party in parties if are_together(parties[0], party, sides, telling.sides_on)]
    return pick_specific(together, sides, telling.sides_on)


def is_euphemism(telling: Telling, party: Participant | None, sides: Sides) -> bool:
    """Return whether a side tells its own loss of ground without naming it ("repositioning")."""
    speaker = telling.source
    if party is None or speaker.actor_id is None:
        return False
    named = Participant(speaker.name, speaker.name, speaker.actor_id, "speaker", 1.0)
    return are_together(named, party, sides, telling.sides_on) and bool(_euphemisms().search(telling.statement.text))


def _euphemisms() -> re.Pattern[str]:
    # Compiled once: re keeps the patterns it has seen.
    return re.compile(r"\b(?:" + "|".join(re.escape(stem) for stem in load_euphemisms()) + ")", re.IGNORECASE)
