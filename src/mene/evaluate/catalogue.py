"""The names of the evaluation contract and what scores each."""

import json
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from mene.errors import InputError, ReaderModelError
from mene.evaluate.folds import FOLDS
from mene.evaluate.protocol import Reader
from mene.evaluate.setting import Evaluator, Read, Scores, Setting, Split
from mene.pipeline import Model, load_model, picture_of
from mene.pipeline import read as read_whole
from mene.records import Article

NAMES = (
    "ud",
    "propbank",
    "names",
    "re3d",
    "polnear",
    "factuality",
    "plv",
    "coped",
    "event_location",
    "reading",
    "geoparsing",
    "dates",
    "extraction",
    "control",
    "cases",
    "coreference",
    "origins",
    "incidents",
    "reports",
)
"""Every name that can be scored: those of the contract, and our own from `cases` to `reports`."""


def _late(name: str) -> Evaluator:
    """Return the evaluator of `name`, whose module is imported when it is first called."""

    def score(path: Path, setting: Setting) -> Scores:
        evaluator: Evaluator = getattr(import_module(f"mene.evaluate.{name}"), f"evaluate_{name}")
        return evaluator(path, setting)

    return score


def _geoparsing(path: Path, setting: Setting) -> Scores:
    from mene.evaluate.geoparsing import score_geoparsing
    from mene.evaluate.place_mentions import mention_finder

    finder = None if setting.gold_mentions else mention_finder(setting.load_reader())
    return score_geoparsing(path, gold_mentions=setting.gold_mentions, find_mentions=finder)


def _extraction(path: Path, setting: Setting) -> Scores:
    from mene.evaluate.extraction import score_extraction

    return score_extraction(path)


_ALL: Mapping[str, Evaluator] = {
    **{name: _late(name) for name in NAMES},
    "geoparsing": _geoparsing,
    "extraction": _extraction,
}

EVALUATORS: Mapping[str, Evaluator] = {
    name: evaluator for name, evaluator in _ALL.items() if find_spec(f"mene.evaluate.{name}")
}
"""The evaluators by name."""


def load_shipped_reader() -> Reader:
    """Return the reader model that ships with Mene."""
    from mene.language import load_reader

    return load_reader()


def read_shipped(article: Article) -> Read:
    """Return what Mene's whole path makes of a cleaned article: statements, events and the picture of it alone."""
    model = _load_shipped_model()
    reading = read_whole(article, model, today=article.published_at)
    return reading.statements, reading.events, picture_of([reading], model.codebook)


@cache
def _load_shipped_model() -> Model:
    return load_model()


def evaluate(
    name: str,
    path: Path,
    *,
    split: Split = "all",
    folds: int = FOLDS,
    gold_mentions: bool = False,
    load_reader: Callable[[], Reader] = load_shipped_reader,
    read_article: Callable[[Article], Read] = read_shipped,
) -> dict[str, float]:
    """Return the scores of the shipped models on the file or folder at `path`, `n` included.

    `split` "held-out" scores only what training left out, of the sets a head was trained on. Raises `InputError` for an
    unknown name, a missing path or a file in another format.
    """
    if name not in EVALUATORS:
        raise InputError(f"there is no evaluation {name!r}: choose one of {', '.join(EVALUATORS)}")
    if not path.exists():
        raise InputError(f"{path} does not exist: give a file or folder in the format of {name}")
    setting = Setting(split, folds, gold_mentions, load_reader, read_article)
    return dict(EVALUATORS[name](path, setting))


def read_weights_checksum() -> str:
    """Return the SHA-256 of the shipped reader's weights, as its card says. Raises `ReaderModelError` without it."""
    from mene.language.reader import WEIGHTS

    try:
        card = json.loads((WEIGHTS / "card.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ReaderModelError("the reader's weights are missing: reinstall mene") from error
    return str(card["sha256"])
