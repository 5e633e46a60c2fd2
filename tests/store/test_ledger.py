"""The ledger: folded article by article, in any order, as all at once; a part drawn from the store as from all."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from mene.codebook import load_codebook
from mene.errors import StoreError
from mene.evaluate.synthetic import make_readings
from mene.picture import draw_picture, fold
from mene.picture.ask import ask, read_question
from mene.picture.folding import PASSED_ON
from mene.pipeline import picture_of
from mene.records import Picture, Reading, Source
from mene.store import Store, open_store
from mene.store.bearing import bearing_on
from mene.store.ledger import TABLES, mark

MOMENT = datetime(2024, 12, 9, tzinfo=UTC)


def make_corpus(seed: int, statements: int = 250, *, days: int = 20, places: int = 12) -> list[Reading]:
    """Return articles of few days and places, so that much is told again."""
    known = load_codebook().actors
    actors = [known[one] for one in sorted(known)[:12]]
    return list(make_readings(statements, actors, days=days, places=places, seed=seed))


def keep(store: Store, readings: list[Reading]) -> None:
    for reading in readings:
        store.add(reading, reading.article.id.encode(), recorded_at=MOMENT, how="file")


def folds_of(store: Store) -> dict[str, tuple[str, str | None]]:
    rows = store._rows("SELECT statement_id, origin, copy_of FROM folds")
    return {str(key): (str(origin), None if copied is None else str(copied)) for key, origin, copied in rows}


def folds_at_once(readings: list[Reading]) -> dict[str, tuple[str, str | None]]:
    groups = fold(
        (one for reading in readings for one in reading.statements),
        (one for reading in readings for one in reading.events),
    )
    copies = {copy.statement_id: copy.of for group in groups for copy in group.copies}
    return {one: (group.key, copies.get(one)) for group in groups for one in group.statement_ids}


def dump(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Return the ledger's tables without the numbers, which depend on the order of coming in."""
    columns = {
        "pages": "*",
        "origins": "*",
        "filed": "*",
        "said": "*",
        "folds": "statement_id, article_id, position, is_narrated, origin, copy_of, reason",
        "shingles": "shingle, (SELECT statement_id FROM folds WHERE folds.number = shingles.number)",
        "happenings": "kind, day, (SELECT statement_id FROM folds WHERE folds.number = happenings.number)",
    }
    assert set(columns) == set(TABLES)
    return {name: sorted(store._rows(f"SELECT {what} FROM {name}"), key=repr) for name, what in columns.items()}


@pytest.mark.parametrize("seed", [0, 2, 3])
def test_articles_folded_as_they_come_in_any_order_are_folded_as_all_at_once(make_place, seed):
    readings = make_corpus(seed)
    assert any(copied for _, copied in folds_at_once(readings).values())
    mixed = random.Random(seed).sample(readings, len(readings))
    with open_store(make_place()) as in_order, open_store(make_place()) as shuffled, open_store(make_place()) as filled:
        keep(in_order, readings)
        keep(shuffled, mixed)
        with filled.filling():
            keep(filled, mixed)
        assert folds_of(in_order) == folds_of(shuffled) == folds_of(filled) == folds_at_once(readings)
        assert dump(in_order) == dump(shuffled) == dump(filled)


def pass_on(readings: list[Reading], seed: int) -> list[Reading]:
    """Return the readings as of three papers that print, credit and quote one another, and each other's officials."""
    chance = random.Random(seed)
    papers = [Source(name, "outlet") for name in ("Wire", "Post", "Times")]
    speakers = [Source(name, "unnamed") for name in ("official", "senior official", "two officials", "Syrian official")]
    changed = []
    for reading in readings:
        own, other = chance.sample(papers, 2)
        credits = (other,) if chance.random() < 0.2 else ()
        chains = [(own,), (other, own), (chance.choice(speakers), own), (chance.choice(speakers), other, own)]
        told = tuple(
            replace(
                one,
                sources=(sources := chance.choice(chains)),
                credits=credits,
                cue=one.evidence if len(sources) > 1 and chance.random() < 0.5 else None,
            )
            for one in reading.statements
        )
        changed.append(replace(reading, statements=told))
    return changed


@pytest.mark.parametrize("seed", range(4))
def test_papers_that_quote_one_another_are_folded_in_any_order_as_at_once(make_place, seed):
    readings = pass_on(make_corpus(seed, days=5, places=3), seed)
    folds = folds_at_once(readings)
    with open_store(make_place()) as in_order, open_store(make_place()) as shuffled:
        keep(in_order, readings)
        keep(shuffled, random.Random(seed).sample(readings, len(readings)))
        assert folds_of(in_order) == folds_of(shuffled) == folds
        assert PASSED_ON in {reason for (reason,) in shuffled._rows("SELECT reason FROM folds")}
        assert dump(in_order) == dump(shuffled)


@pytest.mark.parametrize("seed", range(2))
def test_the_whole_is_drawn_from_the_store_as_from_all_that_was_said(make_place, seed):
    readings, codebook = make_corpus(seed), load_codebook()
    with open_store(make_place()) as store:
        keep(store, readings)
        for on, known in ((None, None), (date(2022, 1, 9), date(2022, 1, 12)), (date(2022, 1, 6), None)):
            drawn = store.draw(codebook, on=on, known=known)
            assert drawn == without_occurrences(picture_of(readings, codebook, on=on, known=known))


def without_occurrences(picture: Picture) -> Picture:
    contradictions = tuple(one for one in picture.disputes if one.kind == "contradicts")
    return replace(picture, occurrences=(), disputes=contradictions)


def test_a_question_is_answered_from_the_store_as_from_all_that_was_said(make_place):
    readings, codebook = make_corpus(7), load_codebook()
    place = next(event.place for reading in readings for event in reading.events if event.place)
    backing = next(e for r in readings for e in r.events if e.type == "SUPPORT")
    spoken = readings[0].statements[0].text.split()
    questions = [
        f"who holds {place.name}",
        f"who is in {place.name}",
        f"what happened in {place.name}",
        f"what happened in {place.name} since 2022-01-08",
        f"what is disputed in {place.name}",
        f"who backs {backing.recipients[0].name}",
        f"whom does {backing.actors[0].name} back",
        f"who says {spoken[0]} {spoken[1]}",
        "what does a local source say",
        "who holds Nowhere",
    ]
    statements = [one for reading in readings for one in reading.statements]
    events = [one for reading in readings for one in reading.events]

    def find(name: str):
        return place if name == place.name else None

    with open_store(make_place()) as store:
        keep(store, readings)
        for day in (None, date(2022, 1, 10)):
            picture = draw_picture(statements, events, on=day, known=day, codebook=codebook)
            for question in questions:
                part = bearing_on(read_question(question), store, codebook, find, on=day, known=day)
                got = ask(question, part.picture, part.statements, part.events, codebook, find, part.origins)
                assert got.lines == ask(question, picture, statements, events, codebook, find).lines, question


def test_a_store_whose_filling_was_cut_short_is_mended_by_the_next_writer(make_place):
    readings, place = make_corpus(1, 60), make_place()
    with open_store(place) as store:
        keep(store, readings)
        whole = dump(store)
        mark(store._database, "")
        store._rows("DELETE FROM folds")
    with pytest.raises(StoreError, match="run `mene add`"):
        open_store(place, read_only=True)
    with open_store(place) as store:
        assert dump(store) == whole
