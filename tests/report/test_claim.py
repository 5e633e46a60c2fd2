"""What stands behind a claim."""

import pytest

from mene.errors import InputError
from mene.report import write_claim

from .hand import (
    ARTICLES,
    DARAA_CLAIMED,
    DARAA_LEFT,
    EVENTS,
    IRAN_LEAVING,
    IRAN_REDUCES,
    LOST,
    OVER_DARAA,
    PICTURE,
    PULLING,
    RETOLD,
    SIGNALS,
    STATEMENTS,
    TOOK,
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
