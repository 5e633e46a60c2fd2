"""Event coreference: which tellings, of one article or of many, tell the same event; as sets, each member with a score.

1. States ("rebel-held Idlib", "X backs Y", a siege) are one where place, sides and mode are the same; they have no day.
2. Within each article, then over all articles, sets that are each other's likeliest are joined, round after round,
   until none is likely enough. A set is compared by all that its tellings say together: its days are those that every
   telling allows, its place the most precise one. So nothing joins a set that any of its tellings bars.
3. Only tellings that name a place and, to a few days, a day are joined so. A vague one is added afterwards, to the set
   that it fits clearly better than any other, and changes nothing about it: it never ties two events together.

Ties are broken by ids, so the result depends on the set of tellings alone.
"""

import math
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import NamedTuple

from mene.picture.claims import SIEGE_MODES, STATE_MODES
from mene.picture.coreference_words import load_coreference_words
from mene.picture.likeness import likeness
from mene.picture.places import place_key
from mene.picture.profiles import Profile, merge, profile_of
from mene.picture.sides import Sides
from mene.picture.tellings import Telling
from mene.picture.where import spell
from mene.vocabulary import is_backing

_MOST_COMPARED = 12
"""Tellings against which the others of their set are scored."""
_FEWEST_KILLED = 3
"""A toll below this is shared by too many events to look for others by it."""


Pair = tuple[str, str]
"""Two keys of profiles, the smaller first."""


@dataclass(frozen=True, slots=True)
class Group:
    """The tellings of one event. `scores` gives each event's probability of belonging to the rest, by its id."""

    profile: Profile
    scores: Mapping[str, float]


def group_tellings(tellings: Sequence[Telling], firsts: Mapping[str, str], sides: Sides) -> tuple[Group, ...]:
    """Return the events that tellings tell, by the smallest id of each; every telling is in exactly one.

    `firsts` gives the statement that a copy is folded under, for copies only.
    """
    states: defaultdict[tuple[str, ...], list[Profile]] = defaultdict(list)
    changes: defaultdict[str, list[Profile]] = defaultdict(list)
    for telling in tellings:
        profile = profile_of(telling, firsts.get(telling.statement.id, telling.statement.id))
        if is_state(telling):
            states[_state_key(telling, profile)].append(profile)
        else:
            changes[telling.statement.evidence.article_id].append(profile)
    singles = {one.key: one for kept in changes.values() for one in kept}
    within = [joined for kept in changes.values() for joined in join(kept, sides)]
    joined = join(within, sides)
    groups = [_group(one, singles, sides) for one in joined]
    groups += [_group_of_state(kept) for kept in states.values()]
    return tuple(sorted(groups, key=lambda group: group.profile.key))


# --- states -----------------------------------------------------------------------------------------------------------


def is_state(telling: Telling) -> bool:
    """Return whether a telling tells how things stand and not what changed."""
    mode = telling.event.mode
    return mode in STATE_MODES or mode in SIEGE_MODES or is_backing(mode)


def _state_key(telling: Telling, profile: Profile) -> tuple[str, ...]:
    event = telling.event
    place = place_key(event.place, telling.statement.evidence.article_id) if event.place else ""
    parties = ("+".join(sorted(profile.actors)), "+".join(sorted(profile.recipients)))
    alone = "" if place or any(parties) else event.id
    mode = (event.mode or "") if is_backing(event.mode) else ""
    return (event.type, mode, place, *parties, profile.status, str(profile.background), alone)


def _group_of_state(kept: Sequence[Profile]) -> Group:
    profile = reduce(merge, sorted(kept, key=lambda one: one.key))
    return Group(profile, dict.fromkeys(profile.events, 1.0))


# --- joining ----------------------------------------------------------------------------------------------------------


def join(profiles: Iterable[Profile], sides: Sides) -> list[Profile]:
    """Return profiles with those of one event made one: first the anchored, then the vague."""
    anchored: list[Profile] = []
    vague: list[Profile] = []
    for one in sorted(profiles, key=lambda one: one.key):
        (anchored if one.is_anchored else vague).append(one)
    anchored = _join_likeliest(anchored, sides)
    homes = _find_homes(vague, anchored, sides)
    added: defaultdict[str, list[Profile]] = defaultdict(list)
    for one in vague:
        if one.key in homes:
            added[homes[one.key]].append(one)
    left = _join_likeliest([one for one in vague if one.key not in homes], sides)
    return [reduce(merge, added[one.key], one) for one in anchored] + left


def _join_likeliest(profiles: Sequence[Profile], sides: Sides) -> list[Profile]:
    """Return profiles joined in rounds: those that are each other's likeliest become one, until none is likely enough.

    As against joining one pair after the other, a round costs one look at each pair that is near, and there are few.
    """
    alive = {one.key: one for one in profiles}
    scores = {pair: likeness(alive[pair[0]], alive[pair[1]], sides) for pair in find_pairs(profiles, profiles)}
    while into := _find_mutual(scores):
        for gone, kept in into.items():
            alive[kept] = merge(alive[kept], alive.pop(gone))
        scores = _score_again(scores, alive, into, sides)
    return [alive[key] for key in sorted(alive)]


def _find_mutual(scores: Mapping[Pair, float]) -> dict[str, str]:
    """Return, for pairs that are each other's likeliest and likely enough, the key that goes and the one that stays."""
    least = load_coreference_words().limits.join
    best: dict[str, tuple[float, int, Pair]] = {}
    for pair, score in scores.items():
        if score >= least:
            # Of equal ones the tie is broken by lot, and not by the smallest key, or all would wait for one.
            offer = (score, zlib.crc32("".join(pair).encode()), pair)
            for key in pair:
                if key not in best or best[key] < offer:
                    best[key] = offer
    return {pair[1]: pair[0] for key, (_, _, pair) in best.items() if key == pair[0] and best[pair[1]][2] == pair}


def _score_again(
    scores: Mapping[Pair, float], alive: Mapping[str, Profile], into: Mapping[str, str], sides: Sides
) -> dict[Pair, float]:
    """Return the scores after some keys went into others; a pair once barred stays so."""
    changed = set(into.values())
    found: dict[Pair, float] = {}
    barred: set[Pair] = set()
    for (x, y), score in scores.items():
        a, b = into.get(x, x), into.get(y, y)
        pair = (a, b) if a < b else (b, a)
        if a == b or pair in found or pair in barred:
            continue
        if a in changed or b in changed:
            score = likeness(alive[pair[0]], alive[pair[1]], sides)
        if score == -math.inf:
            barred.add(pair)
        else:
            found[pair] = score
    return found


def _find_homes(vague: Sequence[Profile], anchored: Sequence[Profile], sides: Sides) -> dict[str, str]:
    """Return the key of the set that each vague telling belongs to, where one fits clearly best."""
    limits = load_coreference_words().limits
    sets = {one.key: one for one in anchored}
    tellings = {one.key: one for one in vague}
    scores: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
    for key, home in find_pairs(vague, anchored):
        score = likeness(tellings[key], sets[home], sides)
        if score > -math.inf:
            scores[key].append((-score, home))
    homes = {}
    for key, found in scores.items():
        found.sort()
        second = found[1][0] if len(found) > 1 else math.inf
        if -found[0][0] >= limits.join_vague and second - found[0][0] >= limits.margin:
            homes[key] = found[0][1]
    return homes


def _group(profile: Profile, singles: Mapping[str, Profile], sides: Sides) -> Group:
    """Return a set with the probability of each telling that it belongs to the others, to a dozen that say most."""
    members = [singles[key] for key in profile.events]
    if len(members) == 1:
        return Group(profile, {profile.key: 1.0})
    if len(members) == 2:
        score = _probability(likeness(members[0], members[1], sides))
        return Group(profile, dict.fromkeys(profile.events, score))
    fullest = sorted(members, key=_fullness)[: _MOST_COMPARED + 1]
    scores = {}
    for one in members:
        others = [other for other in fullest if other is not one][:_MOST_COMPARED]
        scores[one.key] = _probability(likeness(one, reduce(merge, others), sides))
    return Group(profile, scores)


def _fullness(one: Profile) -> tuple[int, bool, int, str]:
    """Return what orders tellings by how much they say: where, when, how many, by whom and to whom."""
    said = sum(map(bool, (one.killed, one.injured, one.actors, one.recipients, one.modes)))
    return (one.where.rank, not one.days, -said, one.key)


def _probability(log_odds: float) -> float:
    """Return a probability to three decimals; no member is told to be less likely than not."""
    return round(1.0 / (1.0 + math.exp(-max(log_odds, 0.0))), 3)


# --- which pairs are compared -----------------------------------------------------------------------------------------


class _Entry(NamedTuple):
    """A profile in a block: the days on which it is looked for, what else it is near by, and whose it is.

    A plain tuple, for there are several of each profile, and they are sorted.
    """

    first: float
    fine: tuple[int, str, str, str]
    key: str
    last: float
    is_ours: bool


def find_pairs(ours: Sequence[Profile], theirs: Sequence[Profile]) -> list[Pair]:
    """Return the keys of pairs worth comparing, one of each sequence, each pair once and in order.

    Two are compared that share a place, a province, a toll, both sides or a mark, on days that meet; or an article, or
    a text that one copies. What is alone of its type and status is looked at no further.
    """
    alike = ours is theirs
    kinds: defaultdict[tuple[str, str], list[tuple[Profile, bool]]] = defaultdict(list)
    for is_ours, profiles in ((True, ours),) if alike else ((True, ours), (False, theirs)):
        for one in profiles:
            kinds[one.type, one.status].append((one, is_ours))
    found: set[Pair] = set()
    for kept in kinds.values():
        if len(kept) > 1 and (alike or kept[0][1] != kept[-1][1]):
            for block in _make_blocks(kept):
                found.update(_pairs_of(block, alike))
    return sorted(found)


def _make_blocks(profiles: Iterable[tuple[Profile, bool]]) -> Iterator[list[_Entry]]:
    """Yield the profiles of one type and status that share a sign, sign by sign; a profile is ours or theirs."""
    blocks: defaultdict[tuple[object, ...], list[_Entry]] = defaultdict(list)
    for one, is_ours in profiles:
        fine = _fine_key(one)
        always = _Entry(0.0, fine, one.key, math.inf, is_ours)
        for first in one.firsts:
            blocks["copy", first].append(always)
        if len(one.articles) == 1:
            blocks["article", *one.articles].append(always)
        days = _days_of(one)
        if days is not None:
            entry = _Entry(days[0], fine, one.key, days[1], is_ours)
            for sign in _block_keys(one):
                blocks[sign].append(entry)
    return (block for block in blocks.values() if len(block) > 1)


def _block_keys(one: Profile) -> Iterator[tuple[object, ...]]:
    where = one.where
    yield from (("killed", count) for count in one.killed if count >= _FEWEST_KILLED)
    yield from (("parties", actor, other) for actor in one.actors for other in one.recipients)
    yield from (("mark", mark) for mark in one.marks)
    if where.is_specific:
        yield from {("place", where.id or where.name), ("name", spell(where.name))}
    if where.admin1:
        yield ("province", where.admin1)


def _days_of(one: Profile) -> tuple[int, int] | None:
    """Return the days on which a profile is looked for; None where they are too many to tell anything."""
    days = [*(one.told or ()), *(day for span in one.days for day in span)]
    if not days:
        return None
    first, last, reach = min(days), max(days), int(load_coreference_words().limits.reach)
    if last - first > 2 * reach:
        return None
    return (first - 1, last + 1) if one.days else (first - reach, last)


def _pairs_of(block: Sequence[_Entry], alike: bool) -> Iterator[Pair]:
    """Yield the pairs of a block whose days meet; of too many, each with those nearest by days, toll and sides."""
    most = int(load_coreference_words().limits.most_near)
    open_ones: list[_Entry] = []
    for one in sorted(block):
        open_ones = [other for other in open_ones if other.last >= one.first][-most:]
        for other in open_ones:
            if other.key == one.key:
                continue
            if alike:
                yield (one.key, other.key) if one.key < other.key else (other.key, one.key)
            elif one.is_ours != other.is_ours:
                yield (one.key, other.key) if one.is_ours else (other.key, one.key)
        open_ones.append(one)


def _fine_key(one: Profile) -> tuple[int, str, str, str]:
    """Return by what the nearest of too many are found: the toll, the sides and the very place."""
    return (
        min(one.killed, default=0),
        min(one.actors, default=""),
        min(one.recipients, default=""),
        one.where.id or one.where.name,
    )
