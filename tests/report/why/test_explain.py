"""Reasons are those of the record: on the whole sample corpus, and case by case on small texts."""

from datetime import date
from functools import cache

import pytest

from mene.articles import load_articles, read_article
from mene.pipeline import Coded, Model, code, load_model, read
from mene.report.why import Explanation, Reason, explain_event, explain_statement
from mene.sample import sample_articles, sample_codebook

PUBLISHED = date(2024, 12, 7)


@cache
def sample() -> tuple[Coded, ...]:
    model = load_model(sample_codebook())
    loaded = (one for path in sample_articles() for one in load_articles(str(path)))
    return tuple(code(one.unwrap(), model) for one in loaded)


def explained(coded: Coded) -> list[tuple[object, Explanation]]:
    told = {one.statement.id: one for one in coded.statements}
    return [(one, explain_event(one, told[one.statement.id], coded.context)) for one in coded.events]


def codes(explanation: Explanation, aspect: str) -> list[str | None]:
    return [reason.code for reason in explanation.reasons if reason.aspect == aspect and reason.value != "none"]


@pytest.mark.parametrize("place", range(len(sample_articles())), ids=lambda place: sample_articles()[place].name)
def test_each_event_of_the_sample_is_explained_as_it_is_recorded(place):
    for coded, explanation in explained(sample()[place]):
        event = coded.event
        days = [day.isoformat() if day else "" for day in (event.occurred_start, event.occurred_end)]
        assert codes(explanation, "type") == [event.type]
        assert codes(explanation, "actor") == [one.actor_id for one in event.actors]
        assert codes(explanation, "recipient") == [one.actor_id for one in event.recipients]
        assert codes(explanation, "place") == ([event.place.place_id] if event.place else [])
        assert codes(explanation, "day") == (["/".join(days)] if any(days) else [None])
        assert codes(explanation, "modality") == [event.modality]
        assert codes(explanation, "kind") == [coded.statement.kind]
        assert codes(explanation, "origin") == [coded.statement.origin.actor_id or coded.statement.origin.name]


def test_each_reason_of_the_sample_is_in_words():
    for coded in sample():
        whole = [explain_statement(one, coded.context) for one in coded.statements]
        for explanation in (*whole, *(one for _, one in explained(coded))):
            assert all(reason.because and all(reason.because) for reason in explanation.reasons)
            assert min(reason.leading for reason in explanation.reasons) >= 0
            assert all(reason.leading < len(reason.because) for reason in explanation.reasons)


def test_a_place_has_the_probability_of_its_first_option():
    seen = 0
    for coded, explanation in (pair for one in sample() for pair in explained(one)):
        (reason,) = (one for one in explanation.reasons if one.aspect == "place")
        if reason.options and reason.code and coded.located is not None and coded.located.taken_up is None:
            assert reason.options[0].probability == reason.probability == coded.event.place.probability
            seen += 1
    assert seen > 100


def test_the_readers_likeliest_type_stands_first():
    for coded, explanation in (pair for one in sample() for pair in explained(one)):
        options = explanation.reasons[0].options
        assert [one.probability for one in options] == sorted((one.probability for one in options), reverse=True)
        if getattr(coded.word, "rule", "") == "reader":
            assert options[0].value == coded.event.type


def test_reading_gives_what_coding_gives(model):
    article = read_article(b"Rebels take Hama\n\nRebels took Hama on Thursday, the army said.", published=PUBLISHED)
    coded, reading = code(article, model), read(article, model)
    assert reading.events == tuple(one.event for one in coded.events)
    assert reading.statements == tuple(one.statement for one in coded.statements)


# --- case by case -----------------------------------------------------------------------------------------------------


def reasons(model: Model, text: str, word: str, aspect: str, published: date | None = PUBLISHED) -> list[Reason]:
    """Return the reasons for one aspect of the event that a word of a text names."""
    coded = code(read_article(f"News\n\n{text}".encode(), published=published), model)
    told = {one.statement.id: one for one in coded.statements}
    one = next(one for one in coded.events if one.event.text == word)
    explanation = explain_event(one, told[one.statement.id], coded.context)
    return [reason for reason in explanation.reasons if reason.aspect == aspect]


def because(model: Model, text: str, word: str, aspect: str, published: date | None = PUBLISHED) -> str:
    return "\n".join(line for one in reasons(model, text, word, aspect, published) for line in one.because)


CASES = [
    ("Rebels took Hama on Thursday.", "took", "type", "the verb “take” as SEIZE"),
    ("Rebels took Hama on Thursday.", "took", "actor", "“Rebels” is the subject of “took”"),
    ("Syrian rebels took Hama.", "took", "recipient", "look for the recipient of “took”"),
    ("Hayat Tahrir al-Sham took Hama in Syria.", "took", "actor", "is the name of Hay'at Tahrir al-Sham"),
    ("HTS took Hama in Syria.", "took", "actor", "“HTS” is an alias of Hay'at Tahrir al-Sham in the codebook (hts)"),
    ("Syrian President Bashar al-Assad met officials in Tehran.", "met", "actor", "in office on 7 Dec 2024: president"),
    ("Moscow criticised the Syrian rebels.", "criticised", "actor", "stands for the government that sits there"),
    ("The wool spinners attacked Hama in Syria.", "attacked", "actor", "no name of the codebook stands in"),
    ("Norwegian rebels took Hama in Syria.", "took", "actor", "is made of “Norwegian” (a country's adjective) and"),
    ("Rebels took Hama on Thursday.", "took", "day", "counted from the day of publication, 7 Dec 2024"),
    ("Rebels took Hama on 5 December 2024.", "took", "day", "counted from no other day"),
    ("Rebels took Hama.", "took", "day", "its sentence names no time"),
    ("Rebels may have taken Hama.", "taken", "modality", "“may have” makes it possible"),
    ("The army denied that rebels had taken Hama.", "taken", "modality", "“denied” makes what is said denied"),
    ("Rebels took Hama.", "took", "modality", "no word in its sentence"),
    ("Rebels took Hama, the Syrian army said.", "took", "origin", "“Syrian army” in it is Syrian Arab Army"),
    ("Rebels took Hama.", "took", "origin", "the outlet says it itself"),
    ("Rebels took five villages in Syria.", "took", "place", "no name of their own"),
    ("Rebels took Qqzzyxburg in Syria.", "took", "place", "the gazetteer has no such name"),
]


@pytest.mark.parametrize(("text", "word", "aspect", "told"), CASES, ids=lambda part: part[:40])
def test_the_reason_is_told(model, text, word, aspect, told):
    assert told in because(model, text, word, aspect)


def test_a_weekday_without_a_publication_date_says_how_to_give_one(model):
    text = "Rebels took the Syrian city of Hama on Thursday."
    assert "--published" in because(model, text, "took", "day", published=None)


def test_a_time_that_counts_from_a_day_that_is_not_there_says_so(model):
    text = "Two days earlier, shelling killed nine people in Aleppo, Syria."
    assert "counts from a day named before it in the sentence, and there is none" in because(
        model, text, "shelling", "day"
    )


def test_a_day_printed_at_the_head_is_told_apart_from_publication(model):
    text = "Posted on Dec 6 2024 Rebels took the Syrian city of Hama on Thursday."
    told = because(model, text, "took", "day")
    assert "the day printed at the head of the text, 6 Dec 2024 (not from the publication date 7 Dec 2024)" in told


def test_a_day_taken_over_is_said_to_be(model):
    text = "Shells hit the market in Aleppo, Syria, on Thursday. The attack killed nine people."
    told = because(model, text, "attack", "day")
    assert "no words of its own clause name a day" in told
    assert "that of “hit” in “Shells hit the market" in told
    assert "that one is dated by “Thursday”: 5 Dec 2024" in told


def test_a_pronoun_leads_to_whom_it_stands_for(model):
    text = "The Syrian army said it had left Hama. Rebels entered Hama. They attacked Homs on Friday."
    told = because(model, text, "attacked", "actor")
    assert "“They”" in told
    assert "“Rebels”" in told


def test_what_is_left_out_is_told_with_its_reason(model):
    text = "Four civilians were killed when shells hit student housing at the university, Syrian state media reported."
    assert "stood there, but is an event, a thing or a town" in because(model, text, "hit", "actor")


def test_what_another_word_tells_of_the_same_attack_is_said_to_be_told_by_it(model):
    text = "A military source said that the Syrian air force had struck convoys near Idlib, killing dozens of rebels."
    assert "told once more by “killing”" in because(model, text, "struck", "type")
    assert "told by “killing”, which tells the same attack once more" in because(model, text, "struck", "recipient")


def test_a_candidate_elsewhere_is_told_with_its_distance(model):
    (reason,) = reasons(model, "Fighting broke out in Tripoli, Libya, on Thursday.", "Fighting", "place")
    assert [one.note.endswith("km away") for one in reason.options] == [False, *[True] * (len(reason.options) - 1)]
    assert len(reason.options) > 1


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("(Plains Wire)", "its text is that of Plains Wire"),
        ("With reports from Plains Wire", "credits Plains Wire, which counts as the origin"),
    ],
)
def test_a_page_that_has_its_text_from_another_says_so(model, line, told):
    text = f"What we know\n\nValley Gazette\n5 December 2024\n\nRebels captured Hama on Thursday.\n\n{line}"
    assert told in because(model, text, "captured", "origin")
