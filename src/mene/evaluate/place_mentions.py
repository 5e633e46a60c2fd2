"""Place mentions in raw text as the reader and the gazetteer find them, for scoring places end to end."""

from collections.abc import Callable, Iterator

from mene.evaluate.documents import Words, split_text
from mene.evaluate.protocol import WordReader, WordsReading
from mene.gazetteer.countries import is_demonym
from mene.gazetteer.index import Gazetteer, open_gazetteer
from mene.gazetteer.inside import find_inside
from mene.gazetteer.phrases import Mention

BESIDE = 60
"""Characters of text on either side of a mention, as the gazetteer's `Mention` has them."""

Run = tuple[int, int]


def mention_finder(reader: WordReader, gazetteer: Gazetteer | None = None) -> Callable[[str], list[Mention]]:
    """Return a function from a text to the mentions of places in it, in order.

    They are the reader's place names, places inside its names of bodies, and adjectives of nationality, which the
    annotations count.
    """
    index = gazetteer or open_gazetteer()

    def find_mentions(text: str) -> list[Mention]:
        sentences = split_text(text)
        readings = reader.read_words([sentence.words for sentence in sentences])
        spans = [
            (sentence.spans[first][0], sentence.spans[last][1])
            for sentence, reading in zip(sentences, readings, strict=True)
            for first, last in sorted(_runs(sentence, reading, index))
        ]
        return [
            Mention(text[start:end], start, end, text[max(0, start - BESIDE) : start], text[end : end + BESIDE])
            for start, end in spans
        ]

    return find_mentions


def _runs(sentence: Words, reading: WordsReading, gazetteer: Gazetteer) -> Iterator[Run]:
    named = [(name.first, name.last) for name in reading.names if name.label == "LOC"]
    for name in reading.names:
        if name.label == "ORG":
            named += find_inside(sentence.words, name.first, name.last, gazetteer)
    yield from named
    taken = {i for first, last in named for i in range(first, last + 1)}
    yield from (
        (i, i) for i, word in enumerate(sentence.words) if i not in taken and word[:1].isupper() and is_demonym(word)
    )
