"""The OpenAPI 3.1 description of the read API, made from the table of its addresses and the contract's records."""

from typing import Any

import msgspec

from mene import __version__
from mene.contract import SCHEMA_DIALECT
from mene.search import Facets, Hit
from mene.serve.endpoints import CLAIM_KINDS, COLLECTIONS, Endpoint, Parameter, make_endpoints

_KINDS: dict[str, dict[str, Any]] = {
    "string": {"type": "string"},
    "date": {"type": "string", "format": "date"},
    "integer": {"type": "integer", "minimum": 1},
}

_ERRORS = {
    "400": "What was asked cannot be answered; the line says why",
    "401": "The token is missing or wrong",
    "404": "There is nothing at this address",
    "429": "Too many requests; Retry-After says when to ask again",
    "503": "The picture is being drawn for the first time; Retry-After says when to ask again",
}


def write_openapi() -> dict[str, Any]:
    """Return the description as one JSON object."""
    kinds = list(dict.fromkeys([*(one.record for one in COLLECTIONS), *CLAIM_KINDS, Hit, Facets]))
    references, schemas = msgspec.json.schema_components(kinds, ref_template="#/components/schemas/{name}")
    refer = dict(zip(kinds, references, strict=True)).__getitem__
    error = {"type": "object", "required": ["error"], "properties": {"error": {"type": "string"}}}
    return {
        "openapi": "3.1.0",
        "jsonSchemaDialect": SCHEMA_DIALECT,
        "info": {
            "title": "Mene",
            "version": __version__,
            "description": "The picture that was drawn from the articles read: who says what, what happened, who holds"
            " which place. Records have the fields of `mene read --json`.",
        },
        "paths": {one.path: {"get": _operation(one, one.schema(refer))} for one in make_endpoints()},
        "components": {
            "schemas": {**schemas, "Error": error},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{}, {"token": []}],
    }


def _operation(one: Endpoint, schema: dict[str, Any]) -> dict[str, Any]:
    refused = {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}
    answers: dict[str, Any] = {
        "200": {"description": one.summary, "content": {one.media: {"schema": schema}}},
        "304": {"description": "Nothing has changed since the answer with this ETag"},
    }
    answers |= {code: {"description": says, "content": refused} for code, says in _ERRORS.items()}
    return {
        "operationId": one.path.removeprefix("/api/").replace("/{id}", "").replace(".", "_"),
        "summary": one.summary,
        "parameters": [
            *(_parameter(asked, "path") for asked in one.in_path),
            *(_parameter(asked, "query") for asked in one.parameters),
        ],
        "responses": answers,
    }


def _parameter(one: Parameter, where: str) -> dict[str, Any]:
    schema = {**_KINDS[one.kind], **({"maximum": 500} if one.name == "limit" else {})}
    return {"name": one.name, "in": where, "required": where == "path", "description": one.says, "schema": schema}
