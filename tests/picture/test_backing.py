"""Who backs whom, and who is where."""

from mene.picture import draw_picture
from mene.records import Event, Picture, Statement

from .hand import (
    ARMY,
    DAMASCUS,
    GOVERNMENT,
    HTS,
    IRAN,
    QUDS,
    RUSSIA,
    SIDES,
    outlet,
    party,
    say,
    speaker,
    tell,
    town,
)

WIRE, COURIER = outlet("Levant Wire"), outlet("Harbour Courier")


def draw(*told: tuple[Statement, Event]) -> Picture:
    return draw_picture([said for said, _ in told], [event for _, event in told], codebook=SIDES)


def backing(text: str, mode: str, *, by=IRAN, to=GOVERNMENT, sources=(WIRE,), **kwargs) -> tuple[Statement, Event]:
    statement = say(text, *sources, published=kwargs.pop("published", "12-07"))
    return statement, tell(statement, "SUPPORT", by=by, to=to, mode=mode, **kwargs)


def test_a_backer_whose_force_leaves_the_country_reduces_its_backing():
    left = say("Iran is pulling out its Quds Force", WIRE, start=300)
    leaving = tell(left, "RETREAT", by=QUDS, modality="in_progress")
    picture = draw(backing("Iran sent advisers", "backing:advisers:gives"), (left, leaving))
    (row,) = picture.backings
    assert (row.backer.name, row.means, row.direction) == ("Iran", "advisers", "reduces")
    assert (row.modality, row.background, len(row.evidence)) == ("in_progress", False, 2)


def test_the_armys_own_retreat_and_a_retreat_elsewhere_reduce_nothing():
    army = say("The army left Damascus", WIRE, start=300)
    away = say("The Quds Force left Baghdad", WIRE, start=600)
    baghdad = town("Baghdad", country="IQ")
    told = [(army, tell(army, "RETREAT", by=ARMY, at=DAMASCUS)), (away, tell(away, "RETREAT", by=QUDS, at=baghdad))]
    (row,) = draw(backing("Iran sent advisers", "backing:advisers:gives"), *told).backings
    assert row.direction == "gives"


def test_what_is_unlikely_stands_apart_and_is_never_a_fact():
    doubtful = backing("unlikely to send troops", "backing:troops:gives", by=RUSSIA, modality="doubtful")
    (row,) = draw(doubtful).backings
    assert (row.means, row.modality, row.rating) == ("troops", "doubtful", "F5")
    assert row.belief < 0.3


def test_a_former_affiliation_is_background_and_ended():
    qaeda = party("al-qaeda", "al-Qaeda", None)
    (row,) = draw(
        backing("formerly affiliated", "backing:unspecified:ends", by=qaeda, to=HTS, background=True)
    ).backings
    assert (row.direction, row.background) == ("ends", True)


def test_the_latest_direction_is_shown_and_the_earlier_kept_as_evidence():
    gives = backing("Russia arms Syria", "backing:arms:gives", by=RUSSIA, on="12-01", published="12-01")
    more = backing("Russia sends more arms", "backing:arms:increases", by=RUSSIA, on="12-05", published="12-05")
    (row,) = draw(gives, more).backings
    assert (row.direction, row.since, len(row.evidence)) == ("increases", more[1].occurred_start, 2)


def test_a_later_departure_takes_the_deployment_off():
    came = say("fighters deployed to Damascus", WIRE, published="12-02")
    went = say("fighters left Damascus", COURIER, published="12-06")
    told = [(came, tell(came, "MOBILIZE", by=QUDS, at=DAMASCUS, on="12-02"))]
    assert [row.movement for row in draw(*told).presences] == ["deployed"]
    told.append((went, tell(went, "RETREAT", by=QUDS, at=DAMASCUS, on="12-06")))
    assert [row.movement for row in draw(*told).presences] == ["left"]


def test_forces_under_way_are_arriving_with_their_source():
    officials = speaker("Iranian officials", "unnamed")
    statement = say("they were being transferred to Damascus", officials, WIRE)
    moving = tell(statement, "MOBILIZE", by=QUDS, at=DAMASCUS, on="12-06", modality="in_progress")
    (row,) = draw((statement, moving)).presences
    assert (row.movement, row.modality, row.origins) == ("arriving", "in_progress", ("Iranian officials",))
    assert row.rating == "F6"
