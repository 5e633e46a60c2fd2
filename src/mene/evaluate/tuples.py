"""Who does what to whom, whole, from the bare sentence: source span, target span and quad class all right.

The reader finds the spans of sources and targets (CoPED's conventions; what acts both ways is both), and each source
with each target is a pair whose quad class `mene.events.pairs` gives. `exact` asks for the same words, as CoPED's own
measure of spans does; `head` for the same head word of either span, by the reader's tree: "the army" is "the army
near Homs". Both are micro-F1 over the tuples.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mene.evaluate.measures import set_f1
from mene.evaluate.pairs import Judge, choose
from mene.evaluate.protocol import Words, WordsReading
from mene.records import Span
from mene.vocabulary import EventType

Run = tuple[int, int]
Tuple = tuple[Run, Run, str]
"""The words [first, last] of the source and of the target, and the quad class."""


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence's words with the tuples annotated in it."""

    words: tuple[str, ...]
    tuples: frozenset[Tuple]


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence with its tuples, how the reader saw it, and the tuples that were found."""

    told: Told
    reading: WordsReading
    found: frozenset[Tuple]


def find_tuples(
    judge: Judge,
    words: Words,
    reading: WordsReading,
    parties: Sequence[Span],
    quads: Mapping[EventType, str],
    *,
    single: bool = False,
) -> frozenset[Tuple]:
    """Return the tuples of the spans found in a sentence; with `single` that of the surest spans alone."""
    sources, targets = _labelled(parties, "S"), _labelled(parties, "T")
    pairs = [(a, b) for a in sources for b in targets if a.first > b.last or b.first > a.last]
    if single:
        pairs = sorted(pairs, key=lambda pair: pair[0].score * pair[1].score)[-1:]
    found: list[Tuple] = []
    for one, other in pairs:
        source, target = (range(span.first, span.last + 1) for span in (one, other))
        quad = choose(judge.chances(words, reading, source, target), quads)
        found.append(((one.first, one.last), (other.first, other.last), quad))
    return frozenset(found)


def _labelled(parties: Sequence[Span], label: str) -> list[Span]:
    """Return the spans of a label; where there are none, those that are both source and target."""
    return [span for span in parties if span.label == label] or [span for span in parties if span.label == "R"]


def score_tuples(judged: Sequence[Judged]) -> dict[str, float]:
    """Return tuple_f1 (exact words), tuple_head_f1 and tuples_n, the number of annotated tuples."""
    exact = [(one.told.tuples, one.found) for one in judged]
    heads = [(_by_head(one.told.tuples, one.reading), _by_head(one.found, one.reading)) for one in judged]
    return {
        "tuple_f1": set_f1(exact),
        "tuple_head_f1": set_f1(heads),
        "tuples_n": sum(len(one.told.tuples) for one in judged),
    }


def _by_head(tuples: frozenset[Tuple], reading: WordsReading) -> frozenset[tuple[int, int, str]]:
    return frozenset((_head(reading, source), _head(reading, target), quad) for source, target, quad in tuples)


def _head(reading: WordsReading, run: Run) -> int:
    """Return the first word of a run whose head lies outside it."""
    first, last = run
    return next((word for word in range(first, last + 1) if not first <= reading.heads[word] <= last), last)
