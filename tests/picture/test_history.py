"""The history of places: for each pair of days what the picture is."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from mene.codebook import load_codebook
from mene.codebook.entries import Actor
from mene.evaluate.synthetic import make_readings
from mene.picture import draw_picture
from mene.picture.history import MOST_STOPS, Stops, choose_stops, draw_history
from mene.picture.origins import fold
from mene.picture.tellings import gather, gather_events, read_tellings

DAYS = st.dates(date(1990, 1, 1), date(2030, 1, 1))


def tellings_of(readings):
    said = gather(one for reading in readings for one in reading.statements)
    told = gather_events((one for reading in readings for one in reading.events), said)
    return read_tellings(said, told, fold(said.values(), told.values()))


def actors() -> list[Actor]:
    known = load_codebook().actors
    return [known[one] for one in sorted(known)[:12]]


@given(DAYS, DAYS)
def test_stops_run_to_the_last_day_and_are_few(one, other):
    first, last = sorted((one, other))
    stops = choose_stops(first, last)
    assert stops.days[-1] == last
    assert list(stops.days) == sorted(set(stops.days))
    assert len(stops.days) <= MOST_STOPS


def test_stops_are_the_ends_of_months_where_days_would_be_too_many():
    stops = choose_stops(date(2023, 11, 27), date(2025, 2, 3))
    assert stops.days[:2] == (date(2023, 11, 30), date(2023, 12, 31))
    assert stops.days[-2:] == (date(2025, 1, 31), date(2025, 2, 3))
    assert stops.last_by(date(2023, 12, 30)) == 0


@settings(deadline=None, max_examples=6)
@given(st.integers(0, 10_000), st.integers(3, 40))
def test_a_history_is_the_picture_of_every_pair_of_days(seed, days):
    readings = list(make_readings(180, actors(), days=days, places=8, seed=seed))
    statements = [one for reading in readings for one in reading.statements]
    events = [one for reading in readings for one in reading.events]
    first = min(one.first_seen for one in statements)
    stops = Stops("day", tuple(first + timedelta(days=day) for day in range(0, days, max(1, days // 6))))
    history = draw_history(tellings_of(readings), load_codebook(), stops)
    for known, day in enumerate(stops.days):
        for on in range(known + 1):
            whole = draw_picture(statements, events, on=stops.days[on], known=day, codebook=load_codebook())
            assert history.at(known, on) == whole.holdings
