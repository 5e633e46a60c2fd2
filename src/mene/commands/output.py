"""How the commands speak: results to standard output, all else in single lines to standard error, files whole."""

import json
import os
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, TypeVar

from mene.errors import InputError

if TYPE_CHECKING:
    from rich.text import Text

T = TypeVar("T")

CLOSED_PIPE = 0
"""The exit code when the reader of our output has gone (`mene read ... | head`): it had what it wanted."""


class OutputClosedError(Exception):
    """Whoever read our output has stopped reading."""


def say(line: str) -> None:
    """Write one line to standard error, whatever the terminal can show."""
    sys.stderr.write(" ".join(line.split()) + "\n")


def show(text: str) -> None:
    """Write a result to standard output, ending in one line break. Raises OutputClosedError."""
    try:
        sys.stdout.write(text if text.endswith("\n") else text + "\n")
        sys.stdout.flush()
    except BrokenPipeError as error:
        # Python would try once more on its way out, and complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise OutputClosedError from error


def show_lines(lines: "Sequence[Text]") -> None:
    """Write styled lines to standard output; plain where it is no terminal. Raises OutputClosedError."""
    if not sys.stdout.isatty():
        show("\n".join(line.plain.rstrip() for line in lines))
        return
    from rich.console import Console

    console = Console(file=sys.stdout, highlight=False)
    with console.capture() as capture:
        for line in lines:
            console.print(line, no_wrap=True, overflow="ignore", crop=False, soft_wrap=True)
    show(capture.get())


def show_json(document: object) -> None:
    """Write a JSON document to standard output: indented on a terminal, in one line for a program."""
    indent = 2 if sys.stdout.isatty() else None
    show(json.dumps(document, ensure_ascii=False, indent=indent))


def check_target(path: Path) -> Path:
    """Return the file to write for `path`: itself, or what it links to. Raises InputError.

    Called before the long work begins. What exists and is no ordinary file (a device, a pipe) is never written to.
    """
    if str(path) == "-":
        raise InputError("this needs a file to write; it is not written to standard output")
    try:
        return _checked(path)
    except (OSError, RuntimeError) as error:
        why = getattr(error, "strerror", None) or "its link leads round in a circle"
        raise InputError(f"{path} cannot be written ({why}); name another place") from error


def _checked(path: Path) -> Path:
    target = path.resolve() if path.is_symlink() else path
    if target.is_dir():
        raise InputError(f"{path} is a folder; name another file")
    if target.is_symlink() or (target.exists() and not target.is_file()):
        raise InputError(f"{path} is no ordinary file (a device, a pipe); name another file")
    if not target.parent.is_dir():
        raise InputError(f"the folder {target.parent} does not exist; make it first, or name another place")
    if not os.access(target.parent, os.W_OK) or (target.exists() and not os.access(target, os.W_OK)):
        raise InputError(f"{path} cannot be written; check its permissions, or name another place")
    return target


def write_whole(path: Path, text: str) -> None:
    """Write a text file whole or not at all. Raises InputError."""
    with whole_file(path) as file:
        file.write(text.encode())


@contextmanager
def whole_file(path: Path) -> Iterator[IO[bytes]]:
    """Give a file to write that takes the place of `path` when the block ends well, and vanishes otherwise.

    A link stays one: what it leads to is written. A file that is there keeps its permissions. Raises InputError where
    writing fails; an OSError of the block counts as that.
    """
    target = check_target(path)
    try:
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".new", dir=target.parent)
        fresh = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            fresh.chmod(mode)
            fresh.replace(target)
        finally:
            fresh.unlink(missing_ok=True)
    except OSError as error:
        raise InputError(f"{path} cannot be written ({error.strerror}); name another place") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


@contextmanager
def busy(what: str) -> Iterator[None]:
    """Show on a terminal's standard error that something is going on whose end cannot be foretold."""
    if not sys.stderr.isatty():
        yield
        return
    from rich.console import Console

    with Console(stderr=True).status(what):
        yield


@contextmanager
def follow(items: Iterable[T], what: str, total: int | None = None) -> Iterator[Iterator[T]]:
    """Give the items, with a progress bar on a terminal's standard error where more than one is expected."""
    if not sys.stderr.isatty() or total == 1:
        yield iter(items)
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns: tuple[Any, ...] = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=Console(stderr=True), transient=True) as progress:
        yield iter(progress.track(items, description=what, total=total))
