"""`mene add`: articles into the store, each whole or not at all."""

from collections import deque
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from datetime import date as day
from itertools import chain
from typing import TYPE_CHECKING

from mene.commands.gather import CONTROL_CHANGED, Tally, count_files, load_batch, take
from mene.commands.kept import Kept, read_stdin
from mene.commands.output import follow, say, show
from mene.records import Article, Reading
from mene.settings import Settings

if TYPE_CHECKING:
    from mene.articles import Loaded
    from mene.store import Store


def run_add(settings: Settings, origins: list[str], *, published: day | None, check: bool) -> int:
    """Return 0; 2 where something that was named gave no article; with `check`, 3 where control of a place changed."""
    from mene.pipeline import changed_control
    from mene.store import open_store

    kept = Kept(settings)
    tally = Tally()
    with open_store(settings.store, operator=settings.operator) as store:
        before = store.draw(kept.codebook()) if check else None
        loaded = load_batch(origins, tally, published=published, stdin=read_stdin(origins))
        with follow(loaded, "adding", count_files(origins)) as items:
            new, known = _add_all(store, items, kept, tally)
        show(_summary(new, known, tally, store))
        if before is not None and (places := changed_control(before, store.draw(kept.codebook()))):
            show(f"control changed: {', '.join(places)}")
            return CONTROL_CHANGED
    return tally.exit_code


def _add_all(store: "Store", items: "Iterator[Loaded]", kept: Kept, tally: Tally) -> tuple[int, int]:
    """Return how many articles were new and how many were there; the model is loaded when the first new one comes."""
    new = [0]
    known = [0]
    try:
        unread = _unread(store, items, known, tally)
        first = next(unread, None)
        if first is not None:
            _read_and_keep(store, chain([first], unread), kept, new)
    except KeyboardInterrupt:
        say(f"new articles kept: {new[0]}; run the same command again for the rest")
        raise
    return new[0], known[0]


def _unread(store: "Store", items: "Iterable[Loaded]", known: list[int], tally: Tally) -> "Iterator[Loaded]":
    """Yield what the store lacks; of what it has, only where else it came from is logged, at once."""
    for loaded in items:
        if store.has(loaded.unwrap().id):
            keep(store, loaded, None, None)
            known[0] += 1
        else:
            take(loaded, tally)
            yield loaded


def _read_and_keep(store: "Store", unread: "Iterator[Loaded]", kept: Kept, new: list[int]) -> None:
    """Read the articles and keep each as soon as it is read; only those being read wait in memory."""
    from mene.batch import read_each

    model = kept.model()
    waiting: deque[Loaded] = deque()

    def articles() -> "Iterator[Article]":
        for loaded in unread:
            waiting.append(loaded)
            yield loaded.unwrap()

    for reading in read_each(articles(), model, today=datetime.now(UTC).date()):
        new[0] += keep(store, waiting.popleft(), reading, model.reader.name)


def keep(store: "Store", loaded: "Loaded", reading: Reading | None, model: str | None) -> bool:
    """Keep an article with its reading; of one already there only where else it came from is logged. True if new."""
    how = "http" if loaded.origin.startswith(("http://", "https://")) else "file"
    kept = reading or Reading(loaded.unwrap(), (), (), ())
    return store.add(kept, loaded.raw, recorded_at=datetime.now(UTC), how=how, model=model)


def _summary(new: int, known: int, tally: Tally, store: "Store") -> str:
    failed = f", {tally.failed} could not be read" if tally.failed else ""
    return f"{store.name}: {new} added, {known} already there{failed}"
