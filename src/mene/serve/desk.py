"""The reading desk: what is to be read waits here for the reading process, and tells how far it is.

Jobs are remembered while the server runs, the last ones; what they read is in the store.
"""

import queue
import secrets
import shutil
import tempfile
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from threading import Event, Lock, Thread
from typing import TYPE_CHECKING

from mene.errors import InputError, StoreError
from mene.report.words import say_number
from mene.serve.limits import JOBS, LINES, SILENT, WAITING
from mene.serve.worker import Done, Outcome, Task, Where, run_worker

if TYPE_CHECKING:
    from mene.articles import Loaded

PATIENCE_AT_END = 20.0
"""Seconds that the article being read may still take when the server ends."""


class FullError(InputError):
    """Too much waits to be read already."""


@dataclass(slots=True)
class Job:
    """What was handed in together: how many things, how many of them are done, and what became of each article."""

    id: str
    total: int
    done: int = 0
    new: int = 0
    lines: list[Outcome] = field(default_factory=list)
    more: int = 0
    finished: Event = field(default_factory=Event)

    @property
    def is_done(self) -> bool:
        """Whether all of it was read."""
        return self.done >= self.total

    @property
    def words(self) -> str:
        """How far it is, in words."""
        kept = f"{say_number(self.new, 'new article')} kept"
        if self.is_done:
            return f"Read: {kept}" + (f"; {self.more} more lines are not shown" if self.more else "")
        return f"Reading: {self.done} of {say_number(self.total, 'input')} done, {kept}"

    def tell(self) -> dict[str, object]:
        """Return the job as the page's script takes it."""
        lines = [{"words": one.words, "article": one.article_id[:12]} for one in list(self.lines)]
        return {"id": self.id, "words": self.words, "done": self.is_done, "lines": lines}

    def _hear(self, outcome: Outcome) -> None:
        self.new += outcome.is_new
        if len(self.lines) < LINES:
            self.lines.append(outcome)
        else:
            self.more += 1


class Desk:
    """Reads what is handed in, one thing after the other, in a process of its own."""

    def __init__(self, where: Where) -> None:
        self._where = where
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._waiting: queue.Queue[tuple[Job, Task] | None] = queue.Queue(WAITING)
        self._lock = Lock()
        self._folder = Path(tempfile.mkdtemp(prefix="mene-read-"))
        self._thread = Thread(target=self._run, name="desk", daemon=True)
        self._closed = Event()
        self._process: BaseProcess | None = None
        self._pipe: Connection | None = None

    # --- what is handed in ----------------------------------------------------------------------------------------

    def start(self) -> None:
        """Begin to read."""
        self._thread.start()

    def place_for(self, name: str) -> Path:
        """Return a new path for a file that is handed in; its last part is its name, made harmless."""
        kept = "".join(one if one.isalnum() or one in "._- " else "_" for one in Path(name).name)[-100:].lstrip(".")
        folder = Path(tempfile.mkdtemp(dir=self._folder))
        return folder / (kept or "file")

    def take(self, tasks: Sequence[Task]) -> Job:
        """Return the job of some tasks, which now wait to be read. Raises FullError."""
        job = Job(secrets.token_urlsafe(9), len(tasks))
        with self._lock:
            if self._closed.is_set() or self._waiting.qsize() + len(tasks) > WAITING:
                raise FullError("too much waits to be read already; try again in a minute")
            self._jobs[job.id] = job
            while len(self._jobs) > JOBS:
                self._jobs.popitem(last=False)
            for task in tasks:
                self._waiting.put_nowait((job, task))
        return job

    def keep(self, loaded: "Loaded") -> bool:
        """Return whether an article that was loaded elsewhere was new, after it is read and kept.

        Raises StoreError where it could not be kept, or the server ends; InputError where it could not be read.
        """
        job: Job | None = None
        while job is None or not job.finished.wait(1.0):
            if self._closed.is_set():
                raise StoreError("the server is ending")
            try:
                job = job or self.take([Task(loaded.origin, loaded=loaded)])
            except FullError:
                self._closed.wait(1.0)
        outcome = job.lines[-1]
        if not outcome.article_id:
            raise (StoreError if outcome.failed_store else InputError)(outcome.words)
        return outcome.is_new

    def job(self, job_id: str) -> Job | None:
        """Return a job by its id."""
        return self._jobs.get(job_id)

    def jobs(self) -> tuple[Job, ...]:
        """Return the jobs that are remembered, the last first."""
        with self._lock:
            return tuple(reversed(self._jobs.values()))

    @property
    def waiting(self) -> int:
        """How many things wait to be read."""
        return self._waiting.qsize()

    def close(self) -> None:
        """Let the article that is being read be finished, leave the rest, and end the reading process."""
        self._closed.set()
        with self._lock:
            while not self._waiting.empty():
                self._waiting.get_nowait()
        self._waiting.put(None)
        if self._thread.is_alive():
            self._thread.join(PATIENCE_AT_END)
        self._end_process()
        shutil.rmtree(self._folder, ignore_errors=True)

    # --- the reading process --------------------------------------------------------------------------------------

    def _run(self) -> None:
        while (item := self._waiting.get()) is not None:
            job, task = item
            try:
                self._read(job, task)
            except (EOFError, OSError):
                self._end_process()
                job._hear(Outcome(f"{task.name}: the reading process ended before its time; give a smaller input"))
            finally:
                if task.path is not None:
                    shutil.rmtree(task.path.parent, ignore_errors=True)
                job.done += 1
                if job.is_done:
                    job.finished.set()

    def _read(self, job: Job, task: Task) -> None:
        """Hand a task to the reading process and hear what becomes of its articles. Raises EOFError where it died."""
        pipe = self._reach_process()
        pipe.send(task)
        last_word = time.monotonic()
        while True:
            if pipe.poll(0.2):
                told = pipe.recv()
                last_word = time.monotonic()
                if isinstance(told, Done):
                    return
                job._hear(told)
                if self._closed.is_set():
                    return  # what is being read is kept; the rest of the task is left
            elif time.monotonic() - last_word > SILENT:
                self._end_process()
                job._hear(Outcome(f"{task.name}: took longer than {SILENT:.0f} seconds; give it in parts"))
                return

    def _reach_process(self) -> Connection:
        if self._process is None or not self._process.is_alive() or self._pipe is None:
            self._end_process()
            context = get_context("spawn")
            ours, theirs = context.Pipe()
            self._process = context.Process(target=run_worker, args=(theirs, self._where), name="reader", daemon=True)
            self._process.start()
            theirs.close()
            self._pipe = ours
        return self._pipe

    def _end_process(self) -> None:
        if self._pipe is not None:
            self._pipe.close()  # the process ends when it next looks for a task
        if self._process is not None:
            self._process.join(2.0)
            if self._process.is_alive():
                self._process.terminate()
                self._process.join(5.0)
        self._process = self._pipe = None
