"""Articles read side by side on one machine: a process for each core, one thread in each.

Two processes of one thread read faster than one process of two threads, since most of the path is Python and small
products of matrices. Every article is read by the same pure function, so the readings do not depend on how many
processes there are; they come back in the order of the articles.
"""

import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import date
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path

from mene.errors import InputError
from mene.pipeline import Model, load_model, read
from mene.records import Article, Reading

WORTH_PROCESSES = 60
"""After so many articles the rest go to processes of their own: starting them takes about as long as reading ten."""

AHEAD = 8
"""How many articles a process may have waiting: enough to keep it busy, few enough to bound memory."""

MOST_PROCESSES = 61
"""As many as Windows can wait for."""


def count_processes() -> int:
    """Return how many cores this process may use."""
    usable = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(usable, MOST_PROCESSES)


def read_each(
    articles: Iterable[Article], model: Model, *, today: date | None = None, processes: int | None = None
) -> Iterator[Reading]:
    """Yield the reading of each article, in order: the first ones as they come, many more in processes of their own.

    Raises InputError where such a process dies.
    """
    waiting = iter(articles)
    wanted = processes or count_processes()
    here = waiting if wanted == 1 else islice(waiting, WORTH_PROCESSES)
    yield from (read(article, model, today=today) for article in here)
    rest = next(waiting, None)
    if rest is not None:
        yield from read_in_processes(chain([rest], waiting), model.folders, model.places, today=today, processes=wanted)


def read_in_processes(
    articles: Iterable[Article],
    codebook: Sequence[Path],
    places: Path | None = None,
    *,
    today: date | None,
    processes: int,
) -> Iterator[Reading]:
    """Yield the reading of each article, in order, from processes that each load the model once."""
    pool = ProcessPoolExecutor(processes, get_context("spawn"), _load, (tuple(codebook), places))
    pending: deque[Future[Reading]] = deque()
    try:
        for article in articles:
            pending.append(pool.submit(_read, article, today))
            if len(pending) >= processes * AHEAD:
                yield pending.popleft().result()
        while pending:
            yield pending.popleft().result()
    except BrokenProcessPool as error:
        raise InputError(
            "a reading process ended before its time (is memory short?): name fewer files at once"
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


_MODELS: list[Model] = []
"""The model of a worker process; empty in every other."""


def _load(codebook: tuple[Path, ...], places: Path | None) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the process that reads for the user, and it ends these
    _MODELS[:] = [load_model(*codebook, places=places, threads=1)]


def _read(article: Article, today: date | None) -> Reading:
    return read(article, _MODELS[0], today=today)
