"""Folding, article after article: which statements copy an earlier one, and under which origin each is counted.

`Folder` has two operations. `read` decides an article and makes it known to later ones; `recall` makes an earlier
article known that was decided before. Read in order, or with only those recalled that share something with what is
read, an article comes out the same: nothing else of what came before can matter to it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from mene.picture.shingles import Shingles, keep_shared
from mene.picture.weights import Weights

TOLD_AGAIN = "same event, told by the same origin"
"""Why a statement is folded that is a copy neither by its wording nor by its article."""

RETOLD = "same event, in a rewriting of the earlier article"
"""Why a statement is folded that tells, in other words, what the article tells that its own rewrites."""


class Happened(NamedTuple):
    """What an event tells: type, place and modality as one number, and the day; `dated` where it is its own."""

    kind: int
    day: int
    dated: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A statement, as far as folding needs it: its origin before any fold, and what it tells."""

    id: str
    key: str
    is_narrated: bool
    is_named: bool
    happened: tuple[Happened, ...]

    @property
    def is_foldable(self) -> bool:
        """Whether another's wording can make it a copy; a named speaker keeps what others also say."""
        return self.is_narrated or not self.is_named


@dataclass(frozen=True, slots=True)
class Page:
    """An article's statements in order, their shingles, its outlet, and the outlets that it names as its source."""

    article_id: str
    day: date
    outlet: str
    relays: tuple[str, ...]
    said: tuple[Said, ...]
    shingles: tuple[Shingles, ...]


class Folded(NamedTuple):
    """How a statement is folded: the origin it is counted under, and the statement that it copies, with the reason."""

    origin: str
    copy_of: str | None = None
    reason: str | None = None


class _Earlier(NamedTuple):
    """A statement read before."""

    id: str
    article_id: str
    folded: Folded


@dataclass(slots=True)
class Folder:
    """The statements read so far, indexed by shingle and by what they tell; they are known by their position.

    `shared` are the shingles that stand in more than one statement; no other is looked at.
    """

    weights: Weights
    shared: Shingles
    _told: list[_Earlier] = field(default_factory=list)
    _postings: dict[int, tuple[int, ...]] = field(default_factory=dict)
    _by_happening: dict[tuple[str, int, int], int] = field(default_factory=dict)

    def read(self, page: Page) -> tuple[Folded, ...]:
        """Return how each statement of an article is folded, and make them known to later articles."""
        kept = [keep_shared(found, self.shared) for found in page.shingles]
        overlaps = [self._overlap(shingles) for shingles in kept]
        sizes = [len(found) for found in page.shingles]
        rewritten = self._find_rewritten(page, sizes, overlaps)
        folds = tuple(
            self._resolve(one, page.article_id, size, overlap, rewritten)
            for one, size, overlap in zip(page.said, sizes, overlaps, strict=True)
        )
        self._add(page, folds, kept)
        return folds

    def recall(self, page: Page, folds: Sequence[Folded]) -> None:
        """Make an article known that was folded before; later ones find it as if it had just been read."""
        self._add(page, folds, [keep_shared(found, self.shared) for found in page.shingles])

    def _overlap(self, shingles: Sequence[int]) -> dict[int, int]:
        """Return how many of some shingles each earlier statement has, by its position."""
        shared: dict[int, int] = {}
        for one in shingles:
            for position in self._postings.get(one, ()):
                shared[position] = shared.get(position, 0) + 1
        return shared

    def _find_rewritten(self, page: Page, sizes: Sequence[int], overlaps: Sequence[Mapping[int, int]]) -> str | None:
        """Return the earlier article that this one rewrites; quotations, which anyone may print, do not count."""
        total, shared = 0, Counter[str]()
        for one, size, overlap in zip(page.said, sizes, overlaps, strict=True):
            if one.is_narrated:
                total += size
                best: dict[str, int] = {}
                for position, count in overlap.items():
                    earlier = self._told[position].article_id
                    best[earlier] = max(best.get(earlier, 0), count)
                shared.update(best)
        if not shared:
            return None
        earlier, count = min(shared.items(), key=lambda item: (-item[1], item[0]))
        enough = count >= self.weights.article_min_shared and count >= self.weights.article_containment * total
        return earlier if enough else None

    def _resolve(
        self, one: Said, article_id: str, size: int, overlap: Mapping[int, int], rewritten: str | None
    ) -> Folded:
        """Return the origin of a statement and what it copies, with the reason."""
        worded = self._find_same_wording(article_id, size, overlap, None if one.is_foldable else one.key)
        if worded:
            position, share = worded
            return self._fold_under(position, self._told[position].folded.origin, f"wording, {share:.0%} of it")
        if rewritten and one.is_narrated and (found := self._look_up(_place_in(rewritten), one)):
            return self._fold_under(found[0], self._told[found[0]].folded.origin, RETOLD)
        if found := [at for at in self._look_up(one.key, one) if self._told[at].article_id != article_id]:
            return self._fold_under(found[0], one.key, TOLD_AGAIN)
        return Folded(one.key)

    def _find_same_wording(
        self, article_id: str, size: int, overlap: Mapping[int, int], key: str | None
    ) -> tuple[int, float] | None:
        """Return the earliest statement whose wording this one repeats and how much; of origin `key` where given."""
        if size < self.weights.copy_min_shingles:
            return None
        least = self.weights.copy_containment * size
        fits = [
            (-count, position)
            for position, count in overlap.items()
            if count >= least
            and (key is None or self._told[position].folded.origin == key)
            and self._told[position].article_id != article_id
        ]
        if not fits:
            return None
        count, position = min(fits)
        return position, min(1.0, -count / size)

    def _look_up(self, key: str, one: Said) -> list[int]:
        """Return who first told, under a key, what a statement tells: who told most of it before who told less."""
        shared: dict[int, int] = {}
        for kind, day in look_ups(one, self.weights):
            at = self._by_happening.get((key, kind, day))
            if at is not None:
                shared[at] = shared.get(at, 0) + 1
        return sorted(shared, key=lambda at: (-shared[at], at))

    def _fold_under(self, position: int, origin: str, reason: str) -> Folded:
        """Return a fold under a statement, or under the first that this copies itself."""
        earlier = self._told[position]
        return Folded(origin, earlier.folded.copy_of or earlier.id, reason)

    def _add(self, page: Page, folds: Sequence[Folded], kept: Sequence[Sequence[int]]) -> None:
        limit = int(self.weights.postings_per_shingle)
        for one, folded, shingles in zip(page.said, folds, kept, strict=True):
            position = len(self._told)
            self._told.append(_Earlier(one.id, page.article_id, folded))
            for happened in one.happened:
                self._by_happening.setdefault((folded.origin, happened.kind, happened.day), position)
                if one.is_narrated:
                    self._by_happening.setdefault((_place_in(page.article_id), happened.kind, happened.day), position)
            if folded.copy_of is None:
                for shingle in shingles:
                    known = self._postings.get(shingle, ())
                    if len(known) < limit:
                        self._postings[shingle] = (*known, position)


def _place_in(article_id: str) -> str:
    return f"in:{article_id}"


def look_ups(one: Said, weights: Weights) -> Iterator[tuple[int, int]]:
    """Yield the kind and day of all that would make an earlier statement the same as this one.

    Told without a day, it is the same as what was told up to `window_same_telling` days before.
    """
    window = int(weights.window_same_telling)
    for happened in one.happened:
        for back in range(1 if happened.dated else window + 1):
            yield happened.kind, happened.day - back
