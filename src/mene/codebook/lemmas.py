"""Lemmas of English words by a table of irregular forms and spelling rules.

The part of speech is the Universal Dependencies tag: "left" is leave as a VERB and left as an ADJ.
"""

from functools import lru_cache

from mene.codebook.load import read_rows

_VOWELS = frozenset("aeiou")
_KEEP_DOUBLE = ("ll", "ss", "ff", "zz")
_SINGLE_L = frozenset(
    (
        *("cancel", "channel", "compel", "control", "counsel", "dial", "dispel", "equal", "excel", "expel", "fuel"),
        *("label", "level", "marshal", "model", "panel", "patrol", "propel", "quarrel", "rebel", "repel", "rival"),
        *("signal", "total", "travel", "tunnel"),
    )
)
_S_STAYS = ("ss", "us", "is")
_MEN_STAYS = ("women", "regimen", "specimen", "abdomen", "acumen", "turkmen")
_VERB_LIKE = frozenset(("VERB", "AUX"))
_NOUN_LIKE = frozenset(("NOUN", "PROPN"))


@lru_cache(maxsize=1)
def _irregular() -> dict[tuple[str, str], str]:
    return {(row["form"], row["upos"]): row["lemma"] for row in read_rows("lemmas.csv")}


@lru_cache(maxsize=1)
def _silent_e() -> frozenset[str]:
    return frozenset(row["verb"] for row in read_rows("silent_e.csv"))


@lru_cache(maxsize=100_000)
def lemmatise(word: str, upos: str) -> str:
    """Return the lemma of `word` read as `upos`, in lower case except for proper nouns.

    >>> lemmatise("withdrew", "VERB"), lemmatise("carrying", "VERB"), lemmatise("cities", "NOUN")
    ('withdraw', 'carry', 'city')
    """
    if upos == "PROPN":
        return word
    lowered = word.lower().replace("’", "'")
    kind = "VERB" if upos in _VERB_LIKE else upos
    known = _irregular().get((lowered, kind))
    if known is not None:
        return known
    if kind == "VERB":
        return _verb_lemma(lowered)
    if kind == "NOUN":
        return _singular(lowered)
    return lowered


def _singular(word: str) -> str:
    if word.endswith("men") and len(word) > 5 and not word.endswith(_MEN_STAYS):
        return word[:-3] + "man"
    if len(word) < 4 or not word.endswith("s") or word.endswith(_S_STAYS):
        return word
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes")):
        return word[:-2]
    return word[:-1]


def _verb_lemma(word: str) -> str:
    if word.endswith("ing") and len(word) > 4 and _has_vowel(word[:-3]):
        return _base(word[:-3])
    if word.endswith("ied") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith("eed"):
        return word
    if word.endswith("ed") and len(word) > 3 and _has_vowel(word[:-2]):
        return _base(word[:-2])
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zzes", "oes")):
        return word[:-2]
    if word.endswith("s") and len(word) > 3 and not word.endswith(_S_STAYS):
        return word[:-1]
    return word


def _has_vowel(text: str) -> bool:
    return any(letter in "aeiouy" for letter in text)


def _base(stem: str) -> str:
    """Return the base form of a verb from its stem before -ed or -ing: "seiz" is seize, "stopp" is stop."""
    if len(stem) > 2 and stem[-1] == stem[-2] and stem[-1] not in _VOWELS:
        undoubled = stem[:-1]
        return stem if stem.endswith(_KEEP_DOUBLE) and undoubled not in _SINGLE_L else undoubled
    return stem + "e" if _needs_e(stem) else stem


def _needs_e(stem: str) -> bool:
    """Return whether a silent e was dropped: by the ending, or because the table lists the verb."""
    if stem + "e" in _silent_e():
        return True
    if stem.endswith(("v", "c", "u", "dg", "rg", "bl", "cl", "dl", "fl", "gl", "kl", "pl", "sl", "tl", "zl")):
        return True
    if stem.endswith(("z", "s")):
        return not stem.endswith(("zz", "ss", "quiz", "focus", "canvas", "bias"))
    return stem.endswith("at") and not stem.endswith(("eat", "oat", "hat", "mbat", "rmat"))
