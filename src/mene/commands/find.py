"""`mene find`: the statements of the store that have some words, at some place, by somebody, of some days."""

import os
import re
from typing import TYPE_CHECKING

from mene import __version__
from mene.commands.answer import plain
from mene.commands.output import busy, say, show_json, show_lines
from mene.search import Filters, Hit, Hits, Told, open_search
from mene.settings import Settings, cache_folder
from mene.store import open_store

if TYPE_CHECKING:
    from rich.text import Text

FOUND = "bold"
"""How the words found are shown on a terminal."""


def run_find(settings: Settings, filters: Filters, *, newest: bool, most: int, after: str | None, as_json: bool) -> int:
    """Return 0 after the statements found; none found is an answer too. Raises `InputError`, `SearchTimeout`."""
    order = "newest" if newest else "relevance"
    with open_store(settings.store, create=False, read_only=True) as store:
        with busy("bringing the search up to date"):
            search = open_search(store, cache=cache_folder(os.environ), tell=say)
        with search:
            found = search.find(filters, after=after, most=most, order="newest" if newest else "relevance")
    if as_json:
        asked = {**plain(filters), "order": order}
        show_json({"find": asked, **plain(found), "mene": {"version": __version__}})
    else:
        show_lines([*map(line_of, found.rows), *_last_lines(found)])
    return 0


def line_of(hit: Hit) -> "Text":
    """Return the line of a statement: day, who says it and how, the words, what is told, its copies and its id."""
    from rich.text import Text

    who = hit.origin if hit.origin == hit.outlet else f"{hit.origin}, in {hit.outlet}"
    told = "; ".join(_words_of(one) for one in hit.told if one.type)
    how = "" if told or hit.modality == "asserted" else f", {hit.modality.replace('_', ' ')}"
    line = Text(f"{hit.day or 'undated'}: {who} ({hit.kind}{how}): “")
    for text, is_found in hit.snippet:
        line.append(re.sub(r"\s+", " ", text), FOUND if is_found else "")
    copies = f"; {hit.copies} {'copies' if hit.copies != 1 else 'copy'}" if hit.copies else ""
    copy = f"; a copy of {hit.copy_of}" if hit.copy_of else ""
    line.append(f"”{f'; {told}' if told else ''}{copies}{copy}  [{hit.statement_id}]")
    return line


def _words_of(told: Told) -> str:
    """Return an event in a few words: type, place, day, and its modality where it is not told as fact."""
    where = f" at {told.place}" if told.place else ""
    day = f" {told.first}" if told.is_dated and told.first else ""
    day += f" to {told.last}" if day and told.last != told.first else ""
    how = f" ({told.modality.replace('_', ' ')})" if told.modality != "asserted" else ""
    return f"{told.type}{where}{day}{how}"


def _last_lines(found: Hits) -> "list[Text]":
    """Return what stands under the statements: how many there are, and how to see more."""
    from rich.text import Text

    more = "" if found.is_exact else "more than "
    number = f"{more}{found.total} statement{'s' if found.total != 1 else ''} found"
    shown = f", {len(found.rows)} shown; add --after {found.next} for the next" if found.next else ""
    return [Text(f"{number}{shown}" if found.total else "unknown: no statement fits")]
