"""The limits and words of `coreference.yaml` with the weights of `coreference_weights.yaml`, read once and checked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from mene.errors import CodebookError
from mene.vocabulary import EVENT_TYPES

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Limits:
    """Thresholds and margins in log-odds, spans in days, and how many neighbours are looked at."""

    join: float
    join_vague: float
    margin: float
    reach: float
    anchored_days: float
    most_near: float


@dataclass(frozen=True, slots=True)
class CoreferenceWords:
    """Both files: `acts` by type and mode, `once` types, pairs of `kin` modes, `marks` by word, `common` words."""

    weights: Mapping[str, float]
    limits: Limits
    acts: Mapping[tuple[str, str], str]
    once: frozenset[str]
    kin: frozenset[tuple[str, str]]
    marks: Mapping[str, str]
    common: frozenset[str]


def _load(name: str) -> dict[str, Any]:
    text = files("mene.picture").joinpath(name).read_text(encoding="utf-8")
    data: dict[str, Any] = yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe loader, in C where there is one
    return data


@cache
def load_coreference_words() -> CoreferenceWords:
    """Return the shipped file; raises `CodebookError` for a missing, unknown or unexplained key."""
    data = _load("coreference.yaml")
    limits = _values("limits", data["limits"])
    if wrong := sorted({field.name for field in fields(Limits)} ^ set(limits)):
        raise CodebookError(f"coreference.yaml: missing or unknown limits: {', '.join(wrong)}")
    if strange := sorted(set(data["acts"]) - set(EVENT_TYPES)):
        raise CodebookError(f"coreference.yaml: acts of no event type: {', '.join(strange)}")
    if strange := sorted(set(data["once"]) - set(EVENT_TYPES)):
        raise CodebookError(f"coreference.yaml: no event types under once: {', '.join(strange)}")
    return CoreferenceWords(
        weights=_values("weights", _load("coreference_weights.yaml")),
        limits=Limits(**limits),
        acts={(kind, mode): act for kind, acts in data["acts"].items() for mode, act in acts.items()},
        once=frozenset(data["once"]),
        kin=frozenset((one, other) for row in data["kin"] for one in row for other in row),
        marks=_by_word(data["marks"]),
        common=frozenset(data["common"].split()),
    )


def _values(part: str, rows: dict[str, dict[str, Any]]) -> dict[str, float]:
    if bare := sorted(key for key, row in rows.items() if not row.get("note")):
        raise CodebookError(f"coreference.yaml, {part}: these need a note that gives their reason: {', '.join(bare)}")
    return {key: float(row["value"]) for key, row in rows.items()}


def _by_word(rows: Iterable[list[str]]) -> dict[str, str]:
    return {word: row[0] for row in rows for word in row}
