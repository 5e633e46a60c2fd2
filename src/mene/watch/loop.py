"""Watching: rounds one after another until somebody says stop, or one round alone."""

import random
import threading
import time
from collections.abc import Callable, Collection, Sequence
from pathlib import Path

from mene.articles.fetch import Answer, ask
from mene.errors import InputError, StoreError
from mene.watch.courtesy import Request
from mene.watch.limits import HOUR, MINUTE
from mene.watch.memory import Memory, read_memory, write_memory
from mene.watch.progress import Failed, Progress, Rested, hide_passwords, moment
from mene.watch.round import Hands, Keep, find_idle, next_time, run_round
from mene.watch.sources import Source

EVERY = 15 * MINUTE
"""How often each source is looked at where nobody says otherwise."""

PATIENCE = 10 * MINUTE
"""How long a round waits for hosts that ask for long pauses; what is left then follows in the next round."""

WHOLE = "the watch"
"""What stands as the source of a failure that concerns all of them: the store or the memory cannot be used."""

_SAVING = 10.0
"""Seconds between two writings of the memory within a round."""


def watch(
    sources: Sequence[Source],
    keep: Keep,
    tell: Callable[[Progress], None],
    stop: threading.Event,
    *,
    memory: Path,
    every: float = EVERY,
    own: Collection[Path] = (),
) -> None:
    """Return when `stop` is set, or when every source is given up; until then keep what is new in the sources.

    Made to run in a thread of its own. `keep` reads an article and puts it into the store, and says whether it was new;
    `tell` is given a record of each thing that happens (`mene.watch.progress`); both are called in this thread, one
    call at a time. `memory` is the file that is remembered in (`memory_path`), `every` the seconds between two looks at
    a source, `own` files and folders that are passed over (the store itself). `stop` ends a pause at once, and work
    after the article or request at hand. A store that is busy, and a memory that cannot be written, are told, and tried
    again a minute later. Raises InputError at once where the memory cannot be read.
    """
    saver = _Saver(memory, read_memory(memory))
    hands = _hands(keep, tell, stop, saver, own)
    for record in find_idle(saver.latest, sources, hands.clock()):
        hands.tell(record)
    since = 0.0  # the first round looks at all that does not ask for patience
    while not stop.is_set():
        rested = _try_round(sources, saver, hands, since, every)
        tell(rested)
        since = every
        if rested.until is None or _rest_until(rested.until.timestamp(), hands):
            return


def _try_round(sources: Sequence[Source], saver: "_Saver", hands: Hands, since: float, every: float) -> Rested:
    """Return how a round went, and when the next one begins: none where every source is given up."""
    kept = known = failed = 0
    soonest = 0.0
    try:
        try:
            outcome = run_round(sources, saver.latest, hands, every=since, patience=PATIENCE)
            kept, known, failed = outcome.kept, outcome.known, outcome.failed
        finally:
            saver.flush()
    except (StoreError, InputError) as error:
        hands.tell(Failed(WHOLE, WHOLE, str(error), is_final=False))
        soonest = hands.clock() + MINUTE
    following = next_time(saver.latest, sources, every)
    return Rested(kept, known, failed, None if following is None else moment(max(following, soonest)))


def _rest_until(at: float, hands: Hands) -> bool:
    """Return at that time, or at once where the watch is to end, and whether it is."""
    while (left := at - hands.clock()) > 0:
        if hands.rest(min(left, HOUR)):  # a clock that is set, or a machine that slept, is noticed within the hour
            return True
    return hands.rest(0.0)


def watch_once(
    sources: Sequence[Source],
    keep: Keep,
    tell: Callable[[Progress], None],
    stop: threading.Event,
    *,
    memory: Path,
    own: Collection[Path] = (),
) -> bool:
    """Return whether any source could be read, after one look at all that do not ask for patience; see `watch`.

    A feed that asks for patience is told and counts as read. Raises StoreError where the store cannot be used.
    """
    saver = _Saver(memory, read_memory(memory))
    hands = _hands(keep, tell, stop, saver, own)
    idle = find_idle(saver.latest, sources, hands.clock())
    for record in idle:
        hands.tell(record)
    try:
        outcome = run_round(sources, saver.latest, hands, every=0.0, patience=PATIENCE)
    finally:
        saver.flush()
    tell(Rested(outcome.kept, outcome.known, outcome.failed, None))
    failed = outcome.failed_sources | {record.source for record in idle if isinstance(record, Failed)}
    return any(source.name not in failed for source in sources)


class _Saver:
    """The memory as it is now, written to its file every _SAVING seconds while it changes, and on `flush`."""

    def __init__(self, path: Path, memory: Memory) -> None:
        self.latest = memory
        self._path = path
        self._written = memory
        self._at = time.monotonic()

    def save(self, memory: Memory) -> None:
        self.latest = memory
        if time.monotonic() - self._at > _SAVING:
            self.flush()

    def flush(self) -> None:
        if self._written != self.latest:
            write_memory(self._path, self.latest)
        self._written = self.latest
        self._at = time.monotonic()


def _hands(
    keep: Keep, tell: Callable[[Progress], None], stop: threading.Event, saver: _Saver, own: Collection[Path]
) -> Hands:
    jitter = random.SystemRandom().random
    passed = frozenset(path.resolve() for path in own)
    return Hands(_ask, keep, _without_passwords(tell), saver.save, time.time, stop.wait, jitter, passed)


def _without_passwords(tell: Callable[[Progress], None]) -> Callable[[Progress], None]:
    return lambda record: tell(hide_passwords(record))


def _ask(request: Request) -> Answer:
    return ask(request.url, request.headers, limit=request.limit, allow_private=request.allow_private)
