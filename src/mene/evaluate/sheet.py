"""A sheet for reading by hand: who says what in articles drawn at random from a CSV with the columns of FA-KES.

    python -m mene.evaluate.sheet ../shared/data/fa_kes/articles.csv.gz --draw 40 --seed 7

prints each article's statements with their chains, numbered, so that a person can mark the wrong ones.
"""

import argparse
import csv
import gzip
import random
import sys
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from mene.articles import read_article
from mene.errors import InputError, MeneError
from mene.records import Article, Statement

COLUMNS = ("article_title", "article_content", "source", "date")


class Row(NamedTuple):
    """One article of the file: its title, its text, its outlet and the day it bears (month/day/year)."""

    title: str
    text: str
    outlet: str
    day: date | None


def read_rows(path: Path) -> list[Row]:
    """Return the articles of a CSV file, plain or through gzip; raises InputError where a column is missing."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            table = csv.DictReader(lines)
            missing = [name for name in COLUMNS if name not in (table.fieldnames or ())]
            if missing:
                raise InputError(f"{path} has no column {missing[0]}: it needs {', '.join(COLUMNS)}")
            return [Row(r["article_title"], r["article_content"], r["source"], _day(r["date"])) for r in table]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError(f"{path} cannot be read: {error}") from error


def _day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%m/%d/%Y").date()
    except ValueError:
        return None


def draw(rows: list[Row], n: int, seed: int) -> list[Row]:
    """Return `n` of the rows, drawn without replacement; the same seed draws the same."""
    return random.Random(seed).sample(rows, min(n, len(rows)))  # noqa: S311


def article_of(row: Row) -> Article:
    """Return a row as an article."""
    return read_article(f"{row.title}\n\n{row.text}\n".encode(), name=f"{row.outlet}.txt", published=row.day)


def write_sheet(number: int, row: Row, statements: tuple[Statement, ...]) -> Iterator[str]:
    """Yield the lines of one article: its head, then a line for each statement."""
    yield f"== {number}. {row.title} ({row.outlet}, {row.day or 'no date'})"
    sentence = ""
    for place, one in enumerate(statements, 1):
        if one.sentence_text != sentence:
            sentence = one.sentence_text
            yield f"   {' '.join(sentence.split())}"
        chain = " < ".join(source.name or source.kind for source in one.sources)
        yield f"   {number}.{place} [{chain}] {one.kind}, {one.modality}: {' '.join(one.text.split())[:90]}"


def main() -> int:
    """Print the sheet; 2 where the file cannot be read."""
    from mene.evaluate.catalogue import read_shipped

    parser = argparse.ArgumentParser(prog="python -m mene.evaluate.sheet", description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("--draw", type=int, default=40, help="articles to draw")
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    try:
        rows = draw(read_rows(given.path), given.draw, given.seed)
    except MeneError as error:
        sys.stderr.write(f"error: {error}\n")
        return error.exit_code
    for number, row in enumerate(rows, 1):
        statements, _, _ = read_shipped(article_of(row))
        sys.stdout.writelines(f"{line}\n" for line in write_sheet(number, row, tuple(statements)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
