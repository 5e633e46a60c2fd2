"""The sample corpus is complete, dated and described."""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from mene.sample import sample_articles, sample_codebook

NAME = re.compile(r"(\d{4}-\d{2}-\d{2})-[a-z0-9-]+\.(html|txt)")


def day_of(path: Path) -> date:
    """Return the publication day in an article's file name."""
    match = NAME.fullmatch(path.name)
    assert match is not None, path.name
    return date.fromisoformat(match[1])


@pytest.mark.parametrize(
    ("first", "last", "least"),
    [
        (date(2024, 11, 29), date(2024, 11, 30), 2),
        (date(2024, 12, 1), date(2024, 12, 3), 3),
        (date(2024, 12, 4), date(2024, 12, 5), 3),
        (date(2024, 12, 6), date(2024, 12, 7), 5),
        (date(2024, 12, 8), date(2024, 12, 8), 2),
    ],
)
def test_each_phase_is_covered(first: date, last: date, least: int) -> None:
    assert sum(first <= day_of(path) <= last for path in sample_articles()) >= least


def test_articles_come_oldest_first_in_both_formats() -> None:
    days = [day_of(path) for path in sample_articles()]
    formats = Counter(path.suffix for path in sample_articles())
    assert days == sorted(days)
    assert min(formats[".html"], formats[".txt"]) >= 8


@pytest.mark.parametrize("path", sample_articles(), ids=lambda path: path.name)
def test_article_is_short_and_listed_in_the_readme(path: Path) -> None:
    text = re.sub(r"(?s)<head>.*?</head>|<[^>]+>", " ", path.read_text(encoding="utf-8"))
    assert 120 <= len(text.split()) <= 520
    assert path.name in (path.parent / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", [p for p in sample_articles() if p.suffix == ".html"], ids=lambda path: path.name)
def test_page_bears_the_date_of_its_name(path: Path) -> None:
    page = path.read_text(encoding="utf-8")
    published = re.search(r'"article:published_time" content="([^"T]+)', page)
    assert published is not None
    assert published[1] == day_of(path).isoformat()
    assert 'property="og:site_name"' in page


def test_codebook_knows_every_outlet() -> None:
    known = (sample_codebook() / "outlets.yaml").read_text(encoding="utf-8")
    slugs = {re.sub(r"\W+", "-", name.lower()) for name in re.findall(r"(?<!\w)name: (?:The )?([^,}]+)", known)}
    assert all(any(path.name[11:].startswith(slug) for slug in slugs) for path in sample_articles())
