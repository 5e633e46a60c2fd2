"""Who is quoted through whom, and what is no saying at all, on whole sentences."""

from collections.abc import Iterator
from datetime import date

import pytest

from mene.articles import read_article
from mene.pipeline import Model, read
from mene.records import Statement


def statements(model: Model, text: str) -> Iterator[Statement]:
    article = read_article(text.encode(), name="relay.txt", published=date(2021, 6, 1))
    yield from read(article, model).statements


def chains(model: Model, text: str) -> list[list[str]]:
    return [[source.name for source in s.sources] for s in statements(model, text)]


@pytest.mark.parametrize(
    ("text", "speaker", "outlet"),
    [
        ("The Plains Herald, citing a hospital director, reported that shells struck a bakery.", "director", "Herald"),
        ("The premier has resigned, the Lakes News Agency reported, quoting an aide.", "aide", "Lakes News Agency"),
        ("In an interview with the state broadcaster, a farmer said that gunmen had burned his house.", "farmer",
         "broadcaster"),
    ],
)  # fmt: skip
def test_the_one_cited_speaks_through_the_outlet(model: Model, text: str, speaker: str, outlet: str) -> None:
    assert any(speaker in chain[0] and outlet in chain[1] for chain in chains(model, text))


def test_an_intention_and_an_answer_to_come_are_the_narrators(model: Model) -> None:
    for text in ("Ghana plans to withdraw its soldiers.", "If the rebels attack the port, the army will respond."):
        assert all(len(chain) == 1 for chain in chains(model, text))


def test_a_quotation_goes_on_with_its_speaker(model: Model) -> None:
    text = "“Soldiers came at midnight,” the baker said. “They arrested two of our men.”"
    assert all("baker" in chain[0] for chain in chains(model, text))


def test_nobody_named_in_a_quotation_says_it(model: Model) -> None:
    text = "Soldiers shelled the village at dawn, he said."
    assert all("oldier" not in chain[0] for chain in chains(model, text) if len(chain) > 1)


def test_would_in_reported_speech_is_a_plan(model: Model) -> None:
    told = list(statements(model, "The ministry said that it would withdraw its troops from Aden."))
    assert "planned" in {s.modality for s in told}
    assert "conditional" not in {s.modality for s in told}


def test_killing_nobody_is_no_killing(model: Model) -> None:
    article = read_article(b"The explosion in Caracas killed nobody.", name="nobody.txt", published=date(2021, 6, 1))
    killings = [e for e in read(article, model).events if e.type == "ASSAULT" and e.modality == "asserted"]
    assert all(article.text[e.evidence.start : e.evidence.end] != "killed" for e in killings)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("State television quoted a military source as saying that troops had entered Baniyas.", "military source"),
        ("The charity quoted villagers saying that a woman had been killed.", "villagers"),
        ("The town has fallen, a baker was quoted as saying by the Coast Agency.", "baker"),
    ],
)
def test_the_one_quoted_is_the_source(model: Model, text: str, speaker: str) -> None:
    told = [chain for chain in chains(model, text) if len(chain) > 1]
    assert told
    assert all(speaker in chain[0] for chain in told)


def test_deeds_are_no_words(model: Model) -> None:
    for text in (
        "The shells hit the market, claiming two lives and injuring three people.",
        "The regime responded with force to the protests.",
        "The siege threatens the town.",
    ):
        assert all(len(chain) == 1 for chain in chains(model, text)), text


def test_who_is_accused_says_nothing(model: Model) -> None:
    told = chains(model, "Syria's regime has been accused of using barrel bombs.")
    assert not any("regime" in chain[0] for chain in told)


def test_a_closing_mark_opens_nothing(model: Model) -> None:
    text = 'The bishop called the raid an "outrage" and "a crime." Rebels took Palma on Monday. Police left the port.'
    assert list(chains(model, text))[-2:] == [["unnamed outlet"], ["unnamed outlet"]]


def test_a_quotation_that_goes_on_has_its_deciding_words_in_its_own_sentence(model: Model) -> None:
    text = (
        "On a cold evening in the third week of the siege the mayor and the governor of the province warned: "
        '"The bridge may fall. Leave now."'
    )
    for one in statements(model, text):
        assert all(one.sentence.start <= e.start and e.end <= one.sentence.end for e in one.deciding)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Air raids on the town killed at least nine civilians including children a monitor and activists said.",
         "monitor and activists"),
        ("According to Farid a number of houses were destroyed in the attack.", "Farid"),
        ("The shells came from the hill, said Samir al-Hajj, a teacher.", "Samir al-Hajj"),
        ("The road is closed, a member of the rebel group Kharaz told the Plains Herald.", "member"),
        ("On Monday media reported citing a military source that the army had killed nine militants.",
         "military source"),
    ],
)  # fmt: skip
def test_the_source_has_its_whole_name_and_no_more(model: Model, text: str, speaker: str) -> None:
    told = [chain for chain in chains(model, text) if len(chain) > 1]
    assert told
    assert all(chain[0].startswith(speaker) for chain in told)


@pytest.mark.parametrize(
    "text",
    [
        "No one claimed responsibility for the attack.",
        "The agency did not say whether any fighters were also killed.",
        "Trade fell by nine per cent of the value of May exports.",
    ],
)
def test_what_nobody_says_has_no_source(model: Model, text: str) -> None:
    assert all(len(chain) == 1 for chain in chains(model, text))


def test_words_without_marks_go_on_until_somebody_else_speaks(model: Model) -> None:
    text = (
        "The minister, Ann Lowe, said: We condemn the attack on the port.\n\nThe ceasefire must hold.\n\n"
        "The army said its troops had left."
    )
    assert [chain[0] for chain in chains(model, text)] == ["Ann Lowe", "Ann Lowe", "army"]


def test_a_monitor_is_one_with_its_name(model: Model) -> None:
    text = (
        "Shells killed nine people on Monday, a war monitor said.\n\n"
        "The Syrian Observatory for Human Rights said four were children."
    )
    assert {chain[0] for chain in chains(model, text)} == {"Syrian Observatory for Human Rights"}


def test_it_is_the_body_that_just_spoke(model: Model) -> None:
    text = "The coalition says it takes care to spare civilians. Last month it acknowledged 700 deaths in its strikes."
    assert [chain[0] for chain in chains(model, text)] == ["coalition", "coalition"]


def test_may_is_a_month(model: Model) -> None:
    told = list(statements(model, "In May more than 60 civilians were killed by barrel bombs in the town."))
    assert [s.modality for s in told] == ["asserted"]


def test_a_broken_passive_gives_no_empty_source(model: Model) -> None:
    text = (
        "If as they claimed they have nothing to hide they should have allowed access to the site rather than"
        " attack the area to block access a State Department was quoted as saying by the Plains Herald."
    )
    assert all(name for chain in chains(model, text) for name in chain)
