"""A sentence of an article and what stands before and after it, all of it bounded in length."""

from bisect import bisect_right
from dataclasses import dataclass

from mene.language import find_sentences
from mene.records import Article, Evidence

_LONGEST_SENTENCE = 2_000
"""Characters of a sentence shown; of a longer one those around the content."""
_REACH = 400
"""Characters searched for the sentence before or after."""
_LONGEST_BESIDE = 240
"""Characters of a neighbouring sentence shown, those next to the sentence itself."""


@dataclass(frozen=True, slots=True)
class Context:
    """The sentence before, what is shown of the sentence, the characters left out at its ends, and the one after."""

    before: str
    shown: Evidence
    left_out: tuple[int, int]
    after: str


def find_context(article: Article, sentence: Evidence, content: Evidence) -> Context:
    """Return a sentence in its context: the sentences beside it, of the next paragraph where it ends its own."""
    shown = _clip(sentence, content)
    return Context(
        before=_before(article, sentence.start),
        shown=shown,
        left_out=(shown.start - sentence.start, sentence.end - shown.end),
        after=_after(article, sentence.end),
    )


def _clip(sentence: Evidence, content: Evidence) -> Evidence:
    """Return as much of a sentence as is shown: from its begin, or from a little before the content of a very long one.

    >>> _clip(Evidence("a", 0, 9_000), Evidence("a", 5_000, 5_040))
    Evidence(article_id='a', start=4500, end=6500)
    """
    if sentence.end - sentence.start <= _LONGEST_SENTENCE:
        return sentence
    start = max(sentence.start, min(content.start - _LONGEST_SENTENCE // 4, sentence.end - _LONGEST_SENTENCE))
    return Evidence(sentence.article_id, start, start + _LONGEST_SENTENCE)


def _before(article: Article, place: int) -> str:
    """Return the sentence that ends before a place, its begin left out where it is long."""
    blocks = article.blocks
    at = bisect_right(blocks, place, key=lambda one: one.start) - 1
    while at >= 0 and blocks[at].kind != "heading":
        end = min(place, blocks[at].end)
        spans = find_sentences(article.text, max(blocks[at].start, end - _REACH), end)
        if spans:
            words = article.text[slice(*spans[-1])]
            return words if len(words) <= _LONGEST_BESIDE else f"… {words[-_LONGEST_BESIDE:].partition(' ')[2]}"
        at -= 1
    return ""


def _after(article: Article, place: int) -> str:
    """Return the sentence that begins after a place, its end left out where it is long."""
    blocks = article.blocks
    at = bisect_right(blocks, place, key=lambda one: one.end)
    while at < len(blocks) and blocks[at].kind != "heading":
        start = max(place, blocks[at].start)
        spans = find_sentences(article.text, start, min(blocks[at].end, start + _REACH))
        if spans:
            words = article.text[slice(*spans[0])]
            return words if len(words) <= _LONGEST_BESIDE else f"{words[:_LONGEST_BESIDE].rpartition(' ')[0]} …"
        at += 1
    return ""
