"""What a phrase of a sentence is: a place, a town, a force, a person, a weapon, and who can be a party to a taking."""

from collections.abc import Sequence

from mene.events.places import Located
from mene.events.triggers import Kinds
from mene.records import Participant, Sentence
from mene.statements.context import Context
from mene.statements.grammar import head_of
from mene.statements.saying import speaker_kind

Run = tuple[int, int]
_FORCE_WORDS = frozenset(
    "force troop army soldier fighter militia unit brigade rebel insurgent battalion personnel tank convoy gunman"
    " militant jihadist military paramilitary guard garrison column commander police peacekeeper reinforcement marine"
    " paratrooper commando mercenary defender gang".split()
)
_PARTY_WORDS = frozenset(
    "group faction coalition alliance movement party government regime state side opposition authority council"
    " leader general insurgency militiaman separatist protester junta clan tribe people crowd demonstrator".split()
)
_PERSON_WORDS = frozenset(
    "man woman person people he she thousand hundred dozen crowd protester demonstrator student worker supporter"
    " resident teacher farmer miner mourner activist villager".split()
)
_CIVILIANS = frozenset("family child refugee civilian inhabitant household displaced population".split())
_CIVIL = frozenset(("international organisation", "monitor", "population"))
_WEAPON_WORDS = frozenset(
    "rocket shell missile bomb drone mortar bullet grenade warplane jet aircraft helicopter gunship airstrike strike"
    " blast explosion bomber shelling raid artillery shrapnel tank warship launcher".split()
)
_PLACE_WORDS = frozenset(
    "city town village province governorate district area region territory base airport airbase border capital suburb"
    " neighbourhood neighborhood crossing checkpoint road highway hill countryside port island camp barracks dam"
    " palace outpost position building headquarters quarter state country ground land stronghold stadium stop"
    " hospital school market station bridge".split()
)


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
        return sentence.tokens[head].lemma.lower() in _FORCE_WORDS
    named = any(n.first <= head <= n.last for n in sentence.names if n.label in ("ORG", "PER"))
    return named or sentence.tokens[head].lemma.lower() in _FORCE_WORDS | _PARTY_WORDS


def is_people(context: Context, sentence: Sentence, run: Run, located: Sequence[Located]) -> bool:
    """Tell whether a run names people without arms, who flee and abandon nothing: villagers, families, a population."""
    head = head_of(sentence, *run)
    if any(p.first <= head <= p.last for p in located):
        return False
    token = sentence.tokens[head]
    return speaker_kind(token) == "witness" or token.lemma.lower() in _PERSON_WORDS | _CIVILIANS


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

    def is_place(i: int) -> bool:
        return i in in_place or sentence.tokens[i].lemma.lower() in _PLACE_WORDS

    def is_force(i: int) -> bool:
        word = sentence.tokens[i].text.lower()
        return (i in actors and i not in in_place) or sentence.tokens[i].lemma.lower() in _FORCE_WORDS or word == "they"

    def is_town(i: int) -> bool:
        return is_place(i) and i not in in_country

    def is_person(i: int) -> bool:
        return i in persons or sentence.tokens[i].lemma.lower() in _PERSON_WORDS

    def is_weapon(i: int) -> bool:
        return sentence.tokens[i].lemma.lower() in _WEAPON_WORDS

    return Kinds(is_place, is_town, is_force, is_person, is_weapon)
