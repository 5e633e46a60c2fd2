"""What kind of content some bytes are, told from the bytes; names and headers only decide where bytes do not."""

import re
from typing import Literal

from mene.errors import InputError

Format = Literal["html", "text", "pdf", "mhtml", "warc", "feed", "json", "jsonl", "csv", "gzip"]

_FOREIGN = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a SQLite database"),
    (b"PAR1", "a Parquet table"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"OggS", "a sound file"),
    (b"ID3", "a sound file"),
    (b"\x1aE\xdf\xa3", "a video"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"{\\rtf", "an RTF document"),
)
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_HTML = re.compile(
    r"<!doctype html|<html[\s>]|<head[\s>]|<body[\s>]|"
    r"<(?:article|section|main|div|p|h[1-6]|blockquote|span|table)[\s>]",
    re.I,
)
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)[\s>]")
_MHTML = re.compile(
    r"^(?:From:|MIME-Version:|Content-Type:\s*multipart/related|Snapshot-Content-Location:)", re.I | re.M
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
# A text has no control characters; a few may come from a damaged download. Above 1 in 300 it is not text.
_CONTROL_SHARE = 1 / 300

WHAT_IS_READ = "Mene reads HTML, plain text, PDF, MHTML, WARC, feeds, CSV and JSON"


def sniff(raw: bytes, *, name: str | None = None, content_type: str | None = None) -> Format:
    """Return the format of `raw`. Raises InputError for empty and binary content.

    >>> sniff(b"<html><body><p>Rebels took Hama.</p></body></html>")
    'html'
    """
    if not raw.strip():
        raise InputError("the input is empty; give a page or a text with an article in it")
    if raw.startswith(b"%PDF-") or b"%PDF-" in raw[:1024]:
        return "pdf"
    if raw.startswith(b"\x1f\x8b"):
        return "gzip"
    if raw.startswith(b"WARC/"):
        return "warc"
    _refuse_binary(raw)
    return _text_format(raw, (name or "").lower(), (content_type or "").lower())


def _refuse_binary(raw: bytes) -> None:
    for magic, what in _FOREIGN:
        if raw.startswith(magic):
            raise InputError(f"the input is {what}, not an article; {WHAT_IS_READ}")
    if raw.startswith(_WIDE_MARKS):
        return
    head = raw[:65536]
    if len(_CONTROL.findall(head)) > len(head) * _CONTROL_SHARE:
        raise InputError(f"the input is a binary file, not an article; {WHAT_IS_READ}")


def _text_format(raw: bytes, name: str, content_type: str) -> Format:
    head = _peek(raw)
    start = head.lstrip("\ufeff \t\r\n")
    if name.endswith((".jsonl", ".ndjson")):
        return "jsonl"
    if start[:1] in "{[" and (name.endswith(".json") or "json" in content_type or re.match(r'[\[{]\s*["{\]}]', start)):
        return "jsonl" if re.match(r"\{[^\n]*\}[ \t]*\r?\n\s*\{", start) else "json"
    if _FEED.search(head[:4096]) and not re.match(r"<!doctype html|<html", start, re.I):
        return "feed"
    if _MHTML.match(start) and "multipart/related" in head[:4096].lower():
        return "mhtml"
    if name.endswith((".csv", ".tsv")) or "text/csv" in content_type:
        return "csv"
    if name.endswith((".txt", ".text", ".md")) and not start.startswith("<"):
        return "text"
    if _looks_like_html(start, content_type):
        return "html"
    if start.startswith("<?xml"):
        raise InputError(f"the input is XML of an unknown format; {WHAT_IS_READ}")
    return "text"


def _looks_like_html(start: str, content_type: str) -> bool:
    if start.startswith("<") and _HTML.search(start):
        return True
    return "html" in content_type or len(_HTML.findall(start)) >= 3


def _peek(raw: bytes) -> str:
    wide = raw.startswith(_WIDE_MARKS)
    return raw[:16384].decode("utf-16" if wide else "utf-8", "replace")
