"""Origins and copies: who said it first."""

from mene.picture.origins import fold, origin_key

from .hand import HAMA, outlet, say, speaker, tell

WIRE, COURIER, TIMES = outlet("Levant Wire"), outlet("Harbour Courier"), outlet("Valley Times")
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
