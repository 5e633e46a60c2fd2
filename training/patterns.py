"""News sentences with their trees, drawn from the grammar of `patterns.yaml`: `draw_patterns(n, seed)`."""

import random
from dataclasses import dataclass
from pathlib import Path

import yaml

from training.corpora import Example

GRAMMAR = Path(__file__).with_name("patterns.yaml")
FORMS = ("base", "past", "done", "ing")
DEEPEST = 12
"""No rule of the grammar nests so deep; a longer chain is a rule that names itself."""

LOWERED = frozenset(("DET", "NOUN", "PRON", "ADP"))
"""The rules give words of these parts of speech a capital where they may begin a sentence; inside they have none."""


@dataclass(frozen=True, slots=True)
class Part:
    """A phrase: words, tags, heads within it (-1 for its top) and relations."""

    words: tuple[str, ...]
    upos: tuple[str, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]

    @property
    def top(self) -> int:
        """The phrase's head word."""
        return self.heads.index(-1)


def load_rules(path: Path = GRAMMAR) -> dict[str, list[str]]:
    """Return the grammar's rows by rule name, each verb class as four rules of one word."""
    grammar = yaml.safe_load(path.read_text(encoding="utf-8"))
    rules: dict[str, list[str]] = dict(grammar["rules"])
    for name, rows in grammar["verbs"].items():
        for i, form in enumerate(FORMS):
            rules[f"{name}.{form}"] = [f"*{row.split()[i]}/VERB" for row in rows]
    return rules


def draw(rules: dict[str, list[str]], name: str, rng: random.Random, depth: int = 0) -> Part:
    """Return a phrase drawn from the rule `name`."""
    if depth > DEEPEST:
        raise ValueError(f"rule {name} of {GRAMMAR.name} nests too deep")
    parts: list[tuple[str, Part]] = []
    for item in rng.choice(rules[name]).split():
        if item.endswith("?"):
            if rng.random() < 0.5:
                continue
            item = item[:-1]
        relation, _, what = ("*", "", item[1:]) if item.startswith("*") else item.partition("=")
        parts.append((relation, _leaf(what) if "/" in what else draw(rules, what, rng, depth + 1)))
    return _join(parts)


def _leaf(what: str) -> Part:
    word, _, upos = what.rpartition("/")
    return Part((word,), (upos,), (-1,), ("*",))


def _join(parts: list[tuple[str, Part]]) -> Part:
    """Return the parts as one phrase: those with a relation hang on the top of the one that has none."""
    starts, at = [], 0
    for _, part in parts:
        starts.append(at)
        at += len(part.words)
    main = next(i for i, (relation, _) in enumerate(parts) if relation == "*")
    top = starts[main] + parts[main][1].top
    heads: list[int] = []
    relations: list[str] = []
    for start, (relation, part) in zip(starts, parts, strict=True):
        for head, own in zip(part.heads, part.relations, strict=True):
            is_top = head < 0
            heads.append((-1 if relation == "*" else top) if is_top else head + start)
            relations.append(relation if is_top else own)
    words = tuple(w for _, part in parts for w in part.words)
    return Part(words, tuple(u for _, part in parts for u in part.upos), tuple(heads), tuple(relations))


def draw_patterns(n: int, seed: int) -> list[Example]:
    """Return `n` sentences with tags and trees; a first letter is a capital nine times in ten."""
    rules, rng = load_rules(), random.Random(seed)
    out = []
    for _ in range(n):
        part = draw(rules, "SENTENCE", rng)
        words = [word.lower() if upos in LOWERED else word for word, upos in zip(part.words, part.upos, strict=True)]
        if rng.random() < 0.9:
            words[0] = words[0][:1].upper() + words[0][1:]
        out.append(
            Example(
                tuple(words),
                upos=part.upos,
                heads=tuple(h + 1 for h in part.heads),
                relations=tuple("root" if r == "*" else r for r in part.relations),
            )
        )
    return out
