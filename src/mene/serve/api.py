"""The read API: pages of records as JSON or as a table, and one record by its id."""

import base64
import binascii
import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any, NamedTuple

import msgspec

from mene.contract import to_json
from mene.errors import InputError
from mene.records import Citation, Statement
from mene.report.contents import Claim
from mene.search import Hit
from mene.serve.edition import Edition, Picture
from mene.serve.endpoints import COLLECTION_OF, check_filters
from mene.serve.query import Query, read_number
from mene.serve.registers import Key

PAGE = 100
MOST = 500
"""Rows of one page."""


def list_rows(edition: Edition, query: Query, asked: Mapping[str, str], name: str) -> bytes:
    """Return a page of a register, or of what a search finds, as JSON. Raises InputError, SearchTimeout, StoreError."""
    page = _page(edition, query, asked, name)
    following = query.address(f"/api/{name}", limit=_limit(asked), cursor=page.next) if page.next else None
    told = {"items": page.rows, "total": page.total, "next": following, "edition": edition.version}
    return to_json({**told, "on": page.on, "known": page.known})


def list_table(edition: Edition, query: Query, asked: Mapping[str, str], name: str) -> bytes:
    """Return a page of a register, or of what a search finds, as CSV. Raises as `list_rows` does."""
    record = Hit if name == "search" else COLLECTION_OF[name].record
    return write_table([field.name for field in fields(record)], _page(edition, query, asked, name).rows).encode()


def count_found(edition: Edition, query: Query, asked: Mapping[str, str], name: str) -> bytes:
    """Return how many of the statements that a search finds have what, as JSON. Raises as `list_rows` does."""
    _check_asked(query)
    return to_json(edition.finder.count(query))


def _check_asked(query: Query) -> None:
    if not query.words and query.filters.is_open:
        raise InputError("q is empty; give the words to search for, or a filter")


class _Page(NamedTuple):
    """Rows, how many there are on all pages, the cursor of the next page, and the days that they are of."""

    rows: Sequence[Any]
    total: int
    next: str | None
    on: date | None
    known: date | None


def _page(edition: Edition, query: Query, asked: Mapping[str, str], name: str) -> _Page:
    limit = _limit(asked)
    if name == "search":
        _check_asked(query)
        hits = edition.finder.find(query, limit)
        return _Page(hits.rows, hits.total, hits.next, query.on, query.known)
    check_filters(query.filters, COLLECTION_OF[name])
    picture = edition.at(query.on, query.known)
    register, found = picture.registers[name], picture.find_rows(name, query.filters)
    rest = register.after(read_cursor(query.cursor), found)
    chosen = rest[:limit]
    following = write_cursor(register.keys[chosen[-1]]) if len(rest) > limit else None
    return _Page([register.rows[place] for place in chosen], len(found), following, picture.on, picture.known)


def _limit(asked: Mapping[str, str]) -> int:
    return read_number(asked, "limit", PAGE, MOST)


def write_cursor(key: Key) -> str:
    """Return a key as it stands in an address.

    >>> read_cursor(write_cursor(("Hama", "h123"))) == ("Hama", "h123")
    True
    """
    return base64.urlsafe_b64encode(msgspec.json.encode(key)).decode().rstrip("=")


def read_cursor(text: str) -> Key | None:
    """Return the key of a cursor, None where there is none. Raises InputError for what is no cursor."""
    if not text:
        return None
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        key: Key = msgspec.json.decode(raw, type=Key)
    except (binascii.Error, msgspec.DecodeError, ValueError):
        raise InputError("this cursor is none of ours; take it from `next` of the page before") from None
    return key


# --- one record -----------------------------------------------------------------------------------------------------


def read_claim(edition: Edition, query: Query, key: str) -> bytes:
    """Return a record with the statements that it rests on, as JSON. Raises InputError where there is none."""
    picture = edition.at(query.on, query.known)
    claim = picture.find(key)
    found = {
        "kind": type(claim).__name__,
        "claim": claim,
        "statements": _statements(claim, picture),
        "edition": edition.version,
    }
    return to_json(found)


def _statements(claim: Claim, picture: Picture) -> list[Statement]:
    """Return the statements that a record rests on; of an event its own, of a statement itself."""
    told = picture.contents.statements
    if isinstance(claim, Statement):
        return [claim]
    own = getattr(claim, "statement_id", None)
    cited = [own] if own else list(dict.fromkeys(one.statement_id for one in _citations(claim)))
    return [told[one] for one in cited[:MOST] if one in told]


def _citations(row: object) -> Iterable[Citation]:
    for name in ("evidence", "evidence_for", "evidence_against"):
        yield from getattr(row, name, ())
    for position in getattr(row, "positions", ()):
        yield from position.evidence


# --- tables ---------------------------------------------------------------------------------------------------------


def write_table(columns: Sequence[str], rows: Iterable[object]) -> str:
    """Return records as CSV with a header; what is no plain value stands as JSON in its cell."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([write_cell(getattr(row, name)) for name in columns])
    return out.getvalue()


def write_cell(value: object) -> str:
    """Return a value as it stands in a table; what a spreadsheet would run as a formula is made text with a quote.

    >>> write_cell("=1+1"), write_cell(-3.0), write_cell(None), write_cell(("a", "b"))
    ("'=1+1", '-3.0', '', '["a","b"]')
    """
    if value is None:
        return ""
    if isinstance(value, bool | int | float):
        return str(value)
    text = value if isinstance(value, str) else to_json(value).decode().strip('"')
    return f"'{text}" if text[:1] in _RUN_AS_FORMULA else text


_RUN_AS_FORMULA = frozenset("=+-@\t\r\n")
