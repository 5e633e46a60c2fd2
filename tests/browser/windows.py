"""The browser's windows, one for each page that is opened, all of them watched."""

from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from .watch import Watch

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PATIENCE = 30_000
"""Milliseconds that a page may take to answer; a test that waits longer fails."""


class Windows:
    """Opens pages; at the end none may have asked for anything but itself, or have written an error or warning.

    `watches` tell of each page opened so far what it did.
    """

    def __init__(self, browser: "Browser") -> None:
        self.watches: list[Watch] = []
        self._browser = browser
        self._opened: list[Page] = []

    def __call__(self, address: Path | str, *, width: int = 1280, height: int = 900, **context: Any) -> "Page":
        """Return the page of a file or an address, loaded. `context` is what `Browser.new_context` takes."""
        own = address.as_uri() if isinstance(address, Path) else address
        window = self._browser.new_context(viewport={"width": width, "height": height}, **context)
        window.set_default_timeout(PATIENCE)
        self.watches.append(Watch(own))
        self.watches[-1].attend(window)
        self._opened.append(window.new_page())
        self._opened[-1].goto(own, wait_until="load")
        return self._opened[-1]

    def __enter__(self) -> "Windows":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        """Close all windows, and fail where a page did what it must not."""
        for page in self._opened:
            page.context.close()
        if error is None:
            assert [one for watch in self.watches for one in watch.left] == [], "a page asked for what it is not"
            assert [one for watch in self.watches for one in watch.faults] == [], "a page wrote errors or warnings"
