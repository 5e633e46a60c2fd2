"""Writes docs/commands.md from the command line itself; with --check, says whether it is up to date.

    python docs/write_commands.py [--check]
    python docs/write_commands.py --example     puts the demo's brief into the README as well

The example is not checked here: another processor may round the reader's scores otherwise. `tests/test_golden.py` holds
it against the golden brief.
"""

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer.main

from mene.cli import app

TARGET = Path(__file__).with_name("commands.md")
README = Path(__file__).parents[1] / "README.md"
EXAMPLE = re.compile(r"(<!-- demo: [^>]*-->\n).*?(<!-- end -->)", re.DOTALL)
LAYOUT: dict[str, Any] = {"resilient_parsing": True, "terminal_width": 110, "max_content_width": 110}
HEAD = """# Commands

Made from the command line by `make docs`; do not edit by hand. `docs/guide.md` explains what the output means, and
gives the exit codes.
"""


def commands_text() -> str:
    """Return the page: the help of `mene` and of each command, as the command prints it."""
    return "\n".join([HEAD, *_sections("mene", typer.main.get_command(app), None)])


def _sections(name: str, command: Any, parent: Any) -> Iterator[str]:
    """Yield the help of a command, then that of each command under it."""
    with command.make_context(name, [], parent=parent, **LAYOUT) as context:
        yield _section(context.command_path, command.get_help(context))
        for inner in command.list_commands(context) if hasattr(command, "list_commands") else ():
            yield from _sections(inner, command.get_command(context, inner), context)


def _section(title: str, text: str) -> str:
    lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
    return f"## `{title}`\n\n```text\n{lines}\n```\n"


def write_example() -> None:
    """Put the brief of `mene demo` between the marks of the README."""
    with tempfile.TemporaryDirectory() as folder:
        call = [sys.executable, "-c", "from mene.cli import main; main()", "demo", "-o", f"{folder}/page.html"]
        brief = subprocess.run(call, check=True, capture_output=True, text=True).stdout
    block = f"```text\n$ mene demo\n{brief.rstrip()}\n```\n"
    text = README.read_text(encoding="utf-8")
    README.write_text(EXAMPLE.sub(lambda match: match[1] + block + match[2], text), encoding="utf-8")


def main() -> int:
    """Return 0 after writing; with --check 1 where the page differs from what would be written."""
    text = commands_text()
    if "--check" not in sys.argv[1:]:
        TARGET.write_text(text, encoding="utf-8")
        if "--example" in sys.argv[1:]:
            write_example()
        return 0
    if TARGET.exists() and TARGET.read_text(encoding="utf-8") == text:
        return 0
    sys.stderr.write("docs/commands.md is out of date: run make docs\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
