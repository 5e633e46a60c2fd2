"""The page: one HTML file with everything in it, which loads nothing, sends nothing and opens from a disk.

It has one script of its own, which replays, filters and opens claims; its Content-Security-Policy lets no other run.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import msgspec
from markupsafe import Markup

from mene.outlook import BANDS
from mene.picture import OriginGroup
from mene.records import Article, Dropped, Event, Outlook, Picture, Signal, Statement
from mene.report.borders import UserBorders
from mene.report.brief import say_as_of
from mene.report.contents import Contents, IsSide, gather_contents, has_id
from mene.report.happenings import gather_happenings
from mene.report.page.articles import show_articles
from mene.report.page.disputes import show_disputes
from mene.report.page.environment import TEMPLATES, load_templates
from mene.report.page.map import Drawing, draw_map, style_of, symbol_of
from mene.report.page.network import choose_network, show_network, ties_data
from mene.report.page.outlook import show_leaders
from mene.report.page.packed import claims_data, list_claims, pack
from mene.report.page.places import PlaceRow, places_data, show_places, when_data
from mene.report.page.rows import count_dropped
from mene.report.page.sources import show_sources, sources_data
from mene.report.page.ties import read_ties
from mene.report.page.timeline import events_data, read_timeline, show_timeline
from mene.report.words import MODALITY_WORDS, STATUS_WORDS, plain, say_days, say_number, say_share

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
    is_side: IsSide = has_id,
    origins: Sequence[OriginGroup] | None = None,
    title: str | None = None,
    version: str = "",
) -> str:
    """Return the whole report as one HTML document, in which all text from articles is escaped.

    `letters` are the Admiralty letters of sources. `names` gives the names of leaders and indicators by their ids;
    `version` is Mene's, told at the foot of the page. `origins` are those of the statements, where they are folded
    already.
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
        is_side=is_side,
        origins=origins,
    )
    return render(contents, title=title, version=version)


def render(
    contents: Contents, *, title: str | None = None, version: str = "", borders: UserBorders | None = None
) -> str:
    """Return the page of contents; `borders` are the user's own, drawn in place of those that come with Mene."""
    given, data = _panels(contents, "#", borders)
    cited = find_cited((str(given["panels"]), data), contents)
    shown = show_articles(contents, cited)
    claims = pack(list_claims(claims_data(contents, cited | shown.claims)))
    about = {"title": plain(title or "") or _title(contents), "version": version, "live": False}
    return _finish("page.html", given | about | {"shown": shown, "data": pack(data), "packed": claims})


def render_live(
    contents: Contents, frame: Mapping[str, object], *, borders: UserBorders | None = None
) -> tuple[str, str]:
    """Return the page as `mene serve` shows it, without claims and articles, and what its script reads as JSON.

    `frame` is what the live views share: the addresses of sheet, script and data, the views and when it was drawn.
    """
    given, data = _panels(contents, "/claim/", borders)
    page = _write("page.html", {**given, "title": _title(contents), "live": True, **frame})
    return _tighten(page), data


def _panels(contents: Contents, to: str, borders: UserBorders | None) -> tuple[dict[str, object], str]:
    """Return what the templates need, the panels among it, and what the script reads as JSON.

    `to` is what an address of a claim begins with.
    """
    happenings = gather_happenings(contents)
    timeline = read_timeline(happenings, contents)
    network, sources = choose_network(read_ties(happenings, contents)), show_sources(contents)
    places = show_places(contents)
    drawing = draw_map(places, contents.picture.presences, kinds=contents.kinds, own=borders, to=to)
    data = _data(contents, places, drawing) | {
        "events": events_data(timeline),
        "ties": ties_data(network, contents),
        "sources": sources_data(sources),
    }
    given = _given(contents, drawing) | {
        "to": to,
        "rows_at": "#",
        "is_alone": False,
        "places": places,
        "now_more": sum(row.now is not None for row in places[MOST_ROWS:]),
        "network_panel": show_network(network, contents),
        "dispute_rows": show_disputes(contents),
        "leaders": show_leaders(contents),
        "timeline_panel": show_timeline(timeline),
        "sources_panel": sources,
    }
    panels = Markup(_write("panels.html", given))  # noqa: S704 (a template's own output)
    return given | {"panels": panels}, msgspec.json.encode(data).decode()


def _finish(name: str, given: Mapping[str, object]) -> str:
    """Return a page with its sheet and its script."""
    style, script = load_sheet(), load_script()
    own = {"style": style, "style_hash": _hash(style), "script": script, "script_hash": _hash(script)}
    return _tighten(_write(name, {**given, **own}))


def _write(name: str, given: Mapping[str, object]) -> str:
    return load_templates().get_template(name).render(given)


def _given(contents: Contents, drawing: Drawing) -> dict[str, object]:
    """Return what the templates of the whole page need beside its panels."""
    said = contents.statements.values()
    opinions = sum(one.kind == "opinion" for one in said)
    sides = {side.name: side for side in drawing.sides}
    return {
        "as_of": say_as_of(contents.picture),
        "articles": say_number(len(contents.articles), "article"),
        "origins": say_number(len(contents.groups), "independent origin"),
        "statements": say_number(len(said), "statement"),
        "published": _published(contents.articles.values()),
        "opinions": f"{opinions} of {say_number(len(said), 'statement')} ({say_share(opinions, len(said))})",
        "drawing": drawing,
        "unlabelled": say_number(drawing.unlabelled, "name"),
        "most": MOST_ROWS,
        "status_words": STATUS_WORDS,
        "modality_words": MODALITY_WORDS,
        "style_of": lambda state: style_of(state, sides),
        "symbol_of": lambda state: symbol_of(state, sides),
        "is_replayed": len(contents.history.stops.days) > 1 if contents.history else False,
        "options": _options(contents),
        "dropped": count_dropped(contents),
    }


def find_cited(texts: Iterable[str], contents: Contents) -> set[str]:
    """Return the full ids of the statements whose short ids stand in texts."""
    named = {one for text in texts for one in _SHORT_ID.findall(text)}
    return {key for key in contents.statements if contents.id(key) in named}


_SHORT_ID = re.compile(r"\bs[0-9a-f]{6,}\b")


def _data(contents: Contents, places: Sequence[PlaceRow], drawing: Drawing) -> dict[str, object]:
    """Return what the script of the page reads; each panel has a name of its own."""
    numbers = {side.name: place for place, side in enumerate(drawing.sides)}
    return {
        "when": when_data(contents),
        "sides": [[side.name, side.colour, side.war, side.shape] for side in drawing.sides],
        "places": places_data(places, numbers, contents.history),
        "words": {
            "status": STATUS_WORDS,
            "bands": [[round(bound * 100, 1), words] for bound, words in BANDS],
        },
    }


def _options(contents: Contents) -> dict[str, Sequence[str]]:
    """Return what can be chosen in the filters: the types of events and the modalities that there are."""
    events = contents.events.values()
    return {
        "type": sorted({one.type for one in events}),
        "modality": [word for word in MODALITY_WORDS if any(one.modality == word for one in events)],
    }


def _tighten(page: str) -> str:
    """Return a page without the white space that its templates leave and that means nothing."""
    return _BREAKS.sub(r"\1", _BLANK_LINES.sub("\n", page))


_BLANK_LINES = re.compile(r"\n\s*\n")
"""Left by the template's own lines; white space has no meaning in the page."""

_BREAKS = re.compile(
    r"(</(?:article|caption|details|div|dd|dl|dt|figure|h2|h3|li|ol|p|summary|table|tbody|td|th|tr|ul)>)\n"
)
"""Line breaks after what stands in a block of its own; those between words and links stay."""


SHEETS = (
    "base",
    "map",
    "panels",
    "tables",
    "timeline",
    "network",
    "sources",
    "disputes",
    "outlook",
    "claim",
    "print",
)
SCRIPTS = (
    "core",
    "days",
    "filters",
    "when",
    "map",
    "places",
    "timeline",
    "network",
    "sources",
    "disputes",
    "articles",
    "claim",
    "export",
)
"""The parts of the sheet and of the script, in their order; all parts of the script share one scope."""


@lru_cache(maxsize=1)
def load_sheet() -> str:
    """Return the style sheet as it stands in the page: the policy gives its hash, so each letter counts."""
    return _join("css", SHEETS)


@lru_cache(maxsize=1)
def load_script() -> str:
    """Return the script as it stands in the page."""
    return f'(async () => {{\n"use strict";\n{_join("js", SCRIPTS)}start();\n}})();\n'


def _join(kind: str, names: Iterable[str]) -> str:
    """Return the parts of a sheet or a script as one, without their comments and indents: those weigh a fifth."""
    parts = (TEMPLATES / kind / f"{name}.{kind}" for name in names)
    lines = (line for part in parts for line in part.read_text(encoding="utf-8").splitlines())
    kept = (bare for line in lines if (bare := _COMMENT.sub("", line).strip()))
    if kind == "js":
        return "\n".join(kept) + "\n"
    tight = "".join(line if '"' in line else _SPACES.sub(r"\1", line) for line in kept)
    return tight.replace(";}", "}") + "\n"


_COMMENT = re.compile(r"(^|(?<=[;{},)]))\s*(// .*|/\*.*\*/)$")
"""A comment that has a line to itself or ends one."""


_SPACES = re.compile(r"\s*([{};,])\s*|(?<=:)\s+(?=[^;{}]*;)")
"""Spaces of a sheet that mean nothing: around its signs, and between a property and its value."""


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
