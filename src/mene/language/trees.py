"""Dependency trees from arc scores: greedy where that is a tree already, else the maximum spanning arborescence."""

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Heads = NDArray[np.int64]


def find_heads(arcs: Scores, lengths: NDArray[np.int64]) -> Heads:
    """Return heads [B, W] (0 is the root, word i is i + 1) from arc scores [B, W, W + 1], one root each."""
    heads: Heads = arcs.argmax(-1)
    for row in np.flatnonzero(~are_trees(heads, lengths)):
        n = int(lengths[row])
        heads[row, :n] = best_tree(arcs[row, :n, : n + 1])
    return heads


def are_trees(heads: Heads, lengths: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell for each row whether its first `lengths` heads form a tree with one root."""
    size, width = heads.shape
    inside = np.arange(width) < lengths[:, None]
    single = ((heads == 0) & inside).sum(1) == 1
    up = np.concatenate([np.zeros((size, 1), np.int64), np.where(inside, heads, 0)], 1)
    for _ in range(max(1, int(np.ceil(np.log2(width + 1))))):
        up = np.take_along_axis(up, up, 1)
    tied: NDArray[np.bool_] = single & (up == 0).all(1)
    return tied


def best_tree(scores: Scores) -> Heads:
    """Return the best tree's heads [n] from scores [n, n + 1], with exactly one root (Chu-Liu/Edmonds).

    Of all words, the one is the root whose tree scores best, tried in the order of its own root score: three suffice
    in practice, since a word that is hardly ever the root does not become it by repair.
    """
    n = scores.shape[0]
    best, best_score = np.zeros(n, np.int64), -np.inf
    for root in np.argsort(-scores[:, 0], kind="stable")[:3]:
        square = np.full((n + 1, n + 1), -np.inf)
        square[1:, 1:] = scores[:, 1:]
        square[root + 1, :] = -np.inf
        square[root + 1, 0] = scores[root, 0]
        np.fill_diagonal(square, -np.inf)
        heads = _arborescence(square)
        total = float(square[np.arange(1, n + 1), heads[1:]].sum())
        if total > best_score:
            best, best_score = heads[1:], total
    return best


def _arborescence(scores: NDArray[np.float64]) -> Heads:
    """Return heads of the maximum arborescence rooted at 0 of a dense score matrix [dependent, head]."""
    n = scores.shape[0]
    heads = np.zeros(n, np.int64)
    heads[1:] = scores[1:].argmax(1)
    cycle = _find_cycle(heads)
    if cycle is None:
        return heads
    inside = np.zeros(n, bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    kept = scores[cycle, heads[cycle]]
    entering = scores[np.ix_(cycle, outside)] - kept[:, None]
    entry = entering.argmax(0)
    leaving = scores[np.ix_(outside, cycle)]
    leave = leaving.argmax(1)
    m = len(outside)
    smaller = np.full((m + 1, m + 1), -np.inf)
    smaller[:m, :m] = scores[np.ix_(outside, outside)]
    smaller[m, :m] = entering.max(0)
    smaller[:m, m] = leaving.max(1)
    solved = _arborescence(smaller)
    for i in range(1, m):
        heads[outside[i]] = cycle[leave[i]] if solved[i] == m else outside[solved[i]]
    broken = cycle[entry[solved[m]]]
    heads[broken] = outside[solved[m]]
    return heads


def _find_cycle(heads: Heads) -> Heads | None:
    colour = [0] * len(heads)
    for start in range(1, len(heads)):
        node, path = start, []
        while node and not colour[node]:
            colour[node] = start
            path.append(node)
            node = int(heads[node])
        if node and colour[node] == start and node in path:
            return np.array(path[path.index(node) :])
    return None


def find_subtree(heads: list[int], token: int, without: int | None = None) -> tuple[int, int]:
    """Return the first and last word of the run around `token` that its subtree covers.

    `heads` are 0-based with -1 for the root. With `without`, the branch that holds that word is left out: the subtree
    of "man" in "the man who left" without "left" is "the man".
    """
    n = len(heads)
    below: list[list[int]] = [[] for _ in range(n)]
    for word, head in enumerate(heads):
        if head >= 0 and word != without:
            below[head].append(word)
    inside = [False] * n
    waiting = [token]
    while waiting:
        word = waiting.pop()
        if not inside[word]:
            inside[word] = True
            waiting += below[word]
    first = last = token
    while first > 0 and inside[first - 1]:
        first -= 1
    while last < n - 1 and inside[last + 1]:
        last += 1
    return first, last
