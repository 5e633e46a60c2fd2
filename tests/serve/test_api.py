"""The read API: pages, tables, ETags, errors, and a description that is true."""

import csv
import io
from collections.abc import Callable
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import pytest
from starlette.testclient import TestClient

from mene.contract import to_json
from mene.evaluate.scale import actors
from mene.evaluate.synthetic import make_readings
from mene.serve.api import write_cell, write_table
from mene.serve.edition import Edition
from mene.serve.endpoints import COLLECTIONS, make_endpoints
from mene.serve.openapi import write_openapi
from mene.serve.registers import HistoryDay
from tests.serve.conftest import Served, draw

NAMES = [one.name for one in COLLECTIONS]


def follow(client: TestClient, path: str) -> list[dict[str, Any]]:
    """Return the items of all pages."""
    items: list[dict[str, Any]] = []
    address: str | None = path
    while address:
        page = client.get(address).json()
        items += page["items"]
        address = page["next"]
    return items


@pytest.mark.parametrize("collection", COLLECTIONS, ids=NAMES)
def test_records_have_the_fields_of_the_contract(client: TestClient, edition: Edition, collection: Any) -> None:
    page = client.get(f"/api/{collection.name}?limit=3").json()
    rows = edition.last.registers[collection.name].rows
    assert page["items"] == msgspec.json.decode(to_json(rows[:3]))
    assert page["total"] == len(rows)


@pytest.mark.parametrize("name", ["events", "statements", "articles", "sources", "history"])
def test_pages_hold_every_row_once(client: TestClient, edition: Edition, name: str) -> None:
    items = follow(client, f"/api/{name}?limit=37")
    assert items == msgspec.json.decode(to_json(edition.last.registers[name].rows))


def test_following_pages_survives_a_new_edition(serve: Callable[..., Served], edition: Edition, tmp_path: Path) -> None:
    served = serve(edition)
    first = served.client.get("/api/statements?limit=100").json()
    more = (*edition._readings, *make_readings(900, actors(), places=40, seed=7))
    served.live.press.edition = draw(more, tmp_path, version="e2")
    rest = [row["id"] for row in follow(served.client, first["next"])]
    seen = [row["id"] for row in first["items"]] + rest
    assert len(seen) == len(set(seen))
    assert {one.id for one in edition.last.registers["statements"].rows} <= set(seen)


def test_filters_choose_rows(client: TestClient, edition: Edition) -> None:
    name = edition.last.contents.picture.holdings[0].place.name
    found = client.get("/api/holdings", params={"place": name.lower()}).json()["items"]
    assert {row["place"]["name"] for row in found} == {name}
    dated = client.get("/api/events?since=2024-01-01&limit=500").json()["items"]
    assert all(row["occurred_start"] is None or row["occurred_start"] >= "2024" for row in dated)


def test_search_gives_statements(client: TestClient, edition: Edition) -> None:
    statement = edition.last.registers["statements"].rows[0]
    asked = {"q": " ".join(statement.text.split()[:3]), "limit": "500"}
    found = client.get("/api/search", params=asked).json()["items"]
    assert statement.id in [row["statement_id"] for row in found]
    assert any(is_sought for _, is_sought in found[0]["snippet"])


def test_a_claim_brings_its_statements(client: TestClient, edition: Edition) -> None:
    holding = edition.last.contents.picture.holdings[0]
    found = client.get(f"/api/claims/{holding.id}").json()
    assert found["kind"] == "Holding"
    assert found["claim"] == msgspec.json.decode(to_json(holding))
    cited = {one.statement_id for one in (*holding.evidence_for, *holding.evidence_against)}
    assert {one["id"] for one in found["statements"]} == cited


def test_an_etag_spares_the_answer(client: TestClient) -> None:
    first = client.get("/api/holdings")
    again = client.get("/api/holdings", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert first.headers["cache-control"] == again.headers["cache-control"] == "no-cache"
    assert client.get("/api/holdings?place=a", headers={"if-none-match": first.headers["etag"]}).status_code == 200


def test_an_etag_ends_with_its_edition(serve: Callable[..., Served], edition: Edition, tmp_path: Path) -> None:
    served = serve(edition)
    etag = served.client.get("/api/holdings").headers["etag"]
    served.live.press.edition = draw(edition._readings[:5], tmp_path, version="e2")
    assert served.client.get("/api/holdings", headers={"if-none-match": etag}).status_code == 200


def test_answers_are_packed_for_those_who_unpack(serve: Callable[..., Served], edition: Edition) -> None:
    client = serve(edition, near=False).client
    packed = client.get("/api/events", headers={"accept-encoding": "gzip"})
    bare = client.get("/api/events", headers={"accept-encoding": "identity"})
    assert packed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in bare.headers
    assert packed.json() == bare.json()


@pytest.mark.parametrize(
    "path",
    [
        "/api/events?limit=501",
        "/api/events?limit=0",
        "/api/events?cursor=!!",
        "/api/events?cursor=eyJhIjoxfQ",
        "/api/events?cursor=" + "A" * 3000,
        "/api/holdings?type=SEIZE",
        "/api/sources?actor=army",
        "/api/events?since=yesterday",
        "/api/search",
        "/api/search?q=said&type=WALK",
        "/api/search?q=said&cursor=x",
        "/api/facets",
        "/api/claims/h",
        "/api/claims/zzz",
        "/api/nothing",
    ],
)
def test_errors_are_one_line_of_json(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in (400, 404)
    assert list(answer.json()) == ["error"]
    assert "\n" not in answer.json()["error"]


def test_a_table_has_a_column_for_each_field(client: TestClient) -> None:
    answer = client.get("/api/statements.csv?limit=5")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert rows[0]["id"] == client.get("/api/statements?limit=5").json()["items"][0]["id"]


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_run_as_a_formula(text: str) -> None:
    assert write_cell(text) == f"'{text}"


def test_a_table_of_records() -> None:
    day = HistoryDay(date(2024, 12, 5), 1, 2, 3)
    assert write_table([one.name for one in fields(day)], [day]) == (
        "day,articles,statements,events\r\n2024-12-05,1,2,3\r\n"
    )


# --- the description --------------------------------------------------------------------------------------------------


def test_every_address_is_described(serve: Callable[..., Served], edition: Edition) -> None:
    from mene.serve.app import _routes

    served = [route.path.replace("{key}", "{id}") for route in _routes(serve(edition).live)]
    described = write_openapi()["paths"]
    assert {path for path in served if path.startswith("/api/")} == set(described)
    assert set(described) == {one.path for one in make_endpoints()}


def test_the_description_is_served(client: TestClient) -> None:
    document = client.get("/api/openapi.json").json()
    assert document["openapi"] == "3.1.0"
    assert document["components"]["schemas"]["Holding"]["properties"].keys() >= {"place", "holder", "belief", "origins"}


@pytest.mark.parametrize("endpoint", make_endpoints(), ids=lambda one: one.path)
def test_examples_answer_as_described(client: TestClient, edition: Edition, endpoint: Any) -> None:
    example = endpoint.example or f"/api/claims/{edition.last.contents.picture.holdings[0].id}"
    answer = client.get(example)
    described = write_openapi()
    media = next(iter(described["paths"][endpoint.path]["get"]["responses"]["200"]["content"].items()))
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith(media[0])
    if media[0] == "application/json":
        assert not list(faults(answer.json(), media[1]["schema"], described["components"]["schemas"], "$"))


def faults(value: Any, schema: dict[str, Any], schemas: dict[str, Any], where: str) -> Any:
    """Yield where a value does not fit a JSON Schema, of those keywords that ours uses."""
    if "$ref" in schema:
        yield from faults(value, schemas[schema["$ref"].rsplit("/", 1)[1]], schemas, where)
    if "anyOf" in schema and all(list(faults(value, one, schemas, where)) for one in schema["anyOf"]):
        yield f"{where} fits none"
    if "enum" in schema and value not in schema["enum"]:
        yield f"{where} is {value!r}"
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "null": type(None)}
    wanted = schema.get("type", [])
    if wanted and not any(isinstance(value, kinds.get(one, object)) for one in ([wanted] if isinstance(wanted, str) else wanted)):  # fmt: skip  # noqa: E501
        yield f"{where} is no {wanted}"
    if isinstance(value, dict):
        yield from (f"{where}.{name} is missing" for name in schema.get("required", ()) if name not in value)
        for name, inner in schema.get("properties", {}).items():
            if name in value:
                yield from faults(value[name], inner, schemas, f"{where}.{name}")
    if isinstance(value, list) and isinstance(schema.get("items"), dict):
        for place, one in enumerate(value):
            yield from faults(one, schema["items"], schemas, f"{where}[{place}]")
