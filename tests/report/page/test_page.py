"""The page."""

import base64
import hashlib
import html
import re
import time
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mene.records import Picture
from mene.report import write_page
from mene.report.marks import cut
from mene.report.page.marks import safe_text
from tests.report.hand import (
    ARTICLES,
    COLUMN,
    DOOMED,
    DROPPED,
    PAPER,
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
    hold,
    say,
    town,
)

EMPTY = Picture(None, None, (), (), (), ())
VOID = {"meta", "br", "link", "img", "hr", "input"}


class Reader(HTMLParser):
    """Checks that tags nest, and keeps ids, links and what else could load something."""

    def __init__(self, page):
        super().__init__()
        self.open, self.ids, self.links, self.tags = [], [], [], set()
        self.feed(page)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.add(tag)
        self.ids += [found["id"]] if "id" in found else []
        self.links += [found["href"]] if "href" in found else []
        assert not set(found) & {"src", "srcset", "action", "style"}, found
        assert not any(name.startswith("on") for name in found)
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def page(**changes):
    return write_page(**case(**changes))


def digest(text):
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_the_page_is_whole_and_loads_nothing():
    read = Reader(page())
    assert not read.tags & {"link", "img", "iframe", "object", "form"}
    assert not re.search(r"https?:|@import|url\((?!#)", page())


def test_the_page_says_what_an_inferred_day_is():
    legend = page()[page().index("How to read this page") :]
    assert "(inferred)" in legend
    assert "No words of the event’s own clause name the day" in legend


def test_only_the_page_s_own_script_and_style_may_run():
    text = page()
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', text.replace("&#39;", "'"))
    (script,) = re.findall(r"<script>(.*?)</script>", text, re.S)
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.S)
    rules = f"default-src 'none'; style-src {digest(style)}; script-src {digest(script)}"
    assert policy == f"{rules}; base-uri 'none'; form-action 'none'"
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|eval|Function\(|fetch|XMLHttp|Storage|cookie", script)


def test_ids_are_unique_and_every_link_has_its_place():
    read = Reader(page())
    assert len(read.ids) == len(set(read.ids))
    assert {link.removeprefix("#") for link in read.links} <= set(read.ids)


PARTS = re.compile(r'<mark class="([^"]*)" data-of="([^"]*)">(.*?)</mark>', re.S)


def parts_of(text):
    """Return the words of each part of each statement on the page, by the short id and the mark."""
    found = {}
    for _, of, words in PARTS.findall(text):
        for part in of.split():
            found[part] = found.get(part, "") + html.unescape(words)
    return found


def note_of(statement, text):
    start = text.index(f'<li id="n-{statement.id[:7]}"')
    return text[start : text.index("</li>", start)]


def squeezed(words):
    return re.sub(r"\W", "", words)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_every_part_of_a_statement_names_it(statement):
    found, short = parts_of(page()), statement.id[:7]
    texts = {one.id: one.text for one in ARTICLES}
    expected = {f"{short}:cue": statement.cue} if statement.cue else {}
    expected |= {f"{short}:deciding": one for one in statement.deciding}
    for part, one in expected.items():
        assert found[part] == texts[one.article_id][one.start : one.end]
    assert squeezed(found[f"{short}:content"]) == squeezed(statement.text)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_every_statement_has_one_number_that_leads_to_its_one_note(statement):
    text, short = page(), statement.id[:7]
    assert len(re.findall(f'class="ref" href="#n-{short}"', text)) == 1
    assert text.count(f'id="n-{short}"') == 1
    assert f'href="#{short}">{short}</a>' in note_of(statement, text)


def test_every_part_on_the_page_is_of_a_statement_with_a_note():
    named = {part.split(":")[0] for part in parts_of(page())}
    assert named == {one.removeprefix("n-") for one in Reader(page()).ids if one.startswith("n-")}


def test_a_note_tells_the_chain_and_the_words_that_show_it():
    note = note_of(PULLING, page())
    assert "claim, under way, factuality +2" in note
    assert 'by <mark class="deciding">begun</mark>' in note
    assert 'cue <mark class="cue">told</mark>' in note
    assert "Levant Wire\u00a0→ Golden Horn Post\u00a0→ Karim Daneshvar (an adviser; official), the origin" in note


def test_a_note_tells_an_outlet_s_own_word_and_what_is_denied():
    denial = replace(REPOSITIONED, denies=(TOOK.id,))
    text = page(statements=(TOOK, denial), events=())
    assert "Levant Wire itself" in note_of(TOOK, text)
    assert f'denies <a class="id" href="#{TOOK.id[:7]}">' in note_of(denial, text)


def test_no_arrow_is_made_of_two_signs():
    assert "-&gt;" not in page()


def test_articles_are_folded_but_the_first():
    assert len(re.findall(r'<article class="page" id="[^"]*">\n<details open>', page())) == 1
    assert len(re.findall(r'<article class="page" id="[^"]*">\n<details>', page())) == len(ARTICLES) - 1


def test_long_lists_are_folded():
    holdings = tuple(hold(town(f"Town {n:02}", 35, 36), None, "unknown") for n in range(14))
    text = page(picture=replace(EMPTY, holdings=holdings))
    shown, folded = text.split("<summary>4 more places</summary>")
    assert (shown.count('<tbody id="h'), folded.count('<tbody id="h')) == (10, 4)


def test_history_stands_apart_with_its_year():
    text = page()
    history = text[text.index("<h4>History, told as background</h4>") :]
    assert "<b>background</b>" in history[:200]
    assert SIEGE.id[:7] in history[:300]
    assert ", 2016" in history[:500]


def test_the_outlook_is_said_not_to_be_calibrated():
    assert "Not calibrated: no probability is given" in page()
    assert "10 % of leaders in a like place" in page()


def test_text_of_articles_is_escaped_everywhere():
    evil = "<script>alert(1)</script>\"'><img src=x onerror=y>"
    told = article(evil, evil, f"{evil}\n\n{evil} said {evil}.", None)
    said = say(told, f"{evil} said {evil}.", kind="opinion", loaded=("script",))
    changed = case(articles=(told, *ARTICLES), statements=(said, *STATEMENTS), title=evil, names={"hts": evil})
    changed["picture"] = replace(PICTURE, known=None)
    text = write_page(**changed)
    assert not Reader(text).tags & {"img"}
    assert text.count("<script") == 2  # the data and the script
    assert "&lt;script&gt;" in text


def test_direction_marks_cannot_turn_the_page_around():
    turned = article("turned", "\u202eeriW", "Title\n\n\u202eammaH koot slebeR\u202d.", None)
    text = page(articles=(turned,), statements=(), events=(), picture=EMPTY)
    assert not set(text) & set("\u202a\u202b\u202d\u202e\u2066\u2067\u2068")


def test_arabic_names_are_set_apart():
    assert "<bdi>وكالة</bdi>" in page(articles=(replace(WIRE, publisher="وكالة"), PAPER, COLUMN))


def test_a_line_of_a_megabyte_is_cut_and_stays_fast():
    long = article("long", "Wire", "Title\n\n" + "word " * 200_000 + "Rebels took Hama.", None)
    said = say(long, "Rebels took Hama.")
    started = time.monotonic()
    text = page(articles=(long,), statements=(said,), events=(), picture=EMPTY)
    assert len(text) < 90_000
    assert "characters left out here" in text
    assert time.monotonic() - started < 5


def test_a_script_address_is_no_link():
    assert "javascript:" not in page(articles=(replace(WIRE, url="javascript:alert(1)"), PAPER, COLUMN))


def test_what_was_dropped_is_told_with_its_reason():
    text = page()
    assert "events: no place found" in text
    assert "The &lt;b&gt;people&lt;/b&gt;" in text
    assert len(DROPPED) == 2


def test_an_empty_reading_gives_a_page_that_says_so():
    text = page(picture=EMPTY, statements=(), events=(), signals=(), outlook=(), dropped=(), articles=())
    Reader(text)
    assert "No statement says who holds a place" in text


def test_copies_lead_to_their_original():
    text = page()
    note = text[text.index(f'id="n-{RETOLD.id[:7]}') :]
    assert "copy of" in note[:600]
    assert f'href="#{TOOK.id[:7]}"' in note[:600]


def test_sixteen_articles_stay_below_450_kilobytes():
    articles, statements = [], []
    for number in range(16):
        text = "\n\n".join(
            f"Paragraph {n} of {number}: rebels took town {n}. " + "More words. " * 20 for n in range(25)
        )
        one = article(f"a{number}", f"Outlet {number}", f"Title {number}\n\n{text}", None)
        articles.append(one)
        statements += [say(one, f"Paragraph {n} of {number}: rebels took town {n}.") for n in range(25)]
    text = page(articles=articles, statements=statements, events=(), picture=replace(PICTURE, known=None))
    assert len(text.encode()) < 450_000


SPANS = st.lists(st.tuples(st.sampled_from("abc"), st.integers(0, 50), st.integers(0, 50)), max_size=12)


@given(SPANS)
def test_pieces_join_to_the_whole_and_know_what_lies_over_them(spans):
    pieces = cut(5, 45, spans)
    assert [first for first, _, _ in pieces[1:]] == [last for _, last, _ in pieces[:-1]]
    assert (pieces[0][0], pieces[-1][1]) == (5, 45)
    for first, last, keys in pieces:
        assert sorted(keys) == sorted(key for key, start, end in spans if start <= first and last <= end)


@given(st.text())
def test_safe_text_holds_no_tag(text):
    assert "<" not in safe_text(text)


@pytest.mark.parametrize("statement", [TOOK, DOOMED])
def test_a_statement_has_its_anchor_in_the_text(statement):
    assert f'<a id="{statement.id[:7]}' in page()


def test_an_event_stands_once_on_the_timeline_with_all_that_tell_it():
    text = page()
    (hama,) = [row for row in case()["picture"].occurrences if row.place and row.place.name == "Hama"]
    (moment,) = re.findall(rf'<li class="solid" id="{hama.id[:7]}">.*?</li>\n', text, re.S)
    assert "1 origin, 1 copy" in moment
    assert f'data-claims="{TOOK.id[:7]} {RETOLD.id[:7]}"' in moment
