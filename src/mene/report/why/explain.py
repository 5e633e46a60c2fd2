"""Why a statement or an event is as it was coded, from the very values that decided it."""

from mene.events import CodedEvent
from mene.report.claim import label_pieces, say_chain
from mene.report.happenings import phrase_event
from mene.report.marks import cut, mark_sentence
from mene.report.why.case import Case
from mene.report.why.days import explain_day
from mene.report.why.event_type import explain_type
from mene.report.why.origins import explain_kind, explain_origin
from mene.report.why.parties import explain_parties
from mene.report.why.places import explain_place
from mene.report.why.records import Explanation
from mene.report.why.surety import explain_modality, explain_surety
from mene.report.words import plain
from mene.statements import CodedStatement
from mene.statements.context import Context


def explain_event(coded: CodedEvent, told: CodedStatement, context: Context) -> Explanation:
    """Return why an event has its type, parties, place, day and modality, and why it is its origin's."""
    case = Case(coded, context)
    event = coded.event
    return Explanation(
        statement_id=coded.statement.id,
        event_id=event.id,
        headline=f"{event.type}{f' ({event.mode})' if event.mode else ''}: {phrase_event(event)}",
        sentence=_mark(coded, context),
        reasons=(
            explain_type(case),
            *explain_parties(case, "actor"),
            *explain_parties(case, "recipient"),
            explain_place(case),
            explain_day(case),
            explain_modality(case),
            explain_kind(told, context),
            explain_origin(told, context),
        ),
    )


def explain_statement(coded: CodedStatement, context: Context) -> Explanation:
    """Return why a statement is of its kind, its origin's, and told as surely as it is."""
    reasons = (explain_surety(coded, context), explain_kind(coded, context), explain_origin(coded, context))
    statement = coded.statement
    sentence = label_pieces(mark_sentence(statement, context.analysis.article))
    return Explanation(statement.id, None, f"{statement.kind}: {say_chain(statement.sources)}", sentence, reasons)


def _mark(coded: CodedEvent, context: Context) -> str:
    """Return the event's sentence with the words in each role in labelled brackets.

    A word that has two roles has both labels; the labels stand in the order of the explanation.
    """
    sentence, event, text = coded.sentence, coded.event, context.analysis.article.text
    spans = [("type", event.evidence.start, event.evidence.end)]
    for role, parties in (("actor", event.actors), ("recipient", event.recipients)):
        spans += [(role, one.evidence.start, one.evidence.end) for one in parties if one.evidence is not None]
    if event.place is not None and event.place.evidence is not None:
        spans.append(("place", event.place.evidence.start, event.place.evidence.end))
    if coded.timed is not None:
        start = sentence.start + coded.timed.mention.start
        spans.append(("day", start, start + len(coded.timed.mention.text)))
    spans += [("modality", one.start, one.end) for one in event.deciding]
    pieces = cut(sentence.start, sentence.end, spans)
    return plain("".join(_label(text[start:end], roles) for start, end, roles in pieces))


def _label(words: str, roles: tuple[str, ...]) -> str:
    return f"[{'+'.join(dict.fromkeys(roles))}: {words}]" if roles and words.strip() else words
