"""The command line: what it prints, where, and with which exit code."""

import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
import typer.main

from mene import __version__
from mene.cli import app, hoist, run

ROOT = Path(__file__).parents[1]
MENE = [sys.executable, "-c", "from mene.cli import main; main()"]


def mene(*words: str, **options: object) -> "subprocess.CompletedProcess[str]":
    """A call in a process of its own."""
    return subprocess.run([*MENE, *words], capture_output=True, text=True, timeout=120, **options)  # type: ignore[call-overload,no-any-return]


def test_help_answers_at_once() -> None:
    took = []
    for _ in range(3):
        begin = time.perf_counter()
        assert mene("--help").returncode == 0
        took.append(time.perf_counter() - begin)
    assert min(took) < 1.0


def test_version_and_bare_call(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"mene {__version__}\n"
    assert run([]) == 0
    assert "Commands:" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words", [["read", "--nonsense", "x"], ["reed"], ["read"], ["ask", "who", "--as-of", "Friday"], ["--store"]]
)
def test_wrong_usage_is_one_line(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(words) == 2
    out, error = capsys.readouterr()
    assert out == ""
    assert error.startswith("error: ")
    assert error.count("\n") == 1


def test_hoisting_leaves_what_follows_two_dashes() -> None:
    assert hoist(["read", "a", "--debug", "--", "--store"]) == ["--debug", "read", "a", "--", "--store"]
    assert hoist(["ask", "q", "--store=x.duckdb"]) == ["--store=x.duckdb", "ask", "q"]


def test_unexpected_error_is_one_line_and_debug_shows_the_trace(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("by chance")

    monkeypatch.setattr("mene.commands.keep.run_add", fail)
    assert run(["add", "hama.txt"]) == 1
    assert capsys.readouterr().err == "error: unexpected ZeroDivisionError: by chance; --debug shows the trace\n"
    assert run(["add", "hama.txt", "--debug"]) == 1
    assert "Traceback" in capsys.readouterr().err


def test_interrupt_is_one_line(here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("mene.commands.keep.run_add", stop)
    assert run(["add", "hama.txt"]) == 130
    assert capsys.readouterr().err == "stopped\n"


def test_reader_of_the_output_that_goes_away_is_no_error(here: Path) -> None:
    command = " ".join(f"'{word}'" for word in [*MENE, "read", "hama.txt", "--json"])
    piped = ["bash", "-c", f"set -o pipefail; {command} | true"]
    done = subprocess.run(piped, capture_output=True, text=True, cwd=here)
    assert done.stderr == ""
    assert done.returncode == 0


def test_read_json_follows_the_contract(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", "hama.txt", "--json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["article"]["published_at"] == "2024-12-05"
    assert document["mene"]["version"] == __version__
    assert {"holdings", "backings", "presences", "disputes"} <= document["picture"].keys()
    assert len(document["statements"]) >= 2


def test_read_standard_input(here: Path, article: str) -> None:
    done = mene("read", "-", "--json", input=article, cwd=here)
    assert json.loads(done.stdout)["article"]["title"] == "Rebels take Hama"
    assert done.returncode == 0


def test_read_writes_the_page_whole(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", "hama.txt", "-o", "page.html"]) == 0
    out, error = capsys.readouterr()
    assert "page.html" in error
    assert "Hama" in out
    assert (here / "page.html").read_text(encoding="utf-8").rstrip().endswith("</html>")
    assert sorted(path.name for path in here.iterdir()) == ["hama.txt", "page.html"]


def test_brief_names_claims_that_claim_shows(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", "hama.txt"]) == 0
    out, error = capsys.readouterr()
    claims = re.findall(r"· ([a-z][0-9a-f]{6,12})", out)
    assert claims
    assert "mene claim ID --in hama.txt" in error
    assert run(["claim", claims[0], "--in", "hama.txt"]) == 0
    assert "Hama" in capsys.readouterr().out


def test_add_twice_then_ask_diff_and_report(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["add", ".", "--check"]) == 3
    assert "1 added, 0 already there" in capsys.readouterr().out
    assert run(["add", "hama.txt", "--check"]) == 0
    assert "0 added, 1 already there" in capsys.readouterr().out
    assert run(["ask", "who holds Hama", "--json"]) == 0
    assert "Hama" in json.loads(capsys.readouterr().out)["answer"][0]["text"]
    assert run(["ask", "who holds Hama", "--as-of", "2024-12-04"]) == 0
    assert capsys.readouterr().out.startswith("unknown")
    assert run(["diff", "2024-12-04", "2024-12-06", "--check"]) == 3
    assert "Hama" in capsys.readouterr().out
    assert run(["report", "-o", "brief.html"]) == 0
    assert (here / "brief.html").exists()


def test_question_of_no_known_form_is_told_what_can_be_asked(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["add", "hama.txt"]) == 0
    assert run(["ask", "sing me a song"]) == 2
    assert "who holds PLACE" in capsys.readouterr().err


@pytest.mark.parametrize("day", ["yesterday", "5 December", "2024-13-05"])
def test_question_with_a_day_that_is_none_is_bad_input(day: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["ask", f"what happened in Hama since {day}", "--demo"]) == 2
    out, error = capsys.readouterr()
    assert (out, error) == ("", f"error: '{day}' is no day; write it as 2024-12-05\n")


def test_article_of_a_day_to_come_is_told(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", "hama.txt", "--published", "2999-12-05"]) == 0
    assert "note: hama.txt: published on 2999-12-05, which is still to come" in capsys.readouterr().err
    assert run(["read", "hama.txt"]) == 0
    assert "still to come" not in capsys.readouterr().err


def test_unknown_claim_says_where_ids_stand(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["claim", "s000000000000", "--in", "hama.txt"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_store_is_taken_from_the_environment(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MENE_STORE", "news.duckdb")
    assert run(["add", "hama.txt"]) == 0
    assert (here / "news.duckdb").exists()
    assert run(["add", "hama.txt", "--store", "other.duckdb"]) == 0
    assert (here / "other.duckdb").exists()


def test_demo_knows_nothing_of_the_day_after(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["demo"]) == 0
    out, error = capsys.readouterr()
    assert "mene-brief.html" in error
    assert (here / "mene-brief.html").exists()
    assert len(out.splitlines()) <= 25
    assert run(["demo", "--json"]) == 0
    articles = json.loads(capsys.readouterr().out)["articles"]
    assert len(articles) == 23
    assert max(article["published_at"] for article in articles) == "2024-12-07"


def test_evaluate_prints_one_flat_object(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["evaluate", "nonsense", "hama.txt", "--json"]) == 2
    assert "there is no evaluation 'nonsense'" in capsys.readouterr().err


def test_every_command_and_setting_is_documented() -> None:
    guide = (ROOT / "docs" / "guide.md").read_text(encoding="utf-8")
    group = typer.main.get_command(app)
    names = group.list_commands(typer.Context(group))  # type: ignore[attr-defined]
    assert [name for name in names if f"### `mene {name}" not in guide] == []
    settings = re.findall(r"MENE_[A-Z]+", (ROOT / "src" / "mene" / "settings.py").read_text(encoding="utf-8"))
    assert [name for name in settings if name not in guide] == []


def test_generated_page_of_commands_is_up_to_date() -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    script = [sys.executable, str(ROOT / "docs" / "write_commands.py"), "--check"]
    done = subprocess.run(script, capture_output=True, text=True, env=environment)
    assert (done.returncode, done.stderr) == (0, "")


def test_an_interruption_that_the_store_passes_on_is_one() -> None:
    from mene.cli import is_interruption

    error = ValueError("outer")
    error.__cause__ = RuntimeError("INTERRUPT Error: Query interrupted")
    assert is_interruption(error)
    assert not is_interruption(ValueError("no such table"))
