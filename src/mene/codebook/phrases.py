"""Finding phrases of the codebook in tokens: whole tokens only, the longest first, never substrings.

Names are compared after `split_name`: without accents, apostrophes and hyphens, the Arabic article in one form, but
with their capitals kept, so that "IS" is the group and "is" the verb.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Generic as TypingGeneric
from typing import TypeVar

from mene.codebook.lemmas import lemmatise

_Entry = TypeVar("_Entry")

_ARTICLE_FORMS = frozenset(("al", "el", "ul", "as", "ash", "an", "ar", "at", "ad", "az", "adh", "ath"))
_APOSTROPHES = str.maketrans("", "", "'’‘ʼʿʾ`´")
_SKIPPED = frozenset(("the", "a", "an", "its", "their", "his", "her", "our", "'s", "’s"))
_DOTTED = re.compile(r"(?:\w\.)+\w?\.?$")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s?$")


@lru_cache(maxsize=200_000)
def split_name(token: str) -> tuple[str, ...]:
    """Return the parts of a name's token as they are compared; a lone hyphen has none.

    >>> split_name("Hay'at"), split_name("al-Assad"), split_name("U.S."), split_name("Syria's"), split_name("-")
    (('Hayat',), ('al', 'Assad'), ('US',), ('Syria',), ())
    """
    if token in ("-", "‑"):
        return ()
    if token in ("'s", "’s", "'", "’"):
        return ("'s",)
    word = _POSSESSIVE.sub("", token).translate(_APOSTROPHES)
    if not word.isascii():
        word = "".join(c for c in unicodedata.normalize("NFKD", word) if not unicodedata.combining(c))
    if _DOTTED.match(word):
        word = word.replace(".", "")
    parts = [part for part in re.split(r"[-‑]", word) if part]
    for index, part in enumerate(parts[:-1]):
        if part.lower() in _ARTICLE_FORMS:
            parts[index] = "al"
    if len(parts) == 1 and parts[0].lower() in ("al", "el"):
        return ("al",)
    return tuple(parts) or (token,)


@cache
def name_key(name: str) -> tuple[str, ...]:
    """Return the comparable parts of a whole name, without a leading "the".

    >>> name_key("Hay'at Tahrir al-Sham") == name_key("Hayat Tahrir Al Sham")
    True
    """
    words = name.split()
    if len(words) > 1 and words[0].lower() == "the":
        words = words[1:]
    return tuple(part for word in words for part in split_name(word))


def _part_possessives(name: str) -> str:
    """Return a name with its inner possessives as the reader's tokens have them: "People 's Protection Units"."""
    return re.sub(r"(?<=\w)(['’]s) ", r" \1 ", name)


@dataclass(frozen=True, slots=True)
class Parts:
    """Tokens split into comparable parts, each with the token it comes from."""

    words: list[str]
    lowered: list[str]
    owner: list[int]
    starts: list[bool]
    ends: list[bool]


def split_tokens(tokens: Sequence[str]) -> Parts:
    """Return the comparable parts of `tokens`; an article before a lone hyphen ("ash", "-", "Sham") becomes "al"."""
    words: list[str] = []
    owner: list[int] = []
    starts: list[bool] = []
    ends: list[bool] = []
    last = len(tokens) - 1
    for index, token in enumerate(tokens):
        parts = split_name(token)
        if index < last and len(parts) == 1 and parts[0].lower() in _ARTICLE_FORMS and tokens[index + 1] in ("-", "‑"):
            parts = ("al",)
        final = len(parts) - 1
        for position, part in enumerate(parts):
            words.append(part)
            owner.append(index)
            starts.append(position == 0)
            ends.append(position == final)
    return Parts(words, [word.lower() for word in words], owner, starts, ends)


def is_acronym(word: str) -> bool:
    """Return whether a word of a name is written in capitals throughout ("HTS", "M23"), so that case decides."""
    return len(word) > 1 and word.isupper()


def fits_case(name: str, word: str) -> bool:
    """Return whether `word` may stand for `name`: acronyms exactly, names with a capital, plain words either way.

    >>> fits_case("IS", "is"), fits_case("Turkey", "turkey"), fits_case("Turkey", "TURKEY"), fits_case("army", "Army")
    (False, False, True, True)
    """
    if is_acronym(name):
        return word == name
    return word[:1].isupper() if name[:1].isupper() else True


class NameTable(TypingGeneric[_Entry]):
    """Names by their first word, the longest first; `find` gives the longest one at a position."""

    def __init__(self, names: Iterable[tuple[str, _Entry]]) -> None:
        self._by_first: dict[str, list[tuple[tuple[str, ...], tuple[str, ...], list[_Entry]]]] = {}
        known: dict[tuple[str, ...], list[_Entry]] = {}
        for name, entry in names:
            for key in dict.fromkeys((name_key(name), name_key(_part_possessives(name)))):
                if key in known:
                    known[key].append(entry)
                    continue
                known[key] = [entry]
                lowered = tuple(part.lower() for part in key)
                self._by_first.setdefault(lowered[0], []).append((key, lowered, known[key]))
        for candidates in self._by_first.values():
            candidates.sort(key=lambda item: -len(item[0]))

    def find(self, parts: Parts, start: int) -> tuple[int, list[_Entry]] | None:
        """Return the end (exclusive, in parts) and the entries of the longest name that begins at `start`.

        Names that differ in capitals only ("Is", "IS") are separate; those that fit are joined.
        """
        candidates = self._by_first.get(parts.lowered[start])
        if candidates is None or not parts.starts[start]:
            return None
        found: list[_Entry] = []
        end = 0
        for key, lowered, entries in candidates:
            if found and len(key) < end - start:
                break
            stop = start + len(key)
            if stop > len(parts.words) or not parts.ends[stop - 1]:
                continue
            if len(key) > 1 and tuple(parts.lowered[start:stop]) != lowered:
                continue
            if all(map(fits_case, key, parts.words[start:stop])):
                found.extend(entries)
                end = stop
        return (end, found) if found else None


@dataclass(frozen=True, slots=True)
class Found(TypingGeneric[_Entry]):
    """Lemmas [first, last], inclusive, that are a phrase, and its entries."""

    first: int
    last: int
    entries: tuple[_Entry, ...]


class PhraseTable(TypingGeneric[_Entry]):
    """Lower-case lemma phrases by their first word; a phrase "-hating" stands for any compound that ends so.

    Articles and possessives inside a phrase are skipped: "lift siege" is found in "lift the siege".
    """

    def __init__(self, phrases: Iterable[tuple[str, _Entry]]) -> None:
        self._exact: dict[tuple[str, ...], list[_Entry]] = {}
        self._suffixes: dict[str, list[_Entry]] = {}
        self._lengths: dict[str, list[int]] = {}
        for phrase, entry in phrases:
            if phrase.startswith("-"):
                self._suffixes.setdefault(phrase[1:].lower(), []).append(entry)
                continue
            key = _phrase_key(phrase)
            for spelled in {key, _lemma_key(key)} if len(key) > 1 else {key}:
                self._add(spelled, entry)

    def _add(self, key: tuple[str, ...], entry: _Entry) -> None:
        self._exact.setdefault(key, []).append(entry)
        lengths = self._lengths.setdefault(key[0], [])
        if len(key) not in lengths:
            lengths.append(len(key))
            lengths.sort(reverse=True)

    def get(self, phrase: str) -> tuple[_Entry, ...]:
        """Return the entries of exactly this phrase."""
        return tuple(self._exact.get(_phrase_key(phrase), ()))

    def find(self, lemmas: Sequence[str]) -> list[Found[_Entry]]:
        """Return the longest phrases, left to right, without overlap."""
        kept = [index for index, lemma in enumerate(lemmas) if lemma.lower() not in _SKIPPED]
        words = [lemmas[index].lower() for index in kept]
        found: list[Found[_Entry]] = []
        index = 0
        while index < len(words):
            hit = self._at(words, index) or self._suffix_at(words, index)
            if hit is not None:
                found.append(Found(kept[hit.first], kept[hit.last], hit.entries))
            index = index + 1 if hit is None else hit.last + 1
        return found

    def _at(self, words: list[str], index: int) -> Found[_Entry] | None:
        for length in self._lengths.get(words[index], ()):
            entries = self._exact.get(tuple(words[index : index + length]))
            if entries and index + length <= len(words):
                return Found(index, index + length - 1, tuple(entries))
        return None

    def _suffix_at(self, words: list[str], index: int) -> Found[_Entry] | None:
        if index + 2 < len(words) and words[index + 1] in ("-", "‑") and words[index + 2] in self._suffixes:
            return Found(index, index + 2, tuple(self._suffixes[words[index + 2]]))
        head, hyphen, tail = words[index].rpartition("-")
        if head and hyphen and tail in self._suffixes:
            return Found(index, index, tuple(self._suffixes[tail]))
        return None


def _phrase_key(phrase: str) -> tuple[str, ...]:
    """Return the phrase's words without articles and possessives, hyphens standing alone as in the reader's tokens."""
    words = re.sub(r"(?<=\w)([-‑])(?=\w)", r" \1 ", phrase.lower()).split()
    return tuple(word for word in words if word not in _SKIPPED) or tuple(words)


def _lemma_key(key: tuple[str, ...]) -> tuple[str, ...]:
    """Return the phrase's words as verbs' lemmas: a tagger may give "according to" as "accord to"."""
    return tuple(lemmatise(word, "VERB") for word in key)
