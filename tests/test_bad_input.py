"""Bad input through the command line: one clear line each, the documented code, the rest read, nothing half-written."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from mene.cli import run

GOOD = (
    "Rebels take Hama\n\nBEIRUT, Dec 5, 2024 (Levant Wire) - Rebels took the Syrian city of Hama on Thursday, the army"
    " said. The army said that its units had left the city.\n"
)
GERMAN = (
    "Die Rebellen haben am Donnerstag die Stadt Hama eingenommen. Die Armee teilte mit, dass sich ihre Einheiten aus"
    " der Stadt zurückgezogen haben, um die Bewohner zu schonen. Die Regierung hat sich dazu noch nicht geäußert."
)


def empty(path: Path) -> None:
    path.write_bytes(b"")


def binary(path: Path) -> None:
    path.write_bytes(bytes(range(256)) * 200)


def huge(path: Path) -> None:
    with path.open("wb") as file:
        file.write(b"Rebels took Hama. ")
        file.truncate(50_000_000)


def bomb(path: Path) -> None:
    path.write_text("<html><body>" + "<div>" * 100_000 + "Rebels took Hama." + "</div>" * 100_000, encoding="utf-8")


def german(path: Path) -> None:
    path.write_text(GERMAN, encoding="utf-8")


def unknown_format(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04" + bytes(range(40)) * 30)


def damaged_archive(path: Path) -> None:
    path.write_bytes(b"\x1f\x8b\x08\x00" + b"not gzip at all" * 20)


BAD: dict[str, Callable[[Path], None]] = {
    "empty.txt": empty,
    "binary.html": binary,
    "huge.txt": huge,
    "bomb.html": bomb,
    "german.txt": german,
    "unknown.docx": unknown_format,
    "damaged.gz": damaged_archive,
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder the command runs in, with one good article in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    return tmp_path


def one_line(error: str, *words: str) -> bool:
    """Whether exactly one error was told, in one line, with these words in it."""
    lines = [line for line in error.splitlines() if line.startswith("error: ")]
    return len(lines) == 1 and "Traceback" not in error and all(word in lines[0] for word in words)


@pytest.mark.parametrize("name", BAD)
def test_bad_file_gives_one_line_and_code_2(name: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    BAD[name](here / name)
    assert run(["read", name, "--json", "-o", "page.html"]) == 2
    out, error = capsys.readouterr()
    assert one_line(error, name)
    assert out == ""
    assert sorted(path.name for path in here.iterdir()) == sorted(["good.txt", name])


def test_rest_of_the_batch_is_read(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, make in BAD.items():
        make(here / name)
    assert run(["read", *BAD, "good.txt", "--json"]) == 2
    out, error = capsys.readouterr()
    assert json.loads(out)["article"]["title"] == "Rebels take Hama"
    assert len([line for line in error.splitlines() if line.startswith("error: ")]) == len(BAD)


def test_bad_file_in_a_folder_is_told_and_the_code_stays_0(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    empty(here / "empty.txt")
    assert run(["read", ".", "--json"]) == 0
    out, error = capsys.readouterr()
    assert one_line(error, "empty.txt")
    assert len(json.loads(out)["articles"]) == 1


def test_wrong_encoding_is_read_or_refused_in_one_line(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = GOOD.replace("said. The army said", "said in a café. The army’s “command” said")
    page = f'<html><head><meta charset="utf-8"></head><body><article><p>{text}</p></article></body></html>'
    (here / "latin.html").write_bytes(page.encode("cp1252"))
    assert run(["read", "latin.html", "--json"]) == 0
    out, _ = capsys.readouterr()
    assert "said in a café. The army’s “command” said" in json.loads(out)["article"]["text"]


def test_article_without_a_date_is_read_with_a_note(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "undated.txt").write_text("Rebels took Hama on Thursday, the army said.\n", encoding="utf-8")
    assert run(["read", "undated.txt", "--json"]) == 0
    out, error = capsys.readouterr()
    assert json.loads(out)["article"]["published_at"] is None
    assert "note: undated.txt: no publication date" in error
    assert all(event["occurred_start"] is None for event in json.loads(out)["events"])


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:9/story.html", "http://no-such-host.invalid/story", "ftp://a.example/x"]
)
def test_address_that_does_not_answer(url: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", url, "good.txt", "--json"]) == 2
    out, error = capsys.readouterr()
    assert one_line(error, url.split("/")[2].split(":")[0])
    assert json.loads(out)["article"]["title"] == "Rebels take Hama"


def test_folder_without_articles_and_missing_file(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "void").mkdir()
    assert run(["read", "void"]) == 2
    assert one_line(capsys.readouterr().err, "void", "folder without articles")
    assert run(["add", "missing.txt"]) == 2
    assert one_line(capsys.readouterr().err, "missing.txt", "does not exist")


def test_page_into_a_missing_folder_is_refused_before_reading(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["read", "good.txt", "-o", "nowhere/page.html"]) == 2
    out, error = capsys.readouterr()
    assert one_line(error, "nowhere", "does not exist")
    assert out == ""


def test_foreign_and_missing_store(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "notes.duckdb").write_text("my notes, not a database", encoding="utf-8")
    assert run(["add", "good.txt", "--store", "notes.duckdb"]) == 4
    assert one_line(capsys.readouterr().err, "notes.duckdb", "--store")
    assert (here / "notes.duckdb").read_text(encoding="utf-8") == "my notes, not a database"
    with duckdb.connect(str(here / "other.duckdb")) as other:
        other.execute("CREATE TABLE birds (name VARCHAR)")
    assert run(["add", "good.txt", "--store", "other.duckdb"]) == 4
    assert one_line(capsys.readouterr().err, "other.duckdb", "another program")
    assert run(["ask", "who holds Hama"]) == 4
    assert one_line(capsys.readouterr().err, "there is no store", "mene add")


def test_locked_store(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    hold = "import duckdb, sys; c = duckdb.connect('mene.duckdb'); print('held', flush=True); sys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", hold], stdin=-1, stdout=-1, cwd=here) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        assert run(["add", "good.txt"]) == 4
        assert one_line(capsys.readouterr().err, "mene.duckdb", "another process")
        holder.communicate()


def test_bad_codebook_folder_and_file(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--codebook", "nowhere", "read", "good.txt"]) == 5
    assert one_line(capsys.readouterr().err, "nowhere")
    (here / "mine").mkdir()
    (here / "mine" / "actors.yaml").write_text("- {id: x, colour: red}\n", encoding="utf-8")
    assert run(["read", "good.txt", "--codebook", "mine"]) == 5
    assert one_line(capsys.readouterr().err, "actors.yaml", "colour")
