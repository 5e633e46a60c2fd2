"""The disputes and the outlook as the page shows them."""

from dataclasses import replace
from datetime import date

from mene.records import Dispute, Position
from mene.report.page.disputes import show_disputes
from mene.report.page.outlook import show_leaders
from tests.report.hand import (
    DAMASCUS_FOUGHT,
    DARAA_LEFT,
    OUTLOOK,
    OVER_DARAA,
    PICTURE,
    REPOSITIONED,
    RUSSIA_SENDS,
    UNLIKELY,
    cite,
)
from tests.report.page.panels import contents


def disputes(*rows):
    return show_disputes(contents(picture=replace(PICTURE, disputes=rows)))


def test_the_positions_stand_side_by_side_with_their_counts():
    (row,) = disputes(OVER_DARAA)
    first, second = row.positions
    assert (first.claim, first.origins) == ("Syrian rebels may have taken Daraa", ("Levant Wire",))
    assert second.quote == ""  # its claim is the sentence
    assert all(side.opening.ids and side.worth.origins == 1 for side in row.positions)


def test_a_dispute_stands_from_the_day_two_positions_were_known():
    late = replace(OVER_DARAA.positions[1], evidence=(cite(RUSSIA_SENDS),))
    (row,) = disputes(replace(OVER_DARAA, positions=(OVER_DARAA.positions[0], late)))
    assert row.stands_from == "7 Dec 2024"
    assert row.facets.told == UNLIKELY.published_at


def test_a_settled_dispute_tells_by_what_and_since_when():
    (row,) = disputes(replace(OVER_DARAA, resolved_by=REPOSITIONED.id))
    assert row.settled == date(2024, 12, 6)
    assert row.settling.ids == (REPOSITIONED.id[:7],)
    assert disputes(OVER_DARAA)[0].settled is None


def test_a_disputed_event_is_told_in_words_and_not_by_its_code():
    name = "ASSAULT (clash) Syrian rebels at Damascus"
    sides = (
        Position(f"{name} happened", (cite(DAMASCUS_FOUGHT),), ("Levant Wire",)),
        Position(f"{name} did not happen", (cite(DARAA_LEFT),), ("Syrian army",)),
    )
    (row,) = disputes(Dispute("d1", name, "contradicts", sides))
    assert row.subject == "attack by Syrian rebels on Syrian army in Damascus: whether it happened"
    assert [side.claim for side in row.positions] == ["Happened", "Did not happen"]


def test_differing_figures_name_the_event():
    sides = tuple(Position(f"{n} killed", (cite(DAMASCUS_FOUGHT),), ("Levant Wire",)) for n in (3, 16))
    (row,) = disputes(Dispute("d2", "killed in ASSAULT at Damascus", "differs_in_estimate", sides))
    assert row.subject == "killed in attack by Syrian rebels on Syrian army in Damascus"


def test_signals_are_a_dated_list_the_last_first():
    (leader,) = show_leaders(contents())
    assert [row.day for row in leader.signals] == ["6 Dec 2024", "5 Dec 2024"]
    assert [(row.sign, row.stance) for row in leader.signals] == [("−", "against")] * 2
    assert leader.balance == "2 signals against staying, 0 for"


def test_no_probability_is_given_where_none_is_calibrated():
    (leader,) = show_leaders(contents())
    assert leader.judgement == "Not calibrated: no probability is given"
    likely = replace(OUTLOOK[0], probability=0.7, interval=(0.6, 0.8), band="likely")
    (sure,) = show_leaders(contents(outlook=(likely,)))
    assert sure.judgement == "Loses power within 180 days: likely, 70 % (60 % to 80 %)"
