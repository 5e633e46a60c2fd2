"""The press: draws an edition in the background, and the next one soon after something came in.

Whoever asks is answered from the last edition at once; the next takes its place in one step when it is whole.
"""

import gc
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from threading import Event, Thread
from typing import TYPE_CHECKING

from mene.errors import MeneError
from mene.picture.collector import uncollected
from mene.serve.edition import Edition
from mene.serve.library import Library

if TYPE_CHECKING:
    from mene.codebook import Codebook

CHECKED_EVERY = 2.0
"""Seconds between two looks at whether something came in."""

QUIET = 1.0
"""Seconds that the store must have been left alone before it is drawn anew: articles come in groups."""

LONGEST_WAIT = 30.0
"""Seconds after which it is drawn although articles keep coming in."""


@dataclass(frozen=True, slots=True)
class Work:
    """What the press is at: articles read of how many, whether it draws, and the line of what went wrong, if it did."""

    read: int = 0
    total: int = 0
    is_drawing: bool = False
    trouble: str = ""


class Press:
    """Draws editions of a library in a thread of its own. `edition` is None until the first is drawn."""

    def __init__(self, library: Library, codebook: "Codebook") -> None:
        self.edition: Edition | None = None
        self.work = Work()
        self._library, self._codebook = library, codebook
        self._stopped = Event()
        self._drawn_mark = ""
        self._thread = Thread(target=self._run, name="press", daemon=True)

    def start(self) -> None:
        """Begin to draw."""
        self._thread.start()

    def stop(self) -> None:
        """Draw no further edition; one that is being drawn is left."""
        self._stopped.set()

    def _run(self) -> None:
        took = 0.0
        while not self._stopped.is_set():
            begin = time.monotonic()
            self._draw_if_changed()
            took = time.monotonic() - begin
            self._stopped.wait(max(CHECKED_EVERY, took))  # at most half of the time goes into drawing

    def _draw_if_changed(self) -> None:
        try:
            mark = self._settle()
            if mark != self._drawn_mark:
                self._draw()
                self._drawn_mark = mark
            self.work = Work()
        except MeneError as error:  # somebody writes, or the server is away: tried again
            self.work = replace(self.work, trouble=str(error), is_drawing=False)

    def _settle(self) -> str:
        """Return the library's mark once it has stayed the same for a moment."""
        mark, deadline = self._library.mark(), time.monotonic() + LONGEST_WAIT
        while self._drawn_mark and mark != self._drawn_mark and time.monotonic() < deadline:
            if self._stopped.wait(QUIET):
                break
            mark, before = self._library.mark(), mark
            if mark == before:
                break
        return mark

    def _draw(self) -> None:
        """Draw an edition where the articles are others than those of the last one. Raises MeneError."""
        with uncollected():
            version, readings, search = self._library.read(self._tell)
            if self.edition is not None and version == self.edition.version:
                search.close()
            else:
                self.work = replace(self.work, is_drawing=True)
                moment = datetime.now(UTC)
                self.edition = Edition(readings, self._codebook, search, version=version, drawn_at=moment)
                gc.freeze()  # its records are in no circle: the collector need not look at them again and again

    def _tell(self, read: int, total: int) -> None:
        self.work = Work(read, total)
