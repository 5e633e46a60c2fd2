"""A real browser for the tests of the page, and pages for it to open.

    def test_something(open_page, demo):
        page = open_page(demo, width=360)

opens a page in a window of its own. When the test is over, each of its pages must have asked for nothing but itself,
and have written no error or warning; that is checked for every test here.

All of it lives as long as this folder's tests run, not longer: Playwright keeps an event loop running meanwhile,
beside which no other test could start one.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from mene.evaluate.page_browser import find_chromium, open_browser
from mene.pipeline import Model
from mene.report.contents import Contents

from .pages import demo_contents, demo_page, endless_page, hostile_page, small_page, synthetic_page
from .windows import Windows

if TYPE_CHECKING:
    from playwright.sync_api import Browser

HOW = "make test-browser installs it and runs these tests"


@pytest.fixture(scope="package", autouse=True)
def browser() -> Iterator["Browser"]:
    """A running Chromium; all tests of this folder are skipped where it or Playwright is absent."""
    pytest.importorskip("playwright.sync_api", reason=f"Playwright is not installed: {HOW}")
    pytest.importorskip("axe_playwright_python", reason=f"axe is not installed: {HOW}")
    program = find_chromium()
    if program is None:
        pytest.skip(f"Chromium is not installed: {HOW}")
    with open_browser(program) as opened:
        yield opened


@pytest.fixture
def open_page(browser: "Browser") -> Iterator[Windows]:
    """Opens pages, and watches them."""
    with Windows(browser) as windows:
        yield windows


@pytest.fixture(scope="package")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the pages are written."""
    return tmp_path_factory.mktemp("pages")


@pytest.fixture(scope="package")
def demo(folder: Path) -> Path:
    """The file of the demo's page."""
    return _write(folder / "demo.html", demo_page())


@pytest.fixture(scope="package")
def contents() -> Contents:
    """What the demo's page shows."""
    return demo_contents()


@pytest.fixture(scope="package")
def small(folder: Path) -> Path:
    """The file of the page of a hand-made case, for what takes long on a larger one."""
    return _write(folder / "small.html", small_page())


@pytest.fixture(scope="package")
def hostile(folder: Path, model: Model) -> Path:
    """The file of the page of hostile articles."""
    return _write(folder / "hostile.html", hostile_page(model))


@pytest.fixture(scope="package")
def endless(folder: Path) -> Path:
    """The file of the page of lines of a megabyte."""
    return _write(folder / "endless.html", endless_page())


@pytest.fixture(scope="package")
def synthetic(folder: Path) -> Callable[[int], Path]:
    """Returns the file of the page of a made-up corpus with a number of statements; each is made once."""

    def find(statements: int) -> Path:
        file = folder / f"synthetic-{statements}.html"
        return file if file.exists() else _write(file, synthetic_page(statements))

    return find


def _write(file: Path, text: str) -> Path:
    file.write_text(text, encoding="utf-8")
    return file
