"""From what the user named to readings: load, read, and tell in one line what could not be."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from mene.articles import Loaded, load_articles
from mene.commands.output import follow, say
from mene.records import Article, Reading

if TYPE_CHECKING:
    from mene.pipeline import Model

BAD_INPUT = 2
CONTROL_CHANGED = 3
A_ZONE_AHEAD = timedelta(days=1)
"""Where the day has begun already, an article may bear the next one."""


@dataclass(slots=True)
class Tally:
    """How a batch went. `barren` are the named files, folders and addresses that gave no article at all."""

    read: int = 0
    failed: int = 0
    barren: list[str] = field(default_factory=list)

    @property
    def exit_code(self) -> int:
        """2 where something that was named gave nothing; a bad file among a folder's good ones is only told."""
        return BAD_INPUT if self.barren else 0


def load_batch(
    origins: Sequence[str], tally: Tally, *, published: date | None = None, stdin: bytes | None = None
) -> Iterator[Loaded]:
    """Yield what could be loaded, each article once; every other item becomes one line on standard error."""
    seen: set[str] = set()
    for origin in origins:
        found = False
        for loaded in load_articles(origin, stdin=stdin, published=published):
            if loaded.article is None:
                tally.failed += 1
                say(f"error: {_name(loaded)}")
                continue
            found = True
            if loaded.article.id not in seen:
                seen.add(loaded.article.id)
                yield loaded
        if not found:
            tally.barren.append(origin)


def _name(loaded: Loaded) -> str:
    error = loaded.error or "cannot be read"
    origin = "standard input" if loaded.origin == "-" else loaded.origin
    return error if error.startswith(origin) else f"{origin}: {error}"


def read_batch(
    origins: Sequence[str],
    model: "Model",
    tally: Tally,
    *,
    published: date | None = None,
    today: date | None = None,
    stdin: bytes | None = None,
) -> list[Reading]:
    """Return the readings of all articles that could be loaded, with a progress bar where there are several."""
    from mene.batch import read_each

    loaded = load_batch(origins, tally, published=published, stdin=stdin)
    with follow(loaded, "reading", count_files(origins)) as items:
        return list(read_each((take(item, tally) for item in items), model, today=today))


def take(loaded: Loaded, tally: Tally) -> Article:
    """Return a loaded article, counted; one without a date, or of a day to come, is told."""
    article = loaded.unwrap()
    if article.published_at is not None and article.published_at > date.today() + A_ZONE_AHEAD:
        say(f"note: {loaded.origin}: published on {article.published_at}, which is still to come; check the date")
    if article.published_at is None:
        say(f"note: {loaded.origin}: no publication date; 'on Friday' stays unresolved, give it with --published")
    tally.read += 1
    return article


def count_files(origins: Iterable[str]) -> int:
    """Return how many files the named files and folders hold; an archive counts as one until it is opened."""
    from mene.articles.load import find_files

    return sum(sum(1 for _ in find_files(Path(o))) if Path(o).is_dir() else 1 for o in origins)
