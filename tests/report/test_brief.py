"""The terminal brief."""

import re
from dataclasses import replace

import pytest
from rich.cells import cell_len

from mene.records import Picture
from mene.report import write_brief
from mene.report.brief_lines import fit

from .hand import EVENTS, HAMA_HELD, OVER_DARAA, PICTURE, RETOLD, STATEMENTS, TOOK, case

TAIL = re.compile(r"[A-F][1-6] · +\d+ origins?, \d+ (?:copy|copies) +· [shbpdgeo][0-9a-f]{6,}$")
NARROW_TAIL = re.compile(r"[A-F][1-6] · +\d+/\d+ +· [shbpdgeo][0-9a-f]{6,}$")


def lines(width=100, **changes):
    return [line.plain for line in write_brief(**case(**changes), width=width)]


def many_places(count):
    rows = tuple(
        replace(HAMA_HELD, id=f"h{n:012x}", place=replace(HAMA_HELD.place, name=f"Town {n}")) for n in range(count)
    )
    return replace(PICTURE, holdings=rows)


@pytest.mark.parametrize("width", [60, 80, 96, 100, 140])
def test_at_most_25_lines_and_none_wider_than_asked(width):
    shown = lines(width, picture=many_places(200))
    assert len(shown) == 25
    assert max(map(cell_len, shown)) <= width
    assert "+191 places" in shown[-1] or re.search(r"\+1\d\d places", shown[-1])


@pytest.mark.parametrize(("width", "tail"), [(100, TAIL), (80, NARROW_TAIL)])
def test_every_claim_ends_in_rating_origins_copies_and_id(width, tail):
    body = [one for one in lines(width)[2:-1] if not one.startswith(("dropped", "leaders", "sources"))]
    assert all(tail.search(one) for one in body)
    assert len({cell_len(one) for one in body}) == 1


def test_the_sections_stand_in_their_order():
    labels = [one[:9].strip() for one in lines() if one[:9].strip() and not one.startswith(("Read", "3 outlets", "+"))]
    assert labels == ["places", "backing", "disputed", "latest", "not fact", "sources", "opinion", "leaders", "dropped"]


def test_a_place_nearly_taken_is_never_said_to_be_held():
    (homs,) = [one for one in lines() if "Homs: " in one]
    assert "nearly taken by Syrian rebels" in homs
    assert "held" not in homs


def test_what_did_not_happen_stands_under_not_fact_alone():
    text = "\n".join(lines(140))
    facts = text[text.index("latest") : text.index("not fact")]
    assert not any(word in facts for word in ("Homs", "Russia", "protest", "2016"))
    assert "doubtful: deployment by Russia" in text


def test_the_outlook_says_that_it_is_not_calibrated_and_gives_the_base_rate():
    (leader,) = [one for one in lines() if one.startswith("leaders")]
    assert "Bashar al-Assad: not calibrated" in leader
    assert "10 %" in leader


def test_both_sides_of_a_dispute_are_shown_or_neither():
    disputes = tuple(replace(OVER_DARAA, id=f"d{n:012x}") for n in range(9))
    shown = lines(picture=replace(many_places(30), disputes=disputes))
    start = next(place for place, one in enumerate(shown) if one.startswith("disputed"))
    assert "may have taken" in shown[start]
    assert shown[start + 1].strip().startswith("or Syrian army")
    assert not shown[start + 2].strip().startswith("Daraa: ")


def test_a_side_of_a_dispute_has_the_letter_of_its_source():
    shown = lines(letters={"levant wire": "C"})
    start = next(place for place, one in enumerate(shown) if one.startswith("disputed"))
    assert ["C4" in shown[start], "F4" in shown[start + 1]] == [True, True]


def test_copies_are_counted_under_one_origin():
    (hama,) = [one for one in lines() if "capture of Hama" in one]
    assert "1 origin, 1 copy" in hama


def test_one_article_alone():
    shown = lines(statements=(TOOK,), events=EVENTS[:1], signals=(), outlook=(), dropped=())
    assert shown[0].startswith("Read: 1 article, 1 independent origin, 1 statement")
    assert shown[1].startswith("Levant Wire, 6 Dec 2024")


def test_nothing_found_is_told():
    empty = Picture(None, None, (), (), (), ())
    shown = lines(picture=empty, statements=(), events=(), signals=(), outlook=(), dropped=(), articles=())
    assert "Nothing that anybody says was found" in shown[-1]


def test_control_characters_of_an_article_never_reach_the_terminal():
    evil = replace(RETOLD, text="\x1b[2J\u202eevil\x07", kind="opinion")
    shown = "".join(lines(140, statements=(*(one for one in STATEMENTS if one != RETOLD), evil)))
    assert not set(shown) & set("\x1b\x07\u202e")


def test_text_in_wide_letters_is_cut_by_columns():
    assert cell_len(fit("阿勒颇和哈马已被反对派占领", 11)) <= 11
