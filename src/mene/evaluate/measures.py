"""The measures the scorers share: F1 of counts and of sets, macro-F1, Pearson's r and mean absolute error."""

import math
from collections.abc import Hashable, Iterable, Sequence
from collections.abc import Set as AbstractSet


def f1(matched: int, predicted: int, gold: int) -> float:
    """Return 2 P R / (P + R) from counts, 0 where nothing was matched.

    >>> f1(1, 2, 2)
    0.5
    """
    return 2 * matched / (predicted + gold) if matched else 0.0


def share(part: float, whole: float) -> float:
    """Return `part` / `whole`, 0 where there is nothing to share."""
    return part / whole if whole else 0.0


def set_f1(pairs: Iterable[tuple[AbstractSet[Hashable], AbstractSet[Hashable]]]) -> float:
    """Return the micro-F1 over (gold, predicted) sets, one pair a sentence.

    >>> set_f1([({1, 2}, {2}), ({3}, {3, 4})])
    0.6666666666666666
    """
    matched = predicted = gold = 0
    for wanted, found in pairs:
        matched += len(wanted & found)
        predicted += len(found)
        gold += len(wanted)
    return f1(matched, predicted, gold)


def macro_f1(gold: Sequence[str], predicted: Sequence[str]) -> float:
    """Return the unweighted mean of the F1 of every class that occurs in `gold` or `predicted`.

    >>> macro_f1(["a", "a", "b"], ["a", "b", "b"])
    0.6666666666666666
    """
    classes = sorted({*gold, *predicted})
    scores = [
        f1(sum(g == p == kind for g, p in zip(gold, predicted, strict=True)), predicted.count(kind), gold.count(kind))
        for kind in classes
    ]
    return share(sum(scores), len(scores))


def pearson(gold: Sequence[float], predicted: Sequence[float]) -> float:
    """Return Pearson's r, 0 where either side does not vary.

    >>> round(pearson([1, 2, 3], [2, 4, 6]), 6)
    1.0
    """
    if not gold:
        return 0.0
    mean_gold, mean_predicted = math.fsum(gold) / len(gold), math.fsum(predicted) / len(predicted)
    products = [(g - mean_gold) * (p - mean_predicted) for g, p in zip(gold, predicted, strict=True)]
    spread = math.sqrt(math.fsum((g - mean_gold) ** 2 for g in gold))
    spread *= math.sqrt(math.fsum((p - mean_predicted) ** 2 for p in predicted))
    return share(math.fsum(products), spread)


def mean_absolute_error(gold: Sequence[float], predicted: Sequence[float]) -> float:
    """Return the mean of |gold - predicted|.

    >>> mean_absolute_error([3.0, -3.0], [2.0, -3.0])
    0.5
    """
    return share(math.fsum(abs(g - p) for g, p in zip(gold, predicted, strict=True)), len(gold))
