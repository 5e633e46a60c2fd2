"""Rows of tags in which no span goes on that has not begun.

0 is outside, odd tags begin a span and the even one after each continues it. A tagger judges each word apart; of all
rows that are possible the likeliest is taken (Viterbi 1967), not the likeliest tag of each word.
"""

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
    tags = scores.argmax(-1)
    before = np.concatenate([[0], tags[:-1]])
    goes_on = (tags > 0) & (tags % 2 == 0)
    if not (goes_on & (before != tags) & (before != tags - 1)).any():
        likeliest: list[int] = tags.tolist()
        return likeliest
    return _viterbi(scores)


def _viterbi(scores: Table) -> list[int]:
    follows = np.zeros((scores.shape[1], scores.shape[1]))
    for tag in range(2, scores.shape[1], 2):
        follows[:, tag] = _IMPOSSIBLE
        follows[[tag - 1, tag], tag] = 0.0
    best, came_from = scores[0].copy(), list[Table]()
    best[2::2] = _IMPOSSIBLE
    for row in scores[1:]:
        ways = best[:, None] + follows
        came_from.append(ways.argmax(0))
        best = ways.max(0) + row
    tags = [int(best.argmax())]
    for before in reversed(came_from):
        tags.append(int(before[tags[-1]]))
    return tags[::-1]
