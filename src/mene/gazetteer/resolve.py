"""Place mentions of one document -> `records.Place`s, all at once, so that each place speaks for its neighbours.

1. read_phrase    the words of the mention and beside it: kind, container, vagueness
2. find           candidates from the index
3. describe       what speaks for each candidate by itself; then, twice over, how it fits the other places' best ones
4. place          the best candidate with the probability that it is right; below THRESHOLD, "unlocated"
"""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp

import numpy as np

from mene.gazetteer.countries import is_demonym, read_demonyms
from mene.gazetteer.features import FEATURES, TOWNS, Vector, describe_all, lies_in, relate
from mene.gazetteer.geometry import distance_km
from mene.gazetteer.index import Entry, Gazetteer
from mene.gazetteer.keys import name_key
from mene.gazetteer.phrases import Mention, Phrase, facility_beside, owner_beside, plain_phrase, read_phrase
from mene.gazetteer.weights import ADDED_FLOOR, CEILING, FLOOR, INTERCEPT, SLOPE, THRESHOLD, WEIGHTS
from mene.records import Place
from mene.vocabulary import PlacePrecision

MOST_CANDIDATES = 40
ROUNDS = 2
SOUND_SHARE = 0.2  # of a document's country names: in such a country a name may be one that sounds alike
SOUND_BELOW = 0.6  # a place as important as this is meant by its name, wherever it lies
SOUND_TRUST = 0.8  # of the probability: what is left to a place found by the sound of its name
SAME_SPOT_KM = 50.0  # candidates this close are the same answer for the probability: Hama and its governorate

_LEADING = re.compile(
    r"near|somewhere|rural|greater|coastal|inner|outer|downtown|mainland|central|upper|lower|mid|north|south|east|west"
)
_PRECISION: dict[str, PlacePrecision] = {
    "country": "country",
    "continent": "country",
    "admin1": "admin1",
    "admin2": "admin2",
}


@dataclass(slots=True)
class Group:
    """The mentions of one name in a document (one sense each), with the candidates and their features."""

    members: list[int]
    phrase: Phrase
    candidates: list[Entry]
    features: Vector
    best: int = 0
    scores: Vector | None = None
    containers: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Weighed:
    """A place with what it was chosen from: its words taken apart, and the candidates of the name, if there are any."""

    place: Place
    phrase: Phrase | None
    group: Group | None


def resolve_places(
    mentions: Sequence[Mention],
    *,
    gazetteer: Gazetteer,
    countries: Mapping[str, float] | None = None,
    home: str | None = None,
    demonyms: bool = False,
    weights: Vector = WEIGHTS,
) -> tuple[Place, ...]:
    """Return the place of each mention, in order; one that cannot be resolved is "unlocated" and harms no other.

    `countries` weighs the countries that the document names (`weigh_countries`), `home` is where its outlet sits, as
    "US" or "US/Louisiana". Adjectives ("Syrian") are no places unless `demonyms` asks for their countries.
    `weights` are the ranker's, given only to try others than the shipped.

    >>> from mene.gazetteer.index import open_gazetteer
    >>> place, = resolve_places([Mention("Bangor", 3, 9, "In ", ", Maine, on Monday")], gazetteer=open_gazetteer())
    >>> place.name, place.admin1, place.country
    ('Bangor', 'Maine', 'US')
    """
    weighed = weigh_places(
        mentions, gazetteer=gazetteer, countries=countries, home=home, demonyms=demonyms, weights=weights
    )
    return tuple(one.place for one in weighed)


def weigh_places(
    mentions: Sequence[Mention],
    *,
    gazetteer: Gazetteer,
    countries: Mapping[str, float] | None = None,
    home: str | None = None,
    demonyms: bool = False,
    weights: Vector = WEIGHTS,
) -> tuple[Weighed, ...]:
    """Return what `resolve_places` does, each place with what it was chosen from."""
    groups = group_mentions(mentions, gazetteer, countries or {}, home)
    rank_groups(groups, weights)
    _lend_points(groups)
    group_of = {number: group for group in groups for number in group.members}
    found: list[Weighed] = []
    for number, mention in enumerate(mentions):
        group = group_of.get(number)
        phrase = choose_phrase(mention, gazetteer) if group is not None else None
        place = _place(mention, phrase, group) if group is not None and phrase is not None else None
        found.append(Weighed(place or _refuse(mention, demonyms, gazetteer), phrase, group))
    return tuple(found)


def group_mentions(
    mentions: Sequence[Mention], gazetteer: Gazetteer, countries: Mapping[str, float], home: str | None
) -> list[Group]:
    """Return the mentions grouped by name, each group with its candidates described (coherence still 0)."""
    phrases: dict[str, list[tuple[int, Phrase]]] = defaultdict(list)
    for number, mention in enumerate(mentions):
        if mention.text.strip() and not is_demonym(mention.text):
            phrase = choose_phrase(mention, gazetteer)
            phrases[f"{name_key(phrase.core)}/{phrase.kind or ''}"].append((number, phrase))
    groups = []
    for found in phrases.values():
        phrase = next((phrase for _, phrase in found if phrase.container), found[0][1])
        candidates = list(gazetteer.find(phrase.core))[:MOST_CANDIDATES]
        candidates += _by_sound(phrase, candidates, countries, gazetteer)
        containers = [area for number, one in found for area in find_containers(mentions[number], one, gazetteer)]
        if not candidates:
            continue
        own = {entry.id for entry in candidates}
        containers = [area for area in containers if area.id not in own]
        features = describe_all(candidates, phrase, containers, countries, home)
        members = [number for number, _ in found]
        groups.append(Group(members, phrase, candidates, features, containers=tuple(containers)))
    return groups


def _by_sound(
    phrase: Phrase, candidates: Sequence[Entry], countries: Mapping[str, float], gazetteer: Gazetteer
) -> list[Entry]:
    """Return the town of the document's countries that a name sounds like, where none there and none great bears it.

    A name that the text gives a kind which is no town's ("Rabwa bridge") is not looked up so.
    """
    main = [country for country, share in countries.items() if share >= SOUND_SHARE]
    if phrase.kind not in (None, "town") or not main or any(is_demonym(word) for word in phrase.core.split()):
        return []
    if any(entry.country in main or entry.importance >= SOUND_BELOW for entry in candidates):
        return []
    entry = gazetteer.find_by_sound(phrase.core, main)
    return [entry] if entry is not None else []


def choose_phrase(mention: Mention, gazetteer: Gazetteer) -> Phrase:
    """Return the phrase to look up: the whole mention where the index knows it as it stands, or else its core."""
    phrase = read_phrase(mention)
    whole = mention.text.split(", ")[0]
    if gazetteer.has(whole):
        relation_beside = read_phrase(Mention("X", 0, 1, mention.before, mention.after))
        facility = facility_beside(mention)
        with_facility = f"{whole} {facility}" if facility else ""
        if facility and gazetteer.has(with_facility):
            return Phrase(with_facility, "facility", container=phrase.container)
        plain = plain_phrase(phrase, whole, facility)
        return Phrase(plain.core, plain.kind, relation_beside.relation, relation_beside.part, plain.container, facility)
    return phrase


def find_containers(mention: Mention, phrase: Phrase, gazetteer: Gazetteer) -> list[Entry]:
    """Return the areas (or, for "a Damascus suburb", the towns) that the text puts the mention in."""
    found: list[Entry] = []
    if phrase.container:
        words = phrase.container.replace(",", " ,").split()
        for stop in range(len(words), 0, -1):
            found = [
                entry
                for entry in gazetteer.find(" ".join(words[:stop]).strip(" ,"))
                if not entry.respelled
                and (entry.kind in {"country", "admin1", "admin2", "region"} or entry.importance > 0.6)
            ]
            if found:
                break
    owner = owner_beside(mention)
    if owner:
        country = read_demonyms().get(name_key(owner))
        found += [
            e for e in gazetteer.find(owner) if e.kind in {"country", "admin1"} and not e.respelled and e.own_name
        ]
        if country:
            found += [e for e in gazetteer.find(gazetteer.country_names()[country]) if e.kind == "country"]
    return found


def rank_groups(groups: Sequence[Group], weights: Vector = WEIGHTS) -> None:
    """Score every candidate, choose each group's best, and repeat with the other groups' choices as context."""
    for group in groups:
        _choose(group, weights)
    for _ in range(ROUNDS):
        choices = [group.candidates[group.best] for group in groups]
        strengths = [float(min(3, len(group.members))) for group in groups]
        for number, group in enumerate(groups):
            others = choices[:number] + choices[number + 1 :]
            group.features[:, -3:] = relate(group.candidates, others, strengths[:number] + strengths[number + 1 :])
        for group in groups:
            _choose(group, weights)


def _lend_points(groups: Sequence[Group]) -> None:
    """Give a county without coordinates the middle of the document's towns in its state."""
    chosen = [group.candidates[group.best] for group in groups]
    for group in groups:
        entry = group.candidates[group.best]
        spots = [
            e
            for e in chosen
            if e.has_point and e.kind in TOWNS and (e.country, e.admin1) == (entry.country, entry.admin1)
        ]
        if not entry.has_point and spots:
            latitude = sum(spot.latitude for spot in spots) / len(spots)
            longitude = sum(spot.longitude for spot in spots) / len(spots)
            group.candidates[group.best] = replace(entry, latitude=latitude, longitude=longitude)


def _choose(group: Group, weights: Vector) -> None:
    group.scores = group.features @ weights
    group.best = int(np.argmax(group.scores))


def measure_margin(group: Group, number: int | None = None) -> float:
    """Return a candidate's lead (the best one's unless given) over the best elsewhere or the floor; at most CEILING."""
    scores = group.scores if group.scores is not None else np.zeros(len(group.candidates))
    number = group.best if number is None else number
    one = group.candidates[number]
    rivals = [
        float(score) for entry, score in zip(group.candidates, scores, strict=True) if not is_same_answer(entry, one)
    ]
    floor = ADDED_FLOOR if one.is_added else FLOOR
    return min(CEILING, float(scores[number]) - max([floor, *rivals]))


def is_same_answer(one: Entry, other: Entry) -> bool:
    """Tell whether two candidates are one answer: within SAME_SPOT_KM, or one of them in the other."""
    return distance_km(one.point, other.point) <= SAME_SPOT_KM or lies_in(one, other) or lies_in(other, one)


def as_probability(margin: float) -> float:
    """Return the probability that a candidate with this lead is right."""
    return 1.0 / (1.0 + exp(-(INTERCEPT + SLOPE * margin)))


def _place(mention: Mention, phrase: Phrase, group: Group) -> Place | None:
    entry = group.candidates[group.best]
    probability = as_probability(measure_margin(group))
    if probability < THRESHOLD:
        return None
    if entry.by_sound:
        return _make(mention, entry, SOUND_TRUST * probability, precision="near")
    if phrase.facility and entry.kind not in {"facility", "site"}:
        return _facility_in(mention, phrase, entry, probability) if _is_supported(group) else None
    if phrase.relation != "at":
        return _vague(mention, phrase, entry, probability)
    return _make(mention, entry, probability, precision=_precision_of(entry))


def _precision_of(entry: Entry) -> PlacePrecision:
    if entry.point_of != "itself":
        return entry.point_of
    if entry.kind in {"region", "water"}:
        return "admin1" if entry.admin1 else "country"
    return _PRECISION.get(entry.kind, "exact")


def _is_supported(group: Group) -> bool:
    """Return whether a facility may be placed by the town in its name: most are called after people (Pearson Airport).

    The town must be large (half a million) or known, or the document must lie around it.
    """
    entry, row = group.candidates[group.best], group.features[group.best]
    around = max(row[FEATURES.index(name)] for name in ("container_agrees", "same_unit", "nearness"))
    return entry.population >= 500_000 or entry.is_curated or float(around) >= 0.3


def _facility_in(mention: Mention, phrase: Phrase, entry: Entry, probability: float) -> Place:
    """Return "Aleppo University" as a facility somewhere in Aleppo: near its middle, never the town itself."""
    word = phrase.facility or "facility"
    name = mention.text if word in mention.text.lower() else f"{mention.text} {word}"
    precision = "near" if _precision_of(entry) == "exact" else _precision_of(entry)
    return _make(
        mention,
        entry,
        probability,
        precision=precision,
        name=name,
        part=phrase.facility,
        kind="facility",
        within=entry.name,
    )


def _vague(mention: Mention, phrase: Phrase, entry: Entry, probability: float) -> Place:
    """Return an area around, or a part of, a known place; its id is its own: nothing is said of the place itself."""
    precision = _precision_of(entry)
    if precision == "exact":
        precision = "near"
    return _make(
        mention,
        entry,
        probability,
        precision=precision,
        name=f"{phrase.part} {entry.name}" if _LEADING.match(phrase.part or "") else f"{entry.name} {phrase.part}",
        part=phrase.part,
        kind="region",
        within=(entry.name if phrase.relation in {"part", "inside"} else entry.admin1),
    )


def _make(
    mention: Mention,
    entry: Entry,
    probability: float,
    *,
    precision: PlacePrecision,
    name: str | None = None,
    part: str | None = None,
    kind: str | None = None,
    within: str | None = None,
) -> Place:
    return Place(
        text=mention.text,
        name=name or entry.name,
        place_id=f"{entry.id}/{name_key(part).replace(' ', '-')}" if part else entry.id,
        latitude=entry.latitude,
        longitude=entry.longitude,
        country=entry.country,
        kind=kind or entry.kind,
        precision=precision,
        probability=round(probability, 4),
        admin1=entry.admin1,
        within=within,
    )


def _refuse(mention: Mention, demonyms: bool, gazetteer: Gazetteer) -> Place:
    """Return an unlocated place, with the area it is known to lie in; or the country of an adjective, where wanted."""
    country = read_demonyms().get(name_key(mention.text))
    if demonyms and country:
        entries = [e for e in gazetteer.find(gazetteer.country_names()[country]) if e.kind == "country"]
        if entries:
            return _make(mention, entries[0], 0.99, precision="country")
    kind = "demonym" if is_demonym(mention.text) else "unknown"
    areas = [] if kind == "demonym" else find_containers(mention, read_phrase(mention), gazetteer)
    area = areas[0] if areas else None
    return Place(
        text=mention.text,
        name=mention.text,
        place_id=None,
        latitude=None,
        longitude=None,
        country=area.country if area else None,
        kind=kind,
        precision="unlocated",
        probability=0.0,
        admin1=area.admin1 if area else None,
        within=area.name if area else None,
    )
