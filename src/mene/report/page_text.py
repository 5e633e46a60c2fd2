"""The articles on the page: every statement marked in its paragraph, with a note beside it that says who tells it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from mene.picture.tellings import FACTS, modality_of
from mene.records import Article, Block, Event, Statement
from mene.report.claim import say_chain, spans
from mene.report.contents import Contents
from mene.report.happenings import phrase_event
from mene.report.marks import MARKS, cut, marks_of
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

_LONGEST_PIECE = 2_000
"""Characters of unbroken text shown; of longer pieces both ends are, with a count of what is left out between them."""
_UNSAFE = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(127, 160), *range(8234, 8239), *range(8294, 8298)))
"""Control characters, which HTML forbids, and those that turn the direction of all text after them."""

Key = tuple[str, str]
"""What lies over a piece of text: ("is", statement id) for its content, or (mark, statement id) for marked words."""

LIT_TOGETHER = 16
"""So many statements of a block light up whole where a part of theirs is pointed at; page.css has a rule for each."""


@dataclass(frozen=True, slots=True)
class Note:
    """What is told beside the text about one statement."""

    id: str
    number: int
    kind: str
    modality: str
    is_fact: bool
    chain: str
    because: str
    loaded: str
    events: tuple[str, ...]
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
    numbers = {one.id: place for place, one in enumerate(said, 1)}
    by_block = _by_block(article, said)
    paragraphs = tuple(
        _paragraph(article, block, by_block.get(place, []), numbers, contents)
        for place, block in enumerate(article.blocks)
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


def _by_block(article: Article, said: Sequence[Statement]) -> dict[int, list[Statement]]:
    """Return the statements that have a part in each block, by its position."""
    found: defaultdict[int, list[Statement]] = defaultdict(list)
    place = 0
    for statement in said:
        while place < len(article.blocks) and article.blocks[place].end <= statement.evidence.start:
            place += 1
        for later in range(place, len(article.blocks)):
            if article.blocks[later].start >= max(statement.evidence.end, statement.sentence.end):
                break
            found[later].append(statement)
    return found


def _paragraph(
    article: Article, block: Block, said: Sequence[Statement], numbers: Mapping[str, int], contents: Contents
) -> Paragraph:
    over: list[tuple[Key, int, int]] = []
    for statement in said:
        for mark, one in marks_of(statement):
            over.append((("is" if mark == "content" else mark, statement.id), one.start, one.end))
    pieces = cut(block.start, block.end, over)
    begun: set[str] = set()
    parts = {one.id: f"p{place}" for place, one in enumerate(said[:LIT_TOGETHER], 1)}
    html = [
        _piece(article.text[first:last], last, keys, begun, numbers, parts, contents) for first, last, keys in pieces
    ]
    notes = tuple(
        _note(one, numbers[one.id], contents) for one in said if block.start <= one.evidence.start < block.end
    )
    return Paragraph(block.kind, plain(block.attributed_to or ""), Markup("").join(html), notes)


def _piece(
    words: str,
    end: int,
    keys: Sequence[Key],
    begun: set[str],
    numbers: Mapping[str, int],
    parts: Mapping[str, str],
    contents: Contents,
) -> Markup:
    """Return a piece of text, marked; with the anchors of statements that begin here, the numbers of those that end.

    A piece bears the tip of the innermost statement it is part of, and the part names of all, by which they light up.
    """
    over = [contents.statements[key] for mark, key in keys if mark == "is"]
    marks = [mark for mark, _ in keys if mark != "is"]
    text = safe_text(words)
    if over or marks:
        inner = over[-1] if over else contents.statements[keys[-1][1]]
        names = dict.fromkeys(parts[key] for _, key in keys if key in parts)
        classes = " ".join([_classes(over, marks), *names])
        text = Markup('<mark class="{0}" data-tip="{1}">{2}</mark>').format(classes, tip(inner, contents), text)
    anchors = [Markup('<a id="{0}"></a>').format(contents.id(one.id)) for one in over if one.id not in begun]
    begun.update(one.id for one in over)
    ends = [_reference(one, numbers[one.id], parts, contents) for one in over if one.evidence.end == end]
    return Markup("").join([*anchors, text, *ends])


def _classes(over: Sequence[Statement], marks: Sequence[str]) -> str:
    """Return the classes of a piece: its innermost statement decides how it is drawn."""
    classes: list[str] = []
    if over:
        innermost = over[-1]
        classes += ["content"] + (["opinion"] if innermost.kind == "opinion" else [])
        classes += ["background"] if innermost.kind == "background" else []
        classes += [] if innermost.modality in FACTS else ["unreal"]
    return " ".join([*classes, *(mark for mark in MARKS if mark in marks)])


def _reference(statement: Statement, number: int, parts: Mapping[str, str], contents: Contents) -> Markup:
    name = f"ref {parts[statement.id]}" if statement.id in parts else "ref"
    return Markup('<a class="{0}" href="#n-{1}" data-tip="{2}">{3}</a>').format(
        name, contents.id(statement.id), tip(statement, contents), number
    )


def tip(statement: Statement, contents: Contents) -> str:
    """Return what is shown when a statement is pointed at or reached with the keyboard."""
    because = ", ".join(f"“{plain(one)}”" for one in spans(statement.deciding, contents))
    how = (
        f"{MODALITY_WORDS[statement.modality]} ({say_grade(statement.factuality)}){f' by {because}' if because else ''}"
    )
    cue = (
        [f"cue “{plain(one)}”"] if statement.cue and (one := next(iter(spans((statement.cue,), contents)), "")) else []
    )
    return f"{'; '.join([f'{statement.kind}, {how}', *cue])}. {say_chain(statement.sources)}"


def _note(statement: Statement, number: int, contents: Contents) -> Note:
    first = contents.first_telling(statement.id)
    copies = [copy for copy in contents.group_of[statement.id].copies if copy.of == statement.id]
    return Note(
        id=contents.id(statement.id),
        number=number,
        kind=statement.kind,
        modality=f"{MODALITY_WORDS[statement.modality]} ({say_grade(statement.factuality)})",
        is_fact=statement.modality in FACTS,
        chain="" if len(statement.sources) == 1 else say_chain(statement.sources),
        because=", ".join(f"“{plain(one)}”" for one in spans(statement.deciding, contents)),
        loaded=say_loaded(statement.tone.loaded),
        events=tuple(_event(event, statement) for event in contents.events_of.get(statement.id, ())),
        copy_of=contents.id(first) if first != statement.id else "",
        copies=tuple((contents.id(copy.statement_id), _where(copy.statement_id, contents)) for copy in copies),
    )


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


def safe_text(words: str) -> Markup:
    """Return text as HTML: escaped, without control and direction characters, very long pieces cut in the middle.

    >>> safe_text("<script>\\u202e")
    Markup('&lt;script&gt;')
    """
    if len(words) > _LONGEST_PIECE:
        half, left = _LONGEST_PIECE // 2, len(words) - _LONGEST_PIECE
        gap = Markup(' <span class="gap">[{0:,} characters left out here]</span> ').format(left)
        return safe_text(words[:half]) + gap + safe_text(words[-half:])
    return Markup.escape(words.translate(_UNSAFE))
