"""`python -m mene.evaluate.page_bench`: what the page weighs, how long it takes to write, and how fast it answers.

Writes "page" into evaluation/results.json:

- `demo_kb`, `demo_render_s`: the page of the sample corpus, its bytes and the seconds of `render`, the fastest of
  `ROUNDS` (a first one reads the templates); `demo_report_s`: the whole report, from readings to HTML;
- `big_…`: of a made-up corpus (`synthetic.py`, three years, 2,000 places) of `--statements` statements. Seconds by
  part: `fold` origins, `picture`, `outlook`, `history` of the places, `contents` indexed, `render`. `big_write_s` are
  the last three, what the page costs beyond the picture, and `big_report_s` all of them;
- `load_ms`: the big page opened from a file until its script has started; `step_ms`, `step_p95_ms` and `step_max_ms`:
  moves of the slider, the script's time, and `drawn_…` until the second frame after it; `filter_ms`, `filter_p95_ms`,
  `filter_max_ms`: the same of a filter set or cleared. Measured in Chromium through Playwright, where both are.

All are seconds or milliseconds of the wall clock in one process.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

from mene.articles import read_article
from mene.codebook import Codebook, load_codebook
from mene.evaluate.bench import Clock
from mene.evaluate.page_browser import Step, find_chromium, measure_step, open_browser
from mene.evaluate.run import RESULTS, write_results
from mene.evaluate.scale import actors
from mene.evaluate.synthetic import make_readings
from mene.picture.collector import uncollected
from mene.pipeline import history_of, known_by, load_model, origins_of, outlook_of, picture_of, read
from mene.records import Reading
from mene.report.contents import gather_contents
from mene.report.page import render
from mene.sample import sample_articles, sample_codebook

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

STATEMENTS = 50_000
DEMO_DAY = date(2024, 12, 7)
ROUNDS = 3
MOVES = 40
PATIENCE_MS = 120_000

PARTS = ("fold", "picture", "outlook", "history", "contents", "render")

_MOVE = """(place) => {
  const handle = document.querySelector("#known");
  handle.value = place;
  handle.dispatchEvent(new Event("input", { bubbles: true }));
}"""
# A filter waits for the end of typing; what is measured begins after that, with the change of the view.
_FILTER = """async ([name, value]) => {
  document.querySelector(`#filters [name=${name}]`).value = value;
  history.replaceState(null, "", value ? `#${name}=${encodeURIComponent(value)}` : "#on=");
  dispatchEvent(new HashChangeEvent("hashchange"));
}"""
_READY = "() => document.querySelector('#on')?.max > 0 && !document.querySelector('#when').hidden"


@dataclass(frozen=True, slots=True)
class Written:
    """A page, and the seconds that each part of making it took."""

    html: str
    seconds: dict[str, float]

    @property
    def kb(self) -> float:
        """Its weight in kilobytes of 1,000 bytes."""
        return round(len(self.html.encode()) / 1000, 1)


@uncollected()
def write(readings: Sequence[Reading], codebook: Codebook, day: date | None) -> Written:
    """Return the report of readings as known on a day, None for all, drawn as `mene report` does."""
    clock = Clock()
    known = known_by(readings, day)
    with clock.measure("fold"):
        origins = origins_of(known, known=day)
    with clock.measure("picture"):
        picture = picture_of(known, codebook, on=day, known=day, origins=origins)
    with clock.measure("outlook"):
        signals, outlook = outlook_of(picture, known, codebook, origins=origins)
    with clock.measure("history"):
        history = history_of(known, codebook, known=day, origins=origins)
    with clock.measure("contents"):
        contents = gather_contents(
            picture,
            [one for reading in known for one in reading.statements],
            [one for reading in known for one in reading.events],
            articles=[reading.article for reading in known],
            signals=signals,
            outlook=outlook,
            dropped=[one for reading in known for one in reading.dropped],
            letters=codebook.reliability,
            is_side=codebook.is_side,
            history=history,
            kinds={key: actor.kind for key, actor in codebook.actors.items()},
            origins=origins,
        )
    with clock.measure("render"):
        html = render(contents)
    return Written(html, dict(clock.seconds))


def measure_demo(rounds: int = ROUNDS) -> dict[str, float]:
    """Return the numbers of the page of the sample corpus."""
    model = load_model(sample_codebook())
    readings = [
        read(read_article(path.read_bytes(), name=path.name), model, today=DEMO_DAY) for path in sample_articles()
    ]
    pages = [write(readings, model.codebook, DEMO_DAY) for _ in range(rounds)]
    return {
        "demo_kb": pages[0].kb,
        "demo_render_s": round(min(page.seconds["render"] for page in pages), 2),
        "demo_report_s": round(min(sum(page.seconds.values()) for page in pages), 2),
    }


def write_big(statements: int) -> Written:
    """Return the page of a made-up corpus, written once."""
    return write(list(make_readings(statements, actors())), load_codebook(), None)


def number_big(page: Written) -> dict[str, float]:
    """Return the numbers of the page of a made-up corpus."""
    seconds = page.seconds
    parts = {f"big_{part}_s": round(seconds[part], 2) for part in PARTS}
    whole = {
        "big_write_s": round(sum(seconds[part] for part in ("history", "contents", "render")), 2),
        "big_report_s": round(sum(seconds.values()), 2),
    }
    return {"big_kb": page.kb, **whole, **parts}


# --- in the browser ---------------------------------------------------------------------------------------------------


def measure_browser(html: str, program: str) -> dict[str, float]:
    """Return how fast a page answers in a browser. Raises ImportError where Playwright is not installed."""
    with tempfile.TemporaryDirectory() as folder, open_browser(program) as browser:
        file = Path(folder) / "page.html"
        file.write_text(html, encoding="utf-8")
        return measure_answers(browser, file)


def measure_answers(browser: "Browser", file: Path, moves: int = MOVES) -> dict[str, float]:
    """Return the milliseconds of opening a page, of moves of its slider and of filters; it must have a slider."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(PATIENCE_MS)
    begin = time.perf_counter()
    page.goto(file.as_uri())
    page.wait_for_function(_READY)
    load = time.perf_counter() - begin
    taken = {"step": _move(page, moves), "filter": _filter(page)}
    page.close()
    script = {name: [one.script for one in steps] for name, steps in taken.items()}
    drawn = {f"drawn_{name}": [one.drawn for one in steps] for name, steps in taken.items()}
    numbers = {key: value for name, times in (script | drawn).items() for key, value in _summarise(name, times).items()}
    return {"load_ms": round(load * 1000), **numbers}


def _move(page: "Page", moves: int) -> list[Step]:
    """Return what moves of the slider took, back from the last stop and forth again."""
    last = int(page.evaluate("() => document.querySelector('#on').max"))
    there_and_back = [abs(place) for place in range(last - 1, -last - 1, -1)]
    return [measure_step(page, _MOVE, there_and_back[move % len(there_and_back)]) for move in range(moves)]


def _filter(page: "Page") -> list[Step]:
    """Return what setting and clearing some filters took."""
    name = str(page.evaluate("() => document.querySelector('.spot title').textContent.split(':')[0]"))
    values = [("place", name), ("type", "ASSAULT"), ("modality", "asserted"), ("words", "ba"), ("since", "2023-01-01")]
    return [measure_step(page, _FILTER, given) for name, value in values for given in ([name, value], [name, ""])]


def _summarise(name: str, times: Sequence[float]) -> dict[str, float]:
    """Return the median, the 95th percentile and the longest of times."""
    ends = {"_ms": median(times), "_p95_ms": quantiles(times, n=20, method="inclusive")[-1], "_max_ms": max(times)}
    return {f"{name}{end}": round(value, 1) for end, value in ends.items()}


def main() -> int:
    """Measure, print and write; returns 0."""
    parser = argparse.ArgumentParser(prog="python -m mene.evaluate.page_bench", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("evaluation"), help="folder of results.json")
    parser.add_argument("--statements", type=int, default=STATEMENTS, help="of the made-up corpus")
    given = parser.parse_args()
    big = write_big(given.statements)
    found = {"statements": float(given.statements), **measure_demo(), **number_big(big)}
    program = find_chromium()
    try:
        found |= measure_browser(big.html, program) if program else {}
    except ImportError:
        program = None
    if program is None:
        sys.stderr.write("Nothing was measured in a browser: make bench-page installs Playwright and Chromium\n")
    results = given.out / RESULTS
    present = json.loads(results.read_text(encoding="utf-8")) if results.exists() else {}
    write_results(given.out, {**present, "page": found})
    sys.stdout.write(json.dumps(found, indent=2) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
