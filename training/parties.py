"""Fits the words' view of sources and targets (mene.language.parties): `python -m training.parties --data DIR`.

A multinomial logistic regression of each word's tag on CoPED's sentences. The held-out fold is left out.
"""

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from mene.codebook import Codebook, load_codebook
from mene.evaluate.folds import HELD_OUT
from mene.evaluate.protocol import WordReader
from mene.language import load_reader
from mene.language.parties import LABELS, TAGS, WEIGHTS, PartyWeights, name_sum, word_features
from training.corpora import Example, read_participants

PENALTY = 10.0
MIN_COUNT = 3
"""Features of fewer words than this are not kept."""

Features = Sequence[Sequence[str]]


def features_of(examples: Sequence[Example], reader: WordReader, codebook: Codebook) -> list[Features]:
    """Return the features of each sentence's words."""
    readings = reader.read_words([example.words for example in examples])
    return [word_features(e.words, reading, codebook) for e, reading in zip(examples, readings, strict=True)]


def tags_of(example: Example) -> list[int]:
    """Return the tag of each word."""
    tags = [0] * len(example.words)
    for label, first, last in example.spans["participants"]:
        begins = 2 * LABELS.index(label) + 1
        tags[first : last + 1] = [begins] + [begins + 1] * (last - first)
    return tags


def fit(examples: Sequence[Example], features: Sequence[Features]) -> PartyWeights:
    """Return the weights of the features of at least `MIN_COUNT` words."""
    words = [[name_sum(name) for name in names] for sentence in features for names in sentence]
    counts = Counter(number for numbers in words for number in set(numbers))
    rows = {number: row for row, number in enumerate(sorted(n for n, count in counts.items() if count >= MIN_COUNT))}
    kept = [[rows[number] for number in numbers if number in rows] for numbers in words]
    at = np.repeat(np.arange(len(kept)), [len(row) for row in kept])
    columns = np.concatenate([np.array(row, np.int64) for row in kept])
    matrix = csr_matrix((np.ones(len(columns), np.float32), (at, columns)), (len(kept), len(rows)))
    tags = np.array([tag for example in examples for tag in tags_of(example)])
    model = LogisticRegression(C=1.0 / PENALTY, max_iter=300).fit(matrix, tags)
    table, bias = np.zeros((len(rows), TAGS)), np.full(TAGS, -20.0)
    table[:, model.classes_], bias[model.classes_] = model.coef_.T, model.intercept_
    return PartyWeights(rows, table, bias)


def write_weights(weights: PartyWeights, path: Path) -> None:
    """Write the weights in 16 bits."""
    np.savez_compressed(
        path,
        features=np.array(list(weights.rows), np.uint32),
        table=weights.table.astype(np.float16),
        bias=weights.bias.astype(np.float16),
    )


def main() -> None:
    """Read the arguments, fit on all but the held-out fold and write the weights into the package."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="folder with the training corpora")
    examples = read_participants(parser.parse_args().data / "coped_spans/train.txt", HELD_OUT)
    weights = fit(examples, features_of(examples, load_reader(), load_codebook()))
    write_weights(weights, WEIGHTS)
    print(f"{len(examples)} sentences, {len(weights.rows)} features")


if __name__ == "__main__":
    main()
