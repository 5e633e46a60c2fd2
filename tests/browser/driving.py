"""What a reader does on the page, and what then stands there."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

_MOVE = """(handle, place) => {
  handle.value = place;
  handle.dispatchEvent(new Event("input", { bubbles: true }));
}"""

# The places in the tables: the name, the status, since when, and the percents.
_PLACES = """() => [...document.querySelectorAll("tr[data-n]")].filter((row) => !row.hidden).map((row) => {
  const words = (selector) => row.querySelector(selector).textContent.trim();
  return [words("th"), words(".status"), words(".since"), words(".likely .soft")];
})"""

_FOCUSED = """() => {
  const one = document.activeElement;
  const box = one.getBoundingClientRect();
  return one === document.body ? null : { name: one.localName, id: one.id, width: box.width, height: box.height };
}"""


def move(page: "Page", handle: str, stop: int) -> None:
    """Move a handle of the slider, "on" or "known", to a stop."""
    page.locator(f"#{handle}").evaluate(_MOVE, stop)


def say_days(page: "Page") -> tuple[str, str]:
    """Return the days that the slider says: true on, known on."""
    return page.locator("#on-day").inner_text(), page.locator("#known-day").inner_text()


def unfold_all(page: "Page") -> None:
    """Open all that is folded, and wait until what lies in it is shown as of the slider's days."""
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def read_places(page: "Page") -> list[tuple[str, ...]]:
    """Return the places that the tables show, sorted: name, status, "since …" and percents."""
    return sorted(tuple(row) for row in page.evaluate(_PLACES))


def read_pins(page: "Page") -> set[str]:
    """Return the titles of the pins on the map: "Hama: held, Syrian rebels, very likely"."""
    return set(page.locator(".spot:not([hidden]) .pin > title").all_text_contents())


def wait_for_address(page: "Page", part: str) -> None:
    """Wait until the page's address holds a part; it is written a moment after a change."""
    page.wait_for_function("(part) => location.href.includes(part)", arg=part)


def focused(page: "Page") -> dict[str, object] | None:
    """Return what has the focus: its element's name, its id and its size in pixels; None where nothing has."""
    found: dict[str, object] | None = page.evaluate(_FOCUSED)
    return found
