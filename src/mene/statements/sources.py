"""From the words that name a source to a `Source`: its name, its role, its kind and the actor it belongs to."""

from mene.records import Sentence, Source
from mene.statements.attribution import Run, speaker_words
from mene.statements.context import (
    PRONOUNS,
    Context,
    Mentioned,
    antecedent,
    mention_in,
)
from mene.statements.grammar import head_of, text_of, trimmed
from mene.vocabulary import SourceKind

_KIND_OF_ACTOR: dict[str, SourceKind] = {
    "state": "official",
    "government": "official",
    "party": "official",
    "international organisation": "official",
    "army": "armed side",
    "security service": "armed side",
    "armed group": "armed side",
    "militia": "armed side",
    "coalition": "armed side",
    "monitor": "monitor",
    "population": "witness",
}
_SPOKEN_FOR = frozenset(("unnamed", "document"))
UNKNOWN = Source("unnamed source", "unnamed")


def find_source(context: Context, sentence: Sentence, run: Run | None, earlier: tuple[Source, ...] = ()) -> Source:
    """Return the source named by tokens `run`; a pronoun is the one it stands for, looked for among `earlier` too.

    `earlier` are the origins named before in the article, latest last. Without a run the source is unnamed.
    """
    if run is None:
        return UNKNOWN
    run = trimmed(sentence, *run)
    words = sentence.tokens[run[0] : run[1] + 1]
    if len(words) == 1 and words[0].text.lower() in PRONOUNS:
        return _of_pronoun(context, sentence, run, earlier)
    again = _named_again(sentence, run, earlier)
    return again or _described(context, sentence, run)


def _described(context: Context, sentence: Sentence, run: Run) -> Source:
    text = context.analysis.article.text
    evidence = context.evidence(sentence, *run)
    mention = mention_in(context, sentence, *run)
    person = next((n for n in sentence.names if n.label == "PER" and run[0] <= n.first and n.last <= run[1]), None)
    head = head_of(sentence, *run)
    word = speaker_words().get(sentence.tokens[head].lemma.lower())
    words = text_of(text, sentence, *run)
    if person is not None and (mention is None or mention.kind != "thing" or mention.last != run[1]):
        first, last = _whole_name(sentence, person.first, person.last, run)
        name = text_of(text, sentence, first, last)
        role = _role(text, sentence, run, (first, last))
        leader = mention is not None and mention.kind == "person" and mention.participant.actor_id is not None
        actor = mention.participant.actor_id if mention is not None else None
        kind: SourceKind = word if word in ("witness",) else "official"  # type: ignore[assignment]
        if not leader and actor is None and role is None:
            kind = "unnamed" if word == "unnamed" else "witness" if word == "witness" else "official"
        return Source(name, kind, role, actor, evidence)
    if mention is None:
        organisation = any(n.label == "ORG" and n.first <= head <= n.last for n in sentence.names)
        kind = word or ("official" if organisation else "unnamed")  # type: ignore[assignment]
        return Source(_without_article(words), kind, None, None, evidence)
    return _of_mention(context, sentence, run, mention, word, head)


def _of_mention(
    context: Context, sentence: Sentence, run: Run, mention: Mentioned, word: str | None, head: int
) -> Source:
    """Return the source for a run with a codebook name in it: the named one itself, or somebody who speaks for it."""
    words = text_of(context.analysis.article.text, sentence, *run)
    participant = mention.participant
    evidence = context.evidence(sentence, *run)
    inside = mention.first <= head <= mention.last
    outlet = context.codebook.outlets.get(participant.actor_id or "")
    if outlet is not None and inside:
        return Source(outlet.name, outlet.kind, None, outlet.side or outlet.id, evidence)
    actor = context.codebook.actor(participant.actor_id or "")
    kind: SourceKind = _KIND_OF_ACTOR.get(actor.kind, "official") if actor else "official"
    if mention.kind == "person" and inside:
        return Source(participant.name, "official", None, participant.actor_id, evidence)
    if inside and (word is None or mention.kind == "thing"):
        name = participant.name if mention.kind == "thing" else _without_article(words)
        return Source(name, kind, None, participant.actor_id, evidence)
    spoken: SourceKind = word if word is not None else kind  # type: ignore[assignment]
    actor_id = outlet.side if outlet is not None else participant.actor_id
    return Source(_without_article(words), spoken, None, actor_id, evidence)


def _of_pronoun(context: Context, sentence: Sentence, run: Run, earlier: tuple[Source, ...]) -> Source:
    """Return what a pronoun speaks for: the last fitting source named before, else the last fitting mention."""
    kind = PRONOUNS[sentence.tokens[run[0]].text.lower()]
    for source in reversed(earlier[-4:]):
        if _pronoun_fits(kind, source):
            return source
    mention = antecedent(context, sentence, run[0])
    if mention is not None and mention.participant.actor_id is not None:
        p = mention.participant
        actor = context.codebook.actor(p.actor_id or "")
        by_kind = _KIND_OF_ACTOR.get(actor.kind, "official") if actor else "official"
        return Source(p.name, by_kind, None, p.actor_id, context.evidence(sentence, *run))
    return Source(
        f"“{sentence.tokens[run[0]].text}” (not resolved)", "unnamed", None, None, context.evidence(sentence, *run)
    )


def _pronoun_fits(kind: str, source: Source) -> bool:
    plural = source.name.lower().endswith("s") and source.kind in ("unnamed", "witness")
    if kind == "person":
        return source.kind in ("official", "unnamed", "witness") and not plural and source.evidence is not None
    if kind == "many":
        return plural
    return source.kind in ("armed side", "monitor", "document", "outlet", "official") and source.role is None


def _named_again(sentence: Sentence, run: Run, earlier: tuple[Source, ...]) -> Source | None:
    """Return the earlier source that a short name or a definite description takes up: "Rahmati", "the adviser"."""
    words = [t for t in sentence.tokens[run[0] : run[1] + 1] if t.upos not in ("DET", "PUNCT")]
    if len(words) != 1:
        return None
    word = words[0]
    definite = run[1] > run[0] and sentence.tokens[run[0]].lemma.lower() == "the"
    for source in reversed(earlier):
        parts = source.name.split()
        if word.upos == "PROPN" and len(parts) > 1 and parts[-1] == word.text:
            return source
        told = f"{source.role or ''} {source.name}".lower().split()
        if definite and word.upos == "NOUN" and word.text.lower() in told:
            return source
    return None


def _whole_name(sentence: Sentence, first: int, last: int, run: Run) -> Run:
    """Return the person's name without titles, widened over proper nouns the reader cut off."""
    while last < run[1] and sentence.tokens[last + 1].upos == "PROPN":
        last += 1
    return first, last


def _role(text: str, sentence: Sentence, run: Run, name: Run) -> str | None:
    """Return how the run describes the person besides the name, or None."""
    pieces = []
    if name[0] > run[0]:
        pieces.append(trimmed(sentence, run[0], name[0] - 1))
    if name[1] < run[1]:
        pieces.append(trimmed(sentence, name[1] + 1, run[1]))
    words = [_without_article(text_of(text, sentence, *p)) for p in pieces]
    words = [w for w in words if any(c.isalpha() for c in w)]
    return max(words, key=len) if words else None


def _without_article(words: str) -> str:
    """Return words without a leading article.

    >>> _without_article("the Iranian officials")
    'Iranian officials'
    """
    first, _, rest = words.partition(" ")
    return rest if rest and first.lower() in ("the", "a", "an") else words
