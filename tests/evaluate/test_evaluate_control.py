"""The scorer of control: a table of invented towns, its notes as sentences, reports made from it, and the baselines."""

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from mene.codebook import load_codebook
from mene.errors import InputError
from mene.evaluate.control import (
    NEVER,
    Question,
    ask_noisy,
    ask_notes,
    evaluate_control,
    lag,
    latest_judge,
    majority_judge,
    picture_judge,
    score,
)
from mene.evaluate.control_reports import SIDE_ACTORS, make_reports, place_of
from mene.evaluate.control_table import CONTESTED, Note, Spell, Town, clauses_of, read_towns, sentences_of, state_of
from mene.evaluate.setting import Read, Setting
from mene.records import Article, Event, Evidence, Numbers, Participant, Picture, Place, Source, Statement, Tone

HEAD = "name,population,lat,lon,held_by,first_seen,last_seen,as_of,info\n"
TABLE = HEAD + (
    "Orne,2000,,,Ukraine,2022-03-01,2022-05-03,24 Feb 2022,\n"
    'Orne,2010,,,Russia,2022-05-04,2022-09-30,4 May 2022,"See Battle of OrneCaptured by Russia 3 May 2022."\n'
    "Orne,2010,,,Ukraine,2022-10-02,2023-03-01,2 Oct 2022,"
    "Captured by Russia 3 May 2022. Recaptured by Ukraine 1 October 2022.\n"
    "Orne,90,,,Ukraine,2022-03-01,2023-03-01,,\n"
    "Vesk,500,,,Russia,2022-03-01,2022-07-01,1 March 2022,\n"
    "Vesk,500,,,Truce,2022-07-02,2022-07-03,,\n"
    "Vesk,500,,,Contested,2022-07-04,2022-07-15,4 Jul 2022,Contested by Ukraine since 3 July 2022.\n"
    "Vesk,500,,,Ukraine,2022-07-16,2022-12-01,,Captured by Donetsk PR in May 2014\n"
    "Mala,30,,,Ukraine,2022-03-01,2022-06-01,,\n"
    "Mala,30,,,Russia,2022-05-01,2022-06-01,,\n"
)


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "spells.csv"
    path.write_text(TABLE, encoding="utf-8")
    return path


def read_by_hand(article: Article) -> Read:
    """Return each sentence of an article that says who took, holds or contests a town as an event."""
    statements, events = [], []
    for found in re.finditer(
        r"The town of (\w+) was (re)?(captured|held|contested)(?: by (\w+))?([^.]*)\.", article.text
    ):
        evidence = Evidence(article.id, found.start(), found.end())
        statement = Statement(
            f"s{article.id}{found.start()}", evidence, evidence, found[0], found[0],
            (Source(article.publisher or "", "outlet"),), "report", 3.0, "asserted", Tone(0.0),
            None, article.published_at, article.published_at,
        )  # fmt: skip
        day = re.search(r"on (\d+) (May|July|October) 2022", found[5])
        on = date(2022, {"May": 5, "July": 7, "October": 10}[day[2]], int(day[1])) if day else None
        side = found[4]
        actors = (
            (Participant(side, side, SIDE_ACTORS[side], "by hand", 1.0),) if side and found[3] != "contested" else ()
        )
        kind, mode = (
            ("ASSAULT", "clash") if found[3] == "contested" else ("SEIZE", "hold" if found[3] == "held" else "take")
        )
        place = Place(found[1], found[1], None, None, None, None, "city", "unlocated", 0.5, evidence=evidence)
        statements.append(statement)
        events.append(
            Event(
                f"e{statement.id}", statement.id, kind, mode, actors, (), place, on, on, "day" if on else "unknown",  # type: ignore[arg-type]
                3.0, "asserted", Numbers(), evidence, found[3],
            )
        )  # fmt: skip
    return statements, events, Picture(None, None, (), (), (), ())


SETTING = Setting(read_article=read_by_hand)


def test_rows_are_parted_into_towns_and_joined_into_spells(table: Path) -> None:
    towns = {town.key: town for town in read_towns(table)}
    assert set(towns) == {"Orne#0", "Orne#1", "Vesk#0"}  # the two of Mala overlap
    assert [spell.state for spell in towns["Orne#1"].spells] == ["Ukraine", "Russia", "Ukraine"]
    assert [spell.state for spell in towns["Vesk#0"].spells] == ["Russia", CONTESTED, "Ukraine"]
    assert towns["Orne#1"].spells[1].notes[0].told == date(2022, 5, 4)


def test_notes_become_sentences_and_nothing_more() -> None:
    note = "See Siege of OrneCaptured by Russia/ LPR 3 May 2022Recaptured by Ukraine in early June 2022. Hit by shells."
    assert sentences_of("Orne", note) == [
        "The town of Orne was captured by Russia on 3 May 2022.",
        "The town of Orne was recaptured by Ukraine in early June 2022.",
    ]
    assert [state_of(clause) for clause in clauses_of(note)] == ["Russia", "Ukraine"]
    assert state_of("Contested by Russia since May 2022") == CONTESTED
    assert state_of("Pressured by Russia since May 2022") is None


def test_only_flips_that_a_fresh_note_tells_are_asked(table: Path) -> None:
    towns = {town.key: town for town in read_towns(table)}
    assert [(one.state, one.told) for one in ask_notes(towns["Orne#1"], read_by_hand)] == [
        ("Russia", date(2022, 5, 4)),
        ("Ukraine", date(2022, 10, 2)),
    ]
    assert [one.state for one in ask_notes(towns["Vesk#0"], read_by_hand)] == [CONTESTED]


def test_the_state_asked_for_is_told_by_the_note_alone(table: Path) -> None:
    orne = next(town for town in read_towns(table) if town.key == "Orne#1")
    first, second = ask_notes(orne, read_by_hand)
    assert [said.text for said in first.reports[0]] == [
        "The town of Orne was captured by Russia on 3 May 2022.",
        "The town of Orne was held by Ukraine.",
    ]
    assert "The town of Orne was held by Russia." in [said.text for said in second.reports[0]]
    assert {event.place and event.place.place_id for event in second.reports[1]} == {place_of(orne).place_id}


def test_a_table_is_scored_with_both_baselines(table: Path) -> None:
    scores = evaluate_control(table, SETTING)
    assert (scores["n"], scores["towns"], scores["told_share"]) == (3, 2, 0.75)
    assert (scores["changed_right"], scores["lag_days"]) == (1.0, 0)
    assert {
        "latest_right",
        "majority_lag_days",
        "within_a_day",
        "noisy_changed_right",
        "noisy_latest_right",
        "noisy_n",
    } <= set(scores)


def test_the_held_out_split_leaves_the_tuned_towns_out(table: Path) -> None:
    both = [evaluate_control(table, replace(SETTING, split=split))["towns"] for split in ("all", "held-out")]  # type: ignore[arg-type]
    assert both[0] > both[1]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name,held_by\nOrne,Russia\n", "no column population"),
        (HEAD + "Orne,5,,,Russia,yesterday,2022-05-01,,\n", "ISO days"),
        (HEAD + "Orne,many,,,Russia,2022-05-01,2022-05-02,,\n", "population"),
        (HEAD + "Orne,5,,,Russia,2022-05-01,2022-05-02,,\n", "no town that changed hands"),
    ],
)
def test_another_table_is_refused(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "t.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        evaluate_control(path, SETTING)


# --- made reports ---------------------------------------------------------------------------------------------------

LONG = Town(
    "Orne#0",
    "Orne",
    tuple(
        Spell(state, date(2022, 3, 1) + timedelta(days=first), date(2022, 3, 1) + timedelta(days=last), ())
        for state, first, last in (
            ("Ukraine", 0, 99),
            (CONTESTED, 100, 139),
            ("Russia", 140, 400),
            ("Ukraine", 401, 700),
        )
    ),
)


def test_made_reports_are_the_same_each_time_and_others_with_another_seed() -> None:
    assert make_reports(LONG) == make_reports(LONG)
    assert make_reports(LONG) != make_reports(LONG, "another")
    assert len({one.event.id for one in make_reports(LONG)}) == len(make_reports(LONG)) > 50


def test_made_reports_hold_every_kind_of_voice() -> None:
    made = [one for number in range(6) for one in make_reports(LONG, f"seed {number}")]
    kinds = {(one.event.type, one.event.modality, one.statement.sources[0].kind) for one in made}
    assert {
        ("SEIZE", "asserted", "outlet"),
        ("SEIZE", "asserted", "armed side"),
        ("SEIZE", "negated", "armed side"),
        ("SEIZE", "asserted", "unnamed"),
        ("RETREAT", "asserted", "armed side"),
        ("ASSAULT", "in_progress", "outlet"),
    } <= kinds


def test_admissible_reports_are_true_and_of_sound_voices() -> None:
    for number in range(6):
        for one in make_reports(LONG, f"seed {number}"):
            if one.flip is not None:
                assert one.day >= LONG.spells[one.flip].first
                assert one.statement.sources[0].kind == "outlet" or one.event.type == "RETREAT"


def test_the_picture_beats_the_baselines_on_conflicting_reports() -> None:
    codebook = load_codebook()
    questions = [one for number in range(5) for one in ask_noisy(LONG, f"seed {number}")]
    picture, _ = score(questions, picture_judge(codebook))
    assert picture > max(score(questions, judge(codebook))[0] for judge in (latest_judge, majority_judge))


# --- measures -------------------------------------------------------------------------------------------------------


def question(state: str, told: date, last: date) -> Question:
    return Question(Town("T#0", "T", (Spell(state, told, last, (Note(told, "x"),)),)), state, told, last, ((), ()))


def test_three_days_are_asked_and_fewer_of_a_short_spell() -> None:
    start = date(2022, 5, 1)
    assert [len(question("Russia", start, start + timedelta(days=days)).days()) for days in (0, 1, 2, 90)] == [
        1,
        2,
        3,
        3,
    ]


def test_the_lag_counts_from_the_first_report_and_never_is_the_whole_spell() -> None:
    start = date(2022, 5, 1)
    late = question("Russia", start, start + timedelta(days=200))
    assert lag(late, lambda _, day: "Russia" if day >= date(2022, 5, 4) else None) == 3
    assert lag(late, lambda *_: None) == 200
    assert lag(question("Russia", start, start), lambda *_: None) == NEVER
    assert score([late], lambda *_: "Russia") == (1.0, [0])
    assert score([], lambda *_: None) == (0.0, [])
