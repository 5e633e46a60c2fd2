"""Places told as held in passing: "rebel-held Idlib", "Homs, controlled by the army", "the group's stronghold of X"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mene.events.places import Located
from mene.records import Place, Sentence
from mene.statements.grammar import child, children

_HELD = frozenset(("held", "controlled", "occupied", "run", "ruled", "administered"))


@dataclass(frozen=True, slots=True)
class Held:
    """A place told as held: the word that tells it, the head of the holder's phrase and the place."""

    token: int
    holder: int
    place: Place
    over: bool = False


def find_held(sentence: Sentence, located: Sequence[Located]) -> Iterator[Held]:
    """Yield each holding told in passing in a sentence."""
    for i, token in enumerate(sentence.tokens):
        if token.text.lower() not in _HELD:
            continue
        if i >= 2 and sentence.tokens[i - 1].text == "-":
            place = _place_after(located, i)
            if place is not None:
                over = any(
                    sentence.tokens[c].lemma.lower() in ("former", "formerly", "previously")
                    for c in range(max(0, i - 4), i)
                )
                yield Held(i, i - 2, place, over)
        elif token.upos == "VERB" and token.relation in ("acl", "amod", "advcl"):
            agent = _by(sentence, i)
            place = next(
                (p.place for p in located if p.first <= token.head <= p.last or _beside(sentence, p, token.head)), None
            )
            if agent is not None and place is not None:
                yield Held(i, agent, place)


def find_under_control(sentence: Sentence, located: Sequence[Located]) -> Iterator[Held]:
    """Yield "the city remains under the control of X", "under rebel control", "in the hands of X"."""
    for i, token in enumerate(sentence.tokens):
        before = [t.lemma.lower() for t in sentence.tokens[max(0, i - 4) : i]]
        under = token.lemma.lower() in ("control", "rule", "occupation") and "under" in before
        if not under and not (token.lemma.lower() == "hand" and "in" in before):
            continue
        holder = _possessor(sentence, i)
        place = _held_place(sentence, i, located)
        if holder is not None and place is not None:
            yield Held(i, holder, place)


def _possessor(sentence: Sentence, noun: int) -> int | None:
    """Return who controls: "the control of X", "X's control", "rebel control"."""
    for c in children(sentence, noun):
        case = child(sentence, c, "case")
        if sentence.tokens[c].relation == "nmod" and case is not None and sentence.tokens[case].lemma.lower() == "of":
            return c
    return child(sentence, noun, "nmod:poss", "compound", "amod")


def _held_place(sentence: Sentence, noun: int, located: Sequence[Located]) -> Place | None:
    """Return the place that is under control: the subject of its clause, else the last place named before."""
    clause = sentence.tokens[noun].head if sentence.tokens[noun].relation in ("obl", "nmod") else noun
    head = child(sentence, clause, "nsubj", "nsubj:pass") if clause >= 0 else None
    for p in located:
        if head is not None and (p.first <= head <= p.last or _beside(sentence, p, head)):
            return p.place
    before = [p for p in located if p.last < noun]
    return before[-1].place if before and clause >= 0 else None


def _beside(sentence: Sentence, located: Located, head: int) -> bool:
    """Tell whether a place name hangs on the noun `head`: "the town of al-Bab held by ..."."""
    return sentence.tokens[located.last].head == head or sentence.tokens[located.first].head == head


def _place_after(located: Sequence[Located], token: int) -> Place | None:
    """Return the first place name within six words after a token."""
    after = [p for p in located if token < p.first <= token + 6]
    return after[0].place if after else None


def _by(sentence: Sentence, verb: int) -> int | None:
    for c in children(sentence, verb):
        case = child(sentence, c, "case")
        if case is not None and sentence.tokens[case].lemma.lower() == "by":
            return c
    return None
