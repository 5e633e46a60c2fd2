import pytest
from hypothesis import given
from hypothesis import strategies as st

from mene.errors import InputError
from mene.search.letters import find_words, fold, plain
from mene.search.words import LONGEST, SNIPPET, Sought, Term, mark, read_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ḥamāh", "hamah"),
        ("Łódź", "lodz"),
        ("DİYARBAKIR", "diyarbakir"),
        ("مُحَمَّد", "محمد"),
        ("أحمد", "احمد"),
        ("محـــمد", "محمد"),
        ("ХЕРСОН", "херсон"),
        ("Ёлкин", "елкин"),
        ("ʿAyn al-ʿArab", "ayn al arab"),
        ("Θεσσαλονίκης", "θεσσαλονικησ"),
        ("e\u0301tat", "état"),
    ],
)
def test_words_are_the_same_without_case_accents_and_marks(one: str, other: str) -> None:
    assert plain(one) == plain(other)


def test_a_possessive_leaves_the_name_a_word() -> None:
    assert plain("Assad's") == "assad s"


@given(st.text(max_size=60))
def test_words_stand_where_they_are_said_to(text: str) -> None:
    for word in find_words(text):
        assert 0 <= word.start < word.end <= len(text)
        assert word.folded in fold(text[word.start : word.end])


def test_words_phrases_prefixes_and_exclusions_are_read() -> None:
    sought = read_words('Hama "al-Bab road" captur* -opinion -"so called"')
    assert sought.terms == (Term(("hama",)), Term(("al", "bab", "road")), Term(("captur",), True))
    assert sought.without == (Term(("opinion",)), Term(("so", "called")))


def test_a_quotation_mark_that_is_not_closed_counts_to_the_end() -> None:
    assert read_words('"took the').terms == (Term(("took", "the")),)


def test_nothing_typed_is_nothing_sought() -> None:
    assert read_words("  ") == Sought()


@pytest.mark.parametrize("text", ["***", '""', "-", "a*", "x" * (LONGEST + 1)])
def test_what_cannot_be_looked_for_is_bad_input(text: str) -> None:
    with pytest.raises(InputError):
        read_words(text)


def test_what_was_found_is_marked_as_it_is_written() -> None:
    assert mark("Fighting in Dêrik’s north", read_words("derik")) == (
        ("Fighting in ", False),
        ("Dêrik", True),
        ("’s north", False),
    )


def test_vowel_signs_belong_to_the_word_marked() -> None:
    assert mark("قال مُحَمَّدٌ", read_words("محمد"))[1] == ("مُحَمَّدٌ", True)


def test_a_long_text_is_cut_around_what_was_found() -> None:
    pieces = mark("word " * 300 + "Hama fell " + "word " * 300, read_words("hama"))
    assert ("Hama", True) in pieces
    assert pieces[0] == ("…", False)
    assert pieces[-1] == ("…", False)
    assert len("".join(piece for piece, _ in pieces)) <= SNIPPET + 2


@given(st.text(max_size=800), st.text(alphabet='ab c"*-é', max_size=12))
def test_the_pieces_are_the_text(text: str, words: str) -> None:
    try:
        sought = read_words(words)
    except InputError:
        return
    shown = "".join(piece for piece, _ in mark(text, sought)).removeprefix("…").removesuffix("…")
    assert shown in text or "…" in text
