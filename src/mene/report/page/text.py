"""The articles on the page: every statement marked in its paragraph, with a note under it that says who tells it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from mene.picture.tellings import FACTS, modality_of
from mene.records import Article, Event, Evidence, Source, Statement
from mene.report.brief_lines import fit
from mene.report.claim import say_chain, spans
from mene.report.contents import Contents
from mene.report.happenings import phrase_event
from mene.report.page.marks import Claim, cut_blocks, write_pieces
from mene.report.words import (
    MODALITY_WORDS,
    plain,
    say_day,
    say_grade,
    say_loaded,
    say_numbers,
    say_when,
    say_wording,
)
from mene.statements.tone import sum_up

_LONGEST_WORDS = 160
"""Characters of a source, a cue or deciding words told in a note; the whole is marked in the text."""


@dataclass(frozen=True, slots=True)
class Note:
    """What is told under the text about one statement."""

    id: str
    number: int
    kind: str
    modality: str
    is_fact: bool
    chain: str
    sources: tuple[str, ...]
    cue: tuple[str, ...]
    deciding: tuple[str, ...]
    loaded: str
    events: tuple[str, ...]
    denies: tuple[tuple[str, str], ...]
    copy_of: str
    copies: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of an article as HTML, and the notes on the statements that begin in it."""

    kind: str
    source: str
    html: Markup
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """An article on the page."""

    id: str
    title: str
    outlet: str
    byline: str
    day: str
    url: str
    paragraphs: tuple[Paragraph, ...]
    wording: str


def write_article(article: Article, contents: Contents) -> Page:
    """Return an article with its statements marked."""
    said = [one for one in contents.statements.values() if one.evidence.article_id == article.id]
    said.sort(key=lambda one: (one.evidence.start, -one.evidence.end, one.id))
    claims = {contents.id(one.id): Claim(contents.id(one.id), place, one) for place, one in enumerate(said, 1)}
    blocks = cut_blocks(article, tuple(claims.values()))
    paragraphs = tuple(
        Paragraph(
            kind=block.kind,
            source=plain(block.attributed_to or ""),
            html=write_pieces(pieces, article.text, claims),
            notes=tuple(_note(claims[key], contents) for piece in pieces for key in piece.begins),
        )
        for block, pieces in zip(article.blocks, blocks, strict=True)
    )
    return Page(
        id=article.id[:12],
        title=plain(article.title or "") or "Without a title",
        outlet=contents.outlet(article.id),
        byline=plain(article.byline or ""),
        day=say_day(article.published_at) if article.published_at else "no date",
        url=article.url if article.url and article.url.startswith(("https://", "http://")) else "",
        paragraphs=paragraphs,
        wording=say_wording(sum_up(article.id, said)),
    )


def _note(claim: Claim, contents: Contents) -> Note:
    statement = claim.statement
    first = contents.first_telling(statement.id)
    copies = [copy for copy in contents.group_of[statement.id].copies if copy.of == statement.id]
    denied = (contents.statements[key] for key in statement.denies if key in contents.statements)
    return Note(
        id=claim.id,
        number=claim.number,
        kind=statement.kind,
        modality=f"{MODALITY_WORDS[statement.modality]}, factuality {say_grade(statement.factuality)}",
        is_fact=statement.modality in FACTS,
        chain=show_chain(statement.sources),
        sources=_words((one.evidence for one in statement.sources if one.evidence), contents),
        cue=_words((statement.cue,) if statement.cue else (), contents),
        deciding=_words(statement.deciding, contents),
        loaded=say_loaded(statement.tone.loaded),
        events=tuple(_event(event, statement) for event in contents.events_of.get(statement.id, ())),
        denies=tuple((contents.id(one.id), _denied(one)) for one in denied),
        copy_of=contents.id(first) if first != statement.id else "",
        copies=tuple((contents.id(copy.statement_id), _where(copy.statement_id, contents)) for copy in copies),
    )


def _denied(statement: Statement) -> str:
    return f"{show_chain(statement.sources)}: “{fit(plain(statement.text), _LONGEST_WORDS)}”"


def show_chain(sources: Sequence[Source]) -> str:
    """Return who told whom, with arrows that no line begins with.

    >>> show_chain([Source("Ann Lee", "official", "an adviser"), Source("Wire", "outlet")])
    'Wire\xa0→ Ann Lee (an adviser; official), the origin'
    """
    return say_chain(sources).replace(" -> ", "\u00a0→ ")


def _words(evidence: Iterable[Evidence], contents: Contents) -> tuple[str, ...]:
    """Return the words at spans, each once, cut to what a note has room for."""
    return tuple(dict.fromkeys(fit(plain(one), _LONGEST_WORDS) for one in spans(evidence, contents)))


def _event(event: Event, statement: Statement) -> str:
    """Return an event in words; what the statement's own line tells already is not told again."""
    modality = modality_of(event, statement)
    parts = [f"{event.type}: {phrase_event(event)}"]
    parts += [MODALITY_WORDS[modality]] if modality != statement.modality else []
    parts += [say_when(event)] if event.occurred_start else []
    parts += [plain(say_numbers(event.numbers))]
    return f"{'background ' if event.background else ''}{', '.join(part for part in parts if part)}"


def _where(statement_id: str, contents: Contents) -> str:
    statement = contents.statements[statement_id]
    return f"{contents.outlet(statement.evidence.article_id)}, {say_day(statement.published_at)}"
