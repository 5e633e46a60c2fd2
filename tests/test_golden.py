"""The demo's brief and JSON against their golden files.

To the letter wherever the reader's arithmetic is that of the machine that wrote them. Processors without VNNI round
the 8-bit weights otherwise (see `golden_files`): there the letter is skipped, and what is compared on every machine is
the share of held places and of signals that come out the same. With noise of a fifth of a unit on all of the reader's
numbers, far more than rounding gives, at least three quarters did.
"""

import difflib
import json
from pathlib import Path
from typing import Any

import pytest

from .golden_files import draw_golden, kept_golden

AGAIN = "if the change is meant, run: make golden"
SAME_ELSEWHERE = 0.6
README = Path(__file__).parents[1] / "README.md"


def changes(kept: str, drawn: str) -> str:
    """Return the first lines of the difference, and what to do."""
    rows = list(difflib.unified_diff(kept.splitlines(), drawn.splitlines(), "kept", "drawn now", lineterm="", n=1))
    return "\n".join([AGAIN, *rows[:60], *(["..."] if len(rows) > 60 else [])])


@pytest.mark.parametrize("part", ["brief", "document"])
def test_demo_is_as_kept(part: str) -> None:
    kept, drawn = kept_golden(), draw_golden()
    if kept.arithmetic.differs_by_processor(drawn.arithmetic):
        pytest.skip("the same weights answer otherwise on this processor; see the docstring of golden_files")
    before, now = getattr(kept, part), getattr(drawn, part)
    if before != now:
        pytest.fail(changes(before, now), pytrace=False)


def test_example_of_the_readme_is_the_golden_brief() -> None:
    assert f"$ mene demo\n{kept_golden().brief}```\n" in README.read_text(encoding="utf-8"), "run: make docs golden"


def held(document: dict[str, Any]) -> set[tuple[str, str, str | None]]:
    """Return who holds which place and how."""
    rows = document["picture"]["holdings"]
    return {(row["place"]["name"], row["status"], (row["holder"] or {}).get("name")) for row in rows}


def signalled(document: dict[str, Any]) -> set[tuple[str, str, str]]:
    """Return the signals: the indicator, the leader, and what it is about."""
    return {(row["indicator"], row["leader"], row["subject"]) for row in document["signals"]}


@pytest.mark.parametrize("rows", [held, signalled])
def test_demo_is_much_the_same_on_any_processor(rows: Any) -> None:
    kept, drawn = (rows(json.loads(golden.document)) for golden in (kept_golden(), draw_golden()))
    assert len(kept & drawn) >= SAME_ELSEWHERE * len(kept | drawn), f"{AGAIN}: {sorted(map(str, kept ^ drawn))}"


def test_demo_holds_no_town_that_fell_a_day_later() -> None:
    places = {name for name, status, _ in held(json.loads(draw_golden().document)) if status == "held"}
    assert {"Aleppo"} <= places
    assert not places & {"Damascus", "Homs"}
