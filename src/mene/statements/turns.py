"""Who speaks where an interview, a broadcast or a hearing is printed turn by turn: "Ekanayake: No. I told him in 1997".

A paragraph opens a turn when it begins with a short label and a colon, and the article has another such paragraph with
the same label, or asks and answers ("Q:", "A:"). What the paragraph says is the labelled speaker's; a question is the
outlet's own.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mene.records import Sentence, Source
from mene.statements.context import Context

LONGEST_LABEL = 5
"""A label has at most so many words, those in brackets apart: "AG ATTAHER (through interpreter)"."""

_LABEL = re.compile(r"\s*(?P<label>[^\W\d_][\w.’'-]*(?: [\w.’'-]+){0,4})(?P<aside> ?\([^()]{1,60}\))?:(?=\s|$)")
_STAFF = frozenset(
    "q question interviewer host presenter anchor moderator newsreader reporter correspondent narrator announcer"
    " editor".split()
)
_ANSWERS = frozenset(("a", "answer"))
_STAFF_BESIDE = re.compile(r"\b(?:correspondent|reporter|colleague|editor|interview(?:ed)? by|by)\b[^.]{0,40}$", re.I)


@dataclass(frozen=True, slots=True)
class Turn:
    """Whose words a paragraph holds, None for the outlet's, and where they begin in the article's text."""

    speaker: Source | None
    start: int


def find_turns(context: Context) -> Mapping[int, Turn]:
    """Return the turns of an article by the number of their block; none where it is no conversation."""
    article = context.analysis.article
    labelled: dict[int, tuple[str, int]] = {}
    for number, block in enumerate(article.blocks):
        found = _LABEL.match(article.text, block.start, block.end)
        if found is not None and _may_label(found["label"]):
            labelled[number] = (found["label"], found.end())
    times = Counter(label.lower() for label, _ in labelled.values())
    if len(times) < 2 or max(times.values()) < 2:
        return {}
    speakers = {label: _speaker(context, label) for label, _ in labelled.values()}
    return {number: Turn(speakers[label], start) for number, (label, start) in labelled.items()}


def _may_label(label: str) -> bool:
    """Tell whether words can name who speaks: one of them, each with a capital but for small joining words."""
    words = label.split()
    titled = all(word[:1].isupper() or word in ("of", "the", "de", "al", "bin", "van", "von") for word in words)
    return len(words) <= LONGEST_LABEL and titled


def _speaker(context: Context, label: str) -> Source | None:
    """Return who a label stands for: the person of that name in the article, else the label; None for the outlet."""
    words = label.lower().split()
    if _STAFF.intersection(words) or _is_outlet(context, label) or _is_staff(context, label):
        return None
    if words[0] in _ANSWERS and len(words) == 1:
        return Source("the one interviewed", "unnamed")
    for sentence in context.analysis.sentences:
        for name in sentence.names:
            tokens = [t.text.lower() for t in sentence.tokens[name.first : name.last + 1]]
            if name.label == "PER" and len(tokens) > len(words) and tokens[-len(words) :] == words:
                return _named(context, sentence, name.first, name.last)
    for match in context.codebook.match(label.split()):
        if match.kind in ("leader", "actor") and match.first == 0:
            actor = context.codebook.leader(match.ids[0]) or context.codebook.actor(match.ids[0])
            if actor is not None:
                return Source(actor.name, "official", None, actor.id)
    return Source(label.title() if label.isupper() and len(label) > 4 else label, "official")


def _named(context: Context, sentence: Sentence, first: int, last: int) -> Source:
    """Return the person named by the tokens [first, last], with the actor that the codebook knows under the name."""
    evidence = context.evidence(sentence, first, last)
    text = context.analysis.article.text[evidence.start : evidence.end]
    known = (m for m in context.mentions[sentence.index] if m.first <= last and first <= m.last and m.kind == "person")
    actor = next((m.participant.actor_id for m in known), None)
    before = [t.text for t in sentence.tokens[max(0, first - 1) : first] if t.upos in ("PROPN", "NOUN")]
    return Source(text, "official", before[0] if before else None, actor, evidence)


def _is_outlet(context: Context, label: str) -> bool:
    """Tell whether a label is the outlet's name or its initials: "PSQ" for Palk Strait Quarterly."""
    article = context.analysis.article
    initials = re.compile(r"\b" + r"[\w’'-]* ".join(map(re.escape, label)) + r"[\w’'-]*\b") if label.isupper() else None
    named = f"{article.publisher or ''}\n{article.text[:600]}"
    return label.lower() == (article.publisher or "").lower() or (
        initials is not None and len(label) > 1 and " " not in label and initials.search(named) is not None
    )


def _is_staff(context: Context, label: str) -> bool:
    """Tell whether a label is the name of one of the outlet's own: of its byline, or told of as its correspondent."""
    article = context.analysis.article
    if label.lower() in (article.byline or "").lower().split():
        return True
    named = re.compile(rf"\b{re.escape(label)}\b", re.IGNORECASE)
    found: Sequence[re.Match[str]] = list(named.finditer(article.text))
    return any(_STAFF_BESIDE.search(article.text, max(0, m.start() - 70), m.start()) for m in found)
