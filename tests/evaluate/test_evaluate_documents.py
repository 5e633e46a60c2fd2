"""Scorers of whole documents: PolNeAR's attributions and re3d's names."""

import json
from pathlib import Path

import pytest

from mene.errors import InputError
from mene.evaluate import evaluate
from mene.evaluate.documents import Words
from mene.evaluate.folds import fold
from mene.evaluate.place_mentions import mention_finder
from mene.evaluate.polnear import Annotated, Attribution, read_annotation, score_attributions
from mene.evaluate.re3d import Entity, Sentence, keep_apart, score_entities
from mene.records import Span

from .reader_stub import Seen, StubReader

TEXT = "Ali said rebels fled. They took Hama."
ANNOTATION = (
    "T1\tSource 0 3\tAli\nT2\tCue 4 8\tsaid\nT3\tContent 9 20;22 36\trebels fled They took Hama\n"
    "T4\tAttribution 4 8\tsaid\nE1\tAttribution:T4 Content:T3 Cue:T2 Source:T1\n#1\tAnnotatorNotes T1\tclear\n"
)
FIRST = Words(((0, 3), (4, 8), (9, 15), (16, 20), (20, 21)), ("Ali", "said", "rebels", "fled", "."))
SECOND = Words(((22, 26), (27, 31), (32, 36), (36, 37)), ("They", "took", "Hama", "."))
SAID = Seen(sources=(Span("", 0, 0),), cues=(Span("", 1, 1),), contents=(Span("", 2, 3),))
CONTINUED = Seen(contents=(Span("", 0, 2),))


def score(*readings: Seen, annotation: str = ANNOTATION) -> dict[str, float]:
    return score_attributions([read_annotation(TEXT, annotation)], [[FIRST, SECOND]], [readings])


def test_annotation_is_read_with_its_pieces() -> None:
    read = read_annotation(TEXT, ANNOTATION)
    assert read.attributions == (Attribution(((0, 3),), ((4, 8),), ((9, 20), (22, 36))),)
    assert ("Content", 22, 36) in read.spans


def test_perfect_attribution_in_two_sentences() -> None:
    scores = score(SAID, CONTINUED)
    assert set(scores.values()) == {1.0} | {scores["n"]}


def test_nothing_found() -> None:
    assert set(score(Seen(), Seen()).values()) == {0.0, 1}


def test_shorter_content_is_no_exact_span_but_overlaps() -> None:
    short = Seen(sources=SAID.sources, cues=SAID.cues, contents=(Span("", 2, 2),))
    scores = score(short, CONTINUED)
    assert (scores["content_f1"], scores["attribution_f1"]) == (0.5, 1.0)
    assert scores["content_token_f1"] == pytest.approx(2 * 4 / (4 + 5))


def test_missing_source_is_no_attribution() -> None:
    assert score(Seen(cues=SAID.cues, contents=SAID.contents), CONTINUED)["attribution_f1"] == 0.0


def test_attribution_without_a_source_wants_none() -> None:
    anonymous = ANNOTATION.replace(" Source:T1", "")
    assert score(Seen(cues=SAID.cues, contents=SAID.contents), CONTINUED, annotation=anonymous)["attribution_f1"] == 1.0
    assert score(SAID, CONTINUED, annotation=anonymous)["attribution_f1"] == 0.0


def test_two_findings_cannot_share_an_attribution() -> None:
    twice = Seen(sources=SAID.sources, cues=(Span("", 1, 1), Span("", 1, 1)), contents=SAID.contents)
    assert score(twice, CONTINUED)["attribution_f1"] == pytest.approx(2 / 3)


def test_polnear_from_folder_to_scores(tmp_path: Path) -> None:
    for folder in ("dev/text", "dev/attributions", "train/text"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "dev/text/news.txt").write_text(TEXT)
    (tmp_path / "train/text/old.txt").write_text(TEXT)
    (tmp_path / "dev/attributions/news_0a1b.ann").write_text(ANNOTATION)
    (tmp_path / "dev/attributions/news_ffff.ann").write_text("")
    reader = StubReader([SAID, CONTINUED])
    scores = evaluate("polnear", tmp_path, load_reader=lambda: reader)
    assert (scores["attribution_f1"], scores["content_f1"], scores["n"]) == (1.0, 1.0, 1)
    assert reader.asked == [FIRST.words, SECOND.words]


def test_folder_without_annotations(tmp_path: Path) -> None:
    for name in ("polnear", "re3d"):
        with pytest.raises(InputError, match="give"):
            evaluate(name, tmp_path)


def test_no_texts_score_nothing() -> None:
    assert score_attributions([], [], [])["attribution_f1"] == 0.0
    assert score_attributions([Annotated("", (), ())], [[]], [[]])["n"] == 1


def test_more_confident_then_longer_entity_is_kept() -> None:
    entities = [
        Entity("d", "Person", 4, 8, 0.0),
        Entity("d", "Organisation", 0, 15, 0.9),
        Entity("d", "Weapon", 20, 23, 0),
    ]
    assert keep_apart(entities) == [("Organisation", 0, 15), ("Weapon", 20, 23)]
    assert keep_apart([Entity("d", "A", 0, 3, 1.0), Entity("d", "B", 0, 9, 1.0)]) == [("B", 0, 9)]


def test_entities_need_exact_spans_and_types() -> None:
    gold = [Sentence(("The", "Asad", "regime"), frozenset({("Organisation", 0, 2)}))]
    assert score_entities(gold, [Seen(entities=(Span("Organisation", 0, 2),))])["names_f1"] == 1.0
    assert score_entities(gold, [Seen(entities=(Span("Person", 0, 2),))])["names_f1"] == 0.0
    assert score_entities(gold, [Seen()]) == {"names_f1": 0.0, "n": 1}


def test_re3d_scores_held_out_documents_only(tmp_path: Path) -> None:
    names = [f"document {number}" for number in range(20)]
    (tmp_path / "CENTCOM").mkdir()
    documents = [{"_id": name, "text": "Ali fled.\n\nHama fell."} for name in names]
    entities = [{"documentId": name, "begin": 11, "end": 15, "type": "Location", "confidence": 1} for name in names]
    for file, lines in (("documents", documents), ("entities", entities)):
        (tmp_path / "CENTCOM" / f"{file}.jsonl").write_text("\n".join(map(json.dumps, lines)))
    kept = sum(fold(name) == 0 for name in names)
    reader = StubReader([Seen(), Seen(entities=(Span("Location", 0, 0),))] * kept)
    scores = evaluate("re3d", tmp_path, split="held-out", load_reader=lambda: reader)
    assert scores == {"names_f1": 1.0, "n": 2 * kept}


def test_place_mentions_are_the_names_of_places() -> None:
    named = Seen(names=(Span("PER", 0, 0),)), Seen(names=(Span("LOC", 2, 2),))
    (mention,) = mention_finder(StubReader(named))(TEXT)
    assert (mention.text, mention.start, mention.end) == ("Hama", 32, 36)
    assert (mention.before, mention.after) == (TEXT[:32], ".")
