"""`plv`: what a source does to a target, the pair given: PLOVER root, quad class and conflict or cooperation.

The data's 15 roots cover two of our types twice: YIELD is CONCEDE and RETREAT, ASSAULT is ASSAULT and SEIZE. Each level
takes the class with the highest sum of the types' probabilities, which are those of `mene.events.pairs`: the reader's
view of all words multiplied with the words' own. All scores are macro-F1. `tuple_f1` and `tuple_head_f1` are of the
bare sentence, in which source, target and quad class have to be found (`mene.evaluate.tuples`): as each sentence tells
of a pair, one tuple is given for each, that of the surest spans. The scores of the shipped models are of the
sentences that neither was trained on; over all of them, each fold by models that have not seen it, they are made by
`make folds` (the entry `five_folds`).
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mene.errors import InputError
from mene.evaluate.files import data_files, read_text
from mene.evaluate.locate import find_phrase
from mene.evaluate.measures import macro_f1
from mene.evaluate.pairs import Judge, choose, load_judge
from mene.evaluate.setting import Scores, Setting
from mene.evaluate.tuples import Judged, Told, find_tuples, score_tuples
from mene.events.pairs import ROOT_OF
from mene.language import find_words
from mene.vocabulary import QUAD_CLASS, EventType

QUADS: Mapping[EventType, str] = {kind: str(quad) for kind, quad in QUAD_CLASS.items()}
COOPERATION = frozenset({1, 2})


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence with its source and target, the quad class "1" to "4" and the PLOVER root."""

    sentence: str
    source: str
    target: str
    quad: str
    root: str


def read_pairs(path: Path) -> list[Pair]:
    """Return the rows of a tab-separated file with the columns sentence, source, target, quad and root."""
    rows = csv.DictReader(read_text(path).replace("\r", "").split("\n"), delimiter="\t", quoting=csv.QUOTE_NONE)
    columns = ("sentence", "source", "target", "quad", "root")
    missing = [column for column in columns if column not in (rows.fieldnames or ())]
    if missing:
        raise InputError(f"{path}: no column {', '.join(missing)}; expected tab-separated {', '.join(columns)}")
    pairs = [Pair(*(row[column] or "" for column in columns)) for row in rows]
    wrong = next((pair for pair in pairs if pair.quad not in {"1", "2", "3", "4"}), None)
    if wrong:
        raise InputError(f"{path}: the quad class {wrong.quad!r} is none of 1, 2, 3, 4")
    return pairs


def binary_of(quad: str) -> str:
    """Return "cooperation" for quad classes 1 and 2, "conflict" for 3 and 4."""
    return "cooperation" if int(quad) in COOPERATION else "conflict"


def score_pairs(gold: Sequence[Pair], predicted: Sequence[Mapping[EventType, float]]) -> dict[str, float]:
    """Return root_f1, quad_f1, binary_f1 (all macro) and n, from the probability of each type for each pair."""
    binaries = {kind: binary_of(quad) for kind, quad in QUADS.items()}
    return {
        "root_f1": macro_f1([pair.root for pair in gold], [choose(chances, ROOT_OF) for chances in predicted]),
        "quad_f1": macro_f1([pair.quad for pair in gold], [choose(chances, QUADS) for chances in predicted]),
        "binary_f1": macro_f1(
            [binary_of(pair.quad) for pair in gold], [choose(chances, binaries) for chances in predicted]
        ),
        "n": len(gold),
    }


def judge_pairs(pairs: Sequence[Pair], judge: Judge) -> tuple[list[Mapping[EventType, float]], list[Judged]]:
    """Return the probability of each type for each pair, and the tuple found in each pair's bare sentence."""
    sentences = [tuple(pair.sentence[a:b] for a, b in find_words(pair.sentence)) for pair in pairs]
    chances: list[Mapping[EventType, float]] = []
    judged: list[Judged] = []
    for pair, words, reading in zip(pairs, sentences, judge.reader.read_words(sentences), strict=True):
        source, target = find_phrase(words, pair.source), find_phrase(words, pair.target)
        chances.append(judge.chances(words, reading, source, target))
        parties = judge.parties(words, reading, paired=True)
        told = Told(words, frozenset({((source[0], source[-1]), (target[0], target[-1]), pair.quad)}))
        judged.append(Judged(told, reading, find_tuples(judge, words, reading, parties, QUADS, single=True)))
    return chances, judged


def evaluate_plv(path: Path, setting: Setting) -> Scores:
    """Return the scores of the shipped models on the pairs at `path`."""
    pairs = [pair for file in data_files(path, ".tsv") for pair in read_pairs(file) if setting.takes(pair.sentence)]
    chances, judged = judge_pairs(pairs, load_judge(setting.load_reader()))
    return {**score_pairs(pairs, chances), **score_tuples(judged)}
