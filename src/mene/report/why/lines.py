"""Explanations as styled lines, wrapped to the terminal."""

import textwrap
from collections.abc import Callable, Collection, Iterable, Iterator

from rich.text import Text

from mene.report.claim import STYLES
from mene.report.why.records import Aspect, Explanation, OriginReason, Reason, RowExplanation
from mene.report.why.words import say_chance

LABEL = 12
"""Columns of the names at the left."""

_STYLE_OF = {
    "type": "reverse",
    "actor": STYLES["source"],
    "recipient": "cyan",
    "place": "green",
    "day": "magenta",
    "modality": STYLES["cue"],
}
_NO_BREAK = "\u00a0"
_NOT_BRIEFLY = ("kind",)
_LEAST = 48
"""Columns that reasons are given at least, however narrow the terminal."""


def write_explanation(
    explanation: Explanation, short_id: str, *, width: int, without: Collection[Aspect] = ()
) -> Iterator[Text]:
    """Yield the lines of one explanation: its headline, its sentence, and each value with its reasons.

    Reasons for the aspects `without` are left out.
    """
    yield Text(f"{short_id} · {explanation.headline}", "bold")
    yield Text()
    yield from _quote(explanation.sentence, 2, width)
    yield Text()
    for reason in explanation.reasons:
        if reason.aspect not in without:
            yield from _write(reason, 0, width)


def write_row(
    explanation: RowExplanation, short_id: str, *, width: int, shorten: Callable[[str], str]
) -> Iterator[Text]:
    """Yield the lines of a row's explanation: why it stands there, then each origin with its leading event, briefly.

    `shorten` gives the short form of an event's id, by which all its reasons can be asked for.
    """
    yield Text(f"{short_id} · {explanation.headline}", "bold")
    yield Text()
    for reason in explanation.reasons:
        yield from _write(reason, 0, width)
    for origin in explanation.origins:
        yield Text()
        yield from _write_origin(origin, width, shorten)


def _write_origin(origin: OriginReason, width: int, shorten: Callable[[str], str]) -> Iterator[Text]:
    weight = f" · {origin.weight:+.2f}" if origin.weight is not None else ""
    yield from _wrap(f"{origin.origin} · {origin.says}{weight}", 0, width, "bold")
    for because in origin.because:
        yield from _wrap(f"- {because}", 2, width, hang=2)
    if origin.event is None:
        yield from _wrap(origin.note, 4, width, "dim")
        return
    yield from _wrap(f"{shorten(origin.event.event_id or '')} · {origin.event.headline}", 4, width)
    yield from _quote(origin.event.sentence, 4, width)
    for reason in origin.event.reasons:
        if reason.code is not None and reason.aspect not in _NOT_BRIEFLY:
            yield from _write(reason, 4, width, briefly=True)


def _write(reason: Reason, indent: int, width: int, *, briefly: bool = False) -> Iterator[Text]:
    """Yield a value with its reasons; `briefly` the value with its leading reason, without what was considered."""
    chance = f" · {say_chance(reason.probability)}" if reason.probability is not None else ""
    label = Text(" " * indent + f"{reason.aspect:<{LABEL}}", "bold")
    column = indent + LABEL
    first, *rest = list(_wrap(reason.value + chance, column, width, _STYLE_OF.get(reason.aspect, "")))
    yield Text.assemble(label, first[column:])
    yield from rest
    told = reason.because[reason.leading : reason.leading + 1] if briefly else reason.because
    for because in told:
        yield from _wrap(f"- {because}", column, width, "dim" if briefly else "", hang=2)
    if briefly:
        return
    for option in reason.options:
        chance = say_chance(option.probability) if option.probability is not None else ""
        note = f", {option.note}" if option.note else ""
        yield from _wrap(f"{chance:>9}  {option.value}{note}", column, width, "dim", hang=11)


def _quote(sentence: str, indent: int, width: int) -> Iterator[Text]:
    """Yield a sentence with labelled brackets, each in the style of its role."""
    whole = Text(f"“{sentence}”")
    for aspect, style in _STYLE_OF.items():
        whole.highlight_regex(rf"\[(?:[a-z]+\+)*{aspect}(?:\+[a-z]+)*: [^\]]*\]", style)
    start = 0
    for line in _wrap(whole.plain, indent, width):
        words = line.plain[indent:]
        start = whole.plain.index(words, start)
        yield Text.assemble(" " * indent, whole[start : start + len(words)])
        start += len(words)


def _wrap(words: str, indent: int, width: int, style: str = "", *, hang: int = 0) -> Iterable[Text]:
    """Return words as lines of at most `width` columns; a percent sign stays with its number."""
    before = " " * indent
    room = max(width, indent + _LEAST)
    whole = words.replace(" %", _NO_BREAK + "%")
    lines = textwrap.wrap(
        whole, room, initial_indent=before, subsequent_indent=before + " " * hang, break_on_hyphens=False
    )
    return [Text(line.replace(_NO_BREAK, " "), style) for line in lines or [before]]
