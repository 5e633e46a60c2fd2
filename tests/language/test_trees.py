"""Trees from arc scores, and the words a subtree covers."""

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from mene.language.trees import are_trees, best_tree, find_heads, find_subtree


def is_tree(heads: tuple[int, ...]) -> bool:
    """Tell whether heads (0 the root) form a tree with one root, by walking up from every word."""
    if heads.count(0) != 1:
        return False
    for word in range(1, len(heads) + 1):
        seen = set()
        while word:
            if word in seen:
                return False
            seen.add(word)
            word = heads[word - 1]
    return True


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000))
def test_the_best_tree_is_the_best_of_all_trees(seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(3, 4)).astype(np.float32)
    every = [heads for heads in product(range(4), repeat=3) if is_tree(heads)]
    best = max(sum(float(scores[i, h]) for i, h in enumerate(heads)) for heads in every)
    found = best_tree(scores)
    assert is_tree(tuple(found.tolist()))
    assert abs(sum(float(scores[i, h]) for i, h in enumerate(found)) - best) < 1e-5


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 7), st.integers(0, 10_000))
def test_whatever_the_scores_every_word_has_a_head_in_a_tree(size: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(2, size, size + 1)).astype(np.float32)
    heads = find_heads(scores, np.array([size, size]))
    assert all(is_tree(tuple(row.tolist())) for row in heads)


def test_padding_does_not_change_a_tree() -> None:
    scores = np.random.default_rng(0).normal(size=(1, 6, 7)).astype(np.float32)
    short = find_heads(scores[:, :4, :5].copy(), np.array([4]))
    padded = np.full((1, 6, 7), -30.0, np.float32)
    padded[:, :4, :5] = scores[:, :4, :5]
    assert find_heads(padded, np.array([4]))[0, :4].tolist() == short[0].tolist()


def test_a_cycle_is_told_from_a_tree() -> None:
    heads = np.array([[2, 0, 2], [2, 1, 0]])
    assert are_trees(heads, np.array([3, 3])).tolist() == [True, False]


def test_greedy_heads_stand_where_they_are_a_tree() -> None:
    arcs = np.full((1, 2, 3), -5.0, np.float32)
    arcs[0, 0, 2], arcs[0, 1, 0] = 5.0, 5.0
    assert find_heads(arcs, np.array([2])).tolist() == [[2, 0]]


def test_a_subtree_leaves_out_the_branch_of_the_predicate() -> None:
    heads = [1, -1, 3, 1]  # the man who left
    assert find_subtree(heads, 1) == (0, 3)
    assert find_subtree(heads, 1, without=3) == (0, 1)
