"""What pronouns and descriptions stand for: "he", "its", "the group", "the officials", and "we" in a quotation.

Candidates are the names, mentions, sources, participants and subjects that stand before. Each is scored by a weighted
sum of visible features (`describe`); the weights lie in `references.yaml`, fitted by `training/references.py` on our
own annotated reports. "Nobody" is a candidate too, with the score 0, so that a doubtful pronoun stays unresolved. The
method is that of a mention-ranking model (Denis & Baldridge 2008) read left to right, so that what was resolved before
counts.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import numpy as np
import yaml

from mene.records import Reference, Saying, Sentence, Span

PRONOUN_CLASS = {
    **dict.fromkeys("he him his she her hers himself herself".split(), "person"),
    **dict.fromkeys("it its itself".split(), "thing"),
    **dict.fromkeys("they them their theirs themselves".split(), "many"),
}
FIRST_PERSON = frozenset("i me my mine we us our ours".split())
_PARTS = frozenset("nsubj nsubj:pass nsubj:outer obl:agent obj iobj conj nmod:poss appos".split())
_DEFINITE = frozenset("the this that those these".split())
KINDS = ("person", "organisation", "armed force", "place", "nationality", "facility", "one", "several")
LONGEST = 16
REACH = 3
"""How many sentences back a candidate may stand."""

Key = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody or something that was spoken of: sentence, words [first, last], its head word and its kind."""

    sentence: int
    first: int
    last: int
    head: int
    kind: str
    is_subject: bool
    is_source: bool
    takes_part: bool


@dataclass(frozen=True, slots=True)
class Anaphor:
    """A pronoun or description: sentence, words [first, last], its head word and its class."""

    sentence: int
    first: int
    last: int
    head: int
    kind: str


@cache
def description_kinds() -> Mapping[str, str]:
    """Return the kind of antecedent that each describing noun takes up."""
    rows = yaml.safe_load(Path(__file__).with_name("descriptions.yaml").read_text(encoding="utf-8"))
    return {noun: str(kind) for kind, nouns in rows.items() for noun in nouns.split()}


@cache
def load_weights() -> Mapping[str, float]:
    """Return the weight of each feature."""
    text = Path(__file__).with_name("references.yaml").read_text(encoding="utf-8")
    return {str(name): float(weight) for name, weight in yaml.safe_load(text)["weights"].items()}


def find_references(sentences: Sequence[Sentence]) -> tuple[Reference, ...]:
    """Return what the pronouns and descriptions of an article stand for, in reading order; doubtful ones are left out.

    The score is the probability that the weights give the antecedent among all candidates and "nobody".
    """
    weights = load_weights()
    found: list[Reference] = []
    for anaphor, candidates, features in walk(sentences, found):
        totals = np.array([0.0, *(sum(weights.get(name, 0.0) for name in row) for row in features)])
        chances = np.exp(totals - totals.max())
        chances /= chances.sum()
        best = int(chances.argmax())
        if best:
            c = candidates[best - 1]
            found.append(_reference(anaphor, c, round(float(chances[best]), 3)))
    return tuple(sorted([*found, *_speakers(sentences, found)], key=lambda r: (r.sentence, r.first)))


def _reference(anaphor: Anaphor, candidate: Candidate, score: float) -> Reference:
    return Reference(
        anaphor.sentence, anaphor.first, anaphor.last, candidate.sentence, candidate.first, candidate.last, score
    )


def walk(
    sentences: Sequence[Sentence], found: list[Reference]
) -> Iterator[tuple[Anaphor, list[Candidate], list[list[str]]]]:
    """Yield each anaphor with its candidates and their features; what the caller adds to `found` counts for the next.

    `found` is read again before every anaphor, so that a chain of pronouns holds together.
    """
    by_sentence = [find_candidates(sentence) for sentence in sentences]
    for sentence in sentences:
        for anaphor in find_anaphors(sentence):
            near = by_sentence[max(0, sentence.index - REACH) : sentence.index + 1]
            candidates = [c for row in near for c in row if c.sentence < anaphor.sentence or c.last < anaphor.first]
            yield anaphor, candidates, [describe(sentences, anaphor, c, candidates, found) for c in candidates]


def find_anaphors(sentence: Sentence) -> Iterator[Anaphor]:
    """Yield the pronouns of the third person that stand for somebody, and descriptions of a word or two."""
    for i, token in enumerate(sentence.tokens):
        word = token.text.lower()
        kind = PRONOUN_CLASS.get(word)
        if kind is not None and token.relation.split(":")[0] != "expl" and token.text != "IT":
            yield Anaphor(sentence.index, i, i, i, kind)
        elif token.upos == "DET" and word in _DEFINITE and i + 1 < len(sentence.tokens):
            last = i + 2 if sentence.tokens[i + 1].upos in ("ADJ", "NUM") and i + 2 < len(sentence.tokens) else i + 1
            after = sentence.tokens[last + 1] if last + 1 < len(sentence.tokens) else None
            closed = after is None or (after.upos not in ("NOUN", "PROPN") and after.text not in ("-", "of"))
            described = description_kinds().get(sentence.tokens[last].text.lower())
            if described is not None and closed:
                yield Anaphor(sentence.index, i, last, last, described)


def find_candidates(sentence: Sentence) -> list[Candidate]:
    """Return who and what a sentence speaks of, each head word once, the longest run of words that names it."""
    kinds = {"PER": "person", "ORG": "organisation", "LOC": "place"}
    runs: list[tuple[int, int, str]] = [(s.first, s.last, kinds[s.label]) for s in sentence.names if s.label in kinds]
    runs += [(s.first, s.last, s.label) for s in sentence.mentions if s.label in KINDS]
    runs += [(s.first, s.last, "") for s in sentence.sources]
    runs += [(a.first, a.last, "") for t in sentence.triggers for a in t.arguments if a.label != "place"]
    runs += [(_left_edge(sentence, i), i, "") for i in range(len(sentence.tokens)) if _takes_part(sentence, i)]
    best: dict[int, Candidate] = {}
    for first, last, kind in runs:
        if last - first >= LONGEST:
            continue
        head = _head(sentence, first, last)
        if sentence.tokens[head].upos not in ("NOUN", "PROPN", "ADJ", "NUM"):
            continue
        found = _candidate(sentence, first, last, head, kind)
        known = best.get(head)
        if known is not None:
            wider = found if (found.last - found.first) > (known.last - known.first) else known
            named = found.kind if known.kind in ("one", "several") else known.kind
            found = replace(wider, kind=named)
        best[head] = found
    return sorted(best.values(), key=lambda c: c.first)


def _takes_part(sentence: Sentence, token: int) -> bool:
    """Tell whether a noun is a subject or object, or a name that is more than part of another word's."""
    t = sentence.tokens[token]
    if t.upos == "PROPN":
        return t.relation not in ("flat", "compound")
    return t.upos in ("NOUN", "NUM") and t.relation in _PARTS


def _left_edge(sentence: Sentence, token: int) -> int:
    """Return where the words directly before a noun that describe it begin."""
    first = token
    while first > 0 and sentence.tokens[first - 1].upos in ("DET", "ADJ", "NUM", "NOUN", "PROPN"):
        first -= 1
    return first


def _head(sentence: Sentence, first: int, last: int) -> int:
    """Return the word of [first, last] that depends on none of the others."""
    inside = [i for i in range(first, last + 1) if not first <= sentence.tokens[i].head <= last]
    nouns = [i for i in inside if sentence.tokens[i].upos in ("NOUN", "PROPN")]
    return (nouns or inside or [last])[0]


def _candidate(sentence: Sentence, first: int, last: int, head: int, kind: str) -> Candidate:
    token = sentence.tokens[head]
    plural = token.text.lower().endswith("s") and token.lemma.lower() != token.text.lower()
    joined = any(t.head == head and t.relation == "conj" for t in sentence.tokens[head + 1 : last + 1])
    return Candidate(
        sentence.index,
        first,
        last,
        head,
        kind or ("several" if plural or joined else "one"),
        token.relation.startswith("nsubj"),
        _speaks(sentence, head),
        any(_covers(t.arguments, head) for t in sentence.triggers),
    )


def _speaks(sentence: Sentence, token: int) -> bool:
    sources = [s.source for s in sentence.sayings if s.source is not None]
    return _covers((*sentence.sources, *sources), token)


def _covers(spans: Sequence[Span], token: int) -> bool:
    return any(s.first <= token <= s.last for s in spans)


def describe(
    sentences: Sequence[Sentence],
    anaphor: Anaphor,
    candidate: Candidate,
    candidates: Sequence[Candidate],
    found: Sequence[Reference],
) -> list[str]:
    """Return the names of the features that hold for a candidate."""
    here, there = sentences[anaphor.sentence], sentences[candidate.sentence]
    token, head = here.tokens[anaphor.head], there.tokens[candidate.head]
    between = sum((c.sentence, c.head) > (candidate.sentence, candidate.head) for c in candidates)
    back = anaphor.sentence - candidate.sentence
    subject = token.relation.startswith("nsubj")
    told = [f"{anaphor.kind} for {candidate.kind}", f"{back} sentences back", f"{min(between, 5)} between"]
    told += ["subject"] * candidate.is_subject
    told += ["source"] * candidate.is_source
    told += ["speaks, for a source"] * (candidate.is_source and _covers(here.sources, anaphor.head))
    told += ["takes part"] * candidate.takes_part
    told += ["both subjects"] * (subject and candidate.is_subject)
    told += ["own clause"] * (back == 0 and not subject and candidate.is_subject)
    told += ["object of its own verb"] * (back == 0 and token.head == head.head and not candidate.is_subject)
    told += ["same verb's subject"] * (back == 0 and token.head == head.head and token.relation != "nmod:poss")
    told += ["object"] * (head.relation in ("obj", "iobj"))
    told += ["same noun"] * (token.upos == "NOUN" and token.lemma.lower() == head.lemma.lower())
    told += ["described alike"] * _describes(token.text, there, candidate)
    told += ["describes a noun"] * (head.relation in ("compound", "amod", "nmod:poss"))
    told += ["proper"] * (head.upos == "PROPN")
    told += ["taken up before"] * any(
        (r.to_sentence, r.to_last) == (candidate.sentence, candidate.last) for r in found[-6:]
    )
    told += ["taken up last"] * _was_last(sentences, anaphor, candidate, found)
    return told


def _describes(noun: str, sentence: Sentence, candidate: Candidate) -> bool:
    """Tell whether a candidate's words hold the noun, or an abbreviation of it ("the general", "Gen. Ali")."""
    short = {"general": "gen.", "colonel": "col.", "senator": "sen.", "governor": "gov."}.get(noun.lower())
    words = {t.text.lower() for t in sentence.tokens[candidate.first : candidate.last + 1]}
    return bool(words & {noun.lower(), short})


def _was_last(
    sentences: Sequence[Sentence], anaphor: Anaphor, candidate: Candidate, found: Sequence[Reference]
) -> bool:
    """Tell whether the last anaphor of this class stood for the candidate."""
    for reference in reversed(found):
        word = sentences[reference.sentence].tokens[reference.last].text.lower()
        if (PRONOUN_CLASS.get(word) or description_kinds().get(word)) == anaphor.kind:
            return (reference.to_sentence, reference.to_first) == (candidate.sentence, candidate.first)
    return False


def _speakers(sentences: Sequence[Sentence], found: Sequence[Reference]) -> Iterator[Reference]:
    """Yield "we" and "I" inside what somebody says, with the one who says it: if that is "he", with whom he is."""
    meant = {(r.sentence, r.last): r for r in found}
    for sentence in sentences:
        for i, token in enumerate(sentence.tokens):
            if token.text.lower() not in FIRST_PERSON or token.text == "US":
                continue
            around = [(_length(s), s.source) for s in sentence.sayings if s.source and _covers(s.contents, i)]
            if around:
                _, source = min(around, key=lambda pair: pair[0])
                whom = meant.get((sentence.index, source.last))
                to = (
                    (whom.to_sentence, whom.to_first, whom.to_last)
                    if whom
                    else (sentence.index, source.first, source.last)
                )
                yield Reference(sentence.index, i, i, *to, whom.score if whom else 1.0)


def _length(saying: Saying) -> int:
    return sum(run.last - run.first + 1 for run in saying.contents)
