"""The views: for each a function from an edition and a query to the name of a template and what it sets.

A view shows a page of rows. The contents of a page are the contents of the edition with only its rows in the picture
(`narrow`), so that whatever shows contents shows a page of them; rows are set by the macros of the whole page.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from mene.report.contents import Contents
from mene.report.happenings import gather_happenings
from mene.report.page.articles import show_article
from mene.report.page.disputes import show_disputes
from mene.report.page.map import draw_map, style_of, symbol_of
from mene.report.page.outlook import show_leaders
from mene.report.page.places import PlaceRow, show_places
from mene.report.page.sources import show_origin
from mene.report.page.tie_rows import show_backings, show_forces
from mene.report.page.timeline import read_timeline
from mene.report.words import MODALITY_WORDS, STATUS_WORDS, plain, say_day, say_number
from mene.search import Facet, Facets, Hit
from mene.serve.claims import say_claim, show_claim
from mene.serve.edition import Edition, Picture
from mene.serve.endpoints import COLLECTION_OF, check_filters
from mene.serve.index import Rows
from mene.serve.query import Query

ROWS = 50
"""Rows of one page."""

MOST_COUNTS = 8
"""Values of one kind that stand beside what a search finds, the commonest."""

View = tuple[str, dict[str, Any]]
"""The name of a template, and what it sets."""


@dataclass(frozen=True, slots=True)
class Pages:
    """Where a page stands among the pages of a list: its rows from `first` to `last` of `total`, counted from 1."""

    number: int
    count: int
    first: int
    last: int
    total: int


@dataclass(frozen=True, slots=True)
class Fields:
    """By what a list can be filtered: names of its filters, and what can be chosen of those that are chosen from.

    `told` is what the choice of modalities is called: of places it is their status.
    """

    names: tuple[str, ...]
    types: tuple[str, ...] = ()
    modalities: tuple[tuple[str, str], ...] = ()
    told: str = "Told as"


def narrow(contents: Contents, **rows: tuple[Any, ...]) -> Contents:
    """Return contents whose picture has only these rows of the kinds named; all other kinds are empty."""
    chosen: dict[str, Any] = {**dict.fromkeys(KINDS, ()), **rows}
    return replace(contents, history=None, picture=replace(contents.picture, **chosen))


KINDS = ("holdings", "backings", "presences", "disputes", "occurrences")


def _cut(found: Rows, query: Query) -> tuple[Rows, Pages]:
    """Return the rows of the page asked for; the last page where there are not so many."""
    count = max(1, -(-len(found) // ROWS))
    number = min(query.page, count)
    rows = found[(number - 1) * ROWS : number * ROWS]
    first = (number - 1) * ROWS + (1 if len(rows) else 0)
    return rows, Pages(number, count, first, (number - 1) * ROWS + len(rows), len(found))


def _page(name: str, picture: Picture, query: Query) -> tuple[Contents, tuple[Any, ...], dict[str, Any]]:
    """Return the contents with a page of a register's rows, these, and what every list sets. Raises InputError."""
    check_filters(query.filters, COLLECTION_OF[name])
    register = picture.registers[name]
    found, pages = _cut(register.ordered(picture.find_rows(name, query.filters)), query)
    rows = tuple(register.rows[place] for place in found)
    contents = narrow(picture.contents, **({name: rows} if name in KINDS else {}))
    return contents, rows, {"pages": pages, "fields": _fields(name, picture), "replayed": picture.replayed}


def _fields(name: str, picture: Picture) -> Fields:
    index = picture.registers[name].index
    words: Mapping[Any, str] = STATUS_WORDS if name == "holdings" else MODALITY_WORDS
    modalities = tuple((one, words[one]) for one in words if one in index.modalities())
    told = "Status" if name == "holdings" else "Told as"
    return Fields(COLLECTION_OF[name].filters, index.types(), modalities, told)


# --- lists ----------------------------------------------------------------------------------------------------------


def view_places(edition: Edition, query: Query) -> View:
    """Return who holds which place."""
    contents, _, shown = _page("holdings", edition.at(query.on, query.known), query)
    return "places.html", {**shown, **_map(show_places(contents), contents)}


def view_events(edition: Edition, query: Query) -> View:
    """Return what happened, the last day first."""
    contents, _, shown = _page("occurrences", edition.at(query.on, query.known), query)
    moments = read_timeline(gather_happenings(contents), contents).moments
    days = [(heading, tuple(told)) for heading, told in groupby(moments, key=lambda one: one.heading)]
    return "events.html", {**shown, "days": days}


def view_disputes(edition: Edition, query: Query) -> View:
    """Return what is disputed."""
    contents, _, shown = _page("disputes", edition.at(query.on, query.known), query)
    return "disputes.html", {**shown, "disputes": show_disputes(contents)}


def view_backings(edition: Edition, query: Query) -> View:
    """Return who backs whom."""
    contents, _, shown = _page("backings", edition.at(query.on, query.known), query)
    return "backings.html", {**shown, "backings": show_backings(contents)}


def view_forces(edition: Edition, query: Query) -> View:
    """Return which force is where."""
    contents, _, shown = _page("presences", edition.at(query.on, query.known), query)
    return "forces.html", {**shown, "forces": show_forces(contents)}


def view_signals(edition: Edition, query: Query) -> View:
    """Return the signals for and against those in power."""
    contents, rows, shown = _page("signals", edition.at(query.on, query.known), query)
    leaders = show_leaders(replace(contents, signals=rows))
    return "signals.html", {**shown, "leaders": [one for one in leaders if one.signals]}


def view_sources(edition: Edition, query: Query) -> View:
    """Return who says it: the origins, who says most first."""
    picture = edition.at(query.on, query.known)
    _, rows, shown = _page("sources", picture, query)
    groups = (picture.contents.group_of[row.first_statement] for row in rows)
    return "sources.html", {**shown, "origins": [show_origin(one, picture.contents) for one in groups]}


def _map(places: Sequence[PlaceRow], contents: Contents) -> dict[str, Any]:
    """Return what the map of places and their table are set from."""
    drawing = draw_map(places, contents.picture.presences, kinds=contents.kinds, to="/claim/", is_alone=True)
    sides = {side.name: side for side in drawing.sides}
    return {
        "places": places,
        "drawing": drawing,
        "unlabelled": say_number(drawing.unlabelled, "name"),
        "status_words": STATUS_WORDS,
        "style_of": lambda state: style_of(state, sides),
        "symbol_of": lambda state: symbol_of(state, sides),
    }


# --- search -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Found:
    """A statement that a search found; `pieces` are its words, each with whether it was sought."""

    id: str
    pieces: tuple[tuple[str, bool], ...]
    who: str
    about: str
    article: str


def view_search(edition: Edition, query: Query) -> View:
    """Return the statements that have the words asked for, the most fitting first, and what there is among them.

    Raises InputError, SearchTimeout, StoreError.
    """
    fields = Fields(COLLECTION_OF["statements"].filters, edition.last.registers["events"].index.types(), _MODALITIES)
    shown: dict[str, Any] = {"fields": fields, "hits": None, "replayed": ""}
    if query.words or not query.filters.is_open:
        hits = edition.finder.find(query, ROWS)
        shown |= {"hits": hits, "rows": [_found(one, edition) for one in hits.rows]}
        shown |= {"counts": _counts(edition.finder.count(query), query)}
    return "search.html", shown


_MODALITIES = tuple(MODALITY_WORDS.items())


def _found(hit: Hit, edition: Edition) -> Found:
    who = hit.origin if hit.origin == hit.outlet else f"{hit.origin}, in {hit.outlet}"
    copies = say_number(hit.copies, "copy", "copies") if hit.copies else ""
    told = (hit.kind, MODALITY_WORDS[hit.modality], say_day(hit.day), "a copy" if hit.copy_of else copies)  # type: ignore[index]
    return Found(
        id=edition.last.contents.id(hit.statement_id),
        pieces=tuple((_clean(words), is_sought) for words, is_sought in hit.snippet),
        who=plain(who),
        about=" · ".join(part for part in told if part),
        article=hit.article_id[:12],
    )


def _clean(piece: str) -> str:
    """Return a piece of a text on one line and without direction marks; at its ends a blank stays one.

    >>> _clean(" took\\n\\u202e Hama ")
    ' took Hama '
    """
    return f"{' ' * piece[:1].isspace()}{plain(piece)}{' ' * piece[-1:].isspace()}" if plain(piece) else " "


def _counts(facets: Facets, query: Query) -> list[tuple[str, list[tuple[str, int, str]]]]:
    """Return how many statements have what, by kind: words, count, and the address that narrows the search to it."""
    kinds = (
        ("type", "Type of event", facets.types),
        ("modality", "Told as", facets.modalities),
        ("place", "Place", facets.places),
        ("actor", "Actor", facets.actors),
        ("origin", "Origin", facets.origins),
    )
    return [
        (heading, [_count(name, one, query) for one in found[:MOST_COUNTS]]) for name, heading, found in kinds if found
    ]


def _count(name: str, one: Facet, query: Query) -> tuple[str, int, str]:
    words: Mapping[Any, str] = MODALITY_WORDS if name == "modality" else {}
    return plain(words.get(one.value, one.label)), one.count, query.address("/search", **{name: one.value})


# --- one thing ------------------------------------------------------------------------------------------------------


def view_claim(edition: Edition, query: Query, key: str) -> View:
    """Return one claim with all that it rests on. Raises InputError where there is none."""
    picture = edition.at(query.on, query.known)
    claim, contents = picture.find(key), picture.contents
    return "claim.html", {"claim": show_claim(claim, contents), "title": say_claim(claim, contents)}


def view_article(edition: Edition, query: Query, key: str) -> View:
    """Return an article, every statement marked in it. Raises InputError where there is none."""
    picture = edition.at(query.on, query.known)
    page = show_article(picture.find_article(key), picture.contents)
    return "article.html", {"page": page, "title": page.title}


LISTS: Mapping[str, Callable[[Edition, Query], View]] = {
    "/places": view_places,
    "/events": view_events,
    "/disputes": view_disputes,
    "/backings": view_backings,
    "/forces": view_forces,
    "/signals": view_signals,
    "/sources": view_sources,
    "/search": view_search,
}
"""The views of many rows by their addresses."""

SINGLE: Mapping[str, Callable[[Edition, Query, str], View]] = {"/claim": view_claim, "/article": view_article}
"""The views of one thing, whose id follows."""
