"""What is packed inside one file: the page in an MHTML or WARC record, the text of a PDF, the content of gzip."""

import email
import email.policy
import re
import zlib
from dataclasses import dataclass
from io import BytesIO

from mene.articles.limits import ARTICLE_BYTES, PDF_PAGES, RATIO, TEXT_CHARACTERS
from mene.errors import InputError


@dataclass(frozen=True, slots=True)
class Inner:
    """The content of a container: bytes, what its header calls them, and the address it was fetched from."""

    raw: bytes
    content_type: str | None
    url: str | None


def unpack_gzip(raw: bytes, limit: int = ARTICLE_BYTES) -> bytes:
    """Return the content of a gzip file. Raises InputError where it is damaged or grows beyond the bounds."""
    bound = min(limit, max(len(raw) * RATIO, 65536))
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        out = unpacker.decompress(raw, bound + 1)
    except zlib.error as error:
        raise InputError("the gzip file is damaged; fetch or pack it again") from error
    if len(out) > bound:
        raise InputError(
            f"the gzip file unpacks to more than {bound:,} bytes, the limit; give the article's page itself"
        )
    return out


def open_mhtml(raw: bytes) -> Inner:
    """Return the page saved in an MHTML file: its first HTML part."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload.strip():
                url = part.get("Content-Location") or message.get("Snapshot-Content-Location")
                address = str(url) if url and str(url).startswith(("http://", "https://")) else None
                return Inner(payload, str(part.get("Content-Type", "text/html")), address)
    raise InputError("the MHTML file holds no HTML page; save the page again as HTML or text")


def open_warc_record(raw: bytes) -> Inner:
    """Return the page in a single WARC record, the first response or resource of the bytes given."""
    from fastwarc.warc import ArchiveIterator, WarcRecordType

    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    try:
        for record in ArchiveIterator(BytesIO(raw), record_types=wanted, parse_http=True):
            return read_warc_record(record)
    except (OSError, ValueError, RuntimeError) as error:
        raise InputError("the web archive is damaged; fetch it again") from error
    raise InputError("the web archive holds no page (no response record); give an archive of fetched pages")


def read_warc_record(record: object) -> Inner:
    """Return the content of one WARC record as fastwarc gives it."""
    body: bytes = record.reader.read(ARTICLE_BYTES + 1)  # type: ignore[attr-defined]
    headers = record.http_headers  # type: ignore[attr-defined]
    fields = {key.lower(): value for key, value in headers.astuples()} if headers is not None else {}
    encoding = fields.get("content-encoding", "").lower()
    if encoding in ("gzip", "x-gzip") and body.startswith(b"\x1f\x8b"):
        body = unpack_gzip(body)
    kind = fields.get("content-type") or record.headers.get("Content-Type")  # type: ignore[attr-defined]
    return Inner(body, kind, record.headers.get("WARC-Target-URI"))  # type: ignore[attr-defined]


def read_pdf(raw: bytes) -> tuple[str, str | None]:
    """Return the text of a PDF, pages apart by form feeds, and the title its metadata states."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    # pypdf meets damaged files with errors of many kinds; all of them mean the same to the reader.
    damaged = (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        IndexError,
        AttributeError,
        RecursionError,
        OSError,
        zlib.error,
    )
    try:
        reader = PdfReader(BytesIO(raw), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise InputError("the PDF is locked with a password; save an open copy and read that")
        pages = _page_texts(reader)
        title = reader.metadata.title if reader.metadata else None
    except damaged as error:
        raise InputError("the PDF is damaged or of a kind that cannot be read; save the article as text") from error
    text = "\x0c".join(pages)
    if not text.strip():
        raise InputError("the PDF holds no text (a scan, perhaps); run text recognition on it first")
    return text, (title.strip() or None) if isinstance(title, str) else None


def _page_texts(reader: object) -> list[str]:
    texts: list[str] = []
    size = 0
    for number, page in enumerate(reader.pages):  # type: ignore[attr-defined]
        if number >= PDF_PAGES or size > TEXT_CHARACTERS:
            raise InputError(f"the PDF has more than {PDF_PAGES} pages or too much text for one article; split it")
        texts.append(page.extract_text() or "")
        size += len(texts[-1])
    return [re.sub(r"(?<=[a-z])-\n(?=[a-z])", "", text) for text in texts]


def drop_running_lines(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a PDF's text without page numbers and lines repeated at the edge of most pages, and those lines."""
    pages = [page.strip("\n").split("\n") for page in text.split("\x0c")]
    edges = [{_bare(line) for line in (*page[:2], *page[-2:])} for page in pages]
    repeated = {
        line for page in edges for line in page if sum(line in other for other in edges) > max(1, len(pages) // 2)
    }
    dropped: list[str] = []
    kept: list[str] = []
    for page in pages:
        inner = [line for index, line in enumerate(page) if not _is_running(line, index, len(page), repeated, dropped)]
        kept.append("\n".join(inner))
    # A page's first line goes on with the paragraph of the page before, unless that one ended a sentence.
    return "\n".join(kept), tuple(dict.fromkeys(dropped))


def _is_running(line: str, index: int, count: int, repeated: set[str], dropped: list[str]) -> bool:
    at_edge = index < 2 or index >= count - 2
    running = (
        at_edge
        and bool(line.strip())
        and (_bare(line) in repeated or re.fullmatch(r"\s*(?:page )?\d+(?: of \d+)?\s*", line, re.I) is not None)
    )
    if running:
        dropped.append(line.strip())
    return running


def _bare(line: str) -> str:
    return re.sub(r"\d+", "#", line.strip())
