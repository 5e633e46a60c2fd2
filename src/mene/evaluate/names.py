"""`names`: persons, organisations and places, exact spans, micro-F1 (Universal NER's IOB2 files).

Other files of words and tags are read too; their labels are mapped to PER, ORG and LOC by `NAME_OF`, and what has no
counterpart there (products, elections, MISC) is left out of the gold.
"""

from collections.abc import Sequence
from pathlib import Path

from mene.evaluate.files import data_files
from mene.evaluate.iob import LabelledSpan, Tagged, read_tagged, spans_of
from mene.evaluate.measures import set_f1
from mene.evaluate.protocol import WordsReading
from mene.evaluate.setting import Scores, Setting

NAME_OF = {
    "PER": "PER",
    "ORG": "ORG",
    "LOC": "LOC",
    # WNUT 2017
    "person": "PER",
    "location": "LOC",
    "corporation": "ORG",
    "group": "ORG",
    # CrossNER, political texts
    "politician": "PER",
    "organisation": "ORG",
    "politicalparty": "ORG",
    "country": "LOC",
}
"""The labels of the open name corpora as PER, ORG and LOC."""


def gold_names(sentence: Tagged) -> frozenset[LabelledSpan]:
    """Return the names of a tagged sentence as PER, ORG and LOC spans."""
    spans = spans_of(sentence.tags)
    return frozenset((NAME_OF[label], first, last) for label, first, last in spans if label in NAME_OF)


def score_names(gold: Sequence[Tagged], predicted: Sequence[WordsReading]) -> dict[str, float]:
    """Return f1 over all names, f1 of each label, and n, the number of sentences."""
    pairs = [
        (gold_names(sentence), frozenset((span.label, span.first, span.last) for span in reading.names))
        for sentence, reading in zip(gold, predicted, strict=True)
    ]
    scores = {"f1": set_f1(pairs)}
    for label in ("PER", "ORG", "LOC"):
        scores[f"f1_{label}"] = set_f1(
            (frozenset(span for span in wanted if span[0] == label), frozenset(s for s in found if s[0] == label))
            for wanted, found in pairs
        )
    return {**scores, "n": len(gold)}


def evaluate_names(path: Path, setting: Setting) -> Scores:
    """Return the scores of the reader on the tagged sentences at `path`."""
    files = data_files(path, ".iob2", ".conll", ".conll.txt", ".txt")
    sentences = [sentence for file in files for sentence in read_tagged(file)]
    return score_names(sentences, setting.load_reader().read_words([sentence.words for sentence in sentences]))
