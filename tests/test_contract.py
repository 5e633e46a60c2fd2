"""The JSON border: exact round trips, the document's shape, and a published schema that is up to date."""

import json
from datetime import date
from pathlib import Path

import msgspec
import pytest

from mene.contract import contract_schema, contract_schema_text, from_json, reading_document, to_json
from mene.records import Article, Evidence, Outlook, Picture, Source, Statement, Tone

ARTICLE = Article("a1", None, None, "Hama", None, date(2024, 12, 6), "en", "Rebels took Hama.", (), ())
SENTENCE = Evidence("a1", 0, 17)
SOURCES = (Source("a monitor", "monitor"), Source("The Wire", "outlet"))
STATEMENT = Statement(
    "s1", SENTENCE, SENTENCE, "Rebels took Hama.", "Rebels took Hama.", SOURCES, "claim", 3.0, "asserted", Tone(0.0),
    None, date(2024, 12, 6), date(2024, 12, 6),
)  # fmt: skip
EMPTY = Picture(None, None, (), (), (), ())
KEYS = ["article", "articles", "statements", "wordings", "events", "picture", "signals", "outlook", "dropped", "mene"]


def document(articles: list[Article]) -> dict[str, object]:
    outlook = Outlook("Bashar al-Assad", 90, None, None, 0.01, "not calibrated", "low", (), (), "")
    parts = ([STATEMENT], [], EMPTY, [], [outlook], [])
    return reading_document(articles, *parts, version="0.1.0", model=None)


def test_records_come_back_equal() -> None:
    assert from_json(to_json(STATEMENT), Statement) == STATEMENT
    assert from_json(to_json((ARTICLE, ARTICLE)), tuple[Article, ...]) == (ARTICLE, ARTICLE)


def test_json_that_does_not_fit_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        from_json(b'{"article_id": "a1", "start": "0", "end": 4}', Evidence)


def test_document_has_the_contract_keys_in_order() -> None:
    made = document([ARTICLE])
    assert list(made) == KEYS
    assert made["mene"] == {"version": "0.1.0", "model": None}
    assert made["article"] == made["articles"][0]  # type: ignore[index]


def test_document_of_several_articles_has_no_single_one() -> None:
    made = document([ARTICLE, ARTICLE])
    assert made["article"] is None
    assert len(made["articles"]) == 2  # type: ignore[arg-type]


def test_statement_shows_its_words_article_and_offsets() -> None:
    (statement,) = json.loads(json.dumps(document([ARTICLE])))["statements"]
    assert statement["evidence"] == {"article_id": "a1", "start": 0, "end": 17}
    assert (statement["text"], statement["sources"][0]["name"]) == ("Rebels took Hama.", "a monitor")
    assert statement["published_at"] == "2024-12-06"


def test_schema_names_every_key() -> None:
    shape = contract_schema()["$defs"]["ReadingDocument"]
    assert shape["required"] == KEYS
    assert set(contract_schema()["$defs"]["Picture"]["properties"]) >= {"holdings", "backings", "presences", "disputes"}


def test_published_schema_is_up_to_date() -> None:
    published = Path(__file__).parents[1] / "docs" / "contract.schema.json"
    message = "run: python -m mene.contract > docs/contract.schema.json"
    assert published.read_text(encoding="utf-8") == contract_schema_text(), message
