"""The bytes behind an address. The only place of stage 1 that touches the network, and only on request."""

import ipaddress
import socket
import time
from typing import TYPE_CHECKING
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
    import httpx

    deadline = time.monotonic() + 4 * timeout
    try:
        with httpx.Client(timeout=timeout, headers=_HEADERS, follow_redirects=False) as client:
            for _ in range(REDIRECTS + 1):
                _check_target(url, allow_private=allow_private)
                with client.stream("GET", url) as response:
                    if response.is_redirect and response.headers.get("location"):
                        url = urljoin(url, response.headers["location"])
                        continue
                    _check_answer(response, url, limit, allow_private=allow_private)
                    return _read_body(response, url, limit, deadline), response.headers.get("content-type", ""), url
    except httpx.TimeoutException as error:
        raise InputError(f"{url} did not answer within {timeout:g} seconds; try later or save the page") from error
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        raise InputError(f"{url} does not answer ({_why(error)}); check the address and the network") from error
    raise InputError(f"{url} redirects more than {REDIRECTS} times; give the article's own address")


def _why(error: Exception) -> str:
    return (str(error) or type(error).__name__).splitlines()[0][:120]


def _check_target(url: str, *, allow_private: bool) -> None:
    """Raise InputError for an address that is not http or https, or that leads into a private network."""
    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InputError(f"{url} is no web address; give one that begins with http:// or https://")
    if allow_private:
        return
    for address in _addresses(parts.hostname, parts.port):
        if not is_public(address):
            raise InputError(
                f"{url} leads to a private or local address, which is refused; allow private addresses to read it"
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


def is_public(address: str) -> bool:
    """Say whether an IP address is reachable on the public internet.

    >>> is_public("93.184.216.34"), is_public("169.254.169.254"), is_public("::ffff:10.0.0.1")
    (True, False, False)
    """
    ip = ipaddress.ip_address(address.split("%")[0])
    mapped = ip.ipv4_mapped if isinstance(ip, ipaddress.IPv6Address) else None
    inner = mapped or ip
    return inner.is_global and not inner.is_multicast


def _check_answer(response: "httpx.Response", url: str, limit: int, *, allow_private: bool) -> None:
    """Raise InputError for an error status, a declared size above the limit, or a peer inside a private network."""
    stream = response.extensions.get("network_stream")
    peer = stream.get_extra_info("server_addr") if stream is not None and not getproxies() else None
    # The name was resolved once for the check and once for the connection: the second answer is checked as well.
    if not allow_private and peer and not is_public(peer[0]):
        raise InputError(
            f"{url} leads to a private or local address, which is refused; allow private addresses to read it"
        )
    if response.status_code >= 400:
        reason = response.reason_phrase or "error"
        raise InputError(
            f"{url} answers {response.status_code} {reason}; check the address or save the page and read that"
        )
    declared = response.headers.get("content-length", "")
    if declared.isdigit() and int(declared) > limit:
        raise _too_large(url, limit)


def _too_large(url: str, limit: int) -> InputError:
    return InputError(
        f"{url} is larger than the limit of {limit / MEGABYTE:g} MB; save the article's text and read that"
    )


def _read_body(response: "httpx.Response", url: str, limit: int, deadline: float) -> bytes:
    chunks: list[bytes] = []
    size = 0
    for chunk in response.iter_bytes(65536):
        size += len(chunk)
        if size > limit:
            raise _too_large(url, limit)
        if time.monotonic() > deadline:
            raise InputError(f"{url} answers too slowly; try later or save the page")
        chunks.append(chunk)
    return b"".join(chunks)
