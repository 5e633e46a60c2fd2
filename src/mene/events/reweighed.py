"""The type of an event that the lexicon alone names, weighed once more when both its parties are known."""

from dataclasses import replace

from mene.events.pairs import ROOTS, Parsed, load_pair_weights, pair_features, root_chances
from mene.events.places import GROUND
from mene.events.triggers import Found
from mene.records import Sentence
from mene.statements.context import Context
from mene.vocabulary import EVENT_TYPES

Run = tuple[int, int]

SURE_WORDS = 0.6
"""From this probability on the words around two parties overrule the lexicon, where the reader does not support it."""


def weigh_words(context: Context, sentence: Sentence, found: Found, actor: Run | None, recipient: Run | None) -> Found:
    """Return an event named by the lexicon alone with the type of which the words around its parties are sure.

    "Drop" gives aid, but not where it is bombs that are dropped on a town. No words make an event one that gives or
    takes ground, or unmake one.
    """
    if found.rule != "lexicon" or found.type in GROUND or actor is None or recipient is None:
        return found
    source, target = (tuple(range(first, last + 1)) for first, last in (actor, recipient))
    tokens = sentence.tokens
    parsed = Parsed(
        [token.lemma.lower() for token in tokens],
        [token.upos for token in tokens],
        [token.head for token in tokens],
        [token.relation for token in tokens],
    )
    chances = root_chances(pair_features(parsed, source, target, context.codebook), load_pair_weights())
    best = ROOTS[int(chances.argmax())]
    kind = next((kind for kind in EVENT_TYPES if kind == best and kind not in GROUND), found.type)
    if kind == found.type or float(chances.max()) < SURE_WORDS:
        return found
    return replace(found, type=kind, mode=None, rule="words")
