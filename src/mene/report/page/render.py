"""The page: one HTML file with everything in it, which loads nothing, sends nothing and opens from a disk.

It has one script of its own, which shows the note of a claim that is pointed at; its Content-Security-Policy lets no
other run. See docs/decisions/0009.
"""

import base64
import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from mene.records import Article, Dropped, Event, Outlook, Picture, Signal, Statement
from mene.report.brief import say_as_of
from mene.report.contents import Contents, gather_contents
from mene.report.happenings import gather_happenings
from mene.report.page.disputes import show_disputes
from mene.report.page.map import Drawing, draw_map, draw_symbol
from mene.report.page.network import Network, choose_network, show_network, ties_data
from mene.report.page.outlook import show_leaders
from mene.report.page.rows import count_dropped, find_pressing, show_places
from mene.report.page.sources import SourcesPanel, show_sources, sources_data
from mene.report.page.text import Page, write_article
from mene.report.page.ties import read_ties
from mene.report.page.timeline import Timeline, events_data, read_timeline, show_timeline
from mene.report.rows import name_place
from mene.report.words import STATUS_WORDS, plain, say_days, say_number, say_share

_TEMPLATES = Path(__file__).with_name("templates")
MOST_ARTICLES = 60
"""Articles shown in full, those that the picture rests on first: more make a file that no browser likes to open."""

MOST_ROWS = 10
"""Rows of a list that are shown at once; the others are folded under them, where finding in the page sees them."""


def write_page(
    picture: Picture,
    statements: Iterable[Statement],
    events: Iterable[Event],
    signals: Iterable[Signal],
    outlook: Iterable[Outlook],
    dropped: Iterable[Dropped],
    *,
    articles: Iterable[Article],
    names: Mapping[str, str] | None = None,
    letters: Mapping[str, str] | None = None,
    title: str | None = None,
    version: str = "",
) -> str:
    """Return the whole report as one HTML document, in which all text from articles is escaped.

    `letters` are the Admiralty letters of sources. `names` gives the names of leaders and indicators by their ids;
    `version` is Mene's, told at the foot of the page.
    """
    contents = gather_contents(
        picture,
        statements,
        events,
        articles=articles,
        signals=signals,
        outlook=outlook,
        dropped=dropped,
        names=names,
        letters=letters,
    )
    return render(contents, title=title, version=version)


def render(contents: Contents, *, title: str | None = None, version: str = "") -> str:
    """Return the page of contents."""
    happenings = gather_happenings(contents)
    timeline = read_timeline(happenings, contents)
    network, sources = choose_network(read_ties(happenings, contents)), show_sources(contents)
    pages, untold = _show_articles(contents)
    said = tuple(contents.statements.values())
    opinions = sum(one.kind == "opinion" for one in said)
    style, script, drawing = _style(), _script(), _draw(contents)
    page = (
        _environment()
        .get_template("page.html")
        .render(
            style=style,
            style_hash=_hash(style),
            script=script,
            script_hash=_hash(script),
            title=plain(title or "") or _title(contents),
            as_of=say_as_of(contents.picture),
            articles=say_number(len(contents.articles), "article"),
            origins=say_number(len(contents.groups), "independent origin"),
            statements=say_number(len(said), "statement"),
            published=_published(contents.articles.values()),
            opinions=f"{opinions} of {say_number(len(said), 'statement')} ({say_share(opinions, len(said))})",
            drawing=drawing,
            unlabelled=say_number(drawing.unlabelled, "label"),
            most=MOST_ROWS,
            ids=contents.short,
            name_place=name_place,
            status_words=STATUS_WORDS,
            symbol=draw_symbol,
            places=show_places(contents),
            network_panel=show_network(network, contents),
            sources_panel=sources,
            dispute_rows=show_disputes(contents),
            leaders=show_leaders(contents),
            timeline_panel=show_timeline(timeline),
            data=_write_data(_data(contents, timeline, network, sources)),
            pages=pages,
            untold=untold,
            shown=frozenset(note.id for page in pages for block in page.paragraphs for note in block.notes),
            dropped=count_dropped(contents),
            dropped_total=len(contents.dropped),
            version=version,
        )
    )
    return _BLANK_LINES.sub("\n", page)


_PANELS = ("timeline", "network", "sources", "disputes", "outlook", "tables")


def _style() -> str:
    return _read("page.css") + "".join(_read(f"css/{name}.css") for name in _PANELS)


def _script() -> str:
    parts = "".join(_read(f"js/{name}.js") for name in ("core", "days", *_PANELS[:4]))
    return f'{_read("page.js")}(() => {{\n"use strict";\n{parts}}})();\n'


def _write_data(found: dict[str, Any]) -> Markup:
    """Return data as JSON that no text in it can end early."""
    return Markup(json.dumps(found, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c"))  # noqa: S704


def _data(contents: Contents, timeline: Timeline, network: Network, sources: SourcesPanel) -> dict[str, Any]:
    return {
        "when": {"stops": _stops(contents)},
        "events": events_data(timeline),
        "ties": ties_data(network, contents),
        "sources": sources_data(sources),
    }


def _stops(contents: Contents) -> list[str]:
    days = {day for one in contents.statements.values() if (day := one.first_seen or one.published_at)}
    return [day.isoformat() for day in sorted(days)]


_BLANK_LINES = re.compile(r"\n\s*\n")
"""Left by the template's own lines; white space has no meaning in the page."""


@lru_cache(maxsize=16)
def _read(name: str) -> str:
    """Return a style sheet or script as it stands in the page: the policy gives its hash, so each letter counts."""
    return _BLANK_LINES.sub("\n", (_TEMPLATES / name).read_text(encoding="utf-8"))


def _hash(text: str) -> str:
    """Return the hash of a text as a Content-Security-Policy names it."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


@lru_cache(maxsize=1)
def _environment() -> Environment:
    """Return the templates; everything put into them is escaped unless it was made as HTML here."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["bdi"] = isolate
    return environment


def isolate(text: str) -> Markup:
    """Return text escaped, and set apart where letters in it run from right to left and would reorder what follows.

    >>> isolate("Homs & Hama"), isolate("\u062d\u0645\u0635")
    (Markup('Homs &amp; Hama'), Markup('<bdi>\u062d\u0645\u0635</bdi>'))
    """
    if text.isascii() or not any(unicodedata.bidirectional(one) in _RIGHT_TO_LEFT for one in text):
        return Markup.escape(text)
    return Markup("<bdi>{0}</bdi>").format(text)


_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI", "LRO", "LRE", "LRI", "FSI", "PDF", "PDI"})


def _title(contents: Contents) -> str:
    articles = tuple(contents.articles.values())
    if len(articles) == 1 and articles[0].title:
        return plain(articles[0].title)
    return f"The picture {say_as_of(contents.picture)}"


def _published(articles: Iterable[Article]) -> str:
    days = sorted(one.published_at for one in articles if one.published_at)
    return f"published {say_days(days[0], days[-1])}" if days else "without a publication date"


def _draw(contents: Contents) -> Drawing:
    holdings = contents.picture.holdings
    return draw_map(
        holdings,
        contents.picture.presences,
        pressing={one.id: name for one in holdings if (name := find_pressing(one, contents))},
        hrefs={one.id: f"#{contents.id(one.id)}" for one in holdings},
    )


def _show_articles(contents: Contents) -> tuple[Sequence[Page], Sequence[str]]:
    """Return the articles shown in full, in their order, and the names of the others."""
    cited = Counter(_cited_articles(contents))
    ranked = sorted(contents.articles.values(), key=lambda one: -cited[one.id])[:MOST_ARTICLES]
    kept = {one.id for one in ranked}
    pages = [write_article(one, contents) for one in contents.articles.values() if one.id in kept]
    others = [one for one in contents.articles.values() if one.id not in kept]
    return pages, [f"{plain(one.title or 'Without a title')} ({contents.outlet(one.id)})" for one in others]


def _cited_articles(contents: Contents) -> Iterable[str]:
    picture = contents.picture
    for holding in picture.holdings:
        yield from (one.evidence.article_id for one in (*holding.evidence_for, *holding.evidence_against))
    cited = (row.evidence for rows in (picture.backings, picture.presences, contents.signals) for row in rows)
    yield from (one.evidence.article_id for citations in cited for one in citations)
