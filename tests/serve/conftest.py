"""A served edition drawn from a made-up corpus, and clients that ask it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from mene.codebook import load_codebook
from mene.evaluate.scale import MOMENT, actors
from mene.evaluate.synthetic import make_readings
from mene.records import Reading
from mene.serve.app import Live, make_app
from mene.serve.desk import Desk
from mene.serve.edition import Edition
from mene.serve.library import Library
from mene.serve.press import Press
from mene.serve.server import make_door
from mene.serve.worker import Where
from mene.store import open_store

ADDRESS = "http://127.0.0.1:8080"
OWN = {"sec-fetch-site": "same-origin"}


@pytest.fixture(scope="session")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    """An edition of 600 statements."""
    return draw(make_readings(600, actors(), places=40), tmp_path_factory.mktemp("served"), version="e1")


def draw(readings: Iterable[Reading], folder: Path, *, version: str) -> Edition:
    """Return an edition of readings, which are kept in a store in a folder for the search."""
    store = folder / f"{version}.duckdb"
    with open_store(store) as opened:
        for one in readings:
            opened.add(one, one.article.id.encode(), recorded_at=MOMENT, how="file")
    found = Library(store).read(lambda read, total: None)
    return Edition(found.readings, load_codebook(), found.search, version=version, drawn_at=MOMENT)


@dataclass(frozen=True)
class Served:
    """What is served, and a client of it."""

    live: Live
    client: TestClient


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Served]]:
    """Return a function that serves an edition (None: it is still being drawn), with a token or without."""
    desks = []

    def start(shown: Edition | None, *, token: str | None = None, host: str = "127.0.0.1", near: bool = True) -> Served:
        store = tmp_path / "store.duckdb"
        desk = Desk(Where(store))
        desks.append(desk)
        press = Press(Library(store), load_codebook())
        press.edition = shown
        live = Live(press, desk)
        app = make_app(live, make_door(host, 8080, token))
        client = ("127.0.0.1" if near else "192.0.2.7", 40000)
        return Served(live, TestClient(app, base_url=ADDRESS, client=client, follow_redirects=False))

    yield start
    for desk in desks:
        desk.close()


@pytest.fixture
def client(serve: Callable[..., Served], edition: Edition) -> TestClient:
    """A client of the made-up edition, on the same machine."""
    return serve(edition).client
