"""What a browser would show of an HTML page: its words with their positions, its lines, and whether it is sane."""

import html
import re
from dataclasses import dataclass

from mene.articles.draft import squash
from mene.articles.limits import PAGE_CHARACTERS, TAG_DEPTH, TAGS
from mene.errors import InputError

# Each alternative runs to its end or to the end of the page, and a tag stops at the next "<": so a page made of a
# million unclosed tags is still scanned in one pass.
_HIDDEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|noscript|template|svg|iframe|textarea|title)\b[^<>]*>.*?(?:</\1\s*>|\Z)",
    re.S | re.I,
)
_ANY_TAG = re.compile(r"</?([a-zA-Z][\w:-]*)[^<>]*>|<![^<>]*>|<\?[^<>]*>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});?")
_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
# Tags that the next of their kind closes without an end tag; they cannot nest by being left open.
_SELF_CLOSING = {"p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "rt", "rp"}
_INLINE = {
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins",
    "kbd", "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
}  # fmt: skip


def check_markup(page: str) -> None:
    """Return nothing; raise InputError for a page with too many tags or with tags nested too deeply to be read."""
    depth: list[str] = []
    shown = _HIDDEN.sub(" ", page)
    if len(shown) > PAGE_CHARACTERS and len(_ANY_TAG.sub("", shown)) > PAGE_CHARACTERS:
        raise InputError(
            f"the page has more than {PAGE_CHARACTERS:,} characters of text; save the article's text and read that"
        )
    for count, match in enumerate(_ANY_TAG.finditer(shown), start=1):
        if count > TAGS:
            raise InputError(f"the page has more than {TAGS:,} tags, which no article has; save its text and read that")
        name = (match[1] or "").lower()
        if not name or name in _VOID or name in _SELF_CLOSING or match[0].endswith("/>"):
            continue
        if match[0].startswith("</"):
            _close(depth, name)
        else:
            depth.append(name)
        if len(depth) > TAG_DEPTH:
            raise InputError(
                f"the page nests more than {TAG_DEPTH} tags, which no article does; save its text and read that"
            )


def _close(depth: list[str], name: str) -> None:
    """Take the innermost open `name` and all that was left open inside it off the stack, as a browser does."""
    for index in range(len(depth) - 1, -1, -1):
        if depth[index] == name:
            del depth[index:]
            return


@dataclass(frozen=True, slots=True)
class Visible:
    """The visible text of a page; character i stands at `positions[i]` of the page."""

    text: str
    positions: list[int]


def show(page: str) -> Visible:
    """Return the visible text of an HTML page: tags, scripts and comments gone, entities read, blocks on lines."""
    chars: list[str] = []
    positions: list[int] = []
    cursor = 0
    blank = [(match.start(), match.end(), "\n") for match in _HIDDEN.finditer(page)]
    for start, end, gap in _gaps(page, blank):
        _append_text(page, cursor, start, chars, positions)
        chars.append(gap)
        positions.extend([start] * len(gap))
        cursor = end
    _append_text(page, cursor, len(page), chars, positions)
    return Visible("".join(chars), positions)


def _gaps(page: str, blank: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Return, in order, what does not show: hidden elements, and tags with what they leave behind (a line break)."""
    gaps: list[tuple[int, int, str]] = []
    cursor = 0
    for start, end, gap in [*blank, (len(page), len(page), "")]:
        if start < cursor:
            continue
        gaps.extend((match.start(), match.end(), _gap_of(match)) for match in _ANY_TAG.finditer(page, cursor, start))
        gaps.append((start, end, gap))
        cursor = end
    return gaps


def _gap_of(match: re.Match[str]) -> str:
    return "" if (match[1] or "").lower() in _INLINE else "\n"


def _append_text(page: str, start: int, end: int, chars: list[str], positions: list[int]) -> None:
    cursor = start
    for match in _ENTITY.finditer(page, start, end):
        chars.append(page[cursor : match.start()])
        positions.extend(range(cursor, match.start()))
        shown = html.unescape(match[0])
        chars.append(shown)
        positions.extend([match.start()] * len(shown))
        cursor = match.end()
    chars.append(page[cursor:end])
    positions.extend(range(cursor, end))


def read_lines(visible: Visible) -> list[str]:
    """Return the visible lines of a page, squashed, in order, without empty ones."""
    return [line for raw in visible.text.split("\n") if (line := squash(raw))]
