"""Measuring the live page: the addresses asked for, what is summed up, and one short run."""

import json
import random
from pathlib import Path

import pytest

from mene.evaluate import serve_load
from mene.evaluate.serve_load import MIX, Measured, Target, draw_path, sum_up


def test_the_mix_is_of_a_hundred() -> None:
    assert sum(share for _, share in MIX) == 100


def test_an_address_is_of_its_view() -> None:
    target = Target("127.0.0.1", 1, 1, ("Hama",), ("SDF",), ("h1",))
    for view, _ in MIX:
        assert draw_path(view, target, random.Random(1)).startswith(view)


def test_shares_are_of_all_and_of_each_view() -> None:
    measured = Measured(memory=[(0.0, 100.0), (100.0, 104.0)], errors=["500 /"])
    measured.took["/"] += [float(one) for one in range(101)]
    found = sum_up(measured, 110.0)
    assert (found["p50_ms"], found["p95_ms_/"], found["errors"]) == (50.0, 95.9, 1.0)
    assert (found["memory_first_mb"], found["memory_last_mb"]) == (100, 104)


def test_a_short_run_writes_its_numbers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = ["serve_load", "--statements", "300", "--seconds", "2", "--out", str(tmp_path), "--stores", str(tmp_path)]
    monkeypatch.setattr("sys.argv", words)
    assert serve_load.main() == 0
    found = json.loads((tmp_path / "results.json").read_text(encoding="utf-8"))["serve"]
    assert (found["n"], found["errors"]) == (100.0, 0.0)
