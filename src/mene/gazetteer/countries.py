"""Country names and adjectives in running text: which countries a document speaks of, and which words are no place."""

import csv
import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from mene.gazetteer.index import open_gazetteer
from mene.gazetteer.keys import name_key

DATA = Path(__file__).with_name("data")
NOT_PLACES = frozenset(
    {
        *(
            "european",
            "african",
            "asian",
            "arab",
            "american",
            "western",
            "balkan",
            "caucasian",
            "scandinavian",
            "latino",
        ),
        *("middle eastern", "east asian", "south asian", "southeast asian", "central asian", "latin american"),
        *("north african", "west african", "east african", "south american", "north american", "eastern european"),
        *(
            "kurdish",
            "kurd",
            "chechen",
            "catalan",
            "scottish",
            "scot",
            "welsh",
            "english",
            "tibetan",
            "uyghur",
            "uighur",
        ),
        *(
            "baloch",
            "pashtun",
            "tamil",
            "sinhalese",
            "rohingya",
            "hutu",
            "tutsi",
            "abkhaz",
            "ossetian",
            "south ossetian",
        ),
        *("dagestani", "crimean tatar", "tatar", "basque", "sunni", "shia", "shiite", "alawite", "druze", "yazidi"),
        *("jewish", "muslim", "islamic", "christian", "coptic", "assyrian", "berber", "tuareg", "fulani", "hausa"),
    }
)
"""Adjectives of regions, peoples and faiths: never a place, though mines, hotels and villages bear such names."""


@lru_cache(maxsize=1)
def read_demonyms() -> Mapping[str, str]:
    """Return the country (ISO 3166 alpha-2) of each adjective of nationality, by its key, plurals included.

    >>> read_demonyms()["syrians"], read_demonyms()["french"]
    ('SY', 'FR')
    """
    table: dict[str, str] = {}
    for row in _read_rows():
        for word in filter(None, row["demonyms"].split("|")):
            table[name_key(word)] = row["iso2"]
            table[name_key(word) + "s"] = row["iso2"]
    return table


def is_demonym(text: str) -> bool:
    """Return whether `text` is an adjective or a people, not a place.

    >>> is_demonym("European"), is_demonym("Syrians"), is_demonym("Syria")
    (True, True, False)
    """
    key = name_key(text)
    return key in read_demonyms() or key.removesuffix("s") in NOT_PLACES


@lru_cache(maxsize=1_000)
def country_code(text: str) -> str | None:
    """Return the ISO 3166 alpha-2 code of a country, given as that code or by a name; None where it is neither.

    >>> country_code("sy"), country_code("Syria"), country_code("Syrian Arab Republic"), country_code("Narnia")
    ('SY', 'SY', 'SY', None)
    """
    code = text.strip().upper()
    return code if code in set(_country_names().values()) else _country_names().get(name_key(text))


def weigh_countries(text: str) -> dict[str, float]:
    """Return the share of each country among the country names and adjectives of `text`; the shares add up to 1.

    >>> weigh_countries("Syrian troops left Homs, Syria's third city, Turkey said.")
    {'SY': 0.6666666666666666, 'TR': 0.3333333333333333}
    """
    found = Counter(_country_words()[name_key(word)] for word in _pattern().findall(text))
    total = sum(found.values())
    return {country: count / total for country, count in found.most_common()} if total else {}


def _read_rows() -> list[dict[str, str]]:
    with (DATA / "countries.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(line for line in lines if not line.startswith("#")))


@lru_cache(maxsize=1)
def _country_words() -> Mapping[str, str]:
    return {**_country_names(), **read_demonyms()}


@lru_cache(maxsize=1)
def _country_names() -> Mapping[str, str]:
    table: dict[str, str] = {}
    names = open_gazetteer().country_names()
    for row in _read_rows():
        for name in filter(None, [row["name"], names.get(row["iso2"], ""), *row["aliases"].split("|")]):
            table.setdefault(name_key(name), row["iso2"])
    return table


@lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    words = sorted(_country_words(), key=len, reverse=True)
    # Names stand in the text with capitals; initials ("U.S.") are matched by hand because keys have lost their dots.
    spelt = "|".join(re.escape(word.title()) for word in words if len(word) > 3)
    return re.compile(rf"\b(?:{spelt}|USA|UAE|DRC|UK|US)\b|\bU\.S\.|\bU\.K\.|\bU\.A\.E\.")
