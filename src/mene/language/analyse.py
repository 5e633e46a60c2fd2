"""`analyse`: the one call of stage 2."""

from dataclasses import dataclass

from mene.codebook.lemmas import lemmatise
from mene.language.reader import Reader, WordsReading
from mene.language.references import find_references
from mene.language.tokenise import WordSpan, cut_long, find_sentences, find_words
from mene.records import Analysis, Article, Sentence, Token


@dataclass(frozen=True, slots=True)
class _Piece:
    block: int
    words: list[WordSpan]


def analyse(article: Article, reader: Reader) -> Analysis:
    """Return the article's sentences as the reader sees them, in reading order.

    Sentences never cross a block; ones of over `MAX_SENTENCE_WORDS` words come in pieces.
    """
    pieces = [
        _Piece(number, words)
        for number, block in enumerate(article.blocks)
        for start, end in find_sentences(article.text, block.start, block.end)
        for words in cut_long(find_words(article.text, start, end), article.text)
    ]
    readings = reader.read_words([[article.text[a:b] for a, b in piece.words] for piece in pieces])
    sentences = tuple(
        _sentence(i, piece, reading, article.text)
        for i, (piece, reading) in enumerate(zip(pieces, readings, strict=True))
    )
    return Analysis(article, sentences, find_references(sentences))


def _sentence(index: int, piece: _Piece, reading: WordsReading, text: str) -> Sentence:
    predicates = set(reading.predicates)
    determined = {head for head, relation in zip(reading.heads, reading.relations, strict=True) if relation == "det"}
    upos = tuple("NOUN" if u == "VERB" and i in determined else u for i, u in enumerate(reading.upos))
    tokens = tuple(
        Token(
            text=(word := text[start:end]),
            start=start,
            end=end,
            upos=upos[i],
            head=reading.heads[i],
            relation=reading.relations[i],
            lemma=lemmatise(word, upos[i]),
            factuality=reading.factuality[i],
            is_predicate=i in predicates,
        )
        for i, (start, end) in enumerate(piece.words)
    )
    return Sentence(
        index=index,
        block=piece.block,
        start=tokens[0].start,
        end=tokens[-1].end,
        tokens=tokens,
        names=reading.names,
        entities=reading.entities,
        sources=reading.sources,
        cues=reading.cues,
        contents=reading.contents,
        roles=reading.roles,
        triggers=reading.triggers,
        sayings=reading.sayings,
        mentions=reading.mentions,
        opinion=reading.opinion,
    )
