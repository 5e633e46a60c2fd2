"""What of the store bears on a question: so much is read, and no more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from mene.picture.ask import FindPlace, Question, find_named, words_of
from mene.picture.draw import Drawing, make_frame
from mene.picture.occurrences import draw_occurrences
from mene.picture.origins import OriginGroup
from mene.picture.sides import normalise
from mene.records import Event, Picture, Statement
from mene.store.shelf import Condition, at_place, of_backing

if TYPE_CHECKING:
    from mene.codebook import Codebook
    from mene.store.store import Store


@dataclass(frozen=True, slots=True)
class Bearing:
    """The part of picture, statements and events that a question is answered from; `origins` are the statements'."""

    picture: Picture
    statements: Sequence[Statement]
    events: Sequence[Event]
    origins: Sequence[OriginGroup] | None = None


def bearing_on(
    question: Question,
    store: "Store",
    codebook: "Codebook",
    find_place: FindPlace,
    *,
    on: date | None,
    known: date | None,
) -> Bearing | None:
    """Return what a question is answered from; None where that is all there is ("what is disputed")."""
    drawing = Drawing(make_frame(codebook, on=on, last=store.last_day(known)))
    if question.kind in ("says", "said by"):
        statements, origins = _sayings(question, store, codebook, known)
        return Bearing(drawing.finish(known)[0], statements, (), origins)
    if not question.subject:
        return None
    shelf = store.take(_condition(question, codebook, find_place), known)
    if question.kind in ("backs", "backed by"):
        drawing.add_backings(shelf.tellings)
    else:
        drawing.add_places(shelf.tellings)
    if question.kind == "disputed":
        occurrences = draw_occurrences(shelf.tellings, shelf.copies, drawing.frame.sides, on=on)
        drawing.add_figures(shelf.tellings, occurrences)
    return Bearing(drawing.finish(known)[0], shelf.statements, shelf.events)


def _condition(question: Question, codebook: "Codebook", find_place: FindPlace) -> Condition:
    name = question.subject
    if question.kind in ("backs", "backed by"):
        return of_backing(name, find_named(codebook, name).ever, backer=question.kind == "backed by")
    return at_place(name, find_place(name), ground=question.kind in ("holds", "present"))


def _sayings(
    question: Question, store: "Store", codebook: "Codebook", known: date | None
) -> tuple[list[Statement], list[OriginGroup]]:
    if question.kind == "says":
        words = words_of(question.subject)
        return store.take_sayings(known, words=words) if words else ([], [])
    speaker = find_named(codebook, question.subject)
    return store.take_sayings(known, speaker=normalise(question.subject), actor_ids=speaker.ever)
