"""Sentences by hand, for tests of everything that reads trees: no weights are needed.

A word is written `text:UPOS:relation>head`, the head by its text; the root is `text:UPOS`. Where a word occurs more
than once, `text#2` is the second. Lemmas come from the lemmatiser. For example

    sentence("Rebels:NOUN:nsubj>took took:VERB Hama:PROPN:obj>took .:PUNCT:punct>took")

is "Rebels took Hama." with its tree. `show` writes this notation for a sentence that was read, to start from.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from mene.codebook import load_codebook
from mene.codebook.lemmas import lemmatise
from mene.language.references import find_references
from mene.records import Analysis, Article, Block, Sentence, Span, Token, Trigger
from mene.statements import Context, read_context

_NO_SPACE_BEFORE = frozenset((",", ".", ";", ":", "?", "!", "'s", "’s", "n't", "”", ")", "-", "%"))
_NO_SPACE_AFTER = frozenset(("“", "(", "-"))
DAY = date(2024, 12, 7)
Spans = Mapping[str, str]


def sentence(
    notation: str,
    *,
    names: Spans | None = None,
    entities: Spans | None = None,
    sources: Sequence[str] = (),
    cues: Sequence[str] = (),
    contents: Sequence[str] = (),
    triggers: Sequence[Trigger] = (),
    start: int = 0,
    index: int = 0,
    block: int = 0,
) -> Sentence:
    """Return the sentence of a notation; `names` and `entities` are words to label, the rest words of spans."""
    parts = [_split(piece) for piece in notation.split()]
    numbered = _numbered([text for text, _, _, _ in parts])
    tokens: list[Token] = []
    position = start
    for i, (text, upos, relation, head) in enumerate(parts):
        if i and text not in _NO_SPACE_BEFORE and parts[i - 1][0] not in _NO_SPACE_AFTER:
            position += 1
        at = numbered[head] if head else -1
        tokens.append(
            Token(text, position, position + len(text), upos, at, relation, lemmatise(text, upos), 3.0, upos == "VERB")
        )
        position += len(text)
    words = [t.text for t in tokens]
    return Sentence(
        index=index,
        block=block,
        start=start,
        end=position,
        tokens=tuple(tokens),
        names=tuple(_span(words, run, label) for run, label in (names or {}).items()),
        entities=tuple(_span(words, run, label) for run, label in (entities or {}).items()),
        sources=tuple(_span(words, run, "source") for run in sources),
        cues=tuple(_span(words, run, "cue") for run in cues),
        contents=tuple(_span(words, run, "content") for run in contents),
        roles=(),
        triggers=tuple(triggers),
    )


def _split(piece: str) -> tuple[str, str, str, str]:
    """Return text, part of speech, relation and head; marks that hold a colon themselves are read from the right."""
    if ">" not in piece:
        text, _, upos = piece.rpartition(":")
        return text, upos, "root", ""
    left, _, head = piece.partition(">")
    text, upos, relation = left.split(":", 2) if not left.startswith(":") else (":", *left[2:].split(":", 1))
    return text, upos, relation, head


def _numbered(texts: Sequence[str]) -> dict[str, int]:
    """Return the index of each word by its text; the second "the" is "the#2"."""
    seen: dict[str, int] = {}
    out: dict[str, int] = {}
    for i, text in enumerate(texts):
        seen[text] = seen.get(text, 0) + 1
        out[text if seen[text] == 1 else f"{text}#{seen[text]}"] = i
    return out


def _span(words: Sequence[str], run: str, label: str) -> Span:
    """Return the span of a run of words, written with a space between any two of them."""
    wanted = run.split()
    first = next(i for i in range(len(words)) if list(words[i : i + len(wanted)]) == wanted)
    return Span(label, first, first + len(wanted) - 1)


def text_of(one: Sentence) -> str:
    """Return the sentence as it would be printed."""
    out = ""
    for token in one.tokens:
        out += " " * (token.start - one.start - len(out)) + token.text
    return out


def analysis(
    *sentences: Sentence, publisher: str | None = "Harbour Wire", day: date | None = DAY, heading: bool = False
) -> Analysis:
    """Return an analysed article with one paragraph for each sentence; `heading` makes the first one a headline."""
    placed: list[Sentence] = []
    blocks: list[Block] = []
    text = ""
    for i, one in enumerate(sentences):
        start = len(text)
        placed.append(_moved(one, start, i))
        blocks.append(Block("heading" if heading and not i else "paragraph", start, start + one.end - one.start))
        text += text_of(one) + "\n\n"
    article = Article("a", None, publisher, None, None, day, "en", text.rstrip(), tuple(blocks), ())
    return Analysis(article, tuple(placed), find_references(placed))


def _moved(one: Sentence, start: int, index: int) -> Sentence:
    shift = start - one.start
    tokens = tuple(replace(t, start=t.start + shift, end=t.end + shift) for t in one.tokens)
    return replace(one, start=start, end=one.end + shift, tokens=tokens, index=index, block=index)


def context(*sentences: Sentence, **options: object) -> Context:
    """Return the context of an article of these sentences, with the shipped codebook."""
    analysed = analysis(*sentences, **options)  # type: ignore[arg-type]
    return read_context(analysed, load_codebook(), analysed.article.published_at)


def word(one: Sentence, text: str) -> int:
    """Return the index of a word ("the#2" for the second)."""
    return _numbered([t.text for t in one.tokens])[text]


def words(one: Sentence, run: tuple[int, int] | None) -> str | None:
    """Return the words of a run of tokens."""
    return None if run is None else " ".join(t.text for t in one.tokens[run[0] : run[1] + 1])


def show(one: Sentence) -> str:
    """Return the notation of a sentence."""
    keys = {i: key for key, i in _numbered([t.text for t in one.tokens]).items()}
    return " ".join(
        f"{t.text}:{t.upos}" if t.head < 0 else f"{t.text}:{t.upos}:{t.relation}>{keys[t.head]}" for t in one.tokens
    )
