"""The day of an event whose own sentence names none: that of the attack just told, where it goes on about the same.

"Shells hit the market on Thursday. ... The attack killed nine." A headline names the attack whose day its article then
gives: "Air strike kills nine. ... on Thursday". Only violence goes on so: a taking or a meeting told just after is
mostly another one, and who holds a place never rests on a day that was lent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mene.records import Event, Sentence
from mene.statements.context import Context
from mene.statements.grammar import child, children

REACH = 3
"""The attack just told stands at most so many sentences before."""

AHEAD = 2
"""The attack that a headline names is dated at most so many sentences after it."""

_DEFINITE = frozenset(("the", "this", "that", "these", "those"))
_PERFECT = frozenset(("has", "have", "had", "having"))


def lend_day(event: Event, lender: Event) -> Event:
    """Return an event with the day of another; `time_text` stays None, since no words of its own name the day."""
    start, end = lender.occurred_start, lender.occurred_end
    return replace(event, occurred_start=start, occurred_end=end, precision=lender.precision)


def find_lenders(context: Context, events: Sequence[Event]) -> dict[str, Event]:
    """Return the attack that lends its day to each event that goes on about it, by that event's id."""
    sentences = context.analysis.sentences
    where = {event.id: _sentence_at(sentences, event) for event in events}
    found: dict[str, Event] = {}
    for number, event in enumerate(events):
        lender = _lender(event, events[:number], where) if _goes_on(sentences, event, where) else None
        if lender is None and _may_be_lent(event) and _is_named(sentences, event, where):
            lender = _told_next(event, events[number + 1 :], where)
        if lender is not None:
            found[event.id] = lender
    return found


def _sentence_at(sentences: Sequence[Sentence], event: Event) -> int:
    return next((s.index for s in sentences if s.start <= event.evidence.start < s.end), -1)


def _may_be_lent(event: Event) -> bool:
    told = event.type == "ASSAULT" and event.modality == "asserted" and not event.background
    return told and event.occurred_start is None and event.time_text is None


def _is_named(sentences: Sequence[Sentence], event: Event, where: Mapping[str, int]) -> bool:
    """Tell whether an event is told by a noun: "air strike", "the clashes"."""
    tokens = sentences[where[event.id]].tokens
    return any(t.start == event.evidence.start and t.upos in ("NOUN", "PROPN") for t in tokens)


def _told_next(event: Event, after: Sequence[Event], where: Mapping[str, int]) -> Event | None:
    """Return the attack told just after, which has a day, within reach."""
    near = (other for other in after if 0 < where[other.id] - where[event.id] <= AHEAD)
    return next((other for other in near if other.type == event.type and _is_dated(other)), None)


def _is_dated(event: Event) -> bool:
    dated = event.precision == "day" and event.occurred_start is not None and event.time_text is not None
    return dated and not event.background and event.modality == "asserted"


def _goes_on(sentences: Sequence[Sentence], event: Event, where: Mapping[str, int]) -> bool:
    """Tell whether an undated event is told as one with what stands before: "the attack", "it killed nine"."""
    if not _may_be_lent(event):
        return False
    sentence = sentences[where[event.id]]
    at = next((i for i, t in enumerate(sentence.tokens) if t.start == event.evidence.start), None)
    if at is None or any(sentence.tokens[c].text.lower() in _PERFECT for c in children(sentence, at)):
        return False
    determiner = child(sentence, at, "det")
    definite = determiner is not None and sentence.tokens[determiner].text.lower() in _DEFINITE
    return definite or sentence.tokens[at].upos == "VERB"


def _lender(event: Event, before: Sequence[Event], where: Mapping[str, int]) -> Event | None:
    """Return the attack just told that has a day of its own, within reach."""
    for other in reversed(before):
        if where[event.id] - where[other.id] > REACH:
            return None
        if other.type == event.type and _is_dated(other):
            return other
    return None
