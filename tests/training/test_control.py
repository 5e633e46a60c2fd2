"""Fitting the weights of control: the rule that binds them, half-lives from spells, and the lines that are written."""

from dataclasses import replace
from datetime import date

import pytest
from training.control import (
    HALF_LIVES,
    SEARCHED,
    Tried,
    fit_half_life,
    keeps_the_rule,
    surviving,
    write_weight,
)

from mene.evaluate.control_table import Spell, Town
from mene.picture.weights import load_weights


def test_the_shipped_weights_and_those_set_by_hand_keep_the_rule() -> None:
    by_hand = replace(load_weights(), **{name: value for name, (value, _) in SEARCHED.items()})
    assert keeps_the_rule(load_weights())
    assert keeps_the_rule(by_hand)
    assert all(value in values for value, values in SEARCHED.values())


@pytest.mark.parametrize(
    "change", [{"neutral": 1.0}, {"own_interest": 1.5}, {"unknown": 1.5}, {"against_interest": 2.0}, {"held": 0.9}]
)
def test_weights_by_which_a_partisan_or_nobody_moves_the_front_are_refused(change: dict[str, float]) -> None:
    assert not keeps_the_rule(replace(load_weights(), **change))


def test_states_that_last_longer_have_a_longer_half_life() -> None:
    ages = (30, 90, 365)
    short, long = (
        fit_half_life(ages, stands, -1.0, 2.4, lasts=True) for stands in ((0.9, 0.7, 0.5), (1.0, 0.99, 0.95))
    )
    assert HALF_LIVES[0] < short < long
    assert fit_half_life((7, 30), (0.8, 0.4), -1.0, 1.9, lasts=False) < 60


def test_the_share_that_still_stands_is_counted_in_spells_of_the_kind_asked() -> None:
    spells = (
        Spell("Ukraine", date(2022, 3, 1), date(2022, 3, 10), ()),
        Spell("Contested", date(2022, 3, 11), date(2022, 3, 20), ()),
        Spell("Russia", date(2022, 3, 21), date(2022, 5, 1), ()),
    )
    towns = [Town("T#0", "T", spells)]
    assert surviving(towns, (3, 20), contested=True) == [1.0, 0.0]
    assert surviving(towns, (3,), contested=False)[0] > 0.9


def test_a_fitted_value_replaces_the_value_and_the_last_fit_and_keeps_the_reason() -> None:
    line = 'held: {value: 0.55, note: "Its reason; not yet fitted"}\n'
    once = write_weight(line, "held", 0.6, "fitted, by hand 0.55; 1 to 2 tried")
    assert once == 'held: {value: 0.6, note: "Its reason; fitted, by hand 0.55; 1 to 2 tried"}\n'
    again = write_weight(once, "held", 0.5, "searched, left as set by hand")
    assert again == 'held: {value: 0.5, note: "Its reason; searched, left as set by hand"}\n'
    with pytest.raises(ValueError, match="no line"):
        write_weight(line, "prior", 1, "x")


def test_flatness_spans_what_is_as_good() -> None:
    assert Tried("x", 2.0, {1.0: 0.80, 2.0: 0.90, 3.0: 0.899, 4.0: 0.5}).flat == (2.0, 3.0)
