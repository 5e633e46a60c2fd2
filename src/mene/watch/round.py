"""One round of a watch: what is due, and doing it.

`plan` and `next_time` are pure. `run_round` does the work with hands that are passed in (asking servers, keeping
articles, telling, saving, the clock), so that it runs in tests without a network and without waiting. Requests are made
one at a time; while one host rests, another is asked.
"""

from collections import deque
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from mene.articles import Loaded
from mene.articles.fetch import Answer, explain_refusal
from mene.articles.limits import ARTICLE_BYTES
from mene.errors import InputError
from mene.watch import feed as feeds
from mene.watch.courtesy import (
    STOPPED,
    Ask,
    Courtesy,
    Got,
    Hour,
    Later,
    Refused,
    Request,
    host_of,
    origin_of,
)
from mene.watch.feed import Item
from mene.watch.folder import find_ready, list_files, load_file
from mene.watch.limits import FEED_BYTES, PAGES, QUIET
from mene.watch.memory import FeedMemory, FileMark, FolderMemory, Memory, forget
from mene.watch.patience import Jitter
from mene.watch.progress import Failed, Kept, Progress, Seen, Waiting, moment
from mene.watch.sources import FeedWatch, FolderWatch, Source

Keep = Callable[[Loaded], bool]
"""Reads an article and keeps it; says whether it was new. Raises StoreError where the store cannot be used."""

NOT_MODIFIED = 304


@dataclass(frozen=True, slots=True)
class Hands:
    """What a watch does to the world. `save` is given the memory whenever something is done; `own` is passed over.

    `clock` gives seconds since 1970; `rest` waits for some seconds and says whether the watch is to end; `jitter` gives
    a number from 0 up to 1.
    """

    ask: Ask
    keep: Keep
    tell: Callable[[Progress], None]
    save: Callable[[Memory], None]
    clock: Callable[[], float]
    rest: Callable[[float], bool]
    jitter: Jitter
    own: Collection[Path] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a round went: what is to be remembered, how many articles, and the names of sources that failed whole."""

    memory: Memory
    kept: int
    known: int
    failed: int
    failed_sources: frozenset[str]


def due_at(memory: Memory, source: Source, every: float) -> float | None:
    """Return from when on a source may be looked at again, `every` seconds after the last time; None for never."""
    if isinstance(source, FolderWatch):
        checked = memory.folder(source.name).checked_at
        return checked + every if checked else 0.0
    feed = memory.feed(source.name)
    if feed.is_gone:
        return None
    return max(feed.checked_at + every if feed.checked_at else 0.0, feed.not_before)


def plan(memory: Memory, sources: Sequence[Source], now: float, every: float) -> tuple[Source, ...]:
    """Return the sources that are due, in their order."""
    times = ((source, due_at(memory, source, every)) for source in sources)
    return tuple(source for source, at in times if at is not None and at <= now)


def next_time(memory: Memory, sources: Sequence[Source], every: float) -> float | None:
    """Return when the next source is due; None where none ever is."""
    return min((at for source in sources if (at := due_at(memory, source, every)) is not None), default=None)


def find_idle(memory: Memory, sources: Sequence[Source], now: float) -> tuple[Failed | Waiting, ...]:
    """Return what is to be told of feeds that are not asked now: those given up, and those that ask for patience."""
    told: list[Failed | Waiting] = []
    for name in (source.name for source in sources if isinstance(source, FeedWatch)):
        feed = memory.feed(name)
        if feed.is_gone:
            told.append(Failed(name, name, f"the feed {_GIVEN_UP}", is_final=True))
        elif feed.not_before > now:
            reason = "it could not be read" if feed.failures else "it asks not to be fetched before"
            told.append(Waiting(name, 1, reason, moment(feed.not_before)))
    return tuple(told)


def run_round(sources: Sequence[Source], memory: Memory, hands: Hands, *, every: float, patience: float) -> Outcome:
    """Return how it went to look at all sources that are due and to keep what is new in them.

    What a host puts off for longer than `patience` seconds waits for a later round. Each thing that happens is told;
    nothing that is kept is undone where the round ends early (`rest` says so, or the store fails: StoreError).
    """
    now = hands.clock()
    watched = {source.name for source in sources}
    work = _Round(forget(memory, watched, now), hands, now + patience)
    try:
        work.look(plan(memory, sources, now, every))
    finally:
        hands.save(work.current())
    return Outcome(work.current(), work.kept, work.known, work.failed, frozenset(work.failed_sources))


@dataclass(slots=True)
class _Feed:
    """A feed in this round: what it answered, its items, how many of them wait, from when on and why."""

    source: FeedWatch
    answer: Answer | None = None
    items: tuple[Item, ...] = ()
    waiting: int = 0
    until: float = 0.0
    reason: str = ""

    @property
    def inside(self) -> str | None:
        """The one origin in a private network that the feed and its entries may be fetched from."""
        return origin_of(self.source.url) if self.source.inside else None


@dataclass(frozen=True, slots=True)
class _Job:
    """One thing to ask for: a feed, or the page of one of its items."""

    feed: _Feed
    url: str
    item: Item | None = None


@dataclass(slots=True)
class _Queue:
    """The jobs of a round by the host that they ask first."""

    jobs: dict[str, deque[_Job]] = field(default_factory=dict)

    def put(self, job: _Job) -> None:
        self.jobs.setdefault(host_of(job.url), deque()).append(job)

    def take(self, ready_at: Callable[[str], float]) -> _Job | None:
        """Return the next job of the host that has rested longest."""
        hosts = [host for host, waiting in self.jobs.items() if waiting]
        return self.jobs[min(hosts, key=ready_at)].popleft() if hosts else None


class _Round:
    """The work of one round. What it remembers is in `memory` and, of hosts, in `courtesy`."""

    def __init__(self, memory: Memory, hands: Hands, until: float) -> None:
        self.memory = memory
        self.hands = hands
        self.courtesy = Courtesy(
            hands.ask, Hour(hands.clock, hands.rest, hands.jitter, until), memory.hosts, memory.robots
        )
        self.queue = _Queue()
        self.pages: dict[str, int] = {}
        self.seen = {key for feed in memory.feeds.values() for key in feed.seen}
        self.queued: set[str] = set()
        self.kept = self.known = self.failed = 0
        self.failed_sources: set[str] = set()

    def current(self) -> Memory:
        """Return all that is to be remembered now."""
        return replace(self.memory, hosts=dict(self.courtesy.hosts), robots=dict(self.courtesy.robots))

    def look(self, due: Sequence[Source]) -> None:
        """Look at the folders, then at the feeds, and at the pages that these name."""
        for source in due:
            if isinstance(source, FolderWatch) and not self.hands.rest(0.0):
                self._look_at_folder(source)
        listed = [_Feed(source) for source in due if isinstance(source, FeedWatch)]
        for feed in listed:
            self.queue.put(_Job(feed, self.memory.feed(feed.source.name).moved or feed.source.url))
        try:
            while not self.hands.rest(0.0) and (job := self.queue.take(self.courtesy.ready_at)) is not None:
                if job.item is None:
                    self._look_at_feed(job.feed, job.url)
                else:
                    self._look_at_page(job.feed, job.item, job.url)
                self.hands.save(self.current())
        finally:
            for feed in listed:
                self._close(feed)

    # Folders

    def _look_at_folder(self, source: FolderWatch) -> None:
        now = self.hands.clock()
        before = self.memory.folder(source.name)
        try:
            listed = list_files(source.path, self.hands.own)
        except InputError as error:
            self.memory = self.memory.with_folder(source.name, replace(before, checked_at=now))
            self._fail_source(source.name, str(error), is_final=False)
            return
        found = find_ready(before.files, listed.marks, now)
        marks = dict(found.marks)
        self.hands.tell(Seen(source.name, len(found.ready)))
        for name in listed.unnameable:
            self._fail(source.name, name, "the file's name is no text; rename the file", is_final=True)
        try:
            for name in found.ready:
                if self.hands.rest(0.0) or not self._read_file(source, name):
                    break
                marks[name] = replace(marks[name], is_read=True)
        finally:
            self._remember_folder(source, marks, now)
        if found.growing:
            self.hands.tell(Waiting(source.name, len(found.growing), "still being written", moment(now + QUIET)))

    def _remember_folder(self, source: FolderWatch, marks: dict[str, FileMark], now: float) -> None:
        self.memory = self.memory.with_folder(source.name, FolderMemory(now, marks))
        self.hands.save(self.current())

    def _read_file(self, source: FolderWatch, name: str) -> bool:
        """Keep the articles of a file; False where the watch is to end before all of them are kept."""
        for loaded in load_file(source.path / name):
            if self.hands.rest(0.0):
                return False
            if loaded.article is None:
                self._fail(source.name, loaded.origin, loaded.error or "cannot be read", is_final=True)
            else:
                self._keep(source.name, loaded)
        return True

    # Feeds

    def _look_at_feed(self, feed: _Feed, url: str) -> None:
        name = feed.source.name
        now = self.hands.clock()
        known = replace(self.memory.feed(name), checked_at=now)
        got = self.courtesy.get(Request(url, feeds.request_headers(known), FEED_BYTES), feed.inside)
        if isinstance(got, Later):
            if got.reason != STOPPED:
                self.memory = self.memory.with_feed(name, replace(known, not_before=got.until))
                self.hands.tell(Waiting(name, 1, got.reason, moment(got.until)))
        elif isinstance(got, Refused):
            self._fail_feed(feed, known, got.reason)
        elif got.answer.status == NOT_MODIFIED:
            self.memory = self.memory.with_feed(name, feeds.after_unchanged(known, got.answer, got.moved, now))
            self.hands.tell(Seen(name, 0, unchanged=True))
        elif got.answer.status >= 300:
            self._refuse_feed(feed, known, got.answer)
        else:
            self._list(feed, known, got)

    def _refuse_feed(self, feed: _Feed, known: FeedMemory, answer: Answer) -> None:
        if feeds.is_gone(known, answer):
            self.memory = self.memory.with_feed(feed.source.name, replace(known, is_gone=True))
            self._fail_source(feed.source.name, f"{explain_refusal(answer)}: the feed {_GIVEN_UP}", is_final=True)
        else:
            self._fail_feed(feed, known, explain_refusal(answer), answer)

    def _fail_feed(self, feed: _Feed, known: FeedMemory, reason: str, answer: Answer | None = None) -> None:
        headers = answer.headers if answer else None
        failed = feeds.after_failure(known, self.hands.clock(), self.hands.jitter, headers)
        self.memory = self.memory.with_feed(feed.source.name, failed)
        self._fail_source(feed.source.name, reason, is_final=False)

    def _list(self, feed: _Feed, known: FeedMemory, got: Got) -> None:
        """Read a feed that was fetched, and put its new entries in the queue."""
        name = feed.source.name
        try:
            listing = feeds.read_listing(got.answer, name)
        except InputError as error:
            self._fail_feed(feed, known, str(error))
            return
        now = self.hands.clock()
        feed.answer, feed.items = got.answer, listing.items
        fresh = feeds.after_listing(known, listing, got.moved, now)
        new = [item for item in listing.items if feeds.is_new(item, fresh.seen)]
        self.memory = self.memory.with_feed(name, fresh)
        self.hands.tell(Seen(name, len(new)))
        for item in new:
            self._enqueue(feed, item, now)

    def _enqueue(self, feed: _Feed, item: Item, now: float) -> None:
        """Put the page of a new item in the queue, or say why it waits; without a page the feed's own text is read."""
        tries = self.memory.feed(feed.source.name).tries
        not_before = max((tries[key].not_before for key in item.keys if key in tries), default=0.0)
        host = host_of(item.link or "")
        if not self.seen.isdisjoint(item.keys):
            self._done(feed, item)  # another feed had it too
        elif not_before > now:
            self._wait(feed, not_before, "tried before")
        elif item.link is None:
            self._read_own(feed, item, "the feed entry has no address that can be fetched")
        elif self.pages.get(host, 0) >= PAGES:
            self._wait(feed, now, f"{PAGES} pages of {host} in one round are enough")
        elif self.queued.isdisjoint(item.keys):  # where it is listed twice, the next round finds it done
            self.pages[host] = self.pages.get(host, 0) + 1
            self.queued.update(item.keys)
            self.queue.put(_Job(feed, item.link, item))

    def _look_at_page(self, feed: _Feed, item: Item, url: str) -> None:
        got = self.courtesy.get(Request(url, {}, ARTICLE_BYTES), feed.inside)
        if isinstance(got, Later):
            if got.reason != STOPPED:
                self._wait(feed, got.until, got.reason)
        elif isinstance(got, Refused):
            self._miss(feed, item, got.reason, is_final=got.is_final)
        elif got.answer.status >= 300:
            self._miss(feed, item, explain_refusal(got.answer), is_final=not feeds.is_temporary(got.answer.status))
        else:
            try:
                loaded = feeds.read_page(got.answer, item)
            except InputError as error:
                self._read_own(feed, item, str(error))
                return
            self._keep(feed.source.name, loaded)
            self._done(feed, item)

    def _miss(self, feed: _Feed, item: Item, reason: str, *, is_final: bool) -> None:
        """Remember that a page could not be had; where it never will be, read what the feed itself has of it."""
        name = feed.source.name
        known = self.memory.feed(name)
        if is_final or feeds.is_last_try(known, item):
            self._read_own(feed, item, reason)
            return
        self.memory = self.memory.with_feed(name, feeds.after_try(known, item, self.hands.clock(), self.hands.jitter))
        self._fail(name, item.link or name, reason, is_final=False)

    def _read_own(self, feed: _Feed, item: Item, reason: str) -> None:
        """Keep an entry as the feed itself has it, for the reason that its page gives no article."""
        name = feed.source.name
        try:
            self._keep(name, feeds.read_own(item, name))
        except InputError:
            self._fail(name, item.entry.known.url or name, reason, is_final=True)
        self._done(feed, item)

    def _done(self, feed: _Feed, item: Item) -> None:
        name = feed.source.name
        self.seen.update(item.keys)
        self.memory = self.memory.with_feed(name, feeds.after_done(self.memory.feed(name), item, self.hands.clock()))

    def _wait(self, feed: _Feed, until: float, reason: str) -> None:
        feed.until = min(feed.until, until) if feed.waiting else until
        feed.waiting += 1
        feed.reason = feed.reason or reason

    def _close(self, feed: _Feed) -> None:
        """Keep a feed's validators where all that it lists is done, and tell what waits."""
        name = feed.source.name
        known = self.memory.feed(name)
        if feed.answer is not None and not feeds.outstanding(feed.items, known):
            self.memory = self.memory.with_feed(name, feeds.after_all(known, feed.answer.headers))
        if feed.waiting:
            self.hands.tell(Waiting(name, feed.waiting, feed.reason, moment(feed.until)))

    # Both

    def _keep(self, source: str, loaded: Loaded) -> None:
        article = loaded.unwrap()
        is_new = self.hands.keep(loaded)
        self.kept += is_new
        self.known += not is_new
        self.memory = replace(self.memory, has_kept=True)
        self.hands.tell(Kept(source, loaded.origin, article.id, article.title, is_new))

    def _fail(self, source: str, origin: str, reason: str, *, is_final: bool) -> None:
        self.failed += 1
        self.hands.tell(Failed(source, origin, reason, is_final))

    def _fail_source(self, source: str, reason: str, *, is_final: bool) -> None:
        self.failed_sources.add(source)
        self._fail(source, source, reason, is_final=is_final)


_GIVEN_UP = "is given up; take it off the list, or name it by its new address"
