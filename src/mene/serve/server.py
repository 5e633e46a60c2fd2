"""Running the application: the socket, the time a client may take, and an orderly end."""

import errno
import ipaddress
import socket
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from mene.errors import InputError
from mene.serve.app import Live, make_app
from mene.serve.guard import Door
from mene.serve.limits import CONNECTIONS, HEADER_WAIT, HEADERS

ENDING = 5
"""Seconds that answers under way may still take when the server ends."""

ANY_ADDRESS = ("0.0.0.0", "::")  # noqa: S104 (named to be recognised, not bound to)


def is_near(host: str) -> bool:
    """Return whether only this machine can reach an address.

    >>> is_near("127.0.0.1"), is_near("localhost"), is_near("::1"), is_near("0.0.0.0"), is_near("192.0.2.7")
    (True, True, True, False, False)
    """
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def bind(host: str, port: int) -> socket.socket:
    """Return a socket that listens at an address. Raises InputError where it is taken, or none of this machine."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        found = socket.socket(family, kind, protocol)  # asyncio sends at once only where the protocol is named
    except (OSError, UnicodeError) as error:
        raise InputError(f"{host} is no address of this machine; give another --host") from error
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind(address)
        found.listen(CONNECTIONS)
    except (OSError, OverflowError) as error:
        found.close()
        if getattr(error, "errno", None) == errno.EADDRINUSE:
            raise InputError(f"port {port} of {host} is in use; choose another with --port") from error
        raise InputError(f"{host}:{port} cannot be used ({error}); choose another --host or --port") from error
    return found


def make_door(host: str, port: int, token: str | None) -> Door:
    """Return who may come in at an address: near by every name of this machine, else by the name that it is bound to.

    Where it is bound to all addresses its names are not known; then the token alone is asked for.
    """
    if host in ANY_ADDRESS:
        return Door(None, token)
    names = {host, "127.0.0.1", "localhost", "[::1]"} if is_near(host) else {host}
    shown = {f"[{name}]" if ":" in name and not name.startswith("[") else name for name in names}
    bare = shown if port == 80 else set()
    return Door(frozenset({*(f"{name}:{port}" for name in shown), *bare}), token)


def address_of(host: str, port: int) -> str:
    """Return the address that people type.

    >>> address_of("127.0.0.1", 8080), address_of("::1", 8080)
    ('http://127.0.0.1:8080/', 'http://[::1]:8080/')
    """
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


class TimedProtocol(H11Protocol):
    """HTTP/1.1 with a bound on how long a request line with its headers may take to come in."""

    def connection_made(self, transport: Any) -> None:
        """Begin to wait for a request."""
        super().connection_made(transport)
        self._waiting: Any = self.loop.call_later(HEADER_WAIT, self._give_up)

    def data_received(self, data: bytes) -> None:
        """Take what came in; wait for the rest of a request only so long."""
        super().data_received(data)
        is_open = self.cycle is None or self.cycle.response_complete
        if not is_open:
            self._waiting.cancel()
        elif self._waiting.cancelled() and not self.transport.is_closing():
            self._waiting = self.loop.call_later(HEADER_WAIT, self._give_up)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no longer."""
        self._waiting.cancel()
        super().connection_lost(exc)

    def _give_up(self) -> None:
        self.transport.close()


class Server(uvicorn.Server):
    """A server that tells open streams when it ends, so that they end as well."""

    def __init__(self, config: uvicorn.Config, live: Live) -> None:
        super().__init__(config)
        self._live = live

    def handle_exit(self, sig: int, frame: Any) -> None:
        """End after what is under way; a second signal ends at once."""
        self._live.closing.set()
        super().handle_exit(sig, frame)


def make_server(live: Live, door: Door) -> Server:
    """Return a server of what is live, for those whom the door admits."""
    config = uvicorn.Config(
        make_app(live, door),
        http=TimedProtocol,
        ws="none",
        lifespan="off",
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=10,
        timeout_graceful_shutdown=ENDING,
        h11_max_incomplete_event_size=HEADERS,
    )
    return Server(config, live)


def run_server(live: Live, door: Door, listening: socket.socket) -> None:
    """Answer until Ctrl-C; then end the parts in order: what is being read is finished or left whole."""
    live.press.start()
    live.desk.start()
    if live.watcher:
        live.watcher.start()
    try:
        make_server(live, door).run(sockets=[listening])
    except KeyboardInterrupt:
        pass  # uvicorn raises the signal again when it has ended; ending was all that was asked
    finally:
        live.press.stop()
        if live.watcher:
            live.watcher.close()
        live.desk.close()
        live.makers.shutdown(cancel_futures=True)
        live.drawers.shutdown(wait=False, cancel_futures=True)
        listening.close()
