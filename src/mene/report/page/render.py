"""The page: one HTML file with everything in it, which loads nothing, sends nothing and opens from a disk.

It has one script of its own, which opens the claim that is asked for; its Content-Security-Policy lets no other run.
See docs/decisions/0009 and 0014.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from mene.records import Article, Dropped, Event, Outlook, Picture, Signal, Statement
from mene.report.brief import say_as_of
from mene.report.contents import Contents, gather_contents
from mene.report.happenings import gather_happenings
from mene.report.page.articles import show_articles
from mene.report.page.environment import TEMPLATES, environment
from mene.report.page.map import Drawing, draw_map, draw_symbol
from mene.report.page.packed import claims_data, pack
from mene.report.page.rows import (
    count_dropped,
    find_pressing,
    show_backings,
    show_disputes,
    show_leaders,
    show_places,
    show_presences,
    show_timeline,
)
from mene.report.rows import name_place
from mene.report.words import STATUS_WORDS, plain, say_days, say_number, say_share

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
    days, history = show_timeline(happenings, contents)
    shown = show_articles(contents)
    said = tuple(contents.statements.values())
    opinions = sum(one.kind == "opinion" for one in said)
    style, script, drawing = _read_style(), _read_script(), _draw(contents)
    page = (
        environment()
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
            backings=show_backings(contents),
            presences=show_presences(contents),
            disputes=show_disputes(contents),
            leaders=show_leaders(contents),
            days=days,
            history=history,
            shown=shown,
            packed=pack({"claims": claims_data(contents)}),
            dropped=count_dropped(contents),
            dropped_total=len(contents.dropped),
            version=version,
        )
    )
    return _BLANK_LINES.sub("\n", page)


_BLANK_LINES = re.compile(r"\n\s*\n")
"""Left by the template's own lines; white space has no meaning in the page."""


@lru_cache(maxsize=1)
def _read_style() -> str:
    """Return the style sheet as it stands in the page: the policy gives its hash, so each letter counts."""
    sheets = [TEMPLATES / "page.css", *sorted((TEMPLATES / "css").glob("*.css"))]
    return _BLANK_LINES.sub("\n", "".join(one.read_text(encoding="utf-8") for one in sheets))


@lru_cache(maxsize=1)
def _read_script() -> str:
    """Return the page's script: its files in one scope, what the others use first."""
    files = sorted((TEMPLATES / "js").glob("*.js"), key=lambda one: (one.stem != "core", one.stem))
    whole = "".join(one.read_text(encoding="utf-8") for one in files)
    return _BLANK_LINES.sub("\n", f'(() => {{\n"use strict";\n{whole}}})();\n')


def _hash(text: str) -> str:
    """Return the hash of a text as a Content-Security-Policy names it."""
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


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
