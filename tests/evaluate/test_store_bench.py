"""Measuring a store: what is kept again and again counts as other articles, with nothing wrong in them."""

from pathlib import Path

from mene import __version__
from mene.articles import read_article
from mene.evaluate.store_bench import MOMENT, many, measure
from mene.pipeline import Model, read
from mene.store.entry import make_entry
from mene.store.faults import entry_faults


def test_each_copy_is_an_article_of_its_own(model: Model, article: str) -> None:
    raw = article.encode()
    sample = [(raw, "hama.txt", read(read_article(raw, name="hama.txt"), model))]
    pages = list(many(sample, 3 * len(sample[0][2].statements)))
    assert len({reading.article.id for _, reading in pages}) == 3
    for page, reading in pages:
        entry = make_entry(reading, page, MOMENT, __version__, None)
        assert list(entry_faults(entry, reading, page)) == []


def test_measuring_gives_numbers(model: Model, article: str, tmp_path: Path) -> None:
    raw = article.encode()
    sample = [(raw, "hama.txt", read(read_article(raw, name="hama.txt"), model))]
    numbers = measure(list(many(sample, 20)), tmp_path / "one.duckdb", tmp_path / "two.duckdb", tmp_path)
    assert numbers["statements"] >= 20
    assert numbers["import_statements_per_s"] > 0
