"""onnxruntime sends and keeps nothing, whatever the environment says."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ARTICLE = "Rebels take Hama\n\nBEIRUT, Dec 5, 2024 (Levant Wire) - Rebels took the city of Hama, the army said.\n"


def call(code: str, home: Path, **environment: str) -> "subprocess.CompletedProcess[str]":
    told = {**os.environ, "HOME": str(home), "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path]), **environment}
    told.pop("XDG_CACHE_HOME", None)
    words = [sys.executable, "-c", code]
    return subprocess.run(words, capture_output=True, text=True, env=told, cwd=home.parent, timeout=120)


@pytest.mark.parametrize("code", ["from mene.cli import main; main()", "import training"])
@pytest.mark.parametrize("said", ["0", ""])
def test_nothing_is_written_into_the_home(code: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    (tmp_path / "hama.txt").write_text(ARTICLE, encoding="utf-8")
    code = code.replace("main()", "import sys; sys.argv[1:] = ['add', 'hama.txt']; main()")
    done = call(code, tmp_path / "home", ORT_DISABLE_TELEMETRY=said)
    assert (done.returncode, done.stderr) == (0, "")
    assert list((tmp_path / "home").rglob("*")) == []


def test_a_home_that_cannot_be_written_is_not_told_of(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("no folder", encoding="utf-8")
    done = call("import mene.pipeline", tmp_path / "home")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_package_imports_onnxruntime_in_one_place() -> None:
    package = ROOT / "src" / "mene"
    naming = re.compile(r"^\s*(?:import|from) onnxruntime", re.MULTILINE)
    found = [path.name for path in package.rglob("*.py") if naming.search(path.read_text(encoding="utf-8"))]
    assert found == ["runtime.py"]
