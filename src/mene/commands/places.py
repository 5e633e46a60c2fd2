"""`mene places`: a user's own gazetteer files, added to the places that every command knows, listed and removed."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from mene.commands.gather import BAD_INPUT
from mene.commands.output import busy, follow, say, show, show_json
from mene.errors import InputError
from mene.settings import Settings

if TYPE_CHECKING:
    from mene.places import Revision, Source, Tally
    from mene.places.ground import Ground
    from mene.places.merge import Share
    from mene.places.read import Item

TOLD = 20
"""So many rows of one file that are left out get a line of their own; the summary counts the others."""


def run_places_add(settings: Settings, files: Sequence[Path], *, today: date) -> int:
    """Return 0; 2 where a file that was named could not be added. Nothing is written where none could."""
    from mene.places import Revision
    from mene.places.ground import Ground

    ground = Ground()
    failed = False
    with Revision(settings.places) as revision:
        added: list[tuple[Source, Tally]] = []
        for path in files:
            try:
                added += _add(revision, path, ground, today)
            except InputError as error:
                say(f"error: {path} {error}")
                failed = True
        if revision.is_changed:
            with busy("building the index of your places"):
                shares = revision.commit()
            for source, tally in added:
                show(_summary(source, tally, shares[source.name]))
    return BAD_INPUT if failed else 0


def _add(revision: "Revision", path: Path, ground: "Ground", today: date) -> "list[tuple[Source, Tally]]":
    """Take in one file; none where it is there already."""
    from mene.places import read_places
    from mene.places.source import hash_file

    sha256 = hash_file(path)
    if there := revision.has(sha256):
        show(f"{path.name} is there already, added on {there.day}; nothing changes")
        return []
    with read_places(path, ground) as reading, follow(reading.items, f"reading {path.name}") as items:
        if reading.unused:
            say(f"note: {path} has columns that are not used: {', '.join(reading.unused)}")
        return [revision.add(path, sha256, reading.format, _tell(items, path), today)]


def _tell(items: "Iterator[Item]", path: Path) -> "Iterator[Item]":
    """Pass the rows of a file on; the first that are left out are told, each in a line."""
    from mene.places import LeftOut

    told = 0
    for item in items:
        if isinstance(item, LeftOut):
            told += 1
            if told <= TOLD:
                say(f"note: {path} {item}: {item.fault.remedy}")
        yield item
    if told > TOLD:
        say(f"note: {path}: {told - TOLD:,} more rows are left out; the summary counts them")


def _summary(source: "Source", tally: "Tally", share: "Share") -> str:
    """Return what became of a file, in one line."""
    known = f", {share.known:,} of them known before" if share.known else ""
    notes = [f"{tally.failed:,} left out: {tally.reasons()}"] if tally.failed else []
    if tally.passed_over:
        notes.append(f"{tally.passed_over:,} streams, hills and other features passed over")
    told = f" ({'; '.join(notes)})" if notes else ""
    return f"Added {_count(share.places)} from {source.name}{known}{told}"


def _count(places: int) -> str:
    return f"{places:,} place{'' if places == 1 else 's'}"


def run_places_list(settings: Settings, *, as_json: bool) -> int:
    """Return 0 after a line for each file that was added, or one JSON object."""
    from mene.contract import to_json
    from mene.places import read_sources

    sources = read_sources(settings.places)
    if as_json:
        import json

        show_json({"folder": str(settings.places), "sources": json.loads(to_json(sources))})
    elif not sources:
        show(f"no places were added to {settings.places}; add a file with mene places add FILE")
    else:
        show("\n".join(_lines(sources)))
    return 0


def _lines(sources: "Sequence[Source]") -> Iterator[str]:
    names = {"geonames": "GeoNames dump", "pcodes": "P-code table", "list": "list"}
    width = max(len(source.name) for source in sources)
    for source in sources:
        left_out = f", {source.left_out:,} left out" if source.left_out else ""
        told = f"{names[source.format]:<13}  {source.rows:>9,} rows{left_out}"
        yield f"{source.name:<{width}}  {source.day}  {source.sha256[:12]}  {told}"


def run_places_remove(settings: Settings, name: str) -> int:
    """Return 0 after the places of a file are taken out; what other files say of them stays."""
    from mene.places import Revision

    with Revision(settings.places) as revision:
        source = revision.remove(name)
        with busy("building the index of your places"):
            revision.commit()
    show(f"Removed {source.name}, added on {source.day}")
    return 0
