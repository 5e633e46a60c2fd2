"""How surely an event is told: the deciding words, their reach and their order."""

import pytest

from mene.codebook import load_codebook
from mene.records import Trigger
from mene.statements.modality import Decision, compose, compose_all, decide, is_by_cues
from tests.language.build import sentence, word, words

CAPTURED = "Rebels:NOUN:nsubj>captured captured:VERB Homs:PROPN:obj>captured"
CASES = [
    (CAPTURED, "captured", "asserted"),
    (CAPTURED + " ?:PUNCT:punct>captured", "captured", "asked"),
    ("Rebels:NOUN:nsubj>capture may:AUX:aux>capture capture:VERB Homs:PROPN:obj>capture", "capture", "possible"),
    ("Rebels:NOUN:nsubj>failed failed:VERB to:PART:mark>capture capture:VERB:xcomp>failed", "capture", "negated"),
    (
        "Rebels:NOUN:nsubj>captured have:AUX:aux>captured not:PART:advmod>captured captured:VERB it:PRON:obj>captured",
        "captured",
        "negated",
    ),
    (
        "Russia:PROPN:nsubj>unlikely is:AUX:cop>unlikely extremely:ADV:advmod>unlikely unlikely:ADJ to:PART:mark>send"
        " send:VERB:xcomp>unlikely troops:NOUN:obj>send",
        "send",
        "doubtful",
    ),
    (
        "If:SCONJ:mark>confirmed confirmed:VERB:advcl>blow ,:PUNCT:punct>confirmed the:DET:det>capture"
        " capture:NOUN:nsubj>blow would:AUX:aux>blow be:AUX:cop>blow a:DET:det>blow blow:NOUN",
        "capture",
        "conditional",
    ),
    (
        "The:DET:det>troops troops:NOUN:nsubj>withdraw are:AUX:aux>withdraw to:PART:mark>withdraw withdraw:VERB",
        "withdraw",
        "planned",
    ),
    (
        "The:DET:det>army army:NOUN:nsubj>sent sent:VERB troops:NOUN:obj>sent to:PART:mark>retake"
        " retake:VERB:advcl>sent the:DET:det>town town:NOUN:obj>retake",
        "retake",
        "planned",
    ),
    ("The:DET:det>town town:NOUN:nsubj>falling is:AUX:aux>falling falling:VERB", "falling", "in_progress"),
    (
        "Rebels:NOUN:nsubj>close are:AUX:cop>close close:ADJ to:SCONJ:mark>taking taking:VERB:advcl>close"
        " Homs:PROPN:obj>taking",
        "taking",
        "nearly",
    ),
]


def decided(notation: str, token: str, trigger: Trigger | None = None) -> Decision:
    one = sentence(notation)
    return decide(load_codebook(), one, word(one, token), trigger)


@pytest.mark.parametrize(("notation", "token", "expected"), CASES)
def test_the_deciding_word_sets_the_modality(notation: str, token: str, expected: str) -> None:
    assert decided(notation, token).modality == expected


def test_the_deciding_words_are_kept() -> None:
    one = sentence(CASES[2][0])
    (run,) = decide(load_codebook(), one, word(one, "capture")).deciding
    assert words(one, run) == "may"


def test_what_one_does_not_ignore_has_happened_but_what_one_does_not_launch_has_not() -> None:
    verb = "They:PRON:nsubj>{0} did:AUX:aux>{0} not:PART:advmod>{0} {0}:VERB the:DET:det>attack attack:NOUN:obj>{0}"
    assert decided(verb.format("ignore"), "attack").modality == "asserted"
    assert decided(verb.format("launch"), "attack").modality == "negated"


def test_the_main_clause_is_not_conditional_on_a_doubt_elsewhere() -> None:
    notation = (
        "Rebels:NOUN:nsubj>captured captured:VERB Homs:PROPN:obj>captured and:CCONJ:cc>take may:AUX:aux>take"
        " take:VERB:conj>captured Hama:PROPN:obj>take"
    )
    assert decided(notation, "captured").modality == "asserted"
    assert decided(notation, "take").modality == "possible"


def test_a_denied_denial_is_uncommitted() -> None:
    denied = Decision("negated", -3.0, ())
    assert compose(denied, "negated", (0, 0)).modality == "possible"
    assert compose(Decision("asserted", 3.0, ()), "negated", (0, 0)).modality == "negated"


def test_the_reader_s_status_counts_only_where_no_word_decides_and_it_is_sure() -> None:
    sure, unsure = (Trigger(1, "SEIZE", 1.0, "planned", score, ()) for score in (0.95, 0.4))
    assert decided(CAPTURED, "captured", sure).modality == "planned"
    assert decided(CAPTURED, "captured", unsure).modality == "asserted"
    assert decided(CASES[4][0], "captured", sure).modality == "negated"


def test_the_words_that_have_a_say_are_kept_with_their_rule() -> None:
    one = sentence(
        "Rebels:NOUN:nsubj>capture may:AUX:aux>capture capture:VERB Homs:PROPN:obj>capture ?:PUNCT:punct>capture"
    )
    decision = decide(load_codebook(), one, word(one, "capture"))
    assert [(vote.modality, vote.rule) for vote in decision.votes] == [("possible", "hedge"), ("asked", "question")]
    assert decision.modality == "asked"


def test_a_cue_that_alone_decided_counts_once() -> None:
    denied = Decision("negated", -3.0, ((1, 1),))
    assert is_by_cues(denied, [("negated", (1, 1))])
    assert not is_by_cues(denied, [("negated", (5, 5))])
    assert compose_all(denied, [("negated", (1, 1))]).modality == "negated"
    assert compose_all(denied, [("negated", (5, 5))]).modality == "possible"
