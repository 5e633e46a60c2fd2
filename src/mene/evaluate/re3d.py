"""`re3d`: names of eleven and more types in reporting on Syria and Iraq, exact spans, micro-F1 (re3d's folders).

Annotations overlap; of overlapping ones the more confident is kept, then the longer. Character offsets are taken to
whole words. Where `relations.jsonl` lies beside the documents, what the whole path reads in them is scored too
(`mene.evaluate.relations`).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, pairwise
from pathlib import Path
from typing import Any

from mene.errors import InputError
from mene.evaluate.documents import CharacterSpan, clip_spans, split_text
from mene.evaluate.files import read_json_lines
from mene.evaluate.iob import LabelledSpan
from mene.evaluate.measures import set_f1
from mene.evaluate.protocol import WordsReading
from mene.evaluate.relations import Relation, relate_entities, relate_events, score_relations
from mene.evaluate.setting import Scores, Setting
from mene.records import Article, Block, content_id


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


def read_related(path: Path, setting: Setting) -> list[tuple[str, list[Relation]]]:
    """Return the text and the relations of each document below `path` that has a relations.jsonl beside it."""
    folder = path.parent if path.is_file() else path
    return [document for file in sorted(folder.rglob("relations.jsonl")) for document in _related(file, setting)]


def _related(file: Path, setting: Setting) -> Iterator[tuple[str, list[Relation]]]:
    by_document: dict[str, list[Relation]] = {}
    for identity, relation in read_json_lines(file, _relation):
        by_document.setdefault(identity, []).append(relation)
    documents = read_json_lines(file.with_name("documents.jsonl"), lambda line: (str(line["_id"]), str(line["text"])))
    for identity, text in documents:
        if setting.takes(identity):
            yield text, by_document.get(identity, [])


def _relation(line: dict[str, Any]) -> tuple[str, Relation]:
    return str(line["documentId"]), Relation(str(line["type"]), str(line["source"]), str(line["target"]))


def find_relations(text: str, setting: Setting) -> list[Relation]:
    """Return the relations that Mene reads in a text: those of its events, then those of its sentences' entities."""
    _, events, _ = setting.read_article(make_article(text))
    sentences = [words.words for words in split_text(text)]
    readings = setting.load_reader().read_words(sentences)
    seen = (relate_entities(words, reading) for words, reading in zip(sentences, readings, strict=True))
    return [*relate_events(events), *chain.from_iterable(seen)]


def make_article(text: str) -> Article:
    """Return a text as an undated article of no outlet, each line a paragraph."""
    ends = list(accumulate(len(line) + 1 for line in text.split("\n")))
    blocks = tuple(
        Block("paragraph", start, end - 1) for start, end in pairwise((0, *ends)) if text[start : end - 1].strip()
    )
    return Article(
        id=content_id("", text),
        url=None,
        publisher=None,
        title=None,
        byline=None,
        published_at=None,
        language="en",
        text=text,
        blocks=blocks,
        dropped=(),
    )


def evaluate_re3d(path: Path, setting: Setting) -> Scores:
    """Return the scores of the reader's names, and of the whole path's relations, on the documents at `path`."""
    sentences = read_documents(path, setting)
    names = score_entities(sentences, setting.load_reader().read_words([sentence.words for sentence in sentences]))
    related = read_related(path, setting)
    found = [(gold, find_relations(text, setting)) for text, gold in related]
    return {**names, **(score_relations(found) if related else {})}
