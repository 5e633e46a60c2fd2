"""Text of articles as HTML, and what its marks look like."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mene.report.marks import cut
from mene.report.page.environment import TEMPLATES
from mene.report.page.marks import safe_text, style_of, write_marked
from tests.report.hand import DOOMED, SIEGE, TOOK
from tests.report.page.reader import Reader


def test_a_cue_and_a_source_amid_their_own_content_are_no_content():
    pieces = [
        ("It fell, ", ("content",)),
        ("he", ("content", "source")),
        (" ", ("content",)),
        ("said", ("content", "cue")),
    ]
    told = '<mark class="content">It fell, </mark><mark class="source">he</mark><mark class="content"> </mark>'
    assert write_marked(pieces) == f'{told}<mark class="cue">said</mark>'


@pytest.mark.parametrize(("statement", "style"), [(TOOK, ""), (SIEGE, "background"), (DOOMED, "opinion unreal")])
def test_only_what_is_no_plain_fact_has_a_style(statement, style):
    assert style_of(statement) == style


@given(st.text())
def test_safe_text_holds_no_tag(text):
    assert "<" not in safe_text(text)


MARKS = st.lists(st.sampled_from(["content", "source", "cue", "place", "day", "deciding", "loaded"]), unique=True)


@given(st.lists(st.tuples(st.text(max_size=9), MARKS.map(tuple)), max_size=8))
def test_marked_text_is_well_formed(pieces):
    Reader(str(write_marked(pieces, "opinion")))


SPANS = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 50), st.integers(0, 50)), max_size=12)


@given(SPANS)
def test_pieces_join_to_the_whole_and_know_what_lies_over_them(spans):
    pieces = cut(5, 45, spans)
    assert [first for first, _, _ in pieces[1:]] == [last for _, last, _ in pieces[:-1]]
    assert (pieces[0][0], pieces[-1][1]) == (5, 45)
    for first, last, keys in pieces:
        assert sorted(keys) == sorted(key for key, start, end in spans if start <= first and last <= end)


# --- what is seen -----------------------------------------------------------------------------------------------------

CSS = "".join((TEMPLATES / name).read_text(encoding="utf-8") for name in ("css/base.css", "css/claim.css"))
LIGHT, DARK = (dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6})", part)) for part in CSS.split("@media", 2)[:2])
LINES = ("edge", "edge-opinion", "source", "cue", "place", "day", "loaded", "soft", "accent")
FILLS = ("paper", "panel", "content", "opinion", "deciding")


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


@pytest.mark.parametrize("kind", ["content", "source", "cue", "place", "day", "deciding", "loaded"])
def test_no_mark_is_told_by_its_colour_alone(kind):
    rules = " ".join(re.findall(rf"mark\.{kind} {{([^}}]*)}}", CSS))
    assert re.search(r"border-|text-decoration|font-weight|outline", rules)


@pytest.mark.parametrize("style", ["unreal", "background", "opinion", "opinion.unreal"])
def test_how_a_sentence_is_told_is_drawn_with_a_line_of_its_own(style):
    (rule,) = re.findall(rf"^\.{re.escape(style)} {{([^}}]*)}}", CSS, re.M)
    lines = re.findall(r"^\.(?:unreal|background|opinion|opinion\.unreal) {[^}]*text-decoration: ([^;]*);", CSS, re.M)
    assert "text-decoration" in rule
    assert len(set(lines)) == 4
