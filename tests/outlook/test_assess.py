"""The outlook: the base rate stands there, no probability."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from mene.errors import CodebookError, InputError
from mene.outlook.assess import NOT_CALIBRATED, WAR_INDICATORS, assess, band_of
from mene.outlook.base_rates import load_base_rates, tenure_band
from mene.outlook.indicators import load_indicators
from mene.outlook.signals import read_signals

from .outlook_case import DAY, REBELS, Codebook, backing, holding, picture, place

SIGNALS = read_signals(picture(holding(place("Ostby"), REBELS), backing("gives")), [], [], Codebook())


def test_no_probability_is_given_but_the_base_rate() -> None:
    (outlook,) = assess(SIGNALS, on=DAY, base_rates=load_base_rates())
    assert (outlook.probability, outlook.interval, outlook.confidence) == (None, None, "low")
    assert outlook.note.startswith(NOT_CALIBRATED)
    assert outlook.base_rate == load_base_rates().find(180, "any", True).any_exit
    assert outlook.band == band_of(outlook.base_rate)


def test_signals_stand_on_their_side() -> None:
    (outlook,) = assess(SIGNALS, on=DAY, base_rates=load_base_rates())
    stance = {signal.id: signal.stance for signal in SIGNALS}
    assert {stance[one] for one in outlook.signals_for} == {"for"}
    assert {stance[one] for one in outlook.signals_against} == {"against"}


def test_the_time_in_office_chooses_the_base_rate() -> None:
    since = {"haddad": date(2010, 1, 1)}
    (outlook,) = assess(SIGNALS, on=DAY, horizon_days=365, base_rates=load_base_rates(), in_office_since=since)
    assert outlook.base_rate == load_base_rates().find(365, "15+", True).any_exit
    assert "15 years or more" in outlook.note


def test_signals_after_the_day_are_left_out() -> None:
    later = [replace(signal, day=date(2031, 1, 1)) for signal in SIGNALS]
    assert assess(later, on=DAY, base_rates=load_base_rates()) == ()


def test_an_unknown_horizon_names_those_there_are() -> None:
    with pytest.raises(InputError, match="90, 180, 365"):
        assess(SIGNALS, on=DAY, horizon_days=77, base_rates=load_base_rates())


@pytest.mark.parametrize(
    ("probability", "words"),
    [(0.0, "almost no chance"), (0.05, "very unlikely"), (0.2, "unlikely"), (0.5, "roughly even chance"),
     (0.6, "likely"), (0.9, "very likely"), (1.0, "almost certain")],
)  # fmt: skip
def test_bands(probability: float, words: str) -> None:
    assert band_of(probability) == words


def test_the_table_of_base_rates_is_whole() -> None:
    rows = load_base_rates().rows
    assert len(rows) == 30
    assert all(0 <= row.irregular <= row.any_exit < 1 and row.leader_months > 1000 for row in rows)
    longer = [(load_base_rates().find(90, r.tenure, r.at_war), r) for r in rows if r.horizon_days == 365]
    assert all(short.any_exit < long.any_exit for short, long in longer)


@pytest.mark.parametrize(("days", "band"), [(0, "0-1"), (364, "0-1"), (365, "1-5"), (1825, "5-15"), (5475, "15+")])
def test_tenure_bands(days: int, band: str) -> None:
    assert tenure_band(days) == band


def test_a_broken_table_is_a_codebook_error(tmp_path: Path) -> None:
    (tmp_path / "rates.csv").write_text("horizon_days,tenure\n180,any\n", encoding="utf-8")
    with pytest.raises(CodebookError, match=r"rates\.csv"):
        load_base_rates(tmp_path / "rates.csv")


# --- the catalogue ----------------------------------------------------------------------------------------------------


def test_the_catalogue_is_whole() -> None:
    found = load_indicators()
    assert len(found) >= 18
    assert {one.stance for one in found} == {"for", "against"}
    assert all(one.definition.endswith(".") and 0 < one.strength <= 1 and one.patterns for one in found)
    assert {one.id for one in found} >= WAR_INDICATORS


@pytest.mark.parametrize(
    ("change", "message"),
    [("stance: sideways", "sideways"), ("strength: 3", "strength"), ("patterns: []", "pattern"),
     ("patterns: [{in: moon}]", "moon"), ("patterns: [{in: event, types: [SING]}]", "SING"),
     ("patterns: [{in: statement, words: '('}]", "regular expression"),
     ("patterns: [{in: event, actr: army}]", "actr")],
)  # fmt: skip
def test_a_wrong_entry_says_what_is_wrong(change: str, message: str, tmp_path: Path) -> None:
    entry = {"id": "a", "name": "A", "stance": "for", "strength": "0.5", "subject": "none", "definition": "A."}
    entry["patterns"] = "[{in: event}]"
    key, _, value = change.partition(": ")
    lines = [f"{name}: {text}" for name, text in (entry | {key: value}).items()]
    (tmp_path / "own.yaml").write_text("- " + "\n  ".join(lines) + "\n", encoding="utf-8")
    with pytest.raises(CodebookError, match=message):
        load_indicators(tmp_path / "own.yaml")
