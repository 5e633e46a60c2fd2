"""Claims packed in the page."""

import base64
import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from mene.report.contents import gather_contents
from mene.report.page.environment import TEMPLATES
from mene.report.page.packed import claims_data, list_claims, pack, unpack
from tests.report.hand import REPOSITIONED, RETOLD, STATEMENTS, TOOK, case

ANY_TEXT = st.text(st.characters(exclude_categories=()))
"""Any text, halves of characters included."""


@given(ANY_TEXT)
def test_packing_keeps_all_and_is_the_same_each_time(text):
    assert unpack(pack(text)) == re.sub("[\ud800-\udfff]", "?", text)
    assert pack(text) == pack(text)


@given(ANY_TEXT)
def test_what_is_packed_means_nothing_in_html(text):
    assert not set(pack(text)) & set("<>&\"' \n\\")


def test_the_script_has_the_digits_that_are_written():
    (digits,) = re.findall(r'const DIGITS = "([^"]*)";', (TEMPLATES / "js" / "core.js").read_text(encoding="utf-8"))
    written = base64.b85encode(b"".join((place * 85**3).to_bytes(4) for place in range(85))).decode()
    assert digits == written[1::5].translate(str.maketrans("<>&", ".:,"))


def test_each_claim_has_a_line_of_its_own():
    assert list_claims({"s1": "<p>\nتم\n</p>\n", "s2": "<b>b</b>"}) == "s1 <p> تم </p> \ns2 <b>b</b>"
    assert list_claims({}) == ""


def test_words_at_the_end_of_a_line_stay_apart_from_a_mark_in_the_next():
    assert list_claims({"s1": "left\n<mark>Hama</mark>\non"}) == "s1 left <mark>Hama</mark> on"


def test_all_claims_are_packed_where_none_are_named():
    assert set(claims_data(gather_contents(**case()))) == {one.id[:7] for one in STATEMENTS}


def test_cited_claims_are_packed_with_those_that_they_lead_to():
    contents = gather_contents(**case())
    assert set(claims_data(contents, [RETOLD.id, "s-unknown"])) == {RETOLD.id[:7], TOOK.id[:7]}
    assert set(claims_data(contents, [TOOK.id])) == {TOOK.id[:7]}


def test_claims_are_packed_in_one_order_whatever_is_cited_first():
    contents = gather_contents(**case())
    cited = [one.id for one in STATEMENTS]
    assert list(claims_data(contents, cited)) == list(claims_data(contents, cited[::-1]))


def test_denials_in_a_circle_end():
    one, other = replace(TOOK, denies=(REPOSITIONED.id,)), replace(REPOSITIONED, denies=(TOOK.id,))
    contents = gather_contents(**case(statements=(one, other), events=()))
    assert set(claims_data(contents, [one.id])) == {one.id[:7], other.id[:7]}
