"""What the scorers need of a reader model, so that they can be tested with a hand-made one.

`mene.language` provides the real reader. Sentences are lists of words; positions are word indices within a sentence.
"""

from collections.abc import Sequence
from typing import Any, Protocol

from numpy.typing import NDArray

from mene.language.parties import Parse
from mene.records import Saying, Span, Trigger

Words = Sequence[str]
Scores = NDArray[Any]

ARGUMENTS = ("", "actor", "recipient", "place")
"""What a word can be to an event word, in the order of the scores; "" is nothing."""


class WordsReading(Parse, Protocol):
    """What the reader sees in one sentence. `heads` are word indices, -1 for the root; `factuality` -3..+3."""

    @property
    def entities(self) -> Sequence[Span]: ...
    @property
    def cues(self) -> Sequence[Span]: ...
    @property
    def sayings(self) -> Sequence[Saying]: ...
    @property
    def factuality(self) -> Sequence[float]: ...
    @property
    def predicates(self) -> Sequence[int]: ...
    @property
    def triggers(self) -> Sequence[Trigger]: ...


class WordReader(Protocol):
    """A reader of sentences that are already cut into words."""

    def read_words(self, sentences: Sequence[Words]) -> Sequence[WordsReading]:
        """Return what the reader sees in each sentence."""
        ...


class EventReader(Protocol):
    """A reader whose event scores can be asked for before any decision: for a given pair, or a given event word."""

    @property
    def event_types(self) -> Sequence[str]:
        """The event types in the order of the scores, "O" (no event) first."""
        ...

    def event_scores(self, words: Words) -> tuple[Scores, Scores]:
        """Return type scores [W, types], and argument scores [W, W, 4] of each event word's other words.

        The last axis is `ARGUMENTS`; the scores are logarithmic, before any softmax.
        """
        ...


class Reader(WordReader, EventReader, Protocol):
    """All that the scorers of the reader model need."""

    def party_scores(self, words: Words) -> Scores:
        """Return scores [W, 7] of the tags of sources, targets and what is both, before any softmax."""
        ...
