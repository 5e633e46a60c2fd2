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
