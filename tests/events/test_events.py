"""What happened, through the shipped reader on invented sentences."""

from datetime import date

import pytest

from mene.articles import read_article
from mene.pipeline import Model, read
from mene.records import Event


def events_of(model: Model, text: str) -> tuple[Event, ...]:
    """Return the events of a dispatch with this text, of Saturday 7 December 2024."""
    return read(read_article(f"BEIRUT (Harbour Wire) - {text}\n".encode(), published=date(2024, 12, 7)), model).events


def first(model: Model, text: str, kind: str) -> Event:
    """Return the first event of a type."""
    return next(e for e in events_of(model, text) if e.type == kind)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Rebels captured the town of Rastan.", "SEIZE"),
        ("The army withdrew from Homs.", "RETREAT"),
        ("Warplanes bombed the city of Idlib.", "ASSAULT"),
        ("Police arrested dozens of protesters in Tunis.", "COERCE"),
        ("Thousands marched in Tbilisi against the government.", "PROTEST"),
        ("Washington imposed sanctions on the general.", "SANCTION"),
        ("The two sides signed a ceasefire in Doha.", "AGREE"),
        ("Russia sent troops to Mali.", "MOBILIZE"),
    ],
)
def test_an_event_has_its_type(model: Model, text: str, kind: str) -> None:
    assert kind in {e.type for e in events_of(model, text)}


def test_a_friday_is_the_last_one(model: Model) -> None:
    assert first(model, "Rebels captured Rastan on Friday.", "SEIZE").occurred_start == date(2024, 12, 6)


def test_a_force_led_by_a_group_is_the_group(model: Model) -> None:
    event = first(model, "Insurgents led by Hayat Tahrir al-Sham captured Aleppo.", "SEIZE")
    assert event.actors[0].actor_id == "hts"


def test_joined_places_are_each_taken(model: Model) -> None:
    taken = {e.place.name for e in events_of(model, "Rebels captured Rastan and Talbiseh.") if e.place}
    assert {"Rastan", "Talbiseh"} <= taken


def test_a_force_on_its_way_has_not_come(model: Model) -> None:
    told = [e for e in events_of(model, "Rebels are advancing on Homs.") if e.type == "SEIZE"]
    assert told
    assert {e.modality for e in told} == {"nearly"}


def test_what_is_named_only_inside_a_name_is_no_event(model: Model) -> None:
    types = {e.type for e in events_of(model, "The Rapid Support Forces took the town of Nyala in March 2023.")}
    assert not types & {"SUPPORT", "PROTEST"}


def test_the_speaker_does_not_act(model: Model) -> None:
    event = first(model, "The mayor said that rebels had captured Rastan.", "SEIZE")
    assert [a.name for a in event.actors] == ["Syrian rebels"] or event.actors[0].text.lower() == "rebels"


def test_who_is_blamed_acts(model: Model) -> None:
    told = events_of(model, "Sudan accused the United Arab Emirates of arming the militia.")
    assert all("Sudan" not in a.name for e in told if e.type == "AID" for a in e.actors)


def test_a_held_town_is_a_state_and_a_rebel_leader_no_town(model: Model) -> None:
    told = [e for e in events_of(model, "Shells fell on rebel-held Idlib.") if e.mode == "held"]
    assert [e.place.name for e in told if e.place] == ["Idlib"]


def test_an_unknown_place_is_listed_without_a_pin_and_the_rest_is_read(model: Model) -> None:
    told = events_of(model, "Rebels captured the village of Qwzrtbad and the city of Hama.")
    assert any(e.place and e.place.name == "Hama" and e.place.precision == "exact" for e in told)
    assert all(e.place.latitude is None for e in told if e.place and e.place.precision == "unlocated")


def test_who_cuts_a_road_between_two_towns_takes_neither(model: Model) -> None:
    told = events_of(model, "Rebels seized the highway between Aleppo and Hama.")
    assert not {e.place.name for e in told if e.type == "SEIZE" and e.place} & {"Aleppo", "Hama"}


@pytest.mark.parametrize(
    ("text", "loser", "gainer"),
    [
        ("Government forces surrendered the town of Hama to the rebels on Thursday.", "government forces", "rebels"),
        ("The town of Daraa was handed over to the army under a deal on Thursday.", None, "army"),
        ("The army lost the city of Homs to the rebels on Thursday.", "army", "rebels"),
    ],
)
def test_a_place_that_is_handed_over_has_a_recipient(model: Model, text: str, loser: str | None, gainer: str) -> None:
    event = first(model, text, "RETREAT")
    assert event.mode == "cede"
    words = [[party.text.lower().removeprefix("the ") for party in side] for side in (event.actors, event.recipients)]
    assert words == [[loser] if loser else [], [gainer]]


def test_a_contested_town_is_fought_over_and_a_contested_ruling_is_not(model: Model) -> None:
    assert first(model, "The town of Bakhmut was contested in March.", "ASSAULT").mode == "clash"
    assert not [event for event in events_of(model, "The company contested the ruling.") if event.type == "ASSAULT"]
