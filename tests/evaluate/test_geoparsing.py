"""Scoring place resolution on a file in the format of LGL and TR-News."""

from pathlib import Path

import pytest

from mene.errors import InputError
from mene.evaluate.geoparsing import read_articles, score_geoparsing, summarise
from mene.gazetteer import Mention

ARTICLE = """<?xml version="1.0" encoding="utf-8"?>
<articles><article docid="1"><domain>example.org</domain><text><![CDATA[Rebels took Hama. Syria denied it.]]></text>
<toponyms>
 <toponym><start>12</start><end>16</end><phrase>Hama</phrase><gaztag geonameid="170017"><name>Hamah</name>
  <fcode>PPLA</fcode><lat>35.13</lat><lon>36.75</lon><country geonameid="163843">Syria</country></gaztag></toponym>
 <toponym><start>99</start><end>104</end><phrase>Syria</phrase><gaztag geonameid="163843"><name>Syria</name>
  <fcode>PCLI</fcode><lat>10</lat><lon>10</lon><country geonameid="163843">Syria</country></gaztag></toponym>
 <toponym><start>0</start><end>6</end><phrase>Rebels</phrase></toponym>
</toponyms></article></articles>"""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "corpus.xml"
    path.write_text(ARTICLE, encoding="utf-8")
    return path


def test_gold_mentions_are_resolved_and_countries_compared_by_code(corpus: Path) -> None:
    scores = score_geoparsing(corpus, gold_mentions=True)
    assert scores["n"] == 2
    assert scores["recall_161"] == scores["acc_161"] == 1.0


def test_a_wrong_offset_is_mended_by_the_phrase(corpus: Path) -> None:
    (article,) = read_articles(corpus)
    assert [article.text[place.start : place.end] for place in article.places] == ["Hama", "Syria"]


def test_raw_text_scores_what_the_finder_finds(corpus: Path) -> None:
    scores = score_geoparsing(
        corpus.parent, gold_mentions=False, find_mentions=lambda text: [Mention("Hama", 12, 16, text[:12], text[16:])]
    )
    assert scores["recall_161"] == 0.5
    assert scores["acc_161"] == 1.0


def test_raw_text_without_a_finder_says_what_to_do(corpus: Path) -> None:
    with pytest.raises(InputError, match="--gold-mentions"):
        score_geoparsing(corpus, gold_mentions=False)


@pytest.mark.parametrize("content", ["", "no xml", "<articles/>"])
def test_a_file_without_articles_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / "x.xml").write_text(content, encoding="utf-8")
    with pytest.raises(InputError):
        score_geoparsing(tmp_path / "x.xml", gold_mentions=True)


def test_unanswered_places_count_against_recall_only() -> None:
    assert summarise([0.0, 500.0, None, 10.0]) == {"n": 4, "recall_161": 0.5, "acc_161": 0.6667, "median_km": 10.0}


def test_each_corpus_of_a_folder_is_told_apart_and_unannotated_answers_are_counted(corpus: Path) -> None:
    (corpus.parent / "Other.xml").write_text(ARTICLE, encoding="utf-8")
    scores = score_geoparsing(
        corpus.parent,
        gold_mentions=False,
        find_mentions=lambda text: [Mention("Hama", 12, 16, text[:12], text[16:]), Mention("Homs", 27, 33, "", "")],
    )
    assert scores["recall_161_corpus"] == scores["recall_161_other"] == 0.5
    assert scores["mention_p"] == 0.5
