"""A claim as it is shown, everywhere: one statement with all that is known of it, as HTML.

The page packs these panels and `mene serve` sends them; nothing else shows a statement whole.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from mene import __version__
from mene.picture import OriginGroup
from mene.picture.origins import Copy
from mene.picture.tellings import FACTS, modality_of
from mene.records import Article, Event, Source, Statement
from mene.report.brief_lines import fit
from mene.report.claim import say_chain, spans
from mene.report.contents import Contents
from mene.report.happenings import judge, phrase_event
from mene.report.marks import MARKS, Mark, mark_words, marks_of, marks_of_events
from mene.report.page.context import find_context
from mene.report.page.environment import load_templates
from mene.report.page.marks import Piece, safe_address, style_of, write_marked
from mene.report.words import MODALITY_WORDS, plain, say_day, say_grade, say_loaded, say_numbers, say_rating, say_when

_LONGEST_WORDS = 160
"""Characters of deciding words, names and other short parts."""
_LONGEST_QUOTE = 600
"""Characters of a statement in its citation."""
_MOST_LINES = 8
"""Events, denied statements and copies shown of each; the others are counted."""

_OF_DENIED = " (what is denied, not the denial)"

MARK_WORDS: dict[Mark, str] = {
    "content": "what is said",
    "source": "source",
    "cue": "cue",
    "place": "place",
    "day": "day",
    "deciding": "deciding word",
    "loaded": "loaded word",
}


@dataclass(frozen=True, slots=True)
class Link:
    """A statement led to: its short id, the words of the link, and what is told after them."""

    id: str
    words: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One of those through whom a statement was told: the name, and the role and kind."""

    name: str
    about: str


@dataclass(frozen=True, slots=True)
class Told:
    """The marked sentence with those beside it; `legend` gives the marks in it with their names."""

    before: str
    sentence: Markup
    after: str
    legend: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """All that is shown of a statement. `more` counts the events, denied statements and copies that are left out."""

    id: str
    kind: str
    modality: str
    is_fact: bool
    grade: str
    deciding: tuple[str, ...]
    loaded: str
    told: Told
    chain: tuple[Step, ...]
    credits: tuple[str, ...]
    rating: str
    rating_words: str
    dates: tuple[tuple[str, str], ...]
    events: tuple[str, ...]
    denies: tuple[Link, ...]
    copy_of: Link | None
    copies: tuple[Link, ...]
    folded: str
    more: tuple[int, int, int]
    title: str
    outlet: str
    url: str
    citation: str


@dataclass(frozen=True, slots=True)
class _Copies:
    """The copies by what they copy, and each by its own statement."""

    under: Mapping[str, Sequence[Copy]]
    by: Mapping[str, Copy]


def render_claim(statement_id: str, contents: Contents, *, to: str = "#") -> Markup:
    """Return a statement as HTML: the sentence in its context, its chain, factuality, worth, dates, events and copies.

    `statement_id` is the full id; `to` stands before the short id in links to other statements. Raises KeyError where
    no such statement was known on the picture's day.
    """
    statement = contents.statements[statement_id]
    return _render(statement, contents, _index_copies([contents.group_of[statement_id]]), to)


def render_claims(ids: Collection[str], contents: Contents) -> dict[str, Markup]:
    """Return statements as HTML by their short ids, those of an article beside each other, in the order of its text."""
    copies = _index_copies(contents.groups)
    said = sorted((contents.statements[one] for one in set(ids)), key=lambda one: (one.evidence, one.id))
    return {contents.id(one.id): _render(one, contents, copies, "#") for one in said}


def linked_from(statement: Statement, contents: Contents) -> list[str]:
    """Return the statements that the panel of a statement leads to: what it copies and what it denies."""
    denied = [key for key in statement.denies if key in contents.statements][:_MOST_LINES]
    first = contents.first_telling(statement.id)
    return denied if first == statement.id else [first, *denied]


def _render(statement: Statement, contents: Contents, copies: _Copies, to: str) -> Markup:
    panel = _show(statement, contents, copies)
    html = load_templates().get_template("parts/claim.html").render(one=panel, to=to)
    return Markup(html.strip())  # noqa: S704  # the template escapes all that is put into it


def _index_copies(groups: Iterable[OriginGroup]) -> _Copies:
    under: defaultdict[str, list[Copy]] = defaultdict(list)
    for group in groups:
        for copy in group.copies:
            under[copy.of].append(copy)
    return _Copies(under, {copy.statement_id: copy for copies in under.values() for copy in copies})


def _show(statement: Statement, contents: Contents, copies: _Copies) -> Panel:
    article = contents.articles.get(statement.evidence.article_id)
    events = contents.events_of.get(statement.id, ())
    denied = [contents.statements[key] for key in statement.denies if key in contents.statements]
    first, group = contents.first_telling(statement.id), contents.group_of[statement.id]
    own, beside = copies.by.get(statement.id), copies.under.get(first, ())
    others = [one for one in beside[: _MOST_LINES + 1] if one is not own][:_MOST_LINES]
    rating = judge([statement.id], contents, statement.modality).rating
    return Panel(
        id=contents.id(statement.id),
        kind=statement.kind,
        modality=MODALITY_WORDS[statement.modality],
        is_fact=statement.modality in FACTS,
        grade=say_grade(statement.factuality).replace("-", "−"),
        deciding=tuple(dict.fromkeys(map(_short, spans(statement.deciding, contents)))),
        loaded=fit(say_loaded(statement.tone.loaded[:_MOST_LINES]), _LONGEST_QUOTE),
        told=_tell(statement, article, events),
        chain=_chain(statement.sources),
        credits=tuple(_short(one.name) for one in statement.credits[:_MOST_LINES]),
        rating=rating,
        rating_words=say_rating(rating) + (_OF_DENIED if statement.modality == "negated" else ""),
        dates=_dates(statement),
        events=tuple(dict.fromkeys(_event(one, statement, contents) for one in events[:_MOST_LINES])),
        denies=tuple(_denied(one, contents) for one in denied[:_MOST_LINES]),
        copy_of=_copied(first, own, contents) if own else None,
        copies=tuple(_copied(one.statement_id, one, contents) for one in others),
        folded=_short(group.name or group.source.kind),
        more=(_left(events), _left(denied), len(beside) - (own is not None) - len(others)),
        title=_short((article and article.title) or "Without a title"),
        outlet=_short(contents.outlet(statement.evidence.article_id)),
        url=safe_address(article.url) if article else "",
        citation=_cite(statement, article, contents),
    )


def _short(words: str) -> str:
    """Return words on one line, cut to what the panel has room for."""
    return fit(plain(words[: 4 * _LONGEST_WORDS]), _LONGEST_WORDS)


def _left(rows: Sequence[object]) -> int:
    return max(len(rows) - _MOST_LINES, 0)


# --- the sentence -----------------------------------------------------------------------------------------------------


def _tell(statement: Statement, article: Article | None, events: Sequence[Event]) -> Told:
    style = style_of(statement)
    if article is None:
        return Told("", write_marked([(statement.sentence_text, ())], style), "", ())
    context = find_context(article, statement.sentence, statement.evidence)
    marked = [*marks_of(statement), *marks_of_events(events, article, context.shown)]
    pieces: list[Piece] = list(mark_words(article, context.shown, marked))
    before, after = (f"[{left:,} characters left out here]" if left else "" for left in context.left_out)
    pieces = [(f"{before} ", ())] * bool(before) + pieces + [(f" {after}", ())] * bool(after)
    shown = {mark for _, marks in pieces for mark in marks}
    legend = tuple(
        (f"{one} {style}".strip() if one == "content" else one, MARK_WORDS[one]) for one in MARKS if one in shown
    )
    return Told(plain(context.before), write_marked(pieces, style), plain(context.after), legend)


# --- what is known of it ----------------------------------------------------------------------------------------------


def _chain(sources: Sequence[Source]) -> tuple[Step, ...]:
    """Return who told whom, the outlet first and the origin last."""
    return tuple(
        Step(
            _short(one.name) or f"unnamed {one.kind}".replace("unnamed unnamed", "unnamed"),
            "; ".join(_short(part) for part in (one.role, one.kind) if part),
        )
        for one in reversed(sources)
    )


def show_chain(sources: Sequence[Source]) -> str:
    """Return who told whom, with arrows that no line begins with.

    >>> show_chain([Source("Ann Lee", "official", "an adviser"), Source("Wire", "outlet")])
    'Wire\xa0→ Ann Lee (an adviser; official), the origin'
    """
    return say_chain(sources).replace(" -> ", "\u00a0→ ")


def _dates(statement: Statement) -> tuple[tuple[str, str], ...]:
    dates = (
        ("said", statement.said_at),
        ("published", statement.published_at),
        ("first seen", statement.first_seen),
    )
    return tuple((name, say_day(day)) for name, day in dates if day)


def _event(event: Event, statement: Statement, contents: Contents) -> str:
    """Return an event in words, and how many tell it where others do."""
    modality = modality_of(event, statement)
    parts = [f"{event.type}: {_short(phrase_event(event))}"]
    parts += [MODALITY_WORDS[modality]] if modality != statement.modality else []
    parts += ["background"] if event.background else []
    parts += [say_when(event), _short(say_numbers(event.numbers))]
    words = ", ".join(part for part in parts if part)
    whole = contents.occurrence_of.get(event.id)
    return (
        f"{words}; told {len(whole.members)} times: {contents.worth(whole)}"
        if whole and len(whole.members) > 1
        else words
    )


def _denied(statement: Statement, contents: Contents) -> Link:
    return Link(
        contents.id(statement.id), f"“{_short(statement.text)}”", fit(show_chain(statement.sources), _LONGEST_WORDS)
    )


def _copied(key: str, copy: Copy, contents: Contents) -> Link:
    statement = contents.statements[key]
    words = f"{_short(contents.outlet(statement.evidence.article_id))}, {say_day(statement.published_at)}"
    return Link(contents.id(key), words, plain(copy.reason))


_INNER_QUOTES = str.maketrans("“”", "‘’")


def _cite(statement: Statement, article: Article | None, contents: Contents) -> str:
    """Return the statement as a citation: who wrote it, in what, where and when, its words, and how it was read."""
    title = f"“{_short(article.title)}”" if article and article.title else ""
    parts = [
        _short((article and article.byline) or ""),
        title,
        _short(contents.outlet(statement.evidence.article_id)),
        say_day(statement.published_at) if statement.published_at else "no date",
        safe_address(article.url) if article else "",
    ]
    words = fit(plain(statement.text[: 4 * _LONGEST_QUOTE]), _LONGEST_QUOTE).translate(_INNER_QUOTES)
    where = ", ".join(part for part in parts if part)
    return f"{where}: “{words}” ({contents.id(statement.id)}, read by Mene {__version__})"
