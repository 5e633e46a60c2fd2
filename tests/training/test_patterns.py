"""The grammar of news sentences: every draw is a tree with the labels that the reader knows."""

import json
from pathlib import Path

import pytest

pytest.importorskip("torch", reason="training's own packages are not installed (make train)")

from training.corpora import Example, without_commas
from training.patterns import draw_patterns, load_rules

from mene.language.reader import WEIGHTS


def test_every_sentence_is_a_tree_with_known_labels() -> None:
    labels = json.loads((Path(WEIGHTS) / "card.json").read_text())["labels"]
    for one in draw_patterns(400, seed=1):
        n = len(one.words)
        assert n == len(one.upos) == len(one.heads) == len(one.relations)
        assert one.heads.count(0) == one.relations.count("root") == 1
        assert set(one.relations) <= set(labels["relations"])
        assert set(one.upos) <= set(labels["upos"])
        for word in range(1, n + 1):
            steps, node = 0, word
            while node and steps <= n:
                node, steps = one.heads[node - 1], steps + 1
            assert node == 0, one.words


def test_a_seed_fixes_the_sentences() -> None:
    assert draw_patterns(20, seed=3) == draw_patterns(20, seed=3) != draw_patterns(20, seed=4)


def test_every_rule_that_a_rule_names_exists() -> None:
    rules = load_rules()
    for rows in rules.values():
        for item in " ".join(rows).split():
            what = item.rstrip("?").removeprefix("*").rpartition("=")[2]
            assert "/" in what or what in rules, item


def test_commas_leave_and_all_numbers_follow() -> None:
    words = ("Hama", ",", "he", "said", ".")
    one = Example(
        words,
        upos=("PROPN", "PUNCT", "PRON", "VERB", "PUNCT"),
        heads=(4, 1, 4, 0, 4),
        relations=("ccomp", "punct", "nsubj", "root", "punct"),
        spans={"sources": [("X", 2, 2)], "contents": [("X", 0, 1)]},
        sayings=((3, "source", 2), (3, "content", 0)),
    )
    (bare,) = without_commas([one])
    assert bare.words == ("Hama", "he", "said", ".")
    assert bare.heads == (3, 3, 0, 3)
    assert bare.spans == {"sources": [("X", 1, 1)], "contents": [("X", 0, 0)]}
    assert bare.sayings == ((2, "source", 1), (2, "content", 0))
    assert without_commas([bare]) == []
