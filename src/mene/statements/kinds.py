"""What kind of statement a content is, where its cue ("said", "told") does not decide it.

A promise or a threat in the first person, an order, a judgement, and a party's flat word for it are read off the
content; "admitted", "denied", "urged" and the like have decided it before.
"""

from collections.abc import Sequence
from typing import Literal

from mene.codebook.lemmas import lemmatise
from mene.records import Sentence, Source, Tone
from mene.statements.grammar import NEGATIONS, child, children, head_of
from mene.statements.modality import Decision
from mene.statements.tone import OPINION_FROM
from mene.vocabulary import StatementKind

Run = tuple[int, int]
KindRule = Literal[
    "cue", "order", "we will", "we harm", "takes it up", "judges", "own deed", "party", "history", "will", "tells"
]
"""What decides the kind of a statement; "tells" is what is left, the cue's own kind or a report."""

_UNDECIDED: frozenset[StatementKind] = frozenset(("report", "claim"))
_WILL = frozenset("will shall 'll ’ll".split())
_WE = frozenset("we i".split())
_ARMED = frozenset(
    "rebel commander fighter militant insurgent army militia guerrilla junta separatist soldier general gunman".split()
)
_TAKEN_UP = frozenset("it he she they".split())
_HARMING = frozenset(("ASSAULT", "COERCE", "THREATEN"))
_HARM = frozenset(
    "attack burn kill destroy crush strike bomb hit punish execute hang avenge retaliate annihilate flatten behead"
    " shoot shell invade respond eliminate".split()
)


def kind_of_content(
    sentence: Sentence, runs: Sequence[Run], cue_kind: StatementKind, source: Source, tone: Tone, decision: Decision
) -> tuple[StatementKind, KindRule]:
    """Return the kind of what `source` says in `runs` with a cue of kind `cue_kind`, and what decides it.

    `tone` is that of the runs.
    """
    if cue_kind not in _UNDECIDED:
        return cue_kind, "cue"
    head = head_of(sentence, *max(runs, key=lambda r: r[1] - r[0]))
    if _is_order(sentence, head, runs):
        return "demand", "order"
    subject = child(sentence, head, "nsubj", "nsubj:pass")
    said_of = sentence.tokens[subject].text.lower() if subject is not None else ""
    will = any(sentence.tokens[c].text.lower() in _WILL for c in children(sentence, head))
    if (said_of in _WE and will) or (said_of in _TAKEN_UP and decision.modality == "planned"):
        if said_of in _WE and _harms(sentence, head):
            return "threat", "we harm"
        return "promise", "we will" if said_of in _WE else "takes it up"
    if tone.subjectivity >= OPINION_FROM:
        return "opinion", "judges"
    if said_of in _WE and any(t.token == head for t in sentence.triggers):
        return "claim", "own deed"
    return ("claim", "party") if _is_party(source) else (cue_kind, "tells")


def _is_party(source: Source) -> bool:
    """Tell whether a source speaks for a side: an armed one, or an official whose actor is known."""
    armed = {lemmatise(word, "NOUN") for word in source.name.lower().split()} & _ARMED
    known = source.kind in ("official", "unnamed") and source.actor_id is not None
    return source.kind == "armed side" or known or (bool(armed) and source.kind != "witness")


def _harms(sentence: Sentence, verb: int) -> bool:
    trigger = next((t for t in sentence.triggers if t.token == verb), None)
    return (trigger is not None and trigger.type in _HARMING) or sentence.tokens[verb].lemma.lower() in _HARM


def _is_order(sentence: Sentence, head: int, runs: Sequence[Run]) -> bool:
    """Tell whether a quotation opens with a bare verb: "Get out of Dili"; polite words and "do not" may precede."""
    token = sentence.tokens[head]
    opening = {first for first, _ in runs}
    before = [i for i in children(sentence, head) if i < head and sentence.tokens[i].upos != "PUNCT"]
    quoted = head > 0 and any(sentence.tokens[i - 1].text in '“"«‘' for i in opening if i)
    bare = token.upos == "VERB" and token.text.lower() == token.lemma.lower()
    polite = all(sentence.tokens[i].text.lower() in NEGATIONS | {"please", "do"} for i in before)
    return bare and quoted and polite and min([head, *before]) in opening
