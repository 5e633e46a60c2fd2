"""All that a report shows, indexed once: what was known on the picture's day, its articles, origins and short ids."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from mene.errors import InputError
from mene.picture import OriginGroup, fold
from mene.picture.history import History
from mene.picture.occurrences import occurrence_id
from mene.picture.tellings import count_day
from mene.records import (
    Article,
    Backing,
    Citation,
    Dispute,
    Dropped,
    Event,
    Holding,
    Occurrence,
    Outlook,
    Picture,
    Presence,
    Signal,
    Source,
    Statement,
)
from mene.report.words import plain, say_number

Claim = Statement | Event | Occurrence | Holding | Backing | Presence | Dispute | Signal
"""What has an id that `mene claim` takes."""

IsSide = Callable[[str | None], bool]
"""Whether the id of a source is that of a side, and not an outlet's or a monitor's own."""

SHORTEST_ID = 7
"""Characters: the letter of the kind and six hexadecimal digits, enough for a picture of some thousand rows."""


def has_id(source_id: str | None) -> bool:
    """Return whether a source is known by an id: without the codebook it may be any side's."""
    return source_id is not None


@dataclass(frozen=True, slots=True)
class Worth:
    """The tail of a line: what a row is worth, and the id to look it up by."""

    rating: str
    origins: int
    copies: int
    id: str

    def __str__(self) -> str:
        return f"{self.counts} · {self.id}"

    @property
    def counts(self) -> str:
        """The rating with the counts of origins and copies, without the id."""
        return f"{self.rating} · {say_number(self.origins, 'origin')}, {say_number(self.copies, 'copy', 'copies')}"


@dataclass(frozen=True, slots=True)
class Contents:
    """The records of a report. Statements run in the order of telling; what was not yet known is left out."""

    picture: Picture
    articles: Mapping[str, Article]
    statements: Mapping[str, Statement]
    events: Mapping[str, Event]
    signals: tuple[Signal, ...] = ()
    outlook: tuple[Outlook, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    letters: Mapping[str, str] = field(default_factory=dict)
    groups: tuple[OriginGroup, ...] = ()
    group_of: Mapping[str, OriginGroup] = field(default_factory=dict)
    events_of: Mapping[str, tuple[Event, ...]] = field(default_factory=dict)
    short: Mapping[str, str] = field(default_factory=dict)
    order: Mapping[str, int] = field(default_factory=dict)
    original_of: Mapping[str, str] = field(default_factory=dict)
    occurrence_of: Mapping[str, Occurrence] = field(default_factory=dict)
    abbreviations: Mapping[str, str] = field(default_factory=dict)
    history: History | None = None
    kinds: Mapping[str, str] = field(default_factory=dict)
    is_side: IsSide = has_id

    def letter(self, source: Source) -> str:
        """Return the Admiralty letter of a source; F, cannot be judged, for one that nobody has judged."""
        return self.letters.get((source.actor_id or "").casefold()) or self.letters.get(source.name.casefold(), "F")

    def id(self, full: str) -> str:
        """Return the short form of an id: its shortest unique prefix of at least seven characters."""
        return self.short.get(full, full)

    def worth(self, row: Holding | Backing | Presence | Signal | Occurrence) -> Worth:
        """Return the tail of a row of the picture, or of a signal."""
        return Worth(row.rating, len(row.origins), row.copies, self.id(row.id))

    def leader(self, key: str) -> str:
        """Return a leader's name, made from the id itself ("syr-bashar-al-assad") where none is known."""
        return self.names.get(key) or _name_of_id(key)

    def indicator(self, key: str) -> str:
        """Return an indicator's name, made from the id itself ("ally-withdrawing") where none is known."""
        return self.names.get(key) or key.replace("-", " ").replace("_", " ").capitalize()

    def outlet(self, article_id: str) -> str:
        """Return the publisher of an article, in words that say so where it is not known."""
        article = self.articles.get(article_id)
        return plain(article.publisher or "") or "unnamed outlet" if article else "article not at hand"

    def told(self, citations: Iterable[Citation]) -> list[Statement]:
        """Return the statements of citations, as far as they are at hand."""
        return [self.statements[one.statement_id] for one in citations if one.statement_id in self.statements]

    def abbreviate(self, words: str) -> str:
        """Return words with the names in them replaced by the abbreviations that the texts use for them."""
        for name, abbreviation in self.abbreviations.items():
            words = words.replace(name, abbreviation)
        return words

    def actors(self, citations: Iterable[Citation]) -> tuple[str, ...]:
        """Return the names of those who act in the cited events, each once."""
        cited = (self.events.get(one.event_id or "") for one in citations)
        return tuple(dict.fromkeys(plain(actor.name) for event in cited if event for actor in event.actors))

    def first_telling(self, statement_id: str) -> str:
        """Return the statement that a copy is folded under; the statement itself where it is no copy."""
        return self.original_of.get(statement_id, statement_id)

    @property
    def year(self) -> int | None:
        """The year that days are told without, where one is plain from the picture's date."""
        day = self.picture.known or self.picture.on
        return day.year if day else None


def gather_contents(
    picture: Picture,
    statements: Iterable[Statement],
    events: Iterable[Event],
    *,
    articles: Iterable[Article],
    signals: Iterable[Signal] = (),
    outlook: Iterable[Outlook] = (),
    dropped: Iterable[Dropped] = (),
    names: Mapping[str, str] | None = None,
    letters: Mapping[str, str] | None = None,
    history: History | None = None,
    kinds: Mapping[str, str] | None = None,
    is_side: IsSide = has_id,
    origins: Sequence[OriginGroup] | None = None,
) -> Contents:
    """Return what a report shows, indexed.

    `names` gives leaders' and indicators' names by id, `letters` the Admiralty letters of sources by id or lower-case
    name, `kinds` the codebook's kinds of actors by id; `history` is how the places came to be held. `origins`
    are those of the statements that were known on the picture's day, where they are folded already; `is_side` tells
    whether the id of a source is that of a side, as the codebook does.
    """
    said = sorted((one for one in statements if _is_known(one, picture)), key=_telling_order)
    kept = {one.id: one for one in said}
    told = [one for one in events if one.statement_id in kept]
    groups = fold(kept.values(), map(count_day, told)) if origins is None else tuple(origins)
    seen = tuple(signals)
    at_hand = {one.id: one for one in sorted(articles, key=_article_order)}
    return Contents(
        picture=picture,
        articles=_read_articles(at_hand, kept),
        statements=kept,
        events={one.id: one for one in told},
        signals=seen,
        outlook=tuple(outlook),
        dropped=tuple(dropped),
        names={**_names_told(told), **(names or {})},
        letters=letters or {},
        history=history,
        is_side=is_side,
        kinds=_name_kinds(told, kinds or {}),
        groups=groups,
        group_of={key: group for group in groups for key in group.statement_ids},
        events_of=_by_statement(told),
        abbreviations=_read_abbreviations(told),
        original_of={copy.statement_id: copy.of for group in groups for copy in group.copies},
        occurrence_of={one.event_id: row for row in picture.occurrences for one in row.members},
        order={key: place for place, key in enumerate(kept)},
        short=shorten([*kept, *(one.id for one in told), *_row_ids(picture, seen), *_former_ids(history)]),
    )


def _row_ids(picture: Picture, signals: Iterable[Signal]) -> Iterator[str]:
    yield from (row.id for row in picture.holdings)
    yield from (row.id for row in picture.backings)
    yield from (row.id for row in picture.presences)
    yield from (row.id for row in picture.disputes)
    yield from (row.id for row in picture.occurrences)
    yield from (row.id for row in signals)


def _former_ids(history: History | None) -> Iterator[str]:
    """Yield the ids of what was held on earlier days."""
    columns = (column for place in (history.places if history else ()) for column in place.columns)
    yield from (row.id for column in columns for row in column.holdings if row)


def _is_known(statement: Statement, picture: Picture) -> bool:
    known = picture.known
    return known is None or (statement.first_seen is not None and statement.first_seen <= known)


def _read_articles(articles: Mapping[str, Article], statements: Mapping[str, Statement]) -> dict[str, Article]:
    """Return the articles that say something known on the day, and those that say nothing at all only if all do."""
    speaking = {one.evidence.article_id for one in statements.values()}
    kept = {key: article for key, article in articles.items() if key in speaking}
    return kept or dict(articles)


def _telling_order(statement: Statement) -> tuple[str, str, int, int, str]:
    day = statement.published_at or statement.first_seen
    evidence = statement.evidence
    return (day.isoformat() if day else "9", evidence.article_id, evidence.start, evidence.end, statement.id)


def _article_order(article: Article) -> tuple[str, str, str]:
    return (article.published_at.isoformat() if article.published_at else "9", article.publisher or "", article.id)


def _by_statement(events: Sequence[Event]) -> dict[str, tuple[Event, ...]]:
    found: defaultdict[str, list[Event]] = defaultdict(list)
    for event in events:
        found[event.statement_id].append(event)
    return {key: tuple(told) for key, told in found.items()}


def _names_told(events: Iterable[Event]) -> dict[str, str]:
    """Return the names of all actors in the events by their ids: a leader's own name is mostly among them."""
    parties = (party for event in events for party in (*event.actors, *event.recipients))
    return {party.actor_id: plain(party.name) for party in parties if party.actor_id}


def _name_kinds(events: Iterable[Event], kinds: Mapping[str, str]) -> dict[str, str]:
    """Return the kinds of the actors told of, by their names as they are shown."""
    parties = (party for event in events for party in (*event.actors, *event.recipients))
    return {plain(one.name): kinds[one.actor_id] for one in parties if one.actor_id and one.actor_id in kinds}


def _name_of_id(key: str) -> str:
    words = key.split("-")
    if len(words) > 2 and len(words[0]) == 3:
        words = words[1:]
    return " ".join(word.capitalize() for word in words).replace(" Al ", " al-").replace(" El ", " el-")


def _read_abbreviations(events: Iterable[Event]) -> dict[str, str]:
    """Return the abbreviations by which actors are called in the texts ("HTS"), by their names."""
    parties = (party for event in events for party in (*event.actors, *event.recipients))
    found = {(plain(party.name), word) for party in parties for word in _ABBREVIATION.findall(party.text)}
    return {name: word for name, word in sorted(found) if _is_initials(word, name)}


def _is_initials(word: str, name: str) -> bool:
    """Return whether an abbreviation takes its letters from a name.

    >>> _is_initials("HTS", "Hayat Tahrir al-Sham"), _is_initials("SDF", "Kurdish forces")
    (True, False)
    """
    initials = [part[0].casefold() for part in re.split(r"[\s-]+", name) if part]
    rest = iter(initials)
    return len(name) > len(word) + 4 and all(letter.casefold() in rest for letter in word)


_ABBREVIATION = re.compile(r"\b[A-Z]{3,6}\b")


def shorten(ids: Iterable[str]) -> dict[str, str]:
    """Return each id's shortest unique prefix, of at least `SHORTEST_ID` characters.

    >>> shorten(["h3fa2c19", "h3fa2c27", "s0000000"])
    {'h3fa2c19': 'h3fa2c1', 'h3fa2c27': 'h3fa2c2', 's0000000': 's000000'}
    """
    ordered = sorted(set(ids))
    need = dict.fromkeys(ordered, SHORTEST_ID)
    for one, other in pairwise(ordered):
        length = _shared(one, other) + 1
        need[one], need[other] = max(need[one], length), max(need[other], length)
    return {key: key[:length] for key, length in need.items()}


def _shared(one: str, other: str) -> int:
    return next((place for place, pair in enumerate(zip(one, other, strict=False)) if pair[0] != pair[1]), len(one))


def find_claim(prefix: str, contents: Contents) -> Claim:
    """Return the one record whose id begins with `prefix`. Raises InputError where there is none, or more than one.

    An event's id is made from its first telling. Where one told before came to be known since, the id of then still
    leads to the event.
    """
    found = [record for record in all_claims(contents) if record.id.startswith(prefix)] if prefix else []
    if prefix and not found:
        found = list(_known_before(prefix, contents))
    exact = [record for record in found if record.id == prefix]
    if exact or len(found) == 1:
        return (exact or found)[0]
    if not found:
        raise InputError(f"no claim {prefix!r} here; the ids stand at the end of each line of the brief")
    ids = ", ".join(contents.id(record.id) for record in found[:5])
    raise InputError(
        f"{len(found)} claims begin with {prefix!r} ({ids}{', …' if len(found) > 5 else ''}); give more of the id"
    )


def _known_before(prefix: str, contents: Contents) -> Iterator[Occurrence]:
    """Yield the events that were called by an id that begins so before their first telling was known."""
    known = {row.id: row for key, row in contents.occurrence_of.items() if occurrence_id(key).startswith(prefix)}
    yield from known.values()


def all_claims(contents: Contents) -> list[Claim]:
    """Return every record with an id, the picture's rows first."""
    picture = contents.picture
    rows: list[Claim] = [*picture.holdings, *picture.backings, *picture.presences, *picture.disputes]
    return [*rows, *picture.occurrences, *contents.signals, *contents.statements.values(), *contents.events.values()]
