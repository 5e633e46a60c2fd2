"""Numbers of people: what is counted, with its bounds, and what is no count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mene.events.numbers import find_numbers, numbers_of


def told(text: str) -> list[tuple[str, int, int | None]]:
    """Return the kind, low and high bound of each count of a sentence."""
    return [(t.kind, t.count.low, t.count.high) for t in find_numbers(text)]


@pytest.mark.parametrize(
    ("text", "low", "best", "high"),
    [
        ("At least 16 people were killed.", 16, 16, None),
        ("Up to 40 rebels were killed.", 0, 40, 40),
        ("Between 10 and 15 soldiers died.", 10, 12, 15),
        ("The raid killed 10-15 militants.", 10, 12, 15),
        ("Two or three soldiers died.", 2, 2, 3),
        ("30 or more were killed.", 30, 30, None),
        ("Dozens were killed.", 24, 24, None),
        ("About a dozen people died.", 12, 12, 12),
        ("Some 1.5 million people were killed.", 1_500_000, 1_500_000, 1_500_000),
        ("One hundred and twenty miners were massacred.", 120, 120, 120),
        ("Several hundred protesters were killed.", 300, 300, None),
    ],
)
def test_bounds_are_kept_as_written(text: str, low: int, best: int, high: int | None) -> None:
    (one,) = find_numbers(text)
    assert (one.count.low, one.count.best, one.count.high) == (low, best, high)
    assert one.count.text == text[one.start : one.end]


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("16 killed and 43 wounded in Kabul blast", [("killed", 16), ("injured", 43)]),
        ("Suicide bomber kills 16 in Mogadishu", [("killed", 16)]),
        ("Two policemen were killed and three others were hurt.", [("killed", 2), ("injured", 3)]),
        ("The attack left 16 people dead and 43 injured.", [("killed", 16), ("injured", 43)]),
        ("The attack wounded 43 people, 16 of whom later died.", [("injured", 43), ("killed", 16)]),
        ("Police shot dead five protesters in Conakry.", [("killed", 5)]),
        ("16 people in the eastern town of Bakhmut were killed.", [("killed", 16)]),
        ("Seven peacekeepers from Malawi and Tanzania were killed.", [("killed", 7)]),
        ("The fighting has claimed 1,200 lives.", [("killed", 1200)]),
        ("The death toll has risen to 300.", [("killed", 300)]),
        ("That brought to 300 the number of people killed.", [("killed", 300)]),
        ("17 wounded soldiers were taken to Dnipro.", [("injured", 17)]),
        ("The offensive forced 20,000 people to flee their homes.", [("displaced", 20_000)]),
        ("Six million Syrians became refugees.", [("displaced", 6_000_000)]),
        ("Turkey sent 2,000 troops to the border.", [("troops", 2000)]),
        ("Kenya deployed a 2,000-strong force.", [("troops", 2000)]),
        ("A force of 300 entered Bangui.", [("troops", 300)]),
    ],
)
def test_a_number_counts_what_is_said_of_it(text: str, kinds: list[tuple[str, int]]) -> None:
    assert [(t.kind, t.count.best) for t in find_numbers(text)] == kinds


@pytest.mark.parametrize(
    "text",
    [
        "No one was killed.",
        "Russia launched 80 missiles, killing nobody.",
        "16 people were not killed.",
        "The bombing did not kill 16 people.",
        "16 people survived.",
    ],
)
def test_who_was_not_killed_is_not_counted(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "In 2016 the army killed the mayor.",
        "Ahmad, 45, was killed near Unit 731 headquarters.",
        "Children under 18 were displaced.",
        "On 16 December rebels were killed.",
        "The battle lasted 16 days and 12 villages were taken.",
        "F-16 jets struck and Resolution 2254 was ignored.",
        "About 70 cows were killed.",
        "Some 300 families were displaced.",
        "It was the 16th killing this year.",
        "He said 22 cities had fallen.",
    ],
)
def test_years_ages_days_names_and_things_are_no_counts(text: str) -> None:
    assert told(text) == []


def test_casualties_and_killed_or_wounded_are_neither() -> None:
    assert told("Russia suffered 300 casualties.") == []
    assert told("The army killed or wounded 300 fighters.") == []


def test_a_part_of_those_told_is_not_counted_again() -> None:
    assert told("The strike killed 16, including 3 children and 2 women.") == [("killed", 16, 16)]
    assert told("16 people, three of them children, were killed.") == [("killed", 16, 16)]


def test_a_list_with_one_verb_is_added_up() -> None:
    assert told("Sixteen soldiers and four civilians were killed.") == [("killed", 20, 20)]
    assert told("The shelling killed a woman and at least two children.") == [("killed", 3, None)]


def test_the_subject_of_killing_is_not_the_killed() -> None:
    assert told("Two gunmen killed three people.") == [("killed", 3, 3)]
    assert told("16 jets struck and killed three people.") == [("killed", 3, 3)]


def test_the_first_count_of_each_kind_asked_for_is_kept() -> None:
    numbers = numbers_of(
        find_numbers("16 people were killed, 40 wounded; later 20 were killed."), ("killed", "injured")
    )
    assert numbers.killed is not None
    assert numbers.injured is not None
    assert (numbers.killed.best, numbers.injured.best, numbers.troops) == (16, 40, None)


WORDS = st.sampled_from(
    "at least up to between 10 and 15 16 2,000 dozens a soldier people , killed wounded were was - strong 2016 one"
    " hundred of them ( ) including or more not dead toll rose fled homes . 3.5 million dozen aged the in".split()
)


@given(st.lists(WORDS, max_size=14))
def test_no_words_break_it_and_bounds_hold(words: list[str]) -> None:
    text = " ".join(words)
    for one in find_numbers(text):
        assert 0 <= one.start < one.end <= len(text)
        assert 0 <= one.count.low <= one.count.best
        assert one.count.high is None or one.count.best <= one.count.high
