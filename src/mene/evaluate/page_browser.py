"""The browser that the page is measured and tested in: the machine's Chromium, driven through Playwright.

Playwright is no part of Mene's own environment: `make bench-page` and `make test-browser` install it.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

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
    return shutil.which(named) if named else next(filter(None, map(shutil.which, _NAMES)), None)


@contextmanager
def open_browser(program: str) -> Iterator["Browser"]:
    """Give a running browser, and end it. Raises ImportError where Playwright is not installed."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=OPTIONS)
        yield browser
        browser.close()


# The action stands in the source: making a function from text inside the page is what its policy forbids.
_MEASURE = """async (given) => {{
  const frame = () => new Promise(requestAnimationFrame);
  const action = {action};
  await frame();
  const begin = performance.now();
  await action(given);
  const done = performance.now();
  await frame();
  await frame();
  return [done - begin, performance.now() - begin];
}}"""


@dataclass(frozen=True, slots=True)
class Step:
    """What an action took, in milliseconds: its script, and until what it changed was drawn.

    Drawn means that two frames were begun after it, so an idle page takes up to two frames too, 33 ms at 60 a second.
    """

    script: float
    drawn: float


def measure_step(page: "Page", action: str, given: object = None) -> Step:
    """Return what an action took in a page. `action` is a JavaScript function of one argument, `given`.

    A slider's step, for example: `measure_step(page, "(day) => { slider.value = day; slider.dispatchEvent(new
    Event('input')); }", 3)`.
    """
    script, drawn = page.evaluate(_MEASURE.format(action=action), given)
    return Step(script, drawn)
