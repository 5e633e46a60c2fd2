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
        ("Rebels pushed back the assault after receiving ammunition from the coalition.", {"coalition"}, "Rebels"),
        ("The international coalition is assisting the Iraqi government.", {"international coalition"},
         "Iraqi government"),
        ("Mercenaries in the pay of Riyadh attacked Mocha.", {"Saudi government"}, "mercenaries"),
        ("Gunmen on Tehran's payroll attacked Basra.", {"Iranian government"}, "militants"),
        ("Qatar, Algeria and the Arab League stand with Sudan.", {"Qatar", "Algeria", "Arab League"}, "Sudan"),
        ("Kenyan militiamen fought alongside the Somali army.", {"Kenyan pro-government militias"}, "Somali"),
        ("The SDF, under cover of American jets, took Tabqa.", {"US Air Force"}, "Syrian Democratic Forces"),
        ("Washington suspended training for the Indonesian army.", {"American government"}, "Indonesian"),
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
        "Kigali denies sending troops to the rebels in Congo.",
        "Soldiers loyal to the president held the airport.",
    ],
)
def test_a_sides_own_forces_and_towns_have_no_backer(model: Model, text: str) -> None:
    assert ties(model, text) == set()


def test_who_no_longer_trains_a_force_has_ended_it(model: Model) -> None:
    article = read_article(b"France no longer trains the presidential guard of Gabon.", name="t.txt")
    (tie,) = [e for e in read(article, model).events if (e.mode or "").startswith("backing:")]
    assert tie.mode == "backing:advisers:ends"
