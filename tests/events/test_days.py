"""The day that an event takes over from its article, and the day that a text bears at its head."""

import math
from dataclasses import replace
from datetime import date

from mene.articles import read_article
from mene.dates.printed import find_printed_day
from mene.events.coded import DayCandidate, WeighedDay
from mene.events.days import LEAST, choose, load_day_weights
from mene.picture.tellings import count_day
from mene.pipeline import Model, read
from mene.records import Event


def events(model: Model, text: str) -> list[Event]:
    article = read_article(text.encode(), name="days.txt", published=date(2017, 7, 15))
    return list(read(article, model).events)


def test_the_attack_has_the_day_it_was_told_with(model: Model) -> None:
    told = events(model, "Shells hit the market in Goma on Thursday. The attack killed nine people.")
    assert {event.occurred_start for event in told if event.type == "ASSAULT"} == {date(2017, 7, 13)}


def test_a_day_taken_over_is_marked_with_its_share(model: Model) -> None:
    told = events(model, "Shells hit the market in Goma on Thursday. The attack killed nine people.")
    own, taken = (next(event for event in told if event.text == word) for word in ("hit", "attack"))
    assert (own.day_basis, own.day_score, own.has_inferred_day) == ("told", None, False)
    assert (taken.day_basis, taken.time_text, taken.has_inferred_day) == ("event", None, True)
    assert taken.day_score is not None
    assert LEAST <= taken.day_score < 1


def test_who_holds_a_place_never_rests_on_a_day_taken_over(model: Model) -> None:
    told = events(model, "Rebels took Goma on Thursday. They also took Bukavu.")
    taken = next(event for event in told if event.place is not None and event.place.name == "Bukavu")
    assert taken.has_inferred_day
    assert count_day(taken).occurred_start is None


def test_an_unsure_day_of_violence_does_not_count_in_the_picture(model: Model) -> None:
    told = events(model, "Shells hit the market in Goma on Thursday. The attack killed nine people.")
    taken = next(event for event in told if event.has_inferred_day)
    assert count_day(replace(taken, day_score=0.9)).occurred_start == date(2017, 7, 13)
    assert count_day(replace(taken, day_score=0.6)).occurred_start is None


def test_candidates_for_the_same_day_count_together() -> None:
    day = date(2017, 7, 13)
    none, month = (
        DayCandidate("none", None, None, "unknown", ("none",)),
        DayCandidate("month", day, day, "month", ("a",)),
    )
    chosen = choose([none, month, replace(month, kind="day", signs=("b",))], {"none": 0.5})
    assert chosen.candidate is month
    assert chosen.share == round(2 / (2 + math.exp(0.5)), 3)


def test_too_unlikely_a_day_is_not_given() -> None:
    none = DayCandidate("none", None, None, "unknown", ())
    days = [DayCandidate("day", day, day, "day", ()) for day in (date(2017, 7, 12), date(2017, 7, 13))]
    assert choose([none, *days], {}) == WeighedDay(none, 0.333)


def test_every_weight_is_of_a_kind_of_candidate() -> None:
    assert {sign.partition(":")[0] for sign in load_day_weights()} <= {"none", "told", "day", "month"}


def test_a_taking_takes_no_day_from_an_attack(model: Model) -> None:
    told = events(model, "Shells hit the market in Goma on Thursday. Rebels captured Bukavu.")
    assert [event.occurred_start for event in told if event.type == "SEIZE"] == [None]


def test_what_has_happened_since_has_no_day(model: Model) -> None:
    told = events(model, "Shells hit Goma on Thursday. Strikes have killed 900 people in the province.")
    assert any(event.type == "ASSAULT" and event.occurred_start is None for event in told)


def test_weekdays_count_from_the_day_printed_at_the_head(model: Model) -> None:
    told = events(model, "Published July 2 2017 Two medics were killed on Friday in Goma.")
    assert date(2017, 6, 30) in {event.occurred_start for event in told}


def test_a_day_inside_a_sentence_is_not_the_text_s_own() -> None:
    assert find_printed_day("Rebels took the town on 3 July 2017 after a siege.", date(2017, 7, 15)) is None
    assert find_printed_day("Sat Nov 18 2017 20 civilians were killed.", date(2012, 1, 1)) == date(2017, 11, 18)
    assert find_printed_day("Goma, 18 Nov 2017: shells fell.", None) is None


def test_a_headline_has_the_day_its_article_then_gives(model: Model) -> None:
    told = events(model, "Air strike on a market in Goma\n\nThe air strike killed nine people on Thursday.")
    assert {event.occurred_start for event in told if event.type == "ASSAULT"} == {date(2017, 7, 13)}
