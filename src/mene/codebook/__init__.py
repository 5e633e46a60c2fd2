"""What Mene knows beforehand, as reviewed files: actors, leaders, states, cues, hedges, event types, loaded words.

`load_codebook` is the way in; `mene.codebook.check` proves that every file is sound.
"""

from mene.codebook.book import Codebook, load_codebook
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
    Mode,
    Outlet,
    Role,
    State,
    Term,
)
from mene.codebook.lemmas import lemmatise
from mene.codebook.phrases import Found

__all__ = [
    "Actor",
    "City",
    "Codebook",
    "Cue",
    "EventEntry",
    "EventTypeEntry",
    "Found",
    "Generic",
    "Hedge",
    "Leader",
    "Link",
    "LoadedPhrase",
    "Match",
    "Mode",
    "Outlet",
    "Role",
    "State",
    "Term",
    "lemmatise",
    "load_codebook",
]
