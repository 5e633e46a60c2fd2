"""Questions to a tree: subjects, clauses, heads."""

import pytest

from mene.statements.grammar import ancestors, clause_head, head_of, subject, subtree, trimmed
from tests.language.build import sentence, word, words

JOINED = (
    "Rebels:NOUN:nsubj>entered entered:VERB the:DET:det>city city:NOUN:obj>entered and:CCONJ:cc>took"
    " took:VERB:conj>entered Hama:PROPN:obj>took"
)
RELATIVE = "the:DET:det>man man:NOUN who:PRON:nsubj>left left:VERB:acl:relcl>man"
WANTED = (
    "Rebels:NOUN:nsubj>want want:VERB to:PART:mark>take take:VERB:xcomp>want Hama:PROPN:obj>take"
    " before:SCONJ:mark>leave they:PRON:nsubj>leave leave:VERB:advcl>want"
)
URGED = (
    "Kenya:PROPN:nsubj>urged urged:VERB Rwanda:PROPN:obj>urged to:PART:mark>stop stop:VERB:xcomp>urged"
    " fighting:VERB:xcomp>stop"
)
ACCUSED = "Sudan:PROPN:nsubj>accused accused:VERB Chad:PROPN:obj>accused of:SCONJ:mark>arming arming:VERB:advcl>accused"


@pytest.mark.parametrize(
    ("notation", "verb", "expected"),
    [
        (JOINED, "took", "Rebels"),
        (RELATIVE, "left", "man"),
        (WANTED, "take", "Rebels"),
        (WANTED, "leave", "they"),
        (URGED, "stop", "Rwanda"),
        (URGED, "fighting", "Rwanda"),
        (ACCUSED, "arming", "Chad"),
        (ACCUSED, "accused", "Sudan"),
    ],
)
def test_a_verb_s_subject_is_found_where_it_stands(notation: str, verb: str, expected: str) -> None:
    one = sentence(notation)
    found = subject(one, word(one, verb))
    assert found is not None
    assert one.tokens[found].text == expected


def test_a_subtree_may_leave_out_a_branch() -> None:
    one = sentence(JOINED)
    whole, cut = subtree(one, word(one, "entered")), subtree(one, word(one, "entered"), without=word(one, "took"))
    assert len(whole) == len(one.tokens)
    assert [one.tokens[i].text for i in cut] == ["Rebels", "entered", "the", "city"]


def test_ancestors_end_at_the_root_and_a_clause_has_its_own_head() -> None:
    one = sentence(WANTED)
    assert [one.tokens[i].text for i in ancestors(one, word(one, "Hama"))] == ["take", "want"]
    assert clause_head(one, word(one, "they")) == word(one, "leave")


def test_a_run_s_head_is_the_noun_that_others_hang_on() -> None:
    one = sentence("the:DET:det>army army:NOUN:nsubj>left ,:PUNCT:punct>army left:VERB")
    assert head_of(one, 0, 2) == 1
    assert words(one, trimmed(one, 1, 2)) == "army"
