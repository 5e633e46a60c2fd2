"""`mene watch`: the store kept up to date from folders and feeds, until Ctrl-C."""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from mene.commands.gather import BAD_INPUT
from mene.commands.keep import keep
from mene.commands.kept import Kept
from mene.commands.output import say, show
from mene.errors import StoreError
from mene.settings import Settings

if TYPE_CHECKING:
    from mene.articles import Loaded
    from mene.pipeline import Model
    from mene.store import Store
    from mene.watch import Progress

INTERRUPTED = 130
_ATTEMPTS = 5
_BETWEEN = 2.0
"""Seconds between two attempts to open a store that somebody else reads or writes: an answer takes less."""


def run_watch(settings: Settings, names: list[str], *, every: float, once: bool, as_json: bool) -> int:
    """Return 0; with `once` 2 where every source failed; 130 after Ctrl-C. `every` is in minutes.

    Raises StoreError at once where the store cannot be used, InputError where a source is none.
    """
    from mene.watch import find_sources, memory_path, watch, watch_once

    sources = find_sources(names)
    memory = memory_path(settings.store)
    stop = threading.Event()
    keeper = Keeper(settings)
    own = (*own_files(settings, memory), *(Path(name) for name in names if Path(name).is_file()))
    begin(settings, memory)
    tell = _tell_json if as_json else _tell
    with _interrupts(stop) as signals:
        if once:
            some = watch_once(sources, keeper.keep, tell, stop, memory=memory, own=own)
        else:
            say(f"watching {len(sources)} source{'' if len(sources) == 1 else 's'}; Ctrl-C ends it")
            watch(sources, keeper.keep, tell, stop, memory=memory, every=every * 60, own=own)
            some = True
    if signal.SIGINT in signals:
        return INTERRUPTED
    return 0 if some else BAD_INPUT


class Keeper:
    """Reads articles into the store of the settings as `mene add` does.

    The store is open only while an article is looked up or kept, so that others can read and write it in between.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    @cached_property
    def model(self) -> "Model":
        """All that reading needs, loaded when the first new article comes."""
        return Kept(self._settings).model()

    def keep(self, loaded: "Loaded") -> bool:
        """Return whether an article was new and is now kept. Raises StoreError."""
        from mene.pipeline import read

        article = loaded.unwrap()
        with self._open() as store:
            if store.has(article.id):
                return keep(store, loaded, None, None)
        reading = read(article, self.model, today=datetime.now(UTC).date())
        with self._open() as store:
            return keep(store, loaded, reading, self.model.reader.name)

    def _open(self) -> "Store":
        """Return the open store; somebody else who has it open is waited for a little. Raises StoreError."""
        from mene.store import open_store

        for _ in range(_ATTEMPTS - 1):
            try:
                return open_store(self._settings.store, operator=self._settings.operator)
            except StoreError:
                time.sleep(_BETWEEN)
        return open_store(self._settings.store, operator=self._settings.operator)


def begin(settings: Settings, memory: Path) -> None:
    """Make the store where there is none; where another one stood here, what it had is no longer taken for seen.

    Raises StoreError where the store cannot be used, InputError where the memory cannot be read.
    """
    from mene.store import open_store
    from mene.watch import forget_seen, read_memory, write_memory

    remembered = read_memory(memory)
    with open_store(settings.store, operator=settings.operator) as store:
        is_empty = not store.counts()["articles"]
    if is_empty and remembered.has_kept:
        write_memory(memory, forget_seen(remembered))


def own_files(settings: Settings, memory: Path) -> tuple[Path, ...]:
    """Return what Mene itself writes, and what no watched folder gives articles from."""
    if not isinstance(settings.store, Path):
        return (memory, settings.places)
    return (memory, settings.places, settings.store, settings.store.with_name(f"{settings.store.name}.wal"))


@contextmanager
def _interrupts(stop: threading.Event) -> Iterator[list[int]]:
    """Set `stop` at the first Ctrl-C or SIGTERM of the block, end it at the second; gives the list of those that came.

    The handler leaves the setting to a thread: it may interrupt this one in the middle of asking for `stop`.
    """
    came: list[int] = []

    def end() -> None:
        stop.set()
        say("ending after the article or request at hand; once more ends at once")

    def handle(number: int, _frame: FrameType | None) -> None:
        came.append(number)
        if len(came) > 1:
            raise KeyboardInterrupt
        threading.Thread(target=end).start()

    before = {number: signal.signal(number, handle) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield came
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _tell(record: "Progress") -> None:
    """Print a record as one line: failures to standard error, the rest to standard output."""
    from mene.watch import Failed, describe

    if isinstance(record, Failed):
        say(f"error: {describe(record)}")
    else:
        show(describe(record))


def _tell_json(record: "Progress") -> None:
    """Print a record as one line of JSON."""
    from mene.watch import progress_json

    show(progress_json(record))
