"""Why an event is of its type and mode."""

from collections.abc import Iterator

from mene.codebook import EventEntry
from mene.events.backing import Tie
from mene.events.triggers import Found
from mene.language.reader import TRIGGER_THRESHOLD
from mene.records import Trigger
from mene.report.why.case import Case
from mene.report.why.records import Option, Reason
from mene.report.why.words import say, say_chance

_OF_MODE = ("arrives", "cause", "flight")
_OTHER = "something else"


def explain_type(case: Case) -> Reason:
    """Return why the event is of its type, with the types that the reader thought likeliest."""
    event, found = case.coded.event, case.coded.word
    trigger = found.trigger if isinstance(found, Found) else None
    return Reason(
        aspect="type",
        value=f"{event.type} ({event.mode})" if event.mode else event.type,
        code=event.type,
        words=case.word,
        because=tuple(_because(case, trigger)),
        options=tuple(Option(_name(kind), chance) for kind, chance in (trigger.ranked if trigger else ())),
    )


def _because(case: Case, trigger: Trigger | None) -> Iterator[str]:
    found = case.coded.word
    if isinstance(found, Found):
        entry = _say_entry(found.entry, with_needs=found.rule == "lexicon") if found.entry is not None else ""
        yield say("trigger", found.rule, word=case.word, entry=entry)
    elif isinstance(found, Tie):
        yield f"“{case.word}” tells who backs whom: means “{found.means}”, direction “{found.direction}”"
    else:
        yield say("trigger", "state", word=case.word)
    yield from (say("change", change, word=case.word) for change in case.coded.changes if change in _OF_MODE)
    if case.coded.again:
        words = ", ".join(dict.fromkeys(f"“{one.event.text}”" for one in case.coded.again))
        yield f"the same attack is told once more by {words}, which are no events of their own"
    if isinstance(found, Found):
        yield _of_reader(case.word, trigger)


def _of_reader(word: str, trigger: Trigger | None) -> str:
    if trigger is None:
        return f"the reader model gives “{word}” less than {say_chance(TRIGGER_THRESHOLD)} to name any event"
    return (
        f"the reader model gives “{word}” {say_chance(trigger.score)} to name an event; its likeliest types stand below"
    )


def _say_entry(entry: EventEntry, *, with_needs: bool) -> str:
    """Return an entry of the event lexicon in words, with what it needs beside it where it was asked for."""
    mode = f", mode {entry.mode}" if entry.mode else ""
    words = f"the {entry.upos.lower()} “{entry.phrase}” as {entry.type}{mode}"
    if entry.needs is None or not with_needs:
        return words
    where, _, kind = entry.needs.rpartition("_")
    return f"{words}, provided that its {where} is a {kind}, as here"


def _name(kind: str) -> str:
    return _OTHER if kind == "NONE_OTHER" else kind
