"""`re3d`: names of eleven and more types in reporting on Syria and Iraq, exact spans, micro-F1 (re3d's folders).

Annotations overlap; of overlapping ones the more confident is kept, then the longer. Character offsets are taken to
whole words. Relations are not scored yet: there is no ability to find them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mene.errors import InputError
from mene.evaluate.documents import CharacterSpan, clip_spans, split_text
from mene.evaluate.files import read_json_lines
from mene.evaluate.iob import LabelledSpan
from mene.evaluate.measures import set_f1
from mene.evaluate.protocol import WordsReading
from mene.evaluate.setting import Scores, Setting


@dataclass(frozen=True, slots=True)
class Entity:
    """An annotated name: its document, type, half-open characters and the annotators' confidence, 0..1."""

    document: str
    type: str
    start: int
    end: int
    confidence: float


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence with the names in it, as word spans."""

    words: tuple[str, ...]
    names: frozenset[LabelledSpan]


def keep_apart(entities: Iterable[Entity]) -> list[CharacterSpan]:
    """Return the entities that do not overlap a more confident, or an equally confident and longer, one.

    >>> keep_apart([Entity("d", "Location", 12, 19, 0.0), Entity("d", "Person", 0, 19, 1.0)])
    [('Person', 0, 19)]
    """
    kept: list[CharacterSpan] = []
    for entity in sorted(entities, key=lambda entity: (-entity.confidence, entity.start - entity.end, entity.start)):
        if all(entity.end <= start or entity.start >= end for _, start, end in kept):
            kept.append((entity.type, entity.start, entity.end))
    return sorted(kept, key=lambda span: span[1])


def read_documents(path: Path, setting: Setting) -> list[Sentence]:
    """Return the sentences of the documents below `path` (documents.jsonl with entities.jsonl beside it)."""
    folder = path.parent if path.is_file() else path
    files = sorted(folder.rglob("documents.jsonl"))
    if not files:
        raise InputError(f"{path} holds no documents.jsonl with entities.jsonl beside it: give re3d's folder")
    return [sentence for file in files for sentence in _sentences(file, setting)]


def _sentences(file: Path, setting: Setting) -> list[Sentence]:
    by_document: dict[str, list[Entity]] = {}
    for entity in read_json_lines(file.with_name("entities.jsonl"), _entity):
        by_document.setdefault(entity.document, []).append(entity)
    documents = read_json_lines(file, lambda line: (str(line["_id"]), str(line["text"])))
    return [
        Sentence(words.words, frozenset(clip_spans(words.spans, keep_apart(by_document.get(identity, [])))))
        for identity, text in documents
        if setting.takes(identity)
        for words in split_text(text)
    ]


def _entity(line: dict[str, Any]) -> Entity:
    confidence = float(line.get("confidence", 1.0))
    return Entity(str(line["documentId"]), str(line["type"]), int(line["begin"]), int(line["end"]), confidence)


def score_entities(gold: Sequence[Sentence], predicted: Sequence[WordsReading]) -> dict[str, float]:
    """Return names_f1 and n, the number of sentences."""
    pairs = [
        (sentence.names, frozenset((span.label, span.first, span.last) for span in reading.entities))
        for sentence, reading in zip(gold, predicted, strict=True)
    ]
    return {"names_f1": set_f1(pairs), "n": len(gold)}


def evaluate_re3d(path: Path, setting: Setting) -> Scores:
    """Return the scores of the reader on the documents at `path`."""
    sentences = read_documents(path, setting)
    return score_entities(sentences, setting.load_reader().read_words([sentence.words for sentence in sentences]))
