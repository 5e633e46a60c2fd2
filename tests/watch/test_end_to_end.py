"""Against a real server on loopback: what it sends, however it means it, is bounded; what it asks for is heeded."""

import gzip
import threading
import time
import zlib
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from mene import __version__
from mene.articles import Loaded
from mene.articles.fetch import ask, fetch
from mene.articles.limits import MEGABYTE
from mene.errors import InputError
from mene.watch import Failed, Kept, Progress, Rested, Seen, Waiting, find_sources, read_memory, watch, watch_once
from mene.watch.memory import Memory
from mene.watch.round import Outcome
from mene.watch.sources import FeedWatch, read_opml
from tests.watch.conftest import Server, World, page, rss

HTML = {"Content-Type": "text/html"}


def feed_of(server: Server) -> FeedWatch:
    return FeedWatch(server.url("/rss"), inside=True)


def stock(server: Server, **headers: str) -> None:
    server.routes["/rss"] = (200, headers, rss((server.url("/1"), ""), (server.url("/2"), "")))
    server.routes["/1"] = (200, HTML, page("One"))
    server.routes["/2"] = (200, HTML, page("Two"))


def go(world: World, server: Server, memory: Memory | None = None) -> Outcome:
    """One round over the server's feed, by real requests and a clock that does not wait."""
    from mene.watch.loop import _ask

    server.log.clear()
    return world.round(feed_of(server), memory=memory, ask=_ask)


def test_a_feed_is_read_by_name_and_then_not_modified(world: World, server: Server) -> None:
    stock(server, ETag='"one"')
    first = go(world, server)
    assert [path for path, _ in server.log] == ["/robots.txt", "/rss", "/1", "/2"]
    assert server.log[0][1]["user-agent"].startswith(f"Mene/{__version__}")
    assert first.kept == 2
    go(world, server, first.memory)
    assert [(path, headers.get("if-none-match")) for path, headers in server.log] == [("/rss", '"one"')]
    assert world.told == [Seen(feed_of(server).name, 0, unchanged=True)]


def test_a_password_in_an_address_is_sent_and_neither_told_nor_kept(server: Server, tmp_path: Path) -> None:
    server.routes["/rss"] = (200, {}, rss(("/1", "")))
    server.routes["/1"] = (200, HTML, page("One"))
    named = server.url("/rss").replace("//", "//ana:hush@")
    told: list[Progress] = []
    kept: list[Loaded] = []
    sources = find_sources([named])
    watch_once(sources, lambda one: not kept.append(one), told.append, threading.Event(), memory=tmp_path / "m.json")
    assert server.log[1][1]["authorization"].startswith("Basic ")
    assert "authorization" not in server.log[2][1]
    assert kept[0].unwrap().url == server.url("/1")
    assert "hush" not in str(told)
    assert (tmp_path / "m.json").stat().st_mode & 0o077 == 0


def test_robots_txt_is_heeded(world: World, server: Server) -> None:
    stock(server)
    server.routes["/robots.txt"] = (200, {}, b"User-agent: Mene\nDisallow: /2\n")
    go(world, server)
    assert "/2" not in [path for path, _ in server.log]


def test_retry_after_is_heeded(world: World, server: Server) -> None:
    stock(server)
    server.routes["/rss"] = (503, {"Retry-After": "3600"}, b"")
    outcome = go(world, server)
    assert [type(record) for record in world.told] == [Waiting]
    world.now += 3000
    go(world, server, outcome.memory)
    assert server.log == []


def test_a_permanent_redirect_is_followed_and_remembered(world: World, server: Server) -> None:
    stock(server)
    server.routes |= {"/new": server.routes["/rss"], "/rss": (301, {"Location": "/new"}, b"")}
    first = go(world, server)
    assert first.kept == 2
    go(world, server, first.memory)
    assert [path for path, _ in server.log] == ["/new"]


def test_a_public_feed_leads_to_no_private_address(world: World, server: Server) -> None:
    """The feed is one that nobody named as inside: neither it nor anything that it leads to is asked for."""
    stock(server)
    from mene.watch.loop import _ask

    outcome = world.round(FeedWatch(server.url("/rss")), ask=_ask)
    assert server.log == []
    assert outcome.failed_sources
    assert "private or local" in str(world.told_of(Failed)[0])


def test_no_redirect_leads_to_another_private_address(world: World, server: Server) -> None:
    with Server() as secret:
        thread = threading.Thread(target=secret.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        secret.routes["/admin"] = (200, HTML, page("Secret"))
        targets = [
            secret.url("/admin"),
            secret.url("/admin").replace("127.0.0.1", "localhost"),
            "http://169.254.169.254/x",
        ]
        server.routes["/rss"] = (200, {}, rss(*((server.url(f"/{n}"), "") for n in range(3)), (targets[0], "")))
        for number, target in enumerate(targets):
            server.routes[f"/{number}"] = (302, {"Location": target}, b"")
        outcome = go(world, server)
        secret.shutdown()
        thread.join()
    assert (secret.log, outcome.kept, outcome.failed) == ([], 0, 4)
    assert all("private or local" in str(record) for record in world.told_of(Failed))


def test_feeds_of_an_opml_list_are_not_inside(world: World, server: Server) -> None:
    opml = f'<opml><body><outline xmlUrl="{server.url("/rss")}"/></body></opml>'.encode()
    server.routes["/mine.opml"] = (200, {}, opml)
    assert find_sources([server.url("/mine.opml")]) == read_opml(opml)
    assert find_sources([server.url("/rss")]) == (feed_of(server),)


def refused(server: Server, path: str, told: str, *, timeout: float = 15.0, limit: int = MEGABYTE) -> float:
    """Hold an address to be refused with these words; how many seconds that took."""
    begin = time.monotonic()
    with pytest.raises(InputError, match=told):
        ask(server.url(path), {}, timeout=timeout, limit=limit, allow_private=True)
    return time.monotonic() - begin


def drip(before: bytes, piece: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    """An answer that never ends, a piece every tenth of a second."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(before)
        with suppress(OSError):
            for _ in range(300):
                handler.wfile.write(piece)
                handler.wfile.flush()
                time.sleep(0.1)

    return answer


def pour(handler: BaseHTTPRequestHandler) -> None:
    """An answer without end, as fast as it is taken."""
    handler.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n")
    with suppress(OSError):
        for _ in range(10_000):
            handler.wfile.write(b"x" * 65_536)


def test_an_endless_body_is_cut_off(server: Server) -> None:
    server.routes["/x"] = pour
    assert refused(server, "/x", "larger than the limit") < 10


def test_a_declared_size_above_the_limit_is_not_even_read(server: Server) -> None:
    server.routes["/x"] = drip(b"HTTP/1.0 200 OK\r\nContent-Length: 99999999999\r\n\r\n", b"x")
    assert refused(server, "/x", "larger than the limit") < 5


def test_a_packed_bomb_is_cut_off(server: Server) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS | 16)
    bomb = b"".join(packer.compress(bytes(MEGABYTE)) for _ in range(200)) + packer.flush()
    server.routes["/x"] = (200, {"Content-Encoding": "gzip"}, bomb)
    assert refused(server, "/x", "larger than the limit") < 10
    server.routes["/y"] = (200, {"Content-Encoding": "gzip, gzip"}, gzip.compress(bomb))
    refused(server, "/y", "comes packed as gzip, gzip")


def test_a_silent_server_times_out(server: Server) -> None:
    server.routes["/x"] = lambda _: time.sleep(3)
    assert refused(server, "/x", "did not answer within", timeout=0.3) < 2.5


@pytest.mark.parametrize("before", [b"HTTP/1.0 200 OK\r\n\r\n", b"HTTP/1.0 200 OK\r\nX: "])
def test_a_slow_body_or_header_ends_at_the_deadline(server: Server, before: bytes) -> None:
    server.routes["/x"] = drip(before, b"x")
    assert refused(server, "/x", "too slowly", timeout=0.5) < 4


@pytest.mark.parametrize(
    "answer", [b"", b"\xff\xfe\x00", b"HTTP/1.0 999 Odd\r\n\r\n", b"HTTP/1.0 302 X\r\nLocation: http://[bad\r\n\r\n",
               b"HTTP/1.0 200 OK\r\nContent-Encoding: gzip\r\n\r\nno gzip"],
)  # fmt: skip
def test_a_broken_answer_is_one_line(server: Server, answer: bytes) -> None:
    server.routes["/x"] = lambda handler: handler.wfile.write(answer) and None
    with pytest.raises(InputError) as error:
        fetch(server.url("/x"), timeout=2, allow_private=True)
    assert "\n" not in str(error.value)


class Desk:
    """Keeps in memory, and tells when something was kept or a round was over."""

    def __init__(self) -> None:
        self.ids: list[str] = []
        self.told: list[Progress] = []
        self.rested = threading.Event()

    def keep(self, loaded: Loaded) -> bool:
        self.ids.append(loaded.unwrap().id)
        return True

    def tell(self, record: Progress) -> None:
        self.told.append(record)
        if isinstance(record, Rested):
            self.rested.set()


def test_a_watch_in_a_thread_ends_when_told_and_remembers(server: Server, tmp_path: Path, article: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text(article)
    import os

    os.utime(tmp_path / "in" / "a.txt", (1, 1))
    server.routes["/rss"] = (200, {"ETag": '"one"'}, rss((server.url("/1"), "")))
    server.routes["/1"] = (200, HTML, page("One"))
    desk = Desk()
    stop = threading.Event()
    sources = find_sources([str(tmp_path / "in"), server.url("/rss")])
    memory = tmp_path / "memory.json"
    thread = threading.Thread(target=watch, args=(sources, desk.keep, desk.tell, stop), kwargs={"memory": memory})
    thread.start()
    assert desk.rested.wait(30)
    begin = time.monotonic()
    stop.set()
    thread.join(10)
    assert time.monotonic() - begin < 5
    assert len(desk.ids) == 2
    assert [record.kept for record in desk.told if isinstance(record, Rested)] == [2]
    assert read_memory(memory).feed(server.url("/rss")).etag == '"one"'

    again = Desk()
    assert watch_once(sources, again.keep, again.tell, threading.Event(), memory=memory)
    assert again.ids == []
    assert not any(isinstance(record, Kept) for record in again.told)


def test_a_watch_ends_where_every_source_is_given_up(server: Server, tmp_path: Path) -> None:
    server.routes["/rss"] = (410, {}, b"")
    desk = Desk()
    watch((feed_of(server),), desk.keep, desk.tell, threading.Event(), memory=tmp_path / "memory.json")
    assert isinstance(desk.told[-1], Rested)
    assert desk.told[-1].until is None
    assert not watch_once((feed_of(server),), desk.keep, desk.tell, threading.Event(), memory=tmp_path / "memory.json")
