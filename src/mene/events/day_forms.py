"""How an event is told, as far as that says whether its day is meant: its form, its clause, the words around it."""

from collections.abc import Iterator

from mene.events.coded import CodedEvent
from mene.records import Sentence, Token
from mene.statements.grammar import child, children, clause_head

SPEECH = frozenset(("ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT", "AGREE", "CONSULT"))
"""Types done by speaking; the rest are acts."""

DEEP = 8
"""From this sentence on (the first is 0) an article mostly tells what came before."""

_DEFINITE = frozenset(("the", "this", "that", "these", "those"))
_INDEFINITE = frozenset(("a", "an", "another"))
_TENSES = (
    ("perfect", frozenset(("has", "have"))),
    ("past perfect", frozenset(("had",))),
    ("is", frozenset(("is", "are", "am"))),
    ("was", frozenset(("was", "were"))),
)
_CLAUSE_WORDS = frozenset("since also earlier repeatedly still already meanwhile later then again so".split())
_SENTENCE_WORDS = ("since", "so far", "in recent", "years", "war", "conflict", "began", "during")


def describe_form(one: CodedEvent) -> Iterator[str]:
    """Yield the signs of how an event is told: "planned", "a past", "the noun", "with since"."""
    event, sentence, token = one.event, one.sentence, one.word.token
    yield f"modality {event.modality}"
    yield f"kind {one.statement.kind}"
    yield f"type {event.type}"
    yield "speech" if event.type in SPEECH else "act"
    if event.background:
        yield "background"
    if sentence.index == 0:
        yield "first sentence"
    if sentence.index >= DEEP:
        yield "deep in the article"
    if event.numbers.killed is not None:
        yield "with a toll"
    named = sentence.tokens[token].upos in ("NOUN", "PROPN")
    yield from _noun(sentence, token) if named else _verb(sentence, token)
    yield from _words(sentence, token)


def form_of(one: CodedEvent) -> str:
    """Return the one sign of an event's noun or tense: "definite", "bare plural", "past", "perfect"."""
    sentence, token = one.sentence, one.word.token
    named = sentence.tokens[token].upos in ("NOUN", "PROPN")
    return _kind_of_noun(sentence, token) if named else _tense(sentence, token)


def clause_of(one: CodedEvent) -> str | None:
    """Return the tense of the clause that a noun stands in: "perfect" in "strikes have killed"."""
    return _clause_tense(one.sentence, one.word.token)


def _clause_tense(sentence: Sentence, token: int) -> str | None:
    head = clause_head(sentence, token)
    named = sentence.tokens[token].upos in ("NOUN", "PROPN")
    return _tense(sentence, head) if named and sentence.tokens[head].upos == "VERB" else None


def _noun(sentence: Sentence, token: int) -> Iterator[str]:
    yield "noun"
    yield _kind_of_noun(sentence, token)
    yield f"noun as {_relation(sentence.tokens[token])}"
    if (tense := _clause_tense(sentence, token)) is not None:
        yield f"noun of a clause, {tense}"
    case = child(sentence, token, "case")
    if case is not None:
        yield f"after {sentence.tokens[case].text.lower()}"


def _kind_of_noun(sentence: Sentence, token: int) -> str:
    determiner = child(sentence, token, "det")
    word = sentence.tokens[determiner].text.lower() if determiner is not None else ""
    if word in _DEFINITE:
        return "definite"
    if word in _INDEFINITE:
        return "indefinite"
    if child(sentence, token, "nmod:poss") is not None:
        return "possessed"
    told = sentence.tokens[token]
    plural = told.text.lower().endswith("s") and told.text.lower() != told.lemma.lower()
    return "bare plural" if plural else "bare"


def _verb(sentence: Sentence, token: int) -> Iterator[str]:
    yield f"verb as {_relation(sentence.tokens[token])}"
    yield _tense(sentence, token)
    if sentence.tokens[clause_head(sentence, token)].relation in ("acl:relcl", "advcl", "acl"):
        yield "in a clause below"


def _tense(sentence: Sentence, token: int) -> str:
    helpers = {
        sentence.tokens[c].text.lower()
        for c in children(sentence, token)
        if sentence.tokens[c].relation.startswith("aux") or sentence.tokens[c].relation == "cop"
    }
    for name, words in _TENSES:
        if helpers & words:
            return name
    word, lemma = sentence.tokens[token].text.lower(), sentence.tokens[token].lemma.lower()
    if word.endswith("ing"):
        return "-ing"
    mark = child(sentence, token, "mark")
    if mark is not None and sentence.tokens[mark].text.lower() == "to":
        return "to"
    return "present" if word in (lemma, f"{lemma}s", f"{lemma}es") else "past"


def _relation(token: Token) -> str:
    return token.relation.replace(":", " ")


def _words(sentence: Sentence, token: int) -> Iterator[str]:
    below = {*children(sentence, token), *children(sentence, clause_head(sentence, token))}
    near = {sentence.tokens[c].text.lower() for c in below}
    yield from (f"with {word}" for word in sorted(near & _CLAUSE_WORDS))
    text = f" {' '.join(t.text.lower() for t in sentence.tokens)} "
    yield from (f"sentence with {words}" for words in _SENTENCE_WORDS if f" {words} " in text)
