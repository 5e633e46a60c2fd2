"""One file of places: its format is told from its content, then row after row is read and checked."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Literal

from mene.errors import InputError
from mene.places.faults import Fault, LeftOut, PassedOver
from mene.places.geonames import is_geonames, read_geonames
from mene.places.ground import Ground
from mene.places.limits import ROWS
from mene.places.row import Row
from mene.places.source import open_lines
from mene.places.tables import read_header, read_table

Format = Literal["geonames", "pcodes", "list"]
Item = Row | LeftOut | PassedOver
HEAD = 20
"""Lines looked at to tell the format; the first may be damaged."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A file being read: its format, its rows as they come, and the columns that nothing is taken from."""

    format: Format
    items: Iterator[Item]
    unused: tuple[str, ...] = ()


def read_lines(lines: Iterator[str], ground: Ground) -> Reading:
    """Return the places in the lines of a file. Raises InputError, without the file's name, where they hold none.

    >>> reading = read_lines(iter(["name,lat,lon\\n", "Tell Qurmah,35.2,36.9\\n"]), Ground())
    >>> reading.format, [row.name for row in reading.items]
    ('list', ['Tell Qurmah'])
    """
    head = list(islice(lines, HEAD))
    if not any(line.strip() for line in head):
        raise InputError("is empty; give a table of places")
    if any(is_geonames(line.rstrip("\r\n")) for line in head):
        return Reading("geonames", _bound(read_geonames(chain(head, lines), ground)))
    header = read_header(head[0])
    items = _bound(read_table(chain(head[1:], lines), header, ground))
    return Reading("pcodes" if header.is_pcodes else "list", items, () if header.is_pcodes else header.unused)


@contextmanager
def read_places(path: Path, ground: Ground) -> Iterator[Reading]:
    """Open a file and give its places as they are read. Raises InputError, without the file's name, here or later."""
    with open_lines(path) as lines:
        yield read_lines(lines, ground)


def _bound(items: Iterator[Item]) -> Iterator[Item]:
    """Yield the items, an id only once. Raises InputError where there are more than ROWS of them."""
    seen: set[str] = set()
    for count, item in enumerate(items):
        if count >= ROWS:
            raise InputError(f"has more than {ROWS:,} rows, the limit; give the file of one country")
        if isinstance(item, Row) and item.id:
            if item.id in seen:
                yield LeftOut(item.number, Fault.SAME_ID, item.id)
                continue
            seen.add(item.id)
        yield item
