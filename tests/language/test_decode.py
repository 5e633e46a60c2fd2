"""The reader's outputs, made by hand, to a reading."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from mene.language.reader import WordsReading, _relations, decode, decode_spans

LABELS = {
    "upos": ["NOUN", "VERB", "PROPN", "PUNCT"],
    "relations": ["root", "nsubj", "obj", "punct"],
    "roles": ["", "ARG0", "ARG1"],
    "names": ["LOC"],
    "entities": ["Location"],
    "mentions": ["place", "armed force"],
    "types": ["O", "SEIZE", "ASSAULT"],
    "statuses": ["asserted", "negated"],
}
N, SURE = 4, 9.0
"""Rebels took Hama . (four words, "took" the root)."""


def sure(choice: list[int], width: int) -> NDArray[Any]:
    """Return scores [1, words, width] that choose one label a word."""
    return (np.eye(width)[choice] * SURE)[None]


def outputs() -> dict[str, NDArray[Any]]:
    arguments = np.zeros((1, N, N, 4))
    arguments[..., 0] = SURE
    arguments[0, 1, 0], arguments[0, 1, 2] = np.eye(4)[1] * SURE, np.eye(4)[3] * SURE
    roles = np.zeros((1, N, N), np.int64)
    roles[0, 1, 0], roles[0, 1, 2] = 1, 2
    return {
        "arcs": sure([2, 0, 2, 2], N + 1).astype(np.float32),
        "upos": np.array([[0, 1, 2, 3]]),
        "relations": np.array([[1, 3, 2, 0]]),
        "factuality": np.array([[0.0, 4.2, 0.0, 0.0]]),
        "predicates": np.array([[-1.0, 1.0, -1.0, -1.0]]),
        "roles": roles,
        "names": sure([0, 0, 1, 0], 3),
        "entities": sure([0] * N, 3),
        "mentions": sure([3, 0, 1, 0], 5),
        "inner_mentions": sure([0, 0, 3, 0], 5),
        "sayings": np.zeros((1, N, N), np.uint8),
        "opinion": np.array([-2.0]),
        "sources": sure([0] * N, 3),
        "cues": sure([0] * N, 3),
        "contents": sure([1, 2, 2, 0], 3),
        "participants": sure([0] * N, 7),
        "types": sure([0, 1, 0, 0], 3),
        "statuses": sure([0, 1, 0, 0], 2),
        "arguments": arguments,
    }


def read(**changed: NDArray[Any]) -> WordsReading:
    return decode({**outputs(), **changed}, [["Rebels", "took", "Hama", "."]], LABELS)[0]


def test_the_tree_has_one_root_and_only_it_is_called_so() -> None:
    reading = read()
    assert reading.heads == (1, -1, 1, 1)
    assert reading.relations == ("nsubj", "root", "obj", "dep")


def test_spans_names_and_factuality_are_decoded() -> None:
    reading = read()
    assert [(s.label, s.first, s.last) for s in reading.names] == [("LOC", 2, 2)]
    assert [(s.first, s.last) for s in reading.contents] == [(0, 2)]
    assert reading.factuality[1] == 3.0


def test_a_trigger_has_type_status_and_arguments() -> None:
    (trigger,) = read().triggers
    assert (trigger.token, trigger.type, trigger.status) == (1, "SEIZE", "negated")
    assert [(a.label, a.first) for a in trigger.arguments] == [("actor", 0), ("place", 2)]


def test_a_role_is_what_hangs_below_its_top_word() -> None:
    assert [(r.label, r.first, r.last) for r in read().roles] == [("ARG0", 0, 0), ("ARG1", 2, 2)]


def test_a_second_piece_of_a_core_role_continues_it() -> None:
    roles = np.zeros((1, N, N), np.uint8)
    roles[0, 1] = [2, 0, 2, 0]
    assert [(r.label, r.first, r.last) for r in read(roles=roles).roles] == [("ARG1", 0, 0), ("C-ARG1", 2, 2)]


def test_pieces_of_a_core_role_that_touch_are_one() -> None:
    roles = np.zeros((1, N, N), np.uint8)
    roles[0, 1] = [0, 0, 2, 2]
    assert [(r.label, r.first, r.last) for r in read(roles=roles).roles] == [("ARG1", 2, 3)]


def test_a_cue_is_joined_with_the_source_and_the_content_of_its_row() -> None:
    sayings = np.zeros((1, N, N), np.uint8)
    sayings[0, 1] = [1, 0, 2, 2]
    (saying,) = read(sayings=sayings, cues=sure([0, 1, 0, 0], 3)).sayings
    assert saying.source is not None
    assert (saying.source.first, [(c.first, c.last) for c in saying.contents]) == (0, [(2, 3)])


def test_a_cue_without_content_says_nothing() -> None:
    assert read(cues=sure([0, 1, 0, 0], 3)).sayings == ()


def test_mentions_nest() -> None:
    kinds = [(m.label, m.first) for m in read().mentions]
    assert kinds == [("armed force", 0), ("place", 2), ("armed force", 2)]


def test_an_opinion_is_a_probability() -> None:
    assert read().opinion == 0.119


def test_a_word_that_is_hardly_an_event_is_no_trigger() -> None:
    assert read(types=sure([0] * N, 3)).triggers == ()


def test_a_continued_tag_without_a_beginning_is_weighed_with_its_row() -> None:
    continued = np.array([[0.1, 0.3, 0.6], [0.2, 0.1, 0.7], [0.9, 0.0, 0.1], [0.4, 0.0, 0.6]])
    assert [(s.first, s.last, round(s.score, 3)) for s in decode_spans(continued, ["LOC"])] == [(0, 1, 0.6)]


def test_what_and_joins_to_a_word_before_it_is_a_conjunct() -> None:
    labels = ["root", "obj", "appos", "cc"]
    heads = [-1, 0, 3, 1]
    assert _relations([0, 1, 3, 2], heads, labels) == ("root", "obj", "cc", "conj")
    assert _relations([0, 1, 1, 2], heads, labels) == ("root", "obj", "obj", "appos")


def test_a_trigger_keeps_its_likeliest_types() -> None:
    (trigger,) = decode(outputs(), [["Rebels", "took", "Hama", "."]], LABELS)[0].triggers
    assert trigger.ranked[0][0] == trigger.type == "SEIZE"
    assert [kind for kind, _ in trigger.ranked] == ["SEIZE", "ASSAULT"]
    assert trigger.ranked[0][1] <= trigger.score
