"""Times in sentences: the table of cases, and what holds for any text."""

import csv
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mene.dates.spans import easter_sunday, of_islamic, of_solar, of_solar_month, shift, solar_month_days, third_of
from mene.dates.times import TimeMention, find_times, time_of, timex_value
from mene.dates.words import number_of

SATURDAY = date(2024, 12, 7)


def read_cases() -> list[dict[str, str]]:
    lines = Path(__file__).with_name("cases_dates.csv").read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def day(text: str) -> date | None:
    return None if text in ("", "-") else date.fromisoformat(text)


@pytest.mark.parametrize("case", read_cases(), ids=lambda case: f"{case['category']}: {case['text'][:50]}")
def test_case(case: dict[str, str]) -> None:
    mentions = find_times(case["text"], published=day(case["published"]))
    if not case["mention"]:
        assert [m.text for m in mentions if m.kind != "DURATION"] == []
        return
    found = [m for m in mentions if m.text == case["mention"]]
    assert found, [m.text for m in mentions]
    mention = found[0]
    assert (mention.occurred_start, mention.occurred_end) == (day(case["start"]), day(case["end"]))
    assert (mention.modality, mention.background) == (case["modality"], case["background"] == "1")
    assert timex_value(mention) == case["value"]


# --- which time governs a trigger -----------------------------------------------------------------------------------


def governing(text: str, trigger: str, clause: str | None = None) -> TimeMention | None:
    start = text.index(trigger)
    low = text.index(clause) if clause else 0
    span = (low, low + len(clause) if clause else len(text))
    return time_of(start, start + len(trigger), span, find_times(text, published=SATURDAY))


def test_the_nearest_time_in_the_clause_governs() -> None:
    text = "Rebels took Aleppo last week and captured Hama on Thursday."
    taken, captured = governing(text, "took"), governing(text, "captured")
    assert taken is not None
    assert taken.text == "last week"
    assert captured is not None
    assert captured.text == "Thursday"


def test_a_time_outside_the_clause_is_not_taken() -> None:
    text = "Officials said on Friday that the army left Homs."
    assert governing(text, "left", "the army left Homs") is None


def test_the_day_of_speaking_does_not_date_what_is_spoken_of() -> None:
    text = "The army left Homs, a spokesman said Friday."
    assert governing(text, "left") is None
    said = governing(text, "said")
    assert said is not None
    assert said.occurred_start == date(2024, 12, 6)


def test_the_date_of_the_page_dates_nothing() -> None:
    assert governing("Published December 6 2024 Shells killed two children.", "killed") is None
    assert governing("6 December 2024 Shells killed two children.", "killed") is None
    named = governing("On 6 December 2024 shells killed two children.", "killed")
    assert named is not None


def test_a_named_day_wins_over_now() -> None:
    named = governing("They are now encircled and lost the bridge on Monday.", "encircled")
    assert named is not None
    assert named.text == "Monday"


def test_a_time_bound_to_a_noun_governs_that_noun_alone() -> None:
    attack = governing("They condemned Thursday's attack.", "attack")
    assert attack is not None
    assert attack.text == "Thursday"
    assert governing("They condemned Thursday's attack.", "condemned") is None
    assert governing("It violated the 2015 deal.", "violated") is None


def test_a_length_dates_nothing_but_background_does() -> None:
    assert governing("They fought for three days.", "fought") is None
    once = governing("It was formerly allied with them.", "allied")
    assert once is not None
    assert once.background


# --- what holds for any text ------------------------------------------------------------------------------------------

WORDS = """
on Friday | last | next | this | week | May | march | 2011 | 12 | Dec. | early | the | 1990s | days | ago | three | two
| later | - | to | from | between | and | since | until | yesterday | night | at dawn | spring | in | will | said | half
| quarter | 27/11/2024 | Ramadan | 31 | February | 29 | overnight | past | of | weekend | century | a few | years | 99
| 0 | now | '
""".replace("\n", " ").split(" | ")


@given(st.lists(st.sampled_from(WORDS), max_size=14), st.none() | st.dates(date(1900, 1, 1), date(2090, 1, 1)))
def test_any_words_give_ordered_days_and_literal_text(parts: list[str], published: date | None) -> None:
    text = " ".join(parts)
    mentions = find_times(text, published=published)
    for mention in mentions:
        assert text[mention.start : mention.end] == mention.text
        if mention.occurred_start and mention.occurred_end:
            assert mention.occurred_start <= mention.occurred_end
    assert all(a.end <= b.start for a, b in pairwise(mentions))


@given(st.text(max_size=80), st.dates())
def test_no_text_fails(text: str, published: date) -> None:
    assert find_times(text, published=published) == find_times(text, published=published)


@given(
    st.dates(),
    st.sampled_from(WORDS),
    st.sampled_from(["in a week", "two centuries ago", "next Friday", "last week", "Eid al-Fitr"]),
)
def test_no_day_of_the_calendar_fails(published: date, word: str, other: str) -> None:
    for mention in find_times(f"They left {word}, {other}.", published=published):
        assert (
            mention.occurred_start is None
            or mention.occurred_end is None
            or mention.occurred_start <= mention.occurred_end
        )


@given(st.dates(date(1800, 1, 1)))
def test_today_is_the_publication_day(published: date) -> None:
    (mention,) = find_times("It fell today.", published=published)
    assert (mention.occurred_start, mention.occurred_end) == (published, published)


@given(st.dates(date(1990, 1, 8), date(2090, 1, 1)), st.sampled_from(["Monday", "Thursday", "Friday", "Sunday"]))
def test_a_weekday_lies_in_the_seven_days_up_to_publication(published: date, weekday: str) -> None:
    (mention,) = find_times(f"The town fell on {weekday}.", published=published)
    assert mention.occurred_start is not None
    assert 0 <= (published - mention.occurred_start).days < 7
    assert mention.occurred_start.strftime("%A") == weekday


def test_a_long_text_is_read_in_time_in_proportion() -> None:
    assert len(find_times("It fell on Friday. " * 300, published=SATURDAY)) == 300
    assert find_times("1" * 20_000 + " " * 20_000 + "-" * 5_000, published=SATURDAY) == ()


# --- the calendar -----------------------------------------------------------------------------------------------------


def test_the_islamic_calendar_meets_known_days() -> None:
    for year, month, start in [
        (1445, 9, date(2024, 3, 11)),
        (1432, 9, date(2011, 8, 1)),
        (1445, 10, date(2024, 4, 10)),
    ]:
        when = of_islamic(year, month, 1, 30)
        assert when is not None
        assert when.start is not None
        assert abs((shift(when.start, 1) - start).days) <= 1


def test_the_solar_calendar_meets_the_new_years_observed() -> None:
    """New years as the calendar office in Tehran gave them."""
    starts = {
        1357: date(1978, 3, 21),
        1375: date(1996, 3, 20),
        1379: date(2000, 3, 20),
        1399: date(2020, 3, 20),
        1400: date(2021, 3, 21),
        1403: date(2024, 3, 20),
        1404: date(2025, 3, 21),
        1408: date(2029, 3, 20),
    }
    found = {year: of_solar(year, 1, 1) for year in starts}
    assert {year: when.start for year, when in found.items() if when is not None} == starts


@given(st.integers(1200, 1500), st.integers(1, 12))
def test_the_months_of_the_solar_calendar_follow_each_other(year: int, month: int) -> None:
    this = of_solar_month(year, month)
    after = of_solar_month(year + month // 12, month % 12 + 1)
    assert this is not None
    assert after is not None
    assert this.end is not None
    assert shift(this.end, 1) == after.start
    assert of_solar(year, month, solar_month_days(year, month) + 1) is None


def test_easter_and_numbers() -> None:
    assert [easter_sunday(year) for year in (1999, 2025)] == [date(1999, 4, 4), date(2025, 4, 20)]
    assert [number_of(text) for text in ("twenty-four", "1,500", "a", "many")] == [24, 1500, 1, None]


def test_the_thirds_of_a_month_make_the_month() -> None:
    month = find_times("It fell in November 2024.", published=SATURDAY)
    from_text = [find_times(f"It fell in {p} November 2024.", published=SATURDAY)[0] for p in ("early", "mid", "late")]
    assert from_text[0].occurred_start == month[0].occurred_start
    assert from_text[2].occurred_end == month[0].occurred_end
    assert third_of.__doc__
