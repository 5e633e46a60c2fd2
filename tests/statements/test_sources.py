"""From the words that name a source to its name, role, kind and actor."""

import pytest

from mene.records import Source
from mene.statements.sources import UNKNOWN, Spoken, find_source
from tests.language.build import context, sentence, word

PERSON = (
    "Mehdi:PROPN:nsubj>said Rahmati:PROPN:flat>Mehdi ,:PUNCT:punct>adviser an:DET:det>adviser adviser:NOUN:appos>Mehdi"
    " to:ADP:case>regime the:DET:det>regime regime:NOUN:nmod>adviser said:VERB"
)
NOUNS = [
    ("two:NUM:nummod>residents residents:NOUN:nsubj>said said:VERB", "two residents", "witness"),
    ("the:DET:det>officials officials:NOUN:nsubj>said said:VERB", "officials", "unnamed"),
    ("a:DET:det>video video:NOUN:nsubj>showed showed:VERB", "video", "document"),
    ("the:DET:det>watchdog watchdog:NOUN:nsubj>said said:VERB", "watchdog", "monitor"),
]


def source_of(notation: str, run: tuple[int, int], earlier: tuple[Spoken, ...] = (), **names: str) -> Source:
    ctx = context(sentence(notation, names={text.replace("_", " "): label for text, label in names.items()}))
    return find_source(ctx, ctx.analysis.sentences[0], run, earlier)


def test_a_person_keeps_name_and_role_apart() -> None:
    source = source_of(PERSON, (0, 7), Mehdi_Rahmati="PER")
    assert (source.name, source.role, source.kind) == ("Mehdi Rahmati", "adviser to the regime", "official")


@pytest.mark.parametrize(("notation", "name", "kind"), NOUNS)
def test_a_description_s_head_word_tells_the_kind(notation: str, name: str, kind: str) -> None:
    source = source_of(notation, (0, 1))
    assert (source.name, source.kind, source.actor_id) == (name, kind, None)


def test_a_known_group_is_named_as_the_codebook_does() -> None:
    source = source_of("The:DET:det>Taliban Taliban:PROPN:nsubj>said said:VERB", (0, 1))
    assert (source.name, source.actor_id, source.kind) == ("Taliban", "taliban", "armed side")


def test_nobody_named_is_an_unnamed_source() -> None:
    ctx = context(sentence(PERSON))
    assert find_source(ctx, ctx.analysis.sentences[0], None) == UNKNOWN


def test_he_is_the_last_person_who_spoke_and_a_surname_takes_up_its_bearer() -> None:
    speaker = source_of(PERSON, (0, 7), Mehdi_Rahmati="PER")
    earlier = (Spoken(0, None, speaker),)
    assert source_of("He:PRON:nsubj>added added:VERB", (0, 0), earlier) == speaker
    assert source_of("Rahmati:PROPN:nsubj>added added:VERB", (0, 0), earlier) == speaker


def test_a_speaker_of_another_quotation_is_no_antecedent() -> None:
    speaker = source_of(PERSON, (0, 7), Mehdi_Rahmati="PER")
    source = source_of("He:PRON:nsubj>added added:VERB", (0, 0), (Spoken(0, "NBC News", speaker),))
    assert source.name != speaker.name


def test_a_statement_s_issuer_is_the_source() -> None:
    notation = (
        "a:DET:det>statement statement:NOUN:nsubj>said by:ADP:case>Taliban the:DET:det>Taliban"
        " Taliban:PROPN:nmod>statement said:VERB"
    )
    ctx = context(sentence(notation))
    one = ctx.analysis.sentences[0]
    assert find_source(ctx, one, (0, word(one, "Taliban"))).actor_id == "taliban"
