"""Scorers of single sentences: trees, roles, names, participants, factuality."""

import gzip
import json
from pathlib import Path

import pytest

from mene.errors import InputError
from mene.evaluate import evaluate
from mene.evaluate.coped import score_participants
from mene.evaluate.factuality import Judged, score_factuality
from mene.evaluate.iob import Tagged, read_tagged
from mene.evaluate.names import score_names
from mene.evaluate.propbank import Frames, score_roles
from mene.evaluate.ud import read_trees, score_trees
from mene.records import Role, Span

from .reader_stub import Seen, StubReader

CONLLU = (
    "# sent_id = 1\n1-2\tdon't\t_\t_\t_\t_\t_\t_\t_\t_\n1\tdo\tdo\tAUX\t_\t_\t3\taux\t_\t_\n"
    "2\tn't\tnot\tPART\t_\t_\t3\tadvmod\t_\t_\n3\tgo\tgo\tVERB\t_\t_\t0\troot\t_\t_\n3.1\t_\t_\t_\t_\t_\t_\t_\t_\t_\n"
    "4\t!\t!\tPUNCT\t_\t_\t3\tpunct\t_\t_\n\n"
)


@pytest.fixture
def treebank(tmp_path: Path) -> Path:
    path = tmp_path / "dev.conllu.gz"
    path.write_bytes(gzip.compress(CONLLU.encode()))
    return path


def test_trees_skip_multiword_tokens_and_empty_nodes(treebank: Path) -> None:
    (tree,) = read_trees(treebank)
    assert tree.words == ("do", "n't", "go", "!")
    assert tree.heads == (2, 2, -1, 2)


def test_perfect_trees(treebank: Path) -> None:
    (tree,) = read_trees(treebank)
    seen = Seen(upos=tree.upos, heads=tree.heads, relations=tree.relations)
    assert score_trees([tree], [seen]) == {"las": 1.0, "uas": 1.0, "upos": 1.0, "n": 1}


def test_wrong_relation_costs_las_only(treebank: Path) -> None:
    (tree,) = read_trees(treebank)
    relations = ("aux:pass", *tree.relations[1:])
    heads = (*tree.heads[:3], 0)
    scores = score_trees([tree], [Seen(upos=("X",) * 4, heads=heads, relations=relations)])
    assert (scores["uas"], scores["las"], scores["upos"]) == (0.75, 0.5, 0.0)


def test_no_trees_score_nothing() -> None:
    assert score_trees([], []) == {"las": 0.0, "uas": 0.0, "upos": 0.0, "n": 0}


def test_treebank_line_that_is_none_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.conllu"
    path.write_text("1\tdo\tdo\n\n")
    with pytest.raises(InputError, match="line 1: not CoNLL-U"):
        read_trees(path)


ROLES = (Role(1, "ARG1", 0, 0), Role(1, "V", 1, 1), Role(1, "C-ARG1", 2, 4), Role(1, "ARGM-TMP", 5, 5))
FRAMES = Frames(("a", "b", "c", "d", "e", "f"), frozenset({1}), ROLES)


def test_perfect_roles() -> None:
    scores = score_roles([FRAMES], [Seen(predicates=(1,), roles=ROLES)])
    assert scores == {"role_f1": 1.0, "core_f1": 1.0, "predicate_f1": 1.0, "n": 1}


def test_argument_without_its_continuation_is_wrong() -> None:
    seen = Seen(predicates=(1,), roles=(Role(1, "ARG1", 0, 0), Role(1, "ARGM-TMP", 5, 5)))
    scores = score_roles([FRAMES], [seen])
    assert (scores["role_f1"], scores["core_f1"]) == (0.5, 0.0)


def test_roles_of_another_predicate_are_wrong() -> None:
    moved = tuple(Role(2, role.label, role.first, role.last) for role in ROLES)
    assert score_roles([FRAMES], [Seen(predicates=(2,), roles=moved)])["role_f1"] == 0.0
    assert score_roles([FRAMES], [Seen()])["role_f1"] == 0.0


def test_propbank_reads_json_lines(tmp_path: Path) -> None:
    line = {"words": ["Rebels", "fled"], "frames": [[1, "flee.01", [["ARG0", 0, 0], ["V", 1, 1]]]]}
    (tmp_path / "dev.jsonl").write_text(json.dumps(line) + "\n")
    reader = StubReader([Seen(predicates=(1,), roles=(Role(1, "ARG0", 0, 0),))])
    assert evaluate("propbank", tmp_path, load_reader=lambda: reader)["role_f1"] == 1.0
    assert reader.asked == [("Rebels", "fled")]


NAMED = Tagged(("Assad", "left", "Deir", "ez", "Zor"), ("B-PER", "O", "B-LOC", "I-LOC", "I-LOC"))


def test_names_need_exact_spans_and_labels() -> None:
    perfect = (Span("PER", 0, 0), Span("LOC", 2, 4))
    assert score_names([NAMED], [Seen(names=perfect)])["f1"] == 1.0
    assert score_names([NAMED], [Seen(names=(Span("PER", 0, 0), Span("LOC", 2, 3)))])["f1"] == 0.5
    assert score_names([NAMED], [Seen()])["f1"] == 0.0


@pytest.mark.parametrize(
    ("content", "tags"),
    [
        ("# text = x\n1\tAssad\tB-PER\t-\t-\n2\tleft\tO\t-\t-\n\n", ("B-PER", "O")),
        ("-DOCSTART- O\n\nAssad I-PER\nleft O\n", ("I-PER", "O")),
        ("Assad\tB-politician\r\nleft\tO\r\n\r\n", ("B-politician", "O")),
    ],
)
def test_tagged_files_of_every_kind(tmp_path: Path, content: str, tags: tuple[str, ...]) -> None:
    path = tmp_path / "a.iob2"
    path.write_bytes(content.encode())
    assert read_tagged(path) == [Tagged(("Assad", "left"), tags)]
    reader = StubReader([Seen(names=(Span("PER", 0, 0),))])
    assert evaluate("names", path, load_reader=lambda: reader)["f1_PER"] == 1.0


def test_participants_count_source_and_target_only() -> None:
    gold = Tagged(("a", "b", "c", "d"), ("B-S", "I-S", "B-R", "B-T"))
    found = (Span("S", 0, 1), Span("T", 3, 3), Span("R", 2, 2))
    assert score_participants([gold], [found]) == {"f1": 1.0, "n": 1}
    assert score_participants([gold], [(Span("T", 0, 1),)])["f1"] == 0.0


def test_factuality_over_the_targets_only() -> None:
    gold = [Judged(("It", "fell", "or", "not"), ((1, 3.0), (3, -1.0)))]
    scores = score_factuality(gold, [Seen(factuality=(0.0, 3.0, 0.0, -1.0))])
    assert scores == {"r": pytest.approx(1.0), "mae": 0.0, "n": 2}
    assert score_factuality(gold, [Seen(factuality=(0.0, 9.0, 0.0, 1.0))])["mae"] == 1.0
    assert score_factuality([], []) == {"r": 0.0, "mae": 0.0, "n": 0}


def test_factuality_of_each_corpus_in_a_folder(tmp_path: Path) -> None:
    for corpus, label in (("UW", 3.0), ("MEANTIME", -3.0)):
        (tmp_path / corpus).mkdir()
        line = {"text": "It fell", "targets": [{"span1": [1, 2], "label": label}]}
        (tmp_path / corpus / "dev.jsonl").write_text(json.dumps(line))
        (tmp_path / corpus / "train.jsonl").write_text("never read")
    scores = evaluate("factuality", tmp_path, load_reader=lambda: StubReader([Seen(factuality=(0.0, 3.0))]))
    assert (scores["mae_uw"], scores["mae_meantime"], scores["mae"], scores["n"]) == (0.0, 6.0, 3.0, 2)


def test_unknown_name_and_missing_path_say_what_there_is(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="choose one of ud, propbank"):
        evaluate("parsing", tmp_path)
    with pytest.raises(InputError, match="does not exist"):
        evaluate("ud", tmp_path / "none")
    with pytest.raises(InputError, match=r"holds no \.conllu file"):
        evaluate("ud", tmp_path)
