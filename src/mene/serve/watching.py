"""Watching sources while serving: what a watch must be able to do, and the thread that it runs in."""

from collections import deque
from collections.abc import Callable
from threading import Event, Thread
from typing import TYPE_CHECKING

from mene.errors import MeneError
from mene.report.words import plain

if TYPE_CHECKING:
    from mene.articles import Loaded

REMEMBERED = 100
"""Lines of a watch that are remembered."""

Watch = Callable[["Callable[[Loaded], bool]", Callable[[str], None], Event], None]
"""Looks at its sources again and again until the event is set: hands each article that it finds to the first, which
tells whether it was new, and a line on what goes on to the second. Raises MeneError where it cannot begin.
"""


class Watcher:
    """A watch in a thread of its own. `lines` are the last that it told, `count` how many there were."""

    def __init__(self, watch: Watch, keep: "Callable[[Loaded], bool]") -> None:
        self.lines: deque[str] = deque(maxlen=REMEMBERED)
        self.count = 0
        self._watch, self._keep = watch, keep
        self._stop = Event()
        self._thread = Thread(target=self._run, name="watch", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        self._thread.start()

    def close(self) -> None:
        """End the watch."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(10.0)

    def _run(self) -> None:
        try:
            self._watch(self._keep, self._tell, self._stop)
        except MeneError as error:
            self._tell(str(error))

    def _tell(self, line: str) -> None:
        self.lines.append(plain(line))
        self.count += 1
