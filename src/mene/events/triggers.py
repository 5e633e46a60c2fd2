"""Which words name events, and of what type: the codebook's lexicon and the reader, each where it is sure."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from mene.codebook import EventEntry
from mene.records import Sentence, Trigger
from mene.statements.context import Context
from mene.statements.grammar import child, children, subject
from mene.vocabulary import EVENT_TYPES, EventType

SURE_READER = 0.6
"""The reader alone names an event from this probability on."""

SUPPORTING_READER = 0.2
"""With a lexicon entry whose needs are not met, the reader must see at least this much of an event."""

_MONTHS = frozenset(("March", "May", "August"))

Test = Callable[[int], bool]


TriggerRule = Literal["both", "lexicon", "reader on the word", "reader", "state"]
"""Who says that a word names an event: lexicon and reader, one of them, or ("state") the grammar of states and ties."""


@dataclass(frozen=True, slots=True)
class Found:
    """A word that names an event: token, type, mode, the lexicon's entry and the reader's trigger, if any."""

    token: int
    type: EventType
    mode: str | None
    entry: EventEntry | None
    trigger: Trigger | None
    rule: TriggerRule


@dataclass(frozen=True, slots=True)
class Kinds:
    """Tests of what a token's phrase is, as the lexicon's `needs` ask for."""

    place: Test
    town: Test
    force: Test
    person: Test
    weapon: Test

    def test(self, kind: str) -> Test:
        """Return the test for a kind; one not known here (goods) is met by what is no place and no force."""
        known = {"place": self.place, "force": self.force, "person": self.person, "weapon": self.weapon}
        return known.get(kind, lambda i: not self.place(i) and not self.force(i))


def find_triggers(context: Context, sentence: Sentence, kinds: Kinds) -> list[Found]:
    """Return the events named in a sentence, left to right, one for a token."""
    seen = {t.token: t for t in sentence.triggers}
    out: list[Found] = []
    for i, token in enumerate(sentence.tokens):
        if token.upos not in ("VERB", "NOUN", "ADJ", "PROPN") and i not in seen:
            continue
        found = _judge(context, sentence, i, seen.get(i), kinds)
        if found is not None and not _told_twice(sentence, found, out):
            out.append(found)
    return out


def _judge(context: Context, sentence: Sentence, i: int, trigger: Trigger | None, kinds: Kinds) -> Found | None:
    if _is_part_of_name(context, sentence, i):
        return None
    entries = list(_entries(context, sentence, i))
    score = trigger.score if trigger is not None else 0.0
    met = [e for e in entries if _needs_met(sentence, i, e, kinds, score >= SUPPORTING_READER)]
    model = trigger.type if trigger is not None and trigger.type in EVENT_TYPES else None
    if model == "SEIZE" and not met and not any(map(kinds.town, _taken(sentence, i))):
        model = None  # control is never guessed: the reader alone seizes only what is the word's object
    if trigger is not None and trigger.type == "NONE_OTHER" and score >= SURE_READER:
        sides = [*argument_tokens(sentence, i, "subject"), *prepositional(sentence, i, ("to",))]
        forced = any(map(kinds.force, sides))
        fled = sentence.tokens[i].lemma.lower() in _FLEEING
        met = [e for e in met if e.needs is None or (e.type == "SEIZE" and forced) or fled]  # surer than the reader
        if not met:
            return None
    if any(e.type == "SEIZE" for e in met) and not _takes_ground(sentence, i, met[0], kinds):
        met, model = [e for e in met if e.type != "SEIZE"], None if model == "SEIZE" else model
    agreed = next((e for e in met or entries if e.type == model and (e.type != "SEIZE" or e in met)), None)
    if agreed is not None and score >= SUPPORTING_READER:
        return Found(i, agreed.type, agreed.mode, agreed, trigger, "both")
    if met and not _only_describes(sentence, i):
        return Found(i, met[0].type, met[0].mode, met[0], trigger, "lexicon")
    if entries and score >= SUPPORTING_READER and model is not None:
        return Found(i, model, None, entries[0], trigger, "reader on the word")
    if score >= SURE_READER and model is not None and sentence.tokens[i].upos in ("VERB", "NOUN", "ADJ", "PROPN"):
        return Found(i, model, None, None, trigger, "reader")
    return None


def _takes_ground(sentence: Sentence, i: int, entry: EventEntry, kinds: Kinds) -> bool:
    """Tell whether what a verb of taking takes is no person or force, and what it holds not to blame."""
    blamed = child(sentence, i, "xcomp", "advcl", "obl", "conj")
    if blamed is not None and sentence.tokens[blamed].lemma.lower() in _BLAMED:
        return False
    own = entry.phrase.split()
    taken = [t for t in argument_tokens(sentence, i, "object") if sentence.tokens[t].lemma.lower() not in own]
    if any(_is_idiom(sentence, i, t) for t in taken):
        return False
    ground = not taken or any(kinds.place(t) for t in taken)
    return ground or not all(kinds.person(t) or _is_somebody(sentence, t) for t in taken)


def _is_idiom(sentence: Sentence, verb: int, taken: int) -> bool:
    """Tell whether a verb and its object say something else together: "took positions", "clearing the road to"."""
    lemma, noun = sentence.tokens[verb].lemma.lower(), sentence.tokens[taken].lemma.lower()
    whose = child(sentence, taken, "compound", "nmod:poss") is not None
    return (lemma in _TAKING and noun in _ABSTRACT and not whose) or (lemma in _OPENING and noun in _WAYS)


def _is_somebody(sentence: Sentence, token: int) -> bool:
    return sentence.tokens[token].text.lower() in _SOMEBODY or sentence.tokens[token].lemma.lower() in _SOMEBODY


_TAKING = frozenset("take hold keep gain maintain".split())
_ABSTRACT = frozenset("position place part side point ground line lead power office responsibility".split())
_OPENING = frozenset(("clear", "open", "pave"))
_WAYS = frozenset(("road", "way", "path", "route"))
_BLAMED = frozenset(("responsible", "accountable", "liable", "hostage", "captive", "prisoner"))
_FLEEING = frozenset(("flee", "displace"))
_SOMEBODY = frozenset(
    "he him she her they them who pilot prisoner hostage officer leader member crew civilian force troop soldier"
    " fighter unit militant rebel militiaman".split()
)
_OUSTING = frozenset("drive push force expel oust dislodge clear flush rout eject chase".split())


def _taken(sentence: Sentence, i: int) -> list[int]:
    """Return the heads of what a verb takes: its object, or what it drives somebody out of."""
    ousted = sentence.tokens[i].lemma.lower() in _OUSTING
    return [*argument_tokens(sentence, i, "object"), *(prepositional(sentence, i, ("out", "from")) if ousted else ())]


def _is_part_of_name(context: Context, sentence: Sentence, i: int) -> bool:
    """Tell whether a word stands inside a name: "Rapid Support Forces" supports nothing, "March" is a month."""
    names = [(m.first, m.last) for m in context.matches[sentence.index] if m.kind in ("actor", "leader", "outlet")]
    names += [(n.first, n.last) for n in sentence.names]
    inside = any(a <= i <= b and sentence.tokens[i].text[:1].isupper() for a, b in names)
    return inside or (sentence.tokens[i].upos == "PROPN" and sentence.tokens[i].text in _MONTHS)


def _only_describes(sentence: Sentence, i: int) -> bool:
    """Tell whether a noun only describes the next: "flight attendant", "aid talks"."""
    t = sentence.tokens[i]
    return t.upos in ("NOUN", "PROPN") and t.relation == "compound" and t.head > i


def _entries(context: Context, sentence: Sentence, i: int) -> Iterator[EventEntry]:
    """Yield the lexicon's entries for a token, those with a particle or more words first."""
    token = sentence.tokens[i]
    upos = {"PROPN": "NOUN", "ADJ": "VERB", "AUX": "VERB"}.get(token.upos, token.upos)
    if token.upos == "ADJ" and not token.text.lower().endswith(("ed", "en")):
        return
    entries = context.codebook.event_entries(token.lemma.lower(), upos)
    fitting = [e for e in entries if _words_fit(sentence, i, e)]
    if is_passive(sentence, i):
        fitting += [e for e in context.codebook.event_entries("be", "VERB") if _passive_fits(sentence, i, e)]
    yield from sorted(fitting, key=lambda e: -len(e.phrase.split()))


def event_types_of(context: Context, sentence: Sentence, noun: int) -> frozenset[EventType]:
    """Return the types of the events that a noun can name by the lexicon; none for a person or a thing."""
    entries = context.codebook.event_entries(sentence.tokens[noun].lemma.lower(), "NOUN")
    return frozenset(e.type for e in entries if _words_fit(sentence, noun, e))


def _passive_fits(sentence: Sentence, i: int, entry: EventEntry) -> bool:
    """Tell whether an entry for a passive ("be force out") fits: its verb, and its particles among the verb's."""
    _, verb, *particles = (*entry.phrase.split(), "", "")[:4]
    beside = {sentence.tokens[c].lemma.lower() for c in children(sentence, i)}
    return verb == sentence.tokens[i].lemma.lower() and all(p in beside for p in particles if p)


def _words_fit(sentence: Sentence, i: int, entry: EventEntry) -> bool:
    words = entry.phrase.split()
    if len(words) == 1:
        return True
    lemmas = [t.lemma.lower() for t in sentence.tokens]
    if entry.upos != "VERB":
        return lemmas[max(0, i - len(words) + 1) : i + 1] == words
    if lemmas[i : i + len(words)] == words:
        return True
    particles = {lemmas[c] for c in children(sentence, i) if sentence.tokens[c].relation in ("compound:prt", "advmod")}
    objects = {lemmas[c] for c in children(sentence, i) if sentence.tokens[c].relation in ("obj", "obl")}
    return all(word in particles or word in objects for word in words[1:])


def _needs_met(sentence: Sentence, i: int, entry: EventEntry, kinds: Kinds, supported: bool) -> bool:
    """Tell whether the words beside the token are what the entry needs ("object_place": its object is a place).

    Countries are taken and held in too many other senses ("keep Iran isolated"): there the reader must support it.
    """
    if entry.needs is None:
        return True
    where, _, kind = entry.needs.rpartition("_")
    test = kinds.town if entry.type == "SEIZE" and kind == "place" and not supported else kinds.test(kind)
    return any(test(token) for token in argument_tokens(sentence, i, where))


def argument_tokens(sentence: Sentence, i: int, where: str) -> list[int]:
    """Return the heads of what stands at `where` of a trigger: subject, object, or a preposition ("into", "of")."""
    passive = is_passive(sentence, i)
    if where == "subject":
        if passive:
            return [c for c in children(sentence, i) if sentence.tokens[c].relation in ("obl:agent",)]
        found = (
            subject(sentence, i)
            if sentence.tokens[i].upos in ("VERB", "AUX", "ADJ")
            else child(sentence, i, "nmod:poss")
        )
        return [found] if found is not None else []
    if where == "object":
        relations = ("nsubj:pass", "nsubj") if passive else ("obj",)
        found = child(sentence, i, *relations)
        if found is None and sentence.tokens[i].relation in ("acl", "amod") and sentence.tokens[i].head >= 0:
            return [sentence.tokens[i].head]
        if found is None and (whom := _relative_object(sentence, i)) is not None:
            return [whom]
        if found is None and passive and sentence.tokens[i].relation in ("advcl", "xcomp"):
            governing = subject(sentence, i)
            return [governing] if governing is not None else []
        if found is None and sentence.tokens[i].upos in ("NOUN", "PROPN"):
            return prepositional(sentence, i, ("of",))
        if not passive and _is_lost_object(sentence, i + 1):
            return [i + 1]
        return [found] if found is not None else []
    return prepositional(sentence, i, (where,))


def _relative_object(sentence: Sentence, i: int) -> int | None:
    """Return the noun that a relative clause's verb has as object: "a pilot they captured", "the town that he took"."""
    token = sentence.tokens[i]
    own = child(sentence, i, "nsubj")
    relative = token.relation == "acl:relcl" and token.head >= 0 and token.upos == "VERB"
    if not relative or own is None or sentence.tokens[own].lemma.lower() in ("who", "which", "that"):
        return None
    return token.head


def _is_lost_object(sentence: Sentence, token: int) -> bool:
    """Tell whether a name right after a verb hangs on what a headline says after a dash: "enters Hama - mayor"."""
    if token + 2 >= len(sentence.tokens):
        return False
    t, dash = sentence.tokens[token], sentence.tokens[token + 1]
    return t.upos == "PROPN" and t.head > token + 1 and dash.text in ("-", "–", "—") and dash.start > t.end


def is_passive(sentence: Sentence, verb: int) -> bool:
    """Tell whether a verb is in the passive: "was hit", "killed by", "six were killed and nine wounded"."""
    token = sentence.tokens[verb]
    joined = token.relation == "conj" and token.upos == "VERB" and token.text.lower().endswith(("ed", "en", "wn", "lt"))
    if joined and child(sentence, verb, "obj", "aux") is None and token.head >= 0 and token.head != verb:
        return child(sentence, verb, "obl:agent") is not None or is_passive(sentence, token.head)
    return any(sentence.tokens[c].relation in ("aux:pass", "nsubj:pass", "obl:agent") for c in children(sentence, verb))


def prepositional(sentence: Sentence, i: int, prepositions: tuple[str, ...]) -> list[int]:
    """Return the heads of the phrases with these prepositions on a token, or on the verb it is the object of."""
    out = []
    for holder in (i, *([sentence.tokens[i].head] if sentence.tokens[i].relation == "obj" else [])):
        for c in children(sentence, holder):
            case = child(sentence, c, "case", "mark")
            oblique = sentence.tokens[c].relation.split(":")[0] in ("obl", "nmod", "advcl")
            if oblique and case is not None and sentence.tokens[case].lemma.lower() in prepositions:
                out.append(c)
    return out


def _told_twice(sentence: Sentence, found: Found, before: list[Found]) -> bool:
    """Tell whether a noun only repeats the verb beside it: "carried out air strikes", "a bomb attack killed"."""
    for other in before:
        if other.type != found.type:
            continue
        phrase = other.entry.phrase.split() if other.entry is not None else []
        if sentence.tokens[found.token].lemma.lower() in phrase[1:] and found.token - other.token <= len(phrase):
            return True
        a, b = sentence.tokens[found.token], sentence.tokens[other.token]
        if (a.relation == "compound" and a.head == other.token) or (b.relation == "compound" and b.head == found.token):
            return True
        tied = a.head == other.token and a.relation in ("obj", "nsubj", "nsubj:pass", "obl:agent", "obl")
        if tied and found.type in ("ASSAULT", "AGREE", "CONSULT"):
            return a.relation == "obj"
    return False
