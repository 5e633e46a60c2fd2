"""Where an event happened: only words that say where give it a place, and each town of a list is one."""

from datetime import date

import pytest

from mene.articles import read_article
from mene.pipeline import Model, read
from mene.records import Event


def events(model: Model, text: str, kind: str) -> list[Event]:
    article = read_article(text.encode(), name="places.txt", published=date(2017, 7, 15))
    return [event for event in read(article, model).events if event.type == kind]


def names(model: Model, text: str, kind: str) -> set[str | None]:
    return {event.place.name if event.place else None for event in events(model, text, kind)}


def test_each_town_of_a_list_is_hit(model: Model) -> None:
    assert names(model, "Jets bombed Homs, Hama and Idlib on Friday.", "ASSAULT") == {"Homs", "Hama", "Idlib"}


def test_each_town_of_a_list_is_taken_however_it_hangs_together(model: Model) -> None:
    text = "The rebels captured the towns of Saraqib, Maarat al-Numan and Khan Sheikhoun."
    assert names(model, text, "SEIZE") == {"Saraqib", "Maarrat al-Numan", "Khan Sheikhoun"}


def test_a_town_and_its_country_are_no_list(model: Model) -> None:
    assert names(model, "Jets bombed Homs, Syria, on Friday.", "ASSAULT") == {"Homs"}


def test_a_toll_for_several_towns_is_told_once(model: Model) -> None:
    told = events(model, "Raids on Homs, Hama and Idlib killed 12 people on Friday.", "ASSAULT")
    assert [event.numbers.killed.best for event in told if event.numbers.killed] == [12]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("The minister accused the army of shelling a school near Hama.", "ACCUSE"),
        ("The senators voted against strikes on Syria.", "REJECT"),
        ("The envoy called for a truce in Aleppo.", "REQUEST"),
    ],
)
def test_what_is_said_of_a_place_is_not_said_there(model: Model, text: str, kind: str) -> None:
    assert names(model, text, kind) <= {None}


def test_talks_are_where_they_took_place(model: Model) -> None:
    assert names(model, "The ministers met in Geneva on Friday.", "CONSULT") == {"Geneva"}


def test_where_somebody_comes_from_is_not_where_he_was_killed(model: Model) -> None:
    assert names(model, "A doctor from Hama was killed in Idlib on Friday.", "ASSAULT") == {"Idlib"}


def test_a_month_is_no_town(model: Model) -> None:
    told = names(model, "Syria has seen war since police shot at marchers in March 2011. Jets bombed Homs.", "ASSAULT")
    assert "March" not in told
    assert "Homs" in told


def test_words_for_a_place_are_kept_without_a_pin(model: Model) -> None:
    (place,) = [e.place for e in events(model, "A bomb went off at a bakery on Friday.", "ASSAULT")]
    assert place is not None
    assert (place.text, place.precision, place.latitude) == ("a bakery", "unlocated", None)


def test_the_capital_is_the_one_that_was_named(model: Model) -> None:
    text = "Rebels advanced on Damascus on Thursday. On Friday they fired rockets into the capital."
    assert names(model, text, "ASSAULT") == {"Damascus"}


@pytest.mark.parametrize(
    "text", ["Troops fought on the ground on Friday.", "A raid on Friday was part of a wider operation by the army."]
)
def test_idioms_of_ground_are_no_place(model: Model, text: str) -> None:
    assert names(model, text, "ASSAULT") <= {None}
