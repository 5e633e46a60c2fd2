"""Who says what, how surely and in what tone, through the shipped reader on invented sentences."""

from datetime import date

import pytest

from mene.articles import read_article
from mene.pipeline import Model, read
from mene.records import Reading, Statement


def reading_of(model: Model, text: str) -> Reading:
    """Return the reading of a dispatch with this text, of 5 December 2024."""
    raw = f"BEIRUT (Harbour Wire) - {text}\n".encode()
    return read(read_article(raw, published=date(2024, 12, 5)), model)


def said_by(reading: Reading, name: str) -> list[Statement]:
    """Return the statements whose origin's name holds `name`."""
    return [s for s in reading.statements if name.lower() in s.origin.name.lower()]


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("Rebels have entered the town, the Syrian Observatory for Human Rights said.", "Observatory"),
        ("The army said that it had withdrawn from Hama.", "army"),
        ("According to residents, the market was shelled at dawn.", "residents"),
        ("“We have left the city,” said a soldier who fled.", "soldier"),
        ("Two officials told Reuters that the president was still in the palace.", "officials"),
        ("Hezbollah denied that it had sent fighters.", "Hezb"),
    ],
)
def test_the_innermost_source_is_the_origin(model: Model, text: str, origin: str) -> None:
    assert said_by(reading_of(model, text), origin)


def test_the_outlet_is_the_last_of_every_chain(model: Model) -> None:
    reading = reading_of(model, "The army said that it had withdrawn from Hama. Shops were closed.")
    assert {s.sources[-1].name for s in reading.statements} == {"Harbour Wire"}


def test_a_quotation_opened_before_its_speaker_is_the_speakers(model: Model) -> None:
    reading = reading_of(model, "“They came at night. We had no guns,” a farmer said.")
    assert [s.origin.name for s in reading.statements] == ["farmer", "farmer"]


def test_he_goes_on_speaking(model: Model) -> None:
    text = "“The town is ours,” the rebel commander Hassan Ali told Reuters. “We will not leave,” he said."
    origins = [s.origin.name for s in reading_of(model, text).statements if s.cue is not None]
    assert set(origins) == {"Hassan Ali"}


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Rebels captured Hama.", "asserted"),
        ("Rebels did not capture Hama.", "negated"),
        ("Rebels may capture Hama.", "possible"),
        ("Rebels are close to capturing Hama.", "nearly"),
        ("Rebels plan to capture Hama.", "planned"),
        ("If rebels captured Hama, the road would be cut.", "conditional"),
        ("Rebels are unlikely to capture Hama.", "doubtful"),
        ("Have rebels captured Hama?", "asked"),
        ("The army denied that rebels had captured Hama.", "negated"),
    ],
)
def test_how_surely_an_event_is_told(model: Model, text: str, modality: str) -> None:
    taken = [e for e in reading_of(model, text).events if e.type == "SEIZE"]
    assert {e.modality for e in taken} == {modality}


def test_loaded_words_make_an_opinion_and_names_do_not(model: Model) -> None:
    loud = reading_of(model, "The bloodthirsty butchers deserve the ash heap of history.")
    plain = reading_of(model, "Hayat Tahrir al-Sham entered the city on Friday.")
    assert loud.statements[0].kind == "opinion"
    assert loud.statements[0].tone.loaded
    assert plain.statements[0].tone.loaded == ()


def test_a_euphemism_is_marked(model: Model) -> None:
    reading = reading_of(model, "The terrorists were neutralised in a heroic operation, state media said.")
    assert any(s.tone.loaded for s in reading.statements)


def test_reading_twice_gives_the_same_statements(model: Model) -> None:
    text = "The army said that it had withdrawn from Hama on Thursday."
    assert reading_of(model, text) == reading_of(model, text)


def test_every_span_lies_in_the_article(model: Model) -> None:
    reading = reading_of(model, "“Go,” he said; the army, residents said, had left Hama, and nobody knew why.")
    for s in reading.statements:
        for e in (s.evidence, s.sentence, *([s.cue] if s.cue else []), *s.deciding):
            assert 0 <= e.start < e.end <= len(reading.article.text)
