"""The articles on the page."""

import html
import re
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from mene.records import Evidence, Picture
from mene.report.contents import gather_contents
from mene.report.page import articles
from mene.report.page.articles import show_articles
from tests.report.hand import ARTICLES, STATEMENTS, article, case, say, source
from tests.report.page.reader import Reader

EMPTY = Picture(None, None, (), (), (), ())
TOLD = article(
    "told",
    "Wire",
    "Title\n\nThe army left Hama, a resident said, on Friday. “The town,” she said, “is empty.”\n\n"
    "It would return, the army said.",
    date(2024, 12, 6),
)
HEARSAY = "The army left Hama, a resident said, on Friday."
LEFT = say(TOLD, "The army left Hama, a resident said, on Friday", source("a resident", "witness"), sentence=HEARSAY)
INNER = say(TOLD, "Hama", sentence=HEARSAY, modality="possible")


def show(*said, told=(TOLD,), cited=None):
    return show_articles(gather_contents(EMPTY, said, (), articles=told), cited)


def text_of(page):
    return "".join(str(one.html) for one in page.paragraphs)


def short(statement):
    return statement.id[:7]


def test_a_sentence_leads_to_all_its_statements():
    (page,) = show(LEFT, INNER).pages
    shown = text_of(page)
    first, other = short(LEFT), short(INNER)
    assert f'<a id="{first}" data-claims="{first} {other}"><i id="{other}"></i>' in shown
    assert shown.count("<a ") == 1


def test_a_sentence_of_one_statement_needs_but_its_id():
    (page,) = show(LEFT).pages
    assert f'<a id="{short(LEFT)}">The army left Hama, a resident said, on Friday.</a>' in text_of(page)


def test_what_is_not_told_as_fact_is_drawn_so_and_no_more_than_that():
    (page,) = show(LEFT, INNER).pages
    assert 'The army left <span class="unreal">Hama</span>, a resident' in text_of(page)
    (page,) = show(replace(LEFT, modality="doubtful", kind="opinion")).pages
    assert f'<a id="{short(LEFT)}" class="opinion unreal">' in text_of(page)


def test_sentences_that_overlap_are_one():
    other = say(TOLD, "on Friday", sentence="on Friday. “The town,” she said")
    (page,) = show(LEFT, other).pages
    assert text_of(page).count("<a ") == 1
    assert "she said</a>, “is empty.”" in text_of(page)


def test_a_sentence_over_two_paragraphs_has_its_place_once():
    span = Evidence(TOLD.id, TOLD.text.index("“The town"), TOLD.text.index("return"))
    said = replace(LEFT, evidence=span, sentence=span)
    (page,) = show(said).pages
    assert [str(one.html).count("<a") for one in page.paragraphs] == [0, 1, 1]
    assert [f'data-claims="{short(said)}"' in one.html for one in page.paragraphs] == [False, False, True]
    assert text_of(page).count(f'id="{short(said)}"') == 1


def test_statements_whose_sentence_is_not_shown_are_listed_in_short(monkeypatch):
    assert [page.lines for page in show(LEFT, INNER).pages] == [()]
    monkeypatch.setattr(articles, "_MOST_TEXT", 0)
    (page,) = show(LEFT, INNER).pages
    assert [one.id for one in page.lines] == [short(LEFT), short(INNER)]
    assert [one.words for one in page.lines] == ["report: a resident (witness)", "report, possible: the outlet itself"]


def test_every_statement_has_one_place_on_the_page():
    shown = show_articles(gather_contents(**case()))
    placed = [key for page in shown.pages for key in Reader(text_of(page)).ids]
    assert sorted(placed) == sorted(short(one) for one in STATEMENTS)
    assert shown.claims == {one.id for one in STATEMENTS}
    assert not any(page.lines for page in shown.pages)


SPANS = st.tuples(st.integers(0, len(TOLD.text) - 1), st.integers(1, 60))


@given(st.lists(st.tuples(SPANS, SPANS), max_size=6))
def test_whatever_lies_over_a_text_each_word_stays_and_each_statement_has_its_place(spans):
    said = []
    for place, where in enumerate(spans):
        content, sentence = (Evidence(TOLD.id, start, min(start + size, len(TOLD.text))) for start, size in where)
        modality = ("asserted", "possible")[place % 2]
        said.append(replace(LEFT, id=f"s{place}", evidence=content, sentence=sentence, modality=modality))
    (page,) = show(*said).pages
    read = Reader(text_of(page))
    assert html.unescape(re.sub(r"<[^>]*>", "", text_of(page))) == "".join(
        TOLD.text[block.start : block.end] for block in TOLD.blocks
    )
    assert sorted(read.ids + [one.id for one in page.lines]) == sorted(one.id for one in said)


def many(count):
    pages = [
        article(f"a{n}", f"Outlet {n}", f"Title {n}\n\nRebels took town {n}.\n\nMore.\n\nSo it was.", None)
        for n in range(count)
    ]
    return pages, [say(one, f"Rebels took town {n}.") for n, one in enumerate(pages)]


def test_of_further_articles_only_what_is_cited_is_shown(monkeypatch):
    monkeypatch.setattr(articles, "MOST_ARTICLES", 3)
    pages, said = many(6)
    last = say(pages[-1], "So it was.")
    shown = show(*said, last, told=pages, cited=[said[4].id, last.id])
    assert (len(shown.pages), len(shown.excerpts), len(shown.untold), shown.more) == (3, 2, 1, 0)
    assert str(shown.excerpts[0].paragraphs[0].html).endswith("Rebels took town 4.</a>")
    (cited,) = shown.excerpts[1].paragraphs
    assert cited.gap
    assert shown.excerpts[1].left_out == "3 paragraphs of this article not shown"
    assert shown.claims == {one.id for one in (*said[:3], said[4], last)}


def test_articles_that_nothing_cites_are_named_and_beyond_that_counted(monkeypatch):
    monkeypatch.setattr(articles, "MOST_ARTICLES", 1)
    pages, said = many(300)
    shown = show(*said, told=pages)
    assert (len(shown.untold), shown.more) == (200, 99)


def test_a_very_long_article_is_cut_and_its_statements_keep_a_place():
    long = article(
        "long", "Wire", "Title\n\n" + "\n\n".join("word " * 400 for _ in range(60)) + "\n\nRebels won.", None
    )
    said = say(long, "Rebels won.")
    (page,) = show(said, told=(long,)).pages
    assert page.left_out == "31 paragraphs of this article not shown"
    assert [one.id for one in page.lines] == [short(said)]
    assert short(said) not in text_of(page)


def test_nothing_that_an_article_holds_is_more_than_text():
    evil = "<script>alert(1)</script>\"'><img src=x onerror=y>\u202e"
    told = replace(article(evil, evil, f"{evil}\n\n{evil} said {evil}.", None), url="javascript:alert(1)")
    (page,) = show(say(told, f"{evil} said {evil}."), told=(told,)).pages
    assert Reader(text_of(page)).tags == {"a"}
    assert "\u202e" not in text_of(page) + page.title + page.outlet
    assert page.url == ""


def test_articles_stand_in_the_order_of_their_days():
    assert [page.outlet for page in show_articles(gather_contents(**case())).pages] == [
        one.publisher for one in ARTICLES
    ]
