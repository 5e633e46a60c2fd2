"""Reports made from a town's history, true and false, as a front's news would bring them: for fitting and for scoring.

Nobody has yet published which outlet said what of which town on which day, so what the table tells as one line is told
here by many voices. Each is drawn with a random generator seeded by the town's key: the same table gives the same
reports. The rates below are judgements, not measurements, and are wide on purpose; each town also draws how well it is
covered (`coverage`, log-normal around 1, which multiplies what outlets write). What is made:

| what | by whom | when |
|---|---|---|
| a change of hands, dated or not | neutral outlets | 0 to 7 days after it |
| the gain, as its own | the side that gains | on the day, or 1 to 7 days early |
| a false claim to have taken a town | the other side | any day of a spell, more often near a front |
| the same, passed on as fact | a neutral outlet | within 2 days of the claim |
| a denial of a gain, true or claimed | the side that holds, or has just lost | within 3 days |
| the loss, admitted | the side that lost | 1 to 37 days after |
| the withdrawal of the side that lost | a neutral outlet | within 3 days |
| a rumour of a change | an unnamed source | any day |
| fighting in the town | outlets, both sides | every few days of a contested spell; rarely in others |
| who holds the town, in passing | neutral outlets | every few weeks; some, after a change, still by what was before |
| any of these again | other outlets, in the same words | within 2 days |

An attack that is beaten off (contested between two spells of one holder) ends with the attacker's withdrawal or with
outlets saying who still holds the town.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from mene.evaluate.control_table import CONTESTED, SIDES, Spell, Town
from mene.records import Event, Evidence, Numbers, Participant, Place, Source, Statement, Tone, content_id
from mene.vocabulary import FACTUALITY_OF_MODALITY, EventType, Modality

SEEDS = ("control 1", "control 2", "control 3")
"""What scores are made with; weights are fitted with other seeds."""

SIDE_ACTORS = {"Ukraine": "ukr-government", "Russia": "rus-government"}
"""The codebook's id of each side of the table."""

_SPEAKERS = {"Ukraine": "ukr-army", "Russia": "rus-army"}
_COUNTRIES = {"Ukraine": "UA", "Russia": "RU"}
_PLACES, _KINDS = ("Harbour", "Valley", "Northern", "Meridian"), ("Wire", "Post")
_OUTLETS = tuple(f"{place} {kind}" for place in _PLACES for kind in _KINDS)
_WORDS = (
    "column reached eastern edge after dawn residents shops railway depot grain silo bridge school convoy armour smoke"
    " market council square river bank forest line trench road north south night week heavy quiet flag raised footage"
    " showed soldiers families left cellar power water station checkpoint burned village hill crossing drone shell"
).split()

TELLERS = 2.2
"""Outlets that report a change on their own, on average, in a town covered as most are."""

OUTLET_DELAY, ADMISSION_DELAY = 1.3, 6.0
"""Mean days until an outlet reports a change and until the loser admits it; exponential, cut at six times the mean."""

DATED = 0.7
"""The share of reports that give the day of what they tell."""

GAIN_CLAIMED, EARLY, DENIED, ADMITTED, WITHDRAWAL_TOLD = 0.8, 0.3, 0.45, 0.4, 0.35
"""How often a gain is claimed by its side, and early; a claim denied; a loss admitted; a withdrawal reported."""

FALSE_CLAIM_EVERY, FALSE_CLAIM_EVERY_NEAR_FRONT, NEAR_FRONT = 400.0, 40.0, 21
"""Days between false claims to have taken a town: in a spell, and in so many days before it ends."""

PASSED_ON = 0.12
"""How often an outlet passes a false claim on as a fact."""

RUMOUR_EVERY, MENTION_EVERY = 200.0, 35.0
"""Days between rumours of a change, and between reports that name the holder in passing."""

FIGHTING_EVERY, FIGHTING_FALSE_EVERY = 5.0, 250.0
"""Days between reports of fighting in a contested town by outlets (by a side, three times as many), and in others."""

STALE, STALE_DAYS = 0.35, 10
"""How often an outlet still names the old holder after a change, and up to how many days after."""

COPIES = 0.8
"""Copies of a report by other outlets, on average."""

LONGEST = 400
"""Days of a spell for which reports are made: later ones repeat them."""


@dataclass(frozen=True, slots=True)
class Made:
    """A made report: a statement with its event; `flip` is the flip that it truly tells, if by a sound voice."""

    statement: Statement
    event: Event
    flip: int | None = None

    @property
    def day(self) -> date:
        """The day on which it could be read."""
        return self.statement.published_at or date.min


def place_of(town: Town) -> Place:
    """Return the town as a place."""
    return Place(town.name, town.name, f"town:{town.key}", None, None, "UA", "town", "exact", 1.0)


def make_reports(town: Town, seed: str = SEEDS[0]) -> list[Made]:
    """Return the reports of a town's history, in the order of its flips; the same for the same town and seed."""
    desk = _Desk(town, random.Random(f"{seed} {town.key}"))  # noqa: S311 - nothing secret
    desk.coverage = min(max(desk.chance.lognormvariate(0.0, 0.5), 0.4), 3.0)
    for index, spell in enumerate(town.spells):
        before = town.spells[index - 1] if index else None
        desk.tell_spell(index, spell, before, _holder_before(town.spells[:index]))
        if spell.state != CONTESTED:
            desk.tell_on(spell, is_last=index == len(town.spells) - 1)
    return desk.made


def _holder_before(spells: Sequence[Spell]) -> str | None:
    return next((spell.state for spell in reversed(spells) if spell.state != CONTESTED), None)


def _other(side: str) -> str:
    return SIDES[1 - SIDES.index(side)]


def party_of(side: str) -> Participant:
    """Return a side of the table as a participant."""
    return Participant(side, side, SIDE_ACTORS[side], "by the table", 1.0, _COUNTRIES[side])


@dataclass(slots=True)
class _Desk:
    """Writes the reports of one town."""

    town: Town
    chance: random.Random
    coverage: float = 1.0
    made: list[Made] = field(default_factory=list)

    def tell_spell(self, index: int, spell: Spell, before: Spell | None, holder: str | None) -> None:
        """Write what is told of a spell; `holder` is who held the town last before it."""
        if spell.state == CONTESTED:
            self._tell_fighting(index if before else None, spell)
            return
        if before is None or holder is None:
            self._mention(spell.first, spell.state, sure=True)
        elif holder == spell.state:
            self._tell_beaten_off(index, spell)
        else:
            self._tell_change(index, spell)

    # What is told of one change.

    def _tell_change(self, index: int, spell: Spell) -> None:
        side, loser, day = spell.state, _other(spell.state), spell.first
        for _ in range(self._count(TELLERS * self.coverage)):
            told = day + timedelta(days=self._delay(OUTLET_DELAY))
            self._write(told, self._outlet(), "SEIZE", "take", side, on=day if self._is(DATED) else None, flip=index)
        if self._is(GAIN_CLAIMED):
            claimed = day - timedelta(days=self.chance.randint(1, 7) if self._is(EARLY) else 0)
            self._write(claimed, _army(side), "SEIZE", "take", side, on=claimed if self._is(DATED) else None)
            self._deny(claimed, side, DENIED)
        if self._is(ADMITTED):
            told = day + timedelta(days=1 + self._delay(ADMISSION_DELAY))
            on = day if self._is(DATED) else None
            self._write(told, _army(loser), "RETREAT", "withdraw", loser, on=on, flip=index)
        if self._is(WITHDRAWAL_TOLD):
            told = day + timedelta(days=self.chance.randint(0, 3))
            self._write(
                told, self._outlet(), "RETREAT", "withdraw", loser, on=day if self._is(DATED) else None, flip=index
            )
        if self._is(STALE):
            self._mention(day + timedelta(days=self.chance.randint(1, STALE_DAYS)), loser)

    def _tell_beaten_off(self, index: int, spell: Spell) -> None:
        for _ in range(self._count(TELLERS * self.coverage / 2)):
            told = spell.first + timedelta(days=self._delay(2 * OUTLET_DELAY))
            self._write(told, self._outlet(), "SEIZE", "hold", spell.state, flip=index)
        if self._is(WITHDRAWAL_TOLD):
            self._write(
                spell.first, self._outlet(), "RETREAT", "withdraw", _other(spell.state), on=spell.first, flip=index
            )

    def _deny(self, claimed: date, side: str, share: float) -> None:
        if self._is(share):
            told = claimed + timedelta(days=self.chance.randint(0, 3))
            self._write(told, _army(_other(side)), "SEIZE", "take", side, modality="negated")

    # What is told while a state lasts.

    def _tell_fighting(self, flip: int | None, spell: Spell) -> None:
        for day in self._days(spell.first, spell.last, FIGHTING_EVERY / self.coverage):
            self._fight(day, self._outlet(), flip)
        for side in SIDES:
            for day in self._days(spell.first, spell.last, 3 * FIGHTING_EVERY):
                self._fight(day, _army(side))
            for day in self._days(spell.first, spell.last, 2 * FALSE_CLAIM_EVERY_NEAR_FRONT):
                self._claim_falsely(day, side)

    def tell_on(self, spell: Spell, *, is_last: bool) -> None:
        """Write what is told while a side holds the town; the last spell of all is not known to end in a flip."""
        side, rival = spell.state, _other(spell.state)
        for day in self._days(spell.first, spell.last, MENTION_EVERY / self.coverage):
            self._mention(day, side)
        for day in self._days(spell.first, spell.last, RUMOUR_EVERY):
            self._write(day, _UNNAMED, "SEIZE", "take", rival)
        front = spell.last if is_last else max(spell.first, spell.last - timedelta(days=NEAR_FRONT))
        for first, last, every in (
            (spell.first, front, FALSE_CLAIM_EVERY),
            (front, spell.last, FALSE_CLAIM_EVERY_NEAR_FRONT),
        ):
            for day in self._days(first, last, every):
                self._claim_falsely(day, rival)
            for day in self._days(first, last, FIGHTING_FALSE_EVERY * every / FALSE_CLAIM_EVERY):
                self._fight(day, self.chance.choice((self._outlet(), _army(rival), _UNNAMED)))

    def _claim_falsely(self, day: date, side: str) -> None:
        self._write(day, _army(side), "SEIZE", "take", side, on=day if self._is(DATED) else None)
        if self._is(PASSED_ON):
            told = day + timedelta(days=self.chance.randint(0, 2))
            self._write(told, self._outlet(), "SEIZE", "take", side, on=day if self._is(DATED) else None)
        self._deny(day, side, DENIED)

    def _fight(self, day: date, source: Source, flip: int | None = None) -> None:
        on = day if self._is(DATED) else None
        self._write(day, source, "ASSAULT", "clash", None, on=on, modality="in_progress", flip=flip)

    def _mention(self, day: date, side: str, *, sure: bool = False) -> None:
        self._write(day, self._outlet(), "SEIZE", "held", side)
        if sure:
            self._write(day, self._outlet(), "SEIZE", "held", side)

    # Chance and records.

    def _is(self, share: float) -> bool:
        return self.chance.random() < share

    def _delay(self, mean: float) -> int:
        return min(int(self.chance.expovariate(1 / mean)), int(6 * mean)) if mean else 0

    def _count(self, mean: float) -> int:
        """Return a number drawn from a Poisson distribution, by the gaps of a process of rate 1."""
        count, gone = 0, self.chance.expovariate(1.0)
        while gone < mean:
            count, gone = count + 1, gone + self.chance.expovariate(1.0)
        return count

    def _days(self, first: date, last: date, every: float) -> Iterator[date]:
        """Yield days between two, `every` so many on average."""
        reach = min((last - first).days, LONGEST)
        gone = self.chance.expovariate(1 / every)
        while gone <= reach:
            yield first + timedelta(days=int(gone))
            gone += self.chance.expovariate(1 / every)

    def _outlet(self) -> Source:
        return Source(self.chance.choice(_OUTLETS), "outlet")

    def _write(
        self,
        told: date,
        source: Source,
        type_: EventType,
        mode: str,
        side: str | None,
        *,
        on: date | None = None,
        modality: Modality = "asserted",
        flip: int | None = None,
    ) -> None:
        """Keep a report and its copies by other outlets."""
        words = " ".join(self.chance.choices(_WORDS, k=16))
        text = f"{source.name} {type_} {mode} {side} {words}"
        first = _statement(f"{self.town.key} {len(self.made)}", text, told, source)
        event = _event(first, type_, mode, side, place_of(self.town), on, modality)
        self.made.append(Made(first, event, flip))
        for _ in range(self._count(COPIES)):
            later = told + timedelta(days=self.chance.randint(0, 2))
            copy = _statement(f"{self.town.key} {len(self.made)}", text, later, source, self._outlet())
            self.made.append(Made(copy, _event(copy, type_, mode, side, place_of(self.town), on, modality)))


_UNNAMED = Source("a military source", "unnamed")


def _army(side: str) -> Source:
    return Source(f"Army of {side}", "armed side", None, _SPEAKERS[side])


def _statement(article: str, text: str, told: date, source: Source, copied_by: Source | None = None) -> Statement:
    """Return a statement that is an article of its own; a side's or an unnamed source's words stand in an outlet."""
    evidence = Evidence(article, 0, len(text))
    sources = (source,) if source.kind == "outlet" else (source, Source(_OUTLETS[len(text) % len(_OUTLETS)], "outlet"))
    return Statement(
        id=content_id("s", article, text),
        evidence=evidence,
        sentence=evidence,
        text=text,
        sentence_text=text,
        sources=(copied_by,) if copied_by and source.kind == "outlet" else sources,
        kind="report",
        factuality=3.0,
        modality="asserted",
        tone=Tone(0.0),
        said_at=None,
        published_at=told,
        first_seen=told,
    )


def _event(
    statement: Statement,
    type_: EventType,
    mode: str,
    side: str | None,
    place: Place,
    on: date | None,
    modality: Modality,
) -> Event:
    return Event(
        id=content_id("e", statement.id),
        statement_id=statement.id,
        type=type_,
        mode=mode,
        actors=(party_of(side),) if side else (),
        recipients=(),
        place=replace(place, evidence=statement.evidence),
        occurred_start=on,
        occurred_end=on,
        precision="day" if on else "unknown",
        factuality=FACTUALITY_OF_MODALITY[modality],
        modality=modality,
        numbers=Numbers(),
        evidence=statement.evidence,
        text=mode,
        background=False,
    )
