"""The heads' development scores during training, with the very decoder and scorers that score the shipped model."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from mene.evaluate.coped import score_participants
from mene.evaluate.documents import split_text
from mene.evaluate.event_location import find_place_words, read_located, score_places
from mene.evaluate.factuality import read_judged, score_factuality
from mene.evaluate.folds import HELD_OUT, is_held_out
from mene.evaluate.iob import read_tagged
from mene.evaluate.locate import find_phrase
from mene.evaluate.measures import f1, set_f1, share
from mene.evaluate.names import score_names
from mene.evaluate.pairs import seen_chances
from mene.evaluate.plv import Pair, read_pairs, score_pairs
from mene.evaluate.polnear import read_annotations, score_attributions
from mene.evaluate.propbank import read_frames, score_roles
from mene.evaluate.re3d import read_documents, score_entities
from mene.evaluate.setting import Setting
from mene.evaluate.ud import read_trees, score_trees
from mene.language.parties import cut_spans, log_shares
from mene.language.reader import Reader as WordReader
from mene.language.reader import WordsReading
from mene.language.tags import best_tags
from mene.language.tokenise import find_words
from mene.vocabulary import EventType
from training.corpora import CASES, Example, read_events, read_own_reports
from training.losses import meant_statuses
from training.model import OUTPUTS, Labels, Reader

DEVELOPMENT = CASES.with_name("development")
Spanned = tuple[str, int, int]
T = TypeVar("T")


class _Output:
    def __init__(self, name: str) -> None:
        self.name = name


class TorchSession:
    """The torch model behind the interface of an ONNX session."""

    def __init__(self, reader: Reader, device: str) -> None:
        self.reader = reader
        self.device = device

    def get_outputs(self) -> list[_Output]:
        """Return the outputs in their order."""
        return [_Output(name) for name in OUTPUTS]

    def run(self, _: None, arrays: dict[str, NDArray[Any]]) -> list[NDArray[Any]]:
        """Return the model's outputs for the input arrays."""
        inputs = [torch.from_numpy(a).to(self.device) for a in arrays.values()]
        with torch.inference_mode():
            outputs = self.reader(*inputs)
        return [(out.float() if out.is_floating_point() else out).cpu().numpy() for out in outputs]


def some(items: Sequence[T], count: int) -> list[T]:
    """Return at most `count` of the items, taken evenly."""
    return [items[i * len(items) // count] for i in range(count)] if len(items) > count else list(items)


def score_heads(
    reader: Reader, labels: Labels, tokenizer: Tokenizer, data: Path, count: int, device: str
) -> dict[str, float]:
    """Return each head's development scores on at most `count` sentences of its set, or a twentieth as many texts."""
    reader.eval()
    words = WordReader(TorchSession(reader, device), tokenizer, as_lists(labels), "in training")
    held_out = Setting(split="held-out")
    scores: dict[str, float] = {}

    def add(prefix: str, found: Mapping[str, float]) -> None:
        scores.update({f"{prefix}.{key}": round(value, 4) for key, value in found.items() if key != "n"})

    trees = some(read_trees(data / "ud_ewt/dev.conllu.gz"), count)
    add("ud", score_trees(trees, words.read_words([t.words for t in trees])))
    frames = some(read_frames(data / "propbank_ewt/dev.jsonl.gz"), count)
    add("propbank", score_roles(frames, words.read_words([f.words for f in frames])))
    names = some(read_tagged(data / "uner_ewt/test.iob2"), count)
    add("names", score_names(names, words.read_words([s.words for s in names])))
    entities = read_documents(data / "re3d", held_out)
    add("re3d", score_entities(entities, words.read_words([s.words for s in entities])))
    texts = some(read_annotations(data / "polnear/dev"), max(1, count // 20))
    cut = [split_text(text.text) for text in texts]
    add(
        "polnear", score_attributions(texts, cut, [words.read_words([w.words for w in sentences]) for sentences in cut])
    )
    for corpus in ("UW", "MEANTIME", "UDS_IH2"):
        judged = some(read_judged(data / f"factuality/{corpus}/dev.jsonl"), count)
        add(f"factuality.{corpus}", score_factuality(judged, words.read_words([s.words for s in judged])))
    pairs = [p for p in read_pairs(data / "plv/train.tsv") if is_held_out(p.sentence)]
    add("plv", score_pairs(pairs, [see_pair(words, pair) for pair in pairs]))
    tagged = [s for s in read_tagged(data / "coped_spans/train.txt") if is_held_out(" ".join(s.words))]
    parties = [log_shares(words.party_scores(s.words)) for s in tagged]
    add("coped", score_participants(tagged, [cut_spans(best_tags(scores), scores) for scores in parties]))
    located = [i for i in read_located(data / "event_location/train.jsonl.gz") if is_held_out(i.text)]
    located = some(located, count)
    add("event_location", score_places(located, [find_place_words(words, i.words, i.verb) for i in located]))
    for name, examples in (
        ("events", read_events(data / "reading", HELD_OUT, held_out_only=True)),
        ("reports", read_own_reports(DEVELOPMENT)),
    ):
        add(name, score_triggers(examples, words.read_words([e.words for e in examples])))
    reader.train()
    return scores


def see_pair(reader: WordReader, pair: Pair) -> dict[EventType, float]:
    """Return the probability of each event type for a pair, as the reader alone sees it."""
    words = [pair.sentence[a:b] for a, b in find_words(pair.sentence)]
    return seen_chances(reader, words, find_phrase(words, pair.source), find_phrase(words, pair.target))


def as_lists(labels: Labels) -> dict[str, list[str]]:
    """Return the label inventories as the model card holds them."""
    return {name: list(values) for name, values in asdict(labels).items()}


def score_triggers(gold: Sequence[Example], predicted: Sequence[WordsReading]) -> dict[str, float]:
    """Return found_f1 of event words, the shares of their types, statuses and arguments right, and f1 of mentions."""
    wanted = found = matched = types = statuses = 0
    arguments: list[tuple[frozenset[tuple[int, str, int]], frozenset[tuple[int, str, int]]]] = []
    mentions: list[tuple[frozenset[Spanned], frozenset[Spanned]]] = []
    opinions = 0
    for example, reading in zip(gold, predicted, strict=True):
        seen = {trigger.token: trigger for trigger in reading.triggers}
        wanted, found = wanted + len({t[0] for t in example.triggers}), found + len(seen)
        for token, kind, status, marked in {t[0]: t for t in example.triggers}.values():
            if (trigger := seen.get(token)) is not None:
                matched += 1
                types += trigger.type == kind
                statuses += trigger.status in meant_statuses(status)
                told = frozenset(
                    (token, a.label, word) for a in trigger.arguments for word in range(a.first, a.last + 1)
                )
                arguments.append((frozenset((token, role, word) for role, word in marked), told))
        if "mentions" in example.spans:
            layers = (*example.spans["mentions"], *example.spans["inner_mentions"])
            mentions.append((frozenset(layers), frozenset((m.label, m.first, m.last) for m in reading.mentions)))
            opinions += example.opinion == (reading.opinion >= 0.5)
    scores = {
        "found_f1": f1(matched, found, wanted),
        "type": share(types, matched),
        "status": share(statuses, matched),
        "argument_f1": set_f1(arguments),
    }
    if mentions:
        scores |= {"mention_f1": set_f1(mentions), "opinion": share(opinions, len(gold))}
    return scores
