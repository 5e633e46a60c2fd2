"""The browser that the tests of the page drive: Debian's Chromium, through Playwright.

    python -m tests.browser.chromium COMMAND ...

runs the command with MENE_CHROMIUM set to the browser's program, and returns its exit code. Where there is no Chromium
Debian's package is installed. Playwright has browsers of its own, but they are no package of any distribution.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tests import debian

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium", "fonts-liberation")
"""Without recommended packages Chromium comes without a font to write in."""

OPTIONS = (
    "--headless",
    "--no-sandbox",  # root has none
    "--disable-gpu",
    "--disable-dev-shm-usage",  # containers have 64 MB there
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--font-render-hinting=none",  # letters as wide on every machine that has the font
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",  # nothing a page asks for leaves
    "--no-proxy-server",  # which would resolve names itself
)


def find_chromium() -> str | None:
    """Return the path of the browser's program: MENE_CHROMIUM, or what the machine has; None where there is none."""
    named = os.environ.get("MENE_CHROMIUM")
    return shutil.which(named) if named else next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def open_browser(program: str) -> Iterator["Browser"]:
    """Give a running browser, and end it. Needs Playwright."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=OPTIONS)
        yield browser
        browser.close()


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
