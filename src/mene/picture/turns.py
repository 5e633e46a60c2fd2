"""Turns: the spells for which one side after another is told to hold a place.

Gains are read in the order of their days; gains of one side in a row are a run. A run that is believed on its own (at
least `held`) is a turn and ends the one before it; a run that is not is a rival claim, shown beside the turn it
speaks against. So a lone claim of recapture does not move the front, and one neutral report does.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import takewhile

from mene.picture.belief import Voice, add_up, as_belief, stand, voice
from mene.picture.claims import RETAKE_MODE, Claim
from mene.picture.rating import SOUND, Standing
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
    def tells_change(self) -> bool:
        """Whether any of its gains is a taking and not only a state."""
        return not all(claim.is_state for claim in self.gains)

    def has_changed(self, since: date) -> bool:
        """Return whether it tells a taking, other than by partisans alone, on a day or later."""
        last = self.sound_end
        return any(not claim.is_state and since <= claim.day <= last for claim in self.gains)

    @property
    def sound_end(self) -> date:
        """The day of the last gain told by others than partisans and unknown sources; of all where there is none."""
        sound = {one.telling.event.id for one in self.voices_for if one.standing in SOUND}
        return max((claim.day for claim in self.gains if claim.telling.event.id in sound), default=self.end)

    @property
    def voices(self) -> tuple[Voice, ...]:
        """All that speaks for it and against it."""
        return self.voices_for + self.voices_against

    def since(self, day: date) -> "Run | None":
        """Return the part of it that is told for a day and later, None where there is none."""
        gains = tuple(claim for claim in self.gains if claim.day >= day)
        if not gains or len(gains) == len(self.gains):
            return self if gains else None
        support = tuple(claim for claim in self.support if claim.day >= day)
        told = {claim.telling.event.id for claim in (*gains, *support)}
        voices = tuple(one for one in self.voices_for if one.telling.event.id in told)
        return Run(self.side, gains, voices, self.voices_against, support)


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


def sort_claims(claims: Sequence[Claim], sides: Sides, weights: Weights, on: date | None) -> PlaceClaims:
    """Return the claims about one place up to the day `on`, their vague days made as exact as the others allow."""
    told = _drop_history(claims)
    side_of = _find_sides(told, sides)
    kept = _drop_retracted(PlaceClaims(told, side_of))
    dated = [
        claim for claim in _date_vague(PlaceClaims(kept, side_of), sides, weights) if on is None or claim.day <= on
    ]
    return PlaceClaims(tuple(sorted(dated, key=lambda claim: claim.order)), side_of)


def _drop_history(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """Return the claims without the changes of long ago from before the place was first in the news.

    Told late, a change since then is a part of what is known of the place. An older one is not followed up to now:
    who took a town ten years ago says nothing of who holds it, where nothing else is told of the years between.
    """
    first = min((claim.day for claim in claims if not claim.is_late), default=date.max)
    return tuple(claim for claim in claims if not claim.is_late or claim.day >= first)


def _drop_retracted(place: PlaceClaims) -> tuple[Claim, ...]:
    """Return the claims without the changes that their own origin later said had not happened.

    An outlet that corrects itself takes its word back, and so the word of all who copied it: a taking that it denies on
    a later day, and the loss that it told with it. What others say stays, and so does what it tells again afterwards.
    """
    denials: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in place.of("denied_gain"):
        if claim.telling.told_at is not None:
            denials[claim.telling.origin].append(claim)
    return tuple(claim for claim in place.claims if not _is_retracted(claim, denials[claim.telling.origin], place))


def _is_retracted(claim: Claim, denials: Sequence[Claim], place: PlaceClaims) -> bool:
    told = claim.telling.told_at
    if claim.effect not in ("gain", "loss") or claim.is_state or told is None:
        return False
    return any(
        one.telling.told_at is not None
        and one.telling.told_at > told
        and one.day >= claim.day
        and (one.day - claim.day).days <= _RETRACTED
        and (claim.effect == "loss" or not claim.party or _denies(one, place.side(claim.party), place))
        for one in denials
    )


_RETRACTED = 10
"""Days after a change of hands within which its denial, by who told it, takes it back; later, it was lost again."""


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


def _date_vague(place: PlaceClaims, sides: Sides, weights: Weights) -> list[Claim]:
    """Return the claims with vague gains and losses moved to the exact day of the change of hands they retell.

    "The rebels have taken Hama", told on the 7th, and "government forces were forced out on Thursday" are one change.
    A vague claim moves only back, to the last exact day that its span (or, undated, `_RETOLD` days) allows; a day that
    only the side that gains gives is none. So does what is known to be older than the news: see `_before_news`.
    """
    exact: defaultdict[str, list[date]] = defaultdict(list)
    dated = [claim for claim in place.of("gain") if claim.telling.event.occurred_end and not claim.is_state]
    news = [claim for claim in dated if not _is_partisan(claim, sides)]
    for claim in news:
        if claim.is_dated:
            exact[place.side(claim.party)].append(claim.day)
    losers: defaultdict[str, list[date]] = defaultdict(list)
    for claim in place.of("loss"):
        if claim.is_dated and not claim.euphemism:
            losers[place.side(claim.party)].append(claim.day)
    gained = {side: sorted(days + _of_others(losers, side)) for side, days in exact.items()}
    moved = (_move_back(claim, place, exact, losers, gained) for claim in place.claims)
    told = _News(news)
    return [_before_news(claim, place, told, sides, weights) for claim in moved]


def _is_partisan(claim: Claim, sides: Sides) -> bool:
    """Return whether a side tells its own gain: "we still hold Hama" contradicts the news, whoever is late with it."""
    return stand(claim.telling, claim.party, claim.other, sides) == "own_interest"


class _News:
    """The dated takings of a place, by day: all, those of each origin, and the retakings, all and of each article."""

    def __init__(self, changes: Iterable[Claim]) -> None:
        self._all = sorted(changes, key=lambda change: change.order)
        self._retold = [change for change in self._all if change.telling.event.mode == RETAKE_MODE]
        self._of_origin: defaultdict[str, list[Claim]] = defaultdict(list)
        self._of_article: defaultdict[str, list[Claim]] = defaultdict(list)
        for change in self._all:
            self._of_origin[change.telling.origin].append(change)
        for change in self._retold:
            self._of_article[change.telling.event.evidence.article_id].append(change)

    def overtaking(self, claim: Claim, window: int) -> tuple[Iterator[Claim], ...]:
        """Return the takings, the last first, whose news makes an undated state old: its own origin's, and all near."""
        told = claim.telling.told_at
        if claim.telling.width is not None or told is None:
            return ()
        same = _back_from(self._of_origin[claim.telling.origin], claim.day, date.min)
        near = _back_from(self._all, claim.day, _shift(told, -window))
        return _told_after(same, told), _told_after(near, told)

    def retakings(self, claim: Claim) -> tuple[Iterator[Claim], ...]:
        """Return the retakings, the last first, in the days that a taking spans; of an undated one, told after it."""
        width, told = claim.telling.width, claim.telling.event.evidence
        if width is not None:
            return (_back_from(self._retold, claim.day, _shift(claim.day, -width)),)
        same = _back_from(self._of_article[told.article_id], claim.day, date.min)
        return ((change for change in same if change.telling.event.evidence.start > told.start),)


def _told_after(changes: Iterator[Claim], day: date) -> Iterator[Claim]:
    return (change for change in changes if change.telling.told_at is not None and change.telling.told_at > day)


def _back_from(claims: Sequence[Claim], last: date, first: date) -> Iterator[Claim]:
    """Yield the claims, sorted by day, of the days from `first` to `last`, both included, the last first."""
    index = bisect_right(claims, last, key=lambda claim: claim.day)
    while index and claims[index - 1].day >= first:
        index -= 1
        yield claims[index]


def _before_news(claim: Claim, place: PlaceClaims, news: _News, sides: Sides, weights: Weights) -> Claim:
    """Return a claim on the eve of another side's dated gain that it must have come before.

    A state ("rebel-held Hama", "fighting in Hama") told after a change of hands but before the news of it, within
    `window_news` days of the change, does not know of it; an origin's own news replaces what it said before, however
    late. A taking within days in which the other side *retook* the place came first.
    """
    if claim.effect not in _OVERTAKEN or claim.is_dated or claim.day == date.min or _is_partisan(claim, sides):
        return claim
    side = place.side(claim.party)
    if claim.effect == "gain" and not side:
        return claim
    taken = claim.effect == "gain" and not claim.is_state
    later = news.retakings(claim) if taken else news.overtaking(claim, int(weights.window_news))
    others = ((one for one in changes if claim.effect != "gain" or _is_of_other(one, side, place)) for changes in later)
    days = [first.day for changes in others if (first := next(changes, None))]
    return replace(claim, day=_shift(max(days), -1)) if days else claim


def _is_of_other(change: Claim, side: str, place: PlaceClaims) -> bool:
    return place.side(change.party) not in ("", side)


_OVERTAKEN = frozenset({"gain", "fight", "siege", "near"})


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
    groups = _group_gains(place, weights)
    losses, denials = place.of("loss"), place.of("denied_gain", "denied_loss")
    nexts = [*(group.gains[0].day for group in groups[1:]), date.max][: len(groups)]
    return [
        _run(
            group,
            _supporting(group, change, losses, place, weights),
            _denying(group, until, denials, place),
            sides,
            weights,
        )
        for group, until, change in zip(groups, nexts, _next_changes(groups), strict=True)
    ]


@dataclass(slots=True)
class _Group:
    """Gains told as one change of hands; `changed` is the day of the first that is a taking and not only a state."""

    side: str
    gains: list[Claim]
    changed: date | None

    def add(self, claim: Claim, side: str) -> None:
        """Add a later gain of the same side."""
        self.gains.append(claim)
        self.side = self.side or side
        self.changed = self.changed or _changed(claim)


def _changed(claim: Claim) -> date | None:
    return None if claim.is_state else claim.day


def _group_gains(place: PlaceClaims, weights: Weights) -> list[_Group]:
    """Return the gains in runs of one side; a fall told without its author goes to whoever is told to have taken it.

    Of one day's gains those with an author come first, so that a fall is not the doing of who held the place before.
    """
    groups: list[_Group] = []
    gains = place.of("gain")
    for claim in sorted(gains, key=lambda one: (one.day, not place.side(one.party), place.side(one.party), one.order)):
        side = place.side(claim.party)
        if groups and _goes_on(groups[-1], claim, weights) and (side in ("", groups[-1].side) or not groups[-1].side):
            groups[-1].add(claim, side)
        else:
            groups.append(_Group(side, [claim], _changed(claim)))
    return groups


def _next_changes(groups: Sequence[_Group]) -> list[date]:
    """Return for each run the day on which another side next takes the place; a state told in passing is no taking."""
    taken: dict[str, date] = {}
    nexts = []
    for group in reversed(groups):
        nexts.append(min((day for side, day in taken.items() if side != group.side), default=date.max))
        if group.changed is not None:
            taken[group.side] = group.changed
    return nexts[::-1]


def _goes_on(group: _Group, claim: Claim, weights: Weights) -> bool:
    """Return whether a gain belongs with those before it, apart from its side, as told of one change of hands.

    Rumours more than `window_run` days apart do not bear each other out. Nor does a town called a side's bear out that
    the side takes it later: it would have lost it in between.
    """
    near = (claim.day - group.gains[-1].day).days <= weights.window_run
    taken_later = group.changed is None and not claim.is_state and claim.day > group.gains[-1].day
    return near and not taken_later


def _supporting(
    group: _Group, until: date, losses: Sequence[Claim], place: PlaceClaims, weights: Weights
) -> list[Claim]:
    """Return the losses of other sides that are the other half of these gains; one admitted may be told long after."""
    first, last = group.gains[0].day, group.gains[-1].day
    begin, end = _shift(first, -int(weights.window_same_change)), _shift(last, int(weights.window_admitted))
    found = _between(losses, begin, min(end, until))
    return [claim for claim in found if place.side(claim.party) != group.side]


def _denying(group: _Group, until: date, denials: Sequence[Claim], place: PlaceClaims) -> list[Claim]:
    """Return the denials of these gains: made from their first day on, before the next run begins."""
    first = group.gains[0].day
    last = _shift(until, -1) if until > first and until != date.max else until
    return [
        claim
        for claim in _between(denials, first, last)
        if _denies(claim, group.side, place) and (claim.party or group.changed)  # "it has not fallen" denies no holder
    ]


def _between(claims: Sequence[Claim], first: date, last: date) -> Sequence[Claim]:
    """Return the claims, sorted by day, of the days from `first` to `last`, both included."""
    start = bisect_left(claims, first, key=lambda claim: claim.day)
    return claims[start : bisect_right(claims, last, key=lambda claim: claim.day)]


def _shift(day: date, days: int) -> date:
    """Return a day moved by some days, kept within the calendar."""
    return date.fromordinal(max(1, min(day.toordinal() + days, date.max.toordinal())))


def _run(group: _Group, support: list[Claim], denials: list[Claim], sides: Sides, weights: Weights) -> Run:
    gainer = next((claim.party for claim in group.gains if claim.party), None)
    voices_for = [voice(c.telling, stand(c.telling, c.party or gainer, c.other, sides), weights) for c in group.gains]
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
        elif is_believed(run.voices, weights) and not (turns and _is_stale(run, turns[-1], weights)):
            turns.append([run])
        else:
            rivals.append(run)
    return [_join(turn) for turn in turns], rivals


def _is_stale(run: Run, turn: Sequence[Run], weights: Weights) -> bool:
    """Return whether a run only speaks of a state soon after it ended, and less surely than its end is told.

    Who writes "government-held Hama" days after the rebels took it may not have heard; a change back would be told.
    """
    if run.support or run.tells_change:
        return False
    since = _shift(run.end, -int(weights.window_stale))
    recent = takewhile(lambda one: one.end >= since, reversed(turn))
    told = [add_up(one.voices, weights) for one in recent if one.has_changed(since)]
    return bool(told) and add_up(run.voices, weights) <= max(told)


def _is_conceded(voices: Sequence[Voice], weights: Weights) -> bool:
    """Return whether a side tells its own loss evasively, and enough others tell it plainly: that is an admission."""
    heard_for = [one for one in voices if one.weight > 0]
    evasive = {
        one.telling.origin
        for one in heard_for
        if one.standing == "own_interest" and one.telling.event.type in ("RETREAT", "MOBILIZE")
    }
    return bool(evasive) and len({one.telling.origin for one in heard_for} - evasive) >= weights.conceded_by


def is_believed(voices: Sequence[Voice], weights: Weights) -> bool:
    """Return whether voices carry a proposition: at least `held`, and not by partisans and unknown sources alone."""
    sound = any(one.weight > 0 and one.standing in SOUND for one in voices) or _is_conceded(voices, weights)
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
