"""Times named in a text, resolved against the publication day: our own interval grammar."""

from mene.dates.times import (
    BACKGROUND_DAYS,
    Basis,
    TimeMention,
    anchor_after,
    find_basis,
    find_times,
    time_of,
    timex_value,
)

__all__ = [
    "BACKGROUND_DAYS",
    "Basis",
    "TimeMention",
    "anchor_after",
    "find_basis",
    "find_times",
    "time_of",
    "timex_value",
]
