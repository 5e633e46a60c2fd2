"""Fits the words' view of a pair's event type (mene.events.pairs): `python -m training.pairs --data DIR`.

A multinomial logistic regression on PLV's pairs, every root counting alike, and with a smaller weight on the events of
the annotated readings that name both parties. Held-out folds are left out.
"""

import argparse
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from mene.codebook import Codebook, load_codebook
from mene.evaluate.folds import HELD_OUT, fold
from mene.evaluate.locate import find_phrase
from mene.evaluate.pairs import parse
from mene.evaluate.plv import Pair, read_pairs
from mene.evaluate.protocol import WordReader
from mene.events.pairs import ROOT_OF, ROOTS, WEIGHTS, Features, PairWeights, name_sum, pair_features, weigh_features
from mene.language import find_words, load_reader
from mene.vocabulary import EVENT_TYPES
from training.corpora import read_events

READINGS_WEIGHT = 0.3
"""What an event of the readings counts beside a pair of PLV: their news is of one war, in which most is fighting."""

PENALTY = 0.01
MIN_COUNT = 2
"""Features of fewer pairs than this are not kept."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A sentence's words with the words of source and target, the root and how much it counts."""

    words: tuple[str, ...]
    source: tuple[int, ...]
    target: tuple[int, ...]
    root: str
    weight: float = 1.0


def show_pair(pair: Pair) -> Shown:
    """Return a pair of PLV as words."""
    words = tuple(pair.sentence[a:b] for a, b in find_words(pair.sentence))
    return Shown(words, find_phrase(words, pair.source), find_phrase(words, pair.target), pair.root)


def show_readings(folder: Path, held_out: int) -> list[Shown]:
    """Return the events of the annotated readings that name an actor and a recipient."""
    shown = []
    kinds = {str(kind): root for kind, root in ROOT_OF.items() if kind in EVENT_TYPES}
    for example in read_events(folder, held_out):
        for _, kind, _, arguments in example.triggers:
            source = tuple(word for role, word in arguments if role == "actor")
            target = tuple(word for role, word in arguments if role == "recipient")
            if source and target and kind in kinds and not {*source} & {*target}:
                shown.append(Shown(example.words, source, target, kinds[kind], READINGS_WEIGHT))
    return shown


def features_of(shown: Sequence[Shown], reader: WordReader, codebook: Codebook) -> list[Features]:
    """Return the features of each pair, by the reader's trees."""
    readings = reader.read_words([one.words for one in shown])
    return [
        pair_features(parse(one.words, reading), one.source, one.target, codebook)
        for one, reading in zip(shown, readings, strict=True)
    ]


def fit(shown: Sequence[Shown], features: Sequence[Features]) -> PairWeights:
    """Return the weights of the features of at least `MIN_COUNT` pairs."""
    counts = Counter(name_sum(name) for found in features for name in found)
    kept = sorted(number for number, count in counts.items() if count >= MIN_COUNT)
    rows = {number: row for row, number in enumerate(kept)}
    idf = np.array([1.0 + log((1 + len(shown)) / (1 + counts[number])) for number in kept])
    roots = np.array([ROOTS.index(one.root) for one in shown])
    weight = np.array([one.weight for one in shown])
    by_root = np.bincount(roots[weight == 1.0], minlength=len(ROOTS))
    evened = weight * (weight == 1.0).sum() / (len(ROOTS) * by_root[roots])
    model = LogisticRegression(C=1.0 / PENALTY, max_iter=300)
    model.fit(_matrix(features, rows, idf), roots, sample_weight=evened)
    return PairWeights(rows, idf, model.coef_.T, model.intercept_)


def _matrix(features: Sequence[Features], rows: dict[int, int], idf: NDArray[np.float64]) -> csr_matrix:
    weighed = [weigh_features(found, rows, idf) for found in features]
    at = np.repeat(np.arange(len(weighed)), [len(columns) for columns, _ in weighed])
    columns = np.concatenate([columns for columns, _ in weighed])
    return csr_matrix((np.concatenate([values for _, values in weighed]), (at, columns)), (len(weighed), len(rows)))


def write_weights(weights: PairWeights, path: Path) -> None:
    """Write the weights in 16 bits."""
    np.savez_compressed(
        path,
        features=np.array(list(weights.rows), np.uint32),
        idf=weights.idf.astype(np.float16),
        table=weights.table.astype(np.float16),
        bias=weights.bias.astype(np.float16),
    )


def main() -> None:
    """Read the arguments, fit on all but the held-out fold and write the weights into the package."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the training corpora")
    data = parser.parse_args().data
    pairs = [p for p in read_pairs(data / "plv/train.tsv") if fold(p.sentence) != HELD_OUT]
    shown = [*map(show_pair, pairs), *show_readings(data / "reading", HELD_OUT)]
    weights = fit(shown, features_of(shown, load_reader(), load_codebook()))
    write_weights(weights, WEIGHTS)
    print(f"{len(shown)} pairs, {len(weights.rows)} features")


if __name__ == "__main__":
    main()
