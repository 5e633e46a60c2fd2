"""The publication day that a page states: structured data, meta tags, a marked time element, the address.

Only what says that it is the day of publication counts; days in the running text, copyright years and modification
days do not. A page that states none has none: a date is never invented.
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from mene.articles.days import find_day, read_address_day

# Names and properties of meta tags that hold the day of publication, in lower case, most trustworthy first.
_META_NAMES = (
    "article:published_time", "og:article:published_time", "datepublished", "og:published_time", "article:published",
    "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.issued", "dcterms.created", "dc.date.created",
    "citation_publication_date", "citation_date", "publishdate", "publish-date", "publish_date", "publication_date",
    "publicationdate", "published-date", "published_date", "pubdate", "ptime", "originalpublicationdate",
    "article_date_original", "rnews:datepublished", "date.published", "cxenseparse:recs:publishtime", "displaydate",
    "dc.date", "dcterms.date", "date",
)  # fmt: skip
_JSON_DAY = re.compile(r'"datePublished"\s*:\s*"([^"]{8,40})"')


def read_page_day(tree: Any, url: str | None) -> date | None:
    """Return the day a parsed page says it was published, or None."""
    for text in _statements(tree):
        if (day := find_day(text)) is not None:
            return day[0]
    return read_address_day(url) if url else None


def _statements(tree: Any) -> Iterator[str]:
    """Yield the texts that state the day of publication, most trustworthy first."""
    metas = {_meta_name(meta): meta.get("content", "") for meta in reversed(tree.findall(".//meta"))}
    yield from (metas[name] for name in _META_NAMES[:2] if name in metas)
    for script in tree.findall('.//script[@type="application/ld+json"]'):
        yield from _json_days(script.text or "")
    yield from (metas[name] for name in _META_NAMES[2:] if name in metas)
    for element in tree.xpath('//*[@itemprop="datePublished"]'):
        yield element.get("datetime") or element.get("content") or element.text_content()
    yield from _time_elements(tree)


def _meta_name(meta: Any) -> str:
    return (
        (meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv") or "")
        .strip()
        .lower()
    )


def _json_days(source: str) -> Iterator[str]:
    try:
        yield from _walk_json(json.loads(source), 0)
    except (ValueError, RecursionError):
        # Many pages hold JSON with a stray comma; the one field wanted is readable all the same.
        yield from _JSON_DAY.findall(source)


def _walk_json(value: Any, depth: int) -> Iterator[str]:
    if depth > 20:
        return
    if isinstance(value, dict):
        if isinstance(value.get("datePublished"), str):
            yield value["datePublished"]
        for inner in value.values():
            yield from _walk_json(inner, depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _walk_json(inner, depth + 1)


def _time_elements(tree: Any) -> Iterator[str]:
    """Yield the times marked as publication: `pubdate`, or the class says so; else the only time of the article."""
    times = tree.xpath("//article//time[@datetime] | //header//time[@datetime] | //main//time[@datetime]")
    times = times or tree.xpath("//time[@datetime]")
    for element in times:
        label = f"{element.get('class') or ''} {element.get('itemprop') or ''}".lower()
        if element.get("pubdate") is not None or "publish" in label or "entry-date" in label:
            yield element.get("datetime")
    if len({element.get("datetime")[:10] for element in times}) == 1 and "updat" not in (times[0].get("class") or ""):
        yield times[0].get("datetime")
