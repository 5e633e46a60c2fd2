"""Stage 1: `read_article`, bytes in, cleaned `Article` out. No network, clock or environment.

sniff -> unpack -> decode -> page or plain text to pieces -> furniture -> header -> what is glued in
-> quotations -> dateline -> Article
"""

import hashlib
from dataclasses import replace
from datetime import date

from mene.articles.align import align_blocks
from mene.articles.containers import drop_running_lines, open_mhtml, open_warc_record, read_pdf, unpack_gzip
from mene.articles.credits import read_credits, settle_credits
from mene.articles.dateline import read_dateline
from mene.articles.days import read_address_day
from mene.articles.decode import decode
from mene.articles.draft import Draft, Left, Piece, squash
from mene.articles.furniture import drop_furniture
from mene.articles.glued import part_glued
from mene.articles.header import read_header
from mene.articles.limits import ARTICLE_BYTES, MEGABYTE, TEXT_CHARACTERS
from mene.articles.markup import Visible, show
from mene.articles.outside import Known
from mene.articles.page import read_page
from mene.articles.plain import read_plain
from mene.articles.quotation import attribute_quotes
from mene.articles.sniff import WHAT_IS_READ, sniff
from mene.articles.tongue import NAMES, tell_language
from mene.errors import InputError
from mene.records import Article, Block, Dropped

_NESTING = 3  # a page in a WARC record in a gzip file


def read_article(
    raw: bytes,
    *,
    url: str | None = None,
    name: str | None = None,
    content_type: str | None = None,
    published: date | None = None,
) -> Article:
    """Return the cleaned article in `raw`: HTML, plain text, PDF, MHTML, one WARC record or a feed of one entry.

    `published` wins over every date found; `name` (a file name) and `content_type` (a server's header) only decide
    where the bytes do not. Raises InputError, one line, for what holds no readable English article.

    >>> article = read_article(b"Rebels take Hama\\n\\nBEIRUT (AP) - Rebels took Hama on Thursday, the army said.")
    >>> article.title, article.publisher, article.dateline
    ('Rebels take Hama', 'AP', 'BEIRUT')
    >>> article.text
    'Rebels take Hama\\n\\nRebels took Hama on Thursday, the army said.'
    """
    return read_known(raw, Known(url, name, content_type, published))


def read_known(raw: bytes, known: Known) -> Article:
    """Return the article in `raw`, with what is known of it from outside. Raises InputError, also where not English."""
    article = clean_article(raw, known)
    if article.language not in ("en", "und"):
        name = NAMES.get(article.language, article.language)
        raise InputError(f"the article seems to be in {name}; Mene reads English only")
    return article


def clean_article(raw: bytes, known: Known) -> Article:
    """Return the article in `raw`, whatever its language."""
    if len(raw) > ARTICLE_BYTES:
        raise too_large(len(raw))
    draft, source = _open(raw, known, 0)
    return finish(raw, draft, source, known)


def too_large(size: int) -> InputError:
    """Return the error for an input above the limit."""
    limit = ARTICLE_BYTES // MEGABYTE
    return InputError(
        f"the input has {size / MEGABYTE:.0f} MB, more than the limit of {limit} MB; give one article at a time"
    )


def _open(raw: bytes, known: Known, depth: int) -> tuple[Draft, Visible | None]:
    """Return the draft of the article in `raw`, and the raw characters to align it with, where there are any."""
    if depth > _NESTING:
        raise InputError("the input is packed too many times over; unpack it and give the page itself")
    form = sniff(raw, name=known.name, content_type=known.content_type)
    if form == "gzip":
        return _open(unpack_gzip(raw), replace(known, name=(known.name or "").removesuffix(".gz")), depth + 1)
    if form in ("mhtml", "warc"):
        inner = open_mhtml(raw) if form == "mhtml" else open_warc_record(raw)
        draft, source = _open(inner.raw, Known(known.url or inner.url, content_type=inner.content_type), depth + 1)
        return replace(draft, url=known.url or inner.url or draft.url), source
    if form == "pdf":
        return _open_pdf(raw), None
    if form == "feed":
        return _open_feed(raw, known)
    if form in ("json", "jsonl", "csv"):
        raise InputError(f"the input is a {form.upper()} table of articles, not one article; add it as a file instead")
    return _open_text(raw, known, is_page=form == "html")


def _open_text(raw: bytes, known: Known, *, is_page: bool) -> tuple[Draft, Visible]:
    text = decode(raw, known.content_type)
    if is_page:
        return read_page(text, known.url), show(text)
    if len(text) > TEXT_CHARACTERS:
        raise InputError(
            f"the text has more than {TEXT_CHARACTERS:,} characters, the limit; give one article at a time"
        )
    return read_plain(text), Visible(text, list(range(len(text))))


def _open_pdf(raw: bytes) -> Draft:
    text, _title = read_pdf(raw)
    body, running = drop_running_lines(text)
    draft = read_plain(body)
    return replace(draft, left=tuple(Left(line, "running line of the pages") for line in running))


def _open_feed(raw: bytes, known: Known) -> tuple[Draft, Visible]:
    from mene.articles.feed import read_entries

    entries = read_entries(raw)
    if len(entries) != 1:
        raise InputError(f"the feed holds {len(entries)} articles, not one; add it as a file or folder instead")
    entry = entries[0]
    draft, source = _open_text(entry.raw, replace(known, url=known.url or entry.known.url), is_page=True)
    return _with_known(draft, entry.known), source


def finish(raw: bytes, draft: Draft, source: Visible | None, known: Known) -> Article:
    """Return the article of a draft: cleaned, headed, attributed, given offsets."""
    draft = _with_known(draft, known)
    draft = read_header(drop_furniture(read_credits(draft)))
    if draft.url and draft.published_at is None:
        draft = replace(draft, published_at=read_address_day(draft.url))
    draft = read_dateline(attribute_quotes(part_glued(draft)), known.published or draft.published_at)
    draft = settle_credits(draft)
    text, blocks = _join(draft)
    _check(text, draft)
    return Article(
        id=hashlib.sha256(raw).hexdigest(),
        url=draft.url,
        publisher=draft.publisher,
        title=draft.title,
        byline=draft.byline,
        published_at=draft.published_at,
        language=tell_language(text),
        text=text,
        blocks=blocks,
        dropped=tuple(Dropped("articles", left.text, left.reason) for left in draft.left),
        raw_spans=align_blocks(text, blocks, source) if source else (),
        dateline=draft.dateline,
        taken_from=draft.taken_from,
        credits=draft.credits,
    )


def _with_known(draft: Draft, known: Known) -> Draft:
    """Return the draft with what is known from outside, which wins over what the page says."""
    return replace(
        draft,
        url=known.url or draft.url,
        published_at=known.published or draft.published_at,
        title=known.title or draft.title,
        publisher=known.publisher or draft.publisher,
        byline=known.byline or draft.byline,
    )


def _join(draft: Draft) -> tuple[str, tuple[Block, ...]]:
    """Return the text and its blocks; the title, where there is one, is the first heading."""
    title = (Piece("heading", squash(draft.title)),) if draft.title else ()
    blocks: list[Block] = []
    position = 0
    pieces = (*title, *draft.pieces)
    for piece in pieces:
        blocks.append(Block(piece.kind, position, position + len(piece.text), piece.attributed_to))
        position += len(piece.text) + 2
    return "\n\n".join(piece.text for piece in pieces), tuple(blocks)


def _check(text: str, draft: Draft) -> None:
    """Raise InputError where no text is left, or more than an article has."""
    if not draft.pieces and not draft.title:
        raise InputError(f"no readable article text was found; {WHAT_IS_READ}")
    if len(text) > TEXT_CHARACTERS:
        raise InputError(
            f"the text has more than {TEXT_CHARACTERS:,} characters, the limit; give one article at a time"
        )
