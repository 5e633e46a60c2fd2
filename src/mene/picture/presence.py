"""Which force is where, or on its way there or away: from MOBILIZE, RETREAT and fighting."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from mene.picture.belief import Grounds, cite, count_origins, heard, stand, voice
from mene.picture.claims import FIGHT_MODES, STAY_MODES
from mene.picture.control import Frame
from mene.picture.places import pick_place, place_key
from mene.picture.rating import rate
from mene.picture.sides import best_letter, party_key, pick_specific
from mene.picture.tellings import Telling
from mene.records import Participant, Presence, content_id
from mene.vocabulary import Modality, Movement

Key = tuple[str, str, Movement, Modality]

_GONE: frozenset[Movement] = frozenset({"leaving", "left"})


def draw_presences(tellings: Sequence[Telling], frame: Frame) -> tuple[tuple[Presence, Grounds], ...]:
    """Return the presences, by place and force, each with what it rests on.

    A later arrival takes away an earlier leaving, and the reverse.
    """
    rows: defaultdict[Key, list[tuple[Participant, Telling]]] = defaultdict(list)
    for telling in tellings:
        if (frame.on is None or (telling.day or date.min) <= frame.on) and (movement := _movement(telling, frame)):
            for force in _forces(telling, movement):
                rows[_key(force, telling, movement)].append((force, telling))
    last = {key: max(telling.day or date.min for _, telling in told) for key, told in rows.items()}
    kept = [key for key in sorted(rows) if not _is_outdated(key, last)]
    presences = [_present(key, rows[key], frame) for key in kept]
    return tuple(sorted(presences, key=lambda drawn: order_of_presence(drawn[0])))


def order_of_presence(row: Presence) -> tuple[str, str, str, str]:
    """Return the place of a presence among all."""
    return row.place.name, row.force.name, row.movement, row.id


def _movement(telling: Telling, frame: Frame) -> Movement | None:
    """Return what a telling says of forces at its place; None where it says nothing, or nothing recent."""
    event = telling.event
    if event.place is None or event.background or telling.modality in ("negated", "asked"):
        return None
    if frame.at and telling.day and (frame.at - telling.day).days > frame.weights.window_presence:
        return None
    if event.type == "MOBILIZE":
        return "deployed" if telling.modality == "asserted" else "arriving"
    if event.type == "RETREAT" and event.mode not in STAY_MODES:
        return "left" if telling.modality == "asserted" else "leaving"
    fights = event.type == "ASSAULT" and event.mode in FIGHT_MODES and telling.is_fact
    return "fighting" if fights else None


def _forces(telling: Telling, movement: Movement) -> tuple[Participant, ...]:
    both = telling.event.actors + (telling.event.recipients if movement == "fighting" else ())
    return tuple({party_key(force): force for force in reversed(both)}.values())


def _key(force: Participant, telling: Telling, movement: Movement) -> Key:
    place = telling.event.place
    where = place_key(place, telling.statement.evidence.article_id) if place else ""
    return (where, party_key(force), movement, "asserted" if telling.is_fact else telling.modality)


def _is_outdated(key: Key, last: dict[Key, date]) -> bool:
    """Return whether a later fact about the same force at the same place has overtaken this one."""
    place, force, movement, _ = key
    overtaking: tuple[Movement, ...] = ("deployed", "fighting", "arriving") if movement in _GONE else ("left",)
    if movement == "arriving":
        overtaking += ("deployed",)
    if movement == "leaving":
        overtaking += ("left",)
    return any(last.get((place, force, other, "asserted"), date.min) > last[key] for other in overtaking)


def _present(key: Key, told: Sequence[tuple[Participant, Telling]], frame: Frame) -> tuple[Presence, Grounds]:
    movement, is_fact = key[2], key[3] == "asserted"
    tellings = [telling for _, telling in told]
    force = pick_specific([party for party, _ in told], frame.sides, frame.at) or told[0][0]
    gainer, loser = (None, force) if movement in _GONE else (force, None)
    voices = [voice(telling, stand(telling, gainer, loser, frame.sides), frame.weights) for telling in tellings]
    origins, copies = count_origins(voices)
    starts = [telling.event.occurred_start for telling in tellings if telling.event.occurred_start]
    modality = max(tellings, key=lambda telling: telling.order).modality if is_fact else key[3]
    ceiling = None if is_fact else frame.weights.claimed_ceiling
    grounds = Grounds(tuple(voices), frame.weights, frame.at, frame.weights.half_life_pressure, ceiling)
    letter = best_letter((one.telling.source for one in voices), frame.sides)
    row = Presence(
        id=content_id("p", *key),
        force=force,
        place=pick_place(telling.event.place for telling in tellings if telling.event.place),
        movement=movement,
        occurred_start=min(starts, default=None),
        modality=modality,
        belief=grounds.belief,
        evidence=cite(voices),
        origins=origins,
        copies=copies,
        rating=rate([one.standing for one in heard(voices)], 0, modality, letter=letter),
    )
    return row, grounds
