"""Places replayed: the states and the numbers that the script reads."""

from dataclasses import replace
from datetime import timedelta

from mene.codebook import load_codebook
from mene.evaluate.scale import actors
from mene.evaluate.synthetic import make_readings
from mene.pipeline import history_of, picture_of
from mene.report.contents import gather_contents
from mene.report.page.places import _shorten, places_data, show_places, when_data


def made_up():
    readings = list(make_readings(200, actors(), days=20, places=10))
    last = max(one.first_seen for reading in readings for one in reading.statements)
    return readings, load_codebook(), last


def contents_of(readings, codebook, last, picture):
    return gather_contents(
        picture,
        (one for reading in readings for one in reading.statements),
        (one for reading in readings for one in reading.events),
        articles=[reading.article for reading in readings],
        history=history_of(readings, codebook, known=last),
    )


def contents_at_the_end():
    readings, codebook, last = made_up()
    return contents_of(readings, codebook, last, picture_of(readings, codebook, on=last, known=last))


CONTENTS = contents_at_the_end()


def read_cell(place, known, on):
    """Return what the script reads: the state and the percent."""
    cells = next((cells for first, cells in reversed(place["c"]) if first <= known), [])
    if cells and cells[0] < 0:
        cells = [-1] * -cells[0] + cells[1:]
    cell = cells[on] if on < len(cells) else -1
    return None if cell < 0 else (place["s"][cell // 101], cell % 101)


def test_the_script_reads_what_the_history_has():
    rows = show_places(CONTENTS)
    data = {place["n"]: place for place in places_data(rows, {}, CONTENTS.history)}
    for place in CONTENTS.history.places:
        for known in range(len(CONTENTS.history.stops.days)):
            for on in range(known + 1):
                holding = place.at(known, on)
                name = holding.place.name if holding else ""
                read = read_cell(data[name], known, on) if holding else None
                if holding:
                    assert (read[0][0], read[1]) == (CONTENTS.id(holding.id), round(holding.belief * 100))


def test_rows_are_the_picture_and_then_what_was_before():
    rows = show_places(CONTENTS)
    now = [row for row in rows if row.now is not None]
    assert {row.holding.id for row in now} == {row.id for row in CONTENTS.picture.holdings}
    assert rows[: len(now)] == now


def test_the_slider_stands_at_the_picture_s_days():
    when = when_data(CONTENTS)
    assert when["stops"][when["known"]] == CONTENTS.picture.known
    assert when["on"] == when["known"]


def read_then(days_ago):
    """Return the contents with a picture of days ago, as it is known at the end of the history."""
    readings, codebook, last = made_up()
    picture = picture_of(readings, codebook, on=last - timedelta(days_ago), known=last)
    return contents_of(readings, codebook, last, picture)


def test_a_picture_of_an_earlier_day_opens_on_its_day_as_known_at_the_end():
    contents = read_then(6)
    when = when_data(contents)
    assert (when["stops"][when["on"]], when["stops"][when["known"]]) == (contents.picture.on, contents.picture.known)
    assert when["on"] == when["known"] - 6


def test_the_slider_shows_a_picture_of_an_earlier_day_as_the_rows_do():
    contents = read_then(6)
    when, rows = when_data(contents), show_places(contents)
    for row, place in zip(rows, places_data(rows, {}, contents.history), strict=True):
        read = read_cell(place, when["known"], when["on"])
        assert (read is None) == (row.now is None)
        if read:
            assert (read[0][0], read[1]) == (row.state.id, round(row.belief * 100))


def test_a_picture_from_before_the_first_stop_opens_on_the_first():
    assert when_data(read_then(400))["on"] == 0


def test_without_a_history_there_are_no_days():
    assert when_data(replace(CONTENTS, history=None)) == {"stops": [], "step": "day", "on": 0, "known": 0}


def test_leading_cells_that_say_nothing_are_counted():
    assert _shorten([-1, -1, 150, -1]) == [-2, 150, -1]
    assert _shorten([150, -1]) == [150, -1]
    assert _shorten([-1, -1]) == [-2]
