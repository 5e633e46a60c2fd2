"""Ground told of without a name: "parts of Aleppo", "two villages", "the city".

It is listed, and pinned only where "the" town takes up the one town just named.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from mene.events.ground import area_words
from mene.events.places import Located, PlacesBySentence, TakenUp
from mene.gazetteer.features import TOWNS
from mene.records import Evidence, Place, Sentence
from mene.statements.context import Context
from mene.statements.grammar import child, children, head_of, subtree, text_of
from mene.statements.saying import speaker_kind

Areas = Mapping[int, tuple[Located, ...]]

AREA = "area"
"""The kind of a place that has no name of its own."""

ANTECEDENT_REACH = 2
""""The city" takes up a town named at most so many sentences before."""

TAKEN_UP = 0.8
"""The share of a place's probability that is left to a description which takes it up."""

LONGEST_PHRASE = 8
_KINDS_OF: Mapping[str, frozenset[str]] = {
    "settlements": TOWNS,
    "capitals": TOWNS,
    "units": frozenset(("admin1", "admin2", "region")),
    "sites": frozenset(("facility", "site")),
}
_DEFINITE = frozenset(("the", "this", "that"))
_INSIDE = frozenset(("ADP", "DET", "ADJ", "NOUN", "PROPN", "NUM", "PART"))
_APART = frozenset(("appos", "conj", "cc", "punct", "acl", "acl:relcl"))
_AMOUNTS = frozenset("dozen hundred thousand million billion".split())
_HOLDING = frozenset("held controlled run occupied besieged ruled dominated".split())


@dataclass(frozen=True, slots=True)
class _Area:
    """A noun for ground: its token, the phrase's tokens, and what sort of noun it is."""

    token: int
    first: int
    last: int
    sort: str


def find_areas(context: Context, places: PlacesBySentence) -> Areas:
    """Return the ground that each sentence tells of without a name.

    `places` are the named places of the article. A definite town, unit or site is the only one of its kind that was
    named just before, if there is one; all else is "unlocated", within the place named in its phrase.
    """
    found: dict[int, tuple[Located, ...]] = {}
    for sentence in context.analysis.sentences:
        named = places.get(sentence.index, ())
        rows = tuple(_locate(context, sentence, area, places, named) for area in _areas(sentence, named))
        if rows:
            found[sentence.index] = rows
    return found


def _areas(sentence: Sentence, named: Sequence[Located]) -> Iterator[_Area]:
    words = area_words()
    for i, token in enumerate(sentence.tokens):
        sort = words.get(token.lemma.lower()) or words.get(token.text.lower())
        if sort is None or token.upos not in ("NOUN", "PROPN") or token.relation in ("compound", "amod", "flat"):
            continue
        if sort == "sides" and (child(sentence, i, "det") is None or not token.text.islower()):
            continue
        if any(p.first <= i <= p.last for p in named) or any(n.first <= i <= n.last for n in sentence.names):
            continue
        if not _names(sentence, i, named) and not _is_idiom(sentence, i):
            yield _Area(i, _first(sentence, i), _last(sentence, i), sort)


def without_buildings(sentence: Sentence, areas: Sequence[Located]) -> tuple[Located, ...]:
    """Return the ground that may be where something happens: no building, which is only taken, held or left."""
    words = area_words()
    heads = ((area, sentence.tokens[head_of(sentence, area.first, area.last)]) for area in areas)
    return tuple(area for area, noun in heads if words.get(noun.lemma.lower()) != "buildings")


def _names(sentence: Sentence, noun: int, named: Sequence[Located]) -> bool:
    """Tell whether a name says which place a noun is: "the city of Hama", "Idlib province", "Hama is the last city"."""
    if child(sentence, noun, "cop") is not None:
        called = child(sentence, noun, "nsubj")
        if any(called is not None and p.first <= called <= p.last for p in named):
            return True
    for place in named:
        node = next((i for i in (place.last, place.first) if sentence.tokens[i].head == noun), None)
        if node is None:
            continue
        relation, case = sentence.tokens[node].relation.split(":")[0], child(sentence, node, "case")
        of = case is not None and sentence.tokens[case].lemma.lower() == "of"
        if (
            relation in ("compound", "appos", "flat", "amod")
            or (relation == "nmod" and case is None)
            or (of and area_words().get(sentence.tokens[noun].lemma.lower()) in _KINDS_OF)
        ):
            return True
    return False


def _is_idiom(sentence: Sentence, noun: int) -> bool:
    """Tell whether a noun for ground stands for none: "as part of", "take place", "on the ground", "a member state"."""
    token = sentence.tokens[noun]
    lemma, before = token.lemma.lower(), [t.lemma.lower() for t in sentence.tokens[max(0, noun - 2) : noun]]
    of = next((c for c in children(sentence, noun) if sentence.tokens[c].relation.split(":")[0] == "nmod"), None)
    return (
        (lemma in ("part", "place") and before[-1:] in (["as"], ["in"], ["take"]))
        or (lemma == "part" and before[:1] == ["for"] and sentence.tokens[noun - 1].upos in ("PRON", "DET"))
        or (lemma == "ground" and before == ["on", "the"])
        or (lemma in ("front", "line") and token.text.lower() != lemma and "the" not in before)
        or (lemma == "state" and (token.text.lower() != lemma or "the" not in before))
        or (of is not None and (sentence.tokens[of].upos == "NUM" or sentence.tokens[of].lemma.lower() in _AMOUNTS))
    )


def _first(sentence: Sentence, noun: int) -> int:
    """Return where the noun's phrase begins, without whoever holds it: "[northern town]", "rebel-held [districts]"."""
    first = noun
    while first > 0:
        token = sentence.tokens[first - 1]
        if token.text == "-" and first > 1 and sentence.tokens[first - 2].text.lower() not in _HOLDING:
            first -= 2  # "fourth-largest"
            continue
        describes = token.relation in ("amod", "compound", "nummod", "det") and first <= token.head <= noun
        if not describes or token.text.lower() in _HOLDING:
            break
        first -= 1
    return first


def _last(sentence: Sentence, noun: int) -> int:
    """Return where the noun's phrase ends: "areas [of Aleppo]", "towns [to the south of the city]"."""
    below, last = set(subtree(sentence, noun)), noun
    for i in range(noun + 1, min(noun + 1 + LONGEST_PHRASE, len(sentence.tokens))):
        token = sentence.tokens[i]
        if token.upos == "NOUN" and child(sentence, i, "case") is not None and speaker_kind(token) is not None:
            break  # "cleared the town of fighters"
        hyphen = token.text == "-" and i + 1 < len(sentence.tokens) and sentence.tokens[i + 1].start == token.end
        clause = token.relation.startswith("nsubj")  # "the last city [the army holds]"
        if i not in below or clause or ((token.upos not in _INSIDE or token.relation in _APART) and not hyphen):
            break
        if token.upos in ("NOUN", "PROPN", "NUM"):
            last = i
    return last


def _locate(
    context: Context, sentence: Sentence, area: _Area, places: PlacesBySentence, named: Sequence[Located]
) -> Located:
    words = text_of(context.analysis.article.text, sentence, area.first, area.last)
    evidence = context.evidence(sentence, area.first, area.last)
    inner = [p for p in named if area.first <= p.first and p.last <= area.last]
    meant = None if inner else _taken_up(context, sentence, area, places)
    if meant is not None:
        named_before, rule = meant
        probability = round(named_before.place.probability * TAKEN_UP, 4)
        place = replace(named_before.place, text=words, probability=probability, evidence=evidence)
        return Located(area.first, area.last, place, named_before.weighed, rule)
    around = inner[0].place if inner else None
    return Located(area.first, area.last, _unpinned(words, AREA, around, evidence))


def _capital_before(sentence: Sentence, area: _Area, places: PlacesBySentence) -> tuple[Located, TakenUp] | None:
    """Return the one capital that the article has named so far: "the capital" is no other."""
    before = [
        p
        for index, told in places.items()
        for p in told
        if (index < sentence.index or (index == sentence.index and p.last < area.first)) and _is_capital(p)
    ]
    named = {p.place.place_id: p for p in before}
    return (next(iter(named.values())), "only one") if len(named) == 1 else None


def _is_capital(located: Located) -> bool:
    weighed = located.weighed
    if weighed is None or weighed.group is None or located.place.kind not in TOWNS:
        return False
    return weighed.group.candidates[weighed.group.best].is_capital


def told_area(context: Context, sentence: Sentence, run: tuple[int, int]) -> Located | None:
    """Return a place told by words alone, listed without a pin; None where they name nothing or a time.

    A noun makes it ground ("a bakery", "the north of the country"), a name a place that is not known.
    """
    head = sentence.tokens[head_of(sentence, *run)]
    if head.upos not in ("NOUN", "PROPN") or head.relation.split(":")[-1] == "tmod":
        return None
    words = text_of(context.analysis.article.text, sentence, *run)
    kind = AREA if head.upos == "NOUN" else "unknown"
    return Located(*run, _unpinned(words, kind, None, context.evidence(sentence, *run)))


def _unpinned(words: str, kind: str, around: Place | None, evidence: Evidence) -> Place:
    return Place(
        text=words,
        name=words[:1].lower() + words[1:] if words.startswith("The ") else words,
        place_id=None,
        latitude=None,
        longitude=None,
        country=around.country if around else None,
        kind=kind,
        precision="unlocated",
        probability=0.0,
        admin1=around.admin1 if around else None,
        within=around.name if around else None,
        evidence=evidence,
    )


def _taken_up(
    context: Context, sentence: Sentence, area: _Area, places: PlacesBySentence
) -> tuple[Located, TakenUp] | None:
    """Return the place that a definite description takes up, or None where that is open.

    The reader's own antecedent counts first; else the nearest sentence that names such places must name one only.
    """
    noun = sentence.tokens[area.token]
    determiner = child(sentence, area.token, "det")
    kinds = _KINDS_OF.get(area.sort)
    plain = all(sentence.tokens[c].relation in ("det", "case", "punct") for c in children(sentence, area.token))
    heading = context.analysis.article.blocks[sentence.block].kind == "heading"
    definite = heading if determiner is None else sentence.tokens[determiner].text.lower() in _DEFINITE
    if kinds is None or not definite or not plain or noun.text.lower() != noun.lemma.lower():
        return None
    if area.sort == "capitals":
        return _capital_before(sentence, area, places)
    reference = context.reference(sentence, area.token)
    if reference is not None:
        told = places.get(reference.to_sentence, ())
        meant = [p for p in told if p.first <= reference.to_last and reference.to_first <= p.last]
        if meant:
            fits = meant[0].place.kind in kinds and meant[0].place.place_id
            return (meant[0], "reference") if fits else None
    for index in range(sentence.index, sentence.index - ANTECEDENT_REACH - 1, -1):
        before = [p for p in places.get(index, ()) if index < sentence.index or p.last < area.first]
        fitting = {p.place.place_id: p for p in before if p.place.kind in kinds and p.place.place_id}
        if fitting:
            return (next(iter(fitting.values())), "only one") if len(fitting) == 1 else None
    return None
