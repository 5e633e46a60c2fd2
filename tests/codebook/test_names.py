"""Finding names: whole tokens, capitals, spellings, roles and titles beside names."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mene.codebook import Codebook, load_codebook


@pytest.fixture(scope="module")
def book() -> Codebook:
    return load_codebook()


def _found(book: Codebook, text: str) -> list[tuple[str, str, str]]:
    tokens = text.split()
    return [(" ".join(tokens[m.first : m.last + 1]), m.kind, m.ids[0]) for m in book.match(tokens)]


@pytest.mark.parametrize(
    "text",
    ["the ambassador spoke", "human rights matter", "this is it", "chadors and jordanians", "us and them", "a turkey"],
)
def test_never_a_part_of_a_word_nor_a_plain_word(book: Codebook, text: str) -> None:
    assert _found(book, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("IS", ("IS", "actor", "isis")),
        ("Hayat Tahrir al-Sham", ("Hayat Tahrir al-Sham", "actor", "hts")),
        ("Hay'at Tahrir al - Sham", ("Hay'at Tahrir al - Sham", "actor", "hts")),
        ("Hay’at Tahrir ash - Sham", ("Hay’at Tahrir ash - Sham", "actor", "hts")),
        ("People 's Protection Units", ("People 's Protection Units", "actor", "ypg")),
        ("the Donetsk People ’s Republic", ("Donetsk People ’s Republic", "actor", "dpr")),
        ("Bashar al - Assad", ("Bashar al - Assad", "leader", "syr-bashar-al-assad")),
        ("Bashar Al Assad", ("Bashar Al Assad", "leader", "syr-bashar-al-assad")),
        ("U.S.", ("U.S.", "state", "US")),
        ("Nicolás Maduro", ("Nicolás Maduro", "leader", "ven-nicolas-maduro")),
        ("Nicolas Maduro", ("Nicolas Maduro", "leader", "ven-nicolas-maduro")),
        ("the New York Times", ("New York Times", "outlet", "nyt")),
        ("the Kremlin", ("Kremlin", "metonym", "rus-government")),
        ("Syrians", ("Syrians", "demonym", "SY")),
        ("insurgents", ("insurgents", "generic", "rebels")),
    ],
)
def test_names_in_their_spellings(book: Codebook, text: str, expected: tuple[str, str, str]) -> None:
    assert _found(book, text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Syrian rebels", ("Syrian rebels", "actor", "syr-rebels")),
        ("Syria 's army", ("Syria 's army", "actor", "syr-army")),
        ("Malian government forces", ("Malian government forces", "actor", "mli-army")),
        ("Assad 's forces", ("Assad 's forces", "actor", "syr-army")),
        ("Haftar 's forces", ("Haftar 's forces", "actor", "lna")),
        ("Houthi rebels", ("Houthi rebels", "actor", "houthis")),
        ("Moscow 's defence ministry", ("Moscow 's defence ministry", "actor", "rus-defence-ministry")),
        ("Syrian President Bashar al - Assad", ("Syrian President Bashar al - Assad", "leader", "syr-bashar-al-assad")),
        ("Islamist militant group", ("Islamist militant group", "generic", "jihadists")),
    ],
)
def test_roles_and_titles_join_the_name_beside_them(book: Codebook, text: str, expected: tuple[str, str, str]) -> None:
    assert _found(book, text) == [expected]


def test_those_against_a_leader_are_not_his(book: Codebook) -> None:
    assert ("Assad fighters", "actor", "syr-rebels") in _found(book, "anti - Assad fighters")


def test_phrases_that_need_a_country_are_nothing_without_one(book: Codebook) -> None:
    assert _found(book, "the forces left") == []
    assert _found(book, "Yemeni forces left") == [("Yemeni forces", "actor", "yem-army")]


def test_in_a_line_of_capitals_short_words_are_no_acronyms(book: Codebook) -> None:
    assert [name for name, _, _ in _found(book, "IRAN IS LEAVING SYRIA TODAY")] == ["IRAN", "SYRIA"]


def test_of_two_bearers_of_a_name_the_later_comes_first(book: Codebook) -> None:
    (match,) = book.match(["Assad"])
    assert match.ids == ("syr-bashar-al-assad", "syr-hafez-al-assad")


def test_an_acronym_of_two_bearers_names_both(book: Codebook) -> None:
    (match,) = book.match(["SNA"])
    assert set(match.ids) == {"sna", "som-army"}


@given(st.lists(st.sampled_from(["Syrian", "rebels", "-", "al", "Assad", "'s", "the", "Iran", "IS", "army", "", "x"])))
def test_matches_lie_in_order_inside_the_tokens_without_overlap(tokens: list[str]) -> None:
    last = -1
    for match in load_codebook().match(tokens):
        assert last < match.first <= match.last < len(tokens)
        last = match.last


@given(st.text(alphabet=string.ascii_lowercase, max_size=12))
def test_a_lower_case_word_is_never_a_state_or_leader(word: str) -> None:
    assert all(match.kind in ("generic", "actor") for match in load_codebook().match([word]))
