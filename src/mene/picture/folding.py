"""Folding, article after article: which statements copy an earlier one, and under which origin each is counted.

`Folder` has two operations. `read` decides an article and makes it known to later ones; `recall` makes an earlier
article known that was decided before. Read in order, or with only those recalled that share something with what is
read, an article comes out the same: nothing else of what came before can matter to it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from mene.picture.shingles import Shingles, keep_shared
from mene.picture.weights import Weights

TOLD_AGAIN = "same event, told by the same origin"
"""Why a statement is folded that is a copy neither by its wording nor by its article."""

PASSED_ON = "same event, told by the outlet that it names"
"""Why a statement is folded that has from another outlet what that outlet's own article tells."""

NAMELESS = "unnamed:"
"""How the key of a source without a name begins; its description follows, and "@" with the outlet it spoke to."""

RETOLD = "same event, in a rewriting of the earlier article"
"""Why a statement is folded that tells, in other words, what the article tells that its own rewrites."""


class Happened(NamedTuple):
    """What an event tells: type, place and modality as one number, and the day; `dated` where it is its own."""

    kind: int
    day: int
    dated: bool


@dataclass(frozen=True, slots=True)
class Said:
    """A statement, as far as folding needs it: its origin before any fold, and what it tells.

    `through` is the outlet that has told it before, "" where there is none. `voice` stands for a speaker without a
    name: the outlet spoken to, and the day by which it was. `about` are type and place of what is told, with the day of
    the telling: by them an outlet's own article is found that this one tells of.
    """

    id: str
    key: str
    is_narrated: bool
    is_named: bool
    happened: tuple[Happened, ...]
    through: str = ""
    voice: Happened | None = None
    about: tuple[Happened, ...] = ()

    @property
    def is_foldable(self) -> bool:
        """Whether another's wording can make it a copy; a named speaker keeps what others also say."""
        return self.is_narrated or not self.is_named

    @property
    def traces(self) -> tuple[Happened, ...]:
        """All by which a later statement may find this one, besides its wording."""
        return (*self.happened, *self.about, *([] if self.voice is None else [self.voice]))


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
    _voices: dict[tuple[int, int], list[int]] = field(default_factory=dict)

    def read(self, page: Page) -> tuple[Folded, ...]:
        """Return how each statement of an article is folded, and make them known to later articles."""
        kept = [keep_shared(found, self.shared) for found in page.shingles]
        overlaps = [self._overlap(shingles) for shingles in kept]
        sizes = [len(found) for found in page.shingles]
        rewritten = self._find_rewritten(page, sizes, overlaps)
        folds = tuple(
            self._resolve(one, page, size, overlap, rewritten)
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

    def _resolve(self, one: Said, page: Page, size: int, overlap: Mapping[int, int], rewritten: str | None) -> Folded:
        """Return the origin of a statement and what it copies, with the reason."""
        worded = self._find_same_wording(page.article_id, size, overlap, None if one.is_foldable else one.key)
        if worded:
            position, share = worded
            return self._fold_under(position, self._told[position].folded.origin, f"wording, {share:.0%} of it")
        if rewritten and one.is_narrated:
            found = self._look_up(_place_in(rewritten), one.happened) or self._find_reworded(rewritten, size, overlap)
            if found:
                return self._fold_under(found[0], self._told[found[0]].folded.origin, RETOLD)
        teller = _told_by(one.through, nameless=one.voice is not None)
        if (
            one.through
            and one.is_foldable
            and (
                found := self._look_up_elsewhere(teller, one.happened, page)
                or self._look_up_elsewhere(teller, one.about, page)
            )
        ):
            return self._fold_under(found[0], self._told[found[0]].folded.origin, PASSED_ON)
        if one.voice is not None and one.through and (found := self._find_told_to(one, page, size, overlap)):
            return self._fold_under(found[0], self._told[found[0]].folded.origin, PASSED_ON)
        key = self._find_voice(one, page, overlap)
        if found := self._look_up_elsewhere(key, one.happened, page):
            return self._fold_under(found[0], key, TOLD_AGAIN)
        return Folded(key)

    def _find_reworded(self, rewritten: str, size: int, overlap: Mapping[int, int]) -> list[int]:
        """Return the statement of the rewritten article that shares most wording with one, where that is enough."""
        least = max(1.0, self.weights.article_containment * size)
        shared = [
            (-count, at) for at, count in overlap.items() if count >= least and self._told[at].article_id == rewritten
        ]
        return [min(shared)[1]] if shared else []

    def _find_told_to(self, one: Said, page: Page, size: int, overlap: Mapping[int, int]) -> list[int]:
        """Return what a speaker without a name told the same outlet, where this shares enough of the wording."""
        least = max(1.0, self.weights.article_containment * size)
        spoken = (
            at for at, count in overlap.items() if count >= least and self._told[at].article_id != page.article_id
        )
        suffix = f"@{one.through}"
        alike = [(-overlap[at], at) for at in spoken if _is_nameless_at(self._told[at].folded.origin, suffix)]
        return [min(alike)[1]] if alike else []

    def _find_voice(self, one: Said, page: Page, overlap: Mapping[int, int]) -> str:
        """Return the key of a speaker: of one that another outlet was told by, as that outlet describes it.

        One description must say all that the other says. Of several such speakers it is the one who has said something
        in the same words, then the one described most alike; where that leaves more than one, it may be anybody.
        """
        if one.voice is None or not one.through or one.through == page.outlet:
            return one.key
        days = range(one.voice.day, one.voice.day - int(self.weights.window_same_telling) - 1, -1)
        heard = [at for day in days for at in self._voices.get((one.voice.kind, day), ())]
        alike = [at for at in heard if _is_same_voice(self._told[at].folded.origin, one.key)]
        worded = [at for at in alike if at in overlap] or alike
        most = max((_words_shared(self._told[at].folded.origin, one.key) for at in worded), default=0)
        keys = {
            self._told[at].folded.origin
            for at in worded
            if _words_shared(self._told[at].folded.origin, one.key) == most
        }
        return keys.pop() if len(keys) == 1 else one.key

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

    def _look_up(self, key: str, told: Iterable[Happened]) -> list[int]:
        """Return who first told, under a key, what a statement tells: who told most of it before who told less."""
        shared: dict[int, int] = {}
        for kind, day in _days_told(told, self.weights):
            at = self._by_happening.get((key, kind, day))
            if at is not None:
                shared[at] = shared.get(at, 0) + 1
        return sorted(shared, key=lambda at: (-shared[at], at))

    def _look_up_elsewhere(self, key: str, told: Iterable[Happened], page: Page) -> list[int]:
        return [at for at in self._look_up(key, told) if self._told[at].article_id != page.article_id]

    def _fold_under(self, position: int, origin: str, reason: str) -> Folded:
        """Return a fold under a statement, or under the first that this copies itself."""
        earlier = self._told[position]
        return Folded(origin, earlier.folded.copy_of or earlier.id, reason)

    def _add(self, page: Page, folds: Sequence[Folded], kept: Sequence[Sequence[int]]) -> None:
        limit = int(self.weights.postings_per_shingle)
        for one, folded, shingles in zip(page.said, folds, kept, strict=True):
            position = len(self._told)
            self._told.append(_Earlier(one.id, page.article_id, folded))
            for happened in one.traces:
                self._by_happening.setdefault((folded.origin, happened.kind, happened.day), position)
                self._by_happening.setdefault((_told_by(page.outlet), happened.kind, happened.day), position)
                if folded.origin.startswith(NAMELESS):
                    nameless = _told_by(page.outlet, nameless=True)
                    self._by_happening.setdefault((nameless, happened.kind, happened.day), position)
                    self._voices.setdefault((happened.kind, happened.day), []).append(position)
                if one.is_narrated:
                    self._by_happening.setdefault((_place_in(page.article_id), happened.kind, happened.day), position)
            if folded.copy_of is None:
                for shingle in shingles:
                    known = self._postings.get(shingle, ())
                    if len(known) < limit:
                        self._postings[shingle] = (*known, position)


def _place_in(article_id: str) -> str:
    return f"in:{article_id}"


def _told_by(outlet: str, *, nameless: bool = False) -> str:
    return f"{'nameless ' if nameless else ''}by:{outlet}"


def _is_nameless_at(key: str, suffix: str) -> bool:
    return key.startswith(NAMELESS) and key.endswith(suffix)


def _words_shared(one: str, other: str) -> int:
    return len(_called(one) & _called(other))


def _called(key: str) -> set[str]:
    return set(key.removeprefix(NAMELESS).rpartition("@")[0].split())


def _is_same_voice(one: str, other: str) -> bool:
    """Return whether two keys may be of one speaker without a name: what one is called, the other is called too.

    >>> _is_same_voice("unnamed:senior security official@post", "unnamed:senior sudanese security official@post")
    True
    >>> _is_same_voice("unnamed:two officials@post", "unnamed:official@post")
    False
    """
    words, others = _called(one), _called(other)
    same_outlet = one.rpartition("@")[2] == other.rpartition("@")[2]
    return same_outlet and bool(words and others) and (words <= others or others <= words)


def look_ups(one: Said, weights: Weights) -> Iterator[tuple[int, int]]:
    """Yield the kind and day of all by which an earlier statement can matter to this one."""
    return _days_told(one.traces, weights)


def _days_told(told: Iterable[Happened], weights: Weights) -> Iterator[tuple[int, int]]:
    """Yield the kind and day of all that would be the same as what is told.

    Told without a day, it is the same as what was told up to `window_same_telling` days before.
    """
    window = int(weights.window_same_telling)
    for happened in told:
        for back in range(1 if happened.dated else window + 1):
            yield happened.kind, happened.day - back
