"""The reader model at work: words in, trees, names, attributions, factuality and event triggers out."""

import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from mene.errors import ReaderModelError
from mene.language.encode import Encoded, collate, encode
from mene.language.roles import find_roles, load_limits, make_tree
from mene.language.runtime import onnxruntime
from mene.language.tags import best_tags, is_possible
from mene.language.trees import find_heads
from mene.records import Role, Saying, Span, Trigger

WEIGHTS = Path(__file__).with_name("weights")
PIECES_PER_BATCH = 448
"""Padded word pieces in one run of the model: few enough that a layer's numbers stay in a core's cache. To try others:
`python -m mene.evaluate.bench --pieces N`. The scale of 8-bit activations is taken over a whole run, so that another
number can tip a close decision, and changes the golden files."""

TRIGGER_THRESHOLD = 0.5
"""A word names an event when the reader gives all event types together at least this probability."""

SOURCE, CONTENT = 1, 2
"""What a word can be to a cue, in the numbers of the model's `sayings`; 0 is nothing."""

LEAST = 1e-12
"""What is added to probabilities before their logarithm is taken."""

ARTICLES = frozenset("al el as ash az an ar at ad ul".split())
"""The article of Arabic names before a hyphen, with its assimilated forms."""

ARGUMENTS = ("", "actor", "recipient", "place")
TYPES_KEPT = 3
"""So many of a trigger's likeliest types are kept, for whoever asks why it is of the first."""

Array = NDArray[Any]


@dataclass(frozen=True, slots=True)
class WordsReading:
    """What the reader saw in one sentence of words. `heads` are 0-based, -1 the root; spans are inclusive."""

    upos: tuple[str, ...]
    heads: tuple[int, ...]
    relations: tuple[str, ...]
    factuality: tuple[float, ...]
    predicates: tuple[int, ...]
    roles: tuple[Role, ...]
    names: tuple[Span, ...]
    entities: tuple[Span, ...]
    mentions: tuple[Span, ...]
    sources: tuple[Span, ...]
    cues: tuple[Span, ...]
    contents: tuple[Span, ...]
    sayings: tuple[Saying, ...]
    opinion: float
    triggers: tuple[Trigger, ...]


def softmax(scores: Array) -> Array:
    """Return the softmax over the last axis."""
    shifted = np.exp(scores - scores.max(-1, keepdims=True))
    chances: Array = shifted / shifted.sum(-1, keepdims=True)
    return chances


def decode_spans(probabilities: Array, labels: Sequence[str]) -> tuple[Span, ...]:
    """Return the spans of tag probabilities [W, 2 * labels + 1]: 0 outside, odd begins, even continues.

    A span's score is the least of its words' probabilities of its label, that of beginning or of continuing there.

    >>> import numpy as np
    >>> decode_spans(np.eye(3)[[0, 1, 2, 0]], ["PER"])
    (Span(label='PER', first=1, last=2, score=1.0),)
    """
    tags = probabilities.argmax(-1).tolist()
    if not is_possible(tags):
        tags = best_tags(np.log(probabilities + LEAST))
    found: list[Span] = []
    for i, tag in enumerate(tags):
        if tag:
            begins = tag - 1 + tag % 2
            chance = max(float(probabilities[i, begins]), float(probabilities[i, begins + 1]))
            begun = found.pop() if tag != begins else Span(labels[begins // 2], i, i, chance)
            found.append(Span(begun.label, begun.first, i, min(begun.score, chance)))
    return tuple(found)


def join_hyphens(names: Sequence[Span], words: Sequence[str]) -> tuple[Span, ...]:
    """Return the names with those joined that tagging cut at the hyphen of an Arabic article: "al", "-", "Hajj".

    The joined name takes the label of its longest word.

    >>> join_hyphens([Span("PER", 0, 0, 0.9), Span("ORG", 1, 1, 0.5), Span("PER", 2, 2, 0.7)], ["al", "-", "Hajj"])
    (Span(label='PER', first=0, last=2, score=0.7),)
    """
    found: list[Span] = []
    for name in names:
        before = found[-1] if found else None
        if words[name.first] == "-" and name.first == name.last:
            continue
        joins = (
            before is not None
            and before.last == name.first - 2
            and words[name.first - 1] == "-"
            and words[before.last].lower() in ARTICLES
        )
        if before is not None and joins:
            label = name.label if before.first == before.last else before.label
            found[-1] = Span(label, before.first, name.last, min(before.score, name.score))
        else:
            found.append(name)
    return tuple(found)


def decode_arguments(probabilities: Array) -> tuple[Span, ...]:
    """Return the argument runs of one trigger from role probabilities [W, 4], the best run of each role first."""
    roles = probabilities.argmax(-1)
    runs: list[Span] = []
    for i in np.flatnonzero(roles):
        label, chance = ARGUMENTS[roles[i]], float(probabilities[i, roles[i]])
        if runs and runs[-1].last == i - 1 and runs[-1].label == label:
            runs[-1] = Span(label, runs[-1].first, int(i), max(runs[-1].score, chance))
        else:
            runs.append(Span(label, int(i), int(i), chance))
    return tuple(sorted(runs, key=lambda r: (ARGUMENTS.index(r.label), -r.score, r.first)))


class Reader:
    """The shipped model. One call reads any number of sentences in batches of like length."""

    def __init__(self, session: Any, tokenizer: Tokenizer, labels: dict[str, list[str]], name: str) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._labels = labels
        self._outputs = [output.name for output in session.get_outputs()]
        self.name = name

    def read_words(self, sentences: Sequence[Sequence[str]]) -> list[WordsReading]:
        """Return the reading of each sentence, in order. Empty sentences give empty readings."""
        filled = [i for i, words in enumerate(sentences) if words]
        encoded = encode(self._tokenizer, [sentences[i] for i in filled])
        out: list[WordsReading] = [_EMPTY] * len(sentences)
        for batch in _batches(encoded):
            rows = self._run([encoded[i] for i in batch], [sentences[filled[i]] for i in batch])
            for i, reading in zip(batch, rows, strict=True):
                out[filled[i]] = reading
        return out

    def _run(self, batch: Sequence[Encoded], sentences: Sequence[Sequence[str]]) -> list[WordsReading]:
        arrays = collate(batch)
        outputs = dict(zip(self._outputs, self._session.run(None, arrays), strict=True))
        return decode(outputs, sentences, self._labels)

    def event_scores(self, words: Sequence[str]) -> tuple[Array, Array]:
        """Return type log-odds [W, types] and argument scores [W, W, 4] of one sentence, undecoded."""
        outputs = self._outputs_of(words)
        return outputs["types"][0], outputs["arguments"][0]

    def party_scores(self, words: Sequence[str]) -> Array:
        """Return the scores [W, 7] of the tags of sources and targets (`mene.language.parties`) of one sentence."""
        scores: Array = self._outputs_of(words)["participants"][0]
        return scores

    def _outputs_of(self, words: Sequence[str]) -> dict[str, Array]:
        arrays = collate(encode(self._tokenizer, [words]))
        return dict(zip(self._outputs, self._session.run(None, arrays), strict=True))

    @property
    def event_types(self) -> tuple[str, ...]:
        """The event types in the order of `event_scores`, "O" (no event) first."""
        return tuple(self._labels["types"])


_EMPTY = WordsReading((), (), (), (), (), (), (), (), (), (), (), (), (), 0.0, ())


def _batches(encoded: Sequence[Encoded]) -> Iterator[list[int]]:
    batch: list[int] = []
    for i in sorted(range(len(encoded)), key=lambda i: len(encoded[i].pieces)):
        if batch and (len(batch) + 1) * len(encoded[i].pieces) > PIECES_PER_BATCH:
            yield batch
            batch = []
        batch.append(i)
    if batch:
        yield batch


def decode(
    outputs: dict[str, Array], sentences: Sequence[Sequence[str]], labels: dict[str, list[str]]
) -> list[WordsReading]:
    """Return one reading a row of the model's outputs; `sentences` are the words of each row."""
    heads = find_heads(outputs["arcs"], np.array([len(words) for words in sentences])) - 1
    chances = {
        kind: softmax(outputs[kind])
        for kind in ("names entities mentions inner_mentions sources cues contents types statuses").split()
    }
    return [_decode_row(outputs, chances, heads[i], i, words, labels) for i, words in enumerate(sentences)]


def _decode_row(
    outputs: dict[str, Array],
    chances: dict[str, Array],
    heads: Array,
    i: int,
    words: Sequence[str],
    labels: dict[str, list[str]],
) -> WordsReading:
    n = len(words)
    tree = heads[:n].tolist()
    predicates = np.flatnonzero(outputs["predicates"][i, :n] > 0).tolist()
    cues = decode_spans(chances["cues"][i, :n], ("cue",))
    upos = tuple(labels["upos"][u] for u in outputs["upos"][i, :n].tolist())
    relations = _relations(outputs["relations"][i, :n].tolist(), tree, labels["relations"])
    tops = _role_tops(outputs["roles"][i, :n, :n], predicates, labels["roles"])
    mentions = (
        span
        for kind in ("mentions", "inner_mentions")
        for span in decode_spans(chances[kind][i, :n], labels["mentions"])
    )
    return WordsReading(
        upos=upos,
        heads=tuple(tree),
        relations=relations,
        factuality=tuple(np.clip(outputs["factuality"][i, :n], -3.0, 3.0).round(3).tolist()),
        predicates=tuple(predicates),
        roles=tuple(find_roles(make_tree(words, upos, tree, relations), tops, load_limits())),
        names=join_hyphens(decode_spans(chances["names"][i, :n], labels["names"]), words),
        entities=decode_spans(chances["entities"][i, :n], labels["entities"]),
        mentions=tuple(sorted(mentions, key=lambda span: (span.first, -span.last))),
        sources=decode_spans(chances["sources"][i, :n], ("source",)),
        cues=cues,
        contents=decode_spans(chances["contents"][i, :n], ("content",)),
        sayings=tuple(_sayings(outputs["sayings"][i, :n, :n], cues)),
        opinion=round(1.0 / (1.0 + float(np.exp(-outputs["opinion"][i]))), 3),
        triggers=tuple(_on_verbs(_triggers(outputs["arguments"][i, :n, :n], chances, i, n, labels), upos, tree)),
    )


def find_runs(row: Array) -> list[tuple[int, int, int]]:
    """Return the runs of equal numbers above 0 in `row` [W] as (number, first, last).

    >>> find_runs(np.array([0, 2, 2, 1, 0, 1]))
    [(2, 1, 2), (1, 3, 3), (1, 5, 5)]
    """
    if not row.any():
        return []
    starts = np.flatnonzero(np.diff(row, prepend=0))
    ends = np.append(starts[1:], len(row)) - 1
    return [(n, a, b) for n, a, b in zip(row[starts].tolist(), starts.tolist(), ends.tolist(), strict=True) if n]


def _sayings(table: Array, cues: Sequence[Span]) -> Iterator[Saying]:
    """Yield each cue with the source and the content that the table [W, W] gives for its first word."""
    for cue in cues:
        runs = find_runs(np.asarray(table[cue.first], np.int64))
        sources = [Span("source", a, b) for kind, a, b in runs if kind == SOURCE]
        contents = tuple(Span("content", a, b) for kind, a, b in runs if kind == CONTENT)
        if contents:
            nearest = min(sources, key=lambda s: (max(s.first - cue.last, cue.first - s.last), s.first), default=None)
            yield Saying(cue, nearest, contents)


def _relations(numbers: list[int], heads: list[int], labels: list[str]) -> tuple[str, ...]:
    """Return the name of each word's relation to its head."""
    names = [labels[r] for r in numbers]
    joined = {head for word, head in enumerate(heads) if names[word] == "cc" and word < head}
    return tuple(_relation(word, head, names[word], word in joined) for word, head in enumerate(heads))


def _relation(word: int, head: int, name: str, joined: bool) -> str:
    """Return a word's relation: only the root is called so, and what "and" joins to a word before it is a conjunct."""
    if head < 0:
        return "root"
    if joined and name in ("appos", "list", "dep", "flat") and head < word:
        return "conj"
    return "dep" if name == "root" else name


def _role_tops(table: Array, predicates: list[int], labels: list[str]) -> list[tuple[int, str, int]]:
    """Return (predicate, label, word) for the words of each predicate's row of the table that have a label."""
    rows, words = np.nonzero(table[predicates]) if predicates else ((), ())
    return [
        (predicates[row], labels[table[predicates[row], word]], int(word))
        for row, word in zip(rows, words, strict=True)
    ]


def _triggers(
    arguments: Array, chances: dict[str, Array], i: int, n: int, labels: dict[str, list[str]]
) -> Iterator[Trigger]:
    types, statuses = chances["types"][i, :n], chances["statuses"][i, :n]
    for token in np.flatnonzero(1.0 - types[:, 0] >= TRIGGER_THRESHOLD).tolist():
        ranked = np.argsort(-types[token, 1:], kind="stable")[:TYPES_KEPT] + 1
        status = int(statuses[token].argmax())
        yield Trigger(
            token=token,
            type=labels["types"][ranked[0]],
            score=round(float(1.0 - types[token, 0]), 3),
            status=labels["statuses"][status],
            status_score=round(float(statuses[token, status]), 3),
            arguments=decode_arguments(softmax(arguments[token])),
            ranked=tuple((labels["types"][kind], round(float(types[token, kind]), 3)) for kind in ranked.tolist()),
        )


def _on_verbs(triggers: Iterator[Trigger], upos: Sequence[str], heads: Sequence[int]) -> Iterator[Trigger]:
    """Yield the triggers, one that was seen on a verb's particle ("pulling out") moved to the verb."""
    found = list(triggers)
    taken = {t.token for t in found}
    for trigger in found:
        verb = heads[trigger.token]
        particle = upos[trigger.token] in ("ADP", "PART", "ADV") and verb >= 0 and upos[verb] == "VERB"
        if not particle:
            yield trigger
        elif verb not in taken:
            taken.add(verb)
            yield replace(trigger, token=verb)


def load_reader(folder: Path = WEIGHTS, *, threads: int | None = None) -> Reader:
    """Return the reader in `folder`, its checksum verified.

    Raises ReaderModelError where a file is missing or changed.
    """
    return _load_reader(folder, threads or os.cpu_count() or 1)


@lru_cache(maxsize=2)
def _load_reader(folder: Path, threads: int) -> Reader:
    try:
        card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
        weights = (folder / "reader.onnx").read_bytes()
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    except OSError as error:
        raise ReaderModelError(f"the reader's weights are missing ({error.filename}): reinstall mene") from error
    if hashlib.sha256(weights).hexdigest() != card["sha256"]:
        raise ReaderModelError(f"{folder / 'reader.onnx'} does not match its checksum: reinstall mene")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])
    return Reader(session, tokenizer, card["labels"], card["name"])
