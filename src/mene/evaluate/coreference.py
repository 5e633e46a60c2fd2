"""`coreference`: which words of short invented reports tell the same event (`evaluation/cases/coreference.jsonl`).

A case is a few reports and the words in them that name events, parted into sets; `evaluation/cases/README.md` says what
the fields mean. `found` is the share of those words that were read as events at all. `precision`, `recall` and `f1` are
over the pairs of words found, those of all cases together. `against` is the share of denials that stand against the
event they deny. A case is right (`whole`, and by quality) when every word is found and parted as it should be.

    python -m mene.evaluate.coreference     one line for each case that is wrong
"""

import argparse
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations
from pathlib import Path

from mene.articles import read_article
from mene.codebook import load_codebook
from mene.errors import InputError, MeneError
from mene.evaluate.cases import QUALITIES
from mene.evaluate.files import read_case_lines
from mene.evaluate.measures import f1, share
from mene.evaluate.setting import Scores, Setting
from mene.picture import draw_picture
from mene.records import Article, Event, Occurrence

CASES = Path("evaluation/cases/coreference.jsonl")
"""Where the cases lie in a checkout."""


@dataclass(frozen=True, slots=True)
class Report:
    """One invented report."""

    outlet: str
    published: date
    text: str


@dataclass(frozen=True, slots=True)
class Case:
    """Reports with the words that tell events, those of one event in one set; `against` pairs a denial with an event.

    A word is written "report:word", with "#2" behind it where it is the second such word of the report, and with other
    words that tell the same behind "|".
    """

    id: str
    phenomenon: str
    quality: str
    reports: tuple[Report, ...]
    events: tuple[tuple[str, ...], ...]
    against: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Checked:
    """A case with the occurrences found for each of its words (none where it was not read as an event)."""

    case: Case
    found: Mapping[str, frozenset[str]]
    against: tuple[bool, ...]

    def pairs(self) -> Iterator[tuple[str, str, bool, bool]]:
        """Yield the pairs of words that were found, whether they are of one event, and whether that was found."""
        sets = {word: number for number, words in enumerate(self.case.events) for word in words}
        for one, other in combinations(sets, 2):
            if self.found[one] and self.found[other]:
                yield one, other, sets[one] == sets[other], not self.found[one].isdisjoint(self.found[other])

    @property
    def right(self) -> bool:
        """Whether every word is found and parted as it should be, and every denial stands where it should."""
        parted = all(wanted == given for _, _, wanted, given in self.pairs())
        return parted and all(self.found.values()) and all(self.against)


def read_cases(path: Path) -> list[Case]:
    """Return the cases of a file, or of `coreference.jsonl` in a folder. Raises InputError for another format."""
    return read_case_lines(path, CASES, _case)


def _case(row: Mapping[str, object]) -> Case:
    reports = row["reports"]
    events, against = row["events"], row.get("against", [])
    if not isinstance(reports, list) or not isinstance(events, list) or not isinstance(against, list):
        raise TypeError("reports, events and against are lists")
    return Case(
        id=str(row["id"]),
        phenomenon=str(row["phenomenon"]),
        quality=str(row["quality"]),
        reports=tuple(Report(one["outlet"], date.fromisoformat(one["published"]), one["text"]) for one in reports),
        events=tuple(tuple(map(str, words)) for words in events),
        against=tuple((str(denial), str(event)) for denial, event in against),
    )


def article_of(case: Case, number: int) -> Article:
    """Return a report of a case as an article of its outlet."""
    report = case.reports[number]
    article = read_article(report.text.encode(), name=f"{case.id}-{number}.txt", published=report.published)
    return replace(article, id=f"{case.id}-{number}", publisher=report.outlet)


def check_case(case: Case, setting: Setting) -> Checked:
    """Return a case with what was found of it in the picture of its reports."""
    articles = [article_of(case, number) for number in range(len(case.reports))]
    read = [setting.read_article(article) for article in articles]
    statements = [one for statements, _, _ in read for one in statements]
    events = [one for _, events, _ in read for one in events]
    picture = draw_picture(statements, events, codebook=load_codebook())
    words = {word for group in case.events for word in group}
    told = {word: _events_at(word, articles, events) for word in words}
    home = {member.event_id: row.id for row in picture.occurrences for member in row.members}
    found = {word: frozenset(home[event.id] for event in told[word]) for word in sorted(words)}
    rows = {row.id: row for row in picture.occurrences}
    against = (_stands_against(told[denial], [rows[key] for key in found[event]]) for denial, event in case.against)
    return Checked(case, found, tuple(against))


def _events_at(word: str, articles: Sequence[Article], events: Iterable[Event]) -> list[Event]:
    """Return the events that a word of a case names. Raises InputError where its report has no such word."""
    number, _, rest = word.partition(":")
    article = articles[int(number)]
    spans = [_span(one, article) for one in rest.split("|")]
    inside = [event for event in events if event.evidence.article_id == article.id]
    return [
        event
        for event in inside
        if any(at.start < end and at.end > start for at in (event.evidence, *event.also) for start, end in spans)
    ]


def _span(word: str, article: Article) -> tuple[int, int]:
    text, _, place = word.partition("#")
    spans = [match.span() for match in re.finditer(rf"\b{re.escape(text)}\b", article.text)]
    if len(spans) < int(place or 1):
        raise InputError(f"{article.id}: there is no {word!r} in the report")
    return spans[int(place or 1) - 1]


def _stands_against(denials: Sequence[Event], rows: Iterable[Occurrence]) -> bool:
    cited = {citation.event_id for row in rows for citation in row.evidence_against}
    return any(event.id in cited for event in denials)


def score_cases(checked: Sequence[Checked]) -> dict[str, float]:
    """Return the scores of checked cases."""
    words = [bool(found) for one in checked for found in one.found.values()]
    pairs = [(wanted, given) for one in checked for _, _, wanted, given in one.pairs()]
    right = sum(wanted and given for wanted, given in pairs)
    wanted, given = sum(wanted for wanted, _ in pairs), sum(given for _, given in pairs)
    scores = {
        "precision": share(right, given),
        "recall": share(right, wanted),
        "f1": f1(right, given, wanted),
        "found": share(sum(words), len(words)),
    }
    if against := [stands for one in checked for stands in one.against]:
        scores["against"] = share(sum(against), len(against))
    by_quality: defaultdict[str, list[bool]] = defaultdict(list)
    for one in checked:
        by_quality[one.case.quality].append(one.right)
    for quality in QUALITIES:
        if kept := by_quality[quality]:
            scores[quality.lower()] = share(sum(kept), len(kept))
    return {**scores, "whole": share(sum(one.right for one in checked), len(checked)), "n": len(checked)}


def check_cases(path: Path, setting: Setting) -> list[Checked]:
    """Return every case of a file as checked."""
    return [check_case(case, setting) for case in read_cases(path) if setting.takes(case.id)]


def evaluate_coreference(path: Path, setting: Setting) -> Scores:
    """Return the scores of the whole path on the cases at `path`."""
    return score_cases(check_cases(path, setting))


def failures(checked: Iterable[Checked]) -> Iterator[str]:
    """Yield one line for each thing that is wrong, STRONG cases first."""
    for one in sorted(checked, key=lambda one: QUALITIES.index(one.case.quality)):
        about = f"{one.case.quality} {one.case.id} ({one.case.phenomenon})"
        yield from (f"{about}: {word} was not read as an event" for word, found in one.found.items() if not found)
        for first, second, wanted, given in one.pairs():
            if wanted != given:
                yield f"{about}: {first} and {second} are {'parted' if wanted else 'taken for one'}"
        for (denial, event), stands in zip(one.case.against, one.against, strict=True):
            if not stands:
                yield f"{about}: {denial} does not stand against {event}"


def main() -> int:
    """Print what is wrong in the cases; returns 0."""
    from mene.evaluate.catalogue import read_shipped

    parser = argparse.ArgumentParser(prog="python -m mene.evaluate.coreference", description=__doc__.splitlines()[0])
    parser.add_argument("path", type=Path, nargs="?", default=CASES)
    given = parser.parse_args()
    try:
        checked = check_cases(given.path, Setting(read_article=read_shipped))
    except MeneError as error:
        sys.stderr.write(f"error: {error}\n")
        return error.exit_code
    sys.stdout.writelines(f"{line}\n" for line in failures(checked))
    return 0


if __name__ == "__main__":
    sys.exit(main())
