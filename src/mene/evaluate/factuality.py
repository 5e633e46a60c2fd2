"""`factuality`: how certainly an event happened, -3 to +3, at given words (JSON lines of text and targets).

The text is split at white space. Pearson's r and the mean absolute error are taken over all targets; where a folder
holds several corpora each is also scored alone, since their scales are used differently.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mene.evaluate.files import data_files, read_json_lines
from mene.evaluate.measures import mean_absolute_error, pearson
from mene.evaluate.protocol import WordsReading
from mene.evaluate.setting import Scores, Setting

CERTAIN = 3.0


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence with the factuality of some of its words: (word, -3..+3)."""

    words: tuple[str, ...]
    values: tuple[tuple[int, float], ...]


def read_judged(path: Path) -> list[Judged]:
    """Return the sentences of a JSON-lines file."""
    return list(read_json_lines(path, _judged))


def _judged(line: dict[str, Any]) -> Judged:
    words = tuple(str(line["text"]).split())
    values = tuple((int(target["span1"][0]), float(target["label"])) for target in line["targets"])
    if any(not 0 <= word < len(words) for word, _ in values):
        raise ValueError("a target lies outside its text")
    return Judged(words, values)


def score_factuality(gold: Sequence[Judged], predicted: Sequence[WordsReading]) -> dict[str, float]:
    """Return r, mae and n, the number of targets. Predictions are clipped to the scale."""
    wanted: list[float] = []
    found: list[float] = []
    for sentence, reading in zip(gold, predicted, strict=True):
        for word, value in sentence.values:
            wanted.append(value)
            found.append(max(-CERTAIN, min(CERTAIN, reading.factuality[word])))
    return {"r": pearson(wanted, found), "mae": mean_absolute_error(wanted, found), "n": len(wanted)}


def evaluate_factuality(path: Path, setting: Setting) -> Scores:
    """Return the scores of the reader on the targets at `path`, and for each corpus of several."""
    reader = setting.load_reader()
    corpora: dict[str, tuple[list[Judged], Sequence[WordsReading]]] = {}
    for file in data_files(path, ".jsonl"):
        sentences = read_judged(file)
        corpora[file.parent.name.lower()] = (sentences, reader.read_words([s.words for s in sentences]))
    gold = [sentence for sentences, _ in corpora.values() for sentence in sentences]
    scores = score_factuality(gold, [reading for _, readings in corpora.values() for reading in readings])
    if len(corpora) > 1:
        for corpus, (sentences, readings) in corpora.items():
            alone = score_factuality(sentences, readings)
            scores |= {f"{key}_{corpus}": value for key, value in alone.items() if key != "n"}
    return scores
