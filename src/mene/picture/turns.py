"""Turns: the spells for which one side after another is told to hold a place.

Gains are read in the order of their days; gains of one side in a row are a run. A run that is believed on its own (at
least `held`) is a turn and ends the one before it; a run that is not is a rival claim, shown beside the turn it
speaks against. So a lone claim of recapture does not move the front, and one neutral report does.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mene.picture.belief import Voice, add_up, as_belief, stand, voice
from mene.picture.claims import Claim
from mene.picture.rating import Standing
from mene.picture.sides import Sides, are_together, party_key
from mene.picture.weights import Weights
from mene.records import Participant


@dataclass(frozen=True, slots=True)
class Run:
    """Gains of one side in a row, with the voices for them and against; `side` is "" where nobody is named."""

    side: str
    gains: tuple[Claim, ...]
    voices_for: tuple[Voice, ...]
    voices_against: tuple[Voice, ...]
    support: tuple[Claim, ...]

    @property
    def start(self) -> date:
        """The day of its first gain."""
        return self.gains[0].day

    @property
    def end(self) -> date:
        """The day of its last gain."""
        return self.gains[-1].day

    @property
    def voices(self) -> tuple[Voice, ...]:
        """All that speaks for it and against it."""
        return self.voices_for + self.voices_against


@dataclass(frozen=True, slots=True)
class PlaceClaims:
    """The claims about one place on one day, sorted, with the side of every party that is named there."""

    claims: tuple[Claim, ...]
    side_of: dict[str, str]

    def of(self, *effects: str) -> list[Claim]:
        """Return the claims of some effects, in order."""
        return [claim for claim in self.claims if claim.effect in effects]

    def side(self, party: Participant | None) -> str:
        """Return the side of a party; "" for nobody."""
        return self.side_of.get(party_key(party), "")


def sort_claims(claims: Sequence[Claim], sides: Sides, on: date | None) -> PlaceClaims:
    """Return the claims about one place up to the day `on`, their vague days made as exact as the others allow."""
    side_of = _find_sides(claims, sides)
    dated = _date_vague(PlaceClaims(tuple(claims), side_of))
    kept = [claim for claim in dated if on is None or claim.day <= on]
    return PlaceClaims(tuple(sorted(kept, key=lambda claim: claim.order)), side_of)


def _find_sides(claims: Sequence[Claim], sides: Sides) -> dict[str, str]:
    """Return a side for each party at the place: parties that belong together on the first day both are told of."""
    first: dict[str, tuple[date, Participant]] = {}
    for claim in claims:
        day = claim.telling.sides_on or date.min
        for party in (claim.party, claim.other):
            key = party_key(party)
            if party and (key not in first or day < first[key][0]):
                first[key] = (day, party)
    side_of: dict[str, str] = {}
    for key in sorted(first):
        day, party = first[key]
        joined = {
            side
            for other, side in side_of.items()
            if are_together(party, first[other][1], sides, max(day, first[other][0]))
        }
        side = min(joined, default=key)
        side_of = {other: side if old in joined else old for other, old in side_of.items()}
        side_of[key] = side
    return side_of


def _date_vague(place: PlaceClaims) -> list[Claim]:
    """Return the claims with vague gains and losses moved to the exact day of the change of hands they retell.

    "The rebels have taken Hama", told on the 7th, and "government forces were forced out on Thursday" are one change.
    A vague claim moves only back, to the last exact day that its span (or, undated, `_RETOLD` days) allows.
    """
    exact: defaultdict[str, list[date]] = defaultdict(list)
    for claim in place.of("gain"):
        if claim.is_dated:
            exact[place.side(claim.party)].append(claim.day)
    losers: defaultdict[str, list[date]] = defaultdict(list)
    for claim in place.of("loss"):
        if claim.is_dated and not claim.euphemism:
            losers[place.side(claim.party)].append(claim.day)
    gained = {side: sorted(days + _of_others(losers, side)) for side, days in exact.items()}
    return [_move_back(claim, place, exact, losers, gained) for claim in place.claims]


_RETOLD = 14
"""Days for which a change of hands is retold without its day; after that an undated report is taken as a new one."""


def _of_others(days: dict[str, list[date]], side: str) -> list[date]:
    return [day for other, found in days.items() if other != side for day in found]


def _move_back(
    claim: Claim,
    place: PlaceClaims,
    exact: dict[str, list[date]],
    losers: dict[str, list[date]],
    gained: dict[str, list[date]],
) -> Claim:
    if claim.effect not in ("gain", "loss") or claim.is_dated or claim.is_state or claim.day == date.min:
        return claim
    side = place.side(claim.party)
    if claim.effect == "gain":
        if side not in gained:
            gained[side] = sorted(_of_others(losers, side))
        days = gained[side]
    else:
        days = sorted(losers.get(side, []) + _of_others(exact, side))
    earliest = claim.day - timedelta(days=claim.telling.width or _RETOLD)
    index = bisect_right(days, claim.day)
    return replace(claim, day=days[index - 1]) if index and days[index - 1] >= earliest else claim


def read_runs(place: PlaceClaims, sides: Sides, weights: Weights) -> list[Run]:
    """Return the runs of gains at a place, oldest first, each with what speaks for it and against it."""
    groups = _group_gains(place)
    losses, denials = place.of("loss"), place.of("denied_gain", "denied_loss")
    untils = [*(group.gains[0].day for group in groups[1:]), date.max][: len(groups)]
    return [
        _run(
            group,
            _supporting(group, until, losses, place, weights),
            _denying(group, until, denials, place),
            sides,
            weights,
        )
        for group, until in zip(groups, untils, strict=True)
    ]


@dataclass(slots=True)
class _Group:
    side: str
    gains: list[Claim]


def _group_gains(place: PlaceClaims) -> list[_Group]:
    """Return the gains in runs of one side; a fall told without its author goes to whoever is told to have taken it.

    Of one day's gains those with an author come first, so that a fall is not the doing of who held the place before.
    """
    groups: list[_Group] = []
    gains = place.of("gain")
    for claim in sorted(gains, key=lambda one: (one.day, not place.side(one.party), place.side(one.party), one.order)):
        side = place.side(claim.party)
        if groups and (side in ("", groups[-1].side) or not groups[-1].side):
            groups[-1].gains.append(claim)
            groups[-1].side = groups[-1].side or side
        else:
            groups.append(_Group(side, [claim]))
    return groups


def _supporting(
    group: _Group, until: date, losses: Sequence[Claim], place: PlaceClaims, weights: Weights
) -> list[Claim]:
    """Return the losses of other sides that are the other half of these gains."""
    window = int(weights.window_same_change)
    first, last = group.gains[0].day, group.gains[-1].day
    found = _between(losses, _shift(first, -window), min(_shift(last, window), until))
    return [claim for claim in found if place.side(claim.party) != group.side]


def _denying(group: _Group, until: date, denials: Sequence[Claim], place: PlaceClaims) -> list[Claim]:
    """Return the denials of these gains: made from their first day on, before the next run begins."""
    first = group.gains[0].day
    last = _shift(until, -1) if until > first and until != date.max else until
    return [claim for claim in _between(denials, first, last) if _denies(claim, group.side, place)]


def _between(claims: Sequence[Claim], first: date, last: date) -> Sequence[Claim]:
    """Return the claims, sorted by day, of the days from `first` to `last`, both included."""
    start = bisect_left(claims, first, key=lambda claim: claim.day)
    return claims[start : bisect_right(claims, last, key=lambda claim: claim.day)]


def _shift(day: date, days: int) -> date:
    """Return a day moved by some days, kept within the calendar."""
    return date.fromordinal(max(1, min(day.toordinal() + days, date.max.toordinal())))


def _run(group: _Group, support: list[Claim], denials: list[Claim], sides: Sides, weights: Weights) -> Run:
    gainer = next((claim.party for claim in group.gains if claim.party), None)
    voices_for = [voice(c.telling, stand(c.telling, c.party, c.other, sides), weights) for c in group.gains]
    voices_for += [_voice_of_loss(claim, gainer, sides, weights) for claim in support]
    voices_against = [voice(c.telling, _stand_denying(c, gainer, sides), weights) for c in denials]
    return Run(group.side, tuple(group.gains), tuple(voices_for), tuple(voices_against), tuple(support))


def _denies(claim: Claim, side: str, place: PlaceClaims) -> bool:
    if claim.effect == "denied_loss":
        return place.side(claim.party) != side
    return claim.party is None or place.side(claim.party) == side


def _stand_denying(claim: Claim, gainer: Participant | None, sides: Sides) -> Standing:
    """Return how a denier stands: who denies the other side's gain speaks for its own."""
    if claim.effect == "denied_loss":
        return stand(claim.telling, claim.party, gainer, sides)
    return stand(claim.telling, claim.other, claim.party or gainer, sides)


def _voice_of_loss(claim: Claim, gainer: Participant | None, sides: Sides, weights: Weights) -> Voice:
    if claim.euphemism:
        return Voice(claim.telling, "own_interest", weights.euphemism)
    return voice(claim.telling, stand(claim.telling, gainer, claim.party, sides), weights)


def split_turns(runs: Sequence[Run], weights: Weights) -> tuple[list[Run], list[Run]]:
    """Return the turns, oldest first, and the rival runs that are claimed but not believed."""
    turns: list[list[Run]] = []
    rivals: list[Run] = []
    for run in runs:
        if turns and turns[-1][0].side == run.side:
            turns[-1].append(run)
        elif is_believed(run.voices, weights):
            turns.append([run])
        else:
            rivals.append(run)
    return [_join(turn) for turn in turns], rivals


def is_believed(voices: Sequence[Voice], weights: Weights) -> bool:
    """Return whether voices carry a proposition: at least `held`, and not by a side's word for its own gain alone."""
    sound = any(one.weight > 0 and one.standing != "own_interest" for one in voices)
    return sound and as_belief(add_up(voices, weights), weights) >= weights.held


def _join(runs: Sequence[Run]) -> Run:
    if len(runs) == 1:
        return runs[0]
    return Run(
        runs[0].side,
        tuple(claim for run in runs for claim in run.gains),
        _once(one for run in runs for one in run.voices_for),
        _once(one for run in runs for one in run.voices_against),
        tuple({claim.telling.event.id: claim for run in runs for claim in run.support}.values()),
    )


def _once(voices: Iterable[Voice]) -> tuple[Voice, ...]:
    return tuple({one.telling.event.id: one for one in voices}.values())
