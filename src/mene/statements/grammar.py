"""Small questions to a sentence's dependency tree, shared by the stages that read it."""

from collections.abc import Iterator

from mene.records import Sentence, Span

SUBJECTS = frozenset(("nsubj", "nsubj:pass", "csubj", "nsubj:outer"))
COMPLEMENTS = frozenset(("ccomp", "xcomp"))
CLAUSES = frozenset(("ccomp", "xcomp", "advcl", "acl", "acl:relcl", "advcl:relcl", "parataxis", "conj", "csubj"))
NEGATIONS = frozenset(
    "not n't n’t never cant dont doesnt didnt isnt arent wasnt werent hasnt havent hadnt wont wouldnt couldnt"
    " shouldnt".split()
)
"""Words that negate; scraped texts have lost their apostrophes."""


def children(sentence: Sentence, token: int) -> Iterator[int]:
    """Yield the dependents of `token`, left to right."""
    return (i for i, t in enumerate(sentence.tokens) if t.head == token)


def child(sentence: Sentence, token: int, *relations: str) -> int | None:
    """Return the first dependent of `token` with one of `relations`, or None."""
    for i, t in enumerate(sentence.tokens):  # asked a thousand times an article: no generator in a generator
        if t.head == token and t.relation in relations:
            return i
    return None


def ancestors(sentence: Sentence, token: int) -> Iterator[int]:
    """Yield the head of `token`, its head and so on up to the root."""
    seen = 0
    node = sentence.tokens[token].head
    while node >= 0 and seen <= len(sentence.tokens):
        yield node
        node = sentence.tokens[node].head
        seen += 1


def subtree(sentence: Sentence, token: int, without: int | None = None) -> list[int]:
    """Return the tokens below `token` and itself, in order, without the branch that starts at `without`."""
    kept = []
    for i in range(len(sentence.tokens)):
        if i == token:
            kept.append(i)
            continue
        if i == without:
            continue
        for node in ancestors(sentence, i):
            if node == without:
                break
            if node == token:
                kept.append(i)
                break
    return kept


def subject(sentence: Sentence, verb: int) -> int | None:
    """Return the subject of a verb: its own, or that of the verb it is joined to or governed by.

    "rebels entered and took Hama" gives "rebels" for "took"; "rebels want to take Hama" for "take"; in "the man who
    left", the antecedent for "left".
    """
    node: int | None = verb
    for _ in range(4):
        if node is None:
            return None
        found = _own_subject(sentence, node)
        token = sentence.tokens[node]
        if found is not None:
            if token.relation == "acl:relcl" and sentence.tokens[found].lemma.lower() in ("who", "that", "which"):
                return token.head if token.head >= 0 else found
            return found
        if token.relation == "acl" and token.head >= 0:
            predicate = child(sentence, token.head, "cop") is not None
            return child(sentence, token.head, *SUBJECTS) if predicate else token.head
        if (controller := _controller(sentence, node)) is not None:
            return controller
        node = token.head if token.relation in ("conj", "xcomp", "advcl", "parataxis", "ccomp") else None
        node = None if node is not None and node < 0 else node
    return None


def _own_subject(sentence: Sentence, verb: int) -> int | None:
    """Return the subject that the tree hangs at a verb; of several the last before it: "among the dead was a general
    the monitor said". One between commas is in apposition to the first."""
    found = [c for c in children(sentence, verb) if sentence.tokens[c].relation in ("nsubj", "nsubj:pass", "csubj")]
    before = [c for c in found if c < verb and not (c != found[0] and sentence.tokens[c + 1].text == ",")]
    return before[-1] if before else found[0] if found else child(sentence, verb, *SUBJECTS)


_BLAMING = frozenset("accuse blame suspect condemn criticise criticize praise thank charge convict denounce".split())


def _controller(sentence: Sentence, verb: int) -> int | None:
    """Return the object that acts in a complement: "urged Rwanda to stop", "accused the emirate of arming them".

    So does a subject that the tree hangs at the governing verb: "demanded that Iraq withdraw".
    """
    token = sentence.tokens[verb]
    if token.relation in ("xcomp", "ccomp") and token.head >= 0:
        between = [i for i in children(sentence, token.head) if token.head < i < verb]
        late = [i for i in between if sentence.tokens[i].relation in ("nsubj", "nsubj:pass")]
        if late and child(sentence, token.head, "obj", "iobj") is None and sentence.tokens[verb].upos == "VERB":
            return late[-1]
    if token.head < 0 or token.relation not in ("xcomp", "advcl", "acl", "ccomp"):
        return None
    if token.relation != "xcomp" and sentence.tokens[token.head].lemma.lower() not in _BLAMING:
        return None
    if token.relation == "advcl" and child(sentence, verb, "mark", "case") is None:
        return None  # "condemned the attack, saying": whoever condemned
    found = child(sentence, token.head, "obj", "iobj")
    return found if found is not None and found < verb and sentence.tokens[token.head].upos == "VERB" else None


def clause_head(sentence: Sentence, token: int) -> int:
    """Return the predicate of the clause that `token` stands in; for a noun, the verb it depends on."""
    node = token
    for _ in range(12):
        t = sentence.tokens[node]
        if (
            t.head < 0
            or (t.upos in ("VERB", "AUX") and node != token)
            or t.relation.split(":")[0]
            in (
                "ccomp",
                "advcl",
                "parataxis",
            )
        ):
            return node
        if t.upos in ("VERB", "AUX") and t.relation not in ("amod", "aux", "cop", "compound"):
            return node
        node = t.head
    return node


def head_of(sentence: Sentence, first: int, last: int) -> int:
    """Return the token of [first, last] whose head lies outside it, a noun rather than a mark where there is one."""
    outside = [i for i in range(first, last + 1) if not first <= sentence.tokens[i].head <= last]
    nominal = [i for i in outside if sentence.tokens[i].upos in ("NOUN", "PROPN", "PRON", "NUM", "VERB", "ADJ")]
    return (nominal or outside or [first])[0]


def text_of(text: str, sentence: Sentence, first: int, last: int) -> str:
    """Return the words of tokens [first, last] as they stand in the article."""
    return text[sentence.tokens[first].start : sentence.tokens[last].end]


def overlaps(a: Span, b: Span) -> bool:
    """Tell whether two spans share a token."""
    return a.first <= b.last and b.first <= a.last


def trimmed(sentence: Sentence, first: int, last: int, marks: str = ",;:.—–-“”\"‘’'()") -> tuple[int, int]:
    """Return [first, last] without the punctuation at its ends."""
    while first < last and sentence.tokens[first].text in marks:
        first += 1
    while last > first and sentence.tokens[last].text in marks:
        last -= 1
    return first, last
