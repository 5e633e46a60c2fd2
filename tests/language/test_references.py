"""What pronouns and descriptions stand for, on sentences made by hand."""

from collections.abc import Iterator

import pytest

from mene.language import references
from mene.language.references import find_anaphors, find_candidates, find_references
from mene.records import Saying, Span
from tests.language.build import analysis, sentence

ADVISER = sentence(
    "An:DET:det>adviser adviser:NOUN:nsubj>spoke spoke:VERB in:ADP:case>Bamako Bamako:PROPN:obl>spoke"
    " .:PUNCT:punct>spoke",
    names={"Bamako": "LOC"},
)
HE = sentence("He:PRON:nsubj>denied denied:VERB the:DET:det>coup coup:NOUN:obj>denied .:PUNCT:punct>denied")


@pytest.fixture(autouse=True)
def weights() -> Iterator[None]:
    """Weigh two features only, so that the tests speak of the method and not of fitted numbers."""
    kept = references.load_weights
    references.load_weights = lambda: {"subject": 2.0, "person for place": -4.0, "2 sentences back": -1.0}  # type: ignore[assignment]
    yield
    references.load_weights = kept


def test_a_pronoun_takes_the_best_candidate_before_it() -> None:
    (found,) = find_references(analysis(ADVISER, HE).sentences)
    assert (found.sentence, found.first) == (1, 0)
    assert (found.to_sentence, found.to_first, found.to_last) == (0, 0, 1)
    assert 0.5 < found.score < 1.0


def test_a_pronoun_that_nobody_fits_stays_open() -> None:
    place = sentence("Bamako:PROPN:obl>fell fell:VERB .:PUNCT:punct>fell", names={"Bamako": "LOC"})
    assert find_references(analysis(place, HE).sentences) == ()


def test_nothing_after_a_pronoun_is_a_candidate() -> None:
    assert find_references(analysis(HE, ADVISER).sentences) == ()


def test_an_empty_it_stands_for_nothing() -> None:
    raining = sentence("It:PRON:expl>clear is:AUX:cop>clear clear:ADJ .:PUNCT:punct>clear")
    assert list(find_anaphors(raining)) == []


def test_a_description_is_an_anaphor_but_not_within_a_name() -> None:
    group = sentence("The:DET:det>group group:NOUN:nsubj>left left:VERB .:PUNCT:punct>left")
    longer = sentence("The:DET:det>Group group:NOUN:compound>Group Group:PROPN:nsubj>left left:VERB .:PUNCT:punct>left")
    assert [(a.first, a.last) for a in find_anaphors(group)] == [(0, 1)]
    assert list(find_anaphors(longer)) == []


def test_one_head_word_is_one_candidate_with_its_widest_words() -> None:
    (adviser, bamako) = find_candidates(ADVISER)
    assert (adviser.first, adviser.last, adviser.kind, adviser.is_subject) == (0, 1, "one", True)
    assert bamako.kind == "place"


def test_we_in_a_quotation_is_the_speaker() -> None:
    from dataclasses import replace

    said = sentence(
        "We:PRON:nsubj>left left:VERB:ccomp>said ,:PUNCT:punct>said rebels:NOUN:nsubj>said said:VERB .:PUNCT:punct>said"
    )
    saying = Saying(Span("cue", 4, 4), Span("source", 3, 3), (Span("content", 0, 1),))
    (found,) = find_references([replace(said, sayings=(saying,))])
    assert (found.first, found.to_first) == (0, 3)
