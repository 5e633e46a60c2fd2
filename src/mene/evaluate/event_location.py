"""`event_location`: the place where the event of a given verb happened, by words (JSON lines of tokens and spans).

Precision and recall are taken over all words of all items; items without a place count against precision only.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from mene.evaluate.files import data_files, read_json_lines
from mene.evaluate.measures import f1, share
from mene.evaluate.protocol import ARGUMENTS, EventReader
from mene.evaluate.setting import Scores, Setting

PLACE = ARGUMENTS.index("place")


@dataclass(frozen=True, slots=True)
class Located:
    """A sentence, the word that names its event and the words of the place where it happened (often none)."""

    text: str
    words: tuple[str, ...]
    verb: int
    place: frozenset[int]


def read_located(path: Path) -> list[Located]:
    """Return the items of a JSON-lines file."""
    return list(read_json_lines(path, _located))


def _located(line: dict[str, Any]) -> Located:
    words = tuple(str(token["text"]) for token in line["tokens"])
    verbs = [span["token_start"] for span in line["spans"] if span["label"] == "VERB"]
    places = [span for span in line["spans"] if span["label"] == "LOCATION"]
    place = {word for span in places for word in range(span["token_start"], span["token_end"] + 1)}
    return Located(str(line["text"]), words, int(verbs[0]), frozenset(place))


def score_places(gold: Sequence[Located], predicted: Sequence[AbstractSet[int]]) -> dict[str, float]:
    """Return token_p, token_r, token_f1 and n, the number of items."""
    matched = sum(len(item.place & found) for item, found in zip(gold, predicted, strict=True))
    wanted, found = sum(len(item.place) for item in gold), sum(len(words) for words in predicted)
    return {
        "token_p": share(matched, found),
        "token_r": share(matched, wanted),
        "token_f1": f1(matched, found, wanted),
        "n": len(gold),
    }


def find_place_words(reader: EventReader, words: Sequence[str], verb: int) -> frozenset[int]:
    """Return the words that are more likely than not the place of the event `verb` names."""
    scores = np.asarray(reader.event_scores(words)[1][verb], np.float64)
    others = np.logaddexp.reduce(np.delete(scores, PLACE, axis=-1), axis=-1)
    return frozenset(np.flatnonzero(scores[:, PLACE] > others).tolist())


def evaluate_event_location(path: Path, setting: Setting) -> Scores:
    """Return the scores of the reader on the items at `path`."""
    reader = setting.load_reader()
    items = [item for file in data_files(path, ".jsonl") for item in read_located(file) if setting.takes(item.text)]
    return score_places(items, [find_place_words(reader, item.words, item.verb) for item in items])
