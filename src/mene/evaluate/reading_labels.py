"""The label lines of the annotated readings: events, control and backing, as careful readers wrote them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from mene.errors import InputError
from mene.evaluate.files import read_json_lines
from mene.evaluate.marked import NARRATOR as NARRATOR
from mene.evaluate.marked import Report, read_reports

Place = tuple[str, int]
"""A document's id and the number of the sentence."""


@dataclass(frozen=True, slots=True)
class EventLabel:
    """An event of a sentence; every part but trigger, type and status may be unsaid (None)."""

    document: str
    sentence: int
    trigger: str
    type: str
    actor: str | None
    recipient: str | None
    place: str | None
    date: str | None
    status: str
    origin: str | None


@dataclass(frozen=True, slots=True)
class ControlLabel:
    """A statement of who holds a place."""

    document: str
    sentence: int
    place: str
    holder: str | None


@dataclass(frozen=True, slots=True)
class BackingLabel:
    """A statement of who backs whom."""

    document: str
    sentence: int
    backer: str | None
    backed: str | None


@dataclass(frozen=True, slots=True)
class Labels:
    """All label lines of a set of documents."""

    events: tuple[EventLabel, ...]
    controls: tuple[ControlLabel, ...]
    backings: tuple[BackingLabel, ...]


@dataclass(frozen=True, slots=True)
class LabelledDocument:
    """A document as it was annotated: its sentences, outlet and day of publication."""

    id: str
    outlet: str | None
    published: date | None
    title: str | None
    sentences: tuple[str, ...]


def read_labels(path: Path) -> Labels:
    """Return the label lines of a JSON-lines file."""
    lines = list(read_json_lines(path, _label))
    return Labels(
        tuple(line for line in lines if isinstance(line, EventLabel)),
        tuple(line for line in lines if isinstance(line, ControlLabel)),
        tuple(line for line in lines if isinstance(line, BackingLabel)),
    )


def _label(line: dict[str, Any]) -> EventLabel | ControlLabel | BackingLabel:
    document, sentence = str(line["doc"]), int(line["sent"])
    if "trigger" in line:
        return EventLabel(
            document=document,
            sentence=sentence,
            trigger=str(line["trigger"]),
            type=str(line["type"]),
            actor=line.get("actor"),
            recipient=line.get("recipient"),
            place=line.get("place"),
            date=line.get("date"),
            status=str(line["status"]),
            origin=line.get("origin"),
        )
    if "control" in line:
        return ControlLabel(document, sentence, str(line["control"]), line.get("holder"))
    return BackingLabel(document, sentence, line["backer"], line["backed"])


def read_documents(path: Path) -> list[LabelledDocument]:
    """Return the documents of a JSON-lines file."""
    return list(read_json_lines(path, _document))


def _document(line: dict[str, Any]) -> LabelledDocument:
    sentences = tuple(str(sentence) for sentence in line["sentences"])
    return LabelledDocument(
        str(line["doc"]), line.get("outlet"), read_day(line.get("published")), line.get("title"), sentences
    )


def read_day(text: str | None) -> date | None:
    """Return a day written as 2016-07-05 or, as in the data, month/day/year; None where there is none.

    >>> read_day("7/5/2016")
    datetime.date(2016, 7, 5)
    """
    for form in ("%Y-%m-%d", "%m/%d/%Y"):
        try:
            return datetime.strptime((text or "").strip()[:10], form).date()
        except ValueError:
            continue
    return None


def read_annotated(path: Path) -> tuple[list[LabelledDocument], Labels]:
    """Return the documents and labels of a folder: docs.jsonl with labels.jsonl, or reports marked in plain text."""
    folder = path.parent if path.is_file() and path.suffix == ".jsonl" else path
    if path.suffix == ".txt" or (folder.is_dir() and not list(folder.glob("*.jsonl")) and list(folder.rglob("*.txt"))):
        reports = read_reports(path)
        return [marked_document(report) for report in reports], marked_labels(reports)
    documents_file, labels_file = find_files(path)
    return read_documents(documents_file), read_labels(labels_file)


def marked_document(report: Report) -> LabelledDocument:
    """Return a report of `mene.evaluate.marked` as a document."""
    return LabelledDocument(
        report.id, report.outlet, report.published, None, tuple(sentence.text for sentence in report.sentences)
    )


def marked_labels(reports: Sequence[Report]) -> Labels:
    """Return the label lines of reports marked in plain text."""
    lines = [
        (report.id, number, line)
        for report in reports
        for number, sentence in enumerate(report.sentences)
        for line in sentence.lines
    ]
    bare = {key: key.partition("#")[0] for _, _, line in lines for key in (*line.fields, *line.more.values())}
    return Labels(
        tuple(
            EventLabel(
                document=document,
                sentence=number,
                trigger=bare[line.fields[0]],
                type=line.fields[1],
                status=line.fields[2],
                **{key: bare.get(line.more.get(key, "")) for key in ("actor", "recipient", "place", "date", "origin")},
            )
            for document, number, line in lines
            if line.kind == "event"
        ),
        tuple(
            ControlLabel(document, number, bare[line.fields[0]], line.more.get("holder"))
            for document, number, line in lines
            if line.kind == "control"
        ),
        tuple(
            BackingLabel(document, number, bare[line.fields[0]], bare[line.fields[1]])
            for document, number, line in lines
            if line.kind == "backing"
        ),
    )


def find_files(path: Path) -> tuple[Path, Path]:
    """Return the documents' and the labels' file of a folder, docs.jsonl and labels.jsonl, or raise `InputError`."""
    folder = path.parent if path.is_file() else path
    found = (folder / "docs.jsonl", folder / "labels.jsonl")
    missing = [file.name for file in found if not file.is_file()]
    if missing:
        raise InputError(f"{folder} has no {' and no '.join(missing)}: give the folder that holds both")
    return found


def keep_documents(labels: Labels, documents: Sequence[LabelledDocument]) -> Labels:
    """Return the labels of these documents only."""
    known = {document.id for document in documents}
    return Labels(
        tuple(label for label in labels.events if label.document in known),
        tuple(label for label in labels.controls if label.document in known),
        tuple(label for label in labels.backings if label.document in known),
    )
