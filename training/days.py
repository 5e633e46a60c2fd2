"""Fits the weights of `mene.events.days` on annotated readings: `python -m training.days --data DIR`.

Each act that is paired with an annotated event and whose own clause names no day gives one choice among its candidates;
those that say the annotated date are right, and where none does, so that it cannot be said, "none" is. The weights
maximise the likelihood of the right ones with a quadratic penalty, by gradient descent (Adam, Kingma & Ba 2015). Our
own reports tell more wars and are annotated by another hand: they count less. The held-out fifths of both never train.
It prints how many dates are right on the four other folds of documents, each fitted without it.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mene.evaluate.folds import FOLDS, HELD_OUT, fold
from mene.evaluate.reading import by_sentence, pair_events
from mene.evaluate.reading_labels import LabelledDocument, Labels, read_annotated
from mene.evaluate.reading_path import date_text, label_reading, make_article
from mene.events import days
from mene.events.coded import CodedEvent, DayCandidate
from mene.events.days import choose, walk_days
from mene.events.find import code_undated
from mene.language import analyse
from mene.picture.weights import load_weights
from mene.pipeline import Model, load_model
from mene.records import Statement
from mene.statements import find_statements
from mene.statements.context import read_context
from training.corpora import CASES

TARGET = Path(days.__file__).with_name("day_weights.yaml")
OWN_WEIGHT = 0.3
"""What a choice of our own reports counts beside one of the shared readings; from 0.1 to 0.6 folds differ by 0.01."""
PENALTY = 5.0
"""Of 0.5, 2, 5 and 10 the best on folds; all within 0.01."""
FEWEST = 15
"""A sign seen on fewer candidates has no weight: with 5 two dates more are right on folds, with 30 four fewer."""
LEAST_WEIGHT = 0.05
STEPS, RATE = 200, 0.05
HEADER = """\
# How much each sign of a candidate counts for the day of an act whose own clause names none (mene.events.days). A sign
# begins with the candidate's kind: "none" (no day), "told" (a time of another clause), "day", "month" (of publication).
# Written by `python -m training.days`; not edited by hand. Fitted on {choices} choices: {shared} of annotated readings
# (mostly FA-KES, war in Syria), {own} of our own reports, which count {weight} each. On four folds of documents
# {right:.1%} of {tested} in the readings are dated right, {never:.1%} if none ever were; of the days given
# {precision:.1%} are right, of attacks' days with a share of {least} and more {sure:.1%}.
"""


@dataclass(frozen=True, slots=True)
class Choice:
    """The candidates for an event's day, their dates as annotators write them, and the annotated date ("" is none)."""

    candidates: tuple[DayCandidate, ...]
    dates: tuple[str, ...]
    gold: str
    fold: int
    weight: float
    is_attack: bool

    @property
    def right(self) -> list[int]:
        """The numbers of the right candidates."""
        return [number for number, date in enumerate(self.dates) if date == self.gold] or [0]


def read_choices(path: Path, model: Model, weight: float) -> Iterator[Choice]:
    """Yield the choices of the annotated documents at `path` outside the held-out fifth."""
    documents, labels = read_annotated(path)
    for document in documents:
        if fold(document.id) != HELD_OUT:
            yield from _choices(document, labels, model, weight)


def _choices(document: LabelledDocument, labels: Labels, model: Model, weight: float) -> Iterator[Choice]:
    analysis = analyse(make_article(document), model.reader)
    context = read_context(analysis, model.codebook, document.published)
    statements, _ = find_statements(analysis, codebook=model.codebook, context=context)
    coded, _ = code_undated(context, statements, model.gazetteer)
    gold = {one.event.id: date for one, date in _paired(document, labels, statements, coded)}
    for one, candidates in walk_days(context, coded):
        if one.event.id in gold:
            dates = tuple(date_text(c.start, c.end, c.precision) or "" for c in candidates)
            attack = one.event.type == "ASSAULT"
            yield Choice(candidates, dates, gold[one.event.id], fold(document.id), weight, attack)


def _paired(
    document: LabelledDocument, labels: Labels, statements: Sequence[Statement], coded: Sequence[CodedEvent]
) -> Iterator[tuple[CodedEvent, str]]:
    """Yield each event that is paired with an annotated one, with the annotated date."""
    made = [(label, one) for one in coded for label in label_reading(document, statements, [one.event]).events]
    found = by_sentence(label for label, _ in made)
    told = {id(label): one for label, one in made}
    for where, annotated in by_sentence(one for one in labels.events if one.document == document.id).items():
        for wanted, label in pair_events(annotated, found.get(where, [])):
            yield told[id(label)], (wanted.date or "")[:10]


def fit(choices: Sequence[Choice]) -> dict[str, float]:
    """Return the weight of each sign that is seen often enough."""
    seen = Counter(sign for one in choices for candidate in one.candidates for sign in candidate.signs)
    names = sorted(sign for sign, number in seen.items() if number >= FEWEST)
    place = {name: number for number, name in enumerate(names)}
    signs, there, right = _tables(choices, place)
    counts = np.array([one.weight for one in choices])[:, None]
    weights = np.zeros(len(names) + 1)  # the last one stands for "no sign" and stays 0
    mean, square = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, STEPS + 1):
        scores = np.where(there, weights[signs].sum(2), -np.inf)
        likely = np.exp(scores - scores.max(1, keepdims=True))
        likely /= likely.sum(1, keepdims=True)
        wanted = np.where(right, likely, 0.0)
        wanted /= np.maximum(wanted.sum(1, keepdims=True), 1e-12)
        off = np.repeat((counts * (likely - wanted)).ravel(), signs.shape[2])
        slope = np.bincount(signs.ravel(), off, len(weights)) + PENALTY * weights
        slope[-1] = 0.0
        mean, square = 0.9 * mean + 0.1 * slope, 0.99 * square + 0.01 * slope**2
        weights = weights - RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
    return {name: round(float(w), 2) for name, w in zip(names, weights, strict=False) if abs(w) >= LEAST_WEIGHT}


def _tables(
    choices: Sequence[Choice], place: dict[str, int]
) -> tuple[NDArray[np.int64], NDArray[np.bool_], NDArray[np.bool_]]:
    """Return the signs [choices, candidates, signs] by number, which candidates there are, and which are right."""
    most = max(len(one.candidates) for one in choices)
    longest = max(len(candidate.signs) for one in choices for candidate in one.candidates)
    signs = np.full((len(choices), most, longest), len(place))
    there, right = np.zeros((2, len(choices), most), dtype=bool)
    for row, one in enumerate(choices):
        right[row, one.right] = True
        for number, candidate in enumerate(one.candidates):
            there[row, number] = True
            numbers = [place[sign] for sign in candidate.signs if sign in place]
            signs[row, number, : len(numbers)] = numbers
    return signs, there, right


@dataclass(frozen=True, slots=True)
class Chosen:
    """A choice, the date that the weights choose ("" for none), whether it is the annotated one, and its share."""

    date: str
    is_right: bool
    share: float
    choice: Choice


def judge(choice: Choice, weights: dict[str, float]) -> Chosen:
    """Return what the weights choose."""
    weighed = choose(choice.candidates, weights)
    date = choice.dates[choice.candidates.index(weighed.candidate)]
    return Chosen(date, date == choice.gold, weighed.share, choice)


def cross_validate(choices: Sequence[Choice]) -> list[Chosen]:
    """Return what is chosen for the shared readings by weights that have not seen the document's fold."""
    found: list[Chosen] = []
    for number in (number for number in range(FOLDS) if number != HELD_OUT):
        weights = fit([one for one in choices if one.fold != number])
        found += [judge(one, weights) for one in choices if one.fold == number and one.weight == 1.0]
    return found


def share(rows: Iterable[bool]) -> float:
    """Return the share of what is true, 0 of nothing."""
    told = list(rows)
    return sum(told) / len(told) if told else 0.0


def main() -> None:
    """Fit, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--cases", type=Path, default=CASES)
    parser.add_argument("--out", type=Path, default=TARGET)
    given = parser.parse_args()
    model = load_model()
    shared = list(read_choices(given.data / "reading", model, 1.0))
    own = list(read_choices(given.cases, model, OWN_WEIGHT))
    tested = cross_validate([*shared, *own])
    sure = load_weights().sure_day
    scores = {
        "right": share(one.is_right for one in tested),
        "never": share(not one.choice.gold for one in tested),
        "precision": share(one.is_right for one in tested if one.date),
        "sure": share(one.is_right for one in tested if one.date and one.share >= sure and one.choice.is_attack),
    }
    weights = fit([*shared, *own])
    numbers = {"choices": len(shared) + len(own), "shared": len(shared), "own": len(own), "tested": len(tested)}
    print({**numbers, **{key: round(value, 3) for key, value in scores.items()}, "weights": len(weights)})
    lines = "".join(f'  "{name}": {weight}\n' for name, weight in weights.items())
    header = HEADER.format(**numbers, **scores, weight=OWN_WEIGHT, least=sure)
    given.out.write_text(f"{header}weights:\n{lines}", encoding="utf-8")


if __name__ == "__main__":
    main()
