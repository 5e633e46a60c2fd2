"""The entries of an RSS or Atom feed, read from its bytes; links are never followed."""

import html
import re
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

from mene.articles.limits import ARTICLE_BYTES, MEGABYTE, MEMBERS
from mene.articles.outside import Known
from mene.errors import InputError

# What feedparser meets damaged feeds with: a reference to no character (&#xD800;), for one, is a ValueError.
_DAMAGED = (ValueError, LookupError, TypeError, AttributeError, AssertionError, OverflowError, RecursionError)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its content as HTML bytes (empty without content) and what the feed says of it.

    `name` is the id that the feed gives it; None where it gives none.
    """

    raw: bytes
    known: Known
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed: its entries in its order, and the minutes for which it asks not to be fetched again (`ttl`), if any."""

    entries: tuple[Entry, ...]
    minutes: int | None = None


def read_entries(raw: bytes) -> list[Entry]:
    """Return the entries of a feed in its order. Raises InputError where the bytes are no readable feed."""
    entries = list(read_feed(raw).entries)
    if not entries:
        raise InputError("the feed has no entries that can be read; check that it is RSS or Atom")
    return entries


def read_feed(raw: bytes, url: str | None = None) -> Feed:
    """Return a feed, which may have no entries yet; `url` is what its relative addresses begin from.

    Raises InputError where the bytes are no readable feed.
    """
    import feedparser

    if len(raw) > ARTICLE_BYTES:
        raise InputError(f"the feed is larger than {ARTICLE_BYTES // MEGABYTE} MB; split it")
    if re.search(rb"<!ENTITY", raw[:65536]):
        raise InputError("the feed defines entities of its own, which is refused for safety; remove them and try again")
    # A stream, never a string: feedparser would take a string for an address or a path and open it.
    try:
        feed = feedparser.parse(BytesIO(raw), response_headers={"content-location": url} if url else None)
    except _DAMAGED as error:
        told = " ".join(str(error).split())[:80]
        raise InputError(f"the feed is damaged ({told}); check that it is RSS or Atom") from error
    if not feed.entries and not feed.get("version"):
        raise InputError("the feed has no entries that can be read; check that it is RSS or Atom")
    publisher = feed.feed.get("title") or None
    minutes = str(feed.feed.get("ttl") or "").strip()
    entries = tuple(_read_entry(entry, publisher) for entry in feed.entries[:MEMBERS])
    return Feed(entries, int(minutes) if re.fullmatch(r"[0-9]{1,6}", minutes) else None)


def _read_entry(entry: Any, publisher: str | None) -> Entry:
    content = _content(entry)
    title = html.unescape(entry.get("title") or "") or None
    source = entry.get("source") or {}
    known = Known(
        url=entry.get("link") or None,
        published=_day(entry.get("published_parsed")),
        title=title,
        publisher=source.get("title") or publisher,
        byline=entry.get("author") or None,
        content_type="text/html; charset=utf-8",
    )
    page = f"<html><body><article>{content}</article></body></html>" if content else ""
    return Entry(page.encode(), known, entry.get("id") or None)


def _content(entry: Any) -> str:
    """Return the longest of an entry's contents and its summary, as HTML."""
    texts = [part.get("value") or "" for part in entry.get("content") or []]
    best = max([*texts, entry.get("summary") or ""], key=len)
    if best.strip() and "<" not in best:
        return "".join(f"<p>{html.escape(html.unescape(part))}</p>" for part in re.split(r"\n\s*\n", best))
    return best


def _day(parsed: Any) -> date | None:
    return date(parsed.tm_year, parsed.tm_mon, parsed.tm_mday) if parsed else None
