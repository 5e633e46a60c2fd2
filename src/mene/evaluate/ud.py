"""`ud`: tags and trees against Universal Dependencies treebanks (CoNLL-U), words given.

Every syntactic word counts, punctuation too; relations are the basic ones with their subtypes. Multiword tokens and
empty nodes are skipped, as in the CoNLL 2018 shared task's scores for given words. `sentence_f1` is of raw text: each
paragraph's sentences, joined by spaces, are found again by their exact limits (web text, with its missing marks, is
much harder to cut than news).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from mene.errors import InputError
from mene.evaluate.files import data_files, read_blocks, read_text
from mene.evaluate.measures import set_f1, share
from mene.evaluate.protocol import WordsReading
from mene.evaluate.setting import Scores, Setting


@dataclass(frozen=True, slots=True)
class Tree:
    """A sentence of a treebank; `heads` are word indices, -1 for the root."""

    words: tuple[str, ...]
    upos: tuple[str, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]


def read_trees(path: Path) -> list[Tree]:
    """Return the sentences of a CoNLL-U file. Raises `InputError` that names a wrong line."""
    return [tree for block in read_blocks(path) if (tree := _tree(path, block)).words]


def _tree(path: Path, block: list[tuple[int, str]]) -> Tree:
    rows: list[tuple[str, str, int, str]] = []
    for number, line in block:
        cells = line.split("\t")
        if line.startswith("#") or "-" in cells[0] or "." in cells[0]:
            continue
        if len(cells) < 8 or not cells[6].isdecimal():
            raise InputError(f"{path}, line {number}: not CoNLL-U (ten columns, the seventh the head)")
        rows.append((cells[1], cells[3], int(cells[6]) - 1, cells[7]))
    words, upos, heads, relations = zip(*rows, strict=True) if rows else ((), (), (), ())
    return Tree(words, upos, heads, relations)


def read_paragraphs(path: Path) -> list[list[str]]:
    """Return the sentences' texts of each paragraph; a file without "# text" gives none."""
    paragraphs: list[list[str]] = [[]]
    for line in read_text(path).split("\n"):
        if line.startswith(("# newdoc", "# newpar")):
            paragraphs.append([])
        elif line.startswith("# text = "):
            paragraphs[-1].append(line[9:].strip())
    return [paragraph for paragraph in paragraphs if paragraph]


def score_sentences(paragraphs: Sequence[Sequence[str]]) -> float:
    """Return the F1 of the sentences found in each paragraph's raw text.

    >>> score_sentences([["He left.", "She stayed."], ["Gen. Ali came."]])
    1.0
    """
    from mene.language import find_sentences

    pairs = []
    for paragraph in paragraphs:
        starts = accumulate((len(sentence) + 1 for sentence in paragraph), initial=0)
        wanted = frozenset((a, a + len(sentence)) for a, sentence in zip(starts, paragraph, strict=False))
        pairs.append((wanted, frozenset(find_sentences(" ".join(paragraph)))))
    return set_f1(pairs)


def score_trees(gold: Sequence[Tree], predicted: Sequence[WordsReading]) -> dict[str, float]:
    """Return las, uas and upos over all words, and n, the number of sentences."""
    words = las = uas = upos = 0
    for tree, reading in zip(gold, predicted, strict=True):
        words += len(tree.words)
        attached = [g == p for g, p in zip(tree.heads, reading.heads, strict=True)]
        labelled = [g == p for g, p in zip(tree.relations, reading.relations, strict=True)]
        uas += sum(attached)
        las += sum(a and b for a, b in zip(attached, labelled, strict=True))
        upos += sum(g == p for g, p in zip(tree.upos, reading.upos, strict=True))
    return {"las": share(las, words), "uas": share(uas, words), "upos": share(upos, words), "n": len(gold)}


def evaluate_ud(path: Path, setting: Setting) -> Scores:
    """Return the scores of the reader on the treebank at `path`."""
    files = data_files(path, ".conllu")
    trees = [tree for file in files for tree in read_trees(file)]
    scores = score_trees(trees, setting.load_reader().read_words([tree.words for tree in trees]))
    paragraphs = [paragraph for file in files for paragraph in read_paragraphs(file)]
    return {**scores, "sentence_f1": score_sentences(paragraphs)} if paragraphs else scores
