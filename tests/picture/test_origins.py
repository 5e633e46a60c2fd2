"""Origins and copies: who said it first."""

from dataclasses import replace

import pytest

from mene.picture.folding import PASSED_ON
from mene.picture.origins import fold, origin_key

from .hand import HAMA, outlet, say, speaker, tell

WIRE, COURIER, TIMES = outlet("Levant Wire"), outlet("Harbour Courier"), outlet("Valley Times")
WAR = "The city had never been lost by the government in nearly 14 years of civil war"
TEXT = "Rebel fighters took the central city of Hama on Thursday after three days of fighting in its suburbs"


def test_a_speaker_is_one_origin_over_articles_and_outlets():
    adviser = speaker("Mehdi Rahmati")
    (group,) = fold([say("we cannot fight", adviser, WIRE), say("it is off the table", adviser, COURIER)])
    assert (group.name, len(group.statements), group.copies) == ("Mehdi Rahmati", 2, ())


def test_an_unnamed_source_is_one_origin_only_with_its_outlet():
    officer = speaker("a military source", "unnamed")
    keys = {origin_key(say("x", officer, paper)) for paper in (WIRE, COURIER)}
    relayed = origin_key(say("x", officer, WIRE, COURIER))
    assert len(keys) == 2
    assert relayed in keys


def test_an_outlet_relayed_and_the_same_outlet_read_are_one_origin():
    assert origin_key(say("x", outlet("The Levant Wire"), COURIER)) == origin_key(say("y", WIRE))


def test_a_rewriting_is_a_copy_of_the_earlier_article():
    copy = say(TEXT.replace("Rebel fighters", "Insurgents"), COURIER, published="12-06")
    (group,) = fold([copy, say(TEXT, WIRE, published="12-05")])
    assert group.name == "Levant Wire"
    assert group.copies[0].statement_id == copy.id
    assert group.copies[0].reason.startswith("wording")


def test_of_one_day_the_outlet_that_others_relay_is_the_first():
    relayed = say("Damascus is calm", WIRE, TIMES, published="12-05")
    groups = fold([say(TEXT, outlet("A Paper"), published="12-05"), say(TEXT, WIRE, published="12-05"), relayed])
    assert [group.name for group in groups] == ["Levant Wire"]


def test_short_sentences_written_alike_are_no_copies():
    groups = fold([say("Rebels took Hama", WIRE), say("Rebels took Hama", COURIER)])
    assert len(groups) == 2


def test_a_named_speaker_keeps_what_others_also_say():
    groups = fold([say(TEXT, speaker("Mehdi Rahmati"), WIRE), say(TEXT, speaker("Rami Abdul Rahman"), COURIER)])
    assert len(groups) == 2


def test_a_rewritten_article_folds_the_same_event_told_in_other_words():
    other = "Officials had for weeks denied that any of the provincial capitals was in danger of being overrun by them"
    wire = [say(TEXT, WIRE, published="12-05"), say(other, WIRE, published="12-05", start=500)]
    fell = say("Hama fell", WIRE, published="12-05", start=900)
    retold = say("The city was lost", COURIER, published="12-06", start=900)
    paper = [say(TEXT, COURIER, published="12-06"), retold]
    events = [tell(one, "SEIZE", at=HAMA, on="12-05") for one in (fell, retold)]
    (group,) = fold([*wire, fell, *paper], events)  # retold is folded by its event
    assert {copy.statement_id for copy in group.copies} == {one.id for one in paper}


# --- what an article says itself of where it has it from --------------------------------------------------------------


def test_what_a_paper_prints_under_an_agencys_name_is_the_agencys_own():
    own = say("The army did not comment", WIRE, published="12-05")
    printed = say("No word came from the army", WIRE, COURIER, published="12-06")
    assert origin_key(printed) == origin_key(own)
    (group,) = fold([own, printed])
    assert group.name == "Levant Wire"


def test_a_paper_that_credits_an_agency_asserts_nothing_of_its_own():
    credited = replace(say("Shells struck the hospital", COURIER), credits=(WIRE,))
    quoted = replace(say("we fled", speaker("Amal Nasser"), COURIER), credits=(WIRE,))
    assert origin_key(credited) == origin_key(say("A clinic was hit", WIRE))
    assert origin_key(quoted) == "speaker:amal nasser"


def test_what_another_outlet_reported_is_its_sources_word():
    official = say("the order was given at noon", speaker("an official", "unnamed"), TIMES, published="12-05")
    passed = replace(say("troops were told to go", TIMES, COURIER, published="12-06"), cue=official.evidence)
    events = [tell(one, "SEIZE", at=HAMA, on="12-05") for one in (official, passed)]
    (group,) = fold([official, passed], events)
    assert (group.name, group.copies[0].statement_id) == ("an official", passed.id)


@pytest.mark.parametrize(("retold", "groups"), [("senior official", 1), ("two officials", 2), ("aide", 2)])
def test_a_nameless_speaker_retold_is_the_one_described_so(retold: str, groups: int):
    told = say("it was never written down", speaker("senior Syrian official", "unnamed"), TIMES, published="12-05")
    again = say("nothing is on paper", speaker(retold, "unnamed"), TIMES, COURIER, published="12-06")
    assert len(fold([told, again])) == groups


def test_two_nameless_speakers_of_one_outlet_are_two_where_it_speaks_itself():
    one = say("the road is cut", speaker("official", "unnamed"), TIMES, published="12-05")
    other = say("fuel is short", speaker("senior official", "unnamed"), TIMES, published="12-06")
    assert len(fold([one, other])) == 2


def test_a_description_that_fits_two_speakers_is_of_neither():
    speakers = [speaker(name, "unnamed") for name in ("Syrian official", "Turkish official")]
    told = [say(f"word {n}", one, TIMES, published="12-05", start=9 * n) for n, one in enumerate(speakers)]
    again = say("another word", speaker("official", "unnamed"), TIMES, COURIER, published="12-06")
    assert len(fold([*told, again])) == 3


def test_a_speaker_retold_in_part_of_the_same_words_is_the_same():
    told = say(TEXT, speaker("commander in the operations room", "unnamed"), TIMES, published="12-05")
    again = say(
        "Fighters came in and took the central city of Hama on Thursday, ending a long siege of the countryside",
        speaker("rebel commander", "unnamed"),
        TIMES,
        COURIER,
        published="12-06",
    )
    (group,) = fold([told, again])
    assert group.copies[0].reason == PASSED_ON


def test_a_sentence_half_rewritten_in_a_rewritten_article_is_a_copy():
    wire = [say(TEXT, WIRE, published="12-05"), say(WAR, WIRE, published="12-05", start=500)]
    reworded = WAR.replace("in nearly 14 years of civil war", "in all the years since the uprising first began")
    paper = [say(TEXT, COURIER, published="12-06"), say(reworded, COURIER, published="12-06", start=500)]
    (group,) = fold([*wire, *paper])
    assert len(group.copies) == 2


def test_who_speaks_for_a_body_is_the_body():
    minister = replace(speaker("Iran's foreign minister, visiting Baghdad", "unnamed"), actor_id="irn-foreign-ministry")
    aide = replace(speaker("aide to the foreign minister", "unnamed"), actor_id="irn-foreign-ministry")
    assert origin_key(say("x", minister, WIRE)) == "actor:irn-foreign-ministry"
    assert origin_key(say("x", aide, WIRE)).startswith("unnamed:")
