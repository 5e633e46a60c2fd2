"""Scorers of events: the type of a pair, the place of a verb."""

import gzip
import json
from pathlib import Path

import numpy as np
import pytest

from mene.errors import InputError
from mene.evaluate import evaluate
from mene.evaluate.event_location import Located, score_places
from mene.evaluate.folds import fold
from mene.evaluate.locate import find_phrase
from mene.evaluate.pairs import weigh_types
from mene.evaluate.plv import Pair, read_pairs, score_pairs
from mene.vocabulary import EVENT_TYPES

from .reader_stub import Seen, StubReader

WORDS = ("Rebels", "praised", "Iran", "and", "bombed", "Hama")
SCORED = ["O", *EVENT_TYPES, "NONE_OTHER"]


def event_scores() -> tuple[np.ndarray, np.ndarray]:
    """Two events: the rebels praise Iran, and bomb Hama, which is also where that happens."""
    types, arguments = np.full((6, len(SCORED)), -8.0), np.zeros((6, 6, 4))
    types[:, 0] = 4.0
    for word, kind in ((1, "SUPPORT"), (4, "ASSAULT")):
        types[word, 0], types[word, SCORED.index(kind)] = -4.0, 4.0
        arguments[word, 0, 1] = 6.0
    arguments[1, 2, 2] = arguments[4, 5, 2] = 6.0
    arguments[4, 5, 3] = 9.0
    return types, arguments


def test_type_is_that_of_the_given_pair() -> None:
    types, arguments = event_scores()
    arguments[4, 5, 3] = 0.0
    kinds = SCORED[1:]
    assert kinds[int(weigh_types(types, arguments, [0], [2]).argmax())] == "SUPPORT"
    assert kinds[int(weigh_types(types, arguments, [0], [5]).argmax())] == "ASSAULT"
    assert weigh_types(types, arguments, [0], [5]).sum() == pytest.approx(1.0)


def test_types_sum_into_the_roots_and_quads_of_the_data() -> None:
    gold = [Pair("", "", "", "2", "YIELD"), Pair("", "", "", "4", "ASSAULT")]
    perfect = [{"CONCEDE": 0.3, "RETREAT": 0.3, "ACCUSE": 0.4}, {"SEIZE": 1.0}]
    assert score_pairs(gold, perfect) == {"root_f1": 1.0, "quad_f1": 1.0, "binary_f1": 1.0, "n": 2}
    wrong = [{"ASSAULT": 1.0}, {"COERCE": 1.0}]
    assert score_pairs(gold, wrong)["root_f1"] == 0.0
    assert score_pairs(gold, wrong)["quad_f1"] == pytest.approx(1 / 3)


def test_plv_from_file_to_scores(tmp_path: Path) -> None:
    path = tmp_path / "plv.tsv"
    rows = ["sentence\tsource\ttarget\tquad\troot", '"Rebels praised Iran and bombed Hama\tRebels\tIran\t1\tSUPPORT']
    path.write_text("\n".join(rows) + "\n")
    types, arguments = (np.concatenate([part[:1], part]) for part in event_scores())
    arguments = np.concatenate([arguments[:, :1], arguments], axis=1)
    tags = np.full((7, 7), -9.0)
    tags[range(7), [0, 1, 0, 3, 0, 0, 0]] = 9.0
    seen = Seen(
        upos=("PUNCT", "NOUN", "VERB", "PROPN", "CCONJ", "VERB", "PROPN"),
        heads=(2, 2, -1, 2, 5, 2, 5),
        relations=("punct", "nsubj", "root", "obj", "cc", "conj", "obj"),
    )
    reader = StubReader([seen], scores=(types, arguments), tags=tags)
    scores = evaluate("plv", path, load_reader=lambda: reader)
    assert scores["root_f1"] == scores["tuple_f1"] == scores["tuple_head_f1"] == scores["tuples_n"] == 1.0
    assert set(reader.asked) == {('"', *WORDS)}


@pytest.mark.parametrize(("rows", "message"), [("a\tb\n1\t2\n", "no column sentence"), ("x", "no column")])
def test_plv_file_of_another_form(tmp_path: Path, rows: str, message: str) -> None:
    (tmp_path / "plv.tsv").write_text(rows)
    with pytest.raises(InputError, match=message):
        read_pairs(tmp_path / "plv.tsv")


def test_phrase_that_is_not_there_gives_what_it_shares() -> None:
    assert find_phrase(["Iran", "-", "backed", "forces"], "Iran-backed forces") == (0, 1, 2, 3)
    assert find_phrase(["Tirana", "warned", "Iran"], "Iran") == (2,)
    assert find_phrase(["Syrian", "army"], "the Syrian government") == (0,)
    assert find_phrase(["Syrian", "army"], "Iran") == (0, 1)


PLACED = Located("", WORDS, 4, frozenset({5}))


def test_place_words() -> None:
    assert score_places([PLACED], [{5}]) == {"token_p": 1.0, "token_r": 1.0, "token_f1": 1.0, "n": 1}
    assert score_places([PLACED], [{2, 5}])["token_p"] == 0.5
    assert score_places([PLACED], [set()]) == {"token_p": 0.0, "token_r": 0.0, "token_f1": 0.0, "n": 1}


def test_event_location_from_file_to_scores(tmp_path: Path) -> None:
    spans = [
        {"label": "VERB", "token_start": 4, "token_end": 4},
        {"label": "LOCATION", "token_start": 5, "token_end": 5},
    ]
    lines = [
        {"text": f"{number}", "tokens": [{"text": word} for word in WORDS], "spans": spans} for number in range(20)
    ]
    path = tmp_path / "items.jsonl.gz"
    path.write_bytes(gzip.compress("\n".join(map(json.dumps, lines)).encode()))
    reader = StubReader(scores=event_scores())
    scores = evaluate("event_location", path, split="held-out", load_reader=lambda: reader)
    assert scores["token_f1"] == 1.0
    assert scores["n"] == sum(fold(str(number)) == 0 for number in range(20))
