"""What a report shows, indexed."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mene.errors import InputError
from mene.picture import find_origins
from mene.report.contents import find_claim, gather_contents, shorten

from .hand import DOOMED, EVENTS, HAMA_HELD, HAMA_RETOLD, HAMA_TAKEN, PICTURE, RETOLD, TOOK, case


@given(st.sets(st.text("0123456789abcdef", min_size=12, max_size=12), max_size=60))
def test_short_ids_are_unique_beginnings(ids):
    short = shorten(f"s{one}" for one in ids)
    assert all(full.startswith(one) and len(one) >= 7 for full, one in short.items())
    assert all(sum(other.startswith(one) for other in short) == 1 for one in short.values())


def test_what_was_not_yet_known_is_left_out():
    contents = gather_contents(**case(picture=replace(PICTURE, known=date(2024, 12, 6))))
    assert TOOK.id in contents.statements
    assert DOOMED.id not in contents.statements
    assert len(contents.articles) == 2


def test_a_copy_is_folded_under_the_original():
    contents = gather_contents(**case())
    assert contents.first_telling(RETOLD.id) == TOOK.id
    assert contents.group_of[RETOLD.id] is contents.group_of[TOOK.id]


def test_origins_at_hand_change_nothing():
    contents = gather_contents(**case())
    assert gather_contents(**case(origins=find_origins(contents.statements.values(), EVENTS))) == contents


def test_a_claim_is_found_by_any_beginning_that_only_one_id_has():
    contents = gather_contents(**case())
    assert find_claim(contents.id(HAMA_HELD.id), contents) == HAMA_HELD
    assert find_claim(EVENTS[0].id, contents) == EVENTS[0]


@pytest.mark.parametrize(("prefix", "message"), [("zzz", "no claim 'zzz'"), ("", "no claim"), ("s", "claims begin")])
def test_a_claim_that_is_not_there_or_not_one_is_told(prefix, message):
    with pytest.raises(InputError, match=message):
        find_claim(prefix, gather_contents(**case()))


def test_a_leader_is_named_by_whoever_knows_the_name():
    contents = gather_contents(**case(names={"syr-x-y": "X of Y"}))
    assert contents.leader("syr-x-y") == "X of Y"
    assert contents.leader("syr-bashar-al-assad") == "Bashar al-Assad"


def test_an_event_keeps_the_id_it_had_before_an_earlier_telling_was_known():
    alone = case(events=[HAMA_TAKEN])["picture"].occurrences[0]
    contents = gather_contents(**case(events=[HAMA_TAKEN, HAMA_RETOLD]))
    (whole,) = contents.picture.occurrences
    assert whole.id != alone.id
    assert find_claim(alone.id[:8], contents) == find_claim(whole.id, contents) == whole
