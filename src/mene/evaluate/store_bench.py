"""`python -m mene.evaluate.store_bench`: how fast a store takes in, checks, exports and imports many statements.

The sample corpus is read once and then kept as often as gives the number of statements asked for, each time as other
articles: with a comment at the end of the raw bytes, and so with ids of their own. Prints one JSON object. `add` is
`Store.add`, a transaction with its commit for each article; `import` takes them in by groups, from an export. Times are
seconds of the wall clock in one process; `add_cpu_s` is the processor's time of `add`, without that of a server.

    --statements N   how many; 100,000 without it
    --store URL      an empty database of a PostgreSQL server; without it a DuckDB file in a temporary folder
    --copy URL       another, for the import
"""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path

from mene.articles import read_article
from mene.contract import from_json, to_json
from mene.events.identity import event_id
from mene.pipeline import load_model, read
from mene.records import Reading
from mene.sample import sample_articles, sample_codebook
from mene.settings import StoreUrl, store_place
from mene.statements.identity import statement_id
from mene.store import Store, open_store
from mene.store.archive import grouped, open_archive, write_archive
from mene.store.check import store_faults

MOMENT = datetime(2024, 12, 9, tzinfo=UTC)


def read_sample() -> tuple[tuple[bytes, str, Reading], ...]:
    """Return the raw bytes, the name and the reading of each article of the sample that says anything."""
    model = load_model(sample_codebook())
    pages = [(path.read_bytes(), path.name) for path in sample_articles()]
    read_all = [(raw, name, read(read_article(raw, name=name), model, today=MOMENT.date())) for raw, name in pages]
    return tuple(one for one in read_all if one[2].statements)


def many(sample: Sequence[tuple[bytes, str, Reading]], statements: int) -> Iterator[tuple[bytes, Reading]]:
    """Yield the sample as other articles, again and again, until so many statements are reached."""
    reached = 0
    for number in count():
        for raw, name, reading in sample:
            if reached >= statements:
                return
            again = raw + b"\n<!-- %d -->" % number
            reached += len(reading.statements)
            yield again, as_other(reading, read_article(again, name=name).id)


def as_other(reading: Reading, identity: str) -> Reading:
    """Return the reading of an article with another id, every id in it following."""
    moved = from_json(to_json(reading).replace(reading.article.id.encode(), identity.encode()), Reading)
    ids = {one.id: statement_id(one.evidence, one.sources) for one in moved.statements}
    said = tuple(
        replace(one, id=ids[one.id], denies=tuple(ids[other] for other in one.denies)) for one in moved.statements
    )
    events = tuple(replace(one, statement_id=ids[one.statement_id]) for one in moved.events)
    events = tuple(
        replace(
            one,
            id=event_id(
                one.statement_id, (one.type, one.mode), one.evidence, one.place, (*one.actors, *one.recipients)
            ),
        )
        for one in events
    )
    return replace(moved, statements=said, events=events)


def measure(
    pages: Sequence[tuple[bytes, Reading]], place: Path | StoreUrl, copy_place: Path | StoreUrl, folder: Path
) -> dict[str, float]:
    """Return the numbers. There must be no store yet at `place` and `copy_place`; the export goes into `folder`."""
    export = folder / "export.jsonl.gz"
    seconds = {}
    with open_store(place) as store:
        begin, processor = time.perf_counter(), time.process_time()
        for raw, reading in pages:
            store.add(reading, raw, recorded_at=MOMENT, how="file")
        seconds["add_s"], seconds["add_cpu_s"] = time.perf_counter() - begin, time.process_time() - processor
        counts = store.counts()
        for name, work in (("check_s", _check), ("export_s", _export), ("read_s", _read)):
            begin = time.perf_counter()
            work(store, export)
            seconds[name] = time.perf_counter() - begin
    with open_store(copy_place) as copy:
        begin = time.perf_counter()
        _import(copy, export)
        seconds["import_s"] = time.perf_counter() - begin
    rates = {
        "add_statements_per_s": counts["statements"] / seconds["add_s"],
        "add_ms_per_article": 1000 * seconds["add_s"] / counts["articles"],
        "import_statements_per_s": counts["statements"] / seconds["import_s"],
        "export_mb": export.stat().st_size / 1e6,
    }
    return {**counts, **{name: round(value, 1) for name, value in {**seconds, **rates}.items()}}


def _check(store: Store, export: Path) -> None:
    for fault in store_faults(store):
        raise ValueError(fault)


def _export(store: Store, export: Path) -> None:
    with export.open("wb") as file:
        for _ in write_archive(store, file):
            pass


def _read(store: Store, export: Path) -> None:
    """Read all back, as drawing the picture does."""
    for records in (store.statements(), store.events()):
        for _ in records:
            pass


def _import(store: Store, export: Path) -> None:
    with open_archive(export) as archive:
        for parcels, custody in grouped(archive.items()):
            store.merge(parcels, custody)


def main() -> int:
    """Measure and print; returns 0."""
    parser = argparse.ArgumentParser(prog="python -m mene.evaluate.store_bench", description=__doc__)
    parser.add_argument("--statements", type=int, default=100_000)
    parser.add_argument("--store", help="an empty database of a PostgreSQL server")
    parser.add_argument("--copy", help="another one")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        place = store_place(given.store) if given.store else Path(name) / "bench.duckdb"
        copy = store_place(given.copy) if given.copy else Path(name) / "copy.duckdb"
        pages = list(many(read_sample(), given.statements))
        measured = measure(pages, place, copy, Path(name))
    about = {"store": "PostgreSQL" if given.store else "DuckDB", "cores": os.cpu_count(), "day": str(date.today())}
    sys.stdout.write(json.dumps({**about, **measured}, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
