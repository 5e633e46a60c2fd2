"""Fits the weights of `mene.picture.likeness` on labelled pairs: `python -m training.coreference --data DIR`.

The pairs (`evaluation/cases/coreference_pairs.jsonl`) are of FA-KES articles, by where the event words stand; whether
both sides tell one event is our own reading. They were drawn from all pairs that coreference compares, evenly over how
alike the weights set by hand held them, so that most are hard. The fit is a logistic regression with a Gaussian prior
around the weights set by hand; no weight may change its sign. It prints the share right on five folds of articles.
"""

import argparse
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mene.evaluate.incidents import read_fakes
from mene.picture import coreference_words
from mene.picture.likeness import SIGN_NAMES, is_barred, read_signs
from mene.picture.origins import TOLD_AGAIN, fold
from mene.picture.profiles import Profile, merge, profile_of
from mene.picture.sides import SidesOnEve
from mene.picture.tellings import gather, gather_events, read_tellings
from mene.pipeline import load_model, read

PAIRS = Path("evaluation/cases/coreference_pairs.jsonl")
TARGET = Path(coreference_words.__file__).with_name("coreference_weights.yaml")
FOLDS = 5
SPREAD = 0.3
"""Standard deviation of the prior in log-odds. From 0.3 to 3 the log loss on folds differs by 0.03; the smallest leaves
most to judgement, which has seen more than one war."""
STEPS, RATE = 4000, 0.05

BY_HAND = {
    "bias": -2.0, "same_sentence": 2.5, "same_article": 0.5, "adjacent": 1.0, "taken_up": 1.0, "another": -4.0,
    "copy": 3.0, "place_same": 1.5, "place_small": 1.0, "place_near": 1.0, "place_within": 0.5, "place_area": 0.5,
    "place_apart": -2.5, "day_same": 1.0, "day_told": 0.5, "day_next": -2.5, "mode_same": 0.7, "mode_other": -1.5,
    "once": 2.5, "trigger_same": 0.5, "killed_same": 2.5, "killed_close": 0.5, "killed_far": -2.0, "injured_same": 2.0,
    "injured_far": -1.0, "actor_same": 1.0, "actor_other": -1.5, "recipient_same": 0.7, "recipient_other": -0.7,
    "mark_same": 1.5, "mark_other": -0.7, "words": 3.0,
}  # fmt: skip
FIXED = {
    "another": "few of the pairs say it, and where one does it decides",
    "once": "the pairs are nearly all of violence",
}
HEADER = """\
# How much each sign counts for two tellings being of one event (mene.picture.likeness), in log-odds.
# Written by `python -m training.coreference`; not edited by hand. Fitted on {pairs} pairs of tellings of FA-KES (war in
# Syria, 2013 to 2017, nearly all violence), most of them hard: {accuracy:.0%} are judged right on five folds,
# {hand:.0%} with the weights set by hand.
"""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Signs [pairs, 1 + signs] with a leading 1, labels [pairs] and the fold [pairs] of each."""

    signs: NDArray[np.float64]
    labels: NDArray[np.float64]
    folds: NDArray[np.int64]


def read_pairs(data: Path) -> Pairs:
    """Return the labelled pairs that nothing bars, read anew by the shipped model."""
    rows = [json.loads(line) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    wanted = {article for row in rows for article in row["article"]}
    model = load_model()
    readings = [read(article, model) for article in read_fakes(data / "fa_kes") if article.id in wanted]
    sides = SidesOnEve(model.codebook)
    statements = gather(one for reading in readings for one in reading.statements)
    events = gather_events((one for reading in readings for one in reading.events), statements)
    groups = fold(statements.values(), events.values())
    first = {copy.statement_id: copy.of for group in groups for copy in group.copies if copy.reason != TOLD_AGAIN}
    at: defaultdict[tuple[str, int, str], list[Profile]] = defaultdict(list)
    for telling in read_tellings(statements, events, groups):
        event = telling.event
        profile = profile_of(telling, first.get(telling.statement.id, telling.statement.id))
        at[event.evidence.article_id, event.evidence.start, event.type].append(profile)
    signs, labels, folds = [], [], []
    for row in rows:
        sets = [
            [profile for start in starts for profile in at[article, start, row["type"]]]
            for article, starts in zip(row["article"], row["at"], strict=True)
        ]
        if not all(sets):
            continue
        one, other = (reduce(merge, profiles) for profiles in sets)
        if not is_barred(one, other):
            values = read_signs(one, other, sides)
            signs.append([1.0, *(values.get(name, 0.0) for name in SIGN_NAMES)])
            labels.append(float(row["same"]))
            folds.append(int(min(row["article"])) % FOLDS)
    return Pairs(np.array(signs), np.array(labels), np.array(folds))


def fit(pairs: Pairs, kept: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the weights, the bias first, fitted on the pairs kept."""
    names = ["bias", *SIGN_NAMES]
    prior = np.array([BY_HAND[name] for name in names])
    fixed = np.array([name in FIXED for name in names])
    signs, labels, weights = pairs.signs[kept], pairs.labels[kept], prior.copy()
    for _ in range(STEPS):
        off = 1 / (1 + np.exp(-signs @ weights)) - labels
        weights = weights - RATE * (signs.T @ off + (weights - prior) / SPREAD**2) / np.sqrt(len(labels))
        flipped = (np.sign(weights) != np.sign(prior)) & (np.arange(len(names)) > 0)
        weights = np.where(fixed, prior, np.where(flipped, 0.0, weights))
    return weights


def accuracy(weights: NDArray[np.float64], pairs: Pairs, kept: NDArray[np.bool_]) -> float:
    """Return the share of pairs that the weights judge right."""
    return float(np.mean((pairs.signs[kept] @ weights > 0) == (pairs.labels[kept] > 0.5)))


def write_weights(weights: Sequence[float], header: str) -> str:
    """Return the text of the weights' file."""
    lines = []
    for name, value in zip(["bias", *SIGN_NAMES], weights, strict=True):
        why = f"by hand: {FIXED[name]}" if name in FIXED else f"fitted; by hand {BY_HAND[name]}"
        lines.append(f'{name}: {{value: {round(float(value), 2)}, note: "{why}"}}\n')
    return header + "".join(lines)


def main() -> None:
    """Fit, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=TARGET)
    given = parser.parse_args()
    pairs = read_pairs(given.data)
    everything = np.ones(len(pairs.labels), dtype=bool)
    prior = np.array([BY_HAND[name] for name in ("bias", *SIGN_NAMES)])
    folds = [pairs.folds == number for number in range(FOLDS)]
    held_out = [accuracy(fit(pairs, ~fold_), pairs, fold_) * fold_.sum() for fold_ in folds]
    right, hand = sum(held_out) / len(pairs.labels), accuracy(prior, pairs, everything)
    print(f"{len(pairs.labels)} pairs, {pairs.labels.mean():.0%} of one event")
    print(f"right on folds {right:.3f}, with the weights set by hand {hand:.3f}")
    header = HEADER.format(pairs=len(pairs.labels), accuracy=right, hand=hand)
    given.out.write_text(write_weights(list(fit(pairs, everything)), header), encoding="utf-8")


if __name__ == "__main__":
    main()
