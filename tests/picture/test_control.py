"""Who holds a place: worked examples by hand."""

from dataclasses import replace

import pytest

from mene.picture import draw_picture
from mene.records import Event, Holding, Picture, Place, Statement
from mene.vocabulary import Modality

from .hand import (
    ARMY,
    DAMASCUS,
    DARAA,
    GOVERNMENT,
    HAMA,
    HOMS,
    HTS,
    QUDS,
    REBELS,
    SIDES,
    day,
    outlet,
    party,
    say,
    speaker,
    tell,
)

WIRE, COURIER, TIMES = outlet("Levant Wire"), outlet("Harbour Courier"), outlet("Valley Times")
ARMY_SPOKESMAN = speaker("Syrian army", "armed side", "army")
REBEL_COMMAND = speaker("Military Operations Command", "armed side", "hts")
LONG = "Rebel fighters took the central city of Hama on Thursday after three days of fighting in its suburbs"


def draw(*told: tuple[Statement, Event], on: str | None = None, known: str | None = None) -> Picture:
    return draw_picture(
        [statement for statement, _ in told],
        [event for _, event in told],
        on=day(on) if on else None,
        known=day(known) if known else None,
        codebook=SIDES,
    )


def held(picture: Picture, place: Place) -> Holding:
    (found,) = [holding for holding in picture.holdings if holding.place.name == place.name]
    return found


def seized(source_text: str, *sources, published="12-05", article="", place=HAMA, by=REBELS, on="12-05", **kwargs):
    statement = say(source_text, *sources, published=published, article=article)
    return statement, tell(statement, "SEIZE", by=by, at=place, on=on, **kwargs)


def test_one_wire_and_three_papers_rewriting_it_are_one_origin_with_three_copies():
    told = [seized(LONG, WIRE)]
    papers = [outlet(name) for name in ("Courier", "Times", "Standard")]
    text = LONG.replace("Rebel fighters", "Fighters")
    told += [seized(text, paper, published="12-06") for paper in papers]
    hama = held(draw(*told), HAMA)
    assert (hama.status, hama.origins, hama.copies) == ("held", ("Levant Wire",), 3)
    assert len(hama.evidence_for) == 4
    assert (hama.rating, hama.since) == ("F3", day("12-05"))


def test_two_independent_reports_are_two_origins_and_raise_belief():
    first = seized(LONG, WIRE)
    second = seized("After days of clashes Hama fell to the insurgents, who paraded in Assi Square", COURIER)
    alone, both = held(draw(first), HAMA), held(draw(first, second), HAMA)
    assert both.origins == ("Harbour Courier", "Levant Wire") or both.origins == ("Levant Wire", "Harbour Courier")
    assert both.belief > alone.belief
    assert both.rating == "F1"


def test_a_rebel_claim_alone_is_claimed_and_an_army_admission_alone_is_held():
    claimed = held(draw(seized("We have taken Hama", REBEL_COMMAND, WIRE)), HAMA)
    admitted = held(draw(seized("Terrorists entered Hama", ARMY_SPOKESMAN, WIRE)), HAMA)
    assert (claimed.status, claimed.rating) == ("claimed", "F4")
    assert admitted.status == "held"
    assert claimed.belief <= 0.5 < admitted.belief


@pytest.mark.parametrize("modality", ["nearly", "planned", "possible", "conditional", "doubtful", "negated", "asked"])
def test_what_has_not_happened_is_never_held(modality: Modality):
    picture = draw(seized("Homs", WIRE, place=HOMS, modality=modality))
    assert all(holding.status != "held" and holding.belief <= 0.9 for holding in picture.holdings)


def test_homs_nearly_taken_is_shown_so_without_a_holder():
    homs = held(draw(seized("close to taking Homs", WIRE, place=HOMS, on=None, modality="nearly")), HOMS)
    assert (homs.status, homs.holder) == ("nearly_taken", None)


def test_a_place_fought_over_is_contested_and_has_no_invented_holder():
    statement = say("The fight for Damascus is under way", WIRE)
    picture = draw((statement, tell(statement, "ASSAULT", at=DAMASCUS, mode="clash", modality="in_progress")))
    damascus = held(picture, DAMASCUS)
    assert (damascus.status, damascus.holder) == ("contested", None)


def test_an_air_strike_contests_nothing():
    statement = say("Jets struck Damascus", WIRE)
    assert draw((statement, tell(statement, "ASSAULT", at=DAMASCUS, mode="aerial", on="12-06"))).holdings == ()


def test_the_undated_capture_takes_the_day_on_which_the_loser_was_forced_out():
    told = seized("The rebels have taken Hama", WIRE, published="12-07", on=None)
    left = say("government forces were forced out of Hama Thursday", COURIER)
    hama = held(draw(told, (left, tell(left, "RETREAT", by=GOVERNMENT, at=HAMA, on="12-05")), on="12-06"), HAMA)
    assert (hama.status, hama.since) == ("held", day("12-05"))
    assert party_name(hama) == "rebels"


def party_name(holding: Holding) -> str:
    return holding.holder.name if holding.holder else ""


def test_the_more_specific_of_two_names_of_one_side_is_shown():
    told = [seized(LONG, WIRE), seized("HTS entered Hama in the morning, residents fleeing", COURIER, by=HTS)]
    assert party_name(held(draw(*told), HAMA)) == "HTS"


def test_a_statement_says_nothing_of_the_days_before_its_event():
    told = seized(LONG, WIRE)
    assert draw(told, on="12-04").holdings == ()
    assert held(draw(told, on="12-05"), HAMA).status == "held"
    assert draw(told, on="12-05", known="12-04").holdings == ()


def test_history_sets_the_holder_before_and_yields_to_the_news():
    past = say("The army has held Hama since 1982", WIRE, published="12-03")
    before = (past, tell(past, "SEIZE", by=ARMY, at=HAMA, mode="held", background=True))
    assert party_name(held(draw(before), HAMA)) == "army"
    assert party_name(held(draw(before, seized(LONG, COURIER)), HAMA)) == "rebels"


def test_a_change_of_long_ago_is_no_holding_now():
    past = say("Rebels briefly took Hama in 2012", WIRE, published="12-03")
    told = (past, tell(past, "SEIZE", by=REBELS, at=HAMA, background=True))
    assert draw(told).holdings == ()


def test_a_lone_claim_of_recapture_does_not_move_the_front_and_a_neutral_report_does():
    taken = seized(LONG, WIRE)
    claim = seized("Our forces are back in Hama", ARMY_SPOKESMAN, TIMES, published="12-08", by=ARMY, on="12-08")
    report = seized("The army retook Hama on Sunday", COURIER, published="12-08", by=ARMY, on="12-08")
    still = held(draw(taken, claim), HAMA)
    assert party_name(still) == "rebels"
    assert still.evidence_against[0].origin == "Syrian army"
    assert party_name(held(draw(taken, claim, report), HAMA)) == "army"


def test_a_town_left_by_its_own_side_is_abandoned_until_somebody_takes_it():
    left = say("The army pulled out of Homs", WIRE)
    leaving = (left, tell(left, "RETREAT", by=ARMY, at=HOMS, on="12-06"))
    assert held(draw(leaving), HOMS).status == "abandoned"
    taken = seized("Rebels entered Homs hours later", COURIER, published="12-07", place=HOMS, on="12-07")
    assert held(draw(leaving, taken), HOMS).status == "held"


def test_a_foreign_force_that_leaves_empties_no_town():
    left = say("The Quds Force left Damascus", WIRE)
    assert draw((left, tell(left, "RETREAT", by=QUDS, at=DAMASCUS, on="12-06"))).holdings == ()


def test_a_siege_keeps_the_holder():
    taken = seized(LONG, WIRE, published="12-01", on="12-01")
    siege = say("Government troops have encircled Hama", COURIER, published="12-06")
    hama = held(draw(taken, (siege, tell(siege, "COERCE", by=ARMY, at=HAMA, mode="siege", on="12-05"))), HAMA)
    assert (hama.status, party_name(hama)) == ("besieged", "rebels")


def test_fighting_before_the_capture_is_over_and_fighting_after_it_contests():
    taken = seized(LONG, WIRE)
    clash = say("Clashes in Hama", COURIER, published="12-09")
    before = (clash, tell(clash, "ASSAULT", by=REBELS, to=ARMY, at=HAMA, mode="clash", on="12-04"))
    after = (clash, tell(clash, "ASSAULT", by=REBELS, to=ARMY, at=HAMA, mode="clash", on="12-08"))
    assert held(draw(taken, before), HAMA).status == "held"
    assert held(draw(taken, after), HAMA).status == "contested"


def test_an_unknown_armed_group_can_hold_a_town():
    gunmen = party(None, "local gunmen")
    assert (
        party_name(held(draw(seized("Local gunmen took Daraa", WIRE, place=DARAA, by=gunmen)), DARAA)) == "local gunmen"
    )


def test_a_governorate_is_not_its_capital():
    governorate = replace(HOMS, place_id="g:homs-gov", precision="admin1", kind="admin1")
    told = seized("Rebels control most of Homs governorate", WIRE, place=governorate)
    assert [holding.place.precision for holding in draw(told).holdings] == ["admin1"]


def test_an_unlocated_town_is_a_row_of_its_own_in_each_article():
    somewhere = replace(HAMA, name="the town", place_id=None, latitude=None, longitude=None, precision="unlocated")
    told = [seized("took the town", paper, place=somewhere) for paper in (WIRE, COURIER)]
    assert len(draw(*told).holdings) == 2


def test_the_last_word_of_an_origin_counts():
    told = seized("Hama has fallen", WIRE)
    corrected = seized("Hama has not fallen", WIRE, published="12-06", on="12-06", modality="negated")
    assert all(holding.status == "claimed" and holding.belief < 0.3 for holding in draw(told, corrected).holdings)


def test_an_outlet_that_corrects_itself_takes_its_word_back():
    taken = say("rebels took Hama on Thursday", WIRE, published="12-06")
    retold = say("the army left Hama", WIRE, published="12-06", start=100)
    denied = say("rebels have not taken Hama", WIRE, published="12-07")
    told = [
        (taken, tell(taken, "SEIZE", by=REBELS, at=HAMA, on="12-05")),
        (retold, tell(retold, "RETREAT", by=ARMY, at=HAMA, on="12-05", mode="withdraw")),
        (denied, tell(denied, "SEIZE", by=REBELS, at=HAMA, modality="negated")),
    ]
    assert held(draw(*told[:2]), HAMA).status == "held"
    assert draw(*told).holdings == ()
    other = say("rebels captured Hama", COURIER, published="12-06")
    also = (other, tell(other, "SEIZE", by=REBELS, at=HAMA, on="12-05"))
    assert held(draw(*told, also), HAMA).evidence_for[0].origin == COURIER.name


def test_what_an_outlet_tells_again_after_a_denial_stands():
    denied = say("rebels have not taken Hama", WIRE, published="12-06")
    taken = say("rebels took Hama on Saturday", WIRE, published="12-07")
    told = [
        (denied, tell(denied, "SEIZE", by=REBELS, at=HAMA, modality="negated")),
        (taken, tell(taken, "SEIZE", by=REBELS, at=HAMA, on="12-07")),
    ]
    assert held(draw(*told), HAMA).status == "held"


def test_a_loss_told_evasively_is_admitted_where_three_others_tell_it_plainly():
    evasive = say("carried out a repositioning in Hama", ARMY_SPOKESMAN, WIRE)
    told = [
        (evasive, tell(evasive, "RETREAT", by=ARMY, at=HAMA, on="12-05", mode="withdraw")),
        seized("We have taken Hama", REBEL_COMMAND, COURIER),
        seized("The rebels are in Hama", speaker("a military source", "unnamed"), TIMES),
    ]
    resident = seized("They came in at dawn", speaker("a resident", "witness"), outlet("Standard"))
    assert held(draw(*told), HAMA).status == "claimed"
    assert held(draw(*told, resident), HAMA).status == "held"
