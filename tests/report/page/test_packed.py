"""Claims packed in the page."""

import base64
import gzip
import json
from dataclasses import replace

from mene.report.contents import gather_contents
from mene.report.page.packed import claims_data, pack
from tests.report.hand import REPOSITIONED, RETOLD, STATEMENTS, TOOK, case


def unpack(packed):
    return json.loads(gzip.decompress(base64.b64decode(packed)))


def test_packing_keeps_all_and_is_the_same_each_time():
    held = {"claims": {"s1": "<b>حمص</b>"}}
    assert unpack(pack(held)) == held
    assert pack(held) == pack(held)


def test_half_a_character_is_no_obstacle():
    assert unpack(pack({"claims": {"s1": "a\ud800b"}})) == {"claims": {"s1": "a?b"}}


def test_all_claims_are_packed_where_none_are_named():
    assert set(claims_data(gather_contents(**case()))) == {one.id[:7] for one in STATEMENTS}


def test_cited_claims_are_packed_with_those_that_they_lead_to():
    contents = gather_contents(**case())
    assert set(claims_data(contents, [RETOLD.id, "s-unknown"])) == {RETOLD.id[:7], TOOK.id[:7]}
    assert set(claims_data(contents, [TOOK.id])) == {TOOK.id[:7]}


def test_denials_in_a_circle_end():
    one, other = replace(TOOK, denies=(REPOSITIONED.id,)), replace(REPOSITIONED, denies=(TOOK.id,))
    contents = gather_contents(**case(statements=(one, other), events=()))
    assert set(claims_data(contents, [one.id])) == {one.id[:7], other.id[:7]}
