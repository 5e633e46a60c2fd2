"""Which tellings tell the same event: within an article and across articles, whatever the order."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mene.errors import CodebookError
from mene.picture import coreference_words
from mene.picture.coreference_words import load_coreference_words
from mene.picture.draw import draw_picture
from mene.picture.likeness import SIGN_NAMES
from mene.picture.where import compare_places, where_of
from mene.records import Count, Numbers, Place

from .hand import ARMY, GOVERNMENT, HAMA, HTS, IRAN, REBELS, SIDES, outlet, say, tell, town
from .test_properties import corpora, draw_of

WIRE, COURIER, GAZETTE = outlet("Levant Wire"), outlet("Harbour Courier"), outlet("Northmoor Gazette")
SOMEWHERE = Place("the town", "the town", None, None, None, None, "area", "unlocated", 0.3)
HOMS = replace(town("Homs"), latitude=34.7)
VILLAGES = replace(SOMEWHERE, text="five villages", name="five villages")
PROVINCE = Place("Hama province", "Hama Governorate", "g:hama-gov", 35.1, 36.9, "SY", "admin1", "admin1", 0.9, "Hama")
TOWN = Place("Suran", "Suran", "g:suran", 35.29, 36.75, "SY", "town", "exact", 0.95, "Hama")


def killed(number: int, injured: int | None = None) -> Numbers:
    wounded = Count(injured, injured, injured, str(injured)) if injured else None
    return Numbers(killed=Count(number, number, number, str(number)), injured=wounded)


def sets(*told):
    """Return the events as sets of the numbers of the tellings that tell them."""
    picture = draw_picture([said for said, _ in told], [event for _, event in told], codebook=SIDES)
    number = {event.id: place for place, (_, event) in enumerate(told)}
    return sorted(sorted(number[one.event_id] for one in row.members) for row in picture.occurrences)


def strike(text, *sources, published="12-05", start=0, **event):
    statement = say(text, *sources, published=published, start=start)
    return statement, tell(statement, "ASSAULT", **{"mode": "aerial", **event})


BLAST = "A car bomb exploded outside a bakery in Hama on Thursday, killing twelve people"


def test_one_event_told_in_several_sentences_of_an_article_is_one():
    first = strike(BLAST, WIRE, at=HAMA, on="12-05", mode="explosives", numbers=killed(12))
    again = strike("The blast tore the front off the bakery", WIRE, start=90, mode="explosives")
    assert sets(first, again) == [[0, 1]]


def test_one_event_told_by_two_papers_in_their_own_words_is_one():
    first = strike(BLAST, WIRE, at=HAMA, on="12-05", mode="explosives", numbers=killed(12))
    other = strike("Bomb at bakery in Hama kills 12", COURIER, at=HAMA, mode="explosives", numbers=killed(12))
    assert sets(first, other) == [[0, 1]]


def test_an_attack_in_the_same_town_on_the_next_day_is_another():
    first = strike("Warplanes hit Suran on Thursday", WIRE, at=TOWN, on="12-05")
    later = strike("Warplanes hit Suran on Friday", COURIER, at=TOWN, on="12-06", published="12-06")
    assert sets(first, later) == [[0], [1]]


def test_two_tolls_of_two_bodies_are_one_event():
    twelve = strike("Twelve killed in strike on Suran", WIRE, at=TOWN, on="12-05", numbers=killed(12))
    nine = strike("Nine killed and 30 wounded in Suran", COURIER, at=TOWN, on="12-05", numbers=killed(9, 30))
    assert sets(twelve, nine) == [[0, 1]]


def test_tolls_far_apart_in_a_city_are_two_events():
    few = strike("Two killed by shelling of Hama", WIRE, at=HAMA, on="12-05", numbers=killed(2), mode="heavy-weapons")
    many = strike("Sixty killed in an ambush", COURIER, at=HAMA, on="12-05", numbers=killed(60), mode="clash")
    assert sets(few, many) == [[0], [1]]


def test_a_vague_telling_never_ties_two_events_together():
    hama = strike("Warplanes hit a market in Hama, killing eleven", WIRE, at=HAMA, on="12-05", numbers=killed(11))
    words = "Warplanes hit a market in Homs, killing eleven"
    homs = strike(words, WIRE, at=HOMS, on="12-05", numbers=killed(11), start=99)
    vague = strike("Market strike kills eleven", COURIER, numbers=killed(11))
    assert sets(hama, homs, vague) == [[0], [1], [2]]
    assert sets(hama, vague) == [[0, 1]]


def test_words_that_only_call_it_another_keep_it_apart():
    first = strike("A strike hit the market in Hama", WIRE, at=HAMA, on="12-05", numbers=killed(5))
    words = "Later another strike hit the market in Hama"
    statement = say(words, WIRE, published="12-05", start=60)
    told = tell(statement, "ASSAULT", at=HAMA, on="12-05", mode="aerial", numbers=killed(40))
    at = 60 + words.index("strike")
    second = (statement, replace(told, evidence=replace(told.evidence, start=at, end=at + 6), text="strike"))
    assert sets(first, second) == [[0], [1]]


@pytest.mark.parametrize("modality", ["negated", "planned", "asked", "conditional", "possible"])
def test_what_is_no_fact_never_joins_one(modality):
    fact = strike(BLAST, WIRE, at=HAMA, on="12-05", numbers=killed(12))
    other = strike(BLAST, COURIER, at=HAMA, on="12-05", numbers=killed(12), modality=modality)
    assert sets(fact, other) == [[0], [1]]


def test_one_word_that_tells_of_several_places_tells_of_several_events():
    statement = say("The army left Hama and Homs", WIRE)
    assert sets(*((statement, tell(statement, "RETREAT", by=ARMY, at=at)) for at in (HAMA, HOMS))) == [[0], [1]]


def test_a_town_taken_is_one_event_however_it_is_told():
    told = [
        ("HTS captured Hama on Thursday", WIRE, {"by": HTS, "on": "12-05", "mode": "take"}),
        ("Insurgents swept into the city", COURIER, {"by": REBELS, "mode": "enter"}),
        ("The fall of Hama stunned the capital", GAZETTE, {"mode": "take"}),
    ]
    pairs = []
    for text, paper, event in told:
        statement = say(text, paper, published="12-05")
        pairs.append((statement, tell(statement, "SEIZE", at=HAMA, **event)))
    assert sets(*pairs) == [[0, 1, 2]]


def test_ground_without_a_name_is_no_town():
    hama = say("Rebels took Hama", WIRE)
    villages = say("Rebels took five villages", WIRE, start=40)
    events = tell(hama, "SEIZE", by=REBELS, at=HAMA), tell(villages, "SEIZE", by=REBELS, at=VILLAGES)
    assert sets((hama, events[0]), (villages, events[1])) == [[0], [1]]


def test_a_state_is_one_without_regard_to_days_and_no_change():
    told = []
    for text, paper, when in (("rebel-held Hama", WIRE, "12-01"), ("Hama, held by rebels", COURIER, "12-07")):
        statement = say(text, paper, published=when)
        told.append((statement, tell(statement, "SEIZE", by=REBELS, at=HAMA, mode="held")))
    taken = say("Rebels took Hama", GAZETTE)
    assert sets(*told, (taken, tell(taken, "SEIZE", by=REBELS, at=HAMA, mode="take"))) == [[0, 1], [2]]


def test_who_backs_whom_is_one_state_for_each_pair():
    told = []
    for start, backer in enumerate((IRAN, IRAN, HTS)):
        statement = say(f"{backer.name} arms them", WIRE, start=start * 50)
        told.append((statement, tell(statement, "SUPPORT", by=backer, to=GOVERNMENT, mode="backing:arms:gives")))
    assert sets(*told) == [[0, 1], [2]]


def test_places_stand_to_each_other_by_what_they_are():
    near = replace(HAMA, place_id="g:hama/eastern", precision="near")
    west = replace(near, place_id="g:hama/western")
    assert compare_places(where_of(HAMA), where_of(near)) == "same"
    assert compare_places(where_of(near), where_of(west)) == "apart"
    assert compare_places(where_of(PROVINCE), where_of(TOWN)) == "within"
    assert compare_places(where_of(replace(HAMA, admin1="Hama")), where_of(replace(TOWN, latitude=36.4))) == "apart"
    assert compare_places(where_of(TOWN), where_of(replace(HOMS, admin1="Homs"))) in ("apart", "barred")
    assert compare_places(where_of(HAMA), where_of(replace(HAMA, place_id="g:x", country="IQ"))) == "barred"
    assert compare_places(where_of(SOMEWHERE), where_of(HAMA)) == "unknown"


def test_a_place_resolved_with_doubt_bars_nothing():
    doubtful = replace(TOWN, place_id="g:suran-iq", country="IQ", latitude=33.0, probability=0.55)
    assert compare_places(where_of(doubtful), where_of(TOWN)) == "same"


def test_every_sign_has_a_weight_with_its_reason():
    assert set(load_coreference_words().weights) == {"bias", *SIGN_NAMES}


def test_a_weight_without_its_reason_is_refused(monkeypatch):
    rows = {"join": {"value": 1.0}}
    with pytest.raises(CodebookError, match="limits: these need a note that gives their reason: join"):
        coreference_words._values("limits", rows)


# --- whatever the order -----------------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(corpora, st.randoms(use_true_random=False))
def test_order_and_repeats_never_matter(corpus, random):
    shuffled = corpus + random.choices(corpus, k=4) if corpus else []
    random.shuffle(shuffled)
    assert draw_of(shuffled).occurrences == draw_of(corpus).occurrences


@settings(max_examples=60, deadline=None)
@given(corpora, st.integers(0, 14))
def test_parts_merged_give_the_events_of_the_whole(corpus, cut):
    assert draw_of([*corpus[cut:], *corpus[:cut]]).occurrences == draw_of(corpus).occurrences


@settings(max_examples=80, deadline=None)
@given(corpora)
def test_every_telling_is_of_exactly_one_event_and_no_fact_is_mixed_with_what_is_none(corpus):
    picture = draw_of(corpus)
    members = [one.event_id for row in picture.occurrences for one in row.members]
    assert sorted(members) == sorted({event.id for _, event in corpus})
    assert len({row.id for row in picture.occurrences}) == len(picture.occurrences)
    modality = {event.id: event.modality for _, event in corpus}
    for row in picture.occurrences:
        assert 0.5 <= row.score <= 1.0
        kinds = {"fact" if (m := modality[one.event_id]) in ("asserted", "in_progress") else m for one in row.members}
        assert len(kinds) == 1


@settings(max_examples=80, deadline=None)
@given(corpora)
def test_days_more_than_one_apart_are_never_one_event(corpus):
    events = {event.id: event for _, event in corpus}
    for row in draw_of(corpus).occurrences:
        dated = [events[one.event_id] for one in row.members if events[one.event_id].occurred_start]
        changes = [
            one.occurred_start for one in dated if one.mode not in ("control", "siege") and "back" not in str(one.mode)
        ]
        if changes:
            assert (max(changes) - min(changes)).days <= 1


def is_state_mode(mode):
    return mode in ("control", "siege") or (mode or "").startswith("backing:")
