"""Whose word an event is, and how surely it is told: in its sentence, then under the cues of its chain."""

from collections.abc import Iterator, Sequence

from mene.events.coded import Judged
from mene.events.triggers import Found
from mene.records import Evidence, Sentence, Statement
from mene.statements.context import Context
from mene.statements.modality import Decision, compose_all, decide
from mene.statements.saying import find_hearsay
from mene.statements.verbs import cue_of_verb
from mene.vocabulary import FACTUALITY_OF_MODALITY, Modality

Run = tuple[int, int]


def holder(said: Sequence[Statement], sentence: Sentence, token: int) -> Statement | None:
    """Return the innermost statement whose content holds the token; the narrator's where no source's does."""
    start = sentence.tokens[token].start
    holding = [s for s in said if s.evidence.start <= start < s.evidence.end and _in_content(s, sentence, token)]
    holding = [s for s in holding if not _takes_for_granted(s, sentence, token)]
    if not holding:
        return min(said, key=lambda s: (s.cue is not None, s.evidence)) if said else None
    return min(holding, key=lambda s: (s.evidence.end - s.evidence.start, -len(s.sources)))


def _takes_for_granted(statement: Statement, sentence: Sentence, token: int) -> bool:
    """Tell whether a source judges what the outlet tells: whoever condemns "the air strikes" does not report them."""
    if statement.kind != "opinion" or statement.cue is None or sentence.tokens[token].upos not in ("NOUN", "PROPN"):
        return False
    content = [t for t in sentence.tokens if statement.evidence.start <= t.start < statement.evidence.end]
    cue = statement.cue
    words = [t for t in content if not cue.start <= t.start < cue.end]
    return not any(t.upos in ("VERB", "AUX") for t in words)


def _in_content(statement: Statement, sentence: Sentence, token: int) -> bool:
    """Tell whether the token lies in the statement's words and not in the cue or source between them."""
    if statement.cue is None:
        return True
    t = sentence.tokens[token]
    source = statement.sources[0].evidence
    beside = [statement.cue, *([source] if source is not None else [])]
    return not any(e.start <= t.start < e.end for e in beside)


def modality_of(
    context: Context, sentence: Sentence, found: Found, statement: Statement, said: Sequence[Statement]
) -> Judged:
    """Return the event's modality, decided in its sentence and composed along the cues it stands under."""
    inner = decide(context.codebook, sentence, found.token, found.trigger)
    cues = [s for s in said if (s.cue is not None and s is statement) or _holds(s, statement)]
    cues.sort(key=lambda s: s.evidence.end - s.evidence.start)
    effects = tuple(effect for s in cues for effect in _effects(context, sentence, s))
    return Judged(found.token, inner, effects, compose_all(inner, effects))


def _effects(context: Context, sentence: Sentence, statement: Statement) -> Iterator[tuple[Modality, Run | None]]:
    """Yield what a statement's cue does to its content, and a source that vouches for nothing: "rumours said"."""
    yield cue_effect(context, sentence, statement), _cue_run(sentence, statement)
    source = _tokens_of(sentence, statement.origin.evidence)
    if source is not None and (hearsay := find_hearsay(context.codebook, sentence, source)) is not None:
        yield "possible", hearsay


def _holds(outer: Statement, inner: Statement) -> bool:
    return (
        outer is not inner
        and outer.cue is not None
        and inner.cue is not None
        and outer.evidence.start <= inner.cue.start < outer.evidence.end
    )


def _cue_run(sentence: Sentence, statement: Statement) -> Run | None:
    return _tokens_of(sentence, statement.cue)


def _tokens_of(sentence: Sentence, words: Evidence | None) -> Run | None:
    inside = [i for i, t in enumerate(sentence.tokens) if words is not None and words.start <= t.start < words.end]
    return (inside[0], inside[-1]) if inside else None


def cue_effect(context: Context, sentence: Sentence, statement: Statement) -> Modality:
    """Return what the statement's cue does to its content ("denied": negated)."""
    run = _cue_run(sentence, statement)
    if run is None:
        return "asserted"
    for i in range(run[0], run[1] + 1):
        token = sentence.tokens[i]
        noun = context.codebook.cue(token.lemma.lower(), "NOUN") if token.upos == "NOUN" else None
        cue = noun if token.upos == "NOUN" else cue_of_verb(context.codebook, sentence, i)
        if cue is not None:
            return cue.modality
    return "asserted"


def as_state(decision: Decision) -> Decision:
    """Return the modality of a state: one that lasts ("remains") is told flatly."""
    if decision.modality != "in_progress":
        return decision
    return Decision("asserted", FACTUALITY_OF_MODALITY["asserted"], decision.deciding)
