"""Stage 2: an article's sentences, words, trees, names, attributions, factuality and event triggers."""

from mene.language.analyse import analyse
from mene.language.reader import Reader, WordsReading, load_reader
from mene.language.tokenise import cut_long, find_sentences, find_words

__all__ = ["Reader", "WordsReading", "analyse", "cut_long", "find_sentences", "find_words", "load_reader"]
