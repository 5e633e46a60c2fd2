"""The training corpora, each read into `Example`s of one task. Held-out folds are left out here and nowhere else.

Formats are those of the data's own README. A task is a set of heads trained together:
trees (UPOS, dependencies, predicates, roles), names, other_names, entities, attribution, factuality (one a corpus),
events, event_place, pair, participants, and reports: our own annotated reports, which teach several heads at once.
"""

import csv
import glob
import gzip
import io
import json
import re
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from mene.evaluate.folds import fold, normalised_key
from mene.evaluate.marked import NAME_KINDS, PIECES, STATUS_COVERS, Line, Marked, read_reports
from mene.evaluate.marked import find_words as find_characters
from mene.evaluate.polnear import Attribution, Stretches, read_annotation
from mene.language.roles import find_tops
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
STATUSES = (
    "asserted in_progress negated denied probable possible doubtful asked planned conditional nearly ended".split()
)
MENTIONS = NAME_KINDS
MENTION_COVERS = {
    "Person": ("person",), "Organisation": ("organisation", "armed force"), "Location": ("place", "facility"),
    "Nationality": ("nationality",), "Weapon": ("weapon",), "MilitaryPlatform": ("weapon",), "Quantity": ("quantity",),
    "Temporal": ("time",), "Money": ("money",),
}  # fmt: skip
"""The kinds of mention that each of re3d's types may be."""
CASES = Path(__file__).parent.parent / "evaluation/cases/reading/training"
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
    roles: tuple[tuple[int, str, int], ...] = ()  # predicate, label, a top word of the argument
    predicates: tuple[int, ...] = ()
    spans: dict[str, Spans] = field(default_factory=dict)
    values: tuple[tuple[int, float], ...] = ()
    triggers: tuple[tuple[int, str, str, tuple[tuple[str, int], ...]], ...] = ()
    pair: tuple[tuple[int, ...], tuple[int, ...], str] | None = None
    sayings: tuple[tuple[int, str, int], ...] = ()
    opinion: bool = False


def without_commas(examples: Sequence[Example]) -> list[Example]:
    """Return the examples that have commas, without them: scraped news often has lost them."""
    out = []
    for e in examples:
        kept = [i for i, word in enumerate(e.words) if word != "," or i + 1 in e.heads]
        if len(kept) == len(e.words):
            continue
        at = {old: new for new, old in enumerate(kept)}
        spans = {kind: [m for s in rows for m in _moved(s, at)] for kind, rows in e.spans.items()}
        out.append(
            Example(
                tuple(e.words[i] for i in kept),
                upos=tuple(e.upos[i] for i in kept) if e.upos else (),
                heads=tuple(at[e.heads[i] - 1] + 1 if e.heads[i] else 0 for i in kept) if e.heads else (),
                relations=tuple(e.relations[i] for i in kept) if e.relations else (),
                roles=tuple((at[p], label, at[w]) for p, label, w in e.roles if w in at and p in at),
                predicates=tuple(at[p] for p in e.predicates if p in at),
                spans=spans,
                sayings=tuple((at[c], kind, at[w]) for c, kind, w in e.sayings if c in at and w in at),
            )
        )
    return out


def _moved(span: tuple[str, int, int], at: Mapping[int, int]) -> Iterator[tuple[str, int, int]]:
    """Yield a span in the numbers of the words that are left, where any of it is."""
    left = [at[i] for i in range(span[1], span[2] + 1) if i in at]
    if left:
        yield span[0], left[0], left[-1]


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
        (predicate, label.removeprefix("C-"), word)
        for predicate, _, arguments in frames or ()
        for label, first, last in arguments
        if label.removeprefix("C-") != "V"
        for word in find_tops([head - 1 for head in heads], first, last)
    ]
    return Example(
        words=tuple(r[1] for r in rows),
        upos=tuple(r[3] for r in rows),
        heads=heads,
        relations=tuple(r[7] for r in rows),
        roles=tuple(roles),
        predicates=tuple(f[0] for f in frames or ()),
    )


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


def sentence_words(text: str) -> Iterator[list[tuple[int, int]]]:
    """Yield the half-open character spans of each sentence's words."""
    for paragraph in re.finditer(r"[^\n]+", text):
        for start, end in find_sentences(text, paragraph.start(), paragraph.end()):
            yield from (words for words in cut_long(find_words(text, start, end), text) if words)


def split_document(text: str, spans: Sequence[tuple[str, int, int]]) -> Iterator[tuple[tuple[str, ...], Spans]]:
    """Yield each sentence's words with the character `spans` clipped to it, as word spans."""
    for words in sentence_words(text):
        yield tuple(text[a:b] for a, b in words), clip_spans(words, spans)


def clip_spans(words: Sequence[tuple[int, int]], spans: Sequence[tuple[str, int, int]]) -> Spans:
    """Return the character `spans` that touch `words`, as (label, first word, last word)."""
    out: Spans = []
    for label, start, end in spans:
        inside = [i for i, (a, b) in enumerate(words) if a < end and b > start]
        if inside:
            out.append((label, inside[0], inside[-1]))
    return out


def twice_annotated(readings: Path) -> frozenset[str]:
    """Return the ids of the re3d documents that are also among the annotated readings, there as "re3d-ID"."""
    names = (d["doc"] for d in read_jsonl(readings / "docs.jsonl"))
    return frozenset(name.removeprefix("re3d-") for name in names if name.startswith("re3d-"))


def folds_of(name: str, twice: Collection[str]) -> set[int]:
    """Return the folds that a document belongs to: two where it stands in two corpora under two names.

    >>> folds_of("re3d-42", {"42"}) == folds_of("42", {"42"})
    True
    """
    bare = name.removeprefix("re3d-")
    return {fold(bare), fold(f"re3d-{bare}")} if bare in twice else {fold(name)}


def read_re3d(folder: Path, held_out: int, twice: Collection[str] = ()) -> list[Example]:
    """Return re3d's entities by sentence; of overlapping ones the more certain, then the longer.

    Documents whose ids are in `twice` are left out where either of their names is in the fold.
    """
    out: list[Example] = []
    for path in sorted(folder.glob("*/documents.jsonl")):
        entities: dict[str, list[dict[str, Any]]] = {}
        for entity in read_jsonl(path.with_name("entities.jsonl")):
            entities.setdefault(entity["documentId"], []).append(entity)
        for document in read_jsonl(path):
            if held_out in folds_of(document["_id"], twice):
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


def read_polnear(folder: Path) -> list[Example]:
    """Return PolNeAR's attributions by sentence; of a text that several people annotated, the first annotation."""
    out: list[Example] = []
    for text_path in sorted((folder / "text").glob("*.txt")):
        annotations = sorted((folder / "attributions").glob(f"{glob.escape(text_path.stem)}_????.ann"))
        if not annotations:
            continue
        text = text_path.read_text(encoding="utf-8")
        document = read_annotation(text, annotations[0].read_text(encoding="utf-8"))
        for words in sentence_words(text):
            by_kind: dict[str, Spans] = {"sources": [], "cues": [], "contents": []}
            for kind, first, last in clip_spans(words, document.spans):
                by_kind[kind.lower() + "s"].append(("X", first, last))
            sayings = [s for a in document.attributions for s in _sayings(words, a)]
            out.append(Example(tuple(text[a:b] for a, b in words), spans=by_kind, sayings=tuple(sayings)))
    return out


def _sayings(words: Sequence[tuple[int, int]], attribution: Attribution) -> Iterator[tuple[int, str, int]]:
    """Yield the first word of the cue with each word of its source and content in the sentence."""
    cue = _inside(words, attribution.cue)
    if cue:
        yield from ((cue[0], "source", word) for word in _inside(words, attribution.source))
        yield from ((cue[0], "content", word) for word in _inside(words, attribution.content))


def _inside(words: Sequence[tuple[int, int]], stretches: Stretches) -> list[int]:
    return [i for i, (a, b) in enumerate(words) if any(a < end and b > start for start, end in stretches)]


def read_factuality(path: Path) -> list[Example]:
    """Return factuality values (-3..+3) at the predicates' tokens."""
    return [
        Example(tuple(d["text"].split()), values=tuple((t["span1"][0], float(t["label"])) for t in d["targets"]))
        for d in read_jsonl(path)
    ]


_PREPOSITIONS = frozenset("of in from with for at by to on against between after during near".split())
_PARTICLES = frozenset("off out up down back away over through apart aside forward in on".split())


def phrase_head(words: Sequence[str]) -> int:
    """Return the index of a noun or verb phrase's head word: the last before the first preposition or comma.

    A verb's particle is none: the head of "pulled out" is the verb.

    >>> phrase_head(["suicide", "bomb", "blast"]), phrase_head(["claim", "of", "responsibility"])
    (2, 0)
    >>> phrase_head(["pulled", "out"])
    0
    """
    while len(words) > 1 and words[-1].lower() in _PARTICLES:
        words = words[:-1]
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


def read_events(folder: Path, held_out: int, *, held_out_only: bool = False) -> list[Example]:
    """Return the annotated readings by sentence: triggers with type, status and argument words.

    The documents of the fold `held_out` are left out; with `held_out_only` they alone are read.
    """
    twice = twice_annotated(folder)
    documents = {d["doc"]: d for d in read_jsonl(folder / "docs.jsonl")}
    labels: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for label in read_jsonl(folder / "labels.jsonl"):
        if "trigger" in label:
            labels.setdefault((label["doc"], label["sent"]), []).append(label)
    out: list[Example] = []
    for name, document in sorted(documents.items()):
        if not (fold(name) == held_out if held_out_only else held_out not in folds_of(name, twice)):
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


def read_quads(path: Path, held_out: int, pairs: Path) -> list[Example]:
    """Return CoPED sentences with the quad class of what happens in them, no pair given, but not those of `pairs`."""
    with open_text(pairs) as lines:
        finer = {
            normalised_key(row["sentence"]) for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        }
    out: list[Example] = []
    with open_text(path) as lines:
        for line in lines:
            sentence, _, quad = line.rstrip("\n").rpartition("\t")
            words = tuple(sentence[a:b] for a, b in find_words(sentence))
            known = normalised_key(sentence) in finer
            if words and not known and fold(sentence) != held_out and quad in {"1", "2", "3", "4"}:
                out.append(Example(words, pair=((), (), quad)))
    return out


def read_stories(path: Path) -> list[Example]:
    """Return the headline and the first sentence of generated stories with the type that the story was to tell of.

    They are noisy: the first sentence sometimes tells of something else.
    """
    out: list[Example] = []
    with zipfile.ZipFile(path) as archive:
        name = next(n for n in archive.namelist() if n.endswith(".csv") and not n.startswith("__"))
        for row in csv.DictReader(io.TextIOWrapper(archive.open(name), "utf-8")):
            lead = row["text"].strip().partition("\n")[0]
            first = next(iter(find_sentences(lead)), (0, 0))
            for text in (row["prompt"].partition("\n")[0], lead[first[0] : first[1]]):
                words = tuple(text[a:b] for a, b in find_words(text))
                if 4 <= len(words) <= 60 and row["label"] in TYPES:
                    out.append(Example(words, pair=((), (), row["label"])))
    return list({e.words: e for e in out}.values())


def read_own_reports(folder: Path) -> list[Example]:
    """Return our own annotated reports by sentence, with all that is said of each."""
    return [_report_example(sentence) for report in read_reports(folder) for sentence in report.sentences]


def _report_example(sentence: Marked) -> Example:
    text = sentence.text
    spans = find_words(text)
    words = tuple(text[a:b] for a, b in spans)
    outer, inner = _nested(spans, sentence)
    said = [s for line in sentence.of("said") for s in _said(spans, text, line)]
    marked: dict[str, Spans] = {"mentions": outer, "inner_mentions": inner, "sources": [], "cues": [], "contents": []}
    for kind, runs in (
        ("cues", [line.fields[0] for line in sentence.of("said") if line.fields[0] != "-"]),
        ("sources", [line.more.get("source", "") for line in sentence.of("said")]),
        ("contents", [p for line in sentence.of("said") for p in line.more.get("content", "").split(PIECES)]),
    ):
        marked[kind] = _outermost([run for phrase in runs if phrase and (run := _run(spans, text, phrase))])
    triggers, values = [], []
    for line in sentence.of("event"):
        trigger = _report_trigger(spans, words, sentence, line)
        triggers.append(trigger)
        if (value := _fact(line)) is not None:
            values.append((trigger[0], value))
    return Example(
        words,
        spans=marked,
        sayings=tuple(said),
        triggers=tuple(triggers),
        values=tuple(values),
        opinion=bool(sentence.of("opinion")),
    )


def _run(spans: Sequence[tuple[int, int]], text: str, phrase: str) -> tuple[int, int] | None:
    """Return the word span of `phrase`, None where it does not stand in the sentence."""
    found = find_characters(text, phrase)
    inside = [i for i, (a, b) in enumerate(spans) if found and a < found[1] and b > found[0]]
    return (inside[0], inside[-1]) if inside else None


def _outermost(runs: Sequence[tuple[int, int]]) -> Spans:
    """Return the runs that lie in no other and overlap none before them."""
    kept: list[tuple[int, int]] = []
    for first, last in sorted(set(runs), key=lambda run: (run[0] - run[1], run[0])):
        if all(last < a or first > b for a, b in kept):
            kept.append((first, last))
    return [("X", first, last) for first, last in sorted(kept)]


def _nested(spans: Sequence[tuple[int, int]], sentence: Marked) -> tuple[Spans, Spans]:
    """Return the names in two layers: the outermost ones, and those within them."""
    runs = [
        (line.fields[1], *run) for line in sentence.of("name") if (run := _run(spans, sentence.text, line.fields[0]))
    ]
    layers: tuple[Spans, Spans] = ([], [])
    for label, first, last in sorted(runs, key=lambda run: (run[1] - run[2], run[1])):
        layer = next((x for x in layers if all(last < a or first > b for _, a, b in x)), None)
        if layer is not None:
            layer.append((label, first, last))
    return layers


def _said(spans: Sequence[tuple[int, int]], text: str, line: Line) -> Iterator[tuple[int, str, int]]:
    cue = _run(spans, text, line.fields[0]) if line.fields[0] != "-" else None
    if cue is None:
        return
    for kind in ("source", "content"):
        for phrase in line.more.get(kind, "").split(PIECES):
            if phrase and (run := _run(spans, text, phrase)):
                yield from ((cue[0], kind, word) for word in range(run[0], run[1] + 1))


def _report_trigger(
    spans: Sequence[tuple[int, int]], words: Sequence[str], sentence: Marked, line: Line
) -> tuple[int, str, str, tuple[tuple[str, int], ...]]:
    """Return the event word, its type, status and arguments; of one named earlier the pronoun that stands for it."""
    first, last = _run(spans, sentence.text, line.fields[0]) or (0, 0)
    token = first + phrase_head(words[first : last + 1])
    pronouns = {refers.fields[1]: refers.fields[0] for refers in sentence.of("refers")}
    arguments: list[tuple[str, int]] = []
    for role in ("actor", "recipient", "place"):
        told = line.more.get(role, "")
        run = locate(words, told.partition("#")[0], token) or _run(spans, sentence.text, pronouns.get(told, "\0"))
        if told and run:
            arguments += [(role, word) for word in range(run[0], run[1] + 1)]
    return token, line.fields[1], exact_status(line), tuple(arguments)


def exact_status(line: Line) -> str:
    """Return the finest status of an event line; one that is exact is marked by "=" so that it covers no other."""
    modality = line.more.get("modality", "")
    status = line.fields[2]
    finer = (*STATUS_COVERS.get(status, ()), *(("probable",) if status == "asserted" else ()))
    return "=" + (modality if modality in finer else status)


def _fact(line: Line) -> float | None:
    """Return how sure a reader is, where the annotation says so or the status leaves no doubt."""
    if "fact" in line.more:
        return float(line.more["fact"])
    return {"asserted": 3.0, "negated": -3.0}.get(line.fields[2])


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
    wikigold = [e for e in read_iob(data / "ner_wikigold/wikigold.conll.txt") if len(e.words) <= 120]
    other_names = [
        *read_iob(data / "ner_wnut17/wnut17train.conll"),
        *read_iob(data / "crossner_politics/train.txt"),
        *read_iob(data / "crossner_politics/dev.txt"),
    ]
    trees = read_trees(data / "ud_ewt/train.conllu.gz", data / "propbank_ewt/train.jsonl.gz")
    attribution = read_polnear(data / "polnear/train")
    return {
        "trees": trees,
        "trees_without_commas": without_commas(trees),
        "names": [*read_iob(data / "uner_ewt/dev.iob2"), *wikigold],
        "other_names": [e for e in other_names if len(e.words) <= 120],
        "entities": read_re3d(data / "re3d", held_out, twice_annotated(data / "reading")),
        "attribution": attribution,
        "attribution_without_commas": without_commas(attribution),
        "factuality_uw": read_factuality(data / "factuality/UW/train.jsonl"),
        "factuality_meantime": read_factuality(data / "factuality/MEANTIME/train.jsonl"),
        "factuality_uds": read_factuality(data / "factuality/UDS_IH2/train.jsonl"),
        "events": read_events(data / "reading", held_out),
        "event_place": read_event_places(data / "event_location/train.jsonl.gz", held_out),
        "pair": [
            *read_pairs(data / "plv/train.tsv", held_out),
            *read_quads(data / "coped_quad/train.tsv", held_out, data / "plv/train.tsv"),
        ],
        "stories": read_stories(next((data / "plover_synthetic").glob("gpt_synthetic_events*.zip"))),
        "participants": read_participants(data / "coped_spans/train.txt", held_out),
        "reports": read_own_reports(CASES),
    }
