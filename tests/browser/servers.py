"""`mene serve` in a process of its own, on a free port, for the browser to ask."""

import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

PATIENCE = 120.0
"""Seconds until the first edition must be there."""


@dataclass(frozen=True)
class Server:
    """A server that answers; `address` ends without a slash."""

    address: str

    def api(self, path: str) -> Any:
        """Return what the read API answers."""
        status, body = self.ask(path)
        assert status == 200, (path, status, body)
        return json.loads(body)

    def ask(self, path: str) -> tuple[int, bytes]:
        """Return the status and the body of an answer."""
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=30)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()


@contextmanager
def serving(store: Path | None, folder: Path) -> Iterator[Server]:
    """Give a server of a store, or of the sample corpus; what it keeps elsewhere is kept in a folder."""
    command = [sys.executable, "-c", "from mene.cli import main; main()", "serve", "--port", "0"]
    command += ["--store", str(store)] if store else ["--demo"]
    env = {**os.environ, "XDG_CACHE_HOME": str(folder)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env, cwd=folder) as process:
        try:
            lines = (line.split()[0] for line in process.stdout or () if line.startswith("http"))
            server = Server(next(lines).rstrip("/"))
            _wait(server)
            yield server
        finally:
            process.send_signal(signal.SIGINT)


def _wait(server: Server) -> None:
    """Wait for the first edition."""
    deadline = time.monotonic() + PATIENCE
    while server.ask("/api/history")[0] != 200:
        assert time.monotonic() < deadline, "no edition was drawn"
        time.sleep(0.2)
