"""Text of articles as HTML: escaped, bounded, the words of a statement marked as what they are."""

from collections.abc import Iterable
from itertools import groupby

from markupsafe import Markup

from mene.picture.tellings import FACTS
from mene.records import Statement
from mene.report.marks import Mark
from mene.report.words import plain

_LONGEST_PIECE = 2_000
"""Characters of unbroken text shown; of longer pieces both ends are, with a count of what is left out between them."""
_UNSAFE = dict.fromkeys(
    (
        *range(9),
        11,
        12,
        *range(14, 32),
        *range(127, 160),
        0x061C,
        0x200E,
        0x200F,
        *range(8234, 8239),
        *range(8294, 8298),
    )
)
"""Control characters, which HTML forbids, and those that turn the direction of all text after them."""

Piece = tuple[str, tuple[Mark, ...]]
"""Words, and the marks over them."""


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


def safe_address(url: str | None) -> str:
    """Return the address of an original, nothing where it is none of the web's or longer than any honest one.

    >>> safe_address("https://wire.example/a"), safe_address("javascript:alert(1)"), safe_address(None)
    ('https://wire.example/a', '', '')
    """
    address = plain(url or "") if url and len(url) <= _LONGEST_PIECE else ""
    return address if address.lower().startswith(("https://", "http://")) else ""


def style_of(statement: Statement) -> str:
    """Return the classes that tell how a statement is told: "opinion", "background", "unreal"; none for a plain fact.

    "Unreal" is what is not told as fact: planned, possible, denied and the like.
    """
    kind = [statement.kind] if statement.kind in ("opinion", "background") else []
    return " ".join(kind + ([] if statement.modality in FACTS else ["unreal"]))


def write_marked(pieces: Iterable[Piece], style: str = "") -> Markup:
    """Return the pieces of a sentence as HTML, the content drawn in `style`.

    A cue or source amid the content is none of it, as in "The army left, a resident said, on Friday".

    >>> write_marked([("Rebels ", ("content",)), ("may", ("content", "deciding")), (".", ())], "unreal")
    Markup('<mark class="content unreal">Rebels <mark class="deciding">may</mark></mark>.')
    """
    html = []
    for is_content, run in groupby(pieces, key=lambda one: _is_content(one[1])):
        words = Markup("").join(_write(*one) for one in run)
        html.append(_mark(f"content {style}".strip(), words) if is_content else words)
    return Markup("").join(html)


def _is_content(marks: tuple[Mark, ...]) -> bool:
    return "content" in marks and not {"source", "cue"} & set(marks)


def _write(words: str, marks: tuple[Mark, ...]) -> Markup:
    told = [one for one in marks if one != "content"]
    return _mark(" ".join(told), safe_text(words)) if told else safe_text(words)


def _mark(name: str, words: Markup) -> Markup:
    return Markup('<mark class="{0}">{1}</mark>').format(name, words)
