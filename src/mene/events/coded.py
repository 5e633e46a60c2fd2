"""An event with what it was decided from: whoever asks why gets the very values that decided it.

They are kept as they are while an article is read, and are put into words only by `mene.report`, when somebody asks.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from mene.dates import TimeMention
from mene.events.backing import Tie
from mene.events.held import Besieged, Held
from mene.events.participants import Filling, Resolution
from mene.events.places import Chosen, Located
from mene.events.triggers import Found
from mene.records import Event, Sentence, Statement
from mene.statements.modality import Decision
from mene.vocabulary import Modality, TimePrecision

Run = tuple[int, int]
Role = Literal["actor", "recipient"]

LeftOut = Literal[
    "no party",
    "no agent",
    "the teller",
    "no sufferer",
    "a number",
    "asks for nobody",
    "the place",
    "a town",
    "the actor",
    "itself",
    "own troops",
]
"""Why words in a role were left out after all."""

Change = Literal["approach", "state", "cause", "flight", "moved", "mutual", "side", "arrives"]
"""What a rule made of an event after its type and parties were read, set in `find.py` and `states.py`."""


@dataclass(frozen=True, slots=True)
class Part:
    """The words in a role of an event, and why they were left out after all, if they were."""

    role: Role
    filling: Filling
    left_out: LeftOut | None = None

    def unless(self, why: LeftOut, test: Callable[[Run], bool]) -> "Part":
        """Return the words left out where `test` holds for them; what is left out already stays so."""
        return replace(self, left_out=why) if self.left_out is None and test(self.filling.run) else self


@dataclass(frozen=True, slots=True)
class Timed:
    """The time that governs an event: of its own clause, or the only one of its whole sentence."""

    mention: TimeMention
    in_clause: bool


DayKind = Literal["none", "told", "day", "month"]
"""What an event may have for a day: none; that of a time in another clause; a day told or of publication; its month."""


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day that the article names, for whatever: the sentence, the position in the text, the time."""

    sentence: int
    start: int
    mention: TimeMention


@dataclass(frozen=True, slots=True)
class DayCandidate:
    """The days that an event may have, from `start` to `end` (None for "none"), and the signs for and against them.

    `lender` is the event whose day it is, the nearest one told before where there are several; where no event has it,
    `named` is the time that names it, and where no words do, it is that of publication.
    """

    kind: DayKind
    start: date | None
    end: date | None
    precision: TimePrecision
    signs: tuple[str, ...]
    lender: Event | None = None
    named: NamedDay | None = None


@dataclass(frozen=True, slots=True)
class WeighedDay:
    """The days chosen for an event without any of its own, and the share (0..1) of the likeliest days in the chances.

    Where that is too small the candidate is "none".
    """

    candidate: DayCandidate
    share: float


@dataclass(frozen=True, slots=True)
class Judged:
    """How surely an event is told: within its sentence (`inner`), then under the cues of its chain, innermost first.

    `token` is the word that is judged, which for a backing may be that of sending.
    """

    token: int
    inner: Decision
    effects: tuple[tuple[Modality, Run | None], ...]
    decision: Decision


@dataclass(frozen=True, slots=True)
class CodedEvent:
    """An event with what it was decided from.

    `word` is what told it, `where` the words that fill its place role, `chosen` the place that was taken and `located`
    where that stands, `weighed` the day it was given where its clause names none, `again` what tells the same attack
    once more and was joined to it: their parties, place and day are the event's where it has none of its own.
    """

    event: Event
    sentence: Sentence
    statement: Statement
    word: Found | Held | Besieged | Tie
    judged: Judged
    actors: tuple[Resolution, ...]
    recipients: tuple[Resolution, ...]
    parts: tuple[Part, ...] = ()
    where: Filling | None = None
    chosen: Chosen | None = None
    located: Located | None = None
    timed: Timed | None = None
    changes: tuple[Change, ...] = ()
    weighed: WeighedDay | None = None
    again: "tuple[CodedEvent, ...]" = ()

    @property
    def dating(self) -> Timed | None:
        """The time by which the event has its days: its own, or that of a word which tells the same attack again."""
        days = (self.event.time_text, self.event.occurred_start, self.event.occurred_end)
        for one in (self, *self.again):
            time = one.timed.mention if one.timed is not None else None
            if time is not None and (time.text, time.occurred_start, time.occurred_end) == days:
                return one.timed
        return None


def with_retold(coded: Sequence[CodedEvent], events: Iterable[Event]) -> Iterator[CodedEvent]:
    """Yield each of a sentence's events after joining with what it was decided from, and what was joined to it."""
    own = {one.event.id: one for one in reversed(coded)}
    for event in events:
        also = event.also if event.type == "ASSAULT" else ()
        again = tuple(one for one in coded if one.event.type == event.type and one.event.evidence in also)
        yield replace(own[event.id], event=event, again=again)
