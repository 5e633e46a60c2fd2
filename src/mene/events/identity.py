"""The id of an event: whose statement, what happened, told by which words, and where or between whom."""

from collections.abc import Iterable

from mene.records import Evidence, Participant, Place, content_id
from mene.vocabulary import EventType, is_backing


def event_id(
    statement_id: str,
    what: tuple[EventType, str | None],
    evidence: Evidence,
    place: Place | None,
    parties: Iterable[Participant],
) -> str:
    """Return the id of the event of type and mode `what`. Without a place, a backing is told apart by its parties."""
    pair = [party.name for party in parties] if is_backing(what[1]) else []
    where = place.text if place else "|".join(pair) or None
    return content_id("e", statement_id, *what, evidence.start, evidence.end, where)
