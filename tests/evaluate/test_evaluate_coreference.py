"""The scorers of event coreference: sets of words in short reports, and articles of one incident."""

import gzip
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from mene.errors import InputError
from mene.evaluate.coreference import Case, Report, check_case, failures, read_cases, score_cases
from mene.evaluate.incidents import (
    INCIDENTS,
    Told,
    find_main_news,
    read_fakes,
    read_incidents,
    score_incidents,
)
from mene.evaluate.partitions import score_b_cubed, score_pairs
from mene.evaluate.setting import Read, Setting
from mene.records import Article, Event, Evidence, Member, Numbers, Occurrence, Picture, Place, Source, Statement, Tone

HAMA = Place("Hama", "Hama", "170017", 35.13, 36.75, "SY", "city", "exact", 0.95, "Hama Governorate")
DAY = date(2024, 12, 5)


def read_by_hand(article: Article) -> Read:
    """Return each "hit" in an article as an event told by its outlet; "never hit" as a denial."""
    statements, events = [], []
    start = article.text.find("hit")
    while start >= 0:
        whole = Evidence(article.id, 0, len(article.text))
        denied = article.text[:start].endswith("never ")
        statement = Statement(
            f"s{article.id}{start}", whole, whole, article.text, article.text,
            (Source(article.publisher or "", "outlet"),), "denial" if denied else "report", 3.0, "asserted", Tone(0.0),
            None, article.published_at, article.published_at,
        )  # fmt: skip
        statements.append(statement)
        events.append(
            Event(
                f"e{article.id}{start}", statement.id, "ASSAULT", "aerial", (), (), HAMA, article.published_at,
                article.published_at, "day", 3.0, "negated" if denied else "asserted", Numbers(),
                Evidence(article.id, start, start + 3), "hit",
            )
        )  # fmt: skip
        start = article.text.find("hit", start + 1)
    return statements, events, Picture(None, None, (), (), (), ())


SETTING = Setting(read_article=read_by_hand)
ONE = Case(
    "one",
    "x",
    "STRONG",
    (
        Report("Wire", DAY, "Jets hit a market and clinics in Hama."),
        Report("Courier", DAY, "A market and clinics in Hama were hit by jets."),
    ),
    (("0:hit", "1:hit"),),
)
LATER = replace(ONE.reports[1], published=date(2024, 12, 9))
TWO = replace(ONE, id="two", reports=(ONE.reports[0], LATER), events=(("0:hit",), ("1:hit",)))


def test_words_of_one_event_are_found_in_one_occurrence() -> None:
    assert check_case(ONE, SETTING).right
    assert check_case(TWO, SETTING).right


def test_what_is_wrong_is_told_in_words() -> None:
    wrong = check_case(replace(TWO, events=(("0:hit", "1:hit"),)), SETTING)
    unread = check_case(replace(ONE, events=(("0:hit", "1:jets"),)), SETTING)
    assert list(failures([wrong, unread])) == [
        "STRONG two (x): 0:hit and 1:hit are parted",
        "STRONG one (x): 1:jets was not read as an event",
    ]


def test_scores_count_pairs_words_and_whole_cases() -> None:
    wrong = check_case(replace(ONE, id="apart", events=(("0:hit",), ("1:hit",))), SETTING)
    scores = score_cases([check_case(ONE, SETTING), wrong])
    assert (scores["precision"], scores["recall"], scores["found"]) == (0.5, 1.0, 1.0)
    assert (scores["strong"], scores["whole"], scores["n"]) == (0.5, 0.5, 2)


def test_a_denial_stands_against_the_event_it_denies() -> None:
    denial = Report("Courier", DAY, "It said that jets never hit a market and clinics in Hama.")
    case = replace(
        ONE, reports=(ONE.reports[0], denial), events=(("0:hit",), ("1:hit",)), against=(("1:hit", "0:hit"),)
    )
    checked = check_case(case, SETTING)
    assert checked.right
    assert score_cases([checked])["against"] == 1.0


def test_other_words_and_second_words_can_be_named() -> None:
    twice = replace(ONE.reports[0], text="Jets hit Hama. Shells hit Hama.")
    checked = check_case(replace(ONE, reports=(twice,), events=(("0:hit#2|Shells",),)), SETTING)
    assert len(checked.found["0:hit#2|Shells"]) == 1


def test_a_word_that_is_not_in_the_report_is_refused() -> None:
    with pytest.raises(InputError, match="one-0: there is no 'bombed' in the report"):
        check_case(replace(ONE, events=(("0:bombed",),)), SETTING)


def test_a_file_that_holds_no_cases_is_refused(tmp_path: Path) -> None:
    (tmp_path / "coreference.jsonl").write_text('{"id": "a"}\n')
    with pytest.raises(InputError, match="holds a line that is no case"):
        read_cases(tmp_path)
    with pytest.raises(InputError, match="cannot be read"):
        read_cases(tmp_path / "nowhere.jsonl")


# --- sets -------------------------------------------------------------------------------------------------------------


def test_pairs_and_b_cubed_of_sets() -> None:
    gold, found = {"a": 1, "b": 1, "c": 2, "d": 2}, {"a": 1, "b": 1, "c": 1, "d": 2}
    assert score_pairs(gold, found) == {"precision": 1 / 3, "recall": 0.5, "f1": 0.4}
    scores = score_b_cubed(gold, found)
    assert scores["b3_recall"] == 0.75
    assert scores["b3_precision"] == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1) / 4)


# --- incidents --------------------------------------------------------------------------------------------------------

HEAD = "unit_id,article_title,article_content,source,date,location,labels\n"


def test_articles_are_read_once_and_dated_by_their_printed_day(tmp_path: Path) -> None:
    rows = "1,Jets hit Hama,Wed 19 Apr 2017 Jets hit Hama on Tuesday.,wire,4/1/2017,hama,1\n"
    (tmp_path / "articles.csv.gz").write_bytes(gzip.compress((HEAD + rows + rows).encode()))
    (article,) = read_fakes(tmp_path)
    assert (article.id, article.publisher, article.published_at) == ("1", "wire", date(2017, 4, 19))


def test_another_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "articles.csv").write_text("id,text\n1,x\n")
    with pytest.raises(InputError, match="has no column 'unit_id'"):
        list(read_fakes(tmp_path))


def test_labels_are_read_and_a_broken_file_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "incidents.csv"
    file.write_text("# a note\narticle,incident\n1,bomb\n2,bomb\n3,-\n")
    assert read_incidents(file) == {"1": "bomb", "2": "bomb", "3": "-"}
    file.write_text("article,incident\n1\n")
    with pytest.raises(InputError, match="does not hold two columns"):
        read_incidents(file)


def test_the_news_of_an_article_is_what_its_head_tells() -> None:
    article = Article("a", None, "Wire", None, None, DAY, "en", "x" * 900, (), ())
    said = [statement(key, at) for key, at in {"s1": 0, "s2": 400, "s3": 500}.items()]
    told = Told(article, (said, (), Picture(None, None, (), (), (), ())))
    rows = (occurrence("o1", "s1"), occurrence("o2", "s2", "s3"))
    assert find_main_news([told], Picture(None, None, (), (), (), (), rows)) == {"a": "o1"}
    assert find_main_news([told], Picture(None, None, (), (), (), ())) == {"a": "a"}


def statement(key: str, at: int) -> Statement:
    span, wire = Evidence("a", at, at + 9), (Source("Wire", "outlet"),)
    return Statement(key, span, span, "x", "x", wire, "report", 3.0, "asserted", Tone(0.0), None, DAY, DAY)


def occurrence(key: str, *statements: str) -> Occurrence:
    members = tuple(Member(f"e{one}", one, 1.0) for one in statements)
    days, worth = (None, None, "unknown", "asserted", False), (1.0, ("Wire",), 0, "F3")
    return Occurrence(key, "ASSAULT", None, (), (), None, *days, Numbers(), (), members, (), (), *worth)


def test_articles_left_out_do_not_count() -> None:
    labels = {"1": "bomb", "2": "bomb", "3": "-"}
    scores = score_incidents(labels, {"1": "o1", "2": "o1", "3": "o1", "4": "o2"})
    assert (scores["f1"], scores["b3_f1"], scores["incidents"], scores["n"]) == (1.0, 1.0, 1, 3)


def test_the_shipped_labels_are_well_formed() -> None:
    labels = read_incidents(Path(__file__).parents[2] / INCIDENTS)
    told = [incident for incident in labels.values() if incident != "-"]
    assert all(told.count(incident) > 1 for incident in told)
    assert all(article.isdigit() for article in labels)
