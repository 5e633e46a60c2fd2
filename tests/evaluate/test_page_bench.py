"""The benchmark of the page, over a corpus small enough for a test."""

import json

from mene.evaluate import page_bench
from mene.evaluate.page_bench import PARTS, main, number_big, write_big


def test_each_part_is_timed():
    page = write_big(200)
    numbers = number_big(page)
    assert set(page.seconds) == set(PARTS)
    assert page.html.startswith("<!DOCTYPE html>")
    assert numbers["big_kb"] > 100
    assert numbers["big_write_s"] <= numbers["big_report_s"] + 0.01


def test_where_no_browser_is_the_others_are_written(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["page_bench", "--out", str(tmp_path), "--statements", "100"])
    monkeypatch.setattr(page_bench, "find_chromium", lambda: None)
    monkeypatch.setattr(page_bench, "measure_demo", lambda: {"demo_kb": 1.0})
    assert main() == 0
    written = json.loads((tmp_path / "results.json").read_text())["page"]
    assert (written["demo_kb"], written["statements"]) == (1.0, 100.0)
    assert "step_ms" not in written
    assert "make bench-page" in capsys.readouterr().err
