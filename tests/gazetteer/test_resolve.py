"""Resolution by context: kind words, containers, neighbours, homes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mene.gazetteer import Mention, open_gazetteer, resolve_places
from mene.gazetteer.phrases import read_phrase
from mene.gazetteer.resolve import as_probability, is_same_answer, measure_margin, weigh_places

from .places import resolve


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        ("Rebels took Hama, Syria, on Thursday.", "Hama", "city"),
        ("Rebels advanced in Hama governorate, Syria.", "Hama", "admin1"),
        ("Rebels advanced in the province of Hama, Syria.", "Hama", "admin1"),
        ("Rebels entered the city of Idlib, Syria.", "Idlib", "city"),
        ("Shelling of Kharkiv Oblast in Ukraine.", "Kharkiv Oblast", "admin1"),
    ],
)
def test_words_beside_the_name_decide_between_a_town_and_its_unit(text: str, name: str, kind: str) -> None:
    (place,) = resolve(text, name)
    assert place.kind == kind


@pytest.mark.parametrize(
    ("name", "town"),
    [
        ("Deir al-Zour", "Deir ez-Zor"),
        ("Deir Ezzor", "Deir ez-Zor"),
        ("Lattakia", "Latakia"),
        ("Deraa", "Daraa"),
        ("Suwayda", "Suwayda"),
        ("Sweida", "Suwayda"),
        ("Hamah", "Hama"),
        ("Gaza", "Gaza Strip"),
    ],
)
def test_another_spelling_of_a_town_is_not_its_unit(name: str, town: str) -> None:
    (place,) = resolve(f"The rebels entered {name} on Thursday.", name)
    assert place.name == town
    if place.kind == "city":
        (unit,) = resolve(f"The rebels advanced in {name} province on Thursday.", name)
        assert (unit.kind, unit.admin1) == ("admin1", place.admin1)


def test_georgia_beside_atlanta_is_the_state() -> None:
    state, town = resolve("Georgia lawmakers met in Atlanta and Savannah.", "Georgia", "Atlanta")
    assert (state.kind, state.country) == ("admin1", "US")
    assert town.admin1 == "Georgia"


def test_tripoli_goes_where_its_neighbours_are() -> None:
    libya = resolve("Fighting spread from Tripoli to Misrata and Sirte.", "Tripoli", "Misrata", "Sirte")
    lebanon = resolve(
        "Clashes in Tripoli, then in Sidon and Baalbek, Lebanon.", "Tripoli", "Sidon", "Baalbek", "Lebanon"
    )
    assert libya[0].country == "LY"
    assert lebanon[0].country == "LB"


def test_an_adjective_before_the_town_gives_its_country() -> None:
    (place,) = resolve("The Lebanese city of Tripoli was calm.", "Tripoli")
    assert place.country == "LB"


def test_the_home_of_the_outlet_decides_a_bare_name() -> None:
    (place,) = resolve("Police in Huntsville made an arrest.", "Huntsville", home="US/Texas")
    assert place.admin1 == "Texas"


def test_a_suburb_is_exact_and_its_city_is_not_repeated() -> None:
    suburb, city = resolve("Rebels have taken Jaramana, a Damascus suburb.", "Jaramana", "Damascus")
    assert (suburb.name, suburb.precision) == ("Jaramana", "exact")
    assert city.precision == "near"


def test_a_document_is_resolved_alike_in_any_order() -> None:
    text, names = "From Tripoli to Misrata and Sirte in Libya.", ["Tripoli", "Misrata", "Sirte", "Libya"]
    assert set(resolve(text, *names)) == set(resolve(text, *names[::-1]))


def test_a_container_is_read_from_either_side() -> None:
    assert read_phrase(Mention("Hama", 0, 4, after=" in central Syria")).container == "Syria"
    assert read_phrase(Mention("Bangor, Maine", 0, 13)).container == "Maine"


@given(st.lists(st.text(max_size=25), max_size=4))
def test_any_text_is_answered_with_one_place_a_mention(names: list[str]) -> None:
    mentions = [Mention(name, 0, len(name), name, name) for name in names]
    places = resolve_places(mentions, gazetteer=open_gazetteer())
    assert [place.text for place in places] == names
    assert all(0 <= place.probability <= 1 for place in places)


def test_a_place_can_be_weighed_as_it_was_resolved() -> None:
    mention = Mention("Tripoli", 3, 10, "In ", ", Lebanon, on Monday")
    (weighed,) = weigh_places([mention], gazetteer=open_gazetteer())
    group = weighed.group
    assert group is not None
    assert (weighed.place,) == resolve_places([mention], gazetteer=open_gazetteer())
    assert weighed.place.probability == round(as_probability(measure_margin(group)), 4)
    chances = [as_probability(measure_margin(group, number)) for number in range(len(group.candidates))]
    others = [
        chance
        for entry, chance in zip(group.candidates, chances, strict=True)
        if not is_same_answer(entry, group.candidates[group.best])
    ]
    assert max(others) < chances[group.best]
    assert "Lebanon" in [area.name for area in group.containers]


def test_a_name_that_is_nowhere_is_weighed_without_candidates() -> None:
    (weighed,) = weigh_places([Mention("Qqzzyx", 0, 6)], gazetteer=open_gazetteer())
    assert weighed.group is None
    assert weighed.place.precision == "unlocated"
