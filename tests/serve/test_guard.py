"""Who may come in: names, origins, the token, rates; and the headers of every answer."""

import asyncio
from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from mene.errors import InputError
from mene.serve.edition import Edition
from mene.serve.guard import COOKIE, HEADERS, Asked, BodyError, Door, Rates, _Bounded, cookie_of
from mene.serve.limits import BODY_BYTES, RATE_FAR
from mene.serve.pages import read_assets
from mene.serve.server import address_of, bind, make_door
from tests.serve.conftest import OWN, Served

TOKEN = "a-long-enough-word"


@pytest.mark.parametrize("path", ["/", "/api/holdings", "/api/nothing", "/claim/zzz", "/read", *read_assets()])
def test_every_answer_has_the_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert all(headers[name.decode()] == value.decode() for name, value in HEADERS)
    assert "set-cookie" not in headers


def test_the_policy_lets_nothing_else_in(client: TestClient) -> None:
    policy = client.get("/").headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "http" not in policy


def test_pages_name_nothing_outside(client: TestClient) -> None:
    page = client.get("/").text
    assert "style=" not in page
    assert "//" not in page.replace("<!DOCTYPE", "").replace("http://www.w3.org", "")


def test_what_is_static_may_be_kept_for_ever(client: TestClient) -> None:
    for path in read_assets():
        assert "immutable" in client.get(path).headers["cache-control"]
    assert client.get("/static/page.css").status_code == 404


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8080", "127.0.0.1:9", "", "localhost.evil.example:8080"]
)
def test_another_name_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/api/holdings", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1:8080", "localhost:8080", "[::1]:8080", "LOCALHOST:8080"])
def test_its_own_names_are_taken(client: TestClient, host: str) -> None:
    assert client.get("/api/holdings", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "same-site", "origin": "http://127.0.0.1:8080"}, 403),
        ({"sec-fetch-site": "none"}, 403),
        ({"origin": "http://evil.example"}, 403),
        ({"origin": "http://127.0.0.1:9"}, 403),
        ({"origin": "null"}, 403),
        ({"origin": "http://127.0.0.1:8080"}, 400),
        ({"sec-fetch-site": "same-origin", "origin": "null"}, 400),
    ],
)
def test_only_its_own_pages_hand_anything_in(client: TestClient, headers: dict[str, str], status: int) -> None:
    assert client.post("/read", data={"text": ""}, headers=headers).status_code == status


def test_without_the_token_nothing_is_told(serve: Callable[..., Served], edition: Edition) -> None:
    client = serve(edition, token=TOKEN).client
    for headers in (
        {},
        {"authorization": "Bearer wrong"},
        {"authorization": f"Basic {TOKEN}"},
        {"cookie": f"{COOKIE}=x"},
    ):
        answer = client.get("/api/holdings", headers=headers)
        assert answer.status_code == 401
        assert answer.json() == {"error": "the token is missing or wrong"}
    assert client.post("/read", data={"text": "x"}, headers=OWN).status_code == 401


def test_the_token_is_taken_from_the_header(serve: Callable[..., Served], edition: Edition) -> None:
    client = serve(edition, token=TOKEN).client
    assert client.get("/", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200


def test_the_token_in_an_address_becomes_a_cookie(serve: Callable[..., Served], edition: Edition) -> None:
    client = serve(edition, token=TOKEN).client
    answer = client.get(f"/places?place=Hama&token={TOKEN}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/places?place=Hama")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Strict" in cookie
    assert TOKEN not in cookie
    assert client.get("/places", headers={"cookie": f"{COOKIE}={cookie_of(TOKEN)}"}).status_code == 200


def test_the_way_on_never_leads_elsewhere(serve: Callable[..., Served], edition: Edition) -> None:
    client = serve(edition, token=TOKEN).client
    assert client.get(f"http://127.0.0.1:8080//evil.example/?token={TOKEN}").headers["location"] == "/evil.example/"
    assert client.get(f"/%5Cevil.example/?token={TOKEN}").headers["location"] == "/%5Cevil.example/"
    assert client.get(f"/a%0D%0Ab: c?token={TOKEN}").headers["location"] == "/a%0D%0Ab%3A%20c"


def test_a_wrong_token_in_an_address_is_refused(serve: Callable[..., Served], edition: Edition) -> None:
    answer = serve(edition, token=TOKEN).client.get("/?token=wrong")
    assert answer.status_code == 401
    assert 'type="password"' in answer.text


def test_too_many_requests_are_told_to_wait(serve: Callable[..., Served], edition: Edition) -> None:
    client = serve(edition, token=TOKEN, near=False).client
    answers = (client.get("/api/holdings") for _ in range(20 * int(RATE_FAR[1])))
    refused = next(answer for answer in answers if answer.status_code != 401)
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) >= 1


def test_a_bucket_fills_again_by_time() -> None:
    now = [0.0]
    rates = Rates(lambda: now[0])
    waits = [rates.wait("192.0.2.7") for _ in range(int(RATE_FAR[1]) + 1)]
    assert not any(waits[:-1])
    now[0] += waits[-1]
    assert rates.wait("192.0.2.7") == 0
    assert rates.wait("192.0.2.8") == 0


def test_long_addresses_are_refused(client: TestClient) -> None:
    assert client.get("/search?q=" + "a" * 5000).status_code == 414


@pytest.mark.parametrize("method", ["PUT", "DELETE", "POST"])
def test_other_ways_of_asking_are_refused(client: TestClient, method: str) -> None:
    assert client.request(method, "/api/holdings", headers=OWN).status_code == 405


def test_a_body_above_the_limit_is_cut_off() -> None:
    async def receive() -> dict[str, object]:
        return {"type": "http.request", "body": b"x" * (BODY_BYTES // 2), "more_body": True}

    async def take() -> None:
        bounded = _Bounded(receive, Asked("POST", "/read", "", {}))
        for _ in range(3):
            await bounded()

    with pytest.raises(BodyError, match="100 MB"):
        asyncio.run(take())


def test_a_door_to_all_addresses_asks_for_the_token_alone() -> None:
    door = make_door("0.0.0.0", 8080, TOKEN)
    asked = Asked("GET", "/", "", {"host": "desk.example:8080", "authorization": f"Bearer {TOKEN}"})
    assert door.admit(asked) is None
    assert Door(frozenset({"192.0.2.1:8080"}), TOKEN).admit(asked) is not None


def test_a_port_in_use_is_told() -> None:
    with bind("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(InputError, match=f"port {port} of 127.0.0.1 is in use"):
            bind("127.0.0.1", port)
    assert address_of("127.0.0.1", port) == f"http://127.0.0.1:{port}/"


@pytest.mark.parametrize("host", ["no such host", "999.1.1.1", "192.0.2.1"])
def test_an_address_of_another_machine_is_told(host: str) -> None:
    with pytest.raises(InputError, match="another --host"):
        bind(host, 0)
