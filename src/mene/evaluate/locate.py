"""Where a phrase, given as words of its own, stands in a sentence."""

import re
from collections.abc import Sequence

_WORD = re.compile(r"\w+|[^\w\s]")


def split_words(text: str) -> list[str]:
    """Return the words and marks of `text`, coarsely, for comparing phrases.

    >>> split_words("the Syrian army's posts")
    ['the', 'Syrian', 'army', "'", 's', 'posts']
    """
    return _WORD.findall(text)


def find_phrase(words: Sequence[str], phrase: str) -> tuple[int, ...]:
    """Return the positions of the words of `words` that `phrase` covers, capitals and spacing aside.

    The first occurrence counts. A phrase that does not occur as it is gives the words it shares with the sentence,
    and all of the words where it shares none.

    >>> find_phrase(["The", "Syrian", "army", "fled", "."], "syrian army")
    (1, 2)
    """
    joined, owners = "", list[int]()
    for position, word in enumerate(words):
        letters = "".join(word.lower().split())
        joined += letters
        owners += [position] * len(letters)
    wanted = "".join(phrase.lower().split())
    # An occurrence begins where a word begins, so that "Iran" is not found inside "Tirana".
    start = next((at for at in _occurrences(joined, wanted) if at == 0 or owners[at] != owners[at - 1]), -1)
    if start >= 0:
        return tuple(sorted(set(owners[start : start + len(wanted)])))
    parts = {part.lower() for part in split_words(phrase) if part[0].isalnum()}
    shared = tuple(position for position, word in enumerate(words) if word.lower() in parts)
    return shared or tuple(range(len(words)))


def _occurrences(text: str, wanted: str) -> list[int]:
    return [match.start() for match in re.finditer(f"(?={re.escape(wanted)})", text)] if wanted else []
