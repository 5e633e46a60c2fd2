"""What a page does that it must not: ask for anything beside itself, err, break its own policy, open a dialog."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, ConsoleMessage, Dialog, Page

LOUD = frozenset({"error", "warning"})
INSIDE = ("data:", "blob:", "about:")
"""Addresses that a page holds itself: nothing is asked for anywhere."""

TELL_VIOLATIONS = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy broken: ${event.effectiveDirective} by ${event.blockedURI} ${event.sample}`));
"""


@dataclass  # without slots: Playwright keeps something of its own on whoever listens
class Watch:
    """What the pages of a browser's window did: all addresses that they asked for, and what they did wrong."""

    own: str
    asked: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def left(self) -> list[str]:
        """The addresses that were asked for and are neither the page's file nor of its server."""
        return [one for one in self.asked if not one.startswith(INSIDE) and not belongs(one, self.own)]

    def attend(self, context: "BrowserContext") -> None:
        """Begin to watch a window that has no page yet."""
        context.add_init_script(TELL_VIOLATIONS)
        context.on("request", lambda request: self.asked.append(request.url))
        context.on("console", self._hear)
        context.on("weberror", lambda error: self.faults.append(f"script failed: {error.error}"))
        context.on("dialog", self._close)
        context.on("page", self._open)

    def _hear(self, message: "ConsoleMessage") -> None:
        if message.type in LOUD:
            self.faults.append(f"console: {message.text}")

    def _close(self, dialog: "Dialog") -> None:
        self.faults.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _open(self, page: "Page") -> None:
        page.on("websocket", lambda socket: self.asked.append(socket.url))
        page.on("popup", lambda other: self.faults.append(f"opened a window: {other.url}"))


def belongs(address: str, own: str) -> bool:
    """Return whether an address is the page's own: its very file, or anything of the server that it came from.

    >>> belongs("file:///tmp/page.html#places", "file:///tmp/page.html"), belongs("file:///etc/passwd", "file:///tmp/page.html")
    (True, False)
    >>> belongs("http://127.0.0.1:8000/api", "http://127.0.0.1:8000/"), belongs("http://127.0.0.1:8000.example.org/", "http://127.0.0.1:8000/")
    (True, False)
    """
    there, here = urlsplit(address), urlsplit(own)
    if here.scheme == "file":
        return urldefrag(address).url == urldefrag(own).url
    return (there.scheme, there.netloc) == (here.scheme, here.netloc)
