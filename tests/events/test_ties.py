"""Who backs whom, on whole sentences."""

from datetime import date

import pytest

from mene.articles import read_article
from mene.pipeline import Model, read


def ties(model: Model, text: str) -> set[tuple[str, str]]:
    article = read_article(text.encode(), name="ties.txt", published=date(2017, 7, 15))
    told = (event for event in read(article, model).events if (event.mode or "").startswith("backing:"))
    return {(event.actors[0].name, event.recipients[0].name) for event in told}


@pytest.mark.parametrize(
    ("text", "backers", "backed"),
    [
        ("Russia and Iran have propped up the Syrian army with money.", {"Russia", "Iran"}, "Syrian Arab Army"),
        ("The protests came from Damascus and its Iranian and Russian allies.",
         {"Iranian government", "Russian government"}, "Syrian government"),
        ("The SDF is fighting with US support to capture Raqqa city.", {"United States"}, "Syrian Democratic Forces"),
        ("Turkish-backed FSA members are fighting beside other factions.", {"Turkish government"}, "Free Syrian Army"),
        ("Western-backed rebels left Syria on Monday.", {"Western"}, "rebels"),
        ("Rebels pushed back the assault after receiving ammunition from the coalition.", {"the coalition"}, "Rebels"),
        ("The international coalition is assisting the Iraqi government.", {"The international coalition"},
         "Iraqi government"),
    ],
)  # fmt: skip
def test_each_backer_has_a_line(model: Model, text: str, backers: set[str], backed: str) -> None:
    assert {backer for backer, _ in ties(model, text)} == backers
    assert all(backed in other or other.endswith(backed.lower()) for _, other in ties(model, text))


@pytest.mark.parametrize(
    "text",
    [
        "The Syrian air force flew 39 sorties to support the Syrian army in Aleppo.",
        "The United Nations managed to send aid to Houla in March.",
    ],
)
def test_a_sides_own_forces_and_towns_have_no_backer(model: Model, text: str) -> None:
    assert ties(model, text) == set()
