"""A claim as it is shown."""

import html
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mene.records import Evidence
from mene.report.contents import gather_contents
from mene.report.page.claims import render_claim, render_claims, show_chain
from mene.report.page.context import find_context
from tests.report.hand import (
    ARTICLES,
    COLUMN,
    DOOMED,
    HAMA_TAKEN,
    PICTURE,
    PULLING,
    REPOSITIONED,
    RETOLD,
    SIEGE,
    STATEMENTS,
    TOOK,
    WIRE,
    article,
    case,
    find,
    say,
    source,
)
from tests.report.page.reader import Reader


def contents_of(**changes):
    return gather_contents(**case(**changes))


def show(statement, **changes):
    shown = str(render_claim(statement.id, contents_of(**changes)))
    Reader(shown)
    return shown


def words_of(shown):
    return html.unescape(re.sub(r"<[^>]*>", "", shown))


def marked(shown, mark):
    """Return the words marked so in the sentence."""
    quoted = shown[shown.index("<blockquote") : shown.index("</blockquote>")]
    return re.findall(rf'<mark class="[^"]*\b{mark}\b[^"]*">([^<]*)</mark>', quoted)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_every_statement_is_shown_whole_and_well_formed(statement):
    shown = show(statement)
    texts = {one.id: one.text for one in ARTICLES}
    for span, mark in ((statement.cue, "cue"), *((one, "deciding") for one in statement.deciding)):
        assert not span or marked(shown, mark) == [texts[span.article_id][span.start : span.end]]
    assert re.sub(r"\W", "", statement.sentence_text) in re.sub(r"\W", "", words_of(shown))


def test_the_sentence_stands_between_those_before_and_after_it():
    fighting = next(one for one in STATEMENTS if one.text.startswith("There was fighting"))
    assert '<span class="beside">The rebels are close to taking Homs.</span>' in show(fighting)
    assert '<span class="beside">There was fighting in the suburbs of Damascus' in show(
        next(one for one in STATEMENTS if one.modality == "nearly")
    )


def test_no_heading_is_taken_for_the_sentence_before():
    assert '<blockquote dir="auto"><mark' in show(TOOK)


def test_what_is_known_of_a_statement_is_told():
    told = words_of(show(PULLING))
    assert "Claim, under way" in told
    assert "under way, factuality +2 on a scale from −3 to +3, by begun" in told
    assert "Levant Wire outletGolden Horn Post outletKarim Daneshvar an adviser; official; the origin" in told
    assert "F4 by itself: nobody has judged how reliable the source is; the information is doubtful" in told
    assert "said 6 Dec 2024, published 6 Dec 2024, first seen 6 Dec 2024" in told
    assert "RETREAT: withdrawal by Iran, 6 Dec 2024" in told


def test_a_letter_that_the_user_gave_is_told():
    assert "B3 by itself: the source is usually reliable" in words_of(show(TOOK, letters={"levant wire": "B"}))


def test_place_and_day_are_marked_where_the_events_have_them():
    at = replace(HAMA_TAKEN.place, evidence=find(WIRE, "Hama on"))
    event = replace(HAMA_TAKEN, place=replace(at, evidence=find(WIRE, "Aleppo")), time_text="Thursday")
    shown = show(TOOK, events=(event,))
    assert (marked(shown, "place"), marked(shown, "day")) == (["Aleppo"], ["Thursday"])
    assert '<mark class="day">day</mark>' in shown


def test_days_words_that_stand_elsewhere_are_not_marked():
    assert not marked(show(TOOK, events=(replace(HAMA_TAKEN, time_text="last Friday"),)), "day")


def test_a_copy_leads_to_its_original_and_back():
    assert f'<dt>Copy of</dt><dd><a href="#{TOOK.id[:7]}" data-claims="{TOOK.id[:7]}">Levant Wire, 6 Dec' in show(
        RETOLD
    )
    assert "1 folded under Levant Wire" in show(TOOK)
    assert f'data-claims="{RETOLD.id[:7]}"' in show(TOOK)


def test_a_denial_leads_to_what_it_denies():
    denial = replace(REPOSITIONED, denies=(TOOK.id,))
    shown = show(denial, statements=(TOOK, denial), events=())
    assert f'<dt>Denies</dt><dd><ul><li><a href="#{TOOK.id[:7]}"' in shown


def test_links_lead_where_they_are_asked_to():
    shown = render_claim(RETOLD.id, contents_of(), to="/claim/")
    assert f'href="/claim/{TOOK.id[:7]}"' in shown


def test_how_it_is_told_is_drawn():
    assert '<mark class="content opinion unreal">' in show(DOOMED)
    assert '<mark class="content background">' in show(SIEGE)
    assert "Loaded: “bloodthirsty” (dehumanising), “tyrant” (dehumanising)" in words_of(show(DOOMED))


def test_the_citation_names_writer_title_outlet_day_address_words_and_reader():
    signed = replace(COLUMN, byline="Ann Lee", url="https://dispatch.example/ash")
    told = words_of(show(DOOMED, articles=(signed,), statements=(DOOMED,), events=()))
    cited = "Ann Lee, “The ash heap of history”, The Meridian Dispatch, 7 Dec 2024, https://dispatch.example/ash: "
    assert f"{cited}“The bloodthirsty tyrant is doomed.” ({DOOMED.id[:7]}, read by Mene " in told


def test_the_original_is_opened_apart_and_learns_nothing():
    signed = replace(COLUMN, url="https://dispatch.example/ash")
    link = (
        '<a href="https://dispatch.example/ash" target="_blank" rel="noreferrer noopener">The ash heap of history</a>'
    )
    assert link in show(DOOMED, articles=(signed,), statements=(DOOMED,), events=())


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "https://" + "a" * 9_000])
def test_no_other_address_is_a_link(url):
    shown = show(DOOMED, articles=(replace(COLUMN, url=url),), statements=(DOOMED,), events=())
    assert url not in shown
    assert "target=" not in shown


EVIL = "<script>alert(1)</script>\"'><img src=x onerror=y>\u202e"


def test_hostile_text_is_text_wherever_it_stands():
    told = replace(article(EVIL, EVIL, f"{EVIL}\n\n{EVIL} said {EVIL}.", None), byline=EVIL, title=EVIL)
    said = say(told, f"{EVIL} said {EVIL}.", source(EVIL, "official", EVIL), kind="opinion", loaded=("script",))
    known = replace(PICTURE, known=None)
    shown = show(said, articles=(told,), statements=(said,), events=(), names={"hts": EVIL}, picture=known)
    assert not Reader(shown).tags & {"script", "img"}
    assert "&lt;script&gt;" in shown
    assert "\u202e" not in shown


def test_a_sentence_of_a_megabyte_is_shown_around_its_content():
    text = "Title\n\n" + "word " * 100_000 + "rebels took Hama " + "word " * 100_000 + "end."
    long = article("long", "Wire", text, WIRE.published_at)
    said = say(long, "rebels took Hama", sentence=text[7:])
    shown = show(said, articles=(long,), statements=(said,), events=())
    assert "rebels took Hama" in shown
    assert "characters left out here]" in shown
    assert len(shown) < 6_000


def test_many_copies_are_counted():
    pages = [article(f"p{n}", f"Paper {n:02}", f"Title\n\n{TOOK.text}", WIRE.published_at) for n in range(20)]
    copies = [say(one, TOOK.text, source("Levant Wire")) for one in pages]
    shown = show(TOOK, articles=(WIRE, *pages), statements=(TOOK, *copies), events=())
    assert "20 folded under Levant Wire" in shown
    assert "and 12 more" in shown


def test_claims_stand_in_the_order_of_their_articles():
    contents = contents_of()
    shown = render_claims(contents.statements, contents)
    assert set(shown) == {one.id[:7] for one in STATEMENTS}
    assert shown[PULLING.id[:7]] == render_claim(PULLING.id, contents)


def test_a_statement_that_is_not_known_is_an_error():
    with pytest.raises(KeyError):
        render_claim("s0", contents_of())


def test_a_chain_has_arrows_that_no_line_begins_with():
    assert show_chain(PULLING.sources).startswith("Levant Wire\u00a0→ Golden Horn Post\u00a0→ Karim")


@given(st.integers(0, len(WIRE.text)), st.integers(0, 200))
def test_the_context_of_any_span_lies_beside_it(start, size):
    span = Evidence(WIRE.id, start, min(start + size, len(WIRE.text)))
    context = find_context(WIRE, span, span)
    assert context.before in WIRE.text[: span.start]
    assert context.after in WIRE.text[span.end :]
