"""Of what type is what one party does to another, the two given: the reader's view and that of the words, multiplied.

The reader mixes the types that it sees in all words, each weighed by how much it looks like an event between the two.
The words' view is a linear model of the lemmas, with marks in the place of the two parties, of the way through the tree
from one to the other, and of the types that the codebook's lexicon gives the words; it was fitted by
`python -m training.pairs`. Each errs where the other does not, so that their product is surer than either.

`pair_weights.npz` holds no text: `features` are CRC-32 sums of the features' names, in rising order, with the inverse
document frequency and the weights [features, roots] of each.
"""

import zlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log, sqrt
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mene.codebook import Codebook
from mene.vocabulary import EVENT_TYPES, EventType

ROOT_OF: Mapping[EventType, str] = {
    **{kind: kind for kind in EVENT_TYPES},
    "CONCEDE": "YIELD",
    "RETREAT": "YIELD",
    "SEIZE": "ASSAULT",
}
"""The type's root in PLV, which has one for CONCEDE and RETREAT, and one for ASSAULT and SEIZE."""

ROOTS: tuple[str, ...] = tuple(sorted(set(ROOT_OF.values())))
"""The roots in the order of the weights."""

SOURCE, TARGET = "<source>", "<target>"
LONGEST_RUN = 3
"""Lemmas of so many words in a row are features, with all shorter ones."""

WEIGHTS = Path(__file__).with_name("pair_weights.npz")
_READ_AS = {"PROPN": "NOUN", "ADJ": "VERB", "AUX": "VERB"}

Table = NDArray[Any]
Features = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Parsed:
    """A sentence's words as lemmas in lower case with their part of speech, head (-1 the root) and relation."""

    lemmas: Sequence[str]
    upos: Sequence[str]
    heads: Sequence[int]
    relations: Sequence[str]


@dataclass(frozen=True, slots=True)
class PairWeights:
    """The linear model: the row of each feature by its name's sum, `idf` [rows] and `table` [rows, roots]."""

    rows: Mapping[int, int]
    idf: Table
    table: Table
    bias: Table


@cache
def load_pair_weights(path: Path = WEIGHTS) -> PairWeights:
    """Return the weights that were fitted."""
    with np.load(path) as read:
        rows = {number: row for row, number in enumerate(read["features"].tolist())}
        return PairWeights(rows, read["idf"].astype(float), read["table"].astype(float), read["bias"].astype(float))


def root_chances(features: Features, weights: PairWeights) -> Table:
    """Return the probability of each of `ROOTS` by the words: the softmax of the linear model."""
    rows, values = weigh_features(features, weights.rows, weights.idf)
    scores = weights.bias + (values[:, None] * weights.table[rows]).sum(0)
    shifted = np.exp(scores - scores.max())
    chances: Table = shifted / shifted.sum()
    return chances


def weigh_features(features: Features, rows: Mapping[int, int], idf: Table) -> tuple[list[int], Table]:
    """Return the rows of the known features with their TF-IDF values, of unit length."""
    known = {row: count for name, count in features.items() if (row := rows.get(name_sum(name))) is not None}
    values = np.array([(1.0 + log(count)) * idf[row] for row, count in known.items()])
    return list(known), values / (sqrt(float((values**2).sum())) or 1.0)


def name_sum(name: str) -> int:
    """Return the number by which a feature is known."""
    return zlib.crc32(name.encode())


def mix(by_reader: Mapping[EventType, float], by_words: Sequence[float]) -> dict[EventType, float]:
    """Return the product of both views, summing to one; of types with one root the reader alone tells.

    >>> chances = mix({"AID": 0.5, "RETREAT": 0.4, "CONCEDE": 0.1}, [1.0 if r == "YIELD" else 0.5 for r in ROOTS])
    >>> {kind: round(chance, 3) for kind, chance in chances.items()}
    {'AID': 0.333, 'RETREAT': 0.533, 'CONCEDE': 0.133}
    """
    root = dict(zip(ROOTS, by_words, strict=True))
    both = {kind: chance * root[ROOT_OF[kind]] for kind, chance in by_reader.items()}
    total = sum(both.values()) or 1.0
    return {kind: chance / total for kind, chance in both.items()}


def pair_features(words: Parsed, source: Sequence[int], target: Sequence[int], codebook: Codebook) -> Counter[str]:
    """Return the features of a pair, counted; `source` and `target` are the words of either party."""
    found = Counter(_runs(words, source, target))
    up, down = _way(words, source), _way(words, target)
    meeting = next((word for word in up if word in down), None)
    over = frozenset[int]()
    if meeting is not None:
        up, down = up[: up.index(meeting) + 1], down[: down.index(meeting) + 1]
        over = frozenset((*up, *down))
        found.update(_way_features(words, up, down))
    governor = up[1] if len(up) > 1 else None
    parties = {*source, *target}
    for word in range(len(words.lemmas)):
        if word not in parties:
            for kind in _lexicon_types(words, word, codebook):
                found[f"lexicon {kind}"] = 1
                if word in over:
                    found[f"lexicon on the way {kind}"] = 1
                if word == governor:
                    found[f"lexicon over source {kind}"] = 1
    return found


def _runs(words: Parsed, source: Sequence[int], target: Sequence[int]) -> Iterator[str]:
    """Yield the lemmas of up to `LONGEST_RUN` words in a row, a mark in the place of either party."""
    marked: list[str] = []
    for word, lemma in enumerate(words.lemmas):
        mark = SOURCE if word in source else TARGET if word in target else None
        if mark is None:
            marked.append(lemma)
        elif word == 0 or mark != (SOURCE if word - 1 in source else TARGET if word - 1 in target else None):
            marked.append(mark)
    for size in range(1, LONGEST_RUN + 1):
        yield from ("words " + " ".join(marked[at : at + size]) for at in range(len(marked) - size + 1))


def _way(words: Parsed, party: Sequence[int]) -> list[int]:
    """Return the top word of a party and all the words above it."""
    inside = set(party)
    way = [next((word for word in party if words.heads[word] not in inside), party[-1])]
    while (head := words.heads[way[-1]]) >= 0 and head not in way:
        way.append(head)
    return way


def _way_features(words: Parsed, up: Sequence[int], down: Sequence[int]) -> Iterator[str]:
    """Yield what the way from the source up to where it meets the target's, and down to that, is made of."""
    above, below = [words.lemmas[w] for w in up[1:]], [words.lemmas[w] for w in down[1:-1]]
    rising, falling = ([words.relations[w] for w in part[:-1]] for part in (up, down))
    yield f"meeting {words.lemmas[up[-1]]}"
    yield f"way {'/'.join(above)}|{'/'.join(below)}"
    yield f"relations {'/'.join(rising)}|{'/'.join(falling)}"
    yield from (f"on the way {lemma}" for lemma in (*above, *below))
    if rising:
        yield f"source {rising[0]} of {above[0]}"
    if falling:
        yield f"target {falling[0]} of {words.lemmas[down[1]]}"


def _lexicon_types(words: Parsed, word: int, codebook: Codebook) -> frozenset[EventType]:
    """Return the types that the lexicon gives a word, by entries all of whose words stand in the sentence."""
    entries = codebook.event_entries(words.lemmas[word], _READ_AS.get(words.upos[word], words.upos[word]))
    return frozenset(e.type for e in entries if all(part in words.lemmas for part in e.phrase.split()))
