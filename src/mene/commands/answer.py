"""The commands that answer from what is kept: ask, claim, diff, report."""

from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mene import __version__
from mene.commands.gather import CONTROL_CHANGED
from mene.commands.kept import Kept, readings_of
from mene.commands.output import check_target, show, show_json, show_lines, write_whole
from mene.commands.paint import claim_lines, diff_lines, page_text, statements_of
from mene.contract import to_json
from mene.errors import InputError
from mene.pipeline import changed_control, picture_of
from mene.records import Place
from mene.report.borders import read_borders
from mene.view import View, contents_of, view

if TYPE_CHECKING:
    from mene.codebook import Codebook
    from mene.gazetteer import Gazetteer
    from mene.picture.ask import FindPlace, Question
    from mene.report.contents import Claim, Contents
    from mene.store.bearing import Bearing


def run_ask(kept: Kept, question: str, *, as_of: date | None, on: date | None, as_json: bool) -> int:
    """Return 0 after the answer; 2 where the question is of no form that can be answered, or its day is none."""
    from mene.picture.ask import CAN_BE_ASKED, ask, no_day, read_day, read_question

    asked = read_question(question)
    if asked.kind == "help":
        raise InputError(f"This question is not understood. What can be asked: {'; '.join(CAN_BE_ASKED)}")
    if asked.since and read_day(asked.since) is None:
        raise InputError(no_day(asked.since))
    codebook, find = kept.codebook(), partial(find_place, gazetteer=kept.gazetteer())
    part = _bearing(kept, asked, codebook, find, on=on or as_of, known=as_of, whole=as_json)
    answer = ask(question, part.picture, part.statements, part.events, codebook, find, part.origins)
    if as_json:
        lines = [{"text": line, "statement_ids": ids} for line, ids in answer.lines]
        show_json(plain({"question": question, "kind": answer.kind, "known": answer.is_known, "answer": lines,
                         "picture": part.picture, "mene": {"version": __version__}}))  # fmt: skip
    else:
        show("\n".join(line + (f"  [{' '.join(ids)}]" if ids else "") for line, ids in answer.lines))
    return 0


def _bearing(
    kept: Kept,
    asked: "Question",
    codebook: "Codebook",
    find: "FindPlace",
    *,
    on: date | None,
    known: date | None,
    whole: bool,
) -> "Bearing":
    """Return what a question is answered from: of a store the part that bears on it, else or with `whole` all."""
    from mene.store import open_store
    from mene.store.bearing import Bearing, bearing_on

    if not kept.origins and not whole:
        with open_store(kept.settings.store, create=False, read_only=True) as store:
            if part := bearing_on(asked, store, codebook, find, on=on, known=known):
                return part
    readings = readings_of(kept, known)
    statements = [statement for reading in readings for statement in reading.statements]
    events = [event for reading in readings for event in reading.events]
    return Bearing(picture_of(readings, codebook, on=on, known=known), statements, events)


def find_place(name: str, *, gazetteer: "Gazetteer") -> Place | None:
    """Return the gazetteer's place of a name, or None where it knows none."""
    from mene.gazetteer import Mention, resolve_places

    (place,) = resolve_places([Mention(name, 0, len(name))], gazetteer=gazetteer, demonyms=True)
    return place if place.place_id else None


def plain(record: Any) -> Any:
    """Return records as lists, dicts and texts."""
    import json

    return json.loads(to_json(record))


def run_claim(kept: Kept, claim_id: str, *, as_of: date | None, on: date | None, as_json: bool) -> int:
    """Return 0 after the claim: its sentence, its chain and its copies. Raises InputError where there is none."""
    codebook = kept.codebook()
    shown = view(readings_of(kept, as_of), codebook, as_of=as_of, on=on)
    claim = claim_in(kept, claim_id, contents_of(shown, codebook))
    if as_json:
        show_json(plain({"claim": claim, "statements": statements_of(claim, shown)}))
    else:
        show_lines(claim_lines(claim.id, shown, codebook))
    return 0


def claim_in(kept: Kept, claim_id: str, contents: "Contents") -> "Claim":
    """Return the one claim whose id begins so. Raises InputError, which says where else the id may be from."""
    from mene.report.contents import find_claim

    try:
        return find_claim(claim_id, contents)
    except InputError as error:
        if kept.origins:
            raise
        hint = "for ids that mene read or mene demo printed, add --in FILE or --demo"
        raise InputError(f"the store {kept.settings.store}: {error}; {hint}") from error


def run_diff(kept: Kept, first: date, second: date, *, as_json: bool, check: bool) -> int:
    """Return 0 after what changed between two days; with `check`, 3 where control of a place did."""
    if second < first:
        raise InputError(f"the first day, {first}, is after the second, {second}; give the earlier one first")
    codebook = kept.codebook()
    readings = readings_of(kept, second)
    before = view(readings, codebook, as_of=first, on=None)
    after = view(readings, codebook, as_of=second, on=None)
    changed = changed_control(before.picture, after.picture)
    if as_json:
        document = {"from": first, "to": second, "control_changed": changed,
                    "before": before.picture, "after": after.picture}  # fmt: skip
        show_json(plain(document))
    else:
        show_lines(diff_lines(before, after))
    return CONTROL_CHANGED if check and changed else 0


def run_report(kept: Kept, page: Path, *, as_of: date | None, on: date | None, borders: Path | None = None) -> int:
    """Return 0 after the page is written; `borders` is a file of the user's own."""
    check_target(page)
    own = read_borders(borders) if borders else None
    codebook = kept.codebook()
    shown: View = view(readings_of(kept, as_of), codebook, as_of=as_of, on=on)
    if not shown.readings:
        raise InputError("there is nothing to report: add articles with mene add first, or choose a later --as-of")
    write_whole(page, page_text(shown, codebook, own))
    show(f"The page is at {page.resolve()}")
    return 0
