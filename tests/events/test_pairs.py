"""The type of what one party does to another, by the words around them."""

import numpy as np
import pytest

from mene.codebook import load_codebook
from mene.events.pairs import ROOTS, Parsed, load_pair_weights, mix, pair_features, root_chances

ACCUSED = Parsed(
    ("norland", "accuse", "southmark", "of", "theft"),
    ("PROPN", "VERB", "PROPN", "ADP", "NOUN"),
    (1, -1, 1, 4, 1),
    ("nsubj", "root", "obj", "case", "obl"),
)


def test_features_tell_the_way_between_the_parties() -> None:
    found = pair_features(ACCUSED, [0], [2], load_codebook())
    assert {"meeting accuse", "way accuse|", "relations nsubj|obj", "lexicon over source ACCUSE"} <= set(found)
    assert "words <source> accuse <target>" in found
    assert not any("norland" in name or "southmark" in name for name in found)


def test_who_does_it_to_whom_matters() -> None:
    codebook = load_codebook()
    one, other = (pair_features(ACCUSED, *parties, codebook) for parties in (([0], [2]), ([2], [0])))
    assert "words <target> accuse <source>" in other
    assert "relations obj|nsubj" in other
    assert one != other


def test_words_alone_name_a_plain_type() -> None:
    weights = load_pair_weights()
    chances = root_chances(pair_features(ACCUSED, [0], [2], load_codebook()), weights)
    assert ROOTS[int(chances.argmax())] == "ACCUSE"
    assert chances.sum() == pytest.approx(1.0)


def test_without_known_words_only_the_bias_tells() -> None:
    chances = root_chances({"nothing known": 1}, load_pair_weights())
    assert np.isfinite(chances).all()
    assert chances.sum() == pytest.approx(1.0)


def test_parties_without_a_common_way_still_have_words() -> None:
    apart = Parsed(("a", "b"), ("NOUN", "NOUN"), (-1, -1), ("root", "root"))
    assert not any(name.startswith("way") for name in pair_features(apart, [0], [1], load_codebook()))


def test_a_view_that_rules_all_out_leaves_nothing() -> None:
    assert mix({"AID": 0.0}, [1.0] * len(ROOTS)) == {"AID": 0.0}
