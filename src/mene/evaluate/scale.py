"""`python -m mene.evaluate.scale`: what the picture costs over stores of 10,000 to 1,000,000 statements.

The statements are made up (`synthetic.py`): three years, 2,000 places, ten statements an article. Each store is filled
once, below `--stores`, and used again. Writes "picture" into results.json and the plot into docs/redraw.svg:

- `redraw_1e6_s`: all holdings, backings, presences and contradictions drawn from the store in one process, and
  `redraw_1e6_mb` the most memory that it held; likewise for 1e4 and 1e5. Occurrences are not drawn: they are drawn for
  the place that is asked for.
- `ask_ms`, `ask_p95_ms`: "who holds PLACE" as of a day, for places and days drawn at random, in the largest store.
- `add_ms`: one article more of the last day, in the largest store, its transaction and folding included; `add_old_ms`
  one of a day in the middle.
- `fold_1e6_s`: the ledger written anew from all statements, as after a change of its rules.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from statistics import median, quantiles

from mene import __version__
from mene.codebook import load_codebook
from mene.codebook.entries import Actor
from mene.evaluate.run import RESULTS, write_results
from mene.evaluate.synthetic import FIRST_DAY, make_readings
from mene.picture.ask import ask, read_question
from mene.records import Place, Reading, content_id
from mene.store import Store, open_store
from mene.store.bearing import bearing_on
from mene.store.entry import Parcel, make_entry
from mene.store.ledger import rebuild

SIZES = (10_000, 100_000, 1_000_000)
DAYS = 1095
ARTICLES_AT_ONCE = 500
ASKED = 60
ADDED = 12
MOMENT = datetime(2025, 1, 1, tzinfo=UTC)


def fill(path: Path, statements: int) -> None:
    """Fill a new store with made-up articles; it stands at `path` when it is whole."""
    unfinished = path.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    with open_store(unfinished) as store, store.filling():
        waiting: list[Parcel] = []
        for reading in make_readings(statements, actors(), days=DAYS):
            waiting.append(as_parcel(reading))
            if len(waiting) == ARTICLES_AT_ONCE:
                store.merge(waiting)
                waiting = []
        store.merge(waiting)
    unfinished.rename(path)


def actors() -> list[Actor]:
    """Return the actors of the made-up articles."""
    known = load_codebook().actors
    return [known[one] for one in sorted(known)[:40]]


def as_parcel(reading: Reading) -> Parcel:
    """Return a reading as it goes into a store; its raw bytes are its id."""
    raw = reading.article.id.encode()
    return Parcel(make_entry(reading, raw, MOMENT, __version__, None), reading, raw, ())


def redraw(path: Path) -> dict[str, float]:
    """Return the seconds and the MB of drawing all, and what was drawn; for a process of its own."""
    codebook = load_codebook()
    begin = time.perf_counter()
    with open_store(path, read_only=True) as store:
        picture = store.draw(codebook)
    seconds = time.perf_counter() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
    return {"s": round(seconds, 2), "mb": round(peak), "holdings": len(picture.holdings)}


def measure_asking(store: Store) -> dict[str, float]:
    """Return the milliseconds of "who holds PLACE" as of a day."""
    codebook, chance = load_codebook(), random.Random(1)  # noqa: S311 (not for secrets)
    places = [place for reading in make_readings(5000, actors()) for place in _places(reading)]
    took = []
    for place in chance.sample(places, ASKED):
        day = FIRST_DAY + timedelta(chance.randrange(90, DAYS))
        begin = time.perf_counter()
        question = f"who holds {place.name}"

        def find(name: str, there: Place = place) -> Place:
            return there

        part = bearing_on(read_question(question), store, codebook, find, on=day, known=day)
        if part is not None:
            ask(question, part.picture, part.statements, part.events, codebook, find, part.origins)
        took.append((time.perf_counter() - begin) * 1000)
    return {"ask_ms": round(median(took), 1), "ask_p95_ms": round(quantiles(took, n=20)[-1], 1)}


def _places(reading: Reading) -> list[Place]:
    return [event.place for event in reading.events if event.place]


def measure_adding(store: Store) -> dict[str, float]:
    """Return the milliseconds of adding one article, of the last day and of one in the middle; they stay there."""
    found = {}
    for name, day in (("add_ms", FIRST_DAY + timedelta(DAYS)), ("add_old_ms", FIRST_DAY + timedelta(DAYS // 2))):
        took = []
        for reading in _fresh(day, store.counts()["articles"]):
            begin = time.perf_counter()
            store.add(reading, reading.article.id.encode(), recorded_at=MOMENT, how="file")
            took.append((time.perf_counter() - begin) * 1000)
        found[name] = round(median(took), 1)
    return found


def _fresh(day: date, seed: int) -> Iterator[Reading]:
    """Yield articles of a day that are not in the store."""
    for reading in list(make_readings(10 * ADDED, actors(), seed=seed + 2)):
        yield as_of(reading, day, f"{seed}|{reading.article.id}")


def as_of(reading: Reading, day: date, key: str) -> Reading:
    """Return a reading as one of another article, of a day."""
    article_id = sha256(key.encode()).hexdigest()

    def renamed(one: str) -> str:
        return content_id(one[0], article_id, one)

    statements = tuple(
        replace(
            one,
            id=renamed(one.id),
            evidence=replace(one.evidence, article_id=article_id),
            sentence=replace(one.sentence, article_id=article_id),
            published_at=day,
            first_seen=day,
        )
        for one in reading.statements
    )
    events = tuple(
        replace(
            one,
            id=renamed(one.id),
            statement_id=renamed(one.statement_id),
            evidence=replace(one.evidence, article_id=article_id),
        )
        for one in reading.events
    )
    return replace(
        reading,
        article=replace(reading.article, id=article_id, published_at=day),
        statements=statements,
        events=events,
    )


def plot(seconds: Sequence[tuple[int, float]]) -> str:
    """Return redraw time over statements as SVG, both axes logarithmic, with the line of linear growth beside it."""
    from math import log10

    def at(statements: float, took: float) -> str:
        return f"{60 + (log10(statements) - 4) * 200:.1f},{230 - (log10(took) + 1) * 60:.1f}"

    points = " ".join(at(*one) for one in seconds)
    last, took = seconds[-1]
    linear = " ".join(at(last / 10**back, took / 10**back) for back in range(len(seconds) - 1, -1, -1))
    marks = "".join(
        f'<circle cx="{at(n, s).split(",")[0]}" cy="{at(n, s).split(",")[1]}" r="4" fill="#1b4f8a"/>'
        f'<text x="{float(at(n, s).split(",")[0]) - 8:.1f}" y="{float(at(n, s).split(",")[1]) - 10:.1f}" '
        f'text-anchor="end">{s:g} s</text>'
        for n, s in seconds
    )
    axis = "".join(
        f'<text x="{60 + place * 200}" y="262" text-anchor="middle">10^{place + 4}</text>' for place in range(3)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 520 290" font-family="sans-serif" font-size="13">\n'
        "<title>Seconds to redraw the picture, over the number of statements</title>\n"
        f'<path d="M60 40V240H500" fill="none" stroke="#666"/>{axis}\n'
        f'<polyline points="{linear}" fill="none" stroke="#999" stroke-dasharray="5 4"/>\n'
        f'<polyline points="{points}" fill="none" stroke="#1b4f8a" stroke-width="2"/>{marks}\n'
        '<text x="280" y="282" text-anchor="middle">statements (dashed: linear growth)</text>\n</svg>\n'
    )


def main() -> int:
    """Measure, print and write; returns 0."""
    parser = argparse.ArgumentParser(prog="python -m mene.evaluate.scale", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("evaluation"), help="folder of results.json")
    parser.add_argument("--stores", type=Path, default=Path("build/scale"), help="folder of the stores")
    parser.add_argument("--sizes", type=int, nargs="*", default=SIZES, help="numbers of statements")
    parser.add_argument("--redraw", type=Path, help="only draw this store and print what it took")
    parser.add_argument("--fold", action="store_true", help="also write the largest ledger anew")
    given = parser.parse_args()
    if given.redraw:
        sys.stdout.write(json.dumps(redraw(given.redraw)) + "\n")
        return 0
    given.stores.mkdir(parents=True, exist_ok=True)
    found: dict[str, float] = {}
    seconds = []
    for size in given.sizes:
        path = given.stores / f"{size}.duckdb"
        if not path.exists():
            fill(path, size)
        with open_store(path):  # writes the ledger anew where it is of other rules
            pass
        command = [sys.executable, "-m", "mene.evaluate.scale", "--redraw", str(path)]
        drawn = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        name = f"redraw_1e{len(str(size)) - 1}"
        found |= {f"{name}_s": drawn["s"], f"{name}_mb": drawn["mb"]}
        seconds.append((size, drawn["s"]))
    with open_store(path) as store:
        found |= measure_asking(store) | measure_adding(store)
        if given.fold:
            begin = time.perf_counter()
            with store._database.transaction():
                rebuild(store._database)
            found["fold_1e6_s"] = round(time.perf_counter() - begin, 1)
    found["n"] = float(size)
    results = given.out / RESULTS
    present = json.loads(results.read_text(encoding="utf-8")) if results.exists() else {}
    write_results(given.out, {**present, "picture": found})
    if len(seconds) > 1:
        Path("docs/redraw.svg").write_text(plot(seconds), encoding="utf-8")
    sys.stdout.write(json.dumps(found, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
