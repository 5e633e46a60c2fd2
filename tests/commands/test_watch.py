"""`mene watch`: what it keeps and prints, how it ends."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from mene.cli import run
from mene.errors import StoreError
from mene.settings import Settings
from mene.store import open_store
from mene.watch import read_memory
from tests.watch.conftest import Server, page, rss, server

__all__ = ["server"]  # the fixture

MENE = [sys.executable, "-c", "from mene.cli import main; main()"]
STORE = Path("mene.duckdb")
MEMORY = Path("mene.duckdb.watch.json")


def rest_long(path: Path) -> None:
    os.utime(path, (1, 1))


def counts() -> int:
    with open_store(STORE, create=False, read_only=True) as store:
        return store.counts()["articles"]


def test_one_round_over_the_working_folder_with_the_store_in_it(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rest_long(here / "hama.txt")
    assert run(["watch", ".", "--once"]) == 0
    out, error = capsys.readouterr()
    assert out.splitlines()[0] == f"{here.resolve()}: 1 new"
    assert out.splitlines()[-1] == "1 added, 0 already there"
    assert error == ""
    assert run(["watch", ".", "--once"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "0 added, 0 already there"
    assert (counts(), sorted(path.name for path in here.iterdir())) == (1, ["hama.txt", STORE.name, MEMORY.name])


def test_what_it_keeps_is_what_add_keeps(here: Path, server: Server) -> None:
    server.routes["/rss"] = (200, {}, rss((server.url("/1"), "")))
    dated = page("One").replace(
        b"<html>", b'<html><head><meta property="article:published_time" content="2024-12-05"></head>'
    )
    server.routes["/1"] = (200, {"Content-Type": "text/html"}, dated)
    assert run(["watch", server.url("/rss"), "--once", "--store", "a.duckdb"]) == 0
    (here / "one.html").write_bytes(dated)
    assert run(["add", "one.html", "--store", "b.duckdb"]) == 0
    with open_store(Path("a.duckdb")) as watched, open_store(Path("b.duckdb")) as added:
        assert watched.article_ids() == added.article_ids()
        one, other = next(watched.readings()), next(added.readings())
        assert [claim.evidence for claim in one.statements] == [claim.evidence for claim in other.statements]
        assert watched.custody()[0].how == "http"
    assert run(["add", "one.html", "--store", "a.duckdb"]) == 0
    with open_store(Path("a.duckdb")) as store:
        assert store.counts()["articles"] == 1


def test_json_is_one_object_a_line(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    rest_long(here / "hama.txt")
    (here / "bad.txt").write_bytes(b"\x00\x01\x02" * 50)
    rest_long(here / "bad.txt")
    assert run(["watch", ".", "--once", "--json"]) == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [record["kind"] for record in records] == ["seen", "failed", "kept", "rested"]
    assert records[2]["is_new"]


def test_a_failing_source_among_good_ones_is_told_and_all_failing_is_2(
    here: Path, server: Server, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "in").mkdir()
    server.routes["/rss"] = (500, {}, b"")
    assert run(["watch", "in", server.url("/rss"), "--once"]) == 0
    assert "answers 500" in capsys.readouterr().err
    assert run(["watch", server.url("/rss"), "--once", "--store", "b.duckdb"]) == 2


def test_a_title_cannot_steer_the_terminal(here: Path, server: Server, capsys: pytest.CaptureFixture[str]) -> None:
    server.routes["/rss"] = (200, {}, rss((server.url("/1"), "")))
    server.routes["/1"] = (200, {"Content-Type": "text/html"}, page("One &#27;[2J\u202eowt"))
    assert run(["watch", server.url("/rss"), "--once"]) == 0
    out = capsys.readouterr().out
    assert "kept" in out
    assert not {"\x1b", "\u202e"} & set(out)


@pytest.mark.parametrize("words", [["nowhere"], ["ftp://a.example/rss"], [".", "--every", "0"], []])
def test_bad_input_is_one_line(here: Path, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["watch", *words, "--once"]) == 2
    out, error = capsys.readouterr()
    assert (out, error.count("\n")) == ("", 1)
    assert not STORE.exists()


def test_a_damaged_memory_and_a_foreign_store_are_told_at_once(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    MEMORY.write_text("{")
    assert run(["watch", ".", "--once"]) == 2
    assert "remove it" in capsys.readouterr().err
    assert run(["watch", ".", "--once", "--store", "hama.txt"]) == 4


def test_where_the_store_is_taken_away_all_is_new_again(here: Path) -> None:
    rest_long(here / "hama.txt")
    assert run(["watch", ".", "--once"]) == 0
    STORE.unlink()
    assert run(["watch", ".", "--once"]) == 0
    assert counts() == 1


def test_a_store_that_is_read_meanwhile_is_waited_for(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from mene.commands import watch

    opened = [0]

    def busy(*given: object, **options: object) -> object:
        opened[0] += 1
        if opened[0] in (2, 3):
            raise StoreError("the store is being written by another process")
        return open_store(*given, **options)  # type: ignore[arg-type]

    rest_long(here / "hama.txt")
    monkeypatch.setattr("mene.store.open_store", busy)
    monkeypatch.setattr(watch, "_BETWEEN", 0.0)
    assert run(["watch", ".", "--once"]) == 0
    assert counts() == 1


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 0)])
def test_a_signal_ends_it_cleanly_while_others_may_read(here: Path, number: int, code: int) -> None:
    rest_long(here / "hama.txt")
    process = subprocess.Popen([*MENE, "watch", "."], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        lines: list[str] = []
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line)
            if "next round at" in line:
                break
        assert counts() == 1  # the store is free while the watch rests
        begin = time.monotonic()
        process.send_signal(number)
        _, error = process.communicate(timeout=30)
    finally:
        process.kill()
    assert time.monotonic() - begin < 10
    assert process.returncode == code
    assert "ending after" in error
    assert "Traceback" not in error
    assert read_memory(MEMORY).has_kept


def test_the_settings_own_places_are_passed_over(tmp_path: Path) -> None:
    from mene.commands.watch import own_files

    own = own_files(
        Settings(store=tmp_path / "a.duckdb", places=tmp_path / "mene-places"), tmp_path / "a.duckdb.watch.json"
    )
    assert {path.name for path in own} == {"a.duckdb", "a.duckdb.wal", "a.duckdb.watch.json", "mene-places"}
