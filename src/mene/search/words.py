"""What a user types as words to look for, as it is asked of FTS5; and the words found, marked in a text.

Words must all be there, "a phrase" in its order, prefix* stands for all words that begin so, and -without excludes.
Nothing of what is typed reaches FTS5 but its folded words, each in quotation marks, so no text is bad syntax.
"""

import re
from dataclasses import dataclass

from mene.errors import InputError
from mene.search.letters import Word, find_words, plain

LONGEST = 400
"""Characters of words, or of another filter; a sentence of thirty words has about 200."""

SHORTEST_PREFIX = 2
"""Letters before a *: the index has prefixes of two letters and three; one letter begins too many words."""

NEAR = 10
"""Words that may stand between those that count as near each other."""

SNIPPET = 320
"""Characters of a statement shown; longer ones are cut around the first words found."""

_LEAD = 80
"""Characters shown before the first words found, where a text is cut."""

_TYPED = re.compile(r"""(?P<without>-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>[^\s"*]+))(?P<prefix>\*)?""")


@dataclass(frozen=True, slots=True)
class Term:
    """Folded words in their order; with `is_prefix` the last is the beginning of a word."""

    words: tuple[str, ...]
    is_prefix: bool = False

    def fts(self) -> str:
        """Return the term as FTS5 takes it."""
        return " + ".join(f'"{word}"' for word in self.words) + (" *" if self.is_prefix else "")

    def matches(self, words: list[Word], at: int) -> bool:
        """Tell whether the term stands in a text at the word with this number."""
        if not words[at].folded.startswith(self.words[0]):  # settles it for nearly all
            return False
        there = tuple(word.folded for word in words[at : at + len(self.words)])
        if not self.is_prefix:
            return there == self.words
        return len(there) == len(self.words) and there[:-1] == self.words[:-1] and there[-1].startswith(self.words[-1])


@dataclass(frozen=True, slots=True)
class Sought:
    """The terms that must all be there, and those of which none may be."""

    terms: tuple[Term, ...] = ()
    without: tuple[Term, ...] = ()

    def bands(self) -> tuple[str, ...]:
        """Return what is asked of FTS5, the most relevant first; each statement that matches is in one band alone.

        In a row in the statement; near each other; all in the statement; some in the article's title only. Unlike a
        score by the rarity of words, a band stays what it is when other statements come in, and a page of it needs no
        look at all others that match.
        """
        if not self.terms:
            return ()
        everywhere = _all(self.terms)
        widening = [f"{{text}} : ({everywhere})", everywhere]
        if len(self.terms) > 1:
            distance = NEAR + sum(len(term.words) for term in self.terms)
            widening.insert(0, f"{{text}} : (NEAR({' '.join(term.fts() for term in self.terms)}, {distance}))")
            if not any(term.is_prefix for term in self.terms[:-1]):
                in_a_row = Term(tuple(word for term in self.terms for word in term.words), self.terms[-1].is_prefix)
                widening.insert(0, f"{{text}} : ({in_a_row.fts()})")
        narrower = ["", *widening]
        return tuple(
            _without(wider, [*([narrow] if narrow else []), *self.excluded])
            for narrow, wider in zip(narrower, widening, strict=False)
        )

    def everywhere(self) -> str:
        """Return what is asked of FTS5 for all that match; "" where there is no word that must be there."""
        return _without(_all(self.terms), self.excluded) if self.terms else ""

    @property
    def excluded(self) -> list[str]:
        """What is asked of FTS5 for each term that may not be there."""
        return [term.fts() for term in self.without]


def _all(terms: tuple[Term, ...]) -> str:
    return " AND ".join(f"({term.fts()})" for term in terms)


def _without(expression: str, excluded: list[str]) -> str:
    return f"({expression})" + "".join(f" NOT ({one})" for one in excluded)


def read_words(text: str) -> Sought:
    """Return what is sought by what a user typed. Raises `InputError` where nothing of it is a word.

    >>> read_words('captur* "eastern Ghouta" -opinion')  # doctest: +NORMALIZE_WHITESPACE
    Sought(terms=(Term(words=('captur',), is_prefix=True), Term(words=('eastern', 'ghouta'), is_prefix=False)),
           without=(Term(words=('opinion',), is_prefix=False),))
    """
    check_text("the words", text)
    terms: list[Term] = []
    without: list[Term] = []
    for match in _TYPED.finditer(text):
        words = tuple(plain(match["phrase"] or match["word"] or "").split())
        if words:
            term = Term(words, bool(match["prefix"]))
            if term.is_prefix and len(words[-1]) < SHORTEST_PREFIX:
                raise InputError(f"{words[-1]}* would be nearly all words: give at least two letters before the *")
            (without if match["without"] else terms).append(term)
    if text.strip() and not terms and not without:
        raise InputError(f"there is no word to look for in {text.strip()!r}: give letters or digits")
    return Sought(tuple(dict.fromkeys(terms)), tuple(dict.fromkeys(without)))


def check_text(what: str, text: str) -> None:
    """Raise `InputError` where a text is longer than what is looked for, or has halves of letters."""
    if any("\ud800" <= letter <= "\udfff" for letter in text):
        raise InputError(f"{what} to look for cannot be read as text: type them again, in UTF-8")
    if len(text) > LONGEST:
        raise InputError(f"{what} to look for have {len(text)} characters: give at most {LONGEST}")


def mark(text: str, sought: Sought) -> tuple[tuple[str, bool], ...]:
    """Return a text in pieces, each with whether it is what was sought; a long one is cut, with "…" where.

    >>> mark("The army left Ḥamāh.", read_words("hama* left"))
    (('The army ', False), ('left', True), (' ', False), ('Ḥamāh', True), ('.', False))
    """
    spans = _spans(text, sought)
    first, last = _window(text, spans)
    pieces: list[tuple[str, bool]] = [("…", False)] if first else []
    at = first
    for start, end in spans:
        if end > last or start < at:
            continue
        pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    pieces += [(text[at:last], False), ("…" if last < len(text) else "", False)]
    return tuple((piece, found) for piece, found in pieces if piece)


def _spans(text: str, sought: Sought) -> list[tuple[int, int]]:
    """Return where the terms stand in a text, those that overlap as one."""
    words = list(find_words(text)) if sought.terms else []
    found = [
        (words[at].start, words[at + len(term.words) - 1].end)
        for at in range(len(words))
        for term in sought.terms
        if term.matches(words, at)
    ]
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _window(text: str, spans: list[tuple[int, int]]) -> tuple[int, int]:
    """Return which part of a text is shown, cut at blanks where there are any."""
    if len(text) <= SNIPPET:
        return 0, len(text)
    first = max(0, min((spans[0][0] if spans else 0) - _LEAD, len(text) - SNIPPET))
    if first:
        blank = text.find(" ", first, first + _LEAD)
        first = blank + 1 if blank >= 0 else first
    last = min(len(text), first + SNIPPET)
    if last < len(text):
        blank = text.rfind(" ", last - _LEAD, last)
        last = blank if blank >= 0 else last
    return first, last
