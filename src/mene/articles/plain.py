"""Plain text to pieces: paragraphs, headings, lists and quotations, with hard-wrapped lines joined again."""

import re

from mene.articles.draft import Draft, Piece, squash
from mene.articles.furniture import name_furniture

_BLANK = re.compile(r"\n[ \t\u00a0\u200b]*(?:\n[ \t\u00a0\u200b]*)+")
_ITEM = re.compile(r"^\s{0,8}(?:[-*•‣◦▪–]|\(?\d{1,2}[.)])\s+(?=\S)")
_QUOTE = re.compile(r"^\s*>+\s?")
_INDENT = re.compile(r"^(?: {4,}|\t+)(?=\S)")
_ENDS_SENTENCE = re.compile(r"[.!?:…][”\"’')\]]*$")
# Editors wrap at 60 to 100 columns; longer lines are whole paragraphs, shorter ones a list or a poem.
_NARROWEST, _WIDEST = 40, 132
# A line that stops before this share of the width was ended on purpose.
_FULL_LINE = 0.7
_HEADING_WORDS = 12


def read_plain(text: str) -> Draft:
    """Return the draft of a plain text. Title, byline and dateline are still among its pieces."""
    text = (
        text.replace("\r\n", "\n")
        .replace("\r", "\n")
        .replace("\x0c", "\n\n")
        .replace("\u2028", "\n")
        .replace("\u2029", "\n\n")
    )
    width = _wrap_width(text)
    blocks = [block for block in _BLANK.split(text) if block.strip()]
    pieces = [piece for block in blocks for piece in _read_block(block, width)]
    return Draft(pieces=tuple(_mark_headings(pieces)))


def _wrap_width(text: str) -> int | None:
    """Return the column at which the lines of a text are wrapped, or None where they are not."""
    lines = [line.rstrip() for line in text.split("\n") if line.strip()]
    inner = [a for a, b in zip(text.split("\n"), text.split("\n")[1:], strict=False) if a.strip() and b.strip()]
    if len(inner) < 2:
        return None
    width = max(len(line.rstrip()) for line in lines)
    open_ended = sum(not _ENDS_SENTENCE.search(line.rstrip()) for line in inner)
    wrapped = _NARROWEST <= width <= _WIDEST and open_ended > len(inner) / 2
    return width if wrapped else None


def _read_block(block: str, width: int | None) -> list[Piece]:
    lines = [line.rstrip() for line in block.split("\n") if line.strip()]
    if all(_QUOTE.match(line) for line in lines):
        return [Piece("quote", text) for text in _join([_QUOTE.sub("", line) for line in lines], width)]
    if any(_ITEM.match(line) for line in lines):
        return _read_list(lines, width)
    if all(_INDENT.match(line) for line in lines) and (len(lines) > 1 or len(lines[0].split()) > _HEADING_WORDS):
        return [Piece("quote", text) for text in _join(lines, width)]
    return [Piece("paragraph", text) for text in _join(lines, width)]


def _read_list(lines: list[str], width: int | None) -> list[Piece]:
    """Return a block in which list items begin some lines; what stands before the first item is a paragraph."""
    groups: list[tuple[bool, list[str]]] = []
    for line in lines:
        if _ITEM.match(line):
            groups.append((True, [_ITEM.sub("", line)]))
        elif groups and (width is not None or not groups[-1][0]):
            groups[-1][1].append(line)
        else:
            groups.append((False, [line]))
    return [Piece("list" if item else "paragraph", text) for item, group in groups for text in _join(group, width)]


def _join(lines: list[str], width: int | None) -> list[str]:
    """Return the paragraphs of a block: each line its own, or wrapped lines joined up to a line ended on purpose."""
    if width is None:
        return [text for line in lines if (text := squash(line))]
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        alone = not paragraphs[-1] and name_furniture(line) is not None
        paragraphs[-1].append(line)
        if alone or len(line) < width * _FULL_LINE:
            paragraphs.append([])
    return [text for group in paragraphs if (text := squash(_hyphens("\n".join(group))))]


def _hyphens(text: str) -> str:
    """Return wrapped text with compounds that are broken at their hyphen put together again ("anti-\\ngovernment")."""
    return re.sub(r"(?<=\w)-\n\s*(?=\w)", "-", text)


def _mark_headings(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces with short lines between paragraphs, unpunctuated and capitalised, as headings."""
    marked = list(pieces)
    for index in range(1, len(pieces) - 1):
        before, here, after = pieces[index - 1 : index + 2]
        if (
            here.kind == "paragraph"
            and _is_heading(here.text)
            and before.kind != "heading"
            and after.kind == "paragraph"
        ):
            marked[index] = Piece("heading", here.text)
    return marked


def _is_heading(text: str) -> bool:
    words = text.split()
    unpunctuated = not re.search(r"[.,;:!…]$", text) and text[:1] not in "“\"'‘-("
    return 1 <= len(words) <= _HEADING_WORDS and unpunctuated and text[:1].isupper()
