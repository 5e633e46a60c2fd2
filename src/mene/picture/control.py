"""Who holds each place: a belief drawn from the claims about it, with the opposing claims kept beside it.

Read in this order, first answer wins:
1. the last turn (turns.py) ends with its own side's leaving: *abandoned*, unless somebody takes it;
2. pressure since the last gain: *nearly taken*, *besieged*, *contested*;
3. the last turn stands: *held*;
4. a gain not believed, or told only as possible or conditional: *claimed*.
What nobody speaks of has no row: a place without information stays blank.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mene.picture.belief import CaseRule, Grounds, Voice, add_up, as_belief, cite, count_origins, heard, stand, voice
from mene.picture.claims import Claim
from mene.picture.places import pick_place
from mene.picture.rating import Standing, rate
from mene.picture.sides import Sides, best_letter, party_key, pick_specific
from mene.picture.turns import PlaceClaims, Run, is_believed, read_runs, sort_claims, split_turns
from mene.picture.weights import Weights
from mene.records import Holding, Participant, Place, content_id
from mene.vocabulary import HoldingStatus, Modality

_PRESSURE: tuple[tuple[str, HoldingStatus, str], ...] = (
    ("near", "nearly_taken", "window_nearly"),
    ("siege", "besieged", "window_besieged"),
    ("fight", "contested", "window_contested"),
)
"""Kinds of pressure, the most telling first, with the window in days for which each counts."""


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """A place as read: its holding, and what the disputes are drawn from."""

    key: str
    place: Place
    holding: Holding | None
    grounds: Grounds | None
    turn: Run | None
    rivals: tuple[Run, ...]
    tentative: tuple[Claim, ...]
    evasions: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class _Case:
    """What is to be shown of a place, before it is made a `Holding`; `denials` are those of the voices against."""

    rule: CaseRule
    status: HoldingStatus
    holder: Participant | None
    since: date | None
    voices_for: Sequence[Voice]
    voices_against: Sequence[Voice] = ()
    modality: Modality = "asserted"
    half_life: float = 0.0
    ceiling: float | None = None
    denials: Sequence[Voice] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """What drawing is done with: the codebook's sides, the weights, the day asked and the day faded to."""

    sides: Sides
    weights: Weights
    on: date | None
    at: date | None


def read_place(key: str, claims: Sequence[Claim], frame: Frame) -> PlaceReading | None:
    """Return a place as read from the claims about it; None where none is of the day asked or earlier."""
    return read_sorted(key, sort_claims(claims, frame.sides, frame.weights, frame.on), frame)


def read_sorted(key: str, place: PlaceClaims, frame: Frame) -> PlaceReading | None:
    """Return a place as read from its sorted claims, none of which is of a later day than the one asked."""
    if not place.claims:
        return None
    turns, rivals = split_turns(read_runs(place, frame.sides, frame.weights), frame.weights)
    turn, equals = _settle(turns, frame.weights)
    rivals = [run for run in rivals if turn is None or run.side == "" or run.end >= turn.start] + equals
    shown = pick_place(claim.telling.event.place for claim in place.claims if claim.telling.event.place)
    case = _judge(place, turn, rivals, frame)
    tentative, evasions = place.of("tentative"), [claim for claim in place.claims if claim.euphemism]
    grounds = _ground(case, frame) if case else None
    holding = _hold(key, shown, case, grounds, frame.sides) if case and grounds else None
    return PlaceReading(key, shown, holding, grounds, turn, tuple(rivals), tuple(tentative), tuple(evasions))


def _settle(turns: Sequence[Run], weights: Weights) -> tuple[Run | None, list[Run]]:
    """Return the last turn and what is believed to be others' gains of the same day; the better borne out is the turn.

    Of a turn that began before only what is told for that day is weighed: who held the town until then is no argument,
    nor is a state told in passing against a taking.
    """
    if not turns:
        return None, []
    day = turns[-1].start
    told = [(turn, turn.since(day)) for turn in turns]
    equals = [(turn, part) for turn, part in told if part and (turn is turns[-1] or is_believed(part.voices, weights))]
    if any(part.tells_change for _, part in equals):
        equals = [(turn, part) for turn, part in equals if part.tells_change]
    best, _ = max(equals, key=lambda one: (add_up(one[1].voices, weights), one[0].start, one[0].side))
    return best, [part for turn, part in equals if turn is not best and turn.side != best.side]


def _judge(place: PlaceClaims, turn: Run | None, rivals: Sequence[Run], frame: Frame) -> _Case | None:
    if turn is not None and (case := _abandoned_by(place, turn, frame)):
        return case
    if turn is None and (case := _left(place, frame)):
        return case
    last = _last_told((turn,)) if turn else _last_told(rivals)
    if case := _pressed(place, turn, last, frame):
        return case
    if turn is not None:
        return _held(turn, rivals, frame)
    # Pressure told long ago is still the last that is known of the place; its belief has faded with the days.
    return _claimed(place, rivals, frame) or _pressed(place, None, last, frame, faded=True)


def _last_told(runs: Iterable[Run]) -> date | None:
    """Return the last day for which a gain is told; an undated one ("have taken") stands on the day it is told.

    A state ("government-held Hama") and what is told again end no fighting that is told for the same day.
    """
    told = ((run.gains, run.sound_end) for run in runs)
    return max((_last_day(claim) for gains, end in told for claim in gains if claim.day <= end), default=None)


def _last_day(claim: Claim) -> date:
    told = claim.telling.day or claim.day
    again = claim.is_state or told > claim.day
    last = max(told, claim.day)
    return last - timedelta(days=1) if again and last > date.min else last


def _abandoned_by(place: PlaceClaims, turn: Run, frame: Frame) -> _Case | None:
    """Return the case of a side that left what it held, when that is believed."""
    losses = [
        claim for claim in place.of("loss") if claim.day > turn.sound_end and place.side(claim.party) == turn.side
    ]
    return _case_of_losses(losses, frame)


def _left(place: PlaceClaims, frame: Frame) -> _Case | None:
    """Return the case of a place left by the side at home there, when nobody is believed to have taken it.

    A foreign force that goes empties no place: only its own gain would have made it the holder.
    """
    losses = [claim for claim in place.of("loss") if not _is_foreign(claim)]
    return _case_of_losses(losses, frame)


def _is_foreign(claim: Claim) -> bool:
    home, place = (claim.party.country if claim.party else None), claim.telling.event.place
    return bool(home and place and place.country and home != place.country)


def _case_of_losses(losses: Sequence[Claim], frame: Frame) -> _Case | None:
    voices = [
        voice(claim.telling, stand(claim.telling, None, claim.party, frame.sides), frame.weights)
        for claim in losses
        if not claim.euphemism
    ]
    if not is_believed(voices, frame.weights):
        return None
    return _Case("left", "abandoned", None, _since(losses), voices, half_life=frame.weights.half_life_held)


def _pressed(
    place: PlaceClaims, turn: Run | None, last: date | None, frame: Frame, *, faded: bool = False
) -> _Case | None:
    """Return the case of a place that is nearly taken, besieged or fought over since the last gain there.

    Pressure counts for some days only; with `faded`, older pressure too. Where somebody holds the place, it must be
    believed as a change of hands must be, and ends when the other side is told to have left.
    """
    lifted = _lifted(place, turn, frame) if turn else None
    for effect, status, window in _PRESSURE:
        days = getattr(frame.weights, window)
        claims = [
            claim
            for claim in place.of(effect)
            if (last is None or (claim.day > last if turn else claim.day >= last))
            and (lifted is None or claim.day > lifted)
            and (faded or frame.at is None or (frame.at - claim.day).days <= days)
            and not (turn and effect != "fight" and place.side(claim.party) == turn.side)
        ]
        case = _case_of_pressure(status, claims, turn, place, frame) if claims else None
        if case and (turn is None or is_believed(case.voices_for, frame.weights)):
            return case
    return None


def pressure_spans(place: PlaceClaims, weights: Weights) -> list[tuple[date, date]]:
    """Return the days, first and last, for which each claim of pressure counts: all that a reading asks its day for."""
    return [
        (claim.day, claim.day + timedelta(days=int(getattr(weights, window))))
        for effect, _, window in _PRESSURE
        for claim in place.of(effect)
        if claim.day > date.min
    ]


def _lifted(place: PlaceClaims, turn: Run, frame: Frame) -> date | None:
    """Return the last day on which whoever pressed the holder is believed to have left; None where nobody has."""
    losses = [claim for claim in place.of("loss") if place.side(claim.party) != turn.side and claim.day > turn.start]
    case = _case_of_losses(losses, frame)
    return losses[-1].day if case else None


def _case_of_pressure(
    status: HoldingStatus, claims: Sequence[Claim], turn: Run | None, place: PlaceClaims, frame: Frame
) -> _Case:
    holder = _holder(turn, frame) if turn else None
    voices = [voice(claim.telling, _stand_pressing(claim, holder, place, frame), frame.weights) for claim in claims]
    if holder is None and status != "contested":
        holder = pick_specific([claim.other for claim in claims if claim.other], frame.sides, claims[-1].day)
    modality: Modality = "nearly" if status == "nearly_taken" else "asserted"
    half_life = frame.weights.half_life_pressure if status == "besieged" else frame.weights.half_life_contested
    return _Case("pressed", status, holder, _since(claims), voices, (), modality, half_life)


def _stand_pressing(claim: Claim, holder: Participant | None, place: PlaceClaims, frame: Frame) -> Standing:
    """Return how a teller stands to pressure on a place: it is the holder's loss, whichever side is said to fight."""
    if holder is None:
        return stand(claim.telling, claim.party, claim.other, frame.sides)
    presses = claim.party if place.side(claim.party) != place.side(holder) else None
    return stand(claim.telling, presses, holder, frame.sides)


def _holder(turn: Run, frame: Frame) -> Participant | None:
    parties = [claim.party for claim in turn.gains if claim.party]
    return pick_specific(parties, frame.sides, turn.end if turn.end != date.min else None)


def _held(turn: Run, rivals: Sequence[Run], frame: Frame) -> _Case:
    against = [*turn.voices_against, *_turned(rivals, turn)]
    holder, since = _holder(turn, frame), _since((*turn.gains, *turn.support))
    status: HoldingStatus = "held" if holder else "unknown"
    rule: CaseRule = "held" if holder else "nobody"
    equals = [run for run in rivals if run.start <= turn.end and is_believed(run.voices, frame.weights)]
    best = max((add_up(run.voices, frame.weights) for run in equals), default=None)
    if best is not None and add_up(turn.voices, frame.weights) - best < frame.weights.contested_margin:
        status, rule = "contested", "equals"
    half_life = frame.weights.half_life_held
    return _Case(
        rule, status, holder, since, turn.voices_for, against, half_life=half_life, denials=turn.voices_against
    )


def _claimed(place: PlaceClaims, rivals: Sequence[Run], frame: Frame) -> _Case | None:
    """Return the case of a gain that is claimed, or told as possible; the last one, the better borne out of a day."""
    ceiling = frame.weights.claimed_ceiling
    losses = [
        Voice(claim.telling, "own_interest", frame.weights.euphemism) for claim in place.of("loss") if claim.euphemism
    ]
    if rivals:
        best = max(rivals, key=lambda run: (run.end, add_up(run.voices, frame.weights), run.side))
        others = [run for run in rivals if run is not best and run.side != best.side and run.end >= best.start]
        against = [*best.voices_against, *_turned(others, best)]
        holder, since = _holder(best, frame), _since(best.gains)
        return _Case("claimed", "claimed", holder, since, best.voices_for, against, ceiling=ceiling)
    claims = place.of("tentative")
    if not claims:
        return None
    voices = [
        voice(claim.telling, stand(claim.telling, claim.party, claim.other, frame.sides), frame.weights)
        for claim in claims
    ]
    denials = [
        voice(claim.telling, stand(claim.telling, claim.other, claim.party, frame.sides), frame.weights)
        for claim in place.of("denied_gain")
    ]
    holder = pick_specific([claim.party for claim in claims if claim.party], frame.sides, claims[-1].day)
    modality = min((claim.telling.modality for claim in claims), key=lambda one: -frame.weights.of_modality(one))
    voices += losses
    return _Case("tentative", "claimed", holder, _since(claims), voices, denials, modality, ceiling=ceiling)


def _turned(runs: Iterable[Run], told: Run) -> list[Voice]:
    """Return the voices for other runs as voices against this one, where it was not told again after them.

    Who bears this one out and then tells another gain takes nothing back: "we have retaken" says that it was lost.
    """
    heard_for, end = {one.telling.origin for one in told.voices_for}, told.sound_end
    return [
        Voice(one.telling, one.standing, -abs(one.weight))
        for run in runs
        if run.end >= end
        for one in run.voices_for
        if one.telling.origin not in heard_for
    ]


def _since(claims: Iterable[Claim]) -> date | None:
    """Return the first day of the most exactly dated change; None where none is dated or only a state is told."""
    spans = [
        (width, start)
        for claim in claims
        if (width := claim.telling.width) is not None
        and (start := claim.telling.event.occurred_start) is not None
        and not claim.is_state
    ]
    return min(spans)[1] if spans else None


EVEN = 0.5


def _ground(case: _Case, frame: Frame) -> Grounds:
    """Return what a case rests on. What is more likely wrong than right is nobody's holding, only a claim.

    That is judged by what bears it out and what denies it, before it fades: a town held and not heard of since is still
    held, only less surely, and so is one that others claim without being believed.
    """
    voices = (*case.voices_for, *case.voices_against)
    lasting = case.status == "held"
    grounds = Grounds(voices, frame.weights, frame.at, case.half_life, case.ceiling, case.rule, lasting)
    own = as_belief(add_up((*case.voices_for, *case.denials), frame.weights), frame.weights)
    return replace(grounds, rule="less than even", lasting=False) if lasting and own < EVEN else grounds


def _hold(key: str, place: Place, case: _Case, grounds: Grounds, sides: Sides) -> Holding:
    voices = grounds.voices
    kept = {one.telling.origin for one in heard(voices) if one.weight > 0}
    spoken_for = [one for one in case.voices_for if one.telling.origin in kept] or list(case.voices_for)
    shown = {one.telling.event.id for one in spoken_for}
    against = {one.telling.origin for one in case.voices_against} - kept
    origins, copies = count_origins(spoken_for)
    standings = [one.standing for one in heard(spoken_for)]
    letter = best_letter((one.telling.source for one in spoken_for), sides)
    status: HoldingStatus = "claimed" if grounds.rule == "less than even" else case.status
    return Holding(
        id=content_id("h", key, party_key(case.holder), status),
        place=place,
        holder=case.holder,
        status=status,
        belief=grounds.belief,
        since=case.since,
        evidence_for=cite(spoken_for),
        evidence_against=cite(one for one in voices if one.telling.event.id not in shown),
        origins=origins,
        copies=copies,
        rating=rate(standings, len(against), case.modality, letter=letter),
    )
