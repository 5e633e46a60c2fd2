"""Outlines of disputed areas laid along the lines beside them."""

import numpy as np
from training.borders_fit import fit_ring, length_km

BORDER = np.array([[10.0, 0.0], [10.03, 0.1], [9.98, 0.2], [10.04, 0.3], [10.0, 0.4]])


def test_the_side_of_an_area_at_a_border_follows_it() -> None:
    area = np.array([[10.04, 0.0], [10.04, 0.4], [9.0, 0.4], [9.0, 0.0], [10.04, 0.0]])
    fitted = fit_ring(area, [BORDER])
    assert fitted.tolist() == [*BORDER.tolist(), [9.0, 0.4], [9.0, 0.0], [10.0, 0.0]]


def test_it_goes_on_along_the_next_border_where_two_meet() -> None:
    other = np.array([[10.0, 0.4], [9.9, 0.45], [9.8, 0.4], [9.0, 0.42]])
    area = np.array([[10.04, 0.0], [9.8, 0.41], [9.0, 0.0], [10.04, 0.0]])
    fitted = fit_ring(area, [BORDER, other]).tolist()
    assert fitted[: len(BORDER) + 2] == [*BORDER.tolist(), [9.9, 0.45], [9.8, 0.4]]


def test_an_area_far_from_borders_and_a_long_way_round_stay_straight() -> None:
    far = np.array([[12.0, 0.0], [12.0, 0.4], [11.0, 0.4], [12.0, 0.0]])
    assert (fit_ring(far, [BORDER]) == far).all()
    loop = np.array([[10.0, 0.0], [14.0, 0.2], [10.0, 0.4]])
    near = np.array([[10.0, 0.01], [10.0, 0.39], [9.0, 0.39], [10.0, 0.01]])
    assert length_km(fit_ring(near, [loop])) < 350
