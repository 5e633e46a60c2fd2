"""`mene diff D1 D2`: what changed between two pictures, row by row, and because of which statements."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from rich.text import Text

from mene.records import Article, Backing, Citation, Dispute, Event, Holding, Picture, Statement
from mene.report.brief import say_as_of
from mene.report.brief_lines import fit
from mene.report.contents import Contents, gather_contents
from mene.report.rows import judge_dispute, name_place, say_control, say_row
from mene.report.words import plain, say_day, say_likelihood

ChangeKind = Literal["control", "backing", "dispute"]
_TITLES: dict[ChangeKind, str] = {"control": "Places", "backing": "Backing", "dispute": "Disputes"}
_LEAST_BELIEF = 0.15
"""Change in belief, in probability, from which an unchanged status is told as changed: about one ICD 203 band."""

Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Change:
    """A change of the picture: what it is about, how it stood and stands, and the statements that are new evidence.

    `statements` is empty where the picture changed by its evidence fading or being left out.
    """

    kind: ChangeKind
    subject: str
    before: str
    after: str
    id: str
    statements: tuple[str, ...]


def find_changes(before: Contents, after: Contents) -> tuple[Change, ...]:
    """Return what changed from one picture to another: control of places, backings, and disputes."""
    return (*_control(before, after), *_backings(before, after), *_disputes(before, after))


def write_diff(
    before: Picture,
    after: Picture,
    statements: Iterable[Statement],
    events: Iterable[Event],
    *,
    articles: Iterable[Article],
    width: int = 100,
) -> tuple[Text, ...]:
    """Return what changed between two pictures, line by line, each change with the sentences that caused it."""
    said, told, pages = tuple(statements), tuple(events), tuple(articles)
    old, new = (gather_contents(picture, said, told, articles=pages) for picture in (before, after))
    changes = find_changes(old, new)
    head = Text(fit(f"From {say_as_of(before)} to {say_as_of(after)}", width), "bold", no_wrap=True)
    if not changes:
        return (head, Text("Nothing changed."))
    return (head, *_lines(changes, new, old, width))


def _lines(changes: Sequence[Change], new: Contents, old: Contents, width: int) -> Iterator[Text]:
    kind = None
    for change in changes:
        if change.kind != kind:
            kind = change.kind
            yield Text()
            yield Text(_TITLES[kind], "bold")
        yield Text.assemble(
            f"  {change.subject}: ", (change.before, "dim"), " -> ", (change.after, "bold"), (f"  {change.id}", "dim")
        )
        for key in change.statements:
            statement = new.statements.get(key) or old.statements[key]
            origin = plain(statement.origin.name or statement.origin.kind)
            tail = f" {origin}, {say_day(statement.published_at)}, {new.id(key)}"
            quote = fit(plain(statement.text), max(width - len(tail) - 8, 24))
            yield Text.assemble(f"    “{quote}”", (tail, "dim"))
        if not change.statements:
            yield Text("    no new statement: older evidence has faded, or was left out", "dim")


# --- what changed -----------------------------------------------------------------------------------------------------


def _control(before: Contents, after: Contents) -> Iterator[Change]:
    old = {_place_key(row): row for row in before.picture.holdings}
    new = {_place_key(row): row for row in after.picture.holdings}
    for key in _keys(old, new):
        was, now = old.get(key), new.get(key)
        if was and now and _is_same_control(was, now):
            continue
        row = now or was
        if row is None:
            continue
        subject = name_place(row.place)
        ids = _fresh(_cited(was), _cited(now))
        yield Change("control", subject, _say_held(was, before), _say_held(now, after), after.id(row.id), ids)


def _is_same_control(was: Holding, now: Holding) -> bool:
    same = was.status == now.status and _holder_key(was) == _holder_key(now)
    return same and abs(was.belief - now.belief) < _LEAST_BELIEF


def _place_key(row: Holding) -> str:
    return row.place.place_id or row.place.name


def _holder_key(row: Holding) -> str:
    return (row.holder.actor_id or row.holder.name) if row.holder else ""


def _say_held(row: Holding | None, contents: Contents) -> str:
    return f"{say_control(row, contents).words}, {say_likelihood(row.belief)}" if row else "nothing told"


def _cited(row: Holding | None) -> tuple[Citation, ...]:
    return (*row.evidence_for, *row.evidence_against) if row else ()


def _backings(before: Contents, after: Contents) -> Iterator[Change]:
    old = {_backing_key(row): row for row in before.picture.backings}
    new = {_backing_key(row): row for row in after.picture.backings}
    for key in _keys(old, new):
        was, now = old.get(key), new.get(key)
        row = now or was
        if row is None or (was and now and was.direction == now.direction):
            continue
        subject = f"{plain(row.backer.name)} → {plain(row.backed.name)}"
        words = [_say_backed(one, subject) for one in (was, now)]
        ids = _fresh(was.evidence if was else (), now.evidence if now else ())
        yield Change("backing", subject, words[0], words[1], after.id(row.id), ids)


def _backing_key(row: Backing) -> tuple[str, str, str, bool, str]:
    parties = (row.backer.actor_id or row.backer.name, row.backed.actor_id or row.backed.name)
    return (*parties, row.means, row.background, row.modality)


def _say_backed(row: Backing | None, subject: str) -> str:
    return say_row(row).replace(f"{subject}: ", "") if row else "nothing told"


def _disputes(before: Contents, after: Contents) -> Iterator[Change]:
    old = {row.id: row for row in before.picture.disputes}
    new = {row.id: row for row in after.picture.disputes}
    for key in _keys(old, new):
        was, now = old.get(key), new.get(key)
        row = now or was
        states = [_state(was), _state(now)]
        if row is None or states[0] == states[1]:
            continue
        ids = [now.resolved_by] if now and now.resolved_by else _fresh(_positions(was), _positions(now))
        origins = judge_dispute(row, after).origins
        subject = f"{plain(row.subject)} ({origins} origins)"
        yield Change("dispute", subject, states[0], states[1], after.id(row.id), tuple(ids))


def _state(row: Dispute | None) -> str:
    return "no dispute" if row is None else "settled" if row.resolved_by else f"{len(row.positions)} positions"


def _positions(row: Dispute | None) -> tuple[Citation, ...]:
    return tuple(one for position in row.positions for one in position.evidence) if row else ()


def _keys(old: Iterable[Key], new: Iterable[Key]) -> list[Key]:
    """Return the keys of both, the new picture's order first."""
    return list(dict.fromkeys([*new, *old]))


def _fresh(old: Iterable[Citation], new: Iterable[Citation]) -> tuple[str, ...]:
    """Return the statements that only the new evidence cites, each once."""
    known = {one.statement_id for one in old}
    return tuple(dict.fromkeys(one.statement_id for one in new if one.statement_id not in known))
