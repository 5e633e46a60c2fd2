"""Predicate-argument roles: from the words that head an argument to its limits.

The reader labels, for each predicate, the words of the tree at which its arguments hang. An argument is what hangs
below such a word, less the part that the predicate stands in, and less what the annotation leaves out (of a copula's
complement, its subject). What it leaves out was counted in PropBank's web treebank: `role_limits.yaml`, by
`python -m training.role_limits`.
"""

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from mene.records import Role

SENTENCE_ADVERBS = frozenset("not n't nt never also still always just".split())
"""Adverbs before a copula's complement that belong to the clause, not to the complement."""

Way = tuple[str, str, str]
"""How a part hangs at an argument: where the predicate stands to its top word, the part's relation, and the side."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What is no part of an argument: the ways in which such a part hangs, and the roles that are one word."""

    left_out: frozenset[Way]
    single: frozenset[str]


@cache
def load_limits() -> Limits:
    """Return the limits that were counted in PropBank."""
    read = yaml.safe_load(Path(__file__).with_name("role_limits.yaml").read_text(encoding="utf-8"))
    return Limits(frozenset(tuple(way.split()) for way in read["left_out"]), frozenset(read["single"]))


@dataclass(frozen=True, slots=True)
class Tree:
    """A sentence's tree with, for each word, its dependents and the first and last word below it."""

    words: Sequence[str]
    upos: Sequence[str]
    heads: Sequence[int]
    relations: Sequence[str]
    dependents: Sequence[Sequence[int]]
    firsts: Sequence[int]
    lasts: Sequence[int]


def make_tree(words: Sequence[str], upos: Sequence[str], heads: Sequence[int], relations: Sequence[str]) -> Tree:
    """Return the tree; `heads` are 0-based, -1 the root."""
    size = len(heads)
    dependents: list[list[int]] = [[] for _ in range(size)]
    firsts, lasts = list(range(size)), list(range(size))
    for word, head in enumerate(heads):
        if head >= 0:
            dependents[head].append(word)
        above = head
        while above >= 0 and not firsts[above] <= word <= lasts[above]:
            firsts[above], lasts[above] = min(firsts[above], word), max(lasts[above], word)
            above = heads[above]
    return Tree(words, upos, heads, relations, dependents, firsts, lasts)


def find_tops(heads: Sequence[int], first: int, last: int) -> list[int]:
    """Return the words of a span whose head lies outside it; `heads` are 0-based, -1 the root.

    >>> find_tops([1, 2, -1, 4, 2], 0, 1), find_tops([1, 2, -1, 4, 2], 1, 4)
    ([1], [2])
    """
    return [word for word in range(first, last + 1) if not first <= heads[word] <= last]


def stands(tree: Tree, top: int, predicate: int) -> str:
    """Return where the predicate stands to an argument's top word: its copula, its auxiliary, in its part, or outside.

    >>> tree = make_tree(["He", "is", "ill"], ["PRON", "AUX", "ADJ"], [2, 2, -1], ["nsubj", "cop", "root"])
    >>> stands(tree, 2, 1), stands(tree, 0, 1)
    ('cop', 'out')
    """
    relation = tree.relations[predicate]
    if tree.heads[predicate] == top and (relation == "cop" or relation.startswith("aux")):
        return relation[:3]
    below = predicate
    while (above := tree.heads[below]) >= 0:
        if above == top:
            return "in:" + tree.relations[below].partition(":")[0]
        below = above
    return "out"


def way_of(tree: Tree, top: int, predicate: int, stand: str, part: int) -> Way:
    """Return how `part`, a dependent of `top`, hangs at an argument of the predicate."""
    relation = tree.relations[part]
    side = "before" if part < top else "after"
    if stand == "cop":
        if relation == "conj" and any(tree.relations[w].startswith(("nsubj", "cop")) for w in tree.dependents[part]):
            relation = "conj-clause"
        elif relation == "advmod" and tree.words[part].lower() in SENTENCE_ADVERBS:
            relation = "advmod-sentence"
        side += "-early" if part < predicate else "-late"
    return stand, relation, side


def span_below(tree: Tree, top: int, predicate: int, left_out: Container[Way]) -> tuple[int, int]:
    """Return the first and last word of the argument at `top`: unbroken, without punctuation at its ends."""
    stand = stands(tree, top, predicate)
    first = last = top
    for part in reversed([w for w in tree.dependents[top] if w < top]):
        if tree.firsts[part] <= predicate <= tree.lasts[part] or tree.lasts[part] != first - 1:
            break
        if way_of(tree, top, predicate, stand, part) in left_out:
            break
        first = tree.firsts[part]
    for part in (w for w in tree.dependents[top] if w > top):
        if tree.firsts[part] <= predicate <= tree.lasts[part] or tree.firsts[part] != last + 1:
            break
        if way_of(tree, top, predicate, stand, part) in left_out:
            break
        last = tree.lasts[part]
    while first < top and tree.upos[first] == "PUNCT":
        first += 1
    while last > top and tree.upos[last] == "PUNCT":
        last -= 1
    return first, last


def is_core(label: str) -> bool:
    """Tell whether a role is one of the numbered ones."""
    return label.startswith("ARG") and label[3:].isdigit()


def find_roles(tree: Tree, tops: Sequence[tuple[int, str, int]], limits: Limits) -> Iterator[Role]:
    """Yield the roles of (predicate, label, top word), sorted by predicate.

    Pieces of one core role that touch are one; a further piece continues the first (C-ARG1).
    """
    before: dict[tuple[int, str], list[Role]] = {}
    for predicate, label, top in tops:
        first, last = (top, top) if label in limits.single else span_below(tree, top, predicate, limits.left_out)
        known = before.setdefault((predicate, label), [])
        if not is_core(label) or not known:
            known.append(Role(predicate, label, first, last))
        elif first <= known[-1].last + 1:
            known[-1] = Role(predicate, known[-1].label, known[-1].first, max(last, known[-1].last))
        else:
            known.append(Role(predicate, f"C-{label}", first, last))
    for roles in before.values():
        yield from roles
