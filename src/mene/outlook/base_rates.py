"""The base rates of leaders leaving office, read from `base_rates.csv` (made by `training/base_rates.py`)."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

from mene.errors import CodebookError, InputError

TENURE_BANDS: tuple[tuple[int, str], ...] = ((365, "0-1"), (5 * 365, "1-5"), (15 * 365, "5-15"))
"""Days in office below each bound, and the name of the band in years; above the last it is "15+"."""


@dataclass(frozen=True, slots=True)
class BaseRate:
    """Of `leader_months` months, the share followed by an exit within `horizon_days`.

    `irregular` is part of `any_exit`.
    """

    horizon_days: int
    tenure: str
    at_war: bool
    leader_months: int
    leaders: int
    irregular: float
    any_exit: float


@dataclass(frozen=True, slots=True)
class BaseRates:
    """The table of base rates."""

    rows: tuple[BaseRate, ...]

    def find(self, horizon_days: int, tenure: str, at_war: bool) -> BaseRate:
        """Return the rate for a horizon, a tenure band ("any" for all) and war, or raise `InputError`."""
        for row in self.rows:
            if (row.horizon_days, row.tenure, row.at_war) == (horizon_days, tenure, at_war):
                return row
        horizons = ", ".join(str(days) for days in sorted({row.horizon_days for row in self.rows}))
        raise InputError(f"there is no base rate for {horizon_days} days: choose a horizon of {horizons} days")


def tenure_band(days: int) -> str:
    """Return the band of a time in office.

    >>> tenure_band(100), tenure_band(24 * 365)
    ('0-1', '15+')
    """
    return next((name for bound, name in TENURE_BANDS if days < bound), "15+")


@cache
def load_base_rates(path: Path | None = None) -> BaseRates:
    """Return the shipped table, or the one in a file of the same columns. Raises `CodebookError`."""
    where = path or resources.files("mene.outlook").joinpath("base_rates.csv")
    lines = [line for line in where.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    try:
        return BaseRates(tuple(_row(row) for row in csv.DictReader(lines)))
    except (KeyError, ValueError, TypeError) as error:
        raise CodebookError(f"{where}: not a table of base rates ({error!r}); run training/base_rates.py") from error


def _row(row: dict[str, str]) -> BaseRate:
    return BaseRate(
        horizon_days=int(row["horizon_days"]),
        tenure=row["tenure"],
        at_war=row["at_war"] == "yes",
        leader_months=int(row["leader_months"]),
        leaders=int(row["leaders"]),
        irregular=float(row["irregular"]),
        any_exit=float(row["any_exit"]),
    )
