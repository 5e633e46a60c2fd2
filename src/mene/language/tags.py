"""Rows of tags in which no span goes on that has not begun.

0 is outside, odd tags begin a span and the even one after each continues it. A tagger judges each word apart; of all
rows that are possible the likeliest is taken (Viterbi 1967), not the likeliest tag of each word.
"""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

_IMPOSSIBLE = -1e9

Table = NDArray[Any]


def best_tags(scores: Table) -> list[int]:
    """Return the best possible row of tags [W] by log-probabilities [W, tags].

    >>> best_tags(np.log([[0.6, 0.3, 0.1], [0.2, 0.1, 0.7]]))
    [1, 2]
    """
    likeliest: list[int] = scores.argmax(-1).tolist()
    return likeliest if is_possible(likeliest) else _viterbi(scores)


def is_possible(tags: Sequence[int]) -> bool:
    """Tell whether every span of a row of tags has begun.

    >>> is_possible([0, 1, 2, 2]), is_possible([0, 2])
    (True, False)
    """
    return all(tag % 2 or not tag or tag - before in (0, 1) for before, tag in pairwise((0, *tags)))


def _viterbi(scores: Table) -> list[int]:
    best, came_from = scores[0].copy(), list[Table]()
    best[2::2] = _IMPOSSIBLE
    begun = np.arange(1, scores.shape[1], 2)
    for row in scores[1:]:
        before = np.full(len(row), best.argmax())
        before[2::2] = np.where(best[1::2] >= best[2::2], begun, begun + 1)
        best = best[before] + row
        came_from.append(before)
    tags = [int(best.argmax())]
    for before in reversed(came_from):
        tags.append(int(before[tags[-1]]))
    return tags[::-1]
