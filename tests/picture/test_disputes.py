"""What is disputed, and how it is settled: worked examples."""

from mene.picture import draw_picture
from mene.records import Count, Event, Numbers, Picture, Statement

from .hand import ARMY, DARAA, HAMA, REBELS, RUSSIA, SIDES, outlet, say, speaker, tell

WIRE, COURIER = outlet("Levant Wire"), outlet("Harbour Courier")
SPOKESMAN = speaker("Syrian army", "armed side", "army")
REPOSITIONING = "its forces in Daraa had carried out a “repositioning”"


def draw(*told: tuple[Statement, Event]) -> Picture:
    return draw_picture([said for said, _ in told], [event for _, event in told], codebook=SIDES)


def evasion() -> tuple[Statement, Event]:
    statement = say(REPOSITIONING, SPOKESMAN, WIRE, published="12-06")
    return statement, tell(statement, "RETREAT", by=ARMY, at=DARAA)


def test_a_conditional_capture_stands_beside_the_armys_own_words():
    statement = say("If confirmed, the capture of Daraa would be the latest", COURIER)
    picture = draw(evasion(), (statement, tell(statement, "SEIZE", at=DARAA, modality="conditional")))
    (daraa,), (dispute,) = picture.holdings, picture.disputes
    assert (daraa.status, daraa.holder) == ("claimed", None)
    assert dispute.kind == "contradicts"
    assert any("repositioning" in position.claim for position in dispute.positions)
    assert dispute.resolved_by is None


def test_a_later_admission_settles_the_dispute_and_the_holding():
    claim = say("We have taken Daraa", speaker("rebel command", "armed side", "rebels"), WIRE, published="12-06")
    admission = say("our units lost Daraa", SPOKESMAN, COURIER, published="12-08")
    told = [evasion(), (claim, tell(claim, "SEIZE", by=REBELS, at=DARAA, on="12-06"))]
    assert draw(*told).holdings[0].status == "claimed"
    picture = draw(*told, (admission, tell(admission, "SEIZE", by=REBELS, at=DARAA, on="12-06")))
    assert picture.holdings[0].status == "held"
    assert picture.disputes[0].resolved_by == admission.id


def test_a_denied_capture_is_a_dispute():
    report = say("Rebels took Hama", WIRE, published="12-05")
    denial = say("terrorists have not entered Hama", SPOKESMAN, COURIER, published="12-05")
    told = (report, tell(report, "SEIZE", by=REBELS, at=HAMA, on="12-05"))
    picture = draw(told, (denial, tell(denial, "SEIZE", by=REBELS, at=HAMA, on="12-05", modality="negated")))
    assert [position.claim for position in picture.disputes[0].positions] == [
        "rebels took Hama",
        "rebels did not take Hama",
    ]
    assert picture.holdings[0].evidence_against[0].origin == "Syrian army"


def test_a_strike_that_one_tells_and_the_other_denies():
    report = say("Russian jets bombed a hospital in Hama", WIRE, published="12-05")
    denial = say("Russia did not bomb a hospital", speaker("Russian ministry", "official", "russia"), COURIER)
    told = (report, tell(report, "ASSAULT", by=RUSSIA, at=HAMA, mode="aerial", on="12-05"))
    denied = tell(denial, "ASSAULT", by=RUSSIA, at=HAMA, mode="aerial", on="12-05", modality="negated")
    (dispute,) = draw(told, (denial, denied)).disputes
    assert (dispute.kind, len(dispute.positions)) == ("contradicts", 2)


def test_different_figures_are_estimates_and_no_contradiction():
    told = []
    for paper, killed in ((WIRE, 16), (COURIER, 20)):
        statement = say(f"killed {killed}", paper)
        numbers = Numbers(killed=Count(killed, killed, killed, str(killed)))
        told.append((statement, tell(statement, "ASSAULT", at=HAMA, mode="aerial", on="12-05", numbers=numbers)))
    (dispute,) = draw(*told).disputes
    assert dispute.kind == "differs_in_estimate"
    assert [position.claim for position in dispute.positions] == ["16 killed", "20 killed"]


def test_at_least_sixteen_and_twenty_do_not_differ():
    told = []
    for paper, count in ((WIRE, Count(16, 16, None, "at least 16")), (COURIER, Count(20, 20, 20, "20"))):
        statement = say(count.text, paper)
        told.append((statement, tell(statement, "ASSAULT", at=HAMA, on="12-05", numbers=Numbers(killed=count))))
    assert draw(*told).disputes == ()
