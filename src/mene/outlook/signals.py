"""Signals: dated signs for or against a leader's staying in power, read from the picture and what is told.

Pure. A sign is found by the patterns of `indicators.yaml`; what is denied, possible or planned never counts as having
happened. Signs of one indicator for one leader and subject are one signal: its strength is the catalogue's times the
belief in it, where each independent origin counts once and copies add nothing. Signs older than the indicator's window
are left out.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from mene.outlook.indicators import Indicator, Pattern, fill, load_indicators
from mene.outlook.material import (
    Material,
    countries_of,
    gather_material,
    is_recent,
    keep_recent,
    last_day,
    places_of,
    said_day,
)
from mene.outlook.standing import Knowledge, Reign, find_reigns
from mene.picture.belief import Voice, add_up, as_belief, cite, count_origins, heard, stand, voice
from mene.picture.origins import OriginGroup
from mene.picture.places import place_key
from mene.picture.rating import rate
from mene.picture.sides import best_letter, party_key
from mene.picture.tellings import Telling
from mene.picture.weights import load_weights
from mene.records import (
    Backing,
    Citation,
    Event,
    Holding,
    Participant,
    Picture,
    Presence,
    Signal,
    Statement,
    content_id,
)
from mene.vocabulary import Modality, is_backing

NOMINAL_STRENGTH_OF_NEARLY = 0.8
"""What has nearly happened weighs this share of what has; as `modality_nearly` in the picture's weights."""


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign: what it is about, when, how much it is believed, and who says so.

    `voices` are given for what is told in statements; rows of the picture bring their own belief, origins and rating.
    """

    key: str
    name: str
    day: date | None
    modality: Modality
    belief: float
    evidence: tuple[Citation, ...]
    origins: tuple[str, ...]
    copies: int
    rating: str
    voices: tuple[Voice, ...] = ()


def read_signals(
    picture: Picture,
    statements: Sequence[Statement],
    events: Sequence[Event],
    codebook: Knowledge,
    *,
    origins: Sequence[OriginGroup] | None = None,
    indicators: Sequence[Indicator] | None = None,
) -> tuple[Signal, ...]:
    """Return the signals for every leader in office whose country the picture or the events concern.

    In the order of leader, stance (against first), strength (strongest first) and id. The day of office is the
    picture's `on`, else its `known`, else the last day told of. Depends on the sets of statements and events only.
    `origins` are those of the statements known, where they are folded already.
    """
    material = gather_material(picture, statements, events, origins)
    day = picture.on or picture.known or last_day(material)
    read = load_indicators() if indicators is None else indicators
    recent = {window: keep_recent(material, day, window) for window in {one.window for one in read}}
    reigns = find_reigns(countries_of(material), picture, places_of(material), day, codebook)
    signals = [signal for indicator in read for signal in _signals_of(indicator, reigns, day, recent[indicator.window])]
    return tuple(sorted(signals, key=lambda one: (one.leader, one.stance, -one.strength, one.indicator, one.id)))


# --- matching ---------------------------------------------------------------------------------------------------------


def _signals_of(
    indicator: Indicator, reigns: Sequence[Reign], day: date | None, material: Material
) -> Iterator[Signal]:
    """Yield the signals of one indicator; what it can be read from at all is sought once for all leaders."""
    narrowed = [(pattern, _narrow(pattern, material)) for pattern in indicator.patterns]
    for reign in reigns:
        signs: defaultdict[str, list[Sign]] = defaultdict(list)
        for pattern, rows in narrowed:
            for sign in _signs(pattern, indicator, reign, rows):
                if is_recent(sign.day, day, indicator.window):
                    signs[sign.key if indicator.subject != "none" else ""].append(sign)
        for key in sorted(signs):
            yield _signal(indicator, reign, key, signs[key])


def _narrow(pattern: Pattern, material: Material) -> Material:
    """Return the material with those tellings or statements that fit a pattern as far as no leader matters."""
    if pattern.ground == "event":
        return replace(material, tellings=tuple(one for one in material.tellings if _may_fit_event(pattern, one)))
    if pattern.ground in ("holding", "backing", "presence"):
        return material
    about = {
        country: tuple(row for row in rows if _may_fit_statement(pattern, row[1]))
        for country, rows in material.about.items()
    }
    return replace(material, about=about)


def _signs(pattern: Pattern, indicator: Indicator, reign: Reign, material: Material) -> Iterator[Sign]:
    picture = material.picture
    if pattern.ground == "holding":
        yield from (_of_holding(row) for row in picture.holdings if _fits_holding(pattern, row, reign))
    elif pattern.ground == "backing":
        yield from (_of_backing(row) for row in picture.backings if _fits_backing(pattern, row, reign))
    elif pattern.ground == "presence":
        yield from (_of_presence(row) for row in picture.presences if _fits_presence(pattern, row, reign))
    elif pattern.ground == "event":
        fitting = (telling for telling in material.tellings if _fits_event(pattern, telling, reign, material))
        yield from (_of_telling(telling, indicator, reign) for telling in fitting)
    else:
        for _, statement in material.about.get(reign.country, ()):
            if pattern.words is not None and _search(pattern.words, statement.text, reign):
                yield from _of_statement(statement, indicator, reign, material)


def _fits_holding(pattern: Pattern, row: Holding, reign: Reign) -> bool:
    if row.status not in pattern.statuses or row.place.country not in (None, reign.country):
        return False
    if pattern.place and not reign.is_in(row.place, pattern.place):
        return False
    if pattern.party is None:
        return row.holder is None or not reign.stands(row.holder, "government") or row.status != "held"
    return row.holder is not None and reign.stands(row.holder, pattern.party)


def _fits_backing(pattern: Pattern, row: Backing, reign: Reign) -> bool:
    if row.background or row.modality not in pattern.modalities or row.direction not in pattern.directions:
        return False
    if pattern.means and row.means not in pattern.means:
        return False
    backed = pattern.other is None or reign.stands(row.backed, pattern.other)
    return backed and (pattern.party is None or reign.stands(row.backer, pattern.party))


def _fits_presence(pattern: Pattern, row: Presence, reign: Reign) -> bool:
    if row.movement not in pattern.movements or row.modality not in (*pattern.modalities, "nearly"):
        return False
    if pattern.place and not reign.is_in(row.place, pattern.place):
        return False
    return pattern.party is None or reign.stands(row.force, pattern.party)


def _may_fit_event(pattern: Pattern, telling: Telling) -> bool:
    """Return whether an event fits a pattern for some leader: by all but its place, its parties and its words."""
    event = telling.event
    if event.background or telling.modality not in pattern.modalities:
        return False
    if is_backing(event.mode):  # read from the picture's backings, which know the direction
        return False
    return (not pattern.types or event.type in pattern.types) and _fits_mode(pattern, event)


def _fits_event(pattern: Pattern, telling: Telling, reign: Reign, material: Material) -> bool:
    """Return whether an event that may fit a pattern does so for a leader."""
    event = telling.event
    if pattern.place and not reign.is_in(event.place, pattern.place):
        return False
    if not _fits_parties(pattern, event, reign):
        return False
    if pattern.words and not _search(pattern.words, telling.statement.text, reign):
        return False
    own = pattern.party in ("government", "army", "leader") and not pattern.other
    if own and _is_elsewhere(telling, reign, material):
        return False
    return _concerns(telling.statement, reign, material) or bool(pattern.party or pattern.other)


def _is_elsewhere(telling: Telling, reign: Reign, material: Material) -> bool:
    """Tell whether a government acts outside its country, which says little of its hold at home."""
    place = telling.event.place
    if place is not None and place.country is not None:
        return place.country != reign.country
    return not _concerns(telling.statement, reign, material)


def _fits_mode(pattern: Pattern, event: Event) -> bool:
    return not pattern.modes or any(mode in (event.mode or "") for mode in pattern.modes)


def _fits_parties(pattern: Pattern, event: Event, reign: Reign) -> bool:
    party, other = pattern.party, pattern.other
    acting = party is None or any(reign.stands(who, party) for who in event.actors)
    meant = other is None or any(reign.stands(who, other) for who in event.recipients)
    # An ally's or a stranger's act says something of this leader only where his country or side is in it.
    if party in ("foreign", "ally") and other is None:
        sides = (*event.actors, *event.recipients)
        here = reign.is_in(event.place, "country") or any(reign.stands(who, "government") for who in sides)
        return acting and here
    return acting and meant


def _may_fit_statement(pattern: Pattern, statement: Statement) -> bool:
    """Return whether a statement fits a pattern for some leader: by all but its country and its words."""
    if statement.kind == "background" or (pattern.kinds and statement.kind not in pattern.kinds):
        return False
    if not pattern.kinds and statement.kind in ("denial", "demand", "threat", "forecast", "promise"):
        return False
    return statement.modality in pattern.modalities


def _concerns(statement: Statement, reign: Reign, material: Material) -> bool:
    return material.country_of.get(statement.id) == reign.country


def _search(words: str, text: str, reign: Reign) -> bool:
    return _compiled(words, reign.leader_names, reign.capital, reign.country_name).search(text) is not None


@lru_cache(maxsize=2048)
def _compiled(words: str, leader: tuple[str, ...], capital: str, country: str) -> re.Pattern[str]:
    return re.compile(fill(words, leader, capital, country), re.IGNORECASE)


# --- one sign, from each ground ---------------------------------------------------------------------------------------


def _of_holding(row: Holding) -> Sign:
    modality: Modality = "nearly" if row.status == "nearly_taken" else "asserted"
    day = row.since or _first_told(row.evidence_for)
    belief = row.belief * (NOMINAL_STRENGTH_OF_NEARLY if modality == "nearly" else 1.0)
    key = row.place.place_id or row.place.name
    return Sign(key, row.place.name, day, modality, belief, row.evidence_for, row.origins, row.copies, row.rating)


def _of_backing(row: Backing) -> Sign:
    day = row.since or _first_told(row.evidence)
    key, name = party_key(row.backer), row.backer.name
    return Sign(key, name, day, row.modality, row.belief, row.evidence, row.origins, row.copies, row.rating)


def _of_presence(row: Presence) -> Sign:
    day = row.occurred_start or _first_told(row.evidence)
    key, name = party_key(row.force), row.force.name
    return Sign(key, name, day, row.modality, row.belief, row.evidence, row.origins, row.copies, row.rating)


def _first_told(evidence: Iterable[Citation]) -> date | None:
    return min((citation.published_at for citation in evidence if citation.published_at), default=None)


def _of_telling(telling: Telling, indicator: Indicator, reign: Reign) -> Sign:
    return _voiced(telling, _subject(telling, indicator), indicator, reign)


def _of_statement(statement: Statement, indicator: Indicator, reign: Reign, material: Material) -> Iterator[Sign]:
    """Yield the sign that a statement's words give, told by its own origin; its events lend it their day."""
    told = material.said.get(statement.id, ())
    usable = [telling for telling in told if not telling.event.background]
    if usable:
        yield _voiced(usable[0], ("", ""), indicator, reign)
    elif not told:
        yield _wordless(statement)


def _wordless(statement: Statement) -> Sign:
    """Return a sign from a statement in which no event was found."""
    name = statement.origin.name or statement.origin.kind
    citation = Citation(statement.id, None, statement.evidence, name, statement.modality, statement.published_at)
    weights = load_weights()
    belief = as_belief(weights.prior + weights.unknown * weights.of_modality(statement.modality), weights)
    return Sign("", "", said_day(statement), statement.modality, belief, (citation,), (name,), 0, "F6")


def _subject(telling: Telling, indicator: Indicator) -> tuple[str, str]:
    event = telling.event
    if indicator.subject == "place" and event.place:
        return place_key(event.place, telling.statement.evidence.article_id), event.place.name
    if indicator.subject == "actor" and event.actors:
        return party_key(event.actors[0]), event.actors[0].name
    return "", ""


def _voiced(telling: Telling, subject: tuple[str, str], indicator: Indicator, reign: Reign) -> Sign:
    """Return a sign from one telling: whoever speaks of the own side's gain counts only partly."""
    government = Participant(reign.leader.name, reign.leader.name, reign.government, "leader", 1.0, reign.country)
    gainer, loser = (government, None) if indicator.stance == "for" else (None, government)
    weights = load_weights()
    one = voice(telling, stand(telling, gainer, loser, reign.codebook), weights)
    if one.weight < 0:  # a denial is the very sign that some indicators look for: its weight is then that of a report
        one = Voice(one.telling, one.standing, -one.weight)
    belief = as_belief(add_up([one], weights), weights)
    origins, copies = count_origins([one])
    letter = best_letter([telling.source], reign.codebook)
    rating = rate([one.standing], 0, telling.modality, letter=letter)
    return Sign(*subject, telling.day, telling.modality, belief, cite([one]), origins, copies, rating, (one,))


# --- signs put together -----------------------------------------------------------------------------------------------


def _signal(indicator: Indicator, reign: Reign, key: str, signs: Sequence[Sign]) -> Signal:
    ordered = sorted(signs, key=_sign_order)
    voices = [one for sign in ordered for one in sign.voices]
    weights = load_weights()
    told = as_belief(add_up(voices, weights), weights) if voices else 0.0
    belief = max([told, *(sign.belief for sign in ordered if not sign.voices)])
    surest = max(ordered, key=lambda sign: (sign.belief, sign.modality == "asserted", sign.rating))
    origins, copies = _origins(ordered, voices)
    return Signal(
        id=content_id("g", reign.leader.id, indicator.id, key),
        indicator=indicator.id,
        leader=reign.leader.id,
        stance=indicator.stance,
        day=max((sign.day for sign in ordered if sign.day), default=None),
        strength=round(indicator.strength * belief, 4),
        modality=surest.modality,
        evidence=_once(citation for sign in ordered for citation in sign.evidence),
        origins=origins,
        copies=copies,
        rating=_rating(ordered, voices, reign),
        subject=min((sign.name for sign in ordered if sign.name), default="") if key else "",
    )


def _sign_order(sign: Sign) -> tuple[date, str, str]:
    return (sign.day or date.min, sign.name, repr(sign.evidence))


def _once(citations: Iterable[Citation]) -> tuple[Citation, ...]:
    """Return citations, one for each statement, in the order of telling."""
    found: dict[str, Citation] = {}
    for citation in citations:
        found.setdefault(citation.statement_id, citation)
    return tuple(sorted(found.values(), key=lambda one: (one.published_at or date.max, one.evidence, one.statement_id)))


def _origins(signs: Sequence[Sign], voices: Sequence[Voice]) -> tuple[tuple[str, ...], int]:
    """Return the names of the independent origins and how many pages only retell them; copies never add an origin."""
    names, copies = count_origins(voices)
    for sign in signs:
        if not sign.voices:
            names += tuple(name for name in sign.origins if name not in names)
            copies = max(copies, sign.copies)
    return names, copies


def _rating(signs: Sequence[Sign], voices: Sequence[Voice], reign: Reign) -> str:
    """Return the best rating among the picture's rows and the voices added up ("F1" before "F6")."""
    ratings = [sign.rating for sign in signs if not sign.voices]
    if voices:
        modality = "asserted" if any(one.telling.is_fact for one in voices) else voices[0].telling.modality
        letter = best_letter((one.telling.source for one in voices), reign.codebook)
        ratings.append(rate([one.standing for one in heard(voices)], 0, modality, letter=letter))
    return min(ratings)
