"""Counts what PropBank leaves out of an argument, for `mene.language.roles`: `python -m training.role_limits`.

For every argument of the training part and every dependent of its top word: does the annotation have it in the
argument? A way of hanging that is left out more often than not, by `MARGIN` cases, goes into the file.
"""

import argparse
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

import yaml

from mene.evaluate.propbank import Frames, read_frames
from mene.language import roles
from mene.language.roles import Limits, Tree, Way, find_tops, make_tree, stands, way_of
from training.corpora import Example, read_trees

TARGET = Path(roles.__file__).with_name("role_limits.yaml")
MARGIN = 5
HEADER = """\
# What is no part of a predicate's argument (mene.language.roles). left_out: where the predicate stands to the
# argument's top word, the relation of the part, its side. single: roles that are one word.
# Written by `python -m training.role_limits`, from the training part of PropBank's web treebank; not edited by hand.
"""


def tree_of(example: Example) -> Tree:
    """Return an example's own tree."""
    return make_tree(example.words, example.upos, [head - 1 for head in example.heads], example.relations)


def count_limits(pairs: Sequence[tuple[Tree, Frames]]) -> Limits:
    """Return the limits that the arguments of these sentences show."""
    ways: defaultdict[Way, Counter[bool]] = defaultdict(Counter)
    labels: defaultdict[str, Counter[bool]] = defaultdict(Counter)
    for tree, frames in pairs:
        for role in frames.roles:
            if role.label == "V" or role.label.startswith("C-"):
                continue
            for top in find_tops(tree.heads, role.first, role.last):
                stand = stands(tree, top, role.predicate)
                for part in tree.dependents[top]:
                    if not tree.firsts[part] <= role.predicate <= tree.lasts[part]:
                        within = role.first <= part <= role.last
                        ways[way_of(tree, top, role.predicate, stand, part)][within] += 1
                        labels[role.label][within] += 1
    return Limits(
        left_out=frozenset(way for way, seen in ways.items() if seen[False] - seen[True] >= MARGIN),
        single=frozenset(label for label, seen in labels.items() if seen[False] > seen[True]),
    )


def main() -> None:
    """Read the argument, count and write the file."""
    parser = argparse.ArgumentParser(description="Count what PropBank leaves out of an argument.")
    parser.add_argument("--data", type=Path, required=True, help="folder with the training corpora")
    data = parser.parse_args().data
    conllu, propbank = data / "ud_ewt/train.conllu.gz", data / "propbank_ewt/train.jsonl.gz"
    frames = {" ".join(f.words): f for f in read_frames(propbank)}
    trees = [(tree_of(e), frames.get(" ".join(e.words))) for e in read_trees(conllu, propbank)]
    limits = count_limits([(tree, found) for tree, found in trees if found is not None])
    text = yaml.safe_dump(
        {"left_out": sorted(" ".join(way) for way in limits.left_out), "single": sorted(limits.single)}, width=120
    )
    TARGET.write_text(HEADER + text, encoding="utf-8")
    print(f"{len(limits.left_out)} ways left out, {len(limits.single)} single roles: {TARGET}")


if __name__ == "__main__":
    main()
