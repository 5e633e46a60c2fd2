"""`plv`: what a source does to a target, the pair given: PLOVER root, quad class and conflict or cooperation.

The data's 15 roots cover two of our types twice: YIELD is CONCEDE and RETREAT, ASSAULT is ASSAULT and SEIZE. Each level
takes the class with the highest sum of the types' probabilities, which are those of `mene.events.pairs`: the reader's
view of all words multiplied with the words' own. All scores are macro-F1. The scores of the shipped models are of the
sentences that neither was trained on; over all of them, each fold by models that have not seen it, they are made by
`make folds` (the entry `five_folds`).
"""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from mene.codebook import Codebook, lemmatise, load_codebook
from mene.errors import InputError
from mene.evaluate.files import data_files, read_text
from mene.evaluate.locate import find_phrase
from mene.evaluate.measures import macro_f1
from mene.evaluate.protocol import ARGUMENTS, EventReader, Reader, WordsReading
from mene.evaluate.protocol import Scores as Table
from mene.evaluate.setting import Scores, Setting
from mene.events.pairs import ROOT_OF, PairWeights, Parsed, load_pair_weights, mix, pair_features, root_chances
from mene.language import find_words
from mene.vocabulary import EVENT_TYPES, QUAD_CLASS, EventType

COOPERATION = frozenset({1, 2})
ACTOR, RECIPIENT = ARGUMENTS.index("actor"), ARGUMENTS.index("recipient")


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


def weigh_types(types: Table, arguments: Table, source: Sequence[int], target: Sequence[int]) -> Table:
    """Return the probability of each event type but "O" for what the words of `source` do to those of `target`.

    Every word is weighed by how much it looks like an event that has the source as its actor and the target as its
    recipient; the types of all words are mixed by these weights, so no single trigger has to be found.
    """
    fits = _log_softmax(arguments)
    weight = fits[:, list(source), ACTOR].mean(1) + fits[:, list(target), RECIPIENT].mean(1)
    evident = np.logaddexp.reduce(types[:, 1:], axis=-1) - types[:, 0]
    weight = np.exp(_log_softmax(weight - np.logaddexp(0.0, -evident)))
    mixed: Table = (weight[:, None] * np.exp(_log_softmax(types[:, 1:]))).sum(0)
    return mixed


def _log_softmax(scores: Table) -> Table:
    scores = np.asarray(scores, np.float64)
    result: Table = scores - np.logaddexp.reduce(scores, axis=-1, keepdims=True)
    return result


def choose(chances: Mapping[EventType, float], group: Mapping[EventType, str]) -> str:
    """Return the class with the highest sum of its types' probabilities.

    >>> choose({"AID": 0.4, "ASSAULT": 0.3, "COERCE": 0.3}, {"AID": "2", "ASSAULT": "4", "COERCE": "4"})
    '4'
    """
    sums: dict[str, float] = {}
    for kind, chance in chances.items():
        sums[group[kind]] = sums.get(group[kind], 0.0) + chance
    return max(sorted(sums), key=lambda name: sums[name])


def binary_of(quad: str) -> str:
    """Return "cooperation" for quad classes 1 and 2, "conflict" for 3 and 4."""
    return "cooperation" if int(quad) in COOPERATION else "conflict"


def score_pairs(gold: Sequence[Pair], predicted: Sequence[Mapping[EventType, float]]) -> dict[str, float]:
    """Return root_f1, quad_f1, binary_f1 (all macro) and n, from the probability of each type for each pair."""
    quads = {kind: str(quad) for kind, quad in QUAD_CLASS.items()}
    binaries = {kind: binary_of(quad) for kind, quad in quads.items()}
    return {
        "root_f1": macro_f1([pair.root for pair in gold], [choose(chances, ROOT_OF) for chances in predicted]),
        "quad_f1": macro_f1([pair.quad for pair in gold], [choose(chances, quads) for chances in predicted]),
        "binary_f1": macro_f1(
            [binary_of(pair.quad) for pair in gold], [choose(chances, binaries) for chances in predicted]
        ),
        "n": len(gold),
    }


def seen_chances(
    reader: EventReader, words: Sequence[str], source: Sequence[int], target: Sequence[int]
) -> dict[EventType, float]:
    """Return the probability of each event type for what `source` does to `target`, as the reader alone sees it."""
    types, arguments = reader.event_scores(words)
    chances = weigh_types(types, arguments, source, target)
    by_name = dict(zip(reader.event_types[1:], chances.tolist(), strict=True))
    return {kind: by_name.get(kind, 0.0) for kind in EVENT_TYPES}


def parse(words: Sequence[str], reading: WordsReading) -> Parsed:
    """Return the words with their tree, as `pair_features` takes them."""
    lemmas = [lemmatise(word, upos).lower() for word, upos in zip(words, reading.upos, strict=True)]
    return Parsed(lemmas, reading.upos, reading.heads, reading.relations)


def pair_chances(
    reader: Reader, pairs: Sequence[Pair], weights: PairWeights, codebook: Codebook
) -> list[dict[EventType, float]]:
    """Return the probability of each event type for what the source does to the target of each pair."""
    sentences = [[pair.sentence[a:b] for a, b in find_words(pair.sentence)] for pair in pairs]
    chances = []
    for pair, words, reading in zip(pairs, sentences, reader.read_words(sentences), strict=True):
        source, target = find_phrase(words, pair.source), find_phrase(words, pair.target)
        features = pair_features(parse(words, reading), source, target, codebook)
        chances.append(mix(seen_chances(reader, words, source, target), root_chances(features, weights).tolist()))
    return chances


def evaluate_plv(path: Path, setting: Setting) -> Scores:
    """Return the scores of the shipped models on the pairs at `path`."""
    pairs = [pair for file in data_files(path, ".tsv") for pair in read_pairs(file) if setting.takes(pair.sentence)]
    return score_pairs(pairs, pair_chances(setting.load_reader(), pairs, load_pair_weights(), load_codebook()))
