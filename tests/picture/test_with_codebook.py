"""The picture drawn with the shipped codebook: dated ties decide who is on whose side."""

from pathlib import Path

from mene.codebook import load_codebook
from mene.picture import draw_picture
from mene.picture.ask import ask

from .hand import DAMASCUS, HAMA, outlet, party, say, speaker, tell

WIRE, COURIER = outlet("Levant Wire"), outlet("Harbour Courier")
REBELS, HTS = party("syr-rebels", "Syrian rebels"), party("hts", "HTS")
ARMY, GOVERNMENT = party("syr-army", "Syrian army"), party("syr-government", "Syrian government")


def test_rebels_and_hts_are_one_holder_before_december_2024():
    first, second = say("The rebels have taken Hama", WIRE), say("Insurgents led by HTS captured Hama", COURIER)
    events = [
        tell(first, "SEIZE", by=REBELS, at=HAMA),
        tell(second, "SEIZE", by=HTS, to=GOVERNMENT, at=HAMA, on="12-05"),
    ]
    picture = draw_picture([first, second], events, codebook=load_codebook())
    (hama,) = picture.holdings
    assert (hama.holder and hama.holder.name, hama.status, len(hama.origins)) == ("HTS", "held", 2)
    assert picture.disputes == ()


def test_on_the_day_the_capital_falls_its_captors_are_not_yet_the_government():
    taken = say("HTS took Damascus on Sunday", WIRE, published="12-08")
    claimed = say("we still hold Damascus", speaker("Syrian army", "armed side", "syr-army"), WIRE, published="12-08")
    events = [
        tell(taken, "SEIZE", by=HTS, to=ARMY, at=DAMASCUS, on="12-08"),
        tell(claimed, "SEIZE", by=ARMY, at=DAMASCUS, mode="control"),
    ]
    picture = draw_picture([taken, claimed], events, codebook=load_codebook())
    assert [row.holder and row.holder.name for row in picture.holdings] == ["HTS"]
    assert len(picture.disputes) == 1


def test_a_force_of_iran_that_leaves_reduces_what_iran_gives():
    iran, quds = party("irn-government", "Iran", "IR"), party("irn-quds-force", "Quds Force", "IR")
    gives, leaves = say("Iran sent advisers", WIRE), say("Iran is pulling out its Quds Force", WIRE, start=90)
    events = [
        tell(gives, "SUPPORT", by=iran, to=GOVERNMENT, mode="backing:advisers:gives"),
        tell(leaves, "RETREAT", by=quds, modality="in_progress"),
    ]
    codebook = load_codebook()
    picture = draw_picture([gives, leaves], events, codebook=codebook)
    assert [row.direction for row in picture.backings] == ["reduces"]
    answered = ask("who backs Assad?", picture, [gives, leaves], events, codebook, lambda name: None)
    assert answered.lines[0][0].startswith("Iran reduces advisers to Syrian government")


def test_a_leader_answers_for_whom_he_led_on_the_day():
    """Al-Sharaa led HTS until January 2025; what the government of before said is not his."""
    before = say("the army stands firm", speaker("Syrian government", "armed side", "syr-government"), WIRE)
    group = say("our fighters are in Hama", speaker("HTS", "armed side", "hts"), WIRE, start=90)
    after = say(
        "schools will open", speaker("Syrian government", "armed side", "syr-government"), WIRE, published="12-20"
    )
    said, codebook = [before, group, after], load_codebook()
    picture = draw_picture(said, [], codebook=codebook)

    def told(name: str) -> set[str]:
        answered = ask(f"what does {name} say", picture, said, [], codebook, lambda place: None)
        return {record.text for record in answered.records}

    assert told("Ahmed al-Sharaa") == {group.text, after.text}
    assert told("Bashar al-Assad") == {before.text}


def test_the_letter_of_a_judged_source_stands_in_the_rating(tmp_path: Path):
    (tmp_path / "reliability.yaml").write_text("- {source: Levant Wire, letter: B}\n", encoding="utf-8")
    first, second = say("The rebels have taken Hama", WIRE), say("Rebels hold Damascus", COURIER)
    events = [tell(first, "SEIZE", by=REBELS, at=HAMA), tell(second, "SEIZE", by=REBELS, at=DAMASCUS)]
    picture = draw_picture([first, second], events, codebook=load_codebook(tmp_path))
    assert {row.place.name: row.rating for row in picture.holdings} == {"Hama": "B3", "Damascus": "F3"}
