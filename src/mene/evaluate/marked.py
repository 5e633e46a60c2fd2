"""Annotated reports in plain text, as `evaluation/cases/reading/README.md` describes them.

`python -m mene.evaluate.marked PATH` checks every file below PATH and counts what it holds. A line that says something
which its sentence or report does not bear out is an error: it is named with its file and line.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from mene.errors import InputError
from mene.vocabulary import EVENT_TYPES, MODALITIES

NARRATOR = "NARRATOR"
STATUSES = "asserted negated denied possible planned conditional nearly ended".split()
STATES = "held contested besieged nearly lost_by claimed_unverified".split()
MEANS = "troops advisers air arms money fighters shelter diplomatic unspecified".split()
DIRECTIONS = "gives increases reduces ends refuses".split()
STATUS_COVERS: Mapping[str, tuple[str, ...]] = {
    "asserted": ("asserted", "in_progress"),
    "possible": ("probable", "possible", "doubtful", "asked"),
}
"""The reader's finer statuses that an annotation without them may mean."""

NAME_KINDS = (
    "person",
    "organisation",
    "armed force",
    "place",
    "facility",
    "nationality",
    "weapon",
    "event",
    "money",
    "quantity",
    "time",
)
FIELDS: Mapping[str, tuple[int, tuple[str, ...]]] = {
    "doc": (1, ("published", "outlet", "style")),
    "event": (
        3,
        tuple("actor recipient place date origin relay fact modality killed injured".split()),
    ),
    "control": (3, ("holder", "origin")),
    "backing": (4, ("origin",)),
    "said": (1, ("source", "content")),
    "name": (2, ()),
    "refers": (2, ()),
    "opinion": (0, ()),
}
"""For each kind of line how many fields come first by their order, and which further ones it may have."""

IN_SENTENCE = frozenset({"place", "source", "content"})
IN_REPORT = frozenset({"actor", "recipient", "origin", "holder"})
PIECES = " + "


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said about a sentence: its kind, the fields by order and the further fields by name."""

    kind: str
    fields: tuple[str, ...]
    more: Mapping[str, str]
    number: int


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence and what is said about it."""

    text: str
    lines: tuple[Line, ...]

    def of(self, kind: str) -> tuple[Line, ...]:
        """Return the lines of one kind."""
        return tuple(line for line in self.lines if line.kind == kind)


@dataclass(frozen=True, slots=True)
class Report:
    """An annotated report."""

    id: str
    published: date
    outlet: str
    style: str
    sentences: tuple[Marked, ...]


@dataclass(slots=True)
class _Open:
    head: Line
    sentences: list[tuple[str, list[Line]]] = field(default_factory=list)


def find_words(sentence: str, words: str) -> tuple[int, int] | None:
    """Return where `words` stand in `sentence`, half-open characters; "attack#2" is the second time.

    >>> find_words("An attack on an attack", "attack#2")
    (16, 22)
    """
    bare, _, number = words.rpartition("#")
    words, number = (bare, number) if bare and number.isdigit() else (words, "1")
    start = -1
    for _ in range(int(number)):
        start = _next_word(sentence, words, start + 1)
        if start < 0:
            return None
    return start, start + len(words)


def _next_word(sentence: str, words: str, start: int) -> int:
    """Return the next place of `words` that cuts no word in two, -1 where there is none."""
    found = sentence.find(words, start)
    while found >= 0:
        end = found + len(words)
        cut_left = found > 0 and sentence[found - 1].isalnum() and words[:1].isalnum()
        cut_right = end < len(sentence) and sentence[end].isalnum() and words[-1:].isalnum()
        if not cut_left and not cut_right:
            return found
        found = sentence.find(words, found + 1)
    return -1


def read_reports(path: Path) -> list[Report]:
    """Return the reports of a file, or of every .txt file below a folder. Raises `InputError` at the first mistake."""
    files = sorted(path.rglob("*.txt")) if path.is_dir() else [path]
    if not files:
        raise InputError(f"{path} holds no .txt file of annotated reports")
    reports: list[Report] = []
    for file in files:
        found, mistakes = check_file(file)
        if mistakes:
            raise InputError(mistakes[0])
        reports += found
    return reports


def check_file(path: Path) -> tuple[list[Report], list[str]]:
    """Return the reports of a file and one line for each mistake in it."""
    mistakes: list[str] = []
    opened: list[_Open] = []
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not raw.strip() or raw.startswith("#"):
            continue
        try:
            _take(opened, raw, number)
        except ValueError as error:
            mistakes.append(f"{path}:{number}: {error}")
    reports: list[Report] = []
    for entry in opened:
        try:
            reports.append(_report(entry))
        except ValueError as error:
            mistakes.append(f"{path}:{entry.head.number}: {error}")
            continue
        mistakes += [f"{path}:{line}: {why}" for line, why in check_report(reports[-1])]
    return reports, mistakes


def _take(opened: list[_Open], raw: str, number: int) -> None:
    if raw.startswith("doc "):
        opened.append(_Open(_line(raw, number)))
    elif not opened:
        raise ValueError("a report begins with a line `doc ID | published YYYY-MM-DD | outlet NAME | style STYLE`")
    elif raw[0].isspace():
        if not opened[-1].sentences:
            raise ValueError("there is no sentence above this line")
        opened[-1].sentences[-1][1].append(_line(raw.strip(), number))
    else:
        opened[-1].sentences.append((raw.strip(), []))


def _line(text: str, number: int) -> Line:
    kind, _, rest = text.partition(" ")
    if kind not in FIELDS:
        raise ValueError(f"a line says one of {', '.join(FIELDS)}, not {kind!r}")
    count, names = FIELDS[kind]
    parts = [part.strip() for part in rest.split(" | ")] if rest.strip() else []
    if len(parts) < count or not all(parts):
        raise ValueError(f"{kind} needs {count} field(s) before the named ones, and none may be empty")
    more: dict[str, str] = {}
    for part in parts[count:]:
        name, _, value = part.partition(" ")
        if name not in names or name in more or not value.strip():
            raise ValueError(f"{kind} may have each of {', '.join(names) or 'no further fields'} once, not {part!r}")
        more[name] = value.strip()
    return Line(kind, tuple(parts[:count]), more, number)


def _report(entry: _Open) -> Report:
    more = entry.head.more
    missing = [name for name in ("published", "outlet", "style") if name not in more]
    if missing or not entry.sentences:
        raise ValueError(f"the report lacks {', '.join(missing) or 'sentences'}")
    return Report(
        id=entry.head.fields[0],
        published=date.fromisoformat(more["published"]),
        outlet=more["outlet"],
        style=more["style"],
        sentences=tuple(Marked(text, tuple(lines)) for text, lines in entry.sentences),
    )


def check_report(report: Report) -> Iterator[tuple[int, str]]:
    """Yield the line number and the reason of each mistake."""
    before = report.outlet + "\n"
    for sentence in report.sentences:
        before += sentence.text + "\n"
        for line in sentence.lines:
            yield from ((line.number, why) for why in _check_line(line, sentence.text, before))


def _check_line(line: Line, sentence: str, before: str) -> Iterator[str]:
    here, told = _words_of(line)
    for words in here:
        if find_words(sentence, words) is None:
            yield f"{words!r} does not stand in the sentence"
    for words in told:
        if words != NARRATOR and find_words(before, words) is None:
            yield f"{words!r} stands neither in the sentence nor before it"
    for value, allowed in _choices(line):
        if value not in allowed:
            yield f"{value!r} is none of {', '.join(allowed)}"
    if line.kind == "event" and "date" in line.more and not _is_date(line.more["date"]):
        yield f"{line.more['date']!r} is no date: YYYY, YYYY-MM or YYYY-MM-DD"
    for name in ("fact", "killed", "injured"):
        if name in line.more and not line.more[name].lstrip("+-").replace(".", "", 1).isdigit():
            yield f"{name} {line.more[name]!r} is no number"


def _words_of(line: Line) -> tuple[list[str], list[str]]:
    """Return the words that must stand in the sentence, and those that may stand before it."""
    here = [piece for name in IN_SENTENCE for piece in line.more.get(name, "").split(PIECES) if piece]
    told = [line.more[name] for name in IN_REPORT if name in line.more]
    if line.kind in ("event", "control", "name", "refers") or (line.kind == "said" and line.fields[0] != "-"):
        here += line.fields[:1]
    if line.kind == "refers":
        told.append(line.fields[1])
    if line.kind == "backing":
        told += line.fields[:2]
    return here, told


def _choices(line: Line) -> Iterator[tuple[str, Sequence[str]]]:
    if line.kind == "event":
        yield line.fields[1], [*EVENT_TYPES, "NONE_OTHER"]
        yield line.fields[2], STATUSES
        if "modality" in line.more:
            yield line.more["modality"], MODALITIES
    elif line.kind == "control":
        yield line.fields[1], STATES
        yield line.fields[2], STATUSES
    elif line.kind == "backing":
        yield line.fields[2], MEANS
        yield line.fields[3], DIRECTIONS
    elif line.kind == "name":
        yield line.fields[1], NAME_KINDS


def _is_date(text: str) -> bool:
    padded = text + "0000-01-01"[len(text) :]
    try:
        date.fromisoformat(padded)
    except ValueError:
        return False
    return len(text) in (4, 7, 10)


def main(arguments: Sequence[str] | None = None) -> int:
    """Check the files named and print the mistakes, or what the files hold."""
    paths = [Path(a) for a in (sys.argv[1:] if arguments is None else arguments)]
    files = [file for path in paths for file in (sorted(path.rglob("*.txt")) if path.is_dir() else [path])]
    mistakes: list[str] = []
    counts: Counter[str] = Counter()
    for file in files:
        reports, wrong = check_file(file)
        mistakes += wrong
        counts["reports"] += len(reports)
        counts["sentences"] += sum(len(report.sentences) for report in reports)
        counts.update(line.kind for report in reports for sentence in report.sentences for line in sentence.lines)
    sys.stdout.write("".join(f"{line}\n" for line in mistakes))
    sys.stdout.write(", ".join(f"{count} {kind}" for kind, count in counts.items()) + "\n")
    return 1 if mistakes else 0


if __name__ == "__main__":
    raise SystemExit(main())
