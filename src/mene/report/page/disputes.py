"""The disputes: incompatible claims side by side, each with how many say it and the first sentence that does."""

from dataclasses import dataclass
from datetime import date

from mene.records import Dispute, Event, Position
from mene.report.brief_lines import fit
from mene.report.contents import Contents, Worth
from mene.report.happenings import phrase_event
from mene.report.page.cited import Opening, facets_of, first_told, open_citations, open_statements, order_statements
from mene.report.page.facets import Facets
from mene.report.rows import judge_dispute, judge_position, order_disputes
from mene.report.words import plain, say_day
from mene.vocabulary import EVENT_TYPES

_LONGEST_QUOTE = 160


@dataclass(frozen=True, slots=True)
class PositionView:
    """One side of a dispute. `since` is when it was first told."""

    claim: str
    origins: tuple[str, ...]
    worth: Worth
    since: str
    quote: str
    opening: Opening


@dataclass(frozen=True, slots=True)
class DisputeRow:
    """A dispute. It stands from the day on which two of its positions were known until the one that settles it."""

    id: str
    subject: str
    kind: str
    worth: Worth
    positions: tuple[PositionView, ...]
    stands_from: str
    settled: date | None
    settling: Opening | None
    facets: Facets

    @property
    def settled_on(self) -> str:
        """The day from which it is settled, in words."""
        return say_day(self.settled)


def show_disputes(contents: Contents) -> list[DisputeRow]:
    """Return the disputes, open contradictions first, with their positions side by side."""
    return [_dispute(row, contents) for row in order_disputes(contents)]


def _dispute(row: Dispute, contents: Contents) -> DisputeRow:
    settling = contents.statements.get(row.resolved_by or "")
    facets = facets_of_dispute(row, contents)
    return DisputeRow(
        id=contents.id(row.id),
        subject=_name(row, contents),
        kind="estimates differ" if row.kind == "differs_in_estimate" else "contradiction",
        worth=judge_dispute(row, contents),
        positions=tuple(_position(row, place, contents) for place in range(len(row.positions))),
        stands_from=say_day(facets.told) if facets.told else "",
        settled=first_told((settling.id,), contents) if settling else None,
        settling=open_statements("What settled it", (settling.id,), contents) if settling else None,
        facets=facets,
    )


def facets_of_dispute(row: Dispute, contents: Contents) -> Facets:
    """Return by what a dispute is found. It is told of from the day on which two of its positions were known."""
    cited = [one for position in row.positions for one in position.evidence]
    origins = [one for position in row.positions for one in position.origins]
    found = facets_of(cited, contents, actors=_actors(row, contents), origins=origins)
    told = [first_told((one.statement_id for one in position.evidence), contents) for position in row.positions]
    stands_from = next(iter(sorted(day for day in told if day)[1:2]), None)
    return Facets(found.place, found.actors, found.type, found.origins, "", None, stands_from)


def _name(row: Dispute, contents: Contents) -> str:
    """Return what a dispute is about, an event in the words that events are told in."""
    subject, event = plain(row.subject), _event(row, contents)
    if event is None:
        return subject
    if row.kind == "differs_in_estimate":
        day = f", {say_day(event.occurred_start)}" if event.occurred_start else ""
        return f"{subject.partition(' in ')[0]} in {phrase_event(event)}{day}"
    return f"{phrase_event(event)}: whether it happened" if _is_over_event(row) else subject


def _is_over_event(row: Dispute) -> bool:
    return row.subject.partition(" ")[0] in EVENT_TYPES


def _event(row: Dispute, contents: Contents) -> Event | None:
    cited = (contents.events.get(one.event_id or "") for one in row.positions[0].evidence)
    return next((one for one in cited if one), None)


def _actors(row: Dispute, contents: Contents) -> tuple[str, ...]:
    return contents.actors(one for position in row.positions for one in position.evidence)


def _position(row: Dispute, place: int, contents: Contents) -> PositionView:
    one = row.positions[place]
    claim = plain(one.claim)
    if _is_over_event(row):
        claim = claim.removeprefix(plain(row.subject)).strip().capitalize() or claim
    return PositionView(
        claim=claim,
        origins=tuple(map(plain, one.origins)),
        worth=judge_position(row, place, contents),
        since=say_day(first_told((cited.statement_id for cited in one.evidence), contents)),
        quote="" if "“" in claim else _quote(one, contents),
        opening=open_citations(claim, one.evidence, contents),
    )


def _quote(position: Position, contents: Contents) -> str:
    """Return the first sentence that says it."""
    ids = order_statements((one.statement_id for one in position.evidence), contents)
    return fit(plain(contents.statements[ids[0]].text), _LONGEST_QUOTE) if ids else ""
