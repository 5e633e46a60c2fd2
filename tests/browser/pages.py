"""The pages under test, each as its HTML: of the sample corpus, of hostile articles, of a made-up corpus."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from mene import __version__
from mene.articles import read_article
from mene.codebook import Codebook, load_codebook
from mene.commands.paint import page_text
from mene.evaluate.scale import actors
from mene.evaluate.synthetic import make_readings
from mene.pipeline import Model, load_model, read
from mene.records import Reading
from mene.report import write_page
from mene.report.contents import Contents
from mene.report.page import render
from mene.sample import sample_articles, sample_codebook
from mene.view import contents_of, view
from tests.report.hand import case

from .hostile import FILES, make_endless, make_hostile

DEMO_DAY = date(2024, 12, 7)
"""The day of `mene demo`."""


@lru_cache(maxsize=1)
def demo_contents() -> Contents:
    """Return what the page of `mene demo` shows."""
    model = load_model(sample_codebook())
    named = ((path.name, path.read_bytes()) for path in sample_articles())
    shown = view(_read_all(named, model), model.codebook, as_of=DEMO_DAY, on=None)
    return contents_of(shown, model.codebook, history=True)


def demo_page() -> str:
    """Return the page that `mene demo` writes."""
    return render(demo_contents(), version=__version__)


def small_page() -> str:
    """Return the page of the hand-made case of `tests/report`: three articles, a row of every kind."""
    return write_page(**case())


def hostile_page(model: Model) -> str:
    """Return the page of articles that attack it, some read from files, some with an attack in every field."""
    return _page_of(hostile_readings(model), model.codebook)


def hostile_readings(model: Model) -> list[Reading]:
    """Return the readings of articles that attack the page."""
    return [*_read_all(FILES.items(), model), *make_hostile()]


def endless_page() -> str:
    """Return the page of lines of a megabyte."""
    return _page_of([make_endless()], load_codebook())


def synthetic_page(statements: int) -> str:
    """Return the page of a made-up corpus with so many statements, ten an article."""
    return _page_of(list(make_readings(statements, actors())), load_codebook())


def _page_of(readings: Sequence[Reading], codebook: Codebook) -> str:
    return page_text(view(readings, codebook, as_of=None, on=None), codebook)


def _read_all(named: Iterable[tuple[str, bytes]], model: Model) -> list[Reading]:
    """Return the readings of articles, given as names and bytes."""
    return [read(read_article(raw, name=name), model, today=DEMO_DAY) for name, raw in named]
