"""The rows of the page: the picture, its evidence, its timeline and its signals, in words and ready to be set."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from mene.records import Citation, Holding
from mene.report.contents import Contents, Worth
from mene.report.page.text import show_chain
from mene.report.rows import (
    name_place,
    order_holdings,
    say_control,
)
from mene.report.words import (
    MODALITY_WORDS,
    plain,
    say_day,
    say_likelihood,
    say_percent,
)

_LONGEST_QUOTE = 220
"""Characters of a statement shown as evidence; the whole stands in its article, one step away."""
_MOST_CITED = 12
"""Citations shown under one row; the others are counted."""


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
class PlaceRow:
    """A holding."""

    id: str
    place: str
    status: str
    words: str
    since: str
    likely: str
    percent: str
    worth: Worth
    shown_for: Evidence
    shown_against: Evidence


# --- evidence ---------------------------------------------------------------------------------------------------------


def show_evidence(citations: Sequence[Citation], contents: Contents) -> Evidence:
    """Return citations as shown, one for each statement; copies come after the tellings they copy."""
    unique = {one.statement_id: one for one in citations}
    first = [one for one in unique.values() if contents.first_telling(one.statement_id) == one.statement_id]
    ordered = first + [one for one in unique.values() if one not in first]
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


def show_places(contents: Contents) -> list[PlaceRow]:
    """Return the holdings, what most origins say first."""
    return [_place(row, contents) for row in order_holdings(contents)]


def _place(row: Holding, contents: Contents) -> PlaceRow:
    control = say_control(row, contents)
    return PlaceRow(
        id=contents.id(row.id),
        place=name_place(row.place),
        status=control.status,
        words=" ".join(part for part in (control.holder, control.pressing) if part),
        since=say_day(row.since) if row.since else "",
        likely=say_likelihood(row.belief),
        percent=say_percent(row.belief),
        worth=contents.worth(row),
        shown_for=show_evidence(row.evidence_for, contents),
        shown_against=show_evidence(row.evidence_against, contents),
    )


def find_pressing(holding: Holding, contents: Contents) -> str:
    """Return who presses on a place nearly taken, contested or besieged; nothing where nobody is named."""
    if holding.status not in ("nearly_taken", "contested", "besieged"):
        return ""
    holder = plain(holding.holder.name) if holding.holder else ""
    return next((name for name in contents.actors(holding.evidence_for) if name != holder), "")


def count_dropped(contents: Contents) -> list[tuple[str, int, list[str]]]:
    """Return what was left out by reason, with some of the texts, the commonest reason first."""
    by_reason: defaultdict[str, list[str]] = defaultdict(list)
    for one in contents.dropped:
        by_reason[f"{one.stage}: {plain(one.reason)}"].append(plain(one.text)[:160])
    ranked = sorted(by_reason.items(), key=lambda item: (-len(item[1]), item[0]))
    return [(reason, len(texts), list(dict.fromkeys(texts))[:20]) for reason, texts in ranked]
