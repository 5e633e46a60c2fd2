"""Sources and targets by the reader's tags and the words."""

import numpy as np
import pytest

from mene.codebook import load_codebook
from mene.language import load_reader
from mene.language.parties import find_parties, load_party_weights, tag_scores, word_features
from mene.language.tags import best_tags
from mene.records import Span

EVEN = np.log(np.full((3, 7), 1 / 7))


def sure(*tags: int) -> np.ndarray:
    scores = np.full((len(tags), 7), -9.0)
    scores[range(len(tags)), tags] = 0.0
    return scores


def test_spans_begin_before_they_go_on() -> None:
    scores = sure(0, 2, 4)
    scores[1, 0] = scores[2, 3] = -1.0
    assert best_tags(scores) == [0, 0, 3]
    assert best_tags(np.zeros((0, 7))) == []


def test_both_views_are_added() -> None:
    assert [(s.label, s.first, s.last) for s in find_parties(sure(1, 2, 3), EVEN)] == [("S", 0, 1), ("T", 2, 2)]
    assert find_parties(np.zeros((3, 7)), sure(0, 5, 6))[0].label == "R"


def test_a_sentence_known_to_tell_of_two_gives_both() -> None:
    scores = sure(1, 0, 0)
    scores[2, 3] = -3.0
    assert [span.label for span in find_parties(scores, EVEN)] == ["S"]
    source, target = find_parties(scores, EVEN, paired=True)
    assert (source, target.label) == (Span("S", 0, 0, source.score), "T")
    assert 0 < target.score < 0.1 < source.score <= 1


@pytest.mark.parametrize(
    ("words", "source", "target"),
    [
        ("The Norland government has condemned the Southmark army .", (0, 2), (5, 7)),
        ("Southmark police arrested four opposition activists on Monday .", (0, 1), (3, 5)),
    ],
)
def test_the_words_alone_find_who_acts_on_whom(words: str, source: tuple[int, int], target: tuple[int, int]) -> None:
    sentence = words.split()
    (reading,) = load_reader().read_words([sentence])
    scores = tag_scores(word_features(sentence, reading, load_codebook()), load_party_weights())
    spans = {span.label: (span.first, span.last) for span in find_parties(np.zeros_like(scores), scores)}
    assert spans == {"S": source, "T": target}


def test_no_words_have_no_features() -> None:
    (reading,) = load_reader().read_words([[]])
    assert word_features([], reading, load_codebook()) == []
    assert tag_scores([], load_party_weights()).shape == (0, 7)
