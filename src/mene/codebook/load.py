"""Reading the codebook's files into rows, with every fault named in one line: file, row, remedy.

YAML is read as plain strings (`CBaseLoader`), so that the country code NO stays a word and a year stays as written;
the record builders convert. A user's folder holds files of the same names: a row with a known key changes the columns
it gives, a row with a new key is added.
"""

import csv
import io
import json
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from mene.errors import CodebookError

DATA = Path(__file__).parent / "data"
Row = Mapping[str, Any]
_YAML_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class FileSpec:
    """The shape of one file: the columns that identify a row, those it needs and those it may have."""

    name: str
    key: tuple[str, ...]
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def grouped(self) -> bool:
        """Whether a row holds many phrases; such rows are never merged, and for one phrase the last row wins."""
        return "phrases" in self.required

    @property
    def columns(self) -> frozenset[str]:
        """Every column the file may have."""
        return frozenset((*self.key, *self.required, *self.optional))


SPECS: dict[str, FileSpec] = {
    spec.name: spec
    for spec in (
        FileSpec(
            "actors.yaml",
            ("id",),
            ("name", "kind"),
            ("country", "aliases", "shared_aliases", "valid_from", "valid_to", "links", "note"),
        ),
        FileSpec(
            "states.yaml",
            ("iso2",),
            ("iso3", "name", "demonyms", "capital"),
            ("aliases", "metonyms", "government", "army", "rebels"),
        ),
        FileSpec("roles.yaml", ("id",), ("name", "kind"), ("part_of", "opposes")),
        FileSpec("generics.yaml", ("role", "needs_country"), ("phrases",)),
        FileSpec("leaders.yaml", ("id",), ("name", "terms"), ("aliases", "shared_aliases")),
        FileSpec("cues.yaml", ("upos", "kind", "modality"), ("phrases",), ("note",)),
        FileSpec("hedges.yaml", ("modality", "scope"), ("phrases",), ("note",)),
        FileSpec("event_types.yaml", ("type",), ("definition", "quad", "cameo_root", "modes", "example")),
        FileSpec(
            "event_lexicon.yaml",
            ("type", "mode", "upos", "subject", "object", "needs", "prepositions"),
            ("phrases",),
        ),
        FileSpec("loaded_words.yaml", ("why", "weight", "plain"), ("phrases",)),
        FileSpec("outlets.yaml", ("id",), ("name", "kind"), ("country", "aliases", "side")),
        FileSpec("reliability.yaml", ("source",), ("letter",), ("note",)),
        FileSpec("capitals.csv", ("iso2",), ("capital",)),
        FileSpec("provincial_capitals.csv", ("iso2", "admin1"), ("capital",)),
        FileSpec("lemmas.csv", ("form", "upos"), ("lemma",)),
        FileSpec("silent_e.csv", ("verb",), ()),
    )
}
"""Every file of the codebook."""


def read_rows(name: str, extra: Sequence[Path] = ()) -> list[Row]:
    """Return the rows of the file `name`, the built-in ones first, changed and extended by those in `extra`.

    Raises CodebookError for a file that cannot be read, an unknown or missing column, or a row given twice.
    """
    spec = SPECS[name]
    merged: dict[tuple[Any, ...], dict[str, Any]] = {}
    for folder in (DATA, *extra):
        path = folder / name
        if path.is_file():
            try:
                _merge(merged, spec, _parse(path), path)
            except CodebookError as error:
                raise CodebookError(f"in the codebook {folder}: {error}") from error
        elif folder == DATA:
            raise CodebookError(f"{path}: the file is missing; install mene again")
    for row in merged.values():
        _check_complete(row, spec)
    return list(merged.values())


def _merge(merged: dict[tuple[Any, ...], dict[str, Any]], spec: FileSpec, rows: Iterable[Row], path: Path) -> None:
    seen: set[tuple[Any, ...]] = set()
    for number, row in enumerate(rows, 1):
        key = _key(row, spec, number, path)
        if spec.grouped:
            key = (str(path), number)
        if key in seen:
            raise CodebookError(f"{path.name}: row {row_label(row, spec)} is there twice; merge the two")
        seen.add(key)
        merged.setdefault(key, {}).update(row)


def _key(row: Row, spec: FileSpec, number: int, path: Path) -> tuple[Any, ...]:
    if not isinstance(row, dict):
        raise CodebookError(f"{path.name}: row {number} is no mapping; write it as {{column: value, ...}}")
    unknown = sorted(set(row) - spec.columns)
    if unknown:
        allowed = ", ".join(sorted(spec.columns))
        raise CodebookError(
            f"{path.name}: row {row_label(row, spec)}: unknown column '{unknown[0]}'; the columns are {allowed}"
        )
    nested = next((column for column in spec.key if isinstance(row.get(column), (list, dict))), None)
    if nested is not None and not spec.grouped:
        raise CodebookError(f"{path.name}: row {number}: '{nested}' holds a list or a mapping; write one word")
    if len(spec.key) == 1 and not row.get(spec.key[0]):
        raise CodebookError(f"{path.name}: row {number} has no '{spec.key[0]}'; give it one")
    return tuple(str(row.get(column)) for column in spec.key)


def _check_complete(row: Row, spec: FileSpec) -> None:
    for column in spec.required:
        if row.get(column) in (None, "", []):
            raise CodebookError(f"{spec.name}: row {row_label(row, spec)} has no '{column}'; fill it in")


def row_label(row: Row, spec: FileSpec) -> str:
    """Return what names a row in a message: its id, or its key columns."""
    return " ".join(str(row[column]) for column in spec.key if row.get(column)) or "?"


def _parse(path: Path) -> list[Row]:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CodebookError(f"{path}: cannot be read ({error}); save it as UTF-8 text") from error
    return _parse_csv(text, path) if path.suffix == ".csv" else _parse_yaml(text, path)


def _parse_yaml(text: str, path: Path) -> list[Row]:
    if (rows := _parse_json_rows(text)) is not None:
        return rows
    try:
        node = yaml.compose(text, Loader=_YAML_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else "?"
        raise CodebookError(f"{path.name}: line {line} is no valid YAML ({error.problem}); correct it") from error
    if node is None:
        return []
    if not isinstance(node, yaml.SequenceNode):
        raise CodebookError(f"{path.name}: the file is no list; begin each row with '- '")
    return [_plain(row) for row in node.value]


def _parse_json_rows(text: str) -> list[Row] | None:
    """Return the rows of a file that has each on a line of its own in JSON's spelling, or None for any other YAML.

    Such a file is YAML too, and is read thirty times faster: the long lists are written so.
    """
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    if not lines or not all(line.startswith('- {"') for line in lines):
        return None
    try:
        rows: list[Row] = json.loads(f"[{','.join(line[2:] for line in lines)}]", parse_int=str, parse_float=str)
    except ValueError:
        return None
    return rows


def _plain(node: yaml.Node) -> Any:
    """Return a YAML node as texts, lists and mappings; far quicker than a constructor, and NO stays "NO"."""
    if isinstance(node, yaml.SequenceNode):
        return [_plain(item) for item in node.value]
    if isinstance(node, yaml.MappingNode):
        return {key.value: _plain(value) for key, value in node.value}
    return node.value


def _parse_csv(text: str, path: Path) -> list[Row]:
    lines = (line for line in io.StringIO(text) if line.strip() and not line.startswith("#"))
    reader = csv.DictReader(lines)
    rows: list[Row] = list(reader)
    if any(None in row.values() or any(not isinstance(key, str) for key in row) for row in rows):
        raise CodebookError(f"{path.name}: a row has too many or too few cells; quote cells that hold a comma")
    return rows


def read_day(value: str | None, *, end: bool = False, where: str = "") -> date | None:
    """Return the day that "2012", "2012-07" or "2012-07-19" stands for: the first one, or the last where `end`.

    >>> read_day("2016-07"), read_day("2016", end=True)
    (datetime.date(2016, 7, 1), datetime.date(2016, 12, 31))
    """
    if value in (None, "", "null", "~"):
        return None
    try:
        year, month, day = (*(int(part) for part in str(value).split("-")), 0, 0)[:3]
        month = month or (12 if end else 1)
        return date(year, month, day or (monthrange(year, month)[1] if end else 1))
    except ValueError as error:
        raise CodebookError(f"{where}: '{value}' is no date; write YYYY, YYYY-MM or YYYY-MM-DD") from error


def read_list(row: Row, column: str, where: str) -> tuple[str, ...]:
    """Return the texts of a list column; a single text is a list of one."""
    value = row.get(column) or ()
    if isinstance(value, str):
        return (value,)
    if not isinstance(value, (list, tuple)) or any(not isinstance(item, str) for item in value):
        raise CodebookError(f"{where}: '{column}' is no list of texts; write [one, two]")
    return tuple(value)


def read_flag(row: Row, column: str, where: str) -> bool:
    """Return a true/false column, false where it is absent."""
    value = str(row.get(column, "false")).lower()
    if value not in ("true", "false"):
        raise CodebookError(f"{where}: '{column}' is '{value}'; write true or false")
    return value == "true"


def read_choice(row: Row, column: str, allowed: Sequence[str], where: str) -> str:
    """Return a column that must be one of `allowed`."""
    value = str(row.get(column))
    if value not in allowed:
        raise CodebookError(f"{where}: '{column}' is '{value}'; it must be one of {', '.join(allowed)}")
    return value


def text_or_none(row: Row, column: str) -> str | None:
    """Return a text column; None where it is absent, empty or null."""
    value = row.get(column)
    return None if value in (None, "", "null", "~") else str(value)
