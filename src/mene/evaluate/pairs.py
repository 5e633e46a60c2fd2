"""What the shipped models give a pair of words in a sentence: the probability of each type of event between them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from mene.codebook import Codebook, lemmatise, load_codebook
from mene.evaluate.protocol import ARGUMENTS, EventReader, Reader, Words, WordsReading
from mene.evaluate.protocol import Scores as Table
from mene.events.pairs import PairWeights, Parsed, load_pair_weights, mix, pair_features, root_chances
from mene.language.parties import PartyWeights, find_parties, load_party_weights, tag_scores, word_features
from mene.records import Span
from mene.vocabulary import EVENT_TYPES, EventType

ACTOR, RECIPIENT = ARGUMENTS.index("actor"), ARGUMENTS.index("recipient")


def weigh_types(types: Table, arguments: Table, source: Sequence[int], target: Sequence[int]) -> Table:
    """Return the probability of each event type but "O" for what the words of `source` do to those of `target`.

    Every word is weighed by how much it looks like an event that has the source as its actor and the target as its
    recipient; the types of all words are mixed by these weights, so no single trigger has to be found.
    """
    fits = _log_softmax(arguments)
    weight = fits[:, list(source), ACTOR].mean(1) + fits[:, list(target), RECIPIENT].mean(1)
    evident = np.logaddexp.reduce(types[:, 1:], axis=-1) - types[:, 0]
    weight = np.exp(_log_softmax(weight - np.logaddexp(0.0, -evident)))
    mixed: Table = (weight[:, None] * np.exp(_log_softmax(types[:, 1:]))).sum(0)
    return mixed


def _log_softmax(scores: Table) -> Table:
    scores = np.asarray(scores, np.float64)
    result: Table = scores - np.logaddexp.reduce(scores, axis=-1, keepdims=True)
    return result


def seen_chances(
    reader: EventReader, words: Sequence[str], source: Sequence[int], target: Sequence[int]
) -> dict[EventType, float]:
    """Return the probability of each event type for what `source` does to `target`, as the reader alone sees it."""
    types, arguments = reader.event_scores(words)
    chances = weigh_types(types, arguments, source, target)
    by_name = dict(zip(reader.event_types[1:], chances.tolist(), strict=True))
    return {kind: by_name.get(kind, 0.0) for kind in EVENT_TYPES}


def parse(words: Sequence[str], reading: WordsReading) -> Parsed:
    """Return the words with their tree, as `pair_features` takes them."""
    lemmas = [lemmatise(word, upos).lower() for word, upos in zip(words, reading.upos, strict=True)]
    return Parsed(lemmas, reading.upos, reading.heads, reading.relations)


def choose(chances: Mapping[EventType, float], group: Mapping[EventType, str]) -> str:
    """Return the class with the highest sum of its types' probabilities.

    >>> choose({"AID": 0.4, "ASSAULT": 0.3, "COERCE": 0.3}, {"AID": "2", "ASSAULT": "4", "COERCE": "4"})
    '4'
    """
    sums: dict[str, float] = {}
    for kind, chance in chances.items():
        sums[group[kind]] = sums.get(group[kind], 0.0) + chance
    return max(sorted(sums), key=lambda name: sums[name])


@dataclass(frozen=True, slots=True)
class Judge:
    """The models that find two parties in a sentence and judge what one does to the other."""

    reader: Reader
    weights: PairWeights
    party_weights: PartyWeights
    codebook: Codebook

    def chances(
        self, words: Words, reading: WordsReading, source: Sequence[int], target: Sequence[int]
    ) -> dict[EventType, float]:
        """Return the probability of each event type for what `source` does to `target`, by the reader and the words."""
        features = pair_features(parse(words, reading), source, target, self.codebook)
        by_words = root_chances(features, self.weights).tolist()
        return mix(seen_chances(self.reader, words, source, target), by_words)

    def parties(self, words: Words, reading: WordsReading, *, paired: bool = False) -> tuple[Span, ...]:
        """Return the spans of who acts and on whom; with `paired` the sentence is known to tell of two."""
        by_words = tag_scores(word_features(words, reading, self.codebook), self.party_weights)
        return find_parties(self.reader.party_scores(words), by_words, paired=paired)


def load_judge(reader: Reader) -> Judge:
    """Return the shipped models with the reader given."""
    return Judge(reader, load_pair_weights(), load_party_weights(), load_codebook())
