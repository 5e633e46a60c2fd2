"""The numbers a sentence gives of people killed, injured, displaced or deployed, with their bounds as written.

An amount counts the killed where a verb of killing has it as its object ("killed 16"), where its own noun phrase is
said to be dead ("16 people, three of them children, were killed"), or where a toll is given. What is part of an amount
already told ("including 3 children") is no count of its own; "casualties" are neither the killed nor the injured.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mene.events.quantities import Quantity, Word, find_quantities, number_words, split_words
from mene.records import Count, Numbers
from mene.statements.grammar import NEGATIONS

KINDS = ("killed", "injured", "displaced")
PHRASE_WORDS = 14
"""A number's own state stands at most so many words after it: "16 people in two villages near Bakhmut were killed"."""

TOLL_WORDS = 7
"""A toll's number stands at most so many words after the word "toll" or "number"."""


@dataclass(frozen=True, slots=True)
class Told:
    """A number of a sentence: what it counts and where it stands, in characters of the sentence."""

    kind: str
    count: Count
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Text:
    """A sentence's words and the amounts in it."""

    text: str
    words: Sequence[Word]
    quantities: Sequence[Quantity]

    def lower(self, i: int) -> str:
        return self.words[i].lower if 0 <= i < len(self.words) else ""

    def begins_quantity(self, i: int) -> bool:
        return any(q.first <= i <= q.last for q in self.quantities)


def find_numbers(text: str) -> list[Told]:
    """Return the counts of people in a sentence, left to right.

    >>> told = find_numbers("The blast killed at least 16 people and wounded dozens.")
    >>> [(t.kind, t.count.low, t.count.best, t.count.high) for t in told]
    [('killed', 16, 16, None), ('injured', 24, 24, None)]
    """
    words = split_words(text)
    told = _Text(text, words, find_quantities(text, words))
    kinds = [_kind(told, q) for q in told.quantities]
    return [_as_told(told, group, kind) for group, kind in _joined(told, kinds)]


def numbers_of(told: Sequence[Told], kinds: Sequence[str]) -> Numbers:
    """Return the first count of each of `kinds` as `Numbers`."""
    first = {kind: next((t.count for t in told if t.kind == kind), None) for kind in kinds}
    return Numbers(**first)


# --- amounts that are told together ---------------------------------------------------------------------------------


def _joined(told: _Text, kinds: Sequence[str | None]) -> list[tuple[list[Quantity], str]]:
    """Return the amounts with their kinds; those joined by "and" or a comma share theirs: "16 soldiers and a medic"."""
    groups: list[tuple[list[Quantity], str | None]] = []
    for quantity, kind in zip(told.quantities, kinds, strict=True):
        before, known = groups[-1] if groups else ([], None)
        shared = kind if known in (None, "troops") else known
        same = shared in KINDS and kind in (None, "troops", shared)
        if before and same and _joins(told, before[-1], quantity):
            groups[-1] = ([*before, quantity], shared)
        else:
            groups.append(([quantity], kind))
    return [(group, kind) for group, kind in groups if kind is not None]


def _joins(told: _Text, one: Quantity, other: Quantity) -> bool:
    """Tell whether two amounts stand in one list: only a noun phrase of people and "and" or a comma between them."""
    between = [w.lower for w in told.words[one.last + 1 : other.first]]
    while between and between[-1] in number_words()["fillers"]:
        between.pop()
    if not between or between[-1] not in ("and", ","):
        return False
    noun = between[: between.index(",")] if "," in between else between[:-1]
    words = number_words()
    plain = noun and not any(w in words["function"] or _says(w) for w in noun) and len(noun) <= 4
    plain = plain and not _is_subset(told, other)
    rest = set(between) - set(noun) - {",", "and"}
    return bool(plain) and not rest and noun[-1] not in words["things"] and _is_people(told, other)


def _is_people(told: _Text, quantity: Quantity) -> bool:
    """Tell whether a noun follows an amount, and it is no thing."""
    noun = _noun(told, quantity)
    return bool(noun) and noun[-1] not in number_words()["things"]


def _says(word: str) -> bool:
    words = number_words()
    return any(word in words[table].get(kind, ()) for table in ("verbs", "states", "ends") for kind in KINDS)


def _as_told(told: _Text, group: Sequence[Quantity], kind: str) -> Told:
    start, end = told.words[group[0].first].start, told.words[group[-1].last].end
    counts = [q.count for q in group]
    if len(counts) == 1:
        return Told(kind, counts[0], start, end)
    high = None if any(c.high is None for c in counts) else sum(c.high or 0 for c in counts)
    count = Count(sum(c.low for c in counts), sum(c.best for c in counts), high, told.text[start:end])
    return Told(kind, count, start, end)


# --- what one amount counts -----------------------------------------------------------------------------------------


def _kind(told: _Text, quantity: Quantity) -> str | None:
    """Return what an amount counts, or None; the first rule that speaks decides."""
    rules: tuple[Callable[[_Text, Quantity], str | None], ...] = (_by_toll, _by_verb, _by_state, _by_flight, _by_force)
    if _is_subset(told, quantity) or _counts_things(told, quantity):
        return None
    kind = next((kind for rule in rules if (kind := rule(told, quantity)) is not None), None)
    return None if kind == "displaced" and quantity.count.best == 1 else kind  # one who flees is no displacement


def _noun(told: _Text, quantity: Quantity) -> list[str]:
    """Return the noun phrase after an amount, up to the first function word, mark or word of state."""
    noun: list[str] = []
    words = number_words()
    for i in range(quantity.last + 1, min(quantity.last + 7, len(told.words))):
        word = told.words[i]
        of = word.lower == "of" and not noun
        hyphen = word.text == "-" and bool(noun)
        if of or hyphen:
            continue
        if word.lower in words["function"] or not word.text[0].isalpha() or told.begins_quantity(i):
            break
        if any(word.lower in words["ends"].get(kind, ()) for kind in KINDS) and noun:
            break
        noun.append(word.lower)
    return noun


def _counts_things(told: _Text, quantity: Quantity) -> bool:
    """Tell whether an amount counts no single people: days, attacks, families, a place in a series."""
    noun = [w for w in _noun(told, quantity) if not _says(w)]
    first = told.lower(quantity.last + 1)
    things = number_words()["things"]
    return first in things or first == "%" or (bool(noun) and noun[-1] in things)


def _is_subset(told: _Text, quantity: Quantity) -> bool:
    """Tell whether an amount is part of one told before: "including 3 children", "20 fighters, 3 of them officers"."""
    subsets = number_words()["subsets"]
    i = quantity.first - 1
    while i >= 0 and told.lower(i) in ("at", "least", ",", "and", "the") and i > quantity.first - 4:
        i -= 1
    before = told.lower(i) in subsets and told.lower(i) not in ("whom", "them", "which")
    listed = _listed_in_subset(told, quantity)
    of = told.lower(quantity.last + 1) == "of" and told.lower(quantity.last + 2) in ("them", "whom", "which")
    return before or listed or (of and _by_state(told, quantity) is None)


def _listed_in_subset(told: _Text, quantity: Quantity) -> bool:
    """Tell whether an amount goes on with a list that "including" began: "including 3 women and 2 children"."""
    for i in range(quantity.first - 1, max(-1, quantity.first - 9), -1):
        word = told.lower(i)
        if word in ("including", "among"):
            return True
        plain = word in ("and", ",") or told.begins_quantity(i) or (word.isalpha() and not _says(word))
        if not plain or word in number_words()["function"] - {"and"}:
            return False
    return False


def _by_verb(told: _Text, quantity: Quantity) -> str | None:
    """Return what the verb before an amount makes of it: "killed 16", "claimed the lives of 16"."""
    i = _before(told, quantity)
    verb = told.lower(i)
    if verb == "of" and told.lower(i - 1) in ("lives", "deaths", "killing", "massacre", "execution"):
        return "killed"
    if verb == "down" and told.lower(i - 1) in ("gunned", "gunning", "shot", "mowed"):
        return "killed"
    if verb == "dead" and told.lower(i - 1) in ("shot", "shooting", "shoots"):
        return "killed"
    kind = next((kind for kind in KINDS if verb in number_words()["verbs"][kind]), None)
    return kind if kind is not None and _is_active(told, i) else None


def _before(told: _Text, quantity: Quantity) -> int:
    """Return the word before an amount, articles and "another" left aside."""
    i = quantity.first - 1
    while i >= 0 and told.lower(i) in number_words()["fillers"]:
        i -= 1
    return i


def _is_active(told: _Text, verb: int) -> bool:
    """Tell whether a verb takes the amount after it alone: not "was killed 16 days ago", not "killed or wounded 16"."""
    i = verb - 1
    while i >= 0 and told.lower(i).endswith("ly"):
        i -= 1
    passive = told.lower(i) in NEGATIONS | {"was", "were", "been", "being", "is", "are"}
    passive = passive or told.lower(i) == "without"
    both = told.lower(i) in ("and", "or", "/") and any(told.lower(i - 1) in number_words()["verbs"][k] for k in KINDS)
    return not passive and not both


def _by_toll(told: _Text, quantity: Quantity) -> str | None:
    """Return what a toll counts: "the death toll rose to 16", "brought to 16 the number of people killed"."""
    i = _before(told, quantity)
    if told.lower(i) not in number_words()["toll_marks"]:
        return None
    left = [told.lower(j) for j in range(max(0, i - TOLL_WORDS), i)]
    left = left[max((k + 1 for k, word in enumerate(left) if word in (";", ",", ".")), default=0) :]
    right = [told.lower(j) for j in range(quantity.last + 1, quantity.last + 1 + TOLL_WORDS)]
    for words in (left, right):
        if "toll" in words or "tolls" in words:
            return "injured" if "injury" in words else "killed"
        if "number" in words:
            return next((kind for kind in KINDS for word in words if _tells(word, kind)), None)
    return None


def _tells(word: str, kind: str) -> bool:
    words = number_words()
    return any(word in words[table].get(kind, ()) for table in ("states", "ends"))


def _by_state(told: _Text, quantity: Quantity) -> str | None:
    """Return what is said of an amount's own noun phrase after it: "16 people were killed", "43 wounded", "16 dead"."""
    inside = 0
    for i in range(quantity.last + 1, min(quantity.last + 1 + PHRASE_WORDS, len(told.words))):
        word = told.lower(i)
        if word in ("(", "[", ")", "]"):
            inside += 1 if word in ("(", "[") else -1
            continue
        kind = next((k for k in KINDS if not inside and _fits(told, quantity, i, k)), None)
        if kind is not None:
            return kind
        if not inside and not _in_insertion(told, quantity, i) and _breaks(told, quantity, i):
            return None
    return None


def _breaks(told: _Text, quantity: Quantity, i: int) -> bool:
    """Tell whether word `i` ends what can still be said of an amount: a mark, another amount, a new noun phrase."""
    word, before = told.lower(i), told.lower(i - 1)
    words = number_words()
    if word == ",":
        return not _is_inserted(told, quantity, i)
    if told.begins_quantity(i) or word in ("the", "a", "an"):
        return before not in words["prepositions"]
    if word == "and":  # "Tutsis and moderate Hutus were", never "rebels attacked and soldiers were"
        return not (_is_people_word(told, i - 1) and any(_is_people_word(told, j) for j in (i + 1, i + 2)))
    return word in words["stops"] or word in ("or", "who", "not", "n't", "n’t", "no", "that")


def _is_people_word(told: _Text, i: int) -> bool:
    named = i < len(told.words) and told.words[i].text[0].isupper()
    return named or told.lower(i) in number_words()["people"]


def _fits(told: _Text, quantity: Quantity, i: int, kind: str) -> bool:
    """Tell whether word `i` says of the amount's noun phrase that they are dead, hurt or displaced."""
    words, word, following = number_words(), told.lower(i), told.lower(i + 1)
    bare = i == quantity.last + 1
    if told.lower(i - 1) in NEGATIONS:
        return False
    if word == "lives":
        claimed = told.lower(_before(told, quantity)) in words["claiming"]
        return kind == "killed" and (claimed or "lost" in (following, told.lower(i + 2), told.lower(i + 3)))
    if word in words["ends"].get(kind, ()):
        return True
    if word not in words["states"][kind]:
        return False
    passive = told.lower(i - 1) in words["auxiliaries"]
    noun_next = following in words["people"] and bare
    open_end = not following or not following[0].isalpha() or following in words["followers"]
    both = following in ("or", "and") and any(told.lower(i + 2) in words["states"][k] for k in KINDS if k != kind)
    return (passive or noun_next or open_end) and not both


def _is_inserted(told: _Text, quantity: Quantity, comma: int) -> bool:
    """Tell whether a comma opens or closes an insertion in the amount's phrase: "16, including 3 women, were"."""
    opens = told.lower(comma + 1) in ("including", "among", "mostly", "mainly", "all", "most", "some", "one", "many")
    opens = opens or (told.begins_quantity(comma + 1) and told.lower(_end_of(told, comma + 1) + 1) == "of")
    return opens or _in_insertion(told, quantity, comma)


def _end_of(told: _Text, i: int) -> int:
    return next((q.last for q in told.quantities if q.first <= i <= q.last), i)


def _in_insertion(told: _Text, quantity: Quantity, i: int) -> bool:
    """Tell whether word `i` stands in an insertion opened by a comma after the amount."""
    for j in range(i - 1, quantity.last, -1):
        if told.lower(j) == ",":
            return _is_inserted(told, quantity, j)
    return False


def _by_flight(told: _Text, quantity: Quantity) -> str | None:
    """Return "displaced" for "forced 20,000 from their homes", "20,000 people were forced to flee"."""
    if _is_force_noun(told, quantity):
        return None
    right = [told.lower(i) for i in range(quantity.last + 1, min(quantity.last + 11, len(told.words)))]
    verb = told.lower(_before(told, quantity))
    driven = verb in ("forced", "forcing", "drove", "driven", "driving", "sent", "prompted", "caused") or bool(
        {"forced", "driven"} & set(right[:6])
    )
    away = "flee" in right or bool({"their", "homes", "home"} <= set(right)) or ("from" in right and "homes" in right)
    return "displaced" if driven and away else None


def _by_force(told: _Text, quantity: Quantity) -> str | None:
    """Return "troops" for "2,000 North Korean soldiers", "a 2,000-strong force", "a force of 2,000"."""
    if _is_force_noun(told, quantity):
        return (
            None if any(told.lower(_before(told, quantity)) in number_words()["verbs"][k] for k in KINDS) else "troops"
        )
    strong = [told.lower(i) for i in range(quantity.last + 1, quantity.last + 3)] == ["-", "strong"]
    strong = strong or told.lower(quantity.last + 1) == "-strong"
    i = quantity.first - 1
    return "troops" if strong or (told.lower(i) == "of" and told.lower(i - 1) in number_words()["force"]) else None


def _is_force_noun(told: _Text, quantity: Quantity) -> bool:
    noun = _noun(told, quantity)
    forces = number_words()["forces"]
    return any(w in forces for w in noun[:5])
