"""Readings made by hand, with ids that fit their content, and processes for what one process alone cannot show."""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from mene.events.identity import event_id
from mene.records import (
    Article,
    Block,
    Count,
    Dropped,
    Event,
    Evidence,
    Numbers,
    Participant,
    Place,
    Reading,
    Source,
    Statement,
    Tone,
)
from mene.settings import StoreUrl
from mene.statements.identity import statement_id

ROOT = Path(__file__).parents[2]
NOW = datetime(2024, 12, 8, 9, 30, tzinfo=UTC)
TEXT = "Rebels took Hama on Thursday, the monitor said."


def make_article(raw: bytes, published: date | None = date(2024, 12, 6), url: str | None = None) -> Article:
    dropped = (Dropped("articles", "Advertisement", "advertising label"),)
    blocks = (Block("paragraph", 0, len(TEXT)),)
    identity = hashlib.sha256(raw).hexdigest()
    return Article(identity, url, "The Wire", "Hama", None, published, "en", TEXT, blocks, dropped)


def make_statement(article: Article, number: int = 0, factuality: float = 3.0) -> Statement:
    evidence = Evidence(article.id, 0, 28)
    sources = (Source(f"monitor {number}", "monitor", evidence=Evidence(article.id, 30, 41)),)
    words = (TEXT[:28], TEXT, sources, "claim", factuality, "asserted", Tone(0.1))
    days = (None, article.published_at, article.published_at)
    return Statement(statement_id(evidence, sources), evidence, evidence, *words, *days)


def make_event(statement: Statement) -> Event:
    rebels = Participant("Rebels", "Rebels", None, "not in the codebook", 0.0)
    hama = Place("Hama", "Hama", "292224", 35.13, 36.76, "SY", "city", "exact", 0.98)
    day = date(2024, 12, 5)
    what = ("SEIZE", None, (rebels,), (), hama, day, day, "day", 3.0, "asserted")
    numbers = Numbers(killed=Count(16, 16, None, "at least 16"))
    identity = event_id(statement.id, ("SEIZE", None), statement.evidence, hama, (rebels,))
    return Event(identity, statement.id, *what, numbers, statement.evidence, "took")


def make_reading(
    raw: bytes, published: date | None = date(2024, 12, 6), url: str | None = None, statements: int = 1
) -> Reading:
    """Return the reading of an article with so many statements, each with its event."""
    article = make_article(raw, published, url)
    said = tuple(make_statement(article, number) for number in range(statements))
    refusal = Dropped("events", "took", "no recipient", said[0].evidence if said else None)
    return Reading(article, said, tuple(make_event(statement) for statement in said), (refusal,))


def secret(place: Path | StoreUrl) -> str:
    """Return what `--store` takes for the place."""
    return place.secret if isinstance(place, StoreUrl) else str(place)


@contextmanager
def running(script: str, place: Path | StoreUrl) -> Iterator[subprocess.Popen[str]]:
    """Run a script beside us until the end of the block, then kill it; `PLACE` in it is where the store is."""
    head = "import sys\nfrom mene.settings import store_place\nPLACE = store_place(sys.argv[1])\n"
    command = [sys.executable, "-c", head + script, secret(place)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        try:
            yield process
        finally:
            process.kill()
