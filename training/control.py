"""Fits the weights of the picture's control: `python -m training.control --data DIR` (`make fit-control`).

Half of the towns of the dated table (`mene.evaluate.control_table`) are fitted on, by a hash of the name; the scorer
reports the other half. Two kinds of evidence:

- **decisions**: reports made from the towns' spells with three seeds, none of them the scorer's, and the table's notes
  read by the whole path. A coordinate search goes over documented ranges; its score is the share of days on which the
  state is right less the Brier score of the belief in the table's state (0.5 where no state is shown). A value only
  leaves the one set by hand for a gain of more than `TOLERANCE`, near the standard error of the share: what the data
  cannot tell apart stays as it was reasoned. The rules of `keeps_the_rule` bind every value.
- **how long states last**: the spells themselves. A half-life is the one whose fading belief in a lone neutral report
  is nearest, in squares over `AGES`, to what is left of such states so many days later.

The reports are made, so the search shows which numbers suit the assumptions of `mene.evaluate.control_reports`; the
spells are real. It writes value and note of each fitted key of `weights.yaml`, and prints what it tried.
"""

import argparse
import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from mene.codebook import Codebook, load_codebook
from mene.evaluate.catalogue import read_shipped
from mene.evaluate.control import Question, ask_noisy, ask_notes, is_tuned_on, shown_state
from mene.evaluate.control_reports import place_of
from mene.evaluate.control_table import CONTESTED, Town, read_towns
from mene.evaluate.measures import share
from mene.picture import weights as weights_module
from mene.picture.claims import Claim, read_claims
from mene.picture.control import Frame, read_place
from mene.picture.origins import fold
from mene.picture.sides import SidesOnEve
from mene.picture.tellings import gather, known_by, read_tellings
from mene.picture.weights import Weights, load_weights

TARGET = Path(weights_module.__file__).with_name("weights.yaml")
SEEDS = ("fit 1", "fit 2", "fit 3")
TOLERANCE = 0.005
ROUNDS = 2

SEARCHED: dict[str, tuple[float, tuple[float, ...]]] = {
    "prior": (-1.0, (-2.0, -1.5, -1.25, -1.0, -0.75, -0.5)),
    "neutral": (2.4, (1.6, 2.0, 2.2, 2.4, 2.6, 2.8, 3.2)),
    "against_interest": (3.2, (2.4, 2.8, 3.2, 3.6, 4.0)),
    "own_interest": (0.8, (0.2, 0.4, 0.6, 0.8, 1.0, 1.2)),
    "unknown": (1.0, (0.2, 0.4, 0.6, 0.8, 1.0, 1.2)),
    "unsure_time": (0.85, (0.7, 0.8, 0.85, 0.9, 1.0)),
    "held": (0.55, (0.5, 0.55, 0.6, 0.65, 0.7)),
    "contested_margin": (1.0, (0.5, 1.0, 1.5, 2.0)),
    "window_contested": (14.0, (5.0, 7.0, 10.0, 14.0, 21.0, 30.0, 45.0)),
    "window_same_change": (10.0, (3.0, 5.0, 7.0, 10.0, 14.0, 21.0)),
    "window_run": (30.0, (7.0, 14.0, 21.0, 30.0, 45.0, 60.0, 90.0)),
    "window_admitted": (60.0, (10.0, 20.0, 30.0, 45.0, 60.0, 90.0)),
    "window_news": (30.0, (7.0, 14.0, 21.0, 30.0, 45.0, 60.0, 90.0)),
    "window_stale": (10.0, (0.0, 5.0, 7.0, 10.0, 14.0, 21.0, 30.0)),
}
"""The value set by hand and those tried, for each weight that the reports have something to say on."""

AGES = {"half_life_held": (30, 90, 180, 365, 730), "half_life_contested": (3, 7, 14, 21, 30, 60)}
"""The ages in days at which a half-life's fading is compared with the spells."""

HALF_LIVES = tuple(sorted({round(10 * 1.1**power / 5) * 5 for power in range(72)} - {0}))


@dataclass(frozen=True, slots=True)
class Asked:
    """One day of a question, with the claims about the town that were known then."""

    question: Question
    day: date
    claims: Sequence[Claim]


def asked_of(questions: Iterable[Question], codebook: Codebook) -> Iterator[Asked]:
    """Yield each day asked with its claims, which do not depend on the weights fitted here."""
    sides = SidesOnEve(codebook)
    for question in questions:
        statements, events = question.reports
        for day in question.days():
            said = known_by(gather(statements), day)
            told = {key: event for key, event in gather(events).items() if event.statement_id in said}
            claims = read_claims(read_tellings(said, told, fold(said.values(), told.values())), sides)
            there = place_of(question.town).place_id or ""
            yield Asked(question, day, claims.get(there, []))


def score(asked: Sequence[Asked], weights: Weights, codebook: Codebook) -> tuple[float, float]:
    """Return the share of days right, and the Brier score of the belief in the table's state."""
    sides = SidesOnEve(codebook)
    right, squares = 0, 0.0
    for one in asked:
        reading = read_place("town", one.claims, Frame(sides, weights, one.day, one.day))
        row = reading.holding if reading else None
        state = shown_state(row, codebook, one.day)
        right += state == one.question.state
        belief = 0.5 if row is None or state is None else row.belief
        squares += (1 - belief if state == one.question.state or state is None else belief) ** 2
    return share(right, len(asked)), share(squares, len(asked))


def keeps_the_rule(weights: Weights) -> bool:
    """Return whether the rule of war maps stands: one neutral report, undated or denied by the loser, moves the front.

    A side's own word or an unknown source alone never does, and an admission counts no less than a neutral report.
    """
    least = math.log(weights.held / (1 - weights.held))
    moves = min(weights.neutral * weights.unsure_time, weights.neutral - weights.own_interest)
    alone = max(weights.own_interest, weights.unknown)
    ordered = weights.against_interest >= weights.neutral
    return ordered and weights.prior + moves >= least > weights.prior + alone


@dataclass(frozen=True, slots=True)
class Tried:
    """What a search found for one weight: the value taken, and each value tried with its score."""

    name: str
    value: float
    scores: dict[float, float]

    @property
    def flat(self) -> tuple[float, float]:
        """The least and the greatest value around the one taken that are no worse than it by `TOLERANCE`."""
        best = self.scores[self.value]
        good = [value for value, found in self.scores.items() if found >= best - TOLERANCE]
        return min(good), max(good)

    @property
    def note(self) -> str:
        """What is written of it: the range tried, how flat the optimum is, and the value set by hand."""
        hand, (low, high) = SEARCHED[self.name][0], self.flat
        done = "searched, left as set by hand" if self.value == hand else f"fitted, by hand {hand:g}"
        return f"{done}; {min(self.scores):g} to {max(self.scores):g} tried, {low:g} to {high:g} as good"


def search(asked: Sequence[Asked], weights: Weights, codebook: Codebook, tell: Callable[[str], None]) -> list[Tried]:
    """Return what is found for each weight, by going over them one at a time, `ROUNDS` times."""

    def judge(weights: Weights) -> float:
        right, brier = score(asked, weights, codebook)
        return right - brier

    tried: dict[str, Tried] = {}
    for _ in range(ROUNDS):
        before = weights
        for name, (by_hand, values) in SEARCHED.items():
            able = {value: replace(weights, **{name: value}) for value in values}
            scores = {value: judge(one) for value, one in able.items() if keeps_the_rule(one)}
            best = max(scores.values())
            kept = by_hand in scores and scores[by_hand] >= best - TOLERANCE
            value = by_hand if kept else max(scores, key=lambda one: (scores[one], -abs(one - by_hand)))
            weights, tried[name] = able[value], Tried(name, value, scores)
            tell(f"{name} {value:g}: " + ", ".join(f"{one:g} {found:.4f}" for one, found in scores.items()))
        if weights == before:
            break
    return list(tried.values())


def surviving(towns: Iterable[Town], ages: Sequence[int], *, contested: bool) -> list[float]:
    """Return the share of days in spells after which the same state stands so many days later, for each age."""
    stands, seen = dict.fromkeys(ages, 0), dict.fromkeys(ages, 0)
    for town in towns:
        end = town.spells[-1].last
        for index, spell in enumerate(town.spells):
            if (spell.state == CONTESTED) != contested:
                continue
            until = town.spells[index + 1].first if index + 1 < len(town.spells) else end
            for start in range(0, max((until - spell.first).days, 1), 5):
                for age in ages:
                    day = spell.first + timedelta(days=start + age)
                    if day <= end:
                        seen[age] += 1
                        stands[age] += [one.state for one in town.spells if one.first <= day][-1] == spell.state
    return [share(stands[age], seen[age]) for age in ages]


def fit_half_life(ages: Sequence[int], stands: Sequence[float], prior: float, weight: float, *, lasts: bool) -> float:
    """Return the half-life with which belief in a report of this weight fades as the state does.

    What lasts fades to even odds and a wrong report of it means the other side; all else fades to the prior.
    """
    fresh = _probability(prior + weight)
    wanted = [fresh * left + ((1 - fresh) * (1 - left) if lasts else 0.0) for left in stands]

    def error(days: float) -> float:
        faded = [0.5 ** (age / days) for age in ages]
        given = [_probability(prior * (left if lasts else 1.0) + weight * left) for left in faded]
        return math.fsum((one - other) ** 2 for one, other in zip(given, wanted, strict=True))

    return min(HALF_LIVES, key=error)


def _probability(log_odds: float) -> float:
    return 1 / (1 + math.exp(-log_odds))


def write_weight(text: str, name: str, value: float, fitted: str) -> str:
    """Return the file's text with the value of a weight, and how it was found at the end of its note."""
    pattern = re.compile(
        rf'^{name}: \{{value: [^,]+, note: "(?P<note>[^"]*?)(?:; (?:not yet fitted|fitted|searched)[^"]*)?"\}}$', re.M
    )
    line, found = pattern.subn(lambda match: f'{name}: {{value: {value:g}, note: "{match["note"]}; {fitted}"}}', text)
    if found != 1:
        raise ValueError(f"weights.yaml has no line for {name} as it is written here")
    return line


def main() -> None:
    """Fit, print and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=TARGET)
    given = parser.parse_args()
    codebook, weights = load_codebook(), load_weights()
    towns = [town for town in read_towns(given.data / "control") if is_tuned_on(town)]
    changed = [town for town in towns if len(town.spells) > 1]
    notes = [one for town in changed for one in ask_notes(town, read_shipped)]
    made = [one for seed in SEEDS for town in changed for one in ask_noisy(town, seed)]
    asked = list(asked_of([*notes, *made], codebook))
    by_hand = replace(weights, **{name: value for name, (value, _) in SEARCHED.items()})
    print(f"{len(changed)} towns, {len(notes)} flips of notes, {len(made)} of made reports, {len(asked)} days")
    print("by hand: right {:.4f}, Brier {:.4f}".format(*score(asked, by_hand, codebook)))
    found = search(asked, by_hand, codebook, print)
    fitted = replace(by_hand, **{one.name: one.value for one in found})
    print("fitted: right {:.4f}, Brier {:.4f}".format(*score(asked, fitted, codebook)))
    text = given.out.read_text(encoding="utf-8")
    for one in found:
        text = write_weight(text, one.name, one.value, one.note)
    for name, ages in AGES.items():
        lasts = name == "half_life_held"
        stands = surviving(towns, ages, contested=not lasts)
        weight = fitted.neutral * (1.0 if lasts else fitted.modality_in_progress)
        days = fit_half_life(ages, stands, fitted.prior, weight, lasts=lasts)
        left = ", ".join(f"{left:.2f} after {age}" for age, left in zip(ages, stands, strict=True))
        print(f"{name} {days:g}: {left} days")
        text = write_weight(text, name, days, f"fitted to what is left of such spells, {left} days")
    given.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
