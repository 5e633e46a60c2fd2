"""The wording of a sentence: what judges is marked, what only names is not."""

from mene.codebook import load_codebook
from mene.records import Tone
from mene.statements.tone import OPINION_FROM, read_tone
from tests.language.build import sentence, text_of

HATING = (
    "The:DET:det>Islamists bloodthirsty:ADJ:amod>Islamists ,:PUNCT:punct>bloodthirsty Israel:PROPN:obl>hating"
    " -:PUNCT:punct>Israel hating:VERB:amod>Islamists Islamists:NOUN:nsubj>won won:VERB"
)


def tone_of(notation: str, **names: str) -> Tone:
    one = sentence(notation, names={text.replace("_", " "): label for text, label in names.items()})
    return read_tone(load_codebook(), one, text_of(one), "a")


def test_loaded_words_are_marked_with_the_noun_they_load() -> None:
    tone = tone_of(HATING)
    assert [word.text for word in tone.loaded] == ["bloodthirsty, Israel-hating Islamists"]
    assert tone.subjectivity >= OPINION_FROM


def test_plain_reporting_loads_nothing() -> None:
    tone = tone_of("Rebels:NOUN:nsubj>entered entered:VERB the:DET:det>city city:NOUN:obj>entered")
    assert tone == Tone(0.0)


def test_a_loaded_word_inside_a_name_names() -> None:
    notation = "The:DET:det>Army Butcher:PROPN:compound>Army Army:PROPN:nsubj>won won:VERB"
    loud, name = tone_of(notation.replace("PROPN", "NOUN")), tone_of(notation, Butcher_Army="ORG")
    assert len(name.loaded) <= len(loud.loaded)
    assert name.loaded == ()


def test_one_to_three_words_in_quotation_marks_are_scare_quotes() -> None:
    notation = (
        "The:DET:det>republic so-called:ADJ:amod>republic “:PUNCT:punct>republic people:NOUN:compound>republic"
        " republic:NOUN:nsubj>fell ”:PUNCT:punct>republic fell:VERB"
    )
    assert "scare quotes" in {word.why for word in tone_of(notation).loaded}
