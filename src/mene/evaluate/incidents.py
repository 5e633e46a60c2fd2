"""`incidents`: which articles of FA-KES tell the same incident as their main news.

The labels, by article, stand in `evaluation/cases/incidents.csv` and are ours. All articles are read into one picture;
an article's main news is the occurrence with most of its tellings, those at its head counted three times. `precision`,
`recall` and `f1` are over pairs of articles, `b3_f1` is B-cubed; `incidents` is the number of incidents told twice or
more and `n` that of articles.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from mene.articles import read_article
from mene.codebook import load_codebook
from mene.dates.printed import find_printed_day
from mene.errors import InputError
from mene.evaluate.files import data_files, read_text
from mene.evaluate.partitions import score_b_cubed, score_pairs
from mene.evaluate.reading_labels import read_day
from mene.evaluate.setting import Read, Scores, Setting
from mene.picture import draw_picture
from mene.picture.claims import STATE_MODES
from mene.picture.tellings import FACTS
from mene.records import Article, Picture, Statement

INCIDENTS = Path("evaluation/cases/incidents.csv")
"""Where the labels lie in a checkout."""

LEFT_OUT = "-"
"""The label of an article that is not scored."""

_COLUMNS = ("unit_id", "article_title", "article_content", "source")
_HEAD = 300
"""Characters at the beginning of an article that tell its news."""
_NEWS = frozenset({"ASSAULT", "SEIZE", "RETREAT"})


@dataclass(frozen=True, slots=True)
class Told:
    """An article with what was read from it."""

    article: Article
    read: Read


def read_incidents(path: Path) -> dict[str, str]:
    """Return the incident of each labelled article. Raises `InputError` where the file is missing or malformed."""
    lines = [line for line in read_text(path).splitlines() if line.strip() and not line.startswith("#")]
    rows = list(csv.reader(lines))
    if not rows or rows[0] != ["article", "incident"] or any(len(row) != 2 for row in rows):
        raise InputError(f"{path} does not hold two columns, article and incident: see its head")
    return dict(rows[1:])


def read_fakes(path: Path) -> Iterator[Article]:
    """Yield the articles of FA-KES, each once, by its `unit_id`, dated by the day printed at its head."""
    csv.field_size_limit(2**24)
    seen: set[str] = set()
    for file in data_files(path, ".csv"):
        for row in csv.DictReader(read_text(file).splitlines()):
            try:
                key, title, text, source = (
                    row[name] for name in ("unit_id", "article_title", "article_content", "source")
                )
                day = read_day(row["date"])
            except KeyError as error:
                raise InputError(f"{file} has no column {error}: give FA-KES's articles.csv") from error
            if key not in seen:
                seen.add(key)
                yield _article(key, title, text, source, day)


def _article(key: str, title: str, text: str, source: str, day: date | None) -> Article:
    published = find_printed_day(text, day) or day
    article = read_article(f"{title.strip()}\n\n{text}".encode(), name=f"{key}.txt", published=published)
    return replace(article, id=key, publisher=source)


def find_main_news(told: Sequence[Told], picture: Picture) -> dict[str, str]:
    """Return the id of the occurrence that is each article's main news; an article without any has itself."""
    statements: dict[str, Statement] = {one.id: one for item in told for one in item.read[0]}
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in picture.occurrences:
        if row.type in _NEWS and row.modality in FACTS and not row.background and row.mode not in STATE_MODES:
            for member in row.members:
                sentence = statements[member.statement_id].sentence
                counts[sentence.article_id][row.id] += 3 if sentence.start < _HEAD else 1
    found = {}
    for item in told:
        news = counts[item.article.id]
        found[item.article.id] = min(news, key=lambda key: (-news[key], key), default=item.article.id)
    return found


def score_incidents(labels: Mapping[str, str], found: Mapping[str, str]) -> dict[str, float]:
    """Return the scores of the articles that are not left out; an article without a label is an incident of its own."""
    kept = [key for key in found if labels.get(key) != LEFT_OUT]
    gold = {key: labels.get(key, key) for key in kept}
    given = {key: found[key] for key in kept}
    told_twice = sum(count > 1 for count in Counter(gold.values()).values())
    return {**score_pairs(gold, given), **score_b_cubed(gold, given), "incidents": told_twice, "n": len(kept)}


def evaluate_incidents(path: Path, setting: Setting) -> Scores:
    """Return the scores of the whole path on FA-KES at `path`, with the labels of the checkout."""
    labels = read_incidents(INCIDENTS)
    told = [Told(article, setting.read_article(article)) for article in read_fakes(path)]
    statements = [one for item in told for one in item.read[0]]
    events = [one for item in told for one in item.read[1]]
    picture = draw_picture(statements, events, codebook=load_codebook())
    return score_incidents(labels, find_main_news(told, picture))
