"""`make evaluate`: every ability scored on the development data, written to results.json and RESULTS.md.

RESULTS.md is made from results.json alone, so the two cannot differ. What `make bench` measured stays in the file.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from mene.errors import InputError
from mene.evaluate.catalogue import EVALUATORS, evaluate, load_shipped_reader
from mene.evaluate.protocol import Reader
from mene.evaluate.setting import Split

RESULTS = "results.json"
TABLE = "RESULTS.md"
ABOUT = "about"

Results = Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Run:
    """One line of the plan: the key in the results, the evaluation's name, the data and what to say of them."""

    key: str
    name: str
    path: str
    split: Split
    data: str
    gold_mentions: bool = False


@dataclass(frozen=True, slots=True)
class About:
    """What the numbers were made on: the commit, the ISO day, the machine, Mene's version and the reader's weights."""

    commit: str
    date: str
    machine: str
    version: str
    weights: str


OWN = "own/"
"""Paths that begin so lie in the repository's evaluation/cases, all others in the development data."""

OTHER_READERS = {
    "float32": "the same weights in 32 bits, to see what 8 bits lose",
    "short_run": "a reader trained for 1,200 steps only (`make ablate`), to compare the next with",
    "short_run_without_own_reports": "the same without our own annotated reports",
    "five_folds": "PLV and CoPED whole, each fold by short runs that have not seen it (`make folds`)",
}
"""Other readers whose scores stand beside those of the shipped one."""

READER_RUNS = frozenset("ud propbank names re3d polnear factuality plv coped event_location reports".split())
"""The runs that score the reader model alone."""

HELD_OUT_DOCUMENTS = "the fifth of the documents that training leaves out"
HELD_OUT_SENTENCES = "the fifth of the sentences that training leaves out"

PLAN = (
    Run("ud", "ud", "ud_ewt/dev.conllu.gz", "all", "UD English EWT, dev; words given (names of the same text train)"),
    Run("propbank", "propbank", "propbank_ewt/dev.jsonl.gz", "all", "PropBank over EWT, dev; predicates found too"),
    Run("names", "names", "uner_ewt/test.iob2", "all", "Universal NER over EWT, test"),
    Run(
        "re3d",
        "re3d",
        "re3d",
        "held-out",
        f"re3d; relations by the whole path; {HELD_OUT_DOCUMENTS}",
    ),
    Run("polnear", "polnear", "polnear/dev", "all", "PolNeAR, dev"),
    Run("factuality", "factuality", "factuality", "all", "UW, MEANTIME and UDS-IH2, dev; event words given"),
    Run("plv", "plv", "plv", "held-out", f"PLV, pair given but for tuples, {HELD_OUT_SENTENCES}"),
    Run("coped", "coped", "coped_spans", "held-out", f"CoPED, {HELD_OUT_SENTENCES}"),
    Run("event_location", "event_location", "event_location", "held-out", f"verb given, {HELD_OUT_SENTENCES}"),
    Run("reading", "reading", "reading", "held-out", f"annotated readings, whole path, {HELD_OUT_DOCUMENTS}"),
    Run("geoparsing", "geoparsing", "geoparsing", "all", "LGL and TR-News, raw text"),
    Run("geoparsing_gold_mentions", "geoparsing", "geoparsing", "all", "LGL and TR-News, mentions given", True),
    Run("dates", "dates", "dates", "all", "dated phrases, span given"),
    Run("reports", "reports", f"{OWN}reading/development", "all", "our own reports, development topics; the reader"),
    Run("own_reading", "reading", f"{OWN}reading/development", "all", "the same, whole path"),
    Run("cases", "cases", f"{OWN}statements.jsonl", "all", "our own cases, one phenomenon each, whole path"),
    Run("coreference", "coreference", f"{OWN}coreference.jsonl", "all", "our own cases of events told more than once"),
    Run("origins", "origins", f"{OWN}copies", "all", "origins and copies of claims: the sample and our own articles"),
    Run(
        "incidents",
        "incidents",
        "fa_kes",
        "all",
        "FA-KES, our labels; the weights are fitted on it",
    ),
    Run("extraction", "extraction", "extraction", "all", "web pages with their article text"),
    Run(
        "control",
        "control",
        "control",
        "held-out",
        "towns that changed hands, the half not tuned on; noisy_: reports made from their spells",
    ),
)
"""All development runs; a name without an evaluator yet, or without data, is left out."""


def choose_runs(shared: Path, names: Sequence[str] = ()) -> list[Run]:
    """Return the runs of the plan that can be made with the data below `shared`, of these names only if any.

    Raises `InputError` where there is no data for any of them.
    """
    there = (shared / "data").is_dir()
    able = [run for run in PLAN if there and run.name in EVALUATORS and path_of(run, shared).exists()]
    chosen = [run for run in able if not names or run.name in names]
    if not chosen:
        raise InputError(f"{shared / 'data'} holds none of the development data: give the folder that holds data/")
    return chosen


def path_of(run: Run, shared: Path) -> Path:
    """Return where the data of a run lie."""
    own = run.path.startswith(OWN)
    return Path("evaluation/cases") / run.path.removeprefix(OWN) if own else shared / "data" / run.path


def score_runs(
    shared: Path,
    runs: Sequence[Run],
    *,
    load_reader: Callable[[], Reader] = load_shipped_reader,
    tell: Callable[[str], None] = lambda line: None,
) -> dict[str, dict[str, float]]:
    """Return the scores of each run by its key, rounded to four places; `tell` gets a line before and after each."""
    results: dict[str, dict[str, float]] = {}
    for run in runs:
        tell(f"{run.key}: {run.data}")
        scores = evaluate(
            run.name, path_of(run, shared), split=run.split, gold_mentions=run.gold_mentions, load_reader=load_reader
        )
        results[run.key] = {name: round(value, 4) for name, value in scores.items()}
        tell("  " + ", ".join(f"{name} {value:g}" for name, value in results[run.key].items()))
    return results


def merge_results(folder: Path, results: Results, about: About | None) -> dict[str, Any]:
    """Return what results.json is to hold: its present content with the new scores in place of the old.

    Without `about` what the other numbers were made on stays as it is.
    """
    path = folder / RESULTS
    present: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    others = {key: {**present.get(key, {}), **scores} for key, scores in results.items() if key in OTHER_READERS}
    return {**present, **results, **others, ABOUT: {**present.get(ABOUT, {}), **(asdict(about) if about else {})}}


def write_results(folder: Path, content: Mapping[str, Any]) -> None:
    """Write results.json and, from it, RESULTS.md; each replaces the old file whole."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in ((RESULTS, json.dumps(content, indent=2) + "\n"), (TABLE, results_table(content))):
        fresh = folder / f".{name}.new"
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(folder / name)


def flatten(results: Results) -> dict[str, float]:
    """Return the scores of several runs as one entry: "ud.las" and so on, the counts left out.

    >>> flatten({"ud": {"las": 0.9, "n": 12}})
    {'ud.las': 0.9}
    """
    return {f"{run}.{key}": value for run, scores in results.items() for key, value in scores.items() if key != "n"}


def results_table(content: Mapping[str, Any]) -> str:
    """Return RESULTS.md: one table of all scores, and what they were made on."""
    about = content.get(ABOUT, {})
    made = ", ".join(
        f"{key} {about[key]}" for key in ("version", "commit", "date", "machine", "weights") if key in about
    )
    lines = [
        "# Results",
        "",
        "Made by `make evaluate` from `results.json`; do not edit by hand.",
        f"Made on: {made}.",
        "",
        "All scores are on development data. F1, P, R and shares run from 0 to 1, higher is better; `mae`,",
        "`median_km`, `lag_days` and `false_facts` are better when lower. `n` counts sentences, texts, items or",
        "events, as each scorer says.",
        "",
        "| ability | data | measure | score |",
        "|---|---|---|---|",
        *_rows(content),
    ]
    return "\n".join(lines) + "\n"


def _rows(content: Mapping[str, Any]) -> Iterator[str]:
    data = {run.key: run.data for run in PLAN} | OTHER_READERS
    for key, scores in content.items():
        if key == ABOUT:
            continue
        described = data.get(key, "")
        for measure, value in scores.items():
            yield f"| {key} | {described} | {measure} | {value:.10g} |"
            described = ""
