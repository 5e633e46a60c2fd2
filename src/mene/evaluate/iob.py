"""Spans from IOB tags, and the word-and-tag files that hold them."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from mene.errors import InputError
from mene.evaluate.files import read_blocks

LabelledSpan = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Tagged:
    """A sentence as words with one tag each."""

    words: tuple[str, ...]
    tags: tuple[str, ...]


def read_tagged(path: Path) -> list[Tagged]:
    """Return the sentences of a file with a word and its tag on each line, blank lines between sentences.

    Universal NER's lines start with the word's number. Comments and "-DOCSTART-" lines are skipped.
    """
    return [tagged for block in read_blocks(path) if (tagged := _tagged(path, block)).words]


def _tagged(path: Path, block: list[tuple[int, str]]) -> Tagged:
    words: list[str] = []
    tags: list[str] = []
    for number, line in block:
        cells = line.split("\t") if "\t" in line else line.split()
        if cells[0] == "-DOCSTART-":
            continue
        numbered = len(cells) > 2 and cells[0].isdecimal()
        word, tag = (cells[1], cells[2]) if numbered else (cells[0], cells[-1])
        if len(cells) < 2 or not _is_tag(tag.strip()):
            raise InputError(f"{path}, line {number}: not a word and its tag (O, B-X or I-X)")
        words.append(word)
        tags.append(tag.strip())
    return Tagged(tuple(words), tuple(tags))


def _is_tag(tag: str) -> bool:
    return tag == "O" or tag[:2] in {"B-", "I-"}


def spans_of(tags: Sequence[str]) -> list[LabelledSpan]:
    """Return (label, first, last) of the spans in IOB or IO tags.

    A span begins at every B-, and at an I- whose word before has another label or none (as seqeval reads them).

    >>> spans_of(["B-S", "I-S", "O", "I-T", "B-T"])
    [('S', 0, 1), ('T', 3, 3), ('T', 4, 4)]
    """
    spans: list[LabelledSpan] = []
    before = ""
    for position, tag in enumerate(tags):
        label = tag[2:] if tag != "O" else ""
        if label and (tag.startswith("B-") or label != before):
            spans.append((label, position, position))
        elif label:
            spans[-1] = (label, spans[-1][1], position)
        before = label
    return spans
