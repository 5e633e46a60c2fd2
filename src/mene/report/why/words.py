"""The phrases of `words.yaml`, filled with the values of a case."""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

import yaml

from mene.codebook import Codebook
from mene.report.words import plain

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def load_phrases() -> Mapping[str, Mapping[str, str]]:
    """Return the phrase of every rule, by section and rule."""
    text = resources.files("mene.report.why").joinpath("words.yaml").read_text(encoding="utf-8")
    phrases: Mapping[str, Mapping[str, str]] = yaml.load(text, Loader=_LOADER)  # noqa: S506  # a safe loader
    return phrases


def say(section: str, rule: str, **values: str) -> str:
    """Return the phrase of a rule with its values put in.

    >>> say("filling", "own subject", words="Rebels", word="took", role="actor")
    "“Rebels” is the subject of “took” in the sentence's tree"
    """
    return load_phrases()[section][rule].format(**{key: plain(value) for key, value in values.items()})


def say_chance(probability: float) -> str:
    """Return a probability in percent, never 0 and never 100.

    >>> say_chance(0.834), say_chance(0.9987), say_chance(0.0004)
    ('83 %', 'over 99 %', 'under 1 %')
    """
    percent = round(probability * 100)
    return "under 1 %" if percent < 1 else "over 99 %" if percent > 99 else f"{percent} %"


def name_country(iso2: str | None, book: Codebook) -> str:
    """Return the name of a country, its code where the codebook has no name for it."""
    state = book.states.get(iso2 or "")
    return state.name if state is not None else iso2 or ""
