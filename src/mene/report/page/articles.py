"""The articles on the page: each text once, every sentence with statements marked and named by their ids.

The articles that the picture rests on first are shown in full. Of the others only the paragraphs with cited sentences
are, where it is known which these are.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from markupsafe import Markup

from mene.records import Article, Block, Evidence, Statement
from mene.report.brief_lines import fit
from mene.report.claim import say_chain
from mene.report.contents import Contents
from mene.report.marks import cut
from mene.report.page.marks import safe_address, safe_text, style_of
from mene.report.words import MODALITY_WORDS, plain, say_day, say_number, say_wording
from mene.statements.tone import sum_up
from mene.vocabulary import BlockKind

MOST_ARTICLES = 60
"""Articles shown in full, those that the picture rests on first: more make a file that no browser likes to open."""
_MOST_EXCERPTS = 1_000
"""Articles of which the cited paragraphs are shown."""
_MOST_NAMED = 200
"""Articles named that are not shown; the others are counted."""
_MOST_BLOCKS = 12
"""Paragraphs shown of an article that is not shown in full."""
_MOST_TEXT = 60_000
"""Characters of an article shown: ten times a long report's."""
_LONGEST_NAME = 200
"""Characters of a title, a byline or a chain."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A block of an article as HTML; `gap` says that text before it is left out."""

    kind: BlockKind
    source: str
    html: Markup
    gap: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A statement whose sentence is not shown, in the list under its article."""

    id: str
    words: str


@dataclass(frozen=True, slots=True)
class Page:
    """An article on the page; `lines` are statements whose sentence is not shown, `left_out` tells what else is not."""

    id: str
    title: str
    outlet: str
    byline: str
    day: str
    url: str
    wording: str
    paragraphs: tuple[Paragraph, ...]
    ids: tuple[str, ...]
    lines: tuple[Line, ...]
    left_out: str


@dataclass(frozen=True, slots=True)
class Shown:
    """The articles shown in full, those shown in part, the names of some others and how many more there are.

    `claims` are the full ids of all statements that the shown text leads to.
    """

    pages: tuple[Page, ...]
    excerpts: tuple[Page, ...]
    untold: tuple[str, ...]
    more: int
    claims: frozenset[str]


def show_articles(contents: Contents, cited: Collection[str] | None = None) -> Shown:
    """Return the articles to show; `cited` are the full ids of statements whose paragraphs are shown in any case."""
    said: defaultdict[str, list[Statement]] = defaultdict(list)
    for one in contents.statements.values():
        said[one.evidence.article_id].append(one)
    full, others = _rank(contents)
    wanted = set(cited or ())
    partly = {key: kept for key in others if (kept := [one for one in said[key] if one.id in wanted])}
    partly = dict(list(partly.items())[:_MOST_EXCERPTS])
    rest = [key for key in others if key not in partly]
    claims = [one.id for key in full for one in said[key]] + [one.id for kept in partly.values() for one in kept]
    return Shown(
        pages=tuple(_show(contents.articles[key], said[key], contents) for key in contents.articles if key in full),
        excerpts=tuple(
            _show(contents.articles[key], said[key], contents, partly[key])
            for key in contents.articles
            if key in partly
        ),
        untold=tuple(_name(contents.articles[key], contents) for key in rest[:_MOST_NAMED]),
        more=max(len(rest) - _MOST_NAMED, 0),
        claims=frozenset(claims),
    )


def show_article(article: Article, contents: Contents) -> Page:
    """Return one article in full, with all of its statements."""
    said = [one for one in contents.statements.values() if one.evidence.article_id == article.id]
    return _show(article, said, contents)


def _rank(contents: Contents) -> tuple[frozenset[str], list[str]]:
    """Return the articles to show in full, and the others, what the picture rests on first."""
    counts = Counter(_cited_articles(contents))
    ranked = sorted(contents.articles, key=lambda key: -counts[key])
    return frozenset(ranked[:MOST_ARTICLES]), ranked[MOST_ARTICLES:]


def _cited_articles(contents: Contents) -> Iterable[str]:
    picture = contents.picture
    for holding in picture.holdings:
        yield from (one.evidence.article_id for one in (*holding.evidence_for, *holding.evidence_against))
    cited = (row.evidence for rows in (picture.backings, picture.presences, contents.signals) for row in rows)
    yield from (one.evidence.article_id for citations in cited for one in citations)


def _name(article: Article, contents: Contents) -> str:
    return f"{_short(article.title or 'Without a title')} ({contents.outlet(article.id)})"


def _short(words: str) -> str:
    return fit(plain(words[: 4 * _LONGEST_NAME]), _LONGEST_NAME)


# --- one article ------------------------------------------------------------------------------------------------------


def _show(
    article: Article, said: Sequence[Statement], contents: Contents, cited: Sequence[Statement] | None = None
) -> Page:
    """Return an article with its statements, or the paragraphs of those `cited` alone."""
    told = sorted(said if cited is None else cited, key=lambda one: (one.evidence.start, -one.evidence.end, one.id))
    sentences = _join(told)
    blocks = _choose_blocks(article, sentences, is_whole=cited is None)
    placed: set[str] = set()
    paragraphs = []
    for place, at in enumerate(blocks):
        block = article.blocks[at]
        html = _write_block(block, article.text, sentences, contents, placed)
        gap = at - (blocks[place - 1] if place else -1) > 1
        paragraphs.append(Paragraph(block.kind, _short(block.attributed_to or ""), html, gap))
    return Page(
        id=article.id[:12],
        title=_short(article.title or "") or "Without a title",
        outlet=_short(contents.outlet(article.id)),
        byline=_short(article.byline or ""),
        day=say_day(article.published_at) if article.published_at else "no date",
        url=safe_address(article.url),
        wording=say_wording(sum_up(article.id, said)),
        paragraphs=tuple(paragraphs),
        ids=tuple(contents.id(one.id) for one in told),
        lines=tuple(Line(contents.id(one.id), _describe(one)) for one in told if one.id not in placed),
        left_out=_left_out(article, blocks),
    )


def _choose_blocks(article: Article, sentences: Sequence["Sentence"], *, is_whole: bool) -> list[int]:
    """Return the positions of the blocks that are shown."""
    room = _MOST_TEXT
    chosen: list[int] = []
    for place, block in enumerate(article.blocks):
        if not is_whole and not any(one.span.start < block.end and block.start < one.span.end for one in sentences):
            continue
        if room <= 0 or (not is_whole and len(chosen) == _MOST_BLOCKS):
            break
        chosen.append(place)
        room -= block.end - block.start
    return chosen


def _left_out(article: Article, shown: Sequence[int]) -> str:
    left = len(article.blocks) - len(shown)
    return f"{say_number(left, 'paragraph')} of this article not shown" if left else ""


def _describe(statement: Statement) -> str:
    """Return a statement in one short line: its kind, how it is told where not as fact, and who tells the outlet."""
    told = "" if statement.modality == "asserted" else f", {MODALITY_WORDS[statement.modality]}"
    chain = say_chain(statement.sources if len(statement.sources) == 1 else statement.sources[:-1] or statement.sources)
    who = (
        "the outlet itself" if chain.endswith(" itself") else chain.removesuffix(", the origin").replace(" -> ", " → ")
    )
    return f"{statement.kind}{told}: {_short(who)}"


# --- its sentences ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Sentence:
    """A part of a text, and the statements in it in the order of the text; sentences that overlap are one."""

    span: Evidence
    said: tuple[Statement, ...]


def _join(said: Iterable[Statement]) -> list[Sentence]:
    """Return the sentences of statements in order."""
    joined: list[Sentence] = []
    for one in sorted(said, key=lambda one: (one.sentence, one.evidence.start, -one.evidence.end, one.id)):
        last = joined[-1] if joined else None
        if last and one.sentence.start < last.span.end:
            end = max(last.span.end, one.sentence.end)
            joined[-1] = Sentence(replace(last.span, end=end), (*last.said, one))
        else:
            joined.append(Sentence(one.sentence, (one,)))
    return joined


def _write_block(
    block: Block, text: str, sentences: Sequence[Sentence], contents: Contents, placed: set[str]
) -> Markup:
    """Return a block with its sentences as links; `placed` takes up the statements whose ids stand there."""
    html, place, room = [], block.start, _MOST_TEXT
    for one in _within(block, sentences):
        start, end = max(one.span.start, block.start), min(one.span.end, block.end)
        room -= end - start
        if room < 0:
            break
        html += [safe_text(text[place:start]), _link(one, start, end, text, contents, is_first=not placed & _ids(one))]
        placed |= _ids(one)
        place = end
    return Markup("").join([*html, safe_text(text[place : block.end])])


def _ids(sentence: Sentence) -> set[str]:
    return {one.id for one in sentence.said}


def _within(block: Block, sentences: Sequence[Sentence]) -> Iterator[Sentence]:
    place = bisect_right(sentences, block.start, key=lambda one: one.span.end)
    while place < len(sentences) and sentences[place].span.start < block.end:
        yield sentences[place]
        place += 1


def _link(sentence: Sentence, start: int, end: int, text: str, contents: Contents, *, is_first: bool) -> Markup:
    """Return a sentence, or its share of a block, as a place that the script makes a link to its claims.

    It is named by the id of its first claim; where there are others, `data-claims` has all, and theirs stand inside.
    """
    ids = [contents.id(one.id) for one in sentence.said]
    styles = {style_of(one) for one in sentence.said}
    style = styles.pop() if len(styles) == 1 else None
    words = safe_text(text[start:end]) if style is not None else _style(sentence, start, end, text)
    others = Markup("").join(Markup('<i id="{0}"></i>').format(one) for one in ids[1:] if is_first)
    name = Markup(' id="{0}"').format(ids[0]) if is_first else Markup("")
    claims = Markup(' data-claims="{0}"').format(" ".join(ids)) if len(ids) > 1 or not is_first else Markup("")
    look = Markup(' class="{0}"').format(style) if style else Markup("")
    return Markup("<a{0}{1}{2}>{3}{4}</a>").format(name, look, claims, others, words)


def _style(sentence: Sentence, start: int, end: int, text: str) -> Markup:
    """Return the words of a sentence whose statements are told in different ways, each as its narrowest one is."""
    narrow = sorted(sentence.said, key=lambda one: one.evidence.end - one.evidence.start)
    rank: Mapping[str, int] = {one.id: place for place, one in enumerate(narrow)}
    pieces = cut(start, end, ((one.id, one.evidence.start, one.evidence.end) for one in narrow))
    told = [(style_of(narrow[min(map(rank.__getitem__, keys))]) if keys else "", a, b) for a, b, keys in pieces]
    html = []
    for style, run in groupby(told, key=lambda one: one[0]):
        spans = list(run)
        words = safe_text(text[spans[0][1] : spans[-1][2]])
        html.append(Markup('<span class="{0}">{1}</span>').format(style, words) if style else words)
    return Markup("").join(html)
