"""What a denial denies: the statement of the same article whose content it takes up."""

from collections.abc import Sequence
from dataclasses import dataclass

from mene.codebook import Codebook
from mene.records import Sentence
from mene.statements.verbs import CLAIMS

REACH_BACK, REACH_AHEAD = 8, 2
"""A denial takes up what is told at most so many sentences before it, or (after a headline) behind it."""

LEAST_SHARED = 2
"""Words that two contents must share, an event of the same type counting for one."""

_CLAIMS = CLAIMS | {"it", "this", "that", "them", "responsibility"}
"""A denial of nothing but these takes up what was told last."""

_CONTENT = frozenset(("NOUN", "PROPN", "VERB", "NUM", "ADJ"))


@dataclass(frozen=True, slots=True)
class Told:
    """A statement as denials are matched: its id, its sentence's number, whether it denies, its words and events.

    `own` is the outlet's.
    """

    id: str
    sentence: int
    denies: bool
    own: bool
    words: frozenset[str]
    types: frozenset[str]


def told_of(
    book: Codebook, sentence: Sentence, runs: Sequence[tuple[int, int]], key: str, *, denies: bool, own: bool
) -> Told:
    """Return a statement's content words and the types of the events that they may name."""
    tokens = [sentence.tokens[i] for first, last in runs for i in range(first, last + 1)]
    words = frozenset(t.lemma.lower() for t in tokens if t.upos in _CONTENT or t.text.lower() in _CLAIMS)
    types = frozenset(e.type for t in tokens if t.upos in ("VERB", "NOUN") for e in book.event_entries(t.lemma.lower()))
    return Told(key, sentence.index, denies, own, words, types)


def find_denied(denial: Told, told: Sequence[Told]) -> tuple[str, ...]:
    """Return the id of the statement that a denial takes up, or nothing where none is like it."""
    near = [
        one
        for one in told
        if not one.denies
        and one.id != denial.id
        and (0 < denial.sentence - one.sentence <= REACH_BACK or 0 < one.sentence - denial.sentence <= REACH_AHEAD)
    ]
    if denial.words <= _CLAIMS:
        here = [one for one in told if one.sentence == denial.sentence and not one.own and not one.denies]
        before = [one for one in near if one.sentence < denial.sentence]
        last = (here or before)[-1:]  # "X said it had, a claim that Y dismissed"
        return tuple(one.id for one in last)
    scored = [(_likeness(denial, one), -abs(denial.sentence - one.sentence), one.id) for one in near]
    best = max(scored, default=None)
    return (best[2],) if best is not None and best[0] >= LEAST_SHARED else ()


def _likeness(one: Told, other: Told) -> int:
    return len((one.words - _CLAIMS) & other.words) + bool(one.types & other.types)
