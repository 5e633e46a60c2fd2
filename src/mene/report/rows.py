"""The rows of the picture in words, the same in the terminal and on the page."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from mene.picture.rating import rate
from mene.picture.tellings import FACTS
from mene.records import Backing, Dispute, Holding, Place, Position, Presence, Signal
from mene.report.contents import Contents, Worth
from mene.report.words import MODALITY_WORDS, STATUS_WORDS, plain, say_day
from mene.vocabulary import BackingDirection, HoldingStatus

STATUS_ORDER: tuple[HoldingStatus, ...] = (
    "held",
    "nearly_taken",
    "contested",
    "besieged",
    "abandoned",
    "claimed",
    "unknown",
)


_DIRECTIONS: dict[BackingDirection, str] = {
    "gives": "gives",
    "increases": "increasing",
    "reduces": "reducing",
    "ends": "ended",
    "refuses": "refuses",
}


@dataclass(frozen=True, slots=True)
class Control:
    """A holding in words: its status, who holds the place, and who presses on it or claims it."""

    status: str
    holder: str
    pressing: str

    @property
    def words(self) -> str:
        """The whole in one phrase: "nearly taken by the rebels from the army"."""
        return " ".join(part for part in (self.status, self.holder, self.pressing) if part)


def say_control(holding: Holding, contents: Contents) -> Control:
    """Return who holds a place and how surely it is theirs; a place nearly taken is never said to be the taker's."""
    holder = plain(holding.holder.name) if holding.holder else ""
    others = [name for name in contents.actors(holding.evidence_for) if name != holder]
    named, pressing = holder or "holder unknown", ", ".join(others[:2])
    status = STATUS_WORDS[holding.status]
    if holding.status in ("held", "claimed"):
        return Control(status, f"by {named}" if holder else f"({named})", "")
    if holding.status in ("nearly_taken", "besieged"):
        return Control(
            f"{status}, not held" if not pressing else status,
            f"by {pressing}" if pressing else "",
            f"(still {holder})" if holder else "",
        )
    if holding.status == "contested":
        both = " and ".join(dict.fromkeys(filter(None, [holder, *others[:2]])))
        return Control(status, f"({both})" if both else "", "")
    if holding.status == "abandoned":
        return Control(status, f"by {pressing}" if pressing else "", "(holder unknown)")
    return Control(status, f"(last {holder})" if holder else "", "")


def order_holdings(contents: Contents) -> list[Holding]:
    """Return the holdings, those with most independent origins first; then the surest, then by name."""
    rank = {status: place for place, status in enumerate(STATUS_ORDER)}
    return sorted(
        contents.picture.holdings,
        key=lambda row: (-len(row.origins), rank[row.status], -row.belief, row.place.name, row.id),
    )


def order_backings(contents: Contents) -> list[Backing]:
    """Return the backings, what is told as fact first, history last; then those with most origins."""
    return sorted(
        contents.picture.backings,
        key=lambda row: (row.background, row.modality not in FACTS, -len(row.origins), row.backer.name, row.id),
    )


def order_disputes(contents: Contents) -> list[Dispute]:
    """Return the disputes, open contradictions first, estimates that differ last."""
    return sorted(
        contents.picture.disputes,
        key=lambda row: (row.kind != "contradicts", row.resolved_by is not None, -judge_dispute(row, contents).origins),
    )


def order_signals(leader: str, contents: Contents) -> list[Signal]:
    """Return the signals for or against a leader, the strongest first; of like ones the latest."""
    rows = [one for one in contents.signals if one.leader == leader]
    return sorted(rows, key=lambda row: (-row.strength, -(row.day.toordinal() if row.day else 0), row.id))


def say_row(row: Backing) -> str:
    """Return a backing in words, what it is not said first: "doubtful: Russia → Syrian government: gives troops"."""
    means = "backing" if row.means == "unspecified" else row.means
    before = ""
    if row.background:
        before = f"background ({row.since.year}): " if row.since else "background: "
    elif row.modality not in FACTS:
        before = f"{MODALITY_WORDS[row.modality]}: "
    verb = "gave" if row.background and row.direction == "gives" else _DIRECTIONS[row.direction]
    return f"{before}{plain(row.backer.name)} → {plain(row.backed.name)}: {verb} {means}"


def name_place(place: Place) -> str:
    """Return the name of a place; a vague one is never named as if it were a town."""
    name = plain(place.name or place.text)
    if place.precision == "exact":
        return name
    if place.precision == "unlocated":
        return f"{name} (not located{f', in {plain(place.within)}' if place.within else ''})"
    word = "near" if place.precision == "near" else "somewhere in"
    return name if name.startswith(f"{word} ") else f"{word} {name}"


def say_presence(row: Presence, *, year: int | None = None) -> str:
    """Return a presence in words: "Quds Force leaving Syria (6 Dec 2024)"."""
    hedge = "" if row.modality in FACTS else f"{MODALITY_WORDS[row.modality]}: "
    at = " at" if row.movement not in ("leaving", "left") and row.place.precision in ("exact", "unlocated") else ""
    when = f" ({say_day(row.occurred_start, year=year)})" if row.occurred_start else ""
    return f"{hedge}{plain(row.force.name)} {row.movement}{at} {name_place(row.place)}{when}"


def say_signal(row: Signal, contents: Contents) -> str:
    """Return a signal in words: "Provincial capital lost: Hama"."""
    subject = f": {plain(row.subject)}" if row.subject else ""
    hedge = "" if row.modality in FACTS else f" ({MODALITY_WORDS[row.modality]})"
    return f"{contents.indicator(row.indicator)}{subject}{hedge}"


def judge_dispute(row: Dispute, contents: Contents) -> Worth:
    """Return what a dispute is worth as a whole: its first position against all others, in independent origins."""
    origins = {origin for position in row.positions for origin in position.origins}
    return replace(judge_position(row, 0, contents), origins=len(origins), copies=_copies(row.positions))


def judge_position(row: Dispute, place: int, contents: Contents) -> Worth:
    """Return what one position of a dispute is worth against the others, in independent origins."""
    ours = row.positions[place]
    others = {origin for position in row.positions for origin in position.origins} - set(ours.origins)
    against = len(others) if row.kind == "contradicts" else 0
    groups = [contents.group_of[one.statement_id] for one in ours.evidence if one.statement_id in contents.group_of]
    letter = min((contents.letter(group.source) for group in groups), default="F")
    rating = rate(["unknown"] * len(ours.origins), against, letter=letter)
    return Worth(rating, len(ours.origins), _copies([ours]), contents.id(row.id))


def _copies(positions: Iterable[Position]) -> int:
    """Return how many pages retell what an origin says."""
    cited = [one for position in positions for one in position.evidence]
    pages = {(one.origin, one.evidence.article_id) for one in cited}
    return len(pages) - len({one.origin for one in cited})
