"""The day of an event whose own sentence names none: that of the attack just told, where it goes on about the same.

"Shells hit the market on Thursday. ... The attack killed nine." Only violence goes on so: a taking or a meeting told
just after is mostly another one, and who holds a place never rests on a day that was lent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mene.records import Event, Sentence
from mene.statements.context import Context
from mene.statements.grammar import child, children

REACH = 3
"""The attack just told stands at most so many sentences before."""

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
    for place, event in enumerate(events):
        lender = _lender(event, events[:place], where) if _goes_on(sentences, event, where) else None
        if lender is not None:
            found[event.id] = lender
    return found


def _sentence_at(sentences: Sequence[Sentence], event: Event) -> int:
    return next((s.index for s in sentences if s.start <= event.evidence.start < s.end), -1)


def _goes_on(sentences: Sequence[Sentence], event: Event, where: Mapping[str, int]) -> bool:
    """Tell whether an undated event is told as one with what stands before: "the attack", "it killed nine"."""
    told = event.type == "ASSAULT" and event.modality == "asserted" and not event.background
    if not told or event.occurred_start is not None or event.time_text is not None:
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
        dated = other.precision == "day" and other.occurred_start is not None and other.time_text is not None
        if other.type == event.type and dated and not other.background and other.modality == "asserted":
            return other
    return None
