"""re3d's relations: what Mene reads, said in that set's terms by `relations.yaml`, and matched by document.

Events told as facts, backings and places give FightingAgainst, AlliesOf, CommWith, Likes, Dislikes, CoLocated and
InChargeOf; how one entity that the reader sees hangs on another in the tree gives HasAttrOf, IsSynonymOf, BelongsTo and
more of the others. A relation is right where its type is and both names are: two names are one where all words of the
shorter, its articles aside, stand in the other. Within a document each pair of names counts once.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mene.evaluate.measures import f1
from mene.evaluate.protocol import Words, WordsReading
from mene.evaluate.reading import words_of
from mene.records import Event, Participant, Span
from mene.vocabulary import is_backing

HELD = frozenset(("asserted", "in_progress"))
"""The modalities of what is told as a fact."""

GIVEN = ("gives", "increases")
"""The directions of a backing that stands."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation of a document between two names."""

    type: str
    source: str
    target: str


@cache
def load_mapping() -> dict[str, Any]:
    """Return `relations.yaml`."""
    mapping: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("relations.yaml").read_text(encoding="utf-8"))
    return mapping


def relate_events(events: Iterable[Event]) -> Iterator[Relation]:
    """Yield what events told as facts say."""
    mapping = load_mapping()
    for event in events:
        if event.modality not in HELD:
            continue
        kind = mapping["events"].get(event.type)
        if is_backing(event.mode):
            kind = mapping["backings"] if str(event.mode).endswith(GIVEN) else None
        if kind is not None:
            yield from (Relation(kind, a, b) for a in _names(event.actors) for b in _names(event.recipients))
        placed = mapping["at_place"].get(event.type)
        if event.place is not None and placed is not None:
            there = event.actors or event.recipients
            yield from (Relation(placed, name, event.place.text) for name in _names(there))


def _names(participants: Sequence[Participant]) -> list[str]:
    return [participant.text for participant in participants]


def relate_entities(words: Words, reading: WordsReading) -> Iterator[Relation]:
    """Yield what the tree says of the entities that the reader sees in a sentence."""
    entities = {_head(reading, span): span for span in reading.entities}
    for hung, span in entities.items():
        for on, relation in _hangs_on(reading, hung, span):
            other = entities.get(on)
            if other is None:
                continue
            cases = (w for w, h in enumerate(reading.heads) if h == hung and reading.relations[w] == "case")
            case = next((words[w].lower() for w in cases), "")
            rules = (r for r in load_mapping()["governed"] if _fits(r, relation, case, span, other, words[on]))
            if (rule := next(rules, None)) is not None:
                one, two = (" ".join(words[s.first : s.last + 1]) for s in (other, span))
                yield Relation(rule["gives"], one, two)


def _hangs_on(reading: WordsReading, hung: int, span: Span) -> Iterator[tuple[int, str]]:
    """Yield what an entity's head hangs on, and for what hangs on a verb the verb's subject and object."""
    on, relation = reading.heads[hung], reading.relations[hung]
    if on < 0:
        return
    yield on, relation
    if relation == "obl":
        for word, head in enumerate(reading.heads):
            if head == on and reading.relations[word] in ("nsubj", "nsubj:pass", "obj"):
                yield word, relation


def _fits(rule: Mapping[str, Any], relation: str, case: str, hung: Span, on: Span, head: str) -> bool:
    return (
        relation in rule["relation"]
        and case in rule.get("case", (case,))
        and hung.label in rule.get("kinds", (hung.label,))
        and on.label in rule.get("of", (on.label,))
        and head.lower() in rule.get("words", (head.lower(),))
    )


def _head(reading: WordsReading, span: Span) -> int:
    """Return the first word of a span whose head lies outside it."""
    inside = range(span.first, span.last + 1)
    return next((word for word in inside if reading.heads[word] not in inside), span.last)


def match_relations(gold: Iterable[Relation], found: Iterable[Relation]) -> tuple[int, int, int]:
    """Return how many relations match one of their own, how many were found, and how many are annotated."""
    wanted, told = _once(gold), _once(found)
    free = list(wanted)
    matched = 0
    for relation in told:
        partner = next((other for other in free if _agree(relation, other)), None)
        if partner is not None:
            free.remove(partner)
            matched += 1
    return matched, len(told), len(wanted)


def _once(relations: Iterable[Relation]) -> list[Relation]:
    """Return the relations without those that another one agrees with."""
    kept: list[Relation] = []
    for relation in relations:
        if words_of(relation.source) and words_of(relation.target) and not any(_agree(relation, k) for k in kept):
            kept.append(relation)
    return kept


def _agree(one: Relation, other: Relation) -> bool:
    if one.type != other.type:
        return False
    straight = same_name(one.source, other.source) and same_name(one.target, other.target)
    turned = same_name(one.source, other.target) and same_name(one.target, other.source)
    return straight or (turned and one.type in load_mapping()["both_ways"])


def same_name(one: str, other: str) -> bool:
    """Return whether all words of the shorter name stand in the longer.

    >>> same_name("the ISIL fighters", "ISIL"), same_name("US forces", "Iraqi forces")
    (True, False)
    """
    a, b = words_of(one), words_of(other)
    return bool(a and b) and (a <= b or b <= a)


def score_relations(documents: Iterable[tuple[Iterable[Relation], Iterable[Relation]]]) -> dict[str, float]:
    """Return relations_f1, its precision and recall and relations_n, from annotated and found ones by document."""
    matched = found = wanted = 0
    for gold, told in documents:
        counts = match_relations(gold, told)
        matched, found, wanted = matched + counts[0], found + counts[1], wanted + counts[2]
    return {
        "relations_f1": f1(matched, found, wanted),
        "relations_p": matched / found if found else 0.0,
        "relations_r": matched / wanted if wanted else 0.0,
        "relations_n": wanted,
    }
