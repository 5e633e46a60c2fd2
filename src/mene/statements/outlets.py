"""Outlets as an article names them: by the whole name, by its end ("the Times"), as what they are ("the agency")."""

from collections.abc import Iterator
from functools import lru_cache

from mene.articles.names import is_agency, words_of
from mene.codebook import Codebook
from mene.records import Analysis, Sentence, Source
from mene.statements.context import Context
from mene.statements.saying import Run

DESCRIBED = frozenset("agency newspaper paper daily weekly magazine channel broadcaster station network".split())
"""What an outlet told of before is called with "the"."""

LONGEST_NAME = 4
"""So many words at most stand before the last one of an outlet's name."""

_Named = tuple[tuple[int, str], ...]
"""Names of outlets, each with the character at which the article first gives it; what it is headed with is at -1."""


def outlet_of(codebook: Codebook, name: str) -> Source:
    """Return an outlet by its whole name: "The Irrawaddy Bend Observer" is not The Irrawaddy."""
    if "(@" in name:
        return Source(name, "social account")
    words = name.split()
    for match in codebook.match(words):
        whole = match.last == len(words) - 1 and (match.first == 0 or words[: match.first] in (["The"], ["the"]))
        if match.kind == "outlet" and whole:
            outlet = codebook.outlets[match.ids[0]]
            return Source(outlet.name, outlet.kind, None, outlet.side or outlet.id)
    return Source(name, "outlet")


def find_outlet(context: Context, sentence: Sentence, run: Run) -> Source | None:
    """Return the outlet that tokens `run` name, by its whole name in the article, or None where they name none."""
    words = [token.text for token in sentence.tokens[run[0] : run[1] + 1]]
    definite = words[0].lower() == "the" and len(words) > 1
    name = words[1:] if definite else words
    if len(name) > 1 and name[-1] in DESCRIBED:  # "the Levant Wire agency"
        name = name[:-1]
    evidence = context.evidence(sentence, *run)
    known = _outlets_in(context.analysis)
    if len(name) == 1 and definite and name[0] in DESCRIBED:
        own = context.analysis.article.publisher
        before = [one for at, one in known if at < evidence.start and one != own]
        return _as_source(context, sentence, run, before[-1]) if before else None
    if not reads_as_outlet(" ".join(name), alone=definite):
        return None
    whole = next((one for _, one in known if _ends_with(one, name)), " ".join(name))
    return _as_source(context, sentence, run, whole)


def reads_as_outlet(name: str, *, alone: bool = False) -> bool:
    """Tell whether a name is made as those of outlets are; a single such word only where it is `alone` with "the".

    >>> reads_as_outlet("Levant Wire"), reads_as_outlet("Federal Security Service"), reads_as_outlet("Post")
    (True, False, False)
    """
    words = name.split()
    if not all(word[:1].isupper() or word in ("of", "the", "and") for word in words):
        return False
    if not words or not words_of("papers").fullmatch(words[-1]):
        return is_agency(name)
    return len(words) > 1 or alone


def _as_source(context: Context, sentence: Sentence, run: Run, name: str) -> Source:
    found = outlet_of(context.codebook, name)
    return Source(found.name, found.kind, found.role, found.actor_id, context.evidence(sentence, *run))


@lru_cache(maxsize=4)
def _outlets_in(analysis: Analysis) -> _Named:
    """Return the outlets that an article is headed with or names in full, in order."""
    article = analysis.article
    headed = [(-1, name) for name in (article.publisher, article.taken_from, *article.credits) if name]
    return (*headed, *_named_in(analysis))


def _named_in(analysis: Analysis) -> Iterator[tuple[int, str]]:
    text = analysis.article.text
    for sentence in analysis.sentences:
        for last, token in enumerate(sentence.tokens):
            first = last
            if not words_of("papers").fullmatch(token.text):
                continue
            while first and sentence.tokens[first - 1].upos == "PROPN" and last - first < LONGEST_NAME:
                first -= 1
            if first < last:
                yield sentence.tokens[first].start, text[sentence.tokens[first].start : token.end]


def _ends_with(whole: str, words: list[str]) -> bool:
    """Tell whether a name is another's end: "the Times" is the Larkham Times."""
    parts = whole.casefold().split()
    return parts[-len(words) :] == [word.casefold() for word in words]
