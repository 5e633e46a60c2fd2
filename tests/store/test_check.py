"""Checking a store: each change from outside is told in one line; of a store that nobody touched there is nothing."""

from datetime import timedelta
from pathlib import Path

import pytest

from mene.articles import read_article
from mene.pipeline import Model, read
from mene.sample import sample_articles
from mene.settings import StoreUrl
from mene.store import Store, open_store
from mene.store.archive import open_archive, write_archive
from mene.store.check import growth_faults, store_faults
from tests.store.make import NOW, make_reading

CHANGES = {
    "UPDATE articles SET payload = replace(payload, 'Hama', 'Homs')": "its seal differs",
    "UPDATE statements SET payload = replace(payload, 'asserted', 'negated')": "its seal differs",
    "UPDATE articles SET title = 'Homs'": "the columns of articles differ from its records",
    "UPDATE statements SET factuality = -3": "the columns of statements differ from its records",
    "UPDATE events SET place = 'Homs'": "the columns of events differ from its records",
    "UPDATE articles SET recorded_at = TIMESTAMP '2020-01-01 00:00:00'": "its seal differs",
    "UPDATE raw SET bytes = 'other'": "its raw bytes do not have the SHA-256 that they are kept under",
    "UPDATE statements SET payload = '{'": "its records are damaged",
    "DELETE FROM statements": "its seal differs",
    "DELETE FROM raw": "its raw bytes are gone",
    "DELETE FROM custody": "no line of custody tells where it came from",
    "DELETE FROM seals": "it has no seal",
    "DELETE FROM articles": "was kept once and is gone",
    "INSERT INTO raw VALUES ('abc', 'a page')": "the raw bytes abc belong to no article",
}


def fill(store: Store, *pages: bytes) -> None:
    for page in pages:
        store.add(make_reading(page, statements=2), page, recorded_at=NOW, how="file")


def test_store_that_nobody_touched(place: Path | StoreUrl) -> None:
    with open_store(place) as store:
        fill(store, b"one", b"two", b"three")
        assert list(store_faults(store)) == []


def test_store_of_the_sample_that_nobody_touched(tmp_path: Path, model: Model) -> None:
    pages = [path.read_bytes() for path in sample_articles()]
    with open_store(tmp_path / "sample.duckdb") as store:
        for page in pages:
            store.add(read(read_article(page), model), page, recorded_at=NOW, how="file", model=model.reader.name)
        assert list(store_faults(store)) == []
        assert any(event.also for event in store.events()), "no event told by further words"


@pytest.mark.parametrize("change", CHANGES)
def test_change_from_outside_is_told(place: Path | StoreUrl, change: str) -> None:
    with open_store(place) as store:
        fill(store, b"one")
        store._database.rows(change)
        faults = list(store_faults(store))
    assert any(CHANGES[change] in fault for fault in faults)
    assert not any("\n" in fault for fault in faults)


def test_ids_are_held_against_their_content(place: Path | StoreUrl) -> None:
    reading = make_reading(b"one", statements=2)
    with open_store(place) as store:
        store.add(reading, b"another page", recorded_at=NOW, how="file")
        (fault,) = store_faults(store)
    assert fault == f"article {reading.article.id[:12]}: its id is not the SHA-256 of its raw bytes"


def test_store_has_all_that_an_earlier_export_has(place: Path | StoreUrl, tmp_path: Path) -> None:
    export = tmp_path / "earlier.gz"
    with open_store(place) as store:
        fill(store, b"one", b"two")
        with export.open("wb") as file:
            assert list(write_archive(store, file)) == [1, 2]
        fill(store, b"three")
        with open_archive(export) as earlier:
            assert list(growth_faults(store, earlier)) == []
        for table in ("articles", "statements", "events", "dropped", "raw", "custody", "seals"):
            store._database.rows(f"DELETE FROM {table}")
        assert list(store_faults(store)) == []
        with open_archive(export) as earlier:
            assert len([fault for fault in growth_faults(store, earlier) if fault.endswith(" is gone")]) == 4


def test_article_read_otherwise_is_not_what_it_was(place: Path | StoreUrl, tmp_path: Path) -> None:
    with open_store(place) as store, open_store(tmp_path / "other.duckdb") as other:
        fill(store, b"one")
        other.add(make_reading(b"one"), b"one", recorded_at=NOW + timedelta(days=1), how="file")
        with (tmp_path / "other.gz").open("wb") as file:
            list(write_archive(other, file))
        with open_archive(tmp_path / "other.gz") as earlier:
            faults = list(growth_faults(store, earlier))
    assert [fault.rpartition(" ")[2] for fault in faults] == ["gone", "was"]
