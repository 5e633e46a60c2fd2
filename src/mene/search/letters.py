"""Words as search compares them: without case, accents, vowel signs and other marks, in any script."""

import re
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

_ALIKE = {"ı": "i", "ł": "l", "ø": "o", "đ": "d", "ħ": "h"}
"""Letters with a stroke or without a dot, which Unicode does not take apart."""

_SILENT = frozenset("ʻʼʽʾʿˈـ")
"""Signs of transliteration, which are written or left out at will, and the stretching of Arabic letters."""

_REMEMBERED = 50_000
"""Letters kept folded: more than any corpus has, and a bound for a text made of all there are."""

_WORD = re.compile(r"[^\W_]+")


class _Folds(dict[int, str]):
    """What each letter is folded into, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = _fold_letter(chr(code))
        if len(self) < _REMEMBERED:
            self[code] = folded
        return folded


def _fold_letter(letter: str) -> str:
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", letter).casefold())
    kept = (one for one in apart if unicodedata.category(one) != "Mn" and one not in _SILENT)
    return "".join(_ALIKE.get(one, one) for one in kept)


_FOLDS = _Folds()


class Word(NamedTuple):
    """A word of a text: folded, and where it stands, [start, end) in characters."""

    folded: str
    start: int
    end: int


def fold(text: str) -> str:
    """Return a text as its words are compared.

    >>> fold("Ḥamāh, Łódź, مُحَمَّد, Хомс")
    'hamah, lodz, محمد, хомс'
    """
    return text.lower() if text.isascii() else text.translate(_FOLDS)


def plain(text: str) -> str:
    """Return the folded words of a text, one blank between them; "" where it has none.

    >>> plain("  al-Ḥasaka's  «north» ")
    'al hasaka s north'
    """
    return " ".join(_WORD.findall(fold(text)))


def find_words(text: str) -> Iterator[Word]:
    """Yield the words of a text with their places in it as it is written.

    >>> list(find_words("in Dêrik"))
    [Word(folded='in', start=0, end=2), Word(folded='derik', start=3, end=8)]
    """
    folded = fold(text)
    if text.isascii():
        yield from (Word(match[0], match.start(), match.end()) for match in _WORD.finditer(folded))
        return
    written = [at for at, letter in enumerate(text) for _ in _FOLDS[ord(letter)]]
    for match in _WORD.finditer(folded):
        last = written[match.end() - 1] + 1
        while last < len(text) and not _FOLDS[ord(text[last])]:  # marks belong to the letter before them
            last += 1
        yield Word(match[0], written[match.start()], last)
