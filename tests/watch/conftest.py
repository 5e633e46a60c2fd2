"""A world for a watch: a clock that only moves when somebody rests, servers in memory, and one on loopback."""

import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from mene.articles import Loaded
from mene.articles.fetch import Answer
from mene.errors import InputError
from mene.watch.courtesy import Request
from mene.watch.memory import Memory
from mene.watch.progress import Progress
from mene.watch.round import Hands, Outcome, run_round
from mene.watch.sources import Source

DAY_ONE = 1_733_400_000.0
"""5 December 2024, noon."""

Reply = tuple[int, Mapping[str, str], bytes]


def page(title: str, text: str = "The rebels took the town of Tal Abyad on Thursday, the army said.") -> bytes:
    return f"<html><body><article><h1>{title}</h1><p>{text}</p></article></body></html>".encode()


def rss(*items: tuple[str, str], head: str = "") -> bytes:
    """A feed with an item for each address and description."""
    entries = "".join(
        f"<item><title>News of {link[-1:]}</title><link>{link}</link><guid>{link}</guid>"
        f"<pubDate>Thu, 05 Dec 2024 10:00:00 GMT</pubDate><description>{text}</description></item>"
        for link, text in items
    )
    channel = f"<channel><title>Levant Wire</title>{head}{entries}</channel>"
    return f'<?xml version="1.0"?><rss version="2.0">{channel}</rss>'.encode()


@dataclass
class World:
    """Servers by address, in memory; what they were asked, when; what was kept and told; how often it was saved."""

    replies: dict[str, Reply] = field(default_factory=dict)
    now: float = DAY_ONE
    asked: list[tuple[float, Request]] = field(default_factory=list)
    kept: list[Loaded] = field(default_factory=list)
    told: list[Progress] = field(default_factory=list)
    saved: list[Memory] = field(default_factory=list)
    stops_after: int | None = None

    def ask(self, request: Request) -> Answer:
        self.asked.append((self.now, request))
        if request.url.endswith("/robots.txt") and request.url not in self.replies:
            return Answer(request.url, 404, {})
        if request.url not in self.replies:
            raise InputError(f"{request.url} does not answer")
        status, headers, body = self.replies[request.url]
        return Answer(request.url, status, headers, body)

    def keep(self, loaded: Loaded) -> bool:
        is_new = loaded.unwrap().id not in [one.unwrap().id for one in self.kept]
        self.kept.append(loaded)
        return is_new

    def rest(self, seconds: float) -> bool:
        self.now += seconds
        return self.stops_after is not None and len(self.kept) >= self.stops_after

    @property
    def urls(self) -> list[str]:
        """What was asked for, robots.txt left out."""
        return [request.url for _, request in self.asked if not request.url.endswith("/robots.txt")]

    def told_of(self, kind: type) -> list[Progress]:
        return [record for record in self.told if isinstance(record, kind)]

    def hands(self, **changes: object) -> Hands:
        given: dict[str, object] = {
            "ask": self.ask, "keep": self.keep, "tell": self.told.append, "save": self.saved.append,
            "clock": lambda: self.now, "rest": self.rest, "jitter": lambda: 0.0,
        }  # fmt: skip
        return Hands(**{**given, **changes})  # type: ignore[arg-type]

    def round(
        self, *sources: Source, memory: Memory | None = None, patience: float = 600.0, **changes: object
    ) -> Outcome:
        """One round over the sources; what was asked and told before is forgotten."""
        self.asked.clear()
        self.told.clear()
        hands = self.hands(**changes)
        return run_round(sources, memory or Memory(), hands, every=0.0, patience=patience)


@pytest.fixture
def world() -> World:
    return World()


class Server(ThreadingHTTPServer):
    """A server on loopback that answers each path by its function; `log` has the path and headers of each request."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.routes: dict[str, Reply | Callable[[BaseHTTPRequestHandler], None]] = {}
        self.log: list[tuple[str, dict[str, str]]] = []

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is what some of these tests are about."""


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.log.append((self.path, {key.lower(): value for key, value in self.headers.items()}))
        reply = self.server.routes.get(self.path, (404, {}, b""))
        if callable(reply):
            reply(self)
            return
        status, headers, body = reply
        etag = headers.get("ETag")
        if etag and self.headers.get("If-None-Match") == etag:
            status, body = 304, b""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


@pytest.fixture
def server() -> Iterator[Server]:
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield running
        running.shutdown()
        thread.join()
