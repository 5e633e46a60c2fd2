"""Scores the whole path on the hand-written cases of `evaluation/cases/statements.jsonl`, one phenomenon a line.

`evaluation/cases/README.md` says what each field means. A case is wholly right when every field it gives is; the share
of such cases is told by quality, since a failure of a STRONG one is a top bug.

    python -m mene.evaluate.cases --failures     one line for each field that is wrong
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import cast

from mene.articles import read_article
from mene.errors import MeneError
from mene.evaluate.files import read_case_lines
from mene.evaluate.reading_labels import NARRATOR
from mene.evaluate.setting import Read, Scores, Setting
from mene.records import Article, Event, Evidence, Participant, Picture, Source, Statement

CASES = Path("evaluation/cases/statements.jsonl")
"""Where the cases lie in a checkout."""

FIELDS = (
    "origin",
    "relay",
    "kind",
    "modality",
    "event_type",
    "actor",
    "recipient",
    "place",
    "date",
    "held",
    "not_held",
)
"""The fields scored, in the order of the table; `trigger` and `holder` say what "the event" and "held" speak of."""

QUALITIES = ("STRONG", "MEDIUM", "WEAK")
NOTHING = "nothing"
FACTS = frozenset(("asserted", "in_progress"))
NO_FACTS = frozenset(("negated", "conditional", "planned", "asked", "nearly", "doubtful", "possible"))
"""`false_facts` is the share of what is told with one of these that was read as told for a fact: lower is better."""

_LAST_MARKS = frozenset(".!?\"'”’")


@dataclass(frozen=True, slots=True)
class Case:
    """One hand-written text and what must be found in it."""

    id: str
    text: str
    published: date
    phenomenon: str
    quality: str
    expect: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Check:
    """One field of a case: what was expected, what was read, and whether that is right."""

    field: str
    expected: str
    got: str
    right: bool


@dataclass(frozen=True, slots=True)
class Checked:
    """A case with its checks."""

    case: Case
    checks: tuple[Check, ...]

    @property
    def right(self) -> bool:
        """Whether every field is right."""
        return all(check.right for check in self.checks)


def read_cases(path: Path) -> list[Case]:
    """Return the cases of a file, or of `statements.jsonl` in a folder. Raises InputError for another format."""
    return read_case_lines(path, CASES, _case)


def _case(row: Mapping[str, object]) -> Case:
    texts = {name: str(row[name]) for name in ("id", "text", "phenomenon", "quality")}
    expect = cast(Mapping[str, str], row["expect"])
    return Case(**texts, published=date.fromisoformat(str(row["published"])), expect=dict(expect))


def article_of(case: Case) -> Article:
    """Return the case's text as an article of an outlet without a name; a text without a last mark is a headline."""
    article = read_article(case.text.encode(), name=f"{case.id}.txt", published=case.published)
    if case.text.rstrip()[-1:] in _LAST_MARKS:
        return article
    return replace(article, blocks=tuple(replace(block, kind="heading") for block in article.blocks))


# --- what was read of a case ----------------------------------------------------------------------------------------


def check_case(case: Case, article: Article, read: Read) -> Checked:
    """Return the case with each of its fields compared to what was read of its article."""
    statements, events, picture = read
    about = _events_about(case, article, events)
    tellings = [
        _check_telling(case, article, event, _statement_of(case, article, statements, event)) for event in about
    ]
    best = max(tellings, key=lambda checks: sum(check.right for check in checks))
    return Checked(case, (*best, *_check_picture(case, picture)))


def _events_about(case: Case, article: Article, events: Sequence[Event]) -> list[Event | None]:
    """Return the events that the trigger names, several where one word tells of several places; else None alone."""
    trigger = case.expect.get("trigger")
    about = [event for event in events if trigger is None or _covers(article, event.evidence, trigger)]
    return [*about] or [None]


def _covers(article: Article, evidence: Evidence, words: str) -> bool:
    return words.casefold() in _words_at(article, evidence).casefold().split()


def _words_at(article: Article, evidence: Evidence | None) -> str:
    return article.text[evidence.start : evidence.end] if evidence is not None else ""


def _statement_of(
    case: Case, article: Article, statements: Sequence[Statement], event: Event | None
) -> Statement | None:
    """Return the event's statement; without an event the innermost one with the trigger in its words."""
    if event is not None:
        return next(statement for statement in statements if statement.id == event.statement_id)
    trigger = case.expect.get("trigger")
    holding = [s for s in statements if trigger is None or trigger.casefold() in s.text.casefold()]
    if trigger is None:
        return holding[0] if holding else None
    return min(holding, key=lambda s: s.evidence.end - s.evidence.start, default=None)


def _check_telling(case: Case, article: Article, event: Event | None, statement: Statement | None) -> tuple[Check, ...]:
    """Return the checks of the fields that speak of the event and of its statement."""
    got = {**_told_of_statement(article, statement), **_told_of_event(event)}
    if event is None and statement is not None:
        got["modality"] = statement.modality
    exact = ("kind", "modality", "event_type", "date")
    return tuple(
        Check(field, expected, got[field] or NOTHING, _agrees(expected, got[field], exact=field in exact))
        for field, expected in case.expect.items()
        if field in got
    )


def _told_of_statement(article: Article, statement: Statement | None) -> dict[str, str]:
    if statement is None:
        return {"origin": "", "relay": "", "kind": ""}
    narrated = len(statement.sources) == 1 and statement.origin.kind == "outlet"
    return {
        "origin": NARRATOR if narrated else _source_words(article, statement.origin),
        "relay": "; ".join(_source_words(article, source) for source in statement.sources[1:]),
        "kind": statement.kind,
    }


def _source_words(article: Article, source: Source) -> str:
    """Return all that names a source: its name, its role, and its words in the text where they are others."""
    names = (source.name, source.role or "", _words_at(article, source.evidence))
    return " / ".join(dict.fromkeys(name for name in names if name))


def _told_of_event(event: Event | None) -> dict[str, str]:
    if event is None:
        return dict.fromkeys(("modality", "event_type", "actor", "recipient", "place", "date"), "")
    return {
        "modality": event.modality,
        "event_type": event.type,
        "actor": _party_words(event.actors),
        "recipient": _party_words(event.recipients),
        "place": f"{event.place.text} / {event.place.name}" if event.place is not None else "",
        "date": event.occurred_start.isoformat() if event.occurred_start is not None else "",
    }


def _party_words(parties: Iterable[Participant | None]) -> str:
    return "; ".join(dict.fromkeys(f"{party.text} / {party.name}" for party in parties if party is not None))


def _agrees(expected: str, got: str, *, exact: bool) -> bool:
    return expected.casefold() == got.casefold() if exact else expected.casefold() in got.casefold()


def _check_picture(case: Case, picture: Picture) -> Iterator[Check]:
    """Yield the checks of who holds which place after this text alone."""
    held, never = case.expect.get("held"), case.expect.get("not_held")
    if held is not None:
        holder = case.expect.get("holder", "")
        got = _holders(picture, held)
        yield Check("held", f"{held} by {holder}", got or NOTHING, _agrees(holder, got, exact=False) and bool(got))
    if never is not None:
        got = _holders(picture, never)
        yield Check("not_held", never, f"held by {got}" if got else NOTHING, not got)


def _holders(picture: Picture, place: str) -> str:
    """Return who holds a place in the picture, "nobody named" where it is held by somebody unknown."""
    holdings = [h for h in picture.holdings if h.status == "held" and _is_place(h.place.text, h.place.name, place)]
    return "; ".join(_party_words([h.holder]) or "nobody named" for h in holdings)


def _is_place(text: str, name: str, wanted: str) -> bool:
    return any(wanted.casefold() in words.casefold() for words in (text, name))


# --- scores ---------------------------------------------------------------------------------------------------------


def score_cases(checked: Sequence[Checked]) -> dict[str, float]:
    """Return the share right of each field, of cases by quality ("strong") and of all ("whole"), and n (cases)."""
    fields: defaultdict[str, list[bool]] = defaultdict(list)
    for check in (check for one in checked for check in one.checks):
        fields[check.field].append(check.right)
    scores = {field: _share(fields[field]) for field in FIELDS if fields[field]}
    for quality in QUALITIES:
        if of_quality := [one.right for one in checked if one.case.quality == quality]:
            scores[quality.lower()] = _share(of_quality)
    doubtful = [c for one in checked for c in one.checks if c.field == "modality" and c.expected in NO_FACTS]
    scores["false_facts"] = _share([c.got in FACTS for c in doubtful])
    return {**scores, "whole": _share([one.right for one in checked]), "n": len(checked)}


def by_phenomenon(checked: Sequence[Checked]) -> Iterator[str]:
    """Yield a line for each phenomenon: how many of its cases are right, those with most wrong first."""
    rights: defaultdict[str, list[bool]] = defaultdict(list)
    for one in checked:
        rights[one.case.phenomenon].append(one.right)
    for name, right in sorted(rights.items(), key=lambda item: (sum(item[1]) - len(item[1]), item[0])):
        yield f"{name}: {sum(right)} of {len(right)}"


def _share(rights: Sequence[bool]) -> float:
    return sum(rights) / len(rights) if rights else 0.0


def check_cases(path: Path, setting: Setting) -> list[Checked]:
    """Return every case of a file with its checks."""
    cases = [case for case in read_cases(path) if setting.takes(case.id)]
    articles = [article_of(case) for case in cases]
    return [check_case(c, article, setting.read_article(article)) for c, article in zip(cases, articles, strict=True)]


def evaluate_cases(path: Path, setting: Setting) -> Scores:
    """Return the scores of the whole path on the cases at `path`."""
    return score_cases(check_cases(path, setting))


def failures(checked: Iterable[Checked]) -> Iterator[str]:
    """Yield one line for each field that is wrong, STRONG cases first."""
    for one in sorted(checked, key=lambda one: QUALITIES.index(one.case.quality)):
        for check in one.checks:
            if not check.right:
                about = f"{one.case.quality} {one.case.id} ({one.case.phenomenon})"
                yield f"{about}: {check.field} expected {check.expected!r}, got {check.got!r}"


def main() -> int:
    """Print the scores of the shipped model, or what it gets wrong; 1 where a STRONG case fails with --gate."""
    from mene.evaluate.catalogue import read_shipped

    parser = argparse.ArgumentParser(prog="python -m mene.evaluate.cases", description=__doc__.splitlines()[0])
    parser.add_argument("path", type=Path, nargs="?", default=CASES)
    parser.add_argument("--failures", action="store_true", help="print each wrong field on a line of its own")
    parser.add_argument("--gate", action="store_true", help="print the cases by phenomenon; fail with a STRONG one")
    given = parser.parse_args()
    try:
        checked = check_cases(given.path, Setting(read_article=read_shipped))
    except MeneError as error:
        sys.stderr.write(f"error: {error}\n")
        return error.exit_code
    told = failures(checked) if given.failures else (f"{k} {v:.3g}" for k, v in score_cases(checked).items())
    if given.gate:
        told = by_phenomenon(checked)
    sys.stdout.writelines(f"{line}\n" for line in told)
    broken = [one.case.id for one in checked if one.case.quality == "STRONG" and not one.right]
    if given.gate and broken:
        sys.stderr.write(f"error: {len(broken)} STRONG cases fail: {', '.join(broken)}; see --failures\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
