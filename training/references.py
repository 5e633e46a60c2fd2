"""Fits the weights of `mene.language.references` on our own annotated reports: `python -m training.references`.

Each annotated pronoun or description gives one choice among its candidates and "nobody"; the weights maximise the
likelihood of the right ones with a quadratic penalty. Pronouns without an annotation stand for nobody that matters.
"""

import argparse
from pathlib import Path

import torch
import yaml

from mene.evaluate.marked import NARRATOR, Line, read_reports
from mene.evaluate.reports import Pair, analyse_reports, is_meant, score_reports, token_span, words_of_candidate
from mene.language import references
from mene.language.reader import load_reader
from mene.language.references import Anaphor, Candidate, walk
from mene.records import Reference
from training.corpora import CASES

TARGET = Path(references.__file__).with_name("references.yaml")
PENALTY = 0.02
STEPS = 100
HEADER = """\
# How much each feature of a candidate counts for what a pronoun or description stands for (mene.language.references).
# Written by `python -m training.references`, from the training topics of evaluation/cases/reading; not edited by hand.
"""


def choices(pair: Pair) -> list[tuple[list[list[str]], list[int]]]:
    """Return for each anaphor its candidates' features and the numbers of the right ones (0 is nobody)."""
    wanted: dict[tuple[int, int], Line] = {}
    for number, marked in enumerate(pair.report.sentences):
        for line in marked.of("refers"):
            if span := token_span(pair, number, line.fields[0]):
                wanted[span[0].index, span[2]] = line
    out: list[tuple[list[list[str]], list[int]]] = []
    found: list[Reference] = []
    for anaphor, candidates, features in walk(pair.analysis.sentences, found):
        line = wanted.get((anaphor.sentence, anaphor.last))
        if line is not None and line.fields[1] == NARRATOR:
            continue
        right = [0]
        if line:
            told = [words_of_candidate(pair, c) for c in candidates]
            right = [n for n, words in enumerate(told, 1) if is_meant(words, line.fields[1])]
        if right:
            out.append((features, right))
            if line:
                found.append(_taken(anaphor, candidates[right[-1] - 1]))
    return out


def _taken(anaphor: Anaphor, c: Candidate) -> Reference:
    return Reference(anaphor.sentence, anaphor.first, anaphor.last, c.sentence, c.first, c.last, 1.0)


def fit(rows: list[tuple[list[list[str]], list[int]]]) -> dict[str, float]:
    """Return the weight of each feature."""
    names = sorted({name for features, _ in rows for row in features for name in row})
    place = {name: i for i, name in enumerate(names)}
    most = 1 + max(len(features) for features, _ in rows)
    table = torch.zeros(len(rows), most, len(names))
    allowed = torch.full((len(rows), most), -1e4)
    wanted = torch.full((len(rows), most), -1e4)
    for i, (features, right) in enumerate(rows):
        for n, row in enumerate(features, 1):
            table[i, n, [place[name] for name in row]] = 1.0
        allowed[i, : len(features) + 1] = 0.0
        wanted[i, right] = 0.0
    weights = torch.zeros(len(names), requires_grad=True)
    optimiser = torch.optim.LBFGS([weights], max_iter=STEPS, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        likely = (table @ weights + allowed).log_softmax(1)
        value = -(likely + wanted).logsumexp(1).mean() + PENALTY * (weights**2).mean()
        value.backward()
        return value

    optimiser.step(loss)
    return {name: round(float(w), 3) for name, w in zip(names, weights.detach(), strict=True)}


def main() -> None:
    """Fit, write the weights and print the scores of both folders."""
    parser = argparse.ArgumentParser(description="Fit the weights of references.")
    parser.add_argument("--cases", type=Path, default=CASES)
    options = parser.parse_args()
    reader = load_reader()
    pairs = analyse_reports(read_reports(options.cases), reader)
    rows = [row for pair in pairs for row in choices(pair)]
    weights = fit(rows)
    TARGET.write_text(HEADER + yaml.safe_dump({"weights": weights}, allow_unicode=True), encoding="utf-8")
    references.load_weights.cache_clear()
    print(f"{len(rows)} pronouns and descriptions, {len(weights)} features")
    for folder in (options.cases, options.cases.with_name("development")):
        scores = score_reports(analyse_reports(read_reports(folder), reader))
        print(folder.name, {key: round(value, 3) for key, value in scores.items() if key.startswith("refers")})


if __name__ == "__main__":
    main()
