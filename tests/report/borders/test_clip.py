"""Rings and lines cut to a box."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mene.report.borders.clip import clip_line, clip_ring
from mene.report.borders.path import draw_path

BOX = (0.0, 0.0, 10.0, 10.0)
SPOTS = st.tuples(st.integers(-30, 40), st.integers(-30, 40))


def array(*points: tuple[float, float]) -> np.ndarray:
    return np.array(points, dtype=np.float64)


def test_a_ring_around_the_box_becomes_the_box() -> None:
    cut = clip_ring(array((-9, -9), (20, -9), (20, 20), (-9, 20)), BOX)
    assert sorted(map(tuple, cut.tolist())) == [(0, 0), (0, 10), (10, 0), (10, 10)]


def test_a_ring_beside_the_box_becomes_nothing_and_one_inside_stays() -> None:
    inside = array((1, 1), (2, 1), (2, 2))
    assert len(clip_ring(array((-9, 1), (-2, 1), (-2, 9)), BOX)) == 0
    assert (clip_ring(inside, BOX) == inside).all()


@given(st.lists(SPOTS, min_size=3, max_size=12))
def test_a_cut_ring_lies_in_the_box(points: list[tuple[int, int]]) -> None:
    cut = clip_ring(array(*points), BOX)
    assert ((cut >= -1e-9) & (cut <= 10 + 1e-9)).all()


@given(st.lists(SPOTS, min_size=2, max_size=12))
def test_a_cut_line_lies_in_the_box_and_keeps_what_was_in_it(points: list[tuple[int, int]]) -> None:
    pieces = clip_line(array(*points), BOX)
    assert all(((one >= -1e-9) & (one <= 10 + 1e-9)).all() and len(one) > 1 for one in pieces)
    within = {point for point in points if min(point) > 0 and max(point) < 10}
    drawn = {tuple(np.rint(point).astype(int).tolist()) for one in pieces for point in one}
    assert within <= drawn or len(set(points)) == 1


def test_a_line_that_leaves_and_comes_back_is_two_pieces() -> None:
    pieces = clip_line(array((5, 5), (15, 5), (15, 8), (5, 8)), BOX)
    assert [one.tolist() for one in pieces] == [[[5, 5], [10, 5]], [[10, 8], [5, 8]]]


@pytest.mark.parametrize(("closed", "path"), [(True, ""), (False, "")])
def test_what_is_smaller_than_the_fineness_is_no_path(closed: bool, path: str) -> None:
    assert draw_path([array((1, 1), (1.01, 1), (1, 1.02))], closed=closed) == path
