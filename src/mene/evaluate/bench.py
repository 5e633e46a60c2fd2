"""`python -m mene.evaluate.bench`: how fast Mene reads its sample corpus, and in how much memory.

Writes "speed" into evaluation/results.json. Sentences and articles a second count the whole path from
bytes to events over the corpus read many times, with a process for each core and their start included (`processes`),
as `mene read` and `mene add` read many articles; `one_process_sentences_per_s` is one process with a thread a core,
model loaded, as they read a few. `start_s` is a whole `mene --help`; `load_s` the model; `memory_mb` the most that one
process ever held and `memory_all_mb` the sum over all; `picture_ms` one drawing of the corpus; the shares are of the
reading time in one process. What the picture costs over large stores is measured by `scale.py`.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from mene.articles import read_article
from mene.batch.local import read_in_processes
from mene.evaluate.run import RESULTS, write_results
from mene.events import find_events
from mene.language import analyse
from mene.language import reader as reader_module
from mene.pipeline import Model, load_model, picture_of
from mene.records import Article, Reading
from mene.sample import sample_articles, sample_codebook
from mene.statements import find_statements

ROUNDS = 3
"""One process reads the corpus this often; the first round, which fills caches, is left out."""

COPIES = 12
"""All processes together read the corpus this often."""


class Clock:
    """Seconds spent by name."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()

    @contextmanager
    def measure(self, name: str) -> Iterator[None]:
        """Add the time until the end of the block to `name`."""
        begin = time.perf_counter()
        yield
        self.seconds[name] += time.perf_counter() - begin  # type: ignore[assignment]


def measure(copies: int = COPIES) -> dict[str, dict[str, float]]:
    """Return the entry "speed"; all processes together read `copies` of the corpus."""
    clock = Clock()
    with clock.measure("load"):
        model = load_model(sample_codebook())
    pages = [(path.read_bytes(), path.name) for path in sample_articles()]
    sentences = 0
    for round_number in range(ROUNDS):
        if round_number == 1:
            clock.seconds = Counter(load=clock.seconds["load"])
            sentences = 0
        readings = []
        for raw, name in pages:
            reading, count = _read(raw, name, model, clock)
            readings.append(reading)
            sentences += count
    with clock.measure("picture"):
        picture_of(readings, model.codebook, on=date(2024, 12, 7), known=date(2024, 12, 7))
    processes = os.cpu_count() or 1
    with clock.measure("together"):
        articles = (read_article(raw, name=name) for _ in range(copies) for raw, name in pages)
        together = sum(1 for _ in read_in_processes(articles, model.folders, today=None, processes=processes))
    speed = _numbers(clock.seconds, sentences // (ROUNDS - 1), len(pages), together, processes)
    return {"speed": speed}


def _read(raw: bytes, name: str, model: Model, clock: Clock) -> tuple[Reading, int]:
    with clock.measure("articles"):
        article: Article = read_article(raw, name=name)
    with clock.measure("language"):
        analysis = analyse(article, model.reader)
    with clock.measure("statements"):
        statements, _ = find_statements(analysis, codebook=model.codebook)
    with clock.measure("events"):
        events, _ = find_events(analysis, statements, codebook=model.codebook, gazetteer=model.gazetteer)
    return Reading(article, statements, events, ()), len(analysis.sentences)


def _numbers(seconds: Counter[str], sentences: int, articles: int, together: int, processes: int) -> dict[str, float]:
    """Return the speeds, from the sentences and articles of the corpus and the articles that all processes read."""
    stages = ("articles", "language", "statements", "events")
    reading = sum(seconds[stage] for stage in stages)
    shares = {f"share_{stage}": round(seconds[stage] / reading, 3) for stage in stages}
    # Linux counts the largest resident size in kibibytes, macOS in bytes.
    unit = 2**20 if sys.platform == "darwin" else 2**10
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / unit
    return {
        "sentences_per_s": round(together * sentences / articles / seconds["together"], 1),
        "articles_per_s": round(together / seconds["together"], 2),
        "processes": processes,
        "one_process_sentences_per_s": round(sentences * (ROUNDS - 1) / reading, 1),
        "memory_mb": round(own, 1),
        "memory_all_mb": round(own + processes * child, 1),
        "start_s": round(measure_start(), 3),
        "load_s": round(seconds["load"], 3),
        "picture_ms": round(seconds["picture"] * 1000, 1),
        **shares,
        "n": together,
    }


def measure_start() -> float:
    """Return the seconds that `mene --help` takes in a process of its own, the fastest of three."""
    command = [sys.executable, "-c", "from mene.cli import main; main()", "--help"]
    took = []
    for _ in range(3):
        begin = time.perf_counter()
        subprocess.run(command, check=True, capture_output=True)
        took.append(time.perf_counter() - begin)
    return min(took)


def main() -> int:
    """Measure, print and write; returns 0."""
    parser = argparse.ArgumentParser(prog="python -m mene.evaluate.bench", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("evaluation"), help="folder of results.json")
    parser.add_argument("--pieces", type=int, help="try other batches of word pieces: prints only, writes nothing")
    given = parser.parse_args()
    if given.pieces:
        reader_module.PIECES_PER_BATCH = given.pieces
        speed = measure(copies=1)["speed"]
        sys.stdout.write(f"one process, {given.pieces} pieces: {speed['one_process_sentences_per_s']} sentences/s\n")
        return 0
    measured = measure()
    path = given.out / RESULTS
    present = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    write_results(given.out, {**present, **measured})
    sys.stdout.write(json.dumps(measured, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
