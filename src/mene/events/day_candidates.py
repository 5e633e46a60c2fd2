"""The days that an event without one of its own may have, each with the signs that speak for or against it.

A day is of its own where a time in its clause names it; that one is never weighed. Else it may have no day; that of
the only time of its sentence, which stands in another clause; each day that the article gives another event or names
for anything else; the day of publication or the one before; or no more than the month of publication.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from mene.dates import TimeMention, find_times
from mene.dates.spans import shift
from mene.events.backing import Tie
from mene.events.coded import CodedEvent, DayCandidate, DayKind, NamedDay
from mene.events.day_forms import SPEECH, clause_of, describe_form, form_of
from mene.events.held import Besieged, Held
from mene.records import Event, Participant, Place
from mene.statements.context import Context
from mene.statements.grammar import ancestors

NEAR = 3
"""What was told up to so many sentences before is near; the first sentence before is nearest."""

RECENT = 7
"""Days before publication: a week's news; older than a month is history."""

_STEM = 5
"""Letters by which two words for an event are the same: "bombing", "bombed"."""


@dataclass(frozen=True, slots=True)
class Story:
    """What an article tells of days: its acts in reading order, those with a day of their own, all days it names."""

    context: Context
    acts: tuple[CodedEvent, ...]
    dated: tuple[CodedEvent, ...]
    named: tuple[NamedDay, ...]


def read_story(context: Context, coded: Sequence[CodedEvent]) -> Story:
    """Return what an article tells of days; what is told in passing (a state, a tie) is no act."""
    acts = tuple(one for one in coded if not isinstance(one.word, Held | Besieged | Tie))
    return Story(context, acts, tuple(one for one in acts if _is_dated(one)), tuple(_named(context)))


def needs_day(one: CodedEvent) -> bool:
    """Tell whether an act has no day that a time in its own clause names."""
    return not (_has_days(one.event) and one.dating is not None and one.dating.in_clause)


def find_candidates(story: Story, one: CodedEvent) -> tuple[DayCandidate, ...]:
    """Return the days that an act may have, "none" first."""
    return tuple(_candidates(story, one))


def _is_dated(one: CodedEvent) -> bool:
    return one.dating is not None and not one.event.background and _is_one_day(one.dating.mention)


def _has_days(event: Event) -> bool:
    return event.occurred_start is not None or event.occurred_end is not None


def _is_one_day(time: TimeMention) -> bool:
    exact = time.precision == "day" and time.occurred_start is not None and time.occurred_start == time.occurred_end
    return exact and time.timex != "PRESENT_REF" and time.modality in ("on", "about") and not time.background


def _named(context: Context) -> Iterator[NamedDay]:
    for sentence in context.analysis.sentences:
        text = context.analysis.article.text[sentence.start : sentence.end]
        for time in find_times(text, published=context.published):
            if _is_one_day(time) and time.kind in ("DATE", "TIME"):
                yield NamedDay(sentence.index, sentence.start + time.start, time)


def _candidates(story: Story, one: CodedEvent) -> Iterator[DayCandidate]:
    event, published = one.event, story.context.published
    form = (*describe_form(one), *_setting(story, one))
    yield DayCandidate("none", None, None, "unknown", _all_of("none", form))
    if one.dating is not None and _has_days(event):
        signs = _all_of("told", (*_time_signs(one.dating.mention), *form))
        yield DayCandidate("told", event.occurred_start, event.occurred_end, event.precision, signs)
    if published is not None:
        month = published.replace(day=1)
        yield DayCandidate("month", month, published, "month", _all_of("month", form))
    for day in _days(story, one):
        signs = _all_of("day", _day_signs(story, one, day))
        yield DayCandidate("day", day, day, "day", signs, _lender(story, one, day), _namer(story, one, day))


def _all_of(kind: DayKind, signs: Sequence[str] | Iterator[str]) -> tuple[str, ...]:
    return (kind, *(f"{kind}: {sign}" for sign in signs))


def _days(story: Story, one: CodedEvent) -> list[date]:
    """Return the days that come into question, each once, in the order in which the article gives them.

    What is told as done cannot have happened after it was told.
    """
    published = story.context.published
    latest = published if published is not None and one.event.modality in ("asserted", "in_progress") else date.max
    told = [*(_day_of(one) for one in story.dated), *(one.mention.occurred_start for one in story.named)]
    near = [published, shift(published, -1)] if published is not None else []
    return [day for day in dict.fromkeys((*told, *near)) if day is not None and day <= latest]


def _day_of(one: CodedEvent) -> date | None:
    return one.event.occurred_start


# --- where the event stands -------------------------------------------------------------------------------------------


def _setting(story: Story, one: CodedEvent) -> Iterator[str]:
    """Yield what the article has told of days before the event, and what its own sentence names."""
    before = _before(story.dated, one)
    yield f"dated events {_bucket(len(story.dated))}"
    yield (
        f"last dated {_bucket(one.sentence.index - before[-1].sentence.index)} before"
        if before
        else "none dated before"
    )
    if story.context.published is None:
        yield "article without a day"
    if one.dating is None:
        yield "without a time"
        if any(named.sentence == one.sentence.index for named in story.named):
            yield "another's day in the sentence"
    elif not _has_days(one.event):
        yield f"vague {_vague(one.dating.mention)}"


def _vague(time: TimeMention) -> str:
    """Return what a time is that gives no day: an hour or part of a day, a day told before, long ago."""
    if time.kind == "TIME":
        return "hour"
    return {"XXXX-XX-XX": "day told before", "PAST_REF": "past"}.get(time.timex, "time")


def _time_signs(time: TimeMention) -> Iterator[str]:
    yield f"a {time.precision}"
    yield f"{time.modality} it"
    if time.background:
        yield "of years before"
    if time.bound:
        yield "bound to a noun"
    if time.saying:
        yield "of speaking"
    if time.timex == "PRESENT_REF":
        yield "now"


def _bucket(number: int) -> str:
    return str(number) if number < 2 else "2 or 3" if number <= NEAR else "4 or more"


# --- one day ----------------------------------------------------------------------------------------------------------


def _day_signs(story: Story, one: CodedEvent, day: date) -> Iterator[str]:
    published = story.context.published
    form, speech = form_of(one), "speech" if one.event.type in SPEECH else "act"
    if published is not None:
        yield _age((published - day).days)
    if day == published:
        yield from (f"publication, {sign}" for sign in (form, speech, f"modality {one.event.modality}"))
        if one.dating is not None and one.dating.mention.kind == "TIME":
            yield "publication, an hour"
    yield from _told_signs(story, one, day, form)
    yield from _named_signs(story, one, day, speech)
    yield from _like_signs(story, one, day)


def _age(days: int) -> str:
    if days < 0:
        return "after publication"
    if days < 2:
        return ("publication", "the day before publication")[days]
    return "of the week before" if days <= RECENT else "of the month before" if days <= 31 else "older"


def _told_signs(story: Story, one: CodedEvent, day: date, form: str) -> Iterator[str]:
    """Yield how the day stands to the events that have one of their own."""
    here, before = one.sentence.index, _before(story.dated, one)
    counts = Counter(_day_of(other) for other in story.dated)
    if not counts:
        yield "no event dated"
        if day == story.context.published:
            yield "no event dated, publication"
        return
    if day not in counts:
        yield "of no event"
    if day == _day_of(story.dated[0]):
        yield from ("of the first dated", f"of the first dated, {form}")
    if 2 * counts[day] > len(story.dated):
        yield "of most events"
    if set(counts) == {day}:
        yield "of all events"
    if before and day == _day_of(before[-1]):
        apart = here - before[-1].sentence.index
        yield from ("of the last dated", f"of the last dated, {_bucket(apart)} before")
        if apart <= NEAR:
            yield f"of the last dated, {form}"
            yield f"of the last dated, clause {clause_of(one)}"
    if not before and day == _day_of(story.dated[0]):
        yield f"of the next dated, {_bucket(story.dated[0].sentence.index - here)} after"


def _named_signs(story: Story, one: CodedEvent, day: date, speech: str) -> Iterator[str]:
    """Yield how the day stands to the times that the article names."""
    here = [named.mention for named in story.named if named.sentence == one.sentence.index]
    here = [time for time in here if time.occurred_start == day]
    if here:
        yield from ("named in the sentence", f"named in the sentence, {speech}")
    if any(time.saying for time in here):
        yield "named in the sentence, of speaking"
    if any(time.bound for time in here):
        yield "named in the sentence, bound to a noun"
    before = [named for named in story.named if named.start < one.event.evidence.start]
    if before and before[-1].mention.occurred_start == day:
        yield from ("named last", f"named last, {_bucket(one.sentence.index - before[-1].sentence)} before")


def _like_signs(story: Story, one: CodedEvent, day: date) -> Iterator[str]:
    """Yield what the event shares with those of the day."""
    event = one.event
    others = [other for other in story.dated if _day_of(other) == day and other is not one]
    if not others:
        return
    yield "of the same type" if any(other.event.type == event.type for other in others) else "of another type"
    places = {place for other in others if (place := _place_key(other.event.place)) is not None}
    if (own := _place_key(event.place)) is not None and places:
        yield "of the same place" if own in places else "of another place"
    if _keys(event.actors) & {key for other in others for key in _keys(other.event.actors)}:
        yield "of the same actor"
    if _keys(event.recipients) & {key for other in others for key in _keys(other.event.recipients)}:
        yield "of the same recipient"
    if any(_same_word(event, other.event) for other in others):
        yield "of the same word"
    if any(_same_toll(event, other.event) for other in others):
        yield "of the same toll"
    yield from _tie_signs(story, one, others)


def _tie_signs(story: Story, one: CodedEvent, others: Sequence[CodedEvent]) -> Iterator[str]:
    """Yield how the event hangs together with those of the day: in its sentence, in its statement, as told last."""
    beside = next((other for other in others if other.sentence.index == one.sentence.index), None)
    if beside is not None:
        above = set(ancestors(one.sentence, one.word.token))
        below = one.word.token in set(ancestors(one.sentence, beside.word.token))
        yield f"beside it, {'under' if beside.word.token in above else 'over' if below else 'apart'}"
    if any(other.statement.id == one.statement.id for other in others):
        yield "of the same statement"
    alike = [other for other in _before(story.dated, one) if other.event.type == one.event.type]
    if alike and any(other is alike[-1] for other in others):
        yield from ("of the last of its type", f"of the last of its type, {form_of(one)}")
        if _same_word(one.event, alike[-1].event):
            yield "of the last of its type, the same word"
    told = [act for act in _before(story.acts, one) if act.event.type == one.event.type]
    if told and any(other is told[-1] for other in others):
        yield "of the one before of its type"


def _before(rows: Sequence[CodedEvent], one: CodedEvent) -> list[CodedEvent]:
    return [row for row in rows if row.event.evidence.start < one.event.evidence.start]


def _place_key(place: Place | None) -> str | None:
    return (place.place_id or place.text) if place is not None else None


def _keys(participants: Sequence[Participant]) -> set[str]:
    return {one.actor_id or one.name for one in participants}


def _same_word(event: Event, other: Event) -> bool:
    return event.text.lower()[:_STEM] == other.text.lower()[:_STEM]


def _same_toll(event: Event, other: Event) -> bool:
    one, two = event.numbers.killed, other.numbers.killed
    return one is not None and two is not None and one.best == two.best


# --- whose day it is --------------------------------------------------------------------------------------------------


def _lender(story: Story, one: CodedEvent, day: date) -> Event | None:
    """Return the event whose day it is: the last one told before, of the same type if any is; else the first after."""
    others = [other for other in story.dated if _day_of(other) == day and other is not one]
    alike = [other for other in others if other.event.type == one.event.type] or others
    before = _before(alike, one)
    return (before[-1] if before else alike[0]).event if alike else None


def _namer(story: Story, one: CodedEvent, day: date) -> NamedDay | None:
    """Return the time that names the day: the last one before the event, else the first after it."""
    named = [row for row in story.named if row.mention.occurred_start == day]
    before = [row for row in named if row.start < one.event.evidence.start]
    return before[-1] if before else named[0] if named else None
