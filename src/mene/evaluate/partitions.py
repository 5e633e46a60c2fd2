"""How well things are parted into sets: precision, recall and F1 over pairs, and B-cubed over the things."""

from collections import defaultdict
from collections.abc import Hashable, Mapping
from itertools import combinations

from mene.evaluate.measures import f1, share


def score_pairs(gold: Mapping[str, Hashable], found: Mapping[str, Hashable]) -> dict[str, float]:
    """Return precision, recall and F1 over the pairs that are of one set; both mappings have the same keys.

    >>> scores = score_pairs({"a": 1, "b": 1, "c": 2}, {"a": 1, "b": 1, "c": 1})
    >>> round(scores["precision"], 2), scores["recall"], scores["f1"]
    (0.33, 1.0, 0.5)
    """
    wanted, given = _pairs(gold), _pairs(found)
    right = len(wanted & given)
    return {
        "precision": share(right, len(given)),
        "recall": share(right, len(wanted)),
        "f1": f1(right, len(given), len(wanted)),
    }


def score_b_cubed(gold: Mapping[str, Hashable], found: Mapping[str, Hashable]) -> dict[str, float]:
    """Return B-cubed precision, recall and F1 (Bagga and Baldwin 1998): for each thing, how right its own set is.

    >>> scores = score_b_cubed({"a": 1, "b": 1, "c": 2}, {"a": 1, "b": 2, "c": 3})
    >>> scores["b3_precision"], round(scores["b3_recall"], 2)
    (1.0, 0.67)
    """
    wanted, given = _sets(gold), _sets(found)
    shared = [(key, len(wanted[gold[key]] & given[found[key]])) for key in gold]
    precision = share(sum(count / len(given[found[key]]) for key, count in shared), len(gold))
    recall = share(sum(count / len(wanted[gold[key]]) for key, count in shared), len(gold))
    both = share(2 * precision * recall, precision + recall)
    return {"b3_precision": precision, "b3_recall": recall, "b3_f1": both}


def _sets(parts: Mapping[str, Hashable]) -> dict[Hashable, set[str]]:
    found: defaultdict[Hashable, set[str]] = defaultdict(set)
    for key, part in parts.items():
        found[part].add(key)
    return found


def _pairs(parts: Mapping[str, Hashable]) -> set[tuple[str, str]]:
    return {pair for kept in _sets(parts).values() for pair in combinations(sorted(kept), 2)}
