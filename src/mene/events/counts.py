"""Which of a sentence's numbers belong to which of its events."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mene.events.numbers import Told, find_numbers, numbers_of
from mene.records import Event, Numbers, Sentence
from mene.vocabulary import HELD, SIEGE, EventType, is_backing

COUNTED: Mapping[EventType, tuple[str, ...]] = {
    "ASSAULT": ("killed", "injured", "displaced"),
    "COERCE": ("killed", "injured"),
    "PROTEST": ("killed", "injured"),
    "MOBILIZE": ("troops",),
    "RETREAT": ("troops", "displaced"),
}
"""The numbers that events of a type are told with."""


def count(text: str, sentence: Sentence, events: Sequence[Event]) -> list[Event]:
    """Return a sentence's events with their numbers: each number goes to the event whose words stand nearest to it.

    `text` is the article's.
    """
    told = find_numbers(text[sentence.start : sentence.end]) if any(e.type in COUNTED for e in events) else []
    owners = [_nearest(number, sentence, events) for number in told]
    return [
        replace(event, numbers=numbers_of(own, COUNTED[event.type])) if own else event
        for event in events
        for own in [[n for n, owner in zip(told, owners, strict=True) if owner == event.evidence]]
    ]


def with_tolls_whole(events: Sequence[Event]) -> list[Event]:
    """Return the events without the further places of one that is told with numbers: nobody says how they are shared.

    "Raids on Homs and Hama killed 12" killed 12 once, not 12 in each town.
    """
    first: dict[tuple[object, ...], Event] = {}
    for event in events:
        first.setdefault((event.evidence, event.type, event.mode), event)
    return [e for e in events if e.numbers == Numbers() or first[e.evidence, e.type, e.mode] is e]


def _nearest(number: Told, sentence: Sentence, events: Sequence[Event]) -> object:
    """Return the evidence of the event that a number belongs to, None where no event is told with its kind."""
    at = sentence.start + number.start
    able = [e for e in events if number.kind in COUNTED.get(e.type, ()) and not _is_state(e)]
    return min(able, key=lambda e: _distance(e, at)).evidence if able else None


def _is_state(event: Event) -> bool:
    return is_backing(event.mode) or event.mode in (HELD, SIEGE)


def _distance(event: Event, at: int) -> int:
    return min(abs(words.start - at) for words in (event.evidence, *event.also))
