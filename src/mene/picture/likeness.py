"""How surely two sets of tellings tell one event: signs for and against, each a small function, added up.

    log-odds = bias + sum over signs of  weight(sign) * value of the sign, 0 to 1

The weights stand in `coreference_weights.yaml`. What bars two tellings from being one event is no matter of weight:
another type or act, another modality, days that no event can span, places too far apart.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mene.picture.coreference_words import load_coreference_words
from mene.picture.profiles import Profile
from mene.picture.sides import Sides
from mene.picture.where import PlaceLikeness, compare_places

Sign = Callable[[Profile, Profile, Sides], float]


def is_barred(a: Profile, b: Profile) -> bool:
    """Return whether two sets of tellings cannot be of one event."""
    if a.type != b.type or a.status != b.status or (a.act and b.act and a.act != b.act):
        return True
    if not a.triggers.isdisjoint(b.triggers):
        return True  # one word that tells of several places tells of several events
    apart = days_apart(a, b)
    return apart > 1 or (apart == 1 and not _is_retold(a, b)) or compare_places(a.where, b.where) == "barred"


def _is_retold(a: Profile, b: Profile) -> bool:
    """Return whether two tellings, dated a day apart, can be of one event of the night: by the same toll or words."""
    return max(a.killed & b.killed, default=0) >= _TELLING_TOLL or not a.firsts.isdisjoint(b.firsts)


def days_apart(a: Profile, b: Profile) -> float:
    """Return how many days lie between the days that two sets of tellings allow; 0 where they have one in common."""
    return max(0.0, max(a.earliest, b.earliest) - min(a.latest, b.latest))


_MANY_WORDS = 4
"""Words shared from which a likeness in wording counts fully."""
_TELLING_TOLL = 5
"""A toll from which two tellings share it hardly by chance."""
_NEAR_CHARACTERS = 900
"""How far apart in a text two sentences still go on about one thing."""

# --- the signs --------------------------------------------------------------------------------------------------------


def _same_sentence(a: Profile, b: Profile, sides: Sides) -> float:
    """Both stand in one sentence: "killed" and "blast"."""
    return float(_are_of_one_article(a, b) and not a.sentences.isdisjoint(b.sentences))


def _same_article(a: Profile, b: Profile, sides: Sides) -> float:
    """Both stand in one article, which mostly goes on about one thing."""
    return float(_are_of_one_article(a, b))


def _are_of_one_article(a: Profile, b: Profile) -> bool:
    """Return whether all stands in one article; sets of several were told apart there, as far as they share one."""
    return len(a.articles) == 1 and a.articles == b.articles


def _adjacent(a: Profile, b: Profile, sides: Sides) -> float:
    """They stand near each other in an article: 1 for one sentence, 0 from some six sentences on."""
    if not _are_of_one_article(a, b):
        return 0.0
    gap = min(abs(x - y) for _, x in a.sentences for _, y in b.sentences)
    return max(0.0, 1.0 - gap / _NEAR_CHARACTERS)


def _taken_up(a: Profile, b: Profile, sides: Sides) -> float:
    """One takes up the other in words: "the blast" just after "a car bomb went off"."""
    return _adjacent(a, b, sides) if a.definite != b.definite else 0.0


def _another(a: Profile, b: Profile, sides: Sides) -> float:
    """One of two in an article is called another: "a second blast"."""
    return float(a.another != b.another and _are_of_one_article(a, b) and a.sentences.isdisjoint(b.sentences))


def _copy(a: Profile, b: Profile, sides: Sides) -> float:
    """One retells the other, by the fold of copies under origins."""
    return float(not a.firsts.isdisjoint(b.firsts) and a.articles != b.articles)


def _place_small(a: Profile, b: Profile, sides: Sides) -> float:
    """Both are at one town or village, where less happens in a day than in a city."""
    return float(a.where.is_small and b.where.is_small and a.where.id == b.where.id)


def _day_same(a: Profile, b: Profile, sides: Sides) -> float:
    """Both give the day, and it is the same; less where one gives a span."""
    spans = [max(x[1] - x[0], y[1] - y[0]) for x in a.days for y in b.days if max(x[0], y[0]) <= min(x[1], y[1])]
    return 1.0 / (1 + min(spans)) if spans else 0.0


def _day_told(a: Profile, b: Profile, sides: Sides) -> float:
    """One at least gives no day, and was told soon: 1 for the same day, falling to 0 at the end of the reach."""
    if (a.told is None and b.told is None) or days_apart(a, b):
        return 0.0
    days = [*_days_near(a), *_days_near(b)]
    return max(0.0, 1.0 - (max(days) - min(days)) / load_coreference_words().limits.reach) if days else 0.0


def _days_near(one: Profile) -> list[int]:
    return [*(last for _, last in one.days), *(one.told or ())]


def _day_next(a: Profile, b: Profile, sides: Sides) -> float:
    """The days differ by one: mostly another event, or one of the night between."""
    return float(days_apart(a, b) == 1 and not _day_same(a, b, sides))


def _mode_same(a: Profile, b: Profile, sides: Sides) -> float:
    """The same kind of act: both from the air, both by explosives; taking a town or entering it."""
    return float(not a.modes.isdisjoint(b.modes) or bool(a.act and a.act == b.act))


def _once(a: Profile, b: Profile, sides: Sides) -> float:
    """The same side does at the same place what is done there once in days: takes a town, leaves a country."""
    if a.type not in load_coreference_words().once:
        return 0.0
    same = a.where.id == b.where.id if a.where.id and b.where.id else compare_places(a.where, b.where) == "same"
    if not same:
        return 0.0
    return {"same": 1.0, "unknown": 0.7, "other": 0.0}[_compare_actors(a, b, sides)]


def _trigger_same(a: Profile, b: Profile, sides: Sides) -> float:
    """The same word names it."""
    return float(not a.stems.isdisjoint(b.stems))


def _mode_other(a: Profile, b: Profile, sides: Sides) -> float:
    """Another kind of act, of those that papers do not mix up."""
    if not a.modes or not b.modes or (a.act and a.act == b.act):
        return 0.0
    kin = load_coreference_words().kin
    return float(not any((x, y) in kin or x == y for x in a.modes for y in b.modes))


def _killed_same(a: Profile, b: Profile, sides: Sides) -> float:
    """The same toll; a large one says more, since small ones agree by chance."""
    return _weigh_figure(a.killed & b.killed)


def _killed_close(a: Profile, b: Profile, sides: Sides) -> float:
    """A toll less than twice as high: "nine killed" and "twelve killed"."""
    ratio = _ratio(a.killed, b.killed)
    return max(0.0, 1.0 - ratio) if ratio else 0.0


def _killed_far(a: Profile, b: Profile, sides: Sides) -> float:
    """A toll more than twice as high, fully from eight times on."""
    ratio = _ratio(a.killed, b.killed)
    return min(1.0, max(0.0, ratio - 1.0) / 2) if ratio else 0.0


def _injured_same(a: Profile, b: Profile, sides: Sides) -> float:
    """The same number of wounded."""
    return _weigh_figure(a.injured & b.injured)


def _injured_far(a: Profile, b: Profile, sides: Sides) -> float:
    """More than twice as many wounded."""
    ratio = _ratio(a.injured, b.injured)
    return min(1.0, max(0.0, ratio - 1.0) / 2) if ratio else 0.0


def _weigh_figure(shared: frozenset[int]) -> float:
    """Return what it says that a figure is shared: little for 1 or 2, all from 32 on.

    >>> _weigh_figure(frozenset({1})), _weigh_figure(frozenset({32})), _weigh_figure(frozenset())
    (0.2, 1.0, 0.0)
    """
    return min(1.0, max(math.log2(max(shared)), 1.0) / 5) if shared and max(shared) > 0 else 0.0


def _ratio(a: frozenset[int], b: frozenset[int]) -> float | None:
    """Return the distance of the two nearest figures in doublings, None where one side gives none."""
    pairs = [(x, y) for x in a for y in b if x > 0 and y > 0]
    return min((abs(math.log2(x / y)) for x, y in pairs), default=None)


def _actor_same(a: Profile, b: Profile, sides: Sides) -> float:
    """The same side did it; in a clash, either is named first."""
    return float(_compare_actors(a, b, sides) == "same")


def _actor_other(a: Profile, b: Profile, sides: Sides) -> float:
    """Another side is said to have done it: another event, or one for which each blames the other."""
    return float(_compare_actors(a, b, sides) == "other")


def _compare_actors(a: Profile, b: Profile, sides: Sides) -> str:
    if "clash" in a.modes | b.modes:
        return _compare_parties(a.actors | a.recipients, b.actors | b.recipients, a, b, sides)
    return _compare_parties(a.actors, b.actors, a, b, sides)


def _recipient_same(a: Profile, b: Profile, sides: Sides) -> float:
    """It was done to the same side."""
    return float(_compare_parties(a.recipients, b.recipients, a, b, sides) == "same")


def _recipient_other(a: Profile, b: Profile, sides: Sides) -> float:
    """It was done to another side."""
    return float(_compare_parties(a.recipients, b.recipients, a, b, sides) == "other")


def _compare_parties(ours: frozenset[str], theirs: frozenset[str], a: Profile, b: Profile, sides: Sides) -> str:
    """Return "same" where one party of each belongs with one of the other, "other" where all are known not to."""
    if not ours or not theirs:
        return "unknown"
    if not ours.isdisjoint(theirs):
        return "same"
    known = [(x, y) for x in ours for y in theirs if x[0] != "~" and y[0] != "~"]
    if not known:
        return "unknown"
    day = min((one.day for one in (a, b) if one.day), default=None)
    if any(sides.same_side(x, y, day) for x, y in known):
        return "same"
    return "other" if len(known) == len(ours) * len(theirs) else "unknown"


def _mark_same(a: Profile, b: Profile, sides: Sides) -> float:
    """The same is hit, or with the same: both speak of a market. Fully where all marks of one are shared."""
    return len(a.marks & b.marks) / min(len(a.marks), len(b.marks)) if a.marks and b.marks else 0.0


def _mark_other(a: Profile, b: Profile, sides: Sides) -> float:
    """Other things are hit, or with other things."""
    return float(bool(a.marks and b.marks) and a.marks.isdisjoint(b.marks))


def _words(a: Profile, b: Profile, sides: Sides) -> float:
    """The share of telling words in common, by the geometric mean of both counts; a few shared words say less."""
    shared = len(a.words & b.words)
    return min(1.0, shared / _MANY_WORDS) * shared / math.sqrt(len(a.words) * len(b.words)) if shared else 0.0


@dataclass(frozen=True, slots=True)
class Family:
    """Signs that can only be there where `applies` holds, so that the others need not be looked for."""

    applies: Callable[[Profile, Profile], bool]
    signs: Mapping[str, Sign]


FAMILIES = (
    Family(
        _are_of_one_article,
        {
            "same_sentence": _same_sentence,
            "same_article": _same_article,
            "adjacent": _adjacent,
            "taken_up": _taken_up,
            "another": _another,
        },
    ),
    Family(
        lambda a, b: True,
        {
            "copy": _copy,
            "place_small": _place_small,
            "day_same": _day_same,
            "day_told": _day_told,
            "day_next": _day_next,
            "mode_same": _mode_same,
            "mode_other": _mode_other,
            "once": _once,
            "trigger_same": _trigger_same,
            "words": _words,
        },
    ),
    Family(
        lambda a, b: bool(a.killed and b.killed),
        {"killed_same": _killed_same, "killed_close": _killed_close, "killed_far": _killed_far},
    ),
    Family(lambda a, b: bool(a.injured and b.injured), {"injured_same": _injured_same, "injured_far": _injured_far}),
    Family(
        lambda a, b: bool((a.actors or a.recipients) and (b.actors or b.recipients)),
        {
            "actor_same": _actor_same,
            "actor_other": _actor_other,
            "recipient_same": _recipient_same,
            "recipient_other": _recipient_other,
        },
    ),
    Family(lambda a, b: bool(a.marks and b.marks), {"mark_same": _mark_same, "mark_other": _mark_other}),
)
"""Every sign but that of the places by its name in `coreference_weights.yaml`."""

PLACE_SIGNS: Mapping[PlaceLikeness, str] = {
    "same": "place_same",
    "near": "place_near",
    "within": "place_within",
    "area": "place_area",
    "apart": "place_apart",
}
"""The sign of how two places stand to each other: one of them is 1, or none."""

SIGN_NAMES = (*(name for family in FAMILIES for name in family.signs), *PLACE_SIGNS.values())


def read_signs(a: Profile, b: Profile, sides: Sides) -> dict[str, float]:
    """Return the values of all signs that are not 0."""
    values = {}
    for family in FAMILIES:
        if family.applies(a, b):
            values.update({name: value for name, sign in family.signs.items() if (value := sign(a, b, sides))})
    if place := PLACE_SIGNS.get(compare_places(a.where, b.where)):
        values[place] = 1.0
    return values


def likeness(a: Profile, b: Profile, sides: Sides) -> float:
    """Return the log-odds that two sets of tellings tell one event; minus infinity where they cannot."""
    if is_barred(a, b):
        return -math.inf
    weights = load_coreference_words().weights
    return weights["bias"] + math.fsum(weights[name] * value for name, value in read_signs(a, b, sides).items())
