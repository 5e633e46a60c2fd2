"""Places told as held in passing: "rebel-held Idlib", "Homs, controlled by the army", "under the control of X".

Only a place that the words themselves call held counts: "rebel-held areas near Homs" and "parts of Aleppo are under
rebel control" hold neither town, and "Houthi-held Yemen" is the part of Yemen that the Houthis hold.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mene.events.kinds import kind_words
from mene.events.places import Located
from mene.records import Place, Sentence
from mene.statements.context import Context, Mentioned, antecedent
from mene.statements.grammar import child, children, subject, subtree

_HELD = frozenset(("held", "controlled", "occupied", "run", "ruled", "administered", "governed", "dominated"))
_CONTROL = frozenset(("control", "rule", "occupation", "authority"))
_COMMAND = frozenset(("control", "possession", "command", "charge"))
"""What a holder is in: "in possession of the airport", "in full control of the town"."""

_LOST = frozenset(("out", "beyond", "outside"))
_AWAY = ("of", "beyond", "outside")
"""Before "government hands", "army control": no longer held, "of" after "out"."""

_NO_LONGER = frozenset(("not", "n't", "no", "never", "neither", "nor"))
_CAPITAL = "capital"
_PAST = frozenset(("former", "formerly", "previously", "once", "then", "erstwhile"))
_STRONGHOLDS = frozenset(("stronghold", "bastion", "enclave", "territory", "pocket", "heartland", "redoubt", "holdout"))
_TOWN_NOUNS = frozenset(
    "city town village province governorate region district capital port enclave stronghold bastion island peninsula"
    " base airport airbase camp crossing suburb neighbourhood neighborhood quarter municipality county oblast"
    " state republic territory emirate prefecture department".split()
)
_RETURNING = frozenset(("return", "revert", "pass", "go", "restore"))
_SHARES = frozenset("most much all half part third quarter rest majority remainder some percent %".split())
"""Words for a share of what follows "of": "most of the city"."""

_BRINGING = frozenset(("bring", "put", "place", "keep", "leave", "have", "hold"))
"""Verbs whose object comes under control: "brought Goma under their control"."""

_GROUPS = frozenset(("armed group", "militia", "coalition"))
"""Kinds of actors whose "capital" is the town that they rule from: a country's capital is only where it lies."""


@dataclass(frozen=True, slots=True)
class Held:
    """A place told as held: the word that tells it, the head of the holder's phrase, the place; `over`: no longer.

    `granted`: told only beside something else and so taken for granted. "They will attack rebel-held Azaz" leaves no
    doubt about who holds it; "Azaz will be held by rebels" does.
    """

    token: int
    holder: int
    place: Place
    over: bool = False
    granted: bool = False


def find_held(sentence: Sentence, located: Sequence[Located], unnamed: Sequence[Located] = ()) -> Iterator[Held]:
    """Yield each holding that an attribute tells: "rebel-held Idlib", "Kunduz, a city controlled by the Taliban".

    `unnamed` is the ground told of without a name ("rebel-held districts"), which counts where no place is named.
    """
    for i, token in enumerate(sentence.tokens):
        if token.text.lower() not in _HELD:
            continue
        noun: int
        holder: int | None
        if i >= 2 and sentence.tokens[i - 1].text == "-":
            noun, holder = _modified(sentence, i), i - 2
        elif token.upos == "VERB" and token.relation in ("acl", "acl:relcl", "amod", "advcl"):
            noun, holder = token.head, _by(sentence, i)
        else:
            continue
        if holder is None:
            continue
        over, granted = _is_over(sentence, i, holder, noun), token.relation in ("amod", "acl", "compound")
        yield from (Held(i, holder, place, over, granted) for place in _told(sentence, located, unnamed, noun))


def find_strongholds(
    context: Context, sentence: Sentence, located: Sequence[Located], unnamed: Sequence[Located] = ()
) -> Iterator[Held]:
    """Yield what a noun calls somebody's: "the rebel bastion of Azaz", "Idlib, an opposition stronghold"."""
    for i, token in enumerate(sentence.tokens):
        lemma = token.lemma.lower()
        if lemma not in (*_STRONGHOLDS, _CAPITAL) or token.relation == "amod":
            continue
        holder = _side_of(context, sentence, i, ruling=lemma == _CAPITAL)
        if holder is None or any(sentence.tokens[c].text.lower() in _PAST for c in children(sentence, i)):
            continue
        beside = _just_before(sentence, located, i) if token.relation == "appos" else None
        described = [token.head] if token.relation == "compound" and token.head > i else []
        heads = [beside] if beside is not None else [i, *described, *_called(sentence, i)]
        places = [p for head in heads for p in _told(sentence, located, (), head)] or _ground(unnamed, i)
        granted = token.relation.split(":")[0] in ("obl", "nmod", "obj", "appos", "compound")
        yield from (Held(i, holder, p, granted=granted) for p in dict.fromkeys(places))


def _side_of(context: Context, sentence: Sentence, noun: int, *, ruling: bool) -> int | None:
    """Return the armed side whose stronghold a noun names: "rebel", "Islamic State's"; no town's and no trade's.

    "Syrian" in "a Syrian bastion" only says where; `ruling` asks for a group, for the capital of one is no state's.
    """
    for c in sorted(children(sentence, noun), key=lambda c: sentence.tokens[c].relation != "nmod:poss"):
        token = sentence.tokens[c]
        if c > noun or token.relation not in ("compound", "amod", "nmod:poss"):
            continue
        if not ruling and _is_side(sentence, c):
            return c
        if _names_side(context, sentence, c, ruling=ruling):
            return c
    beside = (c for c in children(sentence, noun) if c > noun and _is_of(sentence, c))
    return next((c for c in beside if ruling and _names_side(context, sentence, c, ruling=ruling)), None)


def _names_side(context: Context, sentence: Sentence, token: int, *, ruling: bool) -> bool:
    """Tell whether a word names somebody who holds ground, or is "its" or "their" and stands for one who does."""
    mentions = [m for m in context.mentions[sentence.index] if m.first <= token <= m.last and m.kind != "demonym"]
    if sentence.tokens[token].text.lower() in ("its", "their"):
        meant = antecedent(context, sentence, token)
        mentions = [meant] if meant is not None else []
    return any(_holds_ground(context, m, ruling=ruling) for m in mentions)


def _is_side(sentence: Sentence, token: int) -> bool:
    """Tell whether a word is one for a side under arms or in power: "rebel", "army", "government"."""
    words = kind_words()
    sides = words["forces"] | words["governments"] | {"opposition", "insurgency", "group"}
    return sentence.tokens[token].lemma.lower() in sides


def _holds_ground(context: Context, mention: Mentioned, *, ruling: bool) -> bool:
    actor = context.codebook.actor(mention.participant.actor_id or "")
    return actor is not None and actor.kind in (_GROUPS if ruling else {*_GROUPS, "army", "government"})


def _just_before(sentence: Sentence, located: Sequence[Located], noun: int) -> int | None:
    """Return the place that an apposition follows: "Homs and Latakia, a stronghold" calls Latakia so."""
    first = min(i for i in subtree(sentence, noun) if sentence.tokens[i].upos != "PUNCT")
    marks = first - 1 if first and sentence.tokens[first - 1].text in (",", "(", "–", "—") else first
    return next((p.last for p in located if p.last == marks - 1), None)


def _called(sentence: Sentence, noun: int) -> list[int]:
    """Return what is called so: "Idlib is a stronghold", "the stronghold Idlib", "Idlib, a stronghold"."""
    token = sentence.tokens[noun]
    named = [c for c in children(sentence, noun) if sentence.tokens[c].relation in ("appos", "flat", "nmod:desc")]
    if child(sentence, noun, "cop") is not None:
        named += [c for c in children(sentence, noun) if sentence.tokens[c].relation == "nsubj"]
    return [*named, *([token.head] if token.relation == "appos" and token.head >= 0 else [])]


@dataclass(frozen=True, slots=True)
class Besieged:
    """A place told as shut in: the word that tells it, the head of the besieger's phrase if named, the place."""

    token: int
    besieger: int | None
    place: Place
    granted: bool = False


def find_besieged(
    sentence: Sentence, located: Sequence[Located], unnamed: Sequence[Located] = ()
) -> Iterator[Besieged]:
    """Yield "the besieged town of Madaya", "regime-besieged districts", "Ghouta, under siege by the army"."""
    for i, token in enumerate(sentence.tokens):
        besieger: int | None
        if token.text.lower() == "besieged" and token.relation in ("amod", "acl", "compound"):
            hyphened = i >= 2 and sentence.tokens[i - 1].text == "-"
            heads = [_modified(sentence, i) if hyphened else token.head]
            besieger = i - 2 if hyphened else _by(sentence, i)
            granted = True
        elif token.lemma.lower() in ("siege", "blockade") and _is_under(sentence, i):
            heads, besieger, granted = _controlled(sentence, i), _possessor(sentence, i), False
        else:
            continue
        places = [p for head in heads if head >= 0 for p in _told(sentence, located, unnamed, head)]
        yield from (Besieged(i, besieger, p, granted) for p in dict.fromkeys(places))


def _is_under(sentence: Sentence, noun: int) -> bool:
    """Tell whether "under" stands before a noun with nothing but its own phrase between."""
    case = child(sentence, noun, "case")
    return case is not None and sentence.tokens[case].text.lower() == "under"


def find_under_control(
    sentence: Sentence, located: Sequence[Located], unnamed: Sequence[Located] = ()
) -> Iterator[Held]:
    """Yield "the city remains under the control of X", "out of rebel hands", "X is in possession of the airport"."""
    for i in range(len(sentence.tokens)):
        if (holder := _commanding(sentence, i)) is not None:
            heads = [c for c in children(sentence, i) if _is_of(sentence, c)]
            ended = _has_ended(sentence, i)
        elif _is_control(sentence, i):
            holder = _self(sentence, i, _possessor(sentence, i))
            heads = [_shared(sentence, head) for head in _controlled(sentence, i)]
            ended = _has_ended(sentence, i) or _is_lost(sentence, i)
        else:
            continue
        places = [place for head in heads for place in _told(sentence, located, unnamed, head)]
        if holder is not None:
            yield from (Held(i, holder, place, ended) for place in dict.fromkeys(places))


def _commanding(sentence: Sentence, noun: int) -> int | None:
    """Return who is in possession or command of what follows "of"; None where the noun says no such thing."""
    token = sentence.tokens[noun]
    case = child(sentence, noun, "case")
    inside = case is not None and sentence.tokens[case].text.lower() == "in" and child(sentence, noun, "det") is None
    master = token.lemma.lower() == "master" and child(sentence, noun, "cop") is not None
    if not (token.lemma.lower() in _COMMAND and inside) and not master:
        return None
    if token.head >= 0 and token.relation == "nmod":
        return token.head
    return subject(sentence, noun if child(sentence, noun, "nsubj") is not None or token.head < 0 else token.head)


def _self(sentence: Sentence, noun: int, holder: int | None) -> int | None:
    """Return who brings a place under "its" or "their" own control; any other holder is as named."""
    own = holder is not None and sentence.tokens[holder].text.lower() in ("its", "their")
    verb = sentence.tokens[noun].head
    brings = verb >= 0 and sentence.tokens[verb].lemma.lower() in _BRINGING
    acting = subject(sentence, verb) if own and brings else None
    return acting if acting is not None else holder


def _is_of(sentence: Sentence, token: int) -> bool:
    case = child(sentence, token, "case")
    return case is not None and sentence.tokens[case].lemma.lower() == "of"


def _is_lost(sentence: Sentence, noun: int) -> bool:
    """Tell whether the words before "control" or "hands" take it away: "out of rebel hands", "no longer under"."""
    before = [t.text.lower() for t in sentence.tokens[max(0, noun - 5) : noun]]
    return bool(_LOST & set(before)) or (bool(_NO_LONGER & set(before)) and "longer" in before)


# --- the place ------------------------------------------------------------------------------------------------------


def _modified(sentence: Sentence, i: int) -> int:
    """Return the noun that "rebel-held" modifies: its head, else the next word."""
    head = sentence.tokens[i].head
    return head if head > i else min(i + 1, len(sentence.tokens) - 1)


def _named(sentence: Sentence, located: Sequence[Located], noun: int) -> list[Place]:
    """Return the places that a noun names: itself ("Idlib"), "the town of X", or what it stands in apposition to."""
    heads = [noun]
    if sentence.tokens[noun].relation == "appos":
        heads.append(sentence.tokens[noun].head)
    named = [p for head in heads for p in located if p.first <= head <= p.last or _of_town(sentence, p, head)]
    inside = {i for p in named for i in range(p.first, p.last + 1)}
    joined = [p for p in located if p not in named and _is_joined(sentence, p, inside)]
    return [p.place for p in (*named, *joined)]


def _is_joined(sentence: Sentence, located: Located, names: set[int]) -> bool:
    """Tell whether a name is joined to others: "the ports of Hodeidah, [Salif] and [Ras Isa]"."""
    inside = range(located.first, located.last + 1)
    return any(sentence.tokens[i].relation == "conj" and sentence.tokens[i].head in names for i in inside)


def _told(sentence: Sentence, located: Sequence[Located], unnamed: Sequence[Located], noun: int) -> list[Place]:
    """Return the places that a noun names, smaller than a country, else the ground that it tells of without a name."""
    named = [place for place in _named(sentence, located, noun) if place.precision != "country"]
    return named or _ground(unnamed, noun)


def _ground(unnamed: Sequence[Located], noun: int) -> list[Place]:
    return [area.place for area in unnamed if area.first <= noun <= area.last]


def _shared(sentence: Sentence, noun: int) -> int:
    """Return what a share is a share of: "most of the [city]"; any other noun is itself."""
    part = next((c for c in children(sentence, noun) if sentence.tokens[c].relation == "nmod"), None)
    return part if part is not None and sentence.tokens[noun].lemma.lower() in _SHARES else noun


def _of_town(sentence: Sentence, located: Located, head: int) -> bool:
    """Tell whether a name hangs on a town's noun: "the town of al-Bab", "Homs province", "the capital, Goma"."""
    if sentence.tokens[head].lemma.lower() not in _TOWN_NOUNS:
        return False
    node = next((i for i in (located.last, located.first) if sentence.tokens[i].head == head), None)
    if node is None or sentence.tokens[node].relation.split(":")[0] not in ("nmod", "appos", "flat", "compound"):
        return False
    case = child(sentence, node, "case")
    return case is None or sentence.tokens[case].lemma.lower() == "of"


# --- under control --------------------------------------------------------------------------------------------------


def _is_control(sentence: Sentence, i: int) -> bool:
    """Tell whether a word is the control of "under the control of", with nothing but its own phrase between."""
    lemma = sentence.tokens[i].lemma.lower()
    prepositions = ("under", "to", *_AWAY) if lemma in _CONTROL else ("in", "into", *_AWAY) if lemma == "hand" else ()
    for j in range(i - 1, max(-1, i - 7), -1):
        token = sentence.tokens[j]
        if token.upos == "ADP":
            word = token.text.lower()
            if word == "of":
                return "of" in prepositions and j > 0 and sentence.tokens[j - 1].text.lower() == "out"
            back = word != "to" or sentence.tokens[sentence.tokens[i].head].lemma.lower() in _RETURNING
            return word in prepositions and back
        if token.upos in ("VERB", "AUX", "CCONJ", "SCONJ"):
            return False
    return False


def _possessor(sentence: Sentence, noun: int) -> int | None:
    """Return who controls: "the control of X", "X's control", "full rebel control", "Russian control"."""
    for c in children(sentence, noun):
        case = child(sentence, c, "case")
        of = case is not None and sentence.tokens[case].lemma.lower() == "of"
        if sentence.tokens[c].relation == "nmod" and of:
            return c
    owner = child(sentence, noun, "nmod:poss")
    if owner is not None:
        return owner
    named = [c for c in children(sentence, noun) if sentence.tokens[c].relation in ("compound", "amod")]
    fitting = [c for c in named if sentence.tokens[c].text[:1].isupper() or _is_side(sentence, c)]
    return fitting[-1] if fitting else None


def _controlled(sentence: Sentence, noun: int) -> list[int]:
    """Return the heads of what is under control: the subject, the object of "brought", or the noun it hangs on."""
    token = sentence.tokens[noun]
    holder = token.head
    if holder >= 0 and sentence.tokens[holder].upos in ("NOUN", "PROPN") and token.relation in ("nmod", "acl"):
        return [holder]
    verb = noun if child(sentence, noun, "cop") is not None or holder < 0 else holder
    brought = child(sentence, verb, "obj") if sentence.tokens[verb].lemma.lower() in _BRINGING else None
    found = brought if brought is not None else subject(sentence, verb)
    if found is None:
        return []
    return [found, *(c for c in children(sentence, found) if sentence.tokens[c].relation == "conj")]


# --- who and when ---------------------------------------------------------------------------------------------------


def _by(sentence: Sentence, verb: int) -> int | None:
    for c in children(sentence, verb):
        case = child(sentence, c, "case")
        if case is not None and sentence.tokens[case].lemma.lower() == "by":
            return c
    return None


def _is_over(sentence: Sentence, i: int, holder: int, noun: int) -> bool:
    """Tell whether a word of the past stands with the attribute itself: "formerly rebel-held", "then ruled by"."""
    beside = {holder - 1, *children(sentence, i), *children(sentence, holder)}
    beside |= {c for c in children(sentence, noun) if c < i and sentence.tokens[c].relation in ("amod", "advmod")}
    past = any(sentence.tokens[c].text.lower() in _PAST for c in beside if 0 <= c < i)
    return past or _has_ended(sentence, i)


def _has_ended(sentence: Sentence, i: int) -> bool:
    """Tell whether a state is told as past: "until 2017", "once under", "had been under"; "since" keeps it going."""
    words = [sentence.tokens[j].text.lower() for j in subtree(sentence, i)]
    clause = sentence.tokens[i].head
    if clause >= 0 and sentence.tokens[clause].upos in ("VERB", "AUX"):
        words += [sentence.tokens[j].text.lower() for j in subtree(sentence, clause, without=i)]
    before = {t.text.lower() for t in sentence.tokens[max(0, i - 6) : i]}
    ended = bool({"until", "till"} & set(words)) or bool({"once", "formerly", "previously"} & before)
    return (ended or {"had", "been"} <= before) and "since" not in words
