"""Lemmas of irregular and regular forms."""

import pytest

from mene.codebook import lemmatise


@pytest.mark.parametrize(
    ("word", "upos", "lemma"),
    [
        ("Took", "VERB", "take"),
        ("taking", "VERB", "take"),
        ("fled", "VERB", "flee"),
        ("fleeing", "VERB", "flee"),
        ("seized", "VERB", "seize"),
        ("stopped", "VERB", "stop"),
        ("shelled", "VERB", "shell"),
        ("controlled", "VERB", "control"),
        ("retreating", "VERB", "retreat"),
        ("evacuating", "VERB", "evacuate"),
        ("denies", "VERB", "deny"),
        ("launched", "VERB", "launch"),
        ("routed", "VERB", "rout"),
        ("proceed", "VERB", "proceed"),
        ("was", "AUX", "be"),
        ("n't", "PART", "not"),
        ("militiamen", "NOUN", "militiaman"),
        ("forces", "NOUN", "force"),
        ("crises", "NOUN", "crisis"),
        ("attacks", "NOUN", "attack"),
        ("buses", "NOUN", "bus"),
        ("left", "ADJ", "left"),
        ("Houthis", "PROPN", "Houthis"),
    ],
)
def test_lemmas(word: str, upos: str, lemma: str) -> None:
    assert lemmatise(word, upos) == lemma


@pytest.mark.parametrize("word", ["", "s", "ed", "ing", "'", "是"])
def test_odd_words_come_back_unbroken(word: str) -> None:
    assert isinstance(lemmatise(word, "VERB"), str)
    assert isinstance(lemmatise(word, "NOUN"), str)
