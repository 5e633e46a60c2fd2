"""Events as a report tells them, each once."""

from dataclasses import replace
from datetime import date

from mene.articles import read_article
from mene.pipeline import Model, read
from mene.report.contents import gather_contents
from mene.report.happenings import gather_happenings, phrase_event

from .hand import (
    EVENTS,
    FIGHTING,
    GOVERNMENT,
    HAMA_RETOLD,
    HAMA_TAKEN,
    HOMS_NEAR,
    IRAN_LEAVES,
    PAPER,
    PICTURE,
    RETOLD,
    TOOK,
    WIRE,
    case,
)


def happenings(**changes):
    return {(one.event.type, one.event.place and one.event.place.name): one for one in told(**changes)}


def told(**changes):
    return gather_happenings(gather_contents(**case(**changes)))


def test_an_event_told_by_two_pages_is_one_with_its_copy():
    hama = happenings()["SEIZE", "Hama"]
    assert hama.tellings == (TOOK.id, RETOLD.id)
    assert (hama.worth.origins, hama.worth.copies) == (1, 1)


def test_a_telling_without_a_day_joins_the_dated_event():
    undated = replace(HAMA_RETOLD, occurred_start=None, occurred_end=None)
    events = [undated, *(one for one in EVENTS if one != HAMA_RETOLD)]
    assert happenings(events=events)["SEIZE", "Hama"].event == HAMA_TAKEN


def test_events_of_different_days_or_sides_stay_apart():
    later = replace(HAMA_RETOLD, id="e1", occurred_start=date(2024, 12, 2), occurred_end=date(2024, 12, 2))
    assert len(told(events=[HAMA_TAKEN, later])) == 2
    fight = {"statement_id": FIGHTING.id, "evidence": FIGHTING.evidence, "text": "fighting"}
    other = replace(HAMA_TAKEN, id="e2", actors=(GOVERNMENT,), recipients=(), **fight)
    assert len(told(events=[HAMA_TAKEN, other])) == 2


def test_without_a_place_two_events_are_two():
    other = replace(IRAN_LEAVES, id="e2", statement_id=TOOK.id)
    assert len(told(events=[IRAN_LEAVES, other])) == 2


def test_what_is_nearly_so_is_no_fact():
    assert not happenings()["SEIZE", "Homs"].is_fact
    assert happenings()["SEIZE", "Hama"].is_fact


def test_what_was_yet_to_happen_on_the_day_is_left_out():
    early = replace(PICTURE, on=date(2024, 12, 1))
    assert ("SEIZE", "Hama") not in happenings(picture=early)
    assert ("SEIZE", "Aleppo") in happenings(picture=early)


def test_an_event_in_words():
    assert phrase_event(HAMA_TAKEN) == "capture of Hama by Hayat Tahrir al-Sham from Syrian army"
    assert phrase_event(HAMA_TAKEN, briefly=True) == "capture of Hama by Hayat Tahrir al-Sham"
    assert phrase_event(HOMS_NEAR) == "capture of Homs by Syrian rebels"
    assert WIRE.published_at == PAPER.published_at


def test_near_a_place_needs_no_further_preposition(model: Model) -> None:
    text = "Gunmen looted a truck near Mellit on Tuesday."
    (event,) = read(read_article(text.encode(), name="t.txt", published=date(2025, 3, 14)), model).events
    assert phrase_event(event).endswith(" near Mellit")
    assert "in near" not in phrase_event(event)
