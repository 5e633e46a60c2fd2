"""The bytes behind an address. The only place of stage 1 that touches the network, and only on request."""

import ipaddress
import socket
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit
from urllib.request import getproxies

from mene import __version__
from mene.articles.limits import ARTICLE_BYTES, MEGABYTE
from mene.errors import InputError

if TYPE_CHECKING:
    import httpx

REDIRECTS = 5
_HEADERS = {
    "User-Agent": f"Mene/{__version__} (article reader)",
    "Accept": "text/html,application/xhtml+xml,application/pdf;q=0.9,text/plain;q=0.9,*/*;q=0.5",
    "Accept-Encoding": "gzip, deflate",
}


class AddressError(InputError):
    """An address that is never fetched: it is none of the web, or leads into a private network."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered to one request: its headers by lower-cased names and, of a 2xx, the unpacked body."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = field(default=b"", repr=False)

    @property
    def redirect(self) -> str | None:
        """The address that the answer sends to; None where it is no redirect. Raises InputError where it is none."""
        location = self.headers.get("location") if self.status in (301, 302, 303, 307, 308) else None
        try:
            return urljoin(self.url, location) if location else None
        except ValueError as error:
            raise InputError(f"{self.url} redirects to what is no address; give the article's own address") from error


def fetch(
    url: str, *, timeout: float = 15.0, limit: int = ARTICLE_BYTES, allow_private: bool = False
) -> tuple[bytes, str, str]:
    """Return the content at `url`, its content type, and the address it came from after redirects.

    `timeout` (seconds) bounds every step and, four times over, the whole; `limit` bounds the unpacked bytes. Addresses
    inside private networks, on this machine and link-local ones are refused unless `allow_private`, at each redirect
    too, so that a link in an article or a list cannot reach services that only this machine can see. Behind a proxy
    (HTTP_PROXY, HTTPS_PROXY) names are left to the proxy, and only literal private addresses are refused.
    Raises InputError.
    """
    deadline = time.monotonic() + 4 * timeout
    for _ in range(REDIRECTS + 1):
        bounds = _Bounds(timeout, limit, deadline, allow_private)
        answer = _ask(url, {}, bounds)
        if answer.status >= 400:
            raise InputError(f"{explain_refusal(answer)}; check the address or save the page and read that")
        if answer.redirect is None:
            return answer.body, answer.headers.get("content-type", ""), url
        url = answer.redirect
    raise InputError(f"{url} redirects more than {REDIRECTS} times; give the article's own address")


def ask(
    url: str,
    headers: Mapping[str, str],
    *,
    timeout: float = 15.0,
    limit: int = ARTICLE_BYTES,
    allow_private: bool = False,
) -> Answer:
    """Return the answer to one request with `headers` of its own, whatever its status; no redirect is followed.

    The bounds are those of `fetch`. Raises InputError where nothing, too much or something too slow comes back.
    """
    return _ask(url, headers, _Bounds(timeout, limit, time.monotonic() + 4 * timeout, allow_private))


def explain_refusal(answer: Answer) -> str:
    """Return what an answer with an error status says, in words.

    >>> explain_refusal(Answer("https://a.example/x", 410, {}))
    'https://a.example/x answers 410 Gone'
    """
    reason = HTTPStatus(answer.status).phrase if answer.status in set(HTTPStatus) else "error"
    return f"{answer.url} answers {answer.status} {reason}"


@dataclass(frozen=True, slots=True)
class _Bounds:
    """Seconds for each step, unpacked bytes, the moment (monotonic) by which all must be here, which addresses."""

    timeout: float
    limit: int
    deadline: float
    allow_private: bool


def _ask(url: str, headers: Mapping[str, str], bounds: _Bounds) -> Answer:
    import httpx

    _check_target(url, allow_private=bounds.allow_private)
    try:
        with (
            httpx.Client(timeout=bounds.timeout, headers={**_HEADERS, **headers}, follow_redirects=False) as client,
            _cut_off(bounds.deadline) as watched,
            client.stream("GET", url, extensions={"trace": watched}) as response,
        ):
            _check_answer(response, url, bounds)
            body = _read_body(response, url, bounds) if response.is_success else b""
            return Answer(url, response.status_code, dict(response.headers), body)
    except httpx.TimeoutException as error:
        raise InputError(
            f"{url} did not answer within {bounds.timeout:g} seconds; try later or save the page"
        ) from error
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        if time.monotonic() >= bounds.deadline:
            raise _too_slow(url) from error
        raise InputError(f"{url} does not answer ({_why(error)}); check the address and the network") from error


@contextmanager
def _cut_off(deadline: float) -> Iterator[Callable[[str, dict[str, Any]], None]]:
    """Give a tracer for a request that ends the request's connection at the deadline.

    The timeouts bound each step; a server that sends a header a byte at a time would stay within them for days.
    """
    sockets: list[socket.socket] = []

    def shut() -> None:
        for one in sockets:
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def trace(name: str, info: dict[str, Any]) -> None:
        if name == "connection.connect_tcp.complete":
            # A second handle on the connection: the first one becomes a part of the TLS socket, which no other
            # thread may end.
            sockets.append(info["return_value"].get_extra_info("socket").dup())

    timer = threading.Timer(max(0.0, deadline - time.monotonic()), shut)
    timer.daemon = True
    timer.start()
    try:
        yield trace
    finally:
        timer.cancel()
        for one in sockets:
            one.close()


def _why(error: Exception) -> str:
    return (str(error) or type(error).__name__).splitlines()[0][:120]


def _check_target(url: str, *, allow_private: bool) -> None:
    """Raise InputError for an address that is not http or https, or that leads into a private network."""
    try:
        parts = urlsplit(url)
        scheme, host, port = parts.scheme, parts.hostname, parts.port
    except ValueError:
        scheme, host, port = "", None, None
    if scheme not in ("http", "https") or not host:
        raise AddressError(f"{url} is no web address; give one that begins with http:// or https://")
    if allow_private:
        return
    for address in _addresses(host, port):
        if not is_public(address):
            raise AddressError(
                f"{url} leads to a private or local address, which is refused; save the page and read that"
            )


def _addresses(host: str, port: int | None) -> list[str]:
    try:
        return [str(ipaddress.ip_address(host))]
    except ValueError:
        if host == "localhost" or host.endswith((".localhost", ".local", ".internal")):
            return ["127.0.0.1"]
    if getproxies():
        return []
    try:
        return [str(info[4][0]) for info in socket.getaddrinfo(host, port or 443, type=socket.SOCK_STREAM)]
    except (OSError, UnicodeError) as error:
        raise InputError(f"the host {host} cannot be found; check the address and the network") from error


def is_inside(url: str) -> bool:
    """Say whether an address leads into a private network or to this machine; not so where its host is unknown.

    >>> is_inside("http://127.0.0.1:8000/feed.xml")
    True
    """
    try:
        parts = urlsplit(url)
        found = _addresses(parts.hostname, parts.port) if parts.hostname else []
    except (InputError, ValueError):
        return False
    return any(not is_public(address) for address in found)


def is_public(address: str) -> bool:
    """Say whether an IP address is reachable on the public internet.

    >>> is_public("93.184.216.34"), is_public("169.254.169.254"), is_public("::ffff:10.0.0.1")
    (True, False, False)
    """
    ip = ipaddress.ip_address(address.split("%")[0])
    mapped = ip.ipv4_mapped if isinstance(ip, ipaddress.IPv6Address) else None
    inner = mapped or ip
    return inner.is_global and not inner.is_multicast


def _check_answer(response: "httpx.Response", url: str, bounds: _Bounds) -> None:
    """Raise InputError for a declared size above the limit, foreign packing, or a peer inside a private network."""
    stream = response.extensions.get("network_stream")
    peer = stream.get_extra_info("server_addr") if stream is not None and not getproxies() else None
    # The name was resolved once for the check and once for the connection: the second answer is checked as well.
    if not bounds.allow_private and peer and not is_public(peer[0]):
        raise AddressError(f"{url} leads to a private or local address, which is refused; save the page and read that")
    # Packed twice over, or in a way that was not asked for, one piece could unpack to gigabytes before it is counted.
    packing = response.headers.get_list("content-encoding", split_commas=True)
    if len(packing) > 1 or not {name.lower() for name in packing} <= {"", "identity", "gzip", "deflate"}:
        raise InputError(f"{url} comes packed as {', '.join(packing)[:60]}, which is refused; save the page")
    declared = response.headers.get("content-length", "")
    if response.is_success and declared.isdigit() and int(declared) > bounds.limit:
        raise _too_large(url, bounds.limit)


def _too_large(url: str, limit: int) -> InputError:
    return InputError(
        f"{url} is larger than the limit of {limit / MEGABYTE:g} MB; save the article's text and read that"
    )


def _too_slow(url: str) -> InputError:
    return InputError(f"{url} answers too slowly; try later or save the page")


def _read_body(response: "httpx.Response", url: str, bounds: _Bounds) -> bytes:
    chunks: list[bytes] = []
    size = 0
    for chunk in response.iter_bytes(65536):
        size += len(chunk)
        if size > bounds.limit:
            raise _too_large(url, bounds.limit)
        if time.monotonic() > bounds.deadline:
            raise _too_slow(url)
        chunks.append(chunk)
    return b"".join(chunks)
