"""What lies packed in the page: the claims, shown only when they are asked for, and what the script reads."""

import base64
import gzip
import io
from collections.abc import Collection, Iterable, Mapping

from mene.report.contents import Contents
from mene.report.page.claims import linked_from, render_claims


def pack(text: str) -> str:
    """Return a text as gzip in base 85: the same for the same text, on one zlib.

    >>> unpack(pack("s36a801 <p>"))
    's36a801 <p>'
    """
    buffer = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=buffer, mtime=0) as file:
        file.write(text.encode("utf-8", "replace"))
    return base64.b85encode(buffer.getvalue()).decode().translate(_HARMLESS)


def unpack(packed: str) -> str:
    """Return the text that was packed."""
    return gzip.decompress(base64.b85decode(packed.translate(_AS_ENCODED))).decode()


def list_claims(claims: Mapping[str, str]) -> str:
    """Return panels by id as one text, a line each: the id, a blank, and the panel with blanks for its line breaks."""
    return "\n".join(f"{key} {html.replace(chr(10), ' ')}" for key, html in claims.items())


_HARMLESS = str.maketrans("<>&", ".:,")
_AS_ENCODED = str.maketrans(".:,", "<>&")
"""The digits of base 85 that mean something in HTML, and those that stand for them."""


def claims_data(contents: Contents, cited: Collection[str] | None = None) -> dict[str, str]:
    """Return the panels of claims by short id: all, or the statements `cited` (full ids) and those they lead to."""
    ids = contents.statements if cited is None else sorted(_follow(cited, contents), key=contents.order.__getitem__)
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
