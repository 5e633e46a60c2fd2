"""Place mentions in raw text as the reader finds them, for scoring places end to end."""

from collections.abc import Callable

from mene.evaluate.documents import split_text
from mene.evaluate.protocol import WordReader
from mene.gazetteer.phrases import Mention

BESIDE = 60
"""Characters of text on either side of a mention, as the gazetteer's `Mention` has them."""


def mention_finder(reader: WordReader) -> Callable[[str], list[Mention]]:
    """Return a function from a text to the place names that the reader finds in it, in order."""

    def find_mentions(text: str) -> list[Mention]:
        sentences = split_text(text)
        readings = reader.read_words([sentence.words for sentence in sentences])
        spans = [
            (sentence.spans[name.first][0], sentence.spans[name.last][1])
            for sentence, reading in zip(sentences, readings, strict=True)
            for name in reading.names
            if name.label == "LOC"
        ]
        return [
            Mention(text[start:end], start, end, text[max(0, start - BESIDE) : start], text[end : end + BESIDE])
            for start, end in spans
        ]

    return find_mentions
