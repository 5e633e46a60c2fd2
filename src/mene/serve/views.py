"""The views: for each a function from an edition and a query to the name of a template and what it sets.

A view shows a page of rows. The contents of a page are the contents of the edition with only its rows in the picture
(`narrow`), so that whatever shows contents shows a page of them.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from markupsafe import Markup

from mene.records import Dispute, Event, Holding, Occurrence, Signal, Statement
from mene.report.contents import Claim, Contents
from mene.report.happenings import gather_happenings, judge, phrase_event
from mene.report.page.articles import show_article
from mene.report.page.claims import render_claim, show_chain
from mene.report.page.map import draw_map, style_of, symbol_of
from mene.report.page.places import PlaceRow, show_places
from mene.report.rows import name_place, say_control, say_presence, say_row, say_signal
from mene.report.words import MODALITY_WORDS, STATUS_WORDS, plain, say_day, say_likelihood, say_number
from mene.serve.edition import Edition, Picture
from mene.serve.find import find_statements
from mene.serve.index import Rows
from mene.serve.query import Query
from mene.serve.rows import (
    show_disputes,
    show_evidence,
    show_timeline,
)

ROWS = 50
"""Rows of one page."""

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


def narrow(contents: Contents, **rows: tuple[Any, ...]) -> Contents:
    """Return contents whose picture has only these rows of the kinds named; all other kinds are empty."""
    chosen: dict[str, Any] = {**dict.fromkeys(KINDS, ()), **rows}
    return replace(contents, picture=replace(contents.picture, **chosen))


KINDS = ("holdings", "backings", "presences", "disputes", "occurrences")


def _cut(found: Rows, query: Query) -> tuple[Rows, Pages]:
    """Return the rows of the page asked for; the last page where there are not so many."""
    count = max(1, -(-len(found) // ROWS))
    number = min(query.page, count)
    rows = found[(number - 1) * ROWS : number * ROWS]
    first = (number - 1) * ROWS + (1 if len(rows) else 0)
    return rows, Pages(number, count, first, (number - 1) * ROWS + len(rows), len(found))


def _page(name: str, picture: Picture, query: Query) -> tuple[tuple[Any, ...], Pages, Contents]:
    """Return a page of a register's rows, and the contents with only these."""
    register = picture.registers[name]
    found, pages = _cut(register.ordered(register.index.find(query.filters)), query)
    rows = tuple(register.rows[place] for place in found)
    return rows, pages, narrow(picture.contents, **({name: rows} if name in KINDS else {}))


def _types(name: str, picture: Picture) -> tuple[str, ...]:
    return picture.registers[name].index.types()


# --- lists ----------------------------------------------------------------------------------------------------------


def view_places(edition: Edition, query: Query) -> View:
    """Return who holds which place."""
    picture = edition.at(query.on, query.known)
    _, pages, contents = _page("holdings", picture, query)
    types = _types("holdings", picture)
    return "places.html", {**_map(show_places(contents), contents), "pages": pages, "types": types}


def view_events(edition: Edition, query: Query) -> View:
    """Return what happened, the last day first."""
    picture = edition.at(query.on, query.known)
    _, pages, contents = _page("occurrences", picture, query)
    days, history = show_timeline(gather_happenings(contents), contents)
    types = _types("occurrences", picture)
    return "events.html", {"days": days, "history": history, "pages": pages, "types": types}


def view_disputes(edition: Edition, query: Query) -> View:
    """Return what is disputed."""
    picture = edition.at(query.on, query.known)
    _, pages, contents = _page("disputes", picture, query)
    types = _types("disputes", picture)
    return "disputes.html", {"disputes": show_disputes(contents), "pages": pages, "types": types}


def view_sources(edition: Edition, query: Query) -> View:
    """Return who says it: the origins, who most rests on first."""
    picture = edition.at(query.on, query.known)
    rows, pages, _ = _page("sources", picture, query)
    return "sources.html", {"sources": rows, "pages": pages, "types": _types("sources", picture), "say_day": say_day}


def view_search(edition: Edition, query: Query) -> View:
    """Return the statements that hold the words asked for, the last first."""
    picture = edition.at(query.on, query.known)
    register = picture.registers["statements"]
    found, pages = _cut(register.ordered(find_statements(picture, query)), query)
    lines = [_line(register.rows[place], picture.contents) for place in found]
    return "search.html", {"lines": lines, "pages": pages, "types": _types("statements", picture)}


def _line(one: Statement, contents: Contents) -> dict[str, str]:
    return {
        "id": contents.id(one.id),
        "words": plain(one.text),
        "chain": show_chain(one.sources),
        "modality": MODALITY_WORDS[one.modality],
        "day": say_day(one.first_seen),
        "article": one.evidence.article_id[:12],
    }


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


@dataclass(frozen=True, slots=True)
class ClaimPanel:
    """A claim as shown: what it is, in words, what it is worth, what speaks for and against; a statement as a whole."""

    id: str
    kind: str
    words: str
    worth: Any
    statement: Markup
    evidence: tuple[tuple[str, Any], ...]
    article: str


def show_claim(claim: Claim, contents: Contents) -> ClaimPanel:
    """Return a claim as it is shown."""
    if isinstance(claim, Event):
        claim = contents.statements[claim.statement_id]
    return ClaimPanel(
        id=contents.id(claim.id),
        kind=type(claim).__name__.lower(),
        words=say_claim(claim, contents),
        worth=_worth(claim, contents),
        statement=render_claim(claim.id, contents, to="/claim/") if isinstance(claim, Statement) else Markup(""),
        evidence=tuple(_evidence(claim, contents)),
        article=claim.evidence.article_id[:12] if isinstance(claim, Statement) else "",
    )


def _worth(claim: Claim, contents: Contents) -> Any:
    if isinstance(claim, Statement):
        return judge([claim.id], contents, claim.modality)
    return None if isinstance(claim, Dispute | Event) else contents.worth(claim)


def say_claim(claim: Claim, contents: Contents) -> str:
    """Return what a claim says, in one line."""
    if isinstance(claim, Statement):
        return plain(claim.text)
    if isinstance(claim, Event):
        return phrase_event(claim)
    if isinstance(claim, Occurrence):
        return phrase_event(gather_happenings(narrow(contents, occurrences=(claim,)))[0].event)
    if isinstance(claim, Holding):
        return f"{name_place(claim.place)}: {say_control(claim, contents).words}, {say_likelihood(claim.belief)}"
    if isinstance(claim, Dispute):
        return plain(claim.subject)
    if isinstance(claim, Signal):
        return f"{plain(contents.leader(claim.leader))}: {say_signal(claim, contents)}"
    return say_presence(claim) if hasattr(claim, "force") else say_row(claim)  # type: ignore[arg-type]


def _evidence(claim: Claim, contents: Contents) -> Any:
    """Yield what speaks for a row and against it, each list with its name."""
    if isinstance(claim, Holding):
        yield "For", show_evidence(claim.evidence_for, contents)
        yield "Against", show_evidence(claim.evidence_against, contents)
    elif isinstance(claim, Dispute):
        yield from ((plain(one.claim), show_evidence(one.evidence, contents)) for one in claim.positions)
    elif isinstance(claim, Occurrence):
        yield "Told in", show_evidence(claim.evidence, contents)
        yield "Denied in", show_evidence(claim.evidence_against, contents)
    elif not isinstance(claim, Statement | Event):
        yield "Evidence", show_evidence(claim.evidence, contents)


LISTS: Mapping[str, Callable[[Edition, Query], View]] = {
    "/places": view_places,
    "/events": view_events,
    "/disputes": view_disputes,
    "/sources": view_sources,
    "/search": view_search,
}
"""The views of many rows by their addresses."""

SINGLE: Mapping[str, Callable[[Edition, Query, str], View]] = {"/claim": view_claim, "/article": view_article}
"""The views of one thing, whose id follows."""
