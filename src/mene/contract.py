"""The JSON border: records to and from JSON, the document `mene read --json` prints, and its JSON Schema.

The document is described in the guide and changes only with an entry in the changelog. `python -m mene.contract`
prints the schema; `docs/contract.schema.json` is that output.
"""

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec

from mene.records import Article, Dropped, Event, Outlook, Picture, Signal, Statement, Wording

CONTRACT_VERSION = 1
SCHEMA_DIALECT = "https://json-schema.org/draft/2020-12/schema"

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Tool:
    """What made the document: Mene's version and the name of the reader model (None when none was used)."""

    version: str
    model: str | None


@dataclass(frozen=True, slots=True)
class ReadingDocument:
    """The one JSON object of `mene read --json`. `article` is the article when one was read, null when several were."""

    article: Article | None
    articles: tuple[Article, ...]
    statements: tuple[Statement, ...]
    wordings: tuple[Wording, ...]
    events: tuple[Event, ...]
    picture: Picture
    signals: tuple[Signal, ...]
    outlook: tuple[Outlook, ...]
    dropped: tuple[Dropped, ...]
    mene: Tool


def to_json(value: object) -> bytes:
    """Return a record, or any nesting of records, as JSON: fields by their names, days in ISO 8601, tuples as lists.

    >>> from mene.records import Evidence
    >>> to_json(Evidence("a1", 0, 4))
    b'{"article_id":"a1","start":0,"end":4}'
    """
    return msgspec.json.encode(value)


def from_json(data: bytes | str, kind: type[T]) -> T:
    """Return the record of type `kind` that `to_json` wrote, equal to the original by value.

    Raises `msgspec.ValidationError` where the JSON does not fit the record.

    >>> from mene.records import Evidence
    >>> from_json(b'{"article_id":"a1","start":0,"end":4}', Evidence)
    Evidence(article_id='a1', start=0, end=4)
    """
    return msgspec.json.decode(data, type=kind)


def reading_document(
    articles: Iterable[Article],
    statements: Iterable[Statement],
    events: Iterable[Event],
    picture: Picture,
    signals: Iterable[Signal],
    outlook: Iterable[Outlook],
    dropped: Iterable[Dropped],
    *,
    wordings: Iterable[Wording] = (),
    version: str,
    model: str | None,
) -> dict[str, Any]:
    """Return the contract's document as plain dicts, lists, strings and numbers, ready for any JSON writer."""
    read = tuple(articles)
    document = ReadingDocument(
        article=read[0] if len(read) == 1 else None,
        articles=read,
        statements=tuple(statements),
        wordings=tuple(wordings),
        events=tuple(events),
        picture=picture,
        signals=tuple(signals),
        outlook=tuple(outlook),
        dropped=tuple(dropped),
        mene=Tool(version, model),
    )
    plain: dict[str, Any] = msgspec.to_builtins(document)
    return plain


def contract_schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the document of `mene read --json`."""
    schema = msgspec.json.schema(ReadingDocument)
    return {
        "$schema": SCHEMA_DIALECT,
        "$id": f"urn:mene:contract:{CONTRACT_VERSION}",
        "title": "mene read --json",
        **schema,
    }


def contract_schema_text() -> str:
    """Return the schema as it stands in `docs/contract.schema.json`: indented JSON and a final newline."""
    return msgspec.json.format(msgspec.json.encode(contract_schema()), indent=2).decode() + "\n"


if __name__ == "__main__":
    sys.stdout.write(contract_schema_text())
