"""Finding and reading the files of a data set: a file or a folder, plain or gzip, with errors that name the line."""

import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from mene.errors import InputError

T = TypeVar("T")


def data_files(path: Path, *endings: str) -> list[Path]:
    """Return `path` itself, or the files of the folder whose names end so (or so and ".gz"), in order of name.

    Where a folder holds several splits its training split is left out: a model is not scored on what it learnt from.
    Raises `InputError` where there is nothing to read.
    """
    if not path.exists():
        raise InputError(f"{path} does not exist: give a file or a folder of {' or '.join(endings)} files")
    if path.is_file():
        return [path]
    wanted = tuple(endings) + tuple(f"{ending}.gz" for ending in endings)
    found = sorted(file for file in path.rglob("*") if file.is_file() and file.name.endswith(wanted))
    if not found:
        raise InputError(f"{path} holds no {' or '.join(endings)} file")
    return [file for file in found if "train" not in file.relative_to(path).as_posix().lower()] or found


def read_text(path: Path) -> str:
    """Return the text of a file, through gzip where its name ends so. Raises `InputError` when it is no UTF-8 text."""
    try:
        raw = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        return raw.decode("utf-8")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise InputError(f"{path} cannot be read as text ({error}): give a UTF-8 file, plain or gzip") from error


def read_json_lines(path: Path, parse: Callable[[dict[str, Any]], T]) -> Iterator[T]:
    """Yield `parse` of every object of a JSON-lines file. Raises `InputError` that names the first wrong line."""
    for number, line in enumerate(read_text(path).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            yield parse(json.loads(line))
        except (ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
            raise InputError(f"{path}, line {number}: not in the expected form ({error!r})") from error


def read_case_lines(path: Path, shipped: Path, parse: Callable[[dict[str, Any]], T]) -> list[T]:
    """Return `parse` of every line of a file of cases, or of the one in a folder that is named as the `shipped` one.

    Raises `InputError` for a file that cannot be read or holds a line that is no case.
    """
    file = path / shipped.name if path.is_dir() else path
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
        return [parse(json.loads(line)) for line in lines if line.strip()]
    except OSError as error:
        raise InputError(f"{file} cannot be read ({error.strerror}): give {shipped} or a file like it") from error
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(f"{file} holds a line that is no case ({error}): see evaluation/cases/README.md") from error


def read_blocks(path: Path) -> Iterator[list[tuple[int, str]]]:
    """Yield the (line number, line) groups of a file that blank lines separate, comments ("# ") left out."""
    block: list[tuple[int, str]] = []
    for number, line in enumerate([*read_text(path).split("\n"), ""], start=1):
        if line.strip() and not line.startswith("# "):
            block.append((number, line.rstrip("\r")))
        elif not line.strip() and block:
            yield block
            block = []
