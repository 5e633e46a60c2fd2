"""What a host's robots.txt allows Mene, by RFC 9309 (Robots Exclusion Protocol), with the older Crawl-delay.

The rule that fits the longest part of a path decides, `*` stands for anything and `$` for the end. The standard
library's `urllib.robotparser` lets the first rule decide and takes `*` for a star: after "Allow: /" it allows what
"Disallow: /private" forbids.
"""

import re
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from mene.watch.limits import DAY, PATTERN_CHARACTERS, ROBOTS_RULES

AGENT = "mene"
"""The product token that robots.txt names us by; the User-Agent header begins with it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One line: what the paths that fit `pattern` are, allowed or not."""

    pattern: str
    allowed: bool


@dataclass(frozen=True, slots=True)
class Robots:
    """What robots.txt says to us: its rules, and the seconds between two requests that it asks for (0: none)."""

    rules: tuple[Rule, ...] = ()
    delay: float = 0.0

    def allows(self, url: str) -> bool:
        """Say whether an address may be fetched. Of rules that fit equally long, the allowing one decides."""
        parts = urlsplit(url)
        path = _plain(parts.path or "/") + (f"?{_plain(parts.query)}" if parts.query else "")
        if len(path) > PATTERN_CHARACTERS:
            return not self.rules
        fitting = [(len(rule.pattern), rule.allowed) for rule in self.rules if fits(rule.pattern, path)]
        return path == "/robots.txt" or max(fitting, default=(0, True))[1]


NOTHING_ALLOWED = Robots((Rule("/", False),))


def read_robots(raw: bytes, agent: str = AGENT) -> Robots:
    """Return what a robots.txt says to `agent`: the groups that name it, or else those for everybody.

    >>> read_robots(b"User-agent: *\\nDisallow: /private\\nCrawl-delay: 5")
    Robots(rules=(Rule(pattern='/private', allowed=False),), delay=5.0)
    """
    own: list[tuple[str, str]] = []
    common: list[tuple[str, str]] = []
    named: list[str] = []
    in_head = False
    is_known = False
    for line in raw.decode("utf-8-sig", "replace").splitlines():
        key, _, value = (part.strip() for part in line.split("#")[0].partition(":"))
        if (key := key.lower()) == "user-agent":
            named = [*(named if in_head else []), _token(value)]
            in_head = True
            is_known = is_known or agent in named
        elif key in ("allow", "disallow", "crawl-delay"):
            in_head = False
            if agent in named:
                own.append((key, value))
            elif "*" in named:
                common.append((key, value))
    return _robots_of(own if is_known else common)


def _token(value: str) -> str:
    """Return the product token of a user-agent line: "Mene/0.1 (reader)" is "mene"."""
    found = re.match(r"\*|[A-Za-z_-]+", value)
    return found[0].lower() if found else ""


def _robots_of(lines: list[tuple[str, str]]) -> Robots:
    rules = [Rule(_plain(value), key == "allow") for key, value in lines if key != "crawl-delay" and value]
    if len(rules) > ROBOTS_RULES or any(len(rule.pattern) > PATTERN_CHARACTERS for rule in rules):
        return NOTHING_ALLOWED  # who writes so many wants no visitors; to keep some of them would break the others
    delays = [float(value) for key, value in lines if key == "crawl-delay" and re.fullmatch(r"\d{1,7}(\.\d+)?", value)]
    return Robots(tuple(rules), min(max(delays, default=0.0), DAY))


def _plain(path: str) -> str:
    """Return a path or pattern with every character written in the one way in which they are compared."""
    return unquote(path, errors="replace")


def fits(pattern: str, path: str) -> bool:
    """Say whether a pattern of robots.txt fits a path from its beginning, in time linear in both for each star.

    >>> fits("/*.pdf$", "/a/b.pdf"), fits("/*.pdf$", "/a/b.pdf?x"), fits("/news", "/newsroom")
    (True, False, True)
    """
    is_whole = pattern.endswith("$")
    first, *rest = (pattern[:-1] if is_whole else pattern).split("*")
    if not path.startswith(first):
        return False
    position = len(first)
    if not rest:
        return not is_whole or position == len(path)
    last = rest.pop() if is_whole else ""
    for piece in rest:
        found = path.find(piece, position)
        if found < 0:
            return False
        position = found + len(piece)
    return path.endswith(last) and len(path) - len(last) >= position
