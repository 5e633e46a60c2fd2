"""The benchmark's look at a page in a browser, and what a page of some size must keep to."""

from mene.evaluate.page_bench import measure_answers

STEP_MS = 50
"""Milliseconds that a move of the slider may keep the page busy, at most; half of them on a page this small."""


def test_the_slider_and_the_filters_are_timed(browser, synthetic):
    numbers = measure_answers(browser, synthetic(1000), moves=8)
    assert {"load_ms", "step_ms", "step_p95_ms", "drawn_step_max_ms", "filter_ms"} <= set(numbers)
    assert 0 < numbers["step_ms"] <= numbers["step_max_ms"]
    assert numbers["step_ms"] < STEP_MS
