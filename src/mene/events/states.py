"""States told in passing: who holds or besieges a place, who backs whom."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mene.dates import TimeMention
from mene.events.backing import Tie, backing_words
from mene.events.coded import Change, CodedEvent
from mene.events.held import Besieged, Held, find_besieged, find_held, find_strongholds, find_under_control
from mene.events.making import capitals_in, located_at, make_event, participants_of, parties_of
from mene.events.participants import Resolution, joined_parts, phrase_around, resolve_run
from mene.events.places import Chosen, Located
from mene.events.surety import as_state, holder, modality_of
from mene.events.timing import governing_time
from mene.events.triggers import Found
from mene.records import Participant, Place, Sentence, Statement
from mene.statements.context import Context, mention_of, resolve
from mene.statements.grammar import child, children, head_of, subtree, trimmed
from mene.statements.modality import Decision
from mene.vocabulary import BACKING, FACTUALITY_OF_MODALITY, HELD, SIEGE, EventType

Run = tuple[int, int]
_OF_ACTS = frozenset(("planned", "asked", "nearly", "conditional"))
"""Modalities that belong to what is done about a state that is told beside it."""

_SENDING = frozenset("send deploy dispatch provide supply deliver fly ship give".split())


def held_events(
    context: Context,
    sentence: Sentence,
    said: Sequence[Statement],
    located: tuple[Located, ...],
    unnamed: tuple[Located, ...],
) -> Iterator[CodedEvent]:
    """Yield "rebel-held Idlib" and "held by the rebels" as SEIZE events of mode "held": a state, not an act."""
    told: dict[tuple[int, Place], Held] = {}
    for held in (
        *find_held(sentence, located, unnamed),
        *find_under_control(sentence, located, unnamed),
        *find_strongholds(context, sentence, located, unnamed),
    ):
        told.setdefault((held.holder, held.place), held)
    for held in told.values():
        if (coded := _state(context, sentence, said, held, held.holder)) is not None:
            yield replace(coded, located=located_at(held.place, located, unnamed))
    for shut in find_besieged(sentence, located, unnamed):
        if (coded := _state(context, sentence, said, shut, shut.besieger)) is not None:
            yield replace(coded, located=located_at(shut.place, located, unnamed))


def _state(
    context: Context, sentence: Sentence, said: Sequence[Statement], state: Held | Besieged, side: int | None
) -> CodedEvent | None:
    """Return a state told in passing, if it is anybody's word: `side` heads the phrase of who holds or besieges."""
    token = state.token
    statement = holder(said, sentence, token)
    if statement is None:
        return None
    kind: EventType = "SEIZE" if isinstance(state, Held) else "COERCE"
    mode = HELD if isinstance(state, Held) else SIEGE
    run = None if side is None else phrase_around(sentence, side, token) if token != side else (side, side)
    judged = modality_of(context, sentence, Found(token, kind, mode, None, None, "state"), statement, said)
    actors = participants_of(context, sentence, run, statement) if run is not None else ()
    decision = as_state(judged.decision)
    if state.granted and decision.modality in _OF_ACTS:
        decision = Decision("asserted", FACTUALITY_OF_MODALITY["asserted"], ())
    event = make_event(
        context,
        sentence,
        statement,
        kind=kind,
        mode=mode,
        token=token,
        actors=parties_of(actors),
        recipients=(),
        place=state.place,
        time=None,
        decision=decision,
        background=isinstance(state, Held) and state.over,
    )
    changes: tuple[Change, ...] = ("state",) if decision is not judged.decision else ()
    return CodedEvent(
        event, sentence, statement, state, judged, actors, (), chosen=Chosen(state.place), changes=changes
    )


def backing_events(
    context: Context,
    sentence: Sentence,
    said: Sequence[Statement],
    located: tuple[Located, ...],
    times: Sequence[TimeMention],
    ties: Sequence[Tie],
) -> Iterator[CodedEvent]:
    """Yield each of a sentence's ties as a SUPPORT event of mode "backing", for every backer and whoever it backs."""
    towns = {i for p in located if p.place.precision != "country" for i in range(p.first, p.last + 1)}
    towns -= capitals_in(context, sentence)
    for tie in ties:
        statement = holder(said, sentence, tie.token)
        if statement is None or tie.backed in towns:
            continue
        found = Found(_sent_to(sentence, tie.token), "SUPPORT", None, None, None, "state")
        judged = modality_of(context, sentence, found, statement, said)
        timed = governing_time(sentence, tie.token, times)
        for backer, backed in _tied(context, sentence, tie):
            event = make_event(
                context,
                sentence,
                statement,
                kind="SUPPORT",
                mode=f"{BACKING}{tie.means}:{tie.direction}",
                token=tie.token,
                actors=(backer.participant,),
                recipients=(backed.participant,),
                place=None,
                time=timed.mention if timed is not None else None,
                decision=judged.decision,
                background=tie.over or statement.kind == "background",
            )
            yield CodedEvent(event, sentence, statement, tie, judged, (backer,), (backed,), timed=timed)


def _sent_to(sentence: Sentence, verb: int) -> int:
    """Return the verb of sending that a purpose of backing is done with: "has sent troops to support M23" has; else it.

    "is sending", "will send" leave the backing as open as they are themselves.
    """
    token = sentence.tokens[verb]
    purpose = token.relation in ("advcl", "acl", "xcomp") and token.head >= 0
    if not purpose:
        return verb
    head = token.head
    head = sentence.tokens[head].head if sentence.tokens[head].upos == "NOUN" and token.relation == "acl" else head
    return head if head >= 0 and sentence.tokens[head].lemma.lower() in _SENDING else verb


def _tied(context: Context, sentence: Sentence, tie: Tie) -> Iterator[tuple[Resolution, Resolution]]:
    """Yield each backer with each it backs; a side's own forces, and nobody known, back nobody."""
    clients = [resolve_run(context, sentence, run) for run in _joined_runs(sentence, tie.backed, tie.token)]
    for run in _joined_runs(sentence, tie.backer, tie.token):
        found = _named_backer(context, sentence, run) or resolve_run(context, sentence, run)
        backer = found.participant
        words = {sentence.tokens[i].lemma.lower() for i in range(run[0], run[1] + 1)}
        known = backer.actor_id is not None or _is_named_body(sentence, run)
        if not known and words.isdisjoint((*backing_words()["vague"], *backing_words()["parties"])):
            continue
        for client in clients:
            backed = client.participant
            same = backer.actor_id == backed.actor_id and backer.name == backed.name
            if not same and not _is_own(context, backer, backed):
                yield found, client


def _is_named_body(sentence: Sentence, run: Run) -> bool:
    """Tell whether a run names a body or a force that the codebook does not know: "rebels backed by the Ahlu Front"."""
    head = sentence.tokens[head_of(sentence, *run)]
    labels = {n.label for n in (*sentence.names, *sentence.mentions) if n.first <= run[1] and run[0] <= n.last}
    return head.upos == "PROPN" and not labels.isdisjoint(("ORG", "armed force", "organisation"))


def _joined_runs(sentence: Sentence, head: int, without: int) -> list[Run]:
    """Return the phrase of a head and of each word that is joined to it: "Russia and Iran"."""
    joined = [c for c in children(sentence, head) if sentence.tokens[c].relation == "conj" and c != without]
    apart = [_around(sentence, one, without) for one in (head, *joined)]
    return list(dict.fromkeys(part for run in apart for part in joined_parts(sentence, run)))


def _named_backer(context: Context, sentence: Sentence, run: Run) -> Resolution | None:
    """Return the state inside a longer name: "Turkish" in "Turkish-backed Syrian rebels", a group of the codebook."""
    longer = any(
        m.first <= run[0] and run[1] < m.last for m in context.mentions[sentence.index] if m.last - m.first > 1
    )
    match = next(iter(context.codebook.match([t.text for t in sentence.tokens[run[0] : run[1] + 1]])), None)
    if not longer or match is None or match.kind not in ("state", "demonym"):
        return None
    evidence = context.evidence(sentence, *run)
    named = resolve(context, match, context.analysis.article.text[evidence.start : evidence.end], evidence)
    mention = mention_of(context, sentence, replace(match, first=run[0] + match.first, last=run[0] + match.last))
    return Resolution(named, sentence, run, "name", mention)


def _is_own(context: Context, backer: Participant, backed: Participant) -> bool:
    """Tell whether one force of a state only helps another: "the air force supported the army"."""
    kinds = [a.kind for p in (backer, backed) if (a := context.codebook.actor(p.actor_id or "")) is not None]
    own = backer.country is not None and backer.country == backed.country
    return (
        own and len(kinds) == 2 and all(kind in ("army", "government", "security service", "state") for kind in kinds)
    )


def _around(sentence: Sentence, head: int, without: int) -> Run:
    if sentence.tokens[head].relation in ("amod", "compound", "nmod:poss") or sentence.tokens[head].upos == "ADJ":
        joined = child(sentence, head, "conj")
        beyond = joined if joined is not None and joined > head else len(sentence.tokens)
        words = [i for i in subtree(sentence, head, without=without) if abs(i - head) <= 3 and i < beyond]
        return trimmed(sentence, min(words), max(words))
    return phrase_around(sentence, head, without)
