"""What the tellings of one event say together, and who says it."""

from dataclasses import replace

from mene.picture.draw import draw_picture
from mene.picture.occurrences import occurrence_id
from mene.records import Count, Numbers

from .hand import ARMY, GOVERNMENT, HAMA, HTS, IRAN, REBELS, RUSSIA, SIDES, day, outlet, say, speaker, tell

WIRE, COURIER, GAZETTE = outlet("Levant Wire"), outlet("Harbour Courier"), outlet("Northmoor Gazette")
AGENCY = outlet("State Agency", "agency")
ARMY_SAYS = speaker("army", "armed side", "army")
DENIED = {"on": "12-05", "modality": "negated"}
NEAR_HAMA = replace(HAMA, name="near Hama", place_id="g:hama/near", precision="near")


def events(*told):
    picture = draw_picture([said for said, _ in told], [event for _, event in told], codebook=SIDES)
    return picture.occurrences


def strike(text, *sources, published="12-05", low=None, best=None, **event):
    statement = say(text, *sources, published=published)
    count = Count(best, best, None if low else best, f"at least {best}" if low else str(best)) if best else None
    return statement, tell(
        statement, "ASSAULT", at=event.pop("at", HAMA), mode="aerial", numbers=Numbers(count), **event
    )


TWELVE = strike("An air strike on a market in Hama on Thursday killed twelve", WIRE, on="12-05", best=12)
FIFTEEN = strike("Fifteen dead in market strike in Hama", COURIER, on="12-05", best=15)
OF_LATER = strike(
    "Thursday's strike on the market in Hama killed at least 15",
    GAZETTE,
    published="12-06",
    on="12-05",
    best=15,
    low=True,
)


def test_two_tolls_stay_two_estimates_with_who_says_so():
    (row,) = events(TWELVE, FIFTEEN, OF_LATER)
    assert [(one.count.text, one.origins) for one in row.estimates] == [
        ("12", ("Levant Wire",)),
        ("15", ("Harbour Courier",)),
        ("at least 15", ("Northmoor Gazette",)),
    ]
    assert row.numbers.killed == Count(12, 15, None, "12 to 15")


def test_tolls_that_differ_are_a_difference_in_estimate_and_no_contradiction():
    told = (TWELVE, FIFTEEN)
    (dispute,) = draw_picture([s for s, _ in told], [e for _, e in told], codebook=SIDES).disputes
    assert (dispute.kind, dispute.subject) == ("differs_in_estimate", "killed in ASSAULT at Hama on 2024-12-05")
    assert [position.origins for position in dispute.positions] == [("Levant Wire",), ("Harbour Courier",)]


def test_an_origin_that_corrects_its_toll_differs_from_nobody():
    later = strike("The strike on the market in Hama killed 15", WIRE, published="12-06", on="12-05", best=15)
    (row,) = events(TWELVE, later)
    assert row.numbers.killed == Count(15, 15, 15, "15")


def test_the_most_precise_place_and_the_days_that_all_allow_are_kept():
    vague = strike("Market near Hama hit by air strike that killed twelve", COURIER, best=12, at=NEAR_HAMA)
    wide = (vague[0], replace(vague[1], occurred_start=day("12-04"), occurred_end=day("12-05"), precision="span"))
    (row,) = events(TWELVE, wide)
    assert row.place == HAMA
    assert (row.occurred_start, row.occurred_end, row.precision) == (day("12-05"), day("12-05"), "day")


def test_who_is_blamed_by_whom_stays_beside_the_name():
    ours = strike("An army air strike on the market in Hama killed twelve", WIRE, on="12-05", best=12, by=ARMY)
    same = strike("Government jets killed twelve at the market in Hama", GAZETTE, on="12-05", best=12, by=GOVERNMENT)
    theirs = strike("Rebel jets bombed a Hama market, a dozen were buried", AGENCY, on="12-05", best=12, by=REBELS)
    (row,) = events(ours, same, theirs)
    assert [(one.participant.name, one.origins, one.kind) for one in row.actors] == [
        ("army", ("Levant Wire",), "first"),
        ("government", ("Northmoor Gazette",), "same side"),
        ("rebels", ("State Agency",), "instead"),
    ]


def test_those_named_in_one_go_stand_beside_each_other():
    statement, event = strike("Russian and Iranian jets hit Hama", WIRE, on="12-05", by=RUSSIA)
    (row,) = events((statement, replace(event, actors=(RUSSIA, IRAN))))
    assert [one.kind for one in row.actors] == ["first", "beside"]


def test_origins_count_and_copies_are_folded():
    text = "An air strike on a crowded market in the centre of Hama on Thursday killed twelve people"
    first = strike(text, WIRE, on="12-05", best=12)
    copy = strike(text, COURIER, published="12-06", on="12-05", best=12)
    monitor = strike(
        "Twelve died in the strike on the market in Hama",
        speaker("the Monitor", "monitor"),
        GAZETTE,
        on="12-05",
        best=12,
    )
    (row,) = events(first, copy, monitor)
    assert (row.origins, row.copies, row.rating) == (("Levant Wire", "the Monitor"), 1, "F1")


def test_a_denial_stands_against_the_event_it_denies():
    statement, event = strike(
        "that its jets had hit a market in Hama",
        speaker("army", "armed side", "army"),
        COURIER,
        on="12-05",
        modality="negated",
    )
    fact, denied = events(TWELVE, (replace(statement, kind="denial"), event))
    fact, denied = (fact, denied) if fact.modality == "asserted" else (denied, fact)
    assert [one.statement_id for one in fact.evidence_against] == [statement.id]
    assert (fact.rating, denied.modality) == ("F4", "negated")


def test_what_only_did_not_happen_denies_nobody():
    plain = strike("No air strike hit the market in Hama before", GAZETTE, on="12-05", modality="negated")
    fact = next(row for row in events(TWELVE, plain) if row.modality == "asserted")
    assert fact.evidence_against == ()


def test_a_denial_that_points_at_a_statement_stands_against_it_wherever_it_is():
    statement, event = strike("it", ARMY_SAYS, COURIER, modality="negated", at=None)
    denial = replace(statement, kind="denial", denies=(TWELVE[0].id,))
    fact = next(row for row in events(TWELVE, (denial, event)) if row.modality == "asserted")
    assert [one.statement_id for one in fact.evidence_against] == [statement.id]


def test_the_id_is_that_of_the_first_telling_and_later_ones_leave_it():
    (alone,) = events(TWELVE)
    (more,) = events(TWELVE, OF_LATER)
    assert alone.id == more.id == occurrence_id(TWELVE[1].id)
    assert [one.event_id for one in more.members] == [TWELVE[1].id, OF_LATER[1].id]


def test_what_is_told_for_a_later_day_is_left_out_on_a_day():
    statements, told = [TWELVE[0]], [TWELVE[1]]
    assert draw_picture(statements, told, on=day("12-04"), codebook=SIDES).occurrences == ()


def test_a_town_taken_is_put_together_from_all_its_tellings():
    told = []
    for text, paper, party in (("HTS took Hama on Thursday", WIRE, HTS), ("Rebels entered Hama", COURIER, REBELS)):
        statement = say(text, paper, published="12-05")
        told.append((statement, tell(statement, "SEIZE", by=party, at=HAMA, mode="take", on="12-05")))
    (row,) = events(*told)
    assert [one.participant.name for one in row.actors] == ["HTS", "rebels"]
    assert row.background is False
