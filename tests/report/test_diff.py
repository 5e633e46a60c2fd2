"""What changed between two pictures."""

from dataclasses import replace
from datetime import date

from mene.report import write_diff
from mene.report.contents import gather_contents
from mene.report.diff import find_changes

from .hand import (
    ARTICLES,
    EVENTS,
    HAMA_HELD,
    HOMS_NEARLY,
    IRAN_REDUCES,
    NEARLY,
    OVER_DARAA,
    PICTURE,
    STATEMENTS,
    TOOK,
    case,
)

EMPTY = replace(PICTURE, holdings=(), backings=(), presences=(), disputes=())


def changes(before, after):
    return find_changes(gather_contents(**case(picture=before)), gather_contents(**case(picture=after)))


def test_a_picture_does_not_differ_from_itself():
    assert changes(PICTURE, PICTURE) == ()
    shown = write_diff(PICTURE, PICTURE, STATEMENTS, EVENTS, articles=ARTICLES)
    assert shown[-1].plain == "Nothing changed."


def test_a_place_that_changed_names_the_statement_that_did_it():
    held = replace(HOMS_NEARLY, status="held", evidence_for=())
    (change,) = changes(replace(EMPTY, holdings=(held,)), replace(EMPTY, holdings=(HOMS_NEARLY,)))
    assert change.before.startswith("held by Syrian government")
    assert change.after.startswith("nearly taken")
    assert change.statements == (NEARLY.id,)


def test_what_was_not_told_before_is_said_so():
    (change,) = changes(EMPTY, replace(EMPTY, holdings=(HAMA_HELD,)))
    assert (change.before, change.statements) == ("nothing told", (TOOK.id,))


def test_a_backing_that_turned_and_a_dispute_that_settled():
    before = replace(
        EMPTY, backings=(replace(IRAN_REDUCES, id="b0", direction="gives", evidence=()),), disputes=(OVER_DARAA,)
    )
    after = replace(EMPTY, backings=(IRAN_REDUCES,), disputes=(replace(OVER_DARAA, resolved_by=TOOK.id),))
    backing, dispute = changes(before, after)
    assert (backing.before, backing.after) == ("gives advisers", "reducing advisers")
    assert (dispute.after, dispute.statements) == ("settled", (TOOK.id,))


def test_lines_give_before_after_and_the_sentence():
    before = replace(EMPTY, known=date(2024, 12, 4))
    after = replace(EMPTY, holdings=(HAMA_HELD,))
    text = "\n".join(line.plain for line in write_diff(before, after, STATEMENTS, EVENTS, articles=ARTICLES))
    assert "From as known on 4 Dec 2024 to as known on 7 Dec 2024" in text
    assert "Hama: nothing told -> held by Hayat Tahrir al-Sham" in text
    assert "“Syrian rebels led by" in text
