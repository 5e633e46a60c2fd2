"""An attack told by several words of a sentence is one event; who suffered; which numbers are whose."""

from datetime import date

import pytest

from mene.articles import read_article
from mene.pipeline import Model, picture_of, read
from mene.records import Event


def attacks(model: Model, text: str) -> list[Event]:
    article = read_article(text.encode(), name="retold.txt", published=date(2024, 7, 15))
    return [event for event in read(article, model).events if event.type == "ASSAULT"]


@pytest.mark.parametrize(
    "text",
    [
        "Shells hit a market in Goma on Thursday, killing six people and wounding nine.",
        "Six people were killed and nine wounded in an air strike on Goma.",
        "The army bombed a market in Goma, causing dozens of deaths and injuries.",
        "The raid that struck Goma on Thursday killed six people.",
    ],
)
def test_an_attack_and_its_toll_are_one_event(model: Model, text: str) -> None:
    assert len(attacks(model, text)) == 1


def test_the_toll_is_kept_as_further_evidence(model: Model) -> None:
    text = "The army shelled Goma on Thursday, killing six people and wounding nine."
    (event,) = attacks(model, text)
    assert event.text == "shelled"
    assert [text[words.start : words.end] for words in event.also] == ["killing", "wounding"]
    assert [p.text for p in event.recipients] == ["six people"]
    assert event.actors
    assert event.place is not None
    assert event.place.name == "Goma"
    killed, injured = event.numbers.killed, event.numbers.injured
    assert killed is not None
    assert killed.best == 6
    assert injured is not None
    assert injured.best == 9


def test_nobody_suffers_twice_in_one_event(model: Model) -> None:
    (event,) = attacks(model, "At least 13 people were killed in the clashes, a hospital official said.")
    assert [p.text for p in event.recipients] == ["At least 13 people"]


def test_attacks_of_two_sides_stay_two_with_their_own_numbers(model: Model) -> None:
    told = attacks(
        model, "The rebel shelling of Damascus killed 10 people while Russian air strikes on Douma killed 82 people."
    )
    counts = {event.place.name if event.place else None: event.numbers.killed for event in told}
    assert len(told) == 2
    assert counts["Damascus"] is not None
    assert counts["Damascus"].best == 10
    assert counts["Douma"] is not None
    assert counts["Douma"].best == 82


def test_what_did_not_happen_is_not_joined_to_what_did(model: Model) -> None:
    told = attacks(model, "The army shelled Goma on Thursday but did not kill any civilians.")
    assert {event.modality for event in told} == {"asserted", "negated"}


@pytest.mark.parametrize(
    ("text", "suffering"),
    [
        ("The rebels fought a war against the Syrian army.", "the Syrian army"),
        ("Terrorists fired rockets at Aleppo.", None),
        ("The United Nations condemned the attack.", None),
        ("Gunmen attacked an aid convoy near Goma.", "aid convoy"),
    ],
)
def test_whom_an_event_is_done_to(model: Model, text: str, suffering: str | None) -> None:
    article = read_article(text.encode(), name="retold.txt", published=date(2024, 7, 15))
    told = [p.text for event in read(article, model).events for p in event.recipients]
    assert told == ([] if suffering is None else [suffering])


def test_a_relative_pronoun_stands_for_its_noun(model: Model) -> None:
    told = attacks(model, "Witnesses described the Sudanese army, which shelled the market in Omdurman.")
    assert [p.name for event in told for p in event.actors] == ["Sudanese Armed Forces"]


@pytest.mark.parametrize(
    "text",
    [
        "Cholera has killed 40 people in Tawila.",
        "Forty people died of cholera in Tawila.",
        "UN flights from Cap-Haïtien resumed on Monday.",
    ],
)
def test_illness_attacks_nobody_and_flights_flee_from_nowhere(model: Model, text: str) -> None:
    article = read_article(text.encode(), name="retold.txt", published=date(2024, 7, 15))
    assert not [event for event in read(article, model).events if event.type in ("ASSAULT", "RETREAT")]


def test_an_aid_agency_that_leaves_abandons_no_town(model: Model) -> None:
    text = "The World Food Programme evacuated its staff from El Fasher on Tuesday."
    reading = read(read_article(text.encode(), name="retold.txt", published=date(2024, 7, 15)), model)
    assert picture_of([reading], model.codebook).holdings == ()


def test_a_siege_told_long_ago_is_still_the_last_that_is_known(model: Model) -> None:
    text = "The city of El Fasher has been besieged by the RSF since May 2024."
    reading = read(read_article(text.encode(), name="retold.txt", published=date(2024, 7, 15)), model)
    (now,) = picture_of([reading], model.codebook).holdings
    (later,) = picture_of([reading], model.codebook, on=date(2025, 7, 15)).holdings
    assert (now.status, later.status) == ("besieged", "besieged")
    assert later.belief < now.belief


def test_villagers_flee_and_abandon_nothing(model: Model) -> None:
    text = "Thousands of villagers fled Djibo on Monday when gunmen attacked the market."
    reading = read(read_article(text.encode(), name="retold.txt", published=date(2024, 7, 15)), model)
    assert [(e.mode, [p.text for p in e.actors]) for e in reading.events if e.type == "RETREAT"] == [
        ("flight", ["Thousands of villagers"])
    ]
    assert not [h for h in picture_of([reading], model.codebook).holdings if h.status == "abandoned"]


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("A teacher said she had sheltered in a church for two days.", set()),
        ("Villagers sheltered 200 families in a school.", {"AID"}),
    ],
)
def test_who_shelters_somebody_aids_and_who_takes_shelter_does_not(model: Model, text: str, types: set[str]) -> None:
    reading = read(read_article(text.encode(), name="retold.txt", published=date(2024, 7, 15)), model)
    assert {event.type for event in reading.events} == types


def test_a_rank_and_another_clause_lend_no_day(model: Model) -> None:
    text = "It is the largest assault since 2020. Lashio fell in May 2024 and has been shelled by the army."
    told = {event.text: event.occurred_start for event in read(read_article(text.encode(), name="t.txt"), model).events}
    assert (told["assault"], told["fell"], told["shelled"]) == (None, date(2024, 5, 1), None)


def test_what_each_of_two_verbs_takes(model: Model) -> None:
    text = "Russia's army said its forces had captured Promin and seized the rail yard in the west of Pokrovsk."
    events = read(read_article(text.encode(), name="t.txt", published=date(2025, 10, 22)), model).events
    taken = {event.text: (event.place.name if event.place else None) for event in events if event.type == "SEIZE"}
    assert taken["captured"] == "Promin"
    assert taken["seized"] != "Promin"
    assert {p.name for event in events for p in event.actors} == {"Russian Armed Forces"}
