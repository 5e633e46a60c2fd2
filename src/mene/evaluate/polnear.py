"""`polnear`: who says what in political news: sources, cues and contents (PolNeAR's brat-like files).

Annotated spans are taken to whole words and clipped to each sentence they touch: a quotation of three sentences is
three spans, and a span in two pieces is two. Spans are right when they are exact. An attribution is right when its
source, cue and content all overlap those of one annotated attribution (where that has no source, none may be given).
Of a text that several people annotated the first annotation, by file name, is taken.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from mene.errors import InputError
from mene.evaluate.documents import Words, clip_spans, split_text
from mene.evaluate.files import read_text
from mene.evaluate.measures import f1, set_f1
from mene.evaluate.protocol import WordsReading
from mene.evaluate.setting import Scores, Setting
from mene.records import Saying, Span

Stretch = tuple[int, int]
Stretches = tuple[Stretch, ...]

_SPAN = re.compile(r"^(T\d+)\t(Source|Cue|Content) (\d+ \d+(?:;\d+ \d+)*)(?:\t|$)")
_ATTRIBUTION = re.compile(r"^E\d+\t(.+)$")


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says what, by what words: half-open stretches of characters; `source` is empty where none is named."""

    source: Stretches
    cue: Stretches
    content: Stretches


@dataclass(frozen=True, slots=True)
class Annotated:
    """A text with the annotated spans of each kind and the attributions they make."""

    text: str
    spans: tuple[tuple[str, int, int], ...]
    attributions: tuple[Attribution, ...]


def read_annotation(text: str, annotation: str) -> Annotated:
    """Return a text with its annotation, the content of an .ann file."""
    stretches: dict[str, tuple[str, Stretches]] = {}
    for line in annotation.splitlines():
        if match := _SPAN.match(line):
            pieces = (piece.split() for piece in match[3].split(";"))
            stretches[match[1]] = (match[2], tuple((int(start), int(end)) for start, end in pieces))
    spans = tuple((kind, start, end) for kind, pieces in stretches.values() for start, end in pieces)
    matches = (_ATTRIBUTION.match(line) for line in annotation.splitlines())
    attributions = (_attribution(match[1], stretches) for match in matches if match)
    return Annotated(text, spans, tuple(made for made in attributions if made.cue and made.content))


def _attribution(line: str, stretches: dict[str, tuple[str, Stretches]]) -> Attribution:
    parts: dict[str, Stretches] = {}
    for role in line.split():
        kind, pieces = stretches.get(role.partition(":")[2], ("", ()))
        parts[kind] = parts.get(kind, ()) + pieces
    return Attribution(parts.get("Source", ()), parts.get("Cue", ()), parts.get("Content", ()))


def read_annotations(path: Path) -> list[Annotated]:
    """Return the texts below `path` that have an annotation: "text/NAME.txt" and "attributions/NAME_xxxx.ann"."""
    folder = path.parent.parent if path.is_file() else path
    texts = [path] if path.suffix == ".txt" and path.is_file() else sorted(folder.rglob("*.txt"))
    texts = [text for text in texts if text.parent.name == "text"] or texts
    kept = [text for text in texts if "train" not in text.relative_to(folder).parts] or texts
    annotations: dict[str, Path] = {}
    for annotation in sorted(folder.rglob("*.ann"), reverse=True):
        annotations[annotation.stem.rpartition("_")[0]] = annotation
        annotations[annotation.stem] = annotation
    pairs = [(text, annotations[text.stem]) for text in kept if text.stem in annotations]
    if not pairs:
        raise InputError(f"{path} holds no text/*.txt with attributions/*.ann: give a folder of PolNeAR")
    return [read_annotation(read_text(text), read_text(annotation)) for text, annotation in pairs]


def join_spans(reading: WordsReading) -> list[Saying]:
    """Return who says what in a sentence: as the reader joins it, else each cue with the nearest content and source."""
    joined = {saying.cue: saying for saying in reading.sayings}
    nearest = (_nearest(reading, cue) for cue in reading.cues if cue not in joined)
    return [*joined.values(), *(saying for saying in nearest if saying.contents)]


def _nearest(reading: WordsReading, cue: Span) -> Saying:
    sources = sorted(reading.sources, key=lambda span: (_gap(span, cue), span.first))
    contents = sorted(reading.contents, key=lambda span: (_gap(span, cue), span.first))
    return Saying(cue, sources[0] if sources else None, tuple(contents[:1]))


def _gap(one: Span, other: Span) -> int:
    """Return the words between two spans, 0 where they touch or overlap."""
    return max(0, one.first - other.last - 1, other.first - one.last - 1)


def find_attributions(sentences: Sequence[Words], readings: Sequence[WordsReading]) -> list[Attribution]:
    """Return what the reader's spans make of a document, in characters."""
    return [
        Attribution(
            source=(_stretch(sentence, saying.source),) if saying.source else (),
            cue=(_stretch(sentence, saying.cue),),
            content=tuple(_stretch(sentence, content) for content in saying.contents),
        )
        for sentence, reading in zip(sentences, readings, strict=True)
        for saying in join_spans(reading)
    ]


def _stretch(sentence: Words, span: Span) -> Stretch:
    return sentence.spans[span.first][0], sentence.spans[span.last][1]


def match_attributions(gold: Sequence[Attribution], predicted: Sequence[Attribution]) -> int:
    """Return how many predicted attributions match an annotated one of their own."""
    free = list(gold)
    matched = 0
    for found in predicted:
        partner = next((wanted for wanted in free if _agree(wanted, found)), None)
        if partner is not None:
            free.remove(partner)
            matched += 1
    return matched


def _agree(wanted: Attribution, found: Attribution) -> bool:
    sourced = _overlap(wanted.source, found.source) if wanted.source else not found.source
    return sourced and _overlap(wanted.cue, found.cue) and _overlap(wanted.content, found.content)


def _overlap(one: Stretches, other: Stretches) -> bool:
    return any(a < d and b > c for a, b in one for c, d in other)


def score_attributions(
    gold: Sequence[Annotated], sentences: Sequence[Sequence[Words]], predicted: Sequence[Sequence[WordsReading]]
) -> dict[str, float]:
    """Return source_f1, cue_f1, content_f1, content_token_f1, attribution_f1 and n, the number of texts.

    `sentences` and `predicted` hold the sentences of each text and what the reader saw in them.
    """
    rows = [
        (frozenset(clip_spans(words.spans, document.spans)), reading)
        for document, cut, readings in zip(gold, sentences, predicted, strict=True)
        for words, reading in zip(cut, readings, strict=True)
    ]
    scores = {
        f"{kind.lower()}_f1": set_f1(
            (frozenset(span[1:] for span in spans if span[0] == kind), _found(reading, kind)) for spans, reading in rows
        )
        for kind in ("Source", "Cue", "Content")
    }
    scores["content_token_f1"] = set_f1(
        (_covered(span[1:] for span in spans if span[0] == "Content"), _covered(_found(reading, "Content")))
        for spans, reading in rows
    )
    made = [find_attributions(cut, readings) for cut, readings in zip(sentences, predicted, strict=True)]
    matched = sum(match_attributions(document.attributions, found) for document, found in zip(gold, made, strict=True))
    wanted = sum(len(document.attributions) for document in gold)
    scores["attribution_f1"] = f1(matched, sum(map(len, made)), wanted)
    return {**scores, "n": len(gold)}


def _found(reading: WordsReading, kind: str) -> frozenset[tuple[int, int]]:
    spans = {"Source": reading.sources, "Cue": reading.cues, "Content": reading.contents}[kind]
    return frozenset((span.first, span.last) for span in spans)


def _covered(spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    return frozenset(word for first, last in spans for word in range(first, last + 1))


def evaluate_polnear(path: Path, setting: Setting) -> Scores:
    """Return the scores of the reader on the annotated texts at `path`."""
    gold = read_annotations(path)
    sentences = [split_text(document.text) for document in gold]
    readings = iter(setting.load_reader().read_words([words.words for cut in sentences for words in cut]))
    predicted = [[next(readings) for _ in cut] for cut in sentences]
    return score_attributions(gold, sentences, predicted)
