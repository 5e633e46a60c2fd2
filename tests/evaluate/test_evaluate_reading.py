"""The scorer of whole readings: how events are paired, what counts as agreement, and the labels made of records."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from mene.errors import InputError
from mene.evaluate.reading import evaluate_reading, likeness, pair_events, score_reading
from mene.evaluate.reading_labels import (
    BackingLabel,
    ControlLabel,
    EventLabel,
    LabelledDocument,
    Labels,
    find_files,
    read_documents,
    read_labels,
)
from mene.evaluate.reading_path import label_reading, make_article
from mene.evaluate.setting import Setting
from mene.records import (
    Event,
    Evidence,
    Numbers,
    Participant,
    Picture,
    Place,
    Source,
    Statement,
    Tone,
)

SEIZED = EventLabel("d", 0, "took", "SEIZE", "the rebels", None, "Hama", "2024-12-05", "asserted", "a monitor")
PLANNED = EventLabel("d", 1, "will march", "MOBILIZE", "rebels", None, "Homs", None, "planned", "NARRATOR")
HELD = ControlLabel("d", 0, "Hama", "rebels")
BACKED = BackingLabel("d", 1, "Iran", "the government")
GOLD = Labels((SEIZED, PLANNED), (HELD,), (BACKED,))


def labels(*events: EventLabel) -> Labels:
    return Labels(events, (), ())


def test_perfect_reading() -> None:
    scores = score_reading(GOLD, GOLD)
    assert scores.pop("false_facts") == 0.0
    assert scores.pop("n") == 2
    assert set(scores.values()) == {1.0}


def test_nothing_read() -> None:
    scores = score_reading(GOLD, labels())
    assert scores.pop("n") == 2
    assert set(scores.values()) == {0.0}


def test_event_needs_a_trigger_word_or_type_and_argument() -> None:
    assert likeness(SEIZED, replace(SEIZED, trigger="capture")) == 3
    assert likeness(SEIZED, replace(SEIZED, trigger="capture", actor=None, place=None)) == 0
    assert likeness(SEIZED, replace(SEIZED, type="ASSAULT", actor="the army", place="in Homs")) == 2


def test_each_event_is_paired_once_and_the_best_first() -> None:
    vague = replace(SEIZED, actor=None, place=None)
    assert pair_events([SEIZED], [vague, SEIZED]) == [(SEIZED, SEIZED)]
    assert pair_events([vague, SEIZED], [SEIZED]) == [(SEIZED, SEIZED)]


def test_events_of_other_sentences_are_not_paired() -> None:
    assert score_reading(labels(SEIZED), labels(replace(SEIZED, sentence=1)))["found_f1"] == 0.0


def test_plan_shown_as_fact_is_counted() -> None:
    scores = score_reading(GOLD, labels(SEIZED, replace(PLANNED, status="asserted")))
    assert (scores["false_facts"], scores["is_fact"], scores["status"], scores["tuple_f1"]) == (1.0, 0.5, 0.5, 0.5)


def test_fields_agree_apart_from_one_another() -> None:
    other = replace(SEIZED, type="ASSAULT", actor=None, place="Hama city", date=None, origin="NARRATOR")
    scores = score_reading(labels(SEIZED), labels(other))
    agreed = {name for name in ("type", "quad", "actor", "recipient", "place", "date", "origin") if scores[name]}
    assert agreed == {"quad", "recipient", "place"}


def test_control_and_backing_are_matched_once() -> None:
    twice = Labels((), (HELD, HELD), (replace(BACKED, backed="Hezbollah"),))
    scores = score_reading(GOLD, twice)
    assert (scores["control_f1"], scores["backing_f1"]) == (pytest.approx(2 / 3), 0.0)


# --- files ----------------------------------------------------------------------------------------------------------


def test_label_lines_are_read_by_kind(tmp_path: Path) -> None:
    lines = [
        {"doc": "d", "sent": 0, "control": "Hama", "holder": "rebels", "state": "held", "status": "asserted"},
        {"doc": "d", "sent": 1, "backer": "Iran", "backed": "the government", "means": "arms"},
        {"doc": "d", "sent": 2, "trigger": "fell", "type": "SEIZE", "status": "asserted"},
    ]
    (tmp_path / "labels.jsonl").write_text("\n".join(map(json.dumps, lines)))
    read = read_labels(tmp_path / "labels.jsonl")
    assert (read.controls, read.backings) == ((HELD,), (BACKED,))
    assert read.events[0].actor is None


def test_documents_keep_their_day(tmp_path: Path) -> None:
    line = {"doc": "d", "outlet": "nna", "published": "7/5/2016", "title": None, "sentences": ["One.", "Two."]}
    (tmp_path / "docs.jsonl").write_text(json.dumps(line))
    (document,) = read_documents(tmp_path / "docs.jsonl")
    assert document.published == date(2016, 7, 5)
    with pytest.raises(InputError, match=r"no labels\.jsonl"):
        find_files(tmp_path)


# --- from records to labels -----------------------------------------------------------------------------------------

DOCUMENT = LabelledDocument("d", "The Wire", date(2024, 12, 6), None, ("Rebels took Hama.", "Iran backs Damascus."))
REBELS, IRAN, DAMASCUS = (Participant(name, name, None, "", 0.0) for name in ("Rebels", "Iran", "Damascus"))
HAMA = Place("Hama", "Hama", None, None, None, None, "", "unlocated", 0.0)
FIRST, SECOND = Evidence("a", 7, 11), Evidence("a", 24, 29)


def statement(*sources: Source) -> Statement:
    days = (None, None, None)
    return Statement("s1", FIRST, FIRST, "", "", sources, "denial", -3.0, "negated", Tone(0.0), *days)


def event(**changes: object) -> Event:
    day = date(2024, 12, 5)
    what = ("SEIZE", None, (REBELS,), (), HAMA, day, day, "day", 3.0, "asserted", Numbers(), FIRST, "took")
    return replace(Event("e1", "s1", *what), **changes)


def label_of(made: Event, source: Source) -> EventLabel:
    return label_reading(DOCUMENT, [statement(source)], [made]).events[0]


def test_article_has_a_paragraph_a_sentence() -> None:
    article = make_article(DOCUMENT)
    pieces = [article.text[block.start : block.end] for block in article.blocks]
    assert pieces == list(DOCUMENT.sentences)


def test_event_becomes_a_label() -> None:
    made = label_of(event(), Source("The Wire", "outlet"))
    assert made == EventLabel("d", 0, "took", "SEIZE", "Rebels", None, "Hama", "2024-12-05", "asserted", "NARRATOR")


def test_denied_and_dated_by_month() -> None:
    made = label_of(event(modality="negated", precision="month", evidence=SECOND), Source("Ali", "official"))
    assert (made.sentence, made.date, made.status, made.origin) == (1, "2024-12", "denied", "Ali")


def test_takings_sieges_and_ties_become_lines_of_their_own() -> None:
    taken = event(mode="take")
    shut = event(id="e2", type="COERCE", mode="siege", recipients=(DAMASCUS,), evidence=SECOND)
    coming = event(id="e3", mode="approach")
    tie = event(id="e4", type="SUPPORT", mode="backing:arms:gives", actors=(IRAN,), recipients=(DAMASCUS,), place=None)
    made = label_reading(DOCUMENT, [], [taken, shut, coming, replace(tie, evidence=SECOND)])
    assert made.controls == (ControlLabel("d", 0, "Hama", "Rebels"), ControlLabel("d", 1, "Hama", "Damascus"))
    assert made.backings == (BackingLabel("d", 1, "Iran", "Damascus"),)


def test_reading_from_folder_to_scores(tmp_path: Path) -> None:
    line = {"doc": "d", "outlet": "The Wire", "published": "12/6/2024", "sentences": list(DOCUMENT.sentences)}
    (tmp_path / "docs.jsonl").write_text(json.dumps(line))
    label = {"doc": "d", "sent": 0, "trigger": "took", "type": "SEIZE", "actor": "Rebels", "recipient": None}
    label |= {"place": "Hama", "date": "2024-12-05", "status": "asserted", "origin": "NARRATOR"}
    (tmp_path / "labels.jsonl").write_text(json.dumps(label))
    empty = Picture(None, None, (), (), (), ())
    made = Setting(read_article=lambda article: ([statement(Source("The Wire", "outlet"))], [event()], empty))
    scores = evaluate_reading(tmp_path, made)
    assert (scores["tuple_f1"], scores["date"], scores["n"]) == (1.0, 1.0, 1)
    with pytest.raises(InputError, match="the whole path"):
        evaluate_reading(tmp_path, Setting())
