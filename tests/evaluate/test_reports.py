"""The scores of the reader on annotated reports, with a hand-made analysis."""

from datetime import date

from mene.evaluate.marked import Line, Marked, Report
from mene.evaluate.reports import Pair, score_reports, token_span
from mene.records import Reference, Saying, Span, Trigger
from tests.language.build import analysis, sentence

TEXT = "Rebels took Hama, a priest said."
NOTATION = (
    "Rebels:NOUN:nsubj>took took:VERB:ccomp>said Hama:PROPN:obj>took ,:PUNCT:punct>took a:DET:det>priest"
    " priest:NOUN:nsubj>said said:VERB .:PUNCT:punct>said"
)


def line(kind: str, *fields: str, **more: str) -> Line:
    return Line(kind, fields, more, 1)


LINES = (
    line("event", "took", "SEIZE", "asserted", fact="2"),
    line("name", "Hama", "place"),
    line("said", "said", source="a priest", content="Rebels took Hama"),
)
HE = (line("refers", "He", "a priest"),)


def pair(references: tuple[Reference, ...] = (), **seen: object) -> Pair:
    from dataclasses import replace

    read = replace(sentence(NOTATION, triggers=[Trigger(1, "SEIZE", 0.9, "in_progress", 0.9, ())]), **seen)  # type: ignore[arg-type]
    he = sentence("He:PRON:nsubj>left left:VERB .:PUNCT:punct>left")
    report = Report("r", date(2024, 12, 7), "Wire", "agency", (Marked(TEXT, LINES), Marked("He left.", HE)))
    return Pair(report, replace(analysis(read, he), references=references), (0, len(TEXT) + 2))


def test_words_are_found_in_their_sentence() -> None:
    found = token_span(pair(), 0, "a priest")
    assert found is not None
    assert found[1:] == (4, 5)


def test_all_that_was_seen_counts() -> None:
    said = Saying(Span("cue", 6, 6), Span("source", 4, 5), (Span("content", 0, 2),))
    scores = score_reports(
        [pair((Reference(1, 0, 0, 0, 4, 5, 0.9),), sayings=(said,), mentions=(Span("place", 2, 2),))]
    )
    assert {scores[key] for key in ("mention_f1", "said_f1", "event_f1", "type", "status", "refers")} == {1.0}
    assert scores["n"] == 2


def test_a_wrong_kind_a_missing_source_and_another_antecedent_do_not() -> None:
    said = Saying(Span("cue", 6, 6), None, (Span("content", 0, 2),))
    scores = score_reports([pair((Reference(1, 0, 0, 0, 0, 0, 0.9),), sayings=(said,), mentions=(Span("time", 2, 2),))])
    assert {scores[key] for key in ("mention_f1", "said_f1", "refers", "refers_p")} == {0.0}
