"""One attack told by several words of a sentence is one event: the raid, that it hit the market, that it killed six.

What was done is the event. The blow, the toll and the names given to it afterwards add what they know: who did it, to
whom, where, when, and their words as further evidence.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import yaml

from mene.events.triggers import argument_tokens
from mene.records import Event, Participant, Place, Sentence
from mene.statements.grammar import ancestors, child

_FACTS = frozenset(("asserted", "in_progress"))
_DEFINITE = frozenset(("the", "this", "that", "these", "those", "such"))
DEED, RETOLD, HARM = 0, 1, 2
"""What a word tells of an attack: that it was made; it once more; what it did."""

NEAR = 8
"""Words further apart than so many edges of the sentence's tree tell of two attacks."""


@lru_cache(maxsize=1)
def told_words() -> dict[str, frozenset[str]]:
    """Return the lists of `told_words.yaml`."""
    rows = yaml.safe_load(Path(__file__).with_name("told_words.yaml").read_text(encoding="utf-8"))
    return {kind: frozenset(words) for kind, words in rows.items()}


def natural_cause(sentence: Sentence, token: int) -> int | None:
    """Return the word for what kills without an attack, where the word `token` tells what it did: "cholera killed"."""
    nature = told_words()["nature"]
    by = [*argument_tokens(sentence, token, "subject"), *argument_tokens(sentence, token, "of")]
    by += argument_tokens(sentence, token, "from") if sentence.tokens[token].lemma.lower() in ("die", "death") else []
    return next((i for i in by if sentence.tokens[i].lemma.lower() in nature), None)


def join_retold(sentence: Sentence, events: Sequence[Event]) -> list[Event]:
    """Return a sentence's events, each attack once: the words that tell it again are joined to it."""
    tokens = {token.start: i for i, token in enumerate(sentence.tokens)}
    attacks = [(tokens[e.evidence.start], e) for e in events if e.type == "ASSAULT"]
    roles = {i: _role(sentence, i, [j for j, _ in attacks]) for i, _ in attacks}
    joined: dict[int, list[Event]] = {}
    gone: set[str] = set()
    for i, event in sorted(attacks, key=lambda told: (-roles[told[0]], -told[0])):
        hosts = {
            j
            for j, other in attacks
            if (roles[j], j) < (roles[i], i) and _may_be_one(other, event) and _steps(sentence, i, j) <= NEAR
        }
        if hosts:
            host = min(hosts, key=lambda j: (roles[j], _steps(sentence, i, j), abs(i - j)))
            joined.setdefault(host, []).extend((*joined.pop(i, ()), event))
            gone.add(event.id)
    out = []
    for event in events:
        token = tokens[event.evidence.start]
        again = joined.get(token, ()) if event.type == "ASSAULT" else ()
        if event.id not in gone:
            out.append(_with(sentence, event, again) if again else event)
    return out


def _role(sentence: Sentence, i: int, attacks: Sequence[int]) -> int:
    """Return what the word `i` tells of an attack."""
    words, token = told_words(), sentence.tokens[i]
    lemma = token.lemma.lower()
    if lemma in words["harms"] or lemma in words["ruins"]:
        return HARM
    if lemma in words["blows"] and token.upos == "VERB":
        by = argument_tokens(sentence, i, "subject")
        return RETOLD if any(j in attacks for j in by) else DEED
    determiner = child(sentence, i, "det", "amod")
    definite = determiner is not None and sentence.tokens[determiner].text.lower() in _DEFINITE
    described = child(sentence, i, "case")
    as_name = described is not None and sentence.tokens[described].text.lower() == "as"
    once_more = (definite and min(attacks) < i) or as_name
    return RETOLD if lemma in words["names"] and token.upos == "NOUN" and once_more else DEED


def _steps(sentence: Sentence, a: int, b: int) -> int:
    """Return the number of edges between two words of the tree; 99 where nothing joins them."""
    up = [a, *ancestors(sentence, a)]
    down = [b, *ancestors(sentence, b)]
    meet = next((node for node in up if node in down), None)
    return 99 if meet is None else up.index(meet) + down.index(meet)


def _may_be_one(one: Event, other: Event) -> bool:
    """Tell whether nothing that is told of two attacks keeps them apart."""
    if one.statement_id != other.statement_id or one.background != other.background:
        return False
    if one.modality != other.modality and not {one.modality, other.modality} <= _FACTS:
        return False
    if one.time_text and other.time_text and one.occurred_start != other.occurred_start:
        return False
    return not (
        _apart(one.actors, other.actors) or _on_both_sides(one, other) or _are_elsewhere(one.place, other.place)
    )


def _apart(one: Sequence[Participant], other: Sequence[Participant]) -> bool:
    """Tell whether two sets of known actors have nobody in common."""
    a, b = ({p.actor_id for p in side if p.actor_id} for side in (one, other))
    return bool(a and b) and a.isdisjoint(b)


def _on_both_sides(one: Event, other: Event) -> bool:
    """Tell whether one who attacks in the one suffers in the other."""
    actors, suffering = (
        [{p.actor_id or p.name for p in side} for side in sides]
        for sides in ((one.actors, other.actors), (one.recipients, other.recipients))
    )
    return not (actors[0].isdisjoint(suffering[1]) and actors[1].isdisjoint(suffering[0]))


def _are_elsewhere(one: Place | None, other: Place | None) -> bool:
    """Tell whether two attacks are told of different towns."""
    if one is None or other is None or one.evidence == other.evidence:
        return False
    fine = ("exact", "near")
    return one.precision in fine and other.precision in fine and one.place_id != other.place_id


def _with(sentence: Sentence, event: Event, again: Sequence[Event]) -> Event:
    """Return the event with what the words that tell it again add."""
    told = sorted((event, *again), key=lambda e: e.evidence.start)
    dated = next((e for e in (event, *told) if e.time_text), event)
    hurt = [
        p
        for kind in ("harms", "ruins")
        for e in told
        if _lemma(sentence, e) in told_words()[kind]
        for p in e.recipients
    ]
    return replace(
        event,
        actors=event.actors or next((e.actors for e in told if e.actors), ()),
        recipients=_distinct([*hurt, *(p for e in (event, *told) for p in e.recipients)]),
        place=event.place or next((e.place for e in told if e.place), None),
        occurred_start=dated.occurred_start,
        occurred_end=dated.occurred_end,
        precision=dated.precision,
        time_text=dated.time_text,
        day_basis=dated.day_basis,
        also=tuple(dict.fromkeys(e.evidence for e in told if e is not event)),
    )


def _lemma(sentence: Sentence, event: Event) -> str:
    return next(t.lemma.lower() for t in sentence.tokens if t.start == event.evidence.start)


def _distinct(participants: Sequence[Participant]) -> tuple[Participant, ...]:
    """Return each once; nobody is named by words within those of another: "at least 13 people", then "13 people"."""
    first: dict[str, Participant] = {}
    for participant in participants:
        first.setdefault(participant.actor_id or participant.name, participant)
    told = list(first.values())
    return tuple(
        one
        for i, one in enumerate(told)
        if one.actor_id or not any(_overlap(one, other) for j, other in enumerate(told) if other.actor_id or j < i)
    )


def _overlap(one: Participant, other: Participant) -> bool:
    a, b = one.evidence, other.evidence
    return a is not None and b is not None and a.start < b.end and b.start < a.end
