"""`coped`: the source and target of an event in a sentence (CoPED), exact spans, micro-F1 as seqeval counts it.

Only S (source) and T (target) spans are scored; the few that are both (R) are left out.
"""

from collections.abc import Sequence
from pathlib import Path

from mene.evaluate.files import data_files
from mene.evaluate.iob import Tagged, read_tagged, spans_of
from mene.evaluate.measures import set_f1
from mene.evaluate.protocol import WordsReading
from mene.evaluate.setting import Scores, Setting

LABELS = frozenset("ST")


def score_participants(gold: Sequence[Tagged], predicted: Sequence[WordsReading]) -> dict[str, float]:
    """Return f1 of source and target spans together, and n, the number of sentences."""
    pairs = [
        (
            frozenset(span for span in spans_of(sentence.tags) if span[0] in LABELS),
            frozenset((span.label, span.first, span.last) for span in reading.participants if span.label in LABELS),
        )
        for sentence, reading in zip(gold, predicted, strict=True)
    ]
    return {"f1": set_f1(pairs), "n": len(gold)}


def evaluate_coped(path: Path, setting: Setting) -> Scores:
    """Return the scores of the reader on the tagged sentences at `path`."""
    everything = [sentence for file in data_files(path, ".txt", ".conll") for sentence in read_tagged(file)]
    sentences = [sentence for sentence in everything if setting.takes(" ".join(sentence.words))]
    return score_participants(sentences, setting.load_reader().read_words([sentence.words for sentence in sentences]))
