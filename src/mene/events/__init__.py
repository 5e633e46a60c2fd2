"""Stage 4: what the statements say happened: type, participants, place and time."""

from mene.events.coded import CodedEvent
from mene.events.find import code_events, find_events

__all__ = ["CodedEvent", "code_events", "find_events"]
