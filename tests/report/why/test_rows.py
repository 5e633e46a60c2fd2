"""A row of the picture is what its origins add up to, and each origin's weight is told in words."""

from functools import cache

import pytest

from mene.articles import load_articles
from mene.picture import Grounds, draw_grounded
from mene.pipeline import grounds_of, load_model, read
from mene.records import Dispute, Signal
from mene.report.contents import Contents, gather_contents
from mene.report.why import Explanation, explain_row, write_explanation, write_row
from mene.report.why.records import Reason
from mene.sample import sample_articles, sample_codebook
from mene.view import View, view
from tests.report.hand import ARTICLES, EVENTS, LOST, OVER_DARAA, PICTURE, SIGNALS, STATEMENTS


@cache
def shown() -> View:
    model = load_model(sample_codebook())
    loaded = (one for path in sample_articles() for one in load_articles(str(path)))
    return view([read(one.unwrap(), model) for one in loaded], model.codebook, as_of=None, on=None)


def grounds() -> dict[str, Grounds]:
    return grounds_of(shown().readings, load_model(sample_codebook()).codebook)


def contents() -> Contents:
    found = shown()
    return gather_contents(
        found.picture, found.statements, found.events, articles=found.articles, signals=found.signals
    )


@cache
def contents_once() -> Contents:
    return contents()


def test_each_row_of_the_sample_is_what_its_origins_add_up_to():
    picture, rests = shown().picture, grounds()
    rows = (*picture.holdings, *picture.backings, *picture.presences)
    assert len(rows) > 50
    for row in rows:
        told = explain_row(row, contents(), rests, lambda _: "not asked")
        weights = [one.weight for one in told.origins]
        assert rests[row.id].belief == row.belief == told.reasons[0].probability
        assert sum(weights) + rests[row.id].prior == pytest.approx(rests[row.id].log_odds, abs=0.01)
        assert [abs(one) for one in weights] == sorted((abs(one) for one in weights), reverse=True)
        assert all(one.because for one in told.origins)


def test_each_origin_of_a_holding_is_there_once():
    rests = grounds()
    for row in shown().picture.holdings:
        told = explain_row(row, contents(), rests, lambda _: "not asked")
        assert {one.origin for one in told.origins if one.says == "for it"} >= set(row.origins)


@pytest.mark.parametrize("row", [OVER_DARAA, LOST], ids=["dispute", "signal"])
def test_a_row_that_is_not_weighed_names_its_origins(row: Dispute | Signal):
    case = gather_contents(PICTURE, STATEMENTS, EVENTS, articles=ARTICLES, signals=SIGNALS)
    told = explain_row(row, case, {}, lambda _: "its article is not at hand")
    assert all(one.weight is None for one in told.origins)
    assert {one.note for one in told.origins} == {"its article is not at hand"}
    lines = [line.plain for line in write_row(told, row.id[:7], width=80, shorten=str)]
    assert any("its article is not at hand" in line for line in lines)


def test_each_event_of_the_sample_names_all_who_tell_it():
    for row in shown().picture.occurrences:
        told = explain_row(row, contents_once(), {}, lambda _: "not asked")
        assert {one.origin for one in told.origins if one.says == "tells it"} == set(row.origins)
        assert told.reasons[0].code == row.modality


def test_a_signal_tells_strength_and_belief():
    case = gather_contents(PICTURE, STATEMENTS, EVENTS, articles=ARTICLES, signals=SIGNALS)
    told = explain_row(LOST, case, {}, str)
    assert "times the belief in the sign" in told.reasons[0].because[-1]


EXPLAINED = Explanation(
    "s1",
    "e1",
    "SEIZE: capture of Hama",
    "[actor: Rebels] [type: took] [place: Hama] " + "and then went on " * 20,
    (Reason("actor", "Syrian rebels (syr-rebels)", "syr-rebels", "Rebels", ("one reason " * 20, "the other (97 %)")),),
)


@pytest.mark.parametrize("width", [80, 100, 120])
def test_lines_are_no_wider_than_the_terminal(width):
    lines = list(write_explanation(EXPLAINED, "e1", width=width))
    assert max(len(line.plain) for line in lines) <= width
    assert not any(line.plain.lstrip().startswith("%") for line in lines)


def test_roles_are_told_by_brackets_and_by_style():
    (line,) = [one for one in write_explanation(EXPLAINED, "e1", width=80) if "[type: took]" in one.plain]
    styled = {line.plain[span.start : span.end] for span in line.spans}
    assert {"[actor: Rebels]", "[type: took]", "[place: Hama]"} <= styled


def test_reasons_can_be_left_out():
    lines = [line.plain for line in write_explanation(EXPLAINED, "e1", width=80, without=("actor",))]
    assert not any("syr-rebels" in line for line in lines)


def test_the_picture_is_the_same_with_its_grounds():
    found, book = shown(), load_model(sample_codebook()).codebook
    again, rests = draw_grounded(found.statements, found.events, codebook=book)
    assert again == found.picture
    assert rests.keys() == {row.id for row in (*again.holdings, *again.backings, *again.presences)}
