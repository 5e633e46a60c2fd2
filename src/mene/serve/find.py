"""Finding statements by their words, in one edition."""

import numpy as np

from mene.serve.edition import Picture, split_words
from mene.serve.index import Rows
from mene.serve.query import Query


def find_statements(picture: Picture, query: Query) -> Rows:
    """Return the statements whose sentences have all words of the query, in their register's order; without any, none.

    A word is found in longer ones too, without case and accents. `on` and `known` have chosen the picture.
    """
    words = split_words(query.words)
    accepted = picture.registers["statements"].index.find(query.filters)
    if not words:
        return accepted[:0]
    fits = np.logical_and.reduce([picture.words.holding(word) for word in words])
    found: Rows = accepted[fits[accepted]]
    return found
