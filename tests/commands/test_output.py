"""Where results are written: whole files, links kept, and nothing that is no ordinary file."""

import os
import stat
from pathlib import Path

import pytest

from mene.cli import run
from mene.commands.output import check_target, write_whole
from mene.errors import InputError

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has neither pipes nor links as files")


def test_a_link_stays_and_what_it_leads_to_is_written(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    link = tmp_path / "page.html"
    link.symlink_to(Path("far") / "page.html")
    for text in ("one", "two"):  # first it leads to nothing yet
        write_whole(link, text)
        assert link.is_symlink()
        assert (tmp_path / "far" / "page.html").read_text(encoding="utf-8") == text
    assert [path.name for path in (tmp_path / "far").iterdir()] == ["page.html"]


def test_a_pipe_is_refused_and_left(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("pipe")
    for name in ("pipe", "link"):
        with pytest.raises(InputError, match="no ordinary file"):
            write_whole(tmp_path / name, "text")
    assert stat.S_ISFIFO((tmp_path / "pipe").lstat().st_mode)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="making a device takes root")
def test_a_device_is_refused_and_left(tmp_path: Path) -> None:
    device = tmp_path / "null"
    try:
        os.mknod(device, 0o666 | stat.S_IFCHR, os.makedev(1, 3))
    except PermissionError:
        pytest.skip("this machine makes no devices")
    with pytest.raises(InputError, match="no ordinary file"):
        write_whole(device, "text")
    assert stat.S_ISCHR(device.lstat().st_mode)


def test_links_in_a_circle_and_standard_output_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(InputError, match=r"circle|no ordinary file"):
        check_target(tmp_path / "a")
    with pytest.raises(InputError, match="needs a file"):
        check_target(Path("-"))


def test_a_file_that_is_there_keeps_its_permissions(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("old", encoding="utf-8")
    page.chmod(0o600)
    write_whole(page, "new")
    assert (page.read_text(encoding="utf-8"), page.stat().st_mode & 0o777) == ("new", 0o600)


def test_commands_refuse_a_pipe_before_the_work(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    os.mkfifo(tmp_path / "pipe")
    for words in (["demo"], ["report", "--demo"], ["read", "none.txt"]):
        assert run([*words, "-o", str(tmp_path / "pipe")]) == 2
        out, error = capsys.readouterr()
        assert (out, error.count("\n")) == ("", 1)
        assert "no ordinary file" in error
