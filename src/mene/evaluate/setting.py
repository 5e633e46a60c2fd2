"""How an evaluation is run: on which part of the data, and with which reader."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from mene.errors import InputError
from mene.evaluate.folds import FOLDS, is_held_out
from mene.evaluate.protocol import Reader
from mene.records import Article, Event, Picture, Statement

Read = tuple[Sequence[Statement], Sequence[Event], Picture]
"""What the whole path makes of an article."""

Split = Literal["all", "held-out"]
Scores = Mapping[str, float]


def no_reader() -> Reader:
    """Raise `InputError`: the default where a scorer was not given the reader it needs."""
    raise InputError("this evaluation needs the reader model: pass load_reader")


def no_path(article: Article) -> Read:
    """Raise `InputError`: the default where a scorer was not given the whole path it needs."""
    raise InputError("this evaluation needs the whole path: pass read_article")


@dataclass(frozen=True, slots=True)
class Setting:
    """The options of an evaluation.

    With `split` "held-out" only the documents or sentences that training leaves out are scored; it matters for the
    sets that a head was trained on. `gold_mentions` gives the geoparser the mentions and scores their resolution.
    `load_reader` gives the reader model and `read_article` takes a cleaned article through stages 2 to 5; each is
    called by the scorers that need it.
    """

    split: Split = "all"
    folds: int = FOLDS
    gold_mentions: bool = False
    load_reader: Callable[[], Reader] = no_reader
    read_article: Callable[[Article], Read] = no_path

    def takes(self, key: str) -> bool:
        """Return whether the document or sentence named by `key` is scored."""
        return self.split == "all" or is_held_out(key, self.folds)


class Evaluator(Protocol):
    """Scores one ability on a file or folder; the result is flat and holds `n`."""

    def __call__(self, path: Path, setting: Setting) -> Scores: ...
