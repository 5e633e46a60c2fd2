"""Who said it first: statements folded under their independent origins.

The origin of a statement is its innermost source. Over articles, speakers are joined by the codebook's id or their
name; an unnamed source is one origin only together with the outlet it spoke to; an outlet is the origin of what it
asserts itself. An outlet that rewrites an earlier article is no new origin: its statement is a copy where

- at least `copy_containment` of its five-word shingles stand in one earlier statement, or
- its article as a whole rewrites an earlier one (`article_containment`), and it tells an event that the other tells.

Statements of one origin in different articles, near the same in wording or telling the same event, are copies of its
first telling. Corroboration counts origins, never articles. A fold is reversible: each copy says of what, and why.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from mene.picture.places import place_key
from mene.picture.sides import normalise
from mene.picture.weights import Weights, load_weights
from mene.records import Event, Source, Statement

Shingle = tuple[str, ...]
Happening = tuple[str, str, str, date, str]

TOLD_AGAIN = "same event, told by the same origin"
"""Why a statement is folded that is a copy neither by its wording nor by its article."""

_WORDS = re.compile(r"\w+")
_NAMELESS_KINDS = frozenset({"unnamed", "witness"})


@dataclass(frozen=True, slots=True)
class Copy:
    """A statement folded under an earlier one, and why."""

    statement_id: str
    of: str
    reason: str


@dataclass(frozen=True, slots=True)
class OriginGroup:
    """An independent origin: its first tellings (`statements`) and the copies folded under them, oldest first."""

    key: str
    name: str
    source: Source
    statements: tuple[str, ...]
    copies: tuple[Copy, ...]

    @property
    def statement_ids(self) -> tuple[str, ...]:
        """All statements of the origin, copies included."""
        return self.statements + tuple(copy.statement_id for copy in self.copies)


def origin_key(statement: Statement) -> str:
    """Return what identifies the origin of a statement, before copies are folded."""
    source = statement.origin
    name = normalise(source.name)
    if source.kind not in _NAMELESS_KINDS and source.actor_id:
        return f"actor:{source.actor_id}"
    if source.kind == "outlet":
        return f"outlet:{name}" if name else f"article:{statement.evidence.article_id}"
    if is_named(source):
        return f"speaker:{name}"
    outlets = (outer.name for outer in statement.sources[1:] if outer.kind == "outlet")
    return f"unnamed:{name}@{normalise(next(outlets, '')) or statement.evidence.article_id}"


def is_named(source: Source) -> bool:
    """Return whether a source is called by a name; "a military source" and "Iranian officials" are descriptions.

    >>> is_named(Source("Iranian officials", "official")), is_named(Source("Mehdi Rahmati", "official"))
    (False, True)
    """
    if source.kind in _NAMELESS_KINDS or not source.name.strip():
        return False
    return source.actor_id is not None or not source.name.split()[-1][:1].islower()


def fold(statements: Iterable[Statement], events: Iterable[Event] = ()) -> tuple[OriginGroup, ...]:
    """Return the independent origins of a set of statements, with their copies, in the order of their keys."""
    folder = _Folder(load_weights())
    articles = _in_order(statements)
    happenings = _happenings(events, {statement.id: statement for article in articles for statement in article})
    for article in articles:
        folder.read(article, happenings)
    return folder.groups()


def telling_order(statement: Statement) -> tuple[date, str, int, int, str]:
    """Return the place of a statement in the order of telling: published day, article, position."""
    evidence = statement.evidence
    return (statement.published_at or date.max, evidence.article_id, evidence.start, evidence.end, statement.id)


def _in_order(statements: Iterable[Statement]) -> list[list[Statement]]:
    """Return the statements by article, oldest first; of one day, the article of the outlet most relayed first.

    Days have no hours: among pages of one day the outlet that others name as their source is taken for the first.
    """
    by_article: defaultdict[str, list[Statement]] = defaultdict(list)
    relayed: Counter[str] = Counter()
    for statement in statements:
        by_article[statement.evidence.article_id].append(statement)
        relayed.update(normalise(source.name) for source in statement.sources[:-1] if source.kind == "outlet")

    def order(article: list[Statement]) -> tuple[date, int, str]:
        first = min(article, key=telling_order)
        day = first.published_at or date.max
        return (day, -relayed[normalise(first.sources[-1].name)], first.evidence.article_id)

    return sorted((sorted(article, key=telling_order) for article in by_article.values()), key=order)


def _happenings(events: Iterable[Event], statements: dict[str, Statement]) -> dict[str, set[Happening]]:
    """Return what each statement tells, as type, place, day and modality; only placed events can be the same.

    An event told without a day is told "by" the day of the article; only one told soon after can be the same.
    """
    found: defaultdict[str, set[Happening]] = defaultdict(set)
    for event in events:
        statement = statements.get(event.statement_id)
        if statement and event.place:
            key = place_key(event.place, statement.evidence.article_id)
            when, day = "on", event.occurred_start
            if day is None:
                when, day = "by", statement.published_at or date.min
            found[statement.id].add((event.type, key, when, day, event.modality))
    return found


def _told_before(told: set[Happening], window: int) -> Iterator[Happening]:
    """Yield what an earlier statement may have told of the same: without a day, up to `window` days before."""
    for kind, key, when, day, modality in sorted(told):
        back = window if when == "by" and day > date.min + timedelta(window) else 0
        for days in range(back + 1):
            yield (kind, key, when, day - timedelta(days), modality)


@dataclass(slots=True)
class _Folder:
    """The statements read so far, indexed by shingle and happening; statements are known by their position."""

    weights: Weights
    told: list[Statement] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    copies: dict[int, tuple[int, str]] = field(default_factory=dict)
    postings: dict[Shingle, tuple[int, ...]] = field(default_factory=dict)
    by_happening: dict[tuple[str, Happening], int] = field(default_factory=dict)

    def read(self, article: Sequence[Statement], happenings: dict[str, set[Happening]]) -> None:
        """Add an article: first find what its statements copy, then make them known to later ones."""
        shingled = [frozenset(self._shingles(statement.text)) for statement in article]
        overlaps = [self._overlaps(shingles) for shingles in shingled]
        rewritten = self._rewritten(article, shingled, overlaps)
        positions = []
        for statement, shingles, overlap in zip(article, shingled, overlaps, strict=True):
            told = happenings.get(statement.id, set())
            key, copied = self._resolve(statement, len(shingles), overlap, told, rewritten)
            positions.append(self._add(statement, key, copied))
        for position, shingles in zip(positions, shingled, strict=True):
            self._index(position, shingles, happenings.get(self.told[position].id, set()))

    def _shingles(self, text: str) -> Iterator[Shingle]:
        words = _WORDS.findall(text.casefold())
        return zip(*(words[start:] for start in range(int(self.weights.shingle_words))), strict=False)

    def _overlaps(self, shingles: frozenset[Shingle]) -> Counter[int]:
        shared: Counter[int] = Counter()
        for shingle in self.postings.keys() & shingles:
            shared.update(self.postings[shingle])
        return shared

    def _rewritten(
        self, article: Sequence[Statement], shingled: Sequence[frozenset[Shingle]], overlaps: Sequence[Counter[int]]
    ) -> str | None:
        """Return the earlier article that this one rewrites; quotations, which anyone may print, do not count."""
        total, shared = 0, Counter[str]()
        for statement, shingles, overlap in zip(article, shingled, overlaps, strict=True):
            if _is_narrated(statement):
                total += len(shingles)
                best: dict[str, int] = {}
                for position, count in overlap.items():
                    earlier = self.told[position].evidence.article_id
                    best[earlier] = max(best.get(earlier, 0), count)
                shared.update(best)
        if not shared:
            return None
        earlier, count = min(shared.items(), key=lambda item: (-item[1], item[0]))
        enough = count >= self.weights.article_min_shared and count >= self.weights.article_containment * total
        return earlier if enough else None

    def _resolve(
        self, statement: Statement, size: int, overlap: Counter[int], told: set[Happening], rewritten: str | None
    ) -> tuple[str, tuple[int, str] | None]:
        """Return the origin's key and what the statement copies, with the reason."""
        key, window = origin_key(statement), int(self.weights.window_same_telling)
        foldable = _is_narrated(statement) or not is_named(statement.origin)
        if copied := self._same_wording(statement, size, overlap, None if foldable else key):
            return self.keys[copied[0]], copied
        if rewritten and _is_narrated(statement):
            for happening in _told_before(told, window):
                first = self.by_happening.get((f"in:{rewritten}", happening))
                if first is not None:
                    return self.keys[first], (self._first(first), "same event, in a rewriting of the earlier article")
        for happening in _told_before(told, window):
            first = self.by_happening.get((key, happening))
            if first is not None and self._is_elsewhere(statement, first):
                return key, (self._first(first), TOLD_AGAIN)
        return key, None

    def _same_wording(
        self, statement: Statement, size: int, overlap: Counter[int], key: str | None
    ) -> tuple[int, str] | None:
        """Return the earliest statement whose wording this one repeats; of origin `key` where one is given."""
        if size < self.weights.copy_min_shingles:
            return None
        least = self.weights.copy_containment * size
        fits = [
            (-count, position)
            for position, count in overlap.items()
            if count >= least
            and (key is None or self.keys[position] == key)
            and self._is_elsewhere(statement, position)
        ]
        if not fits:
            return None
        count, position = min(fits)
        return self._first(position), f"wording, {min(1.0, -count / size):.0%} of it"

    def _is_elsewhere(self, statement: Statement, position: int) -> bool:
        return self.told[position].evidence.article_id != statement.evidence.article_id

    def _first(self, position: int) -> int:
        return self.copies[position][0] if position in self.copies else position

    def _add(self, statement: Statement, key: str, copied: tuple[int, str] | None) -> int:
        position = len(self.told)
        self.told.append(statement)
        self.keys.append(key)
        if copied:
            self.copies[position] = copied
        return position

    def _index(self, position: int, shingles: frozenset[Shingle], told: set[Happening]) -> None:
        statement, key = self.told[position], self.keys[position]
        for happening in told:
            self.by_happening.setdefault((key, happening), position)
            if _is_narrated(statement):
                self.by_happening.setdefault((f"in:{statement.evidence.article_id}", happening), position)
        if position in self.copies:
            return
        limit = int(self.weights.postings_per_shingle)
        known = self.postings.keys() & shingles
        self.postings.update(dict.fromkeys(shingles - known, (position,)))
        for shingle in known:
            if len(self.postings[shingle]) < limit:
                self.postings[shingle] += (position,)

    def groups(self) -> tuple[OriginGroup, ...]:
        """Return the origins found."""
        members: defaultdict[str, list[int]] = defaultdict(list)
        for position, key in enumerate(self.keys):
            members[key].append(position)
        return tuple(self._group(key, members[key]) for key in sorted(members))

    def _group(self, key: str, positions: list[int]) -> OriginGroup:
        firsts = [position for position in positions if position not in self.copies]
        source = self.told[(firsts or positions)[0]].origin
        copies = tuple(
            Copy(self.told[position].id, self.told[self.copies[position][0]].id, self.copies[position][1])
            for position in positions
            if position in self.copies
        )
        return OriginGroup(key, source.name, source, tuple(self.told[position].id for position in firsts), copies)


def _is_narrated(statement: Statement) -> bool:
    return statement.origin.kind == "outlet" and len(statement.sources) == 1
