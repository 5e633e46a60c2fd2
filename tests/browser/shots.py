"""Pictures of every view of the page, for whoever reviews how it looks, and the one that the README shows.

    make screenshots      (python -m tests.browser.shots [NAME ...] takes those whose name begins so)

writes build/screenshots/NAME-WIDTH.png and docs/page.png. The fonts are the machine's: the README's picture was taken
with Debian's fonts-dejavu-core (the page's own choice, system-ui) and fonts-liberation (its serifs). Nothing
moves, the pixels are not doubled, and letters are drawn without a machine's own hinting, so the same page gives the
same picture on the same machine.
"""

import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from mene.evaluate.page_browser import find_chromium, open_browser

from .pages import demo_page, small_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FOLDER = Path("build/screenshots")
README = Path("docs/page.png")
MOST_BYTES = 250_000
"""Of the README's picture."""

WIDTHS = {360: 740, 768: 1024, 1280: 900}
"""The heights of the windows, by their widths, in pixels."""

PAGES = {"demo": demo_page, "small": small_page}


@dataclass(frozen=True, slots=True)
class View:
    """What a picture shows: a page at an address's end, after a script was run in it."""

    name: str
    address: str = ""
    before: str = ""
    page: str = "demo"
    scheme: Literal["light", "dark"] = "light"
    media: Literal["screen", "print"] = "screen"
    whole: bool = False


UNFOLD = "for (const one of document.querySelectorAll('details')) one.open = true"
CLAIM = "document.querySelector('.spot').dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))"

VIEWS = (
    View("top"),
    View("top-dark", scheme="dark"),
    View("whole", whole=True),
    View("map", "#places", "document.querySelector('#map').scrollIntoView()"),
    View("past", "#on=2024-12-02&known=2024-12-04"),
    View("disputes", "#disputes"),
    View("network", "#network"),
    View("leaders", "#leaders"),
    View("timeline", "#timeline"),
    View("sources", "#sources"),
    View("statements", "#statements"),
    View("claim", before=CLAIM),
    View("left-out", "#dropped", UNFOLD),
    View("reading", "#reading"),
    View("unfolded", before=UNFOLD, page="small", whole=True),
    View("print", media="print"),
)


def take(browser: "Browser", page: Path, view: View, size: tuple[int, int], target: Path) -> None:
    """Write the picture of a view, in a window of a width and height in pixels."""
    window = browser.new_context(
        viewport={"width": size[0], "height": size[1]},
        device_scale_factor=1,
        color_scheme=view.scheme,
        reduced_motion="reduce",
        locale="en-GB",
        timezone_id="UTC",
    )
    opened = window.new_page()
    opened.emulate_media(media=view.media)
    opened.goto(page.as_uri() + view.address)
    opened.evaluate(f"async () => {{ {view.before}; await document.fonts.ready; }}")
    opened.screenshot(path=target, full_page=view.whole, animations="disabled", caret="hide")
    window.close()


def main(names: Sequence[str]) -> int:
    """Return 0 after the pictures were taken; 1 where the README's is too large to be shown there."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = [view for view in VIEWS if not names or view.name.startswith(tuple(names))]
    with tempfile.TemporaryDirectory() as made, open_browser(find_chromium() or "chromium") as browser:
        files = {name: Path(made) / f"{name}.html" for name in {"demo", *(view.page for view in wanted)}}
        for name, file in files.items():
            file.write_text(PAGES[name](), encoding="utf-8")
        for view in wanted:
            for width, height in WIDTHS.items():
                take(browser, files[view.page], view, (width, height), FOLDER / f"{view.name}-{width}.png")
        if not names:
            take(browser, files["demo"], View("readme"), (1280, 900), README)
    sys.stdout.write(f"{len(wanted) * len(WIDTHS)} pictures are in {FOLDER}\n")
    return 0 if names else _weigh(README)


def _weigh(picture: Path) -> int:
    size = picture.stat().st_size
    sys.stdout.write(f"{picture} has {size:,} bytes; at most {MOST_BYTES:,} are shown in the README\n")
    return int(size > MOST_BYTES)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
