"""Why an event has its days: the words that name them, the day they count from, or what its day was taken over from."""

from collections.abc import Iterator, Sequence
from datetime import date

from mene.dates import Basis, TimeMention, find_basis, find_times
from mene.dates.times import BACKGROUND_DAYS
from mene.events.held import Besieged, Held
from mene.report.why.case import Case, point_to
from mene.report.why.records import Reason
from mene.report.why.words import say, say_chance
from mene.report.words import plain, say_day, say_when

_ANY_DAY = date(2000, 1, 15)
"""A day put in the place of one that is missing, to see whether a time has only waited for it."""


def explain_day(case: Case) -> Reason:
    """Return why the event has its first and last possible day, or why they are unknown."""
    event = case.coded.event
    days = (event.occurred_start, event.occurred_end)
    teller = _teller(case)
    timed = teller.coded.timed if not event.has_inferred_day else None
    again = case.say_again(teller)
    because = (*again, *_because(teller))
    return Reason(
        aspect="day",
        value=_in_words(case),
        code="/".join(day.isoformat() if day else "" for day in days) if any(days) else None,
        words=plain(timed.mention.text) if timed is not None else None,
        because=because,
        leading=len(again) + 1 if timed is not None and len(because) > 1 else 0,
    )


def _teller(case: Case) -> Case:
    """Return the case of the word whose time the event has: its own, or one that tells the same attack again."""
    event = case.coded.event
    days = (event.time_text, event.occurred_start, event.occurred_end)
    for one in case.tellers if not event.has_inferred_day else ():
        time = one.coded.timed.mention if one.coded.timed is not None else None
        if time is not None and (time.text, time.occurred_start, time.occurred_end) == days:
            return one
    return case


def _in_words(case: Case) -> str:
    event = case.coded.event
    start, end = event.occurred_start, event.occurred_end
    if start is None and end is not None:
        return f"by {say_day(end)}"
    if start is not None and end is None:
        return f"from {say_day(start)} on"
    return say_when(event)


def _because(case: Case) -> Iterator[str]:
    coded = case.coded
    if coded.event.has_inferred_day:
        yield from _taken_over(case)
    elif coded.timed is None:
        yield from _unknown(case)
    else:
        yield from _of_time(case, coded.timed.mention)
        yield _taken(case)
    if coded.event.background:
        yield f"told as history: {_history(case)}"


def _taken(case: Case) -> str:
    """Return why this time of the sentence governs the event."""
    timed = case.coded.timed
    others = [time for time in _times(case) if timed is not None and time != timed.mention]
    if timed is not None and not timed.in_clause:
        share = f" ({_share(case)})" if case.coded.weighed is not None else ""
        return f"the only time that could date “{case.word}”, though in another clause of its sentence{share}"
    if not others:
        return f"it stands in the clause of “{case.word}”, and no other time in the sentence"
    named = ", ".join(f"“{plain(time.text)}”" for time in others)
    return f"it is the time nearest to “{case.word}” in its clause; the sentence also names {named}"


def _times(case: Case) -> tuple[TimeMention, ...]:
    """Return all the times that the event's sentence names."""
    return find_times(_text(case), published=case.context.published)


def _history(case: Case) -> str:
    if case.coded.statement.kind == "background":
        return "the whole statement is background"
    if case.coded.timed is not None and case.coded.timed.mention.background:
        days = case.coded.event.occurred_start or case.coded.event.occurred_end
        long_ago = f"the time lies more than {BACKGROUND_DAYS} days before publication"
        return long_ago if days else "the words are for long ago"
    return "the words tell a state that is over"


def _taken_over(case: Case) -> Iterator[str]:
    """Yield from what a day was taken over that no words of the event's own clause name, and how likely it is."""
    if (weighed := case.coded.weighed) is None:
        return
    taken, share = weighed.candidate, say_chance(weighed.share)
    yield f"no words of its own clause name a day; the likeliest that its article gives is taken over ({share}):"
    if (lender := taken.lender) is not None:
        yield f"that of “{plain(lender.text)}” {_where(case, lender.evidence.start)}"
        yield f"that one is dated by “{plain(lender.time_text or '')}”: {say_when(lender)}"
    elif (named := taken.named) is not None:
        yield f"that of “{plain(named.mention.text)}” {_where(case, named.start)}, which dates something else"
    elif taken.kind == "month":
        yield "the month of publication, up to that day"
    else:
        yield "the day of publication" if taken.start == case.context.published else "the day before publication"


def _share(case: Case) -> str:
    return say_chance(case.coded.weighed.share) if case.coded.weighed is not None else ""


def _where(case: Case, start: int) -> str:
    """Return the sentence of the article in which a character stands."""
    index = next(s.index for s in case.context.analysis.sentences if s.start <= start < s.end)
    return point_to(case.context, index, case.coded.sentence)


def _text(case: Case) -> str:
    sentence = case.coded.sentence
    return case.context.analysis.article.text[sentence.start : sentence.end]


def _unknown(case: Case) -> Iterator[str]:
    if isinstance(case.coded.word, Held | Besieged):
        yield "a state told in passing is given no day: it held when it was told"
        return
    times = _times(case)
    if not times:
        yield "its sentence names no time"
    for time in times:
        dated = time.occurred_start is not None or time.occurred_end is not None
        yield f"“{plain(time.text)}” " + (f"does not date “{case.word}”" if dated else _no_day(case, time))
    if case.coded.weighed is not None and case.coded.weighed.share:
        yield f"no day that its article gives is likely enough to be meant (at best {_share(case)})"


def _of_time(case: Case, time: TimeMention) -> Iterator[str]:
    published = case.context.published
    basis = find_basis(time, _text(case), published=published)
    yield f"“{plain(time.text)}”: {say('day_rule', basis.rule)}"
    if time.occurred_start is None and time.occurred_end is None:
        yield f"it {_no_day(case, time)}"
        return
    yield _counted(case, basis)
    if modality := say("time_modality", time.modality):
        yield modality


def _no_day(case: Case, time: TimeMention) -> str:
    """Return why a time has no day: what it counts from is not there, or its words give none."""
    text, published = _text(case), case.context.published
    if published is None and _has_day(time, find_times(text, published=_ANY_DAY)):
        return "has no day without a publication date (--published DAY)"
    if _has_day(time, find_times(text, published=published, anchor=_ANY_DAY)):
        return "counts from a day named before it in the sentence, and there is none"
    return "gives no day"


def _has_day(time: TimeMention, times: Sequence[TimeMention]) -> bool:
    """Tell whether a time of the same words has a day among `times`."""
    same = (one for one in times if one.start <= time.start and time.end <= one.end)
    return any(one.occurred_start is not None or one.occurred_end is not None for one in same)


def _counted(case: Case, basis: Basis) -> str:
    """Return which days a time counts from."""
    told = f"the day named before it in the sentence, {say_day(basis.told)}" if basis.told else ""
    if basis.published is None:
        return f"counted from {told}" if told else "the words give it by themselves, counted from no other day"
    metadata = case.context.analysis.article.published_at
    of = "the day of publication" if basis.published == metadata else "the day printed at the head of the text"
    instead = f" (not from the publication date {say_day(metadata)})" if metadata not in (None, basis.published) else ""
    return f"counted from {of}, {say_day(basis.published)}{instead}" + (f", and from {told}" if told else "")
