"""Stage 4: what the statements say happened: type, participants, place and time."""

from mene.events.find import find_events

__all__ = ["find_events"]
