"""The nouns that stand for ground without naming it, from `area_words.yaml`."""

from functools import cache
from pathlib import Path

import yaml


@cache
def area_words() -> dict[str, str]:
    """Return the sort of each noun for ground: "settlements", "capitals", "units", "sites", "ground" or "compass"."""
    rows = yaml.safe_load(Path(__file__).with_name("area_words.yaml").read_text(encoding="utf-8"))
    return {word: sort for sort, words in rows.items() for word in words}
