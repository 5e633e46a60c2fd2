"""The training corpora, each read into `Example`s of one task. Held-out folds are left out here and nowhere else.

Formats are those of the data's own README. A task is a set of heads trained together:
trees (UPOS, dependencies, predicates, roles), names, entities, attribution, factuality, events, event_place, pair,
participants.
"""

import csv
import glob
import gzip
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from mene.evaluate.folds import fold
from mene.language.tokenise import cut_long, find_sentences, find_words

Spans = list[tuple[str, int, int]]

NAMES = ("PER", "ORG", "LOC")
ENTITIES = (
    "Person Organisation Location Nationality Weapon MilitaryPlatform Vehicle Quantity Temporal Money DocumentReference"
).split()
TYPES = (
    "O AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE"
    " COERCE ASSAULT SEIZE NONE_OTHER"
).split()
STATUSES = "asserted negated denied possible planned conditional nearly ended".split()
NAME_OF = {
    "PER": "PER", "ORG": "ORG", "LOC": "LOC", "person": "PER", "politician": "PER", "organisation": "ORG",
    "politicalparty": "ORG", "corporation": "ORG", "group": "ORG", "location": "LOC", "country": "LOC",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Example:
    """Words and whatever a task needs of: per-word labels, trees, spans, triggers with arguments."""

    words: tuple[str, ...]
    upos: tuple[str, ...] = ()
    heads: tuple[int, ...] = ()
    relations: tuple[str, ...] = ()
    roles: tuple[tuple[int, str, int], ...] = ()
    predicates: tuple[int, ...] = ()
    spans: dict[str, Spans] = field(default_factory=dict)
    values: tuple[tuple[int, float], ...] = ()
    triggers: tuple[tuple[int, str, str, tuple[tuple[str, int], ...]], ...] = ()
    pair: tuple[tuple[int, ...], tuple[int, ...], str] | None = None


def open_text(path: Path) -> IO[str]:
    """Return `path` opened as text, through gzip where its name says so."""
    return gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8")


def read_jsonl(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON-lines file."""
    with open_text(path) as lines:
        yield from (json.loads(line) for line in lines if line.strip())


def read_trees(conllu: Path, propbank: Path) -> list[Example]:
    """Return trees with roles: UD sentences joined with their PropBank frames by document and words."""
    frames = {(d["doc"], " ".join(d["words"])): d["frames"] for d in read_jsonl(propbank)}
    out: list[Example] = []
    doc, rows = "", list[list[str]]()
    with open_text(conllu) as lines:
        for line in lines:
            if line.startswith("# newdoc id"):
                doc = line.split("=", 1)[1].strip()
            elif line[:1].isdigit():
                cells = line.rstrip("\n").split("\t")
                if cells[0].isdigit():
                    rows.append(cells)
            elif not line.strip() and rows:
                out.append(_tree(rows, frames.get((doc, " ".join(r[1] for r in rows)))))
                rows = []
    return out


def _tree(rows: list[list[str]], frames: list[Any] | None) -> Example:
    heads = tuple(int(r[6]) for r in rows)
    roles = [
        (predicate, label, head_in(heads, first, last))
        for predicate, _, arguments in frames or ()
        for label, first, last in arguments
        if label != "V" and not label.startswith("C-")
    ]
    return Example(
        words=tuple(r[1] for r in rows),
        upos=tuple(r[3] for r in rows),
        heads=heads,
        relations=tuple(r[7] for r in rows),
        roles=tuple(roles),
        predicates=tuple(f[0] for f in frames) if frames is not None else (-1,),
    )


def head_in(heads: Sequence[int], first: int, last: int) -> int:
    """Return the token of [first, last] whose head (1-based, 0 root) lies outside it; the first such one."""
    return next((i for i in range(first, last + 1) if not first <= heads[i] - 1 <= last), first)


def read_iob(path: Path) -> list[Example]:
    """Return names from a CoNLL-like file: word and tag on a line (UNER: number, word, tag)."""
    out: list[Example] = []
    words: list[str] = []
    tags: list[str] = []
    with open_text(path) as lines:
        for line in [*lines, "\n"]:
            if line.startswith("#"):
                continue
            cells = line.split("\t") if "\t" in line else line.split()
            if not line.strip():
                if words:
                    out.append(Example(tuple(words), spans={"names": spans_of(tags)}))
                words, tags = [], []
            else:
                numbered = len(cells) > 2 and cells[0].isdigit()
                words.append(cells[1] if numbered else cells[0])
                tags.append((cells[2] if numbered else cells[-1]).strip())
    return out


def spans_of(tags: Sequence[str]) -> Spans:
    """Return (label, first, last) spans of IOB or IO tags, labels mapped through `NAME_OF`.

    >>> spans_of(["I-PER", "I-PER", "O", "B-LOC"])
    [('PER', 0, 1), ('LOC', 3, 3)]
    """
    spans: Spans = []
    before = ""
    for i, tag in enumerate(tags):
        label = NAME_OF.get(tag[2:], "") if tag != "O" else ""
        if label and (tag.startswith("B-") or before != label):
            spans.append((label, i, i))
        elif label:
            spans[-1] = (label, spans[-1][1], i)
        before = label
    return spans


def split_document(text: str, spans: Sequence[tuple[str, int, int]]) -> Iterator[tuple[tuple[str, ...], Spans]]:
    """Yield each sentence's words with the character `spans` clipped to it, as word spans."""
    for paragraph in re.finditer(r"[^\n]+", text):
        for start, end in find_sentences(text, paragraph.start(), paragraph.end()):
            for words in cut_long(find_words(text, start, end), text):
                yield tuple(text[a:b] for a, b in words), clip_spans(words, spans)


def clip_spans(words: Sequence[tuple[int, int]], spans: Sequence[tuple[str, int, int]]) -> Spans:
    """Return the character `spans` that touch `words`, as (label, first word, last word)."""
    out: Spans = []
    for label, start, end in spans:
        inside = [i for i, (a, b) in enumerate(words) if a < end and b > start]
        if inside:
            out.append((label, inside[0], inside[-1]))
    return out


def read_re3d(folder: Path, held_out: int) -> list[Example]:
    """Return re3d's entities by sentence; of overlapping ones the more certain, then the longer."""
    out: list[Example] = []
    for path in sorted(folder.glob("*/documents.jsonl")):
        entities: dict[str, list[dict[str, Any]]] = {}
        for entity in read_jsonl(path.with_name("entities.jsonl")):
            entities.setdefault(entity["documentId"], []).append(entity)
        for document in read_jsonl(path):
            if fold(document["_id"]) == held_out:
                continue
            spans = flat_entities(entities.get(document["_id"], []))
            out += [Example(w, spans={"entities": s}) for w, s in split_document(document["text"], spans) if w]
    return out


def flat_entities(entities: Sequence[dict[str, Any]]) -> Spans:
    """Return non-overlapping character spans of the known types."""
    chosen: Spans = []
    for e in sorted(entities, key=lambda e: (-e["confidence"], e["begin"] - e["end"], e["begin"])):
        if e["type"] in ENTITIES and all(e["end"] <= a or e["begin"] >= b for _, a, b in chosen):
            chosen.append((e["type"], e["begin"], e["end"]))
    return sorted(chosen, key=lambda s: s[1])


_PART = re.compile(r"^T\d+\t(Source|Cue|Content) ([\d; ]+)\t")


def read_polnear(folder: Path) -> list[Example]:
    """Return PolNeAR's attributions by sentence; of a text that several people annotated, the first annotation."""
    out: list[Example] = []
    for text_path in sorted((folder / "text").glob("*.txt")):
        text = text_path.read_text(encoding="utf-8")
        parts: Spans = []
        annotations = sorted((folder / "attributions").glob(f"{glob.escape(text_path.stem)}_????.ann"))
        if not annotations:
            continue
        for line in annotations[0].read_text(encoding="utf-8").splitlines():
            if match := _PART.match(line):
                for piece in match[2].split(";"):
                    start, end = map(int, piece.split())
                    parts.append((match[1].lower() + "s", start, end))
        for words, spans in split_document(text, parts):
            by_kind: dict[str, Spans] = {"sources": [], "cues": [], "contents": []}
            for kind, first, last in spans:
                by_kind[kind].append(("X", first, last))
            out.append(Example(words, spans=by_kind))
    return out


def read_factuality(path: Path) -> list[Example]:
    """Return factuality values (-3..+3) at the predicates' tokens."""
    return [
        Example(tuple(d["text"].split()), values=tuple((t["span1"][0], float(t["label"])) for t in d["targets"]))
        for d in read_jsonl(path)
    ]


_PREPOSITIONS = frozenset("of in from with for at by to on against between after during near".split())


def phrase_head(words: Sequence[str]) -> int:
    """Return the index of a noun or verb phrase's head word: the last before the first preposition or comma.

    >>> phrase_head(["suicide", "bomb", "blast"]), phrase_head(["claim", "of", "responsibility"])
    (2, 0)
    """
    for i, word in enumerate(words):
        if i and (word.lower() in _PREPOSITIONS or word == ","):
            return i - 1
    return len(words) - 1


def locate(sentence: Sequence[str], phrase: str | None, near: int | None = None) -> tuple[int, int] | None:
    """Return the word span of `phrase` in `sentence`, the one nearest to word `near`, or None."""
    if not phrase:
        return None
    wanted = [phrase[a:b].lower() for a, b in find_words(phrase)]
    lower = [w.lower() for w in sentence]
    starts = [i for i in range(len(lower) - len(wanted) + 1) if lower[i : i + len(wanted)] == wanted]
    if not starts or not wanted:
        return None
    best = min(starts, key=lambda i: abs(i - near)) if near is not None else starts[0]
    return best, best + len(wanted) - 1


def read_events(folder: Path, held_out: int) -> list[Example]:
    """Return the annotated readings by sentence: triggers with type, status and argument words."""
    documents = {d["doc"]: d for d in read_jsonl(folder / "docs.jsonl")}
    labels: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for label in read_jsonl(folder / "labels.jsonl"):
        if "trigger" in label:
            labels.setdefault((label["doc"], label["sent"]), []).append(label)
    out: list[Example] = []
    for name, document in sorted(documents.items()):
        if fold(name) == held_out:
            continue
        for number, sentence in enumerate(document["sentences"]):
            words = tuple(sentence[a:b] for a, b in find_words(sentence))
            if words:
                triggers = [t for e in labels.get((name, number), []) if (t := _trigger(words, e))]
                out.append(Example(words, triggers=tuple(triggers)))
    return out


def _trigger(words: Sequence[str], event: dict[str, Any]) -> tuple[int, str, str, tuple[tuple[str, int], ...]] | None:
    span = locate(words, event["trigger"])
    if span is None:
        return None
    token = span[0] + phrase_head(words[span[0] : span[1] + 1])
    arguments: list[tuple[str, int]] = []
    for role in ("actor", "recipient", "place"):
        if found := locate(words, event[role], token):
            arguments += [(role, i) for i in range(found[0], found[1] + 1)]
    return token, event["type"], event["status"], tuple(arguments)


def read_event_places(path: Path, held_out: int) -> list[Example]:
    """Return verbs with the words of the place where their event happened (often none)."""
    out: list[Example] = []
    for d in read_jsonl(path):
        if fold(d["text"]) == held_out or len(d["tokens"]) > 120:
            continue
        verb = next(s["token_start"] for s in d["spans"] if s["label"] == "VERB")
        places = [
            ("place", i)
            for s in d["spans"]
            if s["label"] == "LOCATION"
            for i in range(s["token_start"], s["token_end"] + 1)
        ]
        out.append(Example(tuple(t["text"] for t in d["tokens"]), triggers=((verb, "", "", tuple(places)),)))
    return out


def read_pairs(path: Path, held_out: int) -> list[Example]:
    """Return PLV sentences with the words of source and target and the PLOVER root."""
    out: list[Example] = []
    with open_text(path) as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            words = tuple(row["sentence"][a:b] for a, b in find_words(row["sentence"]))
            source, target = locate(words, row["source"]), locate(words, row["target"])
            if fold(row["sentence"]) == held_out or source is None or target is None:
                continue
            spans = (tuple(range(source[0], source[1] + 1)), tuple(range(target[0], target[1] + 1)))
            out.append(Example(words, pair=(*spans, row["root"])))
    return out


def read_participants(path: Path, held_out: int) -> list[Example]:
    """Return CoPED sentences with their spans: source (S), target (T), or related both ways (R)."""
    out: list[Example] = []
    words: list[str] = []
    tags: list[str] = []
    with open_text(path) as lines:
        for line in [*lines, "\n"]:
            if line.strip():
                word, tag = line.split()
                words.append(word)
                tags.append(tag)
            elif words:
                if fold(" ".join(words)) != held_out:
                    out.append(Example(tuple(words), spans={"participants": _coped_spans(tags)}))
                words, tags = [], []
    return out


def _coped_spans(tags: Sequence[str]) -> Spans:
    spans: Spans = []
    for i, tag in enumerate(tags):
        if tag.startswith("B-"):
            spans.append((tag[2:], i, i))
        elif tag.startswith("I-") and spans and spans[-1][2] == i - 1 and spans[-1][0] == tag[2:]:
            spans[-1] = (tag[2:], spans[-1][1], i)
    return spans


def read_corpora(data: Path, held_out: int) -> dict[str, list[Example]]:
    """Return every task's examples from the data folder, held-out folds and development splits left out."""
    names = [
        *read_iob(data / "uner_ewt/dev.iob2"),
        *read_iob(data / "ner_wikigold/wikigold.conll.txt"),
        *read_iob(data / "ner_wnut17/wnut17train.conll"),
        *read_iob(data / "crossner_politics/train.txt"),
        *read_iob(data / "crossner_politics/dev.txt"),
    ]
    factuality = [
        e for s in ("UW", "MEANTIME", "UDS_IH2") for e in read_factuality(data / f"factuality/{s}/train.jsonl")
    ]
    return {
        "trees": read_trees(data / "ud_ewt/train.conllu.gz", data / "propbank_ewt/train.jsonl.gz"),
        "names": [e for e in names if len(e.words) <= 120],
        "entities": read_re3d(data / "re3d", held_out),
        "attribution": read_polnear(data / "polnear/train"),
        "factuality": factuality,
        "events": read_events(data / "reading", held_out),
        "event_place": read_event_places(data / "event_location/train.jsonl.gz", held_out),
        "pair": read_pairs(data / "plv/train.tsv", held_out),
        "participants": read_participants(data / "coped_spans/train.txt", held_out),
    }
