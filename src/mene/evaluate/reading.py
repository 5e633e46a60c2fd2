"""`reading`: what the whole path takes from annotated sentences: events field by field, control and backing.

Events of a sentence are paired with annotated ones, the best pairs first: a word shared by the triggers counts 2, the
same type 1, and each of actor, recipient and place that shares a word 1. A pair needs a shared trigger word, or the
same type with a shared argument. `found_f1` counts the pairs; each field is the share of pairs that agree on it;
`tuple_f1` counts the pairs that agree on quad class, actor, recipient, place, fact or not, and origin. `false_facts` is
the share of the paired events that did not (yet) happen in the annotation and are given as facts: lower is better.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from mene.evaluate.measures import f1, share
from mene.evaluate.reading_labels import (
    BackingLabel,
    ControlLabel,
    EventLabel,
    Labels,
    keep_documents,
    read_annotated,
)
from mene.evaluate.reading_path import label_reading, make_article
from mene.evaluate.setting import Scores, Setting
from mene.vocabulary import QUAD_CLASS

Agreement = Callable[[EventLabel, EventLabel], bool]
Line = TypeVar("Line", EventLabel, ControlLabel, BackingLabel)

EMPTY_WORDS = frozenset({"the", "a", "an", "of", "in", "s", "and", "to"})
"""Words that say nothing about whether two phrases name the same thing."""

NO_FACTS = frozenset({"negated", "denied", "planned", "conditional", "possible", "nearly"})
"""The statuses of what did not happen, or has not been established to have."""


def words_of(phrase: str | None) -> frozenset[str]:
    """Return the words by which phrases are compared.

    >>> sorted(words_of("the city of Hama"))
    ['city', 'hama']
    """
    return frozenset(re.findall(r"[a-z0-9]+", (phrase or "").lower())) - EMPTY_WORDS


def share_words(one: str | None, other: str | None) -> bool:
    """Return whether two phrases have a word in common."""
    return bool(words_of(one) & words_of(other))


def agree_words(one: str | None, other: str | None) -> bool:
    """Return whether two phrases have a word in common, or are both empty."""
    return share_words(one, other) or not (words_of(one) or words_of(other))


def quad_of(kind: str) -> int | None:
    """Return the quad class of an event type, None for events outside the vocabulary."""
    by_name: Mapping[str, int] = {str(name): quad for name, quad in QUAD_CLASS.items()}
    return by_name.get(kind)


FIELDS: Mapping[str, Agreement] = {
    "type": lambda a, b: a.type == b.type,
    "quad": lambda a, b: quad_of(a.type) == quad_of(b.type),
    "actor": lambda a, b: agree_words(a.actor, b.actor),
    "recipient": lambda a, b: agree_words(a.recipient, b.recipient),
    "place": lambda a, b: agree_words(a.place, b.place),
    "date": lambda a, b: (a.date or "")[:10] == (b.date or "")[:10],
    "status": lambda a, b: a.status == b.status,
    "is_fact": lambda a, b: (a.status == "asserted") == (b.status == "asserted"),
    "origin": lambda a, b: agree_words(a.origin, b.origin),
}
"""When two paired events agree on a field."""

TUPLE = ("quad", "actor", "recipient", "place", "is_fact", "origin")


def likeness(one: EventLabel, other: EventLabel) -> int:
    """Return how alike two events of a sentence are, 0 where they may not be paired."""
    trigger = share_words(one.trigger, other.trigger)
    same_type = one.type == other.type
    shared = sum(share_words(getattr(one, key), getattr(other, key)) for key in ("actor", "recipient", "place"))
    return 2 * trigger + same_type + shared if trigger or (same_type and shared) else 0


def pair_events(gold: Sequence[EventLabel], predicted: Sequence[EventLabel]) -> list[tuple[EventLabel, EventLabel]]:
    """Return the pairs of one sentence's events, each event in one pair at most, the most alike paired first."""
    scored = [(likeness(one, other), i, j) for i, one in enumerate(gold) for j, other in enumerate(predicted)]
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for score, i, j in sorted(scored, key=lambda row: (-row[0], row[1], row[2])):
        if score and i not in pairs and j not in taken:
            pairs[i] = j
            taken.add(j)
    return [(gold[i], predicted[j]) for i, j in pairs.items()]


def by_sentence(lines: Iterable[Line]) -> dict[tuple[str, int], list[Line]]:
    """Return the label lines of each sentence."""
    grouped: dict[tuple[str, int], list[Line]] = {}
    for line in lines:
        grouped.setdefault((line.document, line.sentence), []).append(line)
    return grouped


def match_lines(gold: Iterable[Line], predicted: Iterable[Line], agree: Callable[[Line, Line], bool]) -> int:
    """Return how many annotated lines have a predicted one of their own in the same sentence."""
    free = by_sentence(predicted)
    matched = 0
    for line in gold:
        here = free.get((line.document, line.sentence), [])
        position = next((i for i, other in enumerate(here) if agree(line, other)), None)
        if position is not None:
            here.pop(position)
            matched += 1
    return matched


def score_reading(gold: Labels, predicted: Labels) -> dict[str, float]:
    """Return found_f1, the agreement on each field, tuple_f1, control_f1, backing_f1, false_facts and n (events)."""
    found = by_sentence(predicted.events)
    pairs = [
        pair for where, events in by_sentence(gold.events).items() for pair in pair_events(events, found.get(where, []))
    ]
    scores = {"found_f1": f1(len(pairs), len(predicted.events), len(gold.events))}
    scores |= {name: share(sum(agree(a, b) for a, b in pairs), len(pairs)) for name, agree in FIELDS.items()}
    whole = sum(all(FIELDS[name](a, b) for name in TUPLE) for a, b in pairs)
    scores["tuple_f1"] = f1(whole, len(predicted.events), len(gold.events))
    controls = match_lines(gold.controls, predicted.controls, _same_control)
    scores["control_f1"] = f1(controls, len(predicted.controls), len(gold.controls))
    backings = match_lines(gold.backings, predicted.backings, _same_backing)
    scores["backing_f1"] = f1(backings, len(predicted.backings), len(gold.backings))
    doubtful = [b for a, b in pairs if a.status in NO_FACTS]
    scores["false_facts"] = share(sum(b.status == "asserted" for b in doubtful), len(doubtful))
    return {**scores, "n": len(gold.events)}


def _same_control(one: ControlLabel, other: ControlLabel) -> bool:
    return share_words(one.place, other.place) and agree_words(one.holder, other.holder)


def _same_backing(one: BackingLabel, other: BackingLabel) -> bool:
    return share_words(one.backer, other.backer) and agree_words(one.backed, other.backed)


def evaluate_reading(path: Path, setting: Setting) -> Scores:
    """Return the scores of the whole path on the annotated documents at `path`."""
    everything, labels = read_annotated(path)
    documents = [document for document in everything if setting.takes(document.id)]
    gold = keep_documents(labels, documents)
    made = [label_reading(document, *setting.read_article(make_article(document))[:2]) for document in documents]
    predicted = Labels(
        tuple(label for labels in made for label in labels.events),
        tuple(label for labels in made for label in labels.controls),
        tuple(label for labels in made for label in labels.backings),
    )
    return score_reading(gold, predicted)
