"""The record of an event, and who takes part in it and where, with what they were read from."""

from collections.abc import Sequence

from mene.dates import TimeMention
from mene.events.identity import event_id
from mene.events.participants import Resolution, joined_parts, resolve_run
from mene.events.places import Located
from mene.records import Event, Numbers, Participant, Place, Sentence, Statement
from mene.statements.context import Context
from mene.statements.modality import Decision
from mene.vocabulary import EventType

Run = tuple[int, int]
NO_NUMBERS = Numbers()


def make_event(
    context: Context,
    sentence: Sentence,
    statement: Statement,
    *,
    kind: EventType,
    mode: str | None,
    token: int,
    actors: tuple[Participant, ...],
    recipients: tuple[Participant, ...],
    place: Place | None,
    time: TimeMention | None,
    decision: Decision,
    background: bool,
) -> Event:
    """Return the record of an event told by the word `token`."""
    evidence = context.evidence(sentence, token, token)
    return Event(
        id=event_id(statement.id, (kind, mode), evidence, place, (*actors, *recipients)),
        statement_id=statement.id,
        type=kind,
        mode=mode,
        actors=actors,
        recipients=recipients,
        place=place,
        occurred_start=time.occurred_start if time else None,
        occurred_end=time.occurred_end if time else None,
        precision=time.precision if time else "unknown",
        factuality=decision.factuality,
        modality=decision.modality,
        numbers=NO_NUMBERS,
        evidence=evidence,
        text=sentence.tokens[token].text,
        time_text=time.text if time else None,
        background=background,
        deciding=tuple(context.evidence(sentence, *run) for run in decision.deciding),
        day_basis="told" if time and (time.occurred_start or time.occurred_end) else "unknown",
    )


def participants_of(
    context: Context, sentence: Sentence, run: Run | None, statement: Statement
) -> tuple[Resolution, ...]:
    speaker = statement.origin if statement.cue is not None else None
    found = [resolve_run(context, sentence, part, speaker) for part in joined_parts(sentence, run)] if run else []
    return tuple({one.participant.actor_id or one.participant.name: one for one in found}.values())


def parties_of(resolutions: Sequence[Resolution]) -> tuple[Participant, ...]:
    """Return the participants alone, without what they were resolved by."""
    return tuple(one.participant for one in resolutions)


def located_at(place: Place | None, *located: Sequence[Located]) -> Located | None:
    """Return where a place was read, with what it was chosen from."""
    return next((one for rows in located for one in rows if one.place is place), None) if place is not None else None


def capitals_in(context: Context, sentence: Sentence) -> frozenset[int]:
    """Return the tokens of capitals that stand for their governments: "Belgrade refused"."""
    metonyms = (m for m in context.matches[sentence.index] if m.kind == "metonym")
    return frozenset(i for m in metonyms for i in range(m.first, m.last + 1))
