"""The notation for sentences by hand."""

from tests.language.build import analysis, sentence, show, text_of, word

SAID = (
    "“:PUNCT:punct>had We:PRON:nsubj>had had:VERB:ccomp>said it:PRON:obj>had ,:PUNCT:punct>had ”:PUNCT:punct>had"
    " a:DET:det>soldier soldier:NOUN:nsubj>said said:VERB ::PUNCT:punct>said al:PROPN:obl>said -:PUNCT:punct>al"
)


def test_the_notation_is_read_and_written_back() -> None:
    assert show(sentence(SAID)) == SAID


def test_words_are_spaced_as_in_print_and_know_where_they_stand() -> None:
    one = sentence(SAID)
    assert text_of(one) == "“We had it,” a soldier said: al-"
    assert [text_of(one)[t.start : t.end] for t in one.tokens] == [t.text for t in one.tokens]


def test_sentences_become_paragraphs_of_one_article() -> None:
    two = analysis(sentence("Rebels:NOUN:nsubj>won won:VERB"), sentence("They:PRON:nsubj>left left:VERB"))
    assert two.article.text == "Rebels won\n\nThey left"
    assert [two.article.text[s.start : s.end] for s in two.sentences] == ["Rebels won", "They left"]
    assert word(two.sentences[1], "left") == 1
