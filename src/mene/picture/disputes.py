"""Incompatible claims side by side: who holds a place, whether a thing happened, and how many.

Different figures for one event are estimates that differ (`differs_in_estimate`), no contradiction. A dispute stays
on record when it is settled: `resolved_by` is the statement by which the losing or denying side came to admit it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from mene.picture.belief import Voice, count_origins, stand
from mene.picture.claims import Claim
from mene.picture.control import Frame, PlaceReading
from mene.picture.occurrences import FIGURES, last_counts
from mene.picture.places import PINNED, place_key
from mene.picture.sides import are_together, party_key
from mene.picture.tellings import FACTS, Telling
from mene.picture.turns import Run
from mene.records import Citation, Count, Dispute, Event, Occurrence, Position, content_id
from mene.vocabulary import DisputeKind

_QUOTE_LENGTH = 160


_OVER_PLACES = "who holds "
_GROUPS: Mapping[DisputeKind, int] = {"contradicts": 1, "differs_in_estimate": 2}


def order_of_dispute(dispute: Dispute) -> tuple[int, str, str]:
    """Return the place of a dispute among all: those over places first, then over events, then over figures."""
    group = 0 if dispute.subject.startswith(_OVER_PLACES) else _GROUPS[dispute.kind]
    return (group, dispute.subject, dispute.id)


# --- places ----------------------------------------------------------------------------------------------------------


def dispute_places(readings: Iterable[PlaceReading], frame: Frame) -> list[Dispute]:
    """Return the disputes over who holds places."""
    return [dispute for reading in readings if (dispute := _dispute_place(reading, frame))]


def _dispute_place(reading: PlaceReading, frame: Frame) -> Dispute | None:
    name = reading.place.name
    runs = [reading.turn] if reading.turn else []
    runs += reading.rivals
    positions = [_position(_claim_of_run(run, name), (one.telling for one in run.voices_for)) for run in runs]
    denials = [one for run in runs for one in run.voices_against]
    if denials:
        positions.append(_position(f"{_taker(runs)} did not take {name}", (one.telling for one in denials)))
    if reading.tentative and reading.turn is None:
        tellings = [claim.telling for claim in reading.tentative]
        positions.append(_position(f"{_taker_of(reading.tentative)} may have taken {name}", tellings))
    positions += _evasive_positions(reading, runs, frame)
    if len({position.claim for position in positions}) < 2:
        return None
    against = [*denials, *(one for run in reading.rivals for one in run.voices_for)]
    resolved = _admission(runs[0], against, reading, frame) if runs else None
    return _dispute(f"{_OVER_PLACES}{name}", "contradicts", positions, reading.key, resolved)


def _claim_of_run(run: Run, name: str) -> str:
    if all(claim.is_state for claim in run.gains):
        return f"{name} held by {_taker([run])}"
    return f"{_taker([run])} took {name}"


def _taker(runs: Sequence[Run]) -> str:
    return _taker_of([claim for run in runs[:1] for claim in run.gains])


def _taker_of(claims: Sequence[Claim]) -> str:
    return next((claim.party.name for claim in claims if claim.party), "an unnamed side")


def _evasive_positions(reading: PlaceReading, runs: Sequence[Run], frame: Frame) -> Iterator[Position]:
    """Yield the words in which a side tells its loss without naming it, beside the gain they stand against."""
    days = [claim.day for run in runs for claim in run.gains] + [claim.day for claim in reading.tentative]
    window = frame.weights.window_same_change
    by_side: defaultdict[str, list[Telling]] = defaultdict(list)
    for claim in reading.evasions:
        if claim.party and any(abs((claim.day - day).days) <= window for day in days):
            by_side[party_key(claim.party)].append(claim.telling)
    for _, tellings in sorted(by_side.items()):
        yield _position(f"{tellings[0].citation.origin}: “{_quote(tellings[0])}”", tellings)


def _quote(telling: Telling) -> str:
    words = " ".join(telling.statement.text.split())
    return words if len(words) <= _QUOTE_LENGTH else words[:_QUOTE_LENGTH].rsplit(" ", 1)[0] + " …"


def _admission(run: Run, against: Sequence[Voice], reading: PlaceReading, frame: Frame) -> str | None:
    """Return the statement by which the losing side admits the gain, said on the day of its last denial or later."""
    last = max(
        [one.telling.told_at or date.max for one in against]
        + [claim.telling.told_at or date.max for claim in reading.evasions],
        default=date.min,
    )
    evasive = {claim.telling.event.id for claim in reading.evasions}
    denials = {one.telling.statement.id for one in against}
    admitted = [
        one.telling
        for one in run.voices_for
        if one.standing == "against_interest"
        and one.telling.event.id not in evasive
        and one.telling.statement.id not in denials
        and (one.telling.told_at or date.min) >= last
    ]
    return min(admitted, key=_told_order).statement.id if admitted else None


def _told_order(telling: Telling) -> tuple[date, int]:
    return (telling.told_at or date.max, telling.order)


# --- events ----------------------------------------------------------------------------------------------------------


def dispute_events(tellings: Iterable[Telling], frame: Frame) -> list[Dispute]:
    """Return the events that one origin tells and another denies: of one type, place and, within a day, date."""
    told: defaultdict[tuple[str, str, date | None], list[Telling]] = defaultdict(list)
    denied: defaultdict[tuple[str, str, str, date], list[Telling]] = defaultdict(list)
    for telling in _current(tellings, frame):
        where = where_told(telling.event, telling.statement.evidence.article_id)
        if _is_control(telling) or where is None:
            continue
        if telling.modality == "negated":
            actor = party_key(telling.event.actors[0] if telling.event.actors else None)
            denied[telling.event.type, where, actor, telling.day or date.min].append(telling)
        elif telling.is_fact:
            told[telling.event.type, where, telling.day].append(telling)
    disputes = []
    for (kind, where, actor, day), denials in sorted(denied.items()):
        near = [one for other in _around(day) for one in told.get((kind, where, other), ())]
        if near and (dispute := _dispute_event((kind, where, actor, day), near, denials, frame)):
            disputes.append(dispute)
    return disputes


def _around(day: date) -> list[date | None]:
    """Return the days on which what is denied for a day may be told: within a day, or on none."""
    at = day.toordinal()
    first, last = max(date.min.toordinal(), at - 1), min(date.max.toordinal(), at + 1)
    return [None, *(date.fromordinal(one) for one in range(first, last + 1))]


def _current(tellings: Iterable[Telling], frame: Frame) -> Iterator[Telling]:
    return (telling for telling in tellings if frame.on is None or (telling.day or date.min) <= frame.on)


def _is_control(telling: Telling) -> bool:
    """Return whether the telling is about who holds a place, which `_dispute_place` deals with."""
    place = telling.event.place
    return telling.event.type in ("SEIZE", "RETREAT") and place is not None and place.precision != "country"


def where_told(event: Event, article_id: str) -> str | None:
    """Return where an event is told to be, or, told without a place, who is said to have done it to whom.

    An area is too wide to tell one event from another: there two origins may speak of different ones.
    """
    if event.place is not None:
        return place_key(event.place, article_id) if event.place.precision in PINNED else None
    if event.actors and event.recipients:
        return f"{party_key(event.actors[0])} -> {party_key(event.recipients[0])}"
    return None


def _dispute_event(
    key: tuple[str, str, str, date], told: Sequence[Telling], denials: Sequence[Telling], frame: Frame
) -> Dispute | None:
    denial = denials[0]
    deniers = {one.origin for one in denials}
    same = sorted((one for one in told if _is_same_act(one, denial, frame)), key=lambda one: one.order)
    asserted = [one for one in same if one.origin not in deniers]
    if not asserted:
        return None
    name = _what(denial)
    last = max((one.told_at or date.max) for one in denials)
    resolving = [one for one in same if (one.told_at or date.min) > last and _speaks_against_itself(one, frame)]
    resolved = min(resolving, key=_told_order).statement.id if resolving else None
    positions = [_position(f"{name} happened", asserted), _position(f"{name} did not happen", denials)]
    return _dispute(name, "contradicts", positions, "|".join(map(str, key)), resolved)


def _is_same_act(one: Telling, other: Telling, frame: Frame) -> bool:
    """Return whether two tellings may be of one act: by one side, or with nobody named on one of them."""
    ours, theirs = one.event.actors[:1], other.event.actors[:1]
    if one.event.mode and other.event.mode and one.event.mode != other.event.mode:
        return False
    return not ours or not theirs or are_together(ours[0], theirs[0], frame.sides, one.sides_on)


def _speaks_against_itself(telling: Telling, frame: Frame) -> bool:
    actor = telling.event.actors[0] if telling.event.actors else None
    return stand(telling, None, actor, frame.sides) == "against_interest"


def _what(telling: Telling) -> str:
    event = telling.event
    names = [party.name for party in (*event.actors[:1], *event.recipients[:1])]
    words = f"{event.type}{f' ({event.mode})' if event.mode else ''} {' -> '.join(names)}".strip()
    return f"{words} at {event.place.name}" if event.place else words


# --- figures ---------------------------------------------------------------------------------------------------------


def dispute_figures(occurrences: Iterable[Occurrence], tellings: Iterable[Telling], frame: Frame) -> list[Dispute]:
    """Return the events for which independent origins give figures that do not overlap."""
    by_id = {telling.event.id: telling for telling in _current(tellings, frame)}
    found: list[Dispute | None] = []
    for occurrence in occurrences:
        if occurrence.modality in FACTS and not occurrence.background and len(occurrence.origins) > 1:
            told = [by_id[member.event_id] for member in occurrence.members if member.event_id in by_id]
            found += [_differ(occurrence, figure, list(last_counts(told, figure).values())) for figure in FIGURES]
    return [dispute for dispute in found if dispute]


def _differ(occurrence: Occurrence, figure: str, told: Sequence[tuple[Telling, Count]]) -> Dispute | None:
    by_count: defaultdict[tuple[int, int | None], list[Telling]] = defaultdict(list)
    for telling, count in told:
        by_count[count.low, count.high].append(telling)
    if len(by_count) < 2 or max(low for low, _ in by_count) <= min(
        float("inf") if high is None else high for _, high in by_count
    ):
        return None
    place = f" at {occurrence.place.name}" if occurrence.place else ""
    day = f" on {occurrence.occurred_start.isoformat()}" if occurrence.occurred_start else ""
    subject = f"{figure} in {occurrence.type}{place}{day}"
    positions = [_position(f"{_figure(*count)} {figure}", by_count[count]) for count in sorted(by_count, key=str)]
    return _dispute(subject, "differs_in_estimate", positions, f"{figure}|{occurrence.id}", None)


def _figure(low: int, high: int | None) -> str:
    if high is None:
        return f"at least {low}"
    return str(low) if low == high else f"{low} to {high}"


# --- records ---------------------------------------------------------------------------------------------------------


def _position(claim: str, tellings: Iterable[Telling]) -> Position:
    ordered = sorted(tellings, key=lambda telling: telling.order)
    citations: dict[str, Citation] = {}
    for telling in ordered:
        citations.setdefault(telling.statement.id, telling.citation)
    origins, _ = count_origins(Voice(telling, "neutral", 1.0) for telling in ordered)
    return Position(claim, tuple(citations.values()), origins)


def _dispute(
    subject: str, kind: DisputeKind, positions: Iterable[Position], key: str, resolved_by: str | None
) -> Dispute:
    return Dispute(content_id("d", kind, subject, key), subject, kind, tuple(positions), resolved_by)
