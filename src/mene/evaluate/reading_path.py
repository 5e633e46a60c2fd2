"""The label lines that the whole path makes of an annotated document, from sentences to events."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import accumulate

from mene.evaluate.reading_labels import (
    NARRATOR,
    BackingLabel,
    ControlLabel,
    EventLabel,
    LabelledDocument,
    Labels,
)
from mene.picture.claims import SIEGE_MODES
from mene.records import Article, Block, Event, Evidence, Participant, Source, Statement, content_id
from mene.vocabulary import HELD, Modality, TimePrecision, is_backing

STATUS_OF: dict[Modality, str] = {
    "asserted": "asserted",
    "in_progress": "asserted",
    "negated": "negated",
    "probable": "possible",
    "possible": "possible",
    "doubtful": "possible",
    "asked": "planned",
    "conditional": "conditional",
    "planned": "planned",
    "nearly": "nearly",
}
"""The annotators' status of each modality; a denied event is a negated one whose statement is a denial."""

DATE_LENGTH: dict[TimePrecision, int] = {"day": 10, "month": 7, "year": 4}
"""How much of an ISO day is known at a precision; of other precisions, what their first and last day share."""

PRONOUNS = frozenset("he she it they him her them his its their who which that we us our i".split())
"""For these the annotators give the earlier words that they stand for."""

HELD_AS = frozenset(("asserted", "in_progress"))
NOT_HELD = frozenset(("approach", "coup"))
"""Modes of SEIZE that leave a place as it was."""

SEPARATOR = "\n\n"


def make_article(document: LabelledDocument) -> Article:
    """Return the document as an article with one paragraph a sentence, as news agencies write."""
    starts = sentence_starts(document)
    blocks = (
        Block("paragraph", start, start + len(sentence))
        for start, sentence in zip(starts, document.sentences, strict=True)
    )
    return Article(
        id=content_id("", document.id, *document.sentences),
        url=None,
        publisher=document.outlet,
        title=document.title,
        byline=None,
        published_at=document.published,
        language="en",
        text=SEPARATOR.join(document.sentences),
        blocks=tuple(blocks),
        dropped=(),
    )


def sentence_starts(document: LabelledDocument) -> list[int]:
    """Return where each sentence begins in the article's text."""
    lengths = (len(sentence) + len(SEPARATOR) for sentence in document.sentences)
    return list(accumulate(lengths, initial=0))[:-1]


def label_reading(document: LabelledDocument, statements: Sequence[Statement], events: Sequence[Event]) -> Labels:
    """Return the label lines of what was read from `make_article(document)`."""
    by_id = {statement.id: statement for statement in statements}
    starts = sentence_starts(document)
    named = _named_words(document, events, statements)
    events = [_with_words(event, named) for event in events]
    told = [event for event in events if not _is_state(event)]
    by_word: dict[tuple[Evidence, str, str], list[Event]] = {}
    for event in told:  # an event of several places is one line for the annotators, whose place is the whole list
        by_word.setdefault((event.evidence, event.type, event.statement_id), []).append(event)
    labels = (_event_label(document, starts, events, by_id.get(events[0].statement_id)) for events in by_word.values())
    return Labels(
        tuple(labels),
        tuple(dict.fromkeys(_control_labels(document, starts, events))),
        tuple(dict.fromkeys(_backing_labels(document, starts, events))),
    )


Named = Mapping[str, Sequence[tuple[int, str]]]
"""Where each known actor is named in an article, and in which words."""


def _named_words(document: LabelledDocument, events: Iterable[Event], statements: Iterable[Statement]) -> Named:
    named: dict[str, set[tuple[int, str]]] = {}
    for party in (p for event in events for p in (*event.actors, *event.recipients)):
        if party.actor_id and party.evidence and not _is_pronoun(party.text):
            named.setdefault(party.actor_id, set()).add((party.evidence.start, party.text))
    for source in (source for statement in statements for source in statement.sources):
        words = _literal(document, source)
        if source.actor_id and source.evidence and words != source.name:
            named.setdefault(source.actor_id, set()).add((source.evidence.start, words))
    return {key: sorted(words) for key, words in named.items()}


def _with_words(event: Event, named: Named) -> Event:
    """Return the event with its pronouns in the words by which whom they stand for was named last before."""
    actors, recipients = (tuple(_in_words(p, named) for p in side) for side in (event.actors, event.recipients))
    return replace(event, actors=actors, recipients=recipients)


def _in_words(party: Participant, named: Named) -> Participant:
    if not _is_pronoun(party.text) or party.evidence is None:
        return party
    before = [words for start, words in named.get(party.actor_id or "", ()) if start < party.evidence.start]
    return replace(party, text=before[-1] if before else party.name)


def _is_pronoun(words: str) -> bool:
    return words.lower() in PRONOUNS and words != "US"


def _is_state(event: Event) -> bool:
    """Tell whether an event is a backing or a holding told in passing: the annotators give these lines of their own."""
    return event.mode == HELD or is_backing(event.mode)


def _sentence_of(starts: list[int], evidence: Evidence) -> int:
    return bisect_right(starts, evidence.start) - 1


def _event_label(
    document: LabelledDocument, starts: list[int], events: Sequence[Event], statement: Statement | None
) -> EventLabel:
    event = events[0]
    places = dict.fromkeys(event.place.text for event in events if event.place is not None)
    return EventLabel(
        document=document.id,
        sentence=_sentence_of(starts, event.evidence),
        trigger=event.text,
        type=event.type,
        actor=_first_words(event.actors),
        recipient=_first_words(event.recipients),
        place=" and ".join(places) or None,
        date=date_text(event.occurred_start, event.occurred_end, event.precision),
        status=status_of(event, statement),
        origin=origin_of(document, statement),
    )


def _first_words(participants: Iterable[Participant]) -> str | None:
    first = next(iter(participants), None)
    return first.text if first is not None else None


def date_text(start: date | None, end: date | None, precision: TimePrecision) -> str | None:
    """Return the days as the annotators write them, YYYY-MM-DD, YYYY-MM or YYYY, no finer than they are known.

    >>> date_text(date(2016, 7, 1), date(2016, 7, 31), "month"), date_text(date(2016, 7, 4), date(2016, 7, 10), "week")
    ('2016-07', '2016-07')
    """
    if start is None:
        return None
    first, last = start.isoformat(), (end or start).isoformat()
    if precision in DATE_LENGTH:
        return first[: DATE_LENGTH[precision]]
    shared = next((length for length in (10, 7, 4) if first[:length] == last[:length]), 0)
    return first[:shared] or None


def status_of(event: Event, statement: Statement | None) -> str:
    """Return the annotators' status of an event."""
    if event.modality == "negated" and statement is not None and statement.kind == "denial":
        return "denied"
    if event.mode == "approach" and event.modality == "nearly":  # for the annotators, that a force comes is a fact
        return "asserted"
    return STATUS_OF[event.modality]


def origin_of(document: LabelledDocument, statement: Statement | None) -> str:
    """Return who says it: the name of the innermost source, NARRATOR where that is the article's own outlet."""
    if statement is None or not statement.sources:
        return NARRATOR
    origin = statement.sources[0]
    own = origin.kind == "outlet" and (len(statement.sources) == 1 or origin.name == document.outlet)
    return NARRATOR if own else _literal(document, origin)


def _literal(document: LabelledDocument, source: Source) -> str:
    """Return the source's words in the document, as the annotators write them; its name where they are a pronoun."""
    evidence = source.evidence
    words = SEPARATOR.join(document.sentences)[evidence.start : evidence.end] if evidence else ""
    return source.name if not words or _is_pronoun(words) else words


def _control_labels(document: LabelledDocument, starts: list[int], events: Iterable[Event]) -> Iterator[ControlLabel]:
    """Yield what each sentence says of who holds a place: whoever takes or holds it, loses it, or is besieged in it."""
    for event in events:
        if event.place is None or event.place.precision == "country" or event.modality not in HELD_AS:
            continue
        if event.type == "SEIZE" and event.mode not in NOT_HELD:
            holder = _first_words(event.actors)
        elif event.type == "COERCE" and event.mode in SIEGE_MODES:
            holder = _first_words(event.recipients)
        else:
            continue
        yield ControlLabel(document.id, _sentence_of(starts, event.evidence), event.place.text, holder)


def _backing_labels(document: LabelledDocument, starts: list[int], events: Iterable[Event]) -> Iterator[BackingLabel]:
    for event in events:
        if is_backing(event.mode):
            sentence = _sentence_of(starts, event.evidence)
            yield BackingLabel(document.id, sentence, _first_words(event.actors), _first_words(event.recipients))
