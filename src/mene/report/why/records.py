"""What an explanation is made of: reasons in words, the same on the terminal and in JSON."""

from dataclasses import dataclass
from typing import Literal

Aspect = Literal["type", "actor", "recipient", "place", "day", "modality", "kind", "origin", "status", "strength"]
"""What a reason is for: a value of an event, of its statement, or of a row of the picture."""


@dataclass(frozen=True, slots=True)
class Option:
    """A value that was considered, the chosen one included, with the probability it was given."""

    value: str
    probability: float | None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one value is what it is: the value in words, its code, the words of the text, and the reasons in order.

    `code` is what the record holds: the type, an actor's id, a place's id, days as "2024-12-05/2024-12-05". It is None
    where the record holds nothing. `probability` is the pipeline's own for the value, where it has one; `leading` says
    which of the reasons is told where there is room for one.
    """

    aspect: Aspect
    value: str
    code: str | None
    words: str | None
    because: tuple[str, ...]
    probability: float | None = None
    options: tuple[Option, ...] = ()
    leading: int = 0


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a statement, or one of its events, is as it was coded. `event_id` is None for the statement itself."""

    statement_id: str
    event_id: str | None
    headline: str
    sentence: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class OriginReason:
    """What one independent origin adds to a row of the picture, and why.

    `weight` is in log-odds after all that is left of it, negative where it speaks against the row; None where nothing
    is weighed. `event` explains its leading telling; `note` says why not, where it cannot.
    """

    origin: str
    says: str
    weight: float | None
    because: tuple[str, ...]
    statement_id: str
    event: Explanation | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class RowExplanation:
    """Why a row of the picture stands there: its own reasons, then its independent origins, the strongest first."""

    row_id: str
    headline: str
    reasons: tuple[Reason, ...]
    origins: tuple[OriginReason, ...]
