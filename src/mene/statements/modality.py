"""How surely an event is told: which words decide it, and what they make of it together.

Words come from the codebook's hedges. A word decides an event when it modifies the event's verb, governs it ("failed
to take"), or conditions its clause ("if confirmed"); the reader's own factuality and status count where no word
decides. The chain is composed outward: a denied "may" is a negated one.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from mene.codebook import Codebook
from mene.codebook.lemmas import lemmatise
from mene.records import Sentence, Token, Trigger
from mene.statements.grammar import NEGATIONS, ancestors, child, children, clause_head
from mene.statements.saying import quoted_runs
from mene.vocabulary import FACTUALITY_OF_MODALITY, Modality

VoteRule = Literal[
    "hedge", "unsaid", "condition", "nobody", "purpose", "before", "due", "false", "question", "progressive"
]
"""By what a word speaks for a modality: the codebook's hedges, or a turn of grammar (see `_votes`)."""

_RANK: tuple[Modality, ...] = (
    "negated",
    "doubtful",
    "conditional",
    "nearly",
    "asked",
    "planned",
    "possible",
    "probable",
    "in_progress",
    "asserted",
)
"""Which modality stands where several words decide: the one that takes the event farthest from a fact."""

MODEL_STATUS: dict[str, Modality] = {
    "negated": "negated",
    "denied": "negated",
    "probable": "probable",
    "possible": "possible",
    "doubtful": "doubtful",
    "asked": "asked",
    "planned": "planned",
    "conditional": "conditional",
    "nearly": "nearly",
    "in_progress": "in_progress",
}
SURE_STATUS = 0.5
"""The reader's status is believed without a deciding word from this probability on. From 0.8 down to 0.5 ever fewer
non-facts were shown as facts, on `reading` and on our own reports (development), and no fewer statuses were right."""

LEAST_ASSERTED = 1.5
"""What is told flatly has at least this grade, whatever the reader thinks of its word."""

_REPORTS = frozenset("report rumour rumor claim allegation news story suggestion speculation talk".split())
_FALSE = frozenset(
    "untrue false baseless fabricate fabricated unfounded wrong fake deny incorrect groundless lie hoax dismiss refute"
    " debunk reject invent nonsense".split()
)
_LIGHT = frozenset(
    "carry launch conduct make stage take mount commit hold occur happen begin start be have do give perform open wage"
    " undertake see suffer come break bring cause lead result trigger spark prompt wave series number plan report"
    " threat possibility risk attempt".split()
)
"""Words that lend a noun's event their own modality: "did not launch an attack", not "did not ignore the attack"."""

_ENDING = frozenset(("end", "stop", "halt", "cease", "finish"))
_NOBODY = frozenset(("nobody", "nothing", "none"))
_IF = frozenset(("if", "unless", "otherwise"))
_ASKED_FOR = frozenset(("who", "whom", "what", "which", "why", "how", "when", "where"))
_INVERTED = frozenset(("had", "were", "should"))

_MODIFYING = frozenset(("advmod", "amod", "aux", "det", "discourse", "obl", "mark", "cc", "case", "fixed", "compound"))


@dataclass(frozen=True, slots=True)
class Vote:
    """What the words of one token run make of an event, and by which rule."""

    modality: Modality
    run: tuple[int, int]
    rule: VoteRule


@dataclass(frozen=True, slots=True)
class Decision:
    """The modality of one event, its value on the -3..+3 scale and the token runs that decided it.

    `votes` are all the words that had a say in the event's own sentence; `by_reader` tells that, for want of any, the
    reader's status stands.
    """

    modality: Modality
    factuality: float
    deciding: tuple[tuple[int, int], ...]
    votes: tuple[Vote, ...] = field(default=(), compare=False)
    by_reader: bool = field(default=False, compare=False)


def decide(book: Codebook, sentence: Sentence, token: int, trigger: Trigger | None = None) -> Decision:
    """Return how surely the event at `token` is told within its own sentence, the chain of sources left aside."""
    votes = [
        vote
        for vote in _votes(book, sentence, token)
        if vote.modality != "negated" or not _is_corrected(sentence, token, vote.run)
    ]
    seen = sentence.tokens[token].factuality
    if not votes and trigger is not None and _is_believed(sentence, trigger):
        return replace(_decision(MODEL_STATUS[trigger.status], seen, ()), by_reader=True)
    if not votes:
        return _decision("asserted", seen, ())
    counted = _conditioned(sentence, token, _doubled(votes))
    best = min((vote.modality for vote in counted), key=_RANK.index)
    runs = tuple(sorted({vote.run for vote in counted if vote.modality == best}))
    given = (vote for vote in counted if vote.rule == "condition")
    return replace(_decision(best, seen, runs), votes=(*votes, *given))


def _doubled(votes: list[Vote]) -> list[Vote]:
    """Return the votes with negations that meet each other taken for what they leave, the possible."""
    if not negates_twice(votes):
        return votes
    return [replace(vote, modality="possible") if vote.modality == "negated" else vote for vote in votes]


def negates_twice(votes: Sequence[Vote]) -> bool:
    """Tell whether two negations apart from each other have a say, which leave an event possible."""
    return len(_apart([vote.run for vote in votes if vote.modality == "negated"])) >= 2


def _is_corrected(sentence: Sentence, token: int, negation: tuple[int, int]) -> bool:
    """Tell whether "not" only corrects what the same clause then says: "they were not civilians but fighters"."""
    joined = (c for c in children(sentence, token) if sentence.tokens[c].relation == "conj")
    but = [c for c in joined if _is_but(sentence, c)]
    clause = any(child(sentence, c, "nsubj", "nsubj:pass", "aux") is not None for c in but)
    return bool(but) and not clause and negation[1] < but[0] and sentence.tokens[token].upos != "VERB"


def _conditioned(sentence: Sentence, token: int, votes: list[Vote]) -> list[Vote]:
    """Return the votes with a condition in place of the negation that it holds for: "if it stays, it will not fall"."""
    clauses = (c for c in children(sentence, token) if sentence.tokens[c].relation == "advcl")
    marks = [m for c in clauses for m in children(sentence, c) if sentence.tokens[m].relation == "mark"]
    conditions = [m for m in marks if sentence.tokens[m].text.lower() in ("if", "unless")]
    given = [Vote("conditional", (m, m), "condition") for m in conditions]
    return [*(vote for vote in votes if vote.modality != "negated"), *given] if given else votes


def _apart(runs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the runs without those that share a word with one before: "no" and "no sign" deny once."""
    out: list[tuple[int, int]] = []
    for run in sorted(runs):
        if not out or run[0] > out[-1][1]:
            out.append(run)
    return out


def _is_believed(sentence: Sentence, trigger: Trigger) -> bool:
    """Tell whether the reader's status stands without a word for it; a verb in progress ends in -ing."""
    token = sentence.tokens[trigger.token]
    done = trigger.status == "in_progress" and token.upos == "VERB" and not token.text.lower().endswith("ing")
    denies = (
        trigger.type == "REJECT" and MODEL_STATUS.get(trigger.status) == "negated"
    )  # what is denied, not that it is
    return trigger.status_score >= SURE_STATUS and trigger.status in MODEL_STATUS and not done and not denies


def _decision(modality: Modality, seen: float, runs: tuple[tuple[int, int], ...]) -> Decision:
    value = FACTUALITY_OF_MODALITY[modality]
    if modality == "asserted":
        value = round(min(3.0, max(LEAST_ASSERTED, (value + seen) / 2)), 2)
    return Decision(modality, value, runs)


def compose(inner: Decision, effect: Modality, cue: tuple[int, int] | None) -> Decision:
    """Return an event's modality inside what a source says with a cue of this effect ("denied": negated).

    A negated denial ("denied that X had not left") is uncommitted, so possible.
    """
    if effect == "asserted":
        return inner
    deciding = (*inner.deciding, *((cue,) if cue is not None else ()))
    if effect == "negated" and inner.modality == "negated":
        return Decision("possible", FACTUALITY_OF_MODALITY["possible"], deciding)
    best = min(inner.modality, effect, key=_RANK.index)
    return Decision(best, FACTUALITY_OF_MODALITY[best], deciding if best == effect else inner.deciding)


def compose_all(inner: Decision, effects: Sequence[tuple[Modality, tuple[int, int] | None]]) -> Decision:
    """Return an event's modality under the cues of its chain, each as (effect, token run), the innermost first.

    What a cue does counts once: where only that cue, or the reader looking at it, decided the event ("denied that it
    had left"), the event counts as flatly told beneath it.
    """
    if is_by_cues(inner, effects):
        inner = Decision("asserted", FACTUALITY_OF_MODALITY["asserted"], ())
    for effect, run in effects:
        inner = compose(inner, effect, run)
    return inner


def is_by_cues(inner: Decision, effects: Sequence[tuple[Modality, tuple[int, int] | None]]) -> bool:
    """Tell whether only the cues of the chain, or the reader looking at them, decided the event in its sentence."""
    cues = {i for _, run in effects if run is not None for i in range(run[0], run[1] + 1)}
    seen_in_reading = not inner.deciding and inner.modality == "negated" and any(e == "negated" for e, _ in effects)
    own = [run for run in inner.deciding if not cues.intersection(range(run[0], run[1] + 1))]
    return seen_in_reading or bool(inner.deciding and not own)


def _votes(book: Codebook, sentence: Sentence, token: int) -> Iterator[Vote]:
    found = book.find_phrases([_lemma(t) for t in sentence.tokens], "hedges")
    path = [token, *_governors(sentence, token)]
    clause = clause_head(sentence, token)
    for hit in found:
        run = (hit.first, hit.last)
        if run[0] <= token <= run[1] or _is_month(sentence, hit.first):
            continue
        scope = hit.entries[0].scope
        if _merely_ends(sentence, run, token) or _is_quoted_apart(sentence, run, token):
            continue
        if (
            (scope in ("auxiliary", "modifier") and _modifies(sentence, run, path, hit.entries[0].modality))
            or (scope in ("verb_complement", "modifier") and _governs(sentence, run, path))
            or (scope == "clause" and _conditions(sentence, run, token, clause))
        ):
            modality = _backshifted(sentence, run, hit.entries[0].modality)
            left = _unsaid(book, sentence, run, path) if modality == "negated" else modality
            yield Vote(left, run, "hedge" if left == modality else "unsaid")
    if (unconfirmed := _unconfirmed(book, sentence, path)) is not None:
        yield Vote("possible", (unconfirmed, unconfirmed), "unsaid")
    for node in children(sentence, token):
        if sentence.tokens[node].relation not in ("obj", "nsubj", "nsubj:pass"):
            continue
        none = node if _lemma(sentence.tokens[node]) in _NOBODY else _no(sentence, node)
        if none is not None:
            yield Vote("negated", (none, none), "nobody")
    if child(sentence, token, "expl") is not None and (none := _no(sentence, token)) is not None:
        yield Vote("negated", (none, none), "nobody")
    purpose = _purpose(sentence, token)
    if purpose is not None:
        yield Vote("planned", (purpose, purpose), "purpose")
    if (bound := _before_nothing(sentence, token)) is not None:
        yield Vote("possible", (bound, bound), "before")
    if (due := _is_due(sentence, token)) is not None:
        yield Vote("planned", (due, due), "due")
    for below, above in pairwise(path):
        if sentence.tokens[below].lemma.lower() in _REPORTS and sentence.tokens[above].lemma.lower() in _FALSE:
            yield Vote("negated", (above, above), "false")
    if sentence.tokens[-1].text == "?":
        yield Vote("asked", (len(sentence.tokens) - 1, len(sentence.tokens) - 1), "question")
    if _in_progress(sentence, token):
        yield Vote("in_progress", (token, token), "progressive")


def _no(sentence: Sentence, noun: int) -> int | None:
    """Return the "no" of a noun: "no trace was found", "there is no road"; None for "no longer", "no fewer than"."""
    determiner = child(sentence, noun, "det")
    none = determiner is not None and sentence.tokens[determiner].text.lower() in ("no", "neither")
    return determiner if none else None


def _unsaid(book: Codebook, sentence: Sentence, run: tuple[int, int], path: Sequence[int]) -> Modality:
    """Return what a negation makes of an event: "negated", or what is left of it where only the saying is negated.

    What is not said or confirmed may have happened ("has not confirmed that he died"); what is asked for has happened
    ("did not say who had fired").
    """
    if sentence.tokens[run[1]].text.lower() not in NEGATIONS:
        return "negated"
    for below, above in pairwise(path):
        said = above == sentence.tokens[run[1]].head
        cue = book.cue(sentence.tokens[above].lemma.lower(), "VERB") if said else None
        if cue is None or cue.kind not in ("report", "claim", "confirmation", "denial"):
            continue
        asked = [i for i in children(sentence, below) if sentence.tokens[i].text.lower() in _ASKED_FOR and i < below]
        return "asserted" if asked else "possible"
    return "negated"


def _unconfirmed(book: Codebook, sentence: Sentence, path: Sequence[int]) -> int | None:
    """Return the "not" of a confirmation that a noun's event waits for: "has not confirmed his death"."""
    if sentence.tokens[path[0]].upos != "NOUN" or len(path) < 2:
        return None
    cue = book.cue(sentence.tokens[path[1]].lemma.lower(), "VERB")
    if cue is None or cue.kind != "confirmation":
        return None
    return next((i for i in children(sentence, path[1]) if sentence.tokens[i].text.lower() in NEGATIONS), None)


def _is_month(sentence: Sentence, token: int) -> bool:
    """Tell whether "May" is the month: "in May more than 60 were killed", "since 21 May"."""
    word = sentence.tokens[token]
    beside = sentence.tokens[max(0, token - 1) : token] + sentence.tokens[token + 1 : token + 2]
    return word.text == "May" and (word.upos != "AUX" or any(t.upos == "NUM" or t.text.isdigit() for t in beside))


def _is_quoted_apart(sentence: Sentence, run: tuple[int, int], token: int) -> bool:
    """Tell whether a word stands in a quotation that the event is no part of: “No way out,” said X, who told us."""
    return any(a <= run[0] and run[1] <= b and not a <= token <= b for a, b in quoted_runs(sentence))


def _merely_ends(sentence: Sentence, run: tuple[int, int], token: int) -> bool:
    """Tell whether a verb says that an event is over: "the withdrawal ended on Friday" negates no withdrawal."""
    verb = sentence.tokens[run[1]].lemma.lower() in _ENDING
    return verb and sentence.tokens[token].head == run[1] and sentence.tokens[token].relation == "nsubj"


def _lemma(token: Token) -> str:
    """Return the lemma; of a word in -ed that was taken for no verb ("Rebels failed to"), the verb's."""
    if token.upos in ("PART", "ADV", "X", "INTJ") and token.text.lower().endswith("ed"):
        return lemmatise(token.text, "VERB").lower()
    return token.lemma.lower()


def _backshifted(sentence: Sentence, run: tuple[int, int], modality: Modality) -> Modality:
    """Return "planned" for the "would" of reported speech: "said it would withdraw" said "it will"; else `modality`."""
    only = sentence.tokens[run[0]].lemma.lower() == "would" and run[0] == run[1]
    return (
        "planned" if modality == "conditional" and only and sentence.cues and not _has_condition(sentence) else modality
    )


def _has_condition(sentence: Sentence) -> bool:
    """Tell whether a sentence states a condition: "if", or a verb before its subject ("Had they left, ...")."""
    words = [t.text.lower() for t in sentence.tokens]
    opening = {word for before, word in pairwise(["", *words]) if not before[-1:].isalnum()}
    return not _IF.isdisjoint(words) or not _INVERTED.isdisjoint(opening)


def _governors(sentence: Sentence, token: int) -> list[int]:
    """Return the words whose complement the event is, nearest first, within its own clause chain."""
    out: list[int] = []
    node = token
    for _ in range(5):
        t = sentence.tokens[node]
        relation = t.relation.split(":")[0]
        if t.head < 0 or relation not in (
            "xcomp",
            "ccomp",
            "acl",
            "advcl",
            "obj",
            "obl",
            "nmod",
            "conj",
            "csubj",
            "nsubj",
        ):
            break
        if t.relation in ("acl:relcl", "advcl:relcl"):
            break
        if relation == "advcl" and not _infinitive(sentence, node):
            break
        if relation == "nsubj" and sentence.tokens[node].upos == "VERB":
            break
        if relation == "conj" and t.upos == "VERB" and _has_own_subject(sentence, node):
            break
        node = t.head
        out.append(node)
    return out


_COMPLEMENTING = ("to", "in", "from", "of")


def _infinitive(sentence: Sentence, verb: int) -> bool:
    """Tell whether a verb completes its governor: "to take", "in taking"; trees hang "in" at either of the two."""
    if any(sentence.tokens[i].text.lower() in _COMPLEMENTING for i in children(sentence, verb)):
        return True
    return verb > 0 and sentence.tokens[verb - 1].text.lower() in _COMPLEMENTING


def _modifies(sentence: Sentence, run: tuple[int, int], path: Sequence[int], modality: Modality) -> bool:
    """Tell whether a modifier or auxiliary hangs on the event or on a verb that governs it without a break.

    Doubt reaches an event through any verb ("could draw them into a war"); a negation only through light ones ("did not
    launch an attack"), since what one does not ignore, stop or condemn has happened.
    """
    outer = [i for i in range(run[0], run[1] + 1) if not run[0] <= sentence.tokens[i].head <= run[1]]
    holders = {sentence.tokens[i].head for i in outer if sentence.tokens[i].relation.split(":")[0] in _MODIFYING}
    allowed = [path[0]]
    for node in path[1:]:
        below = sentence.tokens[allowed[-1]]
        joined = below.relation.split(":")[0] == "conj"
        against = modality == "negated" and _is_but(sentence, allowed[-1])
        if joined and (against or _has_own_subject(sentence, allowed[-1])):
            break
        light = modality != "negated" or sentence.tokens[node].lemma.lower() in _LIGHT
        if below.upos in ("NOUN", "PROPN") and not light:
            break
        allowed.append(node)
    return bool(holders & set(allowed))


def _is_but(sentence: Sentence, token: int) -> bool:
    """Tell whether a conjunct stands against the one before: "did not leave but shelled it"."""
    joining = child(sentence, token, "cc")
    return joining is not None and sentence.tokens[joining].text.lower() == "but"


def _has_own_subject(sentence: Sentence, verb: int) -> bool:
    return child(sentence, verb, "nsubj", "nsubj:pass") is not None


def _governs(sentence: Sentence, run: tuple[int, int], path: Sequence[int]) -> bool:
    """Tell whether the phrase's own word is one that governs the event, or the phrase stands right before it."""
    following = run[1] + 1 + (run[1] + 2 <= path[0] and sentence.tokens[run[1] + 1].text.lower() == "to")
    above = {b for a, b in pairwise(path) if sentence.tokens[a].relation.split(":")[0] != "conj"}
    return following == path[0] or any(node in above for node in range(run[0], run[1] + 1))


def _conditions(sentence: Sentence, run: tuple[int, int], token: int, clause: int) -> bool:
    """Tell whether a condition word stands in the event's clause or in a clause hanging on it."""
    node: int | None = run[0]
    for step in [run[0], *ancestors(sentence, run[0])]:
        t = sentence.tokens[step]
        if t.relation.split(":")[0] in ("advcl", "ccomp", "root", "parataxis") or t.upos == "VERB":
            node = step
            break
    if node is None:
        return False
    chain = [token, *ancestors(sentence, token)]
    if node in chain:
        return True
    holder = sentence.tokens[node].head
    return holder >= 0 and holder in (clause, token, *chain[:3])


def _purpose(sentence: Sentence, token: int) -> int | None:
    """Return the "to" of a purpose: "sent troops to retake it", "a bid to oust him"; what one aims at is no fact."""
    t = sentence.tokens[token]
    if t.relation not in ("advcl", "acl") or t.upos != "VERB":
        return None
    mark = child(sentence, token, "mark")
    return mark if mark is not None and sentence.tokens[mark].lemma.lower() == "to" else None


def _before_nothing(sentence: Sentence, token: int) -> int | None:
    """Return the "before" or "until" of what need not have happened: "would not speak before they had taken it"."""
    t = sentence.tokens[token]
    mark = child(sentence, token, "mark")
    if (
        t.relation != "advcl"
        or t.head < 0
        or mark is None
        or sentence.tokens[mark].lemma.lower() not in ("before", "until")
    ):
        return None
    words = {sentence.tokens[c].text.lower() for c in children(sentence, t.head)}
    return mark if words & (NEGATIONS | {"would", "will"}) else None


def _is_due(sentence: Sentence, token: int) -> int | None:
    """Return the "to" of what is arranged: "the troops are to withdraw", "he was to meet the king"."""
    mark = next((c for c in children(sentence, token) if sentence.tokens[c].text.lower() == "to"), None)
    if mark is None or sentence.tokens[token].upos != "VERB":
        return None
    head = sentence.tokens[token].head
    own = any(sentence.tokens[c].lemma.lower() == "be" and c < mark for c in children(sentence, token))
    governed = head >= 0 and sentence.tokens[head].lemma.lower() == "be" and sentence.tokens[token].relation == "xcomp"
    adjacent = mark > 0 and sentence.tokens[mark - 1].lemma.lower() == "be"
    return mark if (own or governed) and adjacent else None


def _in_progress(sentence: Sentence, token: int) -> bool:
    """Tell whether the event's verb is a progressive ("is falling")."""
    t = sentence.tokens[token]
    if t.upos != "VERB" or not t.text.lower().endswith("ing"):
        return False
    auxiliary = child(sentence, token, "aux")
    return auxiliary is not None and sentence.tokens[auxiliary].lemma.lower() == "be"
