"""The stopwatch that benchmarks of the page use."""

from mene.evaluate.page_browser import measure_step

BUSY = "(time) => { const end = performance.now() + time; while (performance.now() < end); }"


def test_a_busy_script_is_measured(open_page, small):
    step = measure_step(open_page(small), BUSY, 80)
    assert 80 <= step.script <= step.drawn


def test_what_an_action_waits_for_counts(open_page, small):
    step = measure_step(open_page(small), "(time) => new Promise((done) => setTimeout(done, time))", 80)
    assert step.script >= 79


def test_drawing_counts_beside_the_script(open_page, small):
    step = measure_step(open_page(small), "() => { document.body.style.fontSize = '16px'; }")
    assert step.script < step.drawn
