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


def lend_days(context: Context, events: Sequence[Event]) -> tuple[Event, ...]:
    """Return the events with the day of the attack just told given to those that go on about it.

    `time_text` stays None for them: no words of their own name the day.
    """
    sentences = context.analysis.sentences
    where = {event.id: _sentence_at(sentences, event) for event in events}
    out: list[Event] = []
    for event in events:
        lender = _lender(event, out, where) if _goes_on(sentences, event, where) else None
        out.append(
            event
            if lender is None
            else replace(
                event,
                occurred_start=lender.occurred_start,
                occurred_end=lender.occurred_end,
                precision=lender.precision,
            )
        )
    return tuple(out)


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
