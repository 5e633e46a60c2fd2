"""`mene claim ID --explain`: the articles behind a claim are read again, and what decided each value is told."""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from mene import __version__
from mene.commands.answer import claim_in, plain
from mene.commands.kept import Kept, readings_of
from mene.commands.output import show_json, show_lines
from mene.commands.paint import statements_of, width
from mene.errors import InputError
from mene.pipeline import Coded, Model, code, grounds_of
from mene.records import Event, Occurrence, Statement
from mene.report.contents import Contents
from mene.report.why import (
    Aspect,
    Explanation,
    explain_event,
    explain_row,
    explain_statement,
    write_explanation,
    write_row,
)
from mene.view import contents_of, view

if TYPE_CHECKING:
    from rich.text import Text

OF_STATEMENT: tuple[Aspect, ...] = ("kind", "origin")
"""What an event has from its statement, told once where both are explained."""


def run_explain(kept: Kept, claim_id: str, *, as_of: date | None, on: date | None, as_json: bool) -> int:
    """Return 0 after the reasons of a claim. Raises InputError where they are not to be had."""
    codebook = kept.codebook()
    shown = view(readings_of(kept, as_of), codebook, as_of=as_of, on=on)
    contents = contents_of(shown, codebook)
    claim = claim_in(kept, claim_id, contents)
    again = Again(contents, kept)
    if isinstance(claim, Statement | Event) or (isinstance(claim, Occurrence) and len(claim.members) == 1):
        row, explanations = None, tuple(again.explain(one) for one in _parts(claim, contents))
        lines = _lines(explanations, contents)
    else:
        grounds = grounds_of(shown.readings, codebook, on=on or as_of, known=as_of)
        row, explanations = explain_row(claim, contents, grounds, again.explain_or_say), ()
        lines = list(write_row(row, contents.id(row.row_id), width=width(), shorten=contents.id))
    if as_json:
        cited = statements_of(claim, shown)
        show_json(plain({"claim": claim, "statements": cited, "explanations": explanations, "row": row}))
    else:
        show_lines(lines)
    return 0


def _parts(claim: Statement | Event | Occurrence, contents: Contents) -> tuple[Statement | Event, ...]:
    """Return what is explained of a claim: an event itself, told once, or a statement with its events."""
    if isinstance(claim, Occurrence):
        return (contents.events[claim.members[0].event_id],)
    return (claim,) if isinstance(claim, Event) else (claim, *contents.events_of.get(claim.id, ()))


def _lines(explanations: tuple[Explanation, ...], contents: Contents) -> "list[Text]":
    from rich.text import Text

    lines: list[Text] = []
    for number, one in enumerate(explanations):
        without = OF_STATEMENT if number else ()
        lines += [Text()] if number else []
        lines += write_explanation(one, contents.id(one.event_id or one.statement_id), width=width(), without=without)
    return lines


class Again:
    """The articles behind claims, read again with the model of now, each once and only when it is asked for."""

    def __init__(self, contents: Contents, kept: Kept) -> None:
        self._contents, self._kept = contents, kept
        model = cache(kept.model)
        self._model: Callable[[], Model] = model
        self._code = cache(lambda article_id: code(contents.articles[article_id], model()))

    def explain(self, record: Statement | Event) -> Explanation:
        """Return why a record is as it is. Raises InputError where it is not read the same way again."""
        statement = self._contents.statements[record.statement_id] if isinstance(record, Event) else record
        article_id = statement.evidence.article_id
        if article_id not in self._contents.articles:
            raise InputError(f"the article of {self._contents.id(record.id)} is not at hand; name it with --in")
        coded: Coded = self._code(article_id)
        told = next((one for one in coded.statements if one.statement.id == statement.id), None)
        if isinstance(record, Statement):
            if told is not None and told.statement.modality == record.modality and told.statement.kind == record.kind:
                return explain_statement(told, coded.context)
            raise InputError(self._otherwise(record.id, article_id))
        found = next((one for one in coded.events if one.event.id == record.id), None)
        if told is None or found is None or _values(found.event) != _values(record):
            raise InputError(self._otherwise(record.id, article_id))
        return explain_event(found, told, coded.context)

    def explain_or_say(self, event_id: str) -> Explanation | str:
        """Return why an event is as it is, or one line that says why that cannot be told."""
        event = self._contents.events.get(event_id)
        if event is None:
            return f"the event {event_id} is not at hand"
        try:
            return self.explain(event)
        except InputError as error:
            return str(error)

    def _otherwise(self, record_id: str, article_id: str) -> str:
        """Return that an article is now read otherwise than when it was kept."""
        now = f"Mene {__version__} ({self._model().reader.name})"
        then = "another version, model or codebook"
        if not self._kept.origins:
            from mene.store import open_store

            with open_store(self._kept.settings.store, create=False, read_only=True) as store:
                version, model = store.read_with(article_id)
            then = f"Mene {version} ({model or 'no model'}), perhaps with another codebook"
        short = self._contents.id(record_id)
        return (
            f"{short} was read by {then}; {now} reads its article otherwise, so its reasons cannot be told;"
            " add the article to a new store to read it again"
        )


def _values(event: Event) -> tuple[object, ...]:
    """Return the coded values of an event, which an explanation must agree with."""
    parties = (*(one.actor_id for one in event.actors), None, *(one.actor_id for one in event.recipients))
    place = event.place.place_id if event.place else None
    days = (event.occurred_start, event.occurred_end)
    return event.type, event.mode, parties, place, days, event.modality
