"""Which words name who acts and on whom, by CoPED's conventions: the reader's tags and the words' view, joined.

The words' view is a linear model of each word's tag, of the word, its neighbours, and above all of its phrase: what the
phrase is to its governor in the tree, by which preposition, what the lexicon says that the governor is, and which of
PropBank's roles it has. It was fitted by `python -m training.parties`. The log-probabilities of both views are added
and the best row of tags is taken in which no span goes on that has not begun.

`party_weights.npz` holds no text: `features` are CRC-32 sums of the features' names, in rising order, with the weights
[features, tags] of each.
"""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from mene.codebook import Codebook, lemmatise
from mene.language.tags import best_tags
from mene.records import Role, Span

LABELS = ("S", "T", "R")
"""Source, target, and what is both."""

TAGS = 2 * len(LABELS) + 1
"""0 is outside; odd tags begin a span and even ones continue it."""

SHARE_OF_WORDS = 0.75
"""What the words' view counts beside the reader's, in log-probabilities."""

MOST_EASED = 8
"""So often the log-probability of being outside is lessened by 1 where a sentence is known to tell of two parties."""

WEIGHTS = Path(__file__).with_name("party_weights.npz")
_READ_AS = {"PROPN": "NOUN", "ADJ": "VERB", "AUX": "VERB"}
_WITHIN = frozenset(
    "det amod compound nmod nmod:poss nmod:npmod nmod:tmod flat appos nummod case cc punct acl acl:relcl".split()
)
"""Relations within a phrase: the words that hang so belong to the phrase of their head."""

_FARTHEST = 4

Table = NDArray[Any]


class Parse(Protocol):
    """What the features need of a sentence's reading."""

    @property
    def upos(self) -> Sequence[str]: ...
    @property
    def heads(self) -> Sequence[int]: ...
    @property
    def relations(self) -> Sequence[str]: ...
    @property
    def names(self) -> Sequence[Span]: ...
    @property
    def sources(self) -> Sequence[Span]: ...
    @property
    def contents(self) -> Sequence[Span]: ...
    @property
    def roles(self) -> Sequence[Role]: ...


@dataclass(frozen=True, slots=True)
class PartyWeights:
    """The linear model: the row of each feature by its name's sum, `table` [rows, tags] and `bias` [tags]."""

    rows: Mapping[int, int]
    table: Table
    bias: Table


@cache
def load_party_weights(path: Path = WEIGHTS) -> PartyWeights:
    """Return the weights that were fitted."""
    with np.load(path) as read:
        rows = {number: row for row, number in enumerate(read["features"].tolist())}
        return PartyWeights(rows, read["table"].astype(np.float32), read["bias"].astype(np.float32))


def find_parties(by_reader: Table, by_words: Table, *, paired: bool = False) -> tuple[Span, ...]:
    """Return the spans of the best row of tags by the log-probabilities [W, 7] of both views.

    With `paired` the sentence is known to tell of two parties: as long as no source or no target is seen, to be outside
    is made less and less likely. A span's score is the mean probability of its tags by the two views together.
    """
    scores = log_shares(log_shares(by_reader) + SHARE_OF_WORDS * by_words)
    eased, spans = scores.copy(), cut_spans(best_tags(scores), scores)
    for _ in range(MOST_EASED if paired else 0):
        labels = {span.label for span in spans}
        if labels >= {"S", "T"} or "R" in labels:
            break
        eased[:, 0] -= 1.0
        spans = cut_spans(best_tags(eased), scores)
    return spans


def log_shares(scores: Table) -> Table:
    """Return the logarithms of the softmax over the last axis."""
    scores = np.asarray(scores, np.float64)
    shares: Table = scores - np.logaddexp.reduce(scores, axis=-1, keepdims=True)
    return shares


def cut_spans(tags: Sequence[int], scores: Table) -> tuple[Span, ...]:
    """Return the spans of a row of tags, each with the mean probability of its tags."""
    starts = [word for word, tag in enumerate(tags) if tag % 2]
    spans = []
    for first in starts:
        last = first
        while last + 1 < len(tags) and tags[last + 1] == tags[first] + 1:
            last += 1
        chance = float(np.exp([scores[word][tags[word]] for word in range(first, last + 1)]).mean())
        spans.append(Span(LABELS[tags[first] // 2], first, last, round(chance, 3)))
    return tuple(spans)


def tag_scores(features: Sequence[Sequence[str]], weights: PartyWeights) -> Table:
    """Return the log-probability [W, tags] of each word's tag, from the names of its features."""
    scores = np.empty((len(features), len(weights.bias)))
    for word, names in enumerate(features):
        rows = [row for name in names if (row := weights.rows.get(name_sum(name))) is not None]
        scores[word] = weights.bias + weights.table[rows].sum(0)
    return log_shares(scores)


def name_sum(name: str) -> int:
    """Return the number by which a feature is known."""
    return zlib.crc32(name.encode())


def word_features(words: Sequence[str], parse: Parse, codebook: Codebook) -> list[list[str]]:
    """Return the names of each word's features."""
    sentence = _Sentence(words, parse, codebook)
    return [[*sentence.of_word(word), *sentence.of_phrase(word)] for word in range(len(words))]


class _Sentence:
    """A sentence with what its words' features are made of."""

    def __init__(self, words: Sequence[str], parse: Parse, codebook: Codebook) -> None:
        self.words = [word.lower() for word in words]
        self.capital = [word[:1].isupper() for word in words]
        self.parse = parse
        self.lemmas = [lemmatise(word, upos).lower() for word, upos in zip(words, parse.upos, strict=True)]
        self.tops = [self._top(word) for word in range(len(words))]
        self.names = ["-"] * len(words)
        for name in parse.names:
            self.names[name.first : name.last + 1] = [name.label] * (name.last + 1 - name.first)
        self.sources = {word for span in parse.sources for word in range(span.first, span.last + 1)}
        self.contents = {word for span in parse.contents for word in range(span.first, span.last + 1)}
        self.kinds = [self._kinds(word, codebook) for word in range(len(words))]
        self.roles: dict[int, list[Role]] = {}
        for role in parse.roles:
            for word in range(role.first, role.last + 1):
                self.roles.setdefault(word, []).append(role)

    def _top(self, word: int) -> int:
        """Return the head of the phrase that a word belongs to."""
        for _ in self.words:
            if self.parse.relations[word] not in _WITHIN or self.parse.heads[word] < 0:
                break
            word = self.parse.heads[word]
        return word

    def _depth(self, word: int) -> int:
        depth = 0
        while self.parse.heads[word] >= 0 and depth < _FARTHEST:
            word, depth = self.parse.heads[word], depth + 1
        return depth

    def _kinds(self, word: int, codebook: Codebook) -> list[str]:
        """Return the event types that the lexicon gives a word, by entries all of whose words stand in the sentence."""
        upos = self.parse.upos[word]
        entries = codebook.event_entries(self.lemmas[word], _READ_AS.get(upos, upos))
        return sorted({e.type for e in entries if all(part in self.lemmas for part in e.phrase.split())})

    def of_word(self, word: int) -> Iterator[str]:
        """Yield what a word is and what stands beside it."""
        upos, relations, last = self.parse.upos, self.parse.relations, len(self.words) - 1
        yield f"word {self.words[word]}"
        yield f"lemma {self.lemmas[word]}"
        yield f"upos {upos[word]}"
        yield f"relation {relations[word]}"
        yield f"name {self.names[word]}"
        yield f"capital {self.capital[word]}"
        yield f"place {min(word // 4, 6)}"
        for step in (-2, -1, 1, 2):
            if 0 <= word + step <= last:
                yield f"{step} word {self.words[word + step]}"
                yield f"{step} upos {upos[word + step]}"
                yield f"{step} name {self.names[word + step]}"
                yield f"{step} in phrase {self.tops[word + step] == self.tops[word]}"
        if word:
            yield f"upos {upos[word - 1]} {upos[word]}"
            yield f"relations {relations[word - 1]} {relations[word]}"
        if word < last:
            yield f"upos before {upos[word]} {upos[word + 1]}"
            yield f"relations before {relations[word]} {relations[word + 1]}"

    def of_phrase(self, word: int) -> Iterator[str]:
        """Yield what a word is to its phrase, and what that is to the sentence."""
        parse, top = self.parse, self.tops[word]
        governor, relation = parse.heads[top], parse.relations[top]
        above = self.lemmas[governor] if governor >= 0 else "-"
        kinds = self.kinds[governor] if governor >= 0 else []
        case = next(
            (self.lemmas[w] for w, h in enumerate(parse.heads) if h == top and parse.relations[w] == "case"), "-"
        )
        depth = self._depth(top)
        yield f"phrase {relation}"
        yield f"phrase {relation} at {depth}"
        yield f"phrase {relation} of {above}"
        yield f"phrase {relation} by {case}"
        yield f"phrase {relation} by {case} of {above}"
        yield f"phrase {relation} of kinds {' '.join(kinds)}"
        yield from (f"phrase {relation} by {case} of kind {kind}" for kind in kinds)
        yield f"phrase {relation} said {word in self.contents} at {depth}"
        yield f"phrase lemma {self.lemmas[top]}"
        yield f"source {word in self.sources}"
        yield f"side {word < top} {parse.relations[word]} {word == top}"
        yield f"first {word == 0 or self.tops[word - 1] != top}"
        yield f"last {word == len(self.words) - 1 or self.tops[word + 1] != top}"
        way, at = list[str](), word
        while at != top and len(way) <= _FARTHEST:
            way.append(parse.relations[at])
            at = parse.heads[at]
        yield f"way {'/'.join(way)}"
        yield f"way {'/'.join(way)} in {relation}"
        for role in self.roles.get(word, ()):
            yield f"role {role.label}"
            yield f"role {role.label} of root {parse.heads[role.predicate] < 0}"
            yield f"role {role.label} of {self.lemmas[role.predicate]}"
            yield from (f"role {role.label} of kind {kind}" for kind in self.kinds[role.predicate])
