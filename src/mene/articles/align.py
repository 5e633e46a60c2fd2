"""Where the blocks of a cleaned article stand in the decoded raw page."""

import re
from bisect import bisect_right

from mene.articles.markup import Visible
from mene.records import Block, RawSpan

_WORD = re.compile(r"\w+")
# A block whose middle differs from the page (a dropped link, a footnote mark) is placed by its first and last words.
_ANCHOR = 6
_STRETCH = 1.6


class _Words:
    """The words of a raw page as one searchable string, with the characters each word covers."""

    def __init__(self, text: str) -> None:
        self.spans = [match.span() for match in _WORD.finditer(text)]
        words = [text[start:end] for start, end in self.spans]
        self.joined = " " + " ".join(words) + " "
        self.starts: list[int] = []
        position = 1
        for word in words:
            self.starts.append(position)
            position += len(word) + 1

    def find(self, words: list[str], after: int) -> tuple[int, int] | None:
        """Return the first and last word of the run `words` at or after word `after`, else anywhere."""
        if not words:
            return None
        needle = f" {' '.join(words)} "
        begin = self.starts[after] - 1 if after < len(self.starts) else len(self.joined)
        found = self.joined.find(needle, begin)
        if found < 0:
            found = self.joined.find(needle)
        if found < 0:
            return None
        first = bisect_right(self.starts, found + 1) - 1
        return first, first + len(words) - 1


def align_blocks(text: str, blocks: tuple[Block, ...], raw: Visible) -> tuple[RawSpan, ...]:
    """Return the span of each block that could be found in the raw page, in the order of the blocks."""
    page = _Words(raw.text)
    spans: list[RawSpan] = []
    cursor = 0
    for block in blocks:
        words = _WORD.findall(text[block.start : block.end])
        found = page.find(words, cursor) or _find_ends(page, words, cursor)
        if found is None:
            continue
        first, last = found
        start, end = _widen(raw.text, page.spans[first][0], page.spans[last][1], text[block.start : block.end])
        spans.append(RawSpan(block.start, block.end, raw.positions[start], raw.positions[end - 1] + 1))
        cursor = max(cursor, last + 1) if first >= cursor else cursor
    return tuple(spans)


def _find_ends(page: _Words, words: list[str], cursor: int) -> tuple[int, int] | None:
    if len(words) < 2 * _ANCHOR:
        return None
    head = page.find(words[:_ANCHOR], cursor)
    tail = page.find(words[-_ANCHOR:], head[1]) if head else None
    if head is None or tail is None:
        return None
    length = tail[1] - head[0] + 1
    return (head[0], tail[1]) if 0 < length <= len(words) * _STRETCH else None


def _widen(raw: str, start: int, end: int, block: str) -> tuple[int, int]:
    """Return the span of the words with the quotation marks and stops that the block has around them."""
    lead = re.match(r"\W*", block)
    trail = re.search(r"\W*$", block)
    for char in reversed(lead[0] if lead else ""):
        start = start - 1 if start > 0 and raw[start - 1] == char else start
    for char in trail[0] if trail else "":
        end = end + 1 if end < len(raw) and raw[end] == char else end
    return start, end
