"""The timeline: what happened by day, place and actor."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mene.report.page import timeline as module
from mene.report.page.density import MOST_BARS, choose_scale, draw_bars
from mene.report.page.timeline import events_data, show_timeline
from tests.report.hand import EVENTS, HTS, STATEMENTS, THURSDAY, WIRE, say, tell, town
from tests.report.page.panels import timeline

DAYS = st.lists(st.dates(date(1990, 1, 1), date(2040, 1, 1)), min_size=1, max_size=30)


@given(DAYS)
def test_bars_hold_every_day_once_and_are_few(days):
    scale = choose_scale(days)
    assert len(scale.starts) <= MOST_BARS
    for day in days:
        bar = scale.bar_of(day)
        assert scale.starts[bar] <= day <= scale.last_of(bar)


@given(DAYS)
def test_bars_follow_each_other_without_a_gap(days):
    scale = choose_scale(days)
    for bar, start in enumerate(scale.starts[1:]):
        assert scale.last_of(bar) + timedelta(1) == start


@pytest.mark.parametrize(
    ("length", "unit", "name"),
    [
        (9, "day", "1 Jan 2024"),
        (200, "week", "1–7 Jan 2024"),
        (900, "month", "Jan 2024"),
        (4000, "quarter", "Jan – Mar 2024"),
        (12_000, "year", "2024"),
    ],
)
def test_long_periods_have_wider_bars(length, unit, name):
    scale = choose_scale([date(2024, 1, 1), date(2024, 1, 1) + timedelta(length)])
    assert (scale.unit, scale.name_bar(0)) == (unit, name)


def test_no_day_has_no_bars():
    assert choose_scale([]) is None


def test_an_axis_has_few_labels_and_none_at_its_end():
    ticks = choose_scale([date(2024, 1, 1), date(2024, 3, 1)]).ticks
    assert ticks[0] == (0.0, "1 Jan 2024")
    assert len(ticks) <= 8
    assert ticks[-1][0] <= 91


def test_facts_stand_below_what_is_none():
    scale = choose_scale([date(2024, 1, 1), date(2024, 1, 3)])
    first, last = draw_bars(scale, [(3, 1), (0, 0), (1, 0)])
    assert (first.facts_height, first.others_height, last.facts_height) == (48.0, 16.0, 16.0)


def test_the_last_day_comes_first_and_facts_before_others():
    moments = timeline().moments
    days = [one.day for one in moments if one.day]
    assert days == sorted(days, reverse=True)
    styles = [one.style for one in moments if one.day == THURSDAY]
    assert styles == sorted(styles, reverse=True)


def test_what_is_no_fact_is_labelled_and_history_is_last():
    moments = timeline().moments
    assert all(bool(one.label) == (one.style != "solid") for one in moments)
    assert (moments[-1].group, moments[-1].label, moments[-1].when) == ("history", "background", "2016")


def test_an_event_without_a_day_stands_under_none_and_in_no_bar():
    (homs,) = [one for one in timeline().moments if one.facets.place == "Homs"]
    assert (homs.group, homs.day, homs.when) == ("loose", None, "told 6 Dec 2024")


def test_an_event_opens_all_that_tell_it():
    (hama,) = [one for one in timeline().moments if one.facets.place == "Hama"]
    assert len(hama.opening.ids) == 2
    assert hama.facets.told == date(2024, 12, 6)


def test_the_lanes_are_places_the_busiest_first():
    panel = show_timeline(timeline())
    totals = [lane.total for lane in panel.lanes]
    assert totals == sorted(totals, reverse=True)
    assert all(lane.total == sum(dot.facts + dot.others for dot in lane.dots) for lane in panel.lanes)


def test_the_panel_shows_the_first_moments_and_counts_the_others(monkeypatch):
    monkeypatch.setattr(module, "FIRST_MOMENTS", 3)
    panel = show_timeline(timeline())
    assert sum(len(told) for _, told in panel.days) == 3
    assert panel.more_moments == panel.total - 3


def test_no_more_than_so_many_events_are_kept_the_weightiest(monkeypatch):
    everything = timeline()
    monkeypatch.setattr(module, "MOST_EVENTS", 2)
    kept = timeline()
    assert kept.left_out == len(everything.moments) - 2
    assert {one.facets.type for one in kept.moments} == {"SEIZE"}


def test_the_data_are_one_row_for_each_moment_with_names_in_tables():
    told = timeline()
    data = json.loads(json.dumps(events_data(told)))
    assert len(data["rows"]) == len(told.moments)
    for row, one in zip(data["rows"], told.moments, strict=True):
        assert [data["actors"][actor] for actor in row[5]] == list(one.facets.actors)
        assert (data["places"][row[4]] if row[4] >= 0 else "") == one.facets.place
        assert row[-2].split() == list(one.opening.ids)


def test_the_bars_of_the_data_end_after_the_last():
    told = timeline()
    assert len(events_data(told)["bars"]) == len(told.scale.starts) + 1


def test_an_empty_timeline_has_no_bars():
    panel = show_timeline(timeline(statements=(), events=()))
    assert (panel.total, panel.bars, panel.lanes, panel.days) == (0, (), (), ())


def test_a_plan_for_a_far_day_does_not_stretch_the_axis():
    said = say(WIRE, "an adviser", modality="planned")
    planned = tell(said, "SEIZE", by=HTS, at=town("Tadef", 36.3, 37.5), on=date(2040, 1, 1))
    told = timeline(statements=(*STATEMENTS, said), events=(*EVENTS, planned))
    assert told.scale.unit == "day"
    (far,) = [one for one in told.moments if one.facets.place == "Tadef"]
    assert (far.group, far.when) == ("loose", "1 Jan 2040")
