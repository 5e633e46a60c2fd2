"""Who backs whom, as the words say it: allies, proxies, "X-backed Y", "X arms Y", "affiliated with X"."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mene.codebook import lemmatise
from mene.events.kinds import kind_words
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


_PEOPLE = frozenset("member adviser advisor sapper engineer trainer man unit troop official pilot instructor".split())
"""People who are known by whose they are: "FSA members", "Russian sappers"."""


@cache
def backing_words() -> dict[str, Any]:
    """Return `backing_words.yaml`."""
    words: dict[str, Any] = yaml.safe_load(Path(__file__).with_name("backing_words.yaml").read_text(encoding="utf-8"))
    return words


def find_ties(context: Context, sentence: Sentence) -> list[Tie]:
    """Return the backings told in a sentence, one for each telling word."""
    ties: dict[int, Tie] = {}
    for tie in (
        *_nouns(sentence),
        *_help(sentence),
        *_with_help(sentence),
        *_received(sentence),
        *_compounds(context, sentence),
        *_verbs(context, sentence),
        *_gifts(context, sentence),
        *_beside(sentence),
        *_hired(sentence),
        *_affiliations(sentence),
    ):
        if tie.backer != tie.backed:
            ties.setdefault(tie.token, tie)
    return list(ties.values())


def _lemma(sentence: Sentence, token: int) -> str:
    return sentence.tokens[token].lemma.lower()


def _with_case(sentence: Sentence, token: int, *cases: str) -> int | None:
    """Return the first dependent of `token` with one of these prepositions."""
    for c in children(sentence, token):
        case = child(sentence, c, "case")
        oblique = sentence.tokens[c].relation.split(":")[0] in ("nmod", "obl")
        if oblique and case is not None and _lemma(sentence, case) in cases:
            return c
    return None


def _is_named(sentence: Sentence, token: int) -> bool:
    return sentence.tokens[token].text[:1].isupper() and sentence.tokens[token].upos in ("PROPN", "ADJ", "NOUN")


def _is_party(sentence: Sentence, token: int) -> bool:
    """Tell whether a word can be a party: a name, a pronoun, or a force, government or movement."""
    t, words = sentence.tokens[token], backing_words()
    party = t.lemma.lower() in words["parties"] or t.lemma.lower() in kind_words()["forces"]
    return t.upos == "PROPN" or party or t.text.lower() in words["pronouns"]


# --- nouns ----------------------------------------------------------------------------------------------------------


def _nouns(sentence: Sentence) -> Iterator[Tie]:
    """Yield "its Syrian ally", "Iran has been the government's most powerful supporter", "an Iranian proxy"."""
    words = backing_words()
    for i, token in enumerate(sentence.tokens):
        lemma = _lemma(sentence, i)
        if token.upos not in ("NOUN", "PROPN", "ADJ") or lemma not in (*words["nouns"], *words["clients"]):
            continue
        owner = _owner(sentence, i)
        other = _other_party(sentence, i, owner)
        if owner is None or other is None:
            continue
        over = _is_over(sentence, i)
        direction = _direction(sentence, i, over)
        dropped = token.relation == "obj" and direction in ("ends", "reduces")  # "Russia is abandoning its Syrian ally"
        backer, backed = (owner, other) if lemma in words["clients"] or dropped else (other, owner)
        yield Tie(i, backer, backed, "unspecified", direction, over)


def _owner(sentence: Sentence, noun: int) -> int | None:
    """Return whose ally or proxy a noun names: "Syria's ally", "an ally of Syria", "an Iranian proxy"."""
    owner = child(sentence, noun, "nmod:poss")
    if owner is None and noun and sentence.tokens[noun - 1].text.lower() in ("its", "his", "their", "her"):
        owner = noun - 1
    owner = owner if owner is not None else _with_case(sentence, noun, "of", "to")
    describes = sentence.tokens[noun].relation in ("amod", "compound") and sentence.tokens[noun].head > noun
    if owner is None and describes:  # "Iran's proxy Hezbollah"
        owner = child(sentence, sentence.tokens[noun].head, "nmod:poss")
    if owner is not None:
        if sentence.tokens[owner].upos != "PRON":
            return owner
        beside = _before_and(sentence, owner)
        return beside if beside is not None else owner
    told_of = sentence.tokens[noun].relation == "appos" or child(sentence, noun, "cop", "appos", "flat") is not None
    told_of = told_of or (noun + 1 < len(sentence.tokens) and sentence.tokens[noun + 1].upos == "PROPN")
    named = [c for c in children(sentence, noun) if sentence.tokens[c].relation in ("amod", "compound")]
    parties = backing_words()["parties"]
    fitting = [c for c in named if c < noun and (_is_named(sentence, c) or _lemma(sentence, c) in parties)]
    return fitting[0] if fitting and told_of else None


def _before_and(sentence: Sentence, pronoun: int) -> int | None:
    """Return who stands before "and its": "Syria and its ally Russia"; trees hang that "and" in many ways."""
    if pronoun < 2 or sentence.tokens[pronoun - 1].text.lower() not in ("and", "or", "as", "with"):
        return None
    before = pronoun - 4 if sentence.tokens[pronoun - 1].text.lower() == "as" else pronoun - 2
    while before > 0 and sentence.tokens[before].upos in ("PUNCT", "CCONJ", "ADP", "ADV"):
        before -= 1
    return before if before >= 0 and sentence.tokens[before].upos in ("NOUN", "PROPN") else None


def _other_party(sentence: Sentence, noun: int, owner: int | None) -> int | None:
    """Return the party that a noun calls ally or proxy: "its Syrian ally", "proxy Hezbollah", "Russia, its ally"."""
    token = sentence.tokens[noun]
    for relation in ("appos", "flat", "compound", "amod"):
        found = child(sentence, noun, relation)
        if found is not None and found != owner and _is_named(sentence, found):
            return found
    if token.relation in ("compound", "appos", "nmod", "amod") and token.head >= 0 and _is_party(sentence, token.head):
        return token.head
    if child(sentence, noun, "cop") is not None:
        return child(sentence, noun, "nsubj")
    if token.relation == "advcl" and token.upos == "NOUN" and token.head > noun:  # "Libya, once its paymaster, denied"
        return subject(sentence, token.head)
    following = noun + 1
    named = following < len(sentence.tokens) and sentence.tokens[following].upos == "PROPN"
    return following if named and following != owner else None


def _is_over(sentence: Sentence, token: int) -> bool:
    return any(_lemma(sentence, c) in backing_words()["ended"] for c in children(sentence, token))


def _direction(sentence: Sentence, token: int, over: bool) -> BackingDirection:
    """Return which way a tie goes that is the object of a verb: "ended its support", "is abandoning its ally"."""
    words, head = backing_words(), sentence.tokens[token].head
    if over:
        return "ends"
    if head < 0 or sentence.tokens[token].relation not in ("obj", "nsubj:pass"):
        return "gives"
    verb = _lemma(sentence, head)
    if verb in words["ending"]:
        return "reduces" if sentence.tokens[head].text.lower().endswith("ing") else "ends"
    if verb in words["reducing"]:
        return "reduces"
    if verb in words["refusing"]:
        return "refuses"
    return "increases" if verb in words["increasing"] else "gives"


def _help(sentence: Sentence) -> Iterator[Tie]:
    """Yield "Iranian support for Hezbollah", "Russia has withdrawn its support from Haftar"."""
    for i, token in enumerate(sentence.tokens):
        if token.upos != "NOUN" or _lemma(sentence, i) not in backing_words()["help"]:
            continue
        backed = _with_case(sentence, i, "for", "to", "from")
        if backed is None and token.relation == "obj":
            backed = _with_case(sentence, token.head, "for", "to", "from")
        backer = _giver(sentence, i)
        if backer is not None and backed is not None and _is_party(sentence, backed):
            over = _is_over(sentence, i)
            yield Tie(i, backer, backed, "unspecified", _direction(sentence, i, over), over)


def _with_help(sentence: Sentence) -> Iterator[Tie]:
    """Yield "took it with support of Russia", "fights with US backing", "strikes in support of the army"."""
    for i, token in enumerate(sentence.tokens):
        case = child(sentence, i, "case")
        if token.upos != "NOUN" or _lemma(sentence, i) not in backing_words()["help"] or case is None:
            continue
        doer = subject(sentence, token.head) if token.head >= 0 else None
        if doer is None and token.head >= 0 and sentence.tokens[token.head].upos == "NOUN":
            doer = _giver(sentence, token.head)
        backed = _with_case(sentence, i, "of", "for")
        if _lemma(sentence, case) == "in" and backed is not None and doer is not None and _is_party(sentence, backed):
            yield Tie(i, doer, backed, "unspecified", "gives")
        elif _lemma(sentence, case) in ("with", "under") and doer is not None and _is_party(sentence, doer):
            giver = _giver(sentence, i) if _with_case(sentence, i, "of", "from") is None else None
            giver = giver if giver is not None else _with_case(sentence, i, "of", "from")
            if giver is not None and giver != doer:
                yield Tie(i, giver, doer, "unspecified", "gives")


def _received(sentence: Sentence) -> Iterator[Tie]:
    """Yield "receiving ammunition from the coalition", "gets its money from Riyadh"."""
    words = backing_words()
    for i, token in enumerate(sentence.tokens):
        if token.upos != "VERB" or _lemma(sentence, i) not in words["receiving"]:
            continue
        gift, receiver = child(sentence, i, "obj"), subject(sentence, i)
        giver = _with_case(sentence, i, "from")
        giver = giver if giver is not None or gift is None else _with_case(sentence, gift, "from")
        means = means_of_force(_lemma(sentence, gift)) if gift is not None else None
        helped = gift is not None and _lemma(sentence, gift) in words["help"]
        if giver is None or receiver is None or not _is_party(sentence, giver) or not (means or helped):
            continue
        yield Tie(i, giver, receiver, means or "unspecified", "gives")


def _giver(sentence: Sentence, noun: int) -> int | None:
    """Return whose help a noun tells of: "Iranian support", "Iran's support", "Russia withdrew its support"."""
    owner = child(sentence, noun, "nmod:poss")
    if owner is not None and sentence.tokens[owner].upos != "PRON":
        return owner
    named = [c for c in children(sentence, noun) if sentence.tokens[c].relation in ("amod", "compound")]
    by_name = next((c for c in named if _is_named(sentence, c)), None)
    if by_name is not None:
        return by_name
    head = sentence.tokens[noun].head
    acting = subject(sentence, head) if head >= 0 and sentence.tokens[noun].relation == "obj" else None
    return acting if acting is not None and _is_party(sentence, acting) else owner


# --- adjectives and verbs -------------------------------------------------------------------------------------------


def _compounds(context: Context, sentence: Sentence) -> Iterator[Tie]:
    """Yield "Turkish-backed rebels", "rebels backed by Turkey", "Ethiopia, backed by Eritrea, fought"."""
    for i, token in enumerate(sentence.tokens):
        if token.text.lower() not in backing_words()["adjectives"]:
            continue
        means = _means_of(lemmatise(token.text, "VERB"))
        if i >= 2 and sentence.tokens[i - 1].text == "-":
            noun = token.head if token.head > i else min(i + 1, len(sentence.tokens) - 1)
            heavily = sentence.tokens[i - 2].text.lower().endswith("ly")  # "heavily-armed rebels"
            if noun != i and not heavily and _may_be_backed(context, sentence, noun):
                yield Tie(i, i - 2, noun, means, "gives")
            continue
        agent, backed = _with_case(sentence, i, "by"), _backed_by(sentence, i)
        if agent is not None and backed is not None and _may_be_backed(context, sentence, backed):
            yield Tie(i, agent, backed, means, "gives")


def _may_be_backed(context: Context, sentence: Sentence, token: int) -> bool:
    """Tell whether a word is a party: "US-backed fighters", never "a US-backed offensive" or "UN-backed talks"."""
    described = [c for c in children(sentence, token) if sentence.tokens[c].relation in ("compound", "amod")]
    group = [c for c in (token, *described) if sentence.tokens[token].lemma.lower() in _PEOPLE or c == token]
    known = any(m.first <= c <= m.last for m in context.mentions[sentence.index] for c in group)
    named = any(n.first <= token <= n.last for n in sentence.names if n.label in ("ORG", "PER"))
    return known or named or _is_party(sentence, token)


def _backed_by(sentence: Sentence, verb: int) -> int | None:
    """Return who is backed in a passive: the noun it describes, or the clause's subject."""
    token = sentence.tokens[verb]
    if token.relation == "conj" and child(sentence, verb, "nsubj:pass") is None and token.head >= 0:
        return _backed_by(sentence, token.head)
    if token.relation in ("acl", "amod", "acl:relcl"):
        return token.head if token.head >= 0 else None
    if token.relation == "advcl":
        return subject(sentence, verb)
    return child(sentence, verb, "nsubj:pass")


def _means_of(lemma: str) -> BackingMeans:
    means: BackingMeans = backing_words()["verbs"].get(lemma, "unspecified")
    return means


def _verbs(context: Context, sentence: Sentence) -> Iterator[Tie]:
    """Yield "Iran backs the militias", "Russia stopped arming the government"."""
    for i, token in enumerate(sentence.tokens):
        if token.upos != "VERB" or _lemma(sentence, i) not in backing_words()["verbs"]:
            continue
        backer, backed = _backing_subject(sentence, i), child(sentence, i, "obj")
        if backer is None or backed is None or child(sentence, i, "aux:pass") is not None:
            continue
        if _may_be_backed(context, sentence, backer) and _is_party(sentence, backed):
            yield Tie(i, backer, backed, _means_of(_lemma(sentence, i)), _verb_direction(sentence, i))


def _backing_subject(sentence: Sentence, verb: int) -> int | None:
    """Return who backs: the verb's subject, or whose the pledge to back is."""
    found = subject(sentence, verb)
    if found is not None and _lemma(sentence, found) in backing_words()["pledges"]:
        owner = child(sentence, found, "nmod:poss")
        return owner if owner is not None else _with_case(sentence, found, "of", "by")
    return found


def _verb_direction(sentence: Sentence, verb: int) -> BackingDirection:
    words, head = backing_words(), sentence.tokens[verb].head
    if any(_lemma(sentence, c) == "longer" for c in children(sentence, verb)):
        return "ends"  # "no longer arms"
    governor = _lemma(sentence, head) if head >= 0 and sentence.tokens[verb].relation in ("xcomp", "ccomp") else ""
    if governor in words["stopping"]:
        return "ends"
    if governor in ("refuse", "decline"):
        return "refuses"
    return "increases" if governor in words["starting"] else "gives"


def _gifts(context: Context, sentence: Sentence) -> Iterator[Tie]:
    """Yield "Iran sends drones to Russia", "Iran provides Hamas with money": means that are given to a known party."""
    words = backing_words()
    for i, token in enumerate(sentence.tokens):
        if token.upos != "VERB" or _lemma(sentence, i) not in words["giving"]:
            continue
        backer, obj = subject(sentence, i), child(sentence, i, "obj")
        if (
            backer is None
            or obj is None
            or child(sentence, i, "aux:pass") is not None
            or not _is_party(sentence, backer)
        ):
            continue
        gift, backed = obj, _with_case(sentence, i, "to", "for")
        backed = backed if backed is not None else child(sentence, i, "iobj")
        backed = backed if backed is not None else _with_case(sentence, obj, "to", "for")
        if backed is None:  # "provides Hamas with money"
            gift, backed = _with_case(sentence, i, "with") or obj, obj
        means = means_of_force(_lemma(sentence, gift)) or ("arms" if _is_weapon(sentence, gift) else None)
        if (
            means is not None
            and means in words["hardware"]
            and gift != backed
            and _is_known_party(context, sentence, backed)
        ):
            yield Tie(i, backer, backed, means, _verb_direction(sentence, i))


def _is_weapon(sentence: Sentence, token: int) -> bool:
    return any(m.label == "weapon" and m.first <= token <= m.last for m in sentence.mentions)


def _is_known_party(context: Context, sentence: Sentence, token: int) -> bool:
    """Tell whether a word is a party of the codebook or a force: "to Idlib" is where, not whom."""
    known = any(m.first <= token <= m.last for m in context.mentions[sentence.index])
    return known or (sentence.tokens[token].upos != "PROPN" and _is_party(sentence, token))


def _beside(sentence: Sentence) -> Iterator[Tie]:
    """Yield "Algeria stands with Sudan", "the militia fought alongside the army"."""
    for i, token in enumerate(sentence.tokens):
        prepositions = backing_words()["beside"].get(_lemma(sentence, i)) if token.upos == "VERB" else None
        backer = subject(sentence, i) if prepositions else None
        if not prepositions or backer is None or not _is_party(sentence, backer):
            continue
        for preposition, means in prepositions.items():
            backed = _with_case(sentence, i, preposition)
            if backed is not None and backed != backer and _is_party(sentence, backed):
                yield Tie(i, backer, backed, means, _verb_direction(sentence, i))
                break


def _hired(sentence: Sentence) -> Iterator[Tie]:
    """Yield "mercenaries in the pay of Riyadh", "gunmen on the warlord's payroll"."""
    for i, token in enumerate(sentence.tokens):
        case = child(sentence, i, "case")
        if _lemma(sentence, i) not in backing_words()["hiring"] or token.upos != "NOUN" or case is None:
            continue
        payer = child(sentence, i, "nmod:poss")
        payer = payer if payer is not None else _with_case(sentence, i, "of")
        paid = token.head if token.relation == "nmod" else subject(sentence, i if token.head < 0 else token.head)
        if payer is not None and paid is not None and _lemma(sentence, case) in ("in", "on"):
            yield Tie(i, payer, paid, "money", "gives")


def _affiliations(sentence: Sentence) -> Iterator[Tie]:
    """Yield "HTS, formerly affiliated with al-Qaeda"."""
    for i, token in enumerate(sentence.tokens):
        if token.text.lower() not in backing_words()["affiliated"] or (i and sentence.tokens[i - 1].text == "-"):
            continue
        other = _with_case(sentence, i, "with", "to")
        describes = token.relation in ("acl", "acl:relcl", "amod", "advcl", "appos")
        member = token.head if describes else subject(sentence, i)
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
