"""Finding statements by their words, in one edition."""

import numpy as np

from mene.report.page.facets import fold_name
from mene.serve.edition import Picture
from mene.serve.index import Rows
from mene.serve.query import Query


def find_statements(picture: Picture, query: Query) -> Rows:
    """Return the statements that hold all words of the query, in their register's order; none where it has no words.

    A word is found anywhere in a sentence, without case and accents.
    """
    words = [fold_name(word) for word in query.words.split()]
    accepted = picture.registers["statements"].index.find(query.filters)
    if not words:
        return accepted[:0]
    texts = picture.texts
    return np.array([place for place in accepted if all(word in texts[place] for word in words)], np.int64)
