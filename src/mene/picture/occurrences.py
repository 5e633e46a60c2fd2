"""What happened, each event once: the tellings that coreference holds for one, with what they say put together.

Nothing told is lost: two tolls from two bodies stay two estimates, and who is blamed by whom stays beside the name.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import get_args

from mene.picture.coreference import Group, find_pairs, group_tellings
from mene.picture.coreference_words import load_coreference_words
from mene.picture.likeness import is_barred, likeness
from mene.picture.places import pick_place
from mene.picture.rating import rate, standing_of
from mene.picture.sides import Sides, are_together, best_letter, party_key, pick_shown, pick_specific
from mene.picture.tellings import Telling, modality_of
from mene.picture.where import where_of
from mene.records import (
    Citation,
    Count,
    Estimate,
    Member,
    Naming,
    Numbers,
    Occurrence,
    Participant,
    Place,
    content_id,
)
from mene.vocabulary import Modality, NamingKind, TimePrecision

FIGURES = ("killed", "injured", "displaced", "troops")


def draw_occurrences(
    tellings: Sequence[Telling], copies: Mapping[str, str], sides: Sides, *, on: date | None = None
) -> tuple[Occurrence, ...]:
    """Return what tellings tell, each event once, by day; what was to happen after `on` is left out.

    `copies` gives the statement that a copy, by its wording or in a rewritten article, is folded under.
    """
    told = [one for one in tellings if on is None or (one.event.occurred_start or on) <= on]
    groups = group_tellings(told, copies, sides)
    by_id = {one.event.id: one for one in told}
    against = _find_denials(groups, by_id, sides)
    found = [
        _put_together(group, [by_id[key] for key in group.profile.events], against.get(group.profile.key, ()), sides)
        for group in groups
    ]
    return tuple(sorted(found, key=lambda one: (one.occurred_start or date.min, one.id)))


def occurrence_id(event_id: str) -> str:
    """Return the id of the occurrence that is first told by an event."""
    return content_id("o", event_id)


def told_first(telling: Telling) -> tuple[date, str, int, int, str]:
    """Return the place of a telling in the order of telling: day, article, position."""
    statement, evidence = telling.statement, telling.statement.evidence
    day = statement.published_at or statement.first_seen or date.max
    return (day, evidence.article_id, evidence.start, telling.event.evidence.start, telling.event.id)


# --- denials ----------------------------------------------------------------------------------------------------------


def _find_denials(
    groups: Sequence[Group], tellings: Mapping[str, Telling], sides: Sides
) -> dict[str, tuple[Telling, ...]]:
    """Return the denials of each event told as fact, by its key: those that name it, and those that are likest to it.

    A sentence that only says what did not happen ("the town had never fallen") denies nobody's word.
    """
    facts = {group.profile.key: group.profile for group in groups if group.profile.status == "fact"}
    denials = {group.profile.key: group for group in groups if _is_denial(group, tellings)}
    as_told = [replace(group.profile, status="fact") for group in denials.values()]
    best: dict[str, tuple[float, str]] = {}
    for key, home in find_pairs(as_told, list(facts.values())):
        score = likeness(replace(denials[key].profile, status="fact"), facts[home], sides)
        if score >= load_coreference_words().limits.join and (key not in best or best[key] < (score, home)):
            best[key] = (score, home)
    found: defaultdict[str, set[str]] = defaultdict(set)
    for key, (_, home) in best.items():
        found[home].add(key)
    for key, home in _named_denials(denials, facts.keys(), groups, tellings):
        if not is_barred(replace(denials[key].profile, status="fact"), facts[home]):
            found[home].add(key)
    return {
        home: tuple(tellings[event] for key in sorted(keys) for event in denials[key].profile.events)
        for home, keys in found.items()
    }


def _is_denial(group: Group, tellings: Mapping[str, Telling]) -> bool:
    return group.profile.status == "negated" and any(
        tellings[key].statement.kind == "denial" for key in group.profile.events
    )


def _named_denials(
    denials: Mapping[str, Group], facts: Iterable[str], groups: Sequence[Group], tellings: Mapping[str, Telling]
) -> Iterable[tuple[str, str]]:
    """Yield the denials that point at a statement, each with the event of their type that the statement tells."""
    homes: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    kept = set(facts)
    for group in groups:
        if group.profile.key in kept:
            for event in group.profile.events:
                homes[tellings[event].statement.id, group.profile.type].add(group.profile.key)
    for key, group in denials.items():
        for event in group.profile.events:
            for denied in tellings[event].statement.denies:
                yield from ((key, home) for home in sorted(homes.get((denied, group.profile.type), ())))


# --- what the tellings say together -----------------------------------------------------------------------------------


def _put_together(group: Group, told: Sequence[Telling], against: Sequence[Telling], sides: Sides) -> Occurrence:
    ordered = sorted(told, key=told_first)
    start, end, precision = _days(ordered)
    modality = _modality(ordered)
    estimates = _estimates(ordered)
    origins, copies = _count(ordered)
    deniers = {one.origin for one in against} - {one.origin for one in ordered}
    standings = {
        one.origin: standing_of(one.source, is_own_voice=not sides.is_side(one.source.actor_id))
        for one in reversed(ordered)
    }
    day = ordered[0].sides_on
    return Occurrence(
        id=occurrence_id(ordered[0].event.id),
        type=ordered[0].event.type,
        mode=_commonest([one.event.mode for one in ordered if one.event.mode]),
        actors=_name_parties([(party, one) for one in ordered for party in one.event.actors], sides, day),
        recipients=_name_parties([(party, one) for one in ordered for party in one.event.recipients], sides, day),
        place=_place([one.event.place for one in ordered if one.event.place]),
        occurred_start=start,
        occurred_end=end,
        precision=precision,
        modality=modality,
        background=all(one.event.background for one in ordered),
        numbers=_numbers(estimates),
        estimates=estimates,
        members=tuple(Member(one.event.id, one.statement.id, group.scores[one.event.id]) for one in ordered),
        evidence=_cite(ordered),
        evidence_against=_cite(sorted(against, key=told_first)),
        score=min(group.scores.values()),
        origins=origins,
        copies=copies,
        rating=rate(
            list(standings.values()), len(deniers), modality, letter=best_letter((one.source for one in ordered), sides)
        ),
    )


def _modality(told: Sequence[Telling]) -> Modality:
    """Return how it is told; where one says that it has happened and another that it goes on, it has."""
    found = {modality_of(one.event, one.statement) for one in told}
    return "asserted" if "asserted" in found else min(found)


def _days(told: Sequence[Telling]) -> tuple[date | None, date | None, TimePrecision]:
    """Return the days that all dated tellings allow; where two differ by a day, both days."""
    dated = [one.event for one in told if one.event.occurred_start is not None]
    spans = [(event.occurred_start, event.occurred_end or event.occurred_start) for event in dated]
    known = [(start, end) for start, end in spans if start is not None and end is not None]
    if not known:
        return None, None, "unknown"
    start, end = max(first for first, _ in known), min(last for _, last in known)
    start, end = min(start, end), max(start, end)
    fits = [event.precision for event, span in zip(dated, known, strict=True) if span == (start, end)]
    return start, end, fits[0] if fits else "day" if start == end else "span"


def _place(places: Sequence[Place]) -> Place | None:
    """Return the most precise place told; of equally precise ones the surest."""
    if len(places) < 2:
        return places[0] if places else None
    best = min(where_of(place).order for place in places)
    return pick_place(place for place in places if where_of(place).order == best)


def _commonest(modes: Sequence[str]) -> str | None:
    counts = Counter(modes)
    return min(counts, key=lambda mode: (-counts[mode], mode), default=None)


def _name_parties(named: Sequence[tuple[Participant, Telling]], sides: Sides, day: date | None) -> tuple[Naming, ...]:
    """Return everybody named with the origins that name them: the one whom most name first, then those with it."""
    origins: defaultdict[str, dict[str, str]] = defaultdict(dict)
    by_key: defaultdict[str, list[Participant]] = defaultdict(list)
    for party, telling in named:
        key = party_key(party)
        by_key[key].append(party)
        origins[key].setdefault(telling.origin, telling.citation.origin)
    if len(by_key) < 2:
        best = {key: pick_shown(parties) for key, parties in by_key.items()}
        return tuple(Naming(party, tuple(origins[key].values()), "first") for key, party in best.items())
    ranked = sorted(by_key, key=lambda key: (-len(origins[key]), key[0] == "~", -len(by_key[key]), key))
    shown = {key: pick_specific(by_key[key], sides, day) or by_key[key][0] for key in ranked}
    together = [shown[key] for key in ranked if are_together(shown[ranked[0]], shown[key], sides, day)]
    lead = pick_specific(together, sides, day) or shown[ranked[0]]
    kinds = {key: _stand_to(lead, shown[key], named, sides, day) for key in ranked}
    ranked.sort(key=lambda key: _ORDER.index(kinds[key]))
    return tuple(Naming(shown[key], tuple(origins[key].values()), kinds[key]) for key in ranked)


_ORDER: tuple[NamingKind, ...] = get_args(NamingKind)


def _stand_to(
    lead: Participant, party: Participant, named: Sequence[tuple[Participant, Telling]], sides: Sides, day: date | None
) -> NamingKind:
    """Return how a party stands to the one named first; words without an id may be anybody."""
    if party_key(party) == party_key(lead):
        return "first"
    if are_together(lead, party, sides, day):
        return "same side"
    of_lead = {telling.event.id for one, telling in named if party_key(one) == party_key(lead)}
    if any(party_key(one) == party_key(party) and telling.event.id in of_lead for one, telling in named):
        return "beside"
    return "instead" if lead.actor_id and party.actor_id else "unclear"


# --- figures ----------------------------------------------------------------------------------------------------------


def last_counts(told: Iterable[Telling], figure: str) -> dict[str, tuple[Telling, Count]]:
    """Return the last figure that each origin gives: who corrects a figure differs from nobody.

    Of two told together the greater counts: "sixteen dead, three of them children" gives both.
    """
    found: dict[str, tuple[Telling, Count]] = {}
    for one in told:
        count: Count | None = getattr(one.event.numbers, figure)
        if count is not None:
            other = found.get(one.origin)
            if other is None or _correction(other) < _correction((one, count)):
                found[one.origin] = (one, count)
    return found


def _correction(told: tuple[Telling, Count]) -> tuple[date, int, str]:
    telling, count = told
    return (telling.told_at or date.min, count.best, telling.event.id)


def _estimates(told: Sequence[Telling]) -> tuple[Estimate, ...]:
    found = []
    for figure in FIGURES:
        last = last_counts(told, figure)
        if not last:
            continue
        by_count: defaultdict[tuple[int, int, int | None], list[tuple[Telling, Count]]] = defaultdict(list)
        for one, count in last.values():
            by_count[count.low, count.best, count.high].append((one, count))
        for key in sorted(by_count, key=lambda key: (key[1], key[0], key[2] or math.inf)):
            names = tuple(dict.fromkeys(one.citation.origin for one, _ in by_count[key]))
            found.append(Estimate(figure, min((count for _, count in by_count[key]), key=lambda c: c.text), names))
    return tuple(found)


def _numbers(estimates: Iterable[Estimate]) -> Numbers:
    """Return each figure that is estimated as one; the estimates of a figure follow each other."""
    return Numbers(**{figure: _span(list(kept)) for figure, kept in groupby(estimates, key=attrgetter("figure"))})


def _span(estimates: Sequence[Estimate]) -> Count:
    """Return estimates as one figure: the lowest, the one that most origins give (or the highest), the highest.

    Nothing is told above the highest where one says "at least".
    """
    if len(estimates) == 1:
        return estimates[0].count
    counts = [one.count for one in estimates]
    best = max(estimates, key=lambda one: (len(one.origins), one.count.best)).count.best
    highs = [count.high for count in counts]
    high = None if None in highs else max(high for high in highs if high is not None)
    lowest, highest = min(count.best for count in counts), max(count.best for count in counts)
    text = f"{lowest} to {highest}" if lowest < highest else max(counts, key=lambda count: len(count.text)).text
    return Count(min(count.low for count in counts), best, high, text)


def _cite(told: Iterable[Telling]) -> tuple[Citation, ...]:
    """Return the citations of tellings, one for each statement."""
    found: dict[str, Citation] = {}
    for one in told:
        found.setdefault(one.statement.id, one.citation)
    return tuple(found.values())


def _count(told: Sequence[Telling]) -> tuple[tuple[str, ...], int]:
    """Return the names of the independent origins, first to speak first, and how many pages only retell them."""
    names: dict[str, str] = {}
    for one in told:
        names.setdefault(one.origin, one.citation.origin)
    pages = {(one.origin, one.statement.evidence.article_id) for one in told}
    return tuple(names.values()), len(pages) - len(names)
