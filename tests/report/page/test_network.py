"""The network of backing and fighting."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations

import pytest

from mene.report.happenings import gather_happenings
from mene.report.page.labels import box_of
from mene.report.page.network import MOST_ACTORS, MOST_LINES, choose_network, say_line, show_network, ties_data
from mene.report.page.ties import FIGHTING_DAYS, Part, Tie, Ties, read_ties
from tests.report.hand import EVENTS, IRAN_BEFORE
from tests.report.page.panels import contents, network, ties

DAY = date(2024, 12, 6)


def part(manner="gives", day=DAY, told=DAY, origin="Levant Wire"):
    return Part(manner, day, told, (origin,), ())


def tie(*parts, source="a", target="b", sure=True):
    return Tie(source, target, "arms", sure, parts)


def some_ties(*found):
    names = {key: key.upper() for one in found for key in (one.source, one.target)}
    return Ties(found, names, DAY, DAY)


def test_a_backing_stands_as_it_was_last_told():
    one = tie(part("gives", DAY - timedelta(9), DAY - timedelta(9)), part("reduces"))
    assert [part.manner for part in one.standing(DAY, DAY)] == ["reduces"]
    assert [part.manner for part in one.standing(DAY - timedelta(1), DAY)] == ["gives"]
    assert one.standing(DAY - timedelta(10), DAY) == ()


def test_what_was_not_yet_told_is_not_there():
    late = tie(part("gives", DAY - timedelta(9), DAY))
    assert late.standing(DAY, DAY - timedelta(1)) == ()


@pytest.mark.parametrize(("ago", "seen"), [(0, 1), (FIGHTING_DAYS - 1, 1), (FIGHTING_DAYS, 0)])
def test_fighting_counts_for_so_many_days(ago, seen):
    fought = tie(part("fighting", DAY - timedelta(ago), DAY - timedelta(ago)))
    assert len(fought.standing(DAY, DAY)) == seen


def test_fighting_is_read_from_attacks_told_as_fact():
    (fought,) = [one for one in ties().ties if one.is_fighting]
    assert {ties().names[key] for key in fought.pair} == {"Syrian army", "Syrian rebels"}
    planned = tuple(replace(one, modality="planned", factuality=0.5) for one in EVENTS)
    assert not [one for one in ties(events=planned).ties if one.is_fighting]


def test_history_is_no_tie():
    assert not any("siege" in one.what or one.row == IRAN_BEFORE.id[:7] for one in ties().ties)


def test_a_row_of_the_table_says_who_what_whom():
    rows = network().backings
    first = next(row for row in rows if row.what == "reducing advisers")
    assert (first.who, first.whom, first.since) == ("Iran", "Syrian government", "6 Dec 2024")
    assert any(row.what.startswith("background (2016): gave") for row in rows)
    assert any(row.what == "doubtful: gives troops" and not row.is_fact for row in rows)


def test_a_row_is_found_by_its_actors_and_its_days():
    row = next(row for row in network().backings if row.what == "reducing advisers")
    assert row.facets.actors == ("Iran", "Syrian government")
    assert (row.facets.day, row.facets.told) == (DAY, DAY)


def test_the_lines_say_what_they_mean_without_colour():
    lines = {line.manner: line for line in network().lines}
    assert lines["reduces"].path.count("M") == 3  # the line, its head and its bar
    assert lines["fighting"].path.count("L") > 4
    assert lines["gives"].style == "gives unsure"


@pytest.mark.parametrize(
    ("manner", "sure", "said"),
    [
        ("gives", True, "Iran gives arms to Syria"),
        ("gives", False, "not told as fact: Iran gives arms to Syria"),
        ("refuses", True, "Iran refuses arms to Syria"),
        ("fighting", True, "Iran and Syria fight"),
    ],
)
def test_a_line_is_told_in_words(manner, sure, said):
    assert say_line("Iran", "Syria", manner, "arms", is_sure=sure) == said


def crowd(actors):
    pairs = list(combinations(range(actors), 2))
    return some_ties(
        *(
            tie(part(("gives", "fighting")[n % 2]), source=f"k{a:02}", target=f"k{b:02}")
            for n, (a, b) in enumerate(pairs)
        )
    )


def test_only_the_strongest_are_drawn_and_both_kinds_are():
    chosen = choose_network(crowd(40))
    assert len(chosen.actors) <= MOST_ACTORS
    assert len(chosen.lines) <= MOST_LINES
    assert {line[2] for line in chosen.lines} == {"gives", "fighting"}
    assert len(chosen.actors) + len(chosen.others) == 40


def test_whom_the_codebook_does_not_know_is_drawn_only_if_two_tell_of_it():
    once, twice = tie(part(), target="~drone"), tie(part(), part(origin="Post"), target="~militia")
    assert choose_network(some_ties(once, twice)).actors == ("a", "~militia")


def test_the_drawing_is_always_the_same_and_nothing_covers_anything():
    chosen = choose_network(crowd(12))
    first, again = (show_network(chosen, contents()) for _ in range(2))
    assert first.nodes == again.nodes
    boxes = [box_of(one.label, one.name, 12) for one in first.nodes if one.label]
    assert len(boxes) >= 8
    assert not any(overlap(one, other) for one, other in combinations(boxes, 2))


def overlap(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


PLACES = """
from tests.report.page.panels import contents
from tests.report.page.test_network import islands
from mene.report.page.network import choose_network, show_network
print([(node.x, node.y) for node in show_network(choose_network(islands()), contents()).nodes])
"""


def islands():
    return some_ties(*(tie(part(), source=f"k{n}", target=f"k{n + 1}") for n in range(0, 12, 2)))


def test_the_places_are_the_same_in_every_process():
    made = {
        subprocess.run(
            [sys.executable, "-c", PLACES],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(made) == 1


def test_the_data_tell_the_script_what_the_server_drew():
    chosen = choose_network(ties())
    data = json.loads(json.dumps(ties_data(chosen, contents())))
    shown = show_network(chosen, contents())
    assert data["actors"] == [node.name for node in shown.nodes]
    assert len(data["lines"]) == len(shown.lines)
    assert all(0 <= place < len(data["actors"]) for line in data["lines"] for place in line[:2])


def test_a_drawing_of_nobody_is_none():
    assert show_network(choose_network(some_ties()), contents()).nodes == ()


def test_whom_only_some_blame_is_taken_for_nobody():
    made = contents()
    (fought,) = [one for one in gather_happenings(made) if one.event.type == "ASSAULT"]
    (by,) = fought.occurrence.actors
    blamed = replace(fought, occurrence=replace(fought.occurrence, actors=(by, replace(by, kind="instead"))))
    assert [one for one in read_ties([fought], made).ties if one.is_fighting]
    assert not [one for one in read_ties([blamed], made).ties if one.is_fighting]
