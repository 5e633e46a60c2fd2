"""`mene add`: articles into the store, each whole or not at all."""

from collections.abc import Iterable
from datetime import UTC, datetime
from datetime import date as day
from typing import TYPE_CHECKING

from mene.commands.gather import CONTROL_CHANGED, Tally, count_files, load_batch, read_one
from mene.commands.kept import Kept, read_stdin
from mene.commands.output import follow, say, show
from mene.records import Picture, Reading
from mene.settings import Settings

if TYPE_CHECKING:
    from mene.articles import Loaded
    from mene.codebook import Codebook
    from mene.store import Store


def run_add(settings: Settings, origins: list[str], *, published: day | None, check: bool) -> int:
    """Return 0; 2 where something that was named gave no article; with `check`, 3 where control of a place changed."""
    from mene.pipeline import changed_control
    from mene.store import open_store

    kept = Kept(settings)
    tally = Tally()
    with open_store(settings.store, operator=settings.operator) as store:
        before = _picture(store, kept.codebook()) if check else None
        loaded = load_batch(origins, tally, published=published, stdin=read_stdin(origins))
        with follow(loaded, "adding", count_files(origins)) as items:
            new, known = _add_all(store, items, kept, tally)
        show(_summary(new, known, tally, store))
        if before is not None and (places := changed_control(before, _picture(store, kept.codebook()))):
            show(f"control changed: {', '.join(places)}")
            return CONTROL_CHANGED
    return tally.exit_code


def _add_all(store: "Store", items: "Iterable[Loaded]", kept: Kept, tally: Tally) -> tuple[int, int]:
    """Return how many articles were new and how many were there; the model is loaded when the first new one comes."""
    new = known = 0
    model = None
    try:
        for loaded in items:
            article, now = loaded.unwrap(), datetime.now(UTC)
            if store.has(article.id):
                reading = Reading(article, (), (), ())  # already kept: only where else it came from is logged
            else:
                model = model or kept.model()
                reading = read_one(loaded, model, tally, now.date())
            how = "http" if loaded.origin.startswith(("http://", "https://")) else "file"
            name = model.reader.name if model else None
            added = store.add(reading, loaded.raw, recorded_at=now, how=how, model=name)
            new, known = new + added, known + (not added)
    except KeyboardInterrupt:
        say(f"{new} new articles are kept: run the same command again for the rest")
        raise
    return new, known


def _summary(new: int, known: int, tally: Tally, store: "Store") -> str:
    failed = f", {tally.failed} could not be read" if tally.failed else ""
    return f"{store.path}: {new} added, {known} already there{failed}"


def _picture(store: "Store", codebook: "Codebook") -> Picture:
    from mene.picture import draw_picture

    return draw_picture(store.statements(), store.events(), codebook=codebook)
