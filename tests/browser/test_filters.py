"""The filters: one choice narrows all panels, stands in the address, and chooses what `Filters` does."""

from dataclasses import asdict
from datetime import date

import pytest

from mene.report.happenings import gather_happenings
from mene.report.page.facets import Facets, Filters
from mene.report.page.timeline import read_timeline

from .driving import move, read_pins, read_places, unfold_all, wait_for_address

# The rows of panels that the server wrote, shown or not, by their facets.
_ROWS = """() => [...document.querySelectorAll(".facet")].map((row) => [row.dataset.facets, !row.hidden])"""

# How much each panel shows.
_COUNTS = """() => Object.fromEntries(Object.entries({
  pins: ".spot", places: "tr[data-n]", disputes: ".dispute", ties: ".tie", events: "#days li li", lanes: "#lanes .lane",
  origins: "#origins tr",
}).map(([name, selector]) => [name, document.querySelectorAll(`${selector}:not([hidden])`).length]))"""

FILTERS = [
    Filters(place="hama"),
    Filters(actor="rebels"),
    Filters(type="ASSAULT"),
    Filters(modality="negated"),
    Filters(origin="army"),
    Filters(since=date(2024, 12, 3)),
    Filters(until=date(2024, 11, 30)),
    Filters(place="aleppo", actor="hay", since=date(2024, 11, 28)),
]


@pytest.fixture
def page(open_page, demo):
    """The demo's page."""
    return open_page(demo)


def choose(page, **chosen):
    """Fill in filters, and wait until the page follows."""
    if not page.locator("#filters").is_visible():
        page.locator("#filter-box summary").click()
    for name, value in chosen.items():
        field = page.locator(f"#filters [name={name}]")
        field.select_option(value) if name in ("type", "modality") else field.fill(value)
    page.wait_for_timeout(200)  # typing is waited for


def read_facets(line):
    """Return facets from their line in the page."""
    place, actors, kind, origins, modality, day, told = line.split("\t")
    return Facets(
        place,
        tuple(filter(None, actors.split("|"))),
        kind,
        tuple(filter(None, origins.split("|"))),
        modality,
        date.fromisoformat(day) if day else None,
        date.fromisoformat(told) if told else None,
    )


def asked(filters):
    """Return filters as the form's fields have them."""
    return {name: str(value) for name, value in asdict(filters).items() if value}


@pytest.mark.parametrize("filters", FILTERS, ids=lambda one: " ".join(asked(one)))
def test_rows_are_chosen_as_on_the_server(page, filters):
    choose(page, **asked(filters))
    rows = page.evaluate(_ROWS)
    assert len(rows) > 20
    assert [is_shown for _, is_shown in rows] == [filters.accepts(read_facets(line)) for line, _ in rows]


@pytest.mark.parametrize("filters", FILTERS, ids=lambda one: " ".join(asked(one)))
def test_events_are_chosen_as_on_the_server(page, contents, filters):
    choose(page, **asked(filters))
    moments = read_timeline(gather_happenings(contents), contents).moments
    chosen = [one for one in moments if filters.accepts(one.facets)]
    said = page.locator("#days-count").inner_text()
    assert said == ("No event fits." if not chosen else f"{min(20, len(chosen))} of {say(len(chosen))} shown")
    assert page.locator("#days li li").count() == min(20, len(chosen))


def say(events):
    """Return a number of events in words."""
    return f"{events} event{'' if events == 1 else 's'}"


def test_a_place_narrows_map_table_disputes_and_events(page):
    unfold_all(page)
    before = page.evaluate(_COUNTS)
    choose(page, place="Hama")
    after = page.evaluate(_COUNTS)
    assert {title.partition(":")[0] for title in read_pins(page)} <= {"Hama", "near Hama countryside"}
    assert 0 < after["pins"] < before["pins"]
    assert 0 < after["places"] < before["places"]
    assert 0 < after["disputes"] < before["disputes"]
    assert 0 < after["lanes"] < before["lanes"]


def test_an_actor_narrows_the_network_too(page):
    before = page.evaluate(_COUNTS)
    choose(page, actor="Iran")
    after = page.evaluate(_COUNTS)
    assert 0 < after["ties"] < before["ties"]
    assert all("Iran" in name for name in page.locator("#net .tie:not([hidden])").evaluate_all(NAMES))


NAMES = "(all) => all.map((one) => one.getAttribute('aria-label'))"


def test_an_origin_narrows_the_sources_too(page):
    choose(page, origin="army")
    names = page.locator("#origins th").all_inner_texts()
    assert names
    assert all("army" in name.lower() for name in names)


def test_words_are_looked_for_without_accents(page):
    choose(page, words="HAMÁ")
    told = page.locator("#days li li").all_inner_texts()
    assert told
    assert all("hama" in one.lower() for one in told)


def test_the_filters_and_the_days_hold_together(page):
    unfold_all(page)
    choose(page, actor="rebels")
    latest = read_places(page)
    move(page, "known", 4)
    assert len(read_places(page)) < len(latest)
    assert not any("Dec 2024" in day for day in page.locator("#days h4").all_inner_texts() if not day.startswith("1 "))


def test_the_address_gives_the_same_view_elsewhere(open_page, demo, page):
    choose(page, place="hama", actor="rebels", since="2024-12-01")
    page.locator("#together").uncheck()
    move(page, "known", 9)
    move(page, "on", 8)
    wait_for_address(page, "on=2024-12-05")
    other = open_page(f"{demo.as_uri()}#{page.url.partition('#')[2]}")
    for one in (page, other):
        unfold_all(one)
    assert other.evaluate(_COUNTS) == page.evaluate(_COUNTS)
    assert (read_places(other), read_pins(other)) == (read_places(page), read_pins(page))
    assert other.locator("#filters [name=actor]").input_value() == "rebels"
    assert other.locator("#filtered").inner_text() == "(3 filters on)"


def test_an_address_that_is_typed_in_is_followed(page):
    page.evaluate("location.hash = 'place=Homs'")
    page.wait_for_function("() => document.querySelector('#filters [name=place]').value === 'Homs'")
    assert {title.partition(":")[0] for title in read_pins(page)} <= {"Homs", "near Homs"}


def test_nonsense_in_the_address_is_no_filter(open_page, demo, page):
    other = open_page(f"{demo.as_uri()}#since=yesterday&until=%3Cscript%3E&on=x&known=2024-99-99&unknown=1")
    assert other.evaluate(_COUNTS) == page.evaluate(_COUNTS)


def test_clear_shows_all_again(page):
    unfold_all(page)
    before = page.evaluate(_COUNTS)
    choose(page, place="hama", type="SEIZE", modality="asserted")
    assert page.evaluate(_COUNTS) != before
    page.get_by_role("button", name="Clear").click()
    page.wait_for_function("() => !location.hash.includes('place')")
    assert page.evaluate(_COUNTS) == before
    assert page.locator("#filtered").inner_text() == ""


def test_a_bar_chooses_its_days(page):
    page.locator("#bars a").last.focus()
    page.keyboard.press("Enter")
    assert page.locator("#bars-chosen").inner_text() != ""
    wait_for_address(page, "since=")
    page.locator("#bars-clear").click()
    assert page.locator("#bars-chosen").inner_text() == ""
