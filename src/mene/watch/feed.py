"""Feeds: asking only for what changed, telling new entries from those seen before, and the article behind an entry.

All is pure: what was answered and what is remembered come in, what is to be remembered goes out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from mene.articles import Loaded, read_article
from mene.articles.feed import Entry, read_feed
from mene.articles.fetch import Answer
from mene.articles.read import read_known
from mene.errors import InputError
from mene.watch.limits import FEED_ENTRIES, LONGEST_FRESH, MINUTE, TRIES
from mene.watch.memory import FeedMemory, Try, key_of
from mene.watch.patience import Jitter, back_off, freshness, retry_after
from mene.watch.progress import hide_password
from mene.watch.sources import WEB

ACCEPT = "application/atom+xml,application/rss+xml,application/xml;q=0.9,text/xml;q=0.9,*/*;q=0.5"
GONE = 410
_TEMPORARY = (408, 425)
_VALIDATOR_CHARACTERS = 1_000


@dataclass(frozen=True, slots=True)
class Item:
    """An entry with the keys it is remembered by: its id, its address, or both; one of them suffices to know it."""

    entry: Entry
    keys: tuple[str, ...]

    @property
    def link(self) -> str | None:
        """The address of the article, where it is one that can be fetched."""
        url = (self.entry.known.url or "").strip()
        return url if url.lower().startswith(WEB) else None


@dataclass(frozen=True, slots=True)
class Listing:
    """What a feed answered: its items in its order, and for how many seconds it asks not to be fetched again."""

    items: tuple[Item, ...]
    rest: float


def request_headers(feed: FeedMemory) -> dict[str, str]:
    """Return the headers of a request for a feed: what changed since the last answer, and nothing else, is wanted."""
    validators = {"If-None-Match": feed.etag, "If-Modified-Since": feed.last_modified}
    return {"Accept": ACCEPT, **{name: value for name, value in validators.items() if value}}


def read_listing(answer: Answer, name: str) -> Listing:
    """Return the items of a feed that was fetched; `name` is the feed's own. Raises InputError where it is no feed."""
    if b"<opml" in answer.body[:4096].lower():
        raise InputError(f"{answer.url} is a list of feeds, no feed; save it as a file and name that")
    feed = read_feed(answer.body, hide_password(answer.url))  # what it names is kept in the store, under its address
    items = tuple(Item(entry, _keys(entry, name)) for entry in feed.entries[:FEED_ENTRIES])
    rest = max(freshness(answer.headers), (feed.minutes or 0) * MINUTE)
    return Listing(items, min(rest, LONGEST_FRESH))


def _keys(entry: Entry, name: str) -> tuple[str, ...]:
    """Return what an entry is known by: its id is its feed's own matter, its address the same in every feed."""
    own = (key_of("id", name, entry.name),) if entry.name else ()
    link = (key_of("link", entry.known.url),) if entry.known.url else ()
    return own + link or (key_of("text", name, entry.known.title or "", entry.raw.decode("utf-8", "replace")),)


def is_new(item: Item, seen: Mapping[str, float]) -> bool:
    """Say whether an item is known by none of its keys."""
    return not any(key in seen for key in item.keys)


def after_listing(feed: FeedMemory, listing: Listing, moved: str | None, now: float) -> FeedMemory:
    """Return what is remembered of a feed that answered: entries it still lists were listed now.

    The validators are left out: they may be kept only once all that is listed is done (see `after_all`), since a feed
    that is "not modified" does not list again what was left undone.
    """
    listed = {key: now for item in listing.items for key in item.keys if key in feed.seen}
    return replace(
        feed,
        moved=moved or feed.moved,
        etag=None,
        last_modified=None,
        not_before=now + listing.rest,
        read_at=now,
        failures=0,
        is_gone=False,
        seen={**feed.seen, **listed},
    )


def after_all(feed: FeedMemory, headers: Mapping[str, str]) -> FeedMemory:
    """Return what is remembered of a feed all of whose listed entries are done: its validators too."""
    return replace(feed, etag=_validator(headers, "etag"), last_modified=_validator(headers, "last-modified"))


def _validator(headers: Mapping[str, str], name: str) -> str | None:
    """Return a header to be sent back as it came; None where it is none that can be sent."""
    value = headers.get(name, "").strip()
    return value if value.isascii() and value.isprintable() and 0 < len(value) <= _VALIDATOR_CHARACTERS else None


def after_unchanged(feed: FeedMemory, answer: Answer, moved: str | None, now: float) -> FeedMemory:
    """Return what is remembered of a feed that said that nothing changed (304)."""
    return replace(
        feed, moved=moved or feed.moved, not_before=now + freshness(answer.headers), failures=0, is_gone=False
    )


def after_failure(feed: FeedMemory, now: float, jitter: Jitter, headers: Mapping[str, str] | None = None) -> FeedMemory:
    """Return what is remembered of a feed that failed: when to try again, from the address that was first given."""
    failures = feed.failures + 1
    wait = max(back_off(failures, jitter), retry_after(headers or {}, now) or 0.0)
    return replace(feed, moved=None, failures=failures, not_before=now + wait)


def is_gone(feed: FeedMemory, answer: Answer) -> bool:
    """Say whether a feed is given up: gone (410) from the address that was given, not from one it once led to."""
    return answer.status == GONE and feed.moved is None


def after_done(feed: FeedMemory, item: Item, now: float) -> FeedMemory:
    """Return what is remembered of a feed of which an item is done, well or for good."""
    tries = {key: one for key, one in feed.tries.items() if key not in item.keys}
    return replace(feed, seen={**feed.seen, **dict.fromkeys(item.keys, now)}, tries=tries)


def after_try(feed: FeedMemory, item: Item, now: float, jitter: Jitter) -> FeedMemory:
    """Return what is remembered of a feed of which the page of an item could not be had this time."""
    count = count_tries(feed, item) + 1
    once = Try(count, now + back_off(count, jitter))
    return replace(feed, tries={**feed.tries, **dict.fromkeys(item.keys, once)})


def count_tries(feed: FeedMemory, item: Item) -> int:
    """Return how often the page of an item was asked for in vain."""
    return max((feed.tries[key].count for key in item.keys if key in feed.tries), default=0)


def is_last_try(feed: FeedMemory, item: Item) -> bool:
    """Say whether an item is given up when its page cannot be had once more."""
    return count_tries(feed, item) + 1 >= TRIES


def is_temporary(status: int) -> bool:
    """Say whether an error status may be another one later."""
    return status >= 500 or status in _TEMPORARY


def read_page(answer: Answer, item: Item) -> Loaded:
    """Return the article on the page behind an item, as `mene add` reads an address. Raises InputError.

    The day that the feed tells stands only where the page bears none.
    """
    kind = answer.headers.get("content-type", "")
    article = read_article(answer.body, url=answer.url, content_type=kind)
    day = item.entry.known.published
    if article.published_at is None and day is not None:
        article = read_article(answer.body, url=answer.url, content_type=kind, published=day)
    return Loaded(item.link or answer.url, article, raw=answer.body)


def read_own(item: Item, name: str) -> Loaded:
    """Return the article that the feed's entry holds itself, as `mene add` reads a feed. Raises InputError."""
    if not item.entry.raw:
        raise InputError("the feed entry has neither a text nor an address to fetch")
    return Loaded(item.entry.known.url or name, read_known(item.entry.raw, item.entry.known), raw=item.entry.raw)


def outstanding(items: Sequence[Item], feed: FeedMemory) -> int:
    """Return how many listed items are not done."""
    return sum(is_new(item, feed.seen) for item in items)
