"""The page."""

import base64
import hashlib
import re
import time
from dataclasses import replace

from mene.records import Picture
from mene.report import write_page
from mene.report.contents import gather_contents
from mene.report.page import articles
from mene.report.page.render import find_cited
from tests.report.hand import (
    ARTICLES,
    COLUMN,
    DROPPED,
    PAPER,
    PICTURE,
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
from tests.report.page.reader import Reader, read_claims, read_packed

EMPTY = Picture(None, None, (), (), (), ())


def page(**changes):
    return write_page(**case(**changes))


def digest(text):
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_the_page_is_whole_and_loads_nothing():
    read = Reader(page())
    assert not read.tags & {"link", "img", "iframe", "object"}
    assert not re.search(r"https?:(?!//www\.w3\.org/)|@import|url\((?!#)", page())


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
    assert policy == f"{rules}; img-src data: blob:; base-uri 'none'; form-action 'none'"
    assert not re.search(r"outerHTML|insertAdjacentHTML|eval|Function\(|XMLHttp|Storage|cookie", script)
    assert (script.count("innerHTML"), script.count("fetch(")) == (1, 2)


def test_ids_are_unique_and_every_link_has_its_place():
    read = Reader(page())
    assert len(read.ids) == len(set(read.ids))
    assert {link.removeprefix("#") for link in read.links} <= set(read.ids)


def test_every_claim_is_packed_and_whatever_leads_to_one_finds_it():
    read, packed = Reader(page()), read_claims(page())
    assert set(packed) == {one.id[:7] for one in STATEMENTS}
    assert set(read.claims) == set(packed)
    assert {one for html in packed.values() for one in Reader(html).claims} <= set(packed)


def test_every_claim_that_the_data_name_is_packed():
    named = set(re.findall(r"\bs[0-9a-f]{6}\b", read_packed(page(), "data")))
    assert len(named) > 5
    assert named <= set(read_claims(page()))


def test_what_only_the_panels_lead_to_is_packed_and_no_more(monkeypatch):
    monkeypatch.setattr(articles, "MOST_ARTICLES", 0)
    text = page()
    read, packed = Reader(text), read_claims(text)
    assert set(read.claims) <= set(packed)
    assert set(re.findall(r"\bs[0-9a-f]{6}\b", read_packed(text, "data"))) <= set(packed)
    assert {one for html in packed.values() for one in Reader(html).claims} <= {one.id[:7] for one in STATEMENTS}


def test_statements_are_found_by_short_ids_wherever_they_stand():
    contents = gather_contents(**case())
    first, second, third = (one.id for one in STATEMENTS[:3])
    texts = (f'<a href="#{first[:7]}" data-against="{second[:7]} s0000000">', f'["{third[:7]}"]')
    assert find_cited(texts, contents) == {first, second, third}
    assert find_cited((f"h{first[1:7]} {first[:8]} x{first[:7]} {first[:6]}",), contents) == set()


def test_an_old_browser_is_told_so_by_the_script_alone():
    (told,) = re.findall(r'<p id="too-old" role="status" hidden>(.*?)</p>', page())
    assert told.startswith("This browser is too old")


def test_no_id_of_a_claim_s_panel_is_one_of_the_page():
    assert not [one for html in read_claims(page()).values() for one in Reader(html).ids]


def test_no_arrow_is_made_of_two_signs():
    assert "-&gt;" not in page()


def test_articles_are_folded_but_the_first():
    assert len(re.findall(r'<article class="page" id="[^"]*">\n<details open>', page())) == 1
    assert len(re.findall(r'<article class="page" id="[^"]*">\n<details>', page())) == len(ARTICLES) - 1


def test_long_lists_are_folded():
    holdings = tuple(hold(town(f"Town {n:02}", 35, 36), None, "unknown") for n in range(14))
    text = page(picture=replace(EMPTY, holdings=holdings))
    shown, folded = re.split(r'<summary><span class="count">4</span> more places</summary>', text)
    assert (shown.count('<tr id="h'), folded.count('<tr id="h')) == (10, 4)


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
    assert text.count("<script") == 3
    assert "&lt;script&gt;" in text
    assert not {tag for html in read_claims(text).values() for tag in Reader(html).tags} & {"script", "img"}


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
    assert len(text) < 120_000
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


def test_sixteen_articles_stay_below_400_kilobytes():
    articles, statements = [], []
    for number in range(16):
        text = "\n\n".join(
            f"Paragraph {n} of {number}: rebels took town {n}. " + "More words. " * 20 for n in range(25)
        )
        one = article(f"a{number}", f"Outlet {number}", f"Title {number}\n\n{text}", None)
        articles.append(one)
        statements += [say(one, f"Paragraph {n} of {number}: rebels took town {n}.") for n in range(25)]
    text = page(articles=articles, statements=statements, events=(), picture=replace(PICTURE, known=None))
    assert len(text.encode()) < 400_000


def test_an_event_stands_once_on_the_timeline_with_all_that_tell_it():
    text = page()
    (hama,) = [row for row in case()["picture"].occurrences if row.place and row.place.name == "Hama"]
    (moment,) = re.findall(rf'<li class="solid" id="{hama.id[:7]}">.*?</li>\n', text, re.S)
    assert "1 origin, 1 copy" in moment
    assert f'data-claims="{TOOK.id[:7]} {RETOLD.id[:7]}"' in moment
