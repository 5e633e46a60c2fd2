"""Plain questions and their answers."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from mene.picture import draw_picture
from mene.picture.ask import Answer, ask, read_question

from .hand import GOVERNMENT, HAMA, IRAN, QUDS, REBELS, HandMadeSides, outlet, say, speaker, tell

WIRE = outlet("Levant Wire")


class Names(HandMadeSides):
    def leader(self, leader_id):
        term = SimpleNamespace(actor="government", holds_on=lambda day: day is None or day.year == 2024)
        return SimpleNamespace(terms=(term,)) if leader_id == "assad" else None

    def government_of(self, iso2):
        return SimpleNamespace(id="iran") if iso2 == "IR" else None

    def match(self, tokens):
        known = {"iran": "IR", "assad": "assad"}
        return [SimpleNamespace(ids=(known[token.lower()],)) for token in tokens if token.lower() in known]


def answer(question: str) -> Answer:
    taken = say("The rebels have taken Hama", WIRE)
    adviser = say("we cannot fight", speaker("Mehdi Rahmati"), outlet("The Times"), WIRE, start=100)
    aid = say("Iran has sent advisers", WIRE, start=200)
    denied = say("terrorists have not entered Hama", speaker("Syrian army", "armed side", "army"), WIRE, start=300)
    moved = say("the Quds Force arrived in Hama", WIRE, start=400)
    statements = [taken, adviser, aid, denied, moved]
    events = [
        tell(taken, "SEIZE", by=REBELS, at=HAMA, on="12-05"),
        tell(aid, "SUPPORT", by=IRAN, to=GOVERNMENT, mode="backing:advisers:gives"),
        tell(denied, "SEIZE", by=REBELS, at=HAMA, on="12-05", modality="negated"),
        tell(moved, "MOBILIZE", by=QUDS, at=HAMA, on="12-04"),
    ]
    picture = draw_picture(statements, events, codebook=Names())

    def find_place(name: str):
        return HAMA if name.casefold() == "hama" else None

    return ask(question, picture, statements, events, Names(), find_place)


@pytest.mark.parametrize(
    ("question", "kind", "words"),
    [
        ("Who holds Hama?", "holds", "Hama: held by rebels since 2024-12-05"),
        ("what happened in Hama since 2024-12-05", "happened", "2024-12-05: SEIZE rebels; asserted; Levant Wire"),
        ("who backs Assad", "backs", "Iran gives advisers to government"),
        ("whom does Iran back?", "backs", "Iran gives advisers"),
        ("who says we cannot fight", "says", "Mehdi Rahmati through The Times, Levant Wire"),
        ("what does Rahmati say", "says", "we cannot fight"),
        ("what's disputed", "disputed", "rebels did not take Hama (Syrian army)"),
        ("what is disputed", "disputed", "rebels did not take Hama (Syrian army)"),
        ("who is in Hama", "present", "Quds Force: deployed"),
    ],
)
def test_each_form_is_answered_with_its_evidence(question, kind, words):
    answered = answer(question)
    assert answered.kind == kind
    assert any(words in text and ids for text, ids in answered.lines)


@pytest.mark.parametrize(
    "question", ["who holds Homs", "who backs Narnia", "who says nonsense", "who is in Homs", "what does hmat say"]
)
def test_what_nobody_says_is_unknown(question):
    answered = answer(question)
    assert answered.lines[0][0].startswith("unknown: no statement")
    assert not answered.is_known


def test_another_question_is_answered_with_what_can_be_asked():
    answered = answer("will Assad fall")
    assert answered.kind == "help"
    assert "who holds PLACE" in [text for text, _ in answered.lines]


def test_place_that_no_list_has_is_told_as_such():
    assert "no place of that name is known" in answer("who holds Hmaa").lines[0][0]
    assert "no place" not in answer("what happened in Hama since 2024-12-06").lines[0][0]


def test_day_of_several_words_is_no_part_of_the_place():
    understood = read_question("what happened in Hama since 5 December")
    assert (understood.subject, understood.since) == ("Hama", "5 December")
    assert (
        answer("what happened in Hama since 5 December")
        .lines[0][0]
        .endswith("'5 December' is no day; write it as 2024-12-05")
    )


def test_several_days_are_told_as_a_span():
    taken = say("The rebels have taken Hama this week", WIRE)
    event = replace(tell(taken, "SEIZE", by=REBELS, at=HAMA, on="12-03"), occurred_end=date(2024, 12, 5))
    picture = draw_picture([taken], [event], codebook=Names())
    told = ask("what happened in Hama since 2024-12-05", picture, [taken], [event], Names(), lambda name: HAMA)
    assert told.lines[0][0].startswith("2024-12-03 to 2024-12-05: SEIZE")


def test_support_of_no_kind_is_called_support():
    aid = say("Iran backs Assad", WIRE)
    event = tell(aid, "SUPPORT", by=IRAN, to=GOVERNMENT, mode="backing:unspecified:gives")
    picture = draw_picture([aid], [event], codebook=Names())
    told = ask("who backs Assad", picture, [aid], [event], Names(), lambda name: None)
    assert told.lines[0][0].startswith("Iran gives support to government")
