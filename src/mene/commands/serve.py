"""`mene serve`: the page, live, from the store or from the sample corpus."""

import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from mene.commands.kept import Kept
from mene.commands.output import say, show
from mene.errors import InputError
from mene.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from mene.articles import Loaded
    from mene.serve.app import Live
    from mene.serve.watching import Watch
    from mene.watch import Progress, Source


@dataclass(frozen=True, slots=True)
class Serving:
    """Where to serve, to whom, and what is watched meanwhile, each source every so many minutes."""

    host: str
    port: int
    token: str | None = None
    watch: tuple[str, ...] = ()
    every: float = 15.0


def run_serve(settings: Settings, serving: Serving, *, sample: bool) -> int:
    """Return 0 after Ctrl-C. Raises InputError for an address that cannot be served at, StoreError."""
    from mene.serve.server import address_of, bind, is_near, make_door, run_server

    if not is_near(serving.host) and not serving.token:
        raise InputError(f"{serving.host} can be reached by others; give a --token that they must know, or MENE_TOKEN")
    if serving.token is not None and len(serving.token) < SHORTEST_TOKEN:
        raise InputError(f"the token has fewer than {SHORTEST_TOKEN} characters; choose a longer one")
    with ExitStack() as stack:
        listening = bind(serving.host, serving.port)
        stack.callback(listening.close)
        kept = Kept(settings, sample=sample)
        if sample:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="mene-demo-"))
            kept = Kept(_fill_sample(kept, Path(folder)))
        live = _make_live(kept, serving)
        port = listening.getsockname()[1]
        show(f"{address_of(serving.host, port)}  (Ctrl-C ends)")
        run_server(live, make_door(serving.host, port, serving.token), listening)
    say("stopped")
    return 0


SHORTEST_TOKEN = 16
"""Characters: whoever can ask often must not find it by trying."""


def _fill_sample(kept: Kept, folder: Path) -> Settings:
    """Return settings whose store, in that folder, holds the sample corpus."""
    from mene.commands.keep import run_add

    settings = replace(kept.settings, store=folder / "demo.duckdb", codebook=kept.folders)
    run_add(settings, list(kept.origins), published=None, check=False)
    return settings


def _make_live(kept: Kept, serving: Serving) -> "Live":
    """Return what is served: the store, made where there is none, and all that reads into it."""
    from mene.serve.app import Live
    from mene.serve.desk import Desk
    from mene.serve.library import Library
    from mene.serve.press import Press
    from mene.serve.watching import Watcher
    from mene.serve.worker import Where
    from mene.store import open_store
    from mene.watch import find_sources

    settings = kept.settings
    sources = find_sources(serving.watch) if serving.watch else ()
    with open_store(settings.store, operator=settings.operator):
        pass  # made, or brought up to date, before anybody asks
    watch = _make_watch(settings, sources, serving) if sources else None
    desk = Desk(Where(settings.store, kept.folders, settings.places, settings.operator))
    press = Press(Library(settings.store, kept.folders), kept.codebook())
    return Live(press, desk, Watcher(watch, desk.keep) if watch else None)


def _make_watch(settings: Settings, sources: "Sequence[Source]", serving: Serving) -> "Watch":
    """Return what watches sources. Raises StoreError, and InputError where what it remembers cannot be read."""
    from mene.commands.watch import begin, own_files
    from mene.watch import describe, memory_path, watch

    memory = memory_path(settings.store)
    own = (*own_files(settings, memory), *(Path(name) for name in serving.watch if Path(name).is_file()))
    begin(settings, memory)

    def run(keep: "Callable[[Loaded], bool]", tell: "Callable[[str], None]", stop: Event) -> None:
        def tell_record(record: "Progress") -> None:
            tell(describe(record))

        watch(sources, keep, tell_record, stop, memory=memory, every=serving.every * 60, own=own)

    return run
