"""`python -m mene.evaluate.serve_load`: how quickly the live page answers under load, and whether its memory grows.

A made-up store (`scale.py`) is served by `mene serve`; this process asks it at a steady rate, whether or not earlier
answers have come (an open loop), for a mix of views, each time for filters, pages and ids drawn at random, so that most
answers have to be made. A time runs from when a request was due to when its answer is whole. Writes "serve" into
results.json:

- `p50_ms`, `p95_ms`, `p99_ms` over all requests, `p95_ms_VIEW` of each view, and `errors`;
- `first_s`: from the start to the first edition, with the store read and the picture drawn;
- `memory_first_mb`, `memory_last_mb`: the server's resident memory, mean of the first minute and of the last.
"""

import argparse
import http.client
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean, quantiles
from urllib.parse import quote, urlsplit

from mene.evaluate.run import RESULTS, write_results
from mene.evaluate.scale import fill

STATEMENTS = 100_000
RATE = 50.0
CLIENTS = 24
"""Connections; answers that take longer than this many requests are late, and count as that."""

SAMPLED_EVERY = 10.0
FIRST_WAIT = 900.0
"""Seconds that drawing the first edition may take."""


@dataclass(slots=True)
class Measured:
    """Milliseconds by view, requests that failed, and memory by second."""

    took: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    errors: list[str] = field(default_factory=list)
    memory: list[tuple[float, float]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Target:
    """A server that answers: its address, its process, and names and ids to ask for."""

    host: str
    port: int
    pid: int
    places: tuple[str, ...]
    actors: tuple[str, ...]
    claims: tuple[str, ...]


@contextmanager
def serving(store: Path) -> Iterator[tuple[str, int, int]]:
    """Give the host, port and process of a server of a store; it is ended with the block."""
    command = [sys.executable, "-c", "from mene.cli import main; main()", "serve", "--port", "0", "--store", str(store)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            line = process.stdout.readline() if process.stdout else ""
            parts = urlsplit(line.split()[0])
            yield parts.hostname or "", parts.port or 0, process.pid
        finally:
            process.send_signal(signal.SIGINT)


def ask(connection: http.client.HTTPConnection, path: str) -> tuple[int, bytes]:
    """Return the status and the body of an answer."""
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read()


def ask_once(host: str, port: int, path: str) -> tuple[int, bytes]:
    """Return the status and the body of an answer on a connection of its own."""
    with closing(http.client.HTTPConnection(host, port, timeout=30)) as connection:
        return ask(connection, path)


def wait_for_edition(host: str, port: int) -> float:
    """Return the seconds until the first edition is there."""
    begin = time.monotonic()
    while time.monotonic() < begin + FIRST_WAIT:
        if ask_once(host, port, "/api/history?limit=1")[0] == 200:
            return time.monotonic() - begin
        time.sleep(1.0)
    raise TimeoutError(f"no edition was drawn within {FIRST_WAIT:.0f} seconds")


def learn(host: str, port: int, pid: int) -> Target:
    """Return a target with what its rows are called."""

    def rows(name: str) -> list[dict[str, object]]:
        items: list[dict[str, object]] = json.loads(ask_once(host, port, f"/api/{name}?limit=500")[1])["items"]
        return items

    places = tuple(str(row["place"]["name"]) for row in rows("holdings"))  # type: ignore[index]
    actors = tuple(str(row["backer"]["name"]) for row in rows("backings"))  # type: ignore[index]
    claims = tuple(str(row["id"]) for name in ("holdings", "statements", "occurrences") for row in rows(name))
    return Target(host, port, pid, places, actors, claims)


MIX: Sequence[tuple[str, int]] = (
    ("/", 5),
    ("/data.json", 5),
    ("/places", 20),
    ("/events", 20),
    ("/disputes", 5),
    ("/sources", 5),
    ("/search", 10),
    ("/claim", 15),
    ("/api", 15),
)
"""The views and how many of a hundred requests each is."""


def draw_path(view: str, target: Target, chance: random.Random) -> str:
    """Return an address of a view, drawn at random."""
    place, actor = quote(chance.choice(target.places)), quote(chance.choice(target.actors))
    page, day = chance.randint(1, 400), f"2023-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    drawn: dict[str, Callable[[], str]] = {
        "/": lambda: "/",
        "/data.json": lambda: "/data.json",
        "/places": lambda: chance.choice(
            [
                f"/places?place={place}",
                f"/places?actor={actor}",
                f"/places?page={page % 30 + 1}",
                f"/places?on={day}&place={place}",
            ]
        ),
        "/events": lambda: chance.choice(
            [f"/events?page={page}", f"/events?place={place}", f"/events?actor={actor}&since={day}&type=ASSAULT"]
        ),
        "/disputes": lambda: f"/disputes?page={page % 20 + 1}",
        "/sources": lambda: chance.choice([f"/sources?since={day}", f"/sources?page={page % 3 + 1}"]),
        "/search": lambda: chance.choice([f"/search?q={place}", f"/search?place={place}&since={day}"]),
        "/claim": lambda: f"/claim/{chance.choice(target.claims)}?fragment={chance.choice('01')}",
        "/api": lambda: chance.choice(
            [f"/api/events?place={place}", f"/api/statements?since={day}&limit=50", f"/api/holdings?actor={actor}"]
        ),
    }
    return drawn[view]()


class Load:
    """Asks a target at a steady rate for some seconds."""

    def __init__(self, target: Target, seconds: float, seed: int = 1) -> None:
        self.measured = Measured()
        self._target, self._seconds = target, seconds
        self._chance = random.Random(seed)  # noqa: S311 (not for secrets)
        self._lock = threading.Lock()
        self._own = threading.local()
        self._all: list[http.client.HTTPConnection] = []

    def run(self) -> Measured:
        """Return what was measured."""
        views = [view for view, share in MIX for _ in range(share)]
        begin = time.monotonic()
        sampler = threading.Thread(target=self._sample, args=(begin,), daemon=True)
        sampler.start()
        with ThreadPoolExecutor(CLIENTS) as clients:
            for number in range(int(self._seconds * RATE)):
                due = begin + number / RATE
                time.sleep(max(0.0, due - time.monotonic()))
                view = self._chance.choice(views)
                clients.submit(self._ask, view, draw_path(view, self._target, self._chance), due)
        sampler.join()
        for connection in self._all:
            connection.close()
        return self.measured

    def _ask(self, view: str, path: str, due: float) -> None:
        try:
            status, _ = self._ask_again_where_closed(path)
            failed = "" if status == 200 else f"{status} {path}"
        except (OSError, http.client.HTTPException) as error:
            failed = f"{type(error).__name__} {path}"
            self._own.connection = None
        took = (time.monotonic() - due) * 1000
        with self._lock:
            self.measured.took[view].append(took)
            if failed:
                self.measured.errors.append(failed)

    def _ask_again_where_closed(self, path: str) -> tuple[int, bytes]:
        """Return an answer; a connection that the server closed since it was last used is opened again, once."""
        try:
            return ask(self._connection(), path)
        except http.client.RemoteDisconnected:
            self._own.connection = None
            return ask(self._connection(), path)

    def _connection(self) -> http.client.HTTPConnection:
        found: http.client.HTTPConnection | None = getattr(self._own, "connection", None)
        if found is None:
            found = http.client.HTTPConnection(self._target.host, self._target.port, timeout=30)
            self._own.connection = found
            self._all.append(found)
        return found

    def _sample(self, begin: float) -> None:
        while (now := time.monotonic() - begin) < self._seconds:
            self.measured.memory.append((now, read_memory(self._target.pid)))
            time.sleep(min(SAMPLED_EVERY, max(0.1, self._seconds - now)))


def read_memory(pid: int) -> float:
    """Return the resident memory of a process in MB (Linux; NaN elsewhere)."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except OSError:
        return float("nan")
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def sum_up(measured: Measured, seconds: float) -> dict[str, float]:
    """Return the numbers."""
    everything = [took for times in measured.took.values() for took in times]
    first = fmean(mb for at, mb in measured.memory if at <= min(60.0, seconds))
    last = fmean(mb for at, mb in measured.memory if at >= measured.memory[-1][0] - min(60.0, seconds))
    found = {"n": float(len(everything)), "errors": float(len(measured.errors))}
    found |= {f"p{share}_ms": _share(everything, share) for share in (50, 95, 99)}
    for view, times in sorted(measured.took.items()):
        found |= {f"p{share}_ms_{view}": _share(times, share) for share in (50, 95, 99)}
    return found | {"memory_first_mb": round(first), "memory_last_mb": round(last)}


def _share(times: Sequence[float], share: int) -> float:
    return round(quantiles(times, n=100)[share - 1], 1) if len(times) > 1 else round(times[0], 1)


def main() -> int:
    """Measure, print and write; returns 0."""
    parser = argparse.ArgumentParser(prog="python -m mene.evaluate.serve_load", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("evaluation"), help="folder of results.json")
    parser.add_argument("--stores", type=Path, default=Path("build/scale"), help="folder of the made-up store")
    parser.add_argument("--statements", type=int, default=STATEMENTS)
    parser.add_argument("--seconds", type=float, default=600.0)
    given = parser.parse_args()
    given.stores.mkdir(parents=True, exist_ok=True)
    store = given.stores / f"{given.statements}.duckdb"
    if not store.exists():
        fill(store, given.statements)
    with serving(store) as (host, port, pid):
        first = wait_for_edition(host, port)
        measured = Load(learn(host, port, pid), given.seconds).run()
    found = {"first_s": round(first, 1), **sum_up(measured, given.seconds), "seconds": given.seconds}
    sys.stdout.write(json.dumps(found, indent=2) + "\n")
    sys.stdout.writelines(f"{line}\n" for line in measured.errors[:10])
    results = given.out / RESULTS
    present = json.loads(results.read_text(encoding="utf-8")) if results.exists() else {}
    write_results(given.out, {**present, "serve": found})
    return 0


if __name__ == "__main__":
    sys.exit(main())
