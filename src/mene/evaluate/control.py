"""`control`: who holds a town, as the picture draws it from dated reports, on towns that changed hands.

The data are the dated table of `control_table.py`. A flip is a spell that follows another; only flips are asked, since
most towns never change hands. Of each, three days are asked: the first on which an admissible report of it could be
read, the middle and the last of the spell from there on; the picture is drawn as known on that very day. A day is right
when the holder is the table's, held (or besieged, or nearly taken from it), or when a contested town is contested. The
lag is the days from the first admissible report until the picture is right; one that never is counts as the rest of
its spell, and at least `NEVER`. `lag_days` is the median, `within_a_day` the share of flips with a lag of 0 or 1.

Two ways to have reports:

**From the notes** (`changed_right`, `lag_days`, `n` flips). Each row's note, as sentences about the town, is an article
of the table's keepers, of the day on which it could first be read, and goes through Mene's whole path from text. The
rows themselves (`held_by`) are reports too ("The town of Orne was held by Ukraine."), but only those of *earlier*
spells: the state asked for is never handed over, only told in the note's words. A flip is asked where the last words of
a note on who holds the town tell it and no earlier note had them; that note is the first admissible report.
`told_share` is the share of all flips that are asked: other notes are empty, tell an older state, or are the old words
again. What a note's words mean is found by its stock verbs (`control_table.state_of`), apart from Mene. The town is
given: what is mentioned by its name is that town, and it is introduced as a town, so finding and placing names is not
measured here (see `geoparsing`). The keepers are one neutral outlet, mostly right: nothing is measured of sides,
denials and copies, and the baseline of the latest report is hard to beat.

**Made from the spells** (`noisy_...`). Reports by neutral outlets, both sides and unnamed sources, late, early, false,
denied and copied, are drawn with fixed seeds (`control_reports.py`) as statements and events, so that nothing is read.
That asks what the filter does with conflicting reports under the assumptions written there; it does not show how often
the press is wrong. The admissible report is the first true one by a neutral outlet, or by the side that loses.

Baselines see the very same events: `latest_` takes what the latest article tells, `majority_` what most articles of the
last `MAJORITY_DAYS` tell (of a tie, the later). The filter's rules were made, and its weights fitted, on half of the
towns by a hash of the name (`is_tuned_on`, `training/control.py`); `split="held-out"` scores the other half.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from mene.articles import read_article
from mene.codebook import Codebook, load_codebook
from mene.errors import InputError
from mene.evaluate.control_reports import SEEDS, SIDE_ACTORS, make_reports, place_of
from mene.evaluate.control_table import CONTESTED, SIDES, Town, read_towns, sentences_of, state_of
from mene.evaluate.folds import fold
from mene.evaluate.measures import share
from mene.evaluate.setting import Read, Scores, Setting
from mene.picture import draw_picture
from mene.picture.claims import COUP_MODE, FIGHT_MODES
from mene.picture.tellings import FACTS
from mene.records import Article, Event, Holding, Participant, Statement

KEEPERS = "Map of Control"
"""The outlet whose articles the notes and rows are."""

NEVER = 60
"""The least lag, in days, of a flip that the picture never shows."""

MAJORITY_DAYS = 14
"""The majority is that of the articles of so many days; of a town's whole history it would hardly ever flip."""

HOLDING = frozenset({"held", "besieged", "nearly_taken"})
"""The statuses under which a holder still holds."""

Answer = str | None
Reports = tuple[Sequence[Statement], Sequence[Event]]


@dataclass(frozen=True, slots=True)
class Question:
    """A flip that is asked: the state it brings, its first admissible report, the last day, and all that is told."""

    town: Town
    state: str
    told: date
    last: date
    reports: Reports

    def days(self) -> tuple[date, ...]:
        """Return the first, the middle and the last day asked; fewer of a short spell."""
        middle = self.told + (self.last - self.told) // 2
        return tuple(sorted({self.told, middle, self.last}))


Judge = Callable[[Question, date], Answer]
"""What gives a town's state on a day from what was known by then."""


def evaluate_control(path: Path, setting: Setting) -> Scores:
    """Return the scores on the table at `path`; see the top of this module."""
    towns = [town for town in read_towns(path) if setting.split == "all" or not is_tuned_on(town)]
    changed = [town for town in towns if len(town.spells) > 1]
    if not changed:
        raise InputError(f"{path} holds no town that changed hands: give a table of control spells")
    codebook = load_codebook()
    told = [one for town in changed for one in ask_notes(town, setting.read_article)]
    noisy = [one for seed in SEEDS for town in changed for one in ask_noisy(town, seed)]
    flips = sum(1 for town in changed for _ in town.flips())
    counts = {"told_share": share(len(told), flips), "noisy_n": len(noisy), "towns": len(changed), "n": len(told)}
    return {**score_judges(told, codebook), **score_judges(noisy, codebook, "noisy_"), **counts}


def score_judges(questions: Sequence[Question], codebook: Codebook, prefix: str = "") -> dict[str, float]:
    """Return the share right, the median lag and the share within a day, of the picture and of both baselines."""
    scores: dict[str, float] = {}
    judges = {"": picture_judge(codebook), "latest_": latest_judge(codebook), "majority_": majority_judge(codebook)}
    for name, judge in judges.items():
        right, lags = score(questions, judge)
        scores[f"{prefix}{name}{'right' if name else 'changed_right'}"] = right
        scores[f"{prefix}{name}lag_days"] = median(lags) if lags else NEVER
        scores[f"{prefix}{name}within_a_day"] = share(sum(days <= 1 for days in lags), len(lags))
    return scores


def is_tuned_on(town: Town) -> bool:
    """Return whether a town is of the half that the filter's weights are fitted on."""
    return fold(town.name, 2) == 1


# --- what is asked --------------------------------------------------------------------------------------------------


def ask_notes(town: Town, read: Callable[[Article], Read]) -> Iterator[Question]:
    """Yield the flips of a town that its notes tell, with what was read from the notes and the earlier rows."""
    told = [(index, spell, day) for index, _, spell in town.flips() if (day := _first_told(town, index))]
    if not told:
        return
    reports = [
        (_read_pinned(_notes(town, index), town, read), _read_pinned([_row(town, index)], town, read))
        for index in range(told[-1][0] + 1)
    ]
    for index, spell, day in told:
        known = [notes for notes, _ in reports[: index + 1]] + [row for _, row in reports[:index]]
        yield Question(town, spell.state, day, spell.last, _join(known))


def _first_told(town: Town, index: int) -> date | None:
    """Return the first day on which a note tells a spell's state in words that no earlier spell's note had."""
    spell = town.spells[index]
    before = {note.last for earlier in town.spells[:index] for note in earlier.notes}
    fresh = (note for note in spell.notes if note.last and note.last not in before and note.told <= spell.last)
    return min((note.told for note in fresh if state_of(note.last or "") == spell.state), default=None)


def _notes(town: Town, index: int) -> list[Article]:
    texts = [(note.told, " ".join(sentences_of(town.name, note.text))) for note in town.spells[index].notes]
    return [_article(f"{town.key} note {index}.{number}", *one) for number, one in enumerate(texts) if one[1]]


def _row(town: Town, index: int) -> Article:
    spell, where = town.spells[index], f"the town of {town.name}"
    told = f"{where} was contested." if spell.state == CONTESTED else f"{where} was held by {spell.state}."
    return _article(f"{town.key} row {index}", spell.first, told[0].upper() + told[1:])


def _article(key: str, told: date, text: str) -> Article:
    return replace(read_article(text.encode(), name=f"{key}.txt", published=told), id=key, publisher=KEEPERS)


def _read_pinned(articles: Iterable[Article], town: Town, read: Callable[[Article], Read]) -> Reports:
    """Return what is read from articles about a town, with every place of its name taken for the town."""
    there = place_of(town)
    statements: list[Statement] = []
    events: list[Event] = []
    for article in articles:
        said, told, _ = read(article)
        statements += said
        events += (
            replace(event, place=replace(there, evidence=event.place.evidence))
            if event.place and town.name in (event.place.text, event.place.name)
            else event
            for event in told
        )
    return statements, events


def _join(reports: Iterable[Reports]) -> Reports:
    kept = list(reports)
    return [one for said, _ in kept for one in said], [one for _, told in kept for one in told]


def ask_noisy(town: Town, seed: str = SEEDS[0]) -> Iterator[Question]:
    """Yield the flips of a town of which the made reports hold a true one by a neutral outlet or the losing side."""
    made = make_reports(town, seed)
    reports = [one.statement for one in made], [one.event for one in made]
    for index, _, spell in town.flips():
        told = min((one.day for one in made if one.flip == index and one.day <= spell.last), default=None)
        if told is not None:
            yield Question(town, spell.state, told, spell.last, reports)


# --- who answers ----------------------------------------------------------------------------------------------------


def picture_judge(codebook: Codebook) -> Judge:
    """Return the state that the picture shows of a town on a day, as known on that day."""

    def judge(question: Question, day: date) -> Answer:
        statements, events = question.reports
        picture = draw_picture(statements, events, on=day, known=day, codebook=codebook)
        rows = (row for row in picture.holdings if row.place.place_id == place_of(question.town).place_id)
        return shown_state(next(rows, None), codebook, day)

    return judge


def shown_state(row: Holding | None, codebook: Codebook, day: date) -> Answer:
    """Return a row of the picture in the words of the table; None for no row, and for a place only claimed or left."""
    if row is None:
        return None
    if row.status == "contested":
        return CONTESTED
    return side_of(row.holder, codebook, day) if row.status in HOLDING else None


def side_of(party: Participant | None, codebook: Codebook, day: date) -> Answer:
    """Return the side of the table that a participant belongs to on a day."""
    if party is None or party.actor_id is None:
        return None
    sides = (side for side in SIDES if codebook.same_side(party.actor_id, SIDE_ACTORS[side], day))
    return next(sides, None)


def _states_told(question: Question, day: date, codebook: Codebook) -> list[tuple[date, str, str]]:
    """Return the state that each article up to a day tells last, with its day, oldest first: no more is asked of it."""
    statements = {said.id: said for said in question.reports[0] if said.published_at and said.published_at <= day}
    last: dict[str, tuple[int, date, str]] = {}
    for event in question.reports[1]:
        said, place = statements.get(event.statement_id), event.place
        if (
            said is None
            or said.published_at is None
            or place is None
            or place.place_id != place_of(question.town).place_id
        ):
            continue
        state = _state_told(event, codebook, said.published_at)
        before = last.get(event.evidence.article_id)
        if state and (before is None or event.evidence.start >= before[0]):
            last[event.evidence.article_id] = (event.evidence.start, said.published_at, state)
    return sorted((told, article, state) for article, (_, told, state) in last.items())


def _state_told(event: Event, codebook: Codebook, day: date) -> Answer:
    if event.modality not in FACTS:
        return None
    if event.type == "ASSAULT" and event.mode in FIGHT_MODES:
        return CONTESTED
    if event.type == "SEIZE" and event.mode != COUP_MODE and event.actors:
        return side_of(event.actors[0], codebook, day)
    return None


def latest_judge(codebook: Codebook) -> Judge:
    """Return the state that the latest article tells."""

    def judge(question: Question, day: date) -> Answer:
        told = _states_told(question, day, codebook)
        return told[-1][2] if told else None

    return judge


def majority_judge(codebook: Codebook) -> Judge:
    """Return the state that most articles of the last `MAJORITY_DAYS` tell; where there are none, the latest one's."""

    def judge(question: Question, day: date) -> Answer:
        told = _states_told(question, day, codebook)
        recent = [state for when, _, state in told if (day - when).days <= MAJORITY_DAYS] or [
            one[2] for one in told[-1:]
        ]
        counts = Counter(recent)
        return max(counts, key=lambda state: (counts[state], _last_index(recent, state))) if counts else None

    return judge


def _last_index(states: Sequence[str], state: str) -> int:
    return max(index for index, other in enumerate(states) if other == state)


# --- scores ---------------------------------------------------------------------------------------------------------


def score(questions: Sequence[Question], judge: Judge) -> tuple[float, list[int]]:
    """Return the share of days right, and the lag of each flip in days."""
    right = [judge(question, day) == question.state for question in questions for day in question.days()]
    return share(sum(right), len(right)), [lag(question, judge) for question in questions]


def lag(question: Question, judge: Judge) -> int:
    """Return the days from the first admissible report until the state is right; one that never is, as `NEVER` says."""
    days = (question.last - question.told).days
    for ahead in range(min(days, NEVER) + 1):
        if judge(question, question.told + timedelta(days=ahead)) == question.state:
            return ahead
    return max(days, NEVER)
