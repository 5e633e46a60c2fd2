"""Statements of a whole article, from hand-made trees: chains, kinds, history, what is left out."""

from mene.codebook import load_codebook
from mene.records import Sentence, Statement
from mene.statements import find_statements
from tests.language.build import analysis, sentence

NESTED = (
    "The:DET:det>mayor mayor:NOUN:nsubj>said said:VERB that:SCONJ:mark>told soldiers:NOUN:nsubj>told"
    " told:VERB:ccomp>said him:PRON:obj>told that:SCONJ:mark>shelled the:DET:det>army army:NOUN:nsubj>shelled"
    " had:AUX:aux>shelled shelled:VERB:ccomp>told the:DET:det>market market:NOUN:obj>shelled"
)
PLAIN = "Shops:NOUN:nsubj>closed were:AUX:cop>closed closed:ADJ"


def statements_of(*sentences: Sentence, heading: bool = False) -> tuple[Statement, ...]:
    return find_statements(analysis(*sentences, heading=heading), codebook=load_codebook())[0]


def test_the_outlet_speaks_where_nobody_is_quoted() -> None:
    (one,) = statements_of(sentence(PLAIN))
    assert [s.name for s in one.sources] == ["Harbour Wire"]
    assert (one.kind, one.cue) == ("report", None)


def test_a_quotation_in_a_quotation_carries_the_whole_chain() -> None:
    told = max(statements_of(sentence(NESTED, sources=["The mayor", "soldiers"])), key=lambda s: len(s.sources))
    assert [s.name for s in told.sources] == ["soldiers", "mayor", "Harbour Wire"]
    assert told.text.endswith("the army had shelled the market")


def test_what_is_denied_is_never_asserted() -> None:
    notation = (
        "The:DET:det>army army:NOUN:nsubj>denied denied:VERB that:SCONJ:mark>lost it:PRON:nsubj>lost had:AUX:aux>lost"
        " lost:VERB:ccomp>denied Lashio:PROPN:obj>lost"
    )
    (one,) = (s for s in statements_of(sentence(notation)) if s.cue is not None)
    assert (one.kind, one.modality) == ("denial", "negated")
    assert one.factuality < 0


def test_a_year_long_past_makes_background() -> None:
    notation = (
        "Government:NOUN:compound>forces forces:NOUN:nsubj>recaptured had:AUX:aux>recaptured recaptured:VERB"
        " Aleppo:PROPN:obj>recaptured in:ADP:case>2016 2016:NUM:obl>recaptured"
    )
    assert [s.kind for s in statements_of(sentence(notation))] == ["background"]


def test_a_question_headline_is_asked() -> None:
    notation = (
        "Has:AUX:aux>seized the:DET:det>army army:NOUN:nsubj>seized seized:VERB power:NOUN:obj>seized ?:PUNCT:x>Has"
    )
    assert [s.modality for s in statements_of(sentence(notation), heading=True)] == ["asked"]


def test_marks_alone_are_left_out_with_a_reason() -> None:
    kept, dropped = find_statements(analysis(sentence("…:PUNCT")), codebook=load_codebook())
    assert kept == ()
    assert [d.reason for d in dropped] == ["no word that asserts anything"]


def test_a_statement_is_the_same_however_often_it_is_read() -> None:
    assert statements_of(sentence(NESTED)) == statements_of(sentence(NESTED))
    assert len({s.id for s in statements_of(sentence(NESTED), sentence(NESTED))}) == 2 * len(
        statements_of(sentence(NESTED))
    )
