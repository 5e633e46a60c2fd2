"""A reader that answers from a list, for tests of the scorers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mene.records import Role, Saying, Span, Trigger
from mene.vocabulary import EVENT_TYPES


@dataclass(frozen=True)
class Seen:
    """A hand-made reading of a sentence."""

    upos: Sequence[str] = ()
    heads: Sequence[int] = ()
    relations: Sequence[str] = ()
    names: Sequence[Span] = ()
    entities: Sequence[Span] = ()
    sources: Sequence[Span] = ()
    cues: Sequence[Span] = ()
    contents: Sequence[Span] = ()
    sayings: Sequence[Saying] = ()
    factuality: Sequence[float] = ()
    predicates: Sequence[int] = ()
    roles: Sequence[Role] = ()
    triggers: Sequence[Trigger] = ()


@dataclass
class StubReader:
    """Gives the prepared readings in order, the same event scores for every sentence, and keeps what it was asked."""

    readings: Sequence[Seen] = ()
    scores: tuple[NDArray[Any], NDArray[Any]] = (np.zeros((0, 0)), np.zeros((0, 0, 4)))
    tags: NDArray[Any] = field(default_factory=lambda: np.zeros((0, 7)))
    event_types: Sequence[str] = ("O", *EVENT_TYPES, "NONE_OTHER")
    asked: list[tuple[str, ...]] = field(default_factory=list)

    def read_words(self, sentences: Sequence[Sequence[str]]) -> list[Seen]:
        self.asked += [tuple(words) for words in sentences]
        return list(self.readings) or [Seen() for _ in sentences]

    def event_scores(self, words: Sequence[str]) -> tuple[NDArray[Any], NDArray[Any]]:
        self.asked.append(tuple(words))
        return self.scores

    def party_scores(self, words: Sequence[str]) -> NDArray[Any]:
        self.asked.append(tuple(words))
        return self.tags
