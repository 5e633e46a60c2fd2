"""The press: the first edition, the next after something came in, and an old one kept when the store cannot be read."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from mene.codebook import load_codebook
from mene.evaluate.scale import MOMENT, actors
from mene.evaluate.synthetic import make_readings
from mene.records import Reading
from mene.serve import press as press_module
from mene.serve.library import Library
from mene.serve.press import Press
from mene.store import open_store


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store of two articles."""
    path = tmp_path / "store.duckdb"
    keep(path, readings()[:2])
    return path


def readings() -> list[Reading]:
    return list(make_readings(60, actors(), places=10))


def keep(path: Path, these: list[Reading]) -> None:
    with open_store(path) as store:
        for one in these:
            store.add(one, one.article.id.encode(), recorded_at=MOMENT, how="file")


def test_a_library_reads_only_what_came_in(store: Path) -> None:
    library, told = Library(store), []
    version, first, _ = library.read(lambda read, total: told.append((read, total)))
    mark = library.mark()
    keep(store, readings()[2:3])
    assert library.mark() != mark
    later, second, _ = library.read(lambda read, total: told.append((read, total)))
    assert later != version
    assert (len(first), len(second)) == (2, 3)
    assert told == [(1, 2), (2, 2), (1, 1)]
    assert second[0] is first[0]


def test_the_version_names_the_codebook_too(store: Path, tmp_path: Path) -> None:
    folder = tmp_path / "book"
    folder.mkdir()
    (folder / "outlets.yaml").write_text("[]\n", encoding="utf-8")
    assert Library(store, (folder,)).read(print)[0] != Library(store).read(print)[0]


def wait_for(what: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_the_next_edition_follows_what_came_in(store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(press_module, "CHECKED_EVERY", 0.05)
    monkeypatch.setattr(press_module, "QUIET", 0.05)
    press = Press(Library(store), load_codebook())
    press.start()
    try:
        wait_for(lambda: press.edition is not None)
        first = press.edition
        assert first is not None
        keep(store, readings()[2:4])
        wait_for(lambda: press.edition is not first)
        assert press.edition is not None
        assert len(press.edition.last.contents.articles) == 4
        assert len(first.last.contents.articles) == 2
    finally:
        press.stop()


def test_an_edition_stays_when_the_store_cannot_be_read(store: Path) -> None:
    press = Press(Library(store), load_codebook())
    press._draw_if_changed()
    first = press.edition
    store.write_bytes(b"nothing")
    press._draw_if_changed()
    assert press.edition is first
    assert "is not a Mene store" in press.work.trouble
