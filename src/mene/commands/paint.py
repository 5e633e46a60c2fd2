"""Views as text and pages: the calls into `mene.report`, with the names that a reader of the output knows."""

import shutil
import sys
from typing import TYPE_CHECKING

from mene import __version__
from mene.picture.collector import uncollected
from mene.records import Statement
from mene.report import write_brief, write_claim, write_diff
from mene.report.borders import UserBorders
from mene.report.page import render
from mene.view import View, contents_of, names_of

if TYPE_CHECKING:
    from rich.text import Text

    from mene.codebook import Codebook
    from mene.records import Dropped, Event, Outlook, Picture, Signal

    Parts = tuple[
        Picture,
        tuple[Statement, ...],
        tuple[Event, ...],
        tuple[Signal, ...],
        tuple[Outlook, ...],
        tuple[Dropped, ...],
    ]

WIDEST = 120
"""Columns of the brief at most; longer lines are hard to follow to their rating. Without a terminal it is 100."""


@uncollected()
def brief_lines(shown: View, codebook: "Codebook") -> "tuple[Text, ...]":
    """Return the lines of the brief, as wide as the terminal."""
    names, letters = names_of(shown, codebook), codebook.reliability
    return write_brief(
        *_parts(shown),
        articles=shown.articles,
        names=names,
        letters=letters,
        is_side=codebook.is_side,
        origins=shown.origins,
        width=width(),
    )


@uncollected()
def page_text(shown: View, codebook: "Codebook", borders: UserBorders | None = None) -> str:
    """Return the page, one HTML file; `borders` are the user's own."""
    return render(contents_of(shown, codebook, history=True), version=__version__, borders=borders)


def claim_lines(claim_id: str, shown: View, codebook: "Codebook") -> "tuple[Text, ...]":
    """Return the lines of one claim, found by the beginning of its id. Raises InputError."""
    picture, statements, events, signals, _, _ = _parts(shown)
    return write_claim(
        claim_id,
        picture,
        statements,
        events,
        signals,
        articles=shown.articles,
        names=names_of(shown, codebook),
        letters=codebook.reliability,
        is_side=codebook.is_side,
        origins=shown.origins,
        colour=sys.stdout.isatty(),
    )


def diff_lines(before: View, after: View) -> "tuple[Text, ...]":
    """Return the lines of what changed from one view to a later one, which holds all that the earlier one does."""
    return write_diff(
        before.picture, after.picture, after.statements, after.events, articles=after.articles, width=width()
    )


def statements_of(claim: object, shown: View) -> tuple[Statement, ...]:
    """Return the statements that a claim rests on."""
    cited = _cited(claim)
    return tuple(one for one in shown.statements if one.id in cited)


def _cited(record: object) -> set[str]:
    """Return the ids of the statements that a record rests on; of a statement, its own."""
    own = {str(getattr(record, "statement_id", None) or getattr(record, "id", ""))}
    rows = [record, *getattr(record, "positions", ())]
    kinds = ("evidence", "evidence_for", "evidence_against")
    lists = [found for row in rows for kind in kinds if isinstance(found := getattr(row, kind, ()), tuple)]
    return own | {citation.statement_id for found in lists for citation in found}


def _parts(shown: View) -> "Parts":
    dropped = tuple(row for reading in shown.readings for row in reading.dropped)
    return shown.picture, shown.statements, shown.events, shown.signals, shown.outlook, dropped


def width() -> int:
    """Return the columns to write in."""
    return min(shutil.get_terminal_size().columns, WIDEST) if sys.stdout.isatty() else 100
