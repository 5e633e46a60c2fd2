"""Why an event is where it is: the words, the candidates of the name, and what the point stands for."""

from collections.abc import Iterator, Sequence

from mene.codebook import Codebook
from mene.events.areas import AREA, TAKEN_UP
from mene.events.places import Located
from mene.gazetteer.features import FEATURES
from mene.gazetteer.geometry import distance_km
from mene.gazetteer.index import Entry
from mene.gazetteer.resolve import (
    MOST_CANDIDATES,
    Group,
    Weighed,
    as_probability,
    is_same_answer,
    measure_margin,
)
from mene.gazetteer.weights import THRESHOLD, WEIGHTS
from mene.records import Place
from mene.report.rows import name_place
from mene.report.why.case import Case
from mene.report.why.records import Option, Reason
from mene.report.why.words import name_country, say, say_chance
from mene.report.words import plain
from mene.vocabulary import is_backing

SHOWN = 3
"""So many candidates are shown."""

TELLING = 0.3
"""A feature is told from this much on; the candidates' scores differ by some 5 to 20."""

MOST_FEATURES = 4


def explain_place(case: Case) -> Reason:
    """Return why the event has its place, with the likeliest candidates of its name, each somewhere else."""
    place = case.coded.event.place
    if place is None:
        return Reason("place", "none", None, None, (_nowhere(case),))
    teller = next(one for one in case.tellers if one.coded.chosen is not None and one.coded.chosen.place == place)
    located = teller.coded.located
    group = located.weighed.group if located is not None and located.weighed is not None else None
    return Reason(
        aspect="place",
        value=_named(place, case.context.codebook),
        code=place.place_id,
        words=plain(place.text),
        because=(*case.say_again(teller), *_because(teller, place, located)),
        probability=place.probability if place.place_id else None,
        options=tuple(_options(group, case.context.codebook)) if group is not None else (),
    )


def _nowhere(case: Case) -> str:
    if is_backing(case.coded.event.mode):
        return "who backs whom is told without a place"
    return f"neither the words nor a phrase of “{case.word}” or its clause name a place"


def _named(place: Place, book: Codebook) -> str:
    if place.precision == "unlocated":
        return name_place(place)
    parts = [place.kind, *([place.admin1] if place.admin1 and place.admin1 != place.name else [])]
    country = name_country(place.country, book)
    inside = ", ".join([*parts, *([country] if country and country != place.name else [])])
    number = place.place_id or ""
    known = f"GeoNames {number}" if number.isdigit() else number
    return f"{name_place(place)} ({plain(inside)}; {known})"


def _because(case: Case, place: Place, located: Located | None) -> Iterator[str]:
    words = plain(place.text)
    chosen, where = case.coded.chosen, case.coded.where
    if chosen is not None and chosen.rule == "role" and where is not None:
        yield case.say_filling(where, "place")
    elif chosen is not None:
        yield say("place", chosen.rule, words=words, word=case.word)
    if located is None:
        return
    if located.taken_up is not None:
        taken = say("taken_up", located.taken_up, words=words, name=place.name)
        yield f"{taken}; {say_chance(TAKEN_UP)} of that name's own probability is left to it"
    elif place.kind == AREA:
        yield _unnamed(place)
    if located.weighed is not None:
        yield from _weighed(located.weighed, place, case.context.codebook)
    yield f"precision “{place.precision}”: {say('precision', place.precision)}"


def _unnamed(place: Place) -> str:
    inside = f" as in {plain(place.within)}" if place.within else ""
    return f"the words have no name of their own, so the ground is listed{inside}, and never pinned"


# --- a name and its candidates ----------------------------------------------------------------------------------------


def _weighed(weighed: Weighed, place: Place, book: Codebook) -> Iterator[str]:
    group = weighed.group
    if group is None:
        adjective = place.kind == "demonym"
        none = "the gazetteer has no such name, so there is no pin"
        yield "a word for a people, or a country's adjective, is no place" if adjective else none
        return
    best, name = group.candidates[group.best], plain(group.phrase.core)
    chance = as_probability(measure_margin(group))
    if place.precision == "unlocated" and chance < THRESHOLD:
        yield f"the best candidate for “{name}” is right with {say_chance(chance)} only, under {say_chance(THRESHOLD)}"
    elif place.precision == "unlocated":
        yield f"a facility called after “{name}” need not be there, and nothing else of the article lies there"
    elif len(group.candidates) == 1:
        yield f"the gazetteer has one place called “{name}”"
    else:
        least = "at least " if len(group.candidates) == MOST_CANDIDATES else ""
        yield f"the gazetteer has {least}{len(group.candidates)} places called “{name}”; {_label(best, book)} counts"
    if (phrase := weighed.phrase) is not None and place.place_id and "/" in place.place_id:
        made = "facility" if place.kind == "facility" else phrase.relation
        yield say("relation", made, part=phrase.facility or phrase.part or "")
    if len(group.members) > 1:
        yield f"the article names it {len(group.members)} times, taken as one place throughout"
    if group.containers:
        yield f"the text puts it in {_labels(group.containers, book)}"
    yield from _features(group, book)


def _features(group: Group, book: Codebook) -> Iterator[str]:
    """Yield what speaks for the chosen candidate: against the next one elsewhere, or by itself where there is none."""
    rival = _rival(group)
    more = group.features[group.best] - (group.features[rival] if rival is not None else 0.0)
    rows = [(name, weight, float(amount)) for name, weight, amount in zip(FEATURES, WEIGHTS, more, strict=True)]
    rows.sort(key=lambda row: -abs(row[1] * row[2]))
    chosen = _label(group.candidates[group.best], book)
    other = _label(group.candidates[rival], book) if rival is not None else ""
    sides = (("for", chosen, 1, 1), ("against", chosen, -1, 1), ("for", other, 1, -1), ("against", other, -1, -1))
    for way, label, sign, whose in sides:
        held = [row for row in rows if row[1] * sign > 0 and row[2] * whose > 0 and abs(row[1] * row[2]) >= TELLING]
        told = "; ".join(f"{say('feature', name)} ({abs(weight * n):.1f})" for name, weight, n in held[:MOST_FEATURES])
        if told:
            yield f"{way} {label}: {told}"


def _rival(group: Group) -> int | None:
    """Return the best candidate that is another answer than the chosen one."""
    chosen, scores = group.candidates[group.best], group.scores
    others = [i for i, entry in enumerate(group.candidates) if not is_same_answer(entry, chosen)]
    return max(others, key=lambda i: float(scores[i])) if others and scores is not None else None


def _options(group: Group, book: Codebook) -> Iterator[Option]:
    """Yield the chosen candidate and the best others that are other answers, each with its probability."""
    scores = group.scores if group.scores is not None else [0.0] * len(group.candidates)
    chosen = group.candidates[group.best]
    kept: list[int] = [group.best]
    for i in sorted(range(len(group.candidates)), key=lambda i: -float(scores[i])):
        if len(kept) < SHOWN and not any(is_same_answer(group.candidates[i], group.candidates[k]) for k in kept):
            kept.append(i)
    for i in kept:
        entry = group.candidates[i]
        away = "" if i == group.best else f"{distance_km(entry.point, chosen.point):,.0f} km away"
        yield Option(_label(entry, book), round(as_probability(measure_margin(group, i)), 4), away)


def _label(entry: Entry, book: Codebook) -> str:
    """Return a candidate in words: "Hama (city, Hama, Syria)"."""
    country = name_country(entry.country, book)
    parts = [entry.kind, *([entry.admin1] if entry.admin1 else []), *([country] if country != entry.name else [])]
    return plain(f"{entry.name} ({', '.join(part for part in parts if part)})")


def _labels(entries: Sequence[Entry], book: Codebook) -> str:
    return ", ".join(dict.fromkeys(_label(entry, book) for entry in entries[:SHOWN]))
