"""When things happened: the times a sentence names, resolved against the publication day.

    find_times   every time in a text, as the days it stands for
    time_of      the one time that governs a trigger
    anchor_after the day that "two days later" in the next sentence counts from
    timex_value  its value in TIMEX3 notation (ISO-TimeML)
    find_basis   the rule and the days that a time rests on, for whoever asks why

The grammar is in `rules*.py`, its words in `words.yaml`. Where two rules match the same words the longer
match stands. What cannot be resolved (a weekday in an article without a date) keeps its words and has no days.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache, lru_cache

from mene.dates.rules import Rule
from mene.dates.rules_day import day_rules
from mene.dates.rules_hijri import hijri_rules
from mene.dates.rules_length import length_rules
from mene.dates.rules_period import period_rules
from mene.dates.spans import Kind, TimeModality, When, shift
from mene.dates.words import Setting, any_of, compile_words, not_dates
from mene.vocabulary import TimePrecision

# A time that ended longer before publication than this is history told to explain the news. A quarter of a year is
# longer than any campaign's phase that daily reporting treats as current, and shorter than an anniversary.
BACKGROUND_DAYS = 90


@dataclass(frozen=True, slots=True)
class TimeMention:
    """A time named in a text: `text` is `[start, end)`, with the preposition that opens or closes it ("since 2011").

    `occurred_start`/`occurred_end` are the first and last possible day, either None where open or unknown. `background`
    marks times clearly before the news. `bound` times belong to the noun after them ("Thursday's attack", "the 2015
    deal"); `saying` ones to a verb of speaking ("said on Friday") or to the page itself ("Published July 4 2015").
    `timex` is the TIMEX3 value, `kind` its type.
    """

    start: int
    end: int
    text: str
    occurred_start: date | None
    occurred_end: date | None
    precision: TimePrecision
    modality: TimeModality
    background: bool
    timex: str = ""
    kind: Kind = "DATE"
    bound: bool = False
    saying: bool = False


@dataclass(frozen=True, slots=True)
class _Candidate:
    match: re.Match[str]
    rule: Rule
    order: int


@cache
def _rules() -> tuple[Rule, ...]:
    return (*day_rules(), *hijri_rules(), *period_rules(), *length_rules())


_WORTH_A_LOOK = re.compile(
    r"\d|day|morrow|night|week|month|year|decade|centur|hour|minute|second|morning|evening|noon|dawn|dusk|sun|quarter|half"
    r"|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mon|tue|wed|thu|fri|sat|spring|summer|autumn|fall|winter"
    r"|now|current|present|recent|late|past|future|soon|short|eventual|former|previous|histor|height|back|once|ago"
    r"|war|easter|christmas|eid|ramadan|ashura|muharram|n[eo]wro?[uoz]|thanksgiving|valentine|ties\b|moment|speak",
    re.IGNORECASE,
)


@lru_cache(maxsize=256)
def find_times(text: str, *, published: date | None, anchor: date | None = None) -> tuple[TimeMention, ...]:
    """Return the times that a sentence names, in the order of the text.

    `published` is the day that "yesterday" and "Friday" count from; without it they stay unresolved. `anchor` is the
    day told of just before, from which "two days later" counts; a day named earlier in the sentence takes its place.

    >>> [(m.text, m.occurred_start) for m in find_times("They left Hama on Thursday.", published=date(2024, 12, 7))]
    [('Thursday', datetime.date(2024, 12, 5))]
    """
    if not _WORTH_A_LOOK.search(text):
        return ()
    return tuple(mention for mention, _, _ in _walk(Setting(text, published, anchor)))


def _walk(setting: Setting) -> Iterator[tuple[TimeMention, _Candidate, Setting]]:
    """Yield each time of a sentence with the match it was made of and the setting it was resolved in."""
    for candidate in sorted(_chosen(setting), key=lambda chosen: chosen.match.start()):
        when = candidate.rule.resolve(candidate.match, setting)
        if when is None:
            continue
        mention = _mention(candidate.match, when, setting)
        yield mention, candidate, setting
        setting = _told(setting, mention)


@dataclass(frozen=True, slots=True)
class Basis:
    """What the days of a time rest on: the rule that read its words, and the days that it was counted from.

    `published` and `told` are those days, each None where the time would be the same without it.
    """

    rule: str
    published: date | None
    told: date | None


def find_basis(mention: TimeMention, text: str, *, published: date | None, anchor: date | None = None) -> Basis:
    """Return what a time that `find_times` found in the same text rests on: the text is read again without each day.

    Raises ValueError where the text has no such time.

    >>> text, day = "They left Hama on Thursday.", date(2024, 12, 7)
    >>> find_basis(find_times(text, published=day)[0], text, published=day)
    Basis(rule='weekday', published=datetime.date(2024, 12, 7), told=None)
    """
    found = (row for row in _walk(Setting(text, published, anchor)) if row[0] == mention)
    row = next(found, None)
    if row is None:
        raise ValueError(f"no time {mention.text!r} in this text")
    _, candidate, setting = row

    def rests_on(without: Setting) -> bool:
        when = candidate.rule.resolve(candidate.match, without)
        again = _mention(candidate.match, when, without) if when is not None else None
        days = (again.occurred_start, again.occurred_end) if again is not None else None
        return days != (mention.occurred_start, mention.occurred_end)

    told = setting.anchor if rests_on(replace(setting, anchor=None)) else None
    if told is None and rests_on(replace(setting, explicit=None)):
        told = setting.explicit
    alone = rests_on(replace(setting, published=None))
    alone = alone or (told is None and rests_on(Setting(setting.text, None)))
    return Basis(candidate.rule.name, published if alone else None, told)


def _candidates(setting: Setting) -> Iterator[_Candidate]:
    for order, rule in enumerate(_rules()):
        for match in rule.pattern.finditer(setting.text):
            yield _Candidate(match, rule, order)


def _chosen(setting: Setting) -> list[_Candidate]:
    """Return the longest matches that are times, none overlapping another or what only looks like a time."""

    def rank(candidate: _Candidate) -> tuple[int, int, int]:
        start, end = candidate.match.span()
        return start - end, start, candidate.order

    covered = bytearray(len(setting.text))
    for match in not_dates().finditer(setting.text):
        covered[slice(*match.span())] = b"\1" * len(match.group())
    chosen: list[_Candidate] = []
    for candidate in sorted(_candidates(setting), key=rank):
        span = slice(*candidate.match.span())
        if any(covered[span]) or candidate.rule.resolve(candidate.match, setting) is None:
            continue
        covered[span] = b"\1" * len(candidate.match.group())
        chosen.append(candidate)
    return chosen


def _told(setting: Setting, mention: TimeMention) -> Setting:
    """Return the setting after a mention: a day just named anchors what follows, and so does a year written out."""
    day = mention.occurred_start
    if day is None or mention.bound or mention.saying or mention.kind in ("DURATION", "SET"):
        return setting
    exact = mention.precision == "day" and mention.timex != "PRESENT_REF"
    year = re.search(r"\b(?:1[5-9]|20)\d\d\b", mention.text) and mention.precision in (
        "day",
        "month",
        "year",
        "week",
        "season",
    )
    return replace(setting, anchor=day if exact or year else setting.anchor, explicit=day if year else setting.explicit)


# --- what stands around a time ----------------------------------------------------------------------------------------

_MODALITY_OF: dict[str, TimeModality] = {
    "since": "since",
    "ever since": "since",
    "starting": "since",
    "beginning": "since",
    "from": "since",
    "until": "until",
    "till": "until",
    "up to": "until",
    "through": "until",
    "by": "by",
    "no later than": "by",
    "before": "before",
    "prior to": "before",
    "ahead of": "before",
    "after": "after",
    "following": "after",
    "around": "about",
    "about": "about",
    "circa": "about",
    "some time in": "about",
}
_BEFORE = re.compile(rf"\b({any_of(_MODALITY_OF)})\s+(?:the\s+|late\s+|at\s+least\s+)?$", re.IGNORECASE)


def _mention(match: re.Match[str], when: When, setting: Setting) -> TimeMention:
    start, end = match.span()
    text = setting.text
    start += len(text[start:end]) - len(text[start:end].lstrip())
    end = start + len(text[start:end].rstrip())
    bound = _is_bound(text, start, end, when)
    before = None if bound or when.kind in ("DURATION", "SET") else _BEFORE.search(text, max(0, start - 30), start)
    background = False
    if before and before[1].lower() == "from" and when.precision != "day":
        before = None  # "up from a year ago" compares; only "from Monday" begins
    if before and when.modality == "on" and when.precision != "span":
        # "After 2011" has no end of its own; what follows an old day is told as history, unlike what lasts "since" it.
        background = before[1].lower() in ("after", "following") and _is_background(when, setting.published)
        start, when = before.start(), _with_modality(when, _MODALITY_OF[" ".join(before[1].lower().split())], setting)
    return TimeMention(
        start=start,
        end=end,
        text=text[start:end],
        occurred_start=when.start,
        occurred_end=when.end,
        precision=when.precision if when.start or when.end else "unknown",
        modality=when.modality,
        background=background or when.background or _is_background(when, setting.published),
        timex=when.value,
        kind=when.kind,
        bound=bound,
        saying=not bound and (_is_saying(text, start) or _is_dateline(text, start, end, when)),
    )


def _with_modality(when: When, modality: TimeModality, setting: Setting) -> When:
    """Return the interval that "since", "before" or "by" makes of a time; open ends are None."""
    if when.start is None or when.end is None:
        return replace(when, modality=modality)
    today = setting.published if setting.published and setting.published >= when.start else None
    start, end = {
        "since": (when.start, today),
        "after": (when.start, today),
        "before": (None, shift(when.start, -1)),
        "until": (None, when.end),
        "by": (None, when.end),
    }.get(modality, (when.start, when.end))
    return replace(when, start=start, end=end, modality=modality)


def _is_background(when: When, published: date | None) -> bool:
    return published is not None and when.end is not None and when.end < shift(published, -BACKGROUND_DAYS)


def _is_bound(text: str, start: int, end: int, when: When) -> bool:
    """Return whether a time belongs to the noun after it: "Thursday's attack", "the 2015 deal", "the Nov. 27 truce"."""
    if when.precision == "day" and re.search(r"days$", text[start:end], re.IGNORECASE):
        return True  # "Thursdays attack", its apostrophe lost
    if re.match(r"['’]s?\s+\w", text[end : end + 4]):
        return True
    article = re.search(
        r"\b(?:the|a|an|its|his|her|their|this|that)\s+$", text[max(0, start - 8) : start], re.IGNORECASE
    )
    inside = re.match(r"(?:the|a)\s", text[start:end], re.IGNORECASE)
    noun = re.match(
        r"\s+(?!and\b|or\b|to\b|in\b|on\b|at\b|of\b|by\b|when\b|that\b|for\b|with\b|after\b|but\b)[a-z]",
        text[end : end + 8],
    )
    fine = when.precision in ("day", "year", "month", "season") and when.kind in ("DATE", "TIME")
    return bool(fine and noun and (article or (inside and when.precision == "year")))


def _is_saying(text: str, start: int) -> bool:
    before = re.sub(
        r"(?:,|\bon|\bin|\blate|\bearlier|\bearly|\bback)?\s*$", "", text[max(0, start - 40) : start].rstrip()
    )
    verbs = list(compile_words("reporting_verbs").finditer(before))
    return bool(verbs) and verbs[-1].end() >= len(before.rstrip())


_PAGE_DATE = re.compile(
    r"(?:date of )?(?:published|publication|posted|updated|last (?:updated|modified)|issued)(?: on| at)?:?",
    re.IGNORECASE,
)


def _is_dateline(text: str, start: int, end: int, when: When) -> bool:
    """Return whether a full date heads the text as the page's own: "Posted on July 20 2016", "10 Jul 2016 Rebels"."""
    before = text[:start].strip()
    if not re.search(r"\b(?:1[5-9]|20)\d\d\b", text[start:end]) or when.precision != "day":
        return False
    headed = _PAGE_DATE.fullmatch(before)
    return bool(headed) or (not before and bool(re.match(r"\s+[\dA-Z\"“(]|\s+at\s+\d", text[end : end + 6])))


# --- choosing the time of an event ------------------------------------------------------------------------------------

# Characters. A bound time governs the noun within a few words of it; a time before the trigger counts as three times as
# far as one after it, since English puts adverbials of time last and the next verb's own time often follows.
BOUND_REACH = 25
BEFORE_FACTOR = 3.0


def time_of(
    trigger_start: int, trigger_end: int, clause_span: tuple[int, int], times: Sequence[TimeMention]
) -> TimeMention | None:
    """Return the time that governs a trigger, or None.

    Only times inside the trigger's clause count, so that the day somebody spoke does not date what is spoken of. A time
    bound to a noun governs that noun alone; a time of speaking governs the speaking alone. Resolved times win over
    unresolved ones, named days over "now", then the nearest wins; lengths ("for three days") date nothing unless they
    reach the present.
    """
    ranked = [
        (_vagueness(mention), distance, mention.start, mention)
        for mention in _inside(clause_span, times)
        if (distance := _distance(trigger_start, trigger_end, mention)) is not None
    ]
    return min(ranked, key=lambda entry: entry[:3])[3] if ranked else None


def _vagueness(mention: TimeMention) -> int:
    if mention.occurred_start is None and mention.occurred_end is None:
        return 2
    return int(mention.timex == "PRESENT_REF")


def _inside(span: tuple[int, int], times: Iterable[TimeMention]) -> Iterator[TimeMention]:
    for mention in times:
        dated = mention.occurred_start is not None or mention.occurred_end is not None
        dating = dated or (mention.kind != "DURATION" and (mention.background or mention.timex[:4] == "XXXX"))
        if span[0] <= mention.start and mention.end <= span[1] and mention.kind != "SET" and dating:
            yield mention


def _distance(start: int, end: int, mention: TimeMention) -> float | None:
    """Return how far a time is from the trigger, None where it belongs to another word."""
    if mention.bound:
        return float(start - mention.end) if 0 <= start - mention.end <= BOUND_REACH else None
    if mention.saying and not 0 <= mention.start - end <= 4:
        return None
    if mention.start >= end:
        return float(mention.start - end)
    return (start - mention.end) * BEFORE_FACTOR if mention.end <= start else 0.0


def anchor_after(times: Sequence[TimeMention], anchor: date | None) -> date | None:
    """Return the day told of after a sentence with these times: its last plain day, else the anchor it began with.

    >>> anchor_after(find_times("They took it on Thursday.", published=date(2024, 12, 7)), None)
    datetime.date(2024, 12, 5)
    """
    days = [
        one.occurred_start
        for one in times
        if one.precision == "day" and one.timex != "PRESENT_REF" and not (one.bound or one.saying or one.background)
    ]
    return next((day for day in reversed(days) if day is not None), anchor)


def timex_value(mention: TimeMention) -> str:
    """Return the TIMEX3 value of a time: 2024-12-05, 2024-W49, 2024-12, P2W, PRESENT_REF, XXXX-WXX-5.

    >>> timex_value(find_times("It was shelled last week.", published=date(2024, 12, 7))[0])
    '2024-W48'
    """
    return mention.timex
