"""`mene store`: its lines, its exit codes, and that nothing is half-written."""

import gzip
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from mene.cli import run
from mene.commands.kept import Kept
from mene.settings import Settings, read_settings
from mene.store import open_store
from tests.store.make import make_reading

NOW = datetime(2024, 12, 8, tzinfo=UTC)
Capture = pytest.CaptureFixture[str]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder the command runs in, with a store of two articles in it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MENE_STORE", raising=False)
    with open_store(Path("mene.duckdb")) as store:
        for raw in (b"one", b"two"):
            store.add(make_reading(raw), raw, recorded_at=NOW, how="file")
    return tmp_path


def test_export_import_and_check(here: Path, capsys: Capture) -> None:
    assert run(["store", "export", "all.jsonl.gz"]) == 0
    assert capsys.readouterr().out == "all.jsonl.gz: 2 articles exported from mene.duckdb\n"
    for told in ("2 added from all.jsonl.gz, 0 already there", "0 added from all.jsonl.gz, 2 already there"):
        assert run(["store", "import", "all.jsonl.gz", "--store", "copy.duckdb"]) == 0
        assert capsys.readouterr().out == f"copy.duckdb: {told}\n"
    assert run(["store", "check", "--since", "all.jsonl.gz", "--store", "copy.duckdb"]) == 0
    told = "copy.duckdb: 2 articles, 2 statements, 2 events, 2 lines of custody; nothing is wrong\n"
    assert capsys.readouterr().out == told


def test_faults_are_a_line_each_and_code_4(here: Path, capsys: Capture) -> None:
    assert run(["store", "export", "all.gz"]) == 0
    with duckdb.connect("mene.duckdb") as connection:
        connection.execute("UPDATE articles SET title = 'Homs'")
    capsys.readouterr()
    assert run(["store", "check"]) == 4
    out, error = capsys.readouterr()
    assert out.count("the columns of articles differ from its records\n") == 2
    assert error == "mene.duckdb: 2 faults; restore a copy, or import an export into a new store\n"


def test_damaged_store_is_not_exported_and_what_was_there_stays(here: Path, capsys: Capture) -> None:
    (here / "all.gz").write_bytes(b"an earlier export")
    with duckdb.connect("mene.duckdb") as connection:
        connection.execute("UPDATE articles SET payload = replace(payload, 'Hama', 'Homs')")
    assert run(["store", "export", "all.gz"]) == 4
    assert "mene store check tells more" in capsys.readouterr().err
    assert (here / "all.gz").read_bytes() == b"an earlier export"
    assert sorted(path.name for path in here.iterdir()) == ["all.gz", "mene.duckdb"]


def test_export_over_the_store_itself_is_refused(here: Path, capsys: Capture) -> None:
    before = (here / "mene.duckdb").read_bytes()
    assert run(["store", "export", "mene.duckdb"]) == 2
    assert "is the store itself" in capsys.readouterr().err
    assert (here / "mene.duckdb").read_bytes() == before
    assert run(["store", "export", "nowhere/all.gz"]) == 2


def test_wrong_file_makes_no_store_and_a_cut_one_leaves_whole_articles(here: Path, capsys: Capture) -> None:
    (here / "wrong.gz").write_bytes(gzip.compress(b"{}\n"))
    assert run(["store", "import", "wrong.gz", "--store", "new.duckdb"]) == 2
    assert run(["store", "import", "none.gz", "--store", "new.duckdb"]) == 2
    assert not (here / "new.duckdb").exists()
    assert run(["store", "export", "all.gz"]) == 0
    lines = gzip.decompress((here / "all.gz").read_bytes()).splitlines(keepends=True)
    (here / "cut.gz").write_bytes(gzip.compress(b"".join(lines[:2])))
    capsys.readouterr()
    assert run(["store", "import", "cut.gz", "--store", "new.duckdb"]) == 2
    error = capsys.readouterr().err
    assert error.startswith("error: cut.gz line 3 is missing: the file was cut off; get a whole copy of the export")
    assert error.endswith("what stood before it is kept (1 new article)\n")
    assert run(["store", "check", "--store", "new.duckdb"]) == 0


def test_no_store_and_no_command(here: Path, capsys: Capture) -> None:
    assert run(["store", "check", "--store", "none.duckdb"]) == 4
    assert run(["store", "export", "all.gz", "--store", "none.duckdb"]) == 4
    assert not (here / "all.gz").exists()
    assert run(["store"]) == 0
    assert "check" in capsys.readouterr().out


def test_password_of_an_address_is_never_shown(here: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    address = "postgresql://ana:hush-hush@127.0.0.1:9/news"
    for words in (["store", "check"], ["ask", "who holds Hama"], ["add", "x.txt"], ["store", "check", "--debug"]):
        assert run([*words, "--store", address]) == 4
        out, error = capsys.readouterr()
        assert "postgresql://ana@127.0.0.1:9/news does not answer" in error
        assert "hush" not in out + error
    monkeypatch.setenv("MENE_STORE", address)
    assert run(["store", "check"]) == 4
    settings = read_settings({"MENE_STORE": address})
    assert "hush" not in repr(settings) + Kept(settings).options
    assert Kept(Settings()).options == ""
