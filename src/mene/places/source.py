"""A user's file as lines of text: opened, unpacked and bounded, whatever it is."""

import gzip
import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from mene.errors import InputError
from mene.places.limits import FILE_BYTES, LINE_BYTES, RATIO

_SHEET = "is a spreadsheet; save the sheet with the places as CSV and add that"
_DAMAGED = (EOFError, OSError, RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error)


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal. Raises InputError, without the file's name, where it is none."""
    if path.is_dir():
        raise InputError("is a folder; name the files in it")
    if not path.is_file():
        raise InputError("does not exist; check the name" if not path.exists() else "is no file; give one")
    if path.stat().st_size > FILE_BYTES:
        raise InputError(f"has more than {FILE_BYTES // 1_000_000} MB, the limit; give the file of one country")
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputError(f"cannot be read ({error.strerror}); check its permissions") from error


@contextmanager
def open_lines(path: Path) -> Iterator[Iterator[str]]:
    """Give the lines of a text, or of the one text in a zip or gzip file, with "\\ufffd" for what is not UTF-8.

    Raises InputError, without the file's name: a spreadsheet, no text, a damaged archive, or one that grows too large.
    """
    with ExitStack() as stack:
        file = stack.enter_context(path.open("rb"))
        magic = file.read(8)
        file.seek(0)
        limit = FILE_BYTES
        stream: IO[bytes] | gzip.GzipFile = file
        if magic.startswith(b"PK"):
            limit = _bound(path)
            stream = _open_member(file, stack)
        elif magic.startswith(b"\x1f\x8b"):
            limit = _bound(path)
            stream = stack.enter_context(gzip.GzipFile(fileobj=file))
        elif magic.startswith(b"\xd0\xcf\x11\xe0"):
            raise InputError(_SHEET)
        yield _decode(_read_lines(stream, limit))


def _bound(path: Path) -> int:
    return min(FILE_BYTES, max(path.stat().st_size * RATIO, 1_000_000))


def _open_member(file: IO[bytes], stack: ExitStack) -> IO[bytes]:
    """Open the one text of a zip file; GeoNames puts a readme beside it."""
    try:
        archive = stack.enter_context(zipfile.ZipFile(file))
        names = archive.namelist()
        if "[Content_Types].xml" in names or "mimetype" in names:
            raise InputError(_SHEET)
        texts = [name for name in names if name.lower().endswith((".txt", ".csv", ".tsv")) and _is_data(name)]
        if len(texts) != 1:
            raise InputError(f"is a zip file with {len(texts)} tables in it; unpack it and name the files to add")
        return stack.enter_context(archive.open(texts[0]))
    except _DAMAGED as error:
        raise InputError(_told(error)) from error


def _is_data(name: str) -> bool:
    return not name.lower().rsplit("/", 1)[-1].startswith(("readme", ".")) and not name.startswith("__MACOSX")


def _told(error: Exception) -> str:
    if isinstance(error, RuntimeError) and "password" in str(error):
        return "is locked with a password; unpack it and add the text in it"
    return "is a damaged archive; fetch or pack it again"


def _read_lines(stream: IO[bytes] | gzip.GzipFile, limit: int) -> Iterator[bytes]:
    size = 0
    while True:
        try:
            line = stream.readline(LINE_BYTES + 1)
        except _DAMAGED as error:
            raise InputError(_told(error)) from error
        if not line:
            return
        size += len(line)
        if size > limit:
            raise InputError(f"unpacks to more than {limit // 1_000_000} MB, the limit; give the file of one country")
        if len(line) > LINE_BYTES:
            raise InputError("has a line of more than a million bytes; give a table with a line for each place")
        yield line


def _decode(lines: Iterator[bytes]) -> Iterator[str]:
    for number, line in enumerate(lines):
        if number == 0 and line.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise InputError("is UTF-16; save it as UTF-8")
        if b"\0" in line:
            raise InputError("is no text; save the table as CSV")
        yield line.decode("utf-8-sig" if number == 0 else "utf-8", "replace")
