"""`coped`: the source and target of an event in a sentence (CoPED), exact spans, micro-F1 as seqeval counts it.

Only S (source) and T (target) spans are scored; the few that are both (R) are left out. `tuple_f1` and `tuple_head_f1`
are of whole tuples (`mene.evaluate.tuples`): each source with each target of a sentence, with the sentence's quad class
from the folder `coped_quad` beside it; without that folder there are none. Sentences of class 0 tell no event of the
four classes and are left out there. CoPED counts sanctions as words (3), not as deeds (4).
"""

from collections.abc import Mapping, Sequence
from pathlib import Path

from mene.evaluate.files import data_files, read_text
from mene.evaluate.folds import normalised_key
from mene.evaluate.iob import Tagged, read_tagged, spans_of
from mene.evaluate.measures import set_f1
from mene.evaluate.pairs import Judge, load_judge
from mene.evaluate.setting import Scores, Setting
from mene.evaluate.tuples import Judged, Told, find_tuples, score_tuples
from mene.records import Span
from mene.vocabulary import QUAD_CLASS, EventType

LABELS = frozenset("ST")
BOTH = "R"
QUAD_FOLDER = "coped_quad"
NO_EVENT = "0"
QUADS: Mapping[EventType, str] = {**{kind: str(quad) for kind, quad in QUAD_CLASS.items()}, "SANCTION": "3"}
"""CoPED's quad class of each event type."""


def score_participants(gold: Sequence[Tagged], predicted: Sequence[Sequence[Span]]) -> dict[str, float]:
    """Return f1 of source and target spans together, and n, the number of sentences."""
    pairs = [
        (
            frozenset(span for span in spans_of(sentence.tags) if span[0] in LABELS),
            frozenset((span.label, span.first, span.last) for span in spans if span.label in LABELS),
        )
        for sentence, spans in zip(gold, predicted, strict=True)
    ]
    return {"f1": set_f1(pairs), "n": len(gold)}


def read_quads(folder: Path) -> dict[str, str]:
    """Return the quad class of each sentence, by its letters and digits, from a folder of sentence-tab-class files."""
    if not folder.is_dir():
        return {}
    lines = [line for file in data_files(folder, ".tsv") for line in read_text(file).splitlines() if line.strip()]
    parts = (line.rpartition("\t") for line in lines)
    return {normalised_key(sentence): quad for sentence, _, quad in parts}


def tell_tuples(sentence: Tagged, quad: str) -> Told:
    """Return the sentence with each of its sources paired with each of its targets."""
    runs = {label: [(a, b) for kind, a, b in spans_of(sentence.tags) if kind == label] for label in (*LABELS, BOTH)}
    sources, targets = (runs[label] or runs[BOTH] for label in ("S", "T"))
    return Told(sentence.words, frozenset((a, b, quad) for a in sources for b in targets if a != b))


def judge_sentences(
    sentences: Sequence[Tagged], quads: Mapping[str, str], judge: Judge
) -> tuple[list[tuple[Span, ...]], list[Judged]]:
    """Return the spans found in each sentence, and the tuples where a sentence's quad class is known."""
    parties: list[tuple[Span, ...]] = []
    judged: list[Judged] = []
    readings = judge.reader.read_words([sentence.words for sentence in sentences])
    for sentence, reading in zip(sentences, readings, strict=True):
        parties.append(judge.parties(sentence.words, reading))
        quad = quads.get(normalised_key(" ".join(sentence.words)), NO_EVENT)
        if quad != NO_EVENT:
            found = find_tuples(judge, sentence.words, reading, parties[-1], QUADS)
            judged.append(Judged(tell_tuples(sentence, quad), reading, found))
    return parties, judged


def evaluate_coped(path: Path, setting: Setting) -> Scores:
    """Return the scores of the shipped models on the tagged sentences at `path`."""
    everything = [sentence for file in data_files(path, ".txt", ".conll") for sentence in read_tagged(file)]
    sentences = [sentence for sentence in everything if setting.takes(" ".join(sentence.words))]
    folder = (path.parent if path.is_file() else path).parent
    quads = read_quads(folder / QUAD_FOLDER)
    parties, judged = judge_sentences(sentences, quads, load_judge(setting.load_reader()))
    return {**score_participants(sentences, parties), **(score_tuples(judged) if judged else {})}
