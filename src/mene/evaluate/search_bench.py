"""`python -m mene.evaluate.search_bench`: how fast statements are found in a store of 100,000.

The store is made up (`synthetic.py`), with texts drawn anew from its words by Zipf's law, as often as words are in
English text: a common word is in most statements, a rare one in one. Prints one JSON object:

- `build_s`, `file_mb`: the search file written from the store, and its size; `store_mb` is the store's;
- `open_ms`: opened again when nothing has come in; `add_ms`: one article more of the past brought in;
- `find_ms`, `find_p95_ms`: a page of 50 with its total, over queries drawn at random, of all forms in `FORMS` alike;
- `facets_ms`, `facets_p95_ms`: the counts over the same;
- `…_cpu_…`: the same in the processor's time, which others on the machine do not lengthen;
- `slowest`: the form of the slowest page, and its milliseconds.

    --statements N   how many; 100,000 without it
    --queries N      how many of each form; 40 without it
    --keep FILE      keep the store there, or use the one that is there
"""

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

from mene.evaluate.scale import ARTICLES_AT_ONCE, DAYS, MOMENT, actors, as_parcel
from mene.evaluate.synthetic import FIRST_DAY, make_readings
from mene.records import Reading
from mene.search import Filters, Search, open_search
from mene.store import Store, open_store
from mene.store.entry import Parcel
from mene.vocabulary import EVENT_TYPES

WORDS = 20_000
LENGTH = 22
"""Words of a statement."""

_SYLLABLES = ("ba", "do", "ke", "li", "mu", "na", "po", "ra", "su", "ta", "ve", "zi", "gor", "hel", "min", "sar")


@dataclass(slots=True)
class _Vocabulary:
    """Words, of which the one with number n is drawn n times as seldom as the first."""

    words: list[str]
    weights: list[float]
    chance: random.Random

    def draw(self, count: int) -> list[str]:
        """Return words as a text has them."""
        return self.chance.choices(self.words, cum_weights=self.weights, k=count)


def make_vocabulary(seed: int) -> _Vocabulary:
    """Return made-up words."""
    chance = random.Random(seed)  # noqa: S311 (not for secrets)
    words = list(dict.fromkeys("".join(chance.choices(_SYLLABLES, k=1 + n % 4)) for n in range(8 * WORDS)))[:WORDS]
    return _Vocabulary(words, list(accumulate(1 / (1 + n) for n in range(len(words)))), chance)


def reworded(reading: Reading, vocabulary: _Vocabulary) -> Reading:
    """Return a reading with other texts; the place told of stays at the end."""
    told = {one.statement_id: one.place.name for one in reading.events if one.place}
    statements = tuple(
        replace(one, text=f"{' '.join(vocabulary.draw(LENGTH)).capitalize()} {told.get(one.id, '')}".rstrip() + ".")
        for one in reading.statements
    )
    title = " ".join(vocabulary.draw(8)).capitalize()
    return replace(reading, article=replace(reading.article, title=title), statements=statements)


def fill(path: Path, statements: int) -> None:
    """Fill a new store."""
    vocabulary = make_vocabulary(1)
    with open_store(path) as store, store.filling():
        waiting: list[Parcel] = []
        for reading in make_readings(statements, actors(), days=DAYS):
            waiting.append(as_parcel(reworded(reading, vocabulary)))
            if len(waiting) == ARTICLES_AT_ONCE:
                store.merge(waiting)
                waiting = []
        store.merge(waiting)


FORMS: dict[str, Callable[["_Drawing"], Filters]] = {
    "a word as texts have it": lambda draw: Filters(draw.words(1)),
    "two words": lambda draw: Filters(draw.words(2)),
    "three words": lambda draw: Filters(draw.words(3)),
    "a rare word": lambda draw: Filters(draw.rare()),
    "a phrase": lambda draw: Filters(f'"{draw.words(2)}"'),
    "a prefix": lambda draw: Filters(f"{draw.rare()[:4]}*"),
    "a word without another": lambda draw: Filters(f"{draw.words(1)} -{draw.words(1)}"),
    "a place": lambda draw: Filters(place=draw.place()),
    "a type": lambda draw: Filters(type=draw.type()),
    "an actor": lambda draw: Filters(actor=draw.actor()),
    "a type, a place, days": lambda draw: Filters(
        type=draw.type(), place=draw.place(), first=(day := draw.day()), last=draw.later(day)
    ),
    "a word, a type, days": lambda draw: Filters(
        draw.words(1), type=draw.type(), first=(day := draw.day()), last=draw.later(day)
    ),
    "a word, an actor": lambda draw: Filters(draw.words(1), actor=draw.actor()),
    "a word as known on a day, originals": lambda draw: Filters(draw.words(1), known=draw.day(), originals_only=True),
    "a kind of statement": lambda draw: Filters(kind="claim"),
    "nothing": lambda draw: Filters(),
}
"""The forms of query, from a page's first view to the narrow ones."""


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What queries are drawn from."""

    vocabulary: _Vocabulary
    chance: random.Random
    places: list[str]
    names: list[str]

    def words(self, count: int) -> str:
        """Return words, common ones more often."""
        return " ".join(self.vocabulary.draw(count))

    def rare(self) -> str:
        """Return any word alike."""
        return self.chance.choice(self.vocabulary.words)

    def place(self) -> str:
        """Return the name of a place, those told of often more often."""
        return self.chance.choice(self.places)

    def actor(self) -> str:
        """Return the name of an actor."""
        return self.chance.choice(self.names)

    def type(self) -> str:
        """Return a type of event."""
        return self.chance.choice(EVENT_TYPES)

    def day(self) -> date:
        """Return a day of those told of."""
        return FIRST_DAY + timedelta(self.chance.randrange(DAYS))

    def later(self, day: date) -> date:
        """Return a day up to two months after one."""
        return day + timedelta(self.chance.randrange(60))


class Took(NamedTuple):
    """Milliseconds of the clock and of the processor."""

    wall: float
    cpu: float


def measure(store: Store, search: Search, queries: int) -> dict[str, object]:
    """Return how long pages and counts take, in milliseconds."""
    readings = list(make_readings(5000, actors()))
    places = [one.place.name for reading in readings for one in reading.events if one.place]
    drawing = _Drawing(make_vocabulary(1), random.Random(2), places, [one.name for one in actors()])  # noqa: S311
    pages: list[tuple[Took, str]] = []
    counts: list[Took] = []
    for form, draw in FORMS.items():
        for _ in range(queries):
            filters = draw(drawing)
            with timed() as page:
                search.find(filters)
            with timed() as count:
                search.facets(filters)
            pages.append((page[0], form))
            counts.append(count[0])
    by_form = {form: [took.cpu for took, one in pages if one == form] for form in FORMS}
    slowest = max(pages, key=lambda page: page[0].cpu)
    return {
        **_summary("find", [took for took, _ in pages]),
        **_summary("facets", counts),
        "find_cpu_p95_ms_by_form": {form: round(quantiles(took, n=20)[-1], 1) for form, took in by_form.items()},
        "slowest": [slowest[1], round(slowest[0].cpu, 1)],
    }


def _summary(name: str, took: list[Took]) -> dict[str, float]:
    """Return the median and the 95th percentile, of the clock and of the processor."""
    clocks = {"": [one.wall for one in took], "_cpu": [one.cpu for one in took]}
    return {
        f"{name}{clock}{end}": round(value, 1)
        for clock, values in clocks.items()
        for end, value in (("_ms", median(values)), ("_p95_ms", quantiles(values, n=20)[-1]))
    }


@contextmanager
def timed() -> Iterator[list[Took]]:
    """Return a list that gets what the block took."""
    took: list[Took] = []
    wall, cpu = time.perf_counter(), time.process_time()
    yield took
    took.append(Took((time.perf_counter() - wall) * 1000, (time.process_time() - cpu) * 1000))


def run(path: Path, statements: int, queries: int) -> dict[str, object]:
    """Return all numbers; the store at `path` is made where it is not there."""
    if not path.exists():
        fill(path, statements)
    with open_store(path) as store:
        path.with_name(path.name + ".search").unlink(missing_ok=True)
        with timed() as build, open_search(store) as search:
            pass
        with timed() as again:
            search = open_search(store)
        found = measure(store, search, queries)
        number = store.counts()["articles"]
        (late,) = (one for at, one in enumerate(make_readings((number + 1) * 10, actors(), days=DAYS)) if at == number)
        day = FIRST_DAY + timedelta(DAYS // 2)
        statements_of_then = tuple(replace(one, published_at=day, first_seen=day) for one in late.statements)
        past = replace(late, article=replace(late.article, published_at=day), statements=statements_of_then)
        store.add(past, past.article.id.encode(), recorded_at=MOMENT, how="file")
        with timed() as add:
            search.refresh()
        search.close()
        rows = store.counts()["statements"]
    sizes = {"store_mb": path, "file_mb": path.with_name(path.name + ".search")}
    return {
        "statements": rows,
        "build_s": round(build[0].wall / 1000, 1),
        "build_cpu_s": round(build[0].cpu / 1000, 1),
        "open_ms": round(again[0].wall, 1),
        "open_cpu_ms": round(again[0].cpu, 1),
        "add_ms": round(add[0].wall, 1),
        "add_cpu_ms": round(add[0].cpu, 1),
        **{name: round(file.stat().st_size / 1e6, 1) for name, file in sizes.items()},
        **found,
    }


def main() -> int:
    """Measure and print; returns 0."""
    parser = argparse.ArgumentParser(prog="python -m mene.evaluate.search_bench", description=__doc__)
    parser.add_argument("--statements", type=int, default=100_000)
    parser.add_argument("--queries", type=int, default=40)
    parser.add_argument("--keep", type=Path, help="keep the store there")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        measured = run(given.keep or Path(name) / "bench.duckdb", given.statements, given.queries)
    about = {"cores": os.cpu_count(), "day": str(date.today())}
    sys.stdout.write(json.dumps({**about, **measured}, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
