"""The run over all development data: what is left out, and the two files it writes."""

import json
from pathlib import Path

import pytest

from mene.errors import InputError
from mene.evaluate.run import (
    OWN,
    About,
    choose_runs,
    flatten,
    merge_results,
    path_of,
    results_table,
    score_runs,
    write_results,
)

ABOUT = About("abc1234", "2024-12-08", "Linux x86_64 with 2 cores and Python 3.11.7", "0.1.0", "0123456789abcdef")
SCORES = {"plv": {"root_f1": 0.5, "n": 210}}


def test_runs_without_data_are_left_out(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="none of the development data"):
        choose_runs(tmp_path)
    (tmp_path / "data" / "plv").mkdir(parents=True)
    assert [run.key for run in choose_runs(tmp_path) if not run.path.startswith(OWN)] == ["plv"]
    with pytest.raises(InputError):
        choose_runs(tmp_path, ["ud"])


def test_own_runs_read_the_repository_not_the_data(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    own = [run for run in choose_runs(tmp_path) if run.path.startswith(OWN)]
    assert {run.key for run in own} == {"reports", "own_reading", "cases", "coreference", "origins"}
    assert all(path_of(run, tmp_path).exists() for run in own)


def test_another_reader_is_one_entry_and_leaves_what_the_rest_was_made_on(tmp_path: Path) -> None:
    write_results(tmp_path, merge_results(tmp_path, SCORES, ABOUT))
    merged = merge_results(tmp_path, {"float32": flatten(SCORES)}, None)
    assert merged["float32"] == {"plv.root_f1": 0.5}
    assert merged["about"]["commit"] == "abc1234"


def test_no_runs_score_nothing(tmp_path: Path) -> None:
    assert score_runs(tmp_path, []) == {}


def test_results_keep_what_was_measured_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "results.json").write_text(json.dumps({"speed": {"start_s": 0.4}, "plv": {"root_f1": 0.1}}))
    write_results(tmp_path, merge_results(tmp_path, SCORES, ABOUT))
    written = json.loads((tmp_path / "results.json").read_text())
    assert written["speed"] == {"start_s": 0.4}
    assert (written["plv"], written["about"]["commit"]) == (SCORES["plv"], "abc1234")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["RESULTS.md", "results.json"]


def test_table_says_what_it_was_made_on(tmp_path: Path) -> None:
    table = results_table(merge_results(tmp_path, SCORES, ABOUT))
    assert (
        "| plv | PLV, pair given but for tuples, the fifth of the sentences that training leaves out | root_f1 | 0.5 |"
        in table
    )
    assert "commit abc1234, date 2024-12-08, machine Linux" in table
