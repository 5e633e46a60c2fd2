"""Ways of telling that decide whose words they are: turns of speech, denials without a clause, quoting, "no"."""

from datetime import date

import pytest

from mene.articles import read_article
from mene.pipeline import Model, read
from mene.records import Statement


def told(model: Model, text: str) -> tuple[Statement, ...]:
    article = read_article(text.encode(), name="telling.txt", published=date(2024, 7, 15))
    return read(article, model).statements


def chains(model: Model, text: str) -> list[tuple[list[str], str, str]]:
    """Return who tells each statement down to the outlet, its kind and its modality; the outlet's own left out."""
    return [
        ([source.name for source in one.sources[:-1]], one.kind, one.modality)
        for one in told(model, text)
        if len(one.sources) > 1
    ]


INTERVIEW = """On the fall of the pass: an interview with a retired brigadier

Brigadier Lalith Ekanayake commanded a brigade there until 1998. He spoke to us in Colombo on 12 May 2000.

PSQ: Were you surprised?

Ekanayake: No. A friend in the medical corps says it was closer to 700. The army had left the pass in the night.

PSQ: And who ordered it?

Ekanayake: The general staff ordered it.
"""


def test_what_is_said_in_a_turn_is_its_speaker_s(model: Model) -> None:
    spoken = {one.text: [source.name for source in one.sources[:-1]] for one in told(model, INTERVIEW)}
    assert spoken["it was closer to 700"] == ["friend in the medical corps", "Lalith Ekanayake"]
    assert spoken["The army had left the pass in the night"] == ["Lalith Ekanayake"]
    assert not any(text.startswith(("PSQ", "Ekanayake:")) for text in spoken)


def test_one_line_with_a_colon_is_no_conversation(model: Model) -> None:
    text = "Note: The army left the town on Monday.\n\nRebels entered it on Tuesday."
    assert chains(model, text) == []


@pytest.mark.parametrize(
    "denial",
    [
        "Moscow denies targeting civilians.",
        "Rebels said they had taken the base. The army denied it.",
        "The army said it killed 20 rebels. Residents disputed that account.",
        "The army said it killed 20 rebels. The junta rejected the claim on Monday.",
    ],
)
def test_a_denial_needs_no_clause(model: Model, denial: str) -> None:
    assert (chains(model, denial)[-1][1], chains(model, denial)[-1][2]) == ("denial", "negated")


def test_a_denial_of_it_points_at_what_was_told_last(model: Model) -> None:
    statements = told(model, "Rebels said they had taken the base. The army denied it.")
    claimed = next(one for one in statements if one.text == "they had taken the base")
    assert [one.denies for one in statements if one.kind == "denial"] == [(claimed.id,)]


@pytest.mark.parametrize("deed", ["The council rejected the offer.", "The president dismissed the general."])
def test_an_offer_refused_and_a_man_dismissed_are_no_denials(model: Model, deed: str) -> None:
    assert not any(one.kind == "denial" for one in told(model, deed))


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        ("The minister was quoted by Xinhua as saying that talks had begun.", ["minister", "Xinhua"]),
        ("The commander was heard saying that his men would not leave.", ["commander"]),
        ("Nobody, we are told, has been expelled.", ["unnamed source"]),
        ("The mayor of Timbuktu, Ousmane Hallé, said that soldiers had fled.", ["Ousmane Hallé"]),
        ("Zelenskiy's adviser Mykhailo Podolyak said the bridge had been hit.", ["Mykhailo Podolyak"]),
        (
            "The extremist MNDAA terrorist group announced that it had seized the town.",
            ["Myanmar National Democratic Alliance Army"],
        ),
    ],
)
def test_whose_words_they_are(model: Model, text: str, chain: list[str]) -> None:
    assert [sources for sources, _, _ in chains(model, text)] == [chain]


@pytest.mark.parametrize(
    "text",
    [
        "Asked whether the army would withdraw, Peskov declined to comment.",
        "The man, reported missing since Friday, was a teacher.",
        "Our correspondent said the bridge had been hit.",
    ],
)
def test_who_is_asked_missing_or_the_outlet_s_own_is_no_source(model: Model, text: str) -> None:
    assert chains(model, text) == []


@pytest.mark.parametrize("speaker", ["An old man in Baku", "A surgeon at the Saudi hospital"])
def test_whoever_is_in_a_country_does_not_speak_for_it(model: Model, speaker: str) -> None:
    sources = [one.sources[0] for one in told(model, f"{speaker} said that shells had hit the town.")]
    assert [source.actor_id for source in sources] == [None]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("There is no safe road out of the town.", "negated"),
        ("No trace of an attack was found.", "negated"),
        ("If the navy keeps the port open, Jaffna will not fall.", "conditional"),
        ("They were not civilians but members of the militia.", "asserted"),
        ("They had seen no sign of any attempt to oust him.", "negated"),
    ],
)
def test_what_no_and_not_make_of_a_statement(model: Model, text: str, modality: str) -> None:
    assert [one.modality for one in told(model, text)] == [modality]


@pytest.mark.parametrize(
    ("text", "trigger", "modality"),
    [
        ("The army did not say who had fired at the crowd.", "fired", "asserted"),
        ("Nairobi has not confirmed his death.", "death", "possible"),
        ("The army did not attack the town.", "attack", "negated"),
        ("The army did not leave the town but shelled it.", "shelled", "asserted"),
        ("Rebels denied the claim and said they held the bridge at Bria.", "held", "asserted"),
    ],
)
def test_what_is_only_unsaid_is_not_undone(model: Model, text: str, trigger: str, modality: str) -> None:
    article = read_article(text.encode(), name="telling.txt", published=date(2024, 7, 15))
    assert [event.modality for event in read(article, model).events if event.text == trigger] == [modality]


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        ("Army units hit the gatherings of terrorists near Aleppo FNA reported.", ["FNA"]),
        ("Two pilots were killed near Palmyra the Russian military was quoted as saying by local media.", 2),
        ("Rockets hit Aleppo according to the source.", ["source"]),
        (
            "Jets destroyed a convoy and killed a hundred militants SANA news agency reported.",
            ["Syrian Arab News Agency"],
        ),
        ("Channel 10 television quoted minister Moshe Yaalon as telling reporters that Syria had used gas.", 2),
    ],
)
def test_scraped_sentences_keep_their_speaker(model: Model, text: str, chain: list[str] | int) -> None:
    ((sources, _, _),) = chains(model, text)
    assert len(sources) == chain if isinstance(chain, int) else sources == chain


def test_a_headline_that_lost_its_colon_keeps_its_source(model: Model) -> None:
    text = "Twin blasts kill 30 Kurdish fighters in Syria Monitor\n\nThe blasts hit the town on Monday morning."
    assert [sources for sources, _, _ in chains(model, text)] == [["Monitor"]]


def test_a_claim_dismissed_in_an_aside_stays_its_claimant_s(model: Model) -> None:
    text = "The RSF said its fighters had overrun the army's base in El Fasher, a claim the military dismissed."
    statements = told(model, text)
    claimed = next(one for one in statements if one.sources[0].name == "Rapid Support Forces")
    denial = next(one for one in statements if one.kind == "denial")
    assert (claimed.modality, len(claimed.sources), denial.denies) == ("asserted", 2, (claimed.id,))


def test_a_bare_denial_behind_a_semicolon_takes_nothing_over(model: Model) -> None:
    text = "Paramilitaries say army base in El Fasher taken; military denies\n\nThe base was hit on Monday, they said."
    assert chains(model, text)[0] == (["Paramilitaries"], "report", "asserted")


def test_what_is_quoted_negates_nothing_outside_the_quotation(model: Model) -> None:
    text = '"There is no safe road out," said Tom Fletcher, who told reporters that the RSF had assured him of passage.'
    assert {one.text: one.modality for one in told(model, text)}["There is no safe road out"] == "negated"
    assert "asserted" in {one.modality for one in told(model, text) if "assured" in one.text}


def test_an_outlet_is_known_by_its_whole_name(model: Model) -> None:
    text = "Source: The Irrawaddy Bend Observer\n\nRebels took the town of Lashio on Monday, residents said."
    assert {one.sources[-1].name for one in told(model, text)} <= {"The Irrawaddy Bend Observer", "unnamed outlet"}


def test_what_is_alleged_is_no_fact(model: Model) -> None:
    article = read_article(b"Unnamed officers were alleged to have seized the headquarters.", name="telling.txt")
    assert [event.modality for event in read(article, model).events if event.type == "SEIZE"] == ["possible"]
