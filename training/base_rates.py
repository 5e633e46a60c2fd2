"""Counts how often leaders left office: `python -m training.base_rates DATA_FOLDER > src/mene/outlook/base_rates.csv`.

DATA_FOLDER holds the leader-month panel (parquet). A month counts towards a horizon when the leader's last day lies
within that many days of the month's first day. Irregular is Archigos's "Irregular" (coup, revolt, rebels, protest,
assassination); any exit adds regular ends of office, deaths and removals by foreign states. At war: an internal armed
conflict or an interstate war in the country that year, as the panel's UCDP columns say; months that lack them are left
out.
"""

import argparse
import sys
from pathlib import Path
from typing import Any

import duckdb

from mene.outlook.base_rates import TENURE_BANDS

HORIZONS = (90, 180, 365)

HEADER = """\
# How often leaders left office within a horizon, by time in office (years) and war: shares of leader-months, 1950-2005.
# Made by training/base_rates.py from a panel of {months:,} months and {leaders:,} leaders (leaders and exits: Archigos,
# Goemans, Gleditsch & Chiozza 2009; conflict: UCDP, Gleditsch et al. 2002). Remake it, do not edit it.
# irregular: coup, revolt, rebels, protest, assassination; any_exit: irregular, regular, foreign removal, death.
# leaders: how many leaders the months are of; months of one leader are not independent of each other."""

COLUMNS = ("horizon_days", "tenure", "at_war", "leader_months", "leaders", "irregular", "any_exit")

QUERY = """
select count(*) as months,
       count(distinct (gwcode, leader, startdate)) as leaders,
       avg((exit = 'Irregular' and enddate < month + interval ({horizon}) day)::double) as irregular,
       avg((exit != 'Still in Office' and enddate < month + interval ({horizon}) day)::double) as any_exit
from '{panel}'
where internal_confl is not null and (internal_confl = 1 or war = 1) = {at_war}
  and date_diff('day', startdate, month) >= {low} and date_diff('day', startdate, month) < {high}
"""


def find_panel(folder: Path) -> Path:
    """Return the parquet file of a folder."""
    found = sorted(folder.glob("*.parquet"))
    if not found:
        raise SystemExit(f"{folder} holds no parquet file: give the folder of the leader-month panel")
    return found[0]


def tenure_bounds() -> list[tuple[str, int, int]]:
    """Return the name of each band of tenure with its bounds in days; "any" is all of them."""
    bounds, low = (
        [("any", -100_000, 100_000)],
        -100_000,
    )  # a panel's first month may begin before the first day in office
    for high, name in TENURE_BANDS:
        bounds.append((name, low, high))
        low = high
    return [*bounds, ("15+", low, 100_000)]


def count_rows(panel: Path) -> list[tuple[Any, ...]]:
    """Return the rows of the table, in the order of `COLUMNS`."""
    rows = []
    with duckdb.connect() as connection:
        for horizon in HORIZONS:
            for tenure, low, high in tenure_bounds():
                for at_war in (False, True):
                    query = QUERY.format(horizon=horizon, panel=panel, at_war=at_war, low=low, high=high)
                    months, leaders, irregular, any_exit = connection.execute(query).fetchone() or (0, 0, 0.0, 0.0)
                    war = "yes" if at_war else "no"
                    rows.append((horizon, tenure, war, months, leaders, f"{irregular:.4f}", f"{any_exit:.4f}"))
    return rows


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path, help="the folder of the leader-month panel")
    panel = find_panel(parser.parse_args().folder)
    rows = count_rows(panel)
    with duckdb.connect() as connection:
        total = connection.execute(
            f"select count(*), count(distinct (gwcode, leader, startdate)) from '{panel}'"
        ).fetchone()
    months, leaders = total or (0, 0)
    sys.stdout.write(HEADER.format(months=months, leaders=leaders) + "\n")
    sys.stdout.write(",".join(COLUMNS) + "\n")
    for row in rows:
        sys.stdout.write(",".join(str(value) for value in row) + "\n")


if __name__ == "__main__":
    main()
