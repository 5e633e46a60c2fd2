"""The one path: what was read goes through every stage, and readings together give one picture."""

from dataclasses import replace
from datetime import date

import pytest

from mene.articles import read_article
from mene.codebook import load_codebook
from mene.pipeline import Model, changed_control, known_by, load_model, origins_of, outlook_of, picture_of, read
from mene.records import Holding, Participant, Picture, Place, Reading

HAMA = b"Rebels take Hama\n\nBEIRUT (Levant Wire) - Rebels took the Syrian city of Hama on Thursday, the army said.\n"
DARAA = b"South\n\nBEIRUT (Levant Wire) - Rebels seized the city of Daraa on Friday, a monitor said. Advertisement\n"
THURSDAY, FRIDAY = date(2024, 12, 5), date(2024, 12, 6)


@pytest.fixture(scope="module")
def model() -> Model:
    return load_model()


def reading(raw: bytes, published: date | None, model: Model) -> Reading:
    return read(read_article(raw, published=published), model, today=date(2024, 12, 31))


def test_everything_read_leads_back_to_the_text(model: Model) -> None:
    found = reading(HAMA, THURSDAY, model)
    text = found.article.text
    assert found.statements
    for statement in found.statements:
        assert 0 <= statement.evidence.start < statement.evidence.end <= len(text)
        assert text[statement.sentence.start : statement.sentence.end] == statement.sentence_text
    assert {event.statement_id for event in found.events} <= {statement.id for statement in found.statements}


def test_undated_article_is_first_seen_on_the_day_of_reading(model: Model) -> None:
    found = reading(HAMA, None, model)
    assert {statement.first_seen for statement in found.statements} == {date(2024, 12, 31)}
    assert all(event.occurred_start is None for event in found.events)


def test_reading_twice_gives_the_same(model: Model) -> None:
    assert reading(HAMA, THURSDAY, model) == reading(HAMA, THURSDAY, model)


def test_picture_and_outlook_do_not_depend_on_order(model: Model) -> None:
    both = [reading(HAMA, THURSDAY, model), reading(DARAA, FRIDAY, model)]
    forth, back = picture_of(both, model.codebook), picture_of([*reversed(both), both[0]], model.codebook)
    assert forth == back
    assert outlook_of(forth, both, model.codebook) == outlook_of(back, both[::-1], model.codebook)


def test_origins_at_hand_change_nothing(model: Model) -> None:
    both = [reading(HAMA, THURSDAY, model), reading(DARAA, FRIDAY, model)]
    origins = origins_of(both, known=FRIDAY)
    folded = picture_of(both, model.codebook, known=FRIDAY, origins=origins)
    assert folded == picture_of(both, model.codebook, known=FRIDAY)
    assert outlook_of(folded, both, model.codebook, origins=origins) == outlook_of(folded, both, model.codebook)


def test_what_became_known_later_is_left_out(model: Model) -> None:
    both = [reading(HAMA, THURSDAY, model), reading(DARAA, FRIDAY, model)]
    assert known_by(both, THURSDAY) == (both[0],)
    early = picture_of(both, model.codebook, known=THURSDAY)
    assert early == picture_of(both[:1], model.codebook, known=THURSDAY)


def test_nothing_read_gives_an_empty_picture_and_no_outlook() -> None:
    codebook = load_codebook()
    picture = picture_of([], codebook)
    assert (picture.holdings, picture.disputes) == ((), ())
    assert outlook_of(picture, [], codebook) == ((), ())


def held(holder: str | None) -> Picture:
    place = Place("Hama", "Hama", "g1", 35.1, 36.8, "SY", "city", "exact", 1.0)
    party = Participant(holder, holder, holder, "", 1.0) if holder else None
    status = "held" if holder else "unknown"
    row = Holding("h1", place, party, status, 0.9, None, (), (), (), 0, "F3")  # type: ignore[arg-type]
    return Picture(None, None, (row,), (), (), ())


def test_control_changed_names_the_places() -> None:
    empty = Picture(None, None, (), (), (), ())
    assert changed_control(held("army"), held("rebels")) == ("Hama",)
    assert changed_control(held("army"), held("army")) == ()
    assert changed_control(empty, held(None)) == ()
    assert changed_control(held("army"), replace(empty, on=FRIDAY)) == ("Hama",)
