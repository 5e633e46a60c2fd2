"""How well the times of a text are resolved: the share of TIMEX3 values that are right at gold time expressions.

Formats read:
- TimeML (`.tml`, also `.xml`): a `<TIMEX3 type value>` around each time expression; the publication day is the one with
  functionInDocument="CREATION_TIME", or the one inside `<DCT>`; without either there is none. It is not scored itself.
- JSON lines or tab- or comma-separated rows with a heading: `text`, `published` (ISO day or empty), `span` (the words,
  or "start:end" in characters), `value` (TIMEX3).

DATE, TIME and DURATION are scored, SET is not (TempEval-3, UzZaman et al. 2013, counts value accuracy alike).
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from xml.parsers import expat

from mene.dates import TimeMention, find_times, timex_value
from mene.errors import InputError
from mene.evaluate.files import data_files, read_json_lines, read_text
from mene.evaluate.measures import share
from mene.evaluate.setting import Scores, Setting

SCORED = ("DATE", "TIME", "DURATION")
MAX_BYTES = 1_000_000  # a TimeML document is some ten kilobytes; a larger one is no article
MAX_PARAGRAPH = 4_000  # characters; longer ones are cut, so that the time taken stays in proportion
ENDINGS = (".tml", ".xml", ".jsonl", ".tsv", ".csv")


@dataclass(frozen=True, slots=True)
class GoldTime:
    """A time expression as annotated: `text[start:end]` has the TIMEX3 `value`."""

    text: str
    published: date | None
    start: int
    end: int
    value: str


def evaluate_dates(path: Path, setting: Setting) -> Scores:
    """Return `value`, the accuracy of TIMEX3 values at the gold spans, and `n`; `found` is the share of spans found."""
    return score_dates(path)


def score_dates(path: Path) -> dict[str, float]:
    """Return `n`, `value` (accuracy at gold spans) and `found` for a file or folder. Raises `InputError`."""
    gold = [time for file in data_files(path, *ENDINGS) for time in read_times(file)]
    if not gold:
        raise InputError(f"{path} names no time: give TimeML files or rows of text, published, span and value")
    return score_times(gold)


def score_times(gold: list[GoldTime]) -> dict[str, float]:
    """Return the scores of resolved values against the gold ones; each text is read once."""
    read: dict[tuple[str, date | None], tuple[TimeMention, ...]] = {}
    right = found = 0
    for time in gold:
        key = (time.text, time.published)
        mentions = read[key] if key in read else find_times(time.text, published=time.published)
        read[key] = mentions
        mention = mention_at(time, mentions)
        found += mention is not None
        right += mention is not None and same_value(timex_value(mention), time.value)
    return {"n": float(len(gold)), "value": share(right, len(gold)), "found": share(found, len(gold))}


def mention_at(time: GoldTime, mentions: tuple[TimeMention, ...]) -> TimeMention | None:
    """Return the mention that overlaps a gold span most; where none does, what the span's own words give."""
    best = max(mentions, key=lambda mention: _overlap(time, mention), default=None)
    if best is not None and _overlap(time, best) > 0:
        return best
    alone = find_times(time.text[time.start : time.end], published=time.published)
    return alone[0] if alone else None


def _overlap(time: GoldTime, mention: TimeMention) -> int:
    return min(time.end, mention.end) - max(time.start, mention.start)


def same_value(found: str, gold: str) -> bool:
    """Return whether two TIMEX3 values are the same; a decade may be written 199 or 199X.

    >>> same_value("199", "199X"), same_value("2024-12", "2024-11")
    (True, False)
    """
    if len(gold) == 4 and gold[:3].isdigit() and gold.endswith("X"):
        gold = gold[:3]
    return found == gold


# --- reading the formats ----------------------------------------------------------------------------------------------


def read_times(path: Path) -> list[GoldTime]:
    """Return the gold times of one file, by its name's ending."""
    if path.stat().st_size > MAX_BYTES:
        raise InputError(f"{path} is larger than {MAX_BYTES} bytes: split it")
    if path.suffix in (".tml", ".xml"):
        return read_timeml(read_text(path), str(path))
    if path.suffix == ".jsonl":
        return list(read_json_lines(path, _row))
    return list(_read_rows(path))


def _read_rows(path: Path) -> Iterator[GoldTime]:
    lines = [line for line in read_text(path).splitlines() if not line.startswith("#")]
    for number, row in enumerate(csv.DictReader(lines, delimiter="," if path.suffix == ".csv" else "\t"), start=2):
        try:
            yield _row(row)
        except (KeyError, ValueError, TypeError) as error:
            raise InputError(f"{path}, row {number}: needs text, published, span and value ({error!r})") from error


def _row(row: dict[str, Any]) -> GoldTime:
    text, span = str(row["text"]), row["span"]
    published = date.fromisoformat(str(row["published"])[:10]) if row.get("published") else None
    if isinstance(span, list | tuple):
        start, end = int(span[0]), int(span[1])
    elif str(span).replace(":", "", 1).isdigit() and ":" in str(span):
        start, end = (int(part) for part in str(span).split(":"))
    else:
        start = text.index(str(span))
        end = start + len(str(span))
    return GoldTime(text, published, start, end, str(row["value"]))


class _TimeML:
    """Collects the text, the times and the publication day of one TimeML document, element by element.

    Elements are not kept as a tree, so depth costs nothing; entities are refused, so nothing can expand.
    """

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.times: list[tuple[int, int, str]] = []
        self.published: date | None = None
        self._open: list[tuple[int, dict[str, str]]] = []
        self._in_dct = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Note where a time begins."""
        self._in_dct += name == "DCT"
        if name == "TIMEX3":
            self._open.append((self.length, attributes))

    def end(self, name: str) -> None:
        """Note where a time ends: the publication day, or one to score."""
        self._in_dct -= name == "DCT"
        if name != "TIMEX3" or not self._open:
            return
        start, attributes = self._open.pop()
        value = attributes.get("value", "")
        created = attributes.get("functionInDocument") == "CREATION_TIME"
        if created or self._in_dct:
            self.published = self.published or _day_of(value)
        elif attributes.get("type") in SCORED and value and self.length > start:
            self.times.append((start, self.length, value))

    def characters(self, text: str) -> None:
        """Add to the text; a line break inside a paragraph is a space."""
        self.parts.append(text)
        self.length += len(text)


def _day_of(value: str) -> date | None:
    try:
        return date.fromisoformat(value[:10])
    except ValueError:
        return None


def _refuse_entities(*_: object) -> None:
    raise InputError("declares entities of its own")


def read_timeml(text: str, name: str = "TimeML") -> list[GoldTime]:
    """Return the gold times of a TimeML document. Raises `InputError` where it is no well-formed XML.

    >>> tml = '<TimeML><DCT><TIMEX3 type="DATE" value="2024-12-07">7 Dec</TIMEX3></DCT>'
    >>> tml += '<TEXT>It fell <TIMEX3 type="DATE" value="2024-12-05">Thursday</TIMEX3>.</TEXT></TimeML>'
    >>> [(time.published.isoformat(), time.value) for time in read_timeml(tml)]
    [('2024-12-07', '2024-12-05')]
    """
    document = _TimeML()
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = document.start
    parser.EndElementHandler = document.end
    parser.CharacterDataHandler = document.characters
    parser.EntityDeclHandler = _refuse_entities
    try:
        parser.Parse(text.encode("utf-8"), True)
    except expat.ExpatError as error:
        raise InputError(f"{name} is no well-formed TimeML ({error})") from error
    except InputError as error:
        raise InputError(f"{name} {error}: remove its DOCTYPE") from error
    whole = "".join(document.parts)
    return [_in_paragraph(whole, document.published, *time) for time in sorted(document.times)]


def _in_paragraph(whole: str, published: date | None, start: int, end: int, value: str) -> GoldTime:
    """Return a time with the paragraph it stands in, so that a cue in another paragraph does not turn it."""
    low = whole.rfind("\n\n", 0, start) + 2 if whole.rfind("\n\n", 0, start) >= 0 else 0
    high = whole.find("\n\n", end)
    high = high if high >= 0 else len(whole)
    if high - low > MAX_PARAGRAPH:
        low = max(low, start - start % MAX_PARAGRAPH)
        high = min(high, max(low + MAX_PARAGRAPH, end))
    return GoldTime(whole[low:high].replace("\n", " "), published, start - low, end - low, value)
