"""axe finds nothing serious or critical in the page, in any window and any colours."""

import itertools

import pytest

from .test_layout import unfold

GRAVE = ("serious", "critical")
WINDOWS = list(itertools.product((360, 1280), ("light", "dark"), ("no-preference", "reduce")))
FEW = [(360, "dark", "reduce"), (1280, "light", "no-preference")]
"""For the demo, which is large: each look at it takes seconds."""


def findings(page, impacts=GRAVE):
    """Return what axe finds in a page: a line for each rule that is broken, with the first places where."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [
        f"{one['impact']}: {one['id']} ({len(one['nodes'])} times): {one['help']}: "
        + "; ".join(f"{' '.join(map(str, node['target']))} {node['html'][:160]}" for node in one["nodes"][:3])
        for one in found
        if one["impact"] in impacts
    ]


@pytest.mark.parametrize(("width", "scheme", "motion"), FEW)
def test_the_demo_has_no_grave_finding(open_page, demo, width, scheme, motion):
    page = open_page(demo, width=width, color_scheme=scheme, reduced_motion=motion)
    assert findings(page) == []


@pytest.mark.parametrize(("width", "scheme", "motion"), WINDOWS)
def test_what_is_folded_has_no_grave_finding(open_page, small, width, scheme, motion):
    page = open_page(small, width=width, color_scheme=scheme, reduced_motion=motion)
    unfold(page)
    assert findings(page) == []


def test_what_is_grave_is_found(open_page, small):
    page = open_page(small)
    page.evaluate("document.querySelector('main').append(document.createElement('button'))")
    (found,) = findings(page)
    assert found.startswith("critical: button-name (1 times)")
