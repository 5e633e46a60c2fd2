"""Why an event or a statement is told as surely as it is: the deciding words, and what the cues of its chain do."""

from collections.abc import Iterator, Sequence

from mene.picture.tellings import modality_of
from mene.records import Sentence
from mene.report.why.case import Case, words_of
from mene.report.why.records import Reason
from mene.report.why.words import say, say_chance
from mene.report.words import MODALITY_WORDS, say_grade
from mene.statements import CodedStatement
from mene.statements.context import Context
from mene.statements.modality import LEAST_ASSERTED, Decision, is_by_cues, negates_twice
from mene.vocabulary import FACTUALITY_OF_MODALITY, Modality

Effects = Sequence[tuple[Modality, tuple[int, int] | None]]
_OF_MODALITY = ("approach", "state")


def explain_modality(case: Case) -> Reason:
    """Return why an event is told as fact, as planned, as denied and so on."""
    coded = case.coded
    event, judged = coded.event, coded.judged
    because = [
        *_inner(case.context, coded.sentence, judged.inner, event.evidence.start),
        *_effects(case.context, coded.sentence, judged.inner, judged.effects),
        *(say("change", change, word=case.word) for change in coded.changes if change in _OF_MODALITY),
        *_grade(case),
    ]
    shown = modality_of(event, coded.statement)
    if shown != event.modality:
        because.append(f"the brief shows it as {MODALITY_WORDS[shown]}: {_shown_otherwise(case)}")
    return _reason(event.modality, event.factuality, because)


def explain_surety(coded: CodedStatement, context: Context) -> Reason:
    """Return why a statement as a whole is told as surely as it is: by its main word and the cues of its chain."""
    statement, sentence = coded.statement, coded.sentence
    effects = _effects(context, sentence, coded.inner, coded.said.effects)
    because = [*_inner(context, sentence, coded.inner, None), *effects]
    return _reason(statement.modality, statement.factuality, because)


def _reason(modality: Modality, factuality: float, because: Sequence[str]) -> Reason:
    grade = f"{say_grade(factuality)} of -3 to +3"
    return Reason("modality", f"{MODALITY_WORDS[modality]} ({grade})", modality, None, tuple(because))


def _shown_otherwise(case: Case) -> str:
    event, statement = case.coded.event, case.coded.statement
    told = statement.published_at or statement.first_seen
    if told and event.occurred_start and event.occurred_start > told:
        return "its day lies after it was told"
    return f"its statement is a {statement.kind}"


def _inner(context: Context, sentence: Sentence, inner: Decision, start: int | None) -> Iterator[str]:
    """Yield what the words of the sentence itself make of it."""
    for vote in inner.votes:
        yield say(
            "vote", vote.rule, words=words_of(context, sentence, vote.run), modality=MODALITY_WORDS[vote.modality]
        )
    if negates_twice(inner.votes):
        yield f"two negations together leave it {MODALITY_WORDS['possible']}"
    elif any(vote.rule == "condition" for vote in inner.votes):
        yield "the condition stands in place of a negation that holds only under it"
    elif len({vote.modality for vote in inner.votes}) > 1:
        yield f"of these the one that takes it farthest from a fact counts: {MODALITY_WORDS[inner.modality]}"
    if inner.by_reader:
        trigger = next((t for t in sentence.triggers if start is None or sentence.tokens[t.token].start == start), None)
        chance = f" ({say_chance(trigger.status_score)})" if trigger is not None and start is not None else ""
        yield f"no word decides it; the reader model's status stands, {MODALITY_WORDS[inner.modality]}{chance}"
    elif not inner.votes:
        yield "no word in its sentence makes it less than told flatly"


def _grade(case: Case) -> Iterator[str]:
    """Yield what makes the grade of an event that is told flatly less than +3."""
    coded = case.coded
    if coded.event.modality != "asserted" or coded.event.factuality >= FACTUALITY_OF_MODALITY["asserted"]:
        return
    seen = coded.sentence.tokens[coded.judged.token].factuality
    least = f", but at {say_grade(LEAST_ASSERTED)} at least" if coded.event.factuality == LEAST_ASSERTED else ""
    yield f"the grade lies halfway between +3 and the reader model's for the word, {say_grade(seen)}{least}"


def _effects(context: Context, sentence: Sentence, inner: Decision, effects: Effects) -> Iterator[str]:
    """Yield what the cues of the chain make of it, the innermost first."""
    if is_by_cues(inner, effects):
        yield "that is what the word of saying does, which counts once: what is said counts as told flatly beneath it"
    for effect, run in effects:
        cue = f"“{words_of(context, sentence, run)}”" if run is not None else "the word of saying before"
        if effect != "asserted":
            yield f"{cue} makes what is said {MODALITY_WORDS[effect]}"
