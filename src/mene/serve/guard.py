"""What stands before every view: who may ask, from where, how often and how much; and the headers of every answer.

- The Host must be a name that the server is bound to, so that no page of another name can be led here (DNS rebinding).
- A POST must come from a page of this server: by Sec-Fetch-Site, else by Origin; without either it needs the token.
- With a token every request must bear it: as `Authorization: Bearer`, or as a cookie that `?token=` sets once. The
  cookie is SameSite=Strict, so that no other site's page can use it.
- Each client has a bucket of requests that fills by time.
"""

import asyncio
import hashlib
import hmac
import ipaddress
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from mene.serve.limits import ADDRESS, BODY_BYTES, BODY_WAIT, CLIENTS, RATE_FAR, RATE_NEAR

Scope = Mapping[str, Any]

COOKIE = "mene_token"

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data: blob:; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)

HEADERS: tuple[tuple[bytes, bytes], ...] = (
    (b"content-security-policy", POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
    (b"x-frame-options", b"DENY"),
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not answered: the status, one line, and headers of its own."""

    status: int
    line: str
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Door:
    """Who may come in. `hosts` are the names by which the server may be called (None: any), `token` the word."""

    hosts: frozenset[str] | None
    token: str | None = None

    def admit(self, request: "Asked") -> Refusal | None:
        """Return why a request is refused; None where it is not."""
        if len(request.target) > ADDRESS:
            return Refusal(414, f"the address has more than {ADDRESS} characters")
        if self.hosts is not None and request.header("host").lower() not in self.hosts:
            return Refusal(421, "this server is not called by that name; use the address that it printed")
        if not self.knows(request) and not request.path.startswith("/static/"):
            return Refusal(401, "the token is missing or wrong", (("www-authenticate", "Bearer"),))
        if request.method not in ("GET", "HEAD") and not self._is_own(request):
            return Refusal(403, "this was not sent from a page of this server")
        return None

    def knows(self, request: "Asked") -> bool:
        """Return whether a request bears the token, where one is asked for."""
        if self.token is None:
            return True
        scheme, _, given = request.header("authorization").partition(" ")
        if scheme.lower() == "bearer" and _same(given.strip(), self.token):
            return True
        return _same(_read_cookie(request.header("cookie")), cookie_of(self.token))

    def _is_own(self, request: "Asked") -> bool:
        """Return whether a request that changes something was sent from a page of this server.

        A form of a page that sends no referrer has the Origin "null"; where the browser does not tell more, only the
        token shows that it is ours.
        """
        site, origin = request.header("sec-fetch-site"), request.header("origin")
        if site:
            return site == "same-origin"
        if origin and origin != "null":
            return urlsplit(origin).netloc.lower() == request.header("host").lower()
        return self.token is not None


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def cookie_of(token: str) -> str:
    """Return what the cookie holds: a hash, so that the token itself lies in no browser's files."""
    return hashlib.sha256(f"mene cookie {token}".encode()).hexdigest()


def _read_cookie(header: str) -> str:
    try:
        found = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A request as the door sees it."""

    method: str
    path: str
    query: str
    headers: Mapping[str, str]

    @property
    def target(self) -> str:
        """The address with all that it asks."""
        return f"{self.path}?{self.query}"

    def header(self, name: str) -> str:
        """Return a header, nothing where there is none."""
        return self.headers.get(name, "")


def read_asked(scope: Scope) -> Asked:
    """Return a request as the door sees it."""
    headers = {key.decode("latin-1").lower(): value.decode("latin-1") for key, value in scope["headers"]}
    return Asked(scope["method"], scope["path"], scope["query_string"].decode("latin-1"), headers)


def is_loopback(address: str) -> bool:
    """Return whether an address is this machine's own.

    >>> is_loopback("127.0.0.1"), is_loopback("::1"), is_loopback("192.0.2.7"), is_loopback("testclient")
    (True, True, False, False)
    """
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


class Rates:
    """How often each client may ask: a bucket of so many requests that fills again by time."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, client: str) -> float:
        """Take one request out of a client's bucket; return after how many seconds it may ask again, 0 where now."""
        rate, most = RATE_NEAR if is_loopback(client) else RATE_FAR
        now = self._clock()
        left, then = self._buckets.pop(client, (most, now))
        left = min(most, left + (now - then) * rate)
        self._buckets[client] = (left - 1 if left >= 1 else left, now)
        if len(self._buckets) > CLIENTS:
            self._buckets.popitem(last=False)
        return 0.0 if left >= 1 else (1 - left) / rate


class BodyError(Exception):
    """A body that is too long, or too slow in coming."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.line)
        self.refusal = refusal


class Guard:
    """An ASGI application around another: lets in what the door admits, and sets the headers of every answer."""

    def __init__(self, inner: Any, door: Door, refuse: Callable[[Asked, Refusal], Any], rates: Rates | None = None):
        self._inner, self._door, self._refuse, self._rates = inner, door, refuse, rates or Rates()

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        asked = read_asked(scope)

        async def send_with_headers(message: Any) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", ()), *HEADERS]}
            await send(message)

        answer = self._turn_away(scope, asked) or self._inner
        await answer(scope, _Bounded(receive, asked), send_with_headers)

    def _turn_away(self, scope: Scope, asked: Asked) -> Any:
        """Return the answer to what is not let in; None where it is."""
        wait = self._rates.wait((scope.get("client") or ("127.0.0.1", 0))[0])
        if wait > 0:
            retry = (("retry-after", str(max(1, round(wait)))),)
            return self._refuse(asked, Refusal(429, "too many requests; wait a moment", retry))
        given = dict(parse_qsl(asked.query)).get("token", "") if self._door.token else ""
        if given and asked.method == "GET" and self._door.token and _same(given, self._door.token):
            return self._refuse(asked, _welcome(asked, self._door.token))
        refusal = self._door.admit(asked)
        return self._refuse(asked, refusal) if refusal else None


def _welcome(asked: Asked, token: str) -> Refusal:
    """Return the way on for who came with the token in the address: the same address without it, and a cookie."""
    rest = urlencode([pair for pair in parse_qsl(asked.query) if pair[0] != "token"])
    cookie = f"{COOKIE}={cookie_of(token)}; HttpOnly; SameSite=Strict; Path=/"
    path = "/" + quote(asked.path.lstrip("/"))  # "//elsewhere" and "/\\elsewhere" would lead to another server
    return Refusal(303, "", (("location", path + (f"?{rest}" if rest else "")), ("set-cookie", cookie)))


class _Bounded:
    """A request's body as it comes in: refused where it is too long, or pauses too long."""

    def __init__(self, receive: Any, asked: Asked) -> None:
        self._receive, self._asked = receive, asked
        self._left = BODY_BYTES
        self._is_whole = False

    async def __call__(self) -> Any:
        """Return the next message. Raises BodyError."""
        if self._is_whole:
            return await self._receive()  # tells when the client goes away, which may take as long as it likes
        try:
            message = await asyncio.wait_for(self._receive(), BODY_WAIT)
        except TimeoutError:
            raise BodyError(Refusal(408, "the request came in too slowly")) from None
        self._left -= len(message.get("body", b""))
        self._is_whole = not message.get("more_body", False)
        if self._left < 0:
            raise BodyError(Refusal(413, f"the request has more than {BODY_BYTES // 1_000_000} MB; send fewer files"))
        return message
