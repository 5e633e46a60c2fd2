"""The browser that the tests of the page drive: Debian's Chromium, through Playwright.

    python -m tests.browser.chromium COMMAND ...

runs the command with MENE_CHROMIUM set to the browser's program, and returns its exit code. Where there is no Chromium
Debian's package is installed. Playwright has browsers of its own, but they are no package of any distribution.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from mene.evaluate.page_browser import find_chromium
from tests import debian

PACKAGES = ("chromium", "fonts-liberation")
"""Without recommended packages Chromium comes without a font to write in."""


def main(command: Sequence[str]) -> int:
    """Return the exit code of a command that is run where there is a Chromium."""
    named = os.environ.get("MENE_CHROMIUM")
    if named and not shutil.which(named):
        sys.exit(f"MENE_CHROMIUM names {named}, which is no program; let it name Chromium, or unset it")
    if not find_chromium():
        debian.install("Chromium", PACKAGES)
    program = find_chromium()
    debian.tell(f"Chromium is {program}")
    return subprocess.run(command, env={**os.environ, "MENE_CHROMIUM": str(Path(str(program)).absolute())}).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
