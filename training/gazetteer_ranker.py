"""Fits the place ranker's weights and the two numbers of its probability, and prints how well it does.

    PYTHONPATH=src python training/gazetteer_ranker.py ../shared/data/geoparsing

Conditional logit over the candidates of each name, drawn towards PRIOR (set by hand from what holds in conflict news,
which neither corpus is), five folds by site, on LGL and TR-News, every document once with its site's home and once
without; and each corpus scored with weights fitted on the other alone. The coherence features depend on the weights, so
fitting and ranking alternate.
"""

import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from mene.evaluate.geoparsing import (
    GoldArticle,
    guess_homes,
    list_files,
    mark_gold,
    read_articles,
    score_geoparsing,
)
from mene.gazetteer.countries import weigh_countries
from mene.gazetteer.features import FEATURES
from mene.gazetteer.geometry import distance_km
from mene.gazetteer.index import open_gazetteer
from mene.gazetteer.resolve import Group, group_mentions, measure_margin, rank_groups
from mene.gazetteer.weights import PRIOR

FOLDS, ROUNDS, STEPS, RATE, PULL = 5, 2, 300, 0.05, 0.004
Labelled = tuple[Group, np.ndarray, int]  # a group, which candidates are right, the fold


def label(group: Group, article: GoldArticle) -> np.ndarray:
    """Return which candidates are right for the group's first mention."""
    gold = article.places[group.members[0]]
    return np.array(
        [
            entry.id == gold.geonameid or (entry.kind != "country" and distance_km(entry.point, gold.point) <= 161)
            for entry in group.candidates
        ]
    )


def read_groups(path: Path) -> list[list[Labelled]]:
    """Return the labelled groups of each document, with and without a home; `path` is a corpus or a folder of them."""
    index = open_gazetteer()
    documents = []
    articles = [article for file in list_files(path) for article in read_articles(file)]
    found = [mark_gold(article) for article in articles]
    homes = guess_homes(articles, found, index)
    sites = sorted({article.domain for article in articles})
    for article, mentions in zip(articles, found, strict=True):
        countries = weigh_countries(article.text)
        for home in {homes.get(article.domain), None}:
            groups = group_mentions(mentions, index, countries, home)
            fold = sites.index(article.domain) % FOLDS
            documents.append([(group, label(group, article), fold) for group in groups])
    return documents


def fit(labelled: list[Labelled], start: np.ndarray) -> np.ndarray:
    """Return the weights that make the right candidates likeliest (Adam on the padded candidate table)."""
    usable = [(g.features, right) for g, right, _ in labelled if right.any() and not right.all()]
    width = max(len(right) for _, right in usable)
    table = np.zeros((len(usable), width, len(FEATURES)))
    open_, right_ = np.zeros((len(usable), width), bool), np.zeros((len(usable), width), bool)
    for row, (features, right) in enumerate(usable):
        table[row, : len(right)], open_[row, : len(right)], right_[row, : len(right)] = features, True, right
    weights, first, second = start.copy(), np.zeros_like(start), np.zeros_like(start)
    for step in range(1, STEPS + 1):
        scores = np.where(open_, table @ weights, -np.inf)
        scores -= scores.max(axis=1, keepdims=True)
        all_ = np.exp(scores)
        good = all_ * right_
        pull = good / np.maximum(good.sum(1, keepdims=True), 1e-12) - all_ / all_.sum(1, keepdims=True)
        slope = -np.einsum("nc,ncf->f", pull, table) / len(usable) + PULL * (weights - PRIOR)
        first, second = 0.9 * first + 0.1 * slope, 0.999 * second + 0.001 * slope**2
        weights -= RATE * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return weights


def train(documents: list[list[Labelled]]) -> np.ndarray:
    """Return weights fitted on `documents`, ranking and fitting by turns."""
    weights = PRIOR.copy()
    for _ in range(ROUNDS):
        for document in documents:
            rank_groups([group for group, _, _ in document], weights)
        weights = fit([item for document in documents for item in document], weights)
    return weights


def judge(documents: list[list[Labelled]], weights: np.ndarray) -> list[tuple[float, bool]]:
    """Return margin and rightness of each group under `weights`."""
    results = []
    for document in documents:
        rank_groups([group for group, _, _ in document], weights)
        results += [(measure_margin(group), bool(right[group.best])) for group, right, _ in document]
    return results


def calibrate(results: list[tuple[float, bool]]) -> tuple[float, float]:
    """Return intercept and slope of the logistic of the margin (Newton's method)."""
    x = np.stack([np.ones(len(results)), np.array([margin for margin, _ in results])], axis=1)
    y = np.array([right for _, right in results], dtype=float)
    beta = np.zeros(2)
    for _ in range(30):
        p = 1 / (1 + np.exp(-x @ beta))
        beta += np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + 1e-6 * np.eye(2), x.T @ (y - p))
    return float(beta[0]), float(beta[1])


def report(name: str, results: list[tuple[float, bool]], beta: tuple[float, float]) -> None:
    """Print accuracy, calibration and what each threshold would answer."""
    p = np.array([1 / (1 + np.exp(-(beta[0] + beta[1] * margin))) for margin, _ in results])
    y = np.array([right for _, right in results])
    print(f"{name}: n {len(y)}, right {y.mean():.4f}, Brier {np.mean((p - y) ** 2):.4f}")
    for low, high in ((0, 0.3), (0.3, 0.5), (0.5, 0.7), (0.7, 0.85), (0.85, 0.95), (0.95, 1.01)):
        inside = (p >= low) & (p < high)
        if inside.any():
            print(
                f"  said {low:.2f}-{high:.2f}: n {inside.sum():5d}, "
                f"mean {p[inside].mean():.3f}, right {y[inside].mean():.3f}"
            )
    for threshold in (0.1, 0.2, 0.3, 0.4, 0.5, 0.6):
        kept = p >= threshold
        print(f"  threshold {threshold}: answers {kept.mean():.3f}, of those right {y[kept].mean():.4f}")


def leave_out(corpora: Sequence[Path]) -> None:
    """Print the score of each corpus, mentions given, with weights fitted on the others alone."""
    for corpus in corpora:
        documents = [document for other in corpora if other != corpus for document in read_groups(other) if document]
        scores = score_geoparsing(corpus, weights=train(documents))
        print(f"without {corpus.stem}: " + ", ".join(f"{name} {value:g}" for name, value in scores.items()))


def main() -> None:
    """Cross-validate by site and by corpus, then fit on everything and print the table for weights.py."""
    documents = read_groups(Path(sys.argv[1]))
    documents = [document for document in documents if document]
    leave_out(list_files(Path(sys.argv[1])))
    report("prior", judge(documents, PRIOR), calibrate(judge(documents, PRIOR)))
    held_out: list[tuple[float, bool]] = []
    for fold in range(FOLDS):
        weights = train([document for document in documents if document[0][2] != fold])
        held_out += judge([document for document in documents if document[0][2] == fold], weights)
    beta = calibrate(held_out)
    report("five folds", held_out, beta)
    print(f"INTERCEPT, SLOPE = {beta[0]:.3f}, {beta[1]:.3f}")
    for name, weight in zip(FEATURES, train(documents), strict=True):
        print(f'    "{name}": {weight:.2f},')


if __name__ == "__main__":
    main()
