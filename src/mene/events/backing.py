"""Who backs whom, as the words say it: allies, proxies, "X-backed Y", "X arms Y", "affiliated with X"."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mene.records import Sentence
from mene.statements.context import Context
from mene.statements.grammar import child, children, subject
from mene.vocabulary import BackingDirection, BackingMeans

Run = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Tie:
    """A backing told in a sentence: the word that tells it, backer and backed as token heads, means and direction."""

    token: int
    backer: int
    backed: int
    means: BackingMeans
    direction: BackingDirection
    over: bool = False


@cache
def backing_words() -> dict[str, Any]:
    """Return `backing_words.yaml`."""
    words: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("backing_words.yaml").read_text(encoding="utf-8"))
    return words


def find_ties(context: Context, sentence: Sentence) -> list[Tie]:
    """Return the backings told in a sentence, one for each telling word."""
    ties: dict[int, Tie] = {}
    for tie in (*_nouns(sentence), *_compounds(sentence), *_verbs(sentence), *_affiliations(sentence)):
        if tie.backer != tie.backed:
            ties.setdefault(tie.token, tie)
    return list(ties.values())


def _lemma(sentence: Sentence, token: int) -> str:
    return sentence.tokens[token].lemma.lower()


def _nouns(sentence: Sentence) -> Iterator[Tie]:
    """Yield "its Syrian ally", "Iran has been the government's most powerful supporter", "Iran's proxy Hezbollah"."""
    words = backing_words()
    for i, token in enumerate(sentence.tokens):
        lemma = _lemma(sentence, i)
        if token.upos not in ("NOUN", "PROPN") or lemma not in (*words["nouns"], *words["clients"]):
            continue
        owner = child(sentence, i, "nmod:poss")
        owner = owner if owner is not None else _of(sentence, i)
        other = _named_beside(sentence, i)
        if other is None and child(sentence, i, "cop") is not None:
            other = child(sentence, i, "nsubj")
        if owner is None or other is None:
            continue
        over = _is_over(sentence, i)
        direction = _direction(sentence, i, over)
        if lemma in words["clients"] or (sentence.tokens[i].relation == "obj" and direction in ("ends", "reduces")):
            yield Tie(i, owner, other, "unspecified", direction, over)
        else:
            yield Tie(i, other, owner, "unspecified", direction, over)


def _of(sentence: Sentence, noun: int) -> int | None:
    for c in children(sentence, noun):
        case = child(sentence, c, "case")
        if sentence.tokens[c].relation == "nmod" and case is not None and _lemma(sentence, case) in ("of", "to"):
            return c
    return None


def _named_beside(sentence: Sentence, noun: int) -> int | None:
    """Return the party named with the noun: "its Syrian ally", "proxy Hezbollah", "ally, Russia"."""
    for relation in ("appos", "flat", "compound", "amod"):
        found = child(sentence, noun, relation)
        if found is not None and sentence.tokens[found].text[:1].isupper():
            return found
    t = sentence.tokens[noun]
    if t.relation in ("compound", "appos", "nmod") and t.head >= 0 and sentence.tokens[t.head].upos == "PROPN":
        return t.head
    following = noun + 1
    if following < len(sentence.tokens) and sentence.tokens[following].upos == "PROPN":
        return following
    return None


def _is_over(sentence: Sentence, token: int) -> bool:
    return any(_lemma(sentence, c) in backing_words()["ended"] for c in children(sentence, token))


def _direction(sentence: Sentence, token: int, over: bool) -> BackingDirection:
    if over:
        return "ends"
    head = sentence.tokens[token].head
    if head >= 0 and sentence.tokens[token].relation == "obj" and _lemma(sentence, head) in backing_words()["ending"]:
        progressive = sentence.tokens[head].text.lower().endswith("ing")
        return "reduces" if progressive else "ends"
    return "gives"


def _compounds(sentence: Sentence) -> Iterator[Tie]:
    """Yield "Turkish-backed rebels", "rebels backed by Turkey"."""
    words = set(backing_words()["adjectives"])
    for i, token in enumerate(sentence.tokens):
        if token.text.lower() not in words:
            continue
        if i >= 2 and sentence.tokens[i - 1].text == "-" and token.head >= 0:
            noun = token.head if token.head > i else next((j for j in (i + 1, i + 2) if j < len(sentence.tokens)), None)
            if noun is not None and sentence.tokens[noun].upos in ("NOUN", "PROPN"):
                yield Tie(i, i - 2, noun, _means_of(token.lemma.lower()), "gives")
            continue
        agent = _by(sentence, i)
        if agent is None:
            continue
        backed = (
            token.head if token.relation in ("acl", "amod", "acl:relcl", "advcl") else child(sentence, i, "nsubj:pass")
        )
        if backed is not None and backed >= 0:
            if token.relation == "advcl":
                backed = subject(sentence, i) or backed
            yield Tie(i, agent, backed, _means_of(token.lemma.lower()), "gives")


def _by(sentence: Sentence, verb: int) -> int | None:
    for c in children(sentence, verb):
        case = child(sentence, c, "case")
        if case is not None and _lemma(sentence, case) == "by":
            return c
    return None


def _means_of(lemma: str) -> BackingMeans:
    means: BackingMeans = backing_words()["verbs"].get(lemma, "unspecified")
    return means


def _verbs(sentence: Sentence) -> Iterator[Tie]:
    """Yield "Iran backs the militias", "Russia stopped arming the government"."""
    for i, token in enumerate(sentence.tokens):
        if token.upos != "VERB" or _lemma(sentence, i) not in backing_words()["verbs"]:
            continue
        backer, backed = subject(sentence, i), child(sentence, i, "obj")
        if backer is None or backed is None or child(sentence, i, "aux:pass") is not None:
            continue
        if not _is_party(sentence, backer) or not _is_party(sentence, backed):
            continue
        yield Tie(i, backer, backed, _means_of(_lemma(sentence, i)), _verb_direction(sentence, i))


def _is_party(sentence: Sentence, token: int) -> bool:
    """Tell whether a word can be a party: a name, a pronoun, or a force, government or movement."""
    t = sentence.tokens[token]
    parties = ("government", "regime", "army", "rebel", "militia", "group", "force", "side", "president", "opposition",
               "faction", "fighter", "movement", "junta", "militant", "insurgent", "ally")  # fmt: skip
    return t.upos == "PROPN" or t.lemma.lower() in parties or t.text.lower() in ("it", "they", "them", "he", "him")


def _verb_direction(sentence: Sentence, verb: int) -> BackingDirection:
    head = sentence.tokens[verb].head
    governor = _lemma(sentence, head) if head >= 0 and sentence.tokens[verb].relation in ("xcomp", "ccomp") else ""
    if governor in ("stop", "cease", "end", "halt", "quit"):
        return "ends"
    if governor in ("refuse", "decline"):
        return "refuses"
    return "increases" if governor in ("keep", "start", "begin", "resume") and governor != "keep" else "gives"


def _affiliations(sentence: Sentence) -> Iterator[Tie]:
    """Yield "HTS, formerly affiliated with al-Qaeda"."""
    words = set(backing_words()["affiliated"])
    for i, token in enumerate(sentence.tokens):
        if token.text.lower() not in words or (i and sentence.tokens[i - 1].text == "-"):
            continue
        other = next(
            (
                c
                for c in children(sentence, i)
                if (case := child(sentence, c, "case")) is not None and _lemma(sentence, case) in ("with", "to")
            ),
            None,
        )
        member = (
            token.head if token.relation in ("acl", "acl:relcl", "amod", "advcl", "appos") else subject(sentence, i)
        )
        if other is None or member is None or member < 0 or sentence.tokens[other].upos != "PROPN":
            continue
        over = _is_over(sentence, i)
        yield Tie(i, other, member, "unspecified", "ends" if over else "gives", over)


def means_of_force(lemma: str) -> BackingMeans | None:
    """Return the means that an object names ("advisers", "weapons"), or None."""
    for means, lemmas in backing_words()["means"].items():
        if lemma in lemmas:
            return means  # type: ignore[no-any-return]
    return None
