"""What stands behind a claim."""

from dataclasses import replace

import pytest

from mene.errors import InputError
from mene.records import Count, Numbers, Source
from mene.report import write_claim

from .hand import (
    ARTICLES,
    DARAA_CLAIMED,
    DARAA_LEFT,
    EVENTS,
    GOVERNMENT,
    HAMA_RETOLD,
    HAMA_TAKEN,
    HOMS_NEAR,
    IRAN_LEAVING,
    IRAN_REDUCES,
    LOST,
    NEARLY,
    OVER_DARAA,
    PICTURE,
    PULLING,
    RETOLD,
    SIGNALS,
    STATEMENTS,
    TOOK,
    case,
)


def show(claim_id, *, colour=False, articles=ARTICLES):
    shown = write_claim(claim_id, PICTURE, STATEMENTS, EVENTS, SIGNALS, articles=articles, colour=colour)
    return "\n".join(line.plain for line in shown)


def test_without_colour_the_marks_are_labelled():
    text = show(PULLING.id)
    assert "[content: Iran has {deciding: begun} to pull out its commanders]" in text
    assert "[cue: told]" in text


def test_with_colour_the_sentence_is_whole_and_styled():
    shown = write_claim(PULLING.id, PICTURE, STATEMENTS, EVENTS, SIGNALS, articles=ARTICLES)
    (sentence,) = [line for line in shown if line.plain == PULLING.sentence_text]
    assert {"bold", "yellow"} <= {str(span.style) for span in sentence.spans}


def test_the_chain_runs_from_the_outlet_to_the_origin():
    text = show(PULLING.id)
    assert "Levant Wire -> Golden Horn Post -> Karim Daneshvar (an adviser; official), the origin" in text
    assert "because of “begun”" in text


def test_copies_are_folded_under_their_origin_and_lead_back():
    assert "1 folded under Levant Wire" in show(TOOK.id)
    assert "copy of     Levant Wire" in show(RETOLD.id)


def test_an_event_leads_to_its_statement():
    assert show(EVENTS[0].id) == show(TOOK.id)


def test_a_holding_shows_what_speaks_for_and_against_it():
    text = show(DARAA_CLAIMED.id)
    assert text.index("For") < text.index("If confirmed") < text.index("Against") < text.index("repositioning")


@pytest.mark.parametrize("row", [IRAN_REDUCES, IRAN_LEAVING, LOST, OVER_DARAA])
def test_every_row_shows_a_sentence_with_its_origin_day_and_id(row):
    text = show(row.id)
    assert "[content: " in text
    assert "6 Dec 2024, s" in text


def test_without_the_article_the_sentence_is_shown_unmarked():
    assert PULLING.sentence_text in show(PULLING.id, articles=())


def test_an_unknown_claim_is_told_in_one_line():
    with pytest.raises(InputError, match="no claim 'h0000000'"):
        show("h0000000")


def test_the_evidence_of_a_denial_is_not_called_fact():
    assert DARAA_LEFT.modality == "asserted"
    assert "told as fact" in show(OVER_DARAA.id)
    assert "conditional" in show(OVER_DARAA.id)


# --- an event, with all who tell it -----------------------------------------------------------------------------------


def show_event(**changes):
    told = case(**changes)
    (hama,) = [row for row in told["picture"].occurrences if row.place and row.place.name == "Hama"]
    del told["outlook"], told["dropped"], told["signals"]
    return "\n".join(line.plain for line in write_claim(hama.id, colour=False, **told))


def test_an_event_shows_its_tellings_under_their_origins_with_copies_folded():
    text = show_event()
    assert text.startswith("5 Dec 2024; capture of Hama by Hayat Tahrir al-Sham from Syrian army")
    assert "told as fact · one event: " in text
    assert "\nLevant Wire, 1 copy\n" in text
    assert text.count("took Hama on Thursday") == 1
    assert f"copy: Northmoor Gazette, 6 Dec 2024, {RETOLD.id[:7]}" in text


def test_an_event_shows_which_side_is_named_by_whom_and_what_figures_are_given():
    text = "that Syrian army units gave up the town of Hama on Thursday, and 40 of them died"
    other = replace(TOOK, id="s0", sources=(Source("the Monitor", "monitor"), *TOOK.sources), text=text)
    blamed = replace(HAMA_TAKEN, id="e0", statement_id="s0", actors=(GOVERNMENT,), numbers=figure(40))
    events = [replace(HAMA_TAKEN, numbers=figure(16)), HAMA_RETOLD, replace(blamed, evidence=NEARLY.evidence)]
    shown = show_event(statements=(*STATEMENTS, other), events=events)
    assert "by          Hayat Tahrir al-Sham (Levant Wire); or Syrian government (the Monitor)" in shown
    assert "figures     killed: 16 (Levant Wire); killed: 40 (the Monitor)" in shown
    assert "capture of Hama by Hayat Tahrir al-Sham or Syrian government" in shown


def figure(number):
    return Numbers(killed=Count(number, number, number, str(number)))


def test_an_event_shows_who_denies_it():
    army = Source("Syrian army", "armed side", actor_id="syr-army")
    said = replace(NEARLY, kind="denial", sources=(army, *NEARLY.sources), denies=(TOOK.id,))
    denied = replace(HOMS_NEAR, modality="negated", place=None)
    told = [said if one is NEARLY else one for one in STATEMENTS]
    text = show_event(statements=told, events=[HAMA_TAKEN, HAMA_RETOLD, denied])
    assert text.index("Denied") < text.index("taking Homs")


def test_a_statement_leads_to_the_event_that_others_tell_too():
    told = case()
    del told["outlook"], told["dropped"], told["signals"]
    text = "\n".join(line.plain for line in write_claim(TOOK.id, colour=False, **told))
    (hama,) = [row for row in told["picture"].occurrences if row.place and row.place.name == "Hama"]
    assert f"told as fact; 5 Dec 2024; told 2 times: {hama.id[:7]}" in text
