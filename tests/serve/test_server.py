"""The server itself: slow and broken clients, an orderly end, and the command that starts it."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from mene.cli import run
from mene.serve import server as server_module
from mene.serve.edition import Edition
from mene.serve.server import bind, make_door, make_server
from tests.serve.conftest import Served


@pytest.fixture
def port(serve: Callable[..., Served], edition: Edition, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The port of a server that waits half a second for a request."""
    monkeypatch.setattr(server_module, "HEADER_WAIT", 0.5)
    listening = bind("127.0.0.1", 0)
    port: int = listening.getsockname()[1]
    server = make_server(serve(edition).live, make_door("127.0.0.1", port, None))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    yield port
    server.should_exit = True
    thread.join(20)
    assert not thread.is_alive()
    listening.close()


def say(port: int, words: bytes, *, more: bytes = b"", after: float = 0.0) -> bytes:
    """Return what the server answers to bytes, and to more after some seconds, until it closes the connection."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        client.sendall(words)
        time.sleep(after)
        if more:
            client.sendall(more)
        return b"".join(iter(lambda: client.recv(65536), b""))


def test_it_answers_many_requests_on_one_connection(port: int) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    for _ in range(3):
        connection.request("GET", "/api/holdings?limit=1")
        answer = connection.getresponse()
        assert answer.status == 200
        assert "server" not in {name.lower() for name in answer.headers}
        answer.read()
        time.sleep(0.3)
    connection.close()


@pytest.mark.parametrize("begun", [b"", b"GET / HTTP/1.1\r\n", b"GET / HTTP/1.1\r\nHost: 127.0.0.1"])
def test_a_request_that_never_ends_is_cut_off(port: int, begun: bytes) -> None:
    begin = time.monotonic()
    assert say(port, begun) == b""
    assert time.monotonic() - begin < 5


def test_a_second_request_that_never_ends_is_cut_off(port: int) -> None:
    whole = f"GET /api/holdings?limit=1 HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()
    answer = say(port, whole, more=b"GET /", after=0.3)
    assert answer.count(b"HTTP/1.1 ") == 1
    assert b"200 OK" in answer


@pytest.mark.parametrize(
    "words", [b"\x16\x03\x01nonsense\r\n\r\n", b"GET / HTTP/1.1\r\nX: " + b"a" * 20_000, b"GET /\x00 HTTP/1.1\r\n\r\n"]
)
def test_nonsense_is_refused(port: int, words: bytes) -> None:
    assert b"HTTP/1.1 400" in say(port, words)


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["--host", "0.0.0.0"], "give a --token"),
        (["--host", "0.0.0.0", "--token", "short"], "fewer than 16 characters"),
        (["--port", "0", "--watch", "nothing-there"], "nothing-there"),
        (["--host", "nowhere.invalid", "--token", "a-long-enough-word"], "another --host"),
    ],
)
def test_what_cannot_be_served_is_told(
    here: Path, capsys: pytest.CaptureFixture[str], words: list[str], line: str
) -> None:
    assert run(["serve", *words]) == 2
    told = capsys.readouterr().err
    assert line in told
    assert told.count("\n") == 1
    assert not (here / "mene.duckdb").exists()


def test_a_port_in_use_ends_with_one_line(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with bind("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        assert run(["serve", "--port", str(port)]) == 2
    assert capsys.readouterr().err == f"error: port {port} of 127.0.0.1 is in use; choose another with --port\n"


def test_the_command_serves_reads_and_ends(here: Path, article: str) -> None:
    command = [sys.executable, "-c", "from mene.cli import main; main()", "serve", "--port", "0"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ
    ) as process:
        try:
            assert process.stdout is not None
            where = urlsplit(process.stdout.readline().split()[0])
            assert where.hostname is not None
            with closing(http.client.HTTPConnection(where.hostname, where.port or 0, timeout=60)) as connection:
                headers = {"sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded"}
                connection.request("POST", "/read", urlencode({"text": article}), headers)
                answer = connection.getresponse()
                assert answer.status == 303
                job = answer.headers["location"]
            assert b"1 new article kept" in get(where.hostname, where.port or 0, f"{job}/events")
            deadline = time.monotonic() + 60
            while b"Hama" not in get(where.hostname, where.port or 0, "/places"):
                assert time.monotonic() < deadline
                time.sleep(0.5)
        finally:
            process.send_signal(signal.SIGINT)
        assert process.wait(60) == 0
        assert process.stderr is not None
        assert process.stderr.read() == "stopped\n"


def get(host: str, port: int, path: str) -> bytes:
    with closing(http.client.HTTPConnection(host, port, timeout=60)) as connection:
        connection.request("GET", path)
        return connection.getresponse().read()
