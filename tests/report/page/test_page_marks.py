"""An article's text on the page, in pieces that name their statements."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import mene.report
from mene.records import Evidence, Statement
from mene.report.page.marks import Claim, cut_blocks, write_pieces
from tests.report.hand import article, find, say, source

DAY = date(2024, 12, 6)
TOLD = article(
    "told",
    "Wire",
    "Title\n\nThe army left Hama, a resident said, on Friday. “The town,” she said, “is empty.”\n\n"
    "It would return, the army said.",
    DAY,
)
HEARSAY = "The army left Hama, a resident said, on Friday."


def claims_of(*said: Statement):
    return tuple(Claim(one.id, place, one) for place, one in enumerate(said, 1))


def pieces_of(*said: Statement):
    """Return the pieces of all blocks: their words and their parts, each as the number of the claim and the mark."""
    number = {one.id: place for place, one in enumerate(said)}
    blocks = cut_blocks(TOLD, claims_of(*said))
    return [
        (TOLD.text[one.start : one.end], [(number[part.id], part.mark) for part in one.parts])
        for block in blocks
        for one in block
    ]


def name_source(statement: Statement, words: str) -> Statement:
    first = replace(statement.sources[0], evidence=find(TOLD, words))
    return replace(statement, sources=(first, *statement.sources[1:]))


LEFT = name_source(
    say(
        TOLD,
        "The army left Hama, a resident said, on Friday",
        source("resident", "witness"),
        cue="said",
        sentence=HEARSAY,
    ),
    "a resident",
)


def test_a_cue_and_a_source_amid_their_own_content_are_no_content():
    pieces = dict(pieces_of(LEFT))
    assert pieces["a resident"] == [(0, "source")]
    assert pieces["said"] == [(0, "cue")]
    assert pieces["The army left Hama, "] == pieces[", on Friday"] == [(0, "content")]


def test_the_space_between_source_and_cue_is_no_content():
    assert (" ", []) in pieces_of(LEFT)


def test_the_narrowest_part_comes_first():
    inner = say(TOLD, "Hama", sentence=HEARSAY)
    assert dict(pieces_of(LEFT, inner))["Hama"] == [(1, "content"), (0, "content")]


def test_a_source_in_an_earlier_paragraph_is_marked_there():
    said = name_source(say(TOLD, "It would return", source("army", "armed side"), cue="said"), "The army")
    assert ("The army", [(0, "source")]) in pieces_of(said)


def test_a_statement_over_two_paragraphs_has_one_number_at_its_end():
    start, end = TOLD.text.index("“The town"), TOLD.text.index("return")
    said = replace(say(TOLD, HEARSAY), evidence=Evidence(TOLD.id, start, end), sentence=Evidence(TOLD.id, start, end))
    claims = claims_of(said)
    html = [write_pieces(block, TOLD.text, {said.id: claims[0]}) for block in cut_blocks(TOLD, claims)]
    assert [one.count('class="ref"') for one in html] == [0, 0, 1]
    assert [one.count(f'<a id="{said.id}">') for one in html] == [0, 1, 0]


def test_sentences_are_set_apart_and_those_that_overlap_are_one():
    first, second = say(TOLD, HEARSAY), say(TOLD, "on Friday", sentence="on Friday. “The town,” she said")
    claims = claims_of(first, second)
    html = write_pieces(cut_blocks(TOLD, claims)[1], TOLD.text, {one.id: one for one in claims})
    assert html.count('<span class="sentence">') == 1
    assert html.endswith("</span>, “is empty.”")


SPANS = st.tuples(st.integers(0, len(TOLD.text)), st.integers(1, 60))


@given(st.lists(st.tuples(SPANS, SPANS, SPANS), max_size=6))
def test_whatever_lies_over_a_text_each_word_stays_and_each_statement_has_a_number(spans):
    said = []
    for place, (content, cue, attributed) in enumerate(spans):
        where = [
            Evidence(TOLD.id, start, min(start + size, len(TOLD.text))) for start, size in (content, cue, attributed)
        ]
        first = replace(source("someone"), evidence=where[2])
        one = replace(say(TOLD, HEARSAY), evidence=where[0], sentence=where[0], cue=where[1], sources=(first,))
        said.append(replace(one, id=f"s{place}"))
    claims = claims_of(*said)
    blocks = cut_blocks(TOLD, claims)
    html = "".join(write_pieces(block, TOLD.text, {one.id: one for one in claims}) for block in blocks)
    words = re.sub(r'<a class="ref".*?</a>|<[^>]*>', "", html)
    assert words == "".join(TOLD.text[block.start : block.end] for block in TOLD.blocks)
    visible = [
        one for one in said if any(one.evidence.start < b.end and b.start < one.evidence.end for b in TOLD.blocks)
    ]
    assert sorted(re.findall(r'href="#n-(s\d)"', html)) == sorted(one.id for one in visible)


# --- what is seen -----------------------------------------------------------------------------------------------------

CSS = (Path(mene.report.__file__).parent / "page" / "templates" / "page.css").read_text(encoding="utf-8")
LIGHT, DARK = (dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6})", part)) for part in CSS.split("@media", 2)[:2])
LINES = ("edge", "edge-opinion", "source", "cue", "loaded", "soft", "accent")
FILLS = ("paper", "content", "opinion", "deciding", "lit", "lit-source", "lit-cue")


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_lines_that_carry_meaning_stand_out_from_paper_and_content(scheme):
    low = [(one, on) for one in LINES for on in ("paper", "content") if contrast(scheme[one], scheme[on]) < 3]
    assert not low


@pytest.mark.parametrize("scheme", [LIGHT, DARK], ids=["light", "dark"])
def test_words_are_readable_on_every_fill(scheme):
    assert not [fill for fill in FILLS if contrast(scheme["ink"], scheme[fill]) < 7]
    assert not [fill for fill in ("paper", "content", "opinion") if contrast(scheme["soft"], scheme[fill]) < 4.5]


@pytest.mark.parametrize("kind", ["content", "opinion", "unreal", "background", "source", "cue", "deciding", "loaded"])
def test_no_mark_is_told_by_its_colour_alone(kind):
    rules = " ".join(re.findall(rf"mark\.{kind} {{([^}}]*)}}", CSS))
    if kind == "content":
        rules = " ".join(re.findall(r"mark\.(?:opens|closes) {([^}]*)}", CSS))
    assert re.search(r"border-|text-decoration|font-style|font-weight|outline", rules)
