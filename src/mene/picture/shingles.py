"""Texts as sets of shingles: every run of some words, each run as one 64-bit number that is the same on any machine.

Broder's shingles (On the resemblance and containment of documents, 1997), kept whole and not sampled: a statement has
about ten of them, too few to estimate a share from a sample.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from itertools import chain

import numpy as np
import numpy.typing as npt

Shingles = npt.NDArray[np.int64]

_WORDS = re.compile(r"\w+")
_FACTOR = np.int64(0x2545F4914F6CDD1D)  # odd, so that no word is lost when runs are multiplied up


@lru_cache(maxsize=2**18)
def hash_text(text: str) -> int:
    """Return a text as a signed 64-bit number: the first eight bytes of its BLAKE2b.

    >>> hash_text("hama") == hash_text("hama"), -(2**63) <= hash_text("hama") < 2**63
    (True, True)
    """
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True)


def shingle(texts: Iterable[str], width: int) -> list[Shingles]:
    """Return the shingles of each text, sorted and each once: of `width` words in a row, case and punctuation apart.

    >>> [len(found) for found in shingle(["Rebels took Hama on Thursday night.", "Rebels took Hama."], 5)]
    [2, 0]
    """
    worded = [_WORDS.findall(text.casefold()) for text in texts]
    flat = np.fromiter(map(hash_text, chain.from_iterable(worded)), np.int64)
    runs = max(0, len(flat) - width + 1)
    rolled = np.zeros(runs, np.int64)
    for step in range(width if runs else 0):
        rolled = rolled * _FACTOR + flat[step : step + runs]
    found, start = [], 0
    for words in worded:
        found.append(_sort_once(rolled[start : start + max(0, len(words) - width + 1)]))
        start += len(words)
    return found


def _sort_once(values: Shingles) -> Shingles:
    """Return values sorted and each once, as `np.unique` does, which takes several times as long over so few."""
    ordered = np.sort(values)
    is_first = np.ones(len(ordered), np.bool_)
    is_first[1:] = ordered[1:] != ordered[:-1]
    return ordered[is_first]


def find_shared(found: Sequence[Shingles]) -> Shingles:
    """Return the shingles, sorted, that stand in more than one of the sets: no other can tell of a copy."""
    if not found:
        return np.empty(0, np.int64)
    flat = np.sort(np.concatenate(found))
    return np.unique(flat[1:][flat[1:] == flat[:-1]])


def keep_shared(found: Shingles, shared: Shingles) -> list[int]:
    """Return those of a statement's shingles that are among `shared`, as plain numbers."""
    if not len(shared) or not len(found):
        return []
    at = np.searchsorted(shared, found)
    at[at == len(shared)] = 0
    kept: list[int] = found[shared[at] == found].tolist()
    return kept
