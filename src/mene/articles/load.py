"""The edge of stage 1: files, folders, archives, feeds, tables and addresses to articles, one `Loaded` each.

One bad item never stops a batch: what cannot be read becomes a `Loaded` with its error. Bounds are in `limits.py`.
"""

import csv
import io
import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from mene.articles.containers import read_warc_record, unpack_gzip
from mene.articles.feed import read_entries
from mene.articles.fetch import fetch
from mene.articles.limits import (
    ARTICLE_BYTES,
    CONTAINER_BYTES,
    FOLDER_DEPTH,
    MEGABYTE,
    MEMBERS,
    TEXT_CHARACTERS,
)
from mene.articles.outside import Known
from mene.articles.read import read_known, too_large
from mene.articles.sniff import Format, sniff
from mene.articles.tables import read_objects, read_own, read_row, row_bytes
from mene.errors import InputError
from mene.records import Article

Fetch = Callable[[str], tuple[bytes, str, str]]
Try = Callable[[], tuple[Article, bytes]]

_HEAD = 65536
# Suffixes that are never articles and are passed over in folders without an error.
_PASSED = {".css", ".js", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".ico", ".woff", ".woff2", ".ttf", ".mp4", ".map"}  # fmt: skip  # noqa: E501


@dataclass(frozen=True, slots=True)
class Loaded:
    """One item of a batch: the article, or the one-line reason why there is none. `origin` says where it came from.

    `raw` are the bytes the article was read from, for a store to keep.
    """

    origin: str
    article: Article | None = None
    error: str | None = None
    raw: bytes = field(default=b"", repr=False)

    def unwrap(self) -> Article:
        """Return the article; raise InputError where there is none."""
        if self.article is None:
            raise InputError(f"{self.origin}: {self.error}")
        return self.article


@dataclass(frozen=True, slots=True)
class _Job:
    published: date | None
    fetch: Fetch
    deadline: float | None


def load_all(
    origins: Iterable[str],
    *,
    stdin: bytes | None = None,
    published: date | None = None,
    fetch: Fetch = fetch,
    seconds: float | None = None,
) -> Iterator[Loaded]:
    """Yield the articles of several files, folders and addresses, in order; see `load_articles`."""
    for origin in origins:
        yield from load_articles(origin, stdin=stdin, published=published, fetch=fetch, seconds=seconds)


def load_articles(
    origin: str,
    *,
    stdin: bytes | None = None,
    published: date | None = None,
    fetch: Fetch = fetch,
    seconds: float | None = None,
) -> Iterator[Loaded]:
    """Yield the articles of a file, a folder (recursively, in name order), an address, or "-" (the bytes of `stdin`).

    A file may be one article (HTML, text, PDF, MHTML) or hold many (WARC, feed, CSV, JSON, JSON lines), gzipped or not.
    A row with an address and no text is fetched with `fetch`; nothing else is. `seconds` bounds the whole reading.
    Never raises InputError: what cannot be read is yielded as a `Loaded` with its error.
    """
    deadline = None if seconds is None else time.monotonic() + seconds
    job = _Job(published, fetch, deadline)
    for count, item in enumerate(_guard(origin, _load(origin, stdin, job)), start=1):
        if count > MEMBERS:
            yield Loaded(origin, error=f"more than {MEMBERS:,} articles, the limit of one input; split it")
            return
        yield item
        if deadline is not None and time.monotonic() > deadline:
            yield Loaded(origin, error=f"stopped after {seconds:g} seconds; read the rest in a second run")
            return


def _guard(origin: str, items: Iterator[Loaded]) -> Iterator[Loaded]:
    """Yield the items; an error that ends them becomes the last item."""
    try:
        yield from items
    except InputError as error:
        yield Loaded(origin, error=str(error))
    except OSError as error:
        yield Loaded(origin, error=f"cannot be read ({error.strerror or error}); check the path and its permissions")


def _load(origin: str, stdin: bytes | None, job: _Job) -> Iterator[Loaded]:
    if origin == "-":
        yield from _load_bytes("-", stdin or b"", Known(published=job.published), job)
    elif origin.lower().startswith(("http://", "https://")):
        raw, content_type, url = job.fetch(origin)
        yield from _load_bytes(origin, raw, Known(url=url, content_type=content_type, published=job.published), job)
    elif "://" in origin.split("/")[0] + "/":
        raise InputError("is an address of a kind that is not read; give http://, https://, a file or a folder")
    elif (path := Path(origin)).is_dir():
        yield from _load_folder(path, job)
    elif path.is_file():
        yield from _load_file(path, job)
    elif path.exists():
        raise InputError("is neither a file nor a folder; give a file, a folder, an address or -")
    else:
        raise InputError("does not exist; check the path, or begin an address with https://")


def _load_folder(folder: Path, job: _Job) -> Iterator[Loaded]:
    found = False
    for path in find_files(folder):
        found = True
        yield from _guard(str(path), _load_file(path, job))
    if not found:
        raise InputError("is a folder without articles; give one that holds pages, texts, PDFs, archives or feeds")


def find_files(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder that may hold articles, in name order, without hidden ones.

    Links are followed only where they lead to a file inside the folder, so that reading a folder reads that folder.
    """
    root = folder.resolve()
    yield from _find(folder, root, 0)


def _find(folder: Path, root: Path, depth: int) -> Iterator[Path]:
    for path in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if path.name.startswith(".") or path.suffix.lower() in _PASSED:
            continue
        if path.is_symlink() and not (path.is_file() and path.resolve().is_relative_to(root)):
            continue
        if path.is_dir():
            if depth < FOLDER_DEPTH:
                yield from _find(path, root, depth + 1)
        elif path.is_file():
            yield path


def _load_file(path: Path, job: _Job) -> Iterator[Loaded]:
    """Yield the articles of a file; web archives, tables and JSON lines are read as streams."""
    origin = str(path)
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(_HEAD)
    known = Known(name=path.name, published=job.published)
    if _holds_warc(head):
        yield from _load_warc(origin, path, size, job)
        return
    form = sniff(head, name=path.name.lower().removesuffix(".gz"))
    if form == "jsonl":
        _bound(size, CONTAINER_BYTES)
        with path.open("rb") as file:
            yield from _load_lines(origin, file, job)
    elif form == "csv":
        _bound(size, CONTAINER_BYTES)
        with path.open(encoding="utf-8-sig", errors="replace", newline="") as text:
            yield from _load_csv(origin, text, job)
    else:
        _bound(size, CONTAINER_BYTES // 10 if form == "json" else ARTICLE_BYTES)
        yield from _load_bytes(origin, path.read_bytes(), known, job)


def _bound(size: int, limit: int) -> None:
    if size > limit:
        if limit == ARTICLE_BYTES:
            raise too_large(size)
        raise InputError(f"has {size / MEGABYTE:.0f} MB, more than the limit of {limit // MEGABYTE} MB; split it")


def _holds_warc(head: bytes) -> bool:
    if head.startswith(b"\x1f\x8b"):
        import zlib

        try:
            return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, 16).startswith(b"WARC/")
        except zlib.error:
            return False
    return head.startswith(b"WARC/")


def _load_bytes(origin: str, raw: bytes, known: Known, job: _Job, depth: int = 0) -> Iterator[Loaded]:
    """Yield the articles in some bytes, whatever they hold."""
    if _holds_warc(raw[:_HEAD]):
        yield from _load_warc(origin, io.BytesIO(raw), len(raw), job)
        return
    form: Format = sniff(raw, name=known.name, content_type=known.content_type)
    if form == "gzip" and depth < 2:
        inner = replace(known, name=(known.name or "").lower().removesuffix(".gz") or None, content_type=None)
        yield from _load_bytes(origin, unpack_gzip(raw), inner, job, depth + 1)
    elif form == "feed":
        yield from _load_feed(origin, raw, job)
    elif form == "json":
        yield from _number(origin, (_load_record(record, job) for record in read_objects(raw)))
    elif form == "jsonl":
        yield from _load_lines(origin, io.BytesIO(raw), job)
    elif form == "csv":
        yield from _load_csv(origin, io.StringIO(raw.decode("utf-8-sig", "replace"), newline=""), job)
    else:
        yield Loaded(origin, read_known(raw, known), raw=raw)


def _number(origin: str, tries: Iterator[Try]) -> Iterator[Loaded]:
    """Yield what each try gives, numbered from 1; a failing one is an error and the next goes on."""
    for number, attempt in enumerate(tries, start=1):
        place = f"{origin}#{number}"
        try:
            article, raw = attempt()
            yield Loaded(place, article, raw=raw)
        except InputError as error:
            yield Loaded(place, error=str(error))


def _load_warc(origin: str, stream: Path | io.BytesIO, size: int, job: _Job) -> Iterator[Loaded]:
    """Yield the HTML pages of a web archive."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    _bound(size, CONTAINER_BYTES)
    file = stream.open("rb") if isinstance(stream, Path) else stream
    found = False
    try:
        with file:
            for record in ArchiveIterator(file, record_types=WarcRecordType.response, parse_http=True):
                inner = read_warc_record(record)
                if "html" not in (inner.content_type or "html").lower():
                    continue
                found = True
                known = Known(inner.url, content_type=inner.content_type, published=job.published)
                yield from _number_one(inner.url or origin, inner.raw, known)
    except (OSError, ValueError, RuntimeError) as error:
        yield Loaded(origin, error=f"the web archive is damaged ({str(error)[:80]}); fetch it again")
        return
    if not found:
        raise InputError("the web archive holds no HTML page; give an archive of fetched pages")


def _number_one(place: str, raw: bytes, known: Known) -> Iterator[Loaded]:
    try:
        yield Loaded(place, read_known(raw, known), raw=raw)
    except InputError as error:
        yield Loaded(place, error=str(error))


def _load_feed(origin: str, raw: bytes, job: _Job) -> Iterator[Loaded]:
    for number, entry in enumerate(read_entries(raw), start=1):
        known = replace(entry.known, published=job.published or entry.known.published)
        place = known.url or f"{origin}#{number}"
        if entry.raw:
            yield from _number_one(place, entry.raw, known)
        else:
            yield Loaded(place, error="the feed entry has no text; read its address instead")


def _load_lines(origin: str, lines: Iterable[bytes], job: _Job) -> Iterator[Loaded]:
    """Yield the records of JSON lines; a damaged line is an error of its own."""
    numbered = (line for line in lines if line.strip())
    yield from _number(origin, (_load_line(line, job) for line in numbered))


def _load_line(line: bytes, job: _Job) -> Try:
    return lambda: _load_record(next(iter(read_objects(line)), None), job)()


def _load_csv(origin: str, text: Iterable[str], job: _Job) -> Iterator[Loaded]:
    csv.field_size_limit(TEXT_CHARACTERS)
    reader = csv.DictReader(text, dialect=_Tabs if origin.lower().endswith(".tsv") else csv.excel)
    try:
        yield from _number(origin, (_load_record(dict(row), job) for row in reader))
    except csv.Error as error:
        raise InputError(
            f"the table is damaged near line {reader.line_num} ({error}); write it again as CSV"
        ) from error


class _Tabs(csv.excel_tab):
    """Tab-separated values."""


def _load_record(record: object, job: _Job) -> Try:
    return lambda: _read_record(record, job)


def _read_record(record: object, job: _Job) -> tuple[Article, bytes]:
    """Return the article of one record of a table, and the bytes that stand for it. Raises InputError."""
    own = read_own(record)
    if own is not None:
        return own, json.dumps(record, sort_keys=True, ensure_ascii=False).encode()
    if not isinstance(record, dict):
        raise InputError("is no record of an article; give an object with title, text, url and date")
    row = read_row(record)
    known = replace(row.known, published=job.published or row.known.published)
    if row.raw:
        article = read_known(row.raw, known)
        return replace(article, id=_identity(row_bytes(row))), row_bytes(row)
    raw, content_type, url = job.fetch(known.url or "")
    return read_known(raw, replace(known, url=url, content_type=content_type)), raw


def _identity(raw: bytes) -> str:
    import hashlib

    return hashlib.sha256(raw).hexdigest()
