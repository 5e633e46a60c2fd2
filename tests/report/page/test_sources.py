"""The sources panel: who says how much."""

import json
from dataclasses import replace

import pytest

from mene.records import Source
from mene.report.page import sources as module
from mene.report.page.sources import NO_SIDE, show_sources, side_of, sources_data
from tests.report.hand import PULLING, REPOSITIONED, RETOLD, STATEMENTS
from tests.report.page.panels import contents


def panel():
    return show_sources(contents())


def test_an_origin_counts_its_first_tellings_and_its_copies():
    wire = panel().origins[0]
    assert (wire.name, wire.kind, wire.copies) == ("Levant Wire", "outlet", 1)
    assert set(wire.outlets) == {"Levant Wire", "Northmoor Gazette"}
    assert RETOLD.id[:7] == wire.opening.ids[-1]


def test_all_statements_are_shared_out_by_whose_words_they_are():
    whole = panel().whole
    assert sum(part.count for part in whole.parts) == whole.total == len(STATEMENTS)
    assert sum(part.width for part in whole.parts) == pytest.approx(100, abs=0.1)
    assert {part.kind: part.count for part in whole.parts}["named"] == 2


def test_every_outlet_has_its_own_bar():
    bars = panel().outlets
    assert [bar.name for bar in bars] == ["Levant Wire", "The Meridian Dispatch", "Northmoor Gazette"]
    assert sum(bar.total for bar in bars) == len(STATEMENTS)


def test_a_side_is_only_what_the_codebook_knows_and_is_never_guessed():
    assert side_of(REPOSITIONED.origin, contents()) == "Syrian army"
    assert side_of(PULLING.origin, contents()) == NO_SIDE
    assert side_of(Source("Levant Wire", "outlet"), contents()) is None


def test_the_sides_and_the_rest_make_the_whole():
    shown = panel()
    assert sum(one.statements for one in (*shown.sides, *shown.rest)) == len(STATEMENTS)
    assert [one.name for one in shown.sides] == ["Syrian army"]
    assert shown.rest[0].name == NO_SIDE


def test_a_few_of_many_are_not_said_to_be_none():
    assert module._say_share(1, 1000) == "<1 %"
    assert module._say_share(0, 1000) == "0 %"


def test_an_unnamed_source_is_called_by_what_it_is():
    unnamed = replace(PULLING, sources=(Source("a senior official", "official"), *PULLING.sources[1:]))
    shown = show_sources(contents(statements=(unnamed,), events=()))
    assert [(one.name, one.kind) for one in shown.origins] == [("a senior official", "official, unnamed")]


def test_the_data_are_one_row_for_each_origin():
    data = json.loads(json.dumps(sources_data(panel())))
    rows = data["rows"]
    assert [row[0] for row in rows] == [one.name for one in panel().origins]
    assert (data["kinds"][rows[0][1]], data["outlets"][rows[0][5]], rows[0][6]) == ("outlet", "Levant Wire", 1)


def test_no_statement_makes_no_panel():
    assert show_sources(contents(statements=(), events=())).whole is None
