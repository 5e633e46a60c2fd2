"""Signals: what is a sign, what never is, and how origins count."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mene.codebook import load_codebook
from mene.outlook.signals import read_signals
from mene.records import Event, Participant, Picture, Place, Signal, Statement
from mene.vocabulary import EventType, Modality

from .outlook_case import (
    ARMY,
    DAY,
    HADDAD,
    NORHAVN,
    OSTBY,
    REBELS,
    SUBURB,
    SUDLAND,
    VESTBY,
    Codebook,
    backing,
    event,
    holding,
    party,
    picture,
    place,
    speaker,
    statement,
)


def read(drawn: Picture, told: Sequence[tuple[Statement, Event | None]] = ()) -> dict[str, list[Signal]]:
    events = [one for _, one in told if one is not None]
    found: dict[str, list[Signal]] = {}
    for signal in read_signals(drawn, [said for said, _ in told], events, Codebook()):
        found.setdefault(signal.indicator, []).append(signal)
    return found


def test_provincial_capitals_lost_are_one_signal_each() -> None:
    found = read(picture(holding(OSTBY, REBELS), holding(VESTBY, REBELS), holding(place("Sandby"), REBELS)))
    assert sorted(signal.subject for signal in found["provincial-capital-lost"]) == ["Ostby", "Vestby"]
    signal = found["provincial-capital-lost"][0]
    assert (signal.stance, signal.leader, signal.rating) == ("against", "haddad", "F3")
    assert signal.strength == pytest.approx(0.6 * 0.8)
    assert signal.evidence


def test_what_the_government_holds_or_what_is_nearly_taken_is_not_lost() -> None:
    found = read(picture(holding(OSTBY, ARMY), holding(VESTBY, REBELS, "nearly_taken")))
    assert "provincial-capital-lost" not in found


def test_a_loss_older_than_the_window_is_no_signal() -> None:
    assert "provincial-capital-lost" not in read(picture(holding(OSTBY, REBELS, ago=900)))


@pytest.mark.parametrize(
    "drawn", [picture(holding(NORHAVN, REBELS, "contested")), picture(holding(NORHAVN, REBELS, "nearly_taken")),
              picture(holding(SUBURB, REBELS), holding(NORHAVN, ARMY))],
)  # fmt: skip
def test_the_capital_is_threatened(drawn: Picture) -> None:
    found = read(drawn)
    assert "capital-threatened" in found
    assert "capital-lost" not in found


def test_words_of_closing_in_on_the_capital_threaten_it() -> None:
    said = statement("Rebels are rolling south, headed for Norhavn.", modality="in_progress")
    other = statement("Rebels took Ostby.", outlet="Courier")
    found = read(picture(), [(said, None), (other, event(other, "SEIZE", actor=REBELS, at=OSTBY))])
    assert "capital-threatened" not in found  # the words alone belong to no country: another article tells of Norland
    found = read(picture(), [(said, event(said, "MOBILIZE", actor=REBELS, at=place("Sandby", latitude=61.0)))])
    assert found["capital-threatened"][0].modality == "in_progress"


def test_the_capital_lost() -> None:
    assert read(picture(holding(NORHAVN, REBELS)))["capital-lost"][0].strength == pytest.approx(0.95 * 0.8)


def test_an_ally_withdrawing_and_one_giving() -> None:
    reduces, gives = read(picture(backing("reduces"))), read(picture(backing("gives")))
    assert reduces["ally-withdrawing"][0].subject == "sud-government"
    assert "ally-withdrawing" not in gives
    assert gives["foreign-troops-arriving"][0].stance == "for"


@pytest.mark.parametrize("modality", ["possible", "doubtful", "planned", "conditional"])
def test_help_that_may_come_is_no_signal(modality: Modality) -> None:
    assert read(picture(backing("increases", modality=modality))) == {}
    assert read(picture(backing("ends", background=True))) == {}


def test_the_army_abandoning_a_town() -> None:
    said = statement("The army abandoned Ostby.")
    found = read(picture(), [(said, event(said, "RETREAT", actor=ARMY, at=OSTBY))])
    assert found["army-abandoning-towns"][0].subject == "Ostby"
    rebels = read(picture(), [(said, event(said, "RETREAT", actor=REBELS, at=OSTBY))])
    assert "army-abandoning-towns" not in rebels


@pytest.mark.parametrize("modality", ["negated", "possible", "planned", "conditional", "doubtful", "asked", "nearly"])
def test_what_did_not_happen_is_never_a_signal(modality: Modality) -> None:
    said = statement("The army abandoned Ostby.", modality=modality)
    assert "army-abandoning-towns" not in read(picture(), [(said, event(said, "RETREAT", actor=ARMY, at=OSTBY))])
    fled = statement("Haddad has fled the country.", modality=modality)
    assert "leader-left-the-country" not in read(picture(), [(fled, event(fled, "RETREAT", actor=HADDAD, at=NORHAVN))])


def test_a_denial_of_flight_is_its_own_signal() -> None:
    said = statement("Haddad has fled the country.", modality="negated", kind="denial")
    found = read(picture(), [(said, event(said, "RETREAT", actor=HADDAD, at=NORHAVN))])
    assert [signal.stance for signal in found["flight-denied"]] == ["for"]


def test_background_is_no_signal() -> None:
    said = statement("The army abandoned Ostby in 2012.")
    told = event(said, "RETREAT", actor=ARMY, at=OSTBY, background=True)
    assert read(picture(), [(said, told)]) == {}


def test_copies_add_no_origin_and_no_strength() -> None:
    text = "The army abandoned the northern city of Ostby on Monday without a fight after two days of shelling."
    one = statement(text, ago=1)
    copy = statement(text, outlet="Courier")
    told = [(one, event(one, "RETREAT", actor=ARMY, at=OSTBY)), (copy, event(copy, "RETREAT", actor=ARMY, at=OSTBY))]
    alone = read(picture(), told[:1])["army-abandoning-towns"][0]
    both = read(picture(), told)["army-abandoning-towns"][0]
    assert (both.origins, both.copies, both.strength) == (alone.origins, 1, alone.strength)


def test_a_second_origin_strengthens() -> None:
    one = statement("The army abandoned Ostby on Monday, leaving its tanks behind at the barracks.")
    two = statement("Soldiers left Ostby, residents of the old town told us.", outlet="Courier")
    told = [(one, event(one, "RETREAT", actor=ARMY, at=OSTBY)), (two, event(two, "RETREAT", actor=ARMY, at=OSTBY))]
    both = read(picture(), told)["army-abandoning-towns"][0]
    assert len(both.origins) == 2
    assert both.strength > read(picture(), told[:1])["army-abandoning-towns"][0].strength


def test_the_governments_own_word_counts_partly() -> None:
    text = "Our forces retook Ostby."
    own = statement(text, source=speaker("Norland's army", actor_id="nor-army"))
    outside = statement(text)
    by_own = read(picture(), [(own, event(own, "SEIZE", actor=ARMY, at=OSTBY))])["army-retaking-ground"][0]
    by_wire = read(picture(), [(outside, event(outside, "SEIZE", actor=ARMY, at=OSTBY))])["army-retaking-ground"][0]
    assert by_own.strength < by_wire.strength


WORDED: list[tuple[str, str, EventType]] = [
    ("currency-collapse", "The krone plunged; the lira fell to a record low.", "SANCTION"),
    ("elite-defection", "Norland's deputy interior minister defected on Monday.", "RETREAT"),
    ("army-defection", "Dozens of soldiers have deserted since Sunday.", "RETREAT"),
    ("embassy-evacuation", "Two embassies in Norhavn were evacuated.", "RETREAT"),
    ("coup-attempt", "Officers staged a coup in Norhavn.", "SEIZE"),
    ("leader-resigned", "President Haddad has stepped down.", "CONCEDE"),
    ("mass-protest", "Tens of thousands marched in Norhavn.", "PROTEST"),
    ("general-strike", "A general strike paralysed Norhavn.", "PROTEST"),
    ("forces-side-with-protesters", "Police refused to fire on the crowd.", "REJECT"),
    ("rival-government-recognised", "Sudland recognised the council as the legitimate representative.", "SUPPORT"),
    ("prison-or-palace-stormed", "Fighters stormed the presidential palace.", "SEIZE"),
    ("negotiated-transfer", "The sides agreed on a transfer of power.", "AGREE"),
]


@pytest.mark.parametrize(("indicator", "text", "kind"), WORDED)
def test_worded_indicators(indicator: str, text: str, kind: EventType) -> None:
    said = statement(text)
    assert indicator in read(picture(), [(said, event(said, kind, at=NORHAVN))])
    may = statement(text, modality="possible")
    assert indicator not in read(picture(), [(may, event(may, kind, at=NORHAVN))])


def test_foreign_acts_need_the_leaders_country_in_them() -> None:
    said = statement("Sudland urged the minister to resign.")
    here = event(said, "REQUEST", actor=SUDLAND, recipient=party("nor-government"))
    elsewhere = event(said, "REQUEST", actor=SUDLAND, recipient=party("xyz-government"))
    assert "calls-to-leave" in read(picture(), [(said, here)])
    assert "calls-to-leave" not in read(picture(), [(said, elsewhere)])


def test_what_happened_after_the_day_is_no_signal() -> None:
    said = statement("The army abandoned Ostby.", ago=-3)
    assert read(picture(), [(said, event(said, "RETREAT", actor=ARMY, at=OSTBY))]) == {}


ROWS: list[tuple[Statement, EventType, Participant | None, Place]] = [
    (statement("The army abandoned Ostby."), "RETREAT", ARMY, OSTBY),
    (statement("The army fled Vestby.", outlet="Courier"), "RETREAT", ARMY, VESTBY),
    (statement("Rebels fight in Norhavn.", outlet="Herald"), "ASSAULT", REBELS, NORHAVN),
    (statement("Sudland's planes left.", outlet="Herald"), "RETREAT", SUDLAND, NORHAVN),
    (statement("Tens of thousands marched.", ago=4), "PROTEST", None, NORHAVN),
]
TOLD = [(said, event(said, kind, actor=actor, at=at)) for said, kind, actor, at in ROWS]


@given(st.permutations(TOLD), st.integers(0, 4))
def test_the_signals_are_a_function_of_the_sets(told: list[tuple[Statement, Event]], again: int) -> None:
    drawn = picture(holding(VESTBY, REBELS), backing("reduces"))
    expected = read_signals(drawn, [said for said, _ in TOLD], [one for _, one in TOLD], Codebook())
    twice = [*told, *told[:again]]
    assert read_signals(drawn, [said for said, _ in twice], [one for _, one in twice], Codebook()) == expected
    assert len({signal.id for signal in expected}) == len(expected)
    assert all(0 < signal.strength <= 1 and signal.evidence and signal.day and signal.day <= DAY for signal in expected)


def test_the_shipped_codebook_answers_what_the_outlook_asks() -> None:
    day, codebook = date(2024, 12, 7), load_codebook()
    rebels, army = codebook.rebels_of("SY"), codebook.army_of("SY")
    assert rebels is not None
    assert army is not None
    who = Participant("rebels", rebels.name, rebels.id, "test", 1.0, "SY")
    at = Place("Hama", "Hama", "g1", 35.13, 36.75, "SY", "city", "exact", 0.9)
    drawn = replace(picture(replace(holding(at, who), since=date(2024, 12, 5))), on=day, known=day)
    (signal,) = read_signals(drawn, [], [], codebook)
    assert (signal.indicator, signal.leader) == ("provincial-capital-lost", "syr-bashar-al-assad")
