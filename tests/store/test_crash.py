"""Killing the writer at any moment: what was told as added is there whole, and nothing is there by half."""

import random
import time
from pathlib import Path

import pytest

from mene.errors import StoreError
from mene.settings import StoreUrl
from mene.store import Store, open_store
from mene.store.check import store_faults
from tests.store.make import running

STATEMENTS = 40
SECONDS = 20

ADDER = f"""
from mene.store import open_store
from tests.store.make import NOW, make_reading

store = open_store(PLACE)
for number in range(100000):
    raw = b"page %d" % number
    reading = make_reading(raw, statements={STATEMENTS})
    store.add(reading, raw, recorded_at=NOW, how="file")
    print(reading.article.id, flush=True)
"""


@pytest.mark.parametrize("seed", range(6))
def test_killed_while_adding_keeps_all_that_was_told_and_no_half(place: Path | StoreUrl, seed: int) -> None:
    told = kill_adder(place, random.Random(seed).uniform(0, 0.1))
    with reopen(place) as store:
        kept = {reading.article.id: reading for reading in store.readings()}
        assert set(told) <= set(kept)
        assert len(kept) <= len(told) + 1
        assert {len(reading.statements) for reading in kept.values()} == {STATEMENTS}
        assert {len(reading.events) for reading in kept.values()} == {STATEMENTS}
        assert list(store_faults(store)) == []


def kill_adder(place: Path | StoreUrl, seconds: float) -> list[str]:
    """Return the ids that a process told as added before it was killed, `seconds` after its third."""
    with running(ADDER, place) as adder:
        assert adder.stdout is not None
        told = [adder.stdout.readline() for _ in range(3)]
        time.sleep(seconds)
        adder.kill()
        told += adder.stdout.readlines()
    return [line.strip() for line in told if line.endswith("\n")]


def reopen(place: Path | StoreUrl) -> Store:
    """Return the store for writing; a server needs a moment to see that the other is gone."""
    patience = time.monotonic() + SECONDS
    while True:
        try:
            return open_store(place, create=False)
        except StoreError as error:
            if "another process" not in str(error) or time.monotonic() > patience:
                raise
            time.sleep(0.05)
