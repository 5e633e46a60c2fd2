"""The read API as one table: what each address gives, what it can be asked, and an example; all else is made of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from mene.errors import InputError
from mene.records import (
    Article,
    Backing,
    Dispute,
    Event,
    Holding,
    Occurrence,
    Presence,
    Signal,
    Statement,
)
from mene.report.page.facets import FIELDS, Filters
from mene.search import Facets, Hit
from mene.serve.registers import HistoryDay, SourceTally


@dataclass(frozen=True, slots=True)
class Parameter:
    """What an address can be asked with; `kind` is "string", "date" or "integer"."""

    name: str
    kind: str
    says: str


@dataclass(frozen=True, slots=True)
class Collection:
    """A list of records of one kind, by the name of its register. `filters` say what each filter means for it."""

    name: str
    record: type
    summary: str
    filters: tuple[str, ...]


FILTERS: dict[str, Parameter] = {
    "place": Parameter("place", "string", "text anywhere in the name of the place"),
    "actor": Parameter("actor", "string", "text anywhere in the name of somebody who takes part"),
    "type": Parameter("type", "string", "the type of the event told of: SEIZE, ASSAULT, ..."),
    "origin": Parameter("origin", "string", "text anywhere in the name of whoever said it first"),
    "modality": Parameter("modality", "string", "how it is told: asserted, planned, ...; of a place its status"),
    "since": Parameter("since", "date", "from this day on: when it was so, else when it was first told"),
    "until": Parameter("until", "date", "up to this day"),
}
DAYS = (
    Parameter("on", "date", "the picture true on that day"),
    Parameter("known", "date", "the picture as it was known on that day"),
)
PAGING = (
    Parameter("limit", "integer", "rows of one page, 1 to 500; 100 where it is not given"),
    Parameter("cursor", "string", "where the page begins: take it from `next` of the page before"),
)
WORDS = Parameter("q", "string", 'words that must all be there; "in a row", beginn*, -without')

_ALL = tuple(FILTERS)

COLLECTIONS: tuple[Collection, ...] = (
    Collection(
        "holdings",
        Holding,
        "Who holds each place, as a belief",
        ("place", "actor", "modality", "origin", "since", "until"),
    ),
    Collection("backings", Backing, "Who backs whom, by what means", _ALL),
    Collection("presences", Presence, "Which force is where", _ALL),
    Collection(
        "disputes",
        Dispute,
        "Incompatible claims side by side",
        ("place", "actor", "type", "origin", "since", "until"),
    ),
    Collection("occurrences", Occurrence, "What happened, each event once however many tell it", _ALL),
    Collection("events", Event, "What each statement tells to have happened, or not", _ALL),
    Collection("statements", Statement, "Who says what, through whom and how surely", _ALL),
    Collection("articles", Article, "The articles that were read", ("origin", "since", "until")),
    Collection(
        "sources", SourceTally, "Who says something first, and how much rests on it", ("origin", "since", "until")
    ),
    Collection("signals", Signal, "Dated signs for or against a leader's staying in power", _ALL),
    Collection("history", HistoryDay, "How much could first be known on each day", ("since", "until")),
)


COLLECTION_OF: dict[str, Collection] = {one.name: one for one in COLLECTIONS}
"""The collections by their names."""


def check_filters(filters: Filters, collection: Collection) -> None:
    """Raise InputError for a filter that says nothing of these rows: passing over it would give a wrong answer."""
    idle = [name for name in FIELDS if getattr(filters, name) and name not in collection.filters]
    if idle:
        raise InputError(f"{collection.name} cannot be filtered by {idle[0]}; use {', '.join(collection.filters)}")


@dataclass(frozen=True, slots=True)
class Endpoint:
    """An address: `path` as OpenAPI writes it, what it gives, its parameters, its media type, an example that works.

    `schema` makes the schema of the answer from a function that gives the reference to a record's.
    """

    path: str
    summary: str
    parameters: tuple[Parameter, ...]
    media: str
    schema: Callable[[Callable[[type], dict[str, Any]]], dict[str, Any]]
    example: str
    in_path: tuple[Parameter, ...] = ()


JSON, CSV, OPENAPI = "application/json", "text/csv", "application/json"


def make_endpoints() -> tuple[Endpoint, ...]:
    """Return the addresses of the read API, in the order in which they are listed."""
    lists = [one for collection in COLLECTIONS for one in _of_collection(collection)]
    search = (WORDS, *FILTERS.values(), *DAYS)
    return (
        *lists,
        Endpoint(
            "/api/search",
            "Statements by their words",
            (*search, *PAGING),
            JSON,
            _page_of(Hit),
            "/api/search?q=said&limit=2",
        ),
        Endpoint(
            "/api/search.csv", "The same as a table", (*search, *PAGING), CSV, _text, "/api/search.csv?q=said&limit=2"
        ),
        Endpoint(
            "/api/facets",
            "How many of the statements that a search finds have which type, place, actor, origin",
            search,
            JSON,
            lambda refer: refer(Facets),
            "/api/facets?q=said",
        ),
        Endpoint(
            "/api/claims/{id}",
            "One record by the beginning of its id, with the statements that it rests on",
            DAYS,
            JSON,
            _claim,
            "",
            (Parameter("id", "string", "an id, or the beginning of one that no other has"),),
        ),
        Endpoint(
            "/api/openapi.json", "This description", (), OPENAPI, lambda refer: {"type": "object"}, "/api/openapi.json"
        ),
    )


def _of_collection(one: Collection) -> tuple[Endpoint, Endpoint]:
    asked = (*(FILTERS[name] for name in one.filters), *DAYS, *PAGING)
    example = f"/api/{one.name}?limit=2"
    return (
        Endpoint(f"/api/{one.name}", one.summary, asked, JSON, _page_of(one.record), example),
        Endpoint(f"/api/{one.name}.csv", "The same as a table", asked, CSV, _text, f"/api/{one.name}.csv?limit=2"),
    )


_DAY = {"type": ["string", "null"], "format": "date"}


def _page_of(record: type) -> Callable[[Callable[[type], dict[str, Any]]], dict[str, Any]]:
    def schema(refer: Callable[[type], dict[str, Any]]) -> dict[str, Any]:
        properties = {
            "items": {"type": "array", "items": refer(record)},
            "total": {
                "type": "integer",
                "description": "rows that the filters accept, on all pages; a search counts up to 10,000",
            },
            "next": {"type": ["string", "null"], "description": "the address of the next page; null on the last"},
            "edition": {
                "type": "string",
                "description": "names what the rows were drawn from",
            },
            "on": {**_DAY, "description": "the day on which the rows were true; null: the last"},
            "known": {**_DAY, "description": "the day by which they were known; null: the last"},
        }
        return {"type": "object", "required": list(properties), "properties": properties}

    return schema


def _text(refer: Callable[[type], dict[str, Any]]) -> dict[str, Any]:
    return {"type": "string"}


CLAIM_KINDS: tuple[type, ...] = (Holding, Backing, Presence, Dispute, Occurrence, Signal, Statement, Event)


def _claim(refer: Callable[[type], dict[str, Any]]) -> dict[str, Any]:
    properties = {
        "kind": {"enum": [kind.__name__ for kind in CLAIM_KINDS]},
        "claim": {"anyOf": [refer(kind) for kind in CLAIM_KINDS]},
        "statements": {"type": "array", "items": refer(Statement)},
        "edition": {"type": "string"},
    }
    return {"type": "object", "required": list(properties), "properties": properties}
