"""The process that reads what is dropped on the page, so that the server answers meanwhile.

It gets one task at a time over a pipe and tells each article's outcome as it comes. An article is read first and then
kept in one transaction, with the store open no longer than that: ended at any moment, it leaves the store whole.
"""

import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

from mene.articles import Loaded, load_articles
from mene.errors import InputError, MeneError, StoreError
from mene.pipeline import Model, load_model, read
from mene.records import Reading
from mene.report.words import plain
from mene.serve.limits import STORE_PATIENCE
from mene.settings import StoreUrl
from mene.store import Store, open_store

RETRIED_EVERY = 0.3


@dataclass(frozen=True, slots=True)
class Where:
    """The store, and what reading needs: folders that extend the codebook, the user's own places, the operator."""

    store: Path | StoreUrl
    folders: tuple[Path, ...] = ()
    places: Path | None = None
    operator: str | None = None


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to read: a file that lies at `path`, a link, a text, or an article that was loaded elsewhere.

    `name` is how people know it.
    """

    name: str
    path: Path | None = None
    link: str = ""
    text: bytes = b""
    loaded: Loaded | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one article, in words; `article_id` where it is in the store, `is_new` if it was not before.

    `failed_store` says that it could be read but not kept.
    """

    words: str
    article_id: str = ""
    is_new: bool = False
    failed_store: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """A task is over."""


def run_worker(pipe: Connection, where: Where) -> None:
    """Read tasks from the pipe until None comes or the server is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the server, and it ends this
    model: Model | None = None
    while True:
        try:
            task = pipe.recv()
            if task is None:
                return
            model = model or load_model(*where.folders, places=where.places, threads=1)
            for outcome in do_task(task, model, where):
                pipe.send(outcome)
            pipe.send(Done())
        except (EOFError, BrokenPipeError, ConnectionResetError):
            return


def do_task(task: Task, model: Model, where: Where) -> Iterator[Outcome]:
    """Yield what became of each article of a task."""
    found = False
    for loaded in _load(task):
        found = True
        if loaded.article is None:
            yield Outcome(f"{task.name}: {_without_path(loaded, task)}")
            continue
        try:
            yield _keep(loaded, model, where)
        except StoreError as error:
            yield Outcome(f"{task.name}: {error}", failed_store=True)
        except MeneError as error:
            yield Outcome(f"{task.name}: {error}")
    if not found:
        yield Outcome(f"{task.name}: holds no article")


def _load(task: Task) -> Iterator[Loaded]:
    if task.loaded is not None:
        return iter([task.loaded])
    if task.link:
        return load_articles(task.link)
    if task.path is not None:
        return load_articles(str(task.path), fetch=_refuse_to_fetch)
    return load_articles("-", stdin=task.text, fetch=_refuse_to_fetch)


def _refuse_to_fetch(url: str) -> tuple[bytes, str, str]:
    """Raise InputError: what stands in a file is not fetched unless its reader asks for it."""
    raise InputError(f"{url} stands here without its text; paste the link itself to read it")


def _without_path(loaded: Loaded, task: Task) -> str:
    """Return why something could not be read, without the name of our own copy of it."""
    told = loaded.error or "cannot be read"
    return told.replace(str(task.path), task.name) if task.path else told


def _keep(loaded: Loaded, model: Model, where: Where) -> Outcome:
    """Read an article and keep it with all that was read; one that is there is not read again. Raises MeneError."""
    article = loaded.unwrap()
    title = plain(article.title or "") or plain(article.text[:80])
    with open_patiently(where) as store:
        is_there = store.has(article.id)
    reading = Reading(article, (), (), ()) if is_there else read(article, model, today=datetime.now(UTC).date())
    how = "http" if loaded.origin.startswith(("http://", "https://")) else "file"
    with open_patiently(where) as store:
        is_new = store.add(reading, loaded.raw, recorded_at=datetime.now(UTC), how=how, model=model.reader.name)
    counted = f"{len(reading.statements)} statements" if is_new else "is there already"
    return Outcome(f"{title}: {counted}", article.id, is_new)


def open_patiently(where: Where) -> Store:
    """Return the store open for writing, waiting while somebody else has it. Raises StoreError."""
    deadline = time.monotonic() + STORE_PATIENCE
    while True:
        try:
            return open_store(where.store, operator=where.operator)
        except StoreError:
            if time.monotonic() > deadline:
                raise
            time.sleep(RETRIED_EVERY)
