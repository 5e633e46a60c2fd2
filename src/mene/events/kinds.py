"""What a phrase of a sentence is: a place, a town, a force, a person, a weapon, and who can be a party to a taking."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import yaml

from mene.events.places import Located
from mene.events.triggers import Kinds
from mene.records import Participant, Sentence
from mene.statements.context import Context
from mene.statements.grammar import head_of
from mene.statements.saying import speaker_kind

Run = tuple[int, int]
_CIVIL = frozenset(("international organisation", "monitor", "population"))


@cache
def kind_words() -> dict[str, frozenset[str]]:
    """Return the lists of `kind_words.yaml`."""
    rows = yaml.safe_load(Path(__file__).with_name("kind_words.yaml").read_text(encoding="utf-8"))
    return {kind: frozenset(words) for kind, words in rows.items()}


def is_party(context: Context, sentence: Sentence, run: Run, located: Sequence[Located]) -> bool:
    """Tell whether a run can hold a place: somebody of the codebook, a named body or person, or a force by its word."""
    head = head_of(sentence, *run)
    if any(p.first <= head <= p.last and p.place.precision != "country" for p in located):
        return False
    if speaker_kind(sentence.tokens[head]) == "witness":
        return False
    if len(set(range(run[0], run[1] + 1))) == 1 and sentence.tokens[head].upos == "PRON":
        return True
    mentions = [m for m in context.mentions[sentence.index] if run[0] <= m.last and m.first <= run[1]]
    known = [m for m in mentions if m.participant.actor_id or m.kind == "many"]
    if any(not _is_civil(context, m.participant) for m in known):
        return True
    if known:
        return sentence.tokens[head].lemma.lower() in kind_words()["forces"]
    named = any(n.first <= head <= n.last for n in sentence.names if n.label in ("ORG", "PER"))
    return named or sentence.tokens[head].lemma.lower() in kind_words()["forces"] | kind_words()["parties"]


def is_people(context: Context, sentence: Sentence, run: Run, located: Sequence[Located]) -> bool:
    """Tell whether a run names people without arms, who flee and abandon nothing: villagers, families, a population."""
    head = head_of(sentence, *run)
    if any(p.first <= head <= p.last for p in located):
        return False
    token, unarmed = sentence.tokens[head], kind_words()["persons"] | kind_words()["civilians"]
    return speaker_kind(token) == "witness" or token.lemma.lower() in unarmed


def _is_civil(context: Context, participant: Participant) -> bool:
    """Tell whether somebody of the codebook bears no arms: an aid agency that leaves a town abandons nothing."""
    actor = context.codebook.actor(participant.actor_id or "")
    return actor is not None and actor.kind in _CIVIL


def kinds_of(context: Context, sentence: Sentence, located: Sequence[Located]) -> Kinds:
    """Return the tests for what a token's phrase is: a place, a force, a person."""
    in_place = {i for p in located for i in range(p.first, p.last + 1)}
    in_country = {i for p in located if p.place.precision == "country" for i in range(p.first, p.last + 1)}
    actors = {i for m in context.mentions[sentence.index] for i in range(m.first, m.last + 1)}
    persons = {i for n in sentence.names if n.label == "PER" for i in range(n.first, n.last + 1)}

    named = {i for n in sentence.names if n.label == "ORG" for i in range(n.first, n.last + 1)}
    words = kind_words()

    def is_one_of(i: int, kind: str) -> bool:
        return sentence.tokens[i].lemma.lower() in words[kind]

    def is_place(i: int) -> bool:
        return i in in_place or is_one_of(i, "places")

    def is_force(i: int) -> bool:
        named = i in actors and i not in in_place
        return named or is_one_of(i, "forces") or sentence.tokens[i].text.lower() == "they"

    def is_town(i: int) -> bool:
        return is_place(i) and i not in in_country

    def is_person(i: int) -> bool:
        return i in persons or is_one_of(i, "persons")

    def is_weapon(i: int) -> bool:
        return is_one_of(i, "weapons")

    def is_party(i: int) -> bool:
        return i in actors or is_person(i) or is_one_of(i, "parties") or i in named or i in in_country

    def is_government(i: int) -> bool:
        return is_one_of(i, "governments") or i in persons or (i in actors and i not in in_place)

    return Kinds(is_place, is_town, is_force, is_person, is_weapon, is_party, is_government)
