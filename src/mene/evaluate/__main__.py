"""`python -m mene.evaluate --shared DIR`: score everything and write evaluation/results.json and RESULTS.md."""

import argparse
import os
import platform
import subprocess
import sys
from datetime import date
from pathlib import Path

from mene import __version__
from mene.errors import MeneError
from mene.evaluate.catalogue import NAMES, read_weights_checksum
from mene.evaluate.run import (
    OTHER_READERS,
    READER_RUNS,
    About,
    choose_runs,
    flatten,
    merge_results,
    score_runs,
    write_results,
)
from mene.language import load_reader


def describe_machine() -> str:
    """Return the kind of machine, its cores and its Python."""
    return (
        f"{platform.system()} {platform.machine()} with {os.cpu_count()} cores and Python {platform.python_version()}"
    )


def read_commit() -> str:
    """Return the short name of the commit, with "+" where the tree differs from it; "unknown" outside a checkout."""
    describe = ["git", "describe", "--always", "--dirty=+", "--exclude=*"]
    try:
        done = subprocess.run(describe, capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return done.stdout.strip()


def main() -> int:
    """Run the plan; 0 when all is written, 2 or more with one line on the error stream when it cannot be."""
    parser = argparse.ArgumentParser(prog="python -m mene.evaluate", description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder that holds data/")
    parser.add_argument("--out", type=Path, default=Path("evaluation"), help="folder for the two files")
    parser.add_argument("--only", nargs="+", default=[], choices=NAMES, help="score these names only")
    parser.add_argument("--reader", type=Path, help="folder of another reader's weights: only the reader is scored")
    parser.add_argument("--as", dest="entry", choices=OTHER_READERS, help="the entry that its scores are written to")
    given = parser.parse_args()
    if (given.reader is None) != (given.entry is None):
        parser.error("--reader and --as go together")
    try:
        runs = choose_runs(given.shared, given.only)
        if given.reader is not None:
            runs = [run for run in runs if run.key in READER_RUNS]
            scores = score_runs(given.shared, runs, load_reader=lambda: load_reader(given.reader), tell=_tell)
            write_results(given.out, merge_results(given.out, {given.entry: flatten(scores)}, None))
            return 0
        results = score_runs(given.shared, runs, tell=_tell)
        about = About(
            read_commit(), date.today().isoformat(), describe_machine(), __version__, read_weights_checksum()[:16]
        )
    except MeneError as error:
        sys.stderr.write(f"error: {error}\n")
        return error.exit_code
    write_results(given.out, merge_results(given.out, results, about))
    return 0


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
