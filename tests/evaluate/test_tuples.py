"""Whole tuples from the bare sentence, and re3d's relations."""

import json
from pathlib import Path

import numpy as np
import pytest

from mene.evaluate import evaluate
from mene.evaluate.coped import read_quads, tell_tuples
from mene.evaluate.iob import Tagged
from mene.evaluate.relations import Relation, match_relations, relate_entities, score_relations
from mene.evaluate.tuples import Judged, Told, score_tuples
from mene.records import Article, Event, Picture, Span, Statement

from .reader_stub import Seen, StubReader

WORDS = ("The", "army", "near", "Homs", "praised", "Iran")
SEEN = Seen(
    upos=("DET", "NOUN", "ADP", "PROPN", "VERB", "PROPN"),
    heads=(1, 4, 3, 1, -1, 4),
    relations=("det", "nsubj", "case", "nmod", "root", "obj"),
)


def test_a_span_with_the_same_head_is_right_by_head_only() -> None:
    told = Told(WORDS, frozenset({((0, 3), (5, 5), "1")}))
    shorter = Judged(told, SEEN, frozenset({((0, 1), (5, 5), "1")}))
    assert score_tuples([shorter]) == {"tuple_f1": 0.0, "tuple_head_f1": 1.0, "tuples_n": 1}
    assert score_tuples([Judged(told, SEEN, frozenset({((0, 3), (5, 5), "2")}))])["tuple_head_f1"] == 0.0
    assert score_tuples([Judged(told, SEEN, told.tuples)])["tuple_f1"] == 1.0


def test_every_source_acts_on_every_target_and_what_is_both_on_each_other() -> None:
    several = Tagged(("a", "b", "c", "d"), ("B-S", "O", "B-T", "B-T"))
    assert tell_tuples(several, "3").tuples == {((0, 0), (2, 2), "3"), ((0, 0), (3, 3), "3")}
    assert tell_tuples(Tagged(("a", "b"), ("B-R", "B-R")), "1").tuples == {((0, 0), (1, 1), "1"), ((1, 1), (0, 0), "1")}
    assert tell_tuples(Tagged(("a",), ("B-S",)), "1").tuples == frozenset()


@pytest.mark.parametrize(("quad", "tuples"), [("1", 1), ("0", 0)])
def test_coped_takes_the_class_from_the_folder_beside_it(tmp_path: Path, quad: str, tuples: int) -> None:
    for folder, name, text in (
        ("coped_spans", "a.txt", "\n".join(f"{w} {t}" for w, t in zip(WORDS, TAGS, strict=True)) + "\n"),
        ("coped_quad", "a.tsv", f"The army near Homs praised Iran\t{quad}\n"),
    ):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text(text)
    tags = np.full((6, 7), -9.0)
    tags[range(6), [1, 2, 2, 2, 0, 3]] = 9.0
    reader = StubReader([SEEN], scores=(np.zeros((6, 19)), np.zeros((6, 6, 4))), tags=tags)
    scores = evaluate("coped", tmp_path / "coped_spans", load_reader=lambda: reader)
    assert scores["f1"] == 1.0
    assert scores.get("tuples_n", 0) == tuples


TAGS = ("B-S", "I-S", "I-S", "I-S", "O", "B-T")


def test_without_quads_there_are_no_tuples(tmp_path: Path) -> None:
    assert read_quads(tmp_path / "coped_quad") == {}


def test_relations_match_by_type_and_names_once_a_document() -> None:
    gold = [Relation("FightingAgainst", "the rebels", "the army"), Relation("InChargeOf", "the general", "the army")]
    found = [
        Relation("FightingAgainst", "army", "rebels in Hama"),
        Relation("FightingAgainst", "the army", "rebels"),
        Relation("InChargeOf", "army", "general"),
    ]
    assert match_relations(gold, found) == (1, 2, 2)
    assert score_relations([(gold, found)])["relations_f1"] == 0.5
    assert score_relations([([], [])])["relations_f1"] == 0.0


def test_the_tree_gives_relations_of_entities() -> None:
    words = ("Ten", "soldiers", "arrived", "in", "Hama")
    seen = Seen(
        heads=(1, 2, -1, 4, 2),
        relations=("nummod", "nsubj", "root", "case", "obl"),
        entities=(Span("Quantity", 0, 0), Span("Person", 1, 1), Span("Location", 4, 4)),
    )
    assert list(relate_entities(words, seen)) == [
        Relation("HasAttrOf", "soldiers", "Ten"),
        Relation("CoLocated", "soldiers", "Hama"),
    ]


def test_re3d_scores_relations_where_there_are_any(tmp_path: Path) -> None:
    relation = {"documentId": "a", "type": "CoLocated", "source": "soldiers", "target": "Hama"}
    for name, line in (("documents", {"_id": "a", "text": "Soldiers arrived in Hama"}), ("relations", relation)):
        (tmp_path / f"{name}.jsonl").write_text(json.dumps(line))
    (tmp_path / "entities.jsonl").write_text("")
    seen = Seen(
        heads=(1, -1, 3, 1),
        relations=("nsubj", "root", "case", "obl"),
        entities=(Span("Person", 0, 0), Span("Location", 3, 3)),
    )

    def read_nothing(article: Article) -> tuple[tuple[Statement, ...], tuple[Event, ...], Picture]:
        assert [article.text[block.start : block.end] for block in article.blocks] == ["Soldiers arrived in Hama"]
        return (), (), Picture(None, None, (), (), (), ())

    scores = evaluate("re3d", tmp_path, load_reader=lambda: StubReader([seen]), read_article=read_nothing)
    assert (scores["relations_f1"], scores["relations_n"]) == (1.0, 1)
