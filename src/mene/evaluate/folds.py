"""Which fold a document or a sentence belongs to, so that training and scoring never share one.

Training leaves fold `HELD_OUT` out; the scorers read that fold alone, unless told to read all. The key is a document's
id where whole documents are kept apart, or the sentence's text where single sentences are.
"""

import hashlib

HELD_OUT = 0
FOLDS = 5


def normalised_key(key: str) -> str:
    """Return `key` as its letters and digits only, in lower case: copies that differ in spacing share a fold.

    >>> normalised_key("Rebels took Hama , he said .")
    'rebelstookhamahesaid'
    """
    return "".join(character for character in key.lower() if character.isalnum())


def fold(key: str, folds: int = FOLDS) -> int:
    """Return the fold of `key`, 0 to `folds` - 1: the SHA-256 of its letters and digits, modulo `folds`.

    >>> fold("Rebels took Hama.") == fold("rebels took Hama .")
    True
    """
    return int(hashlib.sha256(normalised_key(key).encode()).hexdigest(), 16) % folds


def is_held_out(key: str, folds: int = FOLDS) -> bool:
    """Return whether `key` lies in the fold that training leaves out.

    >>> {is_held_out(f"document {number}") for number in range(40)} == {True, False}
    True
    """
    return fold(key, folds) == HELD_OUT
