"""The hand-written cases: how a reading is compared to what a case expects, and what is scored."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from mene.errors import InputError
from mene.evaluate.cases import Case, Checked, article_of, check_case, check_cases, failures, read_cases, score_cases
from mene.evaluate.setting import Read, Setting
from mene.records import Article, Event, Evidence, Numbers, Participant, Picture, Source, Statement, Tone

LINE = (
    '{"id": "a", "text": "The army said rebels took Hama.", "published": "2024-12-05", "phenomenon": "x",'
    ' "quality": "STRONG", "expect": {"trigger": "took", "origin": "ARMY", "modality": "asserted", "not_held": "Hama"}}'
)
CASE = Case("a", "The army said rebels took Hama.", date(2024, 12, 5), "x", "STRONG", {})
NO_PICTURE = Picture(None, None, (), (), (), ())


def evidence_of(article: Article, words: str) -> Evidence:
    start = article.text.index(words)
    return Evidence(article.id, start, start + len(words))


def read_by_hand(article: Article) -> Read:
    """Return the army's statement that rebels took a town."""
    content, whole = evidence_of(article, "rebels took Hama"), evidence_of(article, "The army said rebels took Hama.")
    army, outlet = Source("the army", "armed side"), Source("unnamed outlet", "outlet")
    statement = Statement(
        "s1", content, whole, "rebels took Hama", "", (army, outlet), "report", 3.0, "asserted", Tone(0.0), None, None,
        None,
    )  # fmt: skip
    rebels = Participant("rebels", "Syrian rebels", "syr-rebels", "by hand", 1.0)
    event = Event(
        "e1", "s1", "SEIZE", None, (rebels,), (), None, date(2024, 12, 5), None, "day", 3.0, "asserted", Numbers(),
        evidence_of(article, "took"), "took",
    )  # fmt: skip
    return (statement,), (event,), NO_PICTURE


def check(**expect: str) -> Checked:
    article = article_of(CASE)
    return check_case(replace(CASE, expect=expect), article, read_by_hand(article))


def test_each_given_field_is_compared_to_the_trigger_s_event_and_its_statement() -> None:
    checked = check(trigger="took", origin="Army", event_type="SEIZE", actor="rebels", date="2024-12-05", kind="report")
    assert checked.right
    assert [c.field for c in checked.checks] == ["origin", "event_type", "actor", "date", "kind"]


def test_the_narrator_is_no_speaker_and_a_kind_must_be_the_very_word() -> None:
    checked = check(trigger="took", origin="NARRATOR", kind="rep")
    assert [c.right for c in checked.checks] == [False, False]


def test_without_an_event_the_statement_with_the_trigger_still_counts() -> None:
    checked = check(trigger="Hama", origin="army", modality="asserted", event_type="SEIZE")
    assert {c.field: c.right for c in checked.checks} == {"origin": True, "modality": True, "event_type": False}


def test_nothing_held_satisfies_not_held_and_fails_held() -> None:
    assert check(not_held="Hama").right
    (wrong,) = check(held="Hama", holder="rebels").checks
    assert (wrong.field, wrong.got, wrong.right) == ("held", "nothing", False)


def test_scores_are_shares_by_field_and_by_quality_of_cases_wholly_right(tmp_path: Path) -> None:
    file = tmp_path / "statements.jsonl"
    file.write_text(f"{LINE}\n{LINE.replace('ARMY', 'navy').replace('STRONG', 'WEAK')}\n")
    scores = score_cases(check_cases(tmp_path, Setting(read_article=read_by_hand)))
    shares = {"origin": 0.5, "modality": 1, "not_held": 1, "strong": 1, "weak": 0, "false_facts": 0, "whole": 0.5}
    assert scores == {**shares, "n": 2}


def test_a_failure_is_told_in_one_line() -> None:
    (line,) = failures([check(trigger="took", actor="army")])
    assert line == "STRONG a (x): actor expected 'army', got 'rebels / Syrian rebels'"


def test_a_text_without_a_last_mark_is_a_headline() -> None:
    assert article_of(replace(CASE, text="Army: no withdrawal from Hama")).blocks[0].kind == "heading"
    assert article_of(CASE).blocks[0].kind == "paragraph"


@pytest.mark.parametrize("content", ["{}", "[1]", "no case", '{"id": "a"}'])
def test_a_file_of_another_format_is_told_so(tmp_path: Path, content: str) -> None:
    (tmp_path / "statements.jsonl").write_text(content)
    with pytest.raises(InputError, match="no case"):
        read_cases(tmp_path)
