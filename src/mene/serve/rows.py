"""The rows of a page of the live views, in words and ready to be set; each leads to its claim without any script."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mene.picture.tellings import FACTS
from mene.records import Article, Citation, Outlook
from mene.report.brief_lines import fit
from mene.report.contents import Contents, Worth
from mene.report.happenings import Happening, phrase_event
from mene.report.page.claims import show_chain
from mene.report.rows import (
    judge_dispute,
    order_backings,
    order_disputes,
    order_signals,
    say_presence,
    say_row,
    say_signal,
)
from mene.report.words import (
    MODALITY_WORDS,
    plain,
    say_day,
    say_likelihood,
    say_number,
    say_numbers,
    say_percent,
    say_when,
)

_LONGEST_QUOTE = 220
"""Characters of a statement shown as evidence; the whole stands in its article, one step away."""
_MOST_CITED = 12
"""Citations shown under one row; the others are counted."""
_BEFORE_DAYS = 60
"""Days before the first article from which an event belongs to the timeline; what is older is history."""


_WIDEST_DAYS = 10
"""Days an event may span to stand under its last one; "in autumn" is no day, and would look like one."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A citation as shown: the words, who told whom, how surely, when, and the id that leads to the sentence."""

    id: str
    words: str
    chain: str
    modality: str
    day: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """The citations shown under a row, and how many more there are."""

    quotes: tuple[Quote, ...]
    more: int

    @property
    def total(self) -> int:
        """How many statements are cited."""
        return len(self.quotes) + self.more


@dataclass(frozen=True, slots=True)
class Row:
    """A backing, a presence or a signal: words, how sure, worth and evidence."""

    id: str
    words: str
    day: str
    likely: str
    worth: Worth
    evidence: Evidence
    is_fact: bool
    stance: str = ""
    strength: float = 0.0


@dataclass(frozen=True, slots=True)
class DisputeRow:
    """A dispute: its positions side by side."""

    id: str
    subject: str
    kind: str
    worth: Worth
    positions: tuple[tuple[str, tuple[str, ...], Evidence], ...]
    settled: str


@dataclass(frozen=True, slots=True)
class Moment:
    """An event on the timeline; `id` is that of the statement quoted for it."""

    id: str
    words: str
    when: str
    numbers: str
    style: str
    label: str
    origin: str
    worth: Worth
    shown_for: Evidence
    shown_against: Evidence


@dataclass(frozen=True, slots=True)
class Day:
    """The events of one day: what is told as fact, and the rest."""

    title: str
    facts: tuple[Moment, ...]
    others: tuple[Moment, ...]


@dataclass(frozen=True, slots=True)
class LeaderPanel:
    """The outlook of one leader, with the signals for and against staying."""

    name: str
    judgement: str
    base: str
    note: str
    signals: tuple[Row, ...]

    @property
    def balance(self) -> str:
        """How many signals stand on each side."""
        against = sum(row.stance == "against" for row in self.signals)
        return f"{say_number(against, 'signal')} against staying, {len(self.signals) - against} for"


# --- evidence ---------------------------------------------------------------------------------------------------------


def show_evidence(citations: Sequence[Citation], contents: Contents) -> Evidence:
    """Return citations as shown, one for each statement; copies come after the tellings they copy."""
    unique = {one.statement_id: one for one in citations}
    ordered = sorted(unique.values(), key=lambda one: contents.first_telling(one.statement_id) != one.statement_id)
    quotes = tuple(_quote(one, contents) for one in ordered[:_MOST_CITED])
    return Evidence(quotes, len(ordered) - len(quotes))


def _quote(citation: Citation, contents: Contents) -> Quote:
    statement = contents.statements.get(citation.statement_id)
    words = plain(statement.text) if statement else "the statement is not at hand"
    if len(words) > _LONGEST_QUOTE:
        words = words[:_LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"
    return Quote(
        id=contents.id(citation.statement_id),
        words=words,
        chain=show_chain(statement.sources) if statement else plain(citation.origin),
        modality="" if citation.modality == "asserted" else MODALITY_WORDS[citation.modality],
        day=say_day(citation.published_at) if citation.published_at else "no date",
    )


# --- the picture ------------------------------------------------------------------------------------------------------


def show_backings(contents: Contents) -> list[Row]:
    """Return who backs whom."""
    return [
        Row(
            id=contents.id(row.id),
            words=say_row(row),
            day=say_day(row.since) if row.since and not row.background else "",
            likely=say_likelihood(row.belief),
            worth=contents.worth(row),
            evidence=show_evidence(row.evidence, contents),
            is_fact=row.modality in FACTS and not row.background,
        )
        for row in order_backings(contents)
    ]


def show_presences(contents: Contents) -> list[Row]:
    """Return which force is where, what most origins say first."""
    rows = sorted(
        contents.picture.presences, key=lambda row: (row.modality not in FACTS, -len(row.origins), row.place.name)
    )
    return [
        Row(
            id=contents.id(row.id),
            words=say_presence(row),
            day="",
            likely=say_likelihood(row.belief),
            worth=contents.worth(row),
            evidence=show_evidence(row.evidence, contents),
            is_fact=row.modality in FACTS,
        )
        for row in rows
    ]


def show_disputes(contents: Contents) -> list[DisputeRow]:
    """Return the disputes with their positions side by side."""
    return [
        DisputeRow(
            id=contents.id(row.id),
            subject=plain(row.subject),
            kind="estimates differ" if row.kind == "differs_in_estimate" else "contradiction",
            worth=judge_dispute(row, contents),
            positions=tuple(
                (plain(one.claim), tuple(map(plain, one.origins)), show_evidence(one.evidence, contents))
                for one in row.positions
            ),
            settled=contents.id(row.resolved_by) if row.resolved_by else "",
        )
        for row in order_disputes(contents)
    ]


def show_leaders(contents: Contents) -> list[LeaderPanel]:
    """Return the outlooks, of the leader whom the strongest signals concern first."""
    panels = [_leader(one, contents) for one in contents.outlook]
    return sorted(panels, key=lambda panel: -sum(row.strength for row in panel.signals))


def _leader(outlook: Outlook, contents: Contents) -> LeaderPanel:
    days = outlook.horizon_days
    judgement = "Not calibrated: no probability is given"
    if outlook.probability is not None:
        within = (
            f" ({say_percent(outlook.interval[0])} to {say_percent(outlook.interval[1])})" if outlook.interval else ""
        )
        judgement = f"Loses power within {days} days: {outlook.band}, {say_percent(outlook.probability)}{within}"
    rows = tuple(
        Row(
            id=contents.id(row.id),
            words=say_signal(row, contents),
            day=say_day(row.day) if row.day else "",
            likely="",
            worth=contents.worth(row),
            evidence=show_evidence(row.evidence, contents),
            is_fact=row.modality in FACTS,
            stance=row.stance,
            strength=row.strength,
        )
        for row in order_signals(outlook.leader, contents)
    )
    base = f"{say_percent(outlook.base_rate)} of leaders in a like place lose power within {days} days"
    return LeaderPanel(plain(contents.leader(outlook.leader)), judgement, base, plain(outlook.note), rows)


# --- the timeline -----------------------------------------------------------------------------------------------------


def show_timeline(happenings: Iterable[Happening], contents: Contents) -> tuple[list[Day], list[Moment]]:
    """Return the days, the last first, with what is not dated below; and history, which is never among the news."""
    by_day: defaultdict[date, list[Happening]] = defaultdict(list)
    undated, history = [], []
    first = _first_day(contents.articles.values())
    for one in sorted(happenings, key=lambda one: one.weight, reverse=True):
        day = one.event.occurred_end or one.event.occurred_start
        if one.background or (day and first and (first - day).days > _BEFORE_DAYS):
            history.append(one)
        elif day is None or _width(one) > _WIDEST_DAYS:
            undated.append(one)
        else:
            by_day[day].append(one)
    days = [_day(say_day(day), by_day[day], contents) for day in sorted(by_day, reverse=True)]
    days += [_day("No single day", undated, contents)] if undated else []
    history.sort(key=lambda one: one.event.occurred_start or date.max)
    return days, [_moment(one, contents) for one in history]


def _width(one: Happening) -> int:
    start, end = one.event.occurred_start, one.event.occurred_end
    return (end - start).days if start and end else 0


def _first_day(articles: Iterable[Article]) -> date | None:
    return min((one.published_at for one in articles if one.published_at), default=None)


def _day(title: str, told: Sequence[Happening], contents: Contents) -> Day:
    facts = tuple(_moment(one, contents) for one in told if one.is_fact)
    return Day(title, facts, tuple(_moment(one, contents) for one in told if not one.is_fact))


def _moment(one: Happening, contents: Contents) -> Moment:
    event = one.event
    is_span = event.occurred_end is not None and event.occurred_end != event.occurred_start
    style = "past" if one.background else "solid" if one.is_fact else "hollow"
    when = say_when(event) if is_span or one.background or event.has_inferred_day else ""
    year = event.occurred_start.year if event.occurred_start else None
    label = (f"background ({year})" if year else "background") if one.background else ""
    if not label and not one.is_fact:
        label = "opinion" if one.modality in FACTS else MODALITY_WORDS[one.modality]
    return Moment(
        id=contents.id(one.statement.id),
        words=_phrase(one),
        when=when,
        numbers=plain(say_numbers(event.numbers)),
        style=style,
        label=label,
        origin=plain(one.statement.origin.name or one.statement.origin.kind),
        worth=one.worth,
        shown_for=show_evidence(one.occurrence.evidence, contents),
        shown_against=show_evidence(one.occurrence.evidence_against, contents),
    )


def _phrase(one: Happening) -> str:
    """Return an event in words; one without a side or a place says nothing alone, and is quoted."""
    event = one.event
    if event.actors or event.recipients or event.place:
        return phrase_event(event)
    return f"{phrase_event(event)}: “{fit(plain(one.statement.text), 90)}”"
