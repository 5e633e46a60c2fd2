"""Where a command takes its readings from: the store, files read for this one question, or the sample corpus."""

import shlex
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mene.errors import InputError
from mene.records import Reading
from mene.settings import Settings

if TYPE_CHECKING:
    from mene.codebook import Codebook
    from mene.gazetteer import Gazetteer
    from mene.pipeline import Model


@dataclass(frozen=True, slots=True)
class Kept:
    """What a question is asked of. Without `files` and `sample` it is the store of the settings."""

    settings: Settings
    files: tuple[str, ...] = ()
    sample: bool = False
    published: date | None = None

    @property
    def folders(self) -> tuple[Path, ...]:
        """The folders that extend the codebook: the sample's outlets are known with the sample only."""
        from mene.sample import sample_codebook

        return (sample_codebook(), *self.settings.codebook) if self.sample else self.settings.codebook

    @property
    def origins(self) -> tuple[str, ...]:
        """What is to be read, where it is not the store."""
        from mene.sample import sample_articles

        return tuple(str(path) for path in sample_articles()) if self.sample else self.files

    @property
    def options(self) -> str:
        """The options that make another command ask the same readings: the end of a command line to be shown."""
        if self.sample:
            return " --demo"
        if not self.files:
            named = self.settings.store
            return "" if named == Settings().store else f" --store {shlex.quote(str(named))}"
        day = f" --published {self.published}" if self.published else ""
        own = self.settings.places
        places = "" if own == Settings().places else f" --places {shlex.quote(str(own))}"
        return "".join(f" --in {shlex.quote(origin)}" for origin in self.files) + day + places

    def codebook(self) -> "Codebook":
        """Return the codebook with its extensions."""
        from mene.codebook import load_codebook

        return load_codebook(*self.folders)

    def model(self) -> "Model":
        """Return all that reading needs."""
        from mene.pipeline import load_model

        return load_model(*self.folders, places=self.settings.places)

    def gazetteer(self) -> "Gazetteer":
        """Return the places, the user's own among them."""
        from mene.places import open_places

        return open_places(self.settings.places)


def readings_of(kept: Kept, known: date | None = None) -> list[Reading]:
    """Return the readings known on that day (all where None), from wherever they are kept.

    Raises InputError where files were named and none could be read.
    """
    if not kept.origins:
        from mene.store import open_store

        with open_store(kept.settings.store, create=False, read_only=True) as store:
            return list(store.readings(known))
    from mene.commands.gather import Tally, read_batch
    from mene.pipeline import known_by

    tally = Tally()
    readings = read_batch(
        kept.origins, kept.model(), tally, published=kept.published, today=date.today(), stdin=read_stdin(kept.origins)
    )
    if not readings:
        raise InputError("nothing could be read; the lines above say why")
    return list(known_by(readings, known))


def read_stdin(origins: tuple[str, ...] | list[str]) -> bytes | None:
    """Return the bytes of standard input where "-" was named, no more of them than an article may have."""
    from mene.articles.limits import ARTICLE_BYTES

    return sys.stdin.buffer.read(ARTICLE_BYTES + 1) if "-" in origins else None
