"""Finding phrases among lemmas, and the hedges and loaded words that depend on it."""

import pytest

from mene.codebook import load_codebook
from mene.codebook.phrases import PhraseTable, split_name


def test_the_longest_phrase_wins() -> None:
    table = PhraseTable([("take", 1), ("take over", 2)])
    (found,) = table.find(["they", "take", "over", "it"])
    assert (found.first, found.last, found.entries) == (1, 2, (2,))


def test_articles_inside_a_phrase_are_skipped() -> None:
    table = PhraseTable([("lift siege", "lifted"), ("on the verge of", "nearly")])
    assert [(f.first, f.last) for f in table.find("lift the siege on verge of".split())] == [(0, 2), (3, 5)]


def test_a_phrase_never_runs_past_the_end() -> None:
    assert PhraseTable([("take over now", 1), ("take over", 2)]).find(["take", "over"])[0].entries == (2,)
    assert PhraseTable([("take over", 1)]).find(["take"]) == []


def test_a_suffix_pattern_covers_the_whole_compound() -> None:
    table = PhraseTable([("-hating", "loaded")])
    assert [(f.first, f.last) for f in table.find(["a", "west", "-", "hating", "mob"])] == [(1, 3)]
    assert [(f.first, f.last) for f in table.find(["west-hating", "mob"])] == [(0, 0)]
    assert table.find(["hating"]) == []


@pytest.mark.parametrize(
    ("lemmas", "modality"),
    [
        ("it may leave", "possible"),
        ("he be extremely unlikely to send troop", "doubtful"),
        ("if confirm , the capture", "conditional"),
        ("they be close to take the town", "nearly"),
        ("they be on the verge of take it", "nearly"),
        ("it have yet to fall", "negated"),
        ("reportedly kill", "possible"),
        ("it will leave", "planned"),
        ("it begin to leave", "in_progress"),
        ("it be likely to fall", "probable"),
    ],
)
def test_hedges_decide_the_modality(lemmas: str, modality: str) -> None:
    (found,) = load_codebook().find_phrases(lemmas.split(), "hedges")
    assert found.entries[0].modality == modality


def test_loaded_words_say_why() -> None:
    found = load_codebook().find_phrases("throw he on the ash heap of history".split(), "loaded")
    assert [(f.first, f.last, f.entries[0].why) for f in found] == [(4, 7, "doom")]


def test_a_name_is_compared_without_accents_and_apostrophes() -> None:
    assert split_name("Félix") == ("Felix",)
    assert split_name("Da’esh") == split_name("Daesh")
    assert split_name("el-Sisi") == split_name("al-Sisi")
