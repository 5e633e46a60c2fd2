"""Kinds of statements, acts of speech as events, denials and their targets, background clauses, euphemisms."""

from datetime import date

import pytest

from mene.articles import read_article
from mene.pipeline import Model, read
from mene.records import Reading
from mene.statements.tone import sum_up


def reading(model: Model, text: str) -> Reading:
    return read(read_article(text.encode(), name="kinds.txt", published=date(2021, 6, 1)), model)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('"We will take the port back," the commander said.', "promise"),
        ('"We will burn every ferry," the rebel spokesman said.', "threat"),
        ('"Get out of the city," the bishop told the militias.', "demand"),
        ("A rebel commander said his men had seized the airport at Goma.", "claim"),
        ("Villagers said that soldiers had burned their houses.", "report"),
    ],
)
def test_a_content_decides_the_kind_where_the_cue_does_not(model: Model, text: str, kind: str) -> None:
    assert kind in {s.kind for s in reading(model, text).statements if len(s.sources) > 1}


def test_who_accuses_does_so_in_the_outlets_words(model: Model) -> None:
    told = reading(model, "Chad accused Sudan of arming rebels in Abeche.")
    by_id = {s.id: s for s in told.statements}
    accusing = next(e for e in told.events if e.type == "ACCUSE")
    assert (accusing.modality, len(by_id[accusing.statement_id].sources)) == ("asserted", 1)
    alleged = [e for e in told.events if e.type != "ACCUSE"]
    assert alleged
    assert all(e.modality == "possible" for e in alleged)


def test_a_denial_points_at_what_it_denies(model: Model) -> None:
    text = (
        "Villagers said on Tuesday that a drone had struck a farm. The army denied that its drones had struck the farm."
    )
    told = reading(model, text).statements
    denial = next(s for s in told if s.kind == "denial")
    (denied,) = denial.denies
    assert "Villagers" in next(s for s in told if s.id == denied).origin.name
    assert not any(s.denies for s in told if s.kind != "denial")


def test_a_denial_of_what_nobody_told_points_nowhere(model: Model) -> None:
    told = reading(model, "Rain fell on Monday. The army denied that it had shelled the market in Hodeidah.").statements
    assert [s.denies for s in told if s.kind == "denial"] == [()]


def test_a_clause_on_years_before_is_background_of_its_own(model: Model) -> None:
    told = reading(model, "The militia, which seized Bunia in 2003, signed a truce on Monday.").statements
    assert [(s.kind, "seized" in s.text) for s in told] == [("report", False), ("background", True)]


def test_a_euphemism_bears_its_plain_word(model: Model) -> None:
    told = reading(model, "The army said it was repositioning its forces outside Hama.").statements
    assert "withdrawal" in {word.plain for s in told for word in s.tone.loaded}


def test_an_article_is_summed_up(model: Model) -> None:
    told = reading(
        model, "Rebels took Palma on Monday. An aide said that the mayor had fled. He said the port was shut."
    )
    wording = sum_up(told.article.id, told.statements)
    assert (wording.statements, wording.origins) == (3, 2)
    assert (wording.attributed, wording.opinion) == (0.667, 0.0)
