"""The text of an article on the page, cut into pieces that each name the statements they are a part of, and as what."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from markupsafe import Markup

from mene.picture.tellings import FACTS
from mene.records import Article, Evidence, Statement
from mene.report.marks import MARKS, Mark, cut, marks_of

_LONGEST_PIECE = 2_000
"""Characters of unbroken text shown; of longer pieces both ends are, with a count of what is left out between them."""
_LONGEST_BLANK = 20
"""Characters that may be signs and spaces alone."""
_UNSAFE = dict.fromkeys((*range(9), 11, 12, *range(14, 32), *range(127, 160), *range(8234, 8239), *range(8294, 8298)))
"""Control characters, which HTML forbids, and those that turn the direction of all text after them."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement as the page knows it: by its short id, which is unique there, and its number in its article."""

    id: str
    number: int
    statement: Statement


@dataclass(frozen=True, slots=True)
class Part:
    """That words are a part of a claim: its id, as what they are marked, and the length of the whole part."""

    id: str
    mark: Mark
    length: int


@dataclass(frozen=True, slots=True)
class Piece:
    """Words [start, end) of an article that the same parts lie over.

    `parts` are in order of length, so that the first is the one a reader points at. No content are a cue or source in
    the midst of its own, and a comma or space left between two of them. `sentence` numbers the sentence; words without
    a claim in theirs have none. `begins` and `ends` are the claims whose content begins or ends here.
    """

    start: int
    end: int
    parts: tuple[Part, ...]
    sentence: int | None
    begins: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()

    @property
    def told(self) -> tuple[str, ...]:
        """The claims whose content these words are, the narrowest first."""
        return tuple(one.id for one in self.parts if one.mark == "content")


# --- cutting ----------------------------------------------------------------------------------------------------------

Key = Part | int
"""What lies over words: a part of a claim, or the sentence of that number."""


def cut_blocks(article: Article, claims: Sequence[Claim]) -> list[list[Piece]]:
    """Return the blocks of an article in pieces."""
    over = _by_block(article, claims)
    blocks = [cut(one.start, one.end, over.get(place, ())) for place, one in enumerate(article.blocks)]
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for start, _, keys in (piece for block in blocks for piece in block):
        for key in keys:
            if isinstance(key, Part) and key.mark == "content":
                first.setdefault(key.id, start)
                last[key.id] = start
    begins, ends = _turn(first), _turn(last)
    return [
        [replace(_piece(*one, article.text), begins=begins.get(one[0], ()), ends=ends.get(one[0], ())) for one in block]
        for block in blocks
    ]


def _by_block(article: Article, claims: Sequence[Claim]) -> dict[int, list[tuple[Key, int, int]]]:
    """Return what lies over each block, by its position; a source may stand paragraphs before its words."""
    over: list[tuple[Key, Evidence]] = [
        (Part(claim.id, mark, one.end - one.start), one) for claim in claims for mark, one in marks_of(claim.statement)
    ]
    over += enumerate(_join(claim.statement.sentence for claim in claims))
    found: defaultdict[int, list[tuple[Key, int, int]]] = defaultdict(list)
    for key, one in over:
        for place in _blocks_of(article, one):
            found[place].append((key, one.start, one.end))
    return found


def _blocks_of(article: Article, evidence: Evidence) -> Iterator[int]:
    """Yield the positions of the blocks that a span has a share of."""
    blocks = article.blocks
    place = bisect_right(blocks, evidence.start, key=lambda one: one.end)
    while place < len(blocks) and blocks[place].start < evidence.end:
        yield place
        place += 1


def _join(spans: Iterable[Evidence]) -> list[Evidence]:
    """Return spans of one article in order, those that overlap made one.

    >>> [(one.start, one.end) for one in _join([Evidence("a", 5, 9), Evidence("a", 0, 3), Evidence("a", 8, 12)])]
    [(0, 3), (5, 12)]
    """
    joined: list[Evidence] = []
    for one in sorted(spans):
        if joined and one.start < joined[-1].end:
            joined[-1] = replace(joined[-1], end=max(joined[-1].end, one.end))
        else:
            joined.append(one)
    return joined


def _turn(places: Mapping[str, int]) -> dict[int, tuple[str, ...]]:
    """Return which claims are at each place."""
    found: defaultdict[int, tuple[str, ...]] = defaultdict(tuple)
    for key, place in places.items():
        found[place] += (key,)
    return found


def _piece(start: int, end: int, keys: Iterable[Key], text: str) -> Piece:
    found = list(keys)
    parts = sorted((one for one in found if isinstance(one, Part)), key=lambda one: one.length)
    attributing = {one.id for one in parts if one.mark in ("source", "cue")}
    is_blank = not any(map(str.isalnum, text[start : min(end, start + _LONGEST_BLANK)]))
    shown = (
        one
        for one in parts
        if one.mark != "content" or not (one.id in attributing or (is_blank and one.length > end - start))
    )
    return Piece(start, end, tuple(shown), next((one for one in found if isinstance(one, int)), None))


# --- writing ----------------------------------------------------------------------------------------------------------


def write_pieces(pieces: Sequence[Piece], text: str, claims: Mapping[str, Claim]) -> Markup:
    """Return the pieces of a block as HTML: each sentence in an element, each piece naming its claims in `data-of`."""
    told = [frozenset(one.told) for one in pieces]
    nobody: frozenset[str] = frozenset()
    edges = [
        (bool(now - before), bool(now - after))
        for before, now, after in zip([nobody, *told], told, [*told[1:], nobody], strict=False)
    ]
    html = []
    for sentence, run in groupby(zip(pieces, edges, strict=True), key=lambda one: one[0].sentence):
        words = Markup("").join(_write(piece, edge, text, claims) for piece, edge in run)
        html.append(words if sentence is None else Markup('<span class="sentence">{0}</span>').format(words))
    return Markup("").join(html)


def _write(piece: Piece, edges: tuple[bool, bool], text: str, claims: Mapping[str, Claim]) -> Markup:
    """Return a piece, with the anchors of the claims that begin here and the numbers of those that end."""
    words = safe_text(text[piece.start : piece.end])
    if piece.parts:
        of = " ".join(f"{one.id}:{one.mark}" for one in piece.parts)
        words = Markup('<mark class="{0}" data-of="{1}">{2}</mark>').format(_classes(piece, edges, claims), of, words)
    anchors = (Markup('<a id="{0}"></a>').format(one) for one in piece.begins)
    numbers = (_number(claims[one]) for one in piece.ends)
    return Markup("").join([*anchors, words, *numbers])


def _classes(piece: Piece, edges: tuple[bool, bool], claims: Mapping[str, Claim]) -> str:
    """Return the classes of a piece: its narrowest claim decides how it is drawn."""
    marks = {one.mark for one in piece.parts}
    classes: list[str] = [mark for mark in MARKS if mark in marks]
    if piece.told:
        said = claims[piece.told[0]].statement
        classes += [said.kind] if said.kind in ("opinion", "background") else []
        classes += [] if said.modality in FACTS else ["unreal"]
    return " ".join([*classes, *(name for name, is_edge in zip(("opens", "closes"), edges, strict=True) if is_edge)])


def _number(claim: Claim) -> Markup:
    """Return the number of a claim, which leads to its note."""
    return Markup('<a class="ref" href="#n-{0}" aria-label="statement {1}">{1}</a>').format(claim.id, claim.number)


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
