"""The closed vocabularies of Mene's records, in the field's standard terms.

Event types are those of PLOVER (Open Event Data Alliance), with one extension, SEIZE (takes or enters a place),
so that control is never guessed from ASSAULT. Factuality follows the -3 (certainly did not) to +3 (certainly did)
scale of FactBank and its successors; `Modality` names the reason.
"""

from typing import Literal, get_args

BlockKind = Literal["heading", "paragraph", "quote", "list", "caption"]

SourceKind = Literal["outlet", "official", "armed side", "witness", "monitor", "social account", "document", "unnamed"]

StatementKind = Literal[
    "report",
    "claim",
    "denial",
    "confirmation",
    "demand",
    "promise",
    "threat",
    "forecast",
    "opinion",
    "background",
]

Modality = Literal[
    "asserted",
    "negated",
    "probable",
    "possible",
    "doubtful",
    "conditional",
    "planned",
    "in_progress",
    "nearly",
    "asked",
]

EventType = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
    "SEIZE",
]

PlacePrecision = Literal["exact", "near", "admin2", "admin1", "country", "unlocated"]

TimePrecision = Literal["day", "week", "month", "season", "year", "span", "unknown"]

DayBasis = Literal["told", "event", "words", "publication", "unknown"]
"""Where an event's days come from: words that date it; else, as the likeliest, another event of its article, words that
date something else in it, or its publication."""

HoldingStatus = Literal["held", "contested", "besieged", "nearly_taken", "claimed", "abandoned", "unknown"]

BackingMeans = Literal[
    "troops",
    "advisers",
    "air power",
    "arms",
    "money",
    "fighters",
    "shelter",
    "diplomatic",
    "unspecified",
]

BackingDirection = Literal["gives", "increases", "reduces", "ends", "refuses"]

Movement = Literal["deployed", "arriving", "leaving", "left", "fighting"]

NamingKind = Literal["first", "same side", "beside", "instead", "unclear"]
"""How a participant stands to the one named first: of its side, named together with it, or named in its place."""

HistoryStep = Literal["day", "week", "month", "quarter", "year"]
"""How far apart the days are at which a history is kept."""

DisputeKind = Literal["contradicts", "differs_in_estimate"]

Stance = Literal["for", "against"]

EVENT_TYPES: tuple[EventType, ...] = get_args(EventType)
MODALITIES: tuple[Modality, ...] = get_args(Modality)

FACTUALITY_OF_MODALITY: dict[Modality, float] = {
    "asserted": 3.0,
    "in_progress": 2.0,
    "probable": 2.0,
    "possible": 1.0,
    "nearly": -0.5,
    "planned": 0.5,
    "conditional": 0.0,
    "asked": 0.0,
    "doubtful": -1.5,
    "negated": -3.0,
}
"""The value each modality stands for on the -3..+3 scale when nothing else is known.

The bands follow FactBank's CT/PR/PS grades (+-3, +-2, +-1; Saurí & Pustejovsky 2009); the uncommitted ones sit at 0,
a plan slightly above it, a near miss slightly below it, because what has nearly happened has not happened.
"""

QUAD_CLASS: dict[EventType, int] = {
    "AGREE": 1,
    "CONSULT": 1,
    "SUPPORT": 1,
    "CONCEDE": 2,
    "COOPERATE": 2,
    "AID": 2,
    "RETREAT": 2,
    "REQUEST": 3,
    "ACCUSE": 3,
    "REJECT": 3,
    "THREATEN": 3,
    "PROTEST": 4,
    "SANCTION": 4,
    "MOBILIZE": 4,
    "COERCE": 4,
    "ASSAULT": 4,
    "SEIZE": 4,
}
"""PLOVER quad classes: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""

BACKING = "backing:"
"""How the modes of SUPPORT begin that tell who backs whom: "backing:<means>:<direction>"."""

HELD = "held"
"""The mode of SEIZE that tells in passing who holds a place."""

SIEGE = "siege"
"""The mode of COERCE that shuts a place in."""


def is_backing(mode: str | None) -> bool:
    """Tell whether an event's mode tells who backs whom.

    >>> is_backing("backing:arms:gives"), is_backing(None)
    (True, False)
    """
    return mode is not None and mode.startswith(BACKING)
