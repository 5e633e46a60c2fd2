"""A whole store as one file: gzip-compressed JSON lines, written and read as a stream.

Each line is `{"sha256": ..., "kind": ..., "body": ...}`, the hash being of the bytes of the body. In this order:

    manifest   what this is: the format, its version, the version of Mene, how many articles follow
    article    an article with all that was read from it, its raw bytes (base64) and their lines of custody
    custody    lines of custody on bytes that no article was read from
    end        how many lines stand before this one, and the SHA-256 of all their bytes

Articles come in a fixed order and no time of writing is noted, so equal stores give equal files.
"""

import gzip
import hashlib
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeVar

import msgspec

from mene import __version__
from mene.contract import to_json
from mene.errors import InputError, StoreError
from mene.store.entry import Custody, Entry, Parcel, read_entry, seal_of
from mene.store.faults import UNREADABLE, custody_faults, entry_faults
from mene.store.store import Kept, Store

T = TypeVar("T")

FORMAT = "mene-store"
VERSION = 1

LINE_BYTES = 256 * 2**20
"""The longest line that is read. An article of 20 MB, the most that is added, has 27 MB in base64, and its text."""

GZIP = b"\x1f\x8b"

CUSTODY_LINES = 1000
"""So many lines of the custody log stand in one line of the file."""

GROUP = 64
GROUP_BYTES = 32_000_000
"""So many articles, or as many as have so many raw bytes, are imported in one transaction."""

LEVEL = 6
"""How hard gzip packs: its own default."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """The head of the file."""

    format: str
    version: int
    mene_version: str
    articles: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file."""

    sha256: str
    kind: str
    body: msgspec.Raw


@dataclass(frozen=True, slots=True)
class ArticleBody:
    """An article as a line of the file has it."""

    entry: Entry
    raw: bytes
    custody: tuple[Custody, ...]


@dataclass(frozen=True, slots=True)
class End:
    """The end of the file."""

    lines: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Log:
    """Lines of custody from an export, on bytes that no article was read from."""

    custody: tuple[Custody, ...]


def write_archive(store: Store, file: IO[bytes]) -> Iterator[int]:
    """Write the whole store to an open file, yielding how many articles are written after each of them.

    Raises `StoreError` where an article is not what was kept.
    """
    whole = hashlib.sha256()
    count = 0
    with gzip.GzipFile(filename="", mode="wb", fileobj=file, compresslevel=LEVEL, mtime=0) as packed:
        for kind, body in _bodies(store):
            line = to_json(_line(kind, body)) + b"\n"
            if len(line) > LINE_BYTES:
                raise StoreError(
                    f"the store {store.name} has an article of {len(line):,} bytes, too many for an export"
                )
            packed.write(line)
            whole.update(line)
            count += 1
            if kind == "article":
                yield count - 1
        packed.write(to_json(_line("end", End(count, whole.hexdigest()))) + b"\n")


def _line(kind: str, body: object) -> Line:
    written = to_json(body)
    return Line(hashlib.sha256(written).hexdigest(), kind, msgspec.Raw(written))


def _bodies(store: Store) -> Iterator[tuple[str, object]]:
    """Yield the kind and the body of every line but the last."""
    yield "manifest", Manifest(FORMAT, VERSION, __version__, len(store.article_ids()))
    told = set()
    for kept in store.kept():
        body = _article_body(store, kept)
        told.add(body.entry.raw_sha256)
        yield "article", body
    rest = [line for line in store.custody() if line.sha256 not in told]
    for start in range(0, len(rest), CUSTODY_LINES):
        yield "custody", tuple(rest[start : start + CUSTODY_LINES])


def _article_body(store: Store, kept: Kept) -> ArticleBody:
    entry = kept.entry()
    if seal_of(entry) != kept.seal:
        told = f"article {str(kept.article[0])[:12]} of the store {store.name} is not what was kept"
        raise StoreError(f"{told}: mene store check tells more; restore a copy")
    return ArticleBody(entry, store.raw(entry.raw_sha256), kept.custody)


class Archive:
    """An export that is open for reading. Its head has been read."""

    def __init__(self, path: Path, file: gzip.GzipFile) -> None:
        self._path = path
        self._file = file
        self._number = 0
        self._whole = hashlib.sha256()
        self.manifest = self._read_manifest()

    def items(self) -> Iterator[Parcel | Log]:
        """Yield what the file holds, line by line. Raises InputError, which names the line, where one is wrong.

        What comes before such a line is whole and can be kept; that nothing is missing is known when the end is read.
        """
        parcels = 0
        while True:
            before, digest = self._number, self._whole.hexdigest()
            line = self._next()
            if line.kind == "article":
                parcels += 1
                yield self._parcel(self._body(line, ArticleBody))
            elif line.kind == "custody":
                yield self._log(self._body(line, tuple[Custody, ...]))
            elif line.kind == "end":
                self._check_end(self._body(line, End), End(before, digest), parcels)
                return
            else:
                raise self._wrong(f"is of a kind that is not known ({line.kind[:20]!r})")

    def _read_manifest(self) -> Manifest:
        line = self._next()
        if line.kind != "manifest":
            raise InputError(f"{self._path} is no export of a Mene store: it has no head")
        manifest = self._body(line, Manifest)
        if manifest.format != FORMAT:
            raise InputError(f"{self._path} is no export of a Mene store: its format is {manifest.format[:20]!r}")
        if manifest.version > VERSION:
            told = f"{self._path} has version {manifest.version} of the format, this Mene knows {VERSION}"
            raise InputError(f"{told}: update Mene")
        return manifest

    def _next(self) -> Line:
        """Return the next line, its hash checked."""
        self._number += 1
        try:
            written = self._file.readline(LINE_BYTES + 1)
        except (OSError, EOFError, zlib.error) as error:
            raise self._wrong(f"cannot be unpacked ({error})") from error
        if not written:
            raise self._wrong("is missing: the file was cut off")
        if len(written) > LINE_BYTES:
            raise self._wrong(f"is longer than {LINE_BYTES:,} bytes")
        self._whole.update(written)
        line = self._decode(written, Line)
        if hashlib.sha256(bytes(line.body)).hexdigest() != line.sha256:
            raise self._wrong("does not have the SHA-256 that it names")
        return line

    def _body(self, line: Line, kind: type[T]) -> T:
        return self._decode(bytes(line.body), kind)

    def _decode(self, written: bytes, kind: type[T]) -> T:
        try:
            return msgspec.json.decode(written.decode(), type=kind)
        except UNREADABLE as error:
            raise self._wrong(f"is no line of an export ({error})") from error

    def _parcel(self, body: ArticleBody) -> Parcel:
        try:
            reading = read_entry(body.entry)
        except UNREADABLE as error:
            raise self._wrong(f"holds a damaged record ({error})") from error
        for fault in (*entry_faults(body.entry, reading, body.raw), *custody_faults(body.custody, body.entry)):
            raise self._wrong(f"holds an article of which something is wrong: {fault}")
        return Parcel(body.entry, reading, body.raw, body.custody)

    def _log(self, custody: tuple[Custody, ...]) -> Log:
        for fault in custody_faults(custody):
            raise self._wrong(f"is wrong: {fault}")
        return Log(custody)

    def _check_end(self, end: End, found: End, parcels: int) -> None:
        if end != found or parcels != self.manifest.articles:
            raise self._wrong("does not fit the lines before it: some are missing, doubled or in another order")
        if self._file.read(1):
            raise self._wrong("should be the last, and more follows")

    def _wrong(self, told: str) -> InputError:
        return InputError(f"{self._path} line {self._number} {told}; get a whole copy of the export")


def grouped(items: Iterable[Parcel | Log]) -> Iterator[tuple[list[Parcel], list[Custody]]]:
    """Yield what an export holds in groups that are worth a transaction each.

    What stands before a wrong line is still given, and then the error raised.
    """
    parcels: list[Parcel] = []
    custody: list[Custody] = []
    size = 0
    try:
        for item in items:
            if isinstance(item, Log):
                custody += item.custody
            else:
                parcels.append(item)
                size += len(item.raw)
            if len(parcels) >= GROUP or len(custody) >= CUSTODY_LINES or size >= GROUP_BYTES:
                yield parcels, custody
                parcels, custody, size = [], [], 0
    except InputError:
        yield parcels, custody
        raise
    yield parcels, custody


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """Open an export for reading. Raises InputError where the file is none, or its version is newer."""
    try:
        packed = path.open("rb")
    except OSError as error:
        raise InputError(f"{path} cannot be read ({error.strerror}): check the path") from error
    with packed, gzip.GzipFile(fileobj=packed, mode="rb") as file:
        if packed.read(len(GZIP)) != GZIP:
            raise InputError(f"{path} is no export of a Mene store: it is not gzip-compressed")
        packed.seek(0)
        yield Archive(path, file)
