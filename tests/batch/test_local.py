"""Articles read side by side."""

from datetime import date

import pytest

from mene.batch import read_each
from mene.batch.local import count_processes, read_in_processes
from mene.pipeline import Model, read
from mene.records import Article
from tests.language.build import analysis, sentence

DAY = date(2024, 12, 7)


def article(place: str) -> Article:
    return analysis(sentence(f"Rebels:NOUN took:VERB {place}:PROPN on:ADP Friday:PROPN .:PUNCT")).article


@pytest.fixture
def articles() -> list[Article]:
    return [article(place) for place in ("Hama", "Homs", "Daraa")]


def test_processes_read_what_one_process_reads_in_the_same_order(model: Model, articles: list[Article]) -> None:
    together = list(read_in_processes(articles, (), today=DAY, processes=2))
    assert together == [read(one, model, today=DAY) for one in articles]


def test_a_few_articles_are_read_here(model: Model, articles: list[Article], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mene.batch.local.read_in_processes", lambda *_, **__: pytest.fail("started processes"))
    assert len(list(read_each(articles, model, processes=8))) == 3


def test_what_comes_after_the_first_goes_to_processes(
    model: Model, articles: list[Article], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mene.batch.local.WORTH_PROCESSES", 1)
    monkeypatch.setattr("mene.batch.local.read_in_processes", lambda given, *_, **__: iter(list(given)))
    found = list(read_each(iter(articles), model, processes=2))
    assert found[1:] == articles[1:]
    assert found[0].article == articles[0]


def test_the_first_is_read_before_the_second_is_asked_for(model: Model, articles: list[Article]) -> None:
    asked: list[int] = []
    given = (asked.append(i) or one for i, one in enumerate(articles))  # type: ignore[func-returns-value]
    next(read_each(given, model))
    assert asked == [0]


def test_a_process_never_asks_for_more_than_the_machine_gives() -> None:
    assert 1 <= count_processes() <= 61
