"""The golden files of `mene demo`: what is kept of the sample's picture, and how it is written again (`make golden`).

The reader's weights are signed 8-bit integers. A processor without VNNI adds pairs of their products in 16 bits, which
may overflow and saturate, so the reader's numbers differ a little between kinds of processors, and with them a
judgement on the edge. `Arithmetic` tells such a processor from a change of ours: the same weights were asked the same
and answered otherwise. There the golden files are compared loosely (see `test_golden`); elsewhere to the letter.
"""

import hashlib
import json
import re
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from mene.commands.gather import Tally, read_batch
from mene.language import Reader
from mene.pipeline import load_model
from mene.report import write_brief
from mene.sample import sample_articles, sample_codebook
from mene.view import View, document, names_of, view

FOLDER = Path(__file__).with_name("golden")
BRIEF, DOCUMENT, ARITHMETIC = FOLDER / "demo-brief.txt", FOLDER / "demo.json", FOLDER / "arithmetic.json"
AS_OF = date(2024, 12, 7)
COLUMNS = 100
INLINE = 116
"""Values that fit into so many characters stay on one line: a citation or a place is then one line of a diff."""


@dataclass(frozen=True, slots=True)
class Arithmetic:
    """Which weights were asked what, and what they answered, bit by bit (SHA-256)."""

    model: str
    asked: str
    answered: str

    def differs_by_processor(self, other: "Arithmetic") -> bool:
        """Return whether only the answers differ."""
        return (self.model, self.asked) == (other.model, other.asked) and self.answered != other.answered


@dataclass(frozen=True, slots=True)
class Golden:
    """What the golden files hold."""

    brief: str
    document: str
    arithmetic: Arithmetic


class _Overheard:
    """A model session that keeps a hash of all it is asked and of all it answers."""

    def __init__(self, session: Any) -> None:
        self._session, self.asked, self.answered = session, hashlib.sha256(), hashlib.sha256()

    def get_outputs(self) -> Any:
        return self._session.get_outputs()

    def run(self, names: Any, arrays: dict[str, Any]) -> list[Any]:
        answers: list[Any] = self._session.run(names, arrays)
        for key in sorted(arrays):
            self.asked.update(arrays[key].tobytes())
        for answer in answers:
            self.answered.update(answer.tobytes())
        return answers


@lru_cache(maxsize=1)
def draw_golden() -> Golden:
    """Return what the golden files should hold now. One thread: no order of additions depends on the machine."""
    model = load_model(sample_codebook(), threads=1)
    heard = _Overheard(model.reader._session)
    reader = Reader(heard, model.reader._tokenizer, model.reader._labels, model.reader.name)
    paths = [str(path) for path in sample_articles()]
    readings = read_batch(paths, replace(model, reader=reader), Tally(), today=AS_OF)
    shown = view(readings, model.codebook, as_of=AS_OF, on=None)
    arithmetic = Arithmetic(reader.name, heard.asked.hexdigest()[:16], heard.answered.hexdigest()[:16])
    return Golden(_brief(shown, names_of(shown, model.codebook)), _document(shown), arithmetic)


def kept_golden() -> Golden:
    """Return what the golden files hold."""
    brief, kept = (path.read_text(encoding="utf-8") for path in (BRIEF, DOCUMENT))
    return Golden(brief, kept, Arithmetic(**json.loads(ARITHMETIC.read_text(encoding="utf-8"))))


def write_golden() -> None:
    """Write the golden files again."""
    golden = draw_golden()
    FOLDER.mkdir(exist_ok=True)
    BRIEF.write_text(golden.brief, encoding="utf-8")
    DOCUMENT.write_text(golden.document, encoding="utf-8")
    ARITHMETIC.write_text(json.dumps(asdict(golden.arithmetic), indent=1) + "\n", encoding="utf-8")


def _brief(shown: View, names: dict[str, str]) -> str:
    dropped = tuple(row for reading in shown.readings for row in reading.dropped)
    parts = (shown.picture, shown.statements, shown.events, shown.signals, shown.outlook, dropped)
    lines = write_brief(*parts, articles=shown.articles, names=names, width=COLUMNS)
    return "".join(f"{line.plain.rstrip()}\n" for line in lines)


def _document(shown: View) -> str:
    """Return the picture, the signals and the outlook of the demo's JSON, and of the long lists only their lengths."""
    full = document(shown, None)
    counts = {key: len(full[key]) for key in ("articles", "statements", "events", "dropped")}
    kept = {"counts": counts, **{key: full[key] for key in ("picture", "signals", "outlook")}}
    return "\n".join(_lines(_trim(kept))) + "\n"


def _trim(value: Any) -> Any:
    """Return the value with floats of two decimals and the first eight digits of article ids."""
    if isinstance(value, dict):
        return {key: _trim(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_trim(part) for part in value]
    if isinstance(value, str):
        return re.sub(r"\b([0-9a-f]{8})[0-9a-f]{56}\b", r"\1", value)
    return round(value, 2) if isinstance(value, float) else value


def _lines(value: Any, depth: int = 0, name: str = "", comma: str = "") -> Iterator[str]:
    """Yield the lines of indented JSON, with whatever fits on one line."""
    head = " " * depth + name
    whole = f"{head}{json.dumps(value, ensure_ascii=False)}{comma}"
    if len(whole) <= INLINE or not isinstance(value, dict | list):
        yield whole
        return
    rows = list(value.items()) if isinstance(value, dict) else [(None, part) for part in value]
    yield head + ("{" if isinstance(value, dict) else "[")
    for i, (key, part) in enumerate(rows):
        label = "" if key is None else f"{json.dumps(key)}: "
        yield from _lines(part, depth + 1, label, "," if i < len(rows) - 1 else "")
    yield " " * depth + ("}" if isinstance(value, dict) else "]") + comma


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit("usage: python -m tests.golden_files --write")
    write_golden()
