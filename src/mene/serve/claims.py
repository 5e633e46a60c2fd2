"""One claim as a view shows it: what it says, what it is worth, and the sentences for and against it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from mene.records import Citation, Dispute, Event, Holding, Occurrence, Presence, Signal, Statement
from mene.report.contents import Claim, Contents, Worth
from mene.report.happenings import gather_happenings, judge, phrase_event
from mene.report.page.claims import render_claim, show_chain
from mene.report.rows import judge_dispute, name_place, say_control, say_presence, say_row, say_signal
from mene.report.words import MODALITY_WORDS, plain, say_day, say_likelihood

_LONGEST_QUOTE = 220
"""Characters of a statement shown as evidence; the whole stands in its article, one step away."""

_MOST_CITED = 12
"""Citations shown on each side; the others are counted."""


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
    """The citations shown of one side, and how many more there are."""

    quotes: tuple[Quote, ...]
    more: int


@dataclass(frozen=True, slots=True)
class ClaimPanel:
    """A claim as shown: what it is, in words, what it is worth, what speaks for and against; a statement as a whole."""

    id: str
    kind: str
    words: str
    worth: Worth | None
    statement: Markup
    evidence: tuple[tuple[str, Evidence], ...]
    article: str


def show_claim(claim: Claim, contents: Contents) -> ClaimPanel:
    """Return a claim as it is shown."""
    if isinstance(claim, Event):
        claim = contents.statements[claim.statement_id]
    return ClaimPanel(
        id=contents.id(claim.id),
        kind=type(claim).__name__.lower(),
        words=say_claim(claim, contents),
        worth=_worth(claim, contents),
        statement=render_claim(claim.id, contents, to="/claim/") if isinstance(claim, Statement) else Markup(""),
        evidence=tuple(_evidence(claim, contents)),
        article=claim.evidence.article_id[:12] if isinstance(claim, Statement) else "",
    )


def _worth(claim: Claim, contents: Contents) -> Worth | None:
    if isinstance(claim, Statement):
        return judge([claim.id], contents, claim.modality)
    if isinstance(claim, Dispute):
        return judge_dispute(claim, contents)
    return None if isinstance(claim, Event) else contents.worth(claim)


def say_claim(claim: Claim, contents: Contents) -> str:
    """Return what a claim says, in one line."""
    if isinstance(claim, Statement):
        return plain(claim.text)
    if isinstance(claim, Event):
        return phrase_event(claim)
    if isinstance(claim, Occurrence):
        alone = replace(contents, picture=replace(contents.picture, occurrences=(claim,)))
        return phrase_event(gather_happenings(alone)[0].event)
    if isinstance(claim, Holding):
        return f"{name_place(claim.place)}: {say_control(claim, contents).words}, {say_likelihood(claim.belief)}"
    if isinstance(claim, Dispute):
        return plain(claim.subject)
    if isinstance(claim, Signal):
        return f"{plain(contents.leader(claim.leader))}: {say_signal(claim, contents)}"
    return say_presence(claim) if isinstance(claim, Presence) else say_row(claim)


def _evidence(claim: Claim, contents: Contents) -> Iterator[tuple[str, Evidence]]:
    """Yield what speaks for a row and against it, each list with its name."""
    if isinstance(claim, Holding):
        yield "For", show_evidence(claim.evidence_for, contents)
        yield "Against", show_evidence(claim.evidence_against, contents)
    elif isinstance(claim, Dispute):
        yield from ((plain(one.claim), show_evidence(one.evidence, contents)) for one in claim.positions)
    elif isinstance(claim, Occurrence):
        yield "Told in", show_evidence(claim.evidence, contents)
        yield "Denied in", show_evidence(claim.evidence_against, contents)
    elif not isinstance(claim, Statement | Event):
        yield "Evidence", show_evidence(claim.evidence, contents)


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
