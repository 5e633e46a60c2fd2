"""The names of the evaluation contract and what scores each."""

from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

from mene.errors import InputError
from mene.evaluate.folds import FOLDS
from mene.evaluate.protocol import Reader
from mene.evaluate.setting import Evaluator, Scores, Setting, Split

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
)
"""Every name that can be scored. `control` waits for a filter of dated control."""


def _late(name: str) -> Evaluator:
    """Return the evaluator of `name`, whose module is imported when it is first called."""

    def score(path: Path, setting: Setting) -> Scores:
        evaluator: Evaluator = getattr(import_module(f"mene.evaluate.{name}"), f"evaluate_{name}")
        return evaluator(path, setting)

    return score


EVALUATORS: Mapping[str, Evaluator] = {name: _late(name) for name in NAMES if find_spec(f"mene.evaluate.{name}")}
"""The evaluators by name: `evaluate_NAME` of the module NAME."""


def load_shipped_reader() -> Reader:
    """Return the reader model that ships with Mene."""
    from mene.language import load_reader

    return load_reader()


def evaluate(
    name: str,
    path: Path,
    *,
    split: Split = "all",
    folds: int = FOLDS,
    gold_mentions: bool = False,
    load_reader: Callable[[], Reader] = load_shipped_reader,
) -> dict[str, float]:
    """Return the scores of the shipped models on the file or folder at `path`, `n` included.

    `split` "held-out" scores only what training left out, of the sets a head was trained on. Raises `InputError` for an
    unknown name, a missing path or a file in another format.
    """
    if name not in EVALUATORS:
        raise InputError(f"there is no evaluation {name!r}: choose one of {', '.join(EVALUATORS)}")
    if not path.exists():
        raise InputError(f"{path} does not exist: give a file or folder in the format of {name}")
    setting = Setting(split=split, folds=folds, gold_mentions=gold_mentions, load_reader=load_reader)
    return dict(EVALUATORS[name](path, setting))
