"""Who holds a place as reports come in late, early, false, denied and again: worked examples by hand."""

from dataclasses import replace
from datetime import date

import pytest

from mene.picture import draw_picture
from mene.records import Event, Holding, Picture, Place, Source, Statement

from .hand import ARMY, GOVERNMENT, HAMA, HOMS, HTS, REBELS, SIDES, day, outlet, say, speaker, tell

WIRE, COURIER, TIMES, POST = (outlet(name) for name in ("Levant Wire", "Harbour Courier", "Valley Times", "Coast Post"))
ARMY_SPOKESMAN = speaker("Syrian army", "armed side", "army")
REBEL_COMMAND = speaker("rebel command", "armed side", "hts")
UNNAMED = speaker("a military source", "unnamed")

Told = tuple[Statement, Event]


def told(published: str, *sources: Source, type_="SEIZE", at: Place = HAMA, background=False, **event) -> Told:
    statement = say(f"{type_} told by {sources[0].name} on {published}", *sources, published=published)
    return statement, tell(statement, type_, at=at, background=background, **event)


def draw(*reports: Told, on: date | str | None = None) -> Picture:
    when = day(on) if isinstance(on, str) else on
    return draw_picture([one for one, _ in reports], [one for _, one in reports], on=when, codebook=SIDES)


def row(*reports: Told, on: date | str | None = None, at: Place = HAMA) -> Holding | None:
    return next((one for one in draw(*reports, on=on).holdings if one.place.place_id == at.place_id), None)


def state(*reports: Told, on: date | str | None = None, at: Place = HAMA) -> tuple[str, str]:
    found = row(*reports, on=on, at=at)
    return (found.status, found.holder.name if found.holder else "") if found else ("", "")


def fight(published: str, *sources: Source, **event) -> Told:
    return told(published, *sources, type_="ASSAULT", mode="clash", modality="in_progress", **event)


ARMY_HELD = told("11-01", WIRE, by=ARMY, mode="held")
TAKEN = told("12-05", COURIER, by=REBELS, on="12-05")


def test_fighting_contests_what_is_held_and_a_capture_ends_it():
    fighting = fight("12-03", COURIER, on="12-03")
    assert state(ARMY_HELD, fighting, on="12-04") == ("contested", "army")
    assert state(ARMY_HELD, fighting, told("12-05", TIMES, by=REBELS, on="12-05")) == ("held", "rebels")


def test_a_partisans_word_of_fighting_contests_nothing_unless_it_is_against_its_own_side():
    assert state(ARMY_HELD, fight("12-03", REBEL_COMMAND, WIRE, on="12-03"), on="12-04") == ("held", "army")
    assert state(ARMY_HELD, fight("12-03", ARMY_SPOKESMAN, WIRE, on="12-03"), on="12-04") == ("contested", "army")


def test_unknown_sources_alone_neither_contest_nor_move_anything():
    rumours = [fight(published, UNNAMED, WIRE, on=published) for published in ("12-02", "12-03", "12-04")]
    takings = [told(published, UNNAMED, COURIER, by=REBELS, on="12-02") for published in ("12-02", "12-03", "12-04")]
    assert state(ARMY_HELD, *rumours, *takings, on="12-05") == ("held", "army")


def test_a_siege_ends_when_the_besieger_leaves():
    siege = told("12-06", WIRE, type_="COERCE", mode="siege", by=ARMY, on="12-06")
    gone = told("12-08", TIMES, type_="RETREAT", by=ARMY, on="12-08")
    assert state(TAKEN, siege, on="12-07") == ("besieged", "rebels")
    assert state(TAKEN, siege, gone, on="12-09") == ("held", "rebels")


def test_nearly_taken_is_not_taken_and_goes_stale():
    nearly = told("12-03", COURIER, by=REBELS, modality="nearly")
    assert state(ARMY_HELD, nearly, on="12-04") == ("nearly_taken", "army")
    assert state(ARMY_HELD, nearly, on="12-30") == ("held", "army")
    assert state(ARMY_HELD, nearly, TAKEN) == ("held", "rebels")


def test_a_town_given_up_is_abandoned_though_its_side_says_it_holds_it():
    left = told("12-05", COURIER, type_="RETREAT", by=ARMY, on="12-05")
    still = told("12-06", ARMY_SPOKESMAN, TIMES, by=ARMY, mode="control")
    assert state(ARMY_HELD, left, on="12-05") == ("abandoned", "")
    assert state(ARMY_HELD, left, still) == ("abandoned", "")


def test_a_claim_and_a_neutral_report_that_the_other_side_left_are_a_change_of_hands():
    claim = told("12-05", REBEL_COMMAND, WIRE, by=REBELS, on="12-05")
    passing = told("12-06", TIMES, by=ARMY, mode="held")
    left = told("12-07", COURIER, type_="RETREAT", by=ARMY, on="12-07")
    assert state(ARMY_HELD, claim, passing, on="12-06") == ("held", "army")
    assert state(ARMY_HELD, claim, passing, left) == ("held", "rebels")


@pytest.mark.parametrize(
    ("source", "expected"), [((COURIER,), "held"), ((ARMY_SPOKESMAN, WIRE), "held"), ((REBEL_COMMAND, WIRE), "claimed")]
)
def test_who_hands_a_town_over_makes_the_other_side_its_holder(source: tuple[Source, ...], expected: str):
    given = told("12-05", *source, type_="RETREAT", mode="cede", by=ARMY, to=REBELS, on="12-05")
    assert state(given) == (expected, "rebels")


def test_a_handing_over_that_is_denied_or_only_planned_is_none():
    for modality in ("negated", "planned"):
        given = told("12-05", COURIER, type_="RETREAT", mode="cede", by=ARMY, to=REBELS, modality=modality)
        assert state(ARMY_HELD, given) == ("held", "army")


def test_a_town_is_taken_and_retaken_and_taken_again():
    back = told("12-08", TIMES, by=ARMY, on="12-08", mode="retake")
    again = told("12-10", POST, by=REBELS, on="12-10", mode="retake")
    assert [state(ARMY_HELD, TAKEN, back, again, on=on) for on in ("12-04", "12-06", "12-09", "12-11")] == [
        ("held", "army"),
        ("held", "rebels"),
        ("held", "army"),
        ("held", "rebels"),
    ]


def test_the_losers_denial_does_not_undo_a_neutral_report_and_neutral_ones_do():
    army = told("12-06", ARMY_SPOKESMAN, TIMES, by=REBELS, modality="negated")
    neutral = [told("12-06", one, by=REBELS, modality="negated") for one in (TIMES, POST)]
    assert state(TAKEN, army) == ("held", "rebels")
    assert state(ARMY_HELD, TAKEN, *neutral) == ("held", "army")


def test_an_admission_weeks_later_bears_the_claim_out_from_its_own_day():
    claim = told("11-05", REBEL_COMMAND, WIRE, by=REBELS, on="11-05")
    admission = told("12-10", ARMY_SPOKESMAN, TIMES, type_="RETREAT", by=ARMY, on="12-10")
    assert state(ARMY_HELD, claim, on="11-10") == ("held", "army")
    found = row(ARMY_HELD, claim, admission)
    assert found is not None
    assert found.holder is not None
    assert (found.status, found.holder.name, found.since) == ("held", "rebels", day("11-05"))


def test_a_side_that_admits_a_loss_takes_nothing_back_by_claiming_a_recapture():
    admission = told("12-06", ARMY_SPOKESMAN, TIMES, type_="RETREAT", by=ARMY, on="12-05")
    recapture = told("12-12", ARMY_SPOKESMAN, POST, by=ARMY, on="12-12")
    before, after = row(TAKEN, admission, on="12-07"), row(TAKEN, admission, recapture, on="12-13")
    assert before is not None
    assert after is not None
    assert (after.status, after.holder) == ("held", before.holder)
    assert "Syrian army" in after.origins


def test_a_capital_is_not_its_governorate_nor_the_governorate_its_capital():
    governorate = replace(HOMS, place_id="g:homs-gov", precision="admin1", kind="admin1")
    whole = told("12-05", WIRE, by=REBELS, at=governorate, on="12-05")
    capital = told("12-06", COURIER, by=ARMY, at=HOMS, on="12-06")
    assert (state(whole, at=governorate), state(whole, at=HOMS)) == (("held", "rebels"), ("", ""))
    assert (state(capital, at=HOMS), state(capital, at=governorate)) == (("held", "army"), ("", ""))
    assert (state(whole, capital, at=HOMS), state(whole, capital, at=governorate)) == (
        ("held", "army"),
        ("held", "rebels"),
    )


def test_what_is_held_stays_held_without_news_and_belief_fades_to_even():
    fresh, later, old = (row(TAKEN, on=on) for on in (date(2024, 12, 6), date(2027, 12, 6), date(2044, 12, 6)))
    assert fresh is not None
    assert later is not None
    assert old is not None
    assert {one.status for one in (fresh, later, old)} == {"held"}
    assert fresh.belief > later.belief > old.belief >= 0.5


def test_fighting_without_news_goes_stale_and_the_holder_stays():
    fighting = fight("12-03", COURIER, on="12-03")
    assert state(ARMY_HELD, fighting, on=date(2025, 3, 3)) == ("held", "army")


def test_an_old_state_named_in_passing_after_a_change_is_no_recapture():
    passing = told("12-07", TIMES, by=ARMY, mode="held")
    assert state(ARMY_HELD, TAKEN, passing) == ("held", "rebels")
    months_on = [told("11-01", WIRE, by=ARMY, mode="held"), told("11-03", COURIER, by=REBELS, on="11-03")]
    assert state(*months_on, told("12-20", TIMES, by=ARMY, mode="held")) == ("held", "army")


def test_a_state_told_before_the_news_of_a_change_does_not_know_of_it():
    meanwhile = told("12-07", TIMES, by=ARMY, mode="held")
    news = told("12-09", COURIER, by=REBELS, on="12-05")
    assert state(meanwhile, on="12-08") == ("held", "army")
    assert state(meanwhile, news) == ("held", "rebels")


def test_a_partisan_who_still_holds_it_contradicts_the_news():
    still = told("12-06", ARMY_SPOKESMAN, TIMES, by=ARMY, mode="control")
    picture = draw(still, told("12-07", COURIER, by=REBELS, on="12-05"))
    assert [one.holder and one.holder.name for one in picture.holdings] == ["rebels"]
    assert len(picture.disputes) == 1


def test_a_taking_in_a_vague_span_comes_before_the_retaking_in_it():
    statement, event = told("12-30", WIRE, by=ARMY)
    taken = (
        statement,
        replace(event, occurred_start=date(2024, 1, 1), occurred_end=date(2024, 12, 31), precision="year"),
    )
    assert state(taken, told("12-30", COURIER, by=REBELS, on="12-20", mode="retake")) == ("held", "rebels")


def test_claims_of_different_months_do_not_bear_each_other_out():
    other = speaker("rebel envoy", "official", "rebels")
    agency = outlet("Rebel Agency", "rebels")
    claims = [told("10-01", REBEL_COMMAND, WIRE, by=REBELS, on="10-01"), told("11-15", agency, by=REBELS, on="11-15")]
    assert state(*claims, told("12-30", other, WIRE, by=REBELS, on="12-30"))[0] == "claimed"


def test_a_change_told_late_counts_from_when_the_place_was_in_the_news():
    late = told("12-20", COURIER, by=REBELS, on="11-10", background=True)
    assert state(late) == ("", "")
    assert state(ARMY_HELD, late) == ("held", "rebels")
    assert state(told("12-01", WIRE, by=ARMY, mode="held"), late) == ("held", "army")


def test_gains_of_one_day_are_weighed_by_what_is_told_for_that_day():
    mentions = [told(published, one, by=ARMY, mode="held") for published, one in (("12-01", WIRE), ("12-02", POST))]
    boast = told("12-05", ARMY_SPOKESMAN, TIMES, by=ARMY, on="12-05")
    assert state(*mentions, boast, TAKEN) == ("held", "rebels")


def test_two_neutral_reports_of_one_day_that_name_opposed_holders_are_contested():
    assert state(TAKEN, told("12-05", TIMES, by=GOVERNMENT, on="12-05"))[0] == "contested"


def test_of_the_allies_named_the_more_specific_holds_after_a_handing_over():
    given = told("12-05", COURIER, type_="RETREAT", mode="cede", by=ARMY, to=HTS, on="12-05")
    assert state(given, told("12-05", TIMES, by=REBELS, on="12-05")) == ("held", "HTS")
