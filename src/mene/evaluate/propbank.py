"""`propbank`: predicate-argument roles end to end (the predicates are found too), exact spans, JSON lines.

A role counts when predicate, label and words are all right. V is left out, being the predicate itself. A continuation
(C-ARG1) is joined with the argument it continues, and the two count as one, right only when all its pieces are, as in
the CoNLL-2005 scorer; a reference (R-ARG1) is a role of its own. The core roles are ARG0 to ARG5.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mene.evaluate.files import data_files, read_json_lines
from mene.evaluate.measures import set_f1
from mene.evaluate.protocol import WordsReading
from mene.evaluate.setting import Scores, Setting
from mene.records import Role

CORE = frozenset(f"ARG{number}" for number in range(6))

Pieces = tuple[tuple[int, int], ...]
Argument = tuple[int, str, Pieces]


@dataclass(frozen=True, slots=True)
class Frames:
    """A sentence with its predicates and their roles."""

    words: tuple[str, ...]
    predicates: frozenset[int]
    roles: tuple[Role, ...]


def read_frames(path: Path) -> list[Frames]:
    """Return the sentences of a JSON-lines file: words, frames of [predicate, roleset, [[label, first, last], ...]]."""
    return list(read_json_lines(path, _frames))


def _frames(line: dict[str, Any]) -> Frames:
    roles = [
        Role(int(predicate), str(label), int(first), int(last))
        for predicate, _, arguments in line["frames"]
        for label, first, last in arguments
    ]
    return Frames(tuple(line["words"]), frozenset(int(frame[0]) for frame in line["frames"]), tuple(roles))


def join_arguments(roles: Iterable[Role]) -> frozenset[Argument]:
    """Return the roles as arguments, V left out and each continuation joined with what it continues.

    >>> sorted(join_arguments([Role(1, "ARG1", 0, 0), Role(1, "V", 1, 1), Role(1, "C-ARG1", 2, 4)]))
    [(1, 'ARG1', ((0, 0), (2, 4)))]
    """
    joined: list[Argument] = []
    for role in sorted(roles, key=lambda role: (role.predicate, role.first, role.last)):
        label = role.label.removeprefix("C-")
        if label == "V":
            continue
        piece = (role.first, role.last)
        known = [i for i, (predicate, name, _) in enumerate(joined) if (predicate, name) == (role.predicate, label)]
        if role.label.startswith("C-") and known:
            joined[known[-1]] = (role.predicate, label, (*joined[known[-1]][2], piece))
        else:
            joined.append((role.predicate, label, (piece,)))
    return frozenset(joined)


def core_of(arguments: frozenset[Argument]) -> frozenset[Argument]:
    """Return the arguments that are core roles, ARG0 to ARG5."""
    return frozenset(argument for argument in arguments if argument[1] in CORE)


def score_roles(gold: Sequence[Frames], predicted: Sequence[WordsReading]) -> dict[str, float]:
    """Return role_f1, core_f1, predicate_f1 and n, the number of sentences."""
    pairs = [
        (join_arguments(frames.roles), join_arguments(reading.roles))
        for frames, reading in zip(gold, predicted, strict=True)
    ]
    predicates = [
        (frames.predicates, frozenset(reading.predicates)) for frames, reading in zip(gold, predicted, strict=True)
    ]
    return {
        "role_f1": set_f1(pairs),
        "core_f1": set_f1((core_of(wanted), core_of(found)) for wanted, found in pairs),
        "predicate_f1": set_f1(predicates),
        "n": len(gold),
    }


def evaluate_propbank(path: Path, setting: Setting) -> Scores:
    """Return the scores of the reader on the frames at `path`."""
    frames = [sentence for file in data_files(path, ".jsonl") for sentence in read_frames(file)]
    return score_roles(frames, setting.load_reader().read_words([sentence.words for sentence in frames]))
