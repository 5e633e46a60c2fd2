"""Articles as rows or objects: CSV, JSON, JSON lines, and Mene's own JSON. One record in, what is known of it out."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from mene.articles.days import find_day
from mene.articles.outside import Known
from mene.errors import InputError
from mene.records import Article

# Names under which crawlers and people write the same column, most specific first.
COLUMNS: dict[str, tuple[str, ...]] = {
    "text": ("text", "articlebody", "article_body", "maintext", "main_text", "content",
             "body", "raw_text", "fulltext", "full_text", "article", "story"),
    "html": ("html", "raw_html", "page"),
    "url": ("url", "link", "source_url", "source-url", "address", "uri", "href", "canonical_url"),
    "title": ("title", "headline", "heading"),
    "published": ("published_at", "published", "publication_date", "date_publish", "date_published",
                  "datepublished", "pubdate", "pub_date", "publish_date", "date", "day"),
    "publisher": ("publisher", "sitename", "source_name", "outlet", "newspaper", "source",
                  "source-hostname", "hostname", "source_domain", "site"),
    "byline": ("byline", "author", "authors", "creator"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One record of a table: the bytes to read (empty where it has only an address) and what it says of them."""

    raw: bytes
    known: Known


def read_row(record: Mapping[str, Any]) -> Row:
    """Return a row of a table or an object of a crawler. Raises InputError where it has neither text nor address.

    The bytes of a row are its text; where rows of several outlets carry the same text, the address or the publisher is
    hashed with it (see `row_bytes`), so that a copy stays a copy and not the same article.
    """
    fields = {str(key).strip().lower(): value for key, value in record.items() if key is not None}
    values = {name: _first(fields, keys) for name, keys in COLUMNS.items()}
    text = values["text"] or values["html"]
    if not text and not values["url"]:
        raise InputError("the record has neither a text nor a url; give one of the two columns")
    day = find_day(values["published"]) if values["published"] else None
    known = Known(
        url=values["url"],
        published=day[0] if day else None,
        title=values["title"],
        publisher=values["publisher"],
        byline=values["byline"],
        content_type="text/html" if values["html"] and not values["text"] else None,
    )
    return Row(text.encode() if text else b"", known)


def _first(fields: Mapping[str, Any], keys: tuple[str, ...]) -> str | None:
    for key in keys:
        value = fields.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if isinstance(value, list) and value and all(isinstance(item, str) for item in value):
            return ", ".join(value)
    return None


def row_bytes(row: Row) -> bytes:
    """Return the bytes that identify a row: its text with its address and publisher, as canonical JSON."""
    fields = {"publisher": row.known.publisher, "text": row.raw.decode(), "url": row.known.url}
    return json.dumps(fields, sort_keys=True, ensure_ascii=False).encode()


def read_own(record: object) -> Article | None:
    """Return the article of one of Mene's own JSON objects, or None for any other object.

    Raises InputError where it claims to be Mene's and its blocks do not fit its text.
    """
    if not isinstance(record, dict):
        return None
    value = record.get("article", record)
    if not isinstance(value, dict) or not {"id", "text", "blocks", "dropped"} <= value.keys():
        return None
    try:
        article = msgspec.convert(value, Article)
    except msgspec.ValidationError as error:
        raise InputError(f"the Mene record is damaged ({error}); read the article again") from error
    if not re.fullmatch(r"[0-9a-f]{64}", article.id) or not _fits(article):
        raise InputError("the Mene record is damaged (its blocks do not fit its text); read the article again")
    return article


def _fits(article: Article) -> bool:
    length = len(article.text)
    return all(0 <= block.start < block.end <= length for block in article.blocks)


def read_objects(data: bytes) -> Iterator[object]:
    """Yield the records of a JSON file: a list, one object, or an object with a list of articles in it."""
    try:
        value = msgspec.json.decode(data)
    except (msgspec.DecodeError, RecursionError) as error:
        raise InputError(f"the file is not valid JSON ({error}); write it again") from error
    if isinstance(value, dict):
        lists = [
            value[key]
            for key in ("articles", "results", "items", "entries", "data")
            if isinstance(value.get(key), list)
        ]
        value = lists[0] if lists else [value]
    if not isinstance(value, list):
        raise InputError("the JSON holds no article object; give an object or a list with title, text, url and date")
    yield from value
