"""Where an event happened: the article's places resolved together, then the one that the event's words name."""

import calendar
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from mene.events.ground import area_words
from mene.events.triggers import Found, argument_tokens, prepositional
from mene.gazetteer.index import Gazetteer
from mene.gazetteer.inside import find_inside
from mene.gazetteer.phrases import Mention
from mene.gazetteer.resolve import Weighed, weigh_places
from mene.records import Place, Sentence, Span
from mene.statements.context import Context
from mene.statements.grammar import ancestors, child, children, clause_head, head_of

Run = tuple[int, int]
AROUND = 60
MAIN_SHARE = 0.15
"""A country with this share of an article's names is one it is about."""

KNOWN_FROM = 0.3
"""A name the reader missed counts as a place from this importance in the gazetteer on: towns, not hamlets."""

_WHERE = frozenset("in at near on around outside inside within across throughout along north south east west".split())
"""Prepositions that say where something happens."""

_WHITHER = frozenset("into to toward towards from of over through".split())
"""Prepositions that say what ground an act is aimed at or comes from."""

_ON_GROUND: Mapping[str, frozenset[str]] = {
    "ASSAULT": _WHERE | {"into", "of", "over", "toward", "towards"},
    "SEIZE": _WHERE | _WHITHER | {"for"},
    "RETREAT": _WHERE | _WHITHER,
    "MOBILIZE": _WHERE | _WHITHER - {"from", "of"},
    "COERCE": _WHERE,
    "AID": _WHERE | {"into", "to"},
    "PROTEST": _WHERE,
}
"""By which prepositions the place of an act on the ground is told; what is only said or agreed names one by "in"."""

_SAID_AT = frozenset(("in", "at"))
_OTHER_MATTERS = frozenset("against for by between from as than like about to".split())
"""Prepositions that bring in somebody or something else: what stands in their phrase is not where it happens."""


TakenUp = Literal["reference", "only one"]
"""How ground without a name takes up a town: by the reader's antecedent, or as the only one named just before."""

PlaceRule = Literal["where clause", "role", "phrase", "hit", "joined", "ground", "example", "told"]
"""By what a place is an event's: see `_find_place`; "told" is the place of a state, which is told with it."""


@dataclass(frozen=True, slots=True)
class Located:
    """A place mention of a sentence: its tokens, and the place it was resolved to.

    `weighed` is what a name was chosen from, `taken_up` how ground without a name was found to be a named place.
    """

    first: int
    last: int
    place: Place
    weighed: Weighed | None = field(default=None, compare=False)
    taken_up: TakenUp | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A place of an event, or None where the words name none, with the rule it was chosen by."""

    place: Place | None
    rule: PlaceRule = "told"


_LINKS = frozenset((",", "and", "or", "&", "the", "in", "town", "city", "village", "towns", "villages", "of"))
"""All that may stand between two names of a list."""

_CALENDAR = frozenset((*calendar.month_name, *calendar.day_name))
"""Names of time that towns bear too: "in August 2013" is no town of that name."""

_EXAMPLES = frozenset(("including", "notably", "like"))
EXAMPLE_REACH = 5
"""So many words after the ground the word stands that gives examples of it."""

_GROUND_PREPOSITIONS = ("into", "from", "of", "out", "over", "to")
_NOWHERE = (1, 0)
_SMALL = frozenset("of in the at on and from to by as for with near base city town province".split())
PlacesBySentence = Mapping[int, tuple[Located, ...]]


def locate_all(context: Context, gazetteer: Gazetteer, home: str | None = None) -> PlacesBySentence:
    """Return the places of every sentence; all names are resolved at once, so that they speak for each other."""
    found = [
        (sentence.index, run, _mention(context, sentence, run))
        for sentence in context.analysis.sentences
        for run in place_runs(context, sentence, gazetteer)
    ]
    mentions = [*(m for _, _, m in found), *_names_beside(context, gazetteer, found)]
    places = weigh_places(mentions, gazetteer=gazetteer, countries=dict(context.countries), home=home)
    out: dict[int, list[Located]] = {}
    for (index, (first, last), _), weighed in zip(found, places[: len(found)], strict=True):
        place = replace(weighed.place, evidence=context.evidence(context.analysis.sentences[index], first, last))
        out.setdefault(index, []).append(Located(first, last, place, weighed))
    return {index: tuple(rows) for index, rows in out.items()}


def _mention(context: Context, sentence: Sentence, run: Run) -> Mention:
    text = context.analysis.article.text
    start, end = sentence.tokens[run[0]].start, sentence.tokens[run[1]].end
    return Mention(
        text=text[start:end],
        start=start,
        end=end,
        before=text[max(sentence.start, start - AROUND) : start],
        after=text[end : min(sentence.end, end + AROUND)],
    )


def _names_beside(
    context: Context, gazetteer: Gazetteer, found: Sequence[tuple[int, Run, Mention]]
) -> Iterator[Mention]:
    """Yield the places inside the names of bodies that are no actors of the codebook: they tell where the text lies."""
    taken = {(index, i) for index, (first, last), _ in found for i in range(first, last + 1)}
    for sentence in context.analysis.sentences:
        actors = [(m.first, m.last) for m in context.matches[sentence.index]]
        words = [token.text for token in sentence.tokens]
        for name in sentence.names:
            if name.label != "ORG" or any(a <= name.last and name.first <= b for a, b in actors):
                continue
            for run in find_inside(words, name.first, name.last, gazetteer):
                if all((sentence.index, i) not in taken for i in range(run[0], run[1] + 1)):
                    yield _mention(context, sentence, run)


def place_runs(context: Context, sentence: Sentence, gazetteer: Gazetteer) -> list[Run]:
    """Return the token runs that name places, in order: the reader's place names, the codebook's states, and names of
    the article's countries in the gazetteer that the reader missed."""
    actors = [m for m in context.matches[sentence.index] if m.kind in ("actor", "leader", "outlet")]
    spans = [n for n in sentence.names if n.label == "LOC"]
    spans += [e for e in sentence.entities if e.label == "Location" and _is_name(sentence, e)]
    spans += [m for m in sentence.mentions if m.label in ("place", "facility") and _is_capitalised(sentence, m)]
    runs: list[Run] = []
    for span in sorted(spans, key=lambda s: (s.first - s.last, s.first)):
        first, last = _widest(sentence, *_bare(sentence, span), gazetteer)
        if first > last or any(first <= b and a <= last for a, b in runs):
            continue
        if any(a.first <= first and last <= a.last for a in actors) or sentence.tokens[last].text in _CALENDAR:
            continue
        if sentence.tokens[last].upos == "ADJ" and not gazetteer.find(_name(sentence, first, last)):
            continue
        runs.append((first, last))
    for match in context.matches[sentence.index]:
        acting = match.kind == "metonym" and sentence.tokens[match.last].relation.startswith("nsubj")
        if (
            match.kind in ("state", "metonym")
            and not acting
            and not any(match.first <= b and a <= match.last for a, b in runs)
        ):
            runs += [(match.first, match.last)] * (match.kind == "state" or sentence.tokens[match.last].upos == "PROPN")
    runs += [run for run in _known_names(context, sentence, gazetteer) if not _taken(context, sentence, run, runs)]
    return sorted(runs)


def _widest(sentence: Sentence, first: int, last: int, gazetteer: Gazetteer) -> Run:
    """Return the run widened over the proper nouns beside it where the gazetteer knows the longer name."""
    wider = [(first, last + more) for more in (5, 4, 3, 2, 1)] + [(first - less, last) for less in (1, 2, 3, 4)]
    for a, b in wider:
        ends = (a, b) if 0 <= a <= b < len(sentence.tokens) else ()
        if ends and all(sentence.tokens[i].text[:1].isupper() for i in ends) and gazetteer.find(_name(sentence, a, b)):
            return a, b
    return first, last


def _name(sentence: Sentence, first: int, last: int) -> str:
    """Return the tokens as one name, spaced as in the text: "Deir ez-Zor"."""
    words = [sentence.tokens[first].text]
    for before, token in pairwise(sentence.tokens[first : last + 1]):
        words.append((" " if token.start > before.end else "") + token.text)
    return "".join(words)


def _known_names(context: Context, sentence: Sentence, gazetteer: Gazetteer) -> Iterator[Run]:
    """Yield capitalised words that name a place of weight in one of the countries the article is mostly about."""
    main = {country for country, share in context.countries.items() if share >= MAIN_SHARE}
    for i, token in enumerate(sentence.tokens):
        if not i or len(token.text) < 4 or not token.text.istitle() or token.upos in ("ADP", "DET", "PRON"):
            continue
        if token.text in _CALENDAR:
            continue
        if any(e.country in main and e.importance >= KNOWN_FROM for e in gazetteer.find(token.text)[:5]):
            yield i, i


def _taken(context: Context, sentence: Sentence, run: Run, runs: Sequence[Run]) -> bool:
    """Tell whether a run is part of another name: of a place, of anybody in the codebook, or of a person or body."""
    spans = [*runs, *((m.first, m.last) for m in context.matches[sentence.index])]
    spans += [(n.first, n.last) for n in sentence.names if n.label != "LOC"]
    return any(run[0] <= b and a <= run[1] for a, b in spans)


def _is_name(sentence: Sentence, span: Span) -> bool:
    return any(sentence.tokens[i].upos == "PROPN" for i in range(span.first, span.last + 1))


def _is_capitalised(sentence: Sentence, span: Span) -> bool:
    return sentence.tokens[span.last].text[:1].isupper() and span.first > 0


def _bare(sentence: Sentence, span: Span) -> Run:
    """Return the name inside a span: its last run of capitalised words, so "the central city of Hama" is "Hama"."""
    runs: list[list[int]] = []
    for i in range(span.first, span.last + 1):
        token = sentence.tokens[i]
        named = (
            token.text[:1].isupper() and token.upos not in ("DET", "ADP", "PUNCT") and token.text.lower() not in _SMALL
        )
        joined = token.text in ("-", "’", "'") or token.text.lower() in (
            "al",
            "el",
            "ez",
            "es",
            "as",
            "ash",
            "of",
            "de",
        )
        if named and runs and all(_joins(sentence, j) for j in range(runs[-1][1] + 1, i)):
            runs[-1][1] = i
        elif named or (joined and token.text.lower() in ("al", "el")):
            runs.append([i, i])
    if not runs:
        return _NOWHERE
    best = runs[-1] if span.label == "Location" else max(runs, key=lambda r: r[1] - r[0])
    return best[0], best[1]


def _joins(sentence: Sentence, token: int) -> bool:
    """Tell whether a small word belongs inside a place name: "Deir ez-Zor", "Ras al-Ain", "Isle of Man"."""
    word = sentence.tokens[token].text.lower()
    return word in (
        "-",
        "’",
        "'",
        "al",
        "el",
        "ez",
        "es",
        "as",
        "ash",
        "an",
        "at",
        "de",
        "la",
        "le",
        "da",
        "do",
        "di",
        "i",
    )


_HIT = frozenset(("ASSAULT", "COERCE"))
"""Types whose target may be, or stand in, the place."""

GROUND = frozenset(("SEIZE", "RETREAT"))
"""Types that change who holds ground, so that only what is taken or left counts as their place."""


def find_ground(sentence: Sentence, found: Found, unnamed: tuple[Located, ...]) -> Place | None:
    """Return the ground without a name that is taken or left, where no place's whole is: "five villages in Hama"."""
    if found.type not in GROUND:
        return None
    heads = argument_tokens(sentence, found.token, "object") or prepositional(
        sentence, found.token, _GROUND_PREPOSITIONS
    )
    if not heads and found.entry is not None and found.entry.subject == "place":
        heads = argument_tokens(sentence, found.token, "subject")
    for head in heads:
        for area in unnamed:
            if area.first <= head <= area.last and area.place.precision == "unlocated":
                return area.place
    return None


def find_examples(sentence: Sentence, place: Place, located: tuple[Located, ...]) -> tuple[Place, ...]:
    """Return the places named as examples of the ground: "more than 50 towns, including Saraqib and Maarat"."""
    if place.evidence is None:
        return ()
    last = max((i for i, t in enumerate(sentence.tokens) if t.end <= place.evidence.end), default=0)
    words = [t.text.lower() for t in sentence.tokens]
    reach = range(last + 1, min(last + 1 + EXAMPLE_REACH, len(words)))
    told = next(
        (i for i in reach if words[i] in _EXAMPLES or (words[i] == "among" and words[i + 1 : i + 2] == ["them"])), None
    )
    if told is None:
        return ()
    end = next(
        (i for i in range(told, len(words)) if sentence.tokens[i].upos in ("VERB", "AUX") and i > told), len(words)
    )
    return tuple(p.place for p in located if told < p.first < end and p.place.precision != "country")


def find_places(sentence: Sentence, found: Found, run: Run | None, located: tuple[Located, ...]) -> tuple[Chosen, ...]:
    """Return the event's places: one, or several where they are joined ("took Aleppo as well as Hama").

    What fills the place role counts first, then what a preposition on the event names, then its clause's. The most
    precise of the places in a phrase wins ("Jaramana, a Damascus suburb" is Jaramana).
    """
    if found.type in ("SEIZE", "RETREAT"):
        located = tuple(p for p in located if not _only_bounds(sentence, p))
    chosen = _narrowed(sentence, _find_place(sentence, found, run, located), located)
    if chosen.place is None or found.type not in _ON_GROUND:
        return (chosen,)
    anchor = next((p for p in located if p.place == chosen.place), None)
    if anchor is None:
        return (chosen,)
    listed = _listed(sentence, anchor, located)
    joined = [
        Chosen(p.place, "joined")
        for p in located
        if p is not anchor
        and (p.place.precision == "country") == (anchor.place.precision == "country")
        and (p in listed or _joined(sentence, found.token, anchor, p) or _joined(sentence, found.token, p, anchor))
    ]
    return (chosen, *joined)


def _narrowed(sentence: Sentence, chosen: Chosen, located: Sequence[Located]) -> Chosen:
    """Return the town before its country where only the country was taken: "Homs, Syria" is Homs."""
    for one, other in pairwise(located):
        if other.place == chosen.place and other.place.precision == "country" and one.place.precision != "country":
            comma = _between(sentence, one, other) == {","}
            return Chosen(one.place, chosen.rule) if comma and one.place.country == other.place.country else chosen
    return chosen


def _listed(sentence: Sentence, anchor: Located, located: Sequence[Located]) -> Sequence[Located]:
    """Return the places of the list that `anchor` stands in: "Homs, Hama and Idlib"; none where no "and" closes it.

    Names joined by commas alone are no list ("Kobani, Aleppo, Syria"), nor are a town and a country.
    """
    links = [(one, other, _between(sentence, one, other)) for one, other in pairwise(located)]
    runs: list[list[Located]] = []
    closed = True
    for one, other, words in links:
        if (
            not words
            or not words <= _LINKS
            or (one.place.precision == "country") != (other.place.precision == "country")
        ):
            closed = True
            continue
        if closed:
            runs.append([one])
        runs[-1].append(other)
        closed = not words.isdisjoint(("and", "or", "&"))
        if closed and anchor in runs[-1]:
            return runs[-1]
    return ()


def _between(sentence: Sentence, one: Located, other: Located) -> frozenset[str]:
    return frozenset(t.text.lower() for t in sentence.tokens[one.last + 1 : other.first])


def _only_bounds(sentence: Sentence, located: Located) -> bool:
    """Tell whether a place is only one end of something: who cuts "the road between Aleppo and Hama" takes neither."""
    node = located.last
    for _ in range(3):
        case = child(sentence, node, "case")
        if case is not None:
            return sentence.tokens[case].lemma.lower() == "between"
        token = sentence.tokens[node]
        if token.head < 0 or token.relation not in ("conj", "flat", "compound", "appos"):
            return False
        node = token.head
    return False


def is_destination(sentence: Sentence, trigger: int, place: Place) -> bool:
    """Tell whether a place is where a force goes to, by its preposition: "withdrew to Homs", "took refuge at"."""
    if place.evidence is None:
        return False
    inside = [i for i, t in enumerate(sentence.tokens) if place.evidence.start <= t.start < place.evidence.end]
    for node in [*inside[-1:], *(list(ancestors(sentence, inside[-1]))[:2] if inside else [])]:
        case = child(sentence, node, "case")
        if case is not None:
            return sentence.tokens[case].lemma.lower() in ("to", "toward", "towards", "into", "at", "in") and (
                sentence.tokens[case].lemma.lower() in ("to", "toward", "towards", "into")
                or any(t.lemma.lower() in ("refuge", "shelter") for t in sentence.tokens[trigger : trigger + 3])
            )
        if node == trigger:
            return False
    return False


def _joined(sentence: Sentence, trigger: int, one: Located, other: Located) -> bool:
    """Tell whether another place is joined to a place, or both to a first: "the city of Homs, Hama and Idlib"."""
    heads = {sentence.tokens[i].head for i in range(one.first, one.last + 1)} | set(range(one.first, one.last + 1))
    joint = _joint(sentence, other)
    if joint is None:
        return False
    return joint in heads or joint == trigger or (joint == _joint(sentence, one) and joint >= 0)


def _joint(sentence: Sentence, located: Located) -> int | None:
    """Return the token that a place, or the noun it names, is joined to by "and" or a comma; None where it is not."""
    node = located.last
    for _ in range(3):
        token = sentence.tokens[node]
        if token.relation == "conj" and token.upos in ("NOUN", "PROPN"):
            return token.head
        if token.head < 0 or token.relation not in ("nmod", "appos", "flat", "compound", "conj"):
            return None
        node = token.head
    return None


def _where(sentence: Sentence, trigger: int, located: tuple[Located, ...]) -> Place | None:
    """Return the place that a clause with "where" hangs on: "Hama, where the army was forced out"."""
    clause = clause_head(sentence, trigger)
    where = any(sentence.tokens[c].lemma.lower() == "where" for c in children(sentence, clause))
    if not where or sentence.tokens[clause].head < 0 or not sentence.tokens[clause].relation.startswith("acl"):
        return None
    before = [p for p in located if p.last < clause and sentence.tokens[clause].head <= p.last]
    return before[0].place if before else None


def _find_place(sentence: Sentence, found: Found, run: Run | None, located: tuple[Located, ...]) -> Chosen:
    antecedent = _where(sentence, found.token, located)
    if antecedent is not None:
        return Chosen(antecedent, "where clause")
    if run is not None:
        inside = [p for p in located if p.first <= run[1] and run[0] <= p.last]
        if inside:
            return Chosen(_most_precise(inside), "role")
    for head in _candidates(sentence, found):
        inside = _in_phrase(sentence, found, head, located)
        if inside:
            return Chosen(_most_precise(inside), "phrase")
    for head in _hit_by(sentence, found) if found.type in _HIT else ():
        hit = [p for p in located if p.first <= head <= p.last]  # "targeted the town", "the district was shelled"
        hit = hit or [p for p in located if p.last in prepositional(sentence, head, ("in", "at", "near", "on"))]
        if hit:
            return Chosen(_most_precise(hit), "hit")
    return Chosen(None)


def _hit_by(sentence: Sentence, found: Found) -> list[int]:
    """Return the heads of what a verb hits: its object, or what follows one that is a part of it ("set fire to")."""
    heads = argument_tokens(sentence, found.token, "object")
    own = found.entry.phrase.split() if found.entry is not None else ()
    if any(sentence.tokens[head].lemma.lower() in own for head in heads):
        return prepositional(sentence, found.token, ("to", "on", "against"))
    return heads


def _in_phrase(sentence: Sentence, found: Found, head: int, located: tuple[Located, ...]) -> list[Located]:
    """Return the places in a phrase of place: "in the city of Homs", "in clashes in Homs"; no owner's, no foe's.

    An act that is only said takes the name that the phrase is of: "met in Geneva", and not "met ministers of Syria".
    """
    inside = []
    for place in located:
        path = _path(sentence, place, head)
        if path is None or any(_leads_off(sentence, node, found.token) for node in path[:-1]):
            continue
        if found.type in _ON_GROUND or len(path) <= 2:
            inside.append(place)
    return inside


def _path(sentence: Sentence, place: Located, head: int) -> list[int] | None:
    """Return the tokens from a place's own head up to `head`, or None where it does not stand below it."""
    top = head_of(sentence, place.first, place.last)
    if place.first <= head <= place.last:
        return [head]
    path = [top]
    for node in ancestors(sentence, top):
        path.append(node)
        if node == head:
            return path
    return None


def _leads_off(sentence: Sentence, node: int, trigger: int) -> bool:
    """Tell whether a token below a phrase of place begins another matter: a foe, an owner, an act of its own."""
    token, case = sentence.tokens[node], child(sentence, node, "case")
    if case is not None and sentence.tokens[case].lemma.lower() in _OTHER_MATTERS:
        return True
    if token.relation in ("ccomp", "advcl") and token.upos == "VERB":
        return True
    of_trigger = token.head == trigger or token.head < 0
    owner = token.relation in ("compound", "amod", "nmod:poss") and not of_trigger
    return owner and not _is_ground(sentence, token.head)


def _is_ground(sentence: Sentence, noun: int) -> bool:
    return sentence.tokens[noun].upos == "PROPN" or sentence.tokens[noun].lemma.lower() in area_words()


def _candidates(sentence: Sentence, found: Found) -> list[int]:
    heads = argument_tokens(sentence, found.token, "object") if found.type in GROUND else []
    if found.type not in _ON_GROUND:
        verb = sentence.tokens[found.token]
        held = verb.head >= 0 and verb.relation.startswith("nsubj")  # "the talks took place in Geneva"
        return heads + [
            head
            for node in (found.token, *([verb.head] if held else []))
            for head in prepositional(sentence, node, tuple(_SAID_AT))
        ]
    heads += prepositional(sentence, found.token, tuple(_ON_GROUND[found.type]))
    told = found.type in GROUND and bool(argument_tokens(sentence, found.token, "object"))
    for node in [] if told else list(ancestors(sentence, found.token))[:2]:
        if clause_head(sentence, found.token) in (node, found.token) or sentence.tokens[node].upos == "NOUN":
            heads += prepositional(sentence, node, ("in", "at", "near", "around", "outside", "across", "on"))
    return heads


def _most_precise(places: list[Located]) -> Place:
    order = {"exact": 0, "near": 1, "admin2": 2, "admin1": 3, "country": 4, "unlocated": 5}
    return min(places, key=lambda p: (order[p.place.precision], p.first)).place
