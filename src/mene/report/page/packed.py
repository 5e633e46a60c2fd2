"""What lies packed in the page: the claims, shown only when they are asked for, and what the script reads."""

import base64
import gzip
import io
import json
from collections.abc import Collection, Iterable

from mene.report.contents import Contents
from mene.report.page.claims import linked_from, render_claims


def pack(packed: object) -> str:
    """Return a JSON-able object, or JSON itself, as base64 of gzip: the same for the same object, on one zlib.

    >>> json.loads(gzip.decompress(base64.b64decode(pack({"claims": {}}))))
    {'claims': {}}
    """
    text = packed if isinstance(packed, str) else json.dumps(packed, ensure_ascii=False, separators=(",", ":"))
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=buffer, mtime=0) as file:
        file.write(text.encode("utf-8", "replace"))
    return base64.b64encode(buffer.getvalue()).decode()


def claims_data(contents: Contents, cited: Collection[str] | None = None) -> dict[str, str]:
    """Return the panels of claims by short id: all, or the statements `cited` (full ids) and those they lead to."""
    ids = contents.statements if cited is None else _follow(cited, contents)
    return {key: str(html) for key, html in render_claims(ids, contents).items()}


def _follow(cited: Iterable[str], contents: Contents) -> set[str]:
    """Return the statements cited that are at hand, with what they copy and deny, and so on."""
    found: set[str] = set()
    waiting = [one for one in cited if one in contents.statements]
    while waiting:
        one = waiting.pop()
        if one not in found:
            found.add(one)
            waiting += linked_from(contents.statements[one], contents)
    return found
