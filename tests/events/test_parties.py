"""Who does it and to whom, and who holds what, on whole sentences."""

from datetime import date

import pytest

from mene.articles import read_article
from mene.pipeline import Model, read
from mene.records import Event


def events(model: Model, text: str, kind: str) -> list[Event]:
    article = read_article(text.encode(), name="parties.txt", published=date(2023, 11, 15))
    return [event for event in read(article, model).events if event.type == kind]


def actors(model: Model, text: str, kind: str) -> set[str]:
    return {actor.name for event in events(model, text, kind) for actor in event.actors}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("A relief convoy promised for Thursday never came.", "AGREE"),
        ("Four students were detained and, their families said, beaten.", "ASSAULT"),
        ("Najib was dragged out, beaten, shot and hung from a post.", "ASSAULT"),
        ("The Red Cross counts at least 800 killed in a single day.", "ASSAULT"),
        ("Up to 40 dead and 260 injured in four days, says the monitoring group Amal Watch.", "ASSAULT"),
    ],
)
def test_whoever_it_is_done_to_and_whoever_tells_it_does_not_act(model: Model, text: str, kind: str) -> None:
    assert actors(model, text, kind) == set()


def test_a_participle_has_its_agent(model: Model) -> None:
    assert actors(model, "Bakhmut, lost by the Ukrainian army in May, is quiet.", "RETREAT") == {
        "Armed Forces of Ukraine"
    }


def test_we_is_the_speakers_side(model: Model) -> None:
    text = "\u201cWe took Marjah on Monday,\u201d the Taliban's spokesman Zabihullah Mujahid said."
    assert actors(model, text, "SEIZE") == {"Taliban"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The herders attacked the village of Agatu on Monday.", "herders"),
        ("The Ahlu Front attacked the village of Agatu on Monday.", "Ahlu Front"),
    ],
)
def test_somebody_unknown_is_called_by_plain_words(model: Model, text: str, name: str) -> None:
    assert actors(model, text, "ASSAULT") == {name}


def test_a_bare_number_is_nobody(model: Model) -> None:
    told = events(model, "A bombing in Kandahar on Friday killed at least 16.", "ASSAULT")
    assert told
    assert all(event.recipients == () for event in told)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Jets dropped barrel bombs on Douma on Friday.", "ASSAULT"),
        ("Shells fell on Douma on Friday.", "ASSAULT"),
        ("The town of Gwa is contested.", "ASSAULT"),
        ("The alliance has overrun Kunlong.", "SEIZE"),
        ("Food aid reached Mekelle by lorry on Thursday.", "AID"),
    ],
)
def test_an_event_has_its_type(model: Model, text: str, kind: str) -> None:
    assert events(model, text, kind)


def test_whom_one_fights_alongside_is_not_fought(model: Model) -> None:
    told = events(model, "Kenyan militiamen fought alongside the Somali army in Baidoa.", "ASSAULT")
    assert all(event.recipients == () for event in told)


def holdings(model: Model, text: str) -> set[tuple[str, str, str, bool]]:
    return {
        (event.place.text, event.actors[0].text, event.modality, event.background)
        for event in events(model, text, "SEIZE")
        if event.place is not None and event.actors
    }


@pytest.mark.parametrize(
    ("text", "place", "holder"),
    [
        ("From Bakhmut, which the rebels still hold, came reports of singing.", "Bakhmut", "the rebels"),
        ("Bukavu is the last city the army holds.", "Bukavu", "the army"),
        ("Shells hit Douma, in the rebel stronghold of Ghouta.", "the rebel stronghold of Ghouta", "rebel"),
        ("A raid struck Raqqa, the capital of Islamic State.", "Raqqa", "Islamic State"),
        ("The Houthi-held ports of Hodeidah, Salif and Ras Isa are quiet.", "Ras Isa", "Houthi"),
        ("Government brigades are in possession of Aden airport.", "Aden", "Government brigades"),
        ("The parliament stayed in police hands.", "The parliament", "police"),
        ("Rebels seized the presidential palace in Sanaa.", "the presidential palace in Sanaa", "Rebels"),
        ("The army plans to attack rebel-held Azaz.", "Azaz", "rebel"),
    ],
)
def test_who_holds_a_place(model: Model, text: str, place: str, holder: str) -> None:
    assert any(
        told == place and who == holder and modality == "asserted" for told, who, modality, _ in holdings(model, text)
    )


@pytest.mark.parametrize(
    "text",
    ["Timbuktu slipped out of government hands on Sunday.", "Hinche and Gonaives are out of government control."],
)
def test_what_is_out_of_somebodys_hands_was_theirs(model: Model, text: str) -> None:
    told = holdings(model, text)
    assert told
    assert all(over for *_, over in told)


def test_a_wish_for_control_is_no_control(model: Model) -> None:
    told = holdings(model, "The Malian army wants to bring Kidal under its control.")
    assert all(modality == "planned" for _, _, modality, _ in told)


def test_an_attack_and_its_repulse_are_two(model: Model) -> None:
    told = events(model, "Kurdish fighters repelled the attack on Kobani.", "ASSAULT")
    assert {event.text for event in told} == {"repelled", "attack"}


def test_who_acts_beside_the_fall_of_a_town_has_not_taken_it(model: Model) -> None:
    assert actors(model, "Masisi falls as army pulls back.", "SEIZE") == set()
    assert actors(model, "The town of Homs fell to the Islamic State on Saturday.", "SEIZE") == {"Islamic State"}
