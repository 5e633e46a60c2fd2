"""Requests as a polite visitor makes them: robots.txt first, a pause between two to one host, "not now" respected.

Redirects are followed here, each as a request of its own, so that what they lead to is asked as politely, and an
address in a private network is refused at every step.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from mene.articles.fetch import AddressError, Answer
from mene.errors import InputError
from mene.watch.limits import BRIEF, PAUSE, REDIRECTS, ROBOTS_AGE, ROBOTS_BYTES
from mene.watch.memory import HostMemory, RobotsMemory
from mene.watch.patience import Jitter, back_off, retry_after
from mene.watch.robots import Robots, read_robots


@dataclass(frozen=True, slots=True)
class Request:
    """One request: headers of its own, the most bytes that may come back, and whether private addresses are allowed."""

    url: str
    headers: Mapping[str, str]
    limit: int
    allow_private: bool = False


STOPPED = "the watch ends"

Ask = Callable[[Request], Answer]
"""Sends one request and follows no redirect. Raises InputError where no answer comes."""


@dataclass(frozen=True, slots=True)
class Got:
    """An answer of whatever status, and where permanent redirects alone led, if anywhere."""

    answer: Answer
    moved: str | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """No answer, for this reason; `is_final` where asking again would not help."""

    reason: str
    is_final: bool


@dataclass(frozen=True, slots=True)
class Later:
    """The host is not to be asked before `until`, for this reason."""

    until: float
    reason: str


@dataclass(frozen=True, slots=True)
class Hour:
    """The time and the patience of a round: its clock, how it rests, and until when a host is waited for at length.

    `rest` waits for some seconds and says whether the work is to end; `jitter` is as in `patience`.
    """

    clock: Callable[[], float]
    rest: Callable[[float], bool]
    jitter: Jitter
    until: float


def host_of(url: str) -> str:
    """Return the host of an address in lower case; "" where it has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def origin_of(url: str) -> str:
    """Return the scheme, host and port of an address; "" where it has none.

    >>> origin_of("https://Wire.example:8443/rss?x")
    'https://wire.example:8443'
    """
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname
        return f"{parts.scheme}://{host}{port}" if host else ""
    except ValueError:
        return ""


class Courtesy:
    """Asks hosts, with what is remembered of them; `hosts` and `robots` change as it does."""

    def __init__(
        self, ask: Ask, hour: Hour, hosts: Mapping[str, HostMemory], robots: Mapping[str, RobotsMemory]
    ) -> None:
        self._ask = ask
        self._hour = hour
        self.hosts = dict(hosts)
        self.robots = dict(robots)

    def ready_at(self, host: str) -> float:
        """Return from when on a host may be asked."""
        return self.hosts.get(host, HostMemory()).not_before

    def get(self, request: Request, inside: str | None) -> Got | Refused | Later:
        """Return the answer to a request after its redirects, or why there is none.

        `inside` is the origin in a private network that may be asked, if any.
        """
        url = request.url
        moved: str | None = None
        is_permanent = True
        for _ in range(REDIRECTS + 1):
            got = self._step(replace(request, url=url, allow_private=origin_of(url) == inside), inside)
            if not isinstance(got, Answer):
                return got
            try:
                target = got.redirect
            except InputError as error:
                return Refused(str(error), is_final=False)
            if target is None:
                return Got(got, moved)
            is_permanent = is_permanent and got.status in (301, 308)
            moved = target if is_permanent else moved
            url = target
        return Refused(f"{request.url} redirects more than {REDIRECTS} times", is_final=False)

    def _step(self, request: Request, inside: str | None) -> Answer | Refused | Later:
        """Return the answer to one request that robots.txt allows, when the host's turn has come."""
        robots = self._robots_of(origin_of(request.url), inside)
        if isinstance(robots, Later):
            return robots
        if not robots.allows(request.url):
            told = f"robots.txt of {host_of(request.url)} keeps programs from {request.url}"
            return Refused(f"{told}; save the page and watch the folder, or ask the publisher", is_final=True)
        try:
            answer = self._ask_in_turn(request, robots.delay)
        except InputError as error:
            return Refused(str(error), isinstance(error, AddressError))
        return answer if isinstance(answer, Later) else self._heed(answer)

    def _ask_in_turn(self, request: Request, delay: float) -> Answer | Later:
        """Return the answer when the host's turn has come. Raises InputError as `Ask` does."""
        host = host_of(request.url)
        ready = self.ready_at(host)
        now = self._hour.clock()
        if ready > max(now + BRIEF, self._hour.until):
            asks = self.hosts[host].refusals > 0
            return Later(
                ready, f"{host} asks to wait" if asks else f"{host} is asked every {max(PAUSE, delay):g} seconds"
            )
        if self._hour.rest(max(0.0, ready - now)):
            return Later(now, STOPPED)
        try:
            return self._ask(request)
        finally:
            known = self.hosts.get(host, HostMemory())
            self.hosts[host] = replace(known, not_before=self._hour.clock() + max(PAUSE, delay))

    def _heed(self, answer: Answer) -> Answer | Later:
        """Return the answer, or, where it says "not now", until when its host is left alone."""
        host = host_of(answer.url)
        known = self.hosts[host]
        now = self._hour.clock()
        asked = retry_after(answer.headers, now)
        if answer.status == 429 or (answer.status == 503 and asked is not None):
            wait = back_off(known.refusals + 1, self._hour.jitter) if asked is None else asked
            until = max(known.not_before, now + wait)
            self.hosts[host] = HostMemory(until, known.refusals + 1)
            return Later(until, f"{host} answers {answer.status} and asks to wait")
        self.hosts[host] = replace(known, refusals=0)
        return answer

    def _robots_of(self, origin: str, inside: str | None) -> Robots | Later:
        """Return what the robots.txt of an origin says, fetched where what is remembered is older than a day."""
        known = self.robots.get(origin, RobotsMemory())
        now = self._hour.clock()
        if known.robots is not None and now - known.at < ROBOTS_AGE:
            return known.robots
        if known.not_before > now:
            return Later(known.not_before, f"{origin}/robots.txt cannot be read")
        found = self._fetch_robots(f"{origin}/robots.txt", inside)
        if isinstance(found, Refused) and found.is_final:
            return Robots()  # an address that is never fetched: the page itself is refused, in words of its own
        if isinstance(found, Robots):
            self.robots[origin] = RobotsMemory(found, self._hour.clock())
        elif isinstance(found, Refused):
            failures = known.failures + 1
            until = self._hour.clock() + back_off(failures, self._hour.jitter)
            self.robots[origin] = RobotsMemory(None, 0.0, failures, until)
            return Later(until, f"robots.txt cannot be read: {found.reason}")
        return found

    def _fetch_robots(self, url: str, inside: str | None) -> Robots | Refused | Later:
        """Return the rules behind an address: without a file (4xx) all is allowed; Refused where the server fails."""
        for _ in range(REDIRECTS + 1):
            request = Request(url, {}, ROBOTS_BYTES, origin_of(url) == inside)
            try:
                answer = self._ask_in_turn(request, 0.0)
                if isinstance(answer, Later):
                    return answer
                target = answer.redirect
            except InputError as error:
                return Refused(str(error), isinstance(error, AddressError))
            if answer.status == 429 or answer.status >= 500:
                return Refused(f"{url} answers {answer.status}", is_final=False)
            if target is None:
                return read_robots(answer.body) if answer.status < 300 else Robots()
            url = target
        return Robots()
