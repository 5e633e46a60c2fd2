"""The numbers and words of `weights.yaml` and `euphemisms.yaml`, read once and checked."""

from dataclasses import dataclass, fields
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from mene.errors import CodebookError
from mene.vocabulary import Modality

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights in log-odds, thresholds in probability, windows and half-lives in days; see the notes in the file."""

    prior: float
    belief_floor: float
    belief_ceiling: float
    neutral: float
    against_interest: float
    own_interest: float
    unknown: float
    euphemism: float
    modality_asserted: float
    modality_in_progress: float
    modality_nearly: float
    modality_probable: float
    modality_possible: float
    modality_conditional: float
    modality_doubtful: float
    modality_negated: float
    unsure_time: float
    sure_day: float
    opinion: float
    held: float
    claimed_ceiling: float
    conceded_by: float
    contested_margin: float
    half_life_held: float
    half_life_contested: float
    half_life_pressure: float
    window_contested: float
    window_besieged: float
    window_nearly: float
    window_same_change: float
    window_run: float
    window_admitted: float
    window_news: float
    window_stale: float
    window_presence: float
    window_same_telling: float
    shingle_words: float
    copy_containment: float
    copy_min_shingles: float
    article_containment: float
    article_min_shared: float
    postings_per_shingle: float

    def of_modality(self, modality: Modality) -> float:
        """Return the share of a weight left under `modality`: negative where it speaks against, 0 where it is mute."""
        share: float = getattr(self, f"modality_{modality}", 0.0)
        return share


def _load(name: str) -> Any:
    text = files("mene.picture").joinpath(name).read_text(encoding="utf-8")
    return yaml.load(text, Loader=_LOADER)  # noqa: S506 - a safe loader, in C where there is one


@cache
def load_weights() -> Weights:
    """Return the shipped weights; raises `CodebookError` for a missing, unknown or unexplained key."""
    rows: dict[str, dict[str, Any]] = _load("weights.yaml")
    wanted = {field.name for field in fields(Weights)}
    if wrong := sorted(wanted ^ set(rows)):
        raise CodebookError(f"weights.yaml: missing or unknown keys: {', '.join(wrong)}")
    if bare := sorted(key for key, row in rows.items() if not row.get("note")):
        raise CodebookError(f"weights.yaml: these keys need a note that gives their reason: {', '.join(bare)}")
    return Weights(**{key: float(row["value"]) for key, row in rows.items()})


@cache
def load_euphemisms() -> tuple[str, ...]:
    """Return the lower-case stems by which a loss is told without naming it."""
    return tuple(_load("euphemisms.yaml"))
