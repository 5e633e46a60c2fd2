"""The day that an event takes from the attack just told, and the day that a text bears at its head."""

from datetime import date

from mene.articles import read_article
from mene.dates.printed import find_printed_day
from mene.pipeline import Model, read
from mene.records import Event


def events(model: Model, text: str) -> list[Event]:
    article = read_article(text.encode(), name="days.txt", published=date(2017, 7, 15))
    return list(read(article, model).events)


def test_the_attack_has_the_day_it_was_told_with(model: Model) -> None:
    told = events(model, "Shells hit the market in Goma on Thursday. The attack killed nine people.")
    assert {event.occurred_start for event in told if event.type == "ASSAULT"} == {date(2017, 7, 13)}


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
