"""What a watch tells while it works: one record for each thing that happens, in words and as JSON."""

import re
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime

import msgspec

_PASSWORD = re.compile(r"//[^/\s@]*@")
_STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Seen:
    """A source was looked at and had so many new things; `unchanged` where its server said that nothing had changed."""

    source: str
    new: int
    unchanged: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """An article is in the store; `is_new` where it was not there before. `origin` is its file or address."""

    source: str
    origin: str
    article_id: str
    title: str | None
    is_new: bool


@dataclass(frozen=True, slots=True)
class Failed:
    """Something could not be read, for this `reason`. `is_final` where it is not tried again unless it changes.

    `origin` is the file or address; it is the source itself where that failed as a whole.
    """

    source: str
    origin: str
    reason: str
    is_final: bool


@dataclass(frozen=True, slots=True)
class Waiting:
    """So many things of a source wait, for this reason, until `until` (UTC) at the earliest."""

    source: str
    count: int
    reason: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Rested:
    """A round is over: what it kept, found there already and could not read, and when the next one begins (UTC)."""

    kept: int
    known: int
    failed: int
    until: datetime | None


Progress = Seen | Kept | Failed | Waiting | Rested


def hide_passwords(record: Progress) -> Progress:
    """Return a record without the names and passwords that stand in addresses (https://name:password@host/).

    >>> hide_passwords(Seen("https://ana:hush@wire.example/rss", 2)).source
    'https://wire.example/rss'
    """
    changed = {name: hide_password(value) for name, value in asdict(record).items() if isinstance(value, str)}
    return replace(record, **changed)  # type: ignore[arg-type]


def hide_password(text: str) -> str:
    """Return a text without the names and passwords that stand in its addresses."""
    return _PASSWORD.sub("//", text)


def moment(seconds: float) -> datetime:
    """Return seconds since 1970 as a time of UTC."""
    return datetime.fromtimestamp(seconds, UTC)


def progress_json(record: Progress) -> str:
    """Return a record as one line of JSON, its fields by their names after `kind`.

    >>> progress_json(Seen("https://wire.example/rss", 2))
    '{"kind":"seen","source":"https://wire.example/rss","new":2,"unchanged":false}'
    """
    return msgspec.json.encode({"kind": type(record).__name__.lower(), **asdict(record)}).decode()


def describe(record: Progress) -> str:
    """Return a record as one line of words, without characters that would steer a terminal.

    >>> describe(Seen("https://wire.example/rss", 2))
    'https://wire.example/rss: 2 new'
    """
    return _STEERING.sub("", _words(record))


def _words(record: Progress) -> str:
    match record:
        case Seen(source, new, unchanged):
            return f"{source}: {'unchanged' if unchanged else f'{new} new'}"
        case Kept(_, origin, article_id, title, is_new):
            told = "kept" if is_new else "already there"
            return f"{origin}: {told} {article_id[:8]}" + (f" {title}" if title else "")
        case Failed(_, origin, reason, is_final):
            told = reason if reason.startswith(origin) else f"{origin}: {reason}"
            return told if is_final else f"{told}; tried again later"
        case Waiting(source, count, reason, until):
            return f"{source}: {count} waiting until {_clock(until)} ({reason})"
        case Rested(kept, known, failed, until):
            failures = f", {failed} could not be read" if failed else ""
            rest = f"; next round at {_clock(until)}" if until else ""
            return f"{kept} added, {known} already there{failures}{rest}"


def _clock(when: datetime) -> str:
    return when.strftime("%Y-%m-%d %H:%M UTC")
