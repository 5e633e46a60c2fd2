"""The read API: pages of records as JSON or as a table, and one record by its id."""

import base64
import binascii
import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any

import msgspec

from mene.contract import to_json
from mene.errors import InputError
from mene.records import Citation, Statement
from mene.report.contents import Claim
from mene.report.page.facets import FIELDS
from mene.serve.edition import Edition, Picture
from mene.serve.endpoints import COLLECTIONS, Collection
from mene.serve.find import find_statements
from mene.serve.query import Query, read_number
from mene.serve.registers import Key

PAGE = 100
MOST = 500
"""Rows of one page."""

LONGEST_CURSOR = 2000
"""Characters; a key holds a place's or an actor's name, cut below this."""

_BY_NAME: dict[str, Collection] = {one.name: one for one in COLLECTIONS}


def list_rows(edition: Edition, query: Query, asked: Mapping[str, str], name: str) -> bytes:
    """Return a page of a register, or of what a search finds, as JSON. Raises InputError."""
    rows, total, following = _page(edition, query, asked, name)
    address = query.address(f"/api/{name}", limit=_limit(asked), cursor=following) if following else None
    return to_json({"items": rows, "total": total, "next": address, "edition": edition.version})


def list_table(edition: Edition, query: Query, asked: Mapping[str, str], name: str) -> bytes:
    """Return a page of a register, or of what a search finds, as CSV. Raises InputError."""
    rows, _, _ = _page(edition, query, asked, name)
    record = Statement if name == "search" else _BY_NAME[name].record
    return write_table([field.name for field in fields(record)], rows).encode()


def _page(edition: Edition, query: Query, asked: Mapping[str, str], name: str) -> tuple[Sequence[Any], int, str | None]:
    """Return the rows of a page, how many rows there are on all pages, and the cursor of the next page."""
    picture = edition.at(query.on, query.known)
    register = picture.registers["statements" if name == "search" else name]
    if name == "search":
        if not query.words:
            raise InputError("q is empty; give the words to search for")
        found = find_statements(picture, query)
    else:
        _check_filters(query, _BY_NAME[name])
        found = register.index.find(query.filters)
    rest = register.after(read_cursor(asked.get("cursor", "")), found)
    limit = _limit(asked)
    chosen = rest[:limit]
    following = write_cursor(register.keys[chosen[-1]]) if len(rest) > limit else None
    return [register.rows[place] for place in chosen], len(found), following


def _check_filters(query: Query, collection: Collection) -> None:
    """Raise InputError for a filter that says nothing of these rows: passing over it would give a wrong answer."""
    idle = [name for name in FIELDS if getattr(query.filters, name) and name not in collection.filters]
    if idle:
        raise InputError(f"{collection.name} cannot be filtered by {idle[0]}; use {', '.join(collection.filters)}")


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
    wrong = InputError("this cursor is none of ours; take it from `next` of the page before")
    if len(text) > LONGEST_CURSOR:
        raise wrong
    try:
        raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
        key: Key = msgspec.json.decode(raw, type=Key)
    except (binascii.Error, msgspec.DecodeError, ValueError):
        raise wrong from None
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
