"""What a row of a panel rests on: the statements that its link opens, and by what the row can be found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from mene.records import Citation
from mene.report.contents import Contents
from mene.report.page.facets import Facets
from mene.report.rows import name_place
from mene.report.words import plain
from mene.vocabulary import Modality

MOST_OPENED = 15
"""Statements that one link opens, the first told; `total` says how many there are."""


@dataclass(frozen=True, slots=True)
class Opening:
    """What a link opens: the short ids of statements for something and against it, the first told first."""

    title: str
    ids: tuple[str, ...]
    against: tuple[str, ...] = ()
    total: int = 0


def open_statements(
    title: str, statement_ids: Iterable[str], contents: Contents, *, against: Iterable[str] = ()
) -> Opening:
    """Return a link's opening; originals stand before the copies folded under them."""
    told, denied = order_statements(statement_ids, contents), order_statements(against, contents)
    return Opening(
        title,
        tuple(contents.id(one) for one in told[:MOST_OPENED]),
        tuple(contents.id(one) for one in denied[:MOST_OPENED]),
        len(told) + len(denied),
    )


def order_statements(statement_ids: Iterable[str], contents: Contents) -> list[str]:
    """Return the statements at hand, each once: originals first, then in the order of telling."""
    known = {one for one in statement_ids if one in contents.order}
    return sorted(known, key=lambda one: (contents.first_telling(one) != one, contents.order[one]))


def open_citations(
    title: str, citations: Sequence[Citation], contents: Contents, *, against: Sequence[Citation] = ()
) -> Opening:
    """Return the opening of a row of the picture."""
    denied = (one.statement_id for one in against)
    return open_statements(title, (one.statement_id for one in citations), contents, against=denied)


def first_told(statement_ids: Iterable[str], contents: Contents) -> date | None:
    """Return the first day on which any of the statements could be known."""
    said = (contents.statements[one] for one in statement_ids if one in contents.statements)
    return min((day for one in said if (day := one.first_seen or one.published_at)), default=None)


def facets_of(
    citations: Sequence[Citation],
    contents: Contents,
    *,
    actors: Sequence[str] = (),
    origins: Sequence[str] = (),
    modality: Modality | None = None,
    day: date | None = None,
    place: str = "",
) -> Facets:
    """Return by what a row of the picture is found. Its type, and its place where none is given, are those of the
    first event cited for it."""
    events = [found for one in citations if (found := contents.events.get(one.event_id or ""))]
    located = next((one.place for one in events if one.place), None)
    return Facets(
        place=place or (name_place(located) if located else ""),
        actors=tuple(dict.fromkeys(actors)),
        type=events[0].type if events else "",
        origins=tuple(map(plain, origins)),
        modality=modality or "",
        day=day,
        told=first_told((one.statement_id for one in citations), contents),
    )


def last_day(contents: Contents) -> date | None:
    """Return the day of the last state: the picture's, else the last on which anything was told."""
    picture = contents.picture
    told = (one.first_seen or one.published_at for one in contents.statements.values())
    return picture.on or picture.known or max((day for day in told if day), default=None)
