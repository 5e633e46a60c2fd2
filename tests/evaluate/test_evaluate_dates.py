"""Scoring of dates: the formats, the measure, and hostile XML."""

import json
from datetime import date
from pathlib import Path

import pytest

from mene.errors import InputError
from mene.evaluate.dates import GoldTime, evaluate_dates, read_timeml, read_times, same_value, score_dates, score_times
from mene.evaluate.setting import Setting

TML = """<?xml version="1.0" ?>
<TimeML><DOCID>a</DOCID>
<DCT><TIMEX3 tid="t0" type="DATE" value="2024-12-07" functionInDocument="CREATION_TIME">7 December 2024</TIMEX3></DCT>
<TEXT>
It <EVENT eid="e1">fell</EVENT> <TIMEX3 tid="t1" type="DATE" value="2024-12-05">Thursday</TIMEX3>.

It was shelled <TIMEX3 tid="t2" type="DATE" value="2024-W48">last
week</TIMEX3> and <TIMEX3 tid="t3" type="SET" value="P1D">every day</TIMEX3>.
They fought for <TIMEX3 tid="t4" type="DURATION" value="P4D">three days</TIMEX3>.
</TEXT></TimeML>
"""


def test_a_folder_of_timeml_is_scored(tmp_path: Path) -> None:
    (tmp_path / "a.tml").write_text(TML, encoding="utf-8")
    scores = score_dates(tmp_path)
    assert scores == {"n": 3.0, "value": 2 / 3, "found": 1.0}
    assert evaluate_dates(tmp_path, Setting()) == scores


def test_the_creation_time_is_read_and_not_scored() -> None:
    times = read_timeml(TML)
    assert {time.published for time in times} == {date(2024, 12, 7)}
    assert [time.text[time.start : time.end] for time in times] == ["Thursday", "last week", "three days"]


def test_json_lines_and_rows_are_read(tmp_path: Path) -> None:
    row = {"text": "It fell Thursday.", "published": "2024-12-07", "span": "Thursday", "value": "2024-12-05"}
    (tmp_path / "a.jsonl").write_text(json.dumps(row | {"span": [8, 16]}) + "\n", encoding="utf-8")
    (tmp_path / "b.tsv").write_text("\t".join(row) + "\n" + "\t".join(row.values()) + "\n", encoding="utf-8")
    assert read_times(tmp_path / "a.jsonl") == read_times(tmp_path / "b.tsv")
    assert score_dates(tmp_path)["value"] == 1.0


def test_a_span_that_is_no_time_counts_as_wrong() -> None:
    gold = [GoldTime("The price rose.", None, 4, 9, "2024")]
    assert score_times(gold) == {"n": 1.0, "value": 0.0, "found": 0.0}
    assert not same_value("", "2024")


ENTITIES = '<!DOCTYPE TimeML [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><TimeML>&b;</TimeML>'
OUTSIDE = '<!DOCTYPE TimeML [<!ENTITY x SYSTEM "file:///etc/hostname">]><TimeML>&x;</TimeML>'


@pytest.mark.parametrize("text", [ENTITIES, OUTSIDE, "<TimeML><TEXT>", "", "no xml", "<a>" * 5000])
def test_hostile_or_broken_xml_is_one_clear_error(text: str, tmp_path: Path) -> None:
    (tmp_path / "a.tml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.tml"):
        score_dates(tmp_path)


def test_deep_nesting_costs_nothing() -> None:
    assert read_timeml("<a>" * 100_000 + "</a>" * 100_000) == []


def test_what_cannot_be_read_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no .*tml"):
        score_dates(tmp_path)
    (tmp_path / "a.csv").write_text("text,published\nIt fell.,2024-12-07\n", encoding="utf-8")
    with pytest.raises(InputError, match="row 2"):
        score_dates(tmp_path)


def test_a_document_of_many_times_is_read_at_once() -> None:
    times = "".join(f'<TIMEX3 type="DATE" value="2024-12-05">Thursday {number}</TIMEX3>, ' for number in range(3000))
    assert len(read_timeml(f"<TimeML><TEXT>{times}</TEXT></TimeML>")) == 3000
