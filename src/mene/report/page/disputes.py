"""The disputes: incompatible claims side by side, each with how many say it and the first sentence that does."""

from dataclasses import dataclass
from datetime import date

from mene.records import Dispute, Position
from mene.report.brief_lines import fit
from mene.report.contents import Contents, Worth
from mene.report.page.cited import Opening, facets_of, first_told, open_citations, open_statements, order_statements
from mene.report.page.facets import Facets
from mene.report.rows import judge_dispute, judge_position, order_disputes
from mene.report.words import plain, say_day

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
    cited = [one for position in row.positions for one in position.evidence]
    told = [first_told((one.statement_id for one in position.evidence), contents) for position in row.positions]
    stands_from = sorted(day for day in told if day)[1:2]
    settling = contents.statements.get(row.resolved_by or "")
    found = facets_of(
        cited, contents, actors=_actors(row, contents), origins=[one for side in row.positions for one in side.origins]
    )
    return DisputeRow(
        id=contents.id(row.id),
        subject=plain(row.subject),
        kind="estimates differ" if row.kind == "differs_in_estimate" else "contradiction",
        worth=judge_dispute(row, contents),
        positions=tuple(_position(row, place, contents) for place in range(len(row.positions))),
        stands_from=say_day(stands_from[0]) if stands_from else "",
        settled=first_told((settling.id,), contents) if settling else None,
        settling=open_statements("What settled it", (settling.id,), contents) if settling else None,
        facets=Facets(found.place, found.actors, found.type, found.origins, "", None, next(iter(stands_from), None)),
    )


def _actors(row: Dispute, contents: Contents) -> tuple[str, ...]:
    return contents.actors(one for position in row.positions for one in position.evidence)


def _position(row: Dispute, place: int, contents: Contents) -> PositionView:
    one = row.positions[place]
    claim = plain(one.claim)
    return PositionView(
        claim=claim,
        origins=tuple(map(plain, one.origins)),
        worth=judge_position(row, place, contents),
        since=say_day(first_told((cited.statement_id for cited in one.evidence), contents)),
        quote=_quote(one, claim, contents),
        opening=open_citations(claim, one.evidence, contents),
    )


def _quote(position: Position, claim: str, contents: Contents) -> str:
    """Return the first sentence that says it, nothing where the claim is that sentence."""
    ids = order_statements((one.statement_id for one in position.evidence), contents)
    words = plain(contents.statements[ids[0]].text) if ids else ""
    return "" if words in claim else fit(words, _LONGEST_QUOTE)
