"""Places inside the names of bodies."""

import pytest

from mene.gazetteer import open_gazetteer
from mene.gazetteer.inside import find_inside


@pytest.mark.parametrize(
    ("name", "places"),
    [
        ("Aleppo University", ["Aleppo"]),
        ("Ohio Board of Regents", ["Ohio"]),
        ("University of Deir ez-Zor", ["Deir ez-Zor"]),
        ("Central Bank", []),
        ("New York Police Department", ["New York"]),
        ("Justice and Development Party", []),
        ("Hama", []),
    ],
)
def test_a_place_inside_a_name_is_found_and_common_words_are_not(name: str, places: list[str]) -> None:
    words = name.split()
    runs = find_inside(words, 0, len(words) - 1, open_gazetteer())
    assert [" ".join(words[first : last + 1]) for first, last in runs] == places
