"""Ground told of without a name: who holds it is kept, and nothing is pinned that the words do not say."""

from datetime import date

import pytest

from mene.articles import read_article
from mene.pipeline import Model, read
from mene.records import Event


def events(model: Model, text: str, kind: str) -> list[Event]:
    article = read_article(text.encode(), name="areas.txt", published=date(2017, 7, 15))
    return [event for event in read(article, model).events if event.type == kind]


def places(model: Model, text: str, kind: str = "SEIZE") -> list[tuple[str, str, str | None]]:
    found = (event.place for event in events(model, text, kind) if event.place is not None)
    return [(place.name, place.precision, place.within) for place in found]


def test_what_is_taken_in_a_province_is_not_the_province(model: Model) -> None:
    told = places(model, "Rebels seized five villages in Hama province on Monday.")
    assert told == [("five villages in Hama province", "unlocated", "Hama Governorate")]


def test_examples_of_what_is_taken_are_taken(model: Model) -> None:
    told = places(
        model, "In two days rebels seized more than 50 towns and villages, including Saraqib, and cut the road."
    )
    assert ("Saraqib", "exact", None) in told
    assert any(precision == "unlocated" for _, precision, _ in told)


def test_the_city_is_the_one_just_named(model: Model) -> None:
    told = places(model, "The army entered Goma on Monday. Rebels still hold the city, residents said.")
    assert {name for name, _, _ in told} == {"Goma"}


def test_the_city_is_nowhere_where_two_were_named(model: Model) -> None:
    told = places(model, "Shells fell on Goma and Bukavu on Monday. Rebels hold the city, residents said.")
    assert [precision for _, precision, _ in told] == ["unlocated"]


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("Jets struck rebel-held districts on Friday.", "rebel"),
        ("Trucks crossed the rebel bastion of Azaz on Friday.", "rebel"),
        ("Most of the town has returned to army control.", "army"),
    ],
)
def test_who_holds_ground_without_a_name(model: Model, text: str, holder: str) -> None:
    (held,) = [event for event in events(model, text, "SEIZE") if event.mode == "held"]
    assert held.place is not None
    assert holder in held.actors[0].text


@pytest.mark.parametrize(
    "text", ["The besieged town of Madaya has no bread.", "Madaya has been under siege for a year."]
)
def test_a_place_shut_in_is_besieged(model: Model, text: str) -> None:
    shut = [event for event in events(model, text, "COERCE") if event.mode == "siege"]
    assert [event.place.name for event in shut if event.place] == ["Madaya"]


@pytest.mark.parametrize(
    "text",
    [
        "We hold Moscow responsible for these crimes.",
        "After being captured in Goma, he was moved to a prison.",
        "Fighters killed a pilot they captured in the town of Goma.",
        "The army abandoned Goma, clearing the road to Bukavu for the rebels.",
    ],
)
def test_who_is_blamed_or_caught_is_no_ground(model: Model, text: str) -> None:
    assert [event.place.name for event in events(model, text, "SEIZE") if event.place] == []
