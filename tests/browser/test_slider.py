"""The slider: for every two days the page shows what the picture of these days is."""

import pytest

from mene.report.rows import name_place
from mene.report.words import STATUS_WORDS, say_day, say_percent

from .driving import move, read_pins, read_places, say_days, unfold_all

PAIRS = [(10, 10), (10, 7), (8, 8), (7, 3), (5, 5), (2, 1), (0, 0)]
"""Stops: known on, true on."""


@pytest.fixture
def page(open_page, demo):
    """The demo's page."""
    return open_page(demo)


def apart(page):
    """Let the handles move each by itself."""
    page.locator("#together").uncheck()


def test_the_handles_move_together_until_told_otherwise(page):
    move(page, "known", 4)
    assert say_days(page) == ("1 Dec 2024", "1 Dec 2024")
    move(page, "on", 6)
    assert say_days(page) == ("3 Dec 2024", "3 Dec 2024")
    apart(page)
    move(page, "on", 2)
    assert say_days(page) == ("29 Nov 2024", "3 Dec 2024")


def test_what_is_true_is_never_after_what_is_known(page):
    apart(page)
    move(page, "known", 3)
    assert say_days(page) == ("30 Nov 2024", "30 Nov 2024")
    move(page, "on", 5)
    assert say_days(page) == ("2 Dec 2024", "2 Dec 2024")


@pytest.mark.parametrize(("known", "on"), PAIRS)
def test_places_are_shown_as_drawn_for_those_days(page, contents, known, on):
    apart(page)
    unfold_all(page)
    move(page, "known", known)
    move(page, "on", on)
    unfold_all(page)
    held = contents.history.at(known, on)
    assert read_places(page) == sorted(
        (
            name_place(row.place),
            STATUS_WORDS[row.status],
            f"since {say_day(row.since)}" if row.since else "",
            say_percent(row.belief),
        )
        for row in held
    )


@pytest.mark.parametrize(("known", "on"), PAIRS)
def test_pins_are_those_of_the_places(page, contents, known, on):
    apart(page)
    move(page, "known", known)
    move(page, "on", on)
    drawn = {name_place(row.place): STATUS_WORDS[row.status] for row in contents.history.at(known, on)}
    pins = [title.partition(": ")[::2] for title in read_pins(page)]
    assert all(said.startswith(drawn[name]) for name, said in pins)
    assert len(pins) > 5 or known < 9


def test_hama_changes_hands(page):
    assert "since 5 Dec 2024" in page.locator("tr[data-n]", has_text="Hama").first.inner_text()
    move(page, "known", 4)
    assert not any(title.startswith("Hama: held, Hay") for title in read_pins(page))


def test_forces_are_told_of_on_the_last_day_alone(page):
    assert page.locator(".force").first.is_visible()
    move(page, "known", 4)
    assert not page.locator(".force").first.is_visible()
    page.locator("#latest").click()
    assert page.locator(".force").first.is_visible()


def test_an_address_with_two_days_moves_the_handles_apart(open_page, demo):
    page = open_page(f"{demo.as_uri()}#on=2024-12-02&known=2024-12-04")
    assert say_days(page) == ("2 Dec 2024", "4 Dec 2024")
    assert not page.locator("#together").is_checked()


def test_disputes_and_events_are_of_those_days(page):
    before = page.locator("#days li li").count()
    move(page, "known", 2)
    assert 0 < page.locator(".dispute:visible").count() + page.locator("#days li li").count() < before + 3
    told = page.locator("#days h4").all_inner_texts()
    assert all(day.split()[0] in ("27", "28", "29") for day in told if day.endswith("2024") and "Nov" in day)
    assert not any("Dec 2024" in day for day in told)


def test_play_goes_from_the_first_stop_to_the_last_and_stops(page):
    page.clock.install()
    page.locator("#play").click()
    assert say_days(page) == ("27 Nov 2024", "27 Nov 2024")
    assert page.locator("#play").get_attribute("aria-pressed") == "true"
    page.clock.run_for(1000)
    assert say_days(page) == ("28 Nov 2024", "28 Nov 2024")
    page.clock.run_for(12_000)
    assert say_days(page) == ("7 Dec 2024", "7 Dec 2024")
    assert page.locator("#play").get_attribute("aria-pressed") == "false"


def test_play_pauses_where_it_is(page):
    page.clock.install()
    page.locator("#play").click()
    page.clock.run_for(2000)
    page.locator("#play").click()
    page.clock.run_for(5000)
    assert say_days(page) == ("29 Nov 2024", "29 Nov 2024")


def test_steps_and_latest(page):
    page.locator("#back").click()
    page.locator("#back").click()
    assert say_days(page) == ("5 Dec 2024", "5 Dec 2024")
    page.locator("#forth").click()
    assert say_days(page) == ("6 Dec 2024", "6 Dec 2024")
    apart(page)
    move(page, "on", 1)
    page.locator("#latest").click()
    assert say_days(page) == ("7 Dec 2024", "7 Dec 2024")


def test_the_latest_state_is_the_one_that_the_page_opened_with(page):
    unfold_all(page)
    pins, rows = read_pins(page), read_places(page)
    move(page, "known", 1)
    page.locator("#latest").click()
    assert (read_pins(page), read_places(page)) == (pins, rows)


def test_arrow_keys_move_the_handle_that_has_the_focus(page):
    apart(page)
    page.locator("#on").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert say_days(page) == ("5 Dec 2024", "7 Dec 2024")
    page.keyboard.press("Tab")
    page.keyboard.press("Home")
    assert say_days(page) == ("27 Nov 2024", "27 Nov 2024")
    assert page.locator("#known").get_attribute("aria-valuetext") == "27 Nov 2024"


def test_the_handles_can_be_dragged(page):
    track = page.locator(".track").bounding_box()
    page.mouse.move(track["x"] + track["width"], track["y"] + 14)
    page.mouse.down()
    page.mouse.move(track["x"] + track["width"] * 0.5, track["y"] + 14, steps=4)
    page.mouse.up()
    assert say_days(page) == ("2 Dec 2024", "2 Dec 2024")


@pytest.mark.parametrize(("motion", "moves"), [("reduce", False), ("no-preference", True)])
def test_nothing_glides_for_who_wants_less_motion(open_page, small, motion, moves):
    page = open_page(small, reduced_motion=motion)
    glide = page.evaluate("getComputedStyle(document.querySelector('.pin use')).transitionDuration")
    scroll = page.evaluate("getComputedStyle(document.documentElement).scrollBehavior")
    assert (glide != "0s", scroll == "smooth") == (moves, moves)
