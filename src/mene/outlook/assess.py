"""The outlook: the signals beside the record of history. No probability is computed until it can be calibrated.

What is shown is the base rate: of the months of leaders in a like place (as long in office, at war or not), the share
that were followed by a loss of power within the horizon. Bands are the words of ICD 203.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

from mene.outlook.base_rates import BaseRate, BaseRates, tenure_band
from mene.records import Outlook, Signal

NOT_CALIBRATED = "not calibrated: the base rate is shown, no probability is computed yet"

HORIZON_DAYS = 180

BANDS: tuple[tuple[float, str], ...] = (
    (0.05, "almost no chance"),
    (0.20, "very unlikely"),
    (0.45, "unlikely"),
    (0.55, "roughly even chance"),
    (0.80, "likely"),
    (0.95, "very likely"),
    (1.01, "almost certain"),
)
"""Intelligence Community Directive 203: the words for a likelihood below each bound."""

# Indicators that say that a country is at war, whatever else they say.
WAR_INDICATORS = frozenset(
    {
        "army-abandoning-towns",
        "provincial-capital-lost",
        "capital-threatened",
        "capital-lost",
        "army-retaking-ground",
        "foreign-troops-arriving",
        "rebels-ceasefire",
    }
)


def band_of(probability: float) -> str:
    """Return the ICD 203 words for a likelihood.

    >>> band_of(0.03), band_of(0.3), band_of(0.5), band_of(0.97)
    ('almost no chance', 'unlikely', 'roughly even chance', 'almost certain')
    """
    return next(words for bound, words in BANDS if probability < bound)


def assess(
    signals: Sequence[Signal],
    *,
    on: date,
    horizon_days: int = HORIZON_DAYS,
    base_rates: BaseRates,
    in_office_since: Mapping[str, date] | None = None,
) -> tuple[Outlook, ...]:
    """Return one outlook for each leader with signals on the day, in the order of their ids.

    `in_office_since` gives the first day in office by leader id: without it the base rate is that of all tenures.
    Raises `InputError` where the table has no such horizon.
    """
    by_leader: defaultdict[str, list[Signal]] = defaultdict(list)
    for signal in signals:
        if signal.day is None or signal.day <= on:
            by_leader[signal.leader].append(signal)
    since = in_office_since or {}
    return tuple(
        _outlook(leader, by_leader[leader], base_rates, horizon_days, _days_in_office(since.get(leader), on))
        for leader in sorted(by_leader)
    )


def _days_in_office(since: date | None, on: date) -> int | None:
    return (on - since).days if since is not None and since <= on else None


def _outlook(leader: str, signals: Sequence[Signal], rates: BaseRates, horizon: int, days: int | None) -> Outlook:
    at_war = any(signal.indicator in WAR_INDICATORS for signal in signals)
    rate = rates.find(horizon, tenure_band(days) if days is not None else "any", at_war)
    return Outlook(
        leader=leader,
        horizon_days=horizon,
        probability=None,
        interval=None,
        base_rate=rate.any_exit,
        band=band_of(rate.any_exit),
        confidence="low",
        signals_for=_ids(signals, "for"),
        signals_against=_ids(signals, "against"),
        note=f"{NOT_CALIBRATED}; {describe(rate)}",
    )


def _ids(signals: Sequence[Signal], stance: str) -> tuple[str, ...]:
    """Return the ids of the signals of one stance, the strongest first."""
    chosen = sorted((one for one in signals if one.stance == stance), key=lambda one: (-one.strength, one.id))
    return tuple(one.id for one in chosen)


def describe(rate: BaseRate) -> str:
    """Return a base rate in words, with what it was counted on."""
    years = {"any": "of any time in office", "15+": "in office for 15 years or more"}.get(
        rate.tenure, f"in office for {rate.tenure} years"
    )
    war = "at war" if rate.at_war else "not at war"
    return (
        f"base rate of {rate.leader_months:,} months of leaders {years} and {war}, 1950-2005: {rate.any_exit:.1%} left "
        f"office within {rate.horizon_days} days, {rate.irregular:.1%} by irregular means"
    )
